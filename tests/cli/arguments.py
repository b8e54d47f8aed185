# Copyright 2026 The Continuo authors
# SPDX-License-Identifier: ISC
"""Exit codes, sentences, and what is printed of styles, parameters and models."""

import json

from continuo import BAD_ARGUMENTS, BAD_INPUT, ROOT, TestCase

SYMBOLS = """style temperature top_k top_p min_p rhythm_temperature key scale scale_lock density
polyphony low_note high_note velocity dynamics seed channel_mode octave bypass late_notes
current_key""".split()


class Refusals(TestCase):
    def test_commands(self):
        self.refused(BAD_ARGUMENTS, "command is missing")
        self.refused(BAD_ARGUMENTS, "no command compose", "compose")
        self.refused(BAD_ARGUMENTS, "no option --quick", "generate", "--quick")
        self.refused(BAD_ARGUMENTS, "no option --bars", "score", "--bars", 4, "song.mid")
        self.refused(BAD_ARGUMENTS, "takes an argument", "generate", "--bars")
        self.refused(BAD_ARGUMENTS, "takes no argument", "score", "--json=yes", "song.mid")
        self.refused(BAD_ARGUMENTS, "file to score is missing", "score")
        self.refused(BAD_ARGUMENTS, "styles, presets, parameters or models", "list")
        self.refused(BAD_ARGUMENTS, "styles, presets, parameters or models", "list", "songs")
        self.refused(BAD_ARGUMENTS, "Only parameters", "list", "--json", "styles")
        self.refused(BAD_ARGUMENTS, "model file", "info")

    def test_outputs(self):
        self.refused(BAD_ARGUMENTS, "file to write is missing", "generate")
        self.refused(BAD_ARGUMENTS, "Cannot write song.pdf", "generate", "-o", "song.pdf")
        self.refused(BAD_ARGUMENTS, "Cannot write song", "generate", "-o", "song")
        self.refused(BAD_ARGUMENTS, "song.mid", "generate", "-o", "a.mid", "song.mid")
        self.refused(BAD_INPUT, "none/a.mid", "generate", "--bars", 1, "-o", "none/a.mid")
        self.assertEqual([], list(self.folder.iterdir()))

    def test_values(self):
        for option, values in {
            "--bars": ("0", "-1", "1.5", "many", "", "1e9"),
            "--tempo": ("0", "-60", "fast", "nan", "inf", "1e6"),
            "--meter": ("4", "4/", "/4", "0/4", "4/3", "4/0", "-4/4", "4/4/4", "99999999999/4"),
            "--key": ("", "H minor", "D dorian", "minor", "D minor 7"),
            "--temperature": ("0", "-1", "99", "warm", "nan"),
            "--top-k": ("-1", "1.5"),
            "--top-p": ("0", "1.1"),
            "--min-p": ("-0.1", "1.1"),
            "--seed": ("-1", "1.5", "1e30"),
            "--set": ("", "=1", "top_k", "top_k=", "top_k=x", "nothing=1", "late_notes=1"),
            "--style": ("", "nobody"),
        }.items():
            for value in values:
                self.refused(BAD_ARGUMENTS, "", "generate", option, value, "-o", "song.mid")
        self.assertEqual([], list(self.folder.iterdir()))

    def test_files(self):
        (self.folder / "text").write_text("This is no model, and no music either")
        for name in "absent", "text", ".":
            self.refused(BAD_INPUT, name, "generate", "--model", name, "-o", "song.mid")
            self.refused(BAD_INPUT, name, "generate", "--prime", name, "-o", "song.mid")
            self.refused(BAD_INPUT, name, "score", name)
            self.refused(BAD_INPUT, name, "info", name)


class Lists(TestCase):
    def test_help_and_version(self):
        self.assertRegex(self.done("--version"), r"\Acontinuo \d+\.\d+\.\d+\n\Z")
        usage = self.done("--help")
        for command in "generate", "score", "list", "info":
            self.assertIn(f"continuo {command}", usage)
            self.assertIn("Usage:", self.done(command, "--help"))

    def test_styles(self):
        styles = self.done("list", "styles").splitlines()
        self.assertGreaterEqual(len(styles), 6)
        self.assertEqual(len(styles), len(set(styles)))
        for name in "bach", "chopin":
            self.assertIn(name, [style.lower() for style in styles])

    def test_parameters(self):
        lines = self.done("list", "parameters").splitlines()
        self.assertLessEqual(set(SYMBOLS), {line.split()[0] for line in lines})

    def test_parameters_as_json(self):
        rows = json.loads(self.done("list", "--json", "parameters"))
        lines = self.done("list", "parameters").splitlines()
        self.assertEqual([line.split()[0] for line in lines], [row["symbol"] for row in rows])
        for row, line in zip(rows, lines):
            self.assertIn(f"{row['min']:g}..{row['max']:.7g} ({row['initial']:g})", line)
            self.assertIn(": ".join([row["doc"], ", ".join(row["labels"])]).removesuffix(": "), line)

    def test_models(self):
        self.assertEqual(1, len(self.done("list", "models").splitlines()))

    def test_info(self):
        (model,) = (ROOT / "models").glob("*.safetensors")
        lines = dict(line.split(maxsplit=1) for line in self.done("info", model).splitlines())
        self.assertEqual(
            {"name", "kind", "network", "weights", "size", "styles", "licence", "data"}, set(lines)
        )
        self.assertEqual(f"{model.stat().st_size} bytes", lines["size"])
        self.assertGreater(int(lines["weights"]), 1_000_000)
        self.assertEqual(self.done("list", "styles").splitlines(), lines["styles"].split(", "))

    def test_truncated_model(self):
        (model,) = (ROOT / "models").glob("*.safetensors")
        (self.folder / "half").write_bytes(model.read_bytes()[: model.stat().st_size // 2])
        self.refused(BAD_INPUT, "half", "info", "half")
