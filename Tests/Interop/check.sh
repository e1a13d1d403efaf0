#!/usr/bin/env bash
# Holds our outputs against other programs: JSON objects against their schemas, digests against sha256sum, the warehouse
# against sqlite3, GB 18030 against iconv, workbooks of openpyxl and LibreOffice against their source. Heavy peers are installed into a virtual environment under .build.
set -euo pipefail
cd "$(dirname "$0")/../.."

scripts/build.sh yaosu yaosu-dev
bin=.build/release
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
if ! .build/interop/bin/python -c "import openpyxl" 2>/dev/null; then
  python3 -m venv .build/interop
  .build/interop/bin/pip install -q jsonschema==4.26.0 python-stdnum==2.2 frictionless==5.21.0 openpyxl==3.1.5 pyyaml
fi
[ -e /usr/share/unicode/Unihan_Readings.txt.bz2 ] || DEBIAN_FRONTEND=noninteractive apt-get install -y -qq unicode-data >/dev/null
scripts/build-han.py --check >/dev/null
command -v xmllint >/dev/null || DEBIAN_FRONTEND=noninteractive apt-get install -y -qq libxml2-utils >/dev/null
command -v soffice >/dev/null || DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends libreoffice-calc >/dev/null
command -v chromium >/dev/null || DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium fonts-noto-cjk >/dev/null
python=.build/interop/bin/python

