"""Checks outputs of the command with independent programs.

usage: objects.py WORK        (called by check.sh)
"""
import csv
import hashlib
import hmac
import json
import pathlib
import sqlite3
import sys

import jsonschema
import openpyxl
from stdnum.iso7064 import mod_11_2


def confirm_fingerprint(work):
    """HMAC-SHA256 over parts, each name and value as its length in four bytes, the least first, and its bytes; the first 16 bytes of it."""
    database = sqlite3.connect(work / "waits.db")
    (secret,) = database.execute("SELECT value FROM secret WHERE name = 'identity'").fetchone()
    told, row = database.execute("SELECT fingerprint, row FROM finding WHERE code = 'V1103' ORDER BY id LIMIT 1").fetchone()

    def digest(*parts):
        texts = [text.encode() for part in parts for text in part]
        packed = b"".join(len(text).to_bytes(4, "little") + text for text in texts)
        return hmac.new(secret, packed, hashlib.sha256).hexdigest()[:32]

    lines = (work / "dirty.csv").read_text("utf-8", "surrogateescape").split("\n")
    number = next(csv.reader([lines[row]]))[next(csv.reader([lines[0]])).index("公民身份号码")]
    def fingerprint(code, number, field):
        # Of a sound number what 15 and 18 digits have in common.
        weights = sum(int(digit) * 2 ** (17 - place) for place, digit in enumerate(number[:17]))
        is_sound = number[17] == "10X98765432"[weights % 11]
        key = number[:6] + number[8:17] if number[6:8] == "19" and is_sound else number
        subject = digest(("dataset", "registeredResident"), ("key", key))
        return digest(("code", code), ("dataset", "registeredResident"), ("subject", subject), ("field", field))

    assert fingerprint("V1103", number, "identityNum") == told, "a fingerprint is not what its description says"
    told, row = database.execute("SELECT fingerprint, row FROM finding WHERE code = 'R2101' ORDER BY id LIMIT 1").fetchone()
    number = next(csv.reader([lines[row]]))[next(csv.reader([lines[0]])).index("公民身份号码")]
    assert fingerprint("R2101", number, "sexCode") == told, "a fingerprint of a sound number is not what its description says"


def confirm_report(work):
    """The workbook of a report has a sheet a section, with a filter, heads that stay, widths and per cent; the rows behind it are as many as it says."""
    report = json.loads((work / "report.json").read_text("utf-8"))
    book = openpyxl.load_workbook(work / "report" / "report.xlsx")
    assert len(book.sheetnames) == 12, book.sheetnames
    for sheet in book:
        assert sheet.freeze_panes == "A2" and sheet.page_setup.paperSize == 9, sheet.title
        assert all(sheet.column_dimensions[column[0].column_letter].customWidth for column in sheet.columns), sheet.title
    overview = book.worksheets[0]
    shares = {row[0].value: row[1] for row in overview.iter_rows(min_row=2)}
    for dimension in report["dimensions"]:
        cell = shares[dimension["title"]]
        assert cell.number_format == "0.0%" and abs(cell.value - dimension["value"]) < 1e-6, dimension
    assert book.worksheets[5].conditional_formatting, "shares below a target have no colour"
    kinds = book.worksheets[2]
    assert sum(row[5] for row in kinds.iter_rows(min_row=2, values_only=True)) == report["findings"]["open"]
    for kind in report["kinds"]:
        name = "-".join(part for part in (kind["code"], kind["dataset"], kind["field"]) if part)
        rows = list(csv.reader((work / "drill" / f"{name}.csv").read_text("utf-8-sig").splitlines()))
        assert len(rows) == 1 + kind["open"] + kind["fixed"], name
    # Work lists are as many rows as they say, and each workbook comes back as what it was made for.
    lists = json.loads((work / "worklist.json").read_text("utf-8"))
    names = {"correction": "待更正", "visit": "待走访", "verification": "待核查", "overdue": "超期事件"}
    for kind, name in names.items():
        books = [openpyxl.load_workbook(path) for path in pathlib.Path(lists["folder"]).glob(f"*/{name}.xlsx")]
        assert sum(book.active.max_row - 1 for book in books) == lists["rows"][kind], kind
    assert sum(lists["rows"].values()) > 0
    # An office has a folder of its own, and what is in it is what the whole says of its grids.
    streets = {grid["gridCode"][6:15] for grid in report["grids"] if grid["gridCode"]}
    found = {path.name for path in (work / "each" / "street").iterdir() if path.is_dir()}
    assert found == streets, (found, streets)
    assert len(list((work / "each" / "grid").glob("*/report.html"))) >= len({grid["gridCode"] for grid in report["grids"]} - {None})


