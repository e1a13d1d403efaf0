#!/usr/bin/env bash
# Measures check and load against sqlite3 and DuckDB on generated residents, interleaved, on a memory-backed folder.
# usage: scripts/bench.sh [ROWS] [ROUNDS]       (default 1000000 5; prints a Markdown table, writes .build/bench.json)
set -euo pipefail
cd "$(dirname "$0")/.."

rows=${1:-1000000}
rounds=${2:-5}
scripts/setup.sh
command -v sqlite3 >/dev/null || DEBIAN_FRONTEND=noninteractive apt-get install -y -qq sqlite3 >/dev/null
swift build -c release
if [ ! -x .build/bench/bin/python ]; then
  python3 -m venv .build/bench
  .build/bench/bin/pip install -q duckdb==2.0.0
fi
work=$(mktemp -d /dev/shm/yaosu-bench.XXXXXX)
trap 'rm -rf "$work"' EXIT
.build/release/yaosu-dev generate --dataset registeredResident --rows "$rows" --seed 42 --dirty 1% --duplicates 2% -o "$work/residents.csv"
.build/release/yaosu-dev generate --dataset registeredResident --rows "$rows" --seed 42 --dirty 1% --duplicates 2% --encoding gb18030 -o "$work/gb.csv"
.build/bench/bin/python scripts/bench.py "$work" "$rows" "$rounds"
