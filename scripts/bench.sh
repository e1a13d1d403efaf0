#!/usr/bin/env bash
# Measures check and load against sqlite3 and DuckDB on generated residents, and every format beside its usual reader, interleaved, on a memory-backed folder.
# usage: scripts/bench.sh [ROWS] [ROUNDS] [BUILD…]      (default 1000000 5; prints a Markdown table, writes .build/bench.json; with BUILDs,
#        other yaosu, it measures this one beside those instead)
set -euo pipefail
cd "$(dirname "$0")/.."

rows=${1:-1000000}
rounds=${2:-5}
builds=()
for build in "${@:3}"; do builds+=("$(realpath "$build")"); done
scripts/build.sh yaosu yaosu-dev
for need in sqlite3:sqlite3 xmllint:libxml2-utils; do
  command -v "${need%:*}" >/dev/null || DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "${need#*:}" >/dev/null
done
if ! .build/bench/bin/python -c "import openpyxl" 2>/dev/null; then
  python3 -m venv .build/bench
  .build/bench/bin/pip install -q duckdb==2.0.0 openpyxl==3.1.5
fi
work=$(mktemp -d /dev/shm/yaosu-bench.XXXXXX)
trap 'rm -rf "$work"' EXIT
generate() { .build/release/yaosu-dev generate --dataset registeredResident --seed 42 --dirty 1% --duplicates 2% "$@"; }
# The second half of twice as many rows holds other people than the first.
generate --rows $((2 * rows)) -o "$work/both.csv"
head -n $((rows + 1)) "$work/both.csv" >"$work/residents.csv"
(head -n 1 "$work/both.csv" && tail -n +$((rows + 2)) "$work/both.csv") >"$work/second.csv"
rm "$work/both.csv"
generate --rows "$rows" --encoding gb18030 -o "$work/gb.csv"
head -n 2 "$work/residents.csv" >"$work/one.csv"
(head -n 1 "$work/residents.csv" && tail -n +2 "$work/residents.csv" | tac) >"$work/shuffled.csv"
python3 - "$work" <<'EOF'
import csv, pathlib, sys
work = pathlib.Path(sys.argv[1])
with open(work / "residents.csv", encoding="utf-8", errors="surrogateescape", newline="") as source, open(
    work / "changed.csv", "w", encoding="utf-8", errors="surrogateescape", newline="") as target:
    rows, out = csv.reader(source), csv.writer(target, lineterminator="\n")
    head = next(rows)
    contact = head.index("联系方式")
    out.writerow(head)
    for number, row in enumerate(rows):
        if number % 100 == 0 and len(row) == len(head):
            row[contact] = f"139{number:08}"
        out.writerow(row)
EOF
.build/bench/bin/python scripts/bench.py "$work" "$rows" "$rounds" ${builds[@]+"${builds[@]}"}
.build/bench/bin/python scripts/bench-formats.py "$work" "$rounds" ${builds[@]+"${builds[@]}"}
[[ ${#builds[@]} -gt 0 ]] || .build/bench/bin/python scripts/bench-export.py "$work" "$rounds"
