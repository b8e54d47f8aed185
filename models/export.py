# Copyright 2026 The Continuo authors
# SPDX-License-Identifier: ISC
"""Write a checkpoint as the model file that the plugin loads, and the C tests' parity vectors.

    python3 models/export.py DATA RUN/checkpoint.pt models/NAME.safetensors [--vectors tests/data/parity.safetensors]

Weights become int8 with a float scale for each row.  The self-test in the file and the
vectors are computed by PyTorch from those rounded weights, so C must agree with them to the
last decimals, not to the rounding.
"""

import argparse
import json
import pathlib
import struct

import numpy as np
import torch

import codec
from dataset import COLUMN, Conditions, Dataset
from evaluate import load
from network import AFTER, HEADS, INPUTS, MEMORY

FORMAT = 2
SELF_TEST_STEPS, VECTOR_STEPS = 6, 240
SETS = ["held", "echo", "recalled"]  # the order of CtSetId, and of CtField
FIELDS = [name for name, _, _ in INPUTS if name not in SETS] + [
    "last", "echo_shift", "echo_duration", "recall", "recall_shift", "recall_duration",
]  # fmt: skip
MARKED_SHARE = 0.1  # of a style's notes that are told how loud, so that the level is worth asking

STYLES = [  # name, composer, ensemble
    ("Bach", "bach", codec.KEYBOARD),
    ("Mozart", "mozart", codec.KEYBOARD),
    ("Beethoven", "beethoven", codec.KEYBOARD),
    ("Haydn", "haydn", codec.QUARTET),
    ("Chopin", "chopin", codec.KEYBOARD),
    ("Schubert", "schubert", codec.KEYBOARD),
    ("Schumann", "schumann", codec.SONG),
    ("Brahms", "brahms", codec.SONG),
    ("Scarlatti", "scarlatti", codec.KEYBOARD),
    ("Debussy", "debussy", codec.KEYBOARD),
    ("Mendelssohn", "mendelssohn", codec.QUARTET),
    ("Irish folk", "folk", codec.MELODY),
    ("Hymn", "hymns", codec.VOICES),
    ("Joplin", "joplin", codec.KEYBOARD),
    ("Scriabin", "scriabin", codec.KEYBOARD),
    ("Polish salon", "polish", codec.KEYBOARD),
]


def tensors_of(model):
    """name in the file -> float array, as core/model/note_lstm_load.c expects them."""
    state = {name: value.detach().numpy() for name, value in model.state_dict().items()}
    out = {f"input.{name}": state[f"input.{name}.weight"] for name, _, _ in INPUTS}
    for lstm in ("lstm1", "lstm2"):
        out[f"{lstm}.w_input"] = state[f"{lstm}.weight_ih_l0"]
        out[f"{lstm}.w_recurrent"] = state[f"{lstm}.weight_hh_l0"]
        out[f"{lstm}.bias"] = state[f"{lstm}.bias_ih_l0"] + state[f"{lstm}.bias_hh_l0"]
    out["norm.weight"], out["norm.bias"], out["gain"] = state["norm.weight"], state["norm.bias"], state["gain"]
    for head, (_, tables) in HEADS.items():
        name = f"head.{head}"
        out[f"{name}.hidden.weight"] = state[f"{name}.hidden.weight"]
        out[f"{name}.hidden.bias"] = state[f"{name}.hidden.bias"]
        for table in tables:
            out[f"{name}.table.{table}"] = state[f"{name}.table.{table}.weight"]
        if head == "pitch":
            out[f"{name}.project"] = state[f"{name}.project.weight"]
            out[f"{name}.out.bias"] = state[f"{name}.bias"]
        else:
            out[f"{name}.out.weight"] = state[f"{name}.out.weight"]
            out[f"{name}.out.bias"] = state[f"{name}.out.bias"]
    return out


def quantise(array):
    """-> int8 [rows, cols], float32 scale [rows]"""
    scale = np.abs(array).max(1) / 127
    scale = np.where(scale > 0, scale, 1).astype(np.float32)
    return np.rint(array / scale[:, None]).astype(np.int8), scale


