#!/usr/bin/python3
# Copyright 2026 The Continuo authors
# SPDX-License-Identifier: ISC
"""What PyTorch says of the older designs' layers and networks, for the C tests to compare with.

    python3 tests/parity/designs.py FOLDER              # small random networks of each kind, and layers
    python3 tests/parity/designs.py PROGRAM MODEL...    # let test_parity_designs look at model files

The first makes tests/data/older again; weights there are random, so that each of them matters.
"""

import pathlib
import subprocess
import sys
import tempfile

try:
    import numpy as np
    import torch
except ImportError:
    print("PyTorch is missing")
    sys.exit(77)

sys.path.insert(0, str(pathlib.Path(__file__).parents[2] / "models"))

from export import write_safetensors
from older import export, networks

STEPS, WINDOWS = 20, 3
TOLERANCES = ["1e-3", "3e-4"]  # of logits of some 30: by own kernels for int8, which round to 16 bits, and by OpenBLAS
OF_BYTES = ("two_clefs", "symbols_gru", "symbols_vae")  # the others keep their floats

SMALL = {  # kind: arguments of each network
    "four_features": {"": dict(classes=(5, 6, 9, 3), embedding=(3, 2, 5, 2), encoder=(4, 3, 6, 2), hidden=11)},
    "two_clefs": {
        "treble": dict(classes=(9, 5), embedding=(6, 3), hidden=7, layers=3),
        "bass": dict(classes=(7, 5), embedding=(6, 3), hidden=7, layers=3),
    },
    "regression": {"": dict(hidden=9, layers=2)},
    "three_models": {
        "notes": dict(classes=11, embedding=5, hidden=7, layers=2),
        "offsets": dict(classes=6, embedding=5, hidden=7, layers=2),
        "durations": dict(classes=8, embedding=5, hidden=7, layers=2),
    },
    "symbols_attention": {"": dict(window=12, embedding=6, hidden=5, layers=2, width=16, heads=8)},
    "symbols_gru": {"": dict(embedding=6, hidden=9, layers=2)},
    "symbols_vae": {"": dict(window=8, embedding=5, encoder=6, hidden=7, layers=2, latent=4)},
}

SYMBOLS = {"grid": 24, "transposed": "all", "unit": 6, "low": 21, "symbols": ["/", "_", "r"]}
SINGLE = [[key] for key in range(60, 68)]
TRIADS = [[67, 64, 60], [69, 65, 60], [71, 67, 62]]
CODECS = {  # kind: its tables, of as many classes
    "four_features": {
        "grid": 24, "transposed": "C", "offsets": [0, 6, 12, 24, 48], "durations": [3, 6, 12, 24, 48, 96], "low": 60, "pitches": 9,
        "instruments": [{"name": n, "program": p, "part": n} for n, p in (("soprano", 73), ("tenor", 71), ("bass", 70))],
    },
    "two_clefs": {
        "grid": 24, "transposed": "C", "durations": [6, 12, 18, 24, 48], "top_k": {"notes": 4, "durations": 3},
        "treble": {"labels": [[], *SINGLE[:5], *TRIADS], "part": "right"},
        "bass": {"labels": [[], [36], [43], [48], [52, 43, 36], [53, 45, 41], [55, 47, 43]], "part": "left"},
    },
    "regression": {
        "grid": 24, "transposed": "C", "low": 21, "high": 108,
        "pitch": {"center": 64, "scale": 64}, "duration": {"center": 8, "scale": 8, "unit": 6},
    },
    "three_models": {
        "grid": 24, "transposed": "C", "labels": [*SINGLE, *TRIADS],
        "offsets": [3, 6, 12, 18, 24, 48], "durations": [3, 6, 9, 12, 18, 24, 48, 96],
    },
    "symbols_attention": SYMBOLS,
    "symbols_gru": SYMBOLS,
    "symbols_vae": {**SYMBOLS, "walk": 0.7},
}  # fmt: skip
ENSEMBLES = {"four_features": 3, "two_clefs": 0, "three_models": 0}  # voices, keyboards; the others are melodies
MELODY = 5


def randomise(module):
    with torch.no_grad():
        for parameter in module.parameters():
            parameter.normal_(0, 0.5 if parameter.dim() == 1 else 0.4)
    return module.eval()


