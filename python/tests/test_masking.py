"""A masking tool, as it uses the package."""

import io
import unittest
import zipfile
from dataclasses import replace

import numpy as np
from PIL import Image

from mediary.media import (
    MaskSaveConfig, VideoSaveConfig, build_media_context, write_mask, write_mask_archive,
    write_video_frames,
)
from support import MediaTest, film, picture, probe


class MaskingTool(MediaTest):
    def test_a_request_has_its_own_codec_and_the_shared_settings_stay(self):
        shared = VideoSaveConfig(fps=25)
        frames = [frame for frame in self.bytes(4, 33, 47, 3)]
        for mine in (
            shared.with_codec("libx264_lossless").with_(container=None),
            replace(shared, codec_type="libx264_lossless", container="mkv"),
        ):
            path = write_video_frames(frames, mine, output_path=self.path("m.mkv"))
            np.testing.assert_array_equal(film(path, (4, 33, 47, 3)), frames)
            self.assertEqual(probe(path)["r_frame_rate"], "25/1")
        self.assertEqual((shared.codec_type, shared.container), ("libx264_8", "mp4"))

    def test_extra_parameters_of_one_copy_are_not_those_of_another(self):
        shared = VideoSaveConfig(extra_params={"preset": "fast"})
        mine = shared.with_(fps=10)
        mine.extra_params["preset"] = "ultrafast"
        self.assertEqual(shared.extra_params, {"preset": "fast"})

    def test_foreground_and_alpha_have_the_names_and_extensions_given(self):
        frames = [frame for frame in self.bytes(3, 16, 16, 3)]
        alpha = [np.repeat((frame[..., :1] > 99).astype(np.uint8) * 255, 3, 2) for frame in frames]
        context = build_media_context({"video_output_codec": "libx264_8", "video_container": "mp4"})
        files = []
        for suffix in ("mp4", "mkv", "mov"):
            files.append(context.save_video(frames, self.path(f"clip_foreground.{suffix}")))
            files.append(context.save_video(
                alpha, self.path(f"clip_alpha.{suffix}"), overrides={"codec_type": "libx264_10"}))
        self.assertEqual(
            files, [self.path(f"clip_{kind}.{suffix}") for suffix in ("mp4", "mkv", "mov")
                    for kind in ("foreground", "alpha")])
        self.assertTrue(all(type(path) is str for path in files))

    def test_masks_of_every_kind_are_pictures_in_an_archive(self):
        frames = [
            self.bytes(12, 20, 4) | 1, self.bytes(12, 20, 3), self.bytes(12, 20),
            self.random.random((12, 20)) > 0.5, self.bytes(12, 20, 1),
        ]
        path = write_mask_archive(iter(frames), output_path=self.path("masks"))
        self.assertEqual(path, self.path("masks.zip"))
        with zipfile.ZipFile(path) as archive:
            self.assertIsNone(archive.testzip())
            self.assertEqual(archive.namelist(), [f"frame_{index:05d}.png" for index in range(5)])
            for name, frame in zip(archive.namelist(), frames):
                with Image.open(io.BytesIO(archive.read(name))) as found:
                    expected = frame * np.uint8(255) if frame.dtype == bool else frame
                    np.testing.assert_array_equal(np.asarray(found), np.squeeze(expected))
        self.assertEqual(self.names(), ["masks.zip"])

    def test_an_archive_that_fails_leaves_what_stood_there(self):
        path = write_mask_archive([self.bytes(8, 8)], output_path=self.path("m.zip"))
        with open(path, "rb") as file:
            before = file.read()

        def broken():
            yield self.bytes(8, 8)
            raise KeyError("mine")

        with self.assertRaises(KeyError):
            write_mask_archive(broken(), output_path=path)
        self.assert_refused("output.empty", left=["m.zip"], work=lambda: write_mask_archive(
            [], output_path=path))
        self.assert_refused("output.bad_shape", left=["m.zip"], work=lambda: write_mask_archive(
            [self.bytes(8, 8), self.bytes(2, 2, 2, 2, 2)], output_path=path))
        with open(path, "rb") as file:
            self.assertEqual(file.read(), before)

    def test_a_mask_is_gray(self):
        for mask in (self.random.random((20, 30)) > 0.5, self.bytes(20, 30)):
            found = picture(write_mask(mask, MaskSaveConfig(), output_path=self.path("m.png")))
            np.testing.assert_array_equal(
                found, mask * np.uint8(255) if mask.dtype == bool else mask)


if __name__ == "__main__":
    unittest.main()
