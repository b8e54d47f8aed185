# Copyright 2026 The Continuo authors
# SPDX-License-Identifier: ISC
"""Score MIDI files by PyTorch as `continuo score --json` does, to be held against it.

    python3 models/score.py MODEL.safetensors [--composer bach] FILE.mid...
    python3 models/score.py MODEL.safetensors --corpus CORPUS --against build/ui/cli/continuo

The second form scores the corpus' validation split by composer on both sides and tells the
largest difference.
"""

import argparse
import csv
import json
import math
import pathlib
import struct
import subprocess
import sys

import numpy as np
import torch

import codec
import smf
from corpus import SETS, STYLE_ENSEMBLE, composer_of, textures
from dataset import Conditions, Dataset
from evaluate import evaluate_batch
from export import STYLES
from network import HEADS, INPUTS, SCORED, NoteLstm


def read_safetensors(path):
    """-> float32 arrays by name (int8 times scale), metadata"""
    data = pathlib.Path(path).read_bytes()
    (size,) = struct.unpack("<Q", data[:8])
    header = json.loads(data[8 : 8 + size])
    kinds = {"F32": np.float32, "I8": np.int8, "I32": np.int32}
    raw = {}
    for name, entry in header.items():
        if name != "__metadata__":
            begin, end = entry["data_offsets"]
            raw[name] = np.frombuffer(data[8 + size + begin : 8 + size + end], kinds[entry["dtype"]]).reshape(entry["shape"])
    arrays = {}
    for name, array in raw.items():
        if array.dtype == np.int8:
            arrays[name] = array.astype(np.float32) * raw[f"{name}.scale"][:, None]
        elif not name.endswith(".scale"):
            arrays[name] = array
    return arrays, json.loads(header["__metadata__"]["continuo"])


def load(path):
    """A model file as a NoteLstm; the reverse of export.tensors_of()."""
    arrays, metadata = read_safetensors(path)
    model = NoteLstm(metadata["architecture"]["hidden"], metadata["architecture"]["head_width"])
    state = {f"input.{n}.weight": arrays[f"input.{n}"] for n, _, _ in INPUTS}
    for lstm in ("lstm1", "lstm2"):
        state[f"{lstm}.weight_ih_l0"] = arrays[f"{lstm}.w_input"]
        state[f"{lstm}.weight_hh_l0"] = arrays[f"{lstm}.w_recurrent"]
        state[f"{lstm}.bias_ih_l0"] = arrays[f"{lstm}.bias"]
        state[f"{lstm}.bias_hh_l0"] = np.zeros_like(arrays[f"{lstm}.bias"])
    for name in ("norm.weight", "norm.bias", "gain"):
        state[name] = arrays[name]
    for head, (_, tables) in HEADS.items():
        name = f"head.{head}"
        for part in ("hidden.weight", "hidden.bias"):
            state[f"{name}.{part}"] = arrays[f"{name}.{part}"]
        for table in tables:
            state[f"{name}.table.{table}.weight"] = arrays[f"{name}.table.{table}"]
        if head == "pitch":
            state[f"{name}.project.weight"] = arrays[f"{name}.project"]
            state[f"{name}.bias"] = arrays[f"{name}.out.bias"]
        else:
            state[f"{name}.out.weight"] = arrays[f"{name}.out.weight"]
            state[f"{name}.out.bias"] = arrays[f"{name}.out.bias"]
    model.load_state_dict({name: torch.tensor(array) for name, array in state.items()})
    return model.eval()


class OneFile(Dataset):
    """The rows of one file, encoded as the C side encodes it: the ensemble is inferred."""

    def __init__(self, path, composer):
        score = smf.read(path)
        rows, sets, stats = codec.encode(score)
        rows = np.array(rows, np.int16)
        self.rows = np.column_stack([rows, textures(rows)]).astype(np.int16)
        packed = np.frombuffer(b"".join(bits.to_bytes(11, "little") for row in sets for bits in row), np.uint8)
        self.sets = dict(zip(SETS, packed.reshape(-1, len(SETS), 11).transpose(1, 0, 2)))
        self.beats = stats["beats"]
        self.pieces = [dict(begin=0, end=len(rows), composer=composer, ensemble=codec.infer_ensemble(score))]


@torch.no_grad()
def score(model, paths, composer):
    """-> the object that `continuo score --json` prints, without its files"""
    total, beats = 0.0, 0.0
    for path in paths:
        data = OneFile(path, composer)
        total += evaluate_batch(model, data, data.pieces, 10**9)[0]
        beats += data.beats
    notes, nats = total[-1], total[: len(SCORED)].sum()
    by_head = {h: total[i] / notes for i, h in enumerate(SCORED)}
    return {"notes": int(notes), "beats": beats, "nats_per_note": dict(by_head, total=nats / notes), "bits_per_beat": nats / math.log(2) / beats}


def compare(model, model_path, corpus, program):
    """Print both sides for every composer of the validation split.  -> largest relative difference"""
    corpus = pathlib.Path(corpus)
    with open(corpus / "MANIFEST.tsv", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        # What is trained on is what is judged: other ensembles are not in the model's world
        manifest = [row for row in rows if row["split"] == "valid" and row["style"] in STYLE_ENSEMBLE]
    worst = 0.0
    print("composer notes shift part pitch duration total bits/quarter (C, Python)")
    for style, name, _ in STYLES:
        index = codec.COMPOSERS.index(name)
        paths = [str(corpus / row["path"]) for row in manifest if composer_of(row) == index]
        run = subprocess.run([program, "score", "--json", "--model", model_path, "--style", style, *paths], capture_output=True, text=True)
        theirs, ours = json.loads(run.stdout), score(model, paths, index)
        pairs = [(theirs["nats_per_note"][h], ours["nats_per_note"][h]) for h in [*SCORED, "total"]]
        pairs.append((theirs["bits_per_beat"], ours["bits_per_beat"]))
        worst = max([worst, abs(theirs["notes"] / ours["notes"] - 1), *(abs(a / b - 1) for a, b in pairs)])
        print(name, theirs["notes"], *(f"{a:.4f},{b:.4f}" for a, b in pairs), flush=True)
    return worst


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model")
    parser.add_argument("files", nargs="*")
    parser.add_argument("--composer", default="free", choices=codec.COMPOSERS)
    parser.add_argument("--corpus")
    parser.add_argument("--against")
    args = parser.parse_intermixed_args()
    torch.set_num_threads(1)
    model = load(args.model)
    if args.corpus:
        worst = compare(model, args.model, args.corpus, args.against)
        print(f"largest relative difference {worst:.2e}")
        sys.exit(1 if worst > 0.01 else 0)
    print(json.dumps(score(model, args.files, codec.COMPOSERS.index(args.composer))))


if __name__ == "__main__":
    main()
