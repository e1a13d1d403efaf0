"""What the fault checks share: the program, its inputs, and how a warehouse is judged."""
import json
import os
import pathlib
import re
import shutil
import sqlite3
import subprocess
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
YAOSU, DEV = ROOT / ".build/release/yaosu", ROOT / ".build/release/yaosu-dev"
WORK = pathlib.Path(tempfile.mkdtemp(prefix="yaosu-faults.", dir="/dev/shm"))
# A fixed day and language: nothing that is compared may depend on when or where this runs.
ENVIRONMENT = {"PATH": os.environ["PATH"], "YAOSU_LANG": "en", "YAOSU_AS_OF": "2026-01-01", "HOME": str(WORK)}


# Of loops that are too long for every run a part is taken, chosen by a number such as one taken from a commit; `all` takes all.
LOOPS = os.environ.get("YAOSU_LOOPS", "")


def parts(wanted):
    """Into how many parts a loop is cut that is wanted in so many, and which of them is taken."""
    return (1, 0) if LOOPS == "all" else (wanted, int(LOOPS or "0", 16) % wanted)


class Fault(Exception):
    """A promise that was broken."""


def expect(condition, what):
    if not condition:
        raise Fault(what)


def run(arguments, **options):
    options.setdefault("env", ENVIRONMENT)
    options.setdefault("timeout", 120)
    # No input and no surroundings make it take more.
    if arguments[0] == YAOSU:
        arguments = ["prlimit", f"--as={1 << 30}", *arguments]
    return subprocess.run([str(a) for a in arguments], capture_output=True, **options)


def load(warehouse, roster, wrap=(), *flags, **options):
    return run([*wrap, YAOSU, "load", roster, *flags, "--warehouse", warehouse, "--json"], **options)


def digest(warehouse):
    """The digest of a sound warehouse; None where there is none yet. Everything else is a broken promise."""
    if not warehouse.exists() or warehouse.stat().st_size == 0 and not pathlib.Path(f"{warehouse}-journal").exists():
        return None
    result = run([YAOSU, "verify", "--warehouse", warehouse, "--json"])
    if result.returncode == 5 and (b"holds nothing yet" in result.stderr or warehouse.stat().st_size == 0):
        return None
    expect(result.returncode == 0, f"verify ended with {result.returncode}: {result.stdout.decode()} {result.stderr.decode()}")
    found = json.loads(result.stdout)
    return found["digest"] if found["batches"] else None


class Scenario:
    """A load of 2,000 rows into a new or an existing warehouse, with its digests before and after."""

    def __init__(self, name, base, roster="a.csv"):
        self.name, self.base = name, base
        self.roster = WORK / roster
        with Place(self) as place:
            self.before = self.state(place.warehouse)
            result = self.act(place.warehouse)
            expect(result.returncode in (0, 1), f"the undisturbed {name} ended with {result.returncode}: {result.stderr.decode()}")
            self.after = self.state(place.warehouse)
        expect(self.before != self.after, "it changes nothing")

    def state(self, warehouse):
        """What tells one state from another: the digest of a sound warehouse."""
        return digest(warehouse)

    def act(self, warehouse, wrap=(), **options):
        """What is disturbed."""
        return load(warehouse, self.roster, wrap, **options)

    def act_again(self, warehouse, state):
        """The same once more, from a state before or after; it must come to the digest afterwards."""
        result = self.act(warehouse)
        expect(result.returncode in (0, 1), f"the re-run ended with {result.returncode}: {result.stderr.decode()}")
        return json.loads(result.stdout)["digest"]


class Undo(Scenario):
    """A load of 2,000 rows that is taken back from a warehouse in which it changed half of the rows."""

    def act(self, warehouse, wrap=(), **options):
        return run([*wrap, YAOSU, "undo", 2, "--warehouse", warehouse, "--json"], **options)

    def act_again(self, warehouse, state):
        result = self.act(warehouse)
        # What was taken back is not taken back again.
        expect(result.returncode == (4 if state == self.after else 0), f"the re-run ended with {result.returncode}: {result.stderr.decode()}")
        return digest(warehouse)


