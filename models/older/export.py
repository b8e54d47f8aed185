# Copyright 2026 The Continuo authors
# SPDX-License-Identifier: ISC
"""Write a checkpoint of an older design as a model file.

    python3 models/older/export.py DATA RUN/checkpoint.pt models/older/NAME.safetensors

Matrices become int8 with a float scale for each row, but for a network too small to bear it.  The
self-test in the file is PyTorch's answer with those rounded weights.
"""

import argparse
import json
import pathlib
import sys

import numpy as np
import torch

sys.path[0] = str(pathlib.Path(__file__).parent.parent)

from export import FORMAT, quantise, write_safetensors
from older import networks

SELF_TEST_STEPS = 4
LICENCE = "CC-BY-SA-4.0"
ONLY_TRAINING = ("encoder.variance",)  # is not in the file
FOR_WIDTHS = 50  # so many training windows apart are those that tell the widths
SMALL = 0.1e6  # weights; a file below it keeps its floats


def flat(weight):
    """A convolution's [out, in, taps] as [out, taps * in]: one product with the rows that it covers."""
    return weight.transpose(0, 2, 1).reshape(len(weight), -1) if weight.ndim == 3 else weight


def unflat(matrix, shape):
    out, n_in, taps = shape
    return matrix.reshape(out, taps, n_in).transpose(0, 2, 1)


def tensors_of(models, rounds):
    """-> arrays by name in the file.  With `rounds` the models are left with the rounded weights."""
    tensors = {}
    for owner, model in models.items():
        for name, parameter in model.named_parameters():
            if name.startswith(ONLY_TRAINING):
                continue
            full = f"{owner}.{name}" if owner else name
            array = flat(parameter.detach().numpy())
            if array.ndim == 2 and rounds:
                tensors[full], tensors[f"{full}.scale"] = values, scale = quantise(array)
                array = values.astype(np.float32) * scale[:, None]
                if parameter.dim() == 3:
                    array = unflat(array, parameter.shape)
                with torch.no_grad():
                    parameter.copy_(torch.from_numpy(np.ascontiguousarray(array)))
            else:
                tensors[full] = array.astype(np.float32)
    return tensors


def single(by_network):
    """What is said of each network, without a name where there is but one."""
    return by_network.get("", by_network)


def rounded(values):
    return [[round(float(v), 5) for v in row] for row in values]


@torch.no_grad()
def self_test(kind, models, examples):
    """examples: network's name -> rows of real input, as many as a window has."""
    tests = []
    for name, model in models.items():
        rows = examples[name]
        if kind == "symbols_vae":
            mean, _ = model.encoder(torch.tensor(rows)[None])
            inputs = [[0], *rows[: SELF_TEST_STEPS - 1]]
            logits, _ = model.decoder(torch.tensor(inputs)[None], mean)
            tests.append({"network": "encoder", "inputs": rows, "outputs": rounded(mean)})
            tests.append({"network": "decoder", "latent": rounded(mean)[0], "inputs": inputs, "outputs": rounded(logits[0])})
        elif kind == "symbols_attention":
            rows = rows[-model.arguments["window"] :]
            tests.append({"network": name, "inputs": rows, "outputs": rounded(model(torch.tensor(rows)[None]))})
        else:
            inputs = rows[:SELF_TEST_STEPS]
            outputs, _ = model(torch.tensor(inputs)[None])
            tests.append({"network": name, "inputs": inputs, "outputs": rounded(outputs[0])})
    return tests


@torch.no_grad()
def widths_of(model, windows):
    """How wide the latent is in each direction, on the average: the encoder's variance is not in the file."""
    model.eval()
    _, variance = model.encoder(torch.from_numpy(windows)[..., None])
    return [round(float(v), 4) for v in variance.exp().mean(0).sqrt()]


def write_model(path, kind, models, codec, about, opening):
    """about: name, data and styles; codec: the tables; opening: by mode, rows of real music by network."""
    for model in models.values():
        model.eval()
    rounds = networks.n_weights(models) > SMALL
    tensors = tensors_of(models, rounds)
    text = {
        "format": FORMAT,
        "kind": kind,
        "licence": LICENCE,
        **about,
        "quantisation": "int8, a float scale for each row" if rounds else "none",
        "architecture": single({name: model.arguments for name, model in models.items()}),
        "codec": codec,
        "opening": {mode: single(rows) for mode, rows in opening.items()},
        "self_test": self_test(kind, models, opening["major"]),
    }
    write_safetensors(path, tensors, {"continuo": json.dumps(text, separators=(",", ":"))})


def read_model(path):
    """-> kind, models in evaluation mode, the file's JSON"""
    raw = pathlib.Path(path).read_bytes()
    size = int.from_bytes(raw[:8], "little")
    header = json.loads(raw[8 : 8 + size])
    about = json.loads(header.pop("__metadata__")["continuo"])
    kinds = {"F32": np.float32, "I8": np.int8}

    def array(name):
        entry = header[name]
        begin, end = (8 + size + at for at in entry["data_offsets"])
        return np.frombuffer(raw[begin:end], kinds[entry["dtype"]]).reshape(entry["shape"])

    kind, arguments = about["kind"], about["architecture"]
    models = networks.make(kind, arguments if "" not in networks.KINDS[kind] else {"": arguments})
    for owner, model in models.items():
        model.eval()
        for name, parameter in model.named_parameters():
            full = f"{owner}.{name}" if owner else name
            if full not in header:
                continue
            values = array(full).astype(np.float32)
            if f"{full}.scale" in header:
                values = values * array(f"{full}.scale")[:, None]
            if parameter.dim() == 3:
                values = unflat(values, parameter.shape)
            with torch.no_grad():
                parameter.copy_(torch.from_numpy(np.array(values)))
    return kind, models, about


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data")
    parser.add_argument("checkpoint")
    parser.add_argument("out")
    args = parser.parse_args()
    from older.designs import DESIGNS

    torch.set_num_threads(1)
    saved = torch.load(args.checkpoint, map_location="cpu")
    design = DESIGNS[saved["design"]](args.data)
    models = networks.make(design.KIND, saved["arguments"])
    for name, model in models.items():
        model.load_state_dict(saved["average"][name])
    about = design.about()
    if design.KIND == "symbols_vae":
        about["widths"] = widths_of(models[""], design.two_bars("train")[::FOR_WIDTHS])
    write_model(args.out, design.KIND, models, design.codec(), about, design.opening())


if __name__ == "__main__":
    main()
