"""Films with sound, and files that tell how they were made from the moment they have a name."""

import subprocess
import unittest

import numpy as np

from mediary.media import (
    ImageSaveConfig, MediaWriteError, VideoSaveConfig, build_media_context, read_metadata,
    write_image_tensor, write_video_frames)
from mediary.media.settings import from_server_config

from support import MediaTest


def streams(path):
    done = subprocess.run(
        ["ffprobe", "-v", "error", "-show_entries", "stream=codec_name,channels,duration", "-of", "csv=p=0", path],
        capture_output=True, text=True, check=True)
    return done.stdout.split()


class SoundAndMetadata(MediaTest):
    def test_samples_become_the_sound_of_a_film(self):
        time = np.arange(24_000) / 24_000
        stereo = np.stack([np.sin(time * 2764), np.cos(time * 2764)], 1).astype(np.float32)
        for codec, found in ((None, "aac"), ("aac_256", "aac"), ("opus_96", "opus")):
            path = write_video_frames(
                self.bytes(30, 64, 96, 3), VideoSaveConfig(audio_codec=codec), output_path=self.path("a.mp4"),
                sound=stereo, sound_rate=24_000)
            self.assertTrue(any(line.startswith(f"{found},2") for line in streams(path)), streams(path))
        # A stream of frames takes sound as well.
        path = write_video_frames(
            iter(self.bytes(30, 64, 96, 3)), VideoSaveConfig(), output_path=self.path("b.mp4"), sound=path)
        self.assertEqual(len(streams(path)), 2)

    def test_sound_that_is_none_raises_and_leaves_nothing(self):
        for sound in (self.path("absent.wav"), np.zeros((2, 3, 4), np.float32)):
            with self.assertRaises(MediaWriteError):
                write_video_frames(
                    self.bytes(3, 64, 96, 3), VideoSaveConfig(), output_path=self.path("a.mp4"), sound=sound)
        self.assertEqual(self.names(), [])

    def test_metadata_are_in_the_file_when_it_gets_its_name(self):
        made = {"prompt": "ein roter Drachen – 赤い凧", "seed": 7}
        film = write_video_frames(
            self.bytes(3, 64, 96, 3), VideoSaveConfig(), output_path=self.path("a.mp4"), metadata=made)
        picture = write_image_tensor(
            self.bytes(1, 64, 96, 3)[0], ImageSaveConfig(), output_path=self.path("a.jpg"), metadata=made)
        for path in (film, picture):
            self.assertEqual(read_metadata(path)["record"]["prompt"], made["prompt"])
        with self.assertRaises(MediaWriteError):
            write_image_tensor(
                self.bytes(1, 64, 96, 3)[0], ImageSaveConfig(), output_path=self.path("b.jpg"), metadata="no json")
        self.assertEqual(self.names(), ["a.jpg", "a.mp4"])

    def test_a_server_s_configuration_names_the_codec_of_sound_and_the_hdr_quality(self):
        server = {"video_output_codec": "hdr", "hdr_video_crf": 30, "audio_output_codec": "aac_320"}
        for video in (from_server_config(server)[0], build_media_context(server).video_config()):
            self.assertEqual((video.codec_type, video.audio_codec), ("hdr_30", "aac_320"))


if __name__ == "__main__":
    unittest.main()
