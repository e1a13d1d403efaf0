#!/usr/bin/env bash
# Writes samples/ anew: generated rosters, the hand-made ones, and one that LibreOffice saves from a workbook.
# usage: samples/make.sh        (needs libreoffice-calc for the GB 18030 sample)
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/build.sh yaosu-dev
dev=.build/release/yaosu-dev
"$dev" generate --dataset grid --rows 64 --seed 1 --labels -o samples/grids.csv
"$dev" generate --dataset house --rows 120 --seed 2 --labels -o samples/houses.csv
"$dev" generate --dataset registeredResident --rows 300 --seed 3 --labels -o samples/residents.csv
python3 samples/make.py samples

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$dev" generate --dataset registeredResident --rows 80 --seed 4 --labels -o "$work/residents-gb18030.csv"
# Its households are others than those of residents.csv: they count from another number on.
sed -i 's/,000000\([0-9][0-9][0-9]\),/,100000\1,/' "$work/residents-gb18030.csv"
# Every column comes in as text (2), so that no number is rounded; 76 is UTF-8 and 85 GB 18030 in LibreOffice's list.
columns=$(python3 -c 'print("/".join(f"{n}/2" for n in range(1, 28)))')
soffice --headless --infilter="Text - txt - csv (StarCalc):44,34,76,1,$columns" --convert-to xlsx --outdir "$work" "$work/residents-gb18030.csv" >/dev/null
rm "$work/residents-gb18030.csv"
soffice --headless --convert-to 'csv:Text - txt - csv (StarCalc):44,34,85,1,,0,false,true,false' --outdir "$work" "$work/residents-gb18030.xlsx" >/dev/null
# LibreOffice ends lines as its system does; on Windows, where clerks save, that is CR LF.
sed 's/\r*$/\r/' "$work/residents-gb18030.csv" >samples/residents-gb18030.csv

# What each shipped profile makes of the people of samples/province.
scripts/build.sh yaosu
yaosu=.build/release/yaosu
"$yaosu" load samples/province/grids.csv samples/province/week1.csv --warehouse "$work/w.db" -q >/dev/null 2>&1
"$yaosu" dedupe find --apply --warehouse "$work/w.db" >/dev/null 2>&1
sed 's/profiles: .*/profiles: [yaosu-exchange, append-only-table, frictionless-datapackage, smart-grid-platform, grid-app, zhejiang-safe]/
  s/fields: .*/fields: {grid: all, registeredResident: all}/' samples/province/recipients.yaml >"$work/recipients.yaml"
rm -rf samples/packages
mkdir samples/packages
for profile in schemas/profiles/*.yaml; do
  "$yaosu" export --warehouse "$work/w.db" --recipients "$work/recipients.yaml" --profile "$(basename "$profile" .yaml)" \
    -o "samples/packages/$(basename "$profile" .yaml)" >/dev/null 2>&1
done
