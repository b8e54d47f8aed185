# Copyright 2026 The Continuo authors
# SPDX-License-Identifier: ISC
"""What the older designs have in common: their pieces as sequences of classes.

A design has `sequences(split)`: network's name -> one array [rows, columns] for each piece.
"""

import functools

import codec
from older import music, networks
from older.music import PITCH

N_KEYS = codec.HIGH - codec.LOW + 1
OPENING_ROWS = 64
LEAST_ROWS = 16  # a shorter sequence is left out


class Design:
    KIND = NAME = None
    ENSEMBLE = codec.KEYBOARD  # of its style
    IN_C = True
    STREAMS, WINDOW = 48, 64  # of a training step
    RATE, STEPS = 3e-3, 1000
    widths = None  # of an autoencoder's latent, where a file has told them

    def __init__(self, folder, only=None, tables=None):
        """only: paths of the held-out pieces to judge, all if None.  tables: a model file's `codec`; without
        it tables are made from the training pieces."""
        self.folder, self.only = folder, only
        if tables is not None:
            self.take(tables)

    def take(self, tables):
        """Set what is otherwise counted in the training pieces."""

    def wants(self, entry):
        """Whether a piece (an entry of pieces.json) is of this design's kind of music."""
        raise NotImplementedError

    @functools.cache
    def pieces(self, split):
        out = music.pieces(self.folder, split, lambda e: self.wants(e) and (self.only is None or split == "train" or e["path"] in self.only))
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
