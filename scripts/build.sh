#!/usr/bin/env bash
# Builds the release programs with the Swift libraries inside: they start in half the time, and one file is all that an
# offline machine needs beside its system libraries.
# usage: scripts/build.sh [PRODUCT…]        (default: yaosu; they end up in .build/release)
set -euo pipefail
cd "$(dirname "$0")/.."

scripts/setup.sh
for product in "${@:-yaosu}"; do swift build -c release --static-swift-stdlib --product "$product"; done
