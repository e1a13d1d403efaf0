"""Holds emitted schemas against other people's tools: what yaosu accepts they accept, and structural errors they refuse.

usage: emit.py BIN WORK        (called by check.sh)
"""

import csv
import json
import pathlib
import sqlite3
import subprocess
import sys

import frictionless
import jsonschema
from xml.sax.saxutils import escape

BIN, WORK = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])


def run(*args, check=True):
    return subprocess.run([str(a) for a in args], check=check, capture_output=True, text=True)


def emit(name, form):
    return run(BIN / "yaosu", "schema", "emit", name, "--as", form).stdout


def broken(record, schema):
    """Records that differ from a clean one in one structural error each."""
    for name, rule in schema["properties"].items():
        if name in schema["required"]:
            yield name, {key: value for key, value in record.items() if key != name}
        if "maxLength" in rule:
            yield name, {**record, name: "例" * (rule["maxLength"] + 1)}
        if "oneOf" in rule:
            yield name, {**record, name: "示例外"}
        if rule.get("pattern", "").startswith("^([0-9]{4}-"):
            yield name, {**record, name: "2024年3月"}
        if rule["type"] == ["integer", "string"] and "minimum" in rule:
            yield name, {**record, name: "约3"}


def xml(records, names):
    rows = []
    for record in records:
        cells = "".join(f"<{n}>{escape(record[n])}</{n}>" for n in names if n in record)
        rows.append(f"<record>{cells}</record>")
    return "<records>" + "".join(rows) + "</records>"


def xmllint(name, records, names):
    path = WORK / f"{name}.xml"
    path.write_text(xml(records, names), encoding="utf-8")
    return run("xmllint", "--noout", "--schema", WORK / f"{name}.xsd", path, check=False).returncode == 0


def table(name, records, names):
    path = WORK / f"{name}-table.csv"
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(names)
        writer.writerows([[record.get(n, "") for n in names] for record in records])
    schema = frictionless.Schema.from_descriptor(json.loads(emit(name, "tableschema")))
    with frictionless.system.use_context(trusted=True):
        return frictionless.Resource(path=str(path), schema=schema).validate()


def yaosu_refuses(name, record, titles):
    """Whether yaosu makes the row wait."""
    path = WORK / f"{name}-one.csv"
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(titles.values())
        writer.writerow([record.get(n, "") for n in titles])
    options = ["--allow-restricted", "--purpose", "check", "--code-set", "disputeTypeCode=disputeTypeTwoLevel"]
    found = run(BIN / "yaosu", "check", path, "--dataset", name, "--json", *options, check=False)
    return json.loads(found.stdout)["counts"]["quarantined"] == 1


def sql(name, records, names):
    database = sqlite3.connect(":memory:")
    database.executescript(emit(name, "sql"))
    marks = ", ".join("?" for _ in names)
    for record in records:
        database.execute(f'INSERT INTO "{name}" VALUES ({marks})', [record.get(n) for n in names])
    return database.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]


def check(name):
    path = WORK / f"{name}.csv"
    schema = json.loads(emit(name, "jsonschema"))
    names = list(schema["properties"])
    titles = {n: schema["properties"][n]["title"] for n in names}
    run(BIN / "yaosu-dev", "generate", "--dataset", name, "--rows", 60, "--seed", 4, "--fields", ",".join(names), "-o", path)
    with path.open(encoding="utf-8", newline="") as source:
        rows = list(csv.reader(source))
    records = [{n: v for n, v in zip(names, row) if v} for row in rows[1:]]
    (WORK / f"{name}.xsd").write_text(emit(name, "xsd"), encoding="utf-8")
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    for record in records:
        validator.validate(record)
    assert xmllint(name, records, names), f"{name}: xmllint refuses what yaosu accepts"
    report = table(name, records, names)
    assert report.valid, f"{name}: frictionless refuses what yaosu accepts: {report.flatten()[:3]}"
    assert sql(name, records, names) == len(records), name
    refused = list(broken(records[0], schema))
    for field, record in refused:
        assert not validator.is_valid(record), f"{name}.{field}: JSON Schema accepts"
        assert not xmllint(name, [record], names), f"{name}.{field}: xmllint accepts"
    # Two programs to ask of each kind of trouble, not of every field.
    for field, record in refused[:: max(1, len(refused) // 3)]:
        assert not table(name, [record], names).valid, f"{name}.{field}: frictionless accepts"
        assert yaosu_refuses(name, record, titles), f"{name}.{field}: yaosu accepts"
    return len(refused)


datasets = [line.split()[0] for line in run(BIN / "yaosu", "schema", "list").stdout.splitlines() if len(line.split()) > 3]
total = sum(check(name) for name in datasets)
everything = sqlite3.connect(":memory:")
everything.executescript(run(BIN / "yaosu", "schema", "emit", "--as", "sql").stdout)
print(f"emitted schemas: {len(datasets)} datasets accepted, {total} structural errors refused")
