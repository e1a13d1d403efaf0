"""Runs one command of a benchmark: its wall time in seconds, its peak memory in MiB, its CPU time in seconds."""
import os
import pathlib
import subprocess
import time


def run(name, command, fresh):
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
