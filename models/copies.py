# Copyright 2026 The Continuo authors
# SPDX-License-Identifier: ISC
"""The longest runs of notes that music shares with the training split, in whatever key.

A run is a row of (pitch interval, time to the next onset) pairs, in a part's top notes ("line") or
in all notes of a piece from onset to onset and from high to low ("texture").  Scales, trills and
repeated notes are common property: a run of fewer than DISTINCT different pairs does not count.

A rolling hash of LEAST pairs finds the places of the training split where a run may begin; those
are kept that still agree a pair further on, until none is left.  The hashes are of 64 bits.
"""

import numpy as np

from excerpts import ONSET, PART, PITCH
from form import top_line

LEAST = 7  # pairs, one less than notes
DISTINCT = 5
NGRAMS = [8, 12, 16]  # notes
KINDS = ["line", "texture"]
LONGEST_WAIT = 4095  # ticks
BASE = np.uint64(0x9E3779B97F4A7C15)  # odd, so that it has an inverse
INVERSE = np.uint64(pow(int(BASE), -1, 1 << 64))


def _mix(x):
    """splitmix64's finaliser (Steele, Lea and Flood 2014): equal only for equal `x`."""
    x = x.astype(np.uint64)
    x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return x ^ (x >> np.uint64(31))


def rows_of(music):
    """(kind, notes) of every row of notes that can be copied."""
    for part in np.unique(music.notes[:, PART]):
        yield 0, top_line(music.notes[music.notes[:, PART] == part])
    yield 1, music.notes


class Rows:
    """Rows of many pieces as one array of hashed pairs, with rolling hashes of any length."""

    def __init__(self, pieces, is_query=False):
        codes, owner, kinds, notes, n = [], [], [], [], 0
        for i, music in enumerate(pieces):
            for kind, row in rows_of(music):
                wait = np.minimum(np.diff(row[:, ONSET]), LONGEST_WAIT)
                pair = ((kind * 256 + np.diff(row[:, PITCH]).astype(np.int64) + 128) << 12) + wait
                # A code of its own after each row, so that no run goes on into the next
                codes.append(np.append(pair, (1 << 40 + is_query) + n))
                owner.append(np.full(len(pair) + 1, i, np.int32))
                kinds.append(np.full(len(pair) + 1, kind, np.int8))
                notes.append(row[:, ONSET].astype(np.int32))
                n += 1
        self.codes = _mix(np.concatenate(codes))
        self.owner, self.kind, self.onset = np.concatenate(owner), np.concatenate(kinds), np.concatenate(notes)
        with np.errstate(over="ignore"):
            powers = np.cumprod(np.full(len(self.codes), BASE))
            self._sums = np.concatenate([[np.uint64(0)], np.cumsum(self.codes * powers, dtype=np.uint64)])
            self._scale = np.cumprod(np.full(len(self.codes), INVERSE))

    def __len__(self):
        return len(self.codes)

    def hashes(self, at, n):
        """Of the `n` pairs from each place in `at`, all of which exist."""
        return (self._sums[at + n] - self._sums[at]) * self._scale[at]


def _in(values, table):
    """-> bool of each value, is it in the sorted `table`?"""
    at = np.minimum(np.searchsorted(table, values), len(table) - 1)
    return table[at] == values


def longest_runs(music, trained):
    """Two Rows -> for each place of `music` the pairs in the longest run from there that `trained`
    has (0 if fewer than LEAST), and a place in `trained` where it stands."""
    runs, where = np.zeros(len(music), np.int32), np.zeros(len(music), np.int64)
    mine, theirs = np.arange(len(music)), np.arange(len(trained))
    n = LEAST
    while True:
        mine, theirs = mine[mine + n <= len(music)], theirs[theirs + n <= len(trained)]
        if not len(mine) or not len(theirs):
            return runs, where
        my_hash, their_hash = music.hashes(mine, n), trained.hashes(theirs, n)
        found = _in(their_hash, np.unique(my_hash))
        theirs, their_hash = theirs[found], their_hash[found]
        table, first = np.unique(their_hash, return_index=True)
        if not len(table):
            return runs, where
        found = _in(my_hash, table)
        mine, my_hash = mine[found], my_hash[found]
        runs[mine] = n
        where[mine] = theirs[first[np.searchsorted(table, my_hash)]]
        n += 1


def _distinct(codes, run):
    return len(np.unique(codes[:run])) >= DISTINCT


def of_excerpts(excerpts, trained):
    """-> for each excerpt and kind: dict of `run` (notes in its longest run), `bar` (where that
    begins), `piece` (whose it is: index into what `trained` was made of) and the shares of its
    notes from which NGRAMS notes go on as they do somewhere in the training split."""
    rows = Rows(excerpts, is_query=True)
    runs, where = longest_runs(rows, trained)
    out = []
    for i, music in enumerate(excerpts):
        begin, end = np.searchsorted(rows.owner, [i, i + 1])
        result = {}
        for k, kind in enumerate(KINDS):
            at = begin + np.flatnonzero(rows.kind[begin:end] == k)
            counted = [p for p in at[np.argsort(-runs[at], kind="stable")][:200] if runs[p] and _distinct(rows.codes[p:], runs[p])]
            best = int(counted[0]) if counted else None
            result[kind] = {
                "run": int(runs[best]) + 1 if counted else 0,
                "bar": int(np.searchsorted(music.lines, rows.onset[best], side="right")) if counted else 0,
                "piece": int(trained.owner[where[best]]) if counted else -1,
                **{f"{n}-grams": float((runs[at] >= n - 1).mean()) for n in NGRAMS},
            }
        out.append(result)
    return out
