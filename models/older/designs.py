# Copyright 2026 The Continuo authors
# SPDX-License-Identifier: ISC
"""What each older design is trained on, as sequences of classes, and the tables that they index.

A design has `sequences(split)`: network's name -> one array [rows, columns] for each piece.
"""

import collections
import functools

import numpy as np

import codec
from older import music, networks
from older.music import DURATION, ONSET, PART, PITCH, STEP

N_KEYS = codec.HIGH - codec.LOW + 1
OPENING_ROWS = 64
LEAST_ROWS = 16  # a shorter sequence is left out


class Design:
    KIND = NAME = None
    ENSEMBLE = codec.KEYBOARD  # of its style
    IN_C = True
    STREAMS, WINDOW = 48, 64  # of a training step
    RATE, STEPS = 3e-3, 1000

    def __init__(self, folder):
        self.folder = folder

    def wants(self, entry):
        """Whether a piece (an entry of pieces.json) is of this design's kind of music."""
        raise NotImplementedError

    @functools.cache
    def pieces(self, split):
        out = music.pieces(self.folder, split, self.wants)
        if self.IN_C:
            out = [p for p in out if p.to_c() is not None]
            for piece in out:
                piece.notes[:, PITCH] += piece.to_c()
                inside = (piece.notes[:, PITCH] >= codec.LOW) & (piece.notes[:, PITCH] <= codec.HIGH)
                piece.notes = piece.notes[inside]
        return out

    def rows(self, piece):
        """-> network's name -> (rows of classes, onset of each row), or None for a piece that does not fit"""
        raise NotImplementedError

    @functools.cache
    def coded(self, split):
        """-> [(piece, what rows() made of it)]"""
        both = [(p, self.rows(p)) for p in self.pieces(split) if len(p.notes) >= LEAST_ROWS]
        return [(p, r) for p, r in both if r and all(len(x) >= LEAST_ROWS for x, _ in r.values())]

    def sequences(self, split):
        return {name: [r[name][0] for _, r in self.coded(split)] for name in networks.KINDS[self.KIND]}

    def vary(self, name, rows, random):
        """A sequence as it is trained on this time."""
        return rows

    def opening(self):
        """mode -> network's name -> rows of whole bars of a training piece"""
        return {mode: self.opening_of(minor) for mode, minor in (("major", False), ("minor", True))}

    def may_open(self, piece, minor):
        alike = codec.MELODY if self.ENSEMBLE == codec.MELODY else piece.ensemble
        return piece.is_minor() == minor and piece.key < codec.KEYS and codec.METERS[piece.meter] == "4/4" and piece.ensemble == alike

    def opening_of(self, minor):
        for piece, coded in self.coded("train"):
            if self.may_open(piece, minor):
                for end in piece.bars[OPENING_ROWS // 4 : 0 : -1]:
                    cut = {name: rows[onsets < end].tolist() for name, (rows, onsets) in coded.items()}
                    if all(LEAST_ROWS <= len(rows) <= OPENING_ROWS for rows in cut.values()):
                        return cut
        raise ValueError("no piece to open with")

    def n_notes(self, piece):
        return len(piece.notes)

    def about(self):
        used = [p for p, _ in self.coded("train")]
        licences = ", ".join(sorted({p.licence for p in used}))
        notes = sum(self.n_notes(p) for p in used)
        style = {"name": self.NAME, "composer": 0, "ensemble": self.ENSEMBLE, "marked": False}
        return {"name": self.NAME, "data": f"{len(used)} pieces, {notes} notes from open scores ({licences})", "styles": [style]}


def composers(*names):
    return [codec.COMPOSERS.index(name) for name in names]


class FourFeatures(Design):
    KIND, NAME, ENSEMBLE = "four_features", "Four features", codec.QUARTET
    OFFSETS = [*codec.SHIFTS, 144]
    INSTRUMENTS = [  # by part from soprano to bass; General MIDI programs from 0
        {"name": "Violin 1", "program": 40, "part": "soprano"},
        {"name": "Violin 2", "program": 40, "part": "alto"},
        {"name": "Viola", "program": 41, "part": "tenor"},
        {"name": "Cello", "program": 42, "part": "bass"},
    ]
    HEADS = {"": [("offset", len(OFFSETS)), ("duration", len(codec.DURATIONS)), ("pitch", N_KEYS), ("instrument", len(INSTRUMENTS))]}

    def wants(self, entry):
        return entry["ensemble"] == codec.QUARTET

    def rows(self, piece):
        notes = piece.notes
        offset = music.nearest(self.OFFSETS, np.diff(notes[:, ONSET], prepend=notes[0, ONSET]))
        duration = music.nearest(codec.DURATIONS, notes[:, DURATION])
        rows = np.column_stack([offset, duration, notes[:, PITCH] - codec.LOW, notes[:, PART] - codec.SOPRANO])
        return {"": (rows, notes[:, ONSET])}

    def arguments(self):
        return {"": {"classes": [n for _, n in self.HEADS[""]]}}

    def codec(self):
        return {
            "grid": codec.GRID, "transposed": "C", "offsets": self.OFFSETS, "durations": codec.DURATIONS,
            "low": codec.LOW, "pitches": N_KEYS, "instruments": self.INSTRUMENTS,
        }  # fmt: skip


class TwoClefs(Design):
    KIND, NAME = "two_clefs", "Two clefs"
    CLEFS = {"treble": codec.RIGHT, "bass": codec.LEFT}
    DURATIONS = [1, 2, 3, 4, 6, 8, 9, 12, 15, 16, 18, 24, 30, 36, 48, 60, 72, 96]
    CHORDS = 300  # labels beside the single keys
    STREAMS, WINDOW = 32, 100

    def wants(self, entry):
        return entry["ensemble"] == codec.KEYBOARD and entry["composer"] in composers("chopin")

    @functools.cached_property
    def labels(self):
        """clef -> keys of each label: none (a rest), single keys, then the chords met most often"""
        out = {}
        for clef, part in self.CLEFS.items():
            met = collections.Counter()
            for piece in self.pieces("train"):
                met.update(tuple(keys) for _, keys, _, _ in music.groups(piece.notes[piece.notes[:, PART] == part]))
            single = sorted(k for k in met if len(k) == 1)
            chords = [k for k, _ in sorted(met.items(), key=lambda m: (-m[1], m[0])) if len(k) > 1][: self.CHORDS]
            out[clef] = [[], *map(list, single), *map(list, chords)]
        return out

    def label(self, clef, keys, known):
        """The label of a chord, or of the most of it that has one, with its outer key."""
        keys = tuple(keys)
        if keys not in known:
            outer = keys[0] if clef == "treble" else keys[-1]
            fit = [k for k in known if k and set(k) <= set(keys) and outer in k]
            known[keys] = known[max(fit, key=lambda k: (len(k), k))] if fit else None
        return known[keys]

    @functools.cached_property
    def known(self):
        return {clef: {tuple(keys): i for i, keys in enumerate(labels)} for clef, labels in self.labels.items()}

    def rows(self, piece):
        return {clef: self.clef_rows(clef, piece) for clef in self.CLEFS}

    def clef_rows(self, clef, piece):
        """A hand as a stream without gaps: a label sounds until the next, or until a rest."""
        groups = music.groups(piece.notes[piece.notes[:, PART] == self.CLEFS[clef]])
        rows, onsets, now = [], [], 0

        def lasts(label, until):
            nonlocal now
            while until > now:
                at_most = [d for d in self.DURATIONS if d <= until - now]
                rows.append((label, self.DURATIONS.index(at_most[-1])))
                onsets.append(now)
                now += at_most[-1]

        for i, (onset, keys, longest, _) in enumerate(groups):
            label = self.label(clef, keys, self.known[clef])
            if label is None:
                continue
            lasts(0, onset)
            following = groups[i + 1][0] if i + 1 < len(groups) else onset + longest
            end = onset + longest if onset + longest + STEP <= following else following
            # One label a note: what is left of it beyond the longest duration is rest
            length = self.DURATIONS[int(music.nearest(self.DURATIONS, end - onset))]
            rows.append((label, self.DURATIONS.index(length)))
            onsets.append(onset)
            now = max(now, onset) + min(length, following - onset)
        return np.array(rows), np.array(onsets)

    @property
    def HEADS(self):
        return {clef: [("note", len(self.labels[clef])), ("duration", len(self.DURATIONS))] for clef in self.CLEFS}

    def arguments(self):
        return {clef: {"classes": [n for _, n in heads]} for clef, heads in self.HEADS.items()}

    def codec(self):
        clefs = {clef: {"labels": self.labels[clef], "part": codec.PARTS[part]} for clef, part in self.CLEFS.items()}
        return {"grid": codec.GRID, "transposed": "C", "durations": self.DURATIONS, "top_k": {"notes": 10, "durations": 5}, **clefs}


class Melody(Design):
    """On the tunes of folk, the sopranos of hymns and the voices of songs."""

    ENSEMBLE = codec.MELODY

    def wants(self, entry):
        return entry["ensemble"] in (codec.MELODY, codec.VOICES, codec.SONG)

    def n_notes(self, piece):
        return len(music.melody(piece.notes, codec.SOPRANO))


class Regression(Melody):
    KIND, NAME = "regression", "Regression"
    SIZE = {"hidden": 20, "layers": 1}
    CENTER, HALF = np.array([64, 8]), np.array([64, 8])
    LONGEST = 32  # sixteenths; a longer note is cut
    RATE = 1e-2

    def rows(self, piece):
        line = music.melody(piece.notes, codec.SOPRANO)
        if len(line) < LEAST_ROWS:
            return None
        length = np.diff(line[:, ONSET], append=line[-1, ONSET] + line[-1, DURATION]) / STEP
        values = np.column_stack([line[:, PITCH], np.clip(np.rint(length), 1, self.LONGEST)])
        return {"": ((values - self.CENTER) / self.HALF, line[:, ONSET])}

    def arguments(self):
        return {"": self.SIZE}

    def codec(self):
        return {
            "grid": codec.GRID, "transposed": "C", "low": codec.LOW, "high": codec.HIGH,
            "pitch": {"center": 64, "scale": 64}, "duration": {"center": 8, "scale": 8, "unit": STEP},
        }  # fmt: skip


class RegressionLarge(Regression):
    NAME = "Regression, large"
    SIZE = {"hidden": 160, "layers": 2}
    RATE = 3e-3


class ThreeModels(Design):
    KIND, NAME = "three_models", "Three models"
    OFFSETS = [s for s in codec.SHIFTS if s not in (0, 10, 14, 28, 66)]
    CHORDS = 277 - N_KEYS  # labels beside the single keys
    ROOM = 48  # where a chord's lowest pitch class is looked for: an octave below middle C

    def wants(self, entry):
        return entry["ensemble"] == codec.KEYBOARD and codec.COMPOSERS[entry["composer"]] not in ("free", "polish")

    @functools.cached_property
    def chords(self):
        """Sets of pitch classes that are met most often, sorted."""
        met = collections.Counter()
        for piece in self.pieces("train"):
            met.update(tuple(sorted({k % 12 for k in keys})) for _, keys, _, _ in music.groups(piece.notes) if len(keys) > 1)
        return [k for k, _ in sorted(met.items(), key=lambda m: (-m[1], m[0]))][: self.CHORDS]

    @functools.cached_property
    def labels(self):
        """Keys of each label: a single key, or pitch classes in the narrowest order, from the octave below middle C."""
        return [[codec.LOW + i] for i in range(N_KEYS)] + [self.voiced(classes) for classes in self.chords]

    def voiced(self, classes):
        turns = [[(c - classes[i]) % 12 for c in classes[i:] + classes[:i]] for i in range(len(classes))]
        best = min(range(len(classes)), key=lambda i: turns[i][::-1])
        keys = [self.ROOM + classes[best] + step for step in turns[best]]
        return [keys[0] + 12, keys[0]] if len(keys) == 1 else keys[::-1]  # one class: an octave

    @functools.cached_property
    def known(self):
        return {classes: N_KEYS + i for i, classes in enumerate(self.chords)}

    def label(self, keys):
        if len(keys) == 1:
            return keys[0] - codec.LOW
        classes = tuple(sorted({k % 12 for k in keys}))
        if classes not in self.known:
            fit = [c for c in self.chords if set(c) <= set(classes) and keys[0] % 12 in c]
            self.known[classes] = self.known[max(fit, key=len)] if fit else keys[0] - codec.LOW
        return self.known[classes]

    def rows(self, piece):
        groups = music.groups(piece.notes)
        onsets = np.array([g[0] for g in groups])
        notes = np.array([self.label(g[1]) for g in groups])
        offsets = music.nearest(self.OFFSETS, np.diff(onsets, prepend=onsets[0] - codec.GRID))
        durations = music.nearest(codec.DURATIONS, [g[3] for g in groups])
        by_name = {"notes": notes, "offsets": offsets, "durations": durations}
        return {name: (values[:, None], onsets) for name, values in by_name.items()}

    @property
    def HEADS(self):
        counts = {"notes": N_KEYS + self.CHORDS, "offsets": len(self.OFFSETS), "durations": len(codec.DURATIONS)}
        return {name: [(name, n)] for name, n in counts.items()}

    def arguments(self):
        return {name: {"classes": heads[0][1]} for name, heads in self.HEADS.items()}

    def codec(self):
        return {"grid": codec.GRID, "transposed": "C", "labels": self.labels, "offsets": self.OFFSETS, "durations": codec.DURATIONS}


class Symbols(Melody):
    """Melodies as symbols, trained in all keys."""

    IN_C = False
    HEADS = {"": [("symbol", networks.SYMBOLS)]}
    LOW, HIGH = 36, 96  # what a transposed melody stays within

    def rows(self, piece):
        line = music.melody(piece.notes, codec.SOPRANO)
        text = music.symbols(line) if len(line) >= LEAST_ROWS else None
        if text is None:
            return None
        bar = int(np.median(np.diff(piece.bars))) // STEP
        text = music.without_long_rests(text, max(1, bar))
        return {"": (text[:, None], np.arange(len(text)) * STEP)}

    def may_open(self, piece, minor):
        return super().may_open(piece, minor) and len(self.rows(piece)[""][0]) > 2 * OPENING_ROWS

    def opening_of(self, minor):
        for piece, coded in self.coded("train"):
            if self.may_open(piece, minor):
                return {"": music.transposed(coded[""][0][:OPENING_ROWS], piece.to_c()).tolist()}
        raise ValueError("no piece to open with")

    def transpositions(self, rows):
        keys = rows[rows >= music.FIRST_KEY] - music.FIRST_KEY + codec.LOW
        low, high = self.LOW - keys.min(initial=60), self.HIGH - keys.max(initial=60)
        return [up for up in range(-6, 6) if low <= up <= high] or [0]

    def vary(self, name, rows, random):
        return music.transposed(rows, random.choice(self.transpositions(rows)))

    def arguments(self):
        return {"": {}}

    def codec(self):
        return {"grid": codec.GRID, "transposed": "all", "unit": STEP, "low": codec.LOW, "symbols": music.SYMBOL_TEXTS}


class SymbolsAttention(Symbols):
    KIND, NAME = "symbols_attention", "Symbols, attention"
    STREAMS, WINDOW, STEPS = 256, 32, 2500


class SymbolsGru(Symbols):
    KIND, NAME = "symbols_gru", "Symbols, GRU"
    STREAMS, WINDOW = 48, 96


class SymbolsVae(Symbols):
    """Two bars of 4/4 (or four of 2/4), from any bar line on."""

    KIND, NAME = "symbols_vae", "Symbols, VAE"
    STREAMS, WINDOW = 192, 32
    LEAST_ONSETS = 5
    WALK = 0.7  # how much of the latent the next two bars keep

    def rows(self, piece):
        line = music.melody(piece.notes, codec.SOPRANO)
        if codec.METERS[piece.meter] not in ("4/4", "2/4") or len(line) < LEAST_ROWS:
            return None
        text = music.symbols(line)
        return None if text is None else {"": (text[:, None], np.arange(len(text)) * STEP)}

    @functools.cache
    def two_bars(self, split):
        """[n, 32] symbols"""
        out = []
        for piece, coded in self.coded(split):
            text = coded[""][0][:, 0]
            for begin in np.unique(piece.bars[:-1] // STEP):
                window = text[begin : begin + self.WINDOW]
                if len(window) == self.WINDOW and (window >= music.FIRST_KEY).sum() >= self.LEAST_ONSETS:
                    window = window.copy()
                    sounding = text[: begin + 1][text[: begin + 1] != music.HOLD]
                    if window[0] == music.HOLD and sounding[-1] == music.REST:
                        window[0] = music.REST  # a rest goes on, which no longer shows
                    out.append(window)
        return np.array(out)

    def opening_of(self, minor):
        for piece, coded in self.coded("train"):
            if self.may_open(piece, minor):
                window = coded[""][0][self.WINDOW : 2 * self.WINDOW]
                if window[0] >= music.FIRST_KEY and (window >= music.FIRST_KEY).sum() >= 2 * self.LEAST_ONSETS:
                    return {"": music.transposed(window, piece.to_c()).tolist()}
        raise ValueError("no piece to open with")

    def codec(self):
        return {**super().codec(), "walk": self.WALK}


CLASSES = [FourFeatures, TwoClefs, Regression, RegressionLarge, ThreeModels, SymbolsAttention, SymbolsGru, SymbolsVae]
DESIGNS = {c.NAME.lower().replace(",", "").replace(" ", "_"): c for c in CLASSES}
