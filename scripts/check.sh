#!/usr/bin/env bash
# What a change must pass beside the tests: format, fences around unsafe code, generated files.
set -euo pipefail
cd "$(dirname "$0")/.."

swift format lint --strict --recursive Package.swift Sources Tests

# Unsafe code stands in these files only; each use carries its proof.
fenced='Bug.swift|Deflate/|SQLitePages/|XMLStream/(XML(PushParser|Collector)|XSD(Document|Parts|Validation)).swift|Bytes/ByteWord.swift|Record/RowHash.swift|Spill/SpillFile.swift|Bytes/ByteArray\+Span.swift|Bytes/Array\+LargePages.swift|Run/StartMemory.swift|Encoding/GB18030.swift|Input/Input(File|Wait).swift|Storage/|Loading/|Checking/(Verification|WarehouseDigest|DatasetDigest).swift|Output/Private(File|Folder).swift|Terminal/(ProcessSetup|TerminalKeys).swift'
if loose=$(grep -rnE '\bunsafe\b' Sources --include='*.swift' | grep -vE "$fenced" | grep -vE '^[^:]+:[0-9]+:\s*//|unsafe-inline|"unsafe"'); then
  echo "unsafe code outside the fence:" >&2
  echo "$loose" >&2
  exit 1
fi
# The core and the hot path know no Foundation.
if found=$(grep -rnE 'import Foundation' Sources/ElementCore Sources/ElementFormats Sources/ElementExpression Sources/ElementRules); then
  echo "Foundation in the hot path:" >&2
  echo "$found" >&2
  exit 1
fi
# Everything that is not private says in a sentence what it is.
python3 scripts/check-docs.py
