#!/usr/bin/env bash
# Installs the system libraries that the build needs, by apt, and only what is absent.
set -euo pipefail

need=()
for package in libxml2-dev libsqlite3-dev zlib1g-dev; do
  dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || need+=("$package")
done
if ((${#need[@]})); then
  echo "installing: ${need[*]}"
  run=()
  if [ "$(id -u)" -ne 0 ]; then run=(sudo); fi
  "${run[@]}" apt-get update -qq
  DEBIAN_FRONTEND=noninteractive "${run[@]}" apt-get install -y -qq --no-install-recommends "${need[@]}" >/dev/null
fi
command -v swift >/dev/null || {
  echo "Swift 6.3 or newer is needed: https://www.swift.org/install/linux/" >&2
  exit 1
}
