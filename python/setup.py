"""Builds the package with the shared library inside, out of the source tree around it."""

import shutil
import subprocess
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

HERE = Path(__file__).resolve().parent
TREE = HERE.parent
LIBRARY = TREE / ".build" / "release" / "libMediaryC.so"


class BuildWithLibrary(build_py):
    def run(self):
        super().run()
        if not LIBRARY.exists():
            # The launcher installs what is missing and builds program and library.
            subprocess.run([str(TREE / "mediary"), "version"], check=True)
        target = Path(self.build_lib) / "mediary" / "media"
        target.mkdir(parents=True, exist_ok=True)
        shutil.copy2(LIBRARY, target / LIBRARY.name)


setup(cmdclass={"build_py": BuildWithLibrary})
