"""What the tests share: a folder of their own, independent readers, and refusals told by code."""

import json
import os
import resource
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import numpy as np
from PIL import Image

from mediary.media import MediaWriteError, VideoSaveConfig
from mediary.media.library import candidates

TREE = Path(__file__).resolve().parents[2]
LIBRARY = next(path for path in candidates() if path.exists())
MEDIARY = LIBRARY.with_name("mediary")
LOSSLESS = VideoSaveConfig(codec_type="libx264_lossless", container="mkv")


class MediaTest(unittest.TestCase):
    """A test with an empty folder, in which nothing may be left that was not asked for."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="mediary-test-")
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        self.random = np.random.default_rng(3)

    def path(self, name):
        return os.path.join(self.folder, name)

    def names(self):
        return sorted(os.listdir(self.folder))

    def bytes(self, *shape):
        return self.random.integers(0, 256, shape, np.uint8)

    def floats(self, *shape, kind=np.float32):
        return self.random.uniform(-1, 1, shape).astype(kind)

    def assert_refused(self, code, work, *, left=(), words=None):
        """`work` raises with a code, and leaves what was there and nothing else."""
        with self.assertRaises(MediaWriteError) as caught:
            work()
        self.assertEqual(caught.exception.code, code, caught.exception)
        if words is not None:
            self.assertIn(words, str(caught.exception))
        self.assertEqual(self.names(), sorted(left))
        return caught.exception


class busy:
    """A process that may open no more files: what the system refuses for now and not for good."""

    def __enter__(self):
        self.before = resource.getrlimit(resource.RLIMIT_NOFILE)
        used = len(os.listdir("/proc/self/fd"))
        resource.setrlimit(resource.RLIMIT_NOFILE, (used - 1, self.before[1]))
        self.open = []
        try:
            while True:
                self.open.append(os.dup(0))
        except OSError:
            pass

    def __exit__(self, *_):
        resource.setrlimit(resource.RLIMIT_NOFILE, self.before)
        for descriptor in self.open:
            os.close(descriptor)


def film(path, shape):
    """The pixels of a film as ffmpeg decodes them."""
    raw = subprocess.run(
        ["ffmpeg", "-v", "error", "-i", path, "-f", "rawvideo", "-pix_fmt", "rgb24", "-"],
        capture_output=True, check=True).stdout
    return np.frombuffer(raw, np.uint8).reshape(shape)


def picture(path):
    """The pixels of a picture as Pillow decodes them."""
    with Image.open(path) as opened:
        return np.asarray(opened)


def probe(path):
    """What ffprobe says of the first stream of a film or of sound, with its packets counted."""
    done = subprocess.run(
        ["ffprobe", "-v", "error", "-count_packets", "-show_streams", "-show_format", "-of", "json",
         path], capture_output=True, check=True)
    return json.loads(done.stdout)["streams"][0]


def light(values, low=-1.0, high=1.0, *, rounds):
    """Floats as steps of 255, as torchvision computes them."""
    low, high = np.float32(low), np.float32(high)
    share = (np.clip(values.astype(np.float32), low, high) - low) / max(high - low, np.float32(1e-5))
    return np.clip(share * np.float32(255) + np.float32(0.5 if rounds else 0), 0, 255).astype(np.uint8)


def sound(path):
    """The samples of sound as ffmpeg decodes them."""
    return subprocess.run(
        ["ffmpeg", "-v", "error", "-i", path, "-f", "f32le", "-"], capture_output=True, check=True).stdout


def python(*words, program=sys.executable, **options):
    """Runs Python anew with the package of the tree, and gives what it printed."""
    environment = dict(os.environ, PYTHONPATH=str(TREE / "python"), **options.pop("environment", {}))
    done = subprocess.run(
        [program, *words], capture_output=True, text=True, env=environment, **options)
    if done.returncode != 0:
        raise AssertionError(f"{words[0]} ended with {done.returncode}:\n{done.stdout}{done.stderr}")
    return done.stdout
