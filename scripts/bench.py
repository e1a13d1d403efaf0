"""Runs the commands of the benchmark in turn and prints medians and ratios.

usage: bench.py WORK ROWS ROUNDS        (called by bench.sh)
"""
import csv
import json
import os
import pathlib
import resource
import statistics
import subprocess
import sys
import time

WORK, ROWS, ROUNDS = pathlib.Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
YAOSU = ".build/release/yaosu"
ROSTER = WORK / "residents.csv"

# DuckDB scans all columns as text and asks what our rules ask: the check character, codes, dates, phone, lengths.
DUCKDB = f"""
import duckdb
db = duckdb.connect()
db.execute("SET threads = 2")
weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
def check(column):
    total = " + ".join(f"try_cast(substr({{column}}, {{i + 1}}, 1) AS INT) * {{w}}" for i, w in enumerate(weights))
    return f"coalesce(substr('10X98765432', ({{total}}) % 11 + 1, 1) = substr({{column}}, 18, 1) AND length({{column}}) = 18, false)"
rules = " AND ".join([check('公民身份号码'), check('户主公民身份号码'), "length(姓名) BETWEEN 1 AND 50", "性别 IN ('0','1','2','9')",
    "民族 BETWEEN '01' AND '56' AND length(民族) = 2", "婚姻状况 IN ('10','20','21','22','23','30','40','90')",
    "政治面貌 BETWEEN '01' AND '13'", "try_cast(出生日期 AS DATE) IS NOT NULL", "regexp_full_match(联系方式, '1[3-9][0-9]{{9}}')",
    "regexp_full_match(所属网格, '[0-9]{{20}}')", "length(户籍门（楼）详址) <= 80", "length(现住门（楼）详址) <= 80"]).replace("户籍门（楼）详址", '"户籍门（楼）详址"').replace("现住门（楼）详址", '"现住门（楼）详址"')
print(db.execute(f"SELECT count(*), count(*) FILTER (WHERE NOT ({{rules}})), count(DISTINCT 公民身份号码) FROM "
    f"read_csv('{ROSTER}', all_varchar = true, header = true, ignore_errors = true, null_padding = true)").fetchall())
"""


def header():
    with open(ROSTER, encoding="utf-8") as file:
        return next(csv.reader(file))


def importer(path, unique):
    columns = ", ".join(f'"{name}" TEXT' + (" UNIQUE" if unique and name == "公民身份号码" else "") for name in header())
    return ["sqlite3", str(path), f"CREATE TABLE r ({columns});", ".mode csv", f".import --skip 1 {ROSTER} r"]


def run(name, command, fresh):
    for path in fresh:
        for ending in ("", "-journal", ".lock"):
            pathlib.Path(str(path) + ending).unlink(missing_ok=True)
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    code = os.waitstatus_to_exitcode(status)
    # 1: findings, in our commands; 19: rows that the UNIQUE constraint refused, in sqlite3's shell.
    if code not in (0, 1, 19):
        raise SystemExit(f"{name} ended with {code}")
    return wall, usage.ru_maxrss / 1024


def main():
    w, new = WORK / "w.db", WORK / "import.db"
    runs = {
        "duckdb scan and checks, 2 threads": ([sys.executable, "-c", DUCKDB], []),
        "sqlite3 .import": (importer(new, False), [new]),
        "sqlite3 .import, UNIQUE(key)": (importer(new, True), [new]),
        "yaosu check, --jobs 2": ([YAOSU, "check", str(ROSTER), "-q", "--jobs", "2"], []),
        "yaosu check, --jobs 1": ([YAOSU, "check", str(ROSTER), "-q", "--jobs", "1"], []),
        "yaosu check GB 18030, --jobs 2": ([YAOSU, "check", str(WORK / "gb.csv"), "-q", "--jobs", "2"], []),
        "yaosu load, new warehouse": ([YAOSU, "load", str(ROSTER), "-q", "--warehouse", str(w)], [w]),
        "yaosu load, the same again": ([YAOSU, "load", str(ROSTER), "-q", "--warehouse", str(w), "--again"], []),
        "yaosu verify": ([YAOSU, "verify", "--warehouse", str(w)], []),
    }
    seconds, memory = {name: [] for name in runs}, {}
    for _ in range(ROUNDS):
        for name, (command, fresh) in runs.items():
            wall, rss = run(name, command, fresh)
            seconds[name].append(wall)
            memory[name] = max(memory.get(name, 0), rss)
    peers = list(runs)[:3]
    print(f"{ROWS} rows, {ROSTER.stat().st_size / 1e6:.0f} MB, medians of {ROUNDS}\n")
    print("| run | median s | × DuckDB | × .import | × .import UNIQUE | peak RSS MB |\n|---|---|---|---|---|---|")
    table = {}
    for name in runs:
        ratios = [statistics.median(a / b for a, b in zip(seconds[name], seconds[peer])) for peer in peers]
        table[name] = {"median": statistics.median(seconds[name]), "ratios": dict(zip(peers, ratios)), "peakRSS": memory[name]}
        print(f"| {name} | {table[name]['median']:.2f} | " + " | ".join(f"{ratio:.2f}" for ratio in ratios) + f" | {memory[name]:.0f} |")
    pathlib.Path(".build/bench.json").write_text(json.dumps({"rows": ROWS, "rounds": ROUNDS, "runs": table}, indent=2, ensure_ascii=False))


main()
