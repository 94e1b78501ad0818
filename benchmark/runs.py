#!/usr/bin/env python3
"""Additions to one run: ours beside the recorder that a Python pipeline had.

    swift build -c release --product RunsBenchmark
    benchmark/runs.py [FOLDER [ADDITIONS [ROUNDS]]]

The recorder does what its predecessor did for each output: it writes the file, reads metadata.json, adds
a row, and writes the whole of it again in place. It neither flushes, nor locks, nor hashes, nor keeps a
catalogue. The ways take turns within a round; medians of the rounds are compared.
"""

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from datetime import datetime
from pathlib import Path

OURS = os.environ.get(
    "RUNS_BENCHMARK",
    str(Path(__file__).resolve().parent.parent / ".build" / "release" / "RunsBenchmark"),
)
# Outputs that are there already, and threads that add.
SHAPES = [(100, 1), (1_000, 1), (5_000, 1), (1_000, 16)]


def row(number):
    return {
        "type": "image", "filename": f"output_image_{number}.png", "backend": "comfyui",
        "config": "sd35_large", "file_size_bytes": 4096, "format": "png", "width": 8, "height": 8,
        "seed": number, "node_id": "9", "timestamp": datetime.now().isoformat(),
        "prompt_id": "0d7ff0a2-0000-4000-8000-000000000001",
    }


class Recorder:
    """The peer: metadata.json read, added to and written whole for each output."""

    def __init__(self, folder, there):
        self.folder = folder
        self.path = os.path.join(folder, "metadata.json")
        # Its own had none, and so lost rows; a lock is the least that keeps them.
        self.lock = threading.Lock()
        os.makedirs(folder)
        run = {"run_id": "r", "schema": "dada", "execution_mode": "eco", "input_text": "a cat"}
        self.write(run | {"outputs": [row(number) for number in range(there)]})

    def write(self, metadata):
        with open(self.path, "w", encoding="utf-8") as file:
            json.dump(metadata, file, indent=2, ensure_ascii=False)

    def add(self, number, content):
        with open(os.path.join(self.folder, f"output_image_{number}.png"), "wb") as file:
            file.write(content)
        with self.lock:
            with open(self.path, encoding="utf-8") as file:
                metadata = json.load(file)
            metadata["outputs"].append(row(number))
            self.write(metadata)


def recorder(folder, there, additions, threads):
    """The median in microseconds of an addition, and additions a second."""
    peer = Recorder(folder, there)
    content = b"\x89PNG\r\n\x1a\n" + bytes(4_088)
    times = []

    def work(thread):
        for number in range(additions // threads):
            start = time.perf_counter()
            peer.add(there + thread * additions + number, content)
            times.append((time.perf_counter() - start) * 1e6)

    workers = [threading.Thread(target=work, args=(index,)) for index in range(threads)]
    started = time.perf_counter()
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    return statistics.median(times), len(times) / (time.perf_counter() - started)


def ours(folder, there, additions, threads, durability):
    command = [OURS, folder, str(there), str(additions), durability, str(threads)]
    out = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout.split()
    return float(out[0]), float(out[2])


def main():
    base = sys.argv[1] if len(sys.argv) > 1 else tempfile.mkdtemp()
    additions = int(sys.argv[2]) if len(sys.argv) > 2 else 64
    rounds = int(sys.argv[3]) if len(sys.argv) > 3 else 3
    place = os.path.join(base, "runs-benchmark")
    ways = {
        "recorder": recorder,
        "relaxed": lambda *shape: ours(*shape, "relaxed"),
        "durable": lambda *shape: ours(*shape, "durable"),
    }
    results = {}
    for _ in range(rounds):
        for shape in SHAPES:
            for name, way in ways.items():
                shutil.rmtree(place, ignore_errors=True)
                result = way(place, shape[0], additions, shape[1])
                results.setdefault((shape, name), []).append(result)
    shutil.rmtree(place)
    print("| outputs there | threads | who | an addition (ms) | additions/s | times |")
    print("|---|---|---|---|---|---|")
    for shape in SHAPES:
        rates = {
            name: statistics.median(rate for _, rate in results[shape, name]) for name in ways
        }
        for name in ways:
            middle = statistics.median(median for median, _ in results[shape, name]) / 1000
            print(
                f"| {shape[0]:,} | {shape[1]} | {name} | {middle:.2f} | {rates[name]:,.0f}"
                f" | {rates[name] / rates['recorder']:.1f} |"
            )


if __name__ == "__main__":
    main()
