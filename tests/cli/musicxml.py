# Copyright 2026 The Continuo authors
# SPDX-License-Identifier: ISC
"""Scores say what the MIDI file of the same seed and settings says, and say it in good notation."""

import itertools
from fractions import Fraction

from continuo import TestCase
from musicxml_reader import Score

STYLES = "bach mozart beethoven haydn chopin schubert schumann brahms scarlatti debussy".split()
ENSEMBLES = {
    "keyboard": {"right": ("Piano", 1), "left": ("Piano", 2)},
    "organ": {"right": ("Organ", 1), "left": ("Organ", 2), "bass": ("Organ", 3)},
    "song": {"soprano": ("Voice", 1), "right": ("Piano", 1), "left": ("Piano", 2)},
    "voices": {"soprano": ("Soprano", 1), "alto": ("Alto", 1), "tenor": ("Tenor", 1), "bass": ("Bass", 1)},
    "quartet": {
        "soprano": ("Violin I", 1), "alto": ("Violin II", 1), "tenor": ("Viola", 1), "bass": ("Violoncello", 1),
    },
    "melody": {"soprano": ("Violin", 1)},
}  # fmt: skip
METERS = "4/4 3/4 2/4 6/8 3/8 9/8 12/8 5/4 7/8 2/2 5/8 7/4 3/2 6/4 4/8 3/16 13/32 4/1".split()
KEYS = ["C major", "A minor", "D major", "F# minor", "Eb major", "C minor", "B major", "G# minor", "Db major", "Bb minor"]


def midi_notes(midi, places):
    """-> sorted [(onset, duration, pitch, part name, staff)] of a MIDI file, times in quarters"""
    found = []
    for track in midi.tracks:
        tick, sounding = 0, {}
        for message in track:
            tick += message.time
            if message.type == "note_on" and message.velocity:
                sounding[message.note] = tick
            elif message.type in ("note_on", "note_off"):
                onset = sounding.pop(message.note)
                quarter = midi.ticks_per_beat
                found.append((Fraction(onset, quarter), Fraction(tick - onset, quarter), message.note, *places[track.name]))
    return sorted(found)


