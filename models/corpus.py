# Copyright 2026 The Continuo authors
# SPDX-License-Identifier: ISC
"""Encode a corpus folder with a MANIFEST.tsv into arrays that train.py and evaluate.py map.

    python3 models/corpus.py CORPUS OUT

Writes OUT/rows.npy (int16, codec.COLUMNS then TEXTURES), OUT/held.npy,
OUT/echo.npy and OUT/recall.npy (88 bits a row, packed), OUT/pieces.json, OUT/credits.tsv (a line for each
training piece, as CC BY and CC BY-SA ask) and a report of what was left out.
"""

import collections
import csv
import json
import multiprocessing
import pathlib
import sys

import numpy as np

import codec
import smf

# Which ensemble a manifest style is; other styles (orchestra, guitar, ...) are left out
STYLE_ENSEMBLE = {
    "piano": codec.KEYBOARD, "organ": codec.ORGAN, "song": codec.SONG, "hymn": codec.VOICES,
    "voice-satb": codec.VOICES, "string-quartet": codec.QUARTET, "folk": codec.MELODY,
}  # fmt: skip
STREAMS = {
    codec.KEYBOARD: (2, 6), codec.ORGAN: (2, 7), codec.SONG: (3, 3),
    codec.VOICES: (3, 4), codec.QUARTET: (4, 4), codec.MELODY: (1, 1),
}  # fmt: skip

CALLED = {"folk-irish": "folk", "polish-piano": "polish"}  # in the table, by name in the manifest

# Composers outside the table teach the network how keyboards, organs, quartets and songs are written
FREE_ENSEMBLES = (codec.KEYBOARD, codec.ORGAN, codec.QUARTET, codec.SONG)

DENSITY_EDGES = [0.75, 1.5, 2.25, 3.0, 4.0, 5.5, 8.0]  # notes a quarter, class = edges passed
POLYPHONY_EDGES = [1.2, 1.8, 2.5, 3.5]  # mean sounding notes
SETS = ["held", "echo", "recall"]
ENDING_EDGES = [1, 2, 4]  # bars to come, class = edges passed: 0 is a piece's last bar
TEXTURES = {"density": len(DENSITY_EDGES) + 1, "polyphony": len(POLYPHONY_EDGES) + 1, "ending": len(ENDING_EDGES) + 1}
MIN_NOTES = 24
TEXTURE_BARS = 4  # a texture class tells of the bar it stands in and the next three


def composer_of(row):
    name = CALLED.get(row["composer"], row["composer"])
    return codec.COMPOSERS.index(name) if name in codec.COMPOSERS else 0


def textures(rows):
    """-> classes of every row, [rows, TEXTURES]: density and polyphony of its bar and the next three,
    and how near the end is."""
    note = rows[:, 1] < codec.NO_PART
    bar = np.cumsum(rows[:, 0] == codec.BAR)
    n = bar[-1] + 1
    length = np.zeros(n)
    length[bar] = rows[:, 5]
    onsets = np.bincount(bar[note], minlength=n)
    duration = np.append(codec.DURATIONS, 0)[rows[:, 3]]
    sounding = np.bincount(bar[note], duration[note], minlength=n)

    def ahead(x):
        total = np.concatenate([[0], np.cumsum(x), np.full(TEXTURE_BARS, np.sum(x))])
        return total[TEXTURE_BARS : TEXTURE_BARS + n] - total[:n]

    span = np.maximum(ahead(length), 1)
    density = np.searchsorted(DENSITY_EDGES, ahead(onsets) * codec.GRID / span)
    polyphony = np.searchsorted(POLYPHONY_EDGES, ahead(sounding) / span)
    to_come = np.maximum(n - 2 - np.arange(n), 0)  # the bar that END stands in has no music
    ending = np.searchsorted(ENDING_EDGES, to_come, side="right")
    return np.column_stack([density[bar], polyphony[bar], ending[bar]])


class Unfit(ValueError):
    """Why a file is left out, in a few words."""


def read_score(path):
    try:
        return smf.read(path)
    except Exception as error:  # mido raises many kinds for a broken file
        raise Unfit("unreadable: " + (str(error)[:60] or "it ends too early")) from error


