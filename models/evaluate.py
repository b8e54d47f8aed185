# Copyright 2026 The Continuo authors
# SPDX-License-Identifier: ISC
"""Nats per note by head and bits per quarter, by composer, on held-out pieces.

    python3 models/evaluate.py DATA RUN/checkpoint.pt [--split valid]

Every piece is told its composer, ensemble and key, as the plugin is; not its texture.
"""

import argparse
import collections
import math

import numpy as np
import torch

import codec
from dataset import Conditions, Dataset
from network import NETWORKS, SCORED, nats

WINDOW, BATCH = 256, 16


def evaluate_batch(model, dataset, pieces, max_rows):
    """-> array [pieces, SCORED, level, marked notes, events, notes]"""
    conditions = Conditions(len(pieces))
    for i, piece in enumerate(pieces):
        conditions.set(i, piece)
    begin = np.array([p["begin"] + 1 for p in pieces])
    end = np.array([min(p["end"], p["begin"] + 1 + max_rows) for p in pieces])
    sums, state = np.zeros((len(pieces), len(SCORED) + 4)), None
    for at in range(0, int((end - begin).max()), WINDOW):
        index = begin[:, None] + at + np.arange(WINDOW)
        x, y = dataset.batch(np.where(index < end[:, None], index, -1), conditions)
        logits, state = model(x, y, state)
        losses = nats(logits, x, y)
        values = [losses[h] for h in (*SCORED, "level")] + [y[k] for k in ("marked", "event", "note")]
        sums += np.column_stack([v.sum(1).numpy() for v in values])
    return sums


def summary(sums, beats):
    total = sums.sum(0)
    notes = max(1.0, total[-1])
    n = len(SCORED)
    out = {h: total[i] / notes for i, h in enumerate(SCORED)}
    out["total"] = total[:n].sum() / notes
    out["level"] = total[n] / max(1.0, total[n + 1])
    if beats is not None:
        out["bits_per_beat"] = total[:n].sum() / math.log(2) / beats
    return out


@torch.no_grad()
def evaluate(model, dataset, max_pieces=None, max_rows=10**9):
    """-> {"all" or composer: summary}.  The limits make a quick look of it while training."""
    model.eval()
    chosen, seen = [], collections.Counter()
    for piece in dataset.pieces:
        seen[piece["composer"]] += 1
        if max_pieces is None or seen[piece["composer"]] <= max_pieces:
            chosen.append(piece)
    chosen.sort(key=lambda p: p["end"] - p["begin"])
    sums = np.concatenate([evaluate_batch(model, dataset, chosen[i : i + BATCH], max_rows) for i in range(0, len(chosen), BATCH)])
    model.train()
    composer = np.array([p["composer"] for p in chosen])
    beats = np.array([p["beats"] for p in chosen])
    whole = max_rows >= 10**9  # a part of a piece has no known length

    def summarise(mine):
        return summary(sums[mine], beats[mine].sum() if whole else None)

    result = {"all": summarise(np.full(len(chosen), True))}
    for c, name in enumerate(codec.COMPOSERS):
        if (composer == c).any():
            result[name] = summarise(composer == c)
    return result


def load(path):
    """The network of a checkpoint of train.py's, its weights averaged over the last steps."""
    saved = torch.load(path, map_location="cpu")
    model = NETWORKS[saved.get("heads", "sequential")](saved["hidden"], without=saved.get("without", ()))
    model.load_state_dict(saved["average"])
    return model


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data")
    parser.add_argument("checkpoint")
    parser.add_argument("--split", default="valid")
    args = parser.parse_args()
    torch.set_num_threads(1)
    result = evaluate(load(args.checkpoint), Dataset(args.data, args.split))
    print("| composer | " + " | ".join(SCORED) + " | total | bits/quarter | level |\n|" + "---|" * (len(SCORED) + 4))
    for name, r in result.items():
        print(f"| {name} | " + " | ".join(f"{r[h]:.3f}" for h in SCORED) + f" | {r['total']:.3f} | {r['bits_per_beat']:.2f} | {r['level']:.3f} |")


if __name__ == "__main__":
    main()
