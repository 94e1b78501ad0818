"""What is no film, no picture and no sound: each refused by its code, with nothing left behind."""

import unittest

import numpy as np
from PIL import Image

from mediary.media import (
    AudioSaveConfig, ImageSaveConfig, MaskSaveConfig, MetadataSaveConfig, VideoSaveConfig,
    write_audio, write_image_tensor, write_mask, write_metadata_bundle, write_video_frames,
)
from support import LOSSLESS, MediaTest, film, picture, probe


class BadNumbers(MediaTest):
    def test_what_is_no_number_is_named_by_its_place(self):
        for value, word in {np.nan: "NaN", np.inf: "infinity", -np.inf: "infinity"}.items():
            for kind in (np.float16, np.float32, np.float64):
                with self.subTest(value=value, kind=kind):
                    frames = np.zeros((4, 16, 16, 3), kind)
                    frames[2, 5, 7, 1] = value
                    self.assert_refused(
                        "output.bad_value", words=f"frame 2, row 5, column 7, channel 1 is {word}",
                        work=lambda: write_video_frames(frames, output_path=self.path("a.mp4")))
                    self.assert_refused(
                        "output.bad_value", words=f"row 5, column 7, channel 1 is {word}",
                        work=lambda: write_image_tensor(frames[2], output_path=self.path("a.jpg")))
        samples = np.zeros((100, 2), np.float32)
        samples[60, 1] = np.nan
        self.assert_refused(
            "output.bad_value", words="sample 60 of channel 1 is NaN",
            work=lambda: write_audio(
                samples, AudioSaveConfig(sample_rate=8_000), output_path=self.path("a.wav")))

    def test_the_place_is_right_in_whatever_layout(self):
        tensor = np.zeros((3, 4, 16, 16), np.float32)
        tensor[1, 2, 5, 7] = np.nan
        self.assert_refused(
            "output.bad_value", words="frame 2, row 5, column 7, channel 1",
            work=lambda: write_video_frames(tensor, output_path=self.path("a.mp4"), layout="CTHW"))

    def test_whole_numbers_past_255_are_refused_where_they_are_no_16_bits(self):
        for kind in (np.int16, np.int32, np.int64, np.uint32):
            frames = np.zeros((1, 8, 8, 3), kind)
            frames[0, 1, 2, 0] = 256
            self.assert_refused(
                "output.bad_value", words="row 1, column 2, channel 0 is 256",
                work=lambda: write_video_frames(frames, output_path=self.path("a.mp4")))


class BadShapes(MediaTest):
    def test_shapes_that_are_no_film_are_refused(self):
        for shape in ((), (5,), (2, 16, 16, 2), (7, 8, 9, 10), (1, 1, 1, 1, 1, 3), (2, 0, 16, 3),
                      (2, 16, 0, 3)):
            with self.subTest(shape):
                self.assert_refused(
                    "output.bad_shape",
                    lambda: write_video_frames(np.zeros(shape, np.uint8), output_path=self.path("a.mp4")))

    def test_shapes_that_are_no_picture_are_refused(self):
        for shape in ((), (5,), (5, 5, 5), (0, 5, 3), (2, 2, 2, 2), (1, 2, 3, 4, 3)):
            with self.subTest(shape):
                self.assert_refused(
                    "output.bad_shape",
                    lambda: write_image_tensor(np.zeros(shape, np.uint8), output_path=self.path("a.png")))

    def test_shapes_that_are_no_sound_are_refused(self):
        for shape in ((), (0,), (100, 0), (100, 3), (5, 5, 5)):
            with self.subTest(shape):
                self.assert_refused("output.bad_shape", lambda: write_audio(
                    np.zeros(shape, np.float32), AudioSaveConfig(sample_rate=8_000),
                    output_path=self.path("a.wav")))

    def test_no_frames_are_no_film(self):
        for frames in ([], iter(()), np.zeros((0, 16, 16, 3), np.uint8), (x for x in [None])):
            self.assert_refused(
                "output.empty", lambda: write_video_frames(frames, output_path=self.path("a.mp4")))

    def test_a_size_that_changes_is_told_with_the_frame(self):
        for other in ((16, 18, 3), (8, 16, 3), (16, 16, 4)):
            with self.subTest(other):
                frames = [self.bytes(16, 16, 3), self.bytes(16, 16, 3), self.bytes(*other)]
                self.assert_refused(
                    "output.bad_shape", words="frame 2 is ",
                    work=lambda: write_video_frames(frames, output_path=self.path("a.mp4")))

    def test_elements_that_are_no_light_are_refused(self):
        for kind in (np.complex64, ">u2", ">f4", object, "U3", "datetime64[s]"):
            with self.subTest(kind):
                self.assert_refused("output.bad_shape", lambda: write_video_frames(
                    np.zeros((2, 8, 8, 3), kind), output_path=self.path("a.mp4")))

    def test_what_is_no_array_at_all_is_refused(self):
        for frames in (5, None, object()):
            with self.assertRaises(TypeError):
                write_video_frames(frames, output_path=self.path("a.mp4"))
            with self.assertRaises(TypeError):
                write_image_tensor(frames, output_path=self.path("a.png"))
        for frames in (["a", "b"], "abc", [{}], [[1, 2], [3]]):
            self.assert_refused(
                "output.bad_shape", lambda: write_video_frames(frames, output_path=self.path("a.mp4")))
        self.assertEqual(self.names(), [])


