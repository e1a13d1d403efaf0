"""Runs the commands of a benchmark: one by itself, or those of two builds in turn."""
import os
import pathlib
import shutil
import statistics
import subprocess
import time


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
    if code not in (0, 1, refused):
        raise SystemExit(f"{name} ended with {code}")
    return wall, usage.ru_maxrss / 1024, usage.ru_utime + usage.ru_stime


def beside(own, build, runs, rounds):
    """Runs what is `own` of the commands in turn with the same of another build, the other first every second time: each pair one behind
    the other, so that a busy minute of the machine meets both, and each with warehouses of its own. Prints medians, and of the pairs the
    median of what this build takes of what the other does."""
    runs = {name: (command, fresh, *source) for name, (command, fresh, *source) in runs.items() if command[0] == own}
    found = {(program, name): [] for program in (own, build) for name in runs}
    for place in range(rounds):
        for name, (command, fresh, *source) in runs.items():
            # What takes milliseconds is run more often.
            for turn in range(5 if place and found[own, name][0][0] < 0.2 else 1):
                for program in (own, build) if (place + turn) % 2 else (build, own):
                    made = lambda path: str(path).replace(".db", ".other.db") if program == build else str(path)
                    found[program, name].append(run(name, [program, *map(made, command[1:])], list(map(made, fresh)), *map(made, source)))
    print("\n| run | before s | now s | × | CPU × | before MiB | now MiB | × |\n|---|---|---|---|---|---|---|---|")
    for name in runs:
        before, now = ([statistics.median(values) for values in zip(*found[program, name])] for program in (build, own))
        wall, memory, cpu = ([statistics.median(two[kind] / one[kind] for one, two in zip(found[build, name], found[own, name]))
                              for kind in range(3)])
        print(f"| {name} | {before[0]:.3f} | {now[0]:.3f} | {wall:.2f} | {cpu:.2f} "
              f"| {before[1]:.0f} | {now[1]:.0f} | {memory:.2f} |", flush=True)