class Retry(Scenario):
    """Rows that wait, of which some come back mended; afterwards as many wait as before, or none."""

    def __init__(self, name, base):
        listed = json.loads(run([YAOSU, "quarantine", "list", "--warehouse", base, "--json"]).stdout)["rows"]
        made = run([DEV, "generate", "--dataset", "registeredResident", "--rows", len(listed), "--seed", 11, "-o", WORK / "mended.csv"])
        expect(made.returncode == 0 and len(listed) > 20, made.stderr.decode())
        head, *rows = (WORK / "mended.csv").read_text("utf-8").splitlines()
        self.mended = WORK / "retry.csv"
        named = [f"{row['name']},{text}" for row, text in zip(listed, rows)]
        self.mended.write_text("\n".join(["Waiting row," + head, *named, ""]), "utf-8")
        super().__init__(name, base)
        with Place(self) as place:
            self.act(place.warehouse)
            self.counts = {self.before: len(listed), self.after: self.waiting(place.warehouse)}
        expect(self.counts[self.after] < len(listed) / 2, f"{self.counts} rows wait")

    def act(self, warehouse, wrap=(), **options):
        return run([*wrap, YAOSU, "quarantine", "retry", self.mended, "--warehouse", warehouse, "--json"], **options)

    def act_again(self, warehouse, state):
        expect(self.waiting(warehouse) == self.counts[state], f"{self.waiting(warehouse)} rows wait")
        result = self.act(warehouse)
        # Rows that do not wait any more are not taken back again.
        expect(result.returncode in ((4,) if state == self.after else (0, 1)), f"the re-run ended with {result.returncode}: {result.stderr.decode()}")
        return digest(warehouse)

    def waiting(self, warehouse):
        return json.loads(run([YAOSU, "quarantine", "list", "--warehouse", warehouse, "--json"]).stdout)["counts"]["rows"]


class Resume(Scenario):
    """A held load that goes on; its files are kept until it has, and not afterwards."""

    def act(self, warehouse, wrap=(), **options):
        return run([*wrap, YAOSU, "load", "--resume", 2, "--reason", "example", "--warehouse", warehouse, "--json"], **options)

    def act_again(self, warehouse, state):
        kept = pathlib.Path(f"{warehouse}.held/2/1-a.csv").exists()
        expect(kept or state == self.after, "the files of a load that did not go on are gone")
        result = self.act(warehouse)
        expect(result.returncode in ((4,) if state == self.after else (0, 1)), f"the re-run ended with {result.returncode}: {result.stderr.decode()}")
        return digest(warehouse)


class Replace(Scenario):
    """A roster of 2,000 other people that is the whole of all there is: those that stood before are closed, or none is."""

    def __init__(self, name, base):
        self.limits = WORK / "replace.yaml"
        self.limits.write_text("limits: {all: {maxRemoved: 100%}}\n", "utf-8")
        # Where a row waits of which nobody can say whom it lists, nothing is closed.
        made = run([DEV, "generate", "--dataset", "registeredResident", "--rows", 2000, "--seed", 12, "-o", WORK / "whole.csv"])
        expect(made.returncode == 0, made.stderr.decode())
        super().__init__(name, base, "whole.csv")
        with Place(self) as place:
            self.act(place.warehouse)
            self.closed = {self.before: 0, self.after: self.count(place.warehouse)}
        expect(self.closed[self.after] > 1000, f"{self.closed} rows are closed")

    def act(self, warehouse, wrap=(), **options):
        return load(warehouse, self.roster, wrap, "--mode", "replace", "--scope", "all", "--config", self.limits, **options)

    def act_again(self, warehouse, state):
        expect(self.count(warehouse) == self.closed[state], f"{self.count(warehouse)} rows are closed")
        found = super().act_again(warehouse, state)
        expect(self.count(warehouse) == self.closed[self.after], f"{self.count(warehouse)} rows are closed after the re-run")
        return found

    def count(self, warehouse):
        batches = json.loads(run([YAOSU, "batch", "list", "--warehouse", warehouse, "--json"]).stdout)["batches"]
        return sum(batch["closed"] - batch["opened"] for batch in batches)


class Regrid(Scenario):
    """The records of some grids, which go to others by a table."""

    def __init__(self, name, base):
        roster = (WORK / "b.csv").read_text("utf-8", "surrogateescape")
        codes = sorted(set(re.findall(r"01000032\d{12}", roster)))
        self.table = WORK / "map.csv"
        expect(len(codes) > 4, f"{len(codes)} grids")
        self.table.write_text("old,new\n" + "".join(f"{old},{codes[-1]}\n" for old in codes[:-1]), "utf-8")
        super().__init__(name, base)

    def act(self, warehouse, wrap=(), **options):
        return run([*wrap, YAOSU, "regrid", self.table, "--effective", "2026-01-01", "--warehouse", warehouse, "--json"], **options)

    def act_again(self, warehouse, state):
        result = self.act(warehouse)
        # Where all have moved there is nothing to move.
        expect(result.returncode == (2 if state == self.after else 0), f"the re-run ended with {result.returncode}: {result.stderr.decode()}")
        return digest(warehouse)


