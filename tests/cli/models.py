# Copyright 2026 The Continuo authors
# SPDX-License-Identifier: ISC
"""The user's own models: listed, found by their styles, refused."""

import os
import pathlib

from continuo import BAD_ARGUMENTS, BAD_INPUT, TestCase

HOUSE = pathlib.Path(os.environ["CONTINUO_MODEL"]).read_bytes()
OLD, NEW = b'Beethoven\\",\\"composer\\":3', b'Songsmith\\",\\"composer\\":5'
OTHER = HOUSE.replace(OLD, NEW)


class Models(TestCase):
    def setUp(self):
        super().setUp()
        self.assertEqual(1, HOUSE.count(OLD))
        self.own = self.folder / "data" / "continuo" / "models"
        self.write("My songs.safetensors", OTHER)

    def run_continuo(self, *args, **environment):
        places = {"XDG_DATA_HOME": str(self.folder / "data"), "XDG_CONFIG_HOME": str(self.folder / "config")}
        return super().run_continuo(*args, **{**places, **environment})

    def write(self, name, data):
        self.own.mkdir(parents=True, exist_ok=True)
        (self.own / name).write_bytes(data)

    def test_list(self):
        models = self.done("list", "models").splitlines()
        self.assertEqual(2, len(models))
        self.assertRegex(models[1], r"^My songs +your own: ")
        styles = self.done("list", "styles").splitlines()
        self.assertEqual(["Bach", "Mozart"], styles[:2])
        self.assertRegex(styles[-1], r"^Songsmith +your own, in /.*/My songs\.safetensors$")
        self.assertEqual(1, sum("your own" in line for line in styles))
        self.assertNotIn("your own", self.done("list", "styles", "--model", "My songs"))

    def test_style_by_name(self):
        by_style = self.generate("--style", "songsmith", "--bars", 4)
        by_name = self.generate("--model", "My songs", "--style", "Songsmith", "--bars", 4)
        by_file = self.generate("--model", self.own / "My songs.safetensors", "--style", "Songsmith", "--bars", 4)
        self.assertEqual(by_file, by_style)
        self.assertEqual(by_file, by_name)
        self.assertNotEqual(by_file, self.generate("--style", "Beethoven", "--bars", 4))

    def test_unknown(self):
        self.refused(BAD_ARGUMENTS, "No style is called Grieg", "generate", "--style", "Grieg", "-o", "a.mid")
        self.refused(BAD_ARGUMENTS, "No style", "generate", "--model", "My songs", "--style", "Beethoven", "-o", "a.mid")
        self.refused(BAD_INPUT, "Grieg: File cannot be opened", "generate", "--model", "Grieg", "-o", "a.mid")

    def test_those_that_do_not_fit(self):
        self.write("a.safetensors", b"no model")
        version = b'\\"format\\":' if b'\\"format\\":' in OTHER else b'{\\"format\\": '
        at = OTHER.index(version) + len(version)
        self.write("a.safetensors", OTHER[:at] + b"9" + OTHER[at + 1 :])
        self.write("notes.txt", b"no model")
        listed = self.refused(BAD_INPUT, "a.safetensors: Model file is of an unknown version", "list", "models")
        self.assertIn("My songs ", listed.stdout)
        self.write("a.safetensors", b"")
        self.refused(BAD_INPUT, "a.safetensors: Model file ends too early", "list", "styles")
        with open(self.own / "a.safetensors", "wb") as file:
            file.truncate(1 << 30)
        self.refused(BAD_INPUT, "a.safetensors: File is too large for a model", "list", "models")
        self.generate("--style", "songsmith", "--bars", 1)

    def test_no_folder(self):
        home = self.folder / "home"
        home.mkdir()
        environment = {"XDG_DATA_HOME": "", "HOME": str(home)}
        self.assertEqual(1, len(self.done("list", "models", **environment).splitlines()))
        (home / ".local/share/continuo").mkdir(parents=True)
        self.own.rename(home / ".local/share/continuo/models")
        self.assertIn("My songs ", self.done("list", "models", **environment))

    def test_presets_of_own_styles(self):
        self.done("preset", "save", "Mine", "--style", "Songsmith", "--temperature", 0.8)
        self.assertIn("style = Songsmith", self.done("preset", "show", "Mine"))
        self.assertRegex(self.done("list", "presets").splitlines()[-1], "^Mine +your own")
        self.assertEqual(
            self.generate("--preset", "Mine", "--bars", 2),
            self.generate("--style", "Songsmith", "--temperature", 0.8, "--bars", 2),
        )
        (self.own / "My songs.safetensors").unlink()
        self.refused(BAD_INPUT, "no style that is called Songsmith", "generate", "--preset", "Mine", "-o", "a.mid")
        self.refused(BAD_INPUT, "no style that is called Songsmith", "list", "presets")
