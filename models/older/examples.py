# Copyright 2026 The Continuo authors
# SPDX-License-Identifier: ISC
"""A piece of each older design as a MIDI file and a picture of its score, and a typed melody gone on with.

    python3 models/older/examples.py build/ui/cli/continuo [--out models/older/examples] [--bars 8]

Scores are drawn by MuseScore 3 (Debian: musescore3), pictures made small by PIL (python3-pil).
"""

import argparse
import os
import pathlib
import shutil
import subprocess
import tempfile

from PIL import Image

HERE = pathlib.Path(__file__).parent
SEED = "60 _ 62 _ 64 _ 65 _ 67 _ _ 69 71 _ 72 _ _"
PIECES = {  # file: what beside the model is said of it
    "four_features": ["--key", "G major"],
    "two_clefs": ["--key", "A minor", "--meter", "3/4"],
    "regression": ["--key", "C major"],
    "regression_large": ["--key", "C major"],
    "three_models": ["--key", "C major"],
    "symbols_attention": ["--key", "D major"],
    "symbols_gru": ["--key", "D major"],
    "symbols_vae": ["--key", "D major"],
}
GO_ON = ["symbols_attention", "symbols_gru", "symbols_vae"]
MUSESCORE = shutil.which("mscore3") or "musescore3"
WHITE_EDGE, DOTS, GREYS = 16, 90, 8  # pixels round the notes, an inch, shades


def draw(score, picture):
    """The first page of a score, as a small PNG."""
    with tempfile.TemporaryDirectory() as folder:
        page = pathlib.Path(folder) / "page.png"
        subprocess.run(
            [MUSESCORE, "-T", str(WHITE_EDGE), "-r", str(DOTS), "-o", page, score], check=True, capture_output=True,
            env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "HOME": folder},
        )  # fmt: skip
        drawn = Image.open(page.with_name("page-1.png")).convert("RGBA")
        paper = Image.new("RGBA", drawn.size, "white")
        paper.alpha_composite(drawn)
        paper.convert("L").quantize(GREYS).save(picture, optimize=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("--out", type=pathlib.Path, default=HERE / "examples")
    parser.add_argument("--bars", type=int, default=8)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    jobs = [(stem, stem, options) for stem, options in PIECES.items()]
    jobs += [(f"{stem}-goes-on", stem, ["--prime", SEED]) for stem in GO_ON]
    for name, stem, options in jobs:
        command = [args.program, "generate", "--model", HERE / f"{stem}.safetensors", "--seed", str(args.seed), "--bars", str(args.bars), *options]
        with tempfile.TemporaryDirectory() as folder:
            score = pathlib.Path(folder) / f"{name}.musicxml"
            for out in (args.out / f"{name}.mid", score):
                subprocess.run([*command, "-o", out], check=True)
            draw(score, args.out / f"{name}.png")
        print(name)


if __name__ == "__main__":
    main()
