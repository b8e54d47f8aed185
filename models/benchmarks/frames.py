# Copyright 2026 The Continuo authors
# SPDX-License-Identifier: ISC
"""Pieces given as sets of pitches by frame, spelled as symbols, with what each symbol may be told.

A frame is its notes from the highest to the lowest and then an end, so every set of pitches has
exactly one spelling.  A symbol is a row of the pitch table: 0 nothing, 1..n a pitch counted from
the keyboard's lowest, n + 1 the end of the frame.

The columns of a row tell only of what comes before the symbol (`next`) that it stands for.
Four of them are memories: what followed the last time that things went as they do now,

    text        the symbols so far, in this piece
    line        the highest notes so far, in this piece
    other_text  the symbols so far, in the training pieces but this one
    other_line  the highest notes so far, in the training pieces but this one

each with the length of the match, so that the network can learn how far to trust it.
"""

import typing

import numpy as np


class Keyboard(typing.NamedTuple):
    low: int = 21
    n_pitches: int = 88
    n_slots: int = 4  # voices that are followed from frame to frame

    @property
    def end(self):
        return self.n_pitches + 1


MEMORIES = {"none": [], "piece": ["text", "line"], "all": ["text", "line", "other_text", "other_line"]}
# The column's rows: counts and lengths are cut there
SMALL = {"count": 10, "beat": 4, "third": 3, "start": 16, "still": 4}
TEXT_BUCKET = np.repeat(np.arange(11), [1, 1, 1, 1, 1, 2, 3, 5, 10, 25, 1])  # by length: 0 1 2 3 4 5-6 7-9 10-14 15-24 25-49 50
LONGEST_LINE = 14
LENGTH_ROWS = 15
MOST_NOTES = 20


def slots(kind, keyboard):
    return [f"{kind}{i}" for i in range(keyboard.n_slots)]


def columns(keyboard, memory):
    pitches = slots("voice", keyboard) + slots("note", keyboard) + slots("before", keyboard)
    lengths = [f"{m}_length" for m in MEMORIES[memory]]
    return ["next", "last", *pitches, "upper", "held", "held_before", "below", *MEMORIES[memory], *SMALL, "frame", *lengths]


def pitch_columns(keyboard, memory):
    names = columns(keyboard, memory)
    return names[: names.index("count")]


def spelled(frame, keyboard):
    return [pitch - keyboard.low + 1 for pitch in sorted(frame, reverse=True)]


def voices(notes, before):
    """The notes as voices: where one is missing, two share the note that asks for the least motion."""
    n_slots = len(before)
    if n_slots - len(notes) == 1 and len(notes) > 1 and all(before):
        doubled = [notes[: i + 1] + notes[i:] for i in range(len(notes))]
        return min(doubled, key=lambda d: sum(abs(a - b) for a, b in zip(d, before)))
    return (notes + [0] * n_slots)[:n_slots]


def plain_rows(piece, keyboard):
    """[symbols, columns]: all but the memories"""
    n_slots = keyboard.n_slots
    rows, now, before, last, still = [], [0] * n_slots, [0] * n_slots, 0, 0
    for t, frame in enumerate(piece):
        notes = spelled(frame, keyboard)
        for k, symbol in enumerate([*notes, keyboard.end]):
            at = min(k, n_slots - 1)
            below = now[k + 1] if k + 1 < n_slots else 0
            near = [notes[k - 1] if k else 0, now[at], before[at], below]
            row = [symbol, last, *now, *(notes[:k] + [0] * n_slots)[:n_slots], *before, *near]
            rows.append(row + [min(k, 9), t % 4, t % 3, min(t, 15), min(still, 3), t])
            last = symbol
        new = voices(notes, now)
        still = still + 1 if new == now else 0
        before, now = now, new
    return np.array(rows, np.int64)


