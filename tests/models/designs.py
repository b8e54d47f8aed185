# Copyright 2026 The Continuo authors
# SPDX-License-Identifier: ISC
"""The older designs: what their files say of themselves, and their classes on cases that can be counted by hand."""

import pathlib
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "models"))

try:
    import torch
except ImportError:
    sys.exit(77)

import codec  # noqa: E402
import numpy as np  # noqa: E402
from older import export, losses, music, networks  # noqa: E402
from older.batches import Streams, past_of, windowed  # noqa: E402
from older.designs import DESIGNS  # noqa: E402

MODELS = ROOT / "models" / "older"
SEED = "60 _ 62 _ 64 _ 65 _ 67 _ _ 69 71 _ 72 _ _"
CLOSE = 1e-4
SMALL = {
    "four_features": {"": {"classes": [5, 4, 88, 3]}},
    "two_clefs": {"treble": {"classes": [9, 4]}, "bass": {"classes": [7, 4]}},
    "regression": {"": {}},
    "three_models": {"notes": {"classes": 9}, "offsets": {"classes": 5}, "durations": {"classes": 4}},
    "symbols_attention": {"": {}},
    "symbols_gru": {"": {}},
    "symbols_vae": {"": {}},
}
ROW = {"four_features": [1, 2, 40, 0], "two_clefs": [3, 1], "regression": [0.25, -0.5]}


def piece(notes, key=0, ensemble=codec.KEYBOARD, n_bars=4):
    """Of (onset, pitch, duration, part) in grid ticks, in 4/4."""
    array = np.array(notes)
    array = array[np.lexsort((-array[:, 1], array[:, 0]))]
    meter = codec.METERS.index("4/4")
    return music.Piece("test", array, np.arange(n_bars + 1) * 96, key, meter, 0, ensemble, 4.0 * n_bars, "", "PD")


class Files(unittest.TestCase):
    def written(self, kind):
        torch.manual_seed(1)
        models = networks.make(kind, SMALL[kind])
        rows = [ROW.get(kind, [i % 4]) for i in range(40)]
        if kind == "symbols_vae":
            rows = rows[:32]
        opening = {mode: {name: rows for name in models} for mode in ("major", "minor")}
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "test.safetensors"
            export.write_model(path, kind, models, {}, {"name": "Test"}, opening)
            return models, opening["major"], export.read_model(path)

    def test_what_is_written_is_read(self):
        for kind in networks.KINDS:
            with self.subTest(kind):
                models, opening, (read_kind, read, about) = self.written(kind)
                self.assertEqual(kind, read_kind)
                self.assertEqual(about["self_test"], export.self_test(kind, models, opening))
                self.assertEqual(about["self_test"], export.self_test(kind, read, opening))

    def test_a_weight_that_is_off_is_seen(self):
        _, opening, (kind, read, about) = self.written("symbols_gru")
        with torch.no_grad():
            read[""].head.bias[3] += 1e-3
        self.assertNotEqual(about["self_test"], export.self_test(kind, read, opening))

    def test_shipped(self):
        paths = sorted(MODELS.glob("*.safetensors"))
        self.assertEqual(sorted(DESIGNS), [p.stem for p in paths])
        for path in paths:
            with self.subTest(path.name):
                kind, models, about = export.read_model(path)
                design = DESIGNS[path.stem](None, tables=about["codec"])
                self.assertEqual(design.KIND, kind)
                self.assertEqual(design.codec(), about["codec"])
                opening = {m: {"": rows} if isinstance(rows, list) else rows for m, rows in about["opening"].items()}
                for told, found in zip(about["self_test"], export.self_test(kind, models, opening["major"]), strict=True):
                    self.assertEqual(told["inputs"], found["inputs"])
                    np.testing.assert_allclose(told["outputs"], found["outputs"], atol=CLOSE)
                if kind != "regression":
                    self.check_classes(design, about, opening)

    def check_classes(self, design, about, opening):
        for name, heads in design.HEADS.items():
            counts = [n for _, n in heads]
            if not design.KIND.startswith("symbols"):
                architecture = about["architecture"].get(name, about["architecture"])["classes"]
                self.assertEqual(counts, architecture if isinstance(architecture, list) else [architecture])
            for rows in opening.values():
                self.assertTrue((np.array(rows[name]) < counts).all() and (np.array(rows[name]) >= 0).all())


