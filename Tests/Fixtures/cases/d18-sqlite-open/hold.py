import sqlite3, time

connection = sqlite3.connect("w.db", isolation_level=None)
connection.execute("begin")
connection.execute("select count(*) from registeredResident").fetchall()
time.sleep(9)
