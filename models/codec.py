# Copyright 2026 The Continuo authors
# SPDX-License-Identifier: ISC
"""The event codec: a score becomes rows of (shift, part, pitch, duration).

The C twins are codec.c, layout.c, legal.c, context.c and encoder.c of core/gen; the two agree
row by row on the whole corpus (tests/parity/encoder.py).  Integer arithmetic only.

Time on the model's grid counts 24 grid ticks to the quarter.  An onset lies on the union
of the binary (multiples of 3) and the ternary (multiples of 4) grid, counted from its bar
line.  A bar line is an event of its own, so no shift crosses one and position cannot drift.
Within an onset, notes go from high to low; equal pitches by rising part.
"""

import collections
from dataclasses import dataclass

PPQN = 960
GRID = 24  # grid ticks to the quarter
TICK = PPQN // GRID  # ticks in a grid tick
MAX_BAR = 144  # longest bar, grid ticks
LOW, HIGH = 21, 108  # pitches of the piano
MIN_NOTE = 52  # shorter notes are ornaments, ticks

UNION = [g for g in range(GRID) if g % 3 == 0 or g % 4 == 0]
SHIFTS = [0, 1, 2, 3, 4, 5, 6, 8, 9, 10, 12, 14, 15, 16, 18, 20, 21, 24, 28, 30, 32, 36, 40, 42, 48, 54, 60, 66, 72, 84, 96, 108, 120]
DURATIONS = [3, 4, 5, 6, 8, 9, 12, 15, 16, 18, 21, 24, 30, 32, 36, 42, 48, 54, 60, 72, 84, 96, 108, 120, 144, 192]
BAR, END, BOS = len(SHIFTS), len(SHIFTS) + 1, len(SHIFTS) + 2
N_SHIFTS = len(SHIFTS) + 2  # classes of the shift head: the table, BAR, END

PARTS = ["right", "left", "soprano", "alto", "tenor", "bass"]
RIGHT, LEFT, SOPRANO, ALTO, TENOR, BASS = range(6)
NO_PART = len(PARTS)
NO_DURATION = len(DURATIONS)

ENSEMBLES = ["keyboard", "organ", "song", "voices", "quartet", "melody"]
KEYBOARD, ORGAN, SONG, VOICES, QUARTET, MELODY = range(6)
NO_ENSEMBLE = len(ENSEMBLES)

METERS = ["2/4", "3/4", "4/4", "6/8", "3/8", "9/8", "12/8", "3/2", "6/4", "5/4", "7/8", "other"]
METER_ALIASES = {"2/2": "4/4", "4/8": "2/4", "6/16": "3/8", "12/16": "6/8", "8/8": "4/4", "4/2": "4/4", "2/1": "4/4"}
# Loudness of written dynamics, from ppp to fff: class = edges passed by the velocity
LEVEL_EDGES = [34, 41, 49, 61, 74, 87, 97]
NO_LEVEL = len(LEVEL_EDGES) + 1  # nothing is written

# How much a bar is like the earlier one that it recalls: 0 recalls none
RECALL_EDGES = [0.2, 0.5, 0.85]
BAR_MEMORY = 96  # notes of a bar that are remembered

KEYS = 24  # tonic + 12 * minor; KEYS itself means unknown

COMPOSERS = [
    "free", "bach", "mozart", "beethoven", "haydn", "chopin", "schubert", "schumann",
    "brahms", "scarlatti", "debussy", "mendelssohn", "folk", "hymns", "joplin", "scriabin", "polish",
]  # fmt: skip


@dataclass
class Bar:
    start: int  # ticks
    length: int  # grid ticks
    meter: int  # index into METERS
    key: int


def meter_class(numerator, denominator):
    name = f"{numerator}/{denominator}"
    name = METER_ALIASES.get(name, name)
    return METERS.index(name) if name in METERS else len(METERS) - 1


