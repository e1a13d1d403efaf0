#!/usr/bin/env bash
# Builds and installs the program, its completions and its manual pages; needs no root where the folder is yours.
# usage: scripts/install.sh [PREFIX]        (default: ~/.local)
set -euo pipefail
cd "$(dirname "$0")/.."
prefix=${1:-$HOME/.local}

scripts/build.sh yaosu yaosu-dev
bin=.build/release
mkdir -p "$prefix/bin" "$prefix/share/bash-completion/completions" "$prefix/share/zsh/site-functions" \
  "$prefix/share/fish/vendor_completions.d"
# Without what only a debugger reads it is half as large.
strip -o "$prefix/bin/yaosu.new" "$bin/yaosu"
chmod 755 "$prefix/bin/yaosu.new"
mv -f "$prefix/bin/yaosu.new" "$prefix/bin/yaosu"
"$prefix/bin/yaosu" --generate-completion-script bash >"$prefix/share/bash-completion/completions/yaosu"
"$prefix/bin/yaosu" --generate-completion-script zsh >"$prefix/share/zsh/site-functions/_yaosu"
"$prefix/bin/yaosu" --generate-completion-script fish >"$prefix/share/fish/vendor_completions.d/yaosu.fish"
"$bin/yaosu-dev" manual --from "$bin/yaosu" -o "$prefix/share/man"
echo "installed: $prefix/bin/yaosu ($(du -h "$prefix/bin/yaosu" | cut -f1)), completions for bash, zsh and fish, manual pages"
case ":$PATH:" in *":$prefix/bin:"*) ;; *) echo "add $prefix/bin to PATH" ;; esac
