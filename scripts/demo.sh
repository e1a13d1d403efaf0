#!/usr/bin/env bash
# Sets the machine up, builds, then checks and loads samples/ into a new warehouse and shows the result.
# usage: scripts/demo.sh [WAREHOUSE]        (default: demo.db in a new temporary folder)
set -euo pipefail
cd "$(dirname "$0")/.."

scripts/build.sh
yaosu=$PWD/.build/release/yaosu
warehouse=${1:-$(mktemp -d)/demo.db}
area=320699001

title() { printf '\n\033[1m── %s\033[0m\n' "$*"; }

title "yaosu check samples/residents-messy.csv"
"$yaosu" check samples/residents-messy.csv --max-samples 1 --ignore V1003,F0102 || true

title "yaosu load samples/grids.csv samples/houses.csv samples/residents.csv"
"$yaosu" load samples/grids.csv samples/houses.csv samples/residents.csv --area "$area" --warehouse "$warehouse" --ignore F0102

title "yaosu load samples/residents-gb18030.csv"
"$yaosu" load samples/residents-gb18030.csv --area "$area" --warehouse "$warehouse" --ignore F0102,G2006

title "yaosu load samples/community-ledger.csv"
"$yaosu" load samples/community-ledger.csv --area "$area" --warehouse "$warehouse" --ignore F0102,V1003

title "yaosu batch list"
"$yaosu" batch list --warehouse "$warehouse"

title "yaosu verify"
"$yaosu" verify --warehouse "$warehouse"

title "yaosu check --stored --record; yaosu report"
"$yaosu" check --stored --record --warehouse "$warehouse" -q
"$yaosu" report --warehouse "$warehouse" -o "$(dirname "$warehouse")/report"

title "SELECT … FROM 户籍人口"
query='SELECT 姓名, 性别, 出生日期, 与户主关系, 所属网格 FROM 户籍人口 LIMIT 5'
if command -v sqlite3 >/dev/null; then
  sqlite3 -box "$warehouse" "$query" 2>/dev/null || sqlite3 -header -column "$warehouse" "$query"
else
  python3 -c 'import sqlite3, sys
for row in sqlite3.connect(sys.argv[1]).execute(sys.argv[2]): print("  ".join(str(cell) for cell in row))' "$warehouse" "$query"
fi
printf '\n%s\n' "$warehouse"
