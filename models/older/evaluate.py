# Copyright 2026 The Continuo authors
# SPDX-License-Identifier: ISC
"""How well an older design expects held-out music, by its own classes.

    python3 models/older/evaluate.py DATA MODEL.safetensors... [--json OUT.json]
"""

import argparse
import json
import math
import pathlib
import sys

sys.path[0] = str(pathlib.Path(__file__).parent.parent)

import numpy as np
import torch

from older import losses, music
from older.batches import IGNORED, detached, past_of, windowed

WINDOW, BATCH = 256, 16
VAE_DRAWS = 4  # of the latent, for the bound
FOR_DEVIATION = 200  # training pieces that tell how far a regression's outputs lie from the truth


def outputs(design, name, model, sequences):
    """Of every piece, the network's outputs [rows, outputs] for its rows, the state carried through it."""
    first = losses.first_row(design, name)
    order = np.argsort([len(s) for s in sequences], kind="stable")
    for at in range(0, len(order), BATCH):
        chosen = order[at : at + BATCH]
        longest = max(len(sequences[i]) for i in chosen)
        state, parts = None, []
        for begin in range(0, longest, WINDOW):
            x = torch.from_numpy(np.stack([windowed(sequences[i], begin, WINDOW, first)[0] for i in chosen]))
            out, state = model(losses.single_precision(x), state)
            state = detached(state, torch.ones(len(chosen)))
            parts.append(out)
        whole = torch.cat(parts, 1)
        for k, i in enumerate(chosen):
            yield i, whole[k, : len(sequences[i])]


def window_logits(model, rows):
    """[rows, symbols] of the attention network, each step from its own window."""
    n = model.arguments["window"]
    windows = np.stack([past_of(rows, at, n)[0] for at in range(len(rows))])
    return torch.cat([model(torch.from_numpy(w)) for w in np.array_split(windows, max(1, len(windows) // 512))])


def tally(logits, target):
    """-> sum of nats, hits, rows"""
    n = int((target != IGNORED).sum())
    return np.array([float(losses.cross_entropy(logits, target, "sum")), float((logits.argmax(-1) == target).sum()), n])


def summary(sums):
    nats, hits, n = sums
    return {"nats": nats / n, "accuracy": hits / n, "rows": int(n)}


def evaluate_classes(design, models, n_pieces):
    result, sequences = {}, design.sequences("valid")
    for name, model in models.items():
        mine = sequences[name][:n_pieces]
        sums = {}
        if design.KIND == "symbols_attention":
            each = ((i, window_logits(model, rows)) for i, rows in enumerate(mine))
        else:
            each = outputs(design, name, model, mine)
        for i, logits in each:
            y = torch.from_numpy(mine[i])
            for head, part, target in losses.by_head(design, name, logits, y):
                sums[head] = sums.get(head, 0) + tally(part, target)
                if design.KIND.startswith("symbols"):
                    keys = target >= music.FIRST_KEY
                    sums["of these keys"] = sums.get("of these keys", 0) + tally(part[keys], target[keys])
        result.update({f"{name} {head}".strip(): summary(s) for head, s in sums.items()})
    return result


def evaluate_vae(design, models, n_pieces):
    """Each step told the latent's mean and the true symbols before it; `bound` is what a step costs at
    most, the latent as wide as its file says or, in training, as the encoder does."""
    model, y = models[""], torch.from_numpy(design.two_bars("valid")[: n_pieces * 32 if n_pieces else None])
    mean, variance = model.encoder(y[..., None])
    if design.widths:
        variance = 2 * torch.tensor(design.widths).log().expand_as(mean)
    x = torch.cat([torch.full_like(y[:, :1], music.PAD), y[:, :-1]], 1)[..., None]
    logits, _ = model.decoder(x, mean)
    keys = y >= music.FIRST_KEY
    generator = torch.Generator().manual_seed(1)
    drawn = [mean + torch.randn(mean.shape, generator=generator) * (0.5 * variance).exp() for _ in range(VAE_DRAWS)]
    steps = np.mean([float(losses.cross_entropy(model.decoder(x, z)[0], y)) for z in drawn])
    kl = float(losses.divergence(mean, variance).mean())
    prior, _ = model.decoder(x, torch.randn(mean.shape, generator=generator))
    return {
        "symbol": summary(tally(logits, y)),
        "of these keys": summary(tally(logits[keys], y[keys])),
        "by chance": summary(tally(prior, y)),
        "bound": {"nats": steps + kl / y.shape[1], "accuracy": math.nan, "rows": y.numel(), "divergence": kl},
    }


def binned(mean, deviation, value, half):
    """Nats of a number within `half` of `value`, under a normal distribution."""
    normal = torch.distributions.Normal(mean, deviation)
    return -torch.log((normal.cdf(value + half) - normal.cdf(value - half)).clamp(min=1e-12))


def evaluate_regression(design, models, n_pieces):
    """As if each output were the mean of a normal distribution, as wide as the training leaves over."""
    model, sequences = models[""], design.sequences("valid")[""][:n_pieces]
    training = design.sequences("train")[""][:FOR_DEVIATION]
    left = torch.cat([out - torch.from_numpy(training[i]) for i, out in outputs(design, "", model, training)])
    deviation = (left**2).mean(0).sqrt()
    unit = torch.tensor(1 / design.HALF)
    sums, said, true = np.zeros((2, 3)), [], []
    for i, out in outputs(design, "", model, sequences):
        y, out = torch.from_numpy(sequences[i]), out.double()
        for k in range(2):
            hits = ((out[:, k] - y[:, k]).abs() < unit[k] / 2).sum()
            sums[k] += [float(binned(out[:, k], deviation[k], y[:, k], unit[k] / 2).sum()), float(hits), len(y)]
        said.append(out)
        true.append(y)
    said, true = (torch.cat(z) * torch.tensor(design.HALF) for z in (said, true))
    result = {}
    for k, name in enumerate(("pitch", "duration")):
        error = float(((said[:, k] - true[:, k]) ** 2).mean().sqrt())
        result[name] = {**summary(sums[k]), "spread": float(said[:, k].std()), "true spread": float(true[:, k].std()), "error": error}
    return result


@torch.no_grad()
def evaluate(design, models, n_pieces=None):
    """-> feature -> nats and accuracy on held-out music; of its first `n_pieces` only, if given"""
    for model in models.values():
        model.eval()
    by_kind = {"symbols_vae": evaluate_vae, "regression": evaluate_regression}
    result = by_kind.get(design.KIND, evaluate_classes)(design, models, n_pieces)
    for model in models.values():
        model.train()
    return result


def load(path, data, only=None):
    """-> networks of a model file, its metadata, and its design on held-out pieces of DATA"""
    from older.designs import DESIGNS
    from older.export import read_model

    _, models, about = read_model(path)
    [design] = [c for c in DESIGNS.values() if about["name"] == c.NAME]
    design = design(data, only, about["codec"])
    design.widths = about.get("widths")
    return models, about, design


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data")
    parser.add_argument("models", nargs="+")
    parser.add_argument("--json")
    args = parser.parse_args()
    torch.set_num_threads(1)
    results = {}
    for path in args.models:
        models, about, design = load(path, args.data)
        results[about["name"]] = evaluate(design, models)
        print(about["name"])
        for name, r in results[about["name"]].items():
            print(f"  {name:22s}" + "  ".join(f"{key} {value:.4f}" for key, value in r.items()))
    if args.json:
        pathlib.Path(args.json).write_text(json.dumps(results, indent=1))


if __name__ == "__main__":
    main()
