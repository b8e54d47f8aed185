# Copyright 2026 The Continuo authors
# SPDX-License-Identifier: ISC
"""The Debian package: what is in it, installing and removing it, and what lintian says."""

import fnmatch
import os

from package import MODULES, TestCase, tree, version

FILES = [
    *(f"usr/{module}" for module in MODULES),
    "usr/bin/continuo",
    "usr/bin/continuo-jack",
    "usr/bin/continuo-synth-jack",
    "usr/lib/lv2/continuo.lv2/*.ttl",
    "usr/lib/lv2/continuo-synth.lv2/*.ttl",
    "usr/share/applications/continuo-jack.desktop",
    "usr/share/applications/continuo-synth-jack.desktop",
    "usr/share/doc/continuo/README.md",
    "usr/share/doc/continuo/changelog.gz",
    "usr/share/doc/continuo/copyright",
    "usr/share/doc/continuo/models/house-credits.tsv.gz",
    "usr/share/doc/continuo/models/house.md",
    "usr/share/doc/continuo/presets/README.md",
    "usr/share/doc/continuo/tests/editor/golden/*.png",
    "usr/share/doc/continuo/ui/README.md",
    "usr/share/icons/hicolor/scalable/apps/continuo.svg",
    "usr/share/man/man1/continuo-jack.1.gz",
    "usr/share/man/man1/continuo-synth-jack.1.gz",
    "usr/share/man/man1/continuo.1.gz",
    "usr/share/metainfo/continuo-jack.metainfo.xml",
]

# What the formats need beside the C library
LIBRARIES = ["libc6", "libcjson1", "libfluidsynth3", "libgl1", "libopenblas0", "libx11-6"]

# There is no address yet (bogus-mail-host), no bug at Debian to close (initial-upload-...), and
# a version that is not released says so (unreleased-changes)
TOLERATED = "bogus-mail-host,bogus-mail-host-in-debian-changelog,initial-upload-closes-no-bugs,unreleased-changes"


class Deb(TestCase):
    @classmethod
    def setUpClass(cls):
        cls.package = cls.pack("DEB")

    def field(self, name):
        return self.done("dpkg-deb", "--field", self.package, name).strip()

    def as_root(self, *args):
        """Run as root, or as one who takes himself for it"""
        return self.done(*([] if os.getuid() == 0 else ["fakeroot"]), *args)

    def check_control(self):
        architecture = self.done("dpkg", "--print-architecture").strip()
        self.assertEqual(f"continuo_{version()}_{architecture}.deb", self.package.name)
        self.assertEqual(("continuo", version()), (self.field("Package"), self.field("Version")))
        self.assertEqual((architecture, "sound"), (self.field("Architecture"), self.field("Section")))
        self.assertRegex(self.field("Maintainer"), r"\A.+ <.+@.+>\Z")
        synopsis, *text = self.field("Description").splitlines()
        self.assertRegex(synopsis, r"\A[A-Z].{20,78}[^.]\Z")
        self.assertGreater(len(text), 3)
        depends = self.field("Depends")
        for library in LIBRARIES:
            self.assertIn(library, depends)
        control = self.folder / "control"
        self.done("dpkg-deb", "--control", self.package, control)
        self.assertLessEqual(set(os.listdir(control)), {"control", "md5sums"}, "No scripts are needed")

    def check_files(self, root, other=()):
        files = [name for name, content in tree(root).items() if content is not None]
        for pattern in FILES:
            self.assertTrue(fnmatch.filter(files, pattern), pattern)
        self.assertEqual([], [name for name in files if not any(fnmatch.fnmatch(name, p) for p in (*FILES, *other))])

    def check_changelog(self, root):
        changelog = self.folder / "changelog"
        changelog.write_text(self.done("zcat", root / "usr/share/doc/continuo/changelog.gz"))
        parsed = self.run_program("dpkg-parsechangelog", "-l", changelog, "-S", "Version")
        self.assertEqual((f"{version()}\n", ""), (parsed.stdout, parsed.stderr))

    def test_contents(self):
        self.check_control()
        root = self.folder / "root"
        self.done("dpkg-deb", "-x", self.package, root)
        self.check_files(root)
        self.check_changelog(root)
        self.check_programs(root / "usr")

    def test_install_and_remove(self):
        root = self.folder / "root"
        for name in "info", "updates", "triggers":
            (root / "var/lib/dpkg" / name).mkdir(parents=True)
        for name in "status", "available":
            (root / "var/lib/dpkg" / name).touch()
        for name in "bin", "lib/lv2/other.lv2", "share/doc", "share/man/man1", "share/applications":
            (root / "usr" / name).mkdir(parents=True)
            (root / "usr" / name / "other").write_text("What is not ours")
        before = tree(root / "usr")
        other = "usr/*/other", "var/lib/dpkg/*"
        dpkg = ["dpkg", f"--root={root}", "--log=/dev/null", "--force-depends", "--force-not-root"]

        self.as_root(*dpkg, "--install", self.package)
        self.assertIn("Status: install ok installed", (root / "var/lib/dpkg/status").read_text())
        self.check_files(root, other)
        self.assertEqual("", self.done("dpkg", f"--root={root}", "--verify", "continuo"))
        self.as_root(*dpkg, "--purge", "continuo")
        self.assertEqual(before, tree(root / "usr"))
        self.assertNotIn("continuo", (root / "var/lib/dpkg/status").read_text())

    def test_lintian(self):
        said = self.run_program(
            "lintian", "--allow-root", "--fail-on", "error,warning", "--suppress-tags", TOLERATED, self.package
        )
        self.assertEqual((0, ""), (said.returncode, said.stdout + said.stderr))
