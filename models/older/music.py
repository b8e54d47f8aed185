# Copyright 2026 The Continuo authors
# SPDX-License-Identifier: ISC
"""The pieces that corpus.py encoded, as notes again, and what the older designs make of them."""

import dataclasses
import json
import pathlib

import numpy as np

import codec

ONSET, PITCH, DURATION, PART = range(4)  # columns of a note
STEP = codec.GRID // 4  # grid ticks of a sixteenth
PAD, HOLD, REST, FIRST_KEY = range(4)  # symbols; a key's is FIRST_KEY + pitch - codec.LOW
SYMBOL_TEXTS = ["/", "_", "r"]
OFF_GRID = 0.02  # of a melody's onsets may lie between sixteenths


@dataclasses.dataclass
class Piece:
    path: str
    notes: np.ndarray  # [n, 4], by onset, then from high to low; times in grid ticks
    bars: np.ndarray  # where each bar begins, and where the last one ends
    key: int  # tonic + 12 * minor at the opening, codec.KEYS if unknown
    meter: int
    composer: int
    ensemble: int
    beats: float
    source: str
    licence: str

    def is_minor(self):
        return 12 <= self.key < codec.KEYS

    def to_c(self):
        """Semitones that bring it to C major or A minor, by the shorter way; None if its key is unknown."""
        if self.key == codec.KEYS:
            return None
        up = (9 if self.is_minor() else 0) - self.key % 12
        return (up + 5) % 12 - 5


def notes_of(rows):
    """Encoded rows of a piece -> notes, bar lines"""
    rows = np.asarray(rows, np.int64)
    bar = np.cumsum(rows[:, 0] == codec.BAR)
    length = np.zeros(bar[-1] + 1, np.int64)
    length[bar] = rows[:, 5]
    bars = np.concatenate([[0], np.cumsum(length)])
    note = rows[:, 1] < codec.NO_PART
    mine = rows[note]
    durations = np.array(codec.DURATIONS)[mine[:, 3]]
    return np.column_stack([bars[bar[note]] + mine[:, 4], mine[:, 2], durations, mine[:, 1]]), bars[:-1]


def pieces(folder, split, wanted):
    """Pieces of one split of which wanted(entry of pieces.json) is true."""
    folder = pathlib.Path(folder)
    rows = np.load(folder / "rows.npy", mmap_mode="r")
    out = []
    for entry in json.loads((folder / "pieces.json").read_text()):
        if entry["split"] == split and wanted(entry):
            mine = rows[entry["begin"] : entry["end"]]
            notes, bars = notes_of(mine)
            about = {name: entry[name] for name in ("path", "composer", "ensemble", "beats", "source", "licence")}
            out.append(Piece(notes=notes, bars=bars, key=int(mine[1, 8]), meter=int(mine[1, 6]), **about))
    return out


def melody(notes, part):
    """The highest notes of a part, each ending where the next begins at the latest."""
    mine = notes[notes[:, PART] == part]
    mine = mine[np.lexsort((-mine[:, PITCH], mine[:, ONSET]))]
    mine = mine[np.unique(mine[:, ONSET], return_index=True)[1]].copy()
    if len(mine) > 1:
        mine[:-1, DURATION] = np.minimum(mine[:-1, DURATION], np.diff(mine[:, ONSET]))
    return mine


def groups(notes):
    """Notes by onset -> [(onset, keys from high to low, longest duration, duration of the highest)]"""
    onsets, first = np.unique(notes[:, ONSET], return_index=True)
    out = []
    for onset, begin, end in zip(onsets, first, [*first[1:], len(notes)]):
        keys = sorted(set(notes[begin:end, PITCH].tolist()), reverse=True)
        out.append((int(onset), keys, int(notes[begin:end, DURATION].max()), int(notes[begin, DURATION])))
    return out


def nearest(table, values):
    """Classes of the nearest entries of a rising table; the smaller of two equally near."""
    table = np.asarray(table)
    return np.searchsorted((table[1:] + table[:-1]) / 2, np.asarray(values), side="left")


def symbols(line, n_steps=None):
    """A melody -> symbols of its sixteenths from tick 0 on, or None if it does not lie on sixteenths."""
    if not len(line) or np.mean(line[:, ONSET] % STEP != 0) > OFF_GRID:
        return None
    onset = np.rint(line[:, ONSET] / STEP).astype(int)
    end = np.maximum(np.rint((line[:, ONSET] + line[:, DURATION]) / STEP).astype(int), onset + 1)
    out = np.full(max(end[-1], n_steps or 0), HOLD)
    out[0] = REST
    for i, (begin, stop) in enumerate(zip(onset, end)):
        out[begin] = FIRST_KEY + line[i, PITCH] - codec.LOW
        if stop < len(out) and (i + 1 == len(onset) or onset[i + 1] > stop):
            out[stop] = REST
    return out


def without_long_rests(text, bar):
    """Of rests longer than two bars (of `bar` sixteenths) whole bars are left out, and the one at the beginning."""
    starts = np.flatnonzero(text != HOLD)
    ends = [*starts[1:], len(text)]
    kept = []
    for begin, end in zip(starts, ends):
        n = end - begin
        if text[begin] == REST:
            n = 0 if begin == 0 else n - bar * max(0, n // bar - 1)
        kept.append(text[begin : begin + n])
    return np.concatenate(kept) if kept else text[:0]


def transposed(text, up):
    """Symbols, `up` semitones higher."""
    return np.where(text >= FIRST_KEY, text + up, text)


def as_text(text):
    """Symbols as one types them."""
    return " ".join(SYMBOL_TEXTS[s] if s < FIRST_KEY else str(s - FIRST_KEY + codec.LOW) for s in text)


def from_text(text):
    """What is typed, as symbols."""
    known = {name: i for i, name in enumerate(SYMBOL_TEXTS)}
    return [known[s] if s in known else FIRST_KEY + int(s) - codec.LOW for s in text.split()]
