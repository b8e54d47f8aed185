# Copyright 2026 The Continuo authors
# SPDX-License-Identifier: ISC
"""Train and score FrameLstm on the polyphonic sets of Boulanger-Lewandowski et al. (2012).

    python3 models/benchmarks/jsb.py BENCHMARKS RUN [--minutes 30] [--score] [--set JSB_Chorales] [--memory all]
    python3 models/benchmarks/jsb.py --check

BENCHMARKS/SET.json holds {"train"|"valid"|"test": [piece][frame][MIDI pitches]}.  The minutes are of
processor time, of one thread.  RUN/checkpoint.pt is taken up when the same command is given again;
the weights scored are the averaged ones that were best on the validation split.  --score reads the
test split, and every such reading is noted in RUN/test-readings.txt.
"""

import argparse
import copy
import datetime
import json
import math
import os
import pathlib
import time

os.environ.setdefault("OMP_NUM_THREADS", "1")

import numpy as np
import torch

from frame_lstm import FrameLstm
from frames import MEMORIES, Keyboard, encode, transposed

STREAMS, WINDOW = 8, 128
PEAK_RATE, FLOOR, WARM_UP = 4e-3, 0.01, 100
EMA = 0.998
DECAY = 0.05
TRANSPOSED, FARTHEST_KEY = 0.5, 6  # share of the pieces that is moved, and by how many semitones at most
SAVE_EVERY, CHECK_EVERY = 20.0, 60.0  # seconds of processor time
SCORE_BATCH = 16
N_VOICES = {"JSB_Chorales": 4}
OTHER_SLOTS = 6


class Streams:
    """Rows of pieces one after the other, transposed at random; a window never holds two pieces."""

    def __init__(self, pieces, keyboard, memory, seed):
        self.pieces, self.keyboard, self.memory = pieces, keyboard, memory
        self.random = np.random.default_rng(seed)
        self.order, self.rest, self.tonic = [], [None] * STREAMS, np.zeros(STREAMS, np.int64)

    def next(self):
        """-> rows [B, T, columns], tonics [B], what counts [B, T], streams that begin a piece [B]"""
        n_columns = self.pieces[0].shape[1]
        rows, counts = np.zeros((STREAMS, WINDOW, n_columns), np.int64), np.zeros((STREAMS, WINDOW), bool)
        fresh = np.zeros(STREAMS, bool)
        for i in range(STREAMS):
            if self.rest[i] is None:
                if not self.order:
                    self.order = list(self.random.permutation(len(self.pieces)))
                moved = self.random.random() < TRANSPOSED
                self.tonic[i] = self.random.integers(-FARTHEST_KEY, FARTHEST_KEY + 1) if moved else 0
                self.rest[i] = self.move(self.pieces[self.order.pop()], i)
                fresh[i] = True
            now, later = self.rest[i][:WINDOW], self.rest[i][WINDOW:]
            rows[i, : len(now)], counts[i, : len(now)] = now, True
            self.rest[i] = later if len(later) else None
        return torch.from_numpy(rows), torch.from_numpy(self.tonic.copy()), torch.from_numpy(counts), torch.from_numpy(fresh)

    def move(self, piece, i):
        pitches = piece[:, 0][piece[:, 0] < self.keyboard.end]
        if len(pitches):  # stay on the keyboard
            self.tonic[i] = np.clip(self.tonic[i], 1 - pitches.min(), self.keyboard.n_pitches - pitches.max())
        return transposed(piece, int(self.tonic[i]), self.keyboard, self.memory)


def frame_nats(model, pieces):
    """A list of arrays: the nats of every frame of every piece."""
    model.eval()
    result = [None] * len(pieces)
    order = sorted(range(len(pieces)), key=lambda i: len(pieces[i]))
    frame_column = model.column["frame"]
    with torch.no_grad():
        for at in range(0, len(order), SCORE_BATCH):
            batch = order[at : at + SCORE_BATCH]
            longest = max(len(pieces[i]) for i in batch)
            x = np.zeros((len(batch), longest, pieces[0].shape[1]), np.int64)
            for row, i in enumerate(batch):
                x[row, : len(pieces[i])] = pieces[i]
            nats, state = [], None
            for begin in range(0, longest, 512):
                part, state = model.nats(torch.from_numpy(x[:, begin : begin + 512]), torch.zeros(len(batch), dtype=torch.long), state)
                nats.append(part)
            nats = torch.cat(nats, 1).double().numpy()
            for row, i in enumerate(batch):
                n = len(pieces[i])
                result[i] = np.bincount(x[row, :n, frame_column], weights=nats[row, :n])
    model.train()
    return result


def score(model, pieces):
    """Nats per frame: without the first frame of each piece, as TCN's scorer has it, and with it."""
    nats = frame_nats(model, pieces)
    scored, every = np.concatenate([n[1:] for n in nats]), np.concatenate(nats)
    return dict(nats=scored.mean(), frames=len(scored), all_nats=every.mean(), all_frames=len(every))


def said(result):
    scored, every = f"{result['nats']:.4f} nats/frame ({result['frames']} frames)", f"{result['all_nats']:.4f}"
    return f"{scored}; {every} with first frames ({result['all_frames']})"


def optimizer_of(model):
    """AdamW; tables, biases and the sole rows do not decay."""
    spared = {id(t.weight) for t in model.tables()}
    matrices = [p for p in model.parameters() if p.dim() > 1 and id(p) not in spared]
    others = [p for p in model.parameters() if p.dim() == 1 or id(p) in spared]
    groups = [dict(params=matrices, weight_decay=DECAY), dict(params=others, weight_decay=0.0)]
    return torch.optim.AdamW(groups, lr=PEAK_RATE, betas=(0.9, 0.99))


