"""Runs the commands of a benchmark: one by itself, or those of two builds in turn."""
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import time


class UnknownCommand(Exception):
    """A build without this command or option: it was made before them."""


def run(name, command, fresh, source=None):
    """The wall time in seconds, the peak memory in MiB and the CPU time in seconds of one command, without the files `fresh`, the first of
    which is a copy of `source` where there is one."""
    for path in fresh:
        for ending in ("", "-journal", ".lock", ".anchor"):
            pathlib.Path(str(path) + ending).unlink(missing_ok=True)
    if source:
        shutil.copy(source, next(iter(fresh)))
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    code = os.waitstatus_to_exitcode(status)
    # 1: findings, in our commands; rows that a UNIQUE constraint or a schema refused, in those of others.
    refused = {"sqlite3": 19, "xmllint": 3}.get(command[0], 1)
    if code == 2:
        raise UnknownCommand(f"{name} ended with {code}")
    if code not in (0, 1, refused):
        raise SystemExit(f"{name} ended with {code}")
    return wall, usage.ru_maxrss / 1024, usage.ru_utime + usage.ru_stime


def beside(own, builds, runs, rounds):
    """Runs what is `own` of the commands in turn with the same of other builds, another one first every time: those of a row one behind
    the other, so that a busy minute of the machine meets all, and each with warehouses of its own. Prints, for every other build, medians,
    and of the pairs the median of what this build takes of what the other does. A row that a build has no command for is left out of its
    table."""
    runs = {name: (command, fresh, *source) for name, (command, fresh, *source) in runs.items() if command[0] == own}
    programs = [own, *builds]
    found = {(program, name): [] for program in programs for name in runs}

    def lacks(program, name):
        return found[program, name] is None

    for place in range(rounds):
        for name, (command, fresh, *source) in runs.items():
            # What takes milliseconds is run more often.
            for turn in range(5 if place and found[own, name][0][0] < 0.2 else 1):
                first = (place + turn) % len(programs)
                for program in programs[first:] + programs[:first]:
                    if lacks(program, name):
                        continue
                    mark = f".{programs.index(program)}.db" if program != own else ".db"
                    made = lambda path: str(path).replace(".db", mark)
                    try:
                        result = run(name, [program, *map(made, command[1:])], list(map(made, fresh)), *map(made, source))
                        found[program, name].append(result)
                    except UnknownCommand:
                        if program == own:
                            raise
                        found[program, name] = None
        print(f"round {place + 1} of {rounds}", file=sys.stderr, flush=True)
    for build in builds:
        print(f"\n{build}\n\n| run | before s | now s | × | CPU × | before MiB | now MiB | × |\n|---|---|---|---|---|---|---|---|")
        for name in runs:
            if lacks(build, name):
                continue
            before, now = ([statistics.median(values) for values in zip(*found[program, name])] for program in (build, own))
            wall, memory, cpu = ([statistics.median(two[kind] / one[kind] for one, two in zip(found[build, name], found[own, name]))
                                  for kind in range(3)])
            print(f"| {name} | {before[0]:.3f} | {now[0]:.3f} | {wall:.2f} | {cpu:.2f} "
                  f"| {before[1]:.0f} | {now[1]:.0f} | {memory:.2f} |", flush=True)
