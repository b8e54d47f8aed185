# Copyright 2026 The Continuo authors
# SPDX-License-Identifier: ISC
"""The older designs and the house model in one table.

    python3 models/older/compare.py CORPUS DATA build/ui/cli/continuo [--pieces 12] [--out models/older/table.md]

Held-out music is the corpus' valid split.  Each design plays `--pieces` pieces of 32 bars in keys and
meters of held-out excerpts of its kind of music, and so does the house in its style of that music;
models/metrics.py says what is measured of them.  What was found is kept in --cache, so that only what
has changed is done again.
"""

import argparse
import hashlib
import json
import pathlib
import subprocess
import sys
import tempfile
import time

sys.path[0] = str(pathlib.Path(__file__).parent.parent)

import numpy as np
import torch

import codec
import compare
import metrics
import quality
import score
import tables
from dataset import Conditions, Dataset
from excerpts import Corpus, draw
from network import SCORED, pitch_mask, shift_mask
from older import evaluate, losses, networks
from older.music import PART
from reference import MOST, SEED, Reference, Set
from reference import _kept as kept

HERE = pathlib.Path(__file__).parent
HOUSE = HERE.parent / "house.safetensors"
STEPS, WARM = 300, 20  # of a network that is timed
HOUSE_EVERY = 4  # so many held-out pieces apart are those that the house is asked
PLAYED = [*metrics.GATE, "LOOP", "PITCH", "STEP"]
MADE_OF = ["older/evaluate.py", "metrics.py", "form.py", "excerpts.py"]  # what kept results depend on beside files
MARKS = {"two_clefs": " *", "three_models": " *", "symbols_vae": " †"}
MUSIC = {  # what a design is held against: ensemble, composers (all if None), styles in which the house plays it
    "quartets": (codec.QUARTET, None, ["Haydn", "Mendelssohn"]),
    "Chopin": (codec.KEYBOARD, ["chopin"], ["Chopin"]),
    "keyboard": (codec.KEYBOARD, [c for c in codec.COMPOSERS if c not in ("free", "polish")], ["Bach", "Mozart", "Beethoven", "Chopin", "Schubert", "Scarlatti"]),
    "tunes": (codec.MELODY, ["folk"], ["Irish folk"]),
}
PLAYS = {  # file: the music it is held against
    "four_features": "quartets",
    "two_clefs": "Chopin",
    "regression": "tunes",
    "regression_large": "tunes",
    "three_models": "keyboard",
    "symbols_attention": "tunes",
    "symbols_gru": "tunes",
    "symbols_vae": "tunes",
}


def is_of(music, about):
    ensemble, composers, _ = MUSIC[music]
    return about["ensemble"] == ensemble and (composers is None or codec.COMPOSERS[about["composer"]] in composers)


def asked(design, models):
    """A call for each network that one event asks: what it carries on -> what it carries on."""
    calls = []
    for name, model in models.items():
        model.eval()
        first = losses.single_precision(torch.from_numpy(losses.first_row(design, name)))[None, None]
        if design.KIND == "symbols_vae":
            z = torch.zeros(1, model.arguments["latent"])
            calls.append(lambda state, m=model, x=first, z=z: m.decoder(x, z, state)[1])
        elif design.KIND == "symbols_attention":
            calls.append(lambda _, m=model, x=first.expand(1, model.arguments["window"], 1): m(x).zero_())
        else:
            calls.append(lambda state, m=model, x=first: m(x, state)[1])
    return calls[:1] if design.KIND == "two_clefs" else calls  # an event is of one clef


@torch.no_grad()
def median_time(calls):
    """Microseconds of one round of calls."""
    states, times = [None] * len(calls), []
    for _ in range(STEPS):
        begin = time.process_time()
        states = [call(state) for call, state in zip(calls, states)]
        times.append(time.process_time() - begin)
    return 1e6 * float(np.median(times[WARM:]))


def c_time(args, path, kind):
    """Microseconds of the same by the program's own kernels, as its bench tells."""
    run = subprocess.run([args.program, "bench", "--json", "step", *(["--model", path] if path else [])], check=True, capture_output=True, text=True)
    hot = {name.removeprefix("step_"): way["hot_us"] for name, way in json.loads(run.stdout).items()}
    parts = {"two_clefs": ["treble"], "three_models": ["notes", "offsets", "durations"], "symbols_vae": ["decoder"]}.get(kind)
    if parts:
        return sum(hot[f"{name}_own"] for name in parts)
    # The house is measured with every kernel that the processor has; it plays with the fastest
    return hot["own"] if "own" in hot else min(us for name, us in hot.items() if name not in ("read", "openblas"))


def bits_per_quarter(design, result):
    """Of all that the design's classes say of its held-out pieces."""
    beats = sum(piece.beats for piece, _ in design.coded("valid"))
    if design.KIND == "symbols_vae":
        return result["bound"]["nats"] * 4 / np.log(2)  # a step is a quarter of a quarter
    kept = [r for name, r in result.items() if name != "of these keys"]
    return sum(r["nats"] * r["rows"] for r in kept) / np.log(2) / beats


