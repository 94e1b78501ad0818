#!/usr/bin/python3
"""Times the store of jobs, and beside it the queue that many a Python program has in sqlite3: a
SELECT of the next, an UPDATE that takes it, an UPDATE that ends it, each with a commit.

Usage: benchmark/jobs.py [JOBS]; the program is built before by
`swift build -c release --product JobsBenchmark`.
"""
import multiprocessing
import os
import sqlite3
import subprocess
import sys
import tempfile
import time

COUNT = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
PROGRAM = os.environ.get(
    "JOBS_BENCHMARK",
    os.path.join(os.path.dirname(__file__), "../.build/release/JobsBenchmark"))


def ours(folder, mode, durability, count, threads, processes=1):
    command = [PROGRAM, mode, folder, durability, str(count), str(threads)]
    running = [
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for _ in range(processes)]
    for process in running:
        process.stdout.readline()
    start = time.perf_counter()
    for process in running:
        process.stdin.write("\n")
        process.stdin.flush()
    said = [process.communicate()[0].strip().replace("\n", "; ") for process in running]
    if any(process.returncode for process in running):
        sys.exit(f"the benchmark failed: {said}")
    return time.perf_counter() - start, said


def connect(path, durability):
    database = sqlite3.connect(path, timeout=60, isolation_level=None)
    database.execute("PRAGMA journal_mode = WAL")
    database.execute(f"PRAGMA synchronous = {'FULL' if durability == 'durable' else 'NORMAL'}")
    return database


def take_all(path, durability, done):
    database = connect(path, durability)
    count = 0
    longest = 0
    while True:
        start = time.perf_counter()
        database.execute("BEGIN IMMEDIATE")
        row = database.execute(
            "SELECT id FROM job WHERE state = 'queued' ORDER BY priority DESC, id LIMIT 1").fetchone()
        if row:
            database.execute("UPDATE job SET state = 'running' WHERE id = ?", row)
        database.execute("COMMIT")
        longest = max(longest, time.perf_counter() - start)
        if not row:
            break
        database.execute("UPDATE job SET state = 'done', result = '{}' WHERE id = ?", row)
        count += 1
    done.put((count, round(longest * 1000)))


def python(folder, durability):
    path = os.path.join(folder, "python.db")
    database = connect(path, durability)
    database.executescript("""
        CREATE TABLE job (id INTEGER PRIMARY KEY, kind TEXT, user TEXT, state TEXT, priority INTEGER,
          input TEXT, result TEXT);
        CREATE INDEX ready ON job (state, priority DESC, id);""")
    start = time.perf_counter()
    for number in range(COUNT):
        database.execute(
            "INSERT INTO job (kind, user, state, priority, input) VALUES ('encode', ?, 'queued', 0, ?)",
            (f"user{number % 20}", f'{{"file": "film {number}.mp4"}}'))
    print(f"  Python submits: {time.perf_counter() - start:.2f} s")
    done = multiprocessing.Queue()
    workers = [
        multiprocessing.Process(target=take_all, args=(path, durability, done)) for _ in range(2)]
    start = time.perf_counter()
    for worker in workers:
        worker.start()
    told = [done.get() for _ in workers]
    for worker in workers:
        worker.join()
    print(f"  Python, 2 processes take and end: {time.perf_counter() - start:.2f} s;"
          f" each (jobs, longest ms): {told}")


for durability in ("relaxed", "durable"):
    print(f"{COUNT} jobs, {durability}")
    with tempfile.TemporaryDirectory() as folder:
        print("  ours, 1 thread: %.2f s; %s" % ours(folder, "submit", durability, COUNT, 1))
        print("  ours, 2 processes: %.2f s; %s" % ours(folder, "drain", durability, COUNT, 1, 2))
    with tempfile.TemporaryDirectory() as folder:
        print("  ours, 16 threads: %.2f s; %s" % ours(folder, "submit", durability, COUNT, 16))
        print("  ours, 16 threads: %.2f s; %s" % ours(folder, "drain", durability, COUNT, 16))
    with tempfile.TemporaryDirectory() as folder:
        python(folder, durability)
print("status at 100000 jobs, 2 workers busy")
with tempfile.TemporaryDirectory() as folder:
    for line in ours(folder, "status", "relaxed", 100_000, 2)[1][0].split("; "):
        print("  " + line)
