"""Runs the commands of the benchmark in turn and prints medians and ratios.

usage: bench.py WORK ROWS ROUNDS [BUILD…]        (called by bench.sh; each BUILD is another yaosu, to be measured beside in turn)
"""
import csv
import json
import pathlib
import statistics
import sys

from bench_run import beside, run

WORK, ROWS, ROUNDS = pathlib.Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
YAOSU = ".build/release/yaosu"
ROSTER = WORK / "residents.csv"

SECOND = WORK / "second.csv"
SHUFFLED = WORK / "shuffled.csv"
CHANGED = WORK / "changed.csv"
ONE = WORK / "one.csv"
# The folder of the build lies on a disk; all else lies in memory.
DISK = pathlib.Path(".build/bench-disk.db")


def header():
    with open(ROSTER, encoding="utf-8") as file:
        return next(csv.reader(file))


def importer(path, unique):
    columns = ", ".join(f'"{name}" TEXT' + (" UNIQUE" if unique and name == "公民身份号码" else "") for name in header())
    return ["sqlite3", str(path), f"CREATE TABLE r ({columns});", ".mode csv", f".import --skip 1 {ROSTER} r"]


def load(roster, warehouse, *flags):
    return [YAOSU, "load", str(roster), "-q", "--warehouse", str(warehouse), *flags]


def main():
    w, copy, dry, new = WORK / "w.db", WORK / "copy.db", WORK / "dry.db", WORK / "import.db"
    runs = {
        "duckdb: scan and the same checks, 2 threads": ([sys.executable, "scripts/bench-duckdb.py", str(ROSTER)], []),
        "sqlite3 .import": (importer(new, False), [new]),
        "sqlite3 .import, UNIQUE(key)": (importer(new, True), [new]),
        "check, --jobs 2": ([YAOSU, "check", str(ROSTER), "-q", "--jobs", "2"], []),
        "check, --jobs 1": ([YAOSU, "check", str(ROSTER), "-q", "--jobs", "1"], []),
        "check of GB 18030, --jobs 2": ([YAOSU, "check", str(WORK / "gb.csv"), "-q", "--jobs", "2"], []),
        "load, new warehouse": (load(ROSTER, w), [w]),
        "load, dry run": (load(ROSTER, dry, "--dry-run"), [dry]),
        "load again, 1 % of the rows changed": (load(CHANGED, copy), [copy], w),
        "undo of the first load": ([YAOSU, "undo", "1", "--warehouse", str(copy)], [copy], w),
        "verify --at the first load": ([YAOSU, "verify", "--at", "1", "--warehouse", str(w)], []),
        "load, new warehouse on disk": (load(ROSTER, DISK), [DISK]),
        "load, the same rows in another order": (load(SHUFFLED, w), []),
        "verify": ([YAOSU, "verify", "--warehouse", str(w)], []),
        "sqlite3 pragma integrity_check": (["sqlite3", str(w), "PRAGMA integrity_check"], []),
        "load, as many new rows more": (load(SECOND, w), []),
        "check of one row": ([YAOSU, "check", str(ONE), "-q"], []),
        "--version": ([YAOSU, "--version"], []),
    }
    if len(sys.argv) > 4:
        beside(YAOSU, sys.argv[4:], runs, ROUNDS)
        for path in DISK.parent.glob("bench-disk*.db"):
            path.unlink()
        return
    seconds, memory, cpu = {name: [] for name in runs}, {}, {name: [] for name in runs}
    for _ in range(ROUNDS):
        for name, (command, fresh, *source) in runs.items():
            wall, rss, used = run(name, command, fresh, *source)
            seconds[name].append(wall)
            cpu[name].append(used)
            memory[name] = max(memory.get(name, 0), rss)
    DISK.unlink(missing_ok=True)
    peers = [*list(runs)[:3], "load, new warehouse"]
    print(f"{ROWS} rows, {ROSTER.stat().st_size / 1e6:.0f} MB, medians of {ROUNDS}\n")
    print("| run | median s | CPU s | × DuckDB | × .import | × .import UNIQUE | × first load | peak RSS MiB |\n|---|---|---|---|---|---|---|---|")
    table = {}
    for name in runs:
        ratios = [statistics.median(a / b for a, b in zip(seconds[name], seconds[peer])) for peer in peers]
        table[name] = {"median": statistics.median(seconds[name]), "cpu": statistics.median(cpu[name]), "ratios": dict(zip(peers, ratios)), "peakRSS": memory[name]}
        print(f"| {name} | {table[name]['median']:.3f} | {table[name]['cpu']:.2f} | " + " | ".join(f"{ratio:.2f}" for ratio in ratios) + f" | {memory[name]:.0f} |")
    pathlib.Path(".build/bench.json").write_text(json.dumps({"rows": ROWS, "rounds": ROUNDS, "runs": table}, indent=2, ensure_ascii=False))


main()