def same_pieces(design, music):
    """Paths of the design's held-out pieces that the house can be asked too; of tunes, those without chords."""
    pieces = [piece for piece, _ in design.coded("valid") if is_of(music, vars(piece))]
    return {p.path for p in pieces if music != "tunes" or (p.notes[:, PART] == codec.SOPRANO).all()}


class House:
    def __init__(self, data):
        self.model, self.dataset = score.load(HOUSE), Dataset(data, "valid")
        self.every = self.dataset.pieces
        self.weights = sum(p.numel() for p in self.model.parameters())

    def bits_per_quarter(self, paths):
        self.dataset.pieces = [p for p in self.every if p["path"] in paths]
        return quality.bits_per_quarter(quality.sums_of(self.model, self.dataset), np.array([p["beats"] for p in self.dataset.pieces]))

    def row(self, args):
        """Of the table, over some held-out pieces of all kinds."""
        self.dataset.pieces = self.every[::HOUSE_EVERY]
        sums, hits = quality.sums_of(self.model, self.dataset), self.hits()
        bits = f"{quality.bits_per_quarter(sums, np.array([p['beats'] for p in self.dataset.pieces])):.2f}"
        by_head = [(100 * hits, ".0f"), (quality.nats_per_note(sums), ".3f")]
        by_head = [", ".join(f"{head} {value:{how}}" for head, value in zip(SCORED, values)) for values, how in by_head]
        count = f"{len(self.dataset.pieces)} of all kinds"
        return ["House", f"{self.weights:,}", *by_head, bits, bits, count, f"{self.step_time():.0f}", f"{c_time(args, None, 'house'):.1f}"]

    @torch.no_grad()
    def hits(self):
        """Share of events by head that the likeliest class hits."""
        sums = np.zeros((len(SCORED), 2))
        for piece in self.dataset.pieces:
            conditions = Conditions(1)
            conditions.set(0, piece)
            x, y = self.dataset.batch(np.arange(piece["begin"] + 1, piece["end"])[None], conditions)
            logits, _ = self.model(x, y)
            masks = {"shift": shift_mask(x), "pitch": pitch_mask(x, y)}
            for i, head in enumerate(SCORED):
                z = logits[head].masked_fill(~masks[head], -1e4) if head in masks else logits[head]
                counts = y["event" if head == "shift" else "note"] > 0
                hit = z.argmax(-1) == y[head] - int(head == "pitch")
                sums[i] += [float((hit & counts).sum()), float(counts.sum())]
        return sums[:, 0] / sums[:, 1]

    def step_time(self):
        x, y = self.dataset.batch(np.array([[self.dataset.pieces[0]["begin"] + 2]]), Conditions(1))
        return median_time([lambda state: self.model(x, y, state)[1]])


def stamp_of(*what):
    """Of files and texts, to know whether what was kept is still true."""
    digest = hashlib.sha256(b"".join((HERE.parent / name).read_bytes() for name in MADE_OF))
    for one in what:
        digest.update(pathlib.Path(one).read_bytes() if isinstance(one, pathlib.Path) else str(one).encode())
    return digest.hexdigest()


