"""Marked copies, repaired copies and templates as openpyxl and LibreOffice see them.

usage: marks.py YAOSU WORK [COUNT]
Workbooks shaped like those of offices are generated; all people in them are made up."""
import csv
import os
import random
import subprocess
import sys

import openpyxl
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import Table

yaosu, work = sys.argv[1], sys.argv[2]
count = int(sys.argv[3]) if len(sys.argv) > 3 else 20
TINTS = {"FFDCE9F5", "FFFDEBB7", "FFF9CBBD"}
HEAD = ["公民身份号码", "姓名", "性别", "出生日期", "联系方式", "备注"]


def run(*words, codes=(0, 1)):
    done = subprocess.run([yaosu, *words], capture_output=True, text=True, cwd=work)
    assert done.returncode in codes, (words, done.returncode, done.stderr[-400:])
    return done


def number(seed):
    rng = random.Random(seed)
    digits = "320699%04d%02d%02d%03d" % (rng.randint(1940, 2015), rng.randint(1, 12), rng.randint(1, 28), rng.randint(1, 499))
    weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
    return digits + "10X98765432"[sum(int(d) * w for d, w in zip(digits, weights)) % 11]


def person(rng):
    key = number(rng.random())
    sex = "男" if int(key[16]) % 2 else "女"
    row = [key, "示例" + rng.choice("甲乙丙丁戊己庚辛"), sex, f"{key[6:10]}-{key[10:12]}-{key[12:14]}", "139%08d" % rng.randint(1, 10**8 - 1), ""]
    trouble = rng.randint(0, 5)
    if trouble == 0:
        row[0] = row[0][:-1] + ("1" if row[0][-1] != "1" else "2")
    elif trouble == 1:
        row[3] = "约" + row[3][:4] + "年"
    elif trouble == 2:
        row[4] = row[4][:-2]
    return row


def build(path, seed):
    """A workbook with a roster and, by chance, what offices have around it."""
    rng = random.Random(seed)
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = rng.choice(["户籍", "Sheet1", "一社'区居民"])
    line = 1
    if rng.random() < 0.6:
        sheet.append(["示例街道户籍人口名册"])
        sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(HEAD))
        sheet["A1"].font = Font(size=18, bold=True)
        line = 2
    sheet.append(HEAD)
    rows = [person(rng) for _ in range(rng.randint(3, 40))]
    for row in rows:
        sheet.append(row)
    last = line + len(rows)
    if rng.random() < 0.5:
        for place in range(line + 1, last + 1, 2):
            for column in range(1, len(HEAD) + 1):
                sheet.cell(place, column).fill = PatternFill("solid", fgColor="FFEAF5EA")
    side = Side(style="thin")
    for column in range(1, len(HEAD) + 1):
        sheet.cell(line, column).border = Border(bottom=side)
    if rng.random() < 0.5:
        sheet.cell(line + 1, 1).comment = Comment("原有批注 & <记号>", "某办")
    if rng.random() < 0.3:
        sheet.cell(last, 6).value = "=1+1"
    if rng.random() < 0.5:
        sheet.freeze_panes = sheet.cell(line + 1, 2)
    choice = rng.random()
    if choice < 0.3:
        sheet.add_table(Table(displayName="名册", ref=f"A{line}:F{last}"))
    elif choice < 0.7:
        sheet.auto_filter.ref = f"A{line}:F{last}"
    if rng.random() < 0.5:
        sheet.conditional_formatting.add(f"E{line + 1}:E{last}", CellIsRule(operator="equal", formula=['"1"'], font=Font(bold=True)))
    if rng.random() < 0.5:
        rule = DataValidation(type="list", formula1='"男,女"')
        rule.add(f"C{line + 1}:C{last}")
        sheet.add_data_validation(rule)
    for letter in "ABCDEF":
        if rng.random() < 0.5:
            sheet.column_dimensions[letter].width = rng.randint(8, 30)
    if rng.random() < 0.5:
        other = book.create_sheet("说明")
        other["A1"] = "填表说明"
        if rng.random() < 0.5:
            book.active = 1
    if rng.random() < 0.3:
        book.create_sheet("隐藏").sheet_state = "hidden"
    if rng.random() < 0.3:
        book.defined_names["首格"] = DefinedName("首格", attr_text=f"'{sheet.title.replace(chr(39), chr(39) * 2)}'!$A$1")
    sheet.print_title_rows = f"{line}:{line}"
    book.save(path)
    return sheet.title, line, last


def cells(path):
    with open(path, encoding="utf-8-sig") as file:
        return {row["cell"] for row in csv.DictReader(file) if row["cell"]}


def tinted(sheet):
    return {cell.coordinate for row in sheet.iter_rows() for cell in row if cell.fill.patternType == "solid" and cell.fill.fgColor.rgb in TINTS}


def noted(sheet):
    return {cell.coordinate for row in sheet.iter_rows() for cell in row if cell.comment and "yaosu" in cell.comment.text}


