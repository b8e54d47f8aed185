# Copyright 2026 The Continuo authors
# SPDX-License-Identifier: ISC
"""The version is told in one place, project() in CMakeLists.txt, and is the same everywhere."""

import os
import re

from package import BUILD, ROOT, TestCase, version


class Version(TestCase):
    def test_told_once(self):
        pattern = rf"\b{re.escape(version())}\b"
        found = [
            str(path.relative_to(ROOT))
            for room in ("core", "plugin", "ui", "dist")
            for path in (ROOT / room).rglob("*")
            if path.suffix in (".c", ".h", ".cpp", ".hpp", ".txt", ".cmake", ".in", ".desktop", ".sh", ".py", ".ttl")
            and re.search(pattern, path.read_text())
        ]
        self.assertEqual([], found)
        self.assertRegex((ROOT / "CMakeLists.txt").read_text(), rf"project\(continuo VERSION {pattern}")

    def test_programs(self):
        for program in os.environ["CONTINUO"], BUILD / "jack/continuo-jack", BUILD / "jack/continuo-synth-jack":
            self.assertIn(f" {version()}\n", self.done(program, "--version"))

    def test_documents(self):
        self.assertRegex((ROOT / "NEWS").read_text(), rf"\Acontinuo \({re.escape(version())}\) ")
        dist = BUILD / "dist"
        for page in "continuo.1", "continuo-jack.1", "continuo-synth-jack.1":
            self.assertIn(f'"Continuo {version()}"', (dist / page).read_text())
        self.assertIn(f'<release version="{version()}" ', (dist / "continuo-jack.metainfo.xml").read_text())
        self.assertIn(f'set(CPACK_PACKAGE_VERSION "{version()}")', (BUILD / "CPackConfig.cmake").read_text())

    def test_score(self):
        song = self.folder / "song.musicxml"
        self.done(os.environ["CONTINUO"], "generate", "--bars", 1, "-o", song)
        self.assertIn(f">Continuo {version()}<", song.read_text())

    def test_bundle(self):
        """LV2 has the last two numbers of it; VST3, CLAP and VST2 are looked at in hosts/formats"""
        _, minor, micro = version().split(".")
        for bundle in (BUILD / "lv2").glob("*.lv2"):
            data = "".join(path.read_text() for path in bundle.glob("*.ttl"))
            self.assertRegex(data, rf"lv2:minorVersion {minor} [;.]")
            self.assertRegex(data, rf"lv2:microVersion {micro} [;.]")
