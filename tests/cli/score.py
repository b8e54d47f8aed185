# Copyright 2026 The Continuo authors
# SPDX-License-Identifier: ISC
"""Scores as a table and as JSON."""

import json
import math

from continuo import BAD_INPUT, TestCase

HEADS = ["shift", "part", "pitch", "duration"]
KEYS = {"notes", "beats", "nats_per_note", "bits_per_beat"}


class Score(TestCase):
    def setUp(self):
        super().setUp()
        self.generate("--bars", 4, "--seed", 1, name="a.mid")
        self.generate("--bars", 12, "--seed", 2, name="b.mid")

    def check(self, score):
        """Numbers that fit each other."""
        nats = score["nats_per_note"]
        self.assertEqual({*HEADS, "total"}, set(nats))
        self.assertGreater(min(nats.values()), 0)
        self.assertAlmostEqual(nats["total"], sum(nats[head] for head in HEADS))
        bits = nats["total"] * score["notes"] / math.log(2) / score["beats"]
        self.assertAlmostEqual(bits, score["bits_per_beat"])

    def test_json(self):
        total = json.loads(self.done("score", "--json", "a.mid", "b.mid"))
        self.assertEqual(KEYS | {"files"}, set(total))
        self.check(total)
        a, b = total["files"]
        self.assertEqual(["a.mid", "b.mid"], [a["path"], b["path"]])
        for score, n_bars in (a, 4), (b, 12):
            self.assertEqual(KEYS | {"path"}, set(score))
            self.check(score)
            self.assertEqual(4 * n_bars, score["beats"])

        self.assertEqual(a["notes"] + b["notes"], total["notes"])
        self.assertEqual(a["beats"] + b["beats"], total["beats"])
        for head in [*HEADS, "total"]:
            nats = sum(s["nats_per_note"][head] * s["notes"] for s in (a, b))
            self.assertAlmostEqual(nats / total["notes"], total["nats_per_note"][head])

    def test_one_file_is_the_total(self):
        total = json.loads(self.done("score", "--json", "a.mid"))
        (file,) = total.pop("files")
        self.assertEqual("a.mid", file.pop("path"))
        self.assertEqual(total, file)

    def test_style_matters(self):
        bach, chopin = (
            json.loads(self.done("score", "--json", "--style", style, "a.mid")) for style in ("bach", "chopin")
        )
        self.assertEqual(bach["notes"], chopin["notes"])
        self.assertNotEqual(bach["bits_per_beat"], chopin["bits_per_beat"])

    def test_table(self):
        lines = self.done("score", "a.mid", "b.mid").splitlines()
        self.assertEqual(["file", "a.mid", "b.mid", "all"], [line.split()[-1] for line in lines])
        a, b, total = (int(line.split()[0]) for line in lines[1:])
        self.assertEqual(a + b, total)

    def test_broken_among_good(self):
        (self.folder / "broken.mid").write_bytes((self.folder / "a.mid").read_bytes()[:40])
        result = self.refused(
            BAD_INPUT, "broken.mid", "score", "--json", "a.mid", "broken.mid", "b.mid"
        )
        paths = [file["path"] for file in json.loads(result.stdout)["files"]]
        self.assertEqual(["a.mid", "b.mid"], paths)

    def test_only_broken(self):
        result = self.refused(BAD_INPUT, "absent.mid", "score", "--json", "absent.mid")
        self.assertEqual("", result.stdout)
