"""Measures packages against sqlite3 writing the same columns with the same joins, and a delta of 1 % against the full package, in turn.

usage: bench-export.py WORK ROUNDS        (WORK holds residents.csv and changed.csv of bench.sh; called by bench.sh)
"""
import json
import pathlib
import shutil
import statistics
import subprocess
import sys

from bench_run import run

WORK, ROUNDS = pathlib.Path(sys.argv[1]), int(sys.argv[2])
YAOSU = ".build/release/yaosu"
PROFILE = "scripts/bench-export.yaml"
COLUMNS = [
    "identityNum", "personName", "sexCode:sex", "birthday|", "ethnicityCode:ethnicity", "nativePlaceCode", "maritalStatus:maritalStatus",
    "politicalAffiliationCode:politicalAffiliation", "educationCode:education", "professionType", "servicePlaceName", "contact", "domicileCode",
    "domicileAddress", "residenceCode", "residenceAddress", "gridCode", "householdNum",
]


def query():
    """The columns of the profile as a query: labels by joins with the table of labels, days without dashes."""
    shown, joins = [], []
    for place, column in enumerate(COLUMNS):
        if ":" in column:
            name, kind = column.split(":")
            shown.append(f"l{place}.label")
            joins.append(f"LEFT JOIN code_label l{place} ON l{place}.set_name = '{kind}' AND l{place}.code = r.{name}")
        elif column.endswith("|"):
            shown.append(f"replace(r.{column[:-1]}, '-', '')")
        else:
            shown.append(f"r.{column}")
    return f"SELECT {', '.join(shown)}, '2026-12-01 00:00:00', 'I' FROM registeredResident r {' '.join(joins)};"


def quiet(*command):
    subprocess.run(list(map(str, command)), check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def export(warehouse, folder, *more):
    return [YAOSU, "export", "--warehouse", str(warehouse), "--profile", PROFILE, "-o", str(folder), *more]


def main():
    full, changed, one, out, table = WORK / "x.db", WORK / "y.db", WORK / "z.db", WORK / "package", WORK / "sqlite.csv"
    quiet(YAOSU, "load", WORK / "residents.csv", "-q", "--warehouse", full)
    shutil.copy(full, changed)
    shutil.rmtree(WORK / "first", ignore_errors=True)
    quiet(*export(changed, WORK / "first"))
    identity = json.loads((WORK / "first/manifest.json").read_text())["package"]
    quiet(YAOSU, "receipt", "--accepted", "--package", identity, "--warehouse", changed)
    quiet(YAOSU, "load", WORK / "changed.csv", "-q", "--again", "--warehouse", changed)
    script = WORK / "query.sql"
    script.write_text(f".headers on\n.mode csv\n.output {table}\n{query()}\n")
    runs = {
        "sqlite3 -csv, the same query": ["sqlite3", str(full), f".read {script}"],
        "export to CSV": export(one, out),
        "export to XML": export(one, out, "--format", "xml"),
        "delta of 1 %": export(one, out, "--since", "last"),
    }
    found = {name: [] for name in runs}
    for _ in range(ROUNDS):
        for name, command in runs.items():
            shutil.rmtree(out, ignore_errors=True)
            source = changed if "delta" in name else full
            found[name].append(run(name, command, [one], source))
    records = json.loads((out / "manifest.json").read_text())["counts"]["records"]
    peer = found["sqlite3 -csv, the same query"]
    whole = found["export to CSV"]
    print(f"\n| run | median s | × sqlite3 | × full package | peak RSS MiB |\n|---|---|---|---|---|")
    for name, values in found.items():
        seconds = statistics.median(value[0] for value in values)
        beside = statistics.median(a[0] / b[0] for a, b in zip(values, peer))
        part = statistics.median(a[0] / b[0] for a, b in zip(values, whole))
        print(f"| {name} | {seconds:.2f} | {beside:.2f} | {part:.2f} | {max(value[1] for value in values):.0f} |")
    print(f"\nthe delta holds {records} records")


main()
