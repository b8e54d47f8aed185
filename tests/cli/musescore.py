# Copyright 2026 The Continuo authors
# SPDX-License-Identifier: ISC
"""MuseScore 3 finds the scores valid by its MusicXML 3.1 schema, and reads and plays the notes that they were made of."""

import json
import os
import shutil
import subprocess
import sys

import mido
from continuo import TestCase
from musicxml_reader import Score

PROGRAM = shutil.which("mscore3") or shutil.which("musescore3")
SKIPPED = 77

SONGS = {
    "keyboard": ("--style", "bach", "--key", "D minor"),
    "mazurka": ("--style", "chopin", "--meter", "3/4", "--key", "F# minor"),
    "sicilienne": ("--style", "scarlatti", "--meter", "12/8", "--key", "Bb minor"),
    "odd": ("--style", "debussy", "--meter", "7/8", "--set", "scale=as the model likes"),
    "organ": ("--style", "bach", "--set", "ensemble=organ"),
    "song": ("--style", "schubert", "--set", "ensemble=song", "--key", "Ab major"),
    "hymn": ("--style", "hymn", "--set", "ensemble=voices", "--key", "Eb major"),
    "quartet": ("--style", "haydn", "--set", "ensemble=quartet", "--key", "G major"),
    "reel": ("--style", "irish folk", "--key", "D major"),
    "wild": ("--temperature", 2, "--set", "rhythm_temperature=2", "--set", "min_p=0", "--set", "polyphony=5"),
}  # fmt: skip


def played(path):
    """-> sorted [(onset, pitch)] and [(onset, pitch, duration)] of a MIDI file, times in quarters"""
    midi, found = mido.MidiFile(path), []
    for track in midi.tracks:
        tick, sounding = 0, {}
        for message in track:
            tick += message.time
            if message.type == "note_on" and message.velocity:
                sounding.setdefault((message.channel, message.note), []).append(tick)
            elif message.type in ("note_on", "note_off"):
                starts = sounding.get((message.channel, message.note))
                if starts:
                    onset = starts.pop(0)
                    found.append((onset / midi.ticks_per_beat, message.note, (tick - onset) / midi.ticks_per_beat))
    return sorted(found)


def has_unisons(notes):
    """Whether two of a part sound on one key at once: the channel of a MIDI file can't tell them apart"""
    ends = {}
    for note in sorted(notes):
        if ends.get((note.part, note.pitch), 0) > note.onset:
            return True
        ends[note.part, note.pitch] = note.onset + note.duration
    return False


class MuseScore(TestCase):
    def test_notes(self):
        for seed, (name, args) in enumerate(SONGS.items()):
            self.done("generate", *args, "--seed", seed, "--bars", 12, "-o", f"{name}.musicxml")
        jobs = [{"in": f"{name}.musicxml", "out": [f"{name}-read.musicxml", f"{name}.mid"]} for name in SONGS]
        (self.folder / "jobs.json").write_text(json.dumps(jobs))
        result = subprocess.run(
            [PROGRAM, "-j", "jobs.json"], cwd=self.folder, capture_output=True, text=True, timeout=240,
            env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "HOME": str(self.folder)},
        )  # fmt: skip
        self.assertEqual(0, result.returncode, result.stderr)
        self.assertNotIn("not a valid", result.stderr)
        for name in SONGS:
            with self.subTest(name):
                self.compare(name)

    def compare(self, name):
        written, read = (Score(self.folder / f"{stem}.musicxml").notes for stem in (name, f"{name}-read"))
        self.assertGreater(len(written), 12)
        self.assertEqual(written, read)
        if not has_unisons(written):
            sounds = played(self.folder / f"{name}.mid")
            self.assertEqual(len(written), len(sounds))
            for note, sound in zip(sorted(written, key=lambda n: (n.onset, n.pitch)), sounds):
                for expected, found in zip((note.onset, note.pitch, note.duration), sound):
                    self.assertAlmostEqual(float(expected), found, delta=1 / 400)


if not PROGRAM and os.environ.get("CI") != "true":
    print("Skipped: MuseScore 3 is missing (Debian: musescore3)")
    sys.exit(SKIPPED)