class Classes(unittest.TestCase):
    def test_a_typed_melody(self):
        symbols = np.array(music.from_text(SEED))
        self.assertEqual(SEED, music.as_text(symbols))
        self.assertEqual([42, 1, 44, 1], symbols[:4].tolist())
        self.assertEqual("62 _ 64", music.as_text(music.transposed(symbols[:3], 2)))

    def test_symbols_of_a_melody(self):
        line = np.array([(0, 60, 12, 2), (12, 62, 6, 2), (24, 64, 24, 2)])
        self.assertEqual("60 _ 62 r 64 _ _ _", music.as_text(music.symbols(line)))
        self.assertIsNone(music.symbols(np.array([(0, 60, 8, 2), (8, 62, 8, 2), (16, 64, 8, 2)])))
        late = music.symbols(np.array([(192, 60, 12, 2), (12 + 192 + 288, 62, 12, 2)]))
        # Three bars of rest: two go; what is before the first note goes
        self.assertEqual("60 _ r" + " _" * 15 + " 62 _", music.as_text(music.without_long_rests(late, 16)))

    def test_four_features(self):
        rows = DESIGNS["four_features"](None).rows(piece([(0, 72, 24, 2), (0, 48, 48, 5), (24, 74, 24, 2)], ensemble=codec.QUARTET))[""][0]
        shift, duration = codec.SHIFTS.index(24), [codec.DURATIONS.index(d) for d in (24, 48)]
        self.assertEqual([[0, duration[0], 51, 0], [0, duration[1], 27, 3], [shift, duration[0], 53, 0]], rows.tolist())

    def test_two_clefs(self):
        labels = {"treble": [[], [72], [74], [76, 72]], "bass": [[], [48], [48, 43]]}
        design = DESIGNS["two_clefs"](None, tables={clef: {"labels": rows} for clef, rows in labels.items()})
        rows = design.rows(piece([(0, 72, 24, 0), (24, 76, 12, 0), (24, 72, 12, 0), (48, 74, 24, 0), (24, 52, 24, 1), (24, 48, 24, 1)]))
        quarter, eighth = design.DURATIONS.index(24), design.DURATIONS.index(12)
        self.assertEqual([[1, quarter], [3, eighth], [0, eighth], [2, quarter]], rows["treble"][0].tolist())
        # The chord has no label: its outer key has
        self.assertEqual([[0, quarter], [1, quarter]], rows["bass"][0].tolist())
        self.assertEqual([0, 24, 36, 48], rows["treble"][1].tolist())

    def test_three_models(self):
        labels = [[key] for key in range(21, 109)] + [[55, 52, 48]]
        design = DESIGNS["three_models"](None, tables={"labels": labels})
        design.CHORDS = 1
        rows = design.rows(piece([(0, 60, 24, 0), (24, 67, 12, 0), (24, 52, 24, 1), (24, 48, 24, 1)]))
        self.assertEqual([[39], [88]], rows["notes"][0].tolist())
        self.assertEqual([design.OFFSETS.index(24)] * 2, rows["offsets"][0][:, 0].tolist())
        self.assertEqual([codec.DURATIONS.index(24), codec.DURATIONS.index(12)], rows["durations"][0][:, 0].tolist())
        self.assertEqual([55, 52, 48], design.voiced((0, 4, 7)))
        self.assertEqual([64, 60, 57], design.voiced((0, 4, 9)))

    def test_regression(self):
        rows = DESIGNS["regression"](None).rows(piece([(6 * 2 * i, 64 + i, 12, 2) for i in range(16)]))[""][0]
        self.assertEqual([0, -0.75], rows[0].tolist())
        self.assertEqual([1 / 64, -0.75], rows[1].tolist())

    def test_pieces_are_brought_to_c(self):
        notes = [(0, 60, 24, 0)]
        self.assertEqual([0, -2, 5, -5, 0, 2], [piece(notes, key).to_c() for key in (0, 2, 7, 5, 12 + 9, 12 + 7)])
        self.assertIsNone(piece(notes, codec.KEYS).to_c())


class Batches(unittest.TestCase):
    def test_what_comes_before_and_after(self):
        rows = np.arange(10)[:, None]
        x, y = windowed(rows, 0, 4, np.array([99]))
        self.assertEqual(([99, 0, 1, 2], [0, 1, 2, 3]), (x[:, 0].tolist(), y[:, 0].tolist()))
        x, y = windowed(rows, 8, 4, np.array([99]))
        self.assertEqual(([7, 8], [8, 9, -100, -100]), (x[:2, 0].tolist(), y[:, 0].tolist()))
        _, y = windowed(rows, 12, 4, np.array([99]))
        self.assertEqual([-100] * 4, y[:, 0].tolist())
        past, target = past_of(rows + 5, 2, 4)
        self.assertEqual(([0, 0, 5, 6], 7), (past[:, 0].tolist(), target[0]))

    def test_streams_begin_each_sequence_afresh(self):
        streams = Streams([np.arange(6)[:, None]], np.array([99]), lambda rows, _: rows, 1, 4, np.random.default_rng(1))
        starts = [(bool(fresh[0]), int(x[0, 0, 0])) for x, _, fresh in (streams.next() for _ in range(8))]
        self.assertTrue(all(fresh == (first == 99) for fresh, first in starts[1:]), starts)

    def test_kinds_know_what_comes_first(self):
        self.assertEqual([music.PAD], losses.first_row(DESIGNS["symbols_gru"](None), "").tolist())
        self.assertEqual([34, 26, 88, 4], losses.first_row(DESIGNS["four_features"](None), "").tolist())


if __name__ == "__main__":
    unittest.main()