def look(path, title, found, line):
    """Marks stand at exactly the cells of the findings, and what was there stands."""
    book = openpyxl.load_workbook(path)
    sheet = book[title]
    assert tinted(sheet) == found, (path, tinted(sheet) ^ found)
    assert noted(sheet) == found, (path, noted(sheet) ^ found)
    headings = [cell.value for cell in sheet[line]]
    assert headings.count("校验结果") == 1, headings
    assert book.active.title.startswith("校验汇总"), book.active.title
    assert sum(name.startswith("校验汇总") for name in book.sheetnames) == 1
    assert all(not sheet.sheet_view.tabSelected for sheet in book.worksheets if sheet.title != book.active.title)
    return book


def same(before, after, title):
    """All that a check does not concern is as it was."""
    old, new = openpyxl.load_workbook(before)[title], openpyxl.load_workbook(after)[title]
    for row in old.iter_rows():
        for cell in row:
            other = new[cell.coordinate]
            assert cell.value == other.value, (cell.coordinate, cell.value, other.value)
            assert (repr(cell.font), repr(cell.border), cell.number_format) == (repr(other.font), repr(other.border), other.number_format), cell.coordinate
            if cell.coordinate not in tinted(new):
                assert repr(cell.fill) == repr(other.fill), cell.coordinate
            if cell.comment:
                assert cell.comment.text in other.comment.text
    assert str(old.merged_cells) == str(new.merged_cells) and old.freeze_panes == new.freeze_panes
    assert str(old.conditional_formatting) != "" and len(old.conditional_formatting) == len(new.conditional_formatting)
    assert [str(rule.sqref) for rule in old.data_validations.dataValidation] == [str(rule.sqref) for rule in new.data_validations.dataValidation]
    assert set(old.tables) == set(new.tables) and old.print_title_rows == new.print_title_rows
    for letter, size in old.column_dimensions.items():
        assert new.column_dimensions[letter].width == size.width, letter


def office(paths, folder):
    """Saves workbooks by LibreOffice, as a clerk would."""
    subprocess.run(["soffice", "--headless", "--convert-to", "xlsx", "--outdir", folder, *paths], cwd=work, check=True, capture_output=True, timeout=600)


marked = []
for seed in range(count):
    name = f"m{seed}.xlsx"
    title, line, last = build(f"{work}/{name}", seed)
    run("check", name, "--annotate", f"marked-{name}", "--findings", f"m{seed}.csv", "--force")
    found = cells(f"{work}/m{seed}.csv")
    look(f"{work}/marked-{name}", title, found, line)
    same(f"{work}/{name}", f"{work}/marked-{name}", title)
    marked.append((seed, title, line, found))

# LibreOffice opens all of them, and what it saves is known again.
os.makedirs(f"{work}/office", exist_ok=True)
office([f"marked-m{seed}.xlsx" for seed, *_ in marked], "office")
for seed, title, line, found in marked:
    run("check", f"office/marked-m{seed}.xlsx", "--annotate", f"again-{seed}.xlsx", "--findings", f"again-{seed}.csv", "--force")
    assert cells(f"{work}/again-{seed}.csv") == found, seed
    book = look(f"{work}/again-{seed}.xlsx", title, found, line)
    # What is corrected loses its mark, and gets back what it looked like.
    sheet = book[title]
    wrong = sorted(found)[:1]
    rng = random.Random(seed + 1000)
    for row in range(line + 1, sheet.max_row + 1):
        if any(cell.coordinate in wrong for cell in sheet[row]):
            for column, value in enumerate(person(random.Random(0)), 1):
                sheet.cell(row, column).value = value
    book.save(f"{work}/better-{seed}.xlsx")
    run("check", f"better-{seed}.xlsx", "--annotate", f"best-{seed}.xlsx", "--findings", f"best-{seed}.csv", "--force")
    look(f"{work}/best-{seed}.xlsx", title, cells(f"{work}/best-{seed}.csv"), line)

# A template that LibreOffice saved and openpyxl filled in, or the other way round, checks clean.
run("template", "registeredResident", "-o", "template.xlsx", "--force")
office(["template.xlsx"], "office")
for source, target in [("template.xlsx", "filled.xlsx"), ("office/template.xlsx", "filled-office.xlsx")]:
    book = openpyxl.load_workbook(f"{work}/{source}")
    sheet = book["户籍人口"]
    names = [cell.value for cell in sheet[1]]
    for row in range(2, 22):
        values = dict(zip(HEAD, person(random.Random(5))))
        key = number(row)
        values.update({"公民身份号码": key, "性别": "男" if int(key[16]) % 2 else "女", "出生日期": f"{key[6:10]}-{key[10:12]}-{key[12:14]}", "联系方式": "13912345678"})
        for column, name in enumerate(names, 1):
            if values.get(name):
                sheet.cell(row, column).value = values[name]
    book.save(f"{work}/{target}")
office(["filled.xlsx"], "office")
for path in ["filled.xlsx", "filled-office.xlsx", "office/filled.xlsx"]:
    done = run("check", path, codes=(0,))
    assert "读取 20 行" in done.stderr, done.stderr
print(f"marks: {count} workbooks marked, saved by LibreOffice and marked again; templates come back clean")