def round_weights(model):
    """Replace the model's matrices by their int8 values times scale."""
    with torch.no_grad():
        for parameter in model.parameters():
            if parameter.dim() == 2:
                values, scale = quantise(parameter.numpy())
                parameter.copy_(torch.from_numpy(values.astype(np.float32) * scale[:, None]))


def write_safetensors(path, tensors, metadata):
    kinds = {np.dtype(np.float32): "F32", np.dtype(np.int8): "I8", np.dtype(np.int32): "I32"}
    header, blobs, at = {"__metadata__": metadata} if metadata else {}, [], 0
    # Wide elements first, so that every tensor lies at a multiple of its element
    for name, array in sorted(tensors.items(), key=lambda item: (-item[1].dtype.itemsize, item[0])):
        blob = np.ascontiguousarray(array).tobytes()
        header[name] = {"dtype": kinds[array.dtype], "shape": list(array.shape), "data_offsets": [at, at + len(blob)]}
        blobs.append(blob)
        at += len(blob)
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    pathlib.Path(path).write_bytes(struct.pack("<Q", len(text)) + text + b"".join(blobs))


def contexts(x, y):
    """-> of the contexts before and after the shift: rows [T, fields] and sets by name [T, 88]."""
    row, members = torch.zeros_like(x["part"]), torch.zeros_like(x["held"])
    before = dict(x, **{f: row for f in FIELDS if f not in x}, **{s: members for s in SETS if s not in x})
    after = dict(before, **{f: y[f] for f in AFTER}, duration=row)

    def arrays(z):
        rows = torch.stack([z[f] for f in FIELDS], -1)[0].numpy().astype(np.int32)
        return {"row": rows, **{s: z[s][0].numpy().astype(np.int8) for s in SETS}}

    return arrays(before), arrays(after)


@torch.no_grad()
def run(model, dataset, piece, first, n):
    """`n` steps of a piece from its row `first` on: contexts and logits by head."""
    model.eval()
    conditions = Conditions(1)
    conditions.set(0, piece, show_density=True, show_polyphony=True, show_ending=True, show_recall=True)
    x, y = dataset.batch(piece["begin"] + 1 + first + np.arange(n)[None], conditions)
    y["part"] = y["part"].clamp(max=codec.NO_PART - 1)  # what a BAR's later heads see is never asked
    logits, _ = model(x, y)
    return contexts(x, y), {h: z[0].numpy().astype(np.float32) for h, z in logits.items()}


def choose_piece(dataset, length):
    """The first piece of `length` rows or more whose beginning has everything in it (several levels,
    an echo and a recollection), or the one that has most.
    -> the piece, the row in it where it first has most"""
    best = None
    for piece in dataset.pieces:
        rows = np.asarray(dataset.rows[piece["begin"] : min(piece["end"], piece["begin"] + VECTOR_STEPS)])
        column = lambda name: rows[:, COLUMN[name]]
        told = (column("level") < codec.NO_LEVEL).astype(int) + (column("recall_duration") < codec.NO_DURATION)
        told += column("echo_duration") < codec.NO_DURATION
        levels = set(column("level").tolist()) - {codec.NO_LEVEL}
        worth = int(len(levels) > 2) + int(told.max())
        if piece["end"] - piece["begin"] > length and (best is None or worth > best[0]):
            best = worth, piece, int(np.argmax(told))
    if best is None:
        raise ValueError("no piece is long enough for the self-test")
    return best[1:]


