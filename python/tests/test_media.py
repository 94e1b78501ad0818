"""The package as its users call it. Run by ./test; by hand: PYTHONPATH=python python3 -m unittest
discover python/tests"""

import hashlib
import json
import multiprocessing
import os
import subprocess
import tempfile
import threading
import unittest
import warnings

import numpy as np
from PIL import Image

from mediary.media import (
    AudioSaveConfig, ImageSaveConfig, MaskSaveConfig, MediaWriteError, MetadataSaveConfig,
    VideoSaveConfig, from_server_config, read_metadata, save_image, save_image_metadata, save_video,
    save_video_metadata, write_audio, write_image_tensor, write_mask, write_metadata_bundle,
    write_video_frames,
)

LOSSLESS = VideoSaveConfig(codec_type="libx264_lossless", container="mkv")


def pixels(path, shape):
    raw = subprocess.run(
        ["ffmpeg", "-v", "error", "-i", path, "-f", "rawvideo", "-pix_fmt", "rgb24", "-"],
        capture_output=True, check=True).stdout
    return np.frombuffer(raw, np.uint8).reshape(shape)


def write_in_child(path):
    frames = np.full((3, 16, 16, 3), 77, np.uint8)
    return write_video_frames(frames, LOSSLESS, output_path=path)


class Media(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.random = np.random.default_rng(3)

    def path(self, name):
        return os.path.join(self.folder.name, name)

    def frames(self, *shape):
        return self.random.integers(0, 256, shape, np.uint8)

    def test_frames_come_back_to_the_last_bit_and_stay_as_they_were(self):
        frames = self.frames(5, 40, 60, 3)
        before = hashlib.sha256(frames.tobytes()).hexdigest()
        path = write_video_frames(frames, LOSSLESS, output_path=self.path("a.mkv"))
        self.assertIs(type(path), str)
        np.testing.assert_array_equal(pixels(path, frames.shape), frames)
        self.assertEqual(hashlib.sha256(frames.tobytes()).hexdigest(), before)

    def test_arrays_that_lie_in_any_way(self):
        frames = self.frames(6, 40, 60, 3)
        for name, view in {
            "reversed": frames[::-1, :, ::-1], "every second": frames[::2, ::2, ::2],
            "colours swapped": frames[..., ::-1], "turned": frames.transpose(0, 2, 1, 3),
            "read only": np.frombuffer(frames.tobytes(), np.uint8).reshape(frames.shape),
        }.items():
            with self.subTest(name):
                path = write_video_frames(view, LOSSLESS, output_path=self.path("v.mkv"))
                np.testing.assert_array_equal(pixels(path, view.shape), view)

    def test_a_generator_streams(self):
        asked = []

        def frames():
            for index in range(40):
                asked.append(index)
                yield np.full((32, 48, 3), index, np.uint8)

        path = write_video_frames(frames(), LOSSLESS, output_path=self.path("g.mkv"))
        found = pixels(path, (40, 32, 48, 3))
        self.assertEqual([int(frame[0, 0, 0]) for frame in found], list(range(40)))
        self.assertEqual(len(asked), 40)

    def test_what_a_generator_raises_comes_through_and_leaves_nothing(self):
        def frames():
            yield np.zeros((16, 16, 3), np.uint8)
            raise KeyError("mine")

        with self.assertRaises(KeyError):
            write_video_frames(frames(), LOSSLESS, output_path=self.path("g.mkv"))
        self.assertEqual(os.listdir(self.folder.name), [])

    def test_a_masking_tool_lists_frames_and_overrides_a_shared_codec(self):
        shared = VideoSaveConfig(fps=25)
        frames = [frame for frame in self.frames(4, 33, 47, 3)]
        mine = shared.with_codec("libx264_lossless").with_(container=None)
        path = write_video_frames(frames, mine, output_path=self.path("m.mkv"))
        np.testing.assert_array_equal(pixels(path, (4, 33, 47, 3)), frames)
        self.assertEqual(shared.codec_type, "libx264_8")
        with self.assertRaises(AttributeError):
            shared.with_(codek="x")

    def test_failures_raise_with_code_and_leave_no_file(self):
        bad = np.full((2, 16, 16, 3), np.nan, np.float32)
        cases = {
            "output.bad_value": lambda: write_video_frames(bad, VideoSaveConfig(), output_path=self.path("x.mp4")),
            "output.unknown_codec": lambda: write_video_frames(
                self.frames(2, 16, 16, 3), VideoSaveConfig(codec_type="nope"), output_path=self.path("x.mp4")),
            "output.unfitting": lambda: write_video_frames(
                self.frames(2, 16, 16, 3), VideoSaveConfig(codec_type="prores_422"), output_path=self.path("x.mp4")),
            "output.empty": lambda: write_video_frames(iter([]), VideoSaveConfig(), output_path=self.path("x.mp4")),
            "file.not_found": lambda: write_image_tensor(
                self.frames(16, 16, 3), ImageSaveConfig(), output_path=self.path("none/x.jpg")),
        }
        for code, work in cases.items():
            with self.subTest(code), self.assertRaises(MediaWriteError) as caught:
                work()
            self.assertEqual(caught.exception.code, code)
        self.assertEqual(os.listdir(self.folder.name), [])
        with self.assertRaises(TypeError):
            write_image_tensor("no tensor", ImageSaveConfig(), output_path=self.path("x.png"))

    def test_old_functions_with_the_import_line_swapped(self):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            tensor = self.random.uniform(-1, 1, (3, 6, 32, 48)).astype(np.float32)
            path = save_video(tensor, self.path("old.mp4"), fps=16)
            self.assertEqual(path, self.path("old.mp4"))
            four = self.random.uniform(-1, 1, (4, 3, 32, 48)).astype(np.float32)
            saved = save_image(four, self.path("grid.png"), quality="png")
            with Image.open(saved) as picture:
                self.assertEqual(picture.size, (4 * 50 + 2, 36))
            self.assertTrue(save_video_metadata(path, {"prompt": "a kite", "seed": 7}))
            self.assertTrue(save_image_metadata(saved, {"prompt": "é" * 40_000}))
            with self.assertRaises(MediaWriteError):
                save_video(tensor, self.path("none/old.mp4"))
        self.assertEqual(read_metadata(path)["record"]["seed"], 7)
        self.assertEqual(len(json.loads(read_metadata(saved)["raw"])["prompt"]), 40_000)

    def test_old_functions_warn(self):
        with self.assertWarns(DeprecationWarning):
            save_image(self.frames(3, 8, 8), self.path("x.png"), quality="png")

    def test_metadata_sidecar_and_server_settings(self):
        video, image, metadata = from_server_config(
            {"video_output_codec": "libx264_10", "image_output_codec": "png", "metadata_type": "json"})
        self.assertEqual((video.codec_type, image.quality), ("libx264_10", "png"))
        path = write_image_tensor(self.frames(8, 8, 3), image, output_path=self.path("p"))
        self.assertEqual(write_metadata_bundle(path, {"seed": 1}, metadata)["where"], "sidecar")
        self.assertTrue(os.path.exists(self.path("p.json")))
        with self.assertRaises(MediaWriteError):
            read_metadata(self.path("none.png"))

    def test_sound_and_mask(self):
        tone = np.sin(np.arange(24_000) / 20).astype(np.float32)
        path = write_audio(tone, AudioSaveConfig(sample_rate=24_000), output_path=self.path("t.wav"))
        self.assertEqual(os.path.getsize(path) // 48_000, 1)
        with self.assertRaises(ValueError):
            write_audio(tone, AudioSaveConfig(), output_path=self.path("t.wav"))
        mask = self.random.random((20, 30)) > 0.5
        with Image.open(write_mask(mask, MaskSaveConfig(), output_path=self.path("m.png"))) as found:
            np.testing.assert_array_equal(np.asarray(found), mask * np.uint8(255))

    def test_eight_threads_at_once(self):
        failures = []

        def work(index):
            try:
                frames = np.full((8, 32, 32, 3), index * 20, np.uint8)
                path = write_video_frames(frames, LOSSLESS, output_path=self.path(f"{index}.mkv"))
                np.testing.assert_array_equal(pixels(path, frames.shape), frames)
            except BaseException as error:
                failures.append(error)

        threads = [threading.Thread(target=work, args=[index]) for index in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(failures, [])

    def test_a_forked_process(self):
        write_in_child(self.path("parent.mkv"))
        with multiprocessing.get_context("fork").Pool(2) as pool:
            paths = pool.map(write_in_child, [self.path("a.mkv"), self.path("b.mkv")])
        for path in paths:
            self.assertTrue((pixels(path, (3, 16, 16, 3)) == 77).all())

    def test_torch_tensors_where_torch_is(self):
        try:
            import torch
        except ImportError:
            # The same protocol, by an object that has what the package asks of a tensor.
            torch = None
        if torch is None:
            tensor = FakeTensor(self.random.uniform(-1, 1, (3, 4, 20, 30)).astype(np.float32))
        else:
            tensor = torch.rand(3, 4, 20, 30) * 2 - 1
        path = write_video_frames(tensor, LOSSLESS, output_path=self.path("t.mkv"))
        self.assertEqual(pixels(path, (4, 20, 30, 3)).shape, (4, 20, 30, 3))


class FakeTensor:
    """What `describe` asks of a tensor, over numpy."""

    class device:
        type = "cpu"

    dtype = "torch.float32"

    def __init__(self, array):
        self.array, self.shape = array, array.shape

    def detach(self):
        return self

    def is_conj(self):
        return False

    is_neg = is_conj

    def element_size(self):
        return self.array.itemsize

    def data_ptr(self):
        return self.array.__array_interface__["data"][0]

    def stride(self):
        return [step // self.array.itemsize for step in self.array.strides]


if __name__ == "__main__":
    unittest.main()
