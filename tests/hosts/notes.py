# Copyright 2026 The Continuo authors
# SPDX-License-Identifier: ISC

"""Note lists as the test hosts print them, and notes of MIDI files"""

import collections
import dataclasses
import re

import mido

# Onset, length, pitch, velocity, channel; hosts print other things as well
LINE = re.compile(r"(-?\d+\.\d+) (-?\d+\.\d+) (\d+) (\d+) (\d+)")
REMARK = re.compile(r"# (\w+) (\d+)")


@dataclasses.dataclass
class Note:
    """A note in quarters; `length` is None if it never ended"""

    onset: float
    length: float | None
    pitch: int
    velocity: int


@dataclasses.dataclass
class NoteList:
    """Notes by onset, and the remarks of the host such as `sounding: 0`"""

    notes: list[Note]
    remarks: dict[str, int]


def read_list(path):
    """The list that note_list_print() wrote to `path`"""
    notes, remarks = [], {}
    with open(path, encoding="utf-8") as lines:
        for line in map(str.strip, lines):
            if remark := REMARK.fullmatch(line):
                remarks[remark[1]] = int(remark[2])
            elif note := LINE.fullmatch(line):
                length = float(note[2])
                notes.append(Note(float(note[1]), None if length < 0 else length,
                                  int(note[3]), int(note[4])))
    return NoteList(notes, remarks)


def read_midi(path):
    """The notes of a MIDI file and the set of its tempos in quarters a minute"""
    song = mido.MidiFile(path)
    notes, tempos = [], set()
    for track in song.tracks:
        sounding = collections.defaultdict(collections.deque)
        tick = 0
        for message in track:
            tick += message.time
            quarter = tick / song.ticks_per_beat
            if message.type == "set_tempo":
                tempos.add(mido.tempo2bpm(message.tempo))
            elif message.type == "note_on" and message.velocity > 0:
                note = Note(quarter, None, message.note, message.velocity)
                notes.append(note)
                sounding[message.channel, message.note].append(note)
            elif message.type in ("note_on", "note_off"):
                note = sounding[message.channel, message.note].popleft()
                note.length = quarter - note.onset
    return NoteList(notes, {}), tempos
