"""Rebuilds what a disk may hold after power is lost in the middle of a load, from the recorded writes and syncs."""
import pathlib
import random
import re
import shutil

from faults import WORK, Place, expect

CALL = re.compile(r"^\d+ +(\w+)\((.*)\) += (-?\d+|\?)")
SECTOR = 512


def record(scenario):
    """Runs the load under strace and returns (operation, file name, …) in order."""
    with Place(scenario) as place:
        log = place.folder / "trace"
        scenario.act(place.warehouse, wrap=[
            "strace", "-f", "-y", "-xx", "-s", "100000", "-e", "trace=openat,pwrite64,ftruncate,fsync,fdatasync,unlink,write", "-o", log])
        return [step for line in log.read_text().splitlines() if (step := operation(line, str(place.folder)))]


def operation(line, folder):
    match = CALL.match(line)
    if not match or match.group(3).startswith(("-", "?")):
        return None
    call, rest = match.group(1), match.group(2)
    if call == "write":
        return ("told",) if re.match(r"[12]<", rest) else None
    path = re.match(r"\d+<([^>]*)>", rest)
    texts = [bytes.fromhex(t.replace("\\x", "")).decode() for t in re.findall(r'"((?:\\x[0-9a-f]{2})*)"', rest)] if call in ("openat", "unlink") else []
    name = plain(path.group(1)) if path else (texts[0] if texts else "")
    if call in ("fsync", "fdatasync") and name == folder:
        return ("sync folder",)
    if not name.startswith(folder + "/w.db") or name.startswith(folder + "/w.db.held") or name.endswith((".lock", ".anchor")):
        return None
    file = pathlib.Path(name).name
    if call == "openat":
        return ("create", file) if "O_CREAT" in rest else None
    if call == "unlink":
        return ("unlink", file)
    if call == "ftruncate":
        return ("truncate", file, int(rest.rsplit(", ", 1)[1]))
    if call == "pwrite64":
        data = bytes.fromhex(re.search(r'"((?:\\x[0-9a-f]{2})*)"', rest).group(1).replace("\\x", ""))
        return ("write", file, int(rest.rsplit(", ", 1)[1]), data)
    return ("sync", file)


def plain(name):
    return bytes.fromhex(name.replace("\\x", "")).decode() if name.startswith("\\x") else name


def rebuild(steps, cut, start, dice):
    """What may stand on the disk when power goes before step `cut`: synced writes whole, the others lost, torn or in any order."""
    live = {"w.db": bytearray(start)} if start is not None else {}
    names, entries, pending = dict(live), [], {}
    for step in steps[:cut]:
        kind, file = step[0], step[1] if len(step) > 1 else None
        if kind == "sync folder":
            settle(names, entries, None)
            entries = []
        elif kind == "create" and file not in live:
            live[file] = bytearray()
            entries.append((file, live[file]))
        elif kind == "unlink":
            live.pop(file)
            entries.append((file, None))
        elif kind == "sync":
            for change in pending.pop(id(live[file]), (None, []))[1]:
                apply(live[file], change, None)
        elif kind in ("write", "truncate"):
            pending.setdefault(id(live[file]), (live[file], []))[1].append(step)
    for content, changes in pending.values():
        dice.shuffle(changes)
        for change in changes:
            if dice.random() < 0.5:
                apply(content, change, dice)
    settle(names, entries, dice)
    return {name: bytes(content) for name, content in names.items()}


def settle(names, entries, dice):
    """Names come and go with their folder's sync; before it each change may or may not have reached the disk."""
    for file, content in entries:
        if dice and dice.random() < 0.5:
            continue
        if content is None:
            names.pop(file, None)
        else:
            names[file] = content


def apply(content, change, dice):
    if change[0] == "truncate":
        del content[change[2]:]
        content.extend(bytes(max(0, change[2] - len(content))))
        return
    _, _, offset, data = change
    if dice and dice.random() < 0.3:
        data = data[:dice.randrange(0, len(data) + SECTOR, SECTOR)]
    if len(content) < offset + len(data):
        content.extend(bytes(offset + len(data) - len(content)))
    content[offset:offset + len(data)] = data


def check(scenario, count, seed):
    """`count` states of the disk; each is before or after, and a load on it comes to the end."""
    steps = record(scenario)
    told = next(i for i, step in enumerate(steps) if step[0] == "told")
    synced = max(i for i, step in enumerate(steps) if step[0] == "sync folder")
    expect(synced < told, "success was told before the folder was synced")
    start = scenario.base.read_bytes() if scenario.base else None
    dice = random.Random(f"20260101{seed}")
    for number in range(count):
        cut = dice.randrange(0, len(steps) + 1)
        with Place(scenario) as place:
            shutil.rmtree(place.folder)
            place.folder.mkdir()
            place.keep_held()
            for name, data in rebuild(steps, cut, start, dice).items():
                (place.folder / name).write_bytes(data)
                (place.folder / name).chmod(0o600)
            state = scenario.state(place.warehouse)
            expect(state in (scenario.before, scenario.after), f"power loss {number} before step {cut} of {len(steps)}: neither before nor after")
            if cut > synced:
                expect(state == scenario.after, f"power loss {number}: a finished load is gone")
            if number % 5 == 0:
                place.judge(f"power loss {number}")
    return count
