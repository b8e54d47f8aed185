# Copyright 2026 The Continuo authors
# SPDX-License-Identifier: ISC
"""Train one of the older designs on the arrays that corpus.py wrote, up to ten minutes of one core.

    python3 models/older/train.py DESIGN DATA RUN [--steps N] [--seed 1]

RUN/checkpoint.pt is written every 100 steps and taken up again by the same command; RUN/log.txt
tells the loss by head, in nats, on training music, and every 500 steps on held-out music, after
how many seconds of processor time.
"""

import argparse
import copy
import math
import os
import pathlib
import sys
import time

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
sys.path[0] = str(pathlib.Path(__file__).parent.parent)

import numpy as np
import torch

from older import losses, networks
from older.designs import DESIGNS
from older.evaluate import evaluate

FLOOR, WARM_UP, EMA = 0.01, 100, 0.998
TELL_EVERY, SAVE_EVERY, LOOK_EVERY = 50, 100, 500  # steps
LOOK_PIECES = 10


def rate_of(design, step, steps):
    return design.RATE * min(1, (step + 1) / WARM_UP) * (FLOOR + (1 - FLOOR) * 0.5 * (1 + math.cos(math.pi * step / steps)))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("design", choices=DESIGNS)
    parser.add_argument("data")
    parser.add_argument("run", type=pathlib.Path)
    parser.add_argument("--steps", type=int)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    args.run.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(1)
    torch.manual_seed(args.seed)

    design = DESIGNS[args.design](args.data)
    steps = args.steps or design.STEPS
    models = networks.make(design.KIND, design.arguments())
    average = copy.deepcopy(models)
    parameters = [p for m in models.values() for p in m.parameters()]
    optimizer = torch.optim.AdamW(parameters, lr=design.RATE, betas=(0.9, 0.98), weight_decay=0.01)
    step, spent = 0, 0.0
    checkpoint = args.run / "checkpoint.pt"
    if checkpoint.exists():
        saved = torch.load(checkpoint, map_location="cpu")
        for name in models:
            models[name].load_state_dict(saved["model"][name])
            average[name].load_state_dict(saved["average"][name])
        optimizer.load_state_dict(saved["optimizer"])
        step, spent = saved["step"], saved["spent"]
    torch.set_flush_denormal(True)
    torch.manual_seed(args.seed + step)
    task = losses.task(design, models, np.random.default_rng(args.seed + 1000 * step))

    def log(text):
        with open(args.run / "log.txt", "a") as file:
            file.write(text + "\n")

    def save():
        state = dict(
            design=args.design, arguments=design.arguments(), step=step, spent=spent, optimizer=optimizer.state_dict(),
            model={name: m.state_dict() for name, m in models.items()}, average={name: m.state_dict() for name, m in average.items()},
        )  # fmt: skip
        torch.save(state, checkpoint.with_suffix(".new"))
        checkpoint.with_suffix(".new").replace(checkpoint)

    log(f"{networks.n_weights(models)} weights; {design.about()['data']}")
    tally = {}
    while step < steps:
        begin = time.process_time()
        for group in optimizer.param_groups:
            group["lr"] = rate_of(design, step, steps)
        loss, told = task.loss(step / steps)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        for model in models.values():
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        decay = min(EMA, (step + 1) / (step + 10))
        with torch.no_grad():
            for name, model in models.items():
                for a, p in zip(average[name].parameters(), model.parameters()):
                    a.lerp_(p, 1 - decay)
        step += 1
        spent += time.process_time() - begin
        for name, value in told.items():
            tally[name] = tally.get(name, 0.0) + value / TELL_EVERY
        if step % TELL_EVERY == 0:
            log(f"{spent:7.0f} s  step {step}  " + "  ".join(f"{name} {value:.4f}" for name, value in tally.items()))
            tally = {}
        if step % SAVE_EVERY == 0:
            save()
        if step % LOOK_EVERY == 0:
            result = evaluate(design, average, LOOK_PIECES)
            log(f"{spent:7.0f} s  step {step}  held out: " + "  ".join(f"{name} {r['nats']:.4f} ({r['accuracy']:.3f})" for name, r in result.items()))
    save()
    log("done")


if __name__ == "__main__":
    main()
