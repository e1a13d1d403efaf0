"""Breaks loads and reads; see check.sh. Prints a line a part and ends with 1 at the first broken promise.

usage: check.py [PART …]
"""
import concurrent.futures
import gzip
import itertools
import json
import os
import pathlib
import random
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time

import bit_flips
import power_loss
import threats
from faults import DEV, ENVIRONMENT, LOOPS, WORK, YAOSU, Fault, Place, Scenario, digest, expect, load, parts, prepare, run

STORAGE = ["pwrite64", "fsync", "fdatasync", "ftruncate"]
CALLS = [*STORAGE, "write", "rename", "unlink"]
PARTS_OF_LOOPS = 6


def inject(call, what, number, log):
    """strace that does `what` to the number-th use of a call; seccomp makes it quick but cannot kill."""
    quick = [] if what.startswith("signal") else ["--seccomp-bpf"]
    return ["strace", "-f", *quick, "-e", f"trace={call}", "-e", f"inject={call}:{what}:when={number}", "-o", log]


def broken_once(scenario, call, what, number):
    """One load, or undo, with one fault; False where the fault came too late to happen."""
    with Place(scenario) as place:
        log = place.folder / "trace"
        result = scenario.act(place.warehouse, wrap=inject(call, what, number, log))
        trace = log.read_text(errors="replace")
        name = f"{scenario.name}: {what} at {call} {number}"
        if "INJECTED" not in trace and "killed by" not in trace:
            return False
        if what.startswith("signal"):
            place.judge(name)
        elif any(f'"outcome": "{done}"'.encode() in result.stdout for done in ("loaded", "undone", "resumed", "checked")):
            # A fault that it survived, such as one in a file that is not its own.
            place.judge(name, only=[scenario.after])
        else:
            expect(result.returncode == 5, f"{name}: ended with {result.returncode}: {result.stderr.decode()}")
            place.judge(name)
        return True


def until_success(scenarios, calls, what):
    """The fault at use 1, 2, … of each call, or at each of the part of them that is taken, until it comes too late."""
    return sum(
        # Of all but a load less is run where a part is: they go through the same files.
        until_too_late(lambda n: broken_once(scenario, call, what, n), PARTS_OF_LOOPS * (3 if scenario.name in ("undo", "retry", "resume") else 1))
        for scenario, call in itertools.product(scenarios, calls))


def until_too_late(once, wanted=PARTS_OF_LOOPS):
    """Does `once` with 1, 2, …, of which a run takes a part, until it says that the number comes too late: two at a time."""
    count, (step, first) = 0, parts(wanted)
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        for start in itertools.count(1 + first, 8 * step):
            done = list(pool.map(once, range(start, start + 8 * step, step)))
            count += sum(done)
            if not all(done):
                return count


def kills(scenarios):
    return until_success(scenarios, CALLS, "signal=SIGKILL")


def migrations(_):
    """A migration killed at every call: the file is of the format before or of the next, and going on brings it there."""
    kept = sorted(pathlib.Path("Tests/Fixtures/warehouses").glob("format-*.warehouse"))[-1]
    folder = WORK / "migrate"
    folder.mkdir()

    def rehearse(path, backup, wrap=()):
        return run([*wrap, DEV, "rehearse", path, "-o", backup])

    shutil.copy(kept, folder / "whole.db")
    whole = rehearse(folder / "whole.db", folder / "whole.bak")
    expect(whole.returncode == 0, f"a migration: {whole.stderr.decode()}")
    wanted = whole.stdout.split()[-1]

    def once(call, what, number):
        name = f"{call}-{what.split('=')[1]}-{number}"
        path = folder / f"{name}.db"
        shutil.copy(kept, path)
        log = folder / f"{name}.log"
        rehearse(path, folder / f"{name}.1", inject(call, what, number, log))
        if not any(mark in log.read_text(errors="replace") for mark in ("INJECTED", "killed by")):
            return False
        again = rehearse(path, folder / f"{name}.2")
        expect(again.returncode == 0 and again.stdout.split()[-1] == wanted, f"migrate: {name}: {again.stdout.decode()} {again.stderr.decode()}")
        for left in folder.glob(name + ".*"):
            left.unlink()
        return True

    return sum(until_too_late(lambda n: once(call, what, n)) for what, call in itertools.product(["signal=SIGKILL", "error=ENOSPC"], STORAGE))


