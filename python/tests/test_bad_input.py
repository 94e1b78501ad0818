"""What is no film, no picture and no sound: each refused by its code, with nothing left behind."""

import unittest

import numpy as np

from mediary.media import AudioSaveConfig, write_audio, write_image_tensor, write_video_frames
from support import MediaTest


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


if __name__ == "__main__":
    unittest.main()