class UnusualArrays(MediaTest):
    def test_pictures_of_one_pixel(self):
        one = np.array([[[10, 200, 30]]], np.uint8)
        for quality in ("png", "webp_lossless"):
            path = write_image_tensor(
                one, ImageSaveConfig(quality=quality), output_path=self.path("a"))
            np.testing.assert_array_equal(picture(path), one)
        for quality in ("jpeg_95", "webp_95"):
            path = write_image_tensor(
                one, ImageSaveConfig(quality=quality), output_path=self.path("b"))
            self.assertEqual(picture(path).shape, (1, 1, 3))
        path = write_video_frames(one[None], LOSSLESS, output_path=self.path("a.mkv"))
        np.testing.assert_array_equal(film(path, (1, 1, 1, 3)), one[None])
        self.assertEqual(probe(write_video_frames(one[None], output_path=self.path("a.mp4")))["width"], 1)

    def test_arrays_that_lie_in_any_way(self):
        frames = self.bytes(6, 40, 60, 3)
        for name, view in {
            "reversed": frames[::-1, :, ::-1], "every second": frames[::2, ::2, ::2],
            "colours swapped": frames[..., ::-1], "turned": frames.transpose(0, 2, 1, 3),
            "read only": np.frombuffer(frames.tobytes(), np.uint8).reshape(frames.shape),
            "columns first": np.asfortranarray(frames), "upside down": frames[:, ::-1],
            "one frame thrice": np.broadcast_to(frames[:1], (3, 40, 60, 3)),
            "one colour": np.broadcast_to(np.uint8(9), (2, 8, 8, 3)),
            "at an odd place": np.frombuffer(b"x" + frames.tobytes(), np.uint8)[1:].reshape(frames.shape),
        }.items():
            with self.subTest(name):
                path = write_video_frames(view, LOSSLESS, output_path=self.path("v.mkv"))
                np.testing.assert_array_equal(film(path, view.shape), view)
                path = write_image_tensor(
                    view[0], ImageSaveConfig(quality="png"), output_path=self.path("v.png"))
                np.testing.assert_array_equal(picture(path), view[0])

    def test_floats_at_odd_places_and_backwards(self):
        plain = self.floats(2, 8, 8, 3)
        packed = np.zeros((2, 8, 8, 3), np.dtype([("x", "u1"), ("v", "f4")]))["v"]
        packed[...] = plain
        for view, same in ((packed, plain), (packed[::-1, ::-1], plain[::-1, ::-1].copy())):
            first = write_video_frames(view, LOSSLESS, output_path=self.path("a.mkv"))
            second = write_video_frames(same, LOSSLESS, output_path=self.path("b.mkv"))
            np.testing.assert_array_equal(film(first, view.shape), film(second, view.shape))

    def test_pictures_of_pillow_and_lists_of_numbers_are_frames(self):
        arrays = self.bytes(3, 16, 16, 3)
        for frames in ([Image.fromarray(one) for one in arrays], [memoryview(one) for one in arrays]):
            path = write_video_frames(frames, LOSSLESS, output_path=self.path("p.mkv"))
            np.testing.assert_array_equal(film(path, arrays.shape), arrays)

    def test_a_picture_of_16k(self):
        limit, Image.MAX_IMAGE_PIXELS = Image.MAX_IMAGE_PIXELS, None
        self.addCleanup(setattr, Image, "MAX_IMAGE_PIXELS", limit)
        large = np.zeros((8_640, 15_360), np.uint8)
        large[0, 0], large[-1, -1], large[5_000, 7_000] = 50, 99, 200
        np.testing.assert_array_equal(picture(write_mask(large, output_path=self.path("a.png"))), large)
        path = write_image_tensor(large, output_path=self.path("a.jpg"))
        with Image.open(path) as found:
            self.assertEqual(found.size, (15_360, 8_640))

    def test_a_side_of_16384_goes_into_png_and_jpeg_and_is_refused_for_webp(self):
        wide = np.zeros((64, 16_384), np.uint8)
        for quality in ("png", "jpeg_95"):
            path = write_image_tensor(
                wide, ImageSaveConfig(quality=quality), output_path=self.path(quality))
            self.assertEqual(picture(path).shape, (64, 16_384, 3))
        kept = self.names()
        for quality in ("webp_95", "webp_lossless"):
            self.assert_refused(
                "media.encode.failed", left=kept, words="16383",
                work=lambda: write_image_tensor(
                    wide, ImageSaveConfig(quality=quality), output_path=self.path("w.webp")))
        path = write_image_tensor(
            wide[:, :16_383], ImageSaveConfig(quality="webp_50"), output_path=self.path("w.webp"))
        self.assertEqual(picture(path).shape, (64, 16_383, 3))

    def test_pictures_past_every_format_are_refused(self):
        tall = np.zeros((70_000, 2), np.uint8)
        for quality in ("png", "jpeg_95"):
            self.assert_refused("media.setting.refused", lambda: write_image_tensor(
                tall, ImageSaveConfig(quality=quality), output_path=self.path("t")))


