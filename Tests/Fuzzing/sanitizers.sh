#!/usr/bin/env bash
# Runs the tests of what touches bytes and threads under a sanitizer: a quarter of an hour each, so not part of CI.
#
# usage: Tests/Fuzzing/sanitizers.sh [address|thread …]      both unless told
set -euo pipefail
cd "$(dirname "$0")/../.."

scripts/setup.sh
[ $# -gt 0 ] || set -- address thread
# The crash handler of Swift trips the sanitizers itself; what is reported as leaked is XCTest's own.
export SWIFT_BACKTRACE=enable=no ASAN_OPTIONS=detect_leaks=0
for sanitizer in "$@"; do
  swift test --sanitize="$sanitizer" --scratch-path ".build-$sanitizer" \
    --filter "ElementCoreTests|DeflateTests|XMLStreamTests|ElementFormatsTests|ElementWarehouseTests"
done
