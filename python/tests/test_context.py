"""A generator's run, with the settings of its server."""

import logging
import unittest

import numpy as np

from mediary.media import (
    AudioSaveConfig, ImageSaveConfig, MaskSaveConfig, MediaPersistenceContext, VideoSaveConfig,
    build_media_context,
)
from support import MediaTest, picture, probe


class GeneratorsRun(MediaTest):
    def context(self, **more):
        return build_media_context({
            "video_output_codec": "libx265_28", "video_container": "mkv",
            "image_output_codec": "webp_lossless", "audio_sample_rate": "16000",
            "audio_output_subtype": "PCM_24", "audio_output_format": "WAV", "mask_archive_retry": "2",
            **more,
        })

    def test_a_servers_keys_are_the_runs_defaults(self):
        context = self.context()
        self.assertEqual(context.video_template, VideoSaveConfig(codec_type="libx265_28", container="mkv"))
        self.assertEqual(context.image_template, ImageSaveConfig(quality="webp_lossless"))
        self.assertEqual(
            context.audio_template, AudioSaveConfig(sample_rate=16_000, subtype="PCM_24", format="WAV"))
        self.assertEqual(context.mask_template, MaskSaveConfig(retry=2))
        self.assertFalse(context.should_save_masks())
        self.assertTrue(self.context(save_masks=True).should_save_masks())

    def test_without_keys_or_with_nonsense_the_defaults_hold(self):
        plain = MediaPersistenceContext(VideoSaveConfig(), ImageSaveConfig())
        for server in ({}, {"audio_sample_rate": "many", "mask_archive_retry": "often",
                            "video_output_codec": None, "image_output_codec": ""}):
            self.assertEqual(build_media_context(server), plain)
        self.assertEqual(build_media_context({"mask_archive_retry": -4}).mask_template.retry, 1)

    def test_each_kind_is_written_with_its_settings(self):
        context = self.context()
        frames, tone = self.bytes(3, 16, 16, 3), self.floats(1_600)
        video = context.save_video(iter(frames), self.path("v.mkv"))
        self.assertEqual(probe(video)["codec_name"], "hevc")
        image = context.save_image(frames[0], self.path("i.webp"))
        np.testing.assert_array_equal(picture(image), frames[0])
        sound = context.save_audio(tone, self.path("s.wav"))
        self.assertEqual((probe(sound)["codec_name"], probe(sound)["sample_rate"]), ("pcm_s24le", "16000"))
        faster = context.save_audio(tone, self.path("t.wav"), sample_rate=22_050)
        self.assertEqual(probe(faster)["sample_rate"], "22050")

    def test_one_calls_changes_are_its_own(self):
        context = self.context()
        path = context.save_video(
            self.bytes(2, 16, 16, 3), self.path("v.mp4"), overrides={"codec_type": "libx264_8"})
        self.assertEqual(probe(path)["codec_name"], "h264")
        path = context.save_image(
            self.bytes(8, 8, 3), self.path("i"), config=ImageSaveConfig(quality="png"),
            overrides={"nrow": 3})
        self.assertEqual(path, self.path("i.png"))
        self.assertEqual(context, self.context())
        self.assertEqual(context.video_config(fps=12).fps, 12)
        self.assertEqual(context.mask_config().retry, 2)

    def test_unknown_fields_are_attribute_errors(self):
        context = self.context()
        for make in (context.video_config, context.image_config, context.audio_config, context.mask_config):
            with self.assertRaises(AttributeError):
                make(qualty=1)
        for work in (context.save_video, context.save_image, context.save_audio):
            with self.assertRaises(AttributeError):
                work(self.bytes(2, 8, 8, 3), self.path("x"), overrides={"qualty": 1})
        self.assertEqual(self.names(), [])

    def test_sound_without_a_rate_is_a_value_error(self):
        with self.assertRaises(ValueError):
            build_media_context({}).save_audio(self.floats(100), self.path("s.wav"))

    def test_masks_are_kept_only_where_they_are_wanted(self):
        frames, said = [self.bytes(8, 8, 4)], []
        context = self.context()
        self.assertIsNone(context.save_mask_archive(frames, self.path("m.zip"), logger=said.append))
        self.assertEqual((self.names(), len(said)), ([], 1))
        self.assertIn("skipped", said[0])
        self.assertIsNone(context.save_mask_archive(None, self.path("m.zip"), force=True))
        self.assertEqual(
            context.save_mask_archive(frames, self.path("m.zip"), force=True), self.path("m.zip"))
        self.assertEqual(
            self.context(save_masks=True).save_mask_archive(frames, self.path("n.zip")), self.path("n.zip"))

    def test_what_cannot_be_written_raises(self):
        context = self.context(save_masks=True)
        missing = self.path("none/x")
        for work in (
            lambda: context.save_video(self.bytes(2, 8, 8, 3), missing),
            lambda: context.save_image(self.bytes(8, 8, 3), missing),
            lambda: context.save_audio(self.floats(10), missing),
            lambda: context.save_mask_archive([self.bytes(8, 8)], missing),
        ):
            self.assert_refused("file.not_found", work)

    def test_a_logger_of_either_kind_or_a_broken_one_fails_nothing(self):
        def broken(_text):
            raise ValueError("no log today")

        class Shut(logging.Logger):
            def info(self, *_):
                raise ValueError("no log today")

        for logger in (None, broken, Shut("shut"), logging.getLogger("mediary-test"), [].append):
            self.assertIsNone(self.context().save_mask_archive([1], self.path("m"), logger=logger))
            self.context().save_image(self.bytes(8, 8, 3), self.path("i"), logger=logger)


if __name__ == "__main__":
    unittest.main()