def self_test(model, dataset, piece, first):
    """What the loader runs: a few steps with the logits that it must give."""
    first = min(first - SELF_TEST_STEPS // 2, piece["end"] - piece["begin"] - 1 - SELF_TEST_STEPS)
    (before, after), logits = run(model, dataset, piece, max(0, first), SELF_TEST_STEPS)

    def context(arrays, t):
        return {"row": arrays["row"][t].tolist(), **{s: np.flatnonzero(arrays[s][t]).tolist() for s in SETS}}

    return [
        {
            "before": context(before, t),
            "after": context(after, t),
            "logits": [[round(float(v), 5) for v in logits[h][t]] for h in HEADS],
        }
        for t in range(SELF_TEST_STEPS)
    ]


def is_marked(dataset, composer, ensemble):
    """Whether the scores of a style tell how loud to play."""
    marked = notes = 0
    for piece in dataset.pieces:
        if (piece["composer"], piece["ensemble"]) == (composer, ensemble):
            rows = np.asarray(dataset.rows[piece["begin"] : piece["end"]])
            is_note = rows[:, COLUMN["part"]] < codec.NO_PART
            notes += is_note.sum()
            marked += (is_note & (rows[:, COLUMN["level"]] < codec.NO_LEVEL)).sum()
    return bool(marked > MARKED_SHARE * notes)


def style(dataset, name, composer, ensemble):
    return {"name": name, "composer": composer, "ensemble": ensemble, "marked": is_marked(dataset, composer, ensemble)}


def metadata(model, composers, about, tests):
    return {
        "format": FORMAT,
        "kind": "note-lstm",
        **about,
        "quantisation": "int8, a float scale for each row",
        "architecture": {
            "hidden": model.n_hidden,
            "head_width": model.head_width,
            "inputs": {name: list(model.input[name].weight.shape) for name, _, _ in INPUTS},
            "memory": MEMORY,
            "heads": {head: {"classes": n, "tables": tables} for head, (n, tables) in HEADS.items()},
        },
        "codec": {
            "grid": codec.GRID,
            "low": codec.LOW,
            "shifts": codec.SHIFTS,
            "durations": codec.DURATIONS,
            "parts": codec.PARTS,
            "ensembles": codec.ENSEMBLES,
            "meters": codec.METERS,
            "composers": composers,
            "level_edges": codec.LEVEL_EDGES,
        },
        "self_test": tests,
    }


def write_model(path, model, composers, about, dataset, piece, first):
    """Write the model file, and leave `model` with the weights as they are in it.

    about: name, licence, data and styles; a row of `piece` near `first` is what the file tests itself by.
    """
    tensors = {}
    for name, array in tensors_of(model).items():
        if array.ndim == 2:
            tensors[name], tensors[f"{name}.scale"] = quantise(array)
        else:
            tensors[name] = array.astype(np.float32)
    round_weights(model)
    tests = self_test(model, dataset, piece, first)
    text = json.dumps(metadata(model, composers, about, tests), separators=(",", ":"))
    write_safetensors(path, tensors, {"continuo": text})


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data")
    parser.add_argument("checkpoint")
    parser.add_argument("out")
    parser.add_argument("--name", default="House")
    parser.add_argument("--vectors", help="also write parity vectors here")
    args = parser.parse_args()
    torch.set_num_threads(1)
    model = load(args.checkpoint)
    train, valid = Dataset(args.data, "train"), Dataset(args.data, "valid")
    piece, first = choose_piece(valid, VECTOR_STEPS + SELF_TEST_STEPS)
    licences = sorted({p["licence"] for p in train.pieces})
    notes = sum(p["notes"] for p in train.pieces)
    about = {
        "name": args.name,
        "licence": "CC-BY-SA-4.0",
        "data": f"{len(train.pieces)} pieces, {notes} notes from open scores ({', '.join(licences)})",
        "styles": [style(train, name, codec.COMPOSERS.index(composer), ensemble) for name, composer, ensemble in STYLES],
    }
    write_model(args.out, model, codec.COMPOSERS, about, valid, piece, first)
    if args.vectors:
        (before, after), logits = run(model, valid, piece, 0, VECTOR_STEPS)
        vectors = {f"{when}.{name}": z for when, arrays in (("before", before), ("after", after)) for name, z in arrays.items()}
        vectors.update({f"logits.{h}": z for h, z in logits.items()})
        write_safetensors(args.vectors, vectors, None)


if __name__ == "__main__":
    main()
