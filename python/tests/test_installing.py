"""The package as pip installs it."""

import os
import shutil
import subprocess
import sys
import unittest
import zipfile

from support import LIBRARY, TREE, MediaTest, probe

USE = """
import sys, numpy, mediary.media
from mediary.media import *
print(mediary.media.__file__)
frames = (numpy.full((16, 16, 3), index, numpy.uint8) for index in range(3))
path = write_video_frames(frames, output_path=sys.argv[1])
write_metadata_bundle(path, {"seed": 4})
print(read_metadata(path)["record"]["seed"])
"""


class Installing(MediaTest):
    def setUp(self):
        super().setUp()
        # What pip leaves in the tree when it was not there before.
        for name in ("build", "mediary.egg-info"):
            if not (TREE / "python" / name).exists():
                self.addCleanup(shutil.rmtree, TREE / "python" / name, ignore_errors=True)
        kept = ("PYTHONPATH", "MEDIARY_LIBRARY")
        self.bare = {name: value for name, value in os.environ.items() if name not in kept}

    def run_words(self, *words, **more):
        done = subprocess.run(
            words, capture_output=True, text=True, cwd=self.folder, env=dict(self.bare, **more))
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        return done.stdout

    def test_pip_makes_a_wheel_that_works_anywhere_on_the_machine(self):
        home = self.path("fresh")
        # Numpy is the system's, all else is what pip puts there.
        self.run_words(sys.executable, "-m", "venv", "--system-site-packages", home)
        built = dict(MEDIARY_LIBRARY=str(LIBRARY))
        self.run_words(
            f"{home}/bin/pip", "wheel", "--no-deps", "-w", self.path("wheels"), TREE / "python", **built)
        wheel, = os.listdir(self.path("wheels"))
        # The library is one machine's, the rest any Python's.
        self.assertRegex(wheel, r"^mediary-[0-9.]+-py3-none-linux_\w+\.whl$")
        with zipfile.ZipFile(os.path.join(self.path("wheels"), wheel)) as archive:
            files = [name for name in archive.namelist() if not name.startswith("mediary-")]
        expected = {"mediary/__init__.py", "mediary/media/libMediaryC.so"} | {
            f"mediary/media/{path.name}" for path in (TREE / "python/mediary/media").glob("*.py")}
        self.assertEqual(set(files), expected)

        self.run_words(f"{home}/bin/pip", "install", TREE / "python", **built)
        where, seed = self.run_words(
            f"{home}/bin/python", "-c", USE, self.path("a.mp4")).splitlines()
        self.assertTrue(where.startswith(home), where)
        self.assertEqual(seed, "4")
        self.assertEqual(probe(self.path("a.mp4"))["nb_read_packets"], "3")

        self.run_words(f"{home}/bin/pip", "uninstall", "-y", "mediary")
        self.assertFalse(os.path.exists(os.path.dirname(where)))

    def test_without_the_library_the_error_says_what_to_do(self):
        shutil.copytree(TREE / "python/mediary", self.path("alone/mediary"),
                        ignore=shutil.ignore_patterns("*.so", "__pycache__"))
        done = subprocess.run(
            [sys.executable, "-c", USE, self.path("a.mp4")], capture_output=True, text=True,
            cwd=self.path("alone"), env=self.bare)
        self.assertIn("ImportError: libMediaryC.so is not there; call ./mediary once", done.stderr)
        self.assertEqual(self.names(), ["alone"])


if __name__ == "__main__":
    unittest.main()
