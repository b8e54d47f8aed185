# Copyright 2026 The Continuo authors
# SPDX-License-Identifier: ISC
"""What simple models expect of the same events: a unigram, and n-grams with context.

Each field is predicted in the network's order (shift, part, pitch, duration) under the
network's masks.  The unigram knows how frequent each class is.  An n-gram sees the n - 1 events
before, the n - 1 notes before in the same part and the n - 1 onsets before; beside them what the
network is told (composer, ensemble, key, meter, place) and what sounds, and for how long yet.
Trust and powers (ngram.py) are chosen on a tenth of the training pieces; then all are counted.
"""

import pathlib

import numpy as np
import torch

import codec
from dataset import Conditions, Dataset
from network import HEADS, pitch_mask, shift_mask
from ngram import BLOCK, ORIGIN, Chain, Mixture, hashes
from viewpoints import Viewpoints, lag_of

MODELS = {"unigram": 1, "trigram": 3, "5-gram": 5}  # name: how many events, the one foretold too
TUNED_SHARE, TUNED_ROWS = 0.1, 100000
# Without Kneser-Ney's distinct contexts.  On held-out training pieces they gained a 5-gram 0.008 to 0.016
# nats in the other fields; here 0.008 in one trial, and lost 0.002 in another
PLAINLY_COUNTED = ["pitch"]

# field: its chains, each an anchor ("" where no pitch is told) and levels whose features are added
# one by one.  Lags rise, so that a trigram's chain is the beginning of a 5-gram's.
CHAINS = {
    "shift": [
        ("", "next stack | ensemble old bar | part1 duration1 shift1 | duration2 shift2 | duration3 shift3 | duration4 shift4"),
        ("event", "part1 stack ensemble | voices | pitch2 shift1 part2 | pitch3 | pitch4"),
        ("", "stack gap1 size2 gap2 ensemble | next | old bar | part1 duration1 | gap3 size3 | gap4 size4"),
        ("", "rests stack | part1 ensemble | old bar | size2 gap2 | shift2 part2 duration2"),
        ("", "composer | old meter bar | stack part1 | voices next | shift1 duration1 | shift2 duration2 | shift3 | shift4"),
        ("", "ensemble stack | part1 | voices | old bar | gap2 size2 | part2 part3 | gap3 size3 | gap4 size4"),
    ],
    "part": [
        ("", "ensemble | shift part1 | voices | position bar | shift1 part2 | shift2 part3 | shift3 part4"),
        ("event", "ensemble shift part1 | voices | pitch2 part2 | pitch3 part3 | pitch4 part4"),
        ("event", "ensemble shift part1 | voices | lasts | pitch2 part2 | pitch3 part3 | pitch4 part4"),
        ("", "composer | shift part1 stack | rests | duration1 | part2 duration2 | part3 duration3 | part4 duration4"),
        ("", "ensemble shift part1 stack | voices | size2 | part2 part3 | part4 shift1 shift2 shift3"),
    ],
    "pitch": [
        ("last", "part ensemble | degree struck | bass | own2 | own3 | length1 position | own4"),
        ("last", "part struck ensemble | twin | stack shift | pitch1 | degree | bass | own2 | own3"),
        ("last", "part ensemble | own2 length1 | struck shift | degree | own3 length2 | position meter | own4 length3"),
        ("event", "part part1 shift struck | chord | last | degree | pitch2 | own2 | pitch3 | pitch4"),
        ("bass", "part struck | chord degree | last | pitch1 | pitch2 | pitch3"),
        ("tonic", "part ensemble mode | last shift | pitch1 | own2 | pitch2 | pitch3 | pitch4"),
        ("tonic", "composer part mode | struck shift | position | last | length1 duration1 | own2"),
    ],
    "duration": [
        ("", "ensemble part | length1 struck | position bar | shift duration1 part1 | length2 | length3 | length4"),
        ("", "shift struck duration1 part1 part | rests | position bar | shift1 duration2 part2 | shift2 duration3 | shift3 duration4"),
        ("", "composer part | position bar meter | length1 struck | length2 | length3 | length4"),
        ("pitch", "part struck ensemble | last length1 | position | pitch1 duration1 | own2 length2 | own3 length3"),
        ("", "part struck shift ensemble | length1 | next | rests | position bar | gap2 | gap3 | length2"),
        ("", "part shift stack | duration1 part1 | length1 | struck next rests | duration2 part2 | duration3"),
    ],
}  # fmt: skip


FIELDS = list(CHAINS)


