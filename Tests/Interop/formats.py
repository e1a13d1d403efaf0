"""Writes a roster with other programs, loads each file, and compares the digests of the warehouses.

usage: formats.py BIN WORK        (called by check.sh)
"""
import csv
import datetime
import json
import pathlib
import random
import re
import subprocess
import sys
import xml.etree.ElementTree as tree
from xml.sax.saxutils import escape

import openpyxl

SOURCE = pathlib.Path("samples/residents.csv")


def digest(bin, work, file):
    """The digest of a new warehouse that holds the rows of a file."""
    warehouse = work / (file.name + ".db")
    run = subprocess.run(
        [f"{bin}/yaosu", "load", str(file), "--warehouse", str(warehouse), "--json"], capture_output=True, check=False)
    result = json.loads(run.stdout)
    assert result["outcome"] == "loaded", f"{file}: {result['outcome']} {result['error']}"
    assert result["findings"]["error"] == 0, f"{file}: {result['findings']}"
    return result["digest"]


def write_openpyxl(path, rows, titles, write_only):
    """A workbook by openpyxl: texts as texts, dates as dates, a sheet beside it."""
    book = openpyxl.Workbook(write_only=write_only)
    sheet = book.create_sheet("名册") if write_only else book.active
    for title in titles:
        sheet.append([title])
    sheet.append(rows[0])
    dates = {place for place, name in enumerate(rows[0]) if "日期" in name}
    for row in rows[1:]:
        sheet.append([
            datetime.date.fromisoformat(cell) if place in dates and cell else cell or None for place, cell in enumerate(row)])
    book.create_sheet("说明").append(["示例数据"])
    book.save(path)


def convert(work, source, columns, target):
    """The roster as LibreOffice saves it, with every column as text."""
    texts = "/".join(f"{column}/2" for column in range(1, columns + 1))
    subprocess.run(
        ["soffice", "--headless", f"-env:UserInstallation=file://{work}/office", f"--infilter=CSV:44,34,76,1,{texts}",
         "--convert-to", target, "--outdir", str(work / "office-out"), str(source)],
        check=True, capture_output=True, timeout=300)
    return work / "office-out" / (source.stem + "." + target.split(":")[0])


