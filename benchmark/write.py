#!/usr/bin/env python3
"""Writing frames and pictures beside imageio-ffmpeg, PyAV and Pillow, all from the same numpy arrays.

    python3 -m venv V && V/bin/pip install numpy pillow imageio imageio-ffmpeg av
    V/bin/python benchmark/write.py [--runs N] [--frames N]

Every way runs as a process of its own, in turn, at equal preset, CRF and threads; what the interpreter
and its imports cost is in each. Prints medians and ratios, sizes, and the SSIM of each film with the
frames. The frames are synthetic: a moving pattern with noise.
"""

import argparse
import os
import re
import subprocess
import sys
import tempfile

from measure import ROOT, compare, in_turn

COMMON = "import sys, numpy as np; source, target = sys.argv[1:3]; frames = np.load(source, mmap_mode='r')\n"
WAYS = {
    "mediary": COMMON + """
sys.path.insert(0, %r)
from mediary.media import VideoSaveConfig, write_video_frames
write_video_frames(iter(frames), VideoSaveConfig(fps=30, extra_params={"preset": "veryfast"}), output_path=target)
""" % str(ROOT / "python"),
    "imageio-ffmpeg": COMMON + """
import imageio_ffmpeg
height, width = frames.shape[1:3]
writer = imageio_ffmpeg.write_frames(target, (width, height), fps=30, codec="libx264", macro_block_size=1, quality=None,
    output_params=["-crf", "10", "-preset", "veryfast", "-threads", "2", "-pix_fmt", "yuv420p"])
writer.send(None)
for frame in frames: writer.send(np.ascontiguousarray(frame))
writer.close()
""",
    "PyAV": COMMON + """
import av
height, width = frames.shape[1:3]
with av.open(target, "w") as container:
    stream = container.add_stream("libx264", rate=30, options={"crf": "10", "preset": "veryfast", "threads": "2"})
    stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
    for frame in frames:
        for packet in stream.encode(av.VideoFrame.from_ndarray(np.ascontiguousarray(frame), format="rgb24")): container.mux(packet)
    for packet in stream.encode(): container.mux(packet)
""",
}
PICTURES = {
    "mediary": COMMON + """
sys.path.insert(0, %r)
from mediary.media import ImageSaveConfig, write_image_tensor
quality = {"jpg": "jpeg_95", "png": "png", "webp": "webp_95"}[target.rsplit(".", 1)[1]]
for frame in frames[:20]: write_image_tensor(frame, ImageSaveConfig(quality=quality), output_path=target)
""" % str(ROOT / "python"),
    "Pillow": COMMON + """
from PIL import Image
for frame in frames[:20]: Image.fromarray(np.ascontiguousarray(frame)).save(target, quality=95)
""",
}


def make_frames(path, count):
    script = (
        "import sys, numpy as np; count = int(sys.argv[2]);"
        "a = np.lib.format.open_memmap(sys.argv[1], 'w+', np.uint8, (count, 720, 1280, 3));"
        "y, x = np.indices((720, 1280)); noise = np.random.default_rng(1).integers(0, 12, (720, 1280, 1));\n"
        "for t in range(count):\n"
        "    a[t] = np.stack([(x + 4 * t) % 256, (y + 2 * t) % 256, (x + y) // 8 % 256], -1) * 0.9 + np.roll(noise, t, 0)\n"
    )
    subprocess.run([sys.executable, "-c", script, path, str(count)], check=True)


def ssim(film, frames):
    done = subprocess.run(
        ["ffmpeg", "-nostdin", "-hide_banner", "-i", film, "-f", "rawvideo", "-pix_fmt", "rgb24", "-s", "1280x720",
         "-r", "30", "-skip_initial_bytes", "128", "-i", frames, "-lavfi",
         "[0:v]format=gbrp[a];[1:v]format=gbrp[b];[a][b]ssim", "-f", "null", "-"],
        capture_output=True, text=True)
    found = re.search(r"All:([0-9.]+)", done.stderr)
    return float(found[1]) if found else float("nan")


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--runs", type=int, default=5)
    arguments.add_argument("--frames", type=int, default=300)
    arguments.add_argument("--films-only", action="store_true")
    options = arguments.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        frames = os.path.join(scratch, "frames.npy")
        make_frames(frames, options.frames)
        films = {name: os.path.join(scratch, f"{name}.mp4") for name in WAYS}
        results = in_turn(
            {name: [sys.executable, "-c", way, frames, films[name]] for name, way in WAYS.items()},
            options.runs)
        for peer, goal in (("imageio-ffmpeg", "wall 0.9"), ("PyAV", "wall 1.0")):
            compare(f"{options.frames} frames of 1280x720, x264 veryfast CRF 10", results, "mediary", peer, goal)
        for name, film in films.items():
            print(f"  {name:<28} {os.path.getsize(film) / 1e6:.2f} MB, SSIM {ssim(film, frames):.5f}")
        for kind in () if options.films_only else ("png", "jpg", "webp"):
            results = in_turn(
                {name: [sys.executable, "-c", way, frames, os.path.join(scratch, f"{name}.{kind}")]
                 for name, way in PICTURES.items()}, options.runs)
            compare(f"20 pictures of 1280x720, {kind}", results, "mediary", "Pillow")
            for name in PICTURES:
                print(f"  {name:<28} {os.path.getsize(os.path.join(scratch, f'{name}.{kind}')) / 1e3:.0f} kB")


if __name__ == "__main__":
    main()
