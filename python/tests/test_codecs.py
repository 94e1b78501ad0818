"""Every key in every container: written once, read back by others."""

import itertools
import subprocess
import threading
import unittest

import numpy as np
from PIL import Image

from mediary.media import (
    AudioSaveConfig, ImageSaveConfig, VideoSaveConfig, write_audio, write_image_tensor,
    write_video_frames,
)
from support import MediaTest, picture, probe

CONTAINERS = ("mp4", "mov", "mkv", "webm", "webp", "gif", "apng")
FILMS = {
    "libx264_8": ("h264", "mp4 mov mkv"), "libx264_10": ("h264", "mp4 mov mkv"),
    "libx265_28": ("hevc", "mp4 mov mkv"), "libx265_8": ("hevc", "mp4 mov mkv"),
    "libx264_lossless": ("h264", "mp4 mov mkv"), "hdr_18": ("hevc", "mp4 mov mkv"),
    "prores_422": ("prores", "mov mkv"), "dnxhr_hq": ("dnxhd", "mov mkv"),
    "av1_30": ("av1", "mp4 mkv webm"), "vp9_30": ("vp9", "mp4 mkv webm"),
    "webp": ("webp", "webp"), "gif": ("gif", "gif"), "apng": ("apng", "apng"),
}
PICTURES = {
    "jpeg_95": ("JPEG", "jpg"), "jpeg_85": ("JPEG", "jpg"), "jpeg_70": ("JPEG", "jpg"),
    "jpeg_50": ("JPEG", "jpg"), "png": ("PNG", "png"), "png_16": ("PNG", "png"),
    "webp_95": ("WEBP", "webp"), "webp_85": ("WEBP", "webp"), "webp_70": ("WEBP", "webp"),
    "webp_50": ("WEBP", "webp"), "webp_lossless": ("WEBP", "webp"),
    # Debian's Pillow reads neither.
    "avif_80": ("av1", "avif"), "jxl_90": ("jpegxl", "jxl"),
}
SOUNDS = {
    "wav": ("pcm_s16le", "wav"), "wav_24": ("pcm_s24le", "wav"), "wav_float": ("pcm_f32le", "wav"),
    "flac": ("flac", "flac"), "alac": ("alac", "m4a"), "mp3_128": ("mp3", "mp3"),
    "mp3_192": ("mp3", "mp3"), "mp3_320": ("mp3", "mp3"), "mp3": ("mp3", "mp3"),
    "aac_128": ("aac", "m4a"), "aac_192": ("aac", "m4a"), "aac_256": ("aac", "m4a"),
    "aac_320": ("aac", "m4a"), "opus_96": ("opus", "opus"),
}


