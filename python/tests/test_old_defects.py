"""What went wrong in the functions that programs call today, one promise each."""

import hashlib
import io
import json
import logging
import os
import unittest
import warnings

import numpy as np
from PIL import Image

from mediary.media import (
    AudioSaveConfig, ImageSaveConfig, MediaWriteError, VideoSaveConfig, read_metadata,
    save_audio_metadata, save_image, save_image_metadata, save_video, save_video_metadata,
    write_audio, write_image_tensor, write_video_frames,
)
from coded import coded
from support import LOSSLESS, MediaTest, busy, film, light, picture, probe, sound

LONG = {"prompt": "é雪" * 40_000, "seed": 7}


class OldDefects(MediaTest):
    def setUp(self):
        super().setUp()
        caught = warnings.catch_warnings()
        caught.__enter__()
        self.addCleanup(caught.__exit__, None, None, None)
        warnings.simplefilter("ignore", DeprecationWarning)

    def test_128_stays_128_on_every_attempt(self):
        for _ in range(3):
            array = np.full((3, 8, 8), 128, np.uint8)
            for quality in ("png", "webp_lossless", "jpeg_95"):
                path = save_image(array, self.path("a.png"), quality=quality)
                self.assertEqual(set(picture(path).flat), {128}, quality)
            found = film(save_video(array[:, None], self.path("a.mkv"), codec_type="libx264_lossless",
                                    container="mkv"), (1, 8, 8, 3))
            self.assertEqual(set(found.flat), {128})
            self.assertEqual(set(array.flat), {128})

    def test_a_batch_of_four_rgb_pictures_is_no_rgba(self):
        batch = self.floats(4, 3, 24, 16)
        path = save_image(batch, self.path("grid.jpg"), quality="png")
        found = picture(path)
        self.assertEqual(found.shape, (24 + 4, 4 * 18 + 2, 3))
        for index, one in enumerate(light(batch, rounds=True)):
            left = 2 + index * 18
            np.testing.assert_array_equal(found[2:26, left:left + 16], one.transpose(1, 2, 0))

    def test_four_channels_of_one_picture_are_rgba_in_a_png(self):
        one = self.bytes(4, 24, 16) | 1
        path = save_image(one, self.path("a.jpg"), quality="jpeg_95")
        self.assertEqual(path, self.path("a.png"))
        np.testing.assert_array_equal(picture(path), one.transpose(1, 2, 0))

    def test_150x100_stays_150x100(self):
        for width, height in ((150, 100), (151, 101), (17, 33)):
            for key in ("libx264_8", "libx264_10", "libx265_28", "libx265_8", "libx264_lossless"):
                with self.subTest(key=key, width=width):
                    tensor = self.floats(3, 5, height, width)
                    path = save_video(tensor, self.path("v.mp4"), codec_type=key)
                    found = probe(path)
                    self.assertEqual((found["width"], found["height"]), (width, height))

    def test_metadata_of_more_than_64_kilobytes_are_kept_in_jpeg_and_webp(self):
        for quality in ("jpeg_95", "webp_95", "webp_lossless", "png"):
            with self.subTest(quality):
                path = save_image(self.floats(3, 32, 32), self.path("a.png"), quality=quality)
                self.assertTrue(save_image_metadata(path, LONG))
                self.assertEqual(json.loads(read_metadata(path)["raw"]), LONG)

    def test_a_metadata_write_leaves_the_pictures_coded_bytes_as_they_were(self):
        for quality in ("jpeg_95", "jpeg_50", "webp_lossless", "webp_70", "png"):
            for metadata in ({"seed": 1}, LONG):
                with self.subTest(quality=quality, size=len(str(metadata))):
                    path = save_image(self.floats(3, 64, 48), self.path("a.png"), quality=quality)
                    before, pixels = coded(path), picture(path)
                    save_image_metadata(path, metadata, quality=95)
                    self.assertEqual(coded(path), before)
                    np.testing.assert_array_equal(picture(path), pixels)

    def test_a_failure_raises_with_its_cause(self):
        tensor = self.floats(3, 2, 16, 16)
        missing = self.path("none/a.mp4")
        for work in (
            lambda: save_video(tensor, missing),
            lambda: save_image(tensor[:, 0], missing),
            lambda: save_video_metadata(missing, {}),
            lambda: save_image_metadata(self.path("none/a.png"), {}),
            lambda: save_audio_metadata(self.path("none/a.wav"), {}),
        ):
            error = self.assert_refused("file.not_found", work)
            self.assertIsInstance(error, RuntimeError)
            self.assertIn("none", str(error))

    def test_no_path_is_told_of_a_picture_that_was_not_written(self):
        for shape in ((2, 16, 16), (5, 5, 5, 5), (7,)):
            told = None
            with self.assertRaises(MediaWriteError):
                told = save_image(np.zeros(shape, np.float32), self.path("a.png"))
            self.assertIsNone(told)
        self.assertEqual(self.names(), [])

    def test_metadata_of_flac_are_kept_and_its_samples_as_they_were(self):
        samples = self.floats(9_000)
        for codec in ("flac", "wav", "mp3_192", "alac", "opus_96"):
            with self.subTest(codec):
                path = write_audio(
                    samples, AudioSaveConfig(sample_rate=48_000), codec=codec, output_path=self.path("s"))
                before = sound(path)
                self.assertTrue(save_audio_metadata(path, LONG))
                self.assertEqual(json.loads(read_metadata(path)["raw"]), LONG)
                self.assertEqual(sound(path), before)

    def test_metadata_of_every_film_are_kept_and_its_pictures_as_they_were(self):
        for container, key in {
            "mp4": "libx264_8", "mov": "prores_422", "mkv": "libx265_28", "webm": "vp9_30",
        }.items():
            with self.subTest(container):
                path = write_video_frames(
                    self.bytes(3, 64, 64, 3), VideoSaveConfig(codec_type=key),
                    output_path=self.path(f"v.{container}"))
                before = film(path, (3, 64, 64, 3))
                self.assertTrue(save_video_metadata(path, LONG))
                self.assertEqual(json.loads(read_metadata(path)["raw"]), LONG)
                np.testing.assert_array_equal(film(path, (3, 64, 64, 3)), before)

    def test_source_pictures_of_every_kind_go_into_the_film(self):
        small = Image.fromarray(self.bytes(8, 8, 3))
        encoded = io.BytesIO()
        small.save(encoded, "PNG")
        small.save(self.path("start.png"))
        given = {
            "image_start": self.path("start.png"), "image_end": small, "image_none": None,
            "image_refs": [encoded.getvalue(), self.path("start.png"), None],
        }
        for container in ("mp4", "mkv"):
            path = save_video(self.floats(3, 2, 32, 32), self.path(f"v.{container}"), container=container)
            self.assertTrue(save_video_metadata(path, {"seed": 3}, source_images=given))
            with open(path, "rb") as file:
                written = file.read()
            names = (
                (b"EMBEDDED_IMAGES", b"IMAGE_METADATA", b"start.png", b"image_refs") if container == "mp4"
                else (b"image_start__start.png", b"image_end__image_end.png"))
            for name in names:
                self.assertIn(name, written)
            self.assertEqual(written.count(b"\x89PNG\r\n"), 4)
            self.assertEqual(film(path, (2, 32, 32, 3)).shape, (2, 32, 32, 3))

    def test_no_part_of_a_file_is_ever_under_its_name(self):
        target = self.path("film.mp4")
        seen = set()

        def frames():
            for index in range(60):
                seen.add(os.path.exists(target))
                yield np.full((64, 64, 3), index, np.uint8)
            raise KeyError("the maker gives up")

        with self.assertRaises(KeyError):
            write_video_frames(frames(), output_path=target)
        self.assertEqual((seen, self.names()), ({False}, []))
        with open(target, "wb") as file:
            file.write(b"what stood there")
        with self.assertRaises(KeyError):
            write_video_frames(frames(), output_path=target)
        self.assertEqual(self.names(), ["film.mp4"])
        with open(target, "rb") as file:
            self.assertEqual(file.read(), b"what stood there")

    def test_the_callers_numbers_stay_what_they_are_even_where_writing_fails(self):
        for kind in (np.uint8, np.float32, np.float16, np.float64):
            tensor = (self.random.uniform(-3, 3, (3, 2, 16, 16)) * 40).astype(kind)
            before = hashlib.sha256(tensor.tobytes()).digest()
            save_video(tensor, self.path("a.mp4"))
            save_image(tensor[:, 0], self.path("a.png"))
            with self.assertRaises(MediaWriteError):
                save_video(tensor, self.path("none/a.mp4"))
            self.assertEqual(hashlib.sha256(tensor.tobytes()).digest(), before)

    def test_a_name_with_dots_stays_whole(self):
        for asked, film_name, picture_name in (
            ("my model v1.2", "my model v1.2.mp4", "my model v1.2.jpg"),
            ("clip.v1.2", "clip.v1.2.mp4", "clip.v1.2.jpg"),
            ("take 3.5 final", "take 3.5 final.mp4", "take 3.5 final.jpg"),
            ("a.b.mp4", "a.b.mp4", "a.b.jpg"), ("clip.MP4", "clip.MP4", "clip.jpg"),
        ):
            with self.subTest(asked):
                self.assertEqual(
                    save_video(self.floats(3, 1, 16, 16), self.path(asked)), self.path(film_name))
                self.assertEqual(
                    save_image(self.floats(3, 16, 16), self.path(asked)), self.path(picture_name))

    def test_a_missing_picture_in_a_list_of_chunks_is_passed_over(self):
        chunks = [self.floats(3, 2, 16, 16), None, self.floats(3, 3, 16, 16)]
        path = write_video_frames(chunks, LOSSLESS, output_path=self.path("c.mkv"))
        expected = light(np.concatenate([chunks[0], chunks[2]], 1), rounds=False).transpose(1, 2, 3, 0)
        np.testing.assert_array_equal(film(path, expected.shape), expected)

    def test_retries_are_spoken_of_in_the_words_that_logs_are_filtered_by(self):
        log, said = logging.getLogger("mediary-test"), io.StringIO()
        handler = logging.StreamHandler(said)
        log.addHandler(handler)
        self.addCleanup(log.removeHandler, handler)
        log.propagate = False
        with busy():
            with self.assertRaises(MediaWriteError):
                write_image_tensor(
                    self.bytes(8, 8, 3), ImageSaveConfig(retry=2), logger=log, output_path=self.path("a.jpg"))
        lines = said.getvalue().splitlines()
        target = self.path("a.jpg")
        self.assertTrue(lines[0].startswith(f"write_image attempt 1/2 failed for {target}: "), lines)
        self.assertTrue(lines[1].startswith(f"write_image attempt 2/2 failed for {target}: "), lines)
        self.assertTrue(lines[2].startswith(f"write_image exhausted retries for {target}: "), lines)


if __name__ == "__main__":
    unittest.main()
