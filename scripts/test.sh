#!/usr/bin/env bash
# Sets the machine up, runs all tests, and names the slowest.
# usage: scripts/test.sh [OPTION of swift test …]
set -euo pipefail
cd "$(dirname "$0")/.."

scripts/setup.sh
export YAOSU_TESTED=1
swift build --build-tests --explicit-target-dependency-import-check error
events=$(mktemp)
trap 'rm -f "$events"' EXIT
swift test --skip-build --event-stream-output-path "$events" --experimental-maximum-parallelization-width "$(nproc)" "$@"
echo "the ten slowest tests, all their cases added up, in seconds:"
awk '
  /"kind":"testCaseStarted"/ { sign = -1 }
  /"kind":"testCaseEnded"/ { sign = 1 }
  /"kind":"testCase(Started|Ended)"/ {
    match($0, /"absolute":[0-9.]+/); time = substr($0, RSTART + 11, RLENGTH - 11)
    match($0, /"testID":"[^"]*/); id = substr($0, RSTART + 10, RLENGTH - 10)
    sum[id] += sign * time
  }
  END { for (id in sum) printf "%8.1f  %s\n", sum[id], id }' "$events" | tr -d '\\' | sort -rn | head -10 || true
