# Copyright 2026 The Continuo authors
# SPDX-License-Identifier: ISC
"""Measure the music of MIDI files, whoever wrote it.

    python3 models/measure.py [--json] FILE.mid...

Each line is a file, the last one the mean of all.  The columns:
  notes, bars  how many; bars are those up to the last note
  in-key       share of notes in the scale of the key signature in force (in minor the raised
               sixth and seventh count as in the scale), nan without one
  grid         share of onsets on a binary 32nd or a triplet 16th
  density      notes a quarter
  poly         mean number of sounding notes, where there is one
  empty        share of quarters without a sounding note
  low, high    lowest and highest pitch
  span         largest distance of notes sounding together in one track, in semitones
  loop         longest run of equal bars, 1 if no two neighbours are equal
  repeat       share of bars that equal an earlier one
  scale        share of notes in the best of 24 scales, the natural minor ones among them
  entropy      bits of the pitch classes of a bar, mean
  double, hang note-ons of a sounding note; notes without an end
Bars are equal if they have the same pitches at the same places.  Empty bars are left out of
loop, repeat and entropy.
"""

import argparse
import json
import math
import sys

import mido
import numpy as np

import smf

GRID = smf.PPQN // 24  # ticks of the finest place an onset can have
BINARY, TERNARY = 3, 4  # of those in a 32nd, in a triplet 16th
MAJOR = {0, 2, 4, 5, 7, 9, 11}
NATURAL_MINOR = {0, 2, 3, 5, 7, 8, 10}
MINOR = NATURAL_MINOR | {9, 11}


def bar_lines(meters, end):
    """Ticks of the bar lines from 0 to the first at or past `end`."""
    lines, at = [0], 0
    while lines[-1] < end:
        while at + 1 < len(meters) and meters[at + 1][0] <= lines[-1]:
            at += 1
        _, numerator, denominator = meters[at]
        lines.append(lines[-1] + 4 * smf.PPQN * numerator // denominator)
    return np.array(lines)


def bars_of(notes, lines):
    """For each bar the set of its (tick in the bar, pitch)."""
    bars = [set() for _ in lines[1:]]
    for onset, _, pitch, _ in notes:
        bar = np.searchsorted(lines, onset, side="right") - 1
        bars[bar].add((int(onset - lines[bar]), pitch))
    return bars


def share_in_key(notes, keys):
    if not keys:
        return math.nan
    ticks = [tick for tick, _, _ in keys]
    n_inside = 0
    for onset, _, pitch, _ in notes:
        _, tonic, mode = keys[max(0, np.searchsorted(ticks, onset, side="right") - 1)]
        n_inside += (pitch - tonic) % 12 in (MINOR if mode else MAJOR)
    return n_inside / len(notes)


def scale_consistency(notes):
    counts = np.bincount([pitch % 12 for _, _, pitch, _ in notes], minlength=12)
    scales = [[(tonic + step) % 12 for step in steps] for tonic in range(12) for steps in (MAJOR, NATURAL_MINOR)]
    return max(counts[scale].sum() for scale in scales) / len(notes)


def entropy(bar):
    share = np.bincount([pitch % 12 for _, pitch in bar], minlength=12) / len(bar)
    return -sum(p * math.log2(p) for p in share if p)


def sounding(notes, end):
    """Number of sounding notes at every place of the grid."""
    change = np.zeros(end // GRID + 2)
    for onset, off, _, _ in notes:
        change[onset // GRID] += 1
        change[max(off // GRID, onset // GRID + 1)] -= 1
    return np.cumsum(change)[: end // GRID]


def widest_span(streams):
    widest = 0
    for stream in streams:
        held = []
        for onset, off, pitch, _ in sorted(stream.notes):
            held = [(o, p) for o, p in held if o > onset] + [(off, pitch)]
            pitches = [p for _, p in held]
            widest = max(widest, max(pitches) - min(pitches))
    return widest


def longest_loop(bars):
    longest, run = 0, 0
    for i, bar in enumerate(bars):
        run = run + 1 if i and bar == bars[i - 1] else 1
        longest = max(longest, run if bar else 0)
    return longest


def share_repeated(bars):
    seen, n_repeated, n_bars = set(), 0, 0
    for bar in map(frozenset, bars):
        n_bars += bool(bar)
        n_repeated += bool(bar) and bar in seen
        seen.add(bar)
    return n_repeated / n_bars


def ill_formed(path):
    """Number of note-ons of a sounding note, and of notes without an end."""
    n_double = n_hanging = 0
    for track in mido.MidiFile(path, clip=True).tracks:
        held = set()
        for message in track:
            if message.type in ("note_on", "note_off"):
                note = message.channel, message.note
                if message.type == "note_on" and message.velocity:
                    n_double += note in held
                    held.add(note)
                else:
                    held.discard(note)
        n_hanging += len(held)
    return n_double, n_hanging


def measure(path):
    score = smf.read(path)
    notes = sorted(note for stream in score.streams for note in stream.notes)
    if not notes:
        raise ValueError("no notes")
    lines = bar_lines(score.meters, max(off for _, off, _, _ in notes))
    bars = bars_of(notes, lines)
    held = sounding(notes, int(lines[-1]))
    quarters = held[: len(held) // 24 * 24].reshape(-1, 24)
    places = [(onset % smf.PPQN) / GRID for onset, _, _, _ in notes]
    pitches = [pitch for _, _, pitch, _ in notes]
    n_double, n_hanging = ill_formed(path)
    return {
        "notes": len(notes),
        "bars": len(bars),
        "in-key": share_in_key(notes, score.keys),
        "grid": sum(not (p % BINARY and p % TERNARY) for p in places) / len(places),
        "density": len(notes) * smf.PPQN / int(lines[-1]),
        "poly": float(held[held > 0].mean()),
        "empty": float((quarters.max(1) == 0).mean()) if len(quarters) else 0.0,
        "low": min(pitches),
        "high": max(pitches),
        "span": widest_span(score.streams),
        "loop": longest_loop(bars),
        "repeat": share_repeated(bars),
        "scale": float(scale_consistency(notes)),
        "entropy": float(np.mean([entropy(bar) for bar in bars if bar])),
        "double": n_double,
        "hang": n_hanging,
    }


def print_table(rows):
    columns = list(rows[0][1])
    print(" ".join(f"{column:>8}" for column in columns))
    if len(rows) > 1:
        rows = [*rows, ("mean", {c: float(np.nanmean([r[c] for _, r in rows])) for c in columns})]
    for name, row in rows:
        print(" ".join(f"{row[c]:8d}" if isinstance(row[c], int) else f"{row[c]:8.3f}" for c in columns), name)


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--json", action="store_true")
    parser.add_argument("files", nargs="+", metavar="FILE.mid")
    args = parser.parse_args()

    rows, status = [], 0
    for path in args.files:
        try:
            rows.append((path, measure(path)))
        except (OSError, EOFError, ValueError, KeyError) as error:
            print(f"measure: {path}: {error or type(error).__name__}", file=sys.stderr)
            status = 2
    if args.json:
        json.dump([{"path": path, **row} for path, row in rows], sys.stdout, indent=1)
        print()
    elif rows:
        print_table(rows)
    return status


if __name__ == "__main__":
    sys.exit(main())
