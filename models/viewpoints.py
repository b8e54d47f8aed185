# Copyright 2026 The Continuo authors
# SPDX-License-Identifier: ISC
"""What can be seen of the past at each row, as arrays: the contexts of baselines.py.

A level of a chain is a text of feature names.  A number at a name's end is its lag:

    shift part pitch duration   of the event that many before
    own length                  pitch and duration class of the note that many before in the same part
    gap size                    time since, and notes of, the onset that many before (gap1: the last one)

Others: position (the onset's), old (position before the shift), bar (its length), meter, mode, degree
(the anchor's), composer, ensemble, stack (notes of this onset so far), last and lasts (last pitch
of the part, of all parts), twin (the note in this one's place in the part's chord before), voices
(what the parts' last notes do), struck (what the own part's does), rests (how long the parts'
last notes sound yet), next (the soonest of these), chord, bass and top (of what sounds at the
onset).  Pitches are told as intervals from the chain's anchor, so a key stands for all.
"""

import re

import numpy as np

import codec
from dataset import COLUMN, LAST

MAX_LAG = 4
NO_PITCH, NO_INTERVAL = 0, 999
NEVER = 10000  # ticks that no note sounds
DURATION_TICKS = np.append(codec.DURATIONS, 0).astype(np.int32)
N_PARTS = len(codec.PARTS)

# What may be seen before the field is known; tests/models/baselines.py holds the code to it
BEFORE_SHIFT = "old bar meter mode composer ensemble stack lasts voices rests next shift. part. pitch. duration. gap. size.".split()
SEEN = {"shift": BEFORE_SHIFT, "part": BEFORE_SHIFT + ["shift", "position", "chord", "bass", "top", "degree"]}
SEEN["pitch"] = SEEN["part"] + ["part", "last", "twin", "struck", "own.", "length."]
SEEN["duration"] = SEEN["pitch"] + ["pitch"]


def lag_of(level):
    return max((int(n) for n in re.findall(r"[a-z](\d)", level)), default=0)


def small(values):
    return np.asarray(values).astype(np.int16)