def sheet_rows(path):
    """The rows of the first sheet as texts, as openpyxl reads them."""
    sheet = openpyxl.load_workbook(path, read_only=True).worksheets[0]
    rows = [["" if cell is None else str(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]
    return [row + [""] * (len(rows[0]) - len(row)) for row in rows]


def csv_rows(path, encoding):
    """The rows of a CSV file, as Python reads them."""
    with open(path, encoding=encoding, newline="") as file:
        return list(csv.reader(file))


def check_written(bin, work, rows):
    """What `parse` and `--findings` write is what other programs read."""
    def written(name, *options):
        subprocess.run([f"{bin}/yaosu", "parse", str(SOURCE), "-o", str(work / name), *options], check=True)
        return work / name

    workbook = written("written.xlsx")
    assert sheet_rows(workbook) == rows, "openpyxl reads another workbook than was written"
    assert csv_rows(convert(work, workbook, len(rows[0]), "csv:Text - txt - csv (StarCalc):44,34,76"), "utf-8") == rows, (
        "LibreOffice reads another workbook than was written")
    assert csv_rows(written("written-people.csv", "--for", "people"), "utf-8-sig") == rows, "CSV for people differs"
    assert csv_rows(written("written.csv", "--output-encoding", "gb18030"), "gb18030") == rows, "CSV in GB 18030 differs"
    records = [dict(zip(rows[0], row)) for row in rows[1:]]
    assert json.loads(written("written.json").read_text("utf-8")) == records, "JSON differs"
    lines = written("written.ndjson").read_text("utf-8").splitlines()
    assert [json.loads(line) for line in lines] == records, "NDJSON differs"
    document = tree.parse(written("written.xml")).getroot()
    assert [{field.get("name", field.tag): field.text or "" for field in record} for record in document] == records, "XML differs"
    for name in ["findings.xlsx", "findings.jsonl"]:
        subprocess.run(
            [f"{bin}/yaosu", "check", "samples/residents-messy.csv", "--findings", str(work / name)], capture_output=True,
            check=False)
    found = [json.loads(line) for line in (work / "findings.jsonl").read_text("utf-8").splitlines()]
    table = sheet_rows(work / "findings.xlsx")
    texts = [["" if value is None else str(value).lower() if isinstance(value, bool) else str(value) for value in finding.values()]
             for finding in found]
    assert len(found) > 5 and table == [list(found[0])] + texts, "the workbook of findings differs from their lines"


def check_number_formats(bin, work):
    """Numbers whose formats add to them come as LibreOffice shows them."""
    formats = ["0%", "0.0%", "00000", '0"号"', '"A"000', "0000-0000", "000\\-00", '##"-"00', "0##", '"第"0"栋"', "[$-804]000", "[Red]000;[Blue]-000", "0 - 0", "General"]
    book = openpyxl.Workbook()
    book.active.append(["姓名", "楼栋号"])
    for number in [0.5, 0.125, 1, 5, 12, 1234567]:
        for format in formats:
            # What a format rounds, or hides, is not taken as it is shown: nothing is lost.
            if number == 0.125 and format == "0%" or number < 1 and "%" not in format and format != "General":
                continue
            book.active.append([format, number])
            book.active.cell(book.active.max_row, 2).number_format = format
    path = work / "formats.xlsx"
    book.save(path)
    shown = csv_rows(convert(work, path, 2, "csv:Text - txt - csv (StarCalc):44,34,76"), "utf-8")
    taken = work / "formats-taken.csv"
    subprocess.run([f"{bin}/yaosu", "parse", str(path), "-o", str(taken), "--header-line", "1"], check=True)
    taken = csv_rows(taken, "utf-8-sig")
    # LibreOffice shows the places of a format that it keeps: 50.0% is 50%.
    wanted = [[name, cell.replace(".0%", "%")] for name, cell in shown]
    assert len(wanted) > 60 and taken == wanted, [pair for pair in zip(taken, wanted) if pair[0] != pair[1]]


def check_xsd(bin, work):
    """Records that our XSD does not allow, by `--xsd` and by xmllint: the same lines, whatever is wrong."""
    xsd, document = work / "r.xsd", work / "wrong.xml"
    xsd.write_bytes(subprocess.run([f"{bin}/yaosu", "schema", "emit", "registeredResident", "--as", "xsd"], capture_output=True, check=True).stdout)
    roster = work / "xsd-roster.csv"
    subprocess.run([f"{bin}/yaosu-dev", "generate", "--dataset", "registeredResident", "--rows", "400", "--seed", "7", "-o", str(roster)], check=True)
    sniffed = json.loads(subprocess.run([f"{bin}/yaosu", "sniff", str(roster), "--json"], capture_output=True, check=True).stdout)
    names = [column["field"] for column in sniffed["columns"]]
    wrong = random.Random(7)
    lines = ["<records>"]
    for row in csv_rows(roster, "utf-8-sig")[1:]:
        values = [(name, value) for name, value in zip(names, row) if value]
        place = wrong.randrange(len(values))
        match wrong.randrange(8):
            case 0: values[place] = (values[place][0], "错" * 300)
            case 1: values.insert(place, ("nowhere", "1"))
            case 2: values.append(values.pop(0))
            case 3: values = [(name, value) for name, value in values if name != "personName"]
            case 4: values.insert(place, values[place])
        lines.append("<record>" + "".join(f"<{name}>{escape(value)}</{name}>" for name, value in values) + "</record>")
    document.write_text("\n".join(lines + ["</records>"]), "utf-8")
    told = subprocess.run(["xmllint", "--noout", "--schema", str(xsd), str(document)], capture_output=True, text=True, check=False).stderr
    theirs = sorted({int(line) for line in re.findall(r"wrong\.xml:(\d+): element", told)})
    findings = work / "xsd.csv"
    subprocess.run([f"{bin}/yaosu", "check", str(document), "--xsd", str(xsd), "--findings", str(findings)], capture_output=True, check=False)
    with open(findings, encoding="utf-8-sig", newline="") as file:
        ours = sorted({int(row["line"]) for row in csv.DictReader(file) if row["code"] == "S0112"})
    assert 100 < len(theirs) < 300 and ours == theirs, f"XSD: xmllint {theirs}, we {ours}"


def main():
    bin, work = sys.argv[1], pathlib.Path(sys.argv[2])
    with open(SOURCE, encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    wanted = digest(bin, work, SOURCE)
    for name, titles, write_only in [("plain", [], False), ("titled", ["某街道户籍人口名册", "填报单位：示例"], True)]:
        path = work / f"{name}.xlsx"
        write_openpyxl(path, rows, titles, write_only)
        assert digest(bin, work, path) == wanted, f"{path} differs from {SOURCE}"
    converted = convert(work, SOURCE, len(rows[0]), "xlsx")
    assert digest(bin, work, converted) == wanted, f"{converted} differs from {SOURCE}"
    records = [dict(zip(rows[0], row)) for row in rows[1:]]
    (work / "r.json").write_text(json.dumps(records, ensure_ascii=True, indent=1), "utf-8")
    (work / "r.ndjson").write_text("".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records), "utf-8")
    for name in ["r.json", "r.ndjson"]:
        assert digest(bin, work, work / name) == wanted, f"{name} differs from {SOURCE}"
    check_written(bin, work, rows)
    check_number_formats(bin, work)
    check_xsd(bin, work)
    # What other programs write and we do not read is refused by its real name.
    for target, name in [("ods", ".ods"), ("xls", "an old Excel workbook (.xls)")]:
        run = subprocess.run(
            [f"{bin}/yaosu", "check", str(convert(work, SOURCE, len(rows[0]), target)), "--lang", "en"], capture_output=True,
            text=True, check=False)
        assert run.returncode == 3 and name in run.stderr, f"{target}: {run.returncode} {run.stderr}"


main()
