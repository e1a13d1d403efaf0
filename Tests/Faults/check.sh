#!/usr/bin/env bash
# Breaks loads in every way that a machine can, and proves that the warehouse is as before or as after, never between.
# usage: Tests/Faults/check.sh [--all] [PART …]      (default: all parts, of long loops what the commit chooses; needs strace, and root
#        for a small file system)
set -euo pipefail
cd "$(dirname "$0")/../.."

scripts/build.sh yaosu yaosu-dev
for program in strace setpriv; do
  command -v "$program" >/dev/null || DEBIAN_FRONTEND=noninteractive apt-get install -y -qq strace util-linux >/dev/null
done
[ "${1:-}" != --all ] || { shift; export YAOSU_LOOPS=all; }
exec python3 Tests/Faults/check.py "$@"
