"""What comes out of hostile input: spreadsheets that do not run it (T22), a page that does not (T23), lines that a terminal takes for nothing but text (T24)."""
import csv
import html.parser
import io
import pathlib
import subprocess
import zipfile

from faults import ENVIRONMENT, WORK, YAOSU, expect

# A number with its sign is a number, whatever reads it.
FORMULAS = ["-5", "=1+1", "+1+1", "-1+1", "@SUM(1)", "\t=1", "＝1", "＋1", "－1", "＠1", "=cmd|' /C calc'!A0", '"=1"', "'=1"]
# What moves a cursor, rings, turns text round, hides it, or begins a line of its own.
TERMINAL = ["\x1b[2J", "\x1b]0;title\x07", "\x9b31m", "\x7f", "\u2028", "\u202e", "\u2066", "\b"]


def run(*arguments, code=(0, 1)):
    process = subprocess.run(["prlimit", f"--as={1 << 30}", YAOSU, *map(str, arguments)], capture_output=True, env=ENVIRONMENT, timeout=60, check=False)
    expect(process.returncode in code, f"{arguments}: ended with {process.returncode}: {process.stderr[-300:].decode()}")
    return process


def formulas():
    """Cells that a spreadsheet would run: harmless for people, byte for byte for systems, text in workbooks."""
    source = WORK / "formulas.csv"
    with open(source, "w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([["编号", "说明"], *([str(number), text] for number, text in enumerate(FORMULAS))])
    given = list(csv.reader(io.StringIO(source.read_text("utf-8"), newline="")))
    for profile in ["people", "system"]:
        out = WORK / f"{profile}.csv"
        run("parse", source, "--header-line", "1", "--to", "csv", "--for", profile, "-o", out)
        rows = list(csv.reader(io.StringIO(out.read_text("utf-8-sig"), newline="")))
        wanted = [[("'" + cell if profile == "people" and cell[:1] and cell[0] in "=+-@\t＝＋－＠" and cell != "-5" else cell) for cell in row] for row in given]
        expect(rows == wanted, f"T22 {profile}: {rows} is not {wanted}")
    book = WORK / "formulas.xlsx"
    run("parse", source, "--header-line", "1", "--to", "xlsx", "-o", book)
    with zipfile.ZipFile(book) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    expect("<f>" not in sheet and "<f " not in sheet and sheet.count('t="inlineStr"') == 2 * len(given), "T22: a cell of the workbook is no text")
    for name in ["findings.csv", "findings.xlsx"]:
        roster = WORK / "hostile.csv"
        roster.write_text("公民身份号码,姓名,=1+1\n=1+1,=cmd|' /C calc'!A0,1\n", "utf-8")
        run("check", roster, "--findings", WORK / name)
    cells = [cell for row in csv.reader(io.StringIO((WORK / "findings.csv").read_text("utf-8-sig"), newline="")) for cell in row]
    expect(len(cells) > 32 and not any(cell[:1] and cell[0] in "=+@\t＝＋－＠" for cell in cells), "T22: a finding is a formula")
    return 4


class Page(html.parser.HTMLParser):
    """The elements and attributes of a page."""

    def __init__(self):
        super().__init__()
        self.elements, self.policy = [], None

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        if tag == "meta" and dict(attrs).get("http-equiv") == "Content-Security-Policy":
            self.policy = dict(attrs)["content"]


def page():
    """A schema whose titles are HTML: the printed dictionary shows them as text."""
    folder = WORK / "html/datasets/person"
    folder.mkdir(parents=True)
    text = pathlib.Path("schemas/datasets/person/careHousehold.yaml").read_text("utf-8")
    evil = "'<script>alert(1)</script><img src=x onerror=alert(1)>\" onmouseover=\"alert(1)'"
    field = f"  - {{name: evil, title: {evil}, english: {evil}, type: text, length: 9, sensitivity: open, source: {evil}, confidence: C}}\n"
    (folder / "careHousehold.yaml").write_text(text.replace("fields:\n", "fields:\n" + field, 1), "utf-8")
    shown = Page()
    text = run("schema", "emit", "careHousehold", "--as", "html", "--schemas", WORK / "html").stdout.decode()
    shown.feed(text)
    expect("&lt;script&gt;" in text, "T23: the hostile title is not there")
    expect(shown.policy == "default-src 'none'; style-src 'unsafe-inline'", f"T23: the page allows {shown.policy}")
    for tag, attributes in shown.elements:
        expect(tag not in ("script", "img", "iframe", "object", "link"), f"T23: the page has <{tag}>")
        expect(not any(name.startswith("on") for name in attributes), f"T23: <{tag}> has a handler")
        expect(not any((value or "").startswith(("http", "//", "javascript")) for value in attributes.values()), f"T23: <{tag}> leads outside")
    return 1


def terminal():
    """Headings, values, sheets and file names with controls: nothing that is printed holds one."""
    count = 0
    for place, evil in enumerate(TERMINAL):
        roster = WORK / f"{evil}名册{place}.csv"
        roster.write_text(f"公民身份号码,姓名,甲{evil}乙,丙\n11010519491231002X,示{evil}例,{evil},1\n1{evil},示例,1,{evil}\n1,2\n", "utf-8")
        for command in (["check"], ["check", "--json"], ["check", "--lang", "en", "--verbose"], ["sniff"], ["sniff", "--json"]):
            process = run(command[0], roster, *command[1:], code=(0, 1, 2, 3))
            for stream in (process.stdout, process.stderr):
                told = stream.decode("utf-8")
                expect(not any(control in told for control in ("\x1b", "\x07", "\x9b", "\x7f", "\u2028", "\u202e", "\u2066", "\b")), f"T24: {command} prints {evil!a}")
                count += 1
    return count


def outputs():
    return formulas() + page() + terminal()