class Viewpoints:
    """Features of the target rows of `pieces`, each worked out once."""

    def __init__(self, rows, held, pieces):
        self.row = np.concatenate([np.arange(p["begin"] + 1, p["end"]) for p in pieces])
        self.piece = np.repeat(np.arange(len(pieces)), [p["end"] - p["begin"] - 1 for p in pieces])
        self.begin = np.array([p["begin"] for p in pieces])[self.piece]
        self.rows, self.held = rows, held
        self.part, self.pitch = self.column("part"), self.column("pitch")
        self.is_note = self.part < N_PARTS
        self.table = {name: small([p[name] for p in pieces])[self.piece] for name in ("composer", "ensemble")}
        self.first = np.searchsorted(self.piece, self.piece)  # first target row of the same piece
        self._times()
        self._parts()
        self._onsets()
        self._chords()

    def column(self, name, lag=0):
        return self.rows[np.maximum(self.row - lag, self.begin), COLUMN[name]]

    def _times(self):
        at_bar = (self.column("shift") == codec.BAR) * self.column("bar_length", 1).astype(np.int32)
        bar_start = np.cumsum(at_bar, dtype=np.int32)
        self.now = bar_start + self.column("position")  # when the row's onset is
        self.before = bar_start - at_bar + self.column("position", 1)
        self.end = self.now + DURATION_TICKS[self.column("duration")]

    def _parts(self):
        """The row of each part's last note, and of the own part's last few; -1 for none."""
        n = len(self.row)
        self.last_note = np.empty((N_PARTS, n), np.int32)
        for p in range(N_PARTS):
            seen = np.maximum.accumulate(np.where(self.part == p, np.arange(n), -1))
            seen = np.concatenate([[-1], seen[:-1]])
            self.last_note[p] = np.where(seen >= self.first, seen, -1)
        own = self.last_note[np.minimum(self.part, N_PARTS - 1), np.arange(n)]
        durations, chosen = self.column("duration"), own
        for k in range(1, MAX_LAG + 1):
            self.table[f"own{k}"] = np.where(chosen >= 0, self.pitch[chosen], NO_PITCH)
            self.table[f"length{k}"] = np.where(chosen >= 0, durations[chosen], codec.NO_DURATION)
            chosen = np.where(chosen >= 0, own[chosen], -1)

    def _onset_starts(self, index):
        """Which of the note rows `index` begin an onset among them."""
        changed = (np.diff(self.now[index]) != 0) | (np.diff(self.piece[index]) != 0)
        return np.concatenate([[True], changed])

    def _onsets(self):
        index = np.flatnonzero(self.is_note)
        begin = index[self._onset_starts(index)]
        is_begin = np.zeros(len(self.row), np.int64)
        is_begin[begin] = 1
        past = np.cumsum(is_begin) - is_begin - 1  # the last onset that began before a row
        notes_before = np.cumsum(self.is_note) - self.is_note
        later, stop = self.before, np.arange(len(self.row))
        for k in range(1, MAX_LAG + 1):
            start = begin[np.maximum(past - k + 1, 0)]
            known = (past - k + 1 >= 0) & (start >= self.first)
            self.table[f"gap{k}"] = small(np.where(known, np.minimum(later - self.now[start], 200), 255))
            self.table[f"size{k}"] = small(np.where(known, np.minimum(notes_before[stop] - notes_before[start], 7), 8))
            later, stop = self.now[start], start
        self.table["stack"] = self.table["size1"] * (self.table["gap1"] == 0)

    def _chords(self):
        self.table["twin"] = twin = np.zeros(len(self.row), np.int16)
        for p in range(N_PARTS):
            mine = np.flatnonzero(self.part == p)
            if len(mine) == 0:
                continue
            new = self._onset_starts(mine)
            start, chord = np.flatnonzero(new), np.cumsum(new) - 1
            before = start[np.maximum(chord - 1, 0)]
            earlier = before + np.arange(len(mine)) - start[chord]
            fits = (chord > 0) & (earlier < start[chord]) & (self.piece[mine[before]] == self.piece[mine])
            twin[mine] = np.where(fits, self.pitch[mine[np.where(fits, earlier, 0)]], NO_PITCH)

    def _sounding(self):
        """bass, top (0: none) and the set of pitch classes that sound at the onset."""
        bass, top, classes = (np.zeros(len(self.row), np.int16) for _ in range(3))
        for at in range(0, len(self.row), 1 << 16):
            block = slice(at, at + (1 << 16))
            bits = np.unpackbits(self.held[self.row[block]], axis=-1, bitorder="little")
            some = bits.any(1)
            bass[block] = np.where(some, bits.argmax(1) + codec.LOW, NO_PITCH)
            top[block] = np.where(some, codec.HIGH - bits[:, ::-1].argmax(1), NO_PITCH)
            for p in range(12):
                classes[block] |= bits[:, (p - codec.LOW) % 12 :: 12].any(1).astype(np.int16) << p
        self.table.update(bass=bass, top=top, classes=classes)

    def _voices(self, time, prefix):
        """What each part's last note does at `time`: 0 nothing for long, 1 is over, 2 ends, 3 sounds
        on, 4 begins."""
        note = self.last_note
        left = np.where(note >= 0, self.end[note] - time, -NEVER)
        state = np.select([left < -2 * codec.GRID, left < 0, left == 0, self.now[note] == time], [np.int8(i) for i in (0, 1, 2, 4)], np.int8(3))
        self.table[prefix + "voices"] = small(sum(state[p].astype(np.int16) * 5**p for p in range(N_PARTS)))
        self.table[prefix + "next"] = small(np.where(left > 0, left, NEVER).min(0))
        rests = np.sort(np.clip(left, -1, 126).astype(np.int8), 0) + 1
        self.table[prefix + "rests"] = sum(rests[p].astype(np.int64) << 7 * p for p in range(N_PARTS))
        self.table[prefix + "struck"] = small(np.take_along_axis(state, np.minimum(self.part, N_PARTS - 1)[None], 0)[0])

    def get(self, name):
        """The array of a feature that needs no anchor, or of an absolute pitch."""
        if name not in self.table:
            if name in ("bass", "top", "classes"):
                self._sounding()
            elif name.startswith("old_"):
                self._voices(self.before, "old_")
            elif name in ("voices", "next", "rests", "struck"):
                self._voices(self.now, "")
            elif name in ("shift", "part", "position", "pitch"):
                self.table[name] = self.column(name)
            elif name[-1].isdigit():
                self.table[name] = self.column(name[:-1], int(name[-1]))
            else:
                lasts = self.rows[self.row, LAST + np.minimum(self.part, N_PARTS - 1)]
                self.table.update(
                    old=self.column("position", 1), bar=self.column("bar_length", 1), meter=self.column("meter", 1),
                    tonic=self.column("key", 1) % 12, mode=self.column("key", 1) // 12,
                    last=np.where(self.is_note, lasts, NO_PITCH),
                )  # fmt: skip
        return self.table[name]

    def anchor(self, name):
        """The pitch that a chain's pitches are counted from."""
        tonic, event = 60 + self.get("tonic"), self.get("pitch1")
        if name == "tonic":
            return tonic
        event = np.where(event > 0, event, tonic)
        if name == "event":
            return event
        chosen = self.get(name)
        return np.where(chosen > 0, chosen, event)

    def level(self, field, anchor_name, names):
        """The arrays of one level of a chain."""
        assert anchor_name in ("", "event", "tonic") or anchor_name in SEEN[field]
        out, anchor = [], self.anchor(anchor_name) if anchor_name else None
        for name in names.split():
            assert re.sub(r"\d", ".", name) in SEEN[field], f"{name} is not known before {field}"
            if name in ("voices", "next", "rests") and field == "shift":
                out.append(self.get("old_" + name))
            elif name == "lasts":
                out.extend(np.where(v > 0, v - anchor, NO_INTERVAL) for v in self.rows[self.row, LAST : LAST + N_PARTS].T)
            elif name == "degree":
                out.append((anchor - self.get("tonic")) % 12 + 12 * self.get("mode"))
            elif name == "chord":
                classes, turn = self.get("classes").astype(np.int32), anchor % 12
                out.append(((classes >> turn) | (classes << (12 - turn))) & 4095)
            elif re.match("pitch|own|last|bass|top|twin", name):
                value = self.get(name)
                out.append(np.where(value > 0, value - anchor, NO_INTERVAL))
            else:
                out.append(self.get(name))
        return out
