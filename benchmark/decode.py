#!/usr/bin/env python3
"""The decode loop beside `ffmpeg -f null`: the same file, the same threads, in turn.

    benchmark/decode.py [--runs N] [FILE]

Without FILE it makes a synthetic clip: 600 frames, 1080p, H.264. The goal is a ratio of CPU seconds
of at most 1.05. Build first: swift build -c release --product DecodeBenchmark
"""

import argparse
import os
import subprocess
import tempfile

from measure import ROOT, compare, in_turn

OURS = str(ROOT / ".build" / "release" / "DecodeBenchmark")


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--runs", type=int, default=5)
    arguments.add_argument("file", nargs="?")
    options = arguments.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        film = options.file
        if not film:
            film = os.path.join(scratch, "film.mp4")
            subprocess.run(
                ["ffmpeg", "-v", "error", "-f", "lavfi", "-i", "testsrc2=s=1920x1080:r=30:d=20",
                 "-c:v", "libx264", "-preset", "veryfast", "-pix_fmt", "yuv420p", film],
                check=True,
            )
        for threads in ("1", "2"):
            results = in_turn(
                {
                    "mediary": [OURS, film, threads],
                    "ffmpeg": ["ffmpeg", "-v", "error", "-nostdin", "-threads", threads, "-i", film,
                               "-map", "0:v:0", "-fps_mode", "passthrough", "-f", "null", "-"],
                },
                options.runs,
            )
            compare(f"decode, {threads} thread(s)", results, "mediary", "ffmpeg", "cpu 1.05")


if __name__ == "__main__":
    main()
