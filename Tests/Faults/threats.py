"""Files that are made to do harm: each is checked, loaded, parsed and sniffed within bounds of time and memory, and ends as it should.

Every case is (name, file name, content, options, what it must come to): an exit code, a word that the kind of the error or
the codes of the findings must have, and, where told, how many records are read. Contents are made here, so nothing hostile lies in the repository.
"""
import concurrent.futures
import gzip
import io
import itertools
import json
import pathlib
import re
import shutil
import struct
import subprocess
import sys
import time
import zipfile
import zlib

from faults import ENVIRONMENT, WORK, YAOSU, expect
from threats_out import outputs

SECONDS, BYTES = 20, 256 << 20
# What any program opens that starts here, or asks the machine for.
SYSTEM = ("/lib", "/usr/lib", "/etc/ld.so", "/etc/nsswitch.conf", "/etc/passwd", "/etc/group", "/proc/", "/sys/", "/dev/null", "/dev/urandom")
HEADER = "公民身份号码,姓名,性别\n"
ROW = "11010519491231002X,示例甲,1\n"
SECRET = str(WORK / "secret.txt")
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def xml(body, head=""):
    return f"<?xml version='1.0' encoding='UTF-8'?>\n{head}<records>{body}</records>".encode()


def record(name="示例甲", extra=""):
    return f"<record><公民身份号码>11010519491231002X</公民身份号码><姓名>{name}</姓名>{extra}</record>"


def member(archive, name, content, method=zipfile.ZIP_DEFLATED):
    archive.writestr(zipfile.ZipInfo(name), content, method)


def sheet(rows, before="", after=""):
    return f"<worksheet>{before}<sheetData>{rows}</sheetData>{after}</worksheet>"


def text(value):
    return f"<c t='inlineStr'><is><t>{value}</t></is></c>"


def cells(*values):
    return "<row>" + "".join(map(text, values)) + "</row>"


PLAIN = cells("公民身份号码", "姓名", "性别") + cells("11010519491231002X", "示例甲", "1")


def workbook(sheet_xml=None, extra=(), relations="", strings="<sst/>", sheets="<sheet name='名册' r:id='s'/>", styles="<styleSheet/>"):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        member(archive, "[Content_Types].xml", "<Types/>")
        member(archive, "_rels/.rels", f"<Relationships><Relationship Id='a' Type='{RELATION}/officeDocument' Target='xl/workbook.xml'/></Relationships>")
        member(archive, "xl/workbook.xml", f"<workbook xmlns:r='{RELATION}'><sheets>{sheets}</sheets></workbook>")
        member(archive, "xl/_rels/workbook.xml.rels", f"<Relationships>{relations}<Relationship Id='s' Type='{RELATION}/worksheet' Target='worksheets/sheet1.xml'/><Relationship Id='t' Type='{RELATION}/sharedStrings' Target='sharedStrings.xml'/><Relationship Id='y' Type='{RELATION}/styles' Target='styles.xml'/></Relationships>")
        member(archive, "xl/sharedStrings.xml", strings)
        member(archive, "xl/worksheets/sheet1.xml", sheet(PLAIN) if sheet_xml is None else sheet_xml)
        member(archive, "xl/styles.xml", styles)
        for name, content in extra:
            member(archive, name, content)
    return out.getvalue()


def patched(data, signature, offset, form, value, nth=0):
    """An archive with a number changed in its n-th header of a kind."""
    place = -1
    for _ in range(nth + 1):
        place = data.index(signature, place + 1)
    data = bytearray(data)
    struct.pack_into(form, data, place + offset, value)
    return bytes(data)