class Scores(TestCase):
    def score(self, *args):
        self.done("generate", *args, "-o", "song.musicxml")
        return Score(self.folder / "song.musicxml")

    def check(self, ensemble, *args):
        """The score has the notes of the MIDI file, each in its staff.  -> score"""
        args = "--set", f"ensemble={ensemble}", *args
        score = self.score(*args)
        self.assertEqual([], score.faults, args)
        places = ENSEMBLES[ensemble]
        names = score.names()
        self.assertEqual(list(dict.fromkeys(name for name, _ in places.values())), names)
        part_names = {f"P{i}": name for i, name in enumerate(names, 1)}
        read = sorted((n.onset, n.duration, n.pitch, part_names[n.part], n.staff) for n in score.notes)
        self.assertEqual(midi_notes(self.song(*args), places), read, args)
        self.check_beams(score)
        self.check_tuplets(score)
        return score

    def check_beams(self, score):
        """A beam that begins goes on until it ends, without a rest or a quarter between."""
        for _, symbols in itertools.groupby(score.symbols, lambda s: (s.part, s.measure, s.staff, s.voice)):
            is_open = False
            for symbol in symbols:
                beam = symbol.text("beam")
                expected = ("continue", "end") if is_open else ("begin", None)
                self.assertIn(beam, expected, (symbol.measure, symbol.voice))
                is_open = beam in ("begin", "continue")
            self.assertFalse(is_open)

    def check_tuplets(self, score):
        """A bracket holds three of its notes in the time of two, in one beat or two."""
        begin = None
        for symbol in score.symbols:
            kinds = [tuplet.get("type") for tuplet in symbol.element.findall("notations/tuplet")]
            if "start" in kinds:
                self.assertIsNone(begin)
                begin = symbol.begin
            self.assertEqual(symbol.has("time-modification"), begin is not None)
            if "stop" in kinds:
                length = symbol.begin + symbol.duration - begin
                self.assertIn(length, [Fraction(2, 2**i) for i in range(6)])
                begin = None

    def test_styles_and_keys(self):
        for i, (style, key) in enumerate(zip(STYLES, KEYS)):
            self.check("keyboard", "--style", style, "--key", key, "--seed", i, "--bars", 24)

    def test_ensembles(self):
        for i, ensemble in enumerate(ENSEMBLES):
            style = "haydn" if ensemble == "quartet" else "bach"
            self.check(ensemble, "--style", style, "--seed", i, "--key", KEYS[i], "--bars", 24)

    def test_meters(self):
        for i, meter in enumerate(METERS):
            score = self.check("keyboard", "--style", STYLES[i % len(STYLES)], "--meter", meter, "--seed", i, "--bars", 12)
            time = score.root.find("part/measure/attributes/time")
            self.assertEqual(meter, f"{time.findtext('beats')}/{time.findtext('beat-type')}")
            self.assertEqual({"P1": 12}, score.bars)

    def test_wild_rhythms(self):
        for seed in range(4):
            for meter in "4/4", "9/8":
                self.check(
                    "keyboard", "--seed", seed, "--meter", meter, "--temperature", 2, "--bars", 24,
                    "--set", "rhythm_temperature=2", "--set", "min_p=0", "--set", "polyphony=5", "--set", "density=8",
                )  # fmt: skip

    def test_heading(self):
        score = self.score("--style", "bach", "--key", "Eb major", "--tempo", 90, "--meter", "6/8", "--bars", 2)
        self.assertEqual("Improvisation in E\N{MUSIC FLAT SIGN} major", score.root.findtext("work/work-title"))
        self.assertEqual("Continuo, style: Bach", score.root.findtext("identification/creator"))
        self.assertRegex(score.root.findtext("identification/encoding/software"), r"\AContinuo \d+\.\d+\.\d+\Z")
        attributes = score.root.find("part/measure/attributes")
        self.assertEqual(("-3", "major"), (attributes.findtext("key/fifths"), attributes.findtext("key/mode")))
        metronome = score.root.find(".//metronome")
        self.assertEqual("quarter", metronome.findtext("beat-unit"))
        self.assertIsNotNone(metronome.find("beat-unit-dot"))
        self.assertEqual("60", metronome.findtext("per-minute"))
        self.assertEqual("90.00", score.root.find(".//sound[@tempo]").get("tempo"))
        self.assertEqual("light-heavy", score.root.findtext("part/measure[last()]/barline/bar-style"))

    def test_dynamics_follow_the_velocity(self):
        for velocity, name in (30, "pp"), (80, "mf"), (112, "ff"):
            score = self.score("--set", f"velocity={velocity}", "--set", "dynamics=0", "--bars", 16)
            marks = [mark.tag for marks in score.root.iter("dynamics") for mark in marks]
            self.assertEqual([name], marks)

    def test_keys_are_spelled_by_their_signatures(self):
        for key, fifths, unlike in (
            ("E major", 4, {"Ab", "Db", "Eb", "Gb"}), ("D minor", -1, {"Db", "A#", "D#"}), ("B major", 5, {"Bb", "Eb"}),
        ):  # fmt: skip
            calm = "--set", "scale_lock=0.2", "--set", "min_p=0.05"  # music that stays near its key
            score = self.score("--style", "mozart", "--key", key, "--bars", 32, *calm)
            self.assertEqual(str(fifths), score.root.findtext(".//fifths"))
            marks = {"-1": "b", "1": "#", "2": "##", "-2": "bb"}
            names = {p.findtext("step") + marks.get(p.findtext("alter"), "") for p in score.root.iter("pitch")}
            self.assertEqual(set(), names & unlike, key)

    def test_humanized_notes_are_written_on_the_grid(self):
        for meter, tempo in ("4/4", 120), ("7/8", 200), ("6/8", 40):
            song = "--meter", meter, "--tempo", tempo, "--bars", 16
            strict = self.generate(*song, name="a.musicxml")
            self.assertEqual(strict, self.generate(*song, "--set", "humanize=1", name="b.musicxml"), meter)

    def test_names_of_files(self):
        self.generate("--bars", 2, name="a.musicxml")
        self.assertEqual((self.folder / "a.musicxml").read_bytes(), self.generate("--bars", 2, name="b.XML"))