"$bin/yaosu" load samples/grids.csv samples/residents.csv --warehouse "$work/w.db" --json >"$work/load.json" 2>/dev/null
"$bin/yaosu" check samples/residents-messy.csv --json >"$work/check.json" 2>/dev/null || true
"$bin/yaosu" check "$work/none.csv" --json >"$work/failure.json" 2>/dev/null || true
"$bin/yaosu" sniff samples/residents.csv --json >"$work/sniff.json"
"$bin/yaosu" verify --warehouse "$work/w.db" --json >"$work/verify.json" 2>/dev/null
"$bin/yaosu" backup "$work/w.db" -o "$work/backup.db" --json >"$work/backup.json" 2>/dev/null
"$bin/yaosu" migrate "$work/backup.db" --json >"$work/migrate.json" 2>/dev/null
"$bin/yaosu" vacuum "$work/backup.db" --json >"$work/vacuum.json" 2>/dev/null
"$bin/yaosu" doctor --warehouse "$work/w.db" --json >"$work/doctor.json"
"$bin/yaosu" batch list --warehouse "$work/w.db" --json >"$work/list.json"
"$bin/yaosu" batch show 1 --warehouse "$work/w.db" --json >"$work/show.json"
cp "$work/w.db" "$work/undone.db"
"$bin/yaosu" undo 1 --warehouse "$work/undone.db" --reason example --json >"$work/undo.json" 2>/dev/null
"$bin/yaosu" batch list --warehouse "$work/undone.db" --json >"$work/list-undone.json"
sed -n 2,4p samples/residents.csv | cut -d, -f1 >"$work/keys.txt"
"$bin/yaosu" explain registeredResident --key-file "$work/keys.txt" --warehouse "$work/w.db" --json >"$work/explain.json"
"$bin/yaosu-dev" generate --dataset registeredResident --rows 500 --seed 9 --dirty 10% -o "$work/dirty.csv"
"$bin/yaosu" load "$work/dirty.csv" --warehouse "$work/waits.db" -q >/dev/null 2>&1 || true
"$bin/yaosu" batch show 1 --row 2 --warehouse "$work/waits.db" --json >"$work/fate.json"
"$bin/yaosu" quarantine list --warehouse "$work/waits.db" --json >"$work/waits.json" 2>/dev/null
"$bin/yaosu" quarantine list --warehouse "$work/waits.db" --by cause --json >"$work/waits-by.json" 2>/dev/null
"$bin/yaosu" quarantine export --warehouse "$work/waits.db" -o "$work/waits.xlsx" --json >"$work/waits-out.json" 2>/dev/null
fingerprint=$(sqlite3 "$work/waits.db" "SELECT fingerprint FROM finding WHERE code = 'V1103' LIMIT 1")
"$bin/yaosu" waive "$fingerprint" --until 2999-12-31 --reason example --warehouse "$work/waits.db" --json >"$work/waive.json" 2>/dev/null
"$bin/yaosu" waive list --warehouse "$work/waits.db" --json >"$work/waive-list.json"
"$bin/yaosu" check "$work/dirty.csv" --warehouse "$work/waits.db" --json >"$work/waived.json" 2>/dev/null || [ $? = 1 ]
"$bin/yaosu" check --stored --record --warehouse "$work/waits.db" --json >"$work/stored.json" 2>/dev/null || [ $? = 1 ]
"$bin/yaosu" report --warehouse "$work/waits.db" -o "$work/report" --output-format html,xlsx --drill "$work/drill" --json >"$work/report.json" 2>/dev/null
"$bin/yaosu" report --warehouse "$work/waits.db" -o "$work/each" --each street,grid --json >"$work/report-each.json" 2>/dev/null
"$bin/yaosu" quarantine discard --batch 1 --reason example --warehouse "$work/waits.db" --json >"$work/waits-gone.json" 2>/dev/null
"$bin/yaosu" load "$work/dirty.csv" --warehouse "$work/waits.db" --max-errors 1 --json >"$work/held.json" 2>/dev/null || [ $? = 4 ]
"$bin/yaosu" load --resume 3 --reason example --warehouse "$work/waits.db" --json >"$work/resumed.json" 2>/dev/null || [ $? = 1 ]
"$bin/yaosu" load "$work/dirty.csv" --warehouse "$work/waits.db" --max-errors 1 >/dev/null 2>&1 || [ $? = 4 ]
"$bin/yaosu" load --discard 5 --warehouse "$work/waits.db" --json >"$work/load-gone.json" 2>/dev/null
"$bin/yaosu" batch list --warehouse "$work/waits.db" --json >"$work/list-waits.json"
# The whole roster of a street lacks one half of it, and its grids become one; the file of the first load proves where its rows went.
head -n 2 "$work/dirty.csv" >"$work/part.csv"
printf 'limits: {all: {maxRemoved: 100%%}}\n' >"$work/yaosu.yaml"
"$bin/yaosu" load "$work/part.csv" --mode replace --scope all --config "$work/yaosu.yaml" --warehouse "$work/waits.db" --json >"$work/replaced.json" 2>/dev/null || [ $? = 1 ]
grid=$(sqlite3 "$work/waits.db" 'SELECT gridCode FROM registeredResident WHERE gridCode IS NOT NULL LIMIT 1')
printf 'old,new\n%s,01000032069900100101\n' "$grid" >"$work/map.csv"
"$bin/yaosu" regrid "$work/map.csv" --effective 2026-01-01 --warehouse "$work/waits.db" --json >"$work/regrid.json" 2>/dev/null
"$bin/yaosu" verify --batch 1 --source "$work/dirty.csv" --warehouse "$work/waits.db" --json >"$work/verify-source.json" 2>/dev/null
"$bin/yaosu" verify --at 1 --warehouse "$work/undone.db" --json >"$work/verify-at.json" 2>/dev/null
"$bin/yaosu" audit list --warehouse "$work/undone.db" --json >"$work/audit.json"
"$bin/yaosu" audit verify --warehouse "$work/undone.db" --anchor "$work/undone.db.anchor" --json >"$work/audit-verify.json" 2>/dev/null
"$bin/yaosu-dev" generate --dataset registeredResident --rows 500 --seed 9 -o "$work/utf8.csv"
"$bin/yaosu-dev" generate --dataset registeredResident --rows 500 --seed 9 --encoding gb18030 -o "$work/gb.csv"
"$bin/yaosu" worklist --warehouse "$work/waits.db" -o "$work/lists" --json >"$work/worklist.json" 2>/dev/null
# A small city: all measures of its day are those that another program counts, and pages open as they should.
"$bin/yaosu-dev" generate --scenario city --parts 100 --seed 5 -o "$work/city"
"$bin/yaosu" load "$work"/city/*.csv --warehouse "$work/city.db" -q 2>/dev/null || [ $? = 1 ]
"$bin/yaosu" check --stored --record --warehouse "$work/city.db" -q 2>/dev/null || [ $? = 1 ]
"$python" Tests/Interop/measures.py "$work/city.db"
"$bin/yaosu" report --warehouse "$work/city.db" -o "$work/city-report" >/dev/null 2>&1
"$bin/yaosu" check "$work/dirty.csv" --findings "$work/findings.html" -q 2>/dev/null || [ $? = 1 ]
"$bin/yaosu" schema emit --as html -o "$work/dictionary.html"
"$python" Tests/Interop/pages.py "$work" "$work/city-report/report.html" "$work/findings.html" "$work/dictionary.html"
"$python" Tests/Interop/objects.py "$work"
Tests/Interop/packages.sh "$bin" "$work" "$python"
Tests/Interop/linkage.sh "$bin" "$work" "$python"
mkdir "$work/marks"
if [ "${YAOSU_LOOPS:-}" = all ]; then books=200; else books=8; fi
"$python" Tests/Interop/marks.py "$PWD/$bin/yaosu" "$work/marks" "$books"
"$python" Tests/Interop/emit.py "$bin" "$work"
"$python" Tests/Interop/formats.py "$bin" "$work"
iconv -f GB18030 -t UTF-8 "$work/gb.csv" | cmp - "$work/utf8.csv"
for kind in utf8 gb; do "$bin/yaosu" load "$work/$kind.csv" --warehouse "$work/$kind.db" --json 2>/dev/null | grep '"digest"' >"$work/$kind.digest"; done
cmp "$work/utf8.digest" "$work/gb.digest"
echo "interoperability: all agree"
