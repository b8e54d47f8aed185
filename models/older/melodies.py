# Copyright 2026 The Continuo authors
# SPDX-License-Identifier: ISC
"""The older designs of one voice: numbers, and symbols of sixteenths."""

import functools

import numpy as np

import codec
from older import music, networks
from older.design import LEAST_ROWS, OPENING_ROWS, Design
from older.music import DURATION, ONSET, PITCH, STEP


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
    RATE, STEPS = 1e-2, 1800

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
    RATE, STEPS = 3e-3, 400


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
    STREAMS, WINDOW, STEPS = 256, 32, 1800


class SymbolsGru(Symbols):
    KIND, NAME = "symbols_gru", "Symbols, GRU"
    STREAMS, WINDOW, STEPS = 48, 96, 1050


class SymbolsVae(Symbols):
    """Two bars of 4/4 (or four of 2/4), from any bar line on."""

    KIND, NAME = "symbols_vae", "Symbols, VAE"
    STREAMS, WINDOW, STEPS = 192, 32, 1100
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
