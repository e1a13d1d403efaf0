"""The measures of a recorded day again, as one SQL script made from the schemas, held against what the warehouse recorded.

usage: measures.py WAREHOUSE          (called by check.sh: prints the differences)
       measures.py WAREHOUSE --sql    (prints the script alone, for sqlite3)
"""
import pathlib
import sqlite3
import sys

import yaml

# What counts against each indicator beside the dataset's own rules, by the meaning of the rules (yaosu rule CODE).
WRONG = {
    "010101": "V1116 V1117 V1124 V1125 V1126 V1302 V1304 V1305",
    "010102": "V1011 V1012 V1013 V1014 V1015 V1016 V1018 V1019 V1020 V1021 V1102 V1103 V1104 V1114 V1115 V1119 V1122 V1123 V1308 V1312 V1313 "
    "V1314 V1316 V1321 V1402 V1403 V1406",
    "010103": "V1010 V1101",
    "0105": "V1106 V1107 V1108 V1109 V1118 V1201 V1202 V1203 V1204 V1206 V1208 V1209 V1210 V1301 V1307 V1317 W0014",
    "0305": "V1005 V1012 V1013 V1014 V1015 V1016 V1116 V1117 V1121 V1124 V1126 V1304 V1310 V1311 V1405",
    "0201": "V1001 V1002 V1003 V1005 V1006",
    "0202": "V1001 V1002 V1003 V1005 V1006",
    "040201": "V1318 V1320 R2101 R2102 R2103 R2104 R2106",
    "0501": "V1104 V1105 V1113 V1302",
    "0102": "V1001 V1004 V1006 V1319",
    "0304": "G2005 W0002 W0005 W0006",
}
LISTED = {"code", "divisionCode", "statisticalCode", "gridCode", "citizenId"}
RECORDS = {"0102", "0202", "0304"}
RULES = {"0104", "040202", "040203", "040204", "0503"}
WAITS = """q.id NOT IN (SELECT quarantine FROM quarantine_end e JOIN batch b ON b.id = e.batch WHERE b.state = 'loaded')
  AND (SELECT state FROM batch b WHERE b.id = q.batch) = 'loaded'"""


def datasets():
    """The datasets of the shipped schemas by name, each with what those that it extends say."""
    nodes = {}
    for path in sorted(pathlib.Path("schemas/datasets").rglob("*.yaml")):
        node = yaml.safe_load(path.read_text("utf-8"))
        if "dataset" in node:
            nodes[node["dataset"]] = node

    def lineage(name):
        node = nodes[name]
        return (lineage(node["extends"]) if "extends" in node else []) + [node]

    found = {}
    for name, node in nodes.items():
        if node.get("abstract"):
            continue
        whole = {key: [] for key in ("rules", "totals", "references", "groups", "sequences")}
        fields = {}
        for part in lineage(name):
            for field in part.get("fields", []):
                fields[field["name"]] = {**fields.get(field["name"], {}), **field}
            for key in whole:
                whole[key] += part.get(key, [])
        found[name] = {"fields": fields, **whole}
    return found


def quoted(name):
    return '"' + name.replace('"', '""') + '"'


