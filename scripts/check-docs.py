"""Finds types, and package or public members, in Sources that have no summary above them; and summaries that only repeat a name.

usage: check-docs.py        (prints them and ends with 1 where there are any)
"""
import pathlib
import re
import sys

DECLARATION = re.compile(
    r"^\s*(?:@[\w_]+(?:\([^)]*\))?\s+)*(?:(?:package|public|internal|open|static|final|mutating|nonisolated(?:\(unsafe\))?|indirect|override|borrowing|consuming|lazy|private\(set\)|package private\(set\))\s+)*"
    r"(func|var|let|struct|enum|class|actor|protocol|init|subscript|typealias|case|extension)\b")
TYPE = ("struct", "enum", "class", "actor", "protocol", "extension")


EMPTY = set("a an and the of in is it its this that to as by for on with whether one all what which where".split())


def words(text):
    """The words of a name or a sentence, in the singular and without those that say nothing."""
    found = re.findall(r"[A-Z]{2,}(?![a-z])|[A-Z]?[a-z]+|[0-9]+", text)
    return {re.sub(r"s$", "", word.lower()) for word in found} - EMPTY


def repeats(lines, number):
    """Whether the whole summary above a declaration says nothing but the words that the declaration itself is written in."""
    above = number - 1
    while above >= 0 and lines[above].strip().startswith("@"):
        above -= 1
    if not lines[above].strip().startswith("///") or lines[above - 1].strip().startswith("///"):
        return False
    return words(lines[above].strip()[3:]) <= words(lines[number])


def undocumented(path):
    lines = path.read_text(encoding="utf-8").split("\n")
    stack, pending, in_text = [], None, False
    for number, line in enumerate(lines):
        if in_text:
            in_text = line.count('"""') % 2 == 0
            continue
        code = re.sub(r'"(?:\\.|[^"\\])*"', '""', line.split("//")[0] if "//" in line and '"' not in line.split("//")[0] else line)
        match = DECLARATION.match(code)
        is_private = re.match(r"^\s*(?:@\S+\s+)*(?:\w+\s+)*?(?:private|fileprivate)\s", code) and "private(set)" not in code
        if match and (not stack or stack[-1] == "type") and not re.match(r"^\s*(//|\*)", line):
            kind = match.group(1)
            pending = "type" if kind in TYPE else "body"
            if kind != "extension" and not is_private and "private" not in stack:
                is_owed = kind in TYPE or re.search(r"\b(?:package|public)\s", code)
                if is_owed and not documented(lines, number):
                    yield number + 1, "no summary: " + line.strip()
                if repeats(lines, number):
                    yield number + 1, "repeats its name: " + line.strip()
            if is_private and pending == "type":
                pending = "private"
        elif match and pending is None:
            pending = "body"
        if line.count('"""') % 2 == 1:
            in_text = True
        for character in code:
            if character == "{":
                stack.append(pending or "body")
                pending = None if pending != "type" else None
            elif character == "}" and stack:
                stack.pop()


def documented(lines, number):
    above = number - 1
    while above >= 0 and (lines[above].strip().startswith("@") or re.match(r"^\s*(help: |\)|say\(|ArgumentHelp|\")", lines[above]) or lines[above].strip().startswith(("name:", "valueName:"))):
        above -= 1
    return above >= 0 and lines[above].strip().startswith("///")


def main():
    root = pathlib.Path(__file__).resolve().parent.parent / "Sources"
    found = [(path, *entry) for path in sorted(root.rglob("*.swift")) for entry in undocumented(path)]
    for path, line, text in found:
        print(f"{path.relative_to(root.parent)}:{line}: {text[:100]}")
    return 1 if found else 0


sys.exit(main())
