"""Runs the commands of a benchmark: one by itself, or those of two builds in turn."""
import os
import pathlib
import statistics
import subprocess
import time


def run(name, command, fresh):
    """The wall time in seconds, the peak memory in MiB and the CPU time in seconds of one command, without the files `fresh`."""
    for path in fresh:
        for ending in ("", "-journal", ".lock"):
            pathlib.Path(str(path) + ending).unlink(missing_ok=True)
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
    """Runs what is `own` of the commands in turn with the same of another build, a round each and the other first every second time;
    prints medians and what this build takes of what the other does."""
    runs = {name: (command, fresh) for name, (command, fresh) in runs.items() if command[0] == own}
    found = {(program, name): [] for program in (own, build) for name in runs}
    for place in range(rounds):
        for program in (own, build) if place % 2 else (build, own):
            for name, (command, fresh) in runs.items():
                # What takes milliseconds is run more often.
                for _ in range(5 if len(found[program, name]) and found[program, name][0][0] < 0.2 else 1):
                    found[program, name].append(run(name, [program, *command[1:]], fresh))
    print("\n| run | before s | now s | × | CPU × | before MiB | now MiB | × |\n|---|---|---|---|---|---|---|---|")
    for name in runs:
        before, now = ([statistics.median(values) for values in zip(*found[program, name])] for program in (build, own))
        print(f"| {name} | {before[0]:.3f} | {now[0]:.3f} | {now[0] / before[0]:.2f} | {now[2] / before[2]:.2f} "
              f"| {before[1]:.0f} | {now[1]:.0f} | {now[1] / before[1]:.2f} |", flush=True)
