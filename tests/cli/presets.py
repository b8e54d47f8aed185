# Copyright 2026 The Continuo authors
# SPDX-License-Identifier: ISC
"""Presets by name, as files, and the user's own."""

import pathlib
import subprocess

import mido
from continuo import BAD_ARGUMENTS, BAD_INPUT, ROOT, events, PROGRAM, TestCase

MAZURKA = ROOT / "presets" / "chopin-mazurka.preset"
SETTINGS = [
    "--style", "Chopin", "--set", "ensemble=Keyboard", "--key", "A minor", "--set", "density=5", "--set", "form=Song AABA",
    "--set", "recall=0.7", "--set", "low_note=33", "--set", "high_note=91", "--set", "dynamics=1.3",
]  # fmt: skip


class Presets(TestCase):
    def setUp(self):
        super().setUp()
        self.own = self.folder / "config" / "continuo" / "presets"

    def run_continuo(self, *args, **environment):
        return super().run_continuo(*args, **{"XDG_CONFIG_HOME": str(self.folder / "config"), **environment})

    def write(self, name, text):
        self.own.mkdir(parents=True, exist_ok=True)
        (self.own / name).write_text(text)

    def test_a_preset_is_its_settings(self):
        by_hand = self.generate(*SETTINGS, "--meter", "3/4", "--tempo", 138, "--bars", 4)
        for name in "Chopin - Mazurka", "chopin - mazurka", "chopin-mazurka", MAZURKA:
            self.assertEqual(by_hand, self.generate("--preset", name, "--bars", 4))

    def test_what_is_given_comes_first(self):
        by_hand = self.generate(*SETTINGS, "--key", "D major", "--meter", "4/4", "--tempo", 100, "--bars", 4)
        given = ["--bars", 4, "--tempo", 100, "--meter", "4/4", "--key", "D major"]
        self.assertEqual(by_hand, self.generate(*given, "--preset", "chopin-mazurka"))
        self.assertEqual(by_hand, self.generate("--preset", "chopin-mazurka", *given))

    def test_the_piece_that_goes_on_has_its_own_time(self):
        self.generate("--style", "bach", "--key", "G minor", "--meter", "2/4", "--tempo", 90, "--bars", 4, name="prime.mid")
        self.generate("--preset", "chopin-mazurka", "--prime", "prime.mid", "--bars", 2)
        midi = mido.MidiFile(self.folder / "song.mid")
        self.assertEqual(2, events(midi, "time_signature")[0][1].numerator)
        self.assertEqual("Gm", events(midi, "key_signature")[0][1].key)

    def test_the_parameter_is_the_same(self):
        number = 1 + [line for line in (ROOT / "presets" / "order.txt").read_text().splitlines() if line[:1].isalpha()].index(
            "chopin-mazurka"
        )
        by_name = self.generate("--preset", "chopin-mazurka", "--bars", 4)
        by_number = self.generate("--set", f"preset={number}", "--meter", "3/4", "--tempo", 138, "--bars", 4)
        self.assertEqual(by_name, by_number)

    def test_names_that_are_none(self):
        near = self.refused(BAD_ARGUMENTS, '"Chopin - Mazurka"', "generate", "--preset", "Chopin - Mazurca", "-o", "a.mid")
        self.assertNotIn("Bach", near.stderr)
        self.refused(BAD_ARGUMENTS, '"Irish folk - Jig"', "generate", "--preset", "jig", "-o", "a.mid")
        self.refused(BAD_ARGUMENTS, 'called "qwxyzzy"; see', "generate", "--preset", "qwxyzzy", "-o", "a.mid")
        self.refused(BAD_ARGUMENTS, "No preset", "generate", "--preset", "", "-o", "a.mid")
        self.refused(BAD_ARGUMENTS, "No preset", "generate", "--preset", "x" * 1000, "-o", "a.mid")
        self.refused(BAD_INPUT, "none.preset: File", "generate", "--preset", "none.preset", "-o", "a.mid")

    def test_list(self):
        lines = self.done("list", "presets").splitlines()
        self.assertGreaterEqual(len(lines), 36)
        self.assertTrue(any(line.startswith("Chopin - Mazurka ") for line in lines))

    def test_saved_listed_renamed_deleted(self):
        self.done("preset", "save", "Mine", "--preset", "chopin-mazurka", "--temperature", 0.7, "--tempo", 150, "--about", "Slow")
        self.assertEqual(["Mine.preset"], [path.name for path in self.own.iterdir()])
        self.assertRegex(self.done("list", "presets").splitlines()[-1], r"^Mine +your own: Slow$")
        text = self.done("preset", "show", "mine")
        for line in "name = Mine", "about = Slow", "meter = 3/4", "tempo = 150", "temperature = 0.7", "style = Chopin", "length = 0":
            self.assertIn(line, text.splitlines())
        self.assertEqual(
            self.generate("--preset", "Mine", "--bars", 2),
            self.generate("--preset", "chopin-mazurka", "--temperature", 0.7, "--tempo", 150, "--bars", 2),
        )

        self.refused(BAD_INPUT, "already", "preset", "save", "MINE")
        self.assertEqual(text, self.done("preset", "show", "mine"))
        self.done("preset", "save", "MINE", "--overwrite", "--style", "Bach")
        self.assertIn("style = Bach", self.done("preset", "show", "mine"))
        self.done("preset", "rename", "mine", "Yours")
        self.assertEqual(["Yours.preset"], [path.name for path in self.own.iterdir()])
        self.refused(BAD_INPUT, "no such preset", "preset", "rename", "mine", "Yours")
        self.done("preset", "delete", "yours")
        self.refused(BAD_INPUT, "no such preset", "preset", "delete", "yours")
        self.assertEqual([], list(self.own.iterdir()))

    def test_shown_is_saved_is_shown(self):
        for name in "bach-chorale", "schubert-landler":
            text = self.done("preset", "show", name)
            (self.folder / "copy.preset").write_text(text)
            self.assertEqual(text, self.done("preset", "show", "copy.preset"))

    def test_own_ones_stand_before_built_in_ones(self):
        self.done("preset", "save", "Chopin - Mazurka", "--style", "Haydn")
        self.assertIn("style = Haydn", self.done("preset", "show", "chopin - mazurka"))
        lines = [line for line in self.done("list", "presets").splitlines() if line.startswith("Chopin - Mazurka ")]
        self.assertEqual(1, len(lines))

    def test_broken_ones_are_named_and_skipped(self):
        self.write("bad.preset", "name = Bad\ntempature = 1\n")
        self.write("good.preset", "name = Good\n")
        listed = self.refused(BAD_INPUT, "bad.preset: line 2: No parameter is called tempature", "list", "presets")
        self.assertIn("Good ", listed.stdout)
        self.assertNotIn("Bad ", listed.stdout)
        self.refused(BAD_INPUT, "bad.preset: line 2", "generate", "--preset", "bad", "-o", "a.mid")
        self.generate("--preset", "good", "--bars", 1)
        self.done("preset", "delete", "bad")
        self.done("list", "presets")

    def test_styles_that_the_model_does_not_know(self):
        self.write("a.preset", "name = A\nstyle = Grieg\n")
        self.refused(BAD_INPUT, "no style that is called Grieg", "generate", "--preset", "A", "-o", "a.mid")

    def test_folders(self):
        home = self.folder / "home"
        home.mkdir()
        for config in "", "relative":
            self.done("preset", "save", "At home", "--overwrite", XDG_CONFIG_HOME=config, HOME=str(home))
        self.assertTrue((home / ".config/continuo/presets/At home.preset").exists())
        self.refused(BAD_INPUT, "HOME", "preset", "save", "A", XDG_CONFIG_HOME="", HOME="")
        self.generate("--preset", "chopin-mazurka", "--bars", 1)
        self.assertEqual(0, self.run_continuo("list", "presets", XDG_CONFIG_HOME="", HOME="").returncode)

    def test_wrong_verbs(self):
        for args in (), ("make", "A"), ("save",), ("rename", "A"), ("delete", "A", "B"):
            self.refused(BAD_ARGUMENTS, "one of show NAME", "preset", *args)
        self.refused(BAD_INPUT, "63 bytes", "preset", "rename", "A", "")
        self.refused(BAD_ARGUMENTS, "63 bytes", "preset", "save", "x" * 64)
        self.refused(BAD_INPUT, "63 bytes", "preset", "save", "two\nlines")
        self.refused(BAD_ARGUMENTS, "too long", "preset", "save", "A", "--about", "x" * 256)

    def test_a_reader_sees_a_whole_preset(self):
        self.done("preset", "save", "A")
        saves = [
            subprocess.Popen(
                [PROGRAM, "preset", "save", "A", "--overwrite", "--seed", str(seed)],
                cwd=self.folder,
                env={"XDG_CONFIG_HOME": str(self.folder / "config")},
            )
            for seed in range(8)
        ]
        while any(save.poll() is None for save in saves):
            self.assertIn("octave = 0\n", pathlib.Path(self.own / "A.preset").read_text())
        self.assertEqual([0] * len(saves), [save.wait() for save in saves])
        self.assertEqual(["A.preset"], [path.name for path in self.own.iterdir()])
