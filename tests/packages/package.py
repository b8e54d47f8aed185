# Copyright 2026 The Continuo authors
# SPDX-License-Identifier: ISC
"""Make packages, and look at trees of files."""

import ctypes
import os
import pathlib
import re
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD = pathlib.Path(os.environ["CONTINUO_BUILD"])

# Modules by their places below a prefix, and what hosts look for in each
MODULES = {
    "lib/lv2/continuo.lv2/continuo_dsp.so": "lv2_descriptor",
    "lib/lv2/continuo.lv2/continuo_ui.so": "lv2ui_descriptor",
    "lib/vst3/continuo.vst3/Contents/*/continuo.so": "GetPluginFactory",
    "lib/clap/continuo.clap": "clap_entry",
    "lib/vst/continuo-vst2.so": "main",
    "lib/lv2/continuo-synth.lv2/continuo-synth_dsp.so": "lv2_descriptor",
    "lib/lv2/continuo-synth.lv2/continuo-synth_ui.so": "lv2ui_descriptor",
    "lib/vst3/continuo-synth.vst3/Contents/*/continuo-synth.so": "GetPluginFactory",
    "lib/clap/continuo-synth.clap": "clap_entry",
    "lib/vst/continuo-synth-vst2.so": "main",
}

PROGRAMS = ["continuo", "continuo-jack", "continuo-synth-jack"]


def version():
    """-> What project() says in CMake"""
    cache = (BUILD / "CMakeCache.txt").read_text()
    return re.search(r"^CMAKE_PROJECT_VERSION:STATIC=(.+)$", cache, re.MULTILINE)[1]


def tree(root):
    """-> {path below root: bytes of a file, target of a link, or None for a folder}"""
    return {
        str(path.relative_to(root)): os.readlink(path) if path.is_symlink()
        else None if path.is_dir() else path.read_bytes()
        for path in sorted(root.rglob("*"))
    }  # fmt: skip


class TestCase(unittest.TestCase):
    """A test with a folder of its own."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def run_program(self, *args, **environment):
        return subprocess.run(
            [str(arg) for arg in args], cwd=self.folder, env={**os.environ, **environment},
            capture_output=True, text=True,
        )  # fmt: skip

    def done(self, *args, **environment):
        """Run what must go well.  -> standard output"""
        result = self.run_program(*args, **environment)
        self.assertEqual(0, result.returncode, (args, result.stdout, result.stderr))
        return result.stdout

    @classmethod
    def pack(cls, generator):
        """-> The package that `cpack -G generator` makes, there until the class is done"""
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        program, config = os.environ["CONTINUO_CPACK"], BUILD / "CPackConfig.cmake"
        subprocess.run(
            [program, "-G", generator, "-B", folder.name, "--config", config], check=True, stdout=subprocess.DEVNULL
        )
        (package,) = (path for path in pathlib.Path(folder.name).iterdir() if path.is_file())
        return package

    def check_programs(self, prefix):
        """What is below `prefix` runs, is found by hosts, and is stripped."""
        for name in PROGRAMS:
            self.assertEqual(f"{name} {version()}\n", self.done(prefix / "bin" / name, "--version"))
        song = self.folder / "song.mid"
        self.done(prefix / "bin/continuo", "generate", "--bars", 1, "-o", song)
        self.assertEqual(b"MThd", song.read_bytes()[:4])
        programs = list((prefix / "bin").iterdir())
        for pattern, symbol in MODULES.items():
            (module,) = prefix.glob(pattern)
            self.assertTrue(hasattr(ctypes.CDLL(module), symbol), symbol)
            programs.append(module)
        for path in programs:
            self.assertNotIn(".symtab", self.done("readelf", "-SW", path), path)
