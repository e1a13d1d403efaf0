#!/usr/bin/env bash
# Breaks loads in every way that a machine can, and proves that the warehouse is as before or as after, never between.
# usage: scripts/check-faults.sh [PART …]      (default: all parts; needs strace, and root for a small file system)
set -euo pipefail
cd "$(dirname "$0")/.."

scripts/build.sh yaosu yaosu-dev
for program in strace setpriv; do
  command -v "$program" >/dev/null || DEBIAN_FRONTEND=noninteractive apt-get install -y -qq strace util-linux >/dev/null
done
exec python3 scripts/check-faults.py "$@"