def bars_of(score, last_tick):
    """Bar lines up to one past `last_tick`; a bar of another length is cut at its meter change,
    and one longer than MAX_BAR is chopped into whole notes."""
    bars, tick, m, k = [], 0, 0, -1
    meters, keys = score.meters, score.keys
    while not bars or bars[-1].start <= last_tick:
        while m + 1 < len(meters) and meters[m + 1][0] <= tick:
            m += 1
        while k + 1 < len(keys) and keys[k + 1][0] <= tick:
            k += 1
        _, numerator, denominator = meters[m]
        length = max(1, numerator * 4 * PPQN // denominator)
        if m + 1 < len(meters):
            length = min(length, meters[m + 1][0] - tick)
        if length > MAX_BAR * TICK:
            length = 4 * PPQN
        key = keys[k][1] + 12 * keys[k][2] if k >= 0 else KEYS
        bars.append(Bar(tick, max(1, (length + TICK // 2) // TICK), meter_class(numerator, denominator), key))
        tick += length
    return bars


def is_monophonic(stream):
    """Less than one note in twenty begins while another of the stream sounds on."""
    overlaps, end = 0, 0
    for onset, note_end, _, _ in stream.notes:
        overlaps += onset + MIN_NOTE < end
        end = max(end, note_end)
    return overlaps * 20 < len(stream.notes)


def infer_ensemble(score):
    """The ensemble that a score's streams and their names suggest."""
    streams = score.streams
    names = " ".join(s.name.lower() for s in streams)
    if len(streams) == 1:
        return MELODY if is_monophonic(streams[0]) else KEYBOARD
    if len(streams) == 3:
        return SONG if is_monophonic(streams[0]) and not is_monophonic(streams[1]) else ORGAN
    if len(streams) == 4:
        if "viol" in names or "cello" in names:
            return QUARTET
        return VOICES if all(map(is_monophonic, streams)) else KEYBOARD
    return KEYBOARD


def by_height(streams):
    """Indices of `streams` from the highest mean pitch to the lowest (exact, stable)."""
    from fractions import Fraction

    mean = [Fraction(sum(n[2] for n in s.notes), len(s.notes)) for s in streams]
    return sorted(range(len(streams)), key=lambda i: -mean[i])


def assign_parts(score, ensemble):
    """The part of each stream, in stream order; None stands for a split at middle C."""
    n = len(score.streams)
    order = by_height(score.streams)
    parts = [0] * n

    def give(ranked):
        for rank, i in enumerate(order):
            parts[i] = ranked[rank]
        return parts

    if ensemble in (VOICES, QUARTET):
        quartet = {1: [SOPRANO], 2: [SOPRANO, BASS], 3: [SOPRANO, ALTO, BASS]}
        return give(quartet.get(n, [SOPRANO, ALTO, TENOR] + [BASS] * (n - 3)))
    if ensemble == MELODY:
        return [SOPRANO] + [LEFT] * (n - 1)
    if n == 1:
        return [None]
    if ensemble == SONG:
        rest = [i for i in order if i != 0]
        for rank, i in enumerate(rest):
            parts[i] = RIGHT if rank < (len(rest) + 1) // 2 and len(rest) > 1 else LEFT
        parts[0] = SOPRANO
        return parts
    if ensemble == ORGAN and n > 2:
        return give([RIGHT] * (n // 2) + [LEFT] * (n - 1 - n // 2) + [BASS])
    return give([RIGHT] * ((n + 1) // 2) + [LEFT] * (n // 2))


def nearest(table, value):
    """Index of the entry nearest to `value`; the smaller of two equally near."""
    return min(range(len(table)), key=lambda i: (abs(table[i] - value), table[i]))


def grid_position(ticks):
    """Nearest union-grid tick to `ticks` after a bar line."""
    quarter, rest = divmod(ticks, PPQN)
    candidates = UNION + [GRID]
    return quarter * GRID + candidates[nearest([c * TICK for c in candidates], rest)]


def on_union_grid(position):
    return position % 3 == 0 or position % 4 == 0


def grid_notes(score, ensemble):
    """-> bars, notes as sorted (bar, position, -pitch, part, -duration class, -velocity), number dropped."""
    parts = assign_parts(score, ensemble)
    raw = []
    for stream, part in zip(score.streams, parts):
        for onset, end, pitch, velocity in stream.notes:
            chosen = part if part is not None else (RIGHT if pitch >= 60 else LEFT)
            raw.append((onset, end, pitch, chosen, velocity))
    kept = [n for n in raw if LOW <= n[2] <= HIGH and n[1] - n[0] >= MIN_NOTE]
    bars = bars_of(score, max((n[0] for n in kept), default=0))
    notes, b = [], 0
    for onset, end, pitch, part, velocity in sorted(kept):
        while b + 1 < len(bars) and bars[b + 1].start <= onset:
            b += 1
        bar, position = b, grid_position(onset - bars[b].start)
        if position >= bars[b].length:
            bar, position = b + 1, 0
        duration = nearest([d * TICK for d in DURATIONS], end - onset)
        notes.append((bar, position, -pitch, part, -duration, -velocity))
    notes.sort()
    return bars, notes, len(raw) - len(kept)


def legal_shift(shift, position, bar_length, previous_pitch):
    """May the next onset lie `SHIFTS[shift]` after `position`?  `previous_pitch` is that of the
    previous event, 0 if that was no note."""
    if SHIFTS[shift] == 0:
        return previous_pitch != LOW
    target = position + SHIFTS[shift]
    return target < bar_length and on_union_grid(target)


def level_of(velocity):
    return sum(velocity >= edge for edge in LEVEL_EDGES)


def next_shift(memory, position, n_struck):
    """The shift that leads from here to the next note of a remembered bar, or BAR.

    memory: its notes as (position, pitch, duration); n_struck: notes that began at `position`.
    """
    here = sum(p == position for p, _, _ in memory)
    if n_struck < here:
        return 0
    later = [p for p, _, _ in memory if p > position]
    if not later:
        return BAR
    return SHIFTS.index(min(later) - position) if min(later) - position in SHIFTS else BOS


def notes_by_bar(events):
    """-> for each bar its notes as (position, pitch, duration), as many as are remembered"""
    bars = [[] for _ in range(events[-1][5] + 1)]
    for shift, _, pitch, duration, position, bar, _ in events:
        if shift < BAR and len(bars[bar]) < BAR_MEMORY:
            bars[bar].append((position, pitch, duration))
    return bars


def recalled_bars(bars):
    """-> for each bar (a list of notes): the earlier one that it is most like, or None, and a grade.

    Likeness is the share of the notes of both that both have.  The bar just before is no
    recollection: the network is told of it anyway.
    """
    having, sizes, out = {}, [], []  # (position, pitch) -> bars that have it
    for b, bar in enumerate(bars):
        keys = {(p, pitch) for p, pitch, _ in bar}
        shared = collections.Counter(c for key in keys for c in having.get(key, ()) if c < b - 1)
        like = {c: n / (len(keys) + sizes[c] - n) for c, n in shared.items()}
        best = max(like, key=lambda c: (like[c], c), default=None)
        grade = 0 if best is None else sum(like[best] >= edge for edge in RECALL_EDGES)
        out.append((bars[best] if grade else None, grade))
        sizes.append(len(keys))
        for key in keys:
            having.setdefault(key, []).append(b)
    return out


# Columns of an encoded row.  The first four are the event, the others its context just before
# (held notes are given beside, as a set): what the network is told, and the heads.  `level` is
# that of the last note, this one included.  An echo is what the bar before had at this place, a
# recollection what an earlier bar had that this one is like: `_shift` leads on from this row,
# `_duration` is that of this row's pitch at this place.
COLUMNS = (
    ["shift", "part", "pitch", "duration", "position", "bar_length", "meter", "bar", "key"]
    + [f"last_{p}" for p in PARTS]
    + ["level", "echo_shift", "echo_duration", "recall_shift", "recall_duration", "recall"]
)


def encode(score, ensemble=None):
    """-> rows (COLUMNS), sets (held, echo, recollection: bits of pitches for each row), statistics.

    Held are the pitches that sound at the row's onset from events before it; the other two began
    there in the remembered bars.  The first row is BOS; `position` is the onset's own (0 for BOS,
    BAR and END).
    """
    if ensemble is None:
        ensemble = infer_ensemble(score)
    bars, notes, dropped = grid_notes(score, ensemble)
    is_flat = len({n[5] for n in notes}) < 2
    events, n_dropped, moved = place(bars, notes)
    finished = notes_by_bar(events)
    recalled = recalled_bars(finished)
    rows, sets = [], []
    last = [0] * len(PARTS)
    ends = {}  # pitch -> grid tick at which it stops
    bar_starts = [0]
    for b in bars:
        bar_starts.append(bar_starts[-1] + b.length)
    level, n_struck = NO_LEVEL, 0
    for shift, part, pitch, duration, position, bar, velocity in events:
        now = bar_starts[bar] + position
        for p in [p for p, end in ends.items() if end <= now]:
            del ends[p]
        is_note = shift < BAR
        n_struck = n_struck + 1 if is_note and SHIFTS[shift] == 0 else int(is_note)
        if is_note and not is_flat:
            level = level_of(velocity)
        recall, grade = recalled[bar]
        memories = [finished[bar - 1] if bar else [], recall or []]
        columns = []
        for memory in memories:
            same = [d for p, q, d in memory if is_note and (p, q) == (position, pitch)]
            columns += [next_shift(memory, position, n_struck) if memory else END, same[0] if same else NO_DURATION]
        b = bars[min(bar, len(bars) - 1)]
        rows.append(
            (shift, part, pitch, duration, position, b.length, b.meter, bar % 8, b.key, *last, level, *columns, grade)
        )
        began = [sum({1 << (q - LOW) for p, q, _ in memory if p == position}) for memory in memories]
        sets.append((sum(1 << (p - LOW) for p in ends), *began))
        if is_note:
            last[part] = pitch
            ends[pitch] = now + DURATIONS[duration]
    n_bars = events[-1][5]
    return rows, sets, {"dropped": dropped + n_dropped, "moved": moved, "beats": sum(b.length for b in bars[:n_bars]) / GRID}


def place(bars, notes):
    """-> events (shift, part, pitch, duration, position, bar, velocity), BOS first, END last;
    notes dropped; onsets moved to where a shift leads."""
    events = [(BOS, NO_PART, 0, NO_DURATION, 0, 0, 0)]
    bar, position = 0, 0
    previous_pitch, previous_part = 0, NO_PART
    dropped = moved = 0
    for note_bar, target, neg_pitch, part, neg_duration, neg_velocity in notes:
        pitch, duration = -neg_pitch, -neg_duration
        while bar < note_bar:
            bar, position = bar + 1, 0
            previous_pitch, previous_part = 0, NO_PART
            events.append((BAR, NO_PART, 0, NO_DURATION, 0, bar, 0))
        wanted = max(0, target - position)
        legal = [s for s in range(len(SHIFTS)) if legal_shift(s, position, bars[bar].length, previous_pitch)]
        if not legal:
            dropped += 1
            continue
        shift = min(legal, key=lambda s: (abs(SHIFTS[s] - wanted), s))
        moved += SHIFTS[shift] != wanted
        at_same_onset = SHIFTS[shift] == 0 and previous_pitch > 0
        if at_same_onset and (pitch, -part) >= (previous_pitch, -previous_part):
            dropped += 1  # a duplicate, or moved onto an onset where its turn has passed
            continue
        position += SHIFTS[shift]
        events.append((shift, part, pitch, duration, position, bar, -neg_velocity))
        previous_pitch, previous_part = pitch, part
    events.append((BAR, NO_PART, 0, NO_DURATION, 0, bar + 1, 0))
    events.append((END, NO_PART, 0, NO_DURATION, 0, bar + 1, 0))
    return events, dropped, moved
