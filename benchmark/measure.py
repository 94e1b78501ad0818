"""Whole-process timings: wall, CPU seconds and peak memory of a command, and ratios of medians.

Machines are shared and noisy, so commands that are compared run in turn, A B A B, and what is
quoted is the median of several runs and the ratio of two medians.
"""

import os
import statistics
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MEDIARY = str(ROOT / ".build" / "release" / "mediary")


@dataclass
class Run:
    wall: float
    cpu: float
    peak_mib: float
    status: int


def run(command, stdin=None):
    """Runs a command to its end with its output thrown away."""
    started = time.perf_counter()
    with open(os.devnull, "w") as nowhere:
        process = subprocess.Popen(
            command, stdin=stdin or subprocess.DEVNULL, stdout=nowhere, stderr=nowhere
        )
        _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    return Run(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, process.returncode)


def in_turn(commands, runs, warm_up=1):
    """Runs the named commands in turn; returns each one's runs."""
    for _ in range(warm_up):
        for command in commands.values():
            run(command)
    results = {name: [] for name in commands}
    for _ in range(runs):
        for name, command in commands.items():
            results[name].append(run(command))
    return results


def median(runs, figure):
    return statistics.median(getattr(one, figure) for one in runs)


def spread(runs, figure, scale=1.0, digits=1):
    """"median (least to most)" of a figure."""
    values = sorted(getattr(one, figure) * scale for one in runs)
    return (
        f"{statistics.median(values):.{digits}f} ({values[0]:.{digits}f} to {values[-1]:.{digits}f})"
    )


def ratio(ours, theirs, figure):
    """How ours relates to theirs: below 1 is less time or memory."""
    return median(ours, figure) / median(theirs, figure)


def compare(title, results, ours, theirs, goal=None):
    """Prints both rows and the ratio of a comparison."""
    print(f"\n{title}")
    for name in (ours, theirs):
        runs = results[name]
        print(
            f"  {name:<28} wall ms {spread(runs, 'wall', 1000)}"
            f"  cpu ms {spread(runs, 'cpu', 1000)}  peak MiB {median(runs, 'peak_mib'):.1f}"
        )
    wall, cpu = (ratio(results[ours], results[theirs], figure) for figure in ("wall", "cpu"))
    print(f"  ratio {ours} / {theirs}: wall {wall:.2f}, cpu {cpu:.2f}" + (f"  (goal {goal})" if goal else ""))
