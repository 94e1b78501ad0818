"""Every element type in every layout: written once, and read back to the last bit."""

import itertools
import struct
import subprocess
import unittest

import numpy as np

from mediary.media import ImageSaveConfig, write_image_tensor, write_video_frames
from support import LOSSLESS, MEDIARY, MediaTest, film, light, picture

ELEMENTS = ("bool", "uint8", "uint16", "float16", "bfloat16", "float32", "float64")
FILM_LAYOUTS = {"THWC": "THWC", "TCHW": "TCHW", "CTHW": "CTHW", "THW": "THW", "BCTHW": "BCTHW"}


def steps_of(element, random, shape):
    """Numbers of an element type, and the steps of 255 that they are in a picture and in a film."""
    if element == "bool":
        values = random.random(shape) > 0.5
        return values, values * np.uint8(255), values * np.uint8(255)
    if element == "uint8":
        values = random.integers(0, 256, shape, np.uint8)
        return values, values, values
    if element == "uint16":
        # Multiples of 257 are the same share of light in both widths.
        steps = random.integers(0, 256, shape, np.uint8)
        return steps.astype(np.uint16) * np.uint16(257), steps, steps
    values = random.uniform(-1.2, 1.2, shape).astype(np.float32)
    if element == "bfloat16":
        values = (values.view(np.uint32) & 0xFFFF0000).view(np.float32)
    else:
        values = values.astype(element)
    return values, light(values, rounds=True), light(values, rounds=False)


def safetensors(path, element, values):
    """The file of an array that numpy has no type for."""
    assert element == "bfloat16"
    halves = (np.ascontiguousarray(values).view(np.uint32) >> 16).astype("<u2").tobytes()
    head = '{"frames":{"dtype":"BF16","shape":%s,"data_offsets":[0,%d]}}' % (
        list(values.shape), len(halves))
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(head)) + head.encode() + halves)


def arranged(frames, layout):
    """Frames (T, H, W, C) in the order of another layout."""
    if layout == "THW":
        return frames[..., 0]
    axes = layout.replace("B", "")
    turned = frames.transpose(*("THWC".index(axis) for axis in axes))
    return turned[None] if layout.startswith("B") else turned


class Elements(MediaTest):
    def given(self, element, values):
        """What is handed over: an array, or a file where numpy has no such type."""
        if element != "bfloat16":
            return np.ascontiguousarray(values)
        path = self.path("given.safetensors")
        safetensors(path, element, values)
        return path

    def write(self, given, kind, target, layout, *options):
        if isinstance(given, str):
            words = ["write", kind, "-i", given, "-o", target, "--layout", layout, *options]
            subprocess.run([MEDIARY, *words], check=True, capture_output=True)
        elif kind == "video":
            write_video_frames(given, LOSSLESS, output_path=target, layout=layout)
        else:
            write_image_tensor(given, ImageSaveConfig(quality="png"), output_path=target, layout=layout)

    def test_films_of_every_element_in_every_layout_come_back_to_the_last_bit(self):
        target = self.path("f.mkv")
        for element, layout in itertools.product(ELEMENTS, FILM_LAYOUTS):
            with self.subTest(element=element, layout=layout):
                values, _, steps = steps_of(element, self.random, (3, 16, 16, 3))
                given = self.given(element, arranged(values, layout))
                self.write(given, "video", target, layout, "--codec", "libx264_lossless")
                expected = steps if layout != "THW" else np.repeat(steps[..., :1], 3, -1)
                np.testing.assert_array_equal(film(target, (3, 16, 16, 3)), expected)

    def test_pictures_of_every_element_in_every_layout_come_back_to_the_last_bit(self):
        target = self.path("p.png")
        for element, layout in itertools.product(ELEMENTS, ("HWC", "CHW", "HW", "BHWC", "BCHW")):
            with self.subTest(element=element, layout=layout):
                values, steps, _ = steps_of(element, self.random, (16, 24, 3))
                if layout == "HW":
                    values, steps = values[..., 0], np.repeat(steps[..., :1], 3, -1)
                else:
                    axes = layout.replace("B", "")
                    values = values.transpose(*("HWC".index(axis) for axis in axes))
                    values = values[None] if layout.startswith("B") else values
                self.write(self.given(element, values), "image", target, layout, "--quality", "png")
                np.testing.assert_array_equal(picture(target), steps)


if __name__ == "__main__":
    unittest.main()