class Rows:
    """The rows of a dataset's pieces on which a field is counted or foretold."""

    def __init__(self, dataset, seen, pieces):
        """pieces: which are meant, as booleans"""
        self.dataset, self.seen, self.pieces = dataset, seen, pieces

    def choose(self, field, n_rows=None):
        """All rows with the field, or `n_rows` of them (or a few more), evenly spaced."""
        mine = self.pieces[self.seen.piece]
        rows = np.flatnonzero(mine if field == "shift" else mine & self.seen.is_note)
        return rows[:: max(1, len(rows) // n_rows)] if n_rows else rows

    def answer(self, field, rows):
        value = self.seen.column(field)[rows].astype(np.int64)
        return value - codec.LOW if field == "pitch" else value

    def anchor(self, field, name, rows):
        if field == "pitch" and name:
            return self.seen.anchor(name)[rows].astype(np.int64) - codec.LOW
        return np.full(len(rows), ORIGIN)

    def contexts(self, field, name, levels, rows):
        constant = [np.zeros(len(rows), np.int64)]  # for the level that knows nothing
        return hashes([[v[rows] for v in self.seen.level(field, name, level)] or constant for level in levels])

    def mask(self, field, rows):
        """The network's own mask, as a boolean tensor [rows, classes]."""
        x, y = self.dataset.batch(self.seen.row[None, rows], Conditions(1))
        if field == "shift":
            return shift_mask(x)[0]
        if field == "pitch":
            return pitch_mask(x, y)[0]
        return torch.ones(len(rows), HEADS[field][0], dtype=torch.bool)


class FieldModel:
    """An n-gram's chains for one field, and their mixture."""

    def __init__(self, field, chains, n):
        self.field = field
        self.specs = [(anchor, [level for level in text.split(" | ") if lag_of(level) < n]) for anchor, text in chains]
        self.mixture = Mixture(len(chains), max(len(levels) for _, levels in self.specs))
        self.chains = [None] * len(chains)

    def count(self, data):
        rows = data.choose(self.field)
        answer = data.answer(self.field, rows)
        for i, (anchor, levels) in enumerate(self.specs):
            trust = [level.trust for level in self.chains[i].levels] if self.chains[i] else None
            self.chains[i] = None  # its memory, before the new one's
            contexts, origin = data.contexts(self.field, anchor, levels, rows), data.anchor(self.field, anchor, rows)
            self.chains[i] = Chain(contexts, answer, origin, trust, self.field not in PLAINLY_COUNTED)

    def tune(self, data):
        """Choose trust and powers on rows that were not counted."""
        rows = data.choose(self.field, TUNED_ROWS)
        answer, mask = data.answer(self.field, rows), data.mask(self.field, rows)
        n_classes = HEADS[self.field][0]
        for chain, (anchor, levels) in zip(self.chains, self.specs):
            chain.tune(data.contexts(self.field, anchor, levels, rows), data.anchor(self.field, anchor, rows), answer, n_classes)
        blocks = [answers for _, answers in self.predict(data, rows)]
        self.mixture.fit([[np.concatenate(a) for a in zip(*chain)] for chain in zip(*blocks)], answer, mask)

    def predict(self, data, rows):
        """-> for each block of `rows`: the block, and what each chain says"""
        told = []
        for anchor, levels in self.specs:
            told.append((data.contexts(self.field, anchor, levels, rows), data.anchor(self.field, anchor, rows)))
        for at in range(0, len(rows), BLOCK):
            block = slice(at, at + BLOCK)
            yield rows[block], [
                chain.predict([c[block] for c in contexts], anchor[block], HEADS[self.field][0])
                for chain, (contexts, anchor) in zip(self.chains, told)
            ]

    def nats(self, data):
        """-> the rows, and how unlikely each one's field was"""
        rows, nats = data.choose(self.field), []
        for block, answers in self.predict(data, rows):
            mask, answer = data.mask(self.field, block), torch.from_numpy(data.answer(self.field, block))
            each = torch.arange(len(block))
            assert bool(mask[each, answer].all()), f"an illegal {self.field} in the data"
            log_p = self.mixture.log_probabilities(answers, mask)
            sums = (log_p.exp() * mask).sum(1)
            assert bool(((sums - 1).abs() < 1e-4).all()), f"the {self.field}'s legal classes do not sum to one"
            nats.append(-log_p[each, answer].numpy())
        return rows, np.concatenate(nats)


def evaluate(folder, split, log=lambda text: None):
    """-> for each model, an array [pieces, FIELDS + events + notes], sums of nats and counts"""
    train, held_out = Dataset(folder, "train"), Dataset(folder, split)
    held = np.load(pathlib.Path(folder) / "held.npy", mmap_mode="r")
    random = np.random.default_rng(1)
    tuned = random.random(len(train.pieces)) < TUNED_SHARE
    seen = Viewpoints(np.asarray(train.rows), held, train.pieces)
    everything, counted, chosen = (Rows(train, seen, which) for which in (tuned | True, ~tuned, tuned))
    n_pieces, seen = len(held_out.pieces), Viewpoints(np.asarray(held_out.rows), held, held_out.pieces)
    judged, piece, is_note = Rows(held_out, seen, np.full(n_pieces, True)), seen.piece, seen.is_note
    sums = {name: np.zeros((n_pieces, len(FIELDS) + 2)) for name in MODELS}
    for array in sums.values():
        array[:, -2] = np.bincount(piece, minlength=n_pieces)
        array[:, -1] = np.bincount(piece, is_note, minlength=n_pieces)
    for head, field in enumerate(FIELDS):
        for name, n in MODELS.items():
            model = FieldModel(field, CHAINS[field] if n > 1 else [("", "")], n)
            if n > 1:
                model.count(counted)
                model.tune(chosen)
            model.count(everything)
            rows, nats = model.nats(judged)
            sums[name][:, head] = np.bincount(piece[rows], nats, minlength=n_pieces)
            log(f"{name} {field} {nats.sum() / is_note.sum():.4f}")
    return sums
