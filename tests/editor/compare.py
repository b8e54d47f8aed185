#!/usr/bin/env python3
# Copyright 2026 The Continuo authors
# SPDX-License-Identifier: ISC

"""Hold a picture against one that was kept.

Usage: compare.py DRAWN.ppm KEPT.png [FOLDER]
With FOLDER it is kept there in its place.
"""

import os
import sys

import numpy
from PIL import Image

# Renderers differ in the edges of letters: a colour off by more than FAR is another colour, of
# which there may be so many
FAR = 48
MOST_FAR = 0.001


def main():
    drawn_path, kept_path = sys.argv[1:3]
    drawn = Image.open(drawn_path).convert("RGB")
    if len(sys.argv) > 3:
        path = os.path.join(sys.argv[3], os.path.basename(kept_path))
        drawn.quantize(255).save(path, optimize=True)
        return 0

    if not os.path.exists(kept_path):
        print(f"{kept_path} is missing")
        return 1
    kept = Image.open(kept_path).convert("RGB")
    if drawn.size != kept.size:
        print(f"{kept_path}: {drawn.size} where {kept.size} was")
        return 1
    difference = numpy.abs(
        numpy.asarray(drawn, numpy.int16) - numpy.asarray(kept, numpy.int16)
    ).max(axis=2)
    share = float((difference > FAR).mean())
    print(f"{os.path.basename(kept_path)}: {100 * share:.3f} % of it is of another colour")
    return int(share > MOST_FAR)


if __name__ == "__main__":
    sys.exit(main())
