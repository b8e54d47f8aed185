# Copyright 2026 The Continuo authors
# SPDX-License-Identifier: ISC
"""The older designs of more than a melody, and the tables that their classes index."""

import collections
import functools

import numpy as np

import codec
from older import music
from older.design import N_KEYS, Design
from older.music import DURATION, ONSET, PART, PITCH, STEP


def composers(*names):
    return [codec.COMPOSERS.index(name) for name in names]


class FourFeatures(Design):
    KIND, NAME, ENSEMBLE = "four_features", "Four features", codec.QUARTET
    STEPS = 1650
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
    STREAMS, WINDOW, STEPS = 32, 100, 1200

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

    def take(self, tables):
        self.labels = {clef: tables[clef]["labels"] for clef in self.CLEFS}

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


class ThreeModels(Design):
    KIND, NAME = "three_models", "Three models"
    STEPS = 800
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

    def take(self, tables):
        self.labels = tables["labels"]
        self.chords = [tuple(sorted({k % 12 for k in keys})) for keys in self.labels[N_KEYS:]]

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
        return {name: [("", n)] for name, n in counts.items()}

    def arguments(self):
        return {name: {"classes": heads[0][1]} for name, heads in self.HEADS.items()}

    def codec(self):
        return {"grid": codec.GRID, "transposed": "C", "labels": self.labels, "offsets": self.OFFSETS, "durations": codec.DURATIONS}
