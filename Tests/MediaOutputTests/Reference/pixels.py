"""What numpy says the pixels of written files must be, and whether they are.

    python3 pixels.py MEDIARY FOLDER CASE…

Each case writes an array, lets MEDIARY write it to a file, reads that back with Pillow or ffmpeg,
and compares every number. The formulas are written here anew, from what torchvision documents.
"""

import os
import subprocess
import sys

import numpy as np
from PIL import Image


def steps(values, low=-1.0, high=1.0, rounds=True):
    """Floats to steps of 255, in 32 bit floats."""
    values = values.astype(np.float32)
    low, high = np.float32(low), np.float32(high)
    light = (np.clip(values, low, high) - low) / max(high - low, np.float32(1e-5))
    light = light * np.float32(255) + np.float32(0.5 if rounds else 0)
    return np.clip(light, 0, 255).astype(np.uint8)


def grid(pictures, per_row=8, border=2):
    """Pictures (B, H, W, C) in rows, with black around each."""
    count, height, width, channels = pictures.shape
    if count == 1:
        return pictures[0]
    columns = min(per_row, count)
    rows = -(-count // columns)
    whole = np.zeros(
        (rows * (height + border) + border, columns * (width + border) + border, channels), np.uint8)
    for index, picture in enumerate(pictures):
        y = index // columns * (height + border) + border
        x = index % columns * (width + border) + border
        whole[y:y + height, x:x + width] = picture
    return whole


class Case:
    def __init__(self, mediary, folder):
        self.mediary, self.folder = mediary, folder
        self.random = np.random.default_rng(20261121)

    def run(self, *words):
        done = subprocess.run([self.mediary, "write", *words], capture_output=True, text=True)
        assert done.returncode == 0, done.stderr

    def picture(self, array, *options, quality="png", name="a.npy"):
        source, target = f"{self.folder}/{name}", f"{self.folder}/out.{quality.split('_')[0]}"
        np.save(source, array) if name.endswith(".npy") else np.savez(source, array)
        self.run("image", "--input", source, "--output", target, "--quality", quality, *options)
        return np.asarray(Image.open(target))

    def film(self, array, *options, name="a.npy"):
        source, target = f"{self.folder}/{name}", f"{self.folder}/out.mkv"
        np.save(source, array)
        self.run("video", "--input", source, "--output", target, "--codec", "libx264_lossless", *options)
        raw = subprocess.run(
            ["ffmpeg", "-v", "error", "-i", target, "-f", "rawvideo", "-pix_fmt", "rgb24", "-"],
            capture_output=True, check=True).stdout
        return np.frombuffer(raw, np.uint8)

    def floats(self, *shape, kind=np.float32):
        # Past both ends of the range, and the ends themselves.
        values = self.random.uniform(-1.3, 1.3, shape).astype(kind)
        values.flat[0], values.flat[1], values.flat[2] = -1, 1, 0
        return values

    # Pictures

    def bytes_stay(self):
        array = self.random.integers(0, 256, (37, 53, 3), np.uint8)
        for quality in ("png", "webp_lossless"):
            assert (self.picture(array, quality=quality) == array).all()

    def one_hundred_twenty_eight(self):
        array = np.full((16, 16, 3), 128, np.uint8)
        assert (self.picture(array) == 128).all()

    def floats_round(self):
        for kind in (np.float32, np.float16, np.float64):
            array = self.floats(37, 53, 3, kind=kind)
            assert (self.picture(array) == steps(array)).all(), kind

    def channels_first(self):
        array = self.floats(3, 37, 53)
        assert (self.picture(array) == steps(array).transpose(1, 2, 0)).all()

    def other_range(self):
        array = self.floats(20, 30, 3)
        assert (self.picture(array, "--range", "0,1") == steps(array, 0, 1)).all()

    def batch_is_a_grid(self):
        array = self.floats(5, 3, 24, 16)
        expected = grid(steps(array).transpose(0, 2, 3, 1), per_row=2)
        assert (self.picture(array, "--per-row", "2") == expected).all()

    def batch_of_four_is_no_alpha(self):
        array = self.floats(4, 3, 24, 16)
        expected = grid(steps(array).transpose(0, 2, 3, 1))
        found = self.picture(array)
        assert found.shape == expected.shape and (found == expected).all()

    def four_channels_are_alpha(self):
        array = self.random.integers(0, 256, (20, 30, 4), np.uint8)
        for quality in ("png", "webp_lossless"):
            found = self.picture(array, quality=quality)
            seen = array[..., 3] > 0
            assert found.shape == array.shape and (found[seen] == array[seen]).all()

    def gray_becomes_colour(self):
        array = self.random.integers(0, 256, (20, 30), np.uint8)
        found = self.picture(array)
        assert (found == array[..., None]).all() and found.shape == (20, 30, 3)

    def fortran_order(self):
        array = np.asfortranarray(self.random.integers(0, 256, (37, 53, 3), np.uint8))
        assert (self.picture(array) == array).all()

    def archive(self):
        array = self.random.integers(0, 256, (37, 53, 3), np.uint8)
        assert (self.picture(array, name="a.npz") == array).all()

    def packed_archive(self):
        array = self.floats(370, 53, 3)
        other = self.random.integers(0, 256, (3, 3, 3), np.uint8)
        np.savez_compressed(f"{self.folder}/p.npz", frames=array, other=other)
        self.run(
            "image", "-i", f"{self.folder}/p.npz", "--array", "frames", "-o", f"{self.folder}/p.png",
            "--quality", "png", "--temp-dir", self.folder)
        assert (np.asarray(Image.open(f"{self.folder}/p.png")) == steps(array)).all()
        # A bit of the packed bytes turned: an error, and no picture.
        with open(f"{self.folder}/p.npz", "r+b") as file:
            file.seek(50_000)
            byte = file.read(1)[0] ^ 0x10
            file.seek(50_000)
            file.write(bytes([byte]))
        done = subprocess.run(
            [self.mediary, "write", "image", "-i", f"{self.folder}/p.npz", "--array", "frames",
             "-o", f"{self.folder}/q.png", "--temp-dir", self.folder], capture_output=True, text=True)
        assert done.returncode == 65, (done.returncode, done.stderr)
        assert sorted(os.listdir(self.folder)) == ["p.npz", "p.png"], os.listdir(self.folder)

    def open_exr(self):
        for shape, pixels, order in (((21, 34, 3), "gbrpf32le", (1, 2, 0)), ((21, 34), "grayf32le", None),
                                     ((21, 34, 4), "gbrapf32le", (1, 2, 0, 3))):
            array = self.random.uniform(-0.5, 40, shape).astype(np.float32)
            np.save(f"{self.folder}/e.npy", array)
            self.run("image", "-i", f"{self.folder}/e.npy", "-o", f"{self.folder}/e.exr", "--quality", "exr", "--as-is")
            raw = subprocess.run(
                ["ffmpeg", "-v", "error", "-i", f"{self.folder}/e.exr", "-f", "rawvideo", "-pix_fmt", pixels, "-"],
                capture_output=True, check=True).stdout
            found = np.frombuffer(raw, np.float32)
            expected = array if order is None else array.transpose(2, 0, 1)[list(order)]
            assert (found == expected.ravel()).all(), pixels

    def open_exr_of_a_range(self):
        array = self.floats(20, 30, 3)
        np.save(f"{self.folder}/e.npy", array)
        self.run("image", "-i", f"{self.folder}/e.npy", "-o", f"{self.folder}/e.exr", "--quality", "exr_half")
        raw = subprocess.run(
            ["ffmpeg", "-v", "error", "-i", f"{self.folder}/e.exr", "-f", "rawvideo", "-pix_fmt", "gbrpf32le", "-"],
            capture_output=True, check=True).stdout
        found = np.frombuffer(raw, np.float32).reshape(3, 20, 30)
        expected = ((array + 1) / 2).transpose(2, 0, 1)[[1, 2, 0]]
        assert abs(found - expected).max() < 0.001

    def jpeg_like_pillow(self):
        ramp = np.indices((64, 96)).sum(0) % 256
        array = np.stack([ramp, ramp[::-1], ramp.T.repeat(2, 1)[:64, :96]], -1).astype(np.uint8)
        Image.fromarray(array).save(f"{self.folder}/pillow.jpg", quality=95)
        ours = self.picture(array, quality="jpeg_95").astype(int)
        theirs = np.asarray(Image.open(f"{self.folder}/pillow.jpg")).astype(int)
        assert abs(ours - theirs).max() <= 1, abs(ours - theirs).max()

    def mask(self):
        array = self.random.random((33, 45)) > 0.5
        np.save(f"{self.folder}/m.npy", array)
        self.run("mask", "--input", f"{self.folder}/m.npy", "--output", f"{self.folder}/m.png")
        found = Image.open(f"{self.folder}/m.png")
        assert found.mode == "L" and (np.asarray(found) == array * 255).all()

    # Films

    def film_bytes_stay(self):
        array = self.random.integers(0, 256, (7, 36, 50, 3), np.uint8)
        assert (self.film(array).reshape(array.shape) == array).all()

    def film_floats_are_cut_off(self):
        array = self.floats(3, 6, 36, 50)
        expected = steps(array, rounds=False).transpose(1, 2, 3, 0)
        assert (self.film(array, "--layout", "CTHW").reshape(expected.shape) == expected).all()

    def film_of_a_batch(self):
        array = self.floats(3, 3, 5, 16, 20)
        pictures = steps(array, rounds=False).transpose(2, 0, 3, 4, 1)
        expected = np.stack([grid(frame, per_row=2) for frame in pictures])
        found = self.film(array, "--layout", "BCTHW", "--per-row", "2")
        assert (found.reshape(expected.shape) == expected).all()

    def film_keeps_odd_size(self):
        array = self.random.integers(0, 256, (3, 101, 151, 3), np.uint8)
        assert (self.film(array).reshape(array.shape) == array).all()

    def film_of_safetensors(self):
        array = self.random.integers(0, 256, (4, 20, 30, 3), np.uint8)
        head = ('{"frames":{"dtype":"U8","shape":[4,20,30,3],"data_offsets":[0,%d]}}' % array.size)
        with open(f"{self.folder}/a.safetensors", "wb") as file:
            file.write(len(head).to_bytes(8, "little") + head.encode() + array.tobytes())
        target = f"{self.folder}/s.mkv"
        self.run("video", "-i", f"{self.folder}/a.safetensors", "-o", target, "--codec", "libx264_lossless")
        raw = subprocess.run(
            ["ffmpeg", "-v", "error", "-i", target, "-f", "rawvideo", "-pix_fmt", "rgb24", "-"],
            capture_output=True, check=True).stdout
        assert raw == array.tobytes()


for name in sys.argv[3:]:
    getattr(Case(sys.argv[1], sys.argv[2]), name)()
