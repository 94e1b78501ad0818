"""How files were made: where it is written, and by whom."""

import unittest

from mediary.media import (
    ImageSaveConfig, MediaWriteError, MetadataSaveConfig, from_server_config, read_metadata,
    write_image_tensor, write_metadata_bundle, write_video_frames,
)
from support import MediaTest


class Metadata(MediaTest):
    def test_a_servers_metadata_type_says_where_they_go(self):
        for kind, where in {"metadata": "embedded", "json": "sidecar", "none": "none"}.items():
            video, image, metadata = from_server_config({"metadata_type": kind})
            self.assertEqual(metadata.placement, where)
        video, image, metadata = from_server_config(
            {"video_output_codec": "libx264_10", "image_output_codec": "png", "metadata_type": "json"})
        self.assertEqual((video.codec_type, image.quality), ("libx264_10", "png"))
        path = write_image_tensor(self.bytes(8, 8, 3), image, output_path=self.path("p"))
        self.assertEqual(write_metadata_bundle(path, {"seed": 1}, metadata)["where"], "sidecar")
        self.assertEqual(self.names(), ["p.json", "p.png"])
        self.assertEqual(read_metadata(path)["record"]["seed"], 1)

    def test_a_writer_of_the_callers_comes_first(self):
        given = []

        def handler(path, payload, options):
            given.append((path, payload, options))
            return payload["seed"] > 0

        config = MetadataSaveConfig(
            handlers={"image": handler}, extra_options={"image": {"save_kwargs": {}}})
        path = write_image_tensor(self.bytes(8, 8, 3), output_path=self.path("a.jpg"))
        write_metadata_bundle(path, {"seed": 1}, config)
        self.assertEqual(given, [(path, {"seed": 1}, {"save_kwargs": {}})])
        with self.assertRaises(MediaWriteError):
            write_metadata_bundle(path, {"seed": 0}, config)
        with self.assertRaises(MediaWriteError):
            read_metadata(path)
        video = write_video_frames(self.bytes(2, 16, 16, 3), output_path=self.path("a.mp4"))
        write_metadata_bundle(video, {"seed": 5}, config)
        self.assertEqual(read_metadata(video)["record"]["seed"], 5)
        write_metadata_bundle(video, {"seed": 6}, config.with_(format_hint="image"))
        self.assertEqual(given[-1][0], video)

    def test_source_pictures_come_with_the_options_too(self):
        source = write_image_tensor(
            self.bytes(8, 8, 3), ImageSaveConfig(quality="png"), output_path=self.path("start"))
        path = write_video_frames(self.bytes(2, 16, 16, 3), output_path=self.path("a.mp4"))
        config = MetadataSaveConfig(extra_options={"video": {"source_images": {"image_start": source}}})
        write_metadata_bundle(path, {"seed": 5}, config)
        with open(path, "rb") as file:
            self.assertIn(b"IMAGE_METADATA", file.read())
        self.assertEqual(self.names(), ["a.mp4", "start.png"])


if __name__ == "__main__":
    unittest.main()
