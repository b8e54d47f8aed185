# Copyright 2026 The Continuo authors
# SPDX-License-Identifier: ISC
"""Does a classifier that never saw the network hear whose style a piece was asked for?

    python3 models/style.py DATA build/ui/cli/continuo [--pieces 12] [--presets]

A naive Bayes classifier over melodic intervals, rhythms, chords and scale degrees learns the
composers' keyboard music of the training split (and the quartets, hymns and tunes of those who
are known for them).  It is asked about windows of the validation split and about pieces that
the program plays, in keys and meters of the composer's own, or by its presets; nothing of it is used
to train or to tune the network.
"""

import argparse
import collections
import math
import pathlib
import subprocess
import tempfile

import numpy as np

import codec
import smf
from dataset import COLUMN, Dataset
from examples import presets_by_style
from export import STYLES

WINDOW = 300  # notes
TONICS = ["C", "C#", "D", "Eb", "E", "F", "F#", "G", "Ab", "A", "Bb", "B"]
BARS = 48
SMOOTHING = 0.3
AIM = 0.85


def features(rows):
    """Lists of feature names, one for each note; none tells the key or the register."""
    out, before, onset = [], {}, []
    for row in rows:
        shift, part, pitch, duration, position = (int(v) for v in row[:5])
        if part == codec.NO_PART:
            continue
        key, last = int(row[COLUMN["key"]]), int(row[COLUMN["last_right"] + part])
        if shift >= len(codec.SHIFTS) or codec.SHIFTS[shift]:
            onset = []
        interval = max(-13, min(13, pitch - last)) if last else 99
        names = [
            ("melody", part, interval, duration),
            ("motion", part, before.get(part, 99), interval),
            ("rhythm", shift, duration, position % codec.GRID),
            ("chord", len(onset), (onset[0] - pitch) % 12 if onset else 99),
        ]
        if key < codec.KEYS:
            names.append(("degree", key // 12, (pitch - key) % 12))
        out.append(names)
        before[part] = interval
        onset.append(pitch)
    return out


class NaiveBayes:
    def __init__(self, labelled):
        self.counts, self.totals, self.names = {}, {}, collections.Counter()
        for label, notes in labelled:
            counts = self.counts.setdefault(label, collections.Counter())
            for names in notes:
                counts.update(names)
        for label, counts in self.counts.items():
            self.names.update(counts.keys())
            self.totals[label] = collections.Counter()
            for name, n in counts.items():
                self.totals[label][name[0]] += n
        self.kinds = collections.Counter(name[0] for name in self.names)

    def classify(self, notes):
        def log_likelihood(label):
            counts, totals = self.counts[label], self.totals[label]
            return sum(
                math.log((counts[name] + SMOOTHING) / (totals[name[0]] + SMOOTHING * self.kinds[name[0]]))
                for names in notes
                for name in names
            )

        return max(self.counts, key=log_likelihood)


def windows(notes):
    return [notes[i : i + WINDOW] for i in range(0, max(1, len(notes) - WINDOW // 2), WINDOW)]


def real(data, split, styles):
    """-> (label, notes) of every piece in its composer's ensemble"""
    dataset = Dataset(data, split)
    labels = {(codec.COMPOSERS.index(composer), ensemble): name for name, composer, ensemble in styles}
    for piece in dataset.pieces:
        label = labels.get((piece["composer"], piece["ensemble"]))
        if label:
            yield label, features(np.asarray(dataset.rows[piece["begin"] : piece["end"]]))


def begun(data, composer, ensemble, n):
    """Keys and meters that `n` pieces of the training split begin in, spread over all there are."""
    dataset = Dataset(data, "train")
    wanted = codec.COMPOSERS.index(composer), ensemble
    first = [dataset.rows[p["begin"]] for p in dataset.pieces if (p["composer"], p["ensemble"]) == wanted]
    fit = [(int(r[COLUMN["key"]]), codec.METERS[r[COLUMN["meter"]]]) for r in first]
    fit = [(key, meter) for key, meter in fit if key < codec.KEYS and meter != "other"]
    return [fit[i * len(fit) // n] for i in range(n)]


def played(data, program, styles, n, options):
    """-> (label, notes) of `n` pieces of each style, as the program plays them"""
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "piece.mid"
        for name, composer, ensemble in styles:
            for seed, (key, meter) in enumerate(begun(data, composer, ensemble, n)):
                named = f"{TONICS[key % 12]} {'minor' if key >= 12 else 'major'}"
                command = [program, "generate", "--style", name, "--seed", str(100 + seed), "--bars", str(BARS), "--key", named, "--meter", meter]
                subprocess.run([*command, *options, "-o", path], check=True)
                rows, _, _ = codec.encode(smf.read(path), ensemble)
                yield name, features(np.array(rows))


def played_by_presets(program, styles, n, options):
    """-> (preset, notes) of `n` pieces of each preset"""
    ensembles = {name: ensemble for name, _, ensemble in styles}
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "piece.mid"
        for style, presets in presets_by_style().items():
            for preset in presets if style in ensembles else ():
                for seed in range(100, 100 + n):
                    command = [program, "generate", "--preset", preset, "--seed", str(seed), "--bars", str(BARS)]
                    subprocess.run([*command, *options, "-o", path], check=True)
                    rows, _, _ = codec.encode(smf.read(path), ensembles[style])
                    yield preset, features(np.array(rows))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data")
    parser.add_argument("program")
    parser.add_argument("--pieces", type=int, default=12)
    parser.add_argument("--set", action="append", default=[], metavar="SYMBOL=VALUE", help="for all pieces")
    parser.add_argument("--presets", action="store_true", help="the program's presets, not its styles")
    parser.add_argument("--model", help="a model file other than the built-in one")
    args = parser.parse_args()
    classifier = NaiveBayes(real(args.data, "train", STYLES))
    styles = [s for s in STYLES if s[0] in classifier.counts]

    def listen(labelled):
        """label -> the style heard in each of its windows"""
        heard = collections.defaultdict(list)
        for label, notes in labelled:
            heard[label] += [classifier.classify(window) for window in windows(notes)]
        return heard

    options = [*(["--model", args.model] if args.model else []), *(o for s in args.set for o in ("--set", s))]
    if args.presets:
        print("| preset | heard as its style | windows | heard most |\n|---|---|---|---|")
        for preset, heard in listen(played_by_presets(args.program, styles, args.pieces, options)).items():
            most = ", ".join(f"{h} {n}" for h, n in collections.Counter(heard).most_common(3))
            share_heard = np.mean([h == preset.split(" - ")[0] for h in heard])
            print(f"| {preset} | {share_heard:.2f} | {len(heard)} | {most} |")
        return

    of_real = listen(real(args.data, "valid", styles))
    of_played = listen(played(args.data, args.program, styles, args.pieces, options))
    def share(heard, name):
        return np.mean([h == name for h in heard[name]]) if heard[name] else float("nan")

    print(f"{len(styles)} styles, chance {1 / len(styles):.2f}; windows of {WINDOW} notes")
    print("| style | real | windows | played | windows | heard most |\n|---|---|---|---|---|---|")
    for name, _, _ in styles:
        most = ", ".join(f"{h} {n}" for h, n in collections.Counter(of_played[name]).most_common(3))
        print(f"| {name} | {share(of_real, name):.2f} | {len(of_real[name])} | {share(of_played, name):.2f} | {len(of_played[name])} | {most} |")
    ratios = [share(of_played, name) / share(of_real, name) for name, _, _ in styles if share(of_real, name) > 0]
    mean = [np.nanmean([share(of, name) for name, _, _ in styles]) for of in (of_real, of_played)]
    print(f"| mean | {mean[0]:.2f} | | {mean[1]:.2f} | | |")
    print(f"{sum(r >= AIM for r in ratios)} styles are heard at {AIM} of the rate of real pieces or better")


if __name__ == "__main__":
    main()
