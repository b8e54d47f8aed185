# Copyright 2026 The Continuo authors
# SPDX-License-Identifier: ISC
"""The compact set: what an excerpt is like, in numbers that others publish too.

All are to be matched, not maximised.  By excerpt (of_excerpt):

  H1, H4   bits of the pitch classes in 1 (4) bars, mean over those with notes
           (Wu and Yang 2020, "The Jazz Transformer on the Front Line": H1, H4)
  SC       share of notes in the best of 24 scales, major and natural minor
           (Mogren 2016; MusPy, scale_consistency)
  GS       1 - mean Hamming distance of neighbouring bars' onsets, at multiples of a 16th and of
           a triplet eighth; bars of unequal length are left out (the same paper: GS)
  EBR      share of quarters without a sounding note (Dong et al. 2018, MuseGAN: EB; MusPy)
  POLY     mean number of sounding notes where there is one (MusPy, polyphony)
  POLY3    share of the sounding time with three notes or more
  DENS     notes a quarter; DENSsd: its standard deviation over bars
  REP      share of bars that are like one of the 16 before, see form.py
  PITCH, LENGTH, STEP   mean pitch, duration in quarters, melodic interval of the top line

By style, from many excerpts:

  HIST     Jensen-Shannon divergence in bits of the histograms of HISTOGRAMS
  OA       overlapping area of the excerpts' values, over OVERLAP (Yang and Lerch 2018, mgeval; here
           on one common grid of 20 bins between the 1st and 99th percentile)
  DIV      1 - mean pairwise Jaccard index of the 8-grams of top-line intervals and rhythms
  gap z    mean over GATE of |mean - mean_real| / sd_real, each at most 4
"""

import itertools

import numpy as np

import codec
import form
from excerpts import END, ONSET, PITCH
from measure import MAJOR, NATURAL_MINOR

GATE = ["H1", "SC", "GS", "EBR", "POLY", "DENS", "REP"]
OVERLAP = ["H1", "SC", "GS", "POLY", "DENS", "PITCH", "LENGTH", "STEP"]
HISTOGRAMS = {"class": 12, "duration": 193, "shift": 193, "step": 49, "chord": 12, "place": codec.MAX_BAR}
# Where real music hardly varies (a tune's polyphony), a hair's breadth is not four deviations
LEAST_SD = {"H1": 0.05, "SC": 0.01, "GS": 0.01, "EBR": 0.01, "POLY": 0.05, "DENS": 0.1, "REP": 0.02}
MOST_Z = 4
N_BINS = 20
NGRAM = 8

_SCALES = np.array([[(step - tonic) % 12 in scale for step in range(12)] for tonic in range(12) for scale in (MAJOR, NATURAL_MINOR)])


def entropy(counts):
    share = counts[counts > 0] / counts.sum()
    return float(-(share * np.log2(share)).sum())


def class_entropy(music, n_bars):
    """Mean over windows of `n_bars` bars."""
    window = np.searchsorted(music.lines[::n_bars], music.notes[:, ONSET], side="right") - 1
    table = np.zeros((music.n_bars, 12))
    np.add.at(table, (window, music.notes[:, PITCH] % 12), 1)
    return float(np.mean([entropy(row) for row in table if row.any()]))


def grooving(music):
    patterns = []
    for begin, end in itertools.pairwise(music.lines):
        bar = np.zeros(end - begin, bool)
        onsets = music.notes[:, ONSET]
        bar[onsets[(onsets >= begin) & (onsets < end)] - begin] = True
        place = np.arange(end - begin)
        patterns.append(bar[(place % 6 == 0) | (place % 8 == 0)])
    alike = [1 - np.mean(a != b) for a, b in itertools.pairwise(patterns) if len(a) == len(b)]
    return float(np.mean(alike)) if alike else np.nan


def sounding(music):
    """Number of sounding notes at each tick."""
    end = music.lines[-1]
    change = np.zeros(end + 1, int)
    np.add.at(change, music.notes[:, ONSET], 1)
    np.add.at(change, np.minimum(music.notes[:, END], end), -1)
    return np.cumsum(change)[:end]


