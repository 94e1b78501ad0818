"""Films out of arrays, streams and what lends its memory."""

import gc
import hashlib
import unittest
import weakref

import numpy as np

from mediary.media import MediaWriteError, VideoSaveConfig, write_video_frames
from support import LOSSLESS, MediaTest, busy, film, light


class Lent:
    """An array that is only known by the protocol of lending."""

    def __init__(self, array):
        self.array, self.shape = array, array.shape

    def __dlpack__(self, stream=None):
        return self.array.__dlpack__()

    def __dlpack_device__(self):
        return self.array.__dlpack_device__()


class Films(MediaTest):
    def test_frames_come_back_to_the_last_bit_and_stay_as_they_were(self):
        frames = self.bytes(5, 40, 60, 3)
        before = hashlib.sha256(frames.tobytes()).hexdigest()
        path = write_video_frames(frames, LOSSLESS, output_path=self.path("a.mkv"))
        self.assertIs(type(path), str)
        np.testing.assert_array_equal(film(path, frames.shape), frames)
        self.assertEqual(hashlib.sha256(frames.tobytes()).hexdigest(), before)

    def test_every_frame_of_a_stream_is_asked_for_once_and_in_order(self):
        asked = []

        def frames():
            for index in range(40):
                asked.append(index)
                yield np.full((32, 48, 3), index, np.uint8)

        path = write_video_frames(frames(), LOSSLESS, output_path=self.path("g.mkv"))
        found = film(path, (40, 32, 48, 3))
        self.assertEqual([int(frame[0, 0, 0]) for frame in found], list(range(40)))
        self.assertEqual(asked, list(range(40)))

    def test_a_frame_may_be_overwritten_when_the_next_is_asked_for(self):
        # As decoders do that hand out the same memory again and again.
        one = np.empty((32, 48, 3), np.uint8)

        def frames():
            for index in range(20):
                one[...] = index
                yield one

        path = write_video_frames(frames(), LOSSLESS, output_path=self.path("g.mkv"))
        self.assertEqual(
            [int(frame[0, 0, 0]) for frame in film(path, (20, 32, 48, 3))], list(range(20)))

    def test_what_a_generator_raises_comes_through_and_leaves_nothing(self):
        for error in (KeyError("mine"), StopAsyncIteration(), SystemExit(3), MediaWriteError("mine")):
            def frames():
                yield np.zeros((16, 16, 3), np.uint8)
                raise error

            with self.assertRaises(type(error)) as caught:
                write_video_frames(frames(), LOSSLESS, output_path=self.path("g.mkv"))
            self.assertIs(caught.exception, error)
            self.assertEqual(self.names(), [])

    def test_arrays_are_let_go_when_a_call_ends_or_fails(self):
        gc.disable()
        self.addCleanup(gc.enable)

        def broken(frame):
            yield frame
            raise KeyError("mine")

        for bad, make in ((0, iter), (np.nan, iter), (0, broken), (0, np.stack), (np.nan, np.stack)):
            frame = np.full((16, 16, 3), bad, np.float32)
            given = make(frame) if make is broken else make([frame])
            # An array that was put together is what would be held.
            watched = weakref.ref(given if isinstance(given, np.ndarray) else frame)
            try:
                write_video_frames(given, output_path=self.path("a.mp4"))
            except (MediaWriteError, KeyError):
                pass
            del frame, given
            self.assertTrue(watched() is None, (bad, make))

    def test_memory_that_is_lent_is_taken(self):
        frames = self.floats(3, 16, 24, 3)
        expected = light(frames, rounds=False)
        for given in (Lent(frames), [Lent(frame) for frame in frames]):
            path = write_video_frames(given, LOSSLESS, output_path=self.path("d.mkv"))
            np.testing.assert_array_equal(film(path, expected.shape), expected)

    def test_without_settings_the_usual_ones_hold(self):
        path = write_video_frames(self.bytes(2, 16, 16, 3), output_path=self.path("a"))
        self.assertEqual(path, self.path("a.mp4"))

    def test_what_may_pass_later_is_tried_as_often_as_asked(self):
        said = []

        def work():
            with busy():
                write_video_frames(
                    self.bytes(2, 16, 16, 3), VideoSaveConfig(retry=3), logger=said.append,
                    output_path=self.path("a.mp4"))

        self.assert_refused("file.exhausted", work)
        target = self.path("a.mp4")
        self.assertEqual(
            [line.split(":")[0] for line in said],
            [f"write_video attempt {attempt}/3 failed for {target}" for attempt in (1, 2, 3)]
            + [f"write_video exhausted retries for {target}"])


if __name__ == "__main__":
    unittest.main()
