#!/usr/bin/env python3
"""Draws the README's picture of a terminal run from real output.

usage: make-picture.py YAOSU OUT.svg
"""
import html
import os
import subprocess
import sys
import tempfile

RUNS = [
    "check samples/residents-messy.csv --select V110,V1116,G2005,R2101 --max-samples 1",
    "load samples/grids.csv samples/residents.csv --warehouse demo.db --ignore F0102",
]


def lines(program):
    folder = tempfile.mkdtemp()
    for run in RUNS:
        yield "$ yaosu " + run, "#7ee787"
        command = [program] + [os.path.join(folder, word) if word == "demo.db" else word for word in run.split()]
        process = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
        for line in process.stdout.splitlines():
            colour = "#ff7b72" if "错误" in line[:9] else "#e3b341" if "警告" in line[:9] else "#79c0ff" if line.startswith("读取") else "#c9d1d9"
            yield line[:96], colour
        yield "", "#c9d1d9"


def main():
    program, out = sys.argv[1:]
    rows = list(lines(program))
    height = 22 * len(rows) + 40
    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" width="1120" height="{height}" role="img" aria-label="yaosu">',
             f'<rect width="1120" height="{height}" rx="8" fill="#0d1117"/>',
             '<g font-family="ui-monospace, Menlo, Consolas, \'Noto Sans Mono CJK SC\', monospace" font-size="14" xml:space="preserve">']
    for index, (line, colour) in enumerate(rows):
        parts.append(f'<text x="20" y="{34 + 22 * index}" fill="{colour}">{html.escape(line)}</text>')
    with open(out, "w", encoding="utf-8") as file:
        file.write("\n".join(parts + ["</g>", "</svg>", ""]))


if __name__ == "__main__":
    main()
