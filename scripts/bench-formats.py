"""Runs `check` on one roster in every format beside the programs that read these formats, in turn, and prints ratios.

usage: bench-formats.py WORK ROUNDS [BUILD…]        (called by bench.sh; WORK holds residents.csv, each BUILD is another yaosu)

The XML has 100,000 records, named as the emitted XSD asks; the workbooks 200,000 rows, one with
texts in the cells, one with shared texts.
"""
import concurrent.futures
import csv
import gzip
import json
import pathlib
import statistics
import subprocess
import sys
import zipfile
from xml.sax.saxutils import escape

import openpyxl
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from bench_run import beside, run

WORK, ROUNDS = pathlib.Path(sys.argv[1]), int(sys.argv[2])
YAOSU = ".build/release/yaosu"
ROSTER = WORK / "residents.csv"


def rows():
    with open(ROSTER, encoding="utf-8", errors="replace", newline="") as file:
        yield from csv.reader(file)


def write_shared(path, header, texts):
    """A workbook whose cells name their texts by number, four columns of them with a text of its own in every row."""
    office, main = "http://schemas.openxmlformats.org/officeDocument/2006/relationships", "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    numbers = {}
    own = [place for place, title in enumerate(header) if title in ("职业", "服务处所", "户籍门（楼）详址", "现住门（楼）详址")]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("[Content_Types].xml", "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'/>")
        book.writestr("_rels/.rels", f"<Relationships xmlns='{package}'><Relationship Id='a' Type='{office}/officeDocument' Target='xl/workbook.xml'/></Relationships>")
        book.writestr("xl/workbook.xml", f"<workbook xmlns='{main}' xmlns:r='{office}'><sheets><sheet name='名册' sheetId='1' r:id='s'/></sheets></workbook>")
        book.writestr("xl/_rels/workbook.xml.rels", f"<Relationships xmlns='{package}'><Relationship Id='s' Type='{office}/worksheet' Target='worksheets/sheet1.xml'/><Relationship Id='t' Type='{office}/sharedStrings' Target='sharedStrings.xml'/></Relationships>")
        with book.open("xl/worksheets/sheet1.xml", "w") as sheet:
            sheet.write(f"<worksheet xmlns='{main}'><sheetData>".encode())
            for line, row in enumerate([header, *texts], 1):
                cells = [f"{cell}{line}" if line > 1 and place in own else cell for place, cell in enumerate(row)]
                sheet.write(("<row>" + "".join(f"<c t='s'><v>{numbers.setdefault(cell, len(numbers))}</v></c>" if cell else "<c/>" for cell in cells) + "</row>").encode())
            sheet.write(b"</sheetData></worksheet>")
        with book.open("xl/sharedStrings.xml", "w") as strings:
            strings.write(f"<sst xmlns='{main}'>".encode())
            for text in numbers:
                strings.write(f"<si><t>{escape(text)}</t></si>".encode())
            strings.write(b"</sst>")
    return len(numbers)


def write():
    """The roster in the other formats: rows of another width have no place in them."""
    sniffed = json.loads(subprocess.run([YAOSU, "sniff", str(ROSTER), "--json"], capture_output=True, check=True).stdout)
    names = [column["field"] for column in sniffed["columns"]]
    header = next(rows())
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("名册")
    sheet.append(header)
    shared = []
    with open(WORK / "r.ndjson", "w", encoding="utf-8") as lines, open(WORK / "r.xml", "w", encoding="utf-8") as xml:
        xml.write("<?xml version='1.0' encoding='UTF-8'?>\n<records>\n")
        for place, row in enumerate(rows()):
            if place == 0 or len(row) != len(header):
                continue
            lines.write(json.dumps(dict(zip(header, row)), ensure_ascii=False) + "\n")
            clean = [ILLEGAL_CHARACTERS_RE.sub("", cell) for cell in row]
            if place <= 100_000:
                xml.write("<record>" + "".join(f"<{n}>{escape(c)}</{n}>" for n, c in zip(names, clean) if c) + "</record>\n")
            if place <= 200_000:
                sheet.append([cell or None for cell in clean])
                shared.append(clean)
        xml.write("</records>\n")
    book.save(WORK / "r.xlsx")
    texts = write_shared(WORK / "shared.xlsx", header, shared)
    with open(ROSTER, "rb") as plain, gzip.open(WORK / "r.csv.gz", "wb", 6) as packed:
        packed.writelines(plain)
    with open(WORK / "r.xsd", "wb") as schema:
        subprocess.run([YAOSU, "schema", "emit", "registeredResident", "--as", "xsd"], stdout=schema, check=True)
    return texts


def check(name):
    return [YAOSU, "check", str(WORK / name), "-q", "--jobs", "2"]


DUCKDB = "import duckdb,sys;d=duckdb.connect();d.execute('SET threads=2');print(d.execute(f\"SELECT count(COLUMNS(*)) FROM read_json('{sys.argv[1]}')\").fetchall())"
OPENPYXL = "import openpyxl,sys\nfor r in openpyxl.load_workbook(sys.argv[1],read_only=True).worksheets[0].iter_rows(values_only=True): pass"


def main():
    # In a process of its own: what a large one starts counts as large.
    with concurrent.futures.ProcessPoolExecutor(1) as pool:
        texts = pool.submit(write).result()
    pairs = {
        "NDJSON": (check("r.ndjson"), "DuckDB read_json, all columns, 2 threads", [sys.executable, "-c", DUCKDB, str(WORK / "r.ndjson")], 1.0),
        "XML, 100,000": (check("r.xml"), "xmllint --stream --schema", ["xmllint", "--stream", "--noout", "--schema", str(WORK / "r.xsd"), str(WORK / "r.xml")], 0.35),
        "csv.gz": (check("r.csv.gz"), "gzip -dc", ["gzip", "-dc", str(WORK / "r.csv.gz")], 1.3),
        "xlsx, 200,000": (check("r.xlsx"), "openpyxl, read only", [sys.executable, "-c", OPENPYXL, str(WORK / "r.xlsx")], 0.10),
    }
    if len(sys.argv) > 3:
        own = {name: (command, []) for name, (command, *_) in pairs.items()}
        beside(YAOSU, sys.argv[3:], {**own, f"xlsx, {texts:,} shared texts": (check("shared.xlsx"), [])}, ROUNDS)
        return
    print("\n| check of | median s | peak RSS MiB | beside | median s | ratio | must |\n|---|---|---|---|---|---|---|")
    for name, (own, peer, command, must) in pairs.items():
        mine, theirs, peak = [], [], 0
        for _ in range(ROUNDS):
            wall, rss, _ = run(name, own, [])
            mine.append(wall)
            peak = max(peak, rss)
            theirs.append(run(peer, command, [])[0])
        ratio = statistics.median(a / b for a, b in zip(mine, theirs))
        print(f"| {name} | {statistics.median(mine):.2f} | {peak:.0f} | {peer} | {statistics.median(theirs):.2f} | {ratio:.2f} | {must} |", flush=True)
    wall, rss, _ = run("shared texts", check("shared.xlsx"), [])
    print(f"| xlsx, {texts:,} shared texts | {wall:.2f} | {rss:.0f} | | | | 160 MB |")


main()
