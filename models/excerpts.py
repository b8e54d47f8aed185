# Copyright 2026 The Continuo authors
# SPDX-License-Identifier: ISC
"""Pieces and 32-bar excerpts of them on the model's grid, a corpus' and a program's alike.

Reading a corpus takes minutes the first time; the notes are then kept in a folder.
"""

import csv
import dataclasses
import hashlib
import inspect
import json
import pathlib

import numpy as np

import codec
import smf
from corpus import STYLE_ENSEMBLE, composer_of

BARS = 32  # of an excerpt; a shorter piece is taken whole
MIN_BARS = 16  # two phrases: less has no form to speak of
SAME_METER = 0.8  # of an excerpt's bars
ONSET, END, PITCH, PART = range(4)  # columns of a note
MADE_OF = ["smf.py", "codec.py", "corpus.py"]  # what kept notes depend on, beside what reads them

PARTS_OF = {
    codec.KEYBOARD: (codec.RIGHT, codec.LEFT),
    codec.ORGAN: (codec.RIGHT, codec.LEFT, codec.BASS),
    codec.SONG: (codec.SOPRANO, codec.RIGHT, codec.LEFT),
    codec.VOICES: (codec.SOPRANO, codec.ALTO, codec.TENOR, codec.BASS),
    codec.QUARTET: (codec.SOPRANO, codec.ALTO, codec.TENOR, codec.BASS),
    codec.MELODY: (codec.SOPRANO,),
}

# What places in a quarter and durations are rounded to, grid ticks
_PLACES = np.array(codec.UNION + [codec.GRID])
_DURATIONS = np.array(codec.DURATIONS)


def _nearest(table, value):
    return table[np.searchsorted((table[1:] + table[:-1]) / 2, value)]


@dataclasses.dataclass
class Music:
    """A piece or an excerpt of one.  Times are grid ticks from its first bar line."""

    name: str
    notes: np.ndarray  # [n, 4] onset, end, pitch, part; by onset, then from high to low
    lines: np.ndarray  # bar lines, one more than bars
    meters: np.ndarray  # of each bar, into codec.METERS
    keys: np.ndarray  # of each bar: tonic + 12 * minor, codec.KEYS if unknown
    parts: tuple  # that the piece has

    @property
    def n_bars(self):
        return len(self.lines) - 1

    def meter(self):
        """The commonest meter, and its share of the bars."""
        count = np.bincount(self.meters)
        return int(count.argmax()), count.max() / self.n_bars

    def cut(self, first, n):
        """Bars [first, first + n); notes that begin earlier are not in it, ends are cut."""
        begin, end = self.lines[first], self.lines[first + n]
        inside = self.notes[(self.notes[:, ONSET] >= begin) & (self.notes[:, ONSET] < end)]
        notes = inside - [begin, begin, 0, 0]
        notes[:, END] = np.minimum(notes[:, END], end - begin)
        bars = slice(first, first + n)
        return Music(self.name, notes, self.lines[first : first + n + 1] - begin, self.meters[bars], self.keys[bars], self.parts)

    def excerpts(self):
        """Runs of BARS bars, one after the other, in one meter; the last may be shorter.  A bar that
        holds an upbeat alone is left out, so that phrases begin where excerpts do."""
        upbeat = 2 * self.notes[0, ONSET] >= self.lines[1]
        starts = range(int(upbeat), self.n_bars - MIN_BARS + 1, BARS)
        cuts = [self.cut(s, min(BARS, self.n_bars - s)) for s in starts]
        return [c for c in cuts if c.n_bars >= MIN_BARS and len(c.notes) > c.n_bars / 2 and c.meter()[1] >= SAME_METER]


