#!/usr/bin/env python3
# Copyright 2026 The Continuo authors
# SPDX-License-Identifier: ISC

"""Check that a change acts from a place on: notes before it are the same, then others come"""

import argparse
import sys

import check_notes
import notes


def main():
    """Exit status 0 if that holds"""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("plain", help="list that a host printed")
    parser.add_argument("changed", help="that of the change")
    parser.add_argument("--at", type=float, required=True, help="where it acts, in quarters")
    parser.add_argument("--within", type=float, required=True, help="quarters after that, at most")
    parser.add_argument("--tolerance", type=float, required=True, help="of times, in quarters")
    arguments = parser.parse_args()
    at, end, tolerance = arguments.at, arguments.at + arguments.within, arguments.tolerance
    plain, changed = notes.read_list(arguments.plain), notes.read_list(arguments.changed)

    def part(played, begin, end):
        return [note for note in played.notes if begin - tolerance <= note.onset < end - tolerance]

    def is_other():
        """Whether any of the notes after the place is, without their lengths"""
        try:
            check_notes.check_same(part(changed, at, end), part(plain, at, end), at, tolerance)
        except check_notes.Failure:
            return True
        return False

    try:
        check_notes.check_ends(plain)
        check_notes.check_ends(changed)
        check_notes.check(part(plain, 0, at), f"no notes before {at}")
        check_notes.check_same(part(changed, 0, at), part(plain, 0, at), at, tolerance)
        check_notes.check(is_other(), f"the same notes from {at} to {end}")
    except check_notes.Failure as failure:
        print(f"{arguments.changed}: {failure}")
        sys.exit(1)
    print(f"{len(part(plain, 0, at))} notes before {at} are the same, and then others come")


if __name__ == "__main__":
    main()
