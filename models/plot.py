# Copyright 2026 The Continuo authors
# SPDX-License-Identifier: ISC
"""Draw how the loss of one or more training runs fell.

    python3 models/plot.py OUT.png RUN/log.txt [NAME=OTHER/log.txt ...]

Lines are nats per note on the first rows of a few validation pieces of each composer, as train.py
logs them; dots the training loss in between.  Needs matplotlib (Debian: python3-matplotlib).
"""

import pathlib
import re
import sys

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt

STEP = re.compile(r"step (\d+) .*?([\d.]+) M events .* total ([\d.]+)$")
VALID = re.compile(r"step (\d+)  valid ([\d.]+) nats/note")


def read(path):
    """-> (millions of events, training loss), (the same of the validation loss).  A run that was taken
    up again tells of the steps since its checkpoint twice: the later counts."""
    events, train, valid = {}, {}, {}
    for line in pathlib.Path(path).read_text().splitlines():
        if found := STEP.search(line):
            step = int(found[1])
            events[step], train[step] = float(found[2]), float(found[3])
        elif found := VALID.search(line):
            valid[int(found[1])] = float(found[2])
    curve = lambda values: ([events[s] for s in sorted(values) if s in events], [values[s] for s in sorted(values) if s in events])
    return curve(train), curve(valid)


def main(out, *runs):
    figure, axes = plt.subplots(figsize=(7, 4), constrained_layout=True)
    lowest = []
    for i, run in enumerate(runs):
        name, path = run.split("=", 1) if "=" in run else (pathlib.Path(run).parent.name, run)
        train, valid = read(path)
        axes.plot(*train, ".", color=f"C{i}", markersize=3, alpha=0.5)
        axes.plot(*valid, color=f"C{i}", label=f"{name}: {valid[1][-1]:.3f}")
        lowest += [min(train[1]), min(valid[1])]
    axes.set(xlabel="million events", ylabel="nats per note", ylim=(min(lowest) - 0.1, min(lowest) + 1.8))
    axes.grid(alpha=0.3)
    axes.legend(title="validation")
    figure.savefig(out, dpi=120)


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit("usage: plot.py OUT.png RUN/log.txt [NAME=OTHER/log.txt ...]")
    main(*sys.argv[1:])
