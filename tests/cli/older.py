# Copyright 2026 The Continuo authors
# SPDX-License-Identifier: ISC
"""Models of the older designs: played, primed, scored, and as styles of the user's own."""

import shutil

from continuo import BAD_INPUT, ROOT, TestCase, events

SMALL = ROOT / "tests" / "data" / "older"
KINDS = ["four_features", "two_clefs", "regression", "three_models", "symbols_attention", "symbols_gru", "symbols_vae"]
TYPED = "60 _ 62 _ 64 _ 65 _ 67 _ _ 69 71 _ 72 _ _"
D_MAJOR = {2, 4, 6, 7, 9, 11, 1}


def model(kind):
    """The shipped model, or a small one of random numbers where it is not there."""
    shipped = ROOT / "models" / "older" / f"{kind}.safetensors"
    return shipped if shipped.exists() else SMALL / f"{kind}.safetensors"


class Older(TestCase):
    def pitches(self, midi):
        return [message.note for _, message in events(midi, "note_on") if message.velocity]

    def test_info(self):
        for kind in KINDS:
            self.assertRegex(self.done("info", model(kind)), rf"(?m)^kind +{kind}$")

    def test_same_seed_same_bytes(self):
        for kind in KINDS:
            args = ("--model", model(kind), "--bars", 8)
            song = self.generate(*args, "--seed", 7)
            self.assertEqual(song, self.generate(*args, "--seed", 7))
            if kind != "regression":  # There is no chance in it
                self.assertNotEqual(song, self.generate(*args, "--seed", 8))
                self.assertNotEqual(song, self.generate(*args, "--seed", 7, "--temperature", 1.6))

    def test_key_and_range(self):
        for kind in KINDS:
            midi = self.song(
                "--model", model(kind), "--key", "D major", "--set", "scale_lock=1",
                "--set", "low_note=55", "--set", "high_note=79", "--bars", 8,
            )  # fmt: skip
            pitches = self.pitches(midi)
            self.assertGreater(len(pitches), 4)
            self.assertLessEqual({p % 12 for p in pitches}, D_MAJOR)
            self.assertGreaterEqual(min(pitches), 55)
            self.assertLessEqual(max(pitches), 79)

    def test_prime(self):
        shipped = [kind for kind in KINDS if model(kind).parent != SMALL and kind != "regression"]
        for kind in ["house", *shipped]:
            args = ("--model", model(kind), "--bars", 4) if kind != "house" else ("--bars", 4)
            typed = self.generate(*args, "--prime", TYPED)
            self.assertEqual(typed, self.generate(*args, "--prime", f"  {TYPED.replace(' ', '  ')} "))
            self.assertNotEqual(typed, self.generate(*args))
            self.assertNotEqual(typed, self.generate(*args, "--prime", "72 _ _ _ 71 _ _ _ 69 _ _ _ 68 _ _ _"))

    def test_prime_that_is_none(self):
        for text in "60 _ x", "60 _ 128":
            self.refused(BAD_INPUT, "A typed melody has only", "generate", "--prime", text, "-o", "a.mid")
        self.refused(BAD_INPUT, "File cannot be opened", "generate", "--prime", "x 60", "-o", "a.mid")

    def test_score(self):
        self.generate("--bars", 8, "--style", "Hymn", name="a.mid")
        for kind in KINDS:
            if kind in ("regression", "symbols_vae"):
                self.refused(BAD_INPUT, "does not say how likely", "score", "--model", model(kind), "a.mid")
            else:
                self.assertRegex(self.done("score", "--model", model(kind), "a.mid"), r"\n +\d+ +\d+\.0 .* a\.mid\n")

    def test_two_clefs_are_two_staves(self):
        self.done("generate", "--model", model("two_clefs"), "--bars", 4, "-o", "a.musicxml")
        score = (self.folder / "a.musicxml").read_text()
        self.assertEqual(1, score.count("<score-part "))
        self.assertIn("<staves>2</staves>", score)

    def test_instruments_are_programs(self):
        midi = self.song("--model", model("four_features"), "--bars", 8, "--set", "ensemble=organ")
        programs = {m.channel: m.program for _, m in events(midi, "program_change")}
        known = {0: 40, 1: 40, 2: 41, 3: 42} if model("four_features").parent != SMALL else None
        self.assertGreater(len(programs), 1)
        self.assertEqual(len(programs), len({t.name for t in midi.tracks if any(m.type == "note_on" for m in t)}))
        if known:
            self.assertLessEqual(set(programs.values()), set(known.values()))

    def test_style_of_the_user(self):
        own = self.folder / "data" / "continuo" / "models"
        own.mkdir(parents=True)
        shutil.copy(model("two_clefs"), own / "clefs.safetensors")
        places = {"XDG_DATA_HOME": str(self.folder / "data")}
        style = "Two clefs" if model("two_clefs").parent != SMALL else "Small two clefs"
        listed = self.run_continuo("list", "models", **places).stdout
        self.assertRegex(listed, rf"(?m)^clefs +your own: .*{style}")
        song = self.run_continuo("generate", "--style", style, "--bars", 4, "-o", "a.mid", **places)
        self.assertEqual(0, song.returncode, song.stderr)
        by_file = self.generate("--model", model("two_clefs"), "--bars", 4)
        self.assertEqual(by_file, (self.folder / "a.mid").read_bytes())