class BadSettings(MediaTest):
    def test_unknown_keys_are_refused_with_those_that_are_known(self):
        frames = self.bytes(2, 16, 16, 3)
        for key in ("nope", "", "libx264", "libx265_99", "LIBX264_8", "jpeg_95"):
            self.assert_refused("output.unknown_codec", words="libx264_8", work=lambda: write_video_frames(
                frames, VideoSaveConfig(codec_type=key), output_path=self.path("a.mp4")))
        for key in ("nope", "jpeg_0", "jpeg_101", "png_8", "libx264_8"):
            self.assert_refused("output.unknown_codec", words="jpeg_95", work=lambda: write_image_tensor(
                frames[0], ImageSaveConfig(quality=key), output_path=self.path("a.png")))
        for key in ("nope", "aac", "mp3_9999"):
            self.assert_refused("output.unknown_codec", words="flac", work=lambda: write_audio(
                np.zeros(9, np.float32), AudioSaveConfig(sample_rate=8_000), codec=key,
                output_path=self.path("a.wav")))
        self.assert_refused(
            "output.unknown_codec", words="Unsupported video container: avi.",
            work=lambda: write_video_frames(
                frames, VideoSaveConfig(container="avi"), output_path=self.path("a")))

    def test_unknown_fields_are_refused(self):
        for config in (VideoSaveConfig, ImageSaveConfig, AudioSaveConfig, MaskSaveConfig, MetadataSaveConfig):
            with self.assertRaises(TypeError):
                config(qualty=1)
            with self.assertRaises(AttributeError):
                config().with_(qualty=1)

    def test_unknown_options_of_an_encoder_are_refused(self):
        frames = self.bytes(2, 16, 16, 3)
        for options, word in (({"nonsense": 1}, "nonsense"), ({"crf": "much"}, "libx264")):
            self.assert_refused("media.setting.refused", words=word, work=lambda: write_video_frames(
                frames, VideoSaveConfig(extra_params=options), output_path=self.path("a.mp4")))
        for work in (
            lambda: write_image_tensor(
                frames[0], ImageSaveConfig(extra_params={"optimize": True}), output_path=self.path("a.jpg")),
            lambda: write_audio(
                np.zeros(9, np.float32), AudioSaveConfig(sample_rate=8_000, extra_params={"x": 1}),
                output_path=self.path("a.wav")),
            lambda: write_mask(
                frames[0, ..., 0], MaskSaveConfig(extra_params={"x": 1}), output_path=self.path("a.png")),
        ):
            self.assert_refused("usage.bad_value", work, words="extra_params")

    def test_options_of_the_encoder_are_heard(self):
        frames = np.repeat(self.bytes(1, 64, 64, 3), 12, 0)
        sizes = {}
        for crf in (10, np.int64(45)):
            path = write_video_frames(
                frames, VideoSaveConfig(extra_params={"crf": crf}), output_path=self.path("o.mp4"))
            with open(path, "rb") as file:
                sizes[int(crf)] = len(file.read())
        self.assertLess(sizes[45] * 2, sizes[10])

    def test_settings_that_make_no_sense_are_refused_by_name(self):
        frames = self.bytes(2, 16, 16, 3)
        for name, value in (
            ("fps", 0), ("fps", -3), ("fps", float("nan")), ("fps", float("inf")), ("fps", "24"),
            ("fps", 1e-9), ("fps", 10_000), ("retry", 0), ("retry", 2.5), ("retry", "5"), ("nrow", 0),
            ("nrow", 1.5), ("codec_type", 5), ("container", 4), ("value_range", (1, -1)),
            ("value_range", (0, float("nan"))), ("value_range", (0, 0)),
        ):
            with self.subTest(name=name, value=value):
                self.assert_refused("usage.bad_value", lambda: write_video_frames(
                    frames, VideoSaveConfig(**{name: value}), output_path=self.path("a.mp4")))

    def test_metadata_that_are_no_json_are_refused_and_the_file_stays(self):
        path = write_image_tensor(self.bytes(8, 8, 3), ImageSaveConfig(quality="png"),
                                  output_path=self.path("a.png"))
        with open(path, "rb") as file:
            before = file.read()
        circle = {}
        circle["self"] = circle
        for metadata in ({"x": object()}, circle, "no object", "[1]", {"x": {1, 2}}):
            self.assert_refused(
                "metadata.not_json", lambda: write_metadata_bundle(path, metadata), left=["a.png"])
        with open(path, "rb") as file:
            self.assertEqual(file.read(), before)


if __name__ == "__main__":
    unittest.main()
