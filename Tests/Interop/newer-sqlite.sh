#!/usr/bin/env bash
# Runs the tests of pages with a newer SQLite than the system's: that of apsw from PyPI, which carries its library. Pages are copied by
# what SQLite does without promising it, so each version has to show that it does.
# usage: Tests/Interop/newer-sqlite.sh [VERSION of apsw]
set -euo pipefail
cd "$(dirname "$0")/../.."

version=${1:-3.54.1.0}
scripts/setup.sh
[ -e .build/interop/bin/pip ] || python3 -m venv .build/interop
.build/interop/bin/pip install -q "apsw==$version"
library=$(find "$PWD/.build/interop" -name libsqlite3_tool.so)
# As scripts/test.sh builds, so that nothing is built twice.
export YAOSU_TESTED=1
swift build --build-tests --explicit-target-dependency-import-check error
tests=$(swift build --show-bin-path)/yaosuPackageTests.xctest
# What cannot say the version that is in the process would prove nothing.
told=$(LD_PRELOAD=$library "$(swift build --show-bin-path)/yaosu" doctor)
grep -q "${version%.*}" <<<"$told" || { echo "the program does not run on SQLite ${version%.*}: $told" >&2; exit 1; }
LD_PRELOAD=$library "$tests" --testing-library swift-testing --filter "SQLitePagesTests|PageFeedTests" >.build/interop/pages.log 2>&1 || {
  cat .build/interop/pages.log >&2
  exit 1
}
echo "SQLite ${version%.*}: $(tail -1 .build/interop/pages.log)"
