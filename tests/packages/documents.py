# Copyright 2026 The Continuo authors
# SPDX-License-Identifier: ISC
"""The manual, the tables of README.md, the menu entry and the metainfo."""

import os
import unittest

from package import BUILD, ROOT, TestCase

PAGES = sorted((BUILD / "dist").glob("*.1"))
METAINFO = BUILD / "dist/continuo-jack.metainfo.xml"


class Documents(TestCase):
    def test_tables_are_the_programs(self):
        result = self.run_program("/usr/bin/python3", "-B", ROOT / "dist/tables.py", os.environ["CONTINUO"])
        self.assertEqual((0, ""), (result.returncode, result.stdout), "see dist/tables.py --write")

    def test_pages_are_read_without_warnings(self):
        self.assertTrue(PAGES)
        for page in PAGES:
            read = self.run_program("man", "--warnings", "-E", "UTF-8", "-l", "-Tutf8", "-Z", page, LC_ALL="C.UTF-8", MANWIDTH="80")
            self.assertEqual((0, ""), (read.returncode, read.stderr), page)
            self.assertEqual("", self.done("mandoc", "-T", "lint", "-W", "warning", page))

    def test_standalone_is_in_its_page(self):
        """All that --help says it takes"""
        for name in "continuo-jack", "continuo-synth-jack":
            page = (ROOT / f"dist/man/{name}.1.in").read_text()
            for word in "SYMBOL", "VALUE", r"\-\-help", r"\-\-version":
                self.assertIn(word, page)

    @unittest.skipUnless(METAINFO.exists(), "built without plugins")
    def test_menu_entry(self):
        for name in "continuo-jack", "continuo-synth-jack":
            self.assertEqual("", self.done("desktop-file-validate", ROOT / f"dist/desktop/{name}.desktop"))

    @unittest.skipUnless(METAINFO.exists(), "built without plugins")
    def test_metainfo(self):
        # The authors have no domain, so that the id of it can't begin with one
        override = "--override=cid-desktopapp-is-not-rdns=info"
        self.done("appstreamcli", "validate", "--no-net", override, METAINFO)
