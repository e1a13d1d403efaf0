#!/usr/bin/env bash
# Holds linkage against other programs: JSON objects against their schemas, balances against sqlite3, and a review workbook that is answered by openpyxl,
# put in another order, and saved by LibreOffice. What both read is counted.
# usage: linkage.sh BIN WORK PYTHON        (called by check.sh)
set -euo pipefail
bin=$1 work=$2/linkage python=$3
mkdir -p "$work"
"$bin/yaosu-dev" generate --linkage --rows 3000 --seed 12 --truth "$work/truth.tsv" -o "$work/roster.csv"
find() { "$bin/yaosu" dedupe find "$@"; }
find "$work/roster.csv" --pairs "$work/pairs.csv" --entities "$work/entities.csv" --json >"$work/files.json" 2>/dev/null
find "$work/roster.csv" --plan --json >"$work/plan.json" 2>/dev/null
"$bin/yaosu" dedupe evaluate --truth "$work/truth.tsv" --entities "$work/entities.csv" --pairs "$work/pairs.csv" --json >"$work/evaluate.json"
"$bin/yaosu" load "$work/roster.csv" --warehouse "$work/w.db" -q >/dev/null 2>&1 || true
find --warehouse "$work/w.db" --apply --json >"$work/find.json" 2>/dev/null
"$bin/yaosu" dedupe review --warehouse "$work/w.db" -o "$work/questions.xlsx" 2>/dev/null

# On a terminal: an answer is kept at once, the sum of the next question is shown, and what quits leaves the terminal as it was. Elsewhere it is refused.
cp "$work/w.db" "$work/terminal.db"
"$python" - "$bin/yaosu" "$work/terminal.db" <<'EOF'
import os, pty, select, sys, termios, time
def seen(terminal, wanted, seconds=30):
    text, end = b"", time.time() + seconds
    while wanted.encode() not in text:
        assert time.time() < end, (wanted, text.decode("utf-8", "replace"))
        if select.select([terminal], [], [], 0.2)[0]:
            text += os.read(terminal, 65536)
    return text.decode("utf-8", "replace")
process, terminal = pty.fork()
if process == 0:
    os.execve(sys.argv[1], [sys.argv[1], "dedupe", "review", "--warehouse", sys.argv[2], "--lang", "zh"], {**os.environ, "TERM": "xterm"})
seen(terminal, "q 结束")
assert not termios.tcgetattr(terminal)[3] & termios.ICANON, "keys wait for the end of a line"
os.write(terminal, b"n")
assert " 2/" in seen(terminal, "q 结束")
os.write(terminal, b"e")
assert "合计" in seen(terminal, "按任意键返回")
os.write(terminal, b" \x03")
seen(terminal, "记下 1 个结论")
# Lines and what is typed are shown again, at once or a moment later: what was there before the program ran cannot be read for sure.
for _ in range(50):
    if termios.tcgetattr(terminal)[3] & (termios.ICANON | termios.ECHO) == termios.ICANON | termios.ECHO:
        break
    time.sleep(0.1)
else:
    raise AssertionError("the terminal is not as it was")
assert os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]) == 0
EOF
[ "$(sqlite3 "$work/terminal.db" "SELECT answer, source FROM linkage_decision")" = "notSame|terminal" ]
"$bin/yaosu" dedupe review --warehouse "$work/terminal.db" </dev/null >/dev/null 2>&1 && exit 1 || [ $? = 2 ]

# Answers by openpyxl on one row of each question, the rows sorted by name, and the whole saved again by LibreOffice.
"$python" - "$work" <<'EOF'
import pathlib, sys, openpyxl
work = pathlib.Path(sys.argv[1])
book = openpyxl.load_workbook(work / "questions.xlsx")
sheet = book["核对"]
head, *rows = [list(row) for row in sheet.iter_rows(values_only=True)]
assert head[:3] == ["题号", "判定", "说明"] and sheet.data_validations.dataValidation[0].formula1 == '"同一人,不是同一人,不确定"'
rows.sort(key=lambda row: (row[head.index("姓名")] or "", row[0]), reverse=True)
seen = set()
for row in rows:
    if row[0] not in seen:
        row[1] = ["同一人", "不是同一人", "不确定"][int(row[0]) % 3]
        seen.add(row[0])
for place, row in enumerate(rows, start=2):
    for column, value in enumerate(row, start=1):
        sheet.cell(place, column).value = value