def packages(_):
    """An export that ends at every call, killed or on a full disk: no package is there or a whole one, and the next export finds out which; nothing
    of it is left beside its place."""
    made = load(WORK / "packages.db", WORK / "a.csv")
    expect(made.returncode in (0, 1), f"a load for packages: {made.stderr.decode()}")

    def export(folder, name, wrap=()):
        return run([*wrap, YAOSU, "export", "--warehouse", folder / "w.db", "--profile", "public-notice",
                    "-o", folder / name])

    def once(call, what, form, number):
        folder = WORK / f"package-{call}-{what.split('=')[1]}-{form.strip('.')}-{number}"
        folder.mkdir()
        shutil.copy(WORK / "packages.db", folder / "w.db")
        log = WORK / f"{folder.name}.log"
        export(folder, "package" + form, inject(call, what, number, log))
        trace = log.read_text(errors="replace")
        log.unlink()
        came = "INJECTED" in trace or "killed by" in trace
        result = export(folder, "second" + form)
        expect(result.returncode in (0, 1), f"{folder.name}: the next export ended with {result.returncode}: {result.stderr.decode()}")
        place = folder / ("package" + form)
        listed = json.loads(run([YAOSU, "package", "list", "--warehouse", folder / "w.db", "--json"]).stdout)["packages"]
        first = [package for package in listed if package["place"] == str(place)]
        if place.exists():
            verified = run([YAOSU, "package", "verify", place])
            expect(verified.returncode == 0, f"{folder.name}: a package that is not whole: {verified.stdout.decode()}")
            expect([package["state"] for package in first] == ["sent"], f"{folder.name}: a package that is there is {first}")
        else:
            expect(all(package["state"] == "lost" for package in first), f"{folder.name}: a package that is not there is {first}")
        left = [path.name for path in folder.iterdir() if path.name.startswith("package") and path != place]
        expect(not left, f"{folder.name}: {left} is left")
        digest(folder / "w.db")
        shutil.rmtree(folder)
        return came

    # A folder that may not be written to: refused, and nothing is left.
    locked = pathlib.Path(f"/tmp/{WORK.name}-packages")
    (locked / "out").mkdir(parents=True)
    try:
        shutil.copy(YAOSU, locked / "yaosu")
        shutil.copy(WORK / "packages.db", locked / "w.db")
        subprocess.run(["chown", "-R", "nobody", locked], check=True)
        (locked / "out").chmod(0o555)
        for form in ["", ".zip"]:
            result = run(["setpriv", "--reuid=nobody", "--clear-groups", locked / "yaosu", "export", "--warehouse", locked / "w.db",
                          "--profile", "public-notice", "-o", locked / "out" / f"package{form}"], env={**ENVIRONMENT, "HOME": "/"})
            expect(result.returncode == 5, f"a package into a locked folder ended with {result.returncode}: {result.stderr.decode()}")
            expect(not list((locked / "out").iterdir()), "something is left in a locked folder")
    finally:
        (locked / "out").chmod(0o755)
        shutil.rmtree(locked)
    return sum(
        until_too_late(lambda n, call=call, what=what, form=form: once(call, what, form, n))
        for what, call, form in itertools.product(["signal=SIGKILL", "error=ENOSPC"], CALLS, ["", ".zip"]))


