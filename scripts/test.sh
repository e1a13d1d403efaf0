#!/usr/bin/env bash
# Sets the machine up and runs all tests.
set -euo pipefail
cd "$(dirname "$0")/.."

scripts/setup.sh
swift build --build-tests --explicit-target-dependency-import-check error
swift test --skip-build "$@"
