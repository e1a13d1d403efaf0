#!/usr/bin/env python3
"""Makes vectors.json from the definitions of RowHash and DatasetDigest: fingerprints of rows, digests of datasets.

Needs xxhash from PyPI. All values are made up.
usage: make.py > vectors.json
"""
import hashlib
import json
import struct
import xxhash

MASK, ODD, SPREAD = (1 << 64) - 1, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9


def mix(one, other):
    product = one * other
    return product >> 64 ^ product & MASK


def word(part):
    return int.from_bytes(part[:8], "little")


def fingerprint(pairs):
    result = 0
    for name, value in sorted((n.encode(), v.encode()) for n, v in pairs if v):
        state = xxhash.xxh64_intdigest(name) + len(value) * SPREAD & MASK
        while len(value) > 16:
            state = mix(word(value) ^ state, word(value[8:]) ^ ODD)
            value = value[16:]
        result = mix(word(value) ^ state, word(value[8:]) ^ result ^ ODD)
    return mix(result, ODD)


def digest(key, interim, rows):
    """Rows: (values of the key, values of what stands for it, content); a first key value that is empty is not known."""
    buckets = {}
    for values, standing, content in rows:
        bucket = fingerprint(zip(key, values)) >> 52 if values[0] else 0
        shown = values if values[0] else standing
        entry = [v.encode() for v in shown]
        buckets.setdefault(bucket, []).append((bool(values[0]), entry, struct.unpack("<q", struct.pack("<Q", content))[0]))
    whole = b""
    for bucket in range(4096):
        text = b"".join(
            b"".join(struct.pack("<I", len(v)) + v for v in entry) + struct.pack("<q", content)
            for _, entry, content in sorted(buckets.get(bucket, [])))
        whole += hashlib.sha256(text).digest() if text else bytes(32)
    return hashlib.sha256(whole).hexdigest()


rows = [
    [],
    [("gridName", "")],
    [("gridCode", "01000032069900100101")],
    [("gridCode", "01000032069900100101"), ("gridName", "示例网格")],
    [("gridName", "示例网格"), ("gridCode", "01000032069900100101"), ("note", "")],
    [("a", "x"), ("b", "")],
    [("a", ""), ("b", "x")],
    [("ab", "c"), ("abc", "")],
    [("text", "0123456789abcdef")],
    [("text", "0123456789abcdefg")],
    [("text", "网" * 100)],
    [("B", "1"), ("a", "2"), ("é", "3"), ("e\u0301", "4")],
]
datasets = [
    (["gridCode"], [], []),
    (["gridCode"], [], [([f"010000320699001001{n:02}"], [], n * 0x9E3779B97F4A7C15 & MASK) for n in range(60)]),
    (["identityNum", "houseCode"], [], [([f"32069919900101{n:04}", f"h{n % 7}"], [], n) for n in range(300)]),
    (["identityNum"], ["personName", "birthday"],
     [([f"32069919900101{n:04}" if n % 5 else ""], [f"示例{n % 11}", "1990-01-01" if n % 3 else ""], n << 60 & MASK | n)
      for n in range(200)]),
]
print(json.dumps({
    "rows": [{"names": [n for n, _ in r], "values": [v for _, v in r], "hash": f"{fingerprint(r):016x}"} for r in rows],
    "datasets": [
        {"key": k, "interim": i, "rows": [{"key": a, "interim": b, "hash": f"{c:016x}"} for a, b, c in r],
         "digest": digest(k, i, r)} for k, i, r in datasets],
}, ensure_ascii=False, indent=None, separators=(",", ":")))
