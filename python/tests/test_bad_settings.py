"""Settings that make no sense, refused by name before anything is written."""

import unittest

import numpy as np

from mediary.media import (
    AudioSaveConfig, ImageSaveConfig, MaskSaveConfig, MetadataSaveConfig, VideoSaveConfig,
    write_audio, write_image_tensor, write_mask, write_metadata_bundle, write_video_frames,
)
from support import MediaTest


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
