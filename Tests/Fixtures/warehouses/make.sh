#!/usr/bin/env bash
# Makes the warehouse of this program's format that every later version must read, migrate and verify: people with and without a number,
# one who got hers, a changed row, a row that waits, repairs, derived values, a field that only one load had, loads that were taken back, one that was held, a list that replaced a street, a number that somebody accepted for a time, and days that were recorded. All of it is made up.
# usage: make.sh YAOSU > format-N.warehouse
set -euo pipefail
yaosu=$(realpath "$1")
root=$(cd "$(dirname "$0")/../../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

mkdir -p wider/datasets/person
sed 's/^derive:$/  - {name: emergencyContact, title: 紧急联系电话, english: Emergency contact, type: phone, sensitivity: personal, source: local, confidence: C}\nderive:/' \
  "$root/schemas/datasets/person/registeredResident.yaml" >wider/datasets/person/registeredResident.yaml
header=公民身份号码,姓名,出生日期,户号,性别,是否死亡,死亡日期
printf '%s\n' "$header" 320699195001010019,示例甲,1950-01-01,A1,男,否, 320699195101010024,示例乙,1951-01-01,A2,女,是,2020-01-01 \
  ,示例娃,2015-03-07,A1,男,否, 320699195001010010,示例错,1950-01-01,A3,男,否, >1.csv
printf '%s\n' "$header" 320699195001010019,示例甲甲,1950-01-01,A1,男,否, 32069920150307001X,示例娃,2015-03-07,A1,男,否, >2.csv
printf '公民身份号码,姓名,紧急联系电话\n32069919520101003X,示例丙,0513 81234567\n' >3.csv
printf '网格编码,网格名称\n01000032069900100101,第一网格\n' >4.csv
load() { "$yaosu" load "$@" --warehouse w.db --operator example -q || [ $? = 1 ]; }
load 1.csv
load 2.csv
load 3.csv --schemas wider
load 4.csv
printf '公民身份号码,姓名,户号\n320699195001010019,示例甲甲,A9\n' >5.csv
load 5.csv
"$yaosu" undo 5 --warehouse w.db --operator example 2>/dev/null
"$yaosu" undo 2 --warehouse w.db --operator example --reason example 2>/dev/null
"$yaosu" load 1.csv --warehouse w.db --operator example -q --again --max-errors 0 || [ $? = 4 ]
# One person is closed because a list of a street lacks him, and open again.
printf '公民身份号码,姓名,网格编码\n320699195001010019,示例甲,01000032069900100101\n32069919520101003X,示例丙,01000032069900100101\n' >6.csv
printf '公民身份号码,姓名\n320699195001010019,示例甲\n' >7.csv
printf 'limits: {all: {maxRemoved: 100%%}}\n' >yaosu.yaml
load 6.csv
load 7.csv --mode replace --scope area=320699001
load 6.csv --again
load 7.csv --mode replace --scope area=320699001 --again
# The number of 示例错 is accepted for a time, and his row goes in.
fingerprint=$(sqlite3 w.db "SELECT fingerprint FROM finding WHERE code = 'V1103' LIMIT 1")
"$yaosu" waive "$fingerprint" --until 2027-12-31 --reason example --warehouse w.db --operator example 2>/dev/null
load 1.csv --again
printf '%s\n' 'profile: own' 'title: {zh: 例, en: example}' 'target: {zh: 例, en: example}' 'source: example' 'legalBasis: example' \
  'purpose: example' 'audience: own' 'format: csv' 'fileName: "p.csv"' 'deletions: never' \
  'receipt: {silent: accepted, row: ROW, reason: REASON}' 'datasets:' '  - dataset: registeredResident' '    columns:' \
  '      - {name: ID, field: identityNum}' '      - {name: NAME, field: personName}' >own.yaml
# Two days are recorded, between which one value is filled in.
record() { "$yaosu" check --stored --record --warehouse w.db --operator example --as-of "$1" -q 2>/dev/null || [ $? = 1 ]; }
record 2027-01-01
printf '公民身份号码,姓名,户主公民身份号码\n320699195001010019,示例甲,320699195001010019\n' >8.csv
load 8.csv
record 2027-01-02
# A package leaves, and its target refuses one record and takes the others.
"$yaosu" export --warehouse w.db --profile own.yaml -o package --operator example >&2
printf 'ROW,REASON\n1,refused\n' >answer.csv
"$yaosu" receipt answer.csv --warehouse w.db --operator example >/dev/null 2>&1 || [ $? = 1 ]
# Rows are joined to people, and a package says whose they are.
"$yaosu" dedupe find --apply --warehouse w.db --operator example >/dev/null 2>&1
"$yaosu" export --warehouse w.db --profile people -o people --operator example >&2
# Small pages: the file is kept in the repository.
sqlite3 w.db 'PRAGMA page_size = 512; VACUUM'
cat w.db