def rows_of(kind, arguments, n, generator):
    """-> `n` input rows of a network, as many classes or numbers as it takes."""
    if kind == "regression":
        return generator.normal(0, 0.4, (n, 2)).round(4).tolist()
    classes = arguments.get("classes", networks.SYMBOLS - 1)
    limits = np.atleast_1d(classes) + 1  # the last is "nothing yet", or a key
    return generator.integers(0, limits, (n, len(limits))).tolist()


@torch.no_grad()
def vectors_of(kind, models, generator):
    """name in the file -> array: rows that each network is told, and what it says to them."""
    out = {}
    for name, model in models.items():
        n = model.arguments.get("window", STEPS)
        rows = [rows_of(kind, model.arguments, n, generator) for _ in range(WINDOWS if n != STEPS else 1)]
        x = torch.tensor(rows)
        if kind == "symbols_vae":
            mean, _ = model.encoder(x)
            logits, _ = model.decoder(x[:1], mean[:1])
            said = {"encoder": (x, mean), "decoder": (x[:1], logits)}
            out["decoder.latent"] = mean[0].numpy()
        else:
            y = model(x)
            said = {name or "network": (x, y if kind == "symbols_attention" else y[0])}
        for owner, (x, y) in said.items():
            kind_of_row = np.float32 if x.is_floating_point() else np.int32
            out[f"{owner}.inputs"] = x.flatten(0, -2).numpy().astype(kind_of_row)
            out[f"{owner}.outputs"] = y.flatten(0, -2).numpy()
    return out


def layers(generator):
    """Layers alone: their tensors, what they hear and what they say."""
    n, width = 13, 16
    made = {
        "lstm": torch.nn.LSTM(5, 9, batch_first=True, bidirectional=True),
        "gru": torch.nn.GRU(5, 9, batch_first=True),
        "conv": torch.nn.Conv1d(5, 7, 3, padding=1),
        "attention": networks.Attention(width, 8),
        "norm": torch.nn.LayerNorm(width),
    }
    out = {}
    for name, layer in made.items():
        n_input = {"attention": width, "norm": width}.get(name, 5)
        x = torch.from_numpy(generator.normal(0, 1, (1, n, n_input)).astype(np.float32))
        randomise(layer)
        with torch.no_grad():
            y = layer(x.transpose(1, 2)).transpose(1, 2) if name == "conv" else layer(x)
        y = y[0] if isinstance(y, tuple) else y
        out.update(export.tensors_of({name: layer}, False))
        out[f"{name}.x"], out[f"{name}.y"] = x[0].numpy(), y.reshape(-1, y.shape[-1]).numpy()
    return out


def make_all(folder):
    torch.manual_seed(1)
    generator = np.random.default_rng(1)
    write_safetensors(folder / "layers.safetensors", layers(generator), None)
    for kind, arguments in SMALL.items():
        models = {name: randomise(model) for name, model in networks.make(kind, arguments).items()}
        first = {n: rows_of(kind, m.arguments, m.arguments.get("window", 4), generator) for n, m in models.items()}
        name = f"Small {kind.replace('_', ' ')}"
        style = {"name": name, "composer": 0, "ensemble": ENSEMBLES.get(kind, MELODY), "marked": False}
        about = {"name": name, "data": "random numbers", "styles": [style]}
        export.SMALL = 0 if kind in OF_BYTES else float("inf")
        export.write_model(folder / f"{kind}.safetensors", kind, models, CODECS[kind], about, {"major": first, "minor": first})
        write_safetensors(folder / f"{kind}-vectors.safetensors", vectors_of(kind, models, generator), None)


def check(program, path):
    """Whether C says what PyTorch does.  -> False if not"""
    kind, models, _ = export.read_model(path)
    with tempfile.TemporaryDirectory() as folder:
        vectors = pathlib.Path(folder) / "vectors.safetensors"
        write_safetensors(vectors, vectors_of(kind, models, np.random.default_rng(1)), None)
        return subprocess.run([program, path, vectors, *TOLERANCES]).returncode == 0


def main():
    torch.set_num_threads(1)
    if len(sys.argv) == 2:
        make_all(pathlib.Path(sys.argv[1]))
    elif not all([check(sys.argv[1], path) for path in sys.argv[2:]]):
        sys.exit(1)


if __name__ == "__main__":
    main()
