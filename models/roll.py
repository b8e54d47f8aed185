# Copyright 2026 The Continuo authors
# SPDX-License-Identifier: ISC
"""Draw a MIDI file as a piano roll: a colour for each track, lines at the bars.

    python3 models/roll.py FILE.mid -o FILE.png [--bars 1-16]
"""

import argparse

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt  # noqa: E402

import measure  # noqa: E402
import smf  # noqa: E402

BARS_PER_ROW = 8
ROW_SIZE = 16, 3.2  # inches
DPI = 100


def draw_row(axes, score, lines, low, high):
    for i, stream in enumerate(score.streams):
        notes = [n for n in stream.notes if n[1] > lines[0] and n[0] < lines[-1]]
        axes.barh(
            [pitch for _, _, pitch, _ in notes],
            [end - onset for onset, end, _, _ in notes],
            left=[onset for onset, _, _, _ in notes],
            height=0.9, color=f"C{i % 10}", edgecolor="white", linewidth=0.4, label=stream.name or f"track {i + 1}",
        )  # fmt: skip
    for quarter in range(int(lines[0]), int(lines[-1]), smf.PPQN):
        axes.axvline(quarter, color="0.9", linewidth=0.5, zorder=0)
    for line in lines:
        axes.axvline(line, color="0.4", linewidth=1, zorder=0)
    row_end = lines[0] + BARS_PER_ROW * (lines[1] - lines[0])  # a short last row keeps the scale
    axes.set_xlim(lines[0], max(lines[-1], row_end))
    axes.set_ylim(low - 1, high + 1)
    octaves = range(-(-low // 12) * 12, high + 1, 12)
    axes.set_yticks(list(octaves))
    axes.set_yticklabels([f"C{pitch // 12 - 1}" for pitch in octaves])
    axes.grid(axis="y", color="0.8", linewidth=0.5)
    axes.set_axisbelow(True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("file", metavar="FILE.mid")
    parser.add_argument("-o", "--output", required=True, metavar="FILE.png")
    parser.add_argument("--bars", default="1-32", metavar="FIRST-LAST")
    args = parser.parse_args()

    score = smf.read(args.file)
    notes = [note for stream in score.streams for note in stream.notes]
    lines = measure.bar_lines(score.meters, max(end for _, end, _, _ in notes))
    first, last = (int(bar) for bar in args.bars.split("-"))
    first, last = first - 1, min(last, len(lines) - 1)
    low, high = min(n[2] for n in notes), max(n[2] for n in notes)

    starts = range(first, last, BARS_PER_ROW)
    size = ROW_SIZE[0], ROW_SIZE[1] * len(starts)
    figure, rows = plt.subplots(len(starts), 1, figsize=size, squeeze=False)
    for axes, start in zip(rows[:, 0], starts):
        end = min(start + BARS_PER_ROW, last)
        draw_row(axes, score, lines[start : end + 1], low, high)
        axes.set_xticks(lines[start:end])
        axes.set_xticklabels(range(start + 1, end + 1))
    rows[0, 0].legend(loc="upper right", fontsize="small")
    rows[0, 0].set_title(args.file)
    figure.tight_layout()
    figure.savefig(args.output, dpi=DPI)


if __name__ == "__main__":
    main()