def read(path, ensemble, n_bars=None):
    """A MIDI file as Music.  `ensemble` None: each stream is a part of its own.  `n_bars`: how
    many it should have, so that silence at the end counts."""
    score = smf.read(path)
    parts = range(len(score.streams)) if ensemble is None else codec.assign_parts(score, ensemble)
    raw = np.array([(*note[:3], -1 if part is None else part) for stream, part in zip(score.streams, parts) for note in stream.notes], np.int64)
    raw = raw.reshape(-1, 4)
    raw = raw[(raw[:, PITCH] >= codec.LOW) & (raw[:, PITCH] <= codec.HIGH) & (raw[:, END] - raw[:, ONSET] >= codec.MIN_NOTE)]
    whole = raw[:, PART] < 0
    raw[whole, PART] = np.where(raw[whole, PITCH] >= 60, codec.RIGHT, codec.LEFT)

    # An onset just before a bar line is moved onto it
    bars = codec.bars_of(score, int(raw[:, ONSET].max(initial=0)) + codec.TICK)[:-1]
    starts, last = [b.start for b in bars], bars[-1]
    for _ in range(len(bars), n_bars or 0):
        starts.append(starts[-1] + last.length * codec.TICK)
        bars.append(last)
    bars, starts = bars[:n_bars], np.array(starts)[:n_bars]
    lines = np.concatenate([[0], np.cumsum([b.length for b in bars])])
    bar = np.searchsorted(starts, raw[:, ONSET], side="right") - 1
    quarter, rest = np.divmod(raw[:, ONSET] - starts[bar], codec.PPQN)
    onset = lines[bar] + quarter * codec.GRID + _nearest(_PLACES, rest / codec.TICK)
    length = _nearest(_DURATIONS, (raw[:, END] - raw[:, ONSET]) / codec.TICK)
    notes = np.column_stack([onset, onset + length, raw[:, PITCH], raw[:, PART]])
    notes = notes[notes[:, ONSET] < lines[-1]]
    notes = notes[np.lexsort((notes[:, PART], -notes[:, PITCH], notes[:, ONSET]))].astype(np.int32)
    has = tuple(np.unique(notes[:, PART]).tolist()) if ensemble is None or n_bars is None else PARTS_OF[ensemble]
    return Music(str(path), notes, lines, np.array([b.meter for b in bars]), np.array([b.key for b in bars]), has)


class Corpus:
    """All pieces of one split, from a kept file if the corpus and the codec are as they were."""

    def __init__(self, folder, split, cache):
        folder, cache = pathlib.Path(folder), pathlib.Path(cache)
        cache.mkdir(parents=True, exist_ok=True)
        manifest = (folder / "MANIFEST.tsv").read_text()
        here = pathlib.Path(__file__).parent
        made_of = inspect.getsource(read) + inspect.getsource(_keep) + "".join((here / name).read_text() for name in MADE_OF)
        self.stamp = hashlib.sha256((manifest + made_of).encode()).hexdigest()
        kept = cache / f"{split}.npz"
        if not kept.exists() or str(np.load(kept)["stamp"]) != self.stamp:
            rows = [row for row in csv.DictReader(manifest.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE) if row["split"] == split]
            _keep(folder, rows, kept, self.stamp)
        file = np.load(kept)
        self.about = json.loads(str(file["about"]))
        self._arrays = {name: file[name] for name in ("notes", "lines", "meters", "keys")}
        self._ends = file["ends"]

    def __len__(self):
        return len(self.about)

    def __getitem__(self, i):
        begin, end = (self._ends[i - 1] if i else (0, 0, 0)), self._ends[i]
        notes, lines, bars = (slice(a, b) for a, b in zip(begin, end))
        a, about = self._arrays, self.about[i]
        return Music(about["name"], a["notes"][notes], a["lines"][lines], a["meters"][bars], a["keys"][bars], tuple(about["parts"]))

    def of(self, composer, ensemble):
        """Indices of the pieces of a composer (index into codec.COMPOSERS) in an ensemble."""
        return [i for i, a in enumerate(self.about) if a["composer"] == composer and a["ensemble"] == ensemble]


def _keep(folder, rows, kept, stamp):
    about, pieces = [], []
    for row in rows:
        ensemble = STYLE_ENSEMBLE.get(row["style"])
        try:
            piece = read(folder / row["path"], ensemble)
        except Exception as error:  # mido raises many kinds for a broken file
            print(f"{row['path']}: {error}", flush=True)
            continue
        if len(piece.notes):
            name = f"{row['composer']}, {row['title']} ({row['path']})"
            about.append(dict(name=name, composer=composer_of(row), ensemble=ensemble, parts=list(map(int, piece.parts))))
            pieces.append(piece)
    arrays = {name: np.concatenate([getattr(p, name) for p in pieces]) for name in ("notes", "lines", "meters", "keys")}
    ends = np.cumsum([(len(p.notes), len(p.lines), p.n_bars) for p in pieces], axis=0)
    np.savez(kept, stamp=stamp, about=json.dumps(about), ends=ends, **arrays)


def draw(corpus, indices, n, rng):
    """Up to `n` (piece index, excerpt), each piece in turn, its excerpts in random order."""
    left = []
    for i in rng.permutation(indices):
        mine = corpus[i].excerpts()
        if mine:
            left.append((i, [mine[k] for k in rng.permutation(len(mine))]))
    drawn = []
    while left and len(drawn) < n:
        drawn += [(int(i), mine.pop()) for i, mine in left]
        left = [(i, mine) for i, mine in left if mine]
    return drawn[:n]