sheet.auto_filter.add_filter_column(1, ["同一人"])
book.save(work / "answered.xlsx")
(work / "wanted").write_text(" ".join(str(sum(int(q) % 3 == kind for q in seen)) for kind in range(3)) + "\n")
EOF
(cd "$work" && mkdir -p saved && soffice --headless --convert-to xlsx --outdir saved answered.xlsx >/dev/null 2>&1)
cp "$work/w.db" "$work/again.db"
for pair in answered.xlsx:w.db saved/answered.xlsx:again.db; do
  "$bin/yaosu" dedupe apply "$work/${pair%%:*}" --warehouse "$work/${pair##*:}" --partial --json >"$work/apply.json" 2>"$work/said" || [ $? = 1 ]
  # Two valid numbers are never one: those answers are not taken.
  sqlite3 "$work/${pair##*:}" "SELECT answer, count(*) FROM linkage_decision GROUP BY 1" >"$work/${pair##*:}.decisions"
done
cmp "$work/w.db.decisions" "$work/again.db.decisions"
read -r same other unsure <"$work/wanted"
grep -qx "notSame|$other" "$work/w.db.decisions" && grep -qx "unsure|$unsure" "$work/w.db.decisions"
[ "$(grep -c . "$work/w.db.decisions")" = 3 ] && [ "$same" -gt 0 ]

# What the run says, as another program counts it.
sqlite3 "$work/w.db" "SELECT compared = certain + auto + asked + guarded + apart FROM linkage_run" | sort -u | grep -qx 1
sqlite3 "$work/w.db" "SELECT count(*) FROM (SELECT entity FROM entity_member m JOIN registeredResident r ON r._id = m.row
  WHERE length(r.identityNum) = 18 AND r.identityNum NOT LIKE '%*%' GROUP BY entity HAVING count(DISTINCT r.identityNum) > 1)" | grep -qx 0
entity=$(sqlite3 "$work/w.db" "SELECT printf('P%06d', entity) FROM entity_member WHERE how = 'person' LIMIT 1")
"$bin/yaosu" dedupe explain "$entity" --warehouse "$work/w.db" --json >"$work/explain.json"
"$bin/yaosu" dedupe list --warehouse "$work/w.db" --json >"$work/list.json"
"$bin/yaosu" dedupe status --warehouse "$work/w.db" --json >"$work/status.json"
"$bin/yaosu" verify --linkage --warehouse "$work/w.db" >/dev/null 2>&1
# Two processes share the work.
for share in 1/2 2/2; do find "$work/roster.csv" --shard $share --shards "$work" --json >"$work/shard.json" 2>/dev/null; done
find "$work/roster.csv" --from-shards "$work" --pairs "$work/pairs2.csv" --entities "$work/entities2.csv" >/dev/null 2>&1
cmp "$work/pairs.csv" "$work/pairs2.csv" && cmp "$work/entities.csv" "$work/entities2.csv"
"$bin/yaosu" dedupe explain "$entity" --warehouse "$work/w.db" -o "$work/why.html" 2>/dev/null
xmllint --html --noout "$work/why.html" 2>/dev/null
"$python" - "$work" <<'EOF'
import csv, json, pathlib, sys, jsonschema
work = pathlib.Path(sys.argv[1])
for name, schema in [("files", "find"), ("plan", "find"), ("find", "find"), ("apply", "find"), ("evaluate", "evaluate"), ("explain", "explain"), ("list", "list"), ("status", "status"), ("shard", "find")]:
    found = json.loads((work / f"{name}.json").read_text("utf-8"))
    wanted = json.loads(pathlib.Path(f"schemas/output/dedupe-{schema}.schema.json").read_text("utf-8"))
    jsonschema.Draft202012Validator(wanted).validate(found)
# The measures again, by pairs of a dictionary.
truth = [row["entity"] for row in csv.DictReader(open(work / "truth.tsv", encoding="utf-8"), delimiter="\t")]
found = [row["entity"] for row in csv.DictReader(open(work / "entities.csv", encoding="utf-8"))]
def pairs(groups):
    rows = {}
    for place, group in enumerate(groups):
        rows.setdefault(group, []).append(place)
    return {(one, other) for places in rows.values() for one in places for other in places if one < other}
true, said = pairs(truth), pairs(found)
measured = json.loads((work / "evaluate.json").read_text("utf-8"))["entities"]
assert abs(measured["precision"] - len(true & said) / len(said)) < 1e-4 and abs(measured["recall"] - len(true & said) / len(true)) < 1e-4, measured
explained = json.loads((work / "explain.json").read_text("utf-8"))["pairs"]
for pair in explained:
    total = pair["prior"] + pair["frequency"] + sum(one["weight"] for one in pair["comparisons"])
    assert abs(total - pair["weight"]) < 0.01, pair
print(f"interop: linkage {len(true)} pairs of people, {len(said)} found")
EOF