def encode_score(score, ensemble, streams=STREAMS):
    """-> rows with textures, sets [rows, SETS, 11], what is to be said of the piece"""
    low, high = streams[ensemble]
    if not low <= len(score.streams) <= high:
        raise Unfit(f"{len(score.streams)} streams; {codec.ENSEMBLES[ensemble]} has {low} to {high}")
    rows, sets, stats = codec.encode(score, ensemble)
    rows = np.array(rows, np.int16)
    notes = int((rows[:, 1] < codec.NO_PART).sum())
    if notes < MIN_NOTES:
        raise Unfit(f"fewer than {MIN_NOTES} notes")
    if stats["moved"] > 0.05 * notes:
        raise Unfit("more than 5 % of the onsets are off the grid")
    rows = np.column_stack([rows, textures(rows)]).astype(np.int16)
    sets = np.frombuffer(b"".join(bits.to_bytes(11, "little") for row in sets for bits in row), np.uint8).reshape(-1, len(SETS), 11)
    return rows, sets, dict(ensemble=ensemble, notes=notes, **stats)


def join(kept):
    """(rows, sets, piece) of each piece -> rows of all, sets of all by name, pieces with their place"""
    rows = np.concatenate([r for r, _, _ in kept])
    sets = np.concatenate([s for _, s, _ in kept])
    pieces, at = [], 0
    for piece_rows, _, piece in kept:
        pitches = piece_rows[piece_rows[:, 2] > 0, 2]
        pieces.append(dict(piece, begin=at, end=at + len(piece_rows), low=int(pitches.min()), high=int(pitches.max())))
        at += len(piece_rows)
    return rows, {name: sets[:, i] for i, name in enumerate(SETS)}, pieces


def encode_piece(job):
    corpus, row = job
    ensemble = STYLE_ENSEMBLE.get(row["style"])
    composer = composer_of(row)
    if ensemble is None or (composer == 0 and ensemble not in FREE_ENSEMBLES):
        return None, "style " + row["style"]
    try:
        score = read_score(pathlib.Path(corpus) / row["path"])
        rows, sets, piece = encode_score(score, ensemble)
    except Unfit as reason:
        return None, str(reason)
    piece.update(path=row["path"], split=row["split"], composer=composer, licence=row["licence"], source=row["source"])
    return (rows, sets, piece), "kept"


def write_credits(corpus, manifest, pieces, out):
    """Composer, title, source, licence and typesetter of every piece that is trained on."""
    with open(pathlib.Path(corpus) / "CREDITS.tsv", newline="") as file:
        credit = {row["path"]: row["credit"] for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)}
    used = {p["path"] for p in pieces if p["split"] == "train"}
    lines = ["composer\ttitle\tsource\tlicence\tcredit"]
    for row in manifest:
        if row["path"] in used:
            lines.append("\t".join([row["composer"], row["title"], row["source"], row["licence"], credit.get(row["path"], "")]))
    (out / "credits.tsv").write_text("\n".join(lines) + "\n")


def main(corpus, out):
    out = pathlib.Path(out)
    out.mkdir(parents=True, exist_ok=True)
    with open(pathlib.Path(corpus) / "MANIFEST.tsv", newline="") as file:
        manifest = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    with multiprocessing.Pool() as pool:
        results = pool.map(encode_piece, [(corpus, row) for row in manifest], chunksize=16)
    kept = [result for result, _ in results if result]
    rows, sets, pieces = join(kept)
    np.save(out / "rows.npy", rows)
    for name, packed in sets.items():
        np.save(out / f"{name}.npy", packed)
    (out / "pieces.json").write_text(json.dumps(pieces, indent=0))

    write_credits(corpus, manifest, pieces, out)
    reasons = collections.Counter(why for _, why in results)
    report = [f"{count:6d} {why}" for why, count in reasons.most_common()]
    notes = sum(p["notes"] for p in pieces)
    report += [f"{notes} notes, {len(rows)} rows; moved {sum(p['moved'] for p in pieces)}, dropped {sum(p['dropped'] for p in pieces)}"]
    for split in ("train", "valid"):
        for c, name in enumerate(codec.COMPOSERS):
            mine = [p for p in pieces if p["composer"] == c and p["split"] == split]
            by = collections.Counter()
            for p in mine:
                by[codec.ENSEMBLES[p["ensemble"]]] += p["notes"]
            report.append(f"{split} {name:12s} {len(mine):5d} pieces {sum(by.values()):8d} notes  {dict(by)}")
    (out / "report.txt").write_text("\n".join(report) + "\n")
    print("\n".join(report))


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit("usage: corpus.py CORPUS OUT")
    main(*sys.argv[1:])
