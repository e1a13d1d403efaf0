#!/usr/bin/env python3
"""Makes the table of Han characters (readings, look-alikes, simplified forms) from the Unihan database.

usage: build-han.py [UNIHAN_DIR] [--check]     (default /usr/share/unicode, from Debian's package unicode-data)

Writes Sources/ElementCore/Han/HanTable+Embedded.swift; --check compares. Unihan is © Unicode, Inc. (see NOTICE).
"""
import base64
import bz2
import collections
import itertools
import pathlib
import struct
import sys
import unicodedata

ROOT = pathlib.Path(__file__).resolve().parent.parent
OUT = ROOT / "Sources/ElementCore/Han/HanTable+Embedded.swift"
FIRST, LAST = 0x4E00, 0x9FFF
ALIKE = 3.0


def unihan(folder):
    """All properties: name → character → value."""
    found = collections.defaultdict(dict)
    for path in sorted(pathlib.Path(folder).glob("Unihan_*.txt*")):
        opened = bz2.open(path, "rt", encoding="utf-8") if path.suffix == ".bz2" else open(path, encoding="utf-8")
        with opened as lines:
            for line in lines:
                if line.startswith("U+"):
                    code, name, value = line.rstrip("\n").split("\t", 2)
                    found[name][int(code[2:], 16)] = value
    return found


def plain(syllable):
    """A syllable without its tone; ü is v."""
    letters = unicodedata.normalize("NFD", syllable.replace("ü", "v").replace("Ü", "v"))
    letters = letters.replace("u\u0308", "v")
    return "".join(c for c in letters if "a" <= c <= "z")


def readings(data):
    """The toneless syllables of each character, the usual one first."""
    out = {}
    for code in range(FIRST, LAST + 1):
        names = []
        for name in ("kMandarin", "kTGHZ2013", "kXHC1983"):
            for part in data[name].get(code, "").split():
                names += part.split(":")[-1].split(",")
        syllables = list(dict.fromkeys(s for s in map(plain, names) if s))
        if syllables:
            out[code] = syllables[:3]
    return out


def edits(left, right, most=3):
    """The number of insertions, deletions and substitutions between two texts, `most` at the most."""
    if abs(len(left) - len(right)) >= most:
        return most
    row = list(range(len(right) + 1))
    for i, a in enumerate(left, 1):
        before, row[0] = row[0], i
        for j, b in enumerate(right, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (a != b))
    return min(row[-1], most)


class Forms:
    """How characters look, as far as Unihan says."""

    def __init__(self, data, codes):
        self.corner = {c: data["kFourCornerCode"].get(c, "").split(" ")[0].replace(".", "") for c in codes}
        self.cangjie = {c: data["kCangjie"].get(c, "") for c in codes}
        self.strokes = {c: int(data["kTotalStrokes"].get(c, "0").split()[0]) for c in codes}
        self.radical = {c: data["kRSUnicode"].get(c, "").split(".")[0].rstrip("'") for c in codes}
        self.phonetic = {c: set(p.rstrip("*x") for p in data["kPhonetic"].get(c, "").split()) for c in codes}

    def points(self, a, b):
        """How alike two characters are."""
        left, right = self.corner[a], self.corner[b]
        equal = sum(x == y for x, y in zip(left, right)) if len(left) == len(right) == 5 else None
        score = 0.5 if equal is None else {5: 2.5, 4: 1.5, 3: 0.5}.get(equal, 0)
        apart = abs(self.strokes[a] - self.strokes[b])
        score += 0.5 if apart <= 1 else -1 if apart > 5 else -0.5 if apart > 3 else 0
        score += 1.5 if self.phonetic[a] & self.phonetic[b] else 0
        score += 0.5 if self.radical[a] and self.radical[a] == self.radical[b] else 0
        left, right = self.cangjie[a], self.cangjie[b]
        if left and right:
            distance = edits(left, right)
            longest = min(len(left), len(right))
            score += 3 if distance == 0 else 2 if distance == 1 and longest >= 3 else 1 if distance <= 2 else 0
            score += 0.5 if longest >= 2 and left[-2:] == right[-2:] else 0
        return score

    def candidates(self, codes):
        """The pairs that may be alike: of one phonetic class, with three corners equal, or one edit apart in Cangjie."""
        blocks = collections.defaultdict(list)
        for code in codes:
            for name in self.phonetic[code]:
                blocks["p", name].append(code)
            for kept in itertools.combinations(range(5), 3):
                if len(self.corner[code]) == 5:
                    blocks["c", kept, tuple(self.corner[code][i] for i in kept)].append(code)
            letters = self.cangjie[code]
            if letters:
                blocks["j", letters].append(code)
                for i in range(len(letters)):
                    blocks["j", letters[:i] + letters[i + 1:]].append(code)
                    blocks["s", letters[:i] + "?" + letters[i + 1:]].append(code)
        seen = set()
        for block in blocks.values():
            for pair in itertools.combinations(sorted(set(block)), 2):
                seen.add(pair)
        return seen


