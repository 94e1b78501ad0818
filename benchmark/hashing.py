#!/usr/bin/env python3
"""SHA-256 of a big file beside openssl, and small files stored beside a plain Python program.

    benchmark/hashing.py [--runs N] [--files N] [--size BYTES] [--folder FOLDER]

The Python program does what the libraries of generators do: hash by 4 KiB reads, shutil.copy, no
fsync. Build first: swift build -c release --product HashingBenchmark
"""

import argparse
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile

from measure import ROOT, run

PYTHON = """
import hashlib, os, shutil, sys, time
source, target = sys.argv[1:3]
started = time.perf_counter()
for name in os.listdir(source):
    path = os.path.join(source, name)
    hash = hashlib.sha256()
    with open(path, "rb") as file:
        while piece := file.read(4096):
            hash.update(piece)
    if target != "-":
        shutil.copy(path, os.path.join(target, hash.hexdigest()))
print(time.perf_counter() - started)
"""


def seconds(command):
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def speed():
    """What libcrypto does without any reading, in bytes a second."""
    text = subprocess.run(
        ["openssl", "speed", "-evp", "sha256", "-bytes", "131072", "-seconds", "2"],
        check=True, capture_output=True, text=True).stdout
    return float(re.findall(r"([\d.]+)k\s*$", text.strip())[-1]) * 1000


def show(title, values, unit, digits=0):
    values = sorted(values)
    print(f"  {title:<44} {statistics.median(values):,.{digits}f} {unit}"
          f" ({values[0]:,.{digits}f} to {values[-1]:,.{digits}f})")


def hashing(ours, folder, options):
    path = os.path.join(folder, "one", "big")
    os.mkdir(os.path.dirname(path))
    with open(path, "wb") as file:
        piece = os.urandom(1 << 20)
        for _ in range(options.size >> 20):
            file.write(piece)
    commands = {
        "mediary": [ours, "hash", path], "openssl dgst": ["openssl", "dgst", "-sha256", path],
        "Python, 4 KiB reads": [sys.executable, "-c", PYTHON, os.path.dirname(path), "-"]}
    rates = {name: [] for name in ["openssl speed", *commands]}
    users = {name: [] for name in rates}
    run(commands["mediary"])
    for _ in range(options.runs):
        # It counts its own seconds on the processor, not those of the clock.
        rates["openssl speed"].append(speed() / 1e6)
        users["openssl speed"].append(rates["openssl speed"][-1])
        for name, command in commands.items():
            one = run(command)
            rates[name].append(options.size / one.wall / 1e6)
            users[name].append(options.size / one.cpu / 1e6)
    print(f"SHA-256 of {options.size >> 20} MiB, whole processes")
    for figures, what in [(rates, "by the clock"), (users, "by the processor")]:
        for name, values in figures.items():
            show(f"{name}, {what}", values, "MB/s")
        for name in ["openssl speed", "openssl dgst"]:
            pairs = [a / b for a, b in zip(figures["mediary"], figures[name])]
            show(f"mediary / {name}, {what} (goal 0.9)", pairs, "", 2)
    os.remove(path)


def adding(ours, folder, options):
    source = os.path.join(folder, "source")
    os.mkdir(source)
    for index in range(options.files):
        with open(os.path.join(source, f"file-{index}"), "wb") as file:
            file.write(os.urandom(options.bytes))
    ways = {"Python, no fsync": None}
    for durability in ["relaxed", "durable"]:
        for threads in [1, 64]:
            ways[f"mediary {durability}, {threads} at once"] = (str(threads), durability)
    rates = {name: [] for name in ways}
    for _ in range(options.runs):
        for name, way in ways.items():
            target = os.path.join(folder, "target")
            os.mkdir(target)
            command = ([ours, "add", source, target, *way] if way
                       else [sys.executable, "-c", PYTHON, source, target])
            rates[name].append(options.files / seconds(command))
            shutil.rmtree(target)
    print(f"{options.files} files of {options.bytes} bytes (goals: 5,000 relaxed, 1,000 durable)")
    for name, values in rates.items():
        show(name, values, "files/s")


def streaming(ours, folder, options):
    target = os.path.join(folder, "target")
    size = options.stream
    one = run([ours, "stream", str(size), target])
    assert one.status == 0
    print(f"a stream of {size / 1e9:.1f} GB, durable: {size / one.wall / 1e6:,.0f} MB/s,"
          f" {one.peak_mib:.1f} MiB at most (goal 100 MB)")
    shutil.rmtree(target)


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--runs", type=int, default=5)
    arguments.add_argument("--files", type=int, default=10_000)
    arguments.add_argument("--bytes", type=int, default=4_096)
    arguments.add_argument("--size", type=int, default=2 << 30)
    arguments.add_argument("--stream", type=int, default=10_000_000_000)
    arguments.add_argument("--folder", default=tempfile.gettempdir())
    arguments.add_argument(
        "--program", default=str(ROOT / ".build" / "release" / "HashingBenchmark"))
    options = arguments.parse_args()
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        hashing(options.program, folder, options)
        adding(options.program, folder, options)
        streaming(options.program, folder, options)


if __name__ == "__main__":
    main()
