#!/usr/bin/env python3
"""Writing frames and pictures beside imageio-ffmpeg, PyAV and Pillow, all from the same numpy arrays.

    python3 -m venv V && V/bin/pip install numpy pillow imageio imageio-ffmpeg av
    V/bin/python benchmark/write.py [--runs N] [--frames N] [--presets a,b]

Every way runs as a process of its own, in turn, at equal preset, CRF, threads and colour matrix; what
the interpreter and its imports cost is in each. Prints medians and ratios, sizes, and the SSIM of each
film with the frames. "x264 alone" encodes frames that were converted before, by ffmpeg: what no way
can do without. The frames are synthetic: a moving pattern with noise.
"""

import argparse
import os
import re
import subprocess
import sys
import tempfile

from measure import ROOT, compare, in_turn

COMMON = "import sys, numpy as np; source, target, PRESET = (sys.argv + [None])[1:4]; frames = np.load(source, mmap_mode='r')\n"
WAYS = {
    "mediary": COMMON + """
sys.path.insert(0, %r)
from mediary.media import VideoSaveConfig, write_video_frames
write_video_frames(iter(frames), VideoSaveConfig(fps=30, extra_params={"preset": PRESET}), output_path=target)
""" % str(ROOT / "python"),
    "imageio-ffmpeg": COMMON + """
import imageio_ffmpeg
height, width = frames.shape[1:3]
writer = imageio_ffmpeg.write_frames(target, (width, height), fps=30, codec="libx264", macro_block_size=1, quality=None,
    pix_fmt_out="yuv420p",
    output_params=["-crf", "10", "-preset", PRESET, "-threads", "2", "-vf", "scale=out_color_matrix=bt709", "-colorspace", "bt709"])
writer.send(None)
for frame in frames: writer.send(np.ascontiguousarray(frame))
writer.close()
""",
    "PyAV": COMMON + """
import av
height, width = frames.shape[1:3]
with av.open(target, "w") as container:
    stream = container.add_stream("libx264", rate=30, options={"crf": "10", "preset": PRESET, "threads": "2"})
    stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
    stream.codec_context.colorspace = 1
    for frame in frames:
        picture = av.VideoFrame.from_ndarray(np.ascontiguousarray(frame), format="rgb24")
        picture = picture.reformat(format="yuv420p", dst_colorspace="ITU709")
        for packet in stream.encode(picture): container.mux(packet)
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
    arguments.add_argument("--presets", default="ultrafast,veryfast,medium")
    arguments.add_argument("--films-only", action="store_true")
    options = arguments.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        frames = os.path.join(scratch, "frames.npy")
        make_frames(frames, options.frames)
        planes = os.path.join(scratch, "planes.yuv")
        raw = ["-f", "rawvideo", "-s", "1280x720", "-r", "30"]
        subprocess.run(
            ["ffmpeg", "-nostdin", "-v", "error", *raw, "-pix_fmt", "rgb24", "-skip_initial_bytes", "128", "-i", frames,
             "-vf", "scale=out_color_matrix=bt709,format=yuv420p", "-f", "rawvideo", planes], check=True)
        for preset in options.presets.split(","):
            films = {name: os.path.join(scratch, f"{name}.mp4") for name in WAYS}
            ways = {name: [sys.executable, "-c", way, frames, films[name], preset] for name, way in WAYS.items()}
            ways["x264 alone"] = [
                "ffmpeg", "-nostdin", "-v", "error", "-y", *raw, "-pix_fmt", "yuv420p", "-i", planes, "-c:v", "libx264",
                "-preset", preset, "-crf", "10", "-threads", "2", os.path.join(scratch, "alone.mp4")]
            results = in_turn(ways, options.runs)
            title = f"{options.frames} frames of 1280x720, x264 {preset} CRF 10"
            for peer, goal in (("imageio-ffmpeg", "wall 0.9"), ("PyAV", "wall 1.0"), ("x264 alone", "none")):
                compare(title, results, "mediary", peer, goal)
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
