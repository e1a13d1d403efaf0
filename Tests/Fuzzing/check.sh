#!/usr/bin/env bash
# Fuzzes every reader with libFuzzer and AddressSanitizer: first the seeds and the inputs of old faults, then new ones.
#
# usage: Tests/Fuzzing/check.sh [SECONDS [TARGET …]]      6 seconds each unless told; what is found goes to .build-fuzz/found
# More than a minute each is worth the optimiser's time, which a few seconds are not. YAOSU_FUZZ_BUILD names another build folder, such as one
# whose packages are built already.
set -euo pipefail
cd "$(dirname "$0")/../.."

seconds=${1:-6}
shift || true
scripts/setup.sh
mkdir -p .build-fuzz/found
build=(swift build --scratch-path "${YAOSU_FUZZ_BUILD:-.build-fuzz}")
((seconds <= 60)) || build+=(-c release)
YAOSU_FUZZ=1 "${build[@]}" --product yaosu-fuzz >.build-fuzz/build.log 2>&1 || {
  tail -40 .build-fuzz/build.log >&2
  exit 1
}
fuzz=$(YAOSU_FUZZ=1 "${build[@]}" --show-bin-path)/yaosu-fuzz
work=$(mktemp -d)
trap 'rm -rf "$work" /dev/shm/yaosu-fuzz-*' EXIT
# The crash handler of Swift trips AddressSanitizer itself.
export SWIFT_BACKTRACE=enable=no
# What Swift keeps behind tagged pointers is taken for leaked.
export ASAN_OPTIONS=detect_leaks=0
options=(-detect_leaks=0 -timeout=20 -rss_limit_mb=2048 -max_len=4096 -artifact_prefix="$PWD/.build-fuzz/found/" -print_final_stats=1)

run() { # TARGET
  mkdir -p "$work/$1"
  "$fuzz" "$1" "${options[@]}" -runs=0 "$work/$1" "Tests/Fixtures/fuzz/$1" >"$work/$1.log" 2>&1 &&
    timeout -k 10 $((seconds + 120)) "$fuzz" "$1" "${options[@]}" -max_total_time="$seconds" "$work/$1" \
      "Tests/Fixtures/fuzz/$1" >>"$work/$1.log" 2>&1 || {
    tail -40 "$work/$1.log" >&2
    echo "fuzz $1: a finding, kept in .build-fuzz/found" >&2
    return 1
  }
  echo "fuzz $1: $(sed -n 's/^stat::number_of_executed_units: *//p' "$work/$1.log" | tail -1) inputs in $seconds s without a finding"
}

targets=("$@")
[ ${#targets[@]} -gt 0 ] || mapfile -t targets < <(cd Tests/Fixtures/fuzz && printf '%s\n' *)
# Two at a time, on two cores.
failed=0
for ((place = 0; place < ${#targets[@]}; place += 2)); do
  pids=()
  for target in "${targets[@]:place:2}"; do
    run "$target" &
    pids+=($!)
  done
  for pid in "${pids[@]}"; do wait "$pid" || failed=1; done
done
exit $failed
