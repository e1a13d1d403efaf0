"""The checks of `registeredResident` in DuckDB's SQL: what the benchmark compares `check` with.

usage: bench-duckdb.py ROSTER        (run from the repository; two threads, as many as `check --jobs 2`)

Every check of the dataset that a roster can meet is here: both identity numbers with check character, date and division;
names, texts, telephone numbers and the grid code by pattern; the code sets; divisions by the table; the five rules over a
record; keys with different content; several householders. What SQL has no words for (repairs, mojibake, near misses,
places and messages of findings, digests) is not.
"""
import csv
import sys

import duckdb

ROSTER = sys.argv[1]
WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]


def codes(name):
    with open(f"schemas/codes/{name}.csv", encoding="utf-8") as file:
        return "(" + ", ".join("'" + row["code"] + "'" for row in csv.DictReader(file)) + ")"


def when_filled(column, condition):
    return f'("{column}" IS NULL OR {condition})'


def citizen(column):
    total = " + ".join(f"(ascii(substr(\"{column}\", {i + 1}, 1)) - 48) * {w}" for i, w in enumerate(WEIGHTS))
    return when_filled(column, f"""(regexp_full_match("{column}", '[0-9]{{17}}[0-9X]')
        AND substr('10X98765432', ({total}) % 11 + 1, 1) = substr("{column}", 18, 1)
        AND try_strptime(substr("{column}", 7, 8), '%Y%m%d') <= today() AND substr("{column}", 1, 6) IN (SELECT code FROM division))""")


def name(column, limit):
    return when_filled(column, f"""(regexp_full_match("{column}", '[\\x{{4E00}}-\\x{{9FFF}}]+') AND length("{column}") <= {limit})""")


def text(column, limit):
    return when_filled(column, f"""(length("{column}") <= {limit} AND NOT regexp_matches("{column}", '[\\x00-\\x1F\\x7F]') AND trim("{column}") = "{column}")""")


def code(column, values):
    return when_filled(column, f'"{column}" IN {codes(values)}')


def division(column):
    return when_filled(column, f'"{column}" IN (SELECT code FROM division)')


def phone(column):
    return when_filled(column, f"""regexp_full_match("{column}", '1[3-9][0-9]{{9}}')""")


ID, OWN, RELATION = "公民身份号码", "户主公民身份号码", "与户主关系"
RULES = [
    f'"{ID}" IS NOT NULL', '"姓名" IS NOT NULL', citizen(ID), citizen(OWN), name("姓名", 50), name("曾用名", 50), name("户主姓名", 50),
    code("性别", "sex"), code("民族", "ethnicity"), code("婚姻状况", "maritalStatus"), code("政治面貌", "politicalAffiliation"),
    code("学历", "education"), code("人户一致标识", "personHouseConsist"), code(RELATION, "familyRelation"),
    when_filled("出生日期", "try_strptime(\"出生日期\", '%Y-%m-%d') <= today()"), division("籍贯"), division("户籍地"), division("现住地"),
    phone("联系方式"), phone("户主联系方式"), text("职业", 50), text("服务处所", 100), text("户籍门（楼）详址", 80), text("现住门（楼）详址", 80),
    when_filled("户号", "regexp_full_match(\"户号\", '[0-9A-Z]{1,50}')"), when_filled("职业类别", "regexp_full_match(\"职业类别\", '[0-9A-Z]{1,10}')"),
    when_filled("所属网格", "(regexp_full_match(\"所属网格\", '[0-9]{20}') AND substr(\"所属网格\", 7, 6) IN (SELECT code FROM division))"),
    f"""("性别" NOT IN ('1', '2') OR ("性别" = '1') = (ascii(substr("{ID}", 17, 1)) % 2 = 1))""",
    f"""coalesce(replace("出生日期", '-', '') = substr("{ID}", 7, 8), true)""",
    f"""coalesce("{RELATION}" NOT IN ('01', '02') OR "{ID}" = "{OWN}", true)""",
    f"""coalesce("{ID}" <> "{OWN}" OR "{RELATION}" IN ('01', '02'), true)""",
    """coalesce("人户一致标识" <> '02' OR "户籍门（楼）详址" <> "现住门（楼）详址", true)""",
]

db = duckdb.connect()
db.execute("SET threads = 2")
db.execute("CREATE TABLE division AS SELECT DISTINCT code FROM read_csv('schemas/codes/division.csv', all_varchar = true) UNION SELECT '320699'")
db.execute(f"""CREATE TABLE checked AS SELECT "{ID}" AS key, hash(r) AS content, "户号" AS household,
    "{RELATION}" IN ('01', '02') AS heads, {" AND ".join(RULES)} AS fits
    FROM read_csv('{ROSTER}', all_varchar = true, header = true, ignore_errors = true, null_padding = true) AS r""")
print(db.execute("SELECT count(*), count(*) FILTER (WHERE NOT fits) FROM checked").fetchall())
print(db.execute("SELECT count(*) FROM (SELECT 1 FROM checked GROUP BY key HAVING count(DISTINCT content) > 1)").fetchall())
print(db.execute("SELECT count(*) FROM (SELECT 1 FROM checked WHERE heads GROUP BY household HAVING count(*) > 1)").fetchall())
