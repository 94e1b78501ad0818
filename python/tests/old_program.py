"""A program of before, run with its import line swapped, and all that it wrote looked at."""

import json
import os
import sys
import wave
from pathlib import Path

import numpy as np

from mediary.media import read_metadata
from support import film, light, picture, probe, python

OLD, NEW = "from shared.utils.audio_video import ", "from mediary.media import "
PROGRAM = Path(__file__).with_name("programs") / "generator.py"


def grid(pictures, per_row):
    """Pictures (B, H, W, C) in rows, with two black pixels around each."""
    count, height, width, channels = pictures.shape
    columns, rows = min(per_row, count), -(-count // min(per_row, count))
    whole = np.zeros((rows * (height + 2) + 2, columns * (width + 2) + 2, channels), np.uint8)
    for index, one in enumerate(pictures):
        y, x = index // columns * (height + 2) + 2, index % columns * (width + 2) + 2
        whole[y:y + height, x:x + width] = one
    return whole


def run(test, kind):
    """Runs the program with arrays of a kind, and `test` what came of it."""
    text = PROGRAM.read_text()
    test.assertEqual(text.count(OLD), 1)
    script = test.path("program.py")
    with open(script, "w") as file:
        file.write(text.replace(OLD, NEW))
    with wave.open(test.path("sound.wav"), "wb") as sound:
        sound.setparams((1, 2, 8_000, 0, "NONE", ""))
        sound.writeframes(bytes(1_600))
    told = json.loads(python(script, kind, test.folder, program=sys.executable))
    test.addCleanup(os.unlink, told["unnamed"])
    check_films(test, told)
    check_pictures(test, told)
    check_metadata(test, told)


def check_films(test, told):
    def given(name):
        return np.load(test.path(f"{name}.npy"))

    steps = light(given("film"), rounds=False).transpose(1, 2, 3, 0)
    for name in ("positions", "chunks"):
        np.testing.assert_array_equal(film(told[name], steps.shape), steps, name)
    test.assertEqual(probe(told["positions"])["r_frame_rate"], "16/1")
    batch = light(given("batch"), 0, 1, rounds=False).transpose(2, 0, 3, 4, 1)
    expected = np.stack([grid(frame, 2) for frame in batch])
    np.testing.assert_array_equal(film(told["names"], expected.shape), expected)
    arrays = np.stack([np.full((32, 48, 3), 30 * index, np.uint8) for index in range(4)])
    for name in ("arrays", "stream"):
        np.testing.assert_array_equal(film(told[name], arrays.shape), arrays, name)
    for name, file, codec, count in (
        ("usual", "usual.mp4", "h264", 5), ("suffix", "suffix.mp4", "hevc", 5),
        ("none", "none.mp4", "h264", 2),
    ):
        test.assertEqual(told[name], test.path(file))
        found = probe(told[name])
        test.assertEqual(
            (found["codec_name"], found["width"], found["height"], found["nb_read_packets"]),
            (codec, 64, 48, str(count)))
    test.assertRegex(told["unnamed"], r"^/tmp/[0-9a-f]{16}\.mp4$")


def check_pictures(test, told):
    def expected(name):
        return light(np.load(test.path(f"{name}.npy")), rounds=True)

    one = expected("picture").transpose(1, 2, 0)
    np.testing.assert_array_equal(picture(told["image"]), one)
    np.testing.assert_array_equal(
        picture(told["image names"]), grid(expected("pictures").transpose(0, 2, 3, 1), 2))
    clear = expected("clear").transpose(1, 2, 0)
    np.testing.assert_array_equal(picture(told["image clear"]), clear)
    plain = ((np.load(test.path("picture.npy")) + 1.2) / 2.4).astype(np.float32)
    np.testing.assert_array_equal(
        picture(told["image plain"]), light(plain, 0, 1, rounds=True).transpose(1, 2, 0))
    for name, file in {
        "image": "image.png", "image names": "grid.png", "image usual": "usual.jpg",
        "image webp": "usual.webp", "image clear": "clear.png", "image none": "unset.jpg",
    }.items():
        test.assertEqual(told[name], test.path(file))
    for name in ("image usual", "image none", "image webp"):
        test.assertEqual(picture(told[name]).shape, one.shape)


def check_metadata(test, told):
    settings = {"type": "a model", "prompt": "a red kite, déjà vu", "seed": 11, "resolution": "64x48"}
    for name in ("usual", "positions", "suffix", "image", "image usual", "image webp", "image clear"):
        test.assertEqual(json.loads(read_metadata(told[name])["raw"]), settings, name)
    test.assertEqual(json.loads(read_metadata(test.path("sound.wav"))["raw"]), settings)
    answers = [name for name in told if "metadata" in name or name == "video pictures"]
    for name in answers:
        test.assertIn(told[name], (True, [True] * 4), name)
    with open(told["suffix"], "rb") as file:
        test.assertIn(b"IMAGE_METADATA", file.read())
