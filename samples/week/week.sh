#!/usr/bin/env bash
# A week in the office, with a warehouse in a folder of its own: loaded, corrected, held, resumed by mistake and taken back, mended, verified,
# and on Saturday the same person twice.
# usage: samples/week/week.sh        (YAOSU names the program; default: .build/release/yaosu)
set -euo pipefail
program=$(realpath "${YAOSU:-$(dirname "$0")/../../.build/release/yaosu}")
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Shows a command, runs it on the warehouse of the week, and asks for its exit code.
expect() { # CODE ARGUMENT …
  local wanted=$1 code=0
  shift
  printf '\n$ yaosu %s\n' "$*"
  "$program" "$@" --warehouse "$work/w.db" --config yaosu.yaml 2>&1 || code=$?
  [ "$code" = "$wanted" ] || { echo "ended with $code, not $wanted"; exit 1; }
}
load() { expect "$1" load "${@:2}" --sender 示例街道办 --ignore F,G2011 --max-samples 1; }

echo "Monday: the street's roster; three rows wait"
load 1 monday.csv

echo "Tuesday: a list of corrections"
load 0 tuesday.csv --mode patch --dataset registeredResident

echo "Wednesday: another street's roster changes eleven people's addresses, and is held"
load 4 wednesday.csv
echo "… and resumed by mistake, which is noticed and taken back"
expect 0 load --resume 3 --reason "should be right" --ignore F,G2011
expect 0 undo 4 --reason "the other street's roster"

echo "Thursday: the waiting rows are handed out, mended and taken back"
expect 0 quarantine list
expect 0 quarantine export -o "$work/waiting.csv" --purpose "to be mended by the street"
number=$(sed -n 13p monday.csv | cut -c1-17)
right=$(python3 -c 'import sys; print("10X98765432"[sum(int(d) * w for d, w in zip(sys.argv[1], [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2])) % 11])' "$number")
sed "s/,$number.,/,$number$right,/; s/,1391234,/,13912345023,/; s/,1970-13-01,/,1970-01-01,/" "$work/waiting.csv" >"$work/mended.csv"
expect 0 quarantine retry "$work/mended.csv" --sender 示例街道办 --ignore F,G2011
expect 0 quarantine list

echo "Friday: every digest, seal and balance, where each row of Monday's roster went, and where one person's telephone number came from"
expect 0 verify --batch 1 --source monday.csv
sed -n 2p monday.csv | cut -d, -f1 >"$work/keys.txt"
expect 0 explain registeredResident --key-file "$work/keys.txt"
expect 0 batch list

echo "Saturday: people whom nobody has registered; who of them is in Monday's roster already"
load 0 saturday.csv --dataset unregisteredResident
expect 0 dedupe find --apply
expect 0 dedupe review -o "$work/questions.csv" --purpose "to be answered by the member of the grid"
# The member of the grid answers on the first row of each question.
awk -F, -v OFS=, 'NR > 1 && !seen[$1]++ { $2 = "same" } 1' "$work/questions.csv" >"$work/answers.csv"
expect 0 dedupe apply "$work/answers.csv"
expect 0 dedupe explain P000008
echo "… the second one is his cousin, it turns out"
expect 0 dedupe unmerge P000008
expect 0 dedupe find --apply
expect 0 dedupe status
