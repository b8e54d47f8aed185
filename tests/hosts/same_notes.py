#!/usr/bin/env python3
# Copyright 2026 The Continuo authors
# SPDX-License-Identifier: ISC

"""Check that hosts got the same notes from the plugin, as far as all of them listened"""

import argparse
import sys

import check_notes
import notes


def main():
    """Exit status 0 if all lists are like the first"""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("lists", nargs="+", help="lists that hosts printed")
    parser.add_argument("--bars", type=int, required=True, help="how far to look")
    parser.add_argument("--tolerance", type=float, required=True, help="of times, in quarters")
    arguments = parser.parse_args()
    end = arguments.bars * check_notes.BAR

    first = None
    for path in arguments.lists:
        played = notes.read_list(path)
        heard = [note for note in played.notes if note.onset < end - arguments.tolerance]
        first = first or heard
        try:
            check_notes.check_ends(played)
            check_notes.check(len(heard) >= check_notes.MIN_NOTES_PER_BAR * arguments.bars,
                              f"only {len(heard)} notes")
            check_notes.check_same(heard, first, end, arguments.tolerance)
        except check_notes.Failure as failure:
            print(f"{path}: {failure}")
            sys.exit(1)
    print(f"{len(first)} notes in {arguments.bars} bars, {len(arguments.lists)} times the same")


if __name__ == "__main__":
    main()
