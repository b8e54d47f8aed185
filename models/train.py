# Copyright 2026 The Continuo authors
# SPDX-License-Identifier: ISC
"""Train NoteLstm on the arrays that corpus.py wrote.

    python3 models/train.py DATA RUN --events 40 [--processes 2] [--hidden 384] [--bf16] [--device cuda]

Two single-threaded processes beat one of two threads here, so each takes half of the streams
and the gradients are averaged.  RUN/checkpoint.pt is written every few minutes and taken up
again when the same command is given; --bf16 multiplies in bfloat16, 1.7 times as fast where the
processor has AVX512-BF16; RUN/log.txt tells the loss by head in nats per note.
The learning rate follows a cosine over the events, so a run ends alike on any machine.
"""

import argparse
import copy
import math
import os
import pathlib
import time

os.environ.setdefault("OMP_NUM_THREADS", "1")

import numpy as np
import torch
import torch.distributed as dist

from dataset import Dataset, Streams
from evaluate import evaluate
from network import HEADS, INPUTS, NETWORKS, SCORED, nats

STREAMS, WINDOW = 64, 128
PEAK_RATE, FLOOR, WARM_UP = 3e-3, 0.01, 150
EMA = 0.998
SAVE_EVERY = 100  # steps


def optimizer_of(model):
    """AdamW; only matrices that multiply a vector decay, not tables, norms and biases."""
    matrices = [p for n, p in model.named_parameters() if p.dim() > 1 and not n.startswith("input") and ".table." not in n]
    chosen = set(map(id, matrices))
    others = [p for p in model.parameters() if id(p) not in chosen]
    groups = [dict(params=matrices, weight_decay=0.01), dict(params=others, weight_decay=0.0)]
    return torch.optim.AdamW(groups, lr=PEAK_RATE, betas=(0.9, 0.98))


def average_gradients(model, n_processes):
    if n_processes == 1:
        return
    flat = torch.cat([p.grad.flatten() for p in model.parameters()])
    dist.all_reduce(flat)
    flat /= n_processes
    at = 0
    for p in model.parameters():
        p.grad.copy_(flat[at : at + p.numel()].view_as(p))
        at += p.numel()


def on_device(batch, device):
    return {name: tensor.to(device) for name, tensor in batch.items()}


def detached(state, fresh):
    """The state without its history, zero where a stream begins a new piece."""
    keep = torch.from_numpy(~fresh).to(state[0][0])[None, :, None]
    return tuple(tuple(s.detach() * keep for s in layer) for layer in state)


def run(rank, args):
    torch.set_num_threads(1)
    torch.set_flush_denormal(True)
    if args.processes > 1:
        rendezvous = (pathlib.Path(args.run) / "rendezvous").resolve()
        dist.init_process_group("gloo", init_method=f"file://{rendezvous}", rank=rank, world_size=args.processes)
    folder = pathlib.Path(args.run)
    train, valid = Dataset(args.data, "train"), Dataset(args.data, "valid")

    torch.manual_seed(args.seed)
    model = NETWORKS[args.heads](args.hidden, without=args.without).to(args.device)
    optimizer = optimizer_of(model)
    average = copy.deepcopy(model)
    step, spent, events = 0, 0.0, 0
    checkpoint = folder / "checkpoint.pt"
    if checkpoint.exists():
        saved = torch.load(checkpoint, map_location=args.device)
        model.load_state_dict(saved["model"])
        average.load_state_dict(saved["average"])
        optimizer.load_state_dict(saved["optimizer"])
        step, spent, events = saved["step"], saved["spent"], saved["events"]
    streams = Streams(train, STREAMS // args.processes, WINDOW, args.seed + 1000 * step + rank, not args.as_written)

    def log(text):
        if rank == 0:
            with open(folder / "log.txt", "a") as file:
                file.write(text + "\n")

    def save():
        if rank == 0:
            state = dict(
                model=model.state_dict(), average=average.state_dict(), optimizer=optimizer.state_dict(),
                step=step, spent=spent, events=events, hidden=args.hidden, heads=args.heads, without=args.without,
            )  # fmt: skip
            torch.save(state, checkpoint.with_suffix(".new"))
            checkpoint.with_suffix(".new").replace(checkpoint)

    log(f"{sum(p.numel() for p in model.parameters())} weights, {sum(p['notes'] for p in train.pieces)} training notes")
    state, tally = None, np.zeros(len(HEADS) + 1)
    total = args.events * 1e6
    while events < total:
        begin = time.monotonic()
        progress = events / total
        rate = PEAK_RATE * min(1, (step + 1) / WARM_UP) * (FLOOR + (1 - FLOOR) * 0.5 * (1 + math.cos(math.pi * progress)))
        for group in optimizer.param_groups:
            group["lr"] = rate
        x, y, fresh = streams.next()
        x, y = on_device(x, args.device), on_device(y, args.device)
        if state is not None:
            state = detached(state, fresh)
        with torch.autocast(args.device, torch.bfloat16, enabled=args.bf16):
            logits, state = model(x, y, state)
        loss_by_head = {head: value.sum() for head, value in nats(logits, x, y).items()}
        loss = sum(loss_by_head.values()) / y["event"].sum()
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        average_gradients(model, args.processes)
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        decay = min(EMA, (step + 1) / (step + 10))
        with torch.no_grad():
            for a, p in zip(average.parameters(), model.parameters()):
                a.lerp_(p, 1 - decay)
        step += 1
        events += STREAMS * WINDOW
        tally += [*(float(v.detach()) for v in loss_by_head.values()), float(y["note"].sum())]
        spent += time.monotonic() - begin
        if step % 50 == 0:
            by_head = " ".join(f"{h} {v / tally[-1]:.3f}" for h, v in zip(loss_by_head, tally))
            log(f"{spent:7.0f} s  step {step}  {events / 1e6:.2f} M events  rate {rate:.5f}  train {by_head} total {tally[: len(SCORED)].sum() / tally[-1]:.3f}")
            tally[:] = 0
        if step % SAVE_EVERY == 0:
            save()
            if rank == 0:
                result = evaluate(copy.deepcopy(average).cpu(), valid, max_pieces=4, max_rows=400)["all"]
                log(f"{spent:7.0f} s  step {step}  valid {result['total']:.4f} nats/note " + str({k: round(v, 3) for k, v in result.items()}))
    save()
    log("done")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data")
    parser.add_argument("run")
    parser.add_argument("--events", type=float, default=40, help="millions of events, rows of padding among them")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--hidden", type=int, default=384)
    parser.add_argument("--heads", default="sequential", choices=NETWORKS)
    parser.add_argument("--without", nargs="+", default=[], choices=[name for name, _, _ in INPUTS], help="inputs to leave out")
    parser.add_argument("--as-written", action="store_true", help="don't transpose")
    parser.add_argument("--bf16", action="store_true", help="multiply in bfloat16; all else stays float32")
    parser.add_argument("--device", default="cpu", choices=["cpu", "cuda"], help="cuda takes one process")
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    if args.device == "cuda" and args.processes > 1:
        parser.error("cuda takes --processes 1")
    pathlib.Path(args.run).mkdir(parents=True, exist_ok=True)
    (pathlib.Path(args.run) / "rendezvous").unlink(missing_ok=True)
    if args.processes == 1:
        run(0, args)
    else:
        torch.multiprocessing.spawn(run, (args,), nprocs=args.processes)


if __name__ == "__main__":
    main()