def load(args, split, keyboard):
    """The split encoded; kept in RUN, as looking through the memories takes a while."""
    kept = pathlib.Path(args.run) / f"{args.set}-{args.memory}-{split}.npz"
    if not kept.exists():
        pieces = json.loads((pathlib.Path(args.benchmarks) / f"{args.set}.json").read_text())
        rows = encode(pieces[split], keyboard, args.memory, pieces["train"], split == "train")
        np.savez_compressed(kept, *rows)
    with np.load(kept) as file:
        return [file[name] for name in file.files]


def train(args, model, keyboard, log):
    pieces, valid = load(args, "train", keyboard), load(args, "valid", keyboard)
    checkpoint = pathlib.Path(args.run) / "checkpoint.pt"
    average, optimizer = copy.deepcopy(model), optimizer_of(model)
    now = dict(step=0, spent=0.0, symbols=0, best_nats=math.inf, best_step=0)
    best = copy.deepcopy(average.state_dict())
    if checkpoint.exists():
        saved = torch.load(checkpoint)
        model.load_state_dict(saved["model"])
        average.load_state_dict(saved["average"])
        optimizer.load_state_dict(saved["optimizer"])
        best, now = saved["best"], saved["now"]
    torch.manual_seed(args.seed + now["step"])
    streams = Streams(pieces, keyboard, args.memory, args.seed + now["step"])
    n_symbols = sum(map(len, pieces))
    n_weights = sum(p.numel() for p in model.parameters())
    log(f"{args.set} memory {args.memory} seed {args.seed}: {n_weights} weights, {n_symbols} training symbols")
    end, state, tally = args.minutes * 60, None, np.zeros(2)
    saved_at, checked_at = now["spent"], now["spent"]

    def save():
        saved = dict(model=model.state_dict(), average=average.state_dict(), optimizer=optimizer.state_dict(), best=best, now=now)
        torch.save(saved, checkpoint.with_suffix(".new"))
        checkpoint.with_suffix(".new").replace(checkpoint)

    while now["spent"] < end:
        begin = time.process_time()
        cosine = 0.5 * (1 + math.cos(math.pi * now["spent"] / end))
        rate = PEAK_RATE * min(1, (now["step"] + 1) / WARM_UP) * (FLOOR + (1 - FLOOR) * cosine)
        for group in optimizer.param_groups:
            group["lr"] = rate
        x, tonic, counts, fresh = streams.next()
        if state is not None:
            keep = (~fresh).float()[None, :, None]
            state = tuple(s.detach() * keep for s in state)
        nats, state = model.nats(x, tonic, state)
        total = (nats * counts).sum()
        optimizer.zero_grad(set_to_none=True)
        (total / counts.sum()).backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        decay = min(EMA, (now["step"] + 1) / (now["step"] + 10))
        with torch.no_grad():
            for a, p in zip(average.parameters(), model.parameters()):
                a.lerp_(p, 1 - decay)
        now["step"] += 1
        now["symbols"] += int(counts.sum())
        tally += [float(total.detach()), float(((x[..., 0] == keyboard.end) & counts).sum())]
        now["spent"] += time.process_time() - begin
        if now["spent"] - checked_at > CHECK_EVERY or now["spent"] >= end:
            checked_at = now["spent"]
            result = score(average, valid)
            if result["nats"] < now["best_nats"]:
                now.update(best_nats=result["nats"], best_step=now["step"])
                best = copy.deepcopy(average.state_dict())
            log(f"{now['spent']:6.0f} s  step {now['step']}  {now['symbols'] / n_symbols:.1f} passes  "
                f"train {tally[0] / max(tally[1], 1):.3f}  valid {said(result)}")  # fmt: skip
            tally[:] = 0
        if now["spent"] - saved_at > SAVE_EVERY:
            saved_at = now["spent"]
            save()
    save()


def read_test(args, model, keyboard, log):
    saved = torch.load(pathlib.Path(args.run) / "checkpoint.pt")
    model.load_state_dict(saved["best"])
    chosen = f"step {saved['now']['best_step']}, valid {saved['now']['best_nats']:.4f}"
    result = said(score(model, load(args, "test", keyboard)))
    log(f"test {result}; chosen on valid: {chosen}")
    with open(pathlib.Path(args.run) / "test-readings.txt", "a") as file:
        file.write(f"{datetime.datetime.now().isoformat(timespec='seconds')} {args.set} memory {args.memory} test {result}; {chosen}\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("benchmarks", nargs="?")
    parser.add_argument("run", nargs="?")
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--score", action="store_true")
    parser.add_argument("--set", default="JSB_Chorales")
    parser.add_argument("--memory", choices=MEMORIES, default="all")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--check", action="store_true")
    args = parser.parse_args()
    torch.set_num_threads(1)
    if args.check:
        from check import check

        return check()
    if args.run is None:
        parser.error("BENCHMARKS and RUN are needed")
    folder = pathlib.Path(args.run)
    folder.mkdir(parents=True, exist_ok=True)

    def log(text):
        print(text, flush=True)
        with open(folder / "log.txt", "a") as file:
            file.write(text + "\n")

    keyboard = Keyboard(n_slots=N_VOICES.get(args.set, OTHER_SLOTS))
    torch.manual_seed(args.seed)
    model = FrameLstm(keyboard, args.memory)
    train(args, model, keyboard, log)
    if args.score:
        read_test(args, model, keyboard, log)


if __name__ == "__main__":
    raise SystemExit(main())
