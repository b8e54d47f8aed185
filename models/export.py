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
from dataset import Conditions, Dataset
from evaluate import load
from network import HEADS, INPUTS

FORMAT = 1
SELF_TEST_STEPS, VECTOR_STEPS = 6, 240
FIELDS = [name for name, _, _ in INPUTS if name != "held"] + ["last"]  # the order of CtField

STYLES = [  # name, composer, ensemble
    ("Free", "free", codec.KEYBOARD),
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
    """-> rows [T, fields] and held [T, 88] of the contexts before and after the shift."""
    zero = torch.zeros_like(x["part"])
    before = [x[f] if f in x else zero for f in FIELDS]
    later = dict(x, **{f: y[f] for f in ("shift", "part", "pitch", "position", "last")}, duration=zero)
    after = [later[f] for f in FIELDS]
    stack = lambda fields: torch.stack(fields, -1)[0].numpy().astype(np.int32)
    held = lambda z: z["held"][0].numpy().astype(np.int8)
    return stack(before), held(x), stack(after), held(y)


@torch.no_grad()
def run(model, dataset, piece, n):
    """The first `n` steps of a piece: contexts and logits by head."""
    model.eval()
    conditions = Conditions(1)
    conditions.set(0, piece, show_density=True, show_polyphony=True)
    x, y = dataset.batch(piece["begin"] + 1 + np.arange(n)[None], conditions)
    y["part"] = y["part"].clamp(max=codec.NO_PART - 1)  # what a BAR's later heads see is never asked
    logits, _ = model(x, y)
    return contexts(x, y), {h: z[0].numpy().astype(np.float32) for h, z in logits.items()}


def self_test(model, dataset, piece):
    """What the loader runs: a few steps with the logits that it must give."""
    (before, before_held, after, after_held), logits = run(model, dataset, piece, SELF_TEST_STEPS)

    def context(rows, held):
        return {"row": rows.tolist(), "held": np.flatnonzero(held).tolist()}

    return [
        {
            "before": context(before[t], before_held[t]),
            "after": context(after[t], after_held[t]),
            "logits": [[round(float(v), 5) for v in logits[h][t]] for h in HEADS],
        }
        for t in range(SELF_TEST_STEPS)
    ]


def metadata(name, model, train, valid, piece):
    licences = sorted({p["licence"] for p in train.pieces})
    notes = sum(p["notes"] for p in train.pieces)
    return {
        "format": FORMAT,
        "name": name,
        "kind": "note-lstm",
        "licence": "CC-BY-SA-4.0",
        "data": f"{len(train.pieces)} pieces, {notes} notes from open scores ({', '.join(licences)})",
        "quantisation": "int8, a float scale for each row",
        "architecture": {
            "hidden": model.n_hidden,
            "head_width": model.head_width,
            "inputs": {name: [rows, width] for name, rows, width in INPUTS},
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
            "composers": codec.COMPOSERS,
        },
        "styles": [{"name": n, "composer": codec.COMPOSERS.index(c), "ensemble": e} for n, c, e in STYLES],
        "self_test": self_test(model, valid, piece),
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data")
    parser.add_argument("checkpoint")
    parser.add_argument("out")
    parser.add_argument("--name", default="First sound")
    parser.add_argument("--vectors", help="also write parity vectors here")
    args = parser.parse_args()
    torch.set_num_threads(1)
    model = load(args.checkpoint)
    train, valid = Dataset(args.data, "train"), Dataset(args.data, "valid")
    piece = next(p for p in valid.pieces if p["composer"] == codec.COMPOSERS.index("bach") and p["end"] - p["begin"] > VECTOR_STEPS)

    arrays, tensors = tensors_of(model), {}
    for name, array in arrays.items():
        if array.ndim == 2:
            tensors[name], tensors[f"{name}.scale"] = quantise(array)
        else:
            tensors[name] = array.astype(np.float32)
    round_weights(model)
    text = json.dumps(metadata(args.name, model, train, valid, piece), separators=(",", ":"))
    write_safetensors(args.out, tensors, {"continuo": text})
    if args.vectors:
        (before, before_held, after, after_held), logits = run(model, valid, piece, VECTOR_STEPS)
        vectors = {"before.row": before, "before.held": before_held, "after.row": after, "after.held": after_held}
        vectors.update({f"logits.{h}": z for h, z in logits.items()})
        write_safetensors(args.vectors, vectors, None)


if __name__ == "__main__":
    main()
