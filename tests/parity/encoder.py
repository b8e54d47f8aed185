# Copyright 2026 The Continuo authors
# SPDX-License-Identifier: ISC
"""The C encoder and models/codec.py must make the same events of the same files.

    encoder.py DUMP_EVENTS MODEL

The files are those of tests/data/midi and, where CONTINUO_CORPUS names a corpus folder, every
eighth of the MIDI files in it; with CONTINUO_WHOLE_CORPUS all, which takes many minutes.
"""

import functools
import itertools
import multiprocessing
import os
import pathlib
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent.parent / "models"))

import codec  # noqa: E402
import smf  # noqa: E402

BATCH = 100
STRIDE = 8  # files of a corpus
LAST = codec.COLUMNS.index("last_right")
LATER = [codec.COLUMNS.index(name) for name in ("level", "echo_shift", "echo_duration")]


def pitches(bits):
    return [p for p in range(codec.HIGH - codec.LOW + 1) if bits >> p & 1]


def python_rows(path):
    score = smf.read(path)
    rows, sets, stats = codec.encode(score)
    lines = []
    for row, (held, echo, _) in zip(rows, sets):
        part = row[1]
        is_note = part < codec.NO_PART
        last = row[LAST + part] if is_note else 0
        echo = pitches(echo) if is_note else []  # of a bar line no head is told it
        lines.append(" ".join(map(str, [*row[:LAST], last, *(row[i] for i in LATER), "held", *pitches(held), "echo", *echo])))
    head = f"= {codec.infer_ensemble(score)} {stats['dropped']} {stats['moved']} {stats['beats']:.6f} {path}"
    return [*lines, head]


def compare(dump, model, paths):
    """-> number of rows, and what differs first, if anything."""
    run = subprocess.run([dump, model, *map(str, paths)], capture_output=True, text=True)
    theirs = run.stdout.splitlines()
    ours = list(itertools.chain.from_iterable(python_rows(path) for path in paths))
    for i, (a, b) in enumerate(itertools.zip_longest(ours, theirs)):
        if a != b:
            path = next((line for line in ours[i:] if line.startswith("=")), "the last file")
            return 0, f"row {i}: Python {a!r}, C {b!r}, in {path}\n{run.stderr}"
    return len(ours), None


def main():
    dump, model = sys.argv[1:]
    paths = sorted((HERE.parent / "data" / "midi").glob("*.mid"))
    if not paths:
        sys.exit("no MIDI files to compare")
    corpus = os.environ.get("CONTINUO_CORPUS")
    if corpus:
        stride = 1 if os.environ.get("CONTINUO_WHOLE_CORPUS") else STRIDE
        paths += sorted(pathlib.Path(corpus).rglob("*.mid"))[::stride]
    batches = [paths[i : i + BATCH] for i in range(0, len(paths), BATCH)]
    with multiprocessing.Pool() as pool:
        results = pool.map(functools.partial(compare, dump, model), batches, chunksize=1)
    for _, difference in results:
        if difference:
            sys.exit(difference)
    print(f"{len(paths)} files, {sum(rows for rows, _ in results)} rows agree")


if __name__ == "__main__":
    main()
