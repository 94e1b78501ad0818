"""What a film takes up in memory, whatever its length."""

import unittest

from support import MediaTest, python

# The most that a process ever held, before and after a film, in kilobytes.
GROWTH = """
import sys, numpy
from mediary.media import VideoSaveConfig, write_video_frames

def most():
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmHWM"))

def stream(count):
    for index in range(count):
        yield numpy.full((360, 640, 3), index % 250, numpy.uint8)

fast = VideoSaveConfig(codec_type="libx264_8", extra_params={"preset": "ultrafast", "threads": 2})
write_video_frames(stream(40), fast, output_path=sys.argv[1])
kind, count = sys.argv[2], int(sys.argv[3])
if kind == "array":
    film = numpy.zeros((3, count, 360, 640), numpy.float32)
    film += 0.5
    before = most()
    write_video_frames(film, fast, output_path=sys.argv[1], layout="CTHW")
else:
    before = most()
    write_video_frames(stream(count), fast, output_path=sys.argv[1])
print(most() - before)
"""


class Memory(MediaTest):
    def grown(self, kind, count):
        return int(python("-c", GROWTH, self.path("a.mp4"), kind, str(count)))

    def test_a_stream_of_a_thousand_frames_takes_no_more_than_one_of_forty(self):
        # The film is 691 MB.
        self.assertLess(self.grown("stream", 1_000), 30_000)

    def test_a_film_of_floats_is_not_copied(self):
        # The caller's array is 415 MB.
        self.assertLess(self.grown("array", 150), 30_000)


if __name__ == "__main__":
    unittest.main()
