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
KEYS = 24  # tonic + 12 * minor; KEYS itself means unknown

COMPOSERS = [
    "free", "bach", "mozart", "beethoven", "haydn", "chopin", "schubert", "schumann",
    "brahms", "scarlatti", "debussy", "mendelssohn", "folk", "hymns", "joplin", "scriabin",
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
    for onset, note_end, _ in stream.notes:
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
    """-> bars, notes as sorted (bar, position, -pitch, part, -duration class), number dropped."""
    parts = assign_parts(score, ensemble)
    raw = []
    for stream, part in zip(score.streams, parts):
        for onset, end, pitch in stream.notes:
            chosen = part if part is not None else (RIGHT if pitch >= 60 else LEFT)
            raw.append((onset, end, pitch, chosen))
    kept = [n for n in raw if LOW <= n[2] <= HIGH and n[1] - n[0] >= MIN_NOTE]
    bars = bars_of(score, max((n[0] for n in kept), default=0))
    notes, b = [], 0
    for onset, end, pitch, part in sorted(kept):
        while b + 1 < len(bars) and bars[b + 1].start <= onset:
            b += 1
        bar, position = b, grid_position(onset - bars[b].start)
        if position >= bars[b].length:
            bar, position = b + 1, 0
        duration = nearest([d * TICK for d in DURATIONS], end - onset)
        notes.append((bar, position, -pitch, part, -duration))
    notes.sort()
    return bars, notes, len(raw) - len(kept)


def legal_shift(shift, position, bar_length, previous_pitch):
    """May the next onset lie `SHIFTS[shift]` after `position`?  `previous_pitch` is that of the
    previous event, 0 if that was no note."""
    if SHIFTS[shift] == 0:
        return previous_pitch != LOW
    target = position + SHIFTS[shift]
    return target < bar_length and on_union_grid(target)


# Columns of an encoded row.  The first four are the event, the others its context just before
# (held notes are given beside, as a set): what the network is told, and the heads.
COLUMNS = ["shift", "part", "pitch", "duration", "position", "bar_length", "meter", "bar", "key"] + [f"last_{p}" for p in PARTS]


def encode(score, ensemble=None):
    """-> rows (COLUMNS), held (a bit set of pitches for each row), statistics.

    Held are the pitches that sound at the row's onset from events before it.  The first row is
    BOS; `position` is the onset's own (0 for BOS, BAR and END).
    """
    if ensemble is None:
        ensemble = infer_ensemble(score)
    bars, notes, dropped = grid_notes(score, ensemble)
    rows, held = [], []
    last = [0] * len(PARTS)
    ends = {}  # pitch -> grid tick at which it stops
    bar, position, bar_start = 0, 0, 0
    previous_pitch, previous_part = 0, NO_PART
    moved = 0

    def emit(shift, part=NO_PART, pitch=0, duration=NO_DURATION):
        now = bar_start + position
        for p in [p for p, end in ends.items() if end <= now]:
            del ends[p]
        b = bars[min(bar, len(bars) - 1)]
        rows.append((shift, part, pitch, duration, position, b.length, b.meter, bar % 8, b.key, *last))
        held.append(sum(1 << (p - LOW) for p in ends))

    emit(BOS)
    for note_bar, target, neg_pitch, part, neg_duration in notes:
        pitch, duration = -neg_pitch, -neg_duration
        while bar < note_bar:
            bar_start += bars[bar].length
            bar, position = bar + 1, 0
            previous_pitch, previous_part = 0, NO_PART
            emit(BAR)
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
        emit(shift, part, pitch, duration)
        last[part] = pitch
        ends[pitch] = bar_start + position + DURATIONS[duration]
        previous_pitch, previous_part = pitch, part
    bar_start += bars[bar].length
    bar, position = bar + 1, 0
    emit(BAR)
    emit(END)
    return rows, held, {"dropped": dropped, "moved": moved, "beats": sum(b.length for b in bars[:bar]) / GRID}
