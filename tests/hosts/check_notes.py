#!/usr/bin/env python3
# Copyright 2026 The Continuo authors
# SPDX-License-Identifier: ISC

"""Check the notes that a host got from the plugin.

They must lie on the model's grid, be mostly in the key, all have ended, and be the
notes that the command line wrote with the same seed and settings.
"""

import argparse
import sys

import notes

GRID = 24  # Steps in a quarter
MAJOR = (0, 2, 4, 5, 7, 9, 11)
MINOR = (0, 2, 3, 5, 7, 8, 9, 10, 11)  # Its sixth and seventh are also raised
MIN_NOTES_PER_BAR = 2
BAR = 4  # Quarters


class Failure(Exception):
    """A check that did not hold"""


def check(holds, sentence):
    """Raise a Failure that says `sentence` unless it holds"""
    if not holds:
        raise Failure(sentence)


def check_ends(played):
    """Every note has ended once, and the host lost nothing"""
    for remark, count in played.remarks.items():
        check(count == 0, f"{count} {remark}")
    endless = [note for note in played.notes if note.length is None]
    check(not endless, f"{len(endless)} notes never ended")


def check_grid(heard, tolerance):
    """Every onset lies on the grid"""
    for note in heard:
        step = round(note.onset * GRID) / GRID
        check(abs(note.onset - step) <= tolerance,
              f"onset {note.onset:.6f} is off the grid by {note.onset - step:.6f} quarters")


def check_key(heard, tonic, scale, min_share):
    """Enough notes belong to the key on `tonic`"""
    n_inside = sum((note.pitch - tonic) % 12 in scale for note in heard)
    share = n_inside / len(heard)
    check(share >= min_share, f"only {share:.0%} of the notes are in the key")
    return share


def in_order(heard):
    """Sorted by grid step, then pitch: rounding must not decide"""
    return sorted(heard, key=lambda note: (round(note.onset * GRID), note.pitch))


def check_same(heard, expected, end, tolerance):
    """The notes are the expected ones, lengths too where they end before `end`"""
    check(len(heard) == len(expected),
          f"{len(heard)} notes where {len(expected)} are expected")
    for note, other in zip(in_order(heard), in_order(expected)):
        same = (note.pitch == other.pitch and note.velocity == other.velocity
                and abs(note.onset - other.onset) <= tolerance)
        if other.onset + other.length < end - tolerance:
            same = same and abs(note.length - other.length) <= 2 * tolerance
        check(same, f"{note} where {other} is expected")


def parse_arguments():
    """The command line"""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("played", help="list that a host printed")
    parser.add_argument("expected", help="MIDI file of the command line")
    parser.add_argument("--tempo", type=float, required=True, help="quarters a minute")
    parser.add_argument("--bars", type=int, required=True, help="how far to look")
    parser.add_argument("--tonic", type=int, required=True, help="pitch class of the key")
    parser.add_argument("--minor", action="store_true", help="it is a minor key")
    parser.add_argument("--min-share", type=float, default=0.8, help="of notes in the key")
    parser.add_argument("--tolerance", type=float, required=True, help="of times, in quarters")
    return parser.parse_args()


def run(arguments):
    """All checks; returns a sentence about what was seen"""
    end = arguments.bars * BAR
    played = notes.read_list(arguments.played)
    written, tempos = notes.read_midi(arguments.expected)

    def before_end(some):
        return [note for note in some.notes if note.onset < end - arguments.tolerance]

    heard, expected = before_end(played), before_end(written)
    check(len(heard) >= MIN_NOTES_PER_BAR * arguments.bars, f"only {len(heard)} notes")
    check_ends(played)
    check_grid(heard, arguments.tolerance)
    share = check_key(heard, arguments.tonic, MINOR if arguments.minor else MAJOR, arguments.min_share)
    check(len(tempos) == 1 and abs(tempos.pop() - arguments.tempo) < 0.01,
          "the MIDI file has another tempo")
    check_same(heard, expected, end, arguments.tolerance)
    return (f"{len(heard)} notes in {arguments.bars} bars, all on the grid, {share:.0%} in the key, "
            "the same as the command line's")


def main():
    """Exit status 0 if all checks hold"""
    arguments = parse_arguments()
    try:
        print(run(arguments))
    except Failure as failure:
        print(f"{arguments.played}: {failure}")
        sys.exit(1)


if __name__ == "__main__":
    main()
