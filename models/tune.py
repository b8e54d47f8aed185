# Copyright 2026 The Continuo authors
# SPDX-License-Identifier: ISC
"""Make a model of your own: fine-tune the house's on a folder of MIDI files.

    python3 models/tune.py FOLDER OUT.safetensors [--name TEXT] [--minutes 5]

All .mid and .midi files below FOLDER are read; one that does not fit is named with the reason and
left out.  The music becomes a style of its own, the first of the new model.  Of four pieces or
more every tenth is held back: by them the best moment to stop is chosen, and the loss before and
after is told.  It takes one core, and needs no key signatures, dynamics or manifest.
"""

import argparse
import bisect
import collections
import copy
import math
import os
import pathlib
import struct
import sys
import time

os.environ.setdefault("OMP_NUM_THREADS", "1")

import numpy as np
import torch

import codec
import score
from corpus import STREAMS, Unfit, encode_score, join, read_score
from dataset import Dataset, Streams
from evaluate import evaluate, evaluate_batch
from export import SELF_TEST_STEPS, choose_piece, style, tensors_of, write_model
from network import SCORED, nats
from train import detached, optimizer_of

HOUSE_MODEL = pathlib.Path(__file__).resolve().parent / "house.safetensors"
BAD_INPUT = 2
MAX_STYLES, MAX_NAME = 16, 31  # CT_MAX_STYLES, and bytes of CT_STYLE_NAME_SIZE

# A piano piece on a single track is as good as one on two: it is parted at middle C
OWN_STREAMS = STREAMS | {codec.KEYBOARD: (1, STREAMS[codec.KEYBOARD][1])}
MAX_LOOSENESS = 18  # ticks that onsets may lie off the grid in the mean; by chance they would 23
MAX_QUARTERS = 20000  # a longer piece is a broken file

HOLD_BACK = 10  # every tenth piece, of
MIN_TO_HOLD_BACK = 4
N_STREAMS, WINDOW = 16, 128
PEAK_RATE, FLOOR, WARM_UP = 1e-3, 0.02, 10
EMA = 0.97
CHECKS, PATIENCE = 8, 3  # looks at the pieces held back; so many without a gain and it stops
MAX_PASSES = 20  # over the pieces
BLIND_PASSES = 8  # where none are held back to tell when it is enough
MIN_STEPS = 20
LOOK = dict(max_pieces=12, max_rows=800)
NEAR_PIECES, NEAR_ROWS = 4, 256  # by which the nearest of the house's composers is found


class Pieces(Dataset):
    """Encoded pieces in memory; `pieces` may be narrowed by part()."""

    def __init__(self, kept):
        self.rows, self.sets, self.pieces = join(kept)

    def part(self, chosen):
        other = copy.copy(self)
        other.pieces = chosen
        return other


def looseness(music):
    """Mean distance of the onsets from the model's grid, ticks."""
    onsets = [note[0] for stream in music.streams for note in stream.notes]
    bars = [bar.start for bar in codec.bars_of(music, max(onsets))]
    after_line = [onset - bars[bisect.bisect_right(bars, onset) - 1] for onset in onsets]
    return sum(abs(codec.grid_position(t) * codec.TICK - t) for t in after_line) / len(onsets)


def read_piece(path, ensemble):
    music = read_score(path)
    if not music.streams:
        raise Unfit("no notes but drums, if any")
    if max(stream.notes[-1][0] for stream in music.streams) > MAX_QUARTERS * codec.PPQN:
        raise Unfit(f"longer than {MAX_QUARTERS} quarters")
    if min(beats for _, beats, _ in music.meters) < 1:
        raise Unfit("a meter of no beats")
    if looseness(music) > MAX_LOOSENESS:
        raise Unfit("played freely, not along its bar lines; quantise it first")
    return encode_score(music, codec.infer_ensemble(music) if ensemble is None else ensemble, OWN_STREAMS)


def read_folder(folder, ensemble, composer):
    """Print what is left out.  -> Pieces, all of them by `composer`"""
    paths = sorted(p for p in folder.rglob("*") if p.suffix.lower() in (".mid", ".midi") and p.is_file())
    kept, seen = [], {}
    for path in paths:
        name = path.relative_to(folder)
        try:
            rows, sets, piece = read_piece(path, ensemble)
            same = seen.setdefault(rows[:, :4].tobytes(), name)
            if same != name:
                raise Unfit(f"the same notes as {same}")
        except Unfit as reason:
            print(f"left out {name}: {reason}")
        else:
            kept.append((rows, sets, dict(piece, composer=composer)))
    if not kept:
        raise ValueError(f"No MIDI file below {folder} can be learnt from")
    print(f"{len(kept)} of {len(paths)} files, {sum(p['notes'] for _, _, p in kept)} notes")
    return Pieces(kept)


