"""Builds the package with the shared library inside, out of the source tree around it."""

import os
import shutil
import subprocess
from pathlib import Path

from setuptools import Distribution, setup
from setuptools.command.bdist_wheel import bdist_wheel
from setuptools.command.build_py import build_py

HERE = Path(__file__).resolve().parent
TREE = HERE.parent
NAME = "libMediaryC.so"
LIBRARY = Path(os.environ.get("MEDIARY_LIBRARY") or TREE / ".build" / "release" / NAME)


class BuildWithLibrary(build_py):
    def run(self):
        super().run()
        if not LIBRARY.exists():
            # The launcher installs what is missing and builds program and library.
            subprocess.run([str(TREE / "mediary"), "version"], check=True)
        target = Path(self.build_lib) / "mediary" / "media"
        target.mkdir(parents=True, exist_ok=True)
        shutil.copy2(LIBRARY, target / NAME)


class WheelOfOnePlatform(bdist_wheel):
    """For any Python, as nothing is compiled against one, but for the library's machine alone."""

    def get_tag(self):
        return "py3", "none", super().get_tag()[2]


class WithLibrary(Distribution):
    def has_ext_modules(self):
        return True


setup(distclass=WithLibrary, cmdclass={"build_py": BuildWithLibrary, "bdist_wheel": WheelOfOnePlatform})
