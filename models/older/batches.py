# Copyright 2026 The Continuo authors
# SPDX-License-Identifier: ISC
"""Sequences as batches for the networks of the older designs."""

import numpy as np
import torch

from older import music

IGNORED = -100  # the class of a row past a sequence's end




class Streams:
    """`n` endless streams of sequences in windows of `length` rows.  A sequence begins at a window's
    start, its state at zero; sequences are drawn by their length."""

    def __init__(self, sequences, first, vary, n, length, random):
        self.sequences, self.first, self.vary, self.length, self.random = sequences, first, vary, length, random
        size = np.array([len(s) for s in sequences], float)
        self.share = size / size.sum()
        self.rows, self.at = [None] * n, np.zeros(n, int)
        for i in range(n):
            self._begin(i)
            self.at[i] = random.integers(0, max(1, len(self.rows[i]) // 2))  # out of step with each other

    def _begin(self, i):
        self.rows[i] = self.vary(self.sequences[self.random.choice(len(self.share), p=self.share)], self.random)
        self.at[i] = 0

    def next(self):
        """-> x, y [n, length, columns], and which streams begin a sequence"""
        fresh = np.array([at >= len(rows) for at, rows in zip(self.at, self.rows)])
        for i in np.flatnonzero(fresh):
            self._begin(i)
        both = [windowed(rows, at, self.length, self.first) for rows, at in zip(self.rows, self.at)]
        self.at += self.length
        x, y = (torch.from_numpy(np.stack(z)) for z in zip(*both))
        return x, y, fresh


def windowed(rows, at, length, first):
    """Rows from `at` on as targets, and what came before each; past the end nothing counts."""
    y = rows[at : at + length]
    before = rows[min(at, len(rows)) - 1] if at else first
    x = np.concatenate([[before], y[:-1]]) if len(y) else np.repeat(first[None], length, 0)
    missing = length - len(y)
    nothing = np.nan if rows.dtype.kind == "f" else IGNORED
    x = np.concatenate([x, np.repeat(x[-1:], length - len(x), 0)]).astype(rows.dtype)
    y = np.concatenate([y, np.full((missing, rows.shape[1]), nothing)]).astype(rows.dtype)
    return x, y


class Windows:
    """Random windows of past symbols with the one that follows each.  Notes begin at KEYS of them, which is
    oftener than in music, since they are what is hard; weights set that right."""

    KEYS = 0.6

    def __init__(self, sequences, vary, n, length, random):
        self.sequences, self.vary, self.n, self.length, self.random = sequences, vary, n, length, random
        self.ends = np.cumsum([len(s) for s in sequences])
        is_key = np.concatenate(sequences)[:, 0] >= music.FIRST_KEY
        self.keys, self.others = np.flatnonzero(is_key), np.flatnonzero(~is_key)
        share = is_key.mean()
        self.weights = share / self.KEYS, (1 - share) / (1 - self.KEYS)

    def next(self):
        """-> x [n, length, 1], y [n], what each is worth [n]"""
        n_keys = round(self.KEYS * self.n)
        chosen = np.concatenate([self.random.choice(self.keys, n_keys), self.random.choice(self.others, self.n - n_keys)])
        x, y = [], []
        for at in chosen:
            i = int(np.searchsorted(self.ends, at, side="right"))
            rows = self.sequences[i]
            past, target = past_of(rows, at - (self.ends[i] - len(rows)), self.length)
            both = self.vary("", np.concatenate([past, [target]]), self.random)
            x.append(both[:-1])
            y.append(both[-1, 0])
        worth = torch.tensor(np.repeat(self.weights, [n_keys, self.n - n_keys])).float()
        return torch.from_numpy(np.array(x)), torch.tensor(np.array(y)), worth


def past_of(rows, at, length):
    """-> the `length` rows before `at`, pads in front; the row itself"""
    past = rows[max(0, at - length) : at]
    pads = np.full((length - len(past), 1), music.PAD)
    return np.concatenate([pads, past]), rows[at]


def detached(state, keep):
    """A state (tensors [layers, B, H], nested) without its history, zero where `keep` [B] is false."""
    if torch.is_tensor(state):
        return state.detach() * keep[None, :, None]
    return None if state is None else type(state)(detached(s, keep) for s in state)
