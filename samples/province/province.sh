#!/usr/bin/env bash
# Three weeks of sending to the province: a full package, a delta, an answer in two parts, a correction, a load that is taken back, an answer that is
# lost; in the end sender and receiver hold the same.
# usage: samples/province/province.sh        (YAOSU names the program; default: .build/release/yaosu)
set -euo pipefail
program=$(realpath "${YAOSU:-$(dirname "$0")/../../.build/release/yaosu}")
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Shows a command, runs it, and asks for its exit code.
expect() { # CODE ARGUMENT …
  local wanted=$1 code=0
  shift
  printf '\n$ yaosu %s\n' "$*"
  "$program" "$@" 2>&1 || code=$?
  [ "$code" = "$wanted" ] || { echo "ended with $code, not $wanted"; exit 1; }
}
county() { expect "$1" "${@:2}" --warehouse "$work/county.db" --config yaosu.yaml; }
province() { expect "$1" "${@:2}" --warehouse "$work/province.db" --operator 示例省; }
load() { county 0 load "$@" --ignore F,G; }
send() { county 0 export --profile yaosu-exchange -o "$work/$1" "${@:2}"; }
# What the province does with a package: look at it, take what came and changed, close what is gone.
receive() {
  expect 0 package verify "$work/$1" ${2:+--previous "$work/$2/manifest.json"}
  if compgen -G "$work/$1/*_records_*" >/dev/null || compgen -G "$work/$1/*_changes_*" >/dev/null; then
    province 0 load "$work/$1" --ignore F,G
  fi
  if compgen -G "$work/$1/*_deletions_*" >/dev/null; then province 0 load "$work/$1" --mode close --ignore F,G,W0021; fi
}
identity() { python3 -c 'import json, sys; print(json.load(open(sys.argv[1]))["package"])' "$work/$1/manifest.json"; }

echo "Week 1, Monday: everything goes, and the province takes it"
load grids.csv week1.csv
send one --full
receive one
county 0 receipt --accepted --package "$(identity one)"

echo "Week 1, Friday: what changed goes; the province takes two of three, and says so of two only"
load week1-friday.csv
send two
receive two one
county 0 receipt receipt-week1.csv --package "$(identity two)"
echo "… and a day later refuses the third"
county 1 receipt receipt-week1-later.csv --package "$(identity two)"

echo "Week 2: the office corrects it; it goes with the next delta, which is acknowledged"
load week2.csv
send three
receive three two
county 0 receipt --accepted --package "$(identity three)"

echo "Week 3: a delta whose answer is lost; then its load is taken back, because it was another office's"
load week3.csv
send four
receive four three
county 0 undo 4 --reason "another office's roster"
echo "… so the next delta tells of all since the last answer: who is gone, and what is as it was"
send five
receive five four
county 0 receipt --accepted --package "$(identity five)"

echo "In the end both hold the same, and both chains are whole"
for side in county province; do
  expect 0 export --warehouse "$work/$side.db" --profile compare.yaml -o "$work/at-$side"
  sort "$work/at-$side"/*.csv >"$work/$side.txt"
  expect 0 verify --warehouse "$work/$side.db"
done
cmp "$work/county.txt" "$work/province.txt" && echo "sender and receiver are equal: $(wc -l <"$work/county.txt") lines"
county 0 package list