class Record(Scenario):
    """A day that is recorded behind a load: findings begin and end with it, or none does."""

    def state(self, warehouse):
        found = digest(warehouse)
        if found is None:
            return None
        lives = sqlite3.connect(f"file:{warehouse}?mode=ro", uri=True)
        rows = lives.execute("SELECT hex(fingerprint), first, last, cause, end_cause FROM finding_life").fetchall()
        days = lives.execute("SELECT day, metric_hash FROM quality_day").fetchall()
        lives.close()
        return f"{found} {hash((tuple(rows), tuple(days)))}"

    def act(self, warehouse, wrap=(), **options):
        return run([*wrap, YAOSU, "check", "--stored", "--record", "--as-of", "2026-01-02", "--warehouse", warehouse, "--json"], **options)

    def act_again(self, warehouse, state):
        result = self.act(warehouse)
        expect(result.returncode in (0, 1), f"the re-run ended with {result.returncode}: {result.stderr.decode()}")
        return self.state(warehouse)


class Place:
    """A folder of its own with the warehouse as it was before the load."""

    def __init__(self, scenario, folder=None):
        self.scenario = scenario
        self.folder = pathlib.Path(tempfile.mkdtemp(dir=folder or WORK))
        self.warehouse = self.folder / "w.db"
        if scenario.base:
            shutil.copy(scenario.base, self.warehouse)
            self.keep_held()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        shutil.rmtree(self.folder, ignore_errors=True)

    def keep_held(self):
        """Puts the files of held loads beside the warehouse, where it begins with some."""
        if pathlib.Path(f"{self.scenario.base}.held").exists():
            shutil.copytree(f"{self.scenario.base}.held", f"{self.warehouse}.held")

    def judge(self, what, only=None):
        """The state is before or after, or the `only` one that is possible, and a re-run comes to the same digest."""
        state = self.scenario.state(self.warehouse)
        allowed = (self.scenario.before, self.scenario.after) if only is None else (only[0],)
        expect(state in allowed, f"{what}: the state is neither before nor after ({state})")
        try:
            found = self.scenario.act_again(self.warehouse, state)
        except Fault as fault:
            raise Fault(f"{what}: {fault}") from None
        expect(found == self.scenario.after, f"{what}: the re-run came to another digest")
        return state


def prepare():
    """Two rosters, an existing warehouse, and the scenarios: two loads, one that is taken back, rows that waited, a held load that goes on,
    a roster that replaces another, records that go to other grids, and a day that is recorded."""
    for name, seed in (("a", 7), ("b", 8)):
        made = run([DEV, "generate", "--dataset", "registeredResident", "--rows", 2000, "--seed", seed, "--dirty", "2%",
                    "--duplicates", "1%", "-o", WORK / f"{name}.csv"])
        expect(made.returncode == 0, made.stderr.decode())
    base = WORK / "base.db"
    expect(load(base, WORK / "b.csv").returncode in (0, 1), "the first load failed")
    loaded = WORK / "loaded.db"
    shutil.copy(base, loaded)
    changed = WORK / "second.csv"
    head, *rows = (WORK / "b.csv").read_text("utf-8", "surrogateescape").splitlines(keepends=True)
    fields = [row.rstrip("\n").split(",") for row in rows[::2]]
    contact = head.rstrip("\n").split(",").index("联系方式")
    for number, row in enumerate(fields):
        row[contact:contact + 1] = [f"139{number:08}"]
    changed.write_text(head + "".join(",".join(row) + "\n" for row in fields) + "".join((WORK / "a.csv").read_text("utf-8", "surrogateescape").splitlines(keepends=True)[1:]), "utf-8", "surrogateescape")
    expect(load(loaded, changed).returncode in (0, 1), "the second load failed")
    days = WORK / "days.db"
    shutil.copy(base, days)
    expect(run([YAOSU, "check", "--stored", "--record", "--warehouse", days]).returncode in (0, 1), "the first day was not recorded")
    expect(load(days, changed).returncode in (0, 1), "the load between two days failed")
    held = WORK / "held.db"
    shutil.copy(base, held)
    expect(run([YAOSU, "load", WORK / "a.csv", "--max-errors", 0, "--warehouse", held]).returncode == 4, "nothing was held")
    return [Scenario("new", None), Scenario("existing", base), Undo("undo", loaded), Retry("retry", base), Resume("resume", held), Replace("replace", base), Regrid("regrid", base), Record("record", days)]
