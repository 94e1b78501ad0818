#!/usr/bin/env python3
"""`mediary probe` beside `ffprobe`: process to process, 200 files in one call, and a large folder.

    benchmark/probe.py [--runs N] [--files N]

Needs a release build (any call of ./mediary makes one) and Debian's ffmpeg. The clips are synthetic.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile

from measure import MEDIARY, compare, in_turn, median, run, spread

FFPROBE = ["ffprobe", "-v", "error", "-of", "json", "-show_format", "-show_streams", "-show_chapters"]


def make_clips(folder):
    film = ["-f", "lavfi", "-i", "testsrc2=s=640x360:r=25:d=4", "-f", "lavfi", "-i", "sine=440:d=4"]
    clips = {
        "film.mp4": film + ["-c:v", "libx264", "-preset", "ultrafast", "-c:a", "aac"],
        "film.mkv": film + ["-c:v", "libx264", "-preset", "ultrafast", "-c:a", "flac"],
        "sound.flac": ["-f", "lavfi", "-i", "sine=440:d=4"],
        "picture.png": ["-f", "lavfi", "-i", "testsrc2=s=640x360", "-frames:v", "1"],
    }
    for name, arguments in clips.items():
        path = os.path.join(folder, name)
        subprocess.run(["ffmpeg", "-v", "error", "-y", *arguments, path], check=True)
    return [os.path.join(folder, name) for name in clips]


def fill(folder, clips, count):
    """A folder of `count` files: copies, each an inode of its own as in real life."""
    os.makedirs(folder)
    for index in range(count):
        clip = clips[index % len(clips)]
        shutil.copyfile(clip, os.path.join(folder, f"{index:05d}-{os.path.basename(clip)}"))


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--runs", type=int, default=15)
    arguments.add_argument("--files", type=int, default=10_000)
    options = arguments.parse_args()
    if not os.access(MEDIARY, os.X_OK):
        sys.exit("build first: ./mediary version")

    with tempfile.TemporaryDirectory() as scratch:
        clips = make_clips(scratch)

        start = in_turn({"mediary version": [MEDIARY, "version"]}, 50)["mediary version"]
        print("start-up of `mediary version`, 50 runs")
        print(f"  wall ms {spread(start, 'wall', 1000)}  peak MiB {median(start, 'peak_mib'):.1f}"
              "  (goals 30 ms, 25 MB)")

        for clip in clips:
            name = os.path.basename(clip)
            results = in_turn(
                {"mediary probe": [MEDIARY, "probe", "--json", clip], "ffprobe": FFPROBE + [clip]},
                options.runs,
            )
            compare(f"one file, process to process: {name}", results, "mediary probe", "ffprobe")

        folder = os.path.join(scratch, "two-hundred")
        fill(folder, clips, 200)
        files = sorted(os.path.join(folder, name) for name in os.listdir(folder))
        results = in_turn(
            {
                "mediary probe × 200": [MEDIARY, "probe", "--json", *files],
                "ffprobe, a process a file": [
                    "sh", "-c", 'for file in "$@"; do ' + " ".join(FFPROBE) + ' "$file"; done', "sh", *files,
                ],
            },
            3, warm_up=0,
        )
        compare("200 files in one call", results, "mediary probe × 200", "ffprobe, a process a file")

        small, large = os.path.join(scratch, "small"), os.path.join(scratch, "large")
        fill(small, clips, options.files // 10)
        fill(large, clips, options.files)
        tenth, whole = (run([MEDIARY, "probe", "--json", each]) for each in (small, large))
        print(f"\na folder of {options.files} files")
        for count, one in ((options.files // 10, tenth), (options.files, whole)):
            print(f"  {count:>6} files  wall s {one.wall:.1f}  cpu s {one.cpu:.1f}"
                  f"  peak MiB {one.peak_mib:.1f}  status {one.status}")
        print(f"  peak memory, ten times the files: × {whole.peak_mib / tenth.peak_mib:.2f}")


if __name__ == "__main__":
    main()
