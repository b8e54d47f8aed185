# Copyright 2026 The Continuo authors
# SPDX-License-Identifier: ISC
"""Run the program under test, named by the environment variable CONTINUO."""

import os
import pathlib
import subprocess
import tempfile
import unittest

import mido

DONE, BAD_ARGUMENTS, BAD_INPUT = range(3)
PROGRAM = os.environ["CONTINUO"]
ROOT = pathlib.Path(__file__).resolve().parents[2]


class TestCase(unittest.TestCase):
    """A test with a folder of its own, in which the program runs."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def run_continuo(self, *args, **environment):
        return subprocess.run(
            [PROGRAM, *map(str, args)], cwd=self.folder, env={**os.environ, **environment},
            capture_output=True, text=True, timeout=120,
        )  # fmt: skip

    def done(self, *args, **environment):
        """Run what must go well and be silent about it.  -> standard output"""
        result = self.run_continuo(*args, **environment)
        self.assertEqual((DONE, ""), (result.returncode, result.stderr), args)
        return result.stdout

    def refused(self, status, part, *args, **environment):
        """Run what must be refused, with `status` and one sentence that has `part` in it."""
        result = self.run_continuo(*args, **environment)
        self.assertEqual(status, result.returncode, (args, result.stderr))
        self.assertRegex(result.stderr, r"\Acontinuo: [^\n]*[^.\n]\n\Z", args)
        self.assertIn(part, result.stderr)
        return result

    def generate(self, *args, name="song.mid"):
        """-> bytes of a new MIDI file"""
        self.done("generate", *args, "-o", name)
        return (self.folder / name).read_bytes()

    def song(self, *args):
        """-> a new MIDI file as mido reads it"""
        self.generate(*args)
        return mido.MidiFile(self.folder / "song.mid")


def events(midi, kind):
    """-> [(tick, message)] of all tracks, in time order"""
    found = []
    for track in midi.tracks:
        tick = 0
        for message in track:
            tick += message.time
            if message.type == kind:
                found.append((tick, message))
    return sorted(found, key=lambda event: event[0])


def onsets(midi):
    """-> ticks of the notes"""
    return [tick for tick, message in events(midi, "note_on") if message.velocity]
