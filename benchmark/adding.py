#!/usr/bin/python3
"""Times how fast small files come into a library, and beside it, in the same run, the way of a
Python MediaManager: hash the file, look whether it is there, copy it, insert a row, commit; and a
writer that flushes each file and knows nothing more.

Usage: benchmark/adding.py [FOLDER [ROUNDS]]; the program is built before by
`swift build -c release --product AddingBenchmark`.
"""
import hashlib
import os
import random
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time

PROGRAM = os.environ.get(
    "ADDING_BENCHMARK",
    os.path.join(os.path.dirname(os.path.abspath(__file__)), "../.build/release/AddingBenchmark"))

SCHEMA = """
CREATE TABLE videos (id TEXT PRIMARY KEY, name TEXT, file_path TEXT UNIQUE, file_hash TEXT,
  size_bytes INTEGER, duration_seconds REAL, source_type TEXT,
  created_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP, metadata TEXT);
CREATE INDEX by_hash ON videos (file_hash);
"""

# Name, way, durability, threads, assets.
WAYS = [
    ("library, 64 threads, durable", "library", "durable", 64, 4_000),
    ("library, 1 thread, durable", "library", "durable", 1, 200),
    ("library, 64 threads, relaxed", "library", "relaxed", 64, 10_000),
    ("library, 1 thread, relaxed", "library", "relaxed", 1, 1_000),
    ("catalogue alone, 64 threads, durable", "catalogue", "durable", 64, 10_000),
    ("catalogue alone, 64 threads, relaxed", "catalogue", "relaxed", 64, 20_000),
    ("catalogue, prompts, 64 threads, durable", "prompts", "durable", 64, 5_000),
    ("catalogue, prompts, 64 threads, relaxed", "prompts", "relaxed", 64, 10_000),
    ("plain files, flushed, 1 thread", "files", "durable", 1, 200),
    ("plain files, flushed, 64 threads", "files", "durable", 64, 2_000),
]


def ours(folder, way, durability, threads, count):
    words = [PROGRAM, folder, way, durability, str(threads), str(count)]
    return float(subprocess.run(words, check=True, stdout=subprocess.PIPE, text=True).stdout)


def python(folder, count):
    """One thread, as its service has one: files that lie somewhere are added."""
    incoming, library = os.path.join(folder, "incoming"), os.path.join(folder, "library")
    os.makedirs(incoming)
    os.makedirs(library)
    for number in range(count):
        with open(os.path.join(incoming, str(number)), "wb") as file:
            file.write(random.randbytes(4_096))
    database = sqlite3.connect(os.path.join(folder, "python.db"))
    database.executescript(SCHEMA)
    start = time.perf_counter()
    for number in range(count):
        path = os.path.join(incoming, str(number))
        digest = hashlib.sha256()
        with open(path, "rb") as file:
            while block := file.read(4_096):
                digest.update(block)
        found = database.execute(
            "SELECT id FROM videos WHERE file_hash = ?", (digest.hexdigest(),)).fetchone()
        assert found is None
        target = os.path.join(library, f"{number}.bin")
        shutil.copy2(path, target)
        database.execute(
            "INSERT INTO videos (id, name, file_path, file_hash, size_bytes, source_type)"
            " VALUES (?,?,?,?,?,?)",
            (f"asset-{number}", f"notes-{number}.bin", target, digest.hexdigest(), 4_096, "uploaded"))
        database.commit()
    seconds = time.perf_counter() - start
    database.close()
    return count / seconds


def main():
    place = sys.argv[1] if len(sys.argv) > 1 else tempfile.gettempdir()
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 3
    rates = {}
    # All is removed at the end: ext4 is slow to give places out again that were just freed.
    with tempfile.TemporaryDirectory(prefix="adding-", dir=place) as folder:
        for number in range(rounds):
            for name, *settings in WAYS:
                own = os.path.join(folder, f"{number}-{len(rates)}-{name.replace(' ', '-')}")
                os.makedirs(own)
                rates.setdefault(name, []).append(ours(own, *settings))
                print(f"{name}: {rates[name][-1]:,.0f}", file=sys.stderr, flush=True)
            rates.setdefault("Python's way, 1 thread", []).append(
                python(os.path.join(folder, f"{number}-python"), 200))
    base = statistics.median(rates["Python's way, 1 thread"])
    print("| way | adds/s | times Python | rounds |")
    print("|---|---|---|---|")
    for name, found in rates.items():
        rate = statistics.median(found)
        print(
            f"| {name} | {rate:,.0f} | {rate / base:.1f} |"
            f" {' '.join(f'{one:,.0f}' for one in found)} |")


if __name__ == "__main__":
    main()
