// The variadic calls of SQLite that Swift cannot make and that GRDB's own shim lacks.
#include <sqlite3.h>

/// Switches defensive mode on: SQL can no longer corrupt the file on purpose.
static inline int yaosu_sqlite3_defensive(sqlite3 *db) {
  return sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, (int *)0);
}

/// Switches off what a schema from a stranger's file could run: functions and virtual tables not marked innocuous.
static inline int yaosu_sqlite3_untrusted(sqlite3 *db) {
  return sqlite3_db_config(db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, (int *)0);
}
