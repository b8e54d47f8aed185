# Copyright 2026 The Continuo authors
# SPDX-License-Identifier: ISC
"""Loops, returns, drift, silence, phrase ends, cadences and endings of an excerpt.

Two bars are alike if the sets of their (tick in the bar, pitch), or for the rhythm alone of their
ticks, have a Jaccard index of 0.8 or more.

  REP             share of bars (with notes) like one of the 16 before
  recall d        of the bars with one d before them, the share that is like it; rhythm d the same
                  of the rhythm
  LOOP            share of bars in a run of four or more equal bars
  run             longest run of equal bars
  again           share of bars equal to an earlier one of the excerpt
  drift           log2 of the density of the second half over the first
  silence         longest run of bars that one of its parts (hands) does not sound in
  pause           longest run of bars that nothing sounds in
  held4 ...       share of bars whose longest wait for the next note of the melody is more than twice
                  the mean wait in the four bars up to there: of each 4th bar that is not
                  an 8th, of each 8th, of the others
  tonic4 ...      the same: share whose melody note of the longest wait is in the tonic triad
  cadence4 ...    the same: share with an authentic cadence in whatever key: a beat over a bass that
                  is the fifth of the next beat's, with the leading note, then nothing but the triad.
                  Of a single melody there are none to tell

The melody is the first of soprano and right hand that the piece has.
"""

import numpy as np

import codec
from excerpts import END, ONSET, PART, PITCH

ALIKE = 0.8
FAR = 16  # bars back that REP looks
DISTANCES = [1, 2, 4, 8, 16]
LOOP = 4  # bars
HELD, HELD_AT_END = 2, 1.5  # times the mean
PHRASE, PERIOD = 4, 8  # bars
TRIADS = [{0, 4, 7}, {0, 3, 4, 7}]  # of major; of minor, which may end in major
CADENCE_WAIT = 4  # beats that the dominant may lie before its tonic


def top_line(notes):
    """The highest note of each onset."""
    return notes[np.unique(notes[:, ONSET], return_index=True)[1]]


def melody(music):
    """Top line of the leading part."""
    for part in (codec.SOPRANO, codec.RIGHT):
        mine = music.notes[music.notes[:, PART] == part]
        if part in music.parts and len(mine):
            return top_line(mine)
    return top_line(music.notes)


def bars_of(music):
    """For each bar the sets of its (tick, pitch) and of its ticks."""
    pitches = [set() for _ in range(music.n_bars)]
    bar = np.searchsorted(music.lines, music.notes[:, ONSET], side="right") - 1
    for b, tick, pitch in zip(bar.tolist(), (music.notes[:, ONSET] - music.lines[bar]).tolist(), music.notes[:, PITCH].tolist()):
        pitches[b].add((tick, pitch))
    return pitches, [{tick for tick, _ in bar} for bar in pitches]


def alike(bars):
    """[i, d] bool: is bar i like the one d before?"""
    table = np.zeros((len(bars), FAR + 1), bool)
    for i, bar in enumerate(bars):
        for d in range(1, min(i, FAR) + 1):
            other = bars[i - d]
            table[i, d] = bool(bar and other) and len(bar & other) >= ALIKE * len(bar | other)
    return table


def returns(music):
    pitches, rhythms = bars_of(music)
    full = np.array([bool(b) for b in pitches])
    out = {}
    for name, bars in (("recall", pitches), ("rhythm", rhythms)):
        table = alike(bars)
        if name == "recall":
            out["REP"] = float(table[1:].any(1)[full[1:]].mean())
        for d in DISTANCES:
            mine = table[d:, d][full[d:]]
            out[f"{name}{d}"] = float(mine.mean()) if len(mine) else np.nan
    runs, seen, n_again = np.ones(len(pitches), int), set(), 0
    for i, bar in enumerate(map(frozenset, pitches)):
        if i and bar and bar == pitches[i - 1]:
            runs[i] = runs[i - 1] + 1
        n_again += bool(bar) and bar in seen
        seen.add(bar)
    looped = sum(run if run == LOOP else 1 for run in runs if run >= LOOP)
    return {**out, "LOOP": looped / len(runs), "run": int(runs.max()), "again": n_again / max(1, full.sum())}


def longest(flags):
    best = run = 0
    for flag in flags:
        run = run + 1 if flag else 0
        best = max(best, run)
    return best


def silent_bars(music, notes):
    """Bool of each bar: none of `notes` sounds in it."""
    change = np.zeros(music.n_bars + 1, int)
    first = np.searchsorted(music.lines, notes[:, ONSET], side="right") - 1
    last = np.searchsorted(music.lines, notes[:, END], side="left")
    np.add.at(change, first, 1)
    np.add.at(change, np.minimum(last, music.n_bars), -1)
    return np.cumsum(change)[:-1] == 0