def main():
    work = pathlib.Path(sys.argv[1])
    for name, schema in [
        ("load", "run"), ("check", "run"), ("failure", "run"), ("sniff", "sniff"), ("verify", "verify"), ("backup", "backup"), ("migrate", "migrate"),
        ("doctor", "doctor"), ("list", "batch-list"), ("show", "batch-show"), ("undo", "undo"), ("list-undone", "batch-list"), ("audit", "audit-list"), ("audit-verify", "audit-verify"), ("explain", "explain"), ("waits", "quarantine-list"), ("waits-by", "quarantine-list"),
        ("waits-out", "quarantine-export"), ("verify-at", "verify-at"), ("fate", "batch-show-row"), ("held", "run"), ("resumed", "run"), ("load-gone", "load-discard"), ("vacuum", "vacuum"), ("waits-gone", "quarantine-discard"), ("list-waits", "batch-list"),
        ("replaced", "run"), ("regrid", "regrid"), ("verify-source", "verify"),
        ("waive", "waive"), ("waive-list", "waive-list"), ("waived", "run"), ("stored", "run"), ("report", "report"), ("report-each", "report"), ("worklist", "worklist"),
    ]:
        found = json.loads((work / f"{name}.json").read_text("utf-8"))
        wanted = json.loads(pathlib.Path(f"schemas/output/{schema}.schema.json").read_text("utf-8"))
        jsonschema.Draft202012Validator(wanted).validate(found)

    confirm_report(work)
    load = json.loads((work / "load.json").read_text("utf-8"))
    for entry in load["inputs"]:
        assert entry["sha256"] == hashlib.sha256(pathlib.Path(entry["path"]).read_bytes()).hexdigest(), entry["path"]

    # One finding is waived, by a fingerprint that another program can make with the secret of the warehouse.
    assert json.loads((work / "waived.json").read_text("utf-8"))["findings"]["waived"] == 1
    confirm_fingerprint(work)

    # The rows that wait, as another program reads the workbook.
    waits = json.loads((work / "waits.json").read_text("utf-8"))
    sheet = list(openpyxl.load_workbook(work / "waits.xlsx").active.iter_rows(values_only=True))
    assert [row[0] for row in sheet[1:]] == [row["name"] for row in waits["rows"]] and len(sheet) > 10
    lines = (work / "dirty.csv").read_text("utf-8", "surrogateescape").split("\n")
    heads = next(csv.reader([lines[0]]))
    compared = 0
    for row, values in zip(waits["rows"], sheet[1:]):
        # Of a row of another shape a part is lost.
        if any(reason.startswith("S") for reason in row["reasons"]):
            continue
        source = dict(zip(heads, next(csv.reader([lines[row["line"] - 1]]))))
        assert all((value or "") == source[heading] for heading, value in list(zip(sheet[0], values))[3:]), values[0]
        compared += 1
    assert compared > 10

    # Every row of the first load is proved by its file, whatever came since; and the rows that the roster lacked are closed.
    proof = json.loads((work / "verify-source.json").read_text("utf-8"))["source"]
    assert proof["proved"] == proof["read"] == len(lines) - 2 - proof["blankLines"] and proof["excuse"] is None, proof
    closed = json.loads((work / "replaced.json").read_text("utf-8"))["presence"][0]["closed"]
    waiting = sqlite3.connect(work / "waits.db")
    assert closed == waiting.execute("SELECT count(*) FROM closed_row").fetchone()[0] > 10
    assert json.loads((work / "regrid.json").read_text("utf-8"))["moved"][0]["rows"] > 0

    # The audit chain, hashed by another program.
    names = ["seq", "recorded_at", "operator", "account", "host", "tool_version", "command", "arguments", "batch", "inputs", "counts", "purpose", "reason", "previous"]
    previous = "0" * 64
    entries = sqlite3.connect(work / "undone.db").execute(f"SELECT {', '.join(names)}, hash FROM audit ORDER BY seq").fetchall()
    for *values, digest in entries:
        parts = [str(part).encode() for name, value in zip(names, values) if value is not None for part in (name, value)]
        assert values[-1] == previous and digest == hashlib.sha256(b"".join(len(part).to_bytes(4, "little") + part for part in parts)).hexdigest()
        previous = digest
    assert len(entries) == 2 and (work / "undone.db.anchor").read_text() == f"{entries[0][-1]} 1 {entries[0][-1]}\n{entries[0][-1]} 2 {previous}\n"

    database = sqlite3.connect(work / "w.db")
    assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    with open("samples/residents.csv", encoding="utf-8") as file:
        rows = {row["公民身份号码"]: row["姓名"] for row in csv.DictReader(file)}
    stored = dict(database.execute("SELECT identityNum, personName FROM registeredResident"))
    assert stored == rows, "the warehouse differs from the file"
    assert all(mod_11_2.is_valid(number) for number in stored), "a stored number fails MOD 11-2"


main()
