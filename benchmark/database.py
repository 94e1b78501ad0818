#!/usr/bin/env python3
"""Commits a second, and reads meanwhile: ours beside Python's sqlite3 as it comes.

    swift build -c release --product DatabaseBenchmark
    benchmark/database.py [FOLDER [SECONDS [ROUNDS]]]

The ways take turns within a round, so that a noisy neighbour disturbs all alike; medians of the
rounds are compared. Python's way is what a script does: sqlite3.connect, one insert, commit.
"""

import os
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

OURS = os.environ.get(
    "DATABASE_BENCHMARK",
    str(Path(__file__).resolve().parent.parent / ".build" / "release" / "DatabaseBenchmark"),
)
INSERT = "INSERT INTO thing (name, size) VALUES (?, ?)"
PAGE = "SELECT id, name, size FROM thing ORDER BY id DESC LIMIT 100"


def python_worker(kind, folder, seconds, number, threads):
    """The peer, in a process of its own: the same inserts and pages by Python's sqlite3."""
    path = os.path.join(folder, "theirs.db")
    with sqlite3.connect(path, timeout=60) as first:
        first.execute(
            "CREATE TABLE IF NOT EXISTS thing"
            " (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, size INTEGER)"
        )
    print("ready", flush=True)
    sys.stdin.readline()
    end = time.monotonic() + seconds
    times, failures, lock = [], [0], threading.Lock()

    def work(thread):
        database = sqlite3.connect(path)
        own = []
        while (start := time.monotonic()) < end:
            try:
                if kind == "write":
                    name = f"{number}-{thread}-{len(own)}-{start}"
                    database.execute(INSERT, (name, len(name)))
                    database.commit()
                else:
                    database.execute(PAGE).fetchall()
                own.append((time.monotonic() - start) * 1e6)
            except sqlite3.OperationalError:
                database.rollback()
                failures[0] += 1
        with lock:
            times.extend(own)

    workers = [threading.Thread(target=work, args=(index,)) for index in range(threads)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    times.sort()
    if not times:
        print(0, 0, 0, 0, failures[0])
    else:
        late = times[len(times) * 99 // 100]
        print(len(times), int(times[len(times) // 2]), int(late), int(times[-1]), failures[0])


def together(commands):
    """Starts processes, lets them begin at once, and returns the numbers each prints."""
    running = [
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for command in commands
    ]
    for process in running:
        assert process.stdout.readline() == "ready\n"
    for process in running:
        process.stdin.write("go\n")
        process.stdin.flush()
    answers = []
    for process in running:
        out, _ = process.communicate()
        assert process.returncode == 0
        answers.append([int(word) for word in out.split()])
    return answers


def way(program, folder, seconds, processes, threads, reader=True):
    """One way: commits a second in all, the least and the most of a process, and the reads."""
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    rest = [folder, str(seconds)]
    commands = [
        program + ["write"] + rest + [str(number), str(threads)] for number in range(processes)
    ]
    if reader:
        commands.append(program + ["read"] + rest + ["99", "1"])
    answers = together(commands)
    commits = [answer[0] for answer in answers[:processes]]
    failures = sum(answer[4] for answer in answers if len(answer) > 4)
    reads = answers[-1][1:4] if reader else None
    return sum(commits) / seconds, min(commits), max(commits), reads, failures


def main():
    folder = sys.argv[1] if len(sys.argv) > 1 else tempfile.mkdtemp()
    seconds = int(sys.argv[2]) if len(sys.argv) > 2 else 3
    rounds = int(sys.argv[3]) if len(sys.argv) > 3 else 3
    place = os.path.join(folder, "database-benchmark")
    ours = [OURS]
    theirs = ["/usr/bin/python3", os.path.abspath(__file__), "--worker"]
    shapes = [("1 thread", 1, 1), ("64 threads", 1, 64), ("8 processes", 8, 1)]
    results = {}
    for _ in range(rounds):
        for name, processes, threads in shapes:
            for who, program in (("ours", ours), ("python", theirs)):
                result = way(program, place, seconds, processes, threads)
                results.setdefault((name, who), []).append(result)
    shutil.rmtree(place)
    print("| writers | who | commits/s | times | least–most of a process | refused"
          " | read p50 / p99 / longest (µs) |")
    print("|---|---|---|---|---|---|---|")
    for name, _, _ in shapes:
        base = statistics.median(result[0] for result in results[name, "python"])
        for who in ("ours", "python"):
            found = results[name, who]
            rate = statistics.median(result[0] for result in found)
            middle = sorted(found, key=lambda result: result[0])[len(found) // 2]
            reads = " / ".join(
                f"{statistics.median(result[3][index] for result in found):,.0f}"
                for index in range(3)
            )
            print(
                f"| {name} | {who} | {rate:,.0f} | {rate / max(base, 0.1):.1f}"
                f" | {middle[1]:,}–{middle[2]:,} | {sum(result[4] for result in found)} | {reads} |"
            )


if __name__ == "__main__":
    if sys.argv[1:2] == ["--worker"]:
        kind, folder, seconds, number, threads = sys.argv[2:7]
        python_worker(kind, folder, int(seconds), int(number), int(threads))
    else:
        main()