def linkages(_):
    """Answers that are taken, and a run that is taken back, broken off at every call, and as power goes: people are as before or as after, numbers included, and the same
    command once more comes to the same."""
    place = WORK / "linkage"
    place.mkdir()
    roster, base, joined, answers = (place / name for name in ("people.csv", "people.db", "joined.db", "answers.csv"))
    made = run([DEV, "generate", "--linkage", "--rows", 1500, "--seed", 6, "-o", roster])
    expect(made.returncode == 0, made.stderr.decode())
    expect(load(base, roster).returncode in (0, 1), "a load for linkage failed")

    def dedupe(verb, warehouse, *words, wrap=()):
        return run([*wrap, YAOSU, "dedupe", verb, *words, "--warehouse", warehouse, "--as-of", "2026-01-01"])

    def state(warehouse):
        # A reader rolls back what was broken off.
        verified = run([YAOSU, "verify", "--warehouse", warehouse])
        expect(verified.returncode == 0, f"{warehouse}: {verified.stderr.decode()}")
        people = sqlite3.connect(f"file:{warehouse}?mode=ro", uri=True)
        rows = [people.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall() for table in ("entity", "entity_member", "entity_change", "entity_end")]
        said = people.execute("SELECT left_row, right_row, answer, superseded_by IS NULL FROM linkage_decision ORDER BY id").fetchall()
        runs = people.execute("SELECT id, taken_back_by IS NULL FROM linkage_run").fetchall()
        people.close()
        return hash(str((rows, said, runs)))

    expect(dedupe("find", base, "--apply").returncode == 0, "people were not found")
    expect(dedupe("review", base, "-o", answers).returncode == 0, "questions were not handed out")
    head, *lines = answers.read_text("utf-8-sig").splitlines()
    rows = [line.split(",", 2) for line in lines]
    rows = [[row[0], "不是同一人" if int(row[0]) % 3 else "同一人", row[2]] for row in rows]
    answers.write_text("\n".join([head, *(",".join(row) for row in rows), ""]), "utf-8")
    shutil.copy(base, joined)
    expect(dedupe("apply", joined, answers, "--partial").returncode in (0, 1), "answers were not taken")
    run_number = sqlite3.connect(joined).execute("SELECT max(id) FROM linkage_run").fetchone()[0]
    scenarios = [
        ("apply", base, ("apply", answers, "--partial"), None), ("unmerge", joined, ("unmerge", "--run", run_number), 2)]

    def once(scenario, call, what, number):
        name, start, (verb, *words), twice = scenario
        folder = place / f"{name}-{call}-{what.split('=')[1]}-{number}"
        folder.mkdir()
        warehouse, log = folder / "w.db", folder / "trace"
        shutil.copy(start, warehouse)
        dedupe(verb, warehouse, *words, wrap=inject(call, what, number, log))
        trace = log.read_text(errors="replace")
        came = "INJECTED" in trace or "killed by" in trace
        found = state(warehouse)
        expect(found in ends[name], f"{folder.name}: people are neither as before nor as after")
        again = dedupe(verb, warehouse, *words)
        allowed = (0, 1) if twice is None or found == ends[name][0] else (twice,)
        expect(again.returncode in allowed, f"{folder.name}: once more ended with {again.returncode}: {again.stderr.decode()}")
        if name == "unmerge":
            expect(state(warehouse) == ends[name][1], f"{folder.name}: once more came to something else")
        shutil.rmtree(folder)
        return came

    ends = {}
    for name, start, (verb, *words), _twice in scenarios:
        copy = place / f"whole-{name}.db"
        shutil.copy(start, copy)
        before = state(copy)
        expect(dedupe(verb, copy, *words).returncode in (0, 1), f"{name} failed")
        ends[name] = (before, state(copy))
        expect(ends[name][0] != ends[name][1], f"{name} changes nothing")
    class Power(Scenario):
        """Answers that are taken, or a run that is taken back, as power goes."""

        def __init__(self, name, start, words, twice):
            self.name, self.base, self.words, self.twice = name, start, words, twice
            self.before, self.after = ends[name]

        def state(self, warehouse):
            return state(warehouse)

        def act(self, warehouse, wrap=(), **_):
            return dedupe(self.words[0], warehouse, *self.words[1:], wrap=wrap)

        def act_again(self, warehouse, found):
            again = self.act(warehouse).returncode
            if found == self.after:
                expect(again in ((0, 1) if self.twice is None else (self.twice,)), f"{self.name} once more ended with {again}")
                return found
            return state(warehouse)

    lost = sum(power_loss.check(Power(*scenario), 200 // parts(5)[0], LOOPS) for scenario in scenarios)
    return lost + sum(
        until_too_late(lambda n: once(scenario, call, what, n), PARTS_OF_LOOPS * 3)
        for scenario, what, call in itertools.product(scenarios, ["signal=SIGKILL", "error=ENOSPC"], STORAGE))


def nights(_):
    """A night that ends at every call, killed or on a full disk: the next one takes what lies there, loads nothing twice, and comes to the same
    records and lives of findings."""

    def place(folder):
        (folder / "inbox/office").mkdir(parents=True)
        shutil.copy(WORK / "days.db", folder / "w.db")
        shutil.copy(WORK / "a.csv", folder / "inbox/office/a.csv")
        # What came a minute ago is settled.
        os.utime(folder / "inbox/office/a.csv", (time.time() - 60,) * 2)
        (folder / "yaosu.yaml").write_text("warehouse: w.db\n", "utf-8")

    def night(folder, wrap=()):
        return run(
            [*wrap, YAOSU, "nightly", "--config", folder / "yaosu.yaml", "--warehouse", folder / "w.db"], cwd=folder,
            env={**ENVIRONMENT, "YAOSU_AS_OF": "2026-01-02"})

    def state(folder):
        found = digest(folder / "w.db")
        database = sqlite3.connect(f"file:{folder}/w.db?mode=ro", uri=True)
        lives = database.execute("SELECT hex(fingerprint), first, last, cause, end_cause FROM finding_life").fetchall()
        loads = database.execute("SELECT count(*) FROM batch WHERE kind = 'load' AND state = 'loaded'").fetchall()
        days = database.execute("SELECT day FROM quality_day ORDER BY 1").fetchall()
        database.close()
        # A load that changes nothing is known by its request and makes no batch, or an empty one.
        left = sorted(path.name for path in (folder / "inbox/office").glob("*.csv"))
        done = len(list((folder / "inbox/office/done").rglob("a.csv")))
        answers = len(list((folder / "outbox/office").glob("*.txt")))
        expect(answers >= 1 or not done, "a delivery was put away without an answer")
        report = (folder / "reports/2026-01-02/report.html").exists()
        return found, hash(tuple(lives)), loads, days, left, done, report

    whole = WORK / "night"
    whole.mkdir()
    place(whole)
    result = night(whole)
    expect(result.returncode in (0, 1), f"a night: {result.returncode} {result.stderr.decode()}")
    wanted = state(whole)
    expect(wanted[5] == 1 and not wanted[4] and wanted[6], f"a night left {wanted}")

    def once(call, what, number):
        name = f"night-{call}-{what.split('=')[1]}-{number}"
        folder = WORK / name
        folder.mkdir()
        place(folder)
        log = WORK / f"{name}.log"
        night(folder, inject(call, what, number, log))
        trace = log.read_text(errors="replace")
        log.unlink()
        came = "INJECTED" in trace or "killed by" in trace
        if came:
            again = night(folder)
            expect(again.returncode in (0, 1), f"{name}: the next night ended with {again.returncode}: {again.stderr.decode()}")
            found = state(folder)
            expect(found == wanted, f"{name}: the next night came to {found}, not {wanted}")
        shutil.rmtree(folder)
        return came

    # Only a part is run where a part is: most of it are loads and records, which have loops of their own.
    return sum(
        until_too_late(lambda n: once(call, what, n), PARTS_OF_LOOPS * 3)
        for what, call in [("signal=SIGKILL", call) for call in CALLS] + [("error=ENOSPC", "pwrite64"), ("error=ENOSPC", "write")])


def full(scenarios):
    return until_success(scenarios, STORAGE, "error=ENOSPC")


def faulty(scenarios):
    return until_success(scenarios, STORAGE, "error=EIO")


def power(scenarios):
    return sum(power_loss.check(s, 260 // parts(5)[0], LOOPS) for s in scenarios)


def flips(scenarios):
    return bit_flips.check(scenarios[2], 300 // parts(4)[0], LOOPS)


def signals(scenarios):
    dice, count = random.Random(f"20260101{LOOPS}"), 50 // parts(3)[0]
    for number in range(count):
        scenario = scenarios[number % 2]
        with Place(scenario) as place:
            wanted = dice.choice([signal.SIGINT, signal.SIGTERM])
            process = subprocess.Popen(
                [YAOSU, "load", scenario.roster, "--warehouse", place.warehouse], env=ENVIRONMENT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            time.sleep(dice.uniform(0.02, 0.2))
            process.send_signal(wanted)
            code = process.wait()
            # Before the program listens the signal ends it as any other.
            expect(code in (0, 1, 128 + wanted, -wanted), f"signal {wanted}: ended with {code}")
            place.judge(f"signal {wanted}", only=None if code in (0, 1) else [scenario.before])
    return count


def doubles(scenarios):
    count = 50 // parts(3)[0]
    for number in range(count):
        scenario = scenarios[number % 2]
        with Place(scenario) as place:
            both = [subprocess.Popen(
                [YAOSU, "load", scenario.roster, "--warehouse", place.warehouse], env=ENVIRONMENT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) for _ in range(2)]
            codes = sorted(process.wait() for process in both)
            expect(codes[0] in (0, 1) and codes[1] in (0, 1, 5), f"two loads at once ended with {codes}")
            place.judge("two loads at once", only=[scenario.after])
    return count


def small_disk(scenarios):
    folder = WORK / "small"
    folder.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", folder], check=True)
    try:
        with Place(scenarios[1], folder) as place:
            free = os.statvfs(folder)
            (place.folder / "filler").write_bytes(bytes(free.f_bavail * free.f_frsize - (300 << 10)))
            result = load(place.warehouse, scenarios[1].roster)
            expect(result.returncode == 5 and b"full" in result.stderr, f"a full disk: {result.returncode} {result.stderr.decode()}")
            expect(digest(place.warehouse) == scenarios[1].before, "a full disk changed the warehouse")
    finally:
        subprocess.run(["umount", folder], check=True)
    return 1


def file_limit(scenarios):
    for scenario in scenarios[:2]:
        with Place(scenario) as place:
            limit = (100 << 10) + (scenario.base.stat().st_size if scenario.base else 0)
            result = load(place.warehouse, scenario.roster, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)))
            expect(result.returncode == 5, f"a file limit: ended with {result.returncode}")
            place.judge("a file limit", only=[scenario.before])
    return 2


def inputs(scenarios):
    """Inputs that are no plain file, or do not stay as they are."""
    roster = scenarios[0].roster
    counts = json.loads(run([YAOSU, "check", roster, "--json"]).stdout)["counts"]
    fifo = WORK / "fifo"
    os.mkfifo(fifo)
    feeder = threading.Thread(target=lambda: shutil.copyfileobj(open(roster, "rb"), open(fifo, "wb")))
    feeder.start()
    expect(json.loads(run([YAOSU, "check", fifo, "--json"]).stdout)["counts"] == counts, "a FIFO reads otherwise")
    feeder.join()
    for device, limit in (("/dev/zero", 20), ("/dev/null", 5)):
        expect(run([YAOSU, "check", device], timeout=limit).returncode == 3, f"{device} was not refused")
    lonely = WORK / "lonely.csv"
    os.mkfifo(lonely)
    for number in (signal.SIGTERM, signal.SIGINT):
        process = subprocess.Popen([YAOSU, "check", lonely, "--json"], env=ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        time.sleep(0.5)
        process.send_signal(number)
        told = json.loads(process.communicate(timeout=5)[0])["exitCode"]
        expect(told == process.returncode == 128 + number, f"a pipe without a writer, signal {number}: ended with {process.returncode}, told {told}")
    folder = WORK / "mixed"
    folder.mkdir()
    os.mkfifo(folder / "a.csv")
    shutil.copy(roster, folder / "b.csv")
    expect(json.loads(run([YAOSU, "check", folder, "--json"], timeout=20).stdout)["counts"] == counts, "a folder with a pipe reads otherwise")
    with Place(scenarios[1]) as place:
        changed(roster, ["load", "@", "--warehouse", place.warehouse], lambda file: file.write(b"x\n"))
        expect(digest(place.warehouse) == scenarios[1].before, "a changing input was loaded")
    out = WORK / "changed.csv"
    changed(roster, ["parse", "@", "-o", out], lambda file: file.truncate(file.tell() // 2))
    expect(not out.exists(), "a changing input was written")
    # Whoever sets the time of the change back is seen too.
    changed(roster, ["check", "@"], lambda file: (file.seek(0), file.write(b"\n")), keeps_time=True)
    return 10


def changed(roster, command, change, keeps_time=False):
    """Runs a command whose input (`@`) changes while it is read: it must end with 3."""
    path = WORK / "changing.csv"
    shutil.copy(roster, path)
    times = os.stat(path)
    process = subprocess.Popen(
        ["strace", "-f", "-e", "trace=pread64", "-P", path, "-e", "inject=pread64:delay_enter=300000", "-o", "/dev/null", YAOSU, *[path if part == "@" else part for part in command]],
        env=ENVIRONMENT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    time.sleep(1.2)
    with open(path, "r+b") as file:
        file.seek(0, os.SEEK_END)
        change(file)
    if keeps_time:
        os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
    told = process.communicate()[1]
    expect(process.returncode == 3, f"{command[0]} of a changing input: ended with {process.returncode}: {told.decode()}")


def surroundings(scenarios):
    """Closed streams, few files, no HOME, hostile names, no network, other zones and languages."""
    scenario = scenarios[1]
    program = f'"$0" load "$1" --warehouse "$2"'
    for shell in (f"{program} <&- >&- 2>&-", f"ulimit -n 32; {program}", f"ulimit -s 1024; {program}", f"ulimit -v 614400; {program}", f"export TMPDIR=/nowhere; {program}", f"unset HOME TMPDIR; {program}"):
        with Place(scenario) as place:
            code = run(["bash", "-c", shell, YAOSU, scenario.roster, place.warehouse]).returncode
            expect(code in (0, 1), f"{shell}: ended with {code}")
            expect(digest(place.warehouse) == scenario.after, f"{shell}: another digest")
    for name in ("n" * 251 + ".csv", "mixed/../plain.csv"):
        (WORK / "mixed").mkdir(exist_ok=True)
        shutil.copy(scenario.roster, WORK / name)
        expect(run([YAOSU, "check", "-q", name], cwd=WORK).returncode in (0, 1), f"a file called {name}")
    hostile = WORK / "-rf\n;$(id)\x1b[31m.csv"
    shutil.copy(scenario.roster, hostile)
    result = run([YAOSU, "check", "-q", "--", hostile.name], cwd=WORK)
    expect(result.returncode in (0, 1) and b"\x1b" not in result.stdout + result.stderr, "a hostile file name")
    raw = os.fsencode(WORK) + b"/\xff\xfe.csv"
    shutil.copy(scenario.roster, raw)
    # Names that are not UTF-8 cannot be given as arguments: they are refused by name, and read from standard input.
    expect(subprocess.run([YAOSU, b"check", b"-q", raw], env=ENVIRONMENT, capture_output=True).returncode == 3, "a name outside UTF-8")
    with open(raw, "rb") as file:
        expect(run([YAOSU, "check", "-q", "-"], stdin=file).returncode in (0, 1), "standard input from a name outside UTF-8")
    with Place(scenario) as place:
        log = place.folder / "trace"
        load(place.warehouse, scenario.roster, wrap=["strace", "-f", "-e", "trace=network", "-o", log])
        expect("AF_INET" not in log.read_text(), "a network connection was opened")
    outputs = set()
    for zone, locale, jobs in (("Asia/Shanghai", "zh_CN.UTF-8", 1), ("America/Anchorage", "C", 2), ("UTC", "tr_TR.UTF-8", 2)):
        environment = {**ENVIRONMENT, "TZ": zone, "LC_ALL": locale, "LANG": locale}
        outputs.add(run([YAOSU, "check", scenario.roster, "--json", "--jobs", jobs], env=environment).stdout)
        with Place(scenario) as place:
            load(place.warehouse, scenario.roster, wrap=["env", f"TZ={zone}", f"LC_ALL={locale}", f"YAOSU_JOBS={jobs}"])
            expect(digest(place.warehouse) == scenario.after, f"another digest in {zone}")
    expect(len(outputs) == 1, "zones, locales or jobs change the output")
    return 16


def pieces(_):
    """Any size of a buffer and any number of threads give the same output, byte for byte, in every format (T45)."""
    roster, count = WORK / "pieces.csv", 0
    # Values that are wrong, and rows as wide as they should be: every format can hold them.
    lines = (WORK / "a.csv").read_text("utf-8").splitlines(keepends=True)
    roster.write_text("".join(line for line in lines if line.count(",") == lines[0].count(",") and line.count('"') % 2 == 0), "utf-8")
    contents = {"csv": roster.read_bytes(), "csv.gz": gzip.compress(roster.read_bytes())}
    for format in ("json", "ndjson", "xml", "xlsx"):
        made = WORK / f"pieces.{format}"
        expect(run([YAOSU, "parse", roster, "-o", made]).returncode == 0, f"{format} cannot be written")
        contents[format] = made.read_bytes()
    made = WORK / "pieces-gb.csv"
    run([YAOSU, "parse", roster, "-o", made, "--output-encoding", "gb18030"])
    contents["GB 18030"] = made.read_bytes()
    for format, content in contents.items():
        for command in (["check", "-", "--json"], ["parse", "-", "--json-lines"], ["parse", "-", "--to", "csv", "-o", "-"]):
            outputs = set()
            for size, jobs in ((1, 1), (13, 2), (4096, 1), (1 << 20, 2)):
                process = subprocess.Popen(["prlimit", f"--as={1 << 30}", YAOSU, *command], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env={**ENVIRONMENT, "YAOSU_JOBS": str(jobs)})
                threading.Thread(target=feed, args=(process.stdin, content, size)).start()
                outputs.add(process.stdout.read())
                expect(process.wait(timeout=120) in (0, 1), f"{format} in pieces of {size}: {command} ended with {process.returncode}")
            expect(len(outputs) == 1 and len(outputs.pop()) > 1000, f"{format}: pieces change what {command} says")
            count += 4
    return count


def feed(stream, content, size):
    """Writes into a pipe so many bytes at a time, unbuffered."""
    for start in range(0, len(content), size):
        os.write(stream.fileno(), content[start:start + size])
    stream.close()


def readers(scenarios):
    """A reader waits for a writer, recovers what an interrupted load left, and reads a copy where it may not write."""
    scenario = scenarios[1]
    with Place(scenario) as place:
        writer = sqlite3.connect(place.warehouse, isolation_level=None, check_same_thread=False)
        writer.execute("BEGIN EXCLUSIVE")
        start = time.monotonic()
        expect(run([YAOSU, "verify", "--warehouse", place.warehouse, "--wait", 1]).returncode == 5, "a reader did not give up")
        expect(time.monotonic() - start >= 1, "a reader did not wait")
        timer = threading.Timer(1, lambda: writer.execute("ROLLBACK"))
        timer.start()
        expect(run([YAOSU, "verify", "--warehouse", place.warehouse, "--wait", 30]).returncode == 0, "a reader did not wait for the writer")
        timer.join()
        writer.close()
    with Place(scenario) as place:
        # Killed when the pages of the table are being written: the journal is hot.
        log = place.folder / "trace"
        calls = run(["strace", "-f", "-c", "-e", "trace=pwrite64", "-o", log, YAOSU, "load", scenario.roster, "--dry-run", "--warehouse", place.warehouse])
        expect(calls.returncode in (0, 1), "the dry run failed")
        full_run = place.folder / "x.db"
        shutil.copy(scenario.base, full_run)
        load(full_run, scenario.roster, wrap=["strace", "-f", "-e", "trace=pwrite64", "-o", log])
        number = log.read_text().count("pwrite64") - 5
        load(place.warehouse, scenario.roster, wrap=inject("pwrite64", "signal=SIGKILL", number, log))
        expect(pathlib.Path(f"{place.warehouse}-journal").exists(), "the journal is not hot")
        locked = pathlib.Path(f"/tmp/{WORK.name}")
        shutil.copytree(place.folder, locked)
        try:
            program = locked / "yaosu"
            shutil.copy(YAOSU, program)
            subprocess.run(["chown", "-R", "nobody", locked], check=True)
            locked.chmod(0o555)
            nobody = ["setpriv", "--reuid=nobody", "--clear-groups"]
            result = run([*nobody, program, "verify", "--warehouse", locked / "w.db"], env={**ENVIRONMENT, "HOME": "/"})
            expect(result.returncode == 0 and b"private copy" in result.stderr, f"no private copy: {result.returncode} {result.stderr.decode()}")
        finally:
            locked.chmod(0o755)
            shutil.rmtree(locked)
        expect(run([YAOSU, "doctor", "--warehouse", place.warehouse]).returncode == 1, "the doctor saw no interrupted load")
        place.judge("a hot journal", only=[scenario.before])
        copy = place.folder / "copy.db"
        expect(run([YAOSU, "backup", place.warehouse, "-o", copy]).returncode == 0 and digest(copy) == scenario.after, "the backup differs")
    return 4


PARTS = {
    "kill": kills, "migrate": migrations, "nights": nights, "packages": packages, "linkage": linkages, "full": full, "faulty": faulty, "power": power, "flips": flips, "signals": signals, "doubles": doubles,
    "disk": small_disk, "limit": file_limit, "inputs": inputs, "surroundings": surroundings, "pieces": pieces, "readers": readers,
    "threats": threats.threats,
}


def main():
    scenarios = prepare()
    for name in sys.argv[1:] or PARTS:
        start = time.monotonic()
        count = PARTS[name](scenarios)
        print(f"{name}: {count} faults survived in {time.monotonic() - start:.0f} s", flush=True)


try:
    main()
except Fault as fault:
    sys.exit(f"broken: {fault}")
finally:
    shutil.rmtree(WORK, ignore_errors=True)