def bomb():
    """A sheet of a gigabyte of blanks in a megabyte."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    blank, data, crc = b" " * (1 << 24), [], 0
    for _ in range(64):
        data.append(packer.compress(blank))
        crc = zlib.crc32(blank, crc)
    data = b"".join(data) + packer.flush()
    name, size = b"xl/worksheets/sheet1.xml", 64 << 24
    plain = io.BytesIO(workbook())
    with zipfile.ZipFile(plain) as source:
        kept = [(info.filename, source.read(info)) for info in source.infolist() if info.filename != name.decode()]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for kept_name, content in kept:
            member(archive, kept_name, content)
        start = out.tell()
        info = zipfile.ZipInfo(name.decode())
        info.compress_type, info.CRC, info.compress_size, info.file_size, info.header_offset = 8, crc, len(data), size, start
        out.write(info.FileHeader(zip64=True) + data)
        archive.filelist.append(info)
        archive.NameToInfo[info.filename] = info
        archive.start_dir = out.tell()
        archive._didModify = True
    return out.getvalue()


def gzip_bomb():
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    blank = b"\n" * (1 << 24)
    return b"".join(packer.compress(blank) for _ in range(64)) + packer.flush()


def overlapping(shift=0):
    """Two directory entries over one member, or over a part of one."""
    data = workbook(extra=[("copy.xml", "x")])
    last = data.rindex(b"PK\x01\x02")
    offset = struct.unpack_from("<I", data, data.index(b"PK\x01\x02") + 42)[0]
    data = bytearray(data)
    struct.pack_into("<I", data, last + 42, offset + shift)
    if shift:
        data[offset + shift:offset + shift + 30] = data[offset:offset + 30]
    return bytes(data)


LAUGHS = "<!DOCTYPE r [<!ENTITY a 'ha'>" + "".join(
    f"<!ENTITY {chr(98 + i)} '{('&' + chr(97 + i) + ';') * 10}'>" for i in range(10)) + "]>"
DEEP = 100_000
DATES = "<styleSheet><cellXfs><xf numFmtId='0'/><xf numFmtId='14'/></cellXfs></styleSheet>"
LONG = "<sst><si><t>" + "x" * 60_000 + "</t></si></sst>"


def cases():
    """The table: threats by the numbers that the design gives them."""
    yield "T1 external file", "a.xml", xml(record("&x;"), f"<!DOCTYPE r [<!ENTITY x SYSTEM 'file://{SECRET}'>]>"), [], 3, "DOCTYPE"
    yield "T1 external http", "a.xml", xml(record("&x;"), "<!DOCTYPE r SYSTEM 'http://127.0.0.1/x.dtd'>"), [], 3, "DOCTYPE"
    yield "T1 parameter entity", "a.xml", xml(record(), f"<!DOCTYPE r [<!ENTITY % x SYSTEM 'file://{SECRET}'>%x;]>"), [], 3, "DOCTYPE"
    yield "T1 XInclude", "a.xml", xml(record() + record(extra=f"<include xmlns='http://www.w3.org/2001/XInclude' href='file://{SECRET}'/>")), [], 0, "F0101", 2
    yield "T1 stylesheet", "a.xml", xml(record() * 2, f"<?xml-stylesheet type='text/xsl' href='file://{SECRET}'?>"), [], 0, "G2006", 2
    yield "T2 laughs", "a.xml", xml(record("&j;"), LAUGHS), [], 3, "DOCTYPE"
    yield "T2 quadratic", "a.xml", xml(record("&a;" * 50_000), f"<!DOCTYPE r [<!ENTITY a '{'a' * 50_000}'>]>"), [], 3, "DOCTYPE"
    yield "T3 text of 40 MB", "a.xml", xml(record("甲" * 13_000_000) + record()), [], 3, "without records"
    yield "T3 text of 100 kB", "a.xml", xml(record("甲" * 33_000) + record()), [], 1, "S0107"
    yield "T3 attribute of 40 MB", "a.xml", xml(f"<record 姓名='{'a' * 40_000_000}'/>"), [], 3, "without records"
    yield "T4 deep XML", "a.xml", xml(record(extra="<a>" * DEEP + "</a>" * DEEP)), [], 3, "limit.depth"
    yield "T4 deep JSON", "a.json", b"[" * DEEP + b"]" * DEEP, [], 3, "limit.depth"
    yield "T4 deep JSON value", "a.json", ('[{"公民身份号码":"11010519491231002X","姓名":' + "[" * DEEP + "]" * DEEP + "}]").encode(), [], 1, "S0113"
    yield "T4 many names in XML", "a.xml", xml(record() + "".join(f"<x{i}/>" for i in range(200_000))), [], 0, "F0116"
    yield "T4 one value again and again", "a.xml", xml(record() * 4 + record("甲", "<姓名>甲</姓名>" * 100_000)), [], 1, "S0107"
    yield "T4 two values in turn", "a.xml", xml(record() * 4 + record("甲", "<姓名>甲</姓名><曾用名>乙</曾用名>" * 50_000)), [], 3, "limit.recordBytes"
    yield "T5 attributes", "a.xml", xml("<record " + " ".join(f"a{i}='1'" for i in range(5_000)) + "/>"), [], 3, "limit.attributes"
    yield "T6 mark against declaration", "a.xml", xml(record()).decode().encode("utf-16"), [], 3, "encoding"
    yield "T6 GB2312 over UTF-8", "a.xml", xml(record()).replace(b"UTF-8", b"GB2312"), [], 3, "encoding"
    yield "T6 unknown encoding", "a.xml", xml(record()).replace(b"UTF-8", b"IBM037"), [], 3, "encoding"
    yield "T7 bomb", "a.xlsx", bomb(), [], 3, "limit.inflation"
    yield "T7 gzip bomb", "a.csv.gz", gzip_bomb(), [], 3, "limit.inflation"
    yield "T7 lying size", "a.xlsx", patched(workbook(sheet(PLAIN + cells("x" * 50_000))), b"PK\x01\x02", 24, "<I", 100, nth=5), [], 3, "unreadable"
    yield "T7 wrong check value", "a.xlsx", patched(workbook(), b"PK\x01\x02", 16, "<I", 1, nth=5), [], 3, "unreadable"
    yield "T7 encrypted", "a.xlsx", patched(workbook(), b"PK\x01\x02", 8, "<H", 1, nth=5), [], 3, "unreadable"
    yield "T7 overlap", "a.xlsx", overlapping(), [], 3, "unreadable"
    yield "T7 twice", "a.xlsx", workbook(extra=[("XL/workbook.xml", "x")]), [], 3, "unreadable"
    yield "T7 flood", "a.xlsx", workbook(extra=[(f"x{i}", "") for i in range(20_000)]), [], 3, "limit.members"
    yield "T7 path", "a.xlsx", workbook(extra=[("../../x", "")]), [], 3, "unreadable"
    yield "T7 partial overlap", "a.xlsx", overlapping(shift=20), [], 3, "unreadable"
    yield "T7 absolute path", "a.xlsx", workbook(extra=[("/etc/x", "")]), [], 3, "unreadable"
    yield "T7 backslash", "a.xlsx", workbook(extra=[("..\\b", "")]), [], 3, "unreadable"
    yield "T7 many sheets of blanks", "a.xlsx", workbook(extra=[(f"xl/worksheets/b{i}.xml", sheet(" " * (60 << 20))) for i in range(3)]), [], 3, "limit.inflation"
    yield "T7 one shared text in many cells", "a.xlsx", workbook(sheet(PLAIN + "<row>" + "<c r='B3' t='s'><v>0</v></c>" * 80_000 + "</row>"), strings=LONG), [], 1, "S0106"
    yield "T7 one shared text in many rows", "a.xlsx", workbook(sheet(PLAIN + ("<row>" + "<c t='s'><v>0</v></c>" * 15 + "</row>") * 20_000), strings=LONG), [], 3, "limit.inflation"
    yield "T7 sheets of one part", "a.xlsx", workbook(sheets="<sheet name='x' r:id='s'/>" * 3_000), [], 3, "one part"
    yield "T7 sheets without a part", "a.xlsx", workbook(extra=[(f"pad/{i}.XML", "") for i in range(9_000)], sheets="<sheet name='x' r:id='m'/>" * 5_000, relations=f"<Relationship Id='m' Type='{RELATION}/worksheet' Target='none.xml'/>"), [], 3, "without sheets"
    yield "T7 huge entry count", "a.xlsx", patched(workbook(), b"PK\x05\x06", 10, "<H", 0xFFFE), [], 3, "limit.members"
    yield "T7 cut", "a.xlsx", workbook()[:-40], [], 3, "unreadable"
    yield "T8 outside relation", "a.xlsx", workbook(relations=f"<Relationship Id='o' Type='{RELATION}/externalLink' TargetMode='External' Target='file://{SECRET}'/>"), [], None, "R2101", 1
    yield "T9 sparse", "a.xlsx", workbook(sheet(PLAIN + "<row r='1048576'><c r='XFD1048576'><v>1</v></c></row>", before="<dimension ref='A1:XFD1048576'/>")), [], None, "F0115", 1
    yield "T10 number for a code", "a.xlsx", workbook(sheet(cells("公民身份号码", "姓名") + "<row><c><v>110105194912310000</v></c><c t='inlineStr'><is><t>示例甲</t></is></c></row>")), [], 1, "V1124"
    yield "T10 days of two systems", "a.xlsx", workbook(sheet(cells("公民身份号码", "姓名", "出生日期") + "".join(f"<row>{text('11010519491231002X')}{text('示例甲')}<c s='1'><v>{day}</v></c></row>" for day in ("60", "18263"))), styles=DATES), [], 1, "V1104", 2
    yield "T10 a cell twice", "a.xlsx", workbook(sheet(PLAIN + "<row r='3'><c r='A3'><v>1</v></c><c r='A3'><v>2</v></c></row>")), [], 1, "S0109"
    yield "T11 gzip in gzip", "a.csv.gz", gzip.compress(gzip.compress((HEADER + ROW).encode())), [], 3, "gzip"
    yield "T11 JSON in UTF-16", "a.json", '[{"姓名":"示例甲"}]'.encode("utf-16"), [], 3, "JSON"
    yield "T11 web page in UTF-16", "a.xls", "<html><table/></html>".encode("utf-16"), [], 3, "foreignFormat"
    yield "T11 Office binary", "a.xlsx", bytes.fromhex("d0cf11e0a1b11ae1") + bytes(4096), [], 3, "foreignFormat"
    yield "T11 web page", "a.xls", b"<html><body><table><tr><td>1</td></tr></table></body></html>", [], 3, "foreignFormat"
    yield "T11 PDF", "a.csv", b"%PDF-1.7\n" + bytes(range(256)) * 20, [], 3, "foreignFormat"
    yield "T11 picture", "a.csv", b"\x89PNG\r\n\x1a\n" + bytes(1000), [], 3, "foreignFormat"
    yield "T12 NUL", "a.csv", (HEADER + ROW + "44052418800101\0" + "0014,示\0例,1\n").encode(), [], 1, "S0103", 2
    yield "T13 no UTF-8", "a.csv", (HEADER + ROW * 40).encode() + b"440524188001010014,\xc0\xaf\xed\xa0\x80,1\n", [], 1, "S0102", 41
    yield "T14 two encodings", "a.csv", (HEADER + ROW * 40).encode() + "440524188001010014,示例,1\n".encode("gb18030"), [], 1, "S0102", 41
    yield "T14 text read in another encoding", "a.csv", (HEADER + "11010519491231002X,锟斤拷,1\n").encode(), [], 1, "V1013", 1
    yield "T15 two marks", "a.csv", b"\xef\xbb\xbf" * 2 + (HEADER + ROW).encode(), [], None, "F0119", 1
    yield "T15 a mark alone", "a.csv", b"\xef\xbb\xbf", [], 3, "no content"
    yield "T16 line ends", "a.csv", (HEADER + ROW.strip() + "\r" + "440524188001010014,示例乙,1\r\n\x1a").encode(), [], None, "R2101", 2
    yield "T17 open quote", "a.csv", (HEADER + "11010519491231002X,\"示例甲,1\n" + ROW * 30_000).encode(), [], 1, "S0104", 30_001
    yield "T17 quotes that fit nowhere", "a.csv", (HEADER + ROW + 'a,"b","c\n' * 100_000).encode(), [], 1, "S0104", 100_001
    yield "T17 quotes that open again", "a.csv", (HEADER + ROW + 'y","z\n' * 100_000 + ROW).encode(), [], 1, "S0104", 100_002
    yield "T18 field of 10 MB", "a.csv", (HEADER + "11010519491231002X," + "a" * 10_000_000 + ",1\n" + ROW).encode(), [], 1, "S0106", 2
    yield "T18 no line ends", "a.csv", HEADER.encode() + b"a" * 300_000_000, [], 1, "S0106", 1
    yield "T18 columns", "a.csv", ("a," * 100_000 + "\n").encode() * 3, [], 3, "limit.columns"
    yield "T18 quotes", "a.csv", HEADER.encode() + b"\"" * 20_000_000, [], 1, "S0106", 1
    yield "T18 commas", "a.csv", HEADER.encode() + b"," * 20_000_000, [], 1, "S0106", 1
    yield "T19 ragged", "a.csv", (HEADER + ROW + "11010519491231002X\n" + "a,b,c,d,e\n").encode(), [], 1, "S0101", 3
    yield "T19 heading twice", "a.csv", ("公民身份号码,姓名,姓名\n" + ROW).encode(), [], 3, "header"
    yield "T19 unknown headings", "a.csv", b"x,y,z\n1,2,3\n", [], 3, "no header"
    yield "T20 key twice", "a.json", '[{"公民身份号码":"11010519491231002X","姓名":"甲","姓名":"乙"}]'.encode(), [], 1, "S0109"
    yield "T20 comma at the end", "a.json", '[{"公民身份号码":"11010519491231002X","姓名":"甲",}]'.encode(), [], 1, "S0108"
    yield "T20 two documents", "a.json", '[{"公民身份号码":"11010519491231002X","姓名":"示例甲"}][]'.encode(), [], 3, "follows its end"
    yield "T20 two documents far apart", "a.json", '[{"公民身份号码":"11010519491231002X","姓名":"示例甲"}]'.encode() + b" " * 18_000_000 + b"[]", [], 3, "follows its end"
    yield "T20 key twice inside", "a.json", '[{"公民身份号码":"11010519491231002X","姓名":"示例甲","户主":{"a":1,"a":2}}]'.encode(), [], 1, "S0109"
    yield "T20 half a character in a key", "a.json", '[{"公民身份号码":"11010519491231002X","姓名":"示例甲","\\ud800":1}]'.encode(), [], 1, "S0110"
    yield "T20 two forms of a key", "a.json", '[{"公民身份号码":"11010519491231002X","姓名":"示例甲","caf\u00e9":"1","cafe\u0301":"2"}]'.encode(), [], 0, "F0101", 1
    yield "T20 cut", "a.json", '[{"公民身份号码":"11010519491231002X","姓名":"示例甲"},{"公民'.encode(), [], 3, "ends within"
    yield "T21 numbers that are none", "a.json", ('[{"公民身份号码":"11010519491231002X","姓名":"示例甲","户号":-0},' + ",".join('{"公民身份号码":"11010519491231002X","姓名":"示例甲","户号":%s}' % number for number in ("+1", "013", ".5", "NaN")) + "]").encode(), [], 1, "S0108", 5
    yield "T21 number in a list", "a.json", '[{"公民身份号码":[320699197702210055],"姓名":"示例甲"}]'.encode(), [], 1, "V1124"
    yield "T21 number", "a.json", '[{"公民身份号码":110105194912310021,"姓名":"示例甲"},{"公民身份号码":1e400,"姓名":"示例乙"}]'.encode(), [], 1, "V1124", 2
    yield "T1 XML schema elsewhere", "a.xml", xml(record()), ["--xsd", "@xsd"], 3, "unreadable"
    yield "T2 XML schema that grows", "a.xml", xml(record()), ["--xsd", "@growing"], 3, "unreadable"
    yield "T26 schema of aliases", "a.csv", (HEADER + ROW).encode(), ["--schemas", "@laughs"], 2, "aliases"
    yield "T26 hostile pattern", "a.csv", (HEADER + ROW).encode(), ["--schemas", "@pattern"], 2, "pattern"
    yield "T43 wrong rows alone", "a.csv", (HEADER + ROW).encode() + b"x,y,1\n" * 100_000, ["--limit", "recordBytes=4096"], 1, "V1101", 100_001
    yield "T43 wrong rows, and lines too short", "a.csv", HEADER.encode() + b"x,y,1\nx\n" * 100_000, [], 1, "S0101", 200_000
    yield "T17 an open quote before short lines", "a.csv", (HEADER + '"\n' + "x,y,1\n" * 200_000).encode(), [], 1, "S0104", 200_001
    yield "T20 an open list before short lines", "a.ndjson", ('{"公民身份号码":"11010519491231002X","姓名":"示例甲"}\n{"a":[\n' + "1,\n" * 200_000 + "x\n" * 20_000).encode(), [], 1, "S0108", 220_002
    yield "T43 conflicts far apart", "a.csv", ("人员编号,网格员姓名,专兼职\n" + "".join(f"W{i % 100_000 if i % 50 == 0 else i + 1_000_000},示例{'甲' if i < 100_000 else '乙'}{'丙' * 30},1\n" for i in range(200_000))).encode(), [], 1, "G2005", 200_000
    yield "T47 one number, other contents", "a.csv", (HEADER + "".join(f"11010519491231002X,示例{chr(0x4e00 + i % 5000)}{chr(0x4e00 + i // 5000)},2\n" for i in range(200_000))).encode(), [], 1, "G2005", 200_000
    yield "T47 householders of one household", "a.csv", ("公民身份号码,姓名,户号,户主公民身份号码,与户主关系\n" + "".join(f"{i:018d},示例,H1,,户主\n" for i in range(50_000))).encode(), [], 1, "G2003", 50_000
    yield "T47 one household", "a.csv", ("公民身份号码,姓名,户号,户主公民身份号码,与户主关系\n" + "".join(f"{i:018d},示例,H1,,子\n" for i in range(100_000))).encode(), [], 1, "G2004", 100_000
    yield "T48 private use and rare ideographs", "a.csv", (HEADER + "11010519491231002X,示\ue816甲,2\n440524188001010014,示\U00020087乙,1\n11010519491231002X,示\ue000甲,2\n").encode(), [], 1, "V1015", 3
    yield "T48 invisible", "a.csv", (HEADER + "11010519491231002X,示\u200b例\u202e甲,1\n").encode(), [], None, "N0009"


XSD = "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema'>"


def schemas(kind):
    """A folder with a hostile schema, or a hostile XML schema."""
    if kind in ("xsd", "growing"):
        path = WORK / f"{kind}.xsd"
        path.write_text({
            "xsd": f"{XSD}<xs:include schemaLocation='file://{SECRET}'/><xs:import namespace='urn:x' schemaLocation='http://127.0.0.1:9/x.xsd'/></xs:schema>",
            "growing": "<!DOCTYPE s [<!ENTITY a 'aaaaaaaaaa'>" + "".join(f"<!ENTITY {chr(98 + i)} '{f'&{chr(97 + i)};' * 10}'>" for i in range(9)) + f"]>{XSD}<xs:element name='&j;'/></xs:schema>",
        }[kind], encoding="utf-8")
        return path
    folder = WORK / kind / "datasets/person"
    folder.mkdir(parents=True, exist_ok=True)
    text = pathlib.Path("schemas/datasets/person/careHousehold.yaml").read_text(encoding="utf-8")
    if kind == "laughs":
        text = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(f"{chr(98 + i)}: &{chr(98 + i)} [{','.join(['*' + chr(97 + i)] * 9)}]\n" for i in range(9)) + text
    else:
        text = text.replace("dataset: careHousehold", "dataset: evil").replace("fields:\n", "fields:\n  - {name: evil, title: 恶, english: Evil, type: text, pattern: '" + "(" * 5000 + "a" + ")+" * 5000 + "', sensitivity: open, source: none, confidence: C}\n", 1)
    (folder / "evil.yaml").write_text(text, encoding="utf-8")
    return WORK / kind


# Runs a program from a process that is small itself: what is forked from a large one counts as large.
LAUNCHER = """
import resource, subprocess, sys
code = subprocess.run(sys.argv[2:]).returncode
open(sys.argv[1], "w").write(str(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss))
sys.exit(code if code >= 0 else 128 - code)
"""


def watched(name, place, arguments, opens):
    """Runs the program on a hostile file in a folder of its own; a broken bound, or a file that was opened or left beside what it needs, is a broken promise."""
    left, trace, peak = place / "left", place / "trace", place / "peak"
    left.mkdir(exist_ok=True)
    before = set(place.iterdir())
    name = f"{name}, {arguments[0]}"
    start = time.monotonic()
    process = subprocess.Popen(
        [sys.executable, "-c", LAUNCHER, peak, "prlimit", f"--cpu={SECONDS}", "strace", "-f", "--seccomp-bpf", "-e", "trace=open,openat,connect,socket,unlink,execve", "-o", trace, YAOSU, *arguments],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, env={**ENVIRONMENT, "TMPDIR": str(left)})
    try:
        output, talk = process.communicate(timeout=SECONDS * 3)
    except subprocess.TimeoutExpired:
        process.kill()
        expect(False, f"{name}: takes longer than {SECONDS * 3} s")
    seconds, used = time.monotonic() - start, int(peak.read_text()) << 10
    expect(process.returncode in (0, 1, 2, 3), f"{name}: ended with {process.returncode}: {output[-600:].decode(errors='replace')} {talk[-300:].decode(errors='replace')}")
    expect(used < BYTES, f"{name}: took {used >> 20} MB")
    calls = trace.read_text(errors="replace")
    opened = re.findall(r'open(?:at)?\([^"]*"([^"]*)"[^\n]*= \d', calls)
    strange = [other for other in opened if not other.startswith((*SYSTEM, str(left), *opens))]
    expect(not strange, f"{name}: {strange} were opened")
    expect(SECRET not in calls, f"{name}: {SECRET} was asked for")
    expect("AF_INET" not in calls, f"{name}: a connection was tried")
    expect(not any(left.iterdir()), f"{name}: left {list(left.iterdir())} behind")
    expect(set(place.iterdir()) - before <= {trace, peak}, f"{name}: left {set(place.iterdir()) - before} beside its input")
    # What is parsed is data, and comes as it stands in the file; all else is shown to people.
    shown = talk if arguments[0] == "parse" else output + talk
    expect(b"\x1b" not in shown and "\u202e".encode() not in shown, f"{name}: control characters reach the terminal")
    return process.returncode, output, seconds, used


def meet(name, path, options, code, word, rows):
    """Checks a hostile file, which must end as the table says; then loads, parses and sniffs it, within the same bounds."""
    place = path.parent
    options = [str(schemas(option[1:])) if option.startswith("@") else option for option in options]
    opens = (str(path), *options)
    ended, output, seconds, used = watched(name, place, ["check", path, "--json", *options], opens)
    expect(ended in ((0, 1) if code is None else (code,)), f"{name}: ended with {ended}: {output[-600:].decode(errors='replace')}")
    result = json.loads(output)
    error = result["error"] or {}
    said = " ".join([error.get("kind", ""), error.get("message", ""), *result.get("findings", {}).get("byCode", {})])
    expect(word in said, f"{name}: {word} is not in {said}")
    expect(not error.get("kind", "").startswith("limit.") or error["code"], f"{name}: {error} has no code")
    balance(name, result, rows)
    folder = place / "store"
    folder.mkdir(exist_ok=True)
    warehouse = folder / "w.db"
    ended, output, *load = watched(name, place, ["load", path, "--warehouse", warehouse, "--json", *options], (*opens, str(folder)))
    loaded = json.loads(output)
    expect((ended < 2) == (code is None or code < 2) and (ended < 2 or ended == code), f"{name}: load ended with {ended}: {output[-600:].decode(errors='replace')}")
    expect(loaded["error"] == result["error"] and loaded["counts"]["read"] == result["counts"]["read"], f"{name}: {loaded['error']}, {loaded['counts']} are not those of check")
    balance(name, loaded, rows)
    # A refused load leaves no warehouse, nor does one whose rows all wait lack one.
    kept = sorted(found.name for found in folder.iterdir())
    expect(("w.db" in kept) == (ended < 2) and not any("journal" in found for found in kept), f"{name}: load left {kept}")
    shutil.rmtree(folder)
    # Only a run takes an XML schema.
    options = [] if "--xsd" in options else options
    ended, _, *parse = watched(name, place, ["parse", path, "--json-lines", *options], opens)
    wrong = code == 2
    expect((ended == 2) == wrong, f"{name}: parse ended with {ended}")
    ended, output, *sniff = watched(name, place, ["sniff", path, "--json", *options], opens)
    expect((ended == 2) == wrong and (wrong or json.loads(output)), f"{name}: sniff ended with {ended}")
    return [(seconds, used), load, parse, sniff]


def balance(name, result, rows):
    counts = result.get("counts")
    if counts and not result["error"]:
        kept = sum(counts[part] for part in ("created", "updated", "unchanged", "duplicate", "quarantined"))
        expect(counts["read"] == kept, f"{name}: {counts} is no balance")
        expect(rows is None or counts["read"] == rows, f"{name}: {counts['read']} records were read, not {rows}")


def threat(case):
    number, (name, file, content, options, code, word, *rows) = case
    path = WORK / f"threat-{number}" / file
    path.parent.mkdir()
    path.write_bytes(content)
    took = meet(name, path, options, code, word, rows[0] if rows else None)
    shutil.rmtree(path.parent)
    return f"  {name}: {len(content):,} bytes; " + ", ".join(f"{seconds:.1f} s {used >> 20} MB" for seconds, used in took)


def threats(_):
    """All of them, two at a time: no more are made than are met."""
    pathlib.Path(SECRET).write_text("secret")
    count, waiting = 0, enumerate(cases())
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        while some := list(itertools.islice(waiting, 8)):
            for line in pool.map(threat, some):
                print(line, flush=True)
                count += 1
    return count + outputs()
