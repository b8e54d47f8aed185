# Copyright 2026 The Continuo authors
# SPDX-License-Identifier: ISC
"""The measures of music on cases that can be counted by hand, and copies that were planted."""

import pathlib
import sys
import tempfile
import unittest

import mido
import numpy as np

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "models"))

import codec  # noqa: E402
import copies  # noqa: E402
import excerpts  # noqa: E402
import form  # noqa: E402
import metrics  # noqa: E402

BAR = 96
C_MAJOR = 0


def music(notes, n_bars, parts=(codec.RIGHT,), key=C_MAJOR):
    """Of (onset, length, pitch, part) in ticks, in 4/4."""
    array = np.array([(o, o + length, p, part) for o, length, p, part in notes]).reshape(-1, 4)
    array = array[np.lexsort((array[:, 3], -array[:, 2], array[:, 0]))]
    meters = np.full(n_bars, codec.METERS.index("4/4"))
    return excerpts.Music("test", array, np.arange(n_bars + 1) * BAR, meters, np.full(n_bars, key), parts)


def bars(patterns, part=codec.RIGHT):
    """A bar for each list of (place, pitch), quarters."""
    return [(i * BAR + place, 24, pitch, part) for i, bar in enumerate(patterns) for place, pitch in bar]


A = [(0, 60), (24, 62), (48, 64), (72, 65)]
B = [(0, 67), (24, 65), (48, 64), (72, 59)]
C = [(12, 61), (36, 63), (60, 66), (84, 68)]


class Compact(unittest.TestCase):
    def test_a_scale_in_quarters(self):
        row = metrics.of_excerpt(music(bars([A] * 4), 4))
        self.assertAlmostEqual(row["H1"], 2)
        self.assertAlmostEqual(row["SC"], 1)
        self.assertAlmostEqual(row["GS"], 1)
        self.assertAlmostEqual(row["POLY"], 1)
        self.assertAlmostEqual(row["DENS"], 1)
        self.assertAlmostEqual(row["EBR"], 0)
        self.assertAlmostEqual(row["STEP"], (4 * 5 + 3 * 5) / 15)  # up a fourth in each bar, and back

    def test_silence_and_thick_chords(self):
        chord = [(0, 48, p, codec.RIGHT) for p in (60, 64, 67)]
        row = metrics.of_excerpt(music(chord + [(BAR, 96, 72, codec.RIGHT)], 2))
        self.assertAlmostEqual(row["EBR"], 2 / 8)
        self.assertAlmostEqual(row["POLY"], (3 * 48 + 96) / 144)
        self.assertAlmostEqual(row["POLY3"], 48 / 144)
        self.assertAlmostEqual(row["DENS"], 4 / 8)

    def test_grooving_counts_places(self):
        # Of 4 x 8 places (sixteenths 0 6 12 18, triplets 0 8 16: 6 a quarter) all 8 onsets differ
        row = metrics.of_excerpt(music(bars([A, C]), 2))
        self.assertAlmostEqual(row["GS"], 1 - 8 / 24)

    def test_distributions(self):
        half = np.array([1, 1, 0]), np.array([0, 0, 5])
        self.assertAlmostEqual(metrics.divergence(*half), 1)
        self.assertAlmostEqual(metrics.divergence(half[0], half[0]), 0)
        self.assertAlmostEqual(metrics.overlap([1, 2, 3], [1, 2, 3]), 1)
        self.assertAlmostEqual(metrics.overlap([1, 1.1], [8, 9]), 0)

    def test_gap_is_in_deviations_and_capped(self):
        real = [dict.fromkeys(metrics.GATE, v) for v in (1.0, 3.0)]
        self.assertAlmostEqual(metrics.gap([dict.fromkeys(metrics.GATE, 3.0)], real, real)[0], 1)
        self.assertAlmostEqual(metrics.gap([dict.fromkeys(metrics.GATE, 99.0)], real, real)[0], metrics.MOST_Z)


class Form(unittest.TestCase):
    def test_returns_by_distance(self):
        row = form.returns(music(bars([A, B, A, B, A, C, A, B]), 8))
        self.assertAlmostEqual(row["recall2"], 5 / 6 - 1 / 6)  # bars 3 4 5 7 of 6 candidates
        self.assertAlmostEqual(row["recall1"], 0)
        self.assertAlmostEqual(row["recall4"], 3 / 4)
        self.assertAlmostEqual(row["again"], 5 / 8)
        self.assertAlmostEqual(row["rhythm1"], 5 / 7)

    def test_loops(self):
        row = form.returns(music(bars([B, A, A, A, A, A, B, B]), 8))
        self.assertAlmostEqual(row["LOOP"], 5 / 8)
        self.assertEqual(row["run"], 5)
        self.assertAlmostEqual(form.returns(music(bars([A, A, A, B]), 4))["LOOP"], 0)

    def test_a_hand_that_falls_silent(self):
        notes = bars([A] * 8) + [(0, 24, 48, codec.LEFT), (BAR + 72, 48, 48, codec.LEFT), (7 * BAR, 24, 48, codec.LEFT)]
        row = form.of_excerpt(music(notes, 8, (codec.RIGHT, codec.LEFT)))
        self.assertEqual(row["silence"], 4)  # its second note rings into the third bar
        self.assertEqual(row["pause"], 0)
        self.assertEqual(form.of_excerpt(music(bars([A] * 8), 8, (codec.RIGHT, codec.LEFT)))["silence"], 8)

    def test_drift_is_in_doublings(self):
        self.assertAlmostEqual(form.drift(music(bars([A] * 4 + [A[:2]] * 4), 8)), -1, places=2)

    def test_phrase_ends_on_held_tonics(self):
        running = [(place, 62) for place in range(0, BAR, 12)]
        notes = bars(([running] * 7 + [[(0, 60)]]) * 2)
        row = form.of_excerpt(music(notes, 16))
        self.assertEqual((row["held8"], row["held4"], row["held-"]), (1, 0, 0))
        self.assertEqual((row["tonic8"], row["tonic4"]), (1, 0))

    def test_cadence_needs_dominant_leading_note_and_tonic(self):
        def chord(at, pitches):
            return [(at, 48, p, codec.RIGHT) for p in pitches]

        dominant, minor_dominant, tonic = (43, 59, 62, 67), (43, 58, 62, 67), (48, 60, 64, 67)
        for first, second, expected in [(dominant, tonic, 1), (minor_dominant, tonic, 0), (tonic, dominant, 0)]:
            notes = chord(0, first) + chord(48, second)
            self.assertEqual(form.cadences(music(notes, 1))[0], expected)

    def test_endings(self):
        close = form.ending(music(bars([A] * 8) + [(8 * BAR, 96, p, codec.RIGHT) for p in (48, 64, 72)], 9))
        self.assertEqual(close, {"end tonic": 1, "end held": 1, "end beat": 1})
        # The last of eight quarters, on the fourth beat, is of no length that tells
        self.assertEqual(form.ending(music(bars([A] * 8), 8)), {"end tonic": 0, "end held": 0, "end beat": 0})