def split(pieces):
    """-> pieces to train on, pieces held back"""
    if len(pieces) < MIN_TO_HOLD_BACK:
        return pieces, []
    held_back = pieces[min(HOLD_BACK, len(pieces)) - 1 :: HOLD_BACK]
    return [p for p in pieces if p not in held_back], held_back


def composer_tables(model):
    """The embeddings with a row for each composer: the input's and the heads'."""
    return [model.input["composer"], *(head.table["composer"] for head in model.head.values())]


def add_composer(model):
    """A further row in each table of composers, at first the mean of those known.  -> its index"""
    for rows in composer_tables(model):
        known = rows.weight.data
        rows.weight = torch.nn.Parameter(torch.cat([known, known[1:].mean(0, keepdim=True)]))
        rows.num_embeddings = len(known) + 1
    return len(known)


@torch.no_grad()
def begin_as_nearest(model, data, composer):
    """Start `composer` from the row that foretells the pieces best.  -> its index"""
    pieces = data.pieces[:: max(1, len(data.pieces) // NEAR_PIECES)][:NEAR_PIECES]
    loss = []
    for row in range(composer + 1):
        sums = evaluate_batch(model, data, [dict(p, composer=row) for p in pieces], NEAR_ROWS)
        loss.append(sums[:, : len(SCORED)].sum())
    nearest = int(np.argmin(loss))
    for rows in composer_tables(model):
        rows.weight[composer] = rows.weight[nearest].clone()
    return nearest


class OwnStreams(Streams):
    """Every stream is told whose it is, so that the row of nobody in particular stays the house's."""

    def _begin(self, i):
        super()._begin(i)
        self.conditions.composer[i] = self.n_composers - 1


class Clock:
    """How far the tuning is, 0 to 1: by time, or by steps where they run out sooner."""

    def __init__(self, minutes, steps):
        self.begin, self.seconds, self.steps, self.step = time.monotonic(), 60 * minutes, steps, 0

    def minutes(self):
        return (time.monotonic() - self.begin) / 60

    def progress(self):
        by_time = 60 * self.minutes() / self.seconds if self.seconds else 0
        return min(1, max(by_time, self.step / self.steps))


def step(model, average, optimizer, streams, state, rate):
    """One step of AdamW at `rate` on the next window of every stream.  -> state"""
    for group in optimizer.param_groups:
        group["lr"] = rate
    x, y, fresh = streams.next()
    logits, state = model(x, y, None if state is None else detached(state, fresh))
    loss = sum(value.sum() for value in nats(logits, x, y).values()) / y["event"].sum().clamp(min=1)
    optimizer.zero_grad(set_to_none=True)
    loss.backward()
    torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
    optimizer.step()
    with torch.no_grad():
        for a, p in zip(average.parameters(), model.parameters()):
            a.lerp_(p, 1 - EMA)
    return state


def tune(model, train, valid, clock, seed):
    """-> the average of the weights at its best on `valid`, or at the end where that is empty"""
    streams = OwnStreams(train, N_STREAMS, WINDOW, seed)
    optimizer = optimizer_of(model)
    average = copy.deepcopy(model)
    best, least, checks, worse, state = average, math.inf, 0, 0, None

    def check():
        nonlocal best, least, worse
        loss = evaluate(average, valid, **LOOK)["all"]["total"]
        worse = 0 if loss < least else worse + 1
        if loss < least:
            best, least = copy.deepcopy(average), loss
        print(f"{clock.minutes():5.1f} min  step {clock.step:4d}  {loss:.4f} nats/note held back", flush=True)

    if valid.pieces:
        check()
    model.train()
    while clock.progress() < 1 and worse < PATIENCE:
        cosine = 0.5 * (1 + math.cos(math.pi * clock.progress()))
        rate = PEAK_RATE * min(1, (clock.step + 1) / WARM_UP) * (FLOOR + (1 - FLOOR) * cosine)
        state = step(model, average, optimizer, streams, state, rate)
        clock.step += 1
        if valid.pieces and clock.progress() * CHECKS >= checks + 1:
            checks = int(clock.progress() * CHECKS)
            check()
    return best


def main_ensemble(data):
    notes = collections.Counter()
    for piece in data.pieces:
        notes[piece["ensemble"]] += piece["notes"]
    return notes.most_common(1)[0][0]


def about(name, data, composer, base):
    """What the model file says of itself."""
    own = style(data, name, composer, main_ensemble(data))
    others = [s for s in base["styles"] if s["name"].lower() != name.lower()]
    notes = sum(p["notes"] for p in data.pieces)
    return {
        "name": f"{name}, after {base['name']}",
        "licence": base["licence"],
        "data": f"{base['name']} tuned on {len(data.pieces)} pieces, {notes} notes of the user's own; {base['name']}: {base['data']}",
        "styles": [own, *others][:MAX_STYLES],
    }


def read_back(path, model):
    """Prove that the file at `path` holds `model`."""
    arrays, _ = score.read_safetensors(path)
    for name, ours in tensors_of(model).items():
        if not np.allclose(arrays[name], ours, atol=1e-6):
            raise ValueError(f"{path}: {name} is not what was written")


def load_base(path):
    """-> model, metadata"""
    try:
        base = score.read_safetensors(path)[1]
        is_house = base["codec"]["composers"] == codec.COMPOSERS
        model = score.load(path) if is_house else None
    except (OSError, ValueError, KeyError, RuntimeError, IndexError, struct.error) as error:
        raise ValueError(f"{path} cannot be read as a model of this version") from error
    if not is_house:
        raise ValueError(f"{path} has other composers than the house's, and cannot be tuned")
    return model, base


def run(args):
    ensemble = codec.ENSEMBLES.index(args.ensemble) if args.ensemble else None
    name = args.name or args.folder.resolve().name.encode()[:MAX_NAME].decode(errors="ignore")
    if not args.folder.is_dir():
        raise ValueError(f"{args.folder} is no folder")
    if not args.out.parent.is_dir():
        raise ValueError(f"{args.out.parent}, where the model shall go, is no folder")
    if len(name.encode()) > MAX_NAME:
        raise ValueError(f"A name has at most {MAX_NAME} bytes")
    model, base = load_base(args.base)
    composer = add_composer(model)
    data = read_folder(args.folder, ensemble, composer)
    ours, held_back = (data.part(pieces) for pieces in split(data.pieces))
    print(f"{len(ours.pieces)} pieces to learn from, {len(held_back.pieces)} held back")

    nearest = begin_as_nearest(model, ours, composer)
    print(f"nearest of the house's: {[*codec.COMPOSERS, 'the mean of all'][nearest]}")
    before = evaluate(model, held_back)["all"]["total"] if held_back.pieces else None
    passes = MAX_PASSES if held_back.pieces else BLIND_PASSES
    rows = sum(p["end"] - p["begin"] for p in ours.pieces)
    most = max(MIN_STEPS, math.ceil(passes * rows / (N_STREAMS * WINDOW)))
    clock = Clock(args.minutes if args.steps is None else 0, most if args.steps is None else args.steps)
    model = tune(model, ours, held_back, clock, args.seed)

    fit = choose_piece(data, SELF_TEST_STEPS)
    write_model(args.out, model, [*codec.COMPOSERS, name], about(name, ours, composer, base), data, *fit)
    read_back(args.out, model)
    print(f"{args.out}: {clock.step} steps in {clock.minutes():.1f} minutes")
    if held_back.pieces:
        after = evaluate(model, held_back)["all"]["total"]
        print(f"nats per note held back: {before:.3f} before, {after:.3f} after")
    else:
        print("Too few pieces to hold any back: only your ears can tell how well it went")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("out", type=pathlib.Path)
    parser.add_argument("--base", type=pathlib.Path, default=HOUSE_MODEL, help="model file to begin with")
    parser.add_argument("--name", help="of the style; the folder's, where none is given")
    parser.add_argument("--minutes", type=float, default=5)
    parser.add_argument("--steps", type=int, help="so many, however long they take; then a run can be made again")
    parser.add_argument("--ensemble", choices=codec.ENSEMBLES, help="of all files; else each is looked at")
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(args.seed)
    try:
        run(args)
    except (ValueError, OSError) as error:
        print(error, file=sys.stderr)
        sys.exit(BAD_INPUT)


if __name__ == "__main__":
    main()
