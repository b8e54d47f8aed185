# Copyright 2026 The Continuo authors
# SPDX-License-Identifier: ISC
"""Encoded rows as batches for NoteLstm: the row before as input, the row itself as target."""

import json
import pathlib

import numpy as np
import torch

import codec
from corpus import SETS, TEXTURES

COLUMN = {name: i for i, name in enumerate(codec.COLUMNS + list(TEXTURES))}
LAST = COLUMN["last_right"]


class Conditions:
    """What a batch is told beside the events, one value for each of its rows (arrays [B])."""

    def __init__(self, n):
        self.transpose = np.zeros(n, int)
        self.composer = np.zeros(n, int)
        self.ensemble = np.full(n, codec.NO_ENSEMBLE)
        self.show_key = np.ones(n, bool)
        self.show_density = np.zeros(n, bool)
        self.show_polyphony = np.zeros(n, bool)
        self.show_ending = np.zeros(n, bool)
        self.show_level = np.ones(n, bool)
        self.show_recall = np.zeros(n, bool)

    def set(self, i, piece, **shown):
        self.composer[i], self.ensemble[i] = piece["composer"], piece["ensemble"]
        for name, value in shown.items():
            getattr(self, name)[i] = value


class Dataset:
    def __init__(self, folder, split):
        folder = pathlib.Path(folder)
        self.rows = np.load(folder / "rows.npy", mmap_mode="r")
        self.sets = {name: np.load(folder / f"{name}.npy", mmap_mode="r") for name in SETS}
        self.pieces = [p for p in json.loads((folder / "pieces.json").read_text()) if p["split"] == split]

    def batch(self, index, conditions, noise=None):
        """index [B, T]: target rows, -1 for padding.  -> x, y as network.py wants them.

        noise: a numpy generator; it then replaces 3 % of the input pitches, so that the network
        does not lean on a past without mistakes.
        """
        valid = index >= 0
        i = np.where(valid, index, 1)
        before, now = np.asarray(self.rows[i - 1], np.int64), np.asarray(self.rows[i], np.int64)
        shift = conditions.transpose[:, None]

        def pitch_class_index(pitch):
            return np.where(pitch > 0, np.clip(pitch + shift, codec.LOW, codec.HIGH) - codec.LOW + 1, 0)

        def pitches(name, rows):
            bits = np.unpackbits(self.sets[name][rows], axis=-1, bitorder="little")
            source = np.arange(88) - shift[..., None]
            inside = (source >= 0) & (source < 88)
            return (np.take_along_axis(bits, np.broadcast_to(source.clip(0, 87), bits.shape), -1) * inside).astype(np.float32)

        def spread(values):
            return np.broadcast_to(values[:, None], index.shape)

        def column(rows, name):
            return rows[..., COLUMN[name]]

        def texture(name):
            shown = getattr(conditions, "show_" + name)
            return np.where(shown[:, None], column(before, name), TEXTURES[name])

        recalls = conditions.show_recall[:, None]

        def recall(rows, name, nothing):
            return np.where(recalls, column(rows, name), nothing)

        def level(rows):
            return np.where(conditions.show_level[:, None], column(rows, "level"), codec.NO_LEVEL)

        # The key and the texture in force are those of the bar the input event stands in
        key = column(before, "key")
        transposed = (key % 12 + shift) % 12 + 12 * (key // 12)
        key = np.where((key < codec.KEYS) & conditions.show_key[:, None], transposed, codec.KEYS)
        true_pitch = pitch_class_index(column(before, "pitch"))
        pitch = true_pitch
        if noise is not None:
            hit = (noise.random(pitch.shape) < 0.03) & (pitch > 0)
            pitch = np.where(hit, np.clip(pitch + noise.integers(-7, 8, pitch.shape), 1, 88), pitch)
        part = column(now, "part")
        last = np.take_along_axis(now[..., LAST : LAST + 6], np.minimum(part, 5)[..., None], -1)[..., 0]

        tensor = lambda a: torch.from_numpy(np.ascontiguousarray(a))
        x = {name: tensor(column(before, name)) for name in ("shift", "part", "duration", "position", "bar_length", "meter", "bar")}
        x.update(
            pitch=tensor(pitch), true_pitch=tensor(true_pitch), key=tensor(key), held=tensor(pitches("held", i - 1)),
            composer=tensor(spread(conditions.composer)), ensemble=tensor(spread(conditions.ensemble)),
            **{name: tensor(texture(name)) for name in TEXTURES},
            level=tensor(level(before)), echo_shift=tensor(column(before, "echo_shift")),
            recall=tensor(recall(before, "recall", 0)), recall_shift=tensor(recall(before, "recall_shift", codec.END)),
        )  # fmt: skip
        y = dict(
            shift=tensor(column(now, "shift")), part=tensor(np.minimum(part, 5)), pitch=tensor(pitch_class_index(column(now, "pitch"))),
            duration=tensor(column(now, "duration")), position=tensor(column(now, "position")), held=tensor(pitches("held", i)),
            echo=tensor(pitches("echo", i)), recalled=tensor(pitches("recall", i) * recalls[..., None]),
            echo_duration=tensor(column(now, "echo_duration")), recall_duration=tensor(recall(now, "recall_duration", codec.NO_DURATION)),
            level=tensor(column(now, "level").clip(max=codec.NO_LEVEL - 1)),
            last=tensor(pitch_class_index(last)), event=tensor(valid.astype(np.float32)),
            note=tensor((valid & (part < codec.NO_PART)).astype(np.float32)),
            marked=tensor((valid & (part < codec.NO_PART) & (column(now, "level") < codec.NO_LEVEL)).astype(np.float32)),
        )  # fmt: skip
        # END and BOS are inputs or targets of the shift head only; the later heads have no row for END
        y["shift"] = y["shift"].clamp(max=codec.END)
        return x, y


class Streams:
    """`n` endless streams of training pieces, each transposed, in windows of `length` rows.

    Composers are drawn by the square root of their beats, so that Scarlatti is not drowned by
    Haydn, nor a tune's few notes by a quartet's many; every piece but a stream's
    first begins at a window's start, with the state at zero, as it does in the plugin.
    """

    def __init__(self, dataset, n, length, seed, transposes=True):
        self.dataset, self.n, self.length, self.transposes = dataset, n, length, transposes
        self.random = np.random.default_rng(seed)
        self.n_composers = 1 + max(piece["composer"] for piece in dataset.pieces)
        beats = np.zeros(self.n_composers)
        for piece in dataset.pieces:
            beats[piece["composer"]] += piece["beats"]
        weight = np.sqrt(beats)
        self.composer_share = weight / weight.sum()
        self.by_composer = [[p for p in dataset.pieces if p["composer"] == c] for c in range(self.n_composers)]
        self.piece_share = [np.array([p["beats"] ** 0.8 for p in ps]) for ps in self.by_composer]
        self.conditions = Conditions(n)
        self.next_row, self.end = np.zeros(n, int), np.zeros(n, int)
        for i in range(n):
            self._begin(i)
            length = self.end[i] - self.next_row[i]
            self.next_row[i] += int(self.random.integers(0, max(1, length - 32)))  # out of step with each other

    def _begin(self, i):
        random = self.random
        composer = random.choice(self.n_composers, p=self.composer_share)
        share = self.piece_share[composer]
        piece = self.by_composer[composer][random.choice(len(share), p=share / share.sum())]
        self.next_row[i], self.end[i] = piece["begin"] + 1, piece["end"]
        low, high = max(-5, codec.LOW - piece["low"]), min(6, codec.HIGH - piece["high"])
        low, high = (low, high) if self.transposes else (0, 0)
        self.conditions.set(
            i, piece, transpose=int(random.integers(low, high + 1)),
            show_key=random.random() > 0.15, show_density=random.random() > 0.5, show_polyphony=random.random() > 0.5,
            show_ending=random.random() > 0.3, show_level=random.random() > 0.15, show_recall=random.random() > 0.5,
        )  # fmt: skip
        if random.random() < 0.15:
            self.conditions.composer[i] = 0
        if random.random() < 0.15:
            self.conditions.ensemble[i] = codec.NO_ENSEMBLE

    def next(self):
        """-> x, y, and which streams begin a piece (their state must be zeroed first)."""
        fresh = self.next_row >= self.end
        for i in np.flatnonzero(fresh):
            self._begin(i)
        index = self.next_row[:, None] + np.arange(self.length)
        index = np.where(index < self.end[:, None], index, -1)
        self.next_row += self.length
        return *self.dataset.batch(index, self.conditions, self.random), fresh