def reference_of(args, music, train, valid):
    sets = []
    for split, corpus in (("valid", valid), ("train", train)):
        indices = [i for i, about in enumerate(corpus.about) if is_of(music, about)]
        drawn = draw(corpus, indices, MOST // 2, np.random.default_rng(SEED))

        def measured(drawn=drawn):
            fresh = Set([e for _, e in drawn], [])
            return fresh.rows, fresh.histograms

        rows, histograms = kept(args.cache / f"older-{split}-{music}.json", stamp_of(corpus.stamp), measured)
        histograms = [{key: np.array(h) for key, h in one.items()} for one in histograms]
        sets.append(Set([e for _, e in drawn], [i for i, _ in drawn], (rows, histograms)))
    return Reference(*sets, [], args.pieces)


def play(args, model, styles, music, reference):
    """-> Set of about `args.pieces` pieces, as many of each style"""
    job = argparse.Namespace(program=args.program, model=model, pieces=-(-args.pieces // len(styles)), keep=None)
    out = None
    for style in styles:
        some = compare.generate(job, style, MUSIC[music][0], reference.valid.excerpts, [])
        out = out + some if out else some
    return out


def played_row(name, some, reference):
    z, _ = metrics.gap(some.rows, reference.real.rows, reference.spread)
    divergence, overlap = reference.shapes(some)
    values = [f"{metrics.mean(some.rows, column):.2f}" for column in PLAYED]
    return [name, f"{z:.2f}", *values, f"{divergence:.3f}", f"{overlap:.2f}"]


def played_kept(args, stem, path, styles, name, music, reference):
    def make():
        row = played_row(name, play(args, path, styles, music, reference), reference)
        print(*row, sep=" | ", flush=True)
        return row

    return kept(args.cache / f"older-played-{stem}.json", stamp_of(path or HOUSE, pathlib.Path(args.program), args.pieces), make)


def played(args, names):
    """-> rows of the second table, the music of a kind together: real, the designs, the house"""
    rows, house = [], []
    train, valid = (Corpus(args.corpus, split, args.cache) for split in ("train", "valid"))
    for music, (_, _, styles) in MUSIC.items():
        reference = reference_of(args, music, train, valid)
        real = [f"{metrics.mean(reference.real.rows, column):.2f}" for column in PLAYED]
        floor = reference.shapes_floor
        rows.append([f"*real {music}*", f"{reference.floor.mean():.2f}", *real, f"{floor[0]:.3f}", f"{floor[1]:.2f}"])
        for stem, plays in PLAYS.items():
            if plays == music:
                path = HERE / f"{stem}.safetensors"
                rows.append(played_kept(args, stem, path, [names[stem]], names[stem], music, reference))
        house.append(played_kept(args, f"house-{music}", None, styles, f"House: {', '.join(styles)}", music, reference))
    return rows + house


def by_feature(result, value):
    """"treble note 40, ..." of all that is a feature."""
    return ", ".join(f"{name} {value(r)}" for name, r in result.items() if name not in ("bound", "by chance"))


def judge(args, house, stem, music):
    """-> row of the first table, what a regression's outputs are like, the design's name"""
    path = HERE / f"{stem}.safetensors"
    models, about, design = evaluate.load(path, args.data)
    result = evaluate.evaluate(design, models)
    paths = same_pieces(design, music)
    _, _, same = evaluate.load(path, args.data, paths)
    bits = bits_per_quarter(same, evaluate.evaluate(same, models))
    row = [
        about["name"], f"{networks.n_weights(models):,}", by_feature(result, lambda r: f"{100 * r['accuracy']:.0f}"),
        by_feature(result, lambda r: f"{r['nats']:.3f}"), f"{bits:.2f}{MARKS.get(stem, '')}", f"{house.bits_per_quarter(paths):.2f}",
        f"{len(paths)} {music}", f"{median_time(asked(design, models)):.0f}", f"{c_time(args, path, design.KIND):.1f}",
    ]  # fmt: skip
    print(*row, sep=" | ", flush=True)
    spreads = []
    if design.KIND == "regression":
        spreads = [[about["name"], name, *(f"{r[key]:.2f}" for key in ("spread", "true spread", "error"))] for name, r in result.items()]
    return row, spreads, about["name"]


def judged(args):
    """-> rows of the first table, what the regressions' outputs are like, name by file"""
    house, rows, spreads, names = House(args.data), [], [], {}
    for stem, music in PLAYS.items():
        stamp = stamp_of(HERE / f"{stem}.safetensors", HOUSE)
        row, mine, names[stem] = kept(args.cache / f"older-judged-{stem}.json", stamp, lambda stem=stem, music=music: judge(args, house, stem, music))
        rows.append(row)
        spreads += mine
    rows.append(kept(args.cache / "older-judged-house.json", stamp_of(HOUSE), lambda: house.row(args)))
    return rows, spreads, names


TEXT = """<!--
Copyright 2026 The Continuo authors
SPDX-License-Identifier: ISC
-->

# The older designs beside the house

Written by `models/older/compare.py`; held-out music is the corpus' validation split.

## What each expects

Accuracy is the share, in percent, of a feature's classes that the likeliest one hits; nats are per row of its own sequence (a
note, a label or a sixteenth), the true rows before it told. Features and classes differ by design, so no column but bits per
quarter can be read downwards: what all classes of the same held-out pieces cost, and what the house asks for these. Microseconds are
those of one event in PyTorch and in C, one thread, weights in the cache.

{judged}
\* Its labels say less than the music: a chord is the nearest of a closed list, so there is less to foretell. † At most (the
latent's cost is a bound), of windows of two bars with five notes or more. Regressions are read as normal distributions around
their outputs, as wide as training leaves over. `of these keys` is the steps where a note begins.

## The average note

Standard deviations over held-out melodies, semitones and sixteenths, each output told the true notes before it.

{spreads}
## What each plays

{pieces} pieces of up to 32 bars each in keys and meters of held-out ones, against these. *gap z* of real music is that of as many
training pieces. LOOP is the share of bars in a run of four equal ones or more.

{played}"""


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus")
    parser.add_argument("data")
    parser.add_argument("program")
    parser.add_argument("--pieces", type=int, default=12)
    parser.add_argument("--cache", type=pathlib.Path, default=pathlib.Path(tempfile.gettempdir()) / "continuo-compare", metavar="FOLDER")
    parser.add_argument("--out", type=pathlib.Path, default=HERE / "table.md")
    args = parser.parse_args()
    torch.set_num_threads(1)
    rows, spreads, names = judged(args)
    text = TEXT.format(
        judged=tables.table(["design", "weights", "accuracy, %", "nats", "bits/quarter", "house, same pieces", "pieces", "µs PyTorch", "µs C"], rows),
        spreads=tables.table(["design", "feature", "outputs", "truth", "error"], spreads),
        pieces=args.pieces,
        played=tables.table(["music", "gap z", *PLAYED, "HIST", "OA"], played(args, names)),
    )
    args.out.write_text(text)


if __name__ == "__main__":
    main()