def script(database):
    """The script: rows of metric, dataset, grid ('' for all, '-' for none), what is right and what there is."""
    tables = {name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    parts = []
    for name, dataset in datasets().items():
        if name not in tables:
            continue
        columns = {row[1] for row in database.execute(f"PRAGMA table_info({quoted(name)})")}
        fields = [field for field in dataset["fields"].values() if field["name"] in columns]
        grid = next((quoted(f["name"]) for f in dataset["fields"].values() if f["type"] == "gridCode" and f["name"] in columns), "NULL")
        opened = f"{quoted(name)}._id NOT IN (SELECT id FROM closed_row WHERE dataset = '{name}')"

        def count(names):
            # A field counts as often as it is named, such as by two rules.
            present = [f"({quoted(n)} IS NOT NULL)" for n in names if n in columns]
            return " + ".join(present) or "0"

        every = [field["name"] for field in fields]
        rules = [rule["field"] for rule in dataset["rules"]]
        equal = [rule["field"] for rule in dataset["rules"] if rule["code"] in WRONG["040201"].split()]
        groups = [r["fields"][0] for r in dataset["references"]] + [g["by"][0] if isinstance(g["by"], list) else g["by"] for g in dataset["groups"] if g.get("by")]
        due = {
            **dict.fromkeys(["010101", "010102", "010103", "0302", "0305"], count(every)),
            **dict.fromkeys(["0102", "0202", "0304", "0602"], "1"),
            "0105": count([f["name"] for f in fields if f["type"] in LISTED]),
            "0201": count([f["name"] for f in fields if f.get("duty", "optional") != "optional"]),
            "0501": count([f["name"] for f in fields if f["type"] in ("date", "dateTime")]),
            "0104": count(rules), "040201": count(equal), "040202": f"({count(rules)}) - ({count(equal)})",
            "040203": count([total["field"] for total in dataset["totals"]]), "040204": count(groups),
            "0503": str(len(dataset["sequences"])),
        }
        sequences = {s["code"] for s in dataset["sequences"]}
        totals = {t["code"] for t in dataset["totals"]}
        types = {f["name"]: f["type"] for f in dataset["fields"].values()}
        wrong = []
        for identifier, code, field, severity in database.execute(
            "SELECT id, code, field, severity FROM finding_kind WHERE dataset = ?", [name]
        ):
            against = {indicator for indicator, codes in WRONG.items() if code in codes.split()}
            if code[0] == "V" and severity == "error":
                against.add("0302")
            elif code[0] == "S":
                against.add("0102")
            elif code[0] == "R":
                against |= {"0104"} | (set() if "040201" in against else {"040202"})
            elif code[0] == "G":
                if code in sequences:
                    against.add("0503")
                elif code in totals:
                    against.add("040203")
                elif severity != "info" and code != "G2005":
                    against.add("040204")
            if types.get(field) not in ("date", "dateTime"):
                against.discard("0501")
            if types.get(field) not in LISTED:
                against.discard("0105")
            for indicator in against:
                what = "" if indicator in RECORDS else code if indicator in RULES else field
                wrong.append(f"({identifier}, '{indicator}', '{what}')")
        wrong = "VALUES " + ", ".join(wrong) if wrong else "SELECT 0, '', '' WHERE 0"
        sums = " UNION ALL ".join(
            f"SELECT '{indicator}' AS metric, grid, sum({expression}) AS due FROM open GROUP BY 2" for indicator, expression in due.items())
        parts.append(f"""
INSERT INTO measure
WITH kinds(kind, metric, what) AS ({wrong}),
open AS MATERIALIZED (SELECT *, ifnull({grid}, '-') AS grid FROM {quoted(name)} WHERE {opened}),
bad AS (
  SELECT metric, grid, count(*) AS bad FROM (
    SELECT DISTINCT k.metric, k.what, l.record, ifnull(r.grid, '-') AS grid FROM finding_life l JOIN kinds k ON k.kind = l.kind
    LEFT JOIN open r ON r._id = l.record WHERE l.last IS NULL AND l.record >= 0) GROUP BY 1, 2),
waitbad AS (
  SELECT metric, count(*) AS bad FROM (SELECT DISTINCT k.metric, k.what, l.record FROM finding_life l JOIN kinds k ON k.kind = l.kind
    WHERE l.last IS NULL AND l.record < 0) GROUP BY 1),
waits AS (SELECT count(*) AS rows FROM quarantine q WHERE q.dataset = '{name}' AND {WAITS}),
due AS ({sums})
SELECT d.metric, '{name}', d.grid, CASE WHEN d.metric = '0201' THEN d.due ELSE max(0, d.due - ifnull(b.bad, 0)) END,
  d.due + CASE WHEN d.metric = '0201' THEN ifnull(b.bad, 0) ELSE 0 END
FROM due d LEFT JOIN bad b ON b.metric = d.metric AND b.grid = d.grid
UNION ALL SELECT m.metric, '{name}', NULL, CASE WHEN m.metric = '0602' THEN 0 ELSE max(0, w.rows - ifnull(b.bad, 0)) END, w.rows
FROM waits w, (SELECT '0102' AS metric UNION ALL SELECT '0202' UNION ALL SELECT '0304' UNION ALL SELECT '0602') m
LEFT JOIN waitbad b ON b.metric = m.metric
UNION ALL SELECT metric, '{name}', NULL, 0, bad FROM waitbad WHERE metric NOT IN ('0102', '0202', '0304');""")
    # What deliveries of the last thirty days had, and what verifications said.
    parts.append("""
INSERT INTO measure
WITH today AS (SELECT day FROM quality_day ORDER BY number DESC LIMIT 1),
sent AS (SELECT i.*, (SELECT count(*) FROM finding f WHERE f.batch = i.batch AND f.input = i.ordinal AND f.code = 'F0101') AS unknown,
    (SELECT count(*) FROM finding f WHERE f.batch = i.batch AND f.input = i.ordinal AND f.code = 'F0103') > 0 AS left_out,
    (SELECT count(*) FROM json_each('["' || replace(i.mapping, ',', '","') || '"]') WHERE value <> '') AS known
  FROM batch_input i JOIN batch b ON b.id = i.batch, today
  WHERE b.state = 'loaded' AND b.kind IN ('load', 'retry') AND b.as_of > date(today.day, '-30 days') AND b.as_of <= today.day)
SELECT '0303', dataset, NULL, sum(read - duplicate), sum(read) FROM sent GROUP BY 2
UNION ALL SELECT '0103', dataset, NULL, sum(known), sum(known + unknown) FROM sent GROUP BY 2
UNION ALL SELECT '0106', dataset, NULL, sum(NOT left_out), count(*) FROM sent GROUP BY 2;""")
    if "verification" in tables:
        parts.append("""
INSERT INTO measure
SELECT '0301', ifnull(recordDataset, ''), ifnull(gridCode, '-'), sum(resultCode = '1'), count(*) FROM verification
WHERE resultCode IS NOT NULL AND _id NOT IN (SELECT id FROM closed_row WHERE dataset = 'verification') GROUP BY 2, 3;""")
    return (
        "CREATE TEMP TABLE measure (metric TEXT, dataset TEXT, grid TEXT, numerator INTEGER, denominator INTEGER);"
        + "".join(parts)
        + """
SELECT metric, dataset, '', sum(numerator), sum(denominator) FROM measure GROUP BY 1, 2
UNION ALL SELECT metric, '', grid, sum(numerator), sum(denominator) FROM measure WHERE grid IS NOT NULL GROUP BY 1, 3
UNION ALL SELECT metric, '', '', sum(numerator), sum(denominator) FROM measure GROUP BY 1;
""")


def main():
    database = sqlite3.connect(f"file:{sys.argv[1]}?mode=ro", uri=True)
    text = script(database)
    if "--sql" in sys.argv:
        print(text)
        return
    # Statements end with `;` at the end of a line, and nowhere else.
    statements = [part for part in text.replace(");INSERT", ");\nINSERT").split(";\n") if part.strip()]
    for statement in statements[:-1]:
        database.execute(statement)
    made = {tuple(row[:3]): tuple(row[3:]) for row in database.execute(statements[-1]) if row[4]}
    kept = {
        tuple(row[:3]): tuple(row[3:])
        for row in database.execute(
            "SELECT metric, dataset, grid, numerator, denominator FROM run_metric WHERE day = (SELECT max(number) FROM quality_day)")
    }
    measured = {key[0] for key in made}
    kept = {key: value for key, value in kept.items() if key[0] in measured}
    differences = [(key, kept.get(key), made.get(key)) for key in sorted(made.keys() | kept.keys()) if kept.get(key) != made.get(key)]
    for difference in differences[:20]:
        print(*difference)
    assert not differences, f"{len(differences)} of {len(kept)} measures differ"
    assert len(measured) >= 20 and len(kept) > 100, (sorted(measured), len(kept))
    print(f"{len(kept)} measures agree")


if __name__ == "__main__":
    main()
