# Copyright 2026 The Continuo authors
# SPDX-License-Identifier: ISC
"""What stands in the MIDI files that are composed."""

import re
import unittest

from continuo import BAD_ARGUMENTS, BAD_INPUT, ROOT, TestCase, events, onsets

SCALES = {"major": {0, 2, 4, 5, 7, 9, 11}, "minor": {0, 2, 3, 5, 7, 8, 9, 10, 11}}


class Seeds(TestCase):
    def test_same_seed_same_bytes(self):
        self.assertEqual(self.generate("--seed", 7), self.generate("--seed", 7))

    def test_seed_is_a_parameter(self):
        self.assertEqual(self.generate("--seed", 7), self.generate("--set", "seed=7"))

    def test_settings_matter(self):
        songs = [
            self.generate(*args)
            for args in (
                ("--seed", 7),
                ("--seed", 8),
                ("--seed", 7, "--style", "mozart"),
                ("--seed", 7, "--style", "bach"),
                ("--seed", 7, "--temperature", 0.5),
                ("--seed", 7, "--top-k", 1),
                ("--seed", 7, "--set", "octave=1"),
            )
        ]
        self.assertEqual(len(songs), len(set(songs)))

    def test_names_in_any_case(self):
        song = self.generate("--style", "BACH", "--key", "A minor")
        self.assertEqual(song, self.generate("--style=bach", "--key", "a minor"))
        self.assertEqual(
            song, self.generate("--set", "style=bach", "--set", "key=A", "--set", "scale=minor")
        )