class FilmKeys(MediaTest):
    def test_every_key_in_every_container_is_a_film_or_refused_before_a_frame(self):
        small = self.bytes(3, 16, 16, 3)
        # The least that these two encoders take.
        larger = {"dnxhr_hq": self.bytes(3, 120, 256, 3), "av1_30": self.bytes(3, 64, 64, 3)}
        for key, container in itertools.product(FILMS, CONTAINERS):
            codec, fitting = FILMS[key]
            if key == "libx264_lossless" and container == "mkv":
                codec = "ffv1"
            frames = larger.get(key, small)
            config = VideoSaveConfig(codec_type=key, container=None)
            target = self.path(f"{key}.{container}")
            with self.subTest(key=key, container=container):
                if container not in fitting.split():
                    asked = []
                    stream = (asked.append(1) or frame for frame in frames)
                    kept = self.names()
                    self.assert_refused(
                        "output.unfitting",
                        lambda: write_video_frames(stream, config, output_path=target), left=kept)
                    self.assertEqual(asked, [])
                    continue
                self.assertEqual(write_video_frames(frames, config, output_path=target), target)
                if container == "webp":  # ffprobe of Debian reads none that move
                    with Image.open(target) as found:
                        self.assertEqual((found.n_frames, found.size), (3, (16, 16)))
                    continue
                found = probe(target)
                self.assertEqual(found["codec_name"], codec)
                self.assertEqual((found["width"], found["height"]), frames.shape[2:0:-1])
                self.assertEqual(int(found["nb_read_packets"]), 3)

    def test_films_of_one_and_two_frames_are_whole_however_often_they_are_written(self):
        # libx265 leaves the times of so few packets to chance, which memory used before brings out.
        failures = []

        def work(index, noise):
            for count in (1, 2) * 6:
                path = self.path(f"{index}-{count}.mp4")
                try:
                    write_video_frames(
                        noise[:count], VideoSaveConfig(codec_type="libx265_8"), output_path=path)
                except Exception as error:
                    failures.append(error)

        noise = self.bytes(2, 100, 150, 3)
        threads = [threading.Thread(target=work, args=[index, noise]) for index in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(failures, [])
        for index, count in itertools.product(range(4), (1, 2)):
            found = probe(self.path(f"{index}-{count}.mp4"))
            self.assertEqual((found["nb_read_packets"], found["start_pts"]), (str(count), 0))

    def test_settings_choose_the_container_where_the_name_does_not(self):
        for container in ("mp4", "mov", "mkv"):
            config = VideoSaveConfig(container=container)
            path = write_video_frames(self.bytes(2, 16, 16, 3), config, output_path=self.path("c"))
            self.assertEqual(path, self.path(f"c.{container}"))

    def test_rates_come_back(self):
        for rate, found in {24: "24/1", 23.976: "24000/1001", 29.97: "30000/1001", 12.5: "25/2",
                            np.float32(60): "60/1"}.items():
            with self.subTest(rate=rate):
                path = write_video_frames(
                    self.bytes(3, 16, 16, 3), VideoSaveConfig(fps=rate), output_path=self.path("r.mp4"))
                self.assertEqual(probe(path)["r_frame_rate"], found)

    def test_hdr_says_that_it_is(self):
        path = write_video_frames(
            self.floats(3, 16, 16, 3), VideoSaveConfig(codec_type="hdr_20"), output_path=self.path("h.mp4"))
        found = probe(path)
        self.assertEqual(
            [found[name] for name in ("pix_fmt", "color_transfer", "color_primaries", "color_space")],
            ["yuv420p10le", "smpte2084", "bt2020", "bt2020nc"])


class PictureKeys(MediaTest):
    def test_every_key_is_the_format_that_it_names(self):
        array = self.bytes(16, 24, 3)
        for key, (kind, suffix) in PICTURES.items():
            with self.subTest(key):
                path = write_image_tensor(
                    array, ImageSaveConfig(quality=key), output_path=self.path(f"{key}.x"))
                self.assertEqual(path, self.path(f"{key}.{suffix}"))
                if suffix in ("avif", "jxl"):
                    found = probe(path)
                    self.assertEqual(
                        (found["codec_name"], found["width"], found["height"]), (kind, 24, 16))
                    continue
                with Image.open(path) as found:
                    self.assertEqual((found.format, found.size), (kind, (24, 16)))
                if key in ("png", "webp_lossless"):
                    np.testing.assert_array_equal(picture(path), array)

    def test_less_quality_is_less_file(self):
        array = np.repeat(np.repeat(self.bytes(32, 32, 3), 4, 0), 4, 1)
        for family, qualities in {"jpeg": (95, 85, 70, 50), "webp": (95, 85, 70, 50)}.items():
            sizes = []
            for quality in qualities:
                path = write_image_tensor(
                    array, ImageSaveConfig(quality=f"{family}_{quality}"),
                    output_path=self.path(f"{family}{quality}"))
                with open(path, "rb") as file:
                    sizes.append(len(file.read()))
            self.assertEqual(sizes, sorted(sizes, reverse=True))
            self.assertEqual(len(set(sizes)), len(sizes))

    def test_four_channels_go_where_they_are_kept(self):
        array = self.bytes(16, 16, 4)
        array[..., 3] |= 1
        for key, suffix in {"jpeg_95": "png", "png": "png", "webp_lossless": "webp"}.items():
            with self.subTest(key):
                path = write_image_tensor(
                    array, ImageSaveConfig(quality=key), output_path=self.path(f"a{key}.jpg"))
                self.assertTrue(path.endswith(suffix), path)
                np.testing.assert_array_equal(picture(path), array)
        self.assert_refused(
            "output.unfitting", left=self.names(),
            work=lambda: write_video_frames(array[None], output_path=self.path("a.mp4")))


class SoundKeys(MediaTest):
    def test_every_key_is_sound_of_its_codec(self):
        tone = np.sin(np.arange(4_800) / 20).astype(np.float32)
        for key, (codec, suffix) in SOUNDS.items():
            with self.subTest(key):
                path = write_audio(
                    tone, AudioSaveConfig(sample_rate=48_000), codec=key, output_path=self.path(key))
                self.assertEqual(path, self.path(f"{key}.{suffix}"))
                found = probe(path)
                self.assertEqual((found["codec_name"], found["sample_rate"]), (codec, "48000"))

    def test_soundfiles_words_choose_the_codec(self):
        tone = np.zeros(800, np.float32)
        for (form, subtype, name), codec in {
            (None, None, "a.wav"): "pcm_s16le", (None, None, "a.flac"): "flac",
            ("WAV", "PCM_24", "b"): "pcm_s24le", ("WAV", "FLOAT", "c"): "pcm_f32le",
            ("FLAC", "PCM_16", "d"): "flac", (None, None, "name without"): "pcm_s16le",
        }.items():
            with self.subTest(form=form, subtype=subtype, name=name):
                config = AudioSaveConfig(sample_rate=8_000, format=form, subtype=subtype)
                path = write_audio(tone, config, output_path=self.path(name))
                self.assertEqual(probe(path)["codec_name"], codec)
        kept = self.names()
        self.assert_refused("output.unknown_codec", left=kept, work=lambda: write_audio(
            tone, AudioSaveConfig(sample_rate=8_000, format="WAV", subtype="ULAW"),
            output_path=self.path("u.wav")))

    def test_samples_of_every_type_come_back(self):
        for kind in ("uint8", "int16", "int32", "float16", "float32", "float64"):
            with self.subTest(kind):
                wave = np.sin(np.arange(4_000) / 9) * 0.9
                scale = {"uint8": 127, "int16": 2**15 - 1, "int32": 2**31 - 1}.get(kind, 1)
                samples = (wave * scale + (128 if kind == "uint8" else 0)).astype(kind)
                path = write_audio(
                    np.stack([samples, samples[::-1]], 1), AudioSaveConfig(sample_rate=16_000),
                    codec="wav_float", output_path=self.path(f"{kind}.wav"))
                raw = subprocess.run(
                    ["ffmpeg", "-v", "error", "-i", path, "-f", "f32le", "-"], capture_output=True,
                    check=True).stdout
                found = np.frombuffer(raw, np.float32).reshape(-1, 2)
                self.assertLess(np.abs(found[:, 0] - wave).max(), 0.02)
                np.testing.assert_array_equal(found[:, 0], found[::-1, 1])


if __name__ == "__main__":
    unittest.main()