class Text:
    """Pieces as one run of symbols, to look for matches in."""

    def __init__(self, pieces, keyboard):
        symbols, counts, owners = [], [], []
        for i, piece in enumerate(pieces):
            for frame in [None, *piece]:
                new = [-1] if frame is None else [*spelled(frame, keyboard), keyboard.end]  # -1 parts the pieces
                symbols += new
                counts += [-1] if frame is None else range(len(new))
                owners += [i] * len(new)
        self.symbol, self.count, self.owner = (np.array(a, np.int16) for a in (symbols, counts, owners))

    def recall(self, piece, keyboard, owner, own):
        """What followed the longest match, for every symbol of `piece`, and the match's length.

        own: this is the text of the piece itself, of which only the past may be seen;
        otherwise nothing of the piece numbered `owner` is seen.
        """
        asked = Text([piece], keyboard)
        n = len(asked.symbol) - 1  # without the mark in front
        found, length = np.zeros(n, np.int64), np.zeros(n, np.int64)
        run = np.zeros(len(self.symbol), np.int16)
        seen = np.ones(len(run), bool) if own else self.owner != owner
        for i in range(1, n):
            run[1:] = run[:-1] + 1
            run[0] = 0
            run[(self.symbol != asked.symbol[i]) | ~seen] = 0
            if own:
                run[i:] = 0
            fitting = run[:-1] * (self.count[1:] == asked.count[i + 1])
            j = len(fitting) - 1 - int(np.argmax(fitting[::-1]))  # the latest of the longest
            if fitting[j] > 0:
                found[i], length[i] = self.symbol[j + 1], fitting[j]
        return found, TEXT_BUCKET[np.minimum(length, len(TEXT_BUCKET) - 1)]


class Line:
    """Pieces as one run of frames, to look for matches of the highest notes in."""

    def __init__(self, pieces, keyboard):
        frames, owners = [], []
        for i, piece in enumerate(pieces):
            frames += [[0] * MOST_NOTES]  # parts the pieces
            frames += [(spelled(f, keyboard) + [keyboard.end] * MOST_NOTES)[:MOST_NOTES] for f in piece]
            owners += [i] * (len(piece) + 1)
        self.frame, self.owner = np.array(frames, np.int16), np.array(owners)
        self.top = self.frame[:, 0]

    def recall(self, piece, keyboard, owner, own):
        """As Text.recall; once the highest note is known it counts, and so do the notes below it."""
        found, length = [], []
        run = np.zeros(len(self.top), np.int16)
        seen = (self.top > 0) & (own | (self.owner != owner))

        def latest(score, run, k):
            j = len(score) - 1 - int(np.argmax(score[::-1]))
            found.append(self.frame[j, min(k, MOST_NOTES - 1)] if run[j] > 0 else 0)
            length.append(run[j])

        for t, frame in enumerate(piece):
            notes = spelled(frame, keyboard)
            seen_now = seen & (np.arange(len(run)) <= t) if own else seen  # frame t of the piece is at t + 1
            before = np.concatenate([[0], run[:-1]]) * seen_now
            latest(before, before, 0)
            top = notes[0] if notes else keyboard.end
            run = np.where((self.top == top) & seen_now, np.concatenate([[0], run[:-1]]) + 1, 0)
            score = run.astype(np.float32)
            for k in range(1, len(notes) + 1):
                if k > 1:
                    score += 0.3 * ((self.frame[:, min(k, MOST_NOTES) - 1] == notes[k - 1]) & (run > 0))
                latest(score, run, k)
        return np.array(found, np.int64), np.minimum(np.array(length, np.int64), LONGEST_LINE)


def encode(pieces, keyboard, memory, training, are_training=False):
    """Arrays [symbols, columns], one for each piece; `training` is what the memories of others hold."""
    wanted = MEMORIES[memory]
    others = {"other_text": Text, "other_line": Line}
    others = {name: make(training, keyboard) for name, make in others.items() if name in wanted}
    encoded = []
    for i, piece in enumerate(pieces):
        rows = plain_rows(piece, keyboard)
        names = [c for c in columns(keyboard, memory) if not c.startswith(tuple(MEMORIES["all"]))]
        column = dict(zip(names, rows.T))
        for name in wanted:
            own = name not in others
            bank = others[name] if not own else (Text if name == "text" else Line)([piece], keyboard)
            column[name], column[f"{name}_length"] = bank.recall(piece, keyboard, i if are_training else -1, own)
        encoded.append(np.stack([column[c] for c in columns(keyboard, memory)], 1).astype(np.int16))
    return encoded


def transposed(rows, semitones, keyboard, memory):
    if semitones == 0:
        return rows
    rows = rows.copy()
    part = rows[:, : len(pitch_columns(keyboard, memory))]
    part += (semitones * ((part > 0) & (part < keyboard.end))).astype(rows.dtype)
    return rows
