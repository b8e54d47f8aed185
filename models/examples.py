# Copyright 2026 The Continuo authors
# SPDX-License-Identifier: ISC
"""Three pieces of 32 bars for each style, by its presets, as MIDI files and scores.

    python3 models/examples.py build/ui/cli/continuo OUT [--bars 32] [--pieces 3]

A style's presets take turns, each time with another seed; the same program writes the same files.
"""

import argparse
import collections
import pathlib
import re
import subprocess

PRESETS = pathlib.Path(__file__).parent.parent / "presets"


def presets_by_style():
    """style -> names of its presets, in the order that programs list them; a name is "Style - Piece"."""
    out = collections.defaultdict(list)
    for line in (PRESETS / "order.txt").read_text().splitlines():
        file = line.partition("#")[0].strip()
        if not file:
            continue
        text = (PRESETS / file).with_suffix(".preset").read_text()
        name = re.search(r"^name = (.*)$", text, re.MULTILINE)[1]
        out[name.split(" - ")[0]].append(name)
    return out


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("out", type=pathlib.Path)
    parser.add_argument("--bars", type=int, default=32)
    parser.add_argument("--pieces", type=int, default=3)
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    for style, presets in presets_by_style().items():
        for i in range(args.pieces):
            preset, seed = presets[i % len(presets)], 1 + i
            stem = re.sub(r"\W+", "-", preset.lower()).strip("-")
            for suffix in ("mid", "musicxml"):
                path = args.out / f"{stem}-{seed}.{suffix}"
                subprocess.run([args.program, "generate", "--preset", preset, "--seed", str(seed), "--bars", str(args.bars), "-o", path], check=True)
            print(path.stem)


if __name__ == "__main__":
    main()