class Humanize(TestCase):
    """Notes are a little behind the grid, in files as in a host."""

    GRID = 24
    LONGEST = 0.02  # seconds
    TEMPO = 90

    def notes(self, amount):
        midi = self.song("--seed", 3, "--bars", 12, "--tempo", self.TEMPO, "--set", f"humanize={amount}")
        second = midi.ticks_per_beat * self.TEMPO / 60
        starts = [(message.channel, message.note, tick) for tick, message in events(midi, "note_on") if message.velocity]
        return midi.ticks_per_beat, second, sorted(starts)

    def test_notes_come_later(self):
        beat, second, strict = self.notes(0)
        _, _, loose = self.notes(1)
        self.assertTrue(all(tick % (beat // self.GRID) == 0 for _, _, tick in strict))
        self.assertEqual([note[:2] for note in strict], [note[:2] for note in loose])
        delays = [b[2] - a[2] for a, b in zip(strict, loose)]
        self.assertGreaterEqual(min(delays), 0)
        self.assertLessEqual(max(delays), self.LONGEST * second + 1)
        self.assertGreater(len(set(delays)), 6)

    def test_half_is_nearer(self):
        whole, half = (sum(tick for _, _, tick in self.notes(amount)[2]) for amount in (1, 0.5))
        self.assertLess(half, whole)


class Form(TestCase):
    def check_bars(self, midi, n_bars, quarters_per_bar):
        """The song ends at its last bar line, and its notes are spread over the bars."""
        length = n_bars * quarters_per_bar * midi.ticks_per_beat
        for track in midi.tracks:
            self.assertEqual(length, sum(message.time for message in track))

        ticks = onsets(midi)
        self.assertGreaterEqual(len(ticks), n_bars - 1)
        if n_bars > 4:
            self.assertLess(min(ticks), length / 4)
            self.assertGreaterEqual(max(ticks), length * 3 / 4)

    def test_length(self):
        for n_bars in 1, 2, 17, 64:
            self.check_bars(self.song("--bars", n_bars), n_bars, 4)

    def test_longer_begins_like_shorter(self):
        short = onsets(self.song("--bars", 8, "--set", "length=0"))
        self.assertEqual(short, onsets(self.song("--bars", 16, "--set", "length=0"))[: len(short)])

    def test_the_last_bar_closes(self):
        last_waits = {}
        for length in 13, 0:
            songs = [onsets(self.song("--bars", 13, "--set", f"length={length}", "--seed", seed)) for seed in range(8)]
            last_waits[length] = sum(13 * 4 * 960 - max(song) for song in songs)
        # Closed songs wait longer on their last notes
        self.assertGreater(last_waits[13], 2 * last_waits[0])

    def test_meters(self):
        for numerator, denominator in (4, 4), (3, 4), (2, 4), (6, 8), (12, 8), (5, 4):
            midi = self.song("--meter", f"{numerator}/{denominator}", "--bars", 12)
            ((tick, meter),) = events(midi, "time_signature")
            self.assertEqual((0, numerator, denominator), (tick, meter.numerator, meter.denominator))
            self.check_bars(midi, 12, 4 * numerator / denominator)

    def test_grid(self):
        for meter in "4/4", "6/8":
            midi = self.song("--meter", meter, "--bars", 32)
            places = [tick * 24 / midi.ticks_per_beat for tick in onsets(midi)]
            self.assertEqual([], [p for p in places if p % 3 and p % 4])

    def test_every_on_has_its_off(self):
        for track in self.song("--bars", 32).tracks:
            held = set()
            for message in track:
                if message.type == "note_on" and message.velocity:
                    self.assertNotIn((message.channel, message.note), held)
                    held.add((message.channel, message.note))
                elif message.type in ("note_on", "note_off"):
                    held.remove((message.channel, message.note))
            self.assertEqual(set(), held)


class Headings(TestCase):
    def test_tempo(self):
        for tempo, microseconds in (
            ("120", 500000), ("60", 1000000), ("132.5", 452830), ("5", 12000000), ("1000", 60000),
        ):  # fmt: skip
            ((tick, message),) = events(self.song("--bars", 1, "--tempo", tempo), "set_tempo")
            self.assertEqual(0, tick)
            self.assertAlmostEqual(microseconds, message.tempo, delta=1)

    def test_tempo_moves_no_note(self):
        slow, fast = (onsets(self.song("--tempo", tempo)) for tempo in (60, 187))
        self.assertEqual(slow, fast)

    def test_keys(self):
        for key, name, tonic in (
            ("C major", "C", 0), ("D minor", "Dm", 2), ("Bb major", "Bb", 10), ("F# minor", "F#m", 6),
            ("e minor", "Em", 4), ("Gb Major", "F#", 6), ("Am", "Am", 9), ("D", "D", 2), ("f-sharp minor", "F#m", 6),
        ):  # fmt: skip
            midi = self.song("--key", key, "--bars", 16)
            ((tick, message),) = events(midi, "key_signature")
            self.assertEqual((0, name), (tick, message.key))
            pitches = [m.note for _, m in events(midi, "note_on") if m.velocity]
            scale = SCALES["minor" if name.endswith("m") else "major"]
            n_inside = sum((pitch - tonic) % 12 in scale for pitch in pitches)
            self.assertGreater(n_inside / len(pitches), 0.75, key)


class Prime(TestCase):
    def test_prime_is_heard(self):
        self.generate("--seed", 3, "--style", "bach", "--key", "G major", name="prime.mid")
        alone = self.generate("--seed", 4)
        self.assertNotEqual(alone, self.generate("--seed", 4, "--prime", "prime.mid"))
        self.assertEqual(
            self.generate("--seed", 4, "--prime", "prime.mid"),
            self.generate("--seed", 4, "--prime", "prime.mid"),
        )

    def test_prime_gives_key_meter_and_tempo(self):
        heard = ("--key", "A minor", "--meter", "3/4", "--tempo", 72)
        self.generate("--seed", 3, "--style", "bach", *heard, name="prime.mid")
        midi = self.song("--seed", 4, "--prime", "prime.mid")
        self.assertEqual("Am", events(midi, "key_signature")[0][1].key)
        self.assertEqual(3, events(midi, "time_signature")[0][1].numerator)
        self.assertEqual(round(6e7 / 72), events(midi, "set_tempo")[0][1].tempo)
        midi = self.song("--seed", 4, "--prime", "prime.mid", "--key", "E major", "--meter", "4/4")
        self.assertEqual("E", events(midi, "key_signature")[0][1].key)
        self.assertEqual(4, events(midi, "time_signature")[0][1].numerator)


class Toward(TestCase):
    TUNE = "60 _ 62 _ 64 _ 65 _ 67 _ _ 69 71 _ 72 _ _"
    GOAL = "72 _ 71 69 67 _ r _ 65 64 62 _ 60 _ _ _"
    POINTS = ROOT / "models" / "older" / "symbols_vae.safetensors"

    def test_it_comes_from_somewhere(self):
        self.refused(BAD_ARGUMENTS, "--prime", "generate", "--toward", self.GOAL, "-o", "song.mid")

    def test_most_models_know_no_way(self):
        goal = ("--prime", self.TUNE, "--toward", self.GOAL)
        self.refused(BAD_INPUT, "knows no way", "generate", *goal, "-o", "song.mid")

    @unittest.skipUnless(POINTS.exists(), "a model that is not here")
    def test_both_ends_are_heard(self):
        def ways(source, goal):
            way = ("--prime", source, "--toward", goal, "--bars", 6)
            return self.generate("--model", self.POINTS, *way)

        there = ways(self.TUNE, self.GOAL)
        self.assertEqual(there, ways(self.TUNE, self.GOAL))
        self.assertNotEqual(there, ways(self.GOAL, self.TUNE))
        self.assertNotEqual(there, ways(self.TUNE, self.TUNE))
        self.assertNotEqual(there, ways(self.GOAL, self.GOAL))


class Parameters(TestCase):
    def test_every_parameter_takes_its_limits(self):
        limits = re.findall(r"^(\w+) +(-?[\d.]+)\.\.(-?[\d.]+) ", self.done("list", "parameters"), re.MULTILINE)
        self.assertGreater(len(limits), 20)
        for symbol, *ends in limits:
            if symbol not in ("late_notes", "current_key"):
                for end in ends:
                    self.generate("--set", f"{symbol}={end}", "--bars", 1)

    def test_the_readme_tells_the_ranges(self):
        readme = (ROOT / "README.md").read_text()
        for symbol, low, high in re.findall(r"^(\w+) +(-?[\d.]+)\.\.(-?[\d.]+) ", self.done("list", "parameters"), re.MULTILINE):
            row = next(line for line in readme.splitlines() if line.startswith("| `") and f"`{symbol}`" in line)
            told = re.search(r"(-?[\d.]+) to (-?[\d.]+)", row.split("|")[2])
            if told:
                self.assertEqual((low, high), told.groups(), symbol)


class Beginning(TestCase):
    def test_music_begins_with_bar_one(self):
        for seed in range(1, 5):
            first = min(tick for tick, _ in events(self.song("--seed", seed, "--bars", 2), "note_on"))
            self.assertEqual(0, first)
