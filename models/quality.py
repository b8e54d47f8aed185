# Copyright 2026 The Continuo authors
# SPDX-License-Identifier: ISC
"""How well networks and simple models expect held-out music, in one file of tables.

    python3 models/quality.py DATA --checkpoint house=RUN/checkpoint.pt --checkpoint ... --out models/NAME-quality.md

A FILE is a checkpoint of train.py's, whose `heads` tells which class of network.py it is of, or a
model file (.safetensors).  The simple models are those of baselines.py; they take some minutes the
first time, and are then kept in DATA until it, or what they are made of, changes.
"""

import argparse
import hashlib
import math
import os
import pathlib
import sys
import time

os.environ.setdefault("OMP_NUM_THREADS", "1")

import numpy as np
import torch

import baselines
import codec
import evaluate
import score
from baselines import FIELDS
from dataset import Dataset

MADE_OF = ["baselines.py", "ngram.py", "viewpoints.py", "network.py", "dataset.py", "codec.py"]


def load(path):
    """-> a network, and what is to be said of its training"""
    if str(path).endswith(".safetensors"):
        return score.load(path), "a model file"
    saved = torch.load(path, map_location="cpu")
    heads = saved.get("heads", "sequential")
    model = evaluate.load(path)
    facts = [f"{saved[name] / by:.1f} {unit}" for name, by, unit in [("events", 1e6, "M events"), ("spent", 60, "minutes")] if name in saved]
    return model.eval(), ", ".join([f"{heads} heads", *facts])


@torch.no_grad()
def sums_of(model, dataset):
    """-> array [pieces, FIELDS + events + notes] in the dataset's order"""
    order = sorted(range(len(dataset.pieces)), key=lambda i: dataset.pieces[i]["end"] - dataset.pieces[i]["begin"])
    sums = np.zeros((len(order), len(FIELDS) + 2))
    for at in range(0, len(order), evaluate.BATCH):
        some = order[at : at + evaluate.BATCH]
        found = evaluate.evaluate_batch(model, dataset, [dataset.pieces[i] for i in some], 10**9)
        sums[some] = np.column_stack([found[:, : len(FIELDS)], found[:, -2:]])
    return sums


def simple_models(folder, split):
    """baselines.evaluate, or what it said when it was last asked the same."""
    here, folder = pathlib.Path(__file__).parent, pathlib.Path(folder)
    files = [here / name for name in MADE_OF] + [folder / "pieces.json"]
    size = (folder / "rows.npy").stat()
    key = hashlib.sha256(b"".join(f.read_bytes() for f in files) + f"{size.st_size} {size.st_mtime_ns}".encode()).hexdigest()
    kept = folder / f"baselines-{split}.npz"
    if kept.exists():
        arrays = dict(np.load(kept))
        if str(arrays.pop("key")) == key:
            return arrays
    sums = baselines.evaluate(folder, split, lambda text: print(text, file=sys.stderr, flush=True))
    np.savez(kept, key=key, **sums)
    return sums


def nats_per_note(sums):
    total = sums.sum(0)
    return total[: len(FIELDS)] / max(1.0, total[-1])


def bits_per_quarter(sums, beats, without=None):
    heads = [i for i, head in enumerate(FIELDS) if head != without]
    return sums[:, heads].sum() / math.log(2) / beats.sum()


def markdown(header, rows):
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def tables(sums, pieces, about, split):
    """The Markdown text.  sums: of each model, by piece; about: a line of each network's."""
    beats = np.array([p["beats"] for p in pieces])
    composer = np.array([p["composer"] for p in pieces])
    notes = int(next(iter(sums.values()))[:, -1].sum())
    overall = []
    for name, mine in sums.items():
        by_head = nats_per_note(mine)
        bits = [bits_per_quarter(mine, beats), bits_per_quarter(mine, beats, "part")]
        overall.append([name, *(f"{v:.3f}" for v in by_head), f"{by_head.sum():.3f}", *(f"{v:.2f}" for v in bits)])
    by_composer = {"nats per note": [], "bits per quarter": []}
    for c, name in enumerate(codec.COMPOSERS):
        at = composer == c
        if at.any():
            count = [name, str(at.sum()), str(int(next(iter(sums.values()))[at, -1].sum()))]
            by_composer["nats per note"].append(count + [f"{nats_per_note(s[at]).sum():.3f}" for s in sums.values()])
            by_composer["bits per quarter"].append(count + [f"{bits_per_quarter(s[at], beats[at]):.2f}" for s in sums.values()])
    text = [
        "<!--\nCopyright 2026 The Continuo authors\nSPDX-License-Identifier: ISC\n-->\n\n# How well held-out music is expected\n",
        f"Written by `models/quality.py`: {len(pieces)} pieces of the `{split}` split, {notes} notes, {beats.sum():.0f} quarters. All models judge the same\n"
        "events in the same order (shift, part, pitch, duration) under the same masks. Networks and n-grams are told composer,\n"
        "ensemble, key and meter. A note also pays for the bar lines around it. Bits per quarter are the sum over all events;\n"
        "those without the part leave that head out.\n",
        markdown(["model", *FIELDS, "nats per note", "bits per quarter", "without part"], overall) + "\n",
        *(f"- {name}: {line}" for name, line in about.items()),
        "- unigram: how frequent each class is.\n- trigram, 5-gram: interpolated n-grams of events, of the part's own notes and of onsets, with context\n"
        "  (`models/baselines.py`), trained on the same pieces.",
    ]
    for title, rows in by_composer.items():
        text.append(f"\n## By composer, {title}\n\n" + markdown(["composer", "pieces", "notes", *sums], rows))
    return "\n".join(text) + "\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data")
    parser.add_argument("--checkpoint", action="append", default=[], metavar="NAME=FILE")
    parser.add_argument("--split", default="valid")
    parser.add_argument("--out", required=True)
    args = parser.parse_args()
    torch.set_num_threads(1)
    dataset = Dataset(args.data, args.split)
    networks = dict(text.split("=", 1) for text in args.checkpoint)
    loaded = {name: load(path) for name, path in networks.items()}
    sums, about = dict(simple_models(args.data, args.split)), {}
    for name, (model, facts) in loaded.items():
        begin = time.monotonic()
        sums[name] = sums_of(model, dataset)
        about[name] = f"{sum(p.numel() for p in model.parameters()) / 1e6:.2f} M weights, {facts}"
        print(f"{name}: {nats_per_note(sums[name]).sum():.4f} nats per note, {time.monotonic() - begin:.0f} s", file=sys.stderr)
    pathlib.Path(args.out).write_text(tables(sums, dataset.pieces, about, args.split))


if __name__ == "__main__":
    main()
