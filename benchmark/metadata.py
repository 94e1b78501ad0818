#!/usr/bin/env python3
"""Writing metadata into a film of 1 GB and a picture of 20 MB beside ffmpeg -c copy, mutagen and piexif.

    python3 -m venv V && V/bin/pip install numpy pillow mutagen piexif
    V/bin/python benchmark/metadata.py [--runs N] [--bytes N] [--folder DIR]

Every way runs as a process of its own on a file of its own, in turn. The film's index stands behind its samples,
before them, or before them with the room that our first write left. Ours are on the disk when they return; the
others' are not, and mutagen and piexif change the only copy there is. Prints medians, ratios and peak memory, of which
15 MiB are this process's own, which a child begins with.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from measure import MEDIARY, compare, median, ratio, run

TEXT = '{"prompt":"a red kite over a frozen lake","seed":42,"model_type":"t2v","round":%d}'
MUTAGEN = "import sys, mutagen.mp4 as m; f = m.MP4(sys.argv[1]); f['\\xa9cmt'] = [sys.argv[2]]; f.save()"
PIEXIF = """
import sys, piexif
tags = piexif.load(sys.argv[1])
tags["Exif"][piexif.ExifIFD.UserComment] = b"ASCII\\0\\0\\0" + sys.argv[2].encode()
piexif.insert(piexif.dump(tags), sys.argv[1])
"""


def ffmpeg(*words):
    subprocess.run(["ffmpeg", "-v", "error", "-nostdin", "-y", *words], check=True)


def make_films(folder, size):
    """The same film with its index behind and before the samples."""
    seed = folder / "seed.mp4"
    ffmpeg("-f", "lavfi", "-i", "testsrc2=s=1280x720:r=25", "-f", "lavfi", "-i", "sine=440:r=48000", "-t", "60",
           "-c:v", "libx264", "-preset", "ultrafast", "-crf", "18", "-c:a", "aac", str(seed))
    loops = max(0, round(size / seed.stat().st_size) - 1)
    back, front = folder / "back.mp4", folder / "front.mp4"
    ffmpeg("-stream_loop", str(loops), "-i", str(seed), "-c", "copy", str(back))
    ffmpeg("-i", str(back), "-c", "copy", "-movflags", "+faststart", str(front))
    seed.unlink()
    return back, front


def make_picture(folder):
    """A JPEG of 20 MB: noise at quality 100."""
    path = folder / "large.jpg"
    # In a process of its own: what this one holds would count as its children's peak.
    script = (
        "import sys, numpy; from PIL import Image;"
        "noise = numpy.random.default_rng(1).integers(0, 256, (3000, 3350, 3), dtype=numpy.uint8);"
        "Image.fromarray(noise).save(sys.argv[1], quality=100)"
    )
    subprocess.run([sys.executable, "-c", script, str(path)], check=True)
    return path


def fresh(source, target):
    """A copy of its own for one run, on the disk, so that nothing of it is written during the run."""
    shutil.copyfile(source, target)
    descriptor = os.open(target, os.O_RDONLY)
    os.fsync(descriptor)
    os.close(descriptor)


def measure(folder, source, ways, runs):
    """Runs every way on a fresh copy of the file, in turn."""
    results = {name: [] for name in ways}
    target, other = folder / ("target" + source.suffix), folder / ("other" + source.suffix)
    for turn in range(runs + 1):
        for name, way in ways.items():
            fresh(source, target)
            done = run(way(str(target), TEXT % turn, str(other)))
            if done.status != 0:
                sys.exit(f"{name} failed")
            if turn > 0:
                results[name].append(done)
            other.unlink(missing_ok=True)
    target.unlink()
    return results


def show(title, results, goals):
    for peer, goal in goals.items():
        compare(title, results, "mediary", peer, goal)
        print(f"  {1 / ratio(results['mediary'], results[peer], 'wall'):.1f} times as fast,"
              f" memory {median(results['mediary'], 'peak_mib'):.0f} beside {median(results[peer], 'peak_mib'):.0f} MiB")


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--runs", type=int, default=5)
    arguments.add_argument("--bytes", type=int, default=1_000_000_000)
    arguments.add_argument("--folder", help="where the files are made; needs four times their size")
    options = arguments.parse_args()
    ours = lambda path, text, other: [MEDIARY, "metadata", "write", path, "--set", text]
    films = {
        "mediary": ours,
        "remux": lambda path, text, other:
            ["ffmpeg", "-v", "error", "-nostdin", "-i", path, "-c", "copy", "-metadata", f"comment={text}", other],
        "remux, index first": lambda path, text, other:
            ["ffmpeg", "-v", "error", "-nostdin", "-i", path, "-c", "copy", "-movflags", "+faststart",
             "-metadata", f"comment={text}", other],
        "mutagen": lambda path, text, other: [sys.executable, "-c", MUTAGEN, path, text],
    }
    pictures = {
        "mediary": ours,
        "piexif": lambda path, text, other: [sys.executable, "-c", PIEXIF, path, text],
    }
    with tempfile.TemporaryDirectory(dir=options.folder) as scratch:
        folder = Path(scratch)
        back, front = make_films(folder, options.bytes)
        size = f"{options.bytes / 1e9:.1f} GB"
        show(f"{size}, index behind the samples", measure(folder, back, films, options.runs),
             {"remux": "wall 0.1", "mutagen": None})
        back.unlink()
        goals = {"remux": None, "remux, index first": None, "mutagen": None}
        show(f"{size}, index first, no room", measure(folder, front, films, options.runs), goals)
        subprocess.run([MEDIARY, "metadata", "write", str(front), "--set", TEXT % 0], check=True, stdout=subprocess.DEVNULL)
        goals = {"remux": "wall 0.1", "remux, index first": "wall 0.1", "mutagen": None}
        show(f"{size}, index first, with the room of a first write",
             measure(folder, front, films, options.runs), goals)
        front.unlink()
        picture = make_picture(folder)
        title = f"JPEG of {picture.stat().st_size / 1e6:.0f} MB"
        show(title, measure(folder, picture, pictures, options.runs), {"piexif": None})


if __name__ == "__main__":
    main()