def simplified(data, common):
    """The one simplified form, where the character is not common and the form is."""
    out = {}
    for code, value in data["kSimplifiedVariant"].items():
        forms = [int(v.split("<")[0][2:], 16) for v in value.split()]
        if FIRST <= code <= LAST and code not in common and len(forms) == 1 and forms[0] in common and forms[0] <= LAST:
            out[code] = forms[0]
    return out


def literal(name, summary, data):
    lines = [data[i:i + 116] for i in range(0, len(data), 116)]
    body = "\\\n    ".join(lines)
    return f"  /// {summary}\n  static let {name}: StaticString = \"\"\"\n    {body}\n    \"\"\"\n"


def main():
    folder = next((a for a in sys.argv[1:] if not a.startswith("-")), "/usr/share/unicode")
    data = unihan(folder)
    if not data["kMandarin"]:
        sys.exit(f"{folder} has no Unihan_*.txt: install Debian's package unicode-data")
    common = set(data["kTGH"])
    found = readings(data)
    syllables = sorted({s for each in found.values() for s in each})
    number = {s: i for i, s in enumerate(syllables)}
    first, more = bytearray(), bytearray()
    for code in range(FIRST, LAST + 1):
        each = found.get(code, [])
        word = 0 if not each else number[each[0]] + 1 | (0x8000 if len(each) > 1 else 0)
        first += struct.pack("<H", word)
        for other in each[1:]:
            more += struct.pack("<HH", code, number[other] + 1)
    codes = sorted(c for c in common if FIRST <= c <= LAST)
    forms = Forms(data, codes)
    alike = sorted(pair for pair in forms.candidates(codes) if forms.points(*pair) >= ALIKE)
    pairs = b"".join(struct.pack("<HH", *pair) for pair in alike)
    short = b"".join(struct.pack("<HH", *pair) for pair in sorted(simplified(data, common).items()))
    text = "// Made by scripts/build-han.py from the Unihan database (© Unicode, Inc., see NOTICE). Do not edit.\n"
    text += "// swift-format-ignore-file\n\nextension HanTable {\n"
    text += literal("syllableText", "The toneless syllables, ascending, parted by blanks.", " ".join(syllables))
    encode = lambda raw: base64.b64encode(bytes(raw)).decode()
    text += literal("readingText", "A word for each character from U+4E00 on, little-endian, in Base64: its syllable from 1, and the highest bit where it has more.", encode(first))
    text += literal("moreText", "Further readings: character and syllable, two words each.", encode(more))
    text += literal("alikeText", "Pairs of common characters that look alike, the lesser first, ascending.", encode(pairs))
    text += literal("simplifiedText", "Characters and their simplified forms, ascending.", encode(short))
    text += "}\n"
    print(f"{len(syllables)} syllables, {len(found)} characters with readings, {len(more) // 4} further readings, {len(alike)} pairs alike, {len(short) // 4} simplified forms")
    if "--check" in sys.argv:
        sys.exit(0 if OUT.exists() and OUT.read_text(encoding="utf-8") == text else f"{OUT} differs")
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
