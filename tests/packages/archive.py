# Copyright 2026 The Continuo authors
# SPDX-License-Identifier: ISC
"""The archive, whose script installs for a user and takes all away again."""

from package import PROGRAMS, TestCase, tree

PLUGINS = [
    place.format(name)
    for name in ("continuo", "continuo-synth")
    for place in (".lv2/{}.lv2", ".vst3/{}.vst3", ".clap/{}.clap", ".vst/{}-vst2.so")
]
DATA = [
    "man/man1/continuo.1.gz",
    "man/man1/continuo-jack.1.gz",
    "man/man1/continuo-synth-jack.1.gz",
    "applications/continuo-jack.desktop",
    "applications/continuo-synth-jack.desktop",
    "metainfo/continuo-jack.metainfo.xml",
    "icons/hicolor/scalable/apps/continuo.svg",
    "doc/continuo/copyright",
    "doc/continuo/install.sh",
]


class Archive(TestCase):
    @classmethod
    def setUpClass(cls):
        cls.package = cls.pack("TXZ")

    def setUp(self):
        super().setUp()
        self.done("tar", "-xf", self.package)
        (self.top,) = self.folder.glob("continuo-*/")
        self.home = self.folder / "a home"
        self.home.mkdir()

    def script(self, *args, data=""):
        environment = {"HOME": str(self.home), "XDG_DATA_HOME": str(data)}
        return self.run_program("sh", *args, **environment)

    def install(self, data=""):
        result = self.script(self.top / "install.sh", data=data)
        self.assertEqual((0, ""), (result.returncode, result.stderr))

    def check_installed(self, data):
        for name in PLUGINS:
            self.assertTrue((self.home / name).exists(), name)
        for name in DATA:
            self.assertTrue((data / name).is_file(), name)
        for name in PROGRAMS:
            self.done(self.home / ".local/bin" / name, "--help")
        for name in "continuo-jack", "continuo-synth-jack":
            menu = data / f"applications/{name}.desktop"
            self.assertIn(f'\nExec="{self.home}/.local/bin/{name}"\n', menu.read_text())
            self.done("desktop-file-validate", menu)

    def test_programs(self):
        self.check_programs(self.top)

    def test_install_twice_and_uninstall(self):
        own = self.home / ".config/continuo/presets/mine.preset"
        other = self.home / ".lv2/other.lv2/manifest.ttl"
        for path in own, other:
            path.parent.mkdir(parents=True)
            path.write_text("What is not ours")
        before = tree(self.home)
        data = self.home / ".local/share"
        self.install()
        first = tree(self.home)
        self.install()
        self.assertEqual(first, tree(self.home))
        self.check_installed(data)
        (installed_script,) = self.home.rglob("install.sh")
        self.assertEqual(0, self.script(installed_script, "--uninstall").returncode)
        after = tree(self.home)
        self.assertEqual(before, {name: after[name] for name in before})
        self.assertEqual([], [name for name, content in after.items() if name not in before and content is not None])

    def test_data_elsewhere(self):
        data = self.folder / "data"
        self.install(data)
        self.check_installed(data)
        self.assertFalse((self.home / ".local/share").exists())
        self.assertEqual(0, self.script(self.top / "install.sh", "--uninstall", data=data).returncode)
        self.assertEqual([], [path for path in data.rglob("*") if path.is_file()])

    def test_refusals(self):
        script = self.top / "install.sh"
        self.assertEqual(1, self.script(script, "--remove").returncode)
        (self.top / "bin/continuo").unlink()
        result = self.script(script)
        self.assertEqual(1, result.returncode)
        self.assertIn("bin/continuo is missing", result.stderr)
        self.assertEqual({}, tree(self.home))
