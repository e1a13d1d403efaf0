"""Counts what a row costs on the hot paths, in instructions and allocations, and compares with the limits beside this file.

usage: Tests/Benchmarks/counts.py [--record]      (run from the repository after `scripts/build.sh yaosu yaosu-dev`; needs valgrind)

Two loads of 12,000 and 16,000 generated residents run under callgrind; the difference, a row, leaves out the start of the
program, and what the buckets of a digest take once each. Counts do not depend on how busy the machine is. `--record` writes what was counted, with a tenth for room.
"""
import json
import pathlib
import re
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
RELEASE = HERE.parent.parent / ".build/release"
LIMITS = HERE / "limits.json"
# What each limit is about: a pattern of the mangled name of the function, whose callees count too.
STAGES = {
    "tokenizer": r"ElementFormats9CSVReaderV9nextBatch",
    "field checks": r"ElementRules12BatchCheckerV5check__9saturated",
    "row feed": r"ElementWarehouse8PageFeedC6insert",
}


def count(work, rows):
    """Instructions of each stage, of the whole program, and calls of malloc, for a load of so many rows."""
    roster = work / f"{rows}.csv"
    subprocess.run([RELEASE / "yaosu-dev", "generate", "--dataset", "registeredResident", "--rows", str(rows), "--seed", "7",
                    "--dirty", "1%", "-o", roster], check=True)
    out = work / f"{rows}.out"
    result = subprocess.run(["valgrind", "--tool=callgrind", f"--callgrind-out-file={out}", work / "yaosu", "load", roster, "-q",
                             "--jobs", "1", "--as-of", "2026-01-01", "--warehouse", work / f"{rows}.db"], capture_output=True)
    if result.returncode not in (0, 1):
        sys.exit(result.stderr.decode())
    listing = subprocess.run(["callgrind_annotate", "--inclusive=yes", "--threshold=100", out], capture_output=True, text=True, check=True).stdout
    found = {"whole program": int(re.search(r"([\d,]+) .*PROGRAM TOTALS", listing).group(1).replace(",", ""))}
    for stage, pattern in STAGES.items():
        lines = [line for line in listing.splitlines() if re.search(pattern, line)]
        if not lines:
            sys.exit(f"{stage}: no function fits {pattern}")
        found[stage] = max(int(re.match(r" *([\d,]+)", line).group(1).replace(",", "")) for line in lines)
    found["allocations"] = mallocs(out)
    return found


def mallocs(out):
    """How often malloc was called, by whomever; `malloc_usable_size` is another function."""
    names, callee, total = {}, None, 0
    for line in out.read_text(errors="replace").splitlines():
        if match := re.match(r"cfn=\((\d+)\)(?: (.*))?", line):
            if match.group(2):
                names[match.group(1)] = match.group(2)
            callee = match.group(1)
        elif match := re.match(r"fn=\((\d+)\) (.*)", line):
            names[match.group(1)] = match.group(2)
        elif (match := re.match(r"calls=(\d+)", line)) and names.get(callee, "").split("@")[0] == "malloc":
            total += int(match.group(1))
    return total


def main():
    with tempfile.TemporaryDirectory() as folder:
        work = pathlib.Path(folder)
        # valgrind does not read the debug information of Swift.
        subprocess.run(["objcopy", "--strip-debug", RELEASE / "yaosu", work / "yaosu"], check=True)
        few, many = count(work, 12_000), count(work, 16_000)
    rows = {name: (many[name] - few[name]) / 4000 for name in few}
    if "--record" in sys.argv:
        LIMITS.write_text(json.dumps({name: round(value * 1.1, 1) for name, value in rows.items()}, indent=2) + "\n")
    limits = json.loads(LIMITS.read_text())
    for name, value in rows.items():
        print(f"{name}: {value:.1f} a row, limit {limits[name]}")
    if over := [name for name, value in rows.items() if value > limits[name]]:
        sys.exit(f"over the limit: {', '.join(over)}")


main()
