#!/usr/bin/python3
"""Times the catalogue, and beside it the way of a Python MediaManager: sqlite3 as it comes, with its
rollback journal, a look before each insertion, OFFSET for pages, and LIKE for the search.

Usage: benchmark/catalogue.py [ASSETS]; the program is built before by
`swift build -c release --product CatalogueBenchmark`.
"""
import json
import os
import random
import sqlite3
import subprocess
import sys
import tempfile
import time

COUNT = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
PROGRAM = os.environ.get(
    "CATALOGUE_BENCHMARK",
    os.path.join(os.path.dirname(__file__), "../.build/release/CatalogueBenchmark"))

SCHEMA = """
CREATE TABLE videos (id TEXT PRIMARY KEY, name TEXT, file_path TEXT UNIQUE, file_hash TEXT,
  size_bytes INTEGER, duration_seconds REAL, source_type TEXT,
  created_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP, metadata TEXT);
CREATE INDEX by_hash ON videos (file_hash);
CREATE TABLE video_generation (video_id TEXT PRIMARY KEY, provider TEXT, model TEXT, prompt TEXT);
"""


def timed(name, times, body):
    durations = []
    for _ in range(times):
        start = time.perf_counter()
        found = body()
        durations.append((time.perf_counter() - start) * 1000)
    durations.sort()
    late = durations[min(times - 1, times * 99 // 100)]
    print(f"{name:44} {durations[times // 2]:.3f} {late:.3f} ms, {found} found")


def python(folder):
    path = os.path.join(folder, "python.db")
    database = sqlite3.connect(path)
    database.executescript(SCHEMA)
    words = ["".join(random.choices("etaoinshrdlu", k=6)) for _ in range(20_000)]
    weights = [1 / (place + 3) for place in range(20_000)]

    def add(number):
        digest = f"{number:064x}"
        database.execute("SELECT id FROM videos WHERE file_hash = ?", (digest,)).fetchone()
        database.execute(
            "INSERT INTO videos VALUES (?,?,?,?,?,?,?,datetime(?, 'unixepoch'),?)",
            (f"asset-{number}", f"IMG_{number}.png", f"/media/{number}", digest, number % 5_000_000,
             number % 600 / 10, ["generated", "uploaded"][number % 2], 1_700_000_000 + 30 * number,
             json.dumps({})))
        database.execute(
            "INSERT INTO video_generation VALUES (?,?,?,?)",
            (f"asset-{number}", "local", ["sdxl", "flux"][number % 2],
             " ".join(random.choices(words, weights=weights, k=20))))

    start = time.perf_counter()
    for number in range(200):
        add(number)
        database.commit()
    print(f"adds, each committed: {200 / (time.perf_counter() - start):.0f} assets/s")
    for number in range(200, COUNT):
        add(number)
    database.commit()

    def listed(offset, where=""):
        return len(database.execute(
            "SELECT * FROM videos " + where + " ORDER BY created_at DESC LIMIT 100 OFFSET ?",
            (offset,)).fetchall())

    timed("first page by date", 20, lambda: listed(0))
    timed("page at 90 % depth by date", 20, lambda: listed(COUNT * 9 // 10))
    timed("newest, of a source", 20, lambda: listed(0, "WHERE source_type = 'generated'"))
    for name, word in (("common word", words[0]), ("rare word", words[15_000])):
        timed(f"newest, {name}", 5, lambda word=word: len(database.execute(
            "SELECT * FROM videos JOIN video_generation ON video_id = id WHERE prompt LIKE ?"
            " ORDER BY created_at DESC LIMIT 50", (f"%{word}%",)).fetchall()))
    timed("statistics", 5, lambda: len(database.execute(
        "SELECT source_type, count(*), sum(size_bytes) FROM videos GROUP BY 1").fetchall()))


def main():
    with tempfile.TemporaryDirectory() as folder:
        print(f"# {COUNT} assets, ours")
        subprocess.run([PROGRAM, folder, str(COUNT)], check=True)
        print(f"# {COUNT} assets, Python")
        python(folder)


if __name__ == "__main__":
    main()
