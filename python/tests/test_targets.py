"""Places that cannot be written to: each told by its code, and left as it was."""

import ctypes
import fcntl
import os
import struct
import tempfile
import unittest
from pathlib import Path

import numpy as np

from mediary.media import (
    AudioSaveConfig, ImageSaveConfig, MetadataSaveConfig, VideoSaveConfig, read_metadata,
    write_audio, write_image_tensor, write_mask_archive, write_metadata_bundle, write_video_frames,
)
from support import LOSSLESS, MediaTest, film, picture

LIBC = ctypes.CDLL(None, use_errno=True)
READ_ONLY, REMOUNT = 1, 32
GET_FLAGS, SET_FLAGS, IMMUTABLE = 0x80086601, 0x40086602, 0x10


def mount(folder, options, flags=0):
    done = LIBC.mount(b"tmpfs", os.fsencode(folder), b"tmpfs", flags, options)
    if done != 0:
        raise OSError(ctypes.get_errno(), "the test must be root to mount its own small disk")


class Targets(MediaTest):
    def setUp(self):
        super().setUp()
        self.noise = self.bytes(12, 160, 240, 3)
        self.tone = self.floats(900_000)
        self.large = self.bytes(800, 1_000, 3)

    def writes(self, folder):
        """One write of each kind into a folder, each too large for a small disk."""
        def inside(name):
            return os.path.join(folder, name)

        large = self.large
        return {
            "film": lambda: write_video_frames(self.noise, LOSSLESS, output_path=inside("a.mkv")),
            "stream": lambda: write_video_frames(iter(self.noise), LOSSLESS, output_path=inside("a.mkv")),
            "picture": lambda: write_image_tensor(
                large, ImageSaveConfig(quality="png"), output_path=inside("a.png")),
            "sound": lambda: write_audio(
                self.tone, AudioSaveConfig(sample_rate=48_000), output_path=inside("a.wav")),
            "masks": lambda: write_mask_archive([large[..., 0]] * 2, output_path=inside("a.zip")),
        }

    def small_disk(self):
        folder = self.path("disk")
        os.mkdir(folder)
        mount(folder, b"size=1m")
        self.addCleanup(LIBC.umount, os.fsencode(folder))
        return folder

    def assert_all_refused(self, code, folder, left):
        for name, work in self.writes(folder).items():
            with self.subTest(name):
                self.assert_refused(code, work, left=self.names())
                self.assertEqual(sorted(os.listdir(folder)), left)

    def test_a_full_disk_is_told_and_what_stood_there_stays(self):
        disk = self.small_disk()
        self.assert_all_refused("file.disk_full", disk, [])
        for name in ("a.mkv", "a.png", "a.wav", "a.zip"):
            with open(os.path.join(disk, name), "wb") as file:
                file.write(name.encode())
        kept = sorted(os.listdir(disk))
        self.assert_all_refused("file.disk_full", disk, kept)
        for name in kept:
            with open(os.path.join(disk, name), "rb") as file:
                self.assertEqual(file.read(), name.encode())

    def test_a_full_disk_leaves_a_file_without_its_new_metadata(self):
        disk = self.small_disk()
        path = write_image_tensor(
            self.large[:220], ImageSaveConfig(quality="png"),
            output_path=os.path.join(disk, "a.png"))
        self.assertGreater(os.path.getsize(path), 600_000)
        before = picture(path)
        self.assert_refused(
            "file.disk_full", lambda: write_metadata_bundle(path, {"prompt": "x" * 1_000}), left=["disk"])
        self.assertEqual(os.listdir(disk), ["a.png"])
        np.testing.assert_array_equal(picture(path), before)
        self.assert_refused("metadata.none", lambda: read_metadata(path), left=["disk"])

    def test_a_disk_mounted_for_reading_is_told(self):
        disk = self.small_disk()
        mount(disk, b"size=1m", READ_ONLY | REMOUNT)
        self.assert_all_refused("file.read_only", disk, [])

    def test_a_folder_that_may_not_be_changed_is_told(self):
        # Of the root user's doing only this flag is asked for, permissions are not.
        folder = tempfile.mkdtemp(dir=self.folder)
        descriptor = os.open(folder, os.O_RDONLY)
        self.addCleanup(os.close, descriptor)
        flags = struct.unpack("l", fcntl.ioctl(descriptor, GET_FLAGS, b"\0" * 8))[0]
        fcntl.ioctl(descriptor, SET_FLAGS, struct.pack("l", flags | IMMUTABLE))
        self.addCleanup(fcntl.ioctl, descriptor, SET_FLAGS, struct.pack("l", flags))
        self.assert_all_refused("file.denied", folder, [])

    def test_a_folder_in_the_targets_place_is_told(self):
        for name in ("a.mkv", "a.png", "a.wav", "a.zip"):
            os.mkdir(self.path(name))
        self.assert_all_refused("file.is_folder", self.folder, ["a.mkv", "a.png", "a.wav", "a.zip"])

    def test_a_folder_that_is_not_there_is_told(self):
        for name, work in self.writes(self.path("none")).items():
            with self.subTest(name):
                self.assert_refused("file.not_found", work)

    def test_a_file_in_a_folders_place_is_told(self):
        with open(self.path("file"), "wb"):
            pass
        for name, work in self.writes(self.path("file")).items():
            with self.subTest(name):
                self.assert_refused("file.not_folder", work, left=["file"])

    def test_names_that_are_none_are_refused(self):
        frames = self.bytes(2, 8, 8, 3)
        for name, code in {
            "": "usage.bad_value", "a\0.mp4": "usage.bad_value",
            self.path("sub/"): "output.unfitting", self.path("x" * 300 + ".mp4"): "file.name_too_long",
            self.path("a\udcff.mp4"): "file.name_unsafe",
        }.items():
            with self.subTest(name[-9:]):
                self.assert_refused(code, lambda: write_video_frames(frames, output_path=name))
                self.assert_refused(code, lambda: write_image_tensor(frames[0], output_path=name))

    def test_names_of_every_kind_that_programs_have_are_taken(self):
        frames = self.bytes(2, 8, 8, 3)
        for name in (
            self.path("é 日本 'x' \"y\" %d $HOME.mp4"), self.path("-o.mp4"),
            self.path("x" * 251 + ".mp4"), self.path("new\nline.mp4"), self.path("b.mp4").encode(),
            Path(self.path("c.mp4")),
        ):
            path = write_video_frames(frames, LOSSLESS.with_(codec_type="libx264_8"), output_path=name)
            self.assertEqual(path, os.fsdecode(name))
            self.assertIs(type(path), str)
            self.assertTrue(os.path.isfile(path))

    def test_a_relative_name_is_where_the_process_is(self):
        before = os.getcwd()
        self.addCleanup(os.chdir, before)
        os.chdir(self.folder)
        self.assertEqual(write_video_frames(self.bytes(1, 8, 8, 3), output_path="a.mp4"), "a.mp4")
        write_mask_archive([self.bytes(8, 8)], output_path="m.zip")
        self.assertEqual(self.names(), ["a.mp4", "m.zip"])

    def test_a_link_in_the_targets_place_is_replaced_and_what_it_leads_to_stays(self):
        with open(self.path("other"), "wb") as file:
            file.write(b"stays")
        frames = self.bytes(2, 8, 8, 3)
        for name in ("a.mkv", "m.zip"):
            os.symlink(self.path("other"), self.path(name))
        path = write_video_frames(frames, LOSSLESS, output_path=self.path("a.mkv"))
        np.testing.assert_array_equal(film(path, frames.shape), frames)
        write_mask_archive(frames, output_path=self.path("m.zip"))
        self.assertFalse(os.path.islink(path) or os.path.islink(self.path("m.zip")))
        with open(self.path("other"), "rb") as file:
            self.assertEqual(file.read(), b"stays")

    def test_without_a_name_files_go_to_the_temporary_folder(self):
        video = write_video_frames(self.bytes(2, 8, 8, 3), VideoSaveConfig(temp_dir=self.folder))
        image = write_image_tensor(self.bytes(8, 8, 3), ImageSaveConfig(temp_dir=self.folder))
        self.assertEqual(self.names(), sorted(map(os.path.basename, (video, image))))
        self.assert_refused("file.not_found", left=self.names(), work=lambda: write_video_frames(
            self.bytes(2, 8, 8, 3), VideoSaveConfig(temp_dir=self.path("none"))))

    def test_finished_files_are_readable_as_the_umask_says(self):
        before = os.umask(0o027)
        self.addCleanup(os.umask, before)
        self.noise, self.tone = self.noise[:1, :8, :8], self.tone[:100]
        self.large = self.large[:8, :8]
        for name, work in self.writes(self.folder).items():
            with self.subTest(name):
                self.assertEqual(os.stat(work()).st_mode & 0o777, 0o640)

    def test_a_sidecar_never_takes_the_place_of_something_else(self):
        path = write_image_tensor(self.bytes(8, 8, 3), output_path=self.path("a.jpg"))
        with open(self.path("a.json"), "w") as file:
            file.write("notes of mine")
        self.assert_refused(
            "file.exists", left=["a.jpg", "a.json"],
            work=lambda: write_metadata_bundle(path, {"a": 1}, MetadataSaveConfig(placement="sidecar")))
        with open(self.path("a.json")) as file:
            self.assertEqual(file.read(), "notes of mine")


if __name__ == "__main__":
    unittest.main()
