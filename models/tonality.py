# Copyright 2026 The Continuo authors
# SPDX-License-Identifier: ISC
"""Is what the program plays heard in the key that it was wished in?  Beside held-out music:

    python3 models/tonality.py CORPUS build/ui/cli/continuo --model models/NAME.safetensors [--pieces 6] [--set SYMBOL=VALUE]

  in key       share of the sounding time in the key's scale, in minor with the raised sixth and seventh
  away         share of the pieces that are out of the scale for more than a fifth of it
  triad        share of it in the tonic triad
  key          share of the pieces whose key is the one of 24 that a key finder hears (Krumhansl and Schmuckler's correlation
               with the profiles of Kostka and Payne, as in Temperley 2001, "The Cognition of Basic Musical Structures")
  key4, key-   the same of their first four bars, and of each four bars
  fifths       share of the changes of the lowest pitch class from beat to beat that fall a fifth
  leading      share of those whose dominant has its leading note
  tonic        share of those that reach the tonic
"""

import argparse
import pathlib
import tempfile

import numpy as np

import codec
import compare
import form
from excerpts import END, ONSET, PITCH

# From 0, the tonic
PROFILES = [
    [0.748, 0.060, 0.488, 0.082, 0.670, 0.460, 0.096, 0.715, 0.104, 0.366, 0.057, 0.400],
    [0.712, 0.084, 0.474, 0.618, 0.049, 0.460, 0.105, 0.747, 0.404, 0.067, 0.133, 0.330],
]
SCALES = [{0, 2, 4, 5, 7, 9, 11}, {0, 2, 3, 5, 7, 8, 9, 10, 11}]
TURNED = np.array([np.roll(profile, tonic) for profile in PROFILES for tonic in range(12)])
AWAY = 0.2
LONGEST = 2 * codec.GRID  # a note counts for no more: pedals would be all
COLUMNS = ["in key", "away", "triad", "key", "key4", "key-", "fifths", "leading", "tonic"]


def classes(music, begin, end):
    """Sounding time of each pitch class of the notes that begin in the bars from `begin` to `end`."""
    first, last = music.lines[begin], music.lines[min(end, music.n_bars)]
    notes = music.notes[(music.notes[:, ONSET] >= first) & (music.notes[:, ONSET] < last)]
    return np.bincount(notes[:, PITCH] % 12, np.minimum(notes[:, END] - notes[:, ONSET], LONGEST), 12)


def heard_key(time):
    return int(np.argmax([np.corrcoef(profile, time)[0, 1] for profile in TURNED]))


def fifths(music, key):
    """-> (changes of the bass, of those the falling fifths, with a leading note, to the tonic)"""
    beats = form.beats_of(music)
    moves = [(before, here) for before, here in zip(beats, beats[1:]) if before[1] != here[1]]
    falls = [(before, here) for before, here in moves if before[1] == (here[1] + 7) % 12]
    return np.array([
        len(moves), len(falls), sum((here[1] + 11) % 12 in before[2] for before, here in falls), sum(here[1] == key % 12 for _, here in falls)
    ])  # fmt: skip


def of_excerpts(excerpts):
    """-> the COLUMNS, or nan"""
    rows, counts = [], np.zeros(4)
    for music in excerpts:
        key = int(music.keys[0])
        whole, first = classes(music, 0, music.n_bars), classes(music, 0, form.PHRASE)
        if key >= codec.KEYS or not first.any():
            continue
        counts += fifths(music, key)
        at = (np.arange(12) - key) % 12
        phrases = [classes(music, bar, bar + form.PHRASE) for bar in range(0, music.n_bars - form.PHRASE + 1, form.PHRASE)]
        in_key = whole[[d in SCALES[key // 12] for d in at]].sum() / whole.sum()
        rows.append([
            in_key,
            in_key < 1 - AWAY,
            whole[[d in (form.TRIADS[0] if key < 12 else {0, 3, 7}) for d in at]].sum() / whole.sum(),
            heard_key(whole) == key,
            heard_key(first) == key,
            np.mean([heard_key(time) == key for time in phrases if time.any()]),
        ])  # fmt: skip
    moves, falls, leading, tonic = np.maximum(counts, 1e-9)
    return [*np.mean(rows, 0), falls / moves, leading / falls, tonic / falls] if rows else [np.nan] * len(COLUMNS)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus")
    parser.add_argument("program")
    parser.add_argument("--model", help="a model file other than the built-in one")
    parser.add_argument("--set", action="append", default=[], metavar="SYMBOL=VALUE", help="for all pieces")
    parser.add_argument("--pieces", type=int, default=6, metavar="N", help="of each style (6)")
    parser.add_argument("--cache", default=pathlib.Path(tempfile.gettempdir()) / "continuo-compare", metavar="FOLDER")
    args = parser.parse_args()
    args.keep = None

    styles = compare.styles_of(args.program, args.model)
    train, valid = (compare.Corpus(args.corpus, split, args.cache) for split in ("train", "valid"))
    known = compare.references(styles, train, valid, 12, args.cache, form.ending)
    print("| style | " + " | ".join(COLUMNS) + " |\n" + "|---" * (1 + len(COLUMNS)) + "|")
    rows = []
    for name, _, ensemble in styles:
        if name in known:
            real = known[name].real.excerpts
            rows.append((of_excerpts(compare.generate(args, name, ensemble, real, args.set).excerpts), of_excerpts(real)))
            print(f"| {name} | " + " | ".join(f"{a:.2f} / {b:.2f}" for a, b in zip(*rows[-1])) + " |", flush=True)
    print("| mean | " + " | ".join(f"{a:.2f} / {b:.2f}" for a, b in zip(*np.nanmean(rows, 0))) + " |")


if __name__ == "__main__":
    main()
