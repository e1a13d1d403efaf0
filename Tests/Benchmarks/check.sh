#!/usr/bin/env bash
# Counts instructions and allocations of the hot paths and compares with Tests/Benchmarks/limits.json.
# usage: Tests/Benchmarks/check.sh [--record]
set -euo pipefail
cd "$(dirname "$0")/../.."

scripts/build.sh yaosu yaosu-dev
for program in valgrind objcopy; do
  command -v "$program" >/dev/null || DEBIAN_FRONTEND=noninteractive apt-get install -y -qq valgrind binutils >/dev/null
done
exec python3 Tests/Benchmarks/counts.py "$@"