def drift(music):
    middle = music.lines[music.n_bars // 2]
    first = (music.notes[:, ONSET] < middle).sum() / middle
    second = (music.notes[:, ONSET] >= middle).sum() / (music.lines[-1] - middle)
    return float(np.log2((second * codec.GRID + 1e-3) / (first * codec.GRID + 1e-3)))


def triad(key):
    """Pitch classes of a key's tonic triad."""
    return {(key + step) % 12 for step in TRIADS[int(key) // 12]}


def phrase_ends(music):
    """For each bar: is a melody note held in it, and is that in the tonic triad?"""
    line = melody(music)
    waits = np.diff(np.append(line[:, ONSET], music.lines[-1]))
    at = np.searchsorted(line[:, ONSET], music.lines)
    held, tonic = np.full(music.n_bars, np.nan), np.full(music.n_bars, np.nan)
    for b in range(PHRASE - 1, music.n_bars):
        begin, end = at[b], at[b + 1]
        if begin == end:
            continue
        around = waits[at[b - PHRASE + 1] : end]
        longest_one = begin + int(waits[begin:end].argmax())
        held[b] = waits[longest_one] > HELD * around.mean()
        if music.keys[b] < codec.KEYS:
            tonic[b] = line[longest_one, PITCH] % 12 in triad(music.keys[b])
    return held, tonic


def beats_of(music):
    """For each beat its bar, the pitch class of its lowest note, the classes that sound in it and
    those that sound as it begins."""
    onsets, ends, pitches = (music.notes[:, c] for c in (ONSET, END, PITCH))
    out = []
    for b in range(music.n_bars):
        beat = codec.GRID * 3 // 2 if codec.METERS[music.meters[b]] in ("6/8", "9/8", "12/8", "3/8") else codec.GRID
        for begin in range(int(music.lines[b]), int(music.lines[b + 1]), beat):
            inside = (onsets < min(begin + beat, music.lines[b + 1])) & (ends > begin)
            if inside.any():
                start = inside & (onsets <= begin)
                out.append((b, int(pitches[inside].min()) % 12, set((pitches[inside] % 12).tolist()), set((pitches[start] % 12).tolist())))
    return out


def cadences(music):
    """Bool of each bar: does an authentic cadence reach its goal in it?"""
    found = np.zeros(music.n_bars)
    beats = beats_of(music)
    for i, (bar, bass, _, start) in enumerate(beats):
        shape = {(c - bass) % 12 for c in start}
        if not (shape <= {0, 4, 7} or shape <= {0, 3, 7}) or 0 not in shape:
            continue
        for back in range(1, min(i, CADENCE_WAIT) + 1):
            _, before, classes, _ = beats[i - back]
            if before != bass:
                found[bar] += before == (bass + 7) % 12 and (bass + 11) % 12 in classes
                break
    return found > 0


def by_phrase(name, values):
    """Means over each 4th bar that is no 8th, each 8th, the others."""
    bar = np.arange(1, len(values) + 1)
    at = {f"{name}4": (bar % PHRASE == 0) & (bar % PERIOD != 0), f"{name}8": bar % PERIOD == 0, f"{name}-": bar % PHRASE != 0}
    known = ~np.isnan(values)
    return {key: float(values[mask & known].mean()) if (mask & known).any() else np.nan for key, mask in at.items()}


def of_excerpt(music):
    held, tonic = phrase_ends(music)
    single = len(music.parts) == 1
    cadence = np.full(music.n_bars, np.nan) if single else cadences(music).astype(float)
    return {
        **returns(music),
        "drift": drift(music),
        "silence": max(longest(silent_bars(music, music.notes[music.notes[:, PART] == part])) for part in music.parts),
        "pause": longest(silent_bars(music, music.notes)),
        **by_phrase("held", held),
        **by_phrase("tonic", tonic),
        **by_phrase("cadence", cadence),
        "cadence": float(cadence.mean()),
    }


def ending(music):
    """How a whole piece ends: `end tonic` the last sounding notes are the tonic triad, over the tonic;
    `end held` the last onset sounds 1.5 times the mean wait between onsets of its last eight bars;
    `end beat` it lies on the bar line or in the middle of the bar."""
    onsets = np.unique(music.notes[:, ONSET])
    last = int(onsets[-1])
    at_end = music.notes[(music.notes[:, ONSET] <= last) & (music.notes[:, END] > last)]
    bar = min(int(np.searchsorted(music.lines, last, side="right")) - 1, music.n_bars - 1)
    key = int(music.keys[bar])
    recent = np.diff(onsets[onsets >= music.lines[max(0, bar - PERIOD)]])
    place, length = last - music.lines[bar], music.lines[bar + 1] - music.lines[bar]
    classes = set((at_end[:, PITCH] % 12).tolist())
    tonic = np.nan if key >= codec.KEYS else float(classes <= triad(key) and at_end[:, PITCH].min() % 12 == key % 12)
    return {
        "end tonic": tonic,
        "end held": float((at_end[:, END] - last).max() > HELD_AT_END * recent.mean()) if len(recent) else np.nan,
        "end beat": float(place in (0, length // 2)),
    }