class Copies(unittest.TestCase):
    def setUp(self):
        random = np.random.default_rng(1)
        steps = random.integers(-9, 10, (3, 200)), random.choice([6, 12, 18, 24], (3, 200))
        self.pieces = []
        for step, wait in zip(*steps):
            onset = np.cumsum(wait)
            pitch = 60 + np.cumsum(step) % 30
            self.pieces.append(music([(o, 6, p, codec.RIGHT) for o, p in zip(onset.tolist(), pitch.tolist())], 50))

    def planted(self, n):
        """`n` notes of the second piece, in another key and at another time, between others."""
        own, other = self.pieces[1].notes[50 : 50 + n].copy(), self.pieces[0].notes[10:200:3].copy()
        own += [5000, 5000, 4, 0]
        other[:, :2] = np.arange(len(other))[:, None] * 7 + [0, 5]
        after = other + [9000, 9000, 1, 0]
        piece = music([], 120)
        piece.notes = np.concatenate([other, own, after])
        return piece

    def test_finds_what_was_planted(self):
        trained = copies.Rows([self.pieces[1], self.pieces[2]])
        for n in (9, 20, 57):
            found = copies.of_excerpts([self.planted(n)], trained)[0]
            for kind in copies.KINDS:
                self.assertEqual((found[kind]["run"], found[kind]["piece"]), (n, 0))
            self.assertEqual(found["line"]["bar"], self.planted(n).notes[64, 0] // BAR + 1)

    def test_scales_and_short_runs_are_nobodys(self):
        scale = music([(i * 12, 12, 40 + i, codec.RIGHT) for i in range(40)], 5)
        self.assertEqual(copies.of_excerpts([scale], copies.Rows([scale]))[0]["line"]["run"], 0)
        trained = copies.Rows([self.pieces[1]])
        self.assertEqual(copies.of_excerpts([self.planted(copies.LEAST)], trained)[0]["line"]["run"], 0)

    def test_no_run_goes_from_one_piece_into_the_next(self):
        first, second = self.pieces[0].cut(0, 4), self.pieces[0].cut(4, 4)
        both = self.pieces[0].cut(0, 8)
        found = copies.of_excerpts([both], copies.Rows([first, second]))[0]["texture"]["run"]
        self.assertEqual(found, max(len(first.notes), len(second.notes)))


class Reading(unittest.TestCase):
    def test_a_file_on_the_grid(self):
        midi, track = mido.MidiFile(ticks_per_beat=480), mido.MidiTrack()
        midi.tracks.append(track)
        track.append(mido.MetaMessage("time_signature", numerator=3, denominator=4))
        track.append(mido.MetaMessage("key_signature", key="Am"))
        # An upbeat on the third quarter, a few ticks late, then a bar's note
        for on, length, pitch in [(965, 230, 64), (240, 950, 69)]:
            track.append(mido.Message("note_on", note=pitch, velocity=64, time=on))
            track.append(mido.Message("note_off", note=pitch, time=length))
        with tempfile.TemporaryDirectory() as folder:
            midi.save(f"{folder}/a.mid")
            read = excerpts.read(f"{folder}/a.mid", codec.MELODY, 4)
        self.assertEqual(read.notes.tolist(), [[48, 60, 64, codec.SOPRANO], [72, 120, 69, codec.SOPRANO]])
        self.assertEqual(read.lines.tolist(), [0, 72, 144, 216, 288])
        self.assertEqual(read.keys.tolist(), [21] * 4)

    def test_excerpts_begin_after_an_upbeat(self):
        with_upbeat = music([(72, 24, 60, codec.RIGHT)] + [(BAR + n, 24, p, codec.RIGHT) for n, _, p, _ in bars([A] * 40)], 41)
        first, rest = with_upbeat.cut(1, 32), with_upbeat.excerpts()
        self.assertEqual(len(rest), 1)  # the last 8 bars are too few
        self.assertEqual(rest[0].notes.tolist(), first.notes.tolist())
        self.assertEqual(rest[0].notes[0].tolist(), [0, 24, 60, codec.RIGHT])


if __name__ == "__main__":
    unittest.main()
