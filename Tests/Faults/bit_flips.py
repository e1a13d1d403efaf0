"""Flips single bits inside the cells of a warehouse's rows: `verify` must name the row, or SQLite refuse the file."""
import json
import random
import shutil
import sqlite3
import struct

from faults import WORK, YAOSU, expect, run

TABLES = ["registeredResident", "quarantine", "finding", "batch", "registeredResident_history", "revival"]


def varint(page, at):
    value = 0
    for count in range(9):
        byte = page[at + count]
        if count == 8:
            return value << 8 | byte, at + 9
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, at + count + 1


def width(kind):
    return [0, 1, 2, 3, 4, 6, 8, 8, 0, 0][kind] if kind < 10 else (kind - 12) // 2


def cells(data, root, size):
    """(offset in the file, bytes, row) of every column of a table's rows that has bytes of its own; rows with overflow are left out."""
    pages = [root]
    while pages:
        number = pages.pop()
        base = (number - 1) * size
        page = data[base:base + size]
        head = 100 if number == 1 else 0
        kind, count = page[head], struct.unpack(">H", page[head + 3:head + 5])[0]
        start = head + (12 if kind == 5 else 8)
        pointers = struct.unpack(f">{count}H", page[start:start + 2 * count])
        if kind == 5:
            pages += [struct.unpack(">I", page[p:p + 4])[0] for p in pointers] + [struct.unpack(">I", page[head + 8:head + 12])[0]]
            continue
        for pointer in pointers:
            length, at = varint(page, pointer)
            row, at = varint(page, at)
            if length > size - 35:
                continue
            header, next_kind = varint(page, at)
            place = at + header
            while next_kind < at + header:
                column, next_kind = varint(page, next_kind)
                if width(column):
                    yield base + place, width(column), row
                place += width(column)


def check(scenario, count, seed):
    """`count` flips, spread over the tables of a warehouse from which a load was taken back."""
    folder = WORK / "flips"
    folder.mkdir()
    whole = folder / "whole.db"
    shutil.copy(scenario.base, whole)
    scenario.act(whole)
    connection = sqlite3.connect(whole)
    size = connection.execute("PRAGMA page_size").fetchone()[0]
    roots = {t: connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = ?", (t,)).fetchone()[0] for t in TABLES}
    connection.close()
    data = whole.read_bytes()
    dice = random.Random(f"20260101{seed}")
    spots = {t: list(cells(data, root, size)) for t, root in roots.items()}
    for number in range(count):
        table = TABLES[number % len(TABLES)]
        offset, length, row = dice.choice(spots[table])
        offset += dice.randrange(length)
        changed = bytearray(data)
        changed[offset] ^= 1 << dice.randrange(8)
        target = folder / "w.db"
        target.write_bytes(changed)
        target.chmod(0o600)
        result = run([YAOSU, "verify", "--warehouse", target, "--json"])
        what = f"flip {number} at {offset} in {table} row {row}"
        if result.returncode == 5:
            continue
        expect(result.returncode == 1, f"{what}: verify ended with {result.returncode}")
        names = [f"{d['subject']} {d['message']}" for d in json.loads(result.stdout)["differences"]]
        wanted = {"registeredResident": f"_id {row}", "registeredResident_history": f"_version {row}"}.get(table, f"{table} {row}")
        # The number of the row that a version is of stands in an index too: where they differ, SQLite names the index and counts the rows.
        index = f"missing from index {table}"
        expect(any(wanted in name or index in name for name in names), f"{what}: not named in {names}")
    shutil.rmtree(folder)
    return count
