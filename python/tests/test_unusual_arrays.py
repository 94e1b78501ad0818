"""Arrays as they come: small, large, backwards, of others' making."""

import unittest

import numpy as np
from PIL import Image

from mediary.media import ImageSaveConfig, write_image_tensor, write_mask, write_video_frames
from support import LOSSLESS, MediaTest, film, picture, probe


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


if __name__ == "__main__":
    unittest.main()