def of_excerpt(music):
    """Name -> number."""
    notes, end = music.notes, music.lines[-1]
    held = sounding(music)
    quarters = held[: end // codec.GRID * codec.GRID].reshape(-1, codec.GRID)
    bar = np.searchsorted(music.lines, notes[:, ONSET], side="right") - 1
    by_bar = np.bincount(bar, minlength=music.n_bars) * codec.GRID / np.diff(music.lines)
    classes = np.bincount(notes[:, PITCH] % 12, minlength=12)
    top = form.top_line(notes)
    return {
        "H1": class_entropy(music, 1),
        "H4": class_entropy(music, 4),
        "SC": float((_SCALES @ classes).max() / classes.sum()),
        "GS": grooving(music),
        "EBR": float((quarters.max(1) == 0).mean()),
        "POLY": float(held[held > 0].mean()),
        "POLY3": float((held[held > 0] >= 3).mean()),
        "DENS": float(len(notes) * codec.GRID / end),
        "DENSsd": float(by_bar.std()),
        "PITCH": float(notes[:, PITCH].mean()),
        "LENGTH": float((notes[:, END] - notes[:, ONSET]).mean() / codec.GRID),
        "STEP": float(np.abs(np.diff(top[:, PITCH])).mean()) if len(top) > 1 else np.nan,
        **form.of_excerpt(music),
    }


def histograms(music):
    """Name -> counts: pitch class from the tonic, duration, shift to the next onset, step of the
    top line, interval over the lowest sounding note mod 12, place of the onset in its bar."""
    notes = music.notes
    bar = np.searchsorted(music.lines, notes[:, ONSET], side="right") - 1
    keys = music.keys[bar]
    known = keys < codec.KEYS
    lowest = np.full(music.lines[-1] + 1, 128)
    for onset, end, pitch in notes[:, : PITCH + 1]:
        np.minimum(lowest[onset:end], pitch, out=lowest[onset:end])
    over = notes[:, PITCH] - lowest[notes[:, ONSET]]
    values = {
        "class": (notes[known, PITCH] - keys[known]) % 12,
        "duration": notes[:, END] - notes[:, ONSET],
        "shift": np.diff(np.unique(notes[:, ONSET])),
        "step": np.clip(np.diff(form.top_line(notes)[:, PITCH]), -24, 24) + 24,
        "chord": over[over > 0] % 12,
        "place": notes[:, ONSET] - music.lines[bar],
    }
    return {name: np.bincount(np.minimum(v, HISTOGRAMS[name] - 1), minlength=HISTOGRAMS[name]) for name, v in values.items()}


def divergence(a, b):
    """Jensen-Shannon, bits, of two counts."""
    if not a.sum() or not b.sum():
        return np.nan
    a, b = a / a.sum(), b / b.sum()
    mean = (a + b) / 2
    return entropy(mean) - (entropy(a) + entropy(b)) / 2


def total(many):
    return {name: np.sum([h[name] for h in many], axis=0) for name in HISTOGRAMS}


def overlap(a, b):
    """Overlapping area of the densities of two lists of numbers."""
    a, b = (np.array(x, float)[~np.isnan(x)] for x in (a, b))
    if not len(a) or not len(b):
        return np.nan
    low, high = np.percentile(np.concatenate([a, b]), [1, 99])
    if low == high:
        return 1.0
    shares = [np.histogram(np.clip(x, low, high), N_BINS, (low, high))[0] / len(x) for x in (a, b)]
    return float(np.minimum(*shares).sum())


def diversity(excerpts):
    """1 - mean pairwise Jaccard index of the top lines' n-grams."""
    sets = []
    for music in excerpts:
        top = form.top_line(music.notes)
        steps = list(zip(np.diff(top[:, PITCH]).tolist(), np.diff(top[:, ONSET]).tolist()))
        sets.append({tuple(steps[i : i + NGRAM]) for i in range(len(steps) - NGRAM + 1)})
    pairs = [len(a & b) / max(1, len(a | b)) for a, b in itertools.combinations(sets, 2)]
    return 1 - float(np.mean(pairs)) if pairs else np.nan


def mean(rows, name):
    values = [row[name] for row in rows if not np.isnan(row[name])]
    return float(np.mean(values)) if values else np.nan


def deviation(rows, name):
    values = [row[name] for row in rows if not np.isnan(row[name])]
    return max(float(np.std(values)) if values else 0.0, LEAST_SD.get(name, 0.01))


def gap(rows, real, spread):
    """-> (gap z, name -> signed deviations).  `spread`: the rows that sd_real is of."""
    z = {name: (mean(rows, name) - mean(real, name)) / deviation(spread, name) for name in GATE}
    return float(np.nanmean([min(MOST_Z, abs(v)) for v in z.values()])), z
