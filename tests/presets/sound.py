#!/usr/bin/python3
# Copyright 2026 The Continuo authors
# SPDX-License-Identifier: ISC
"""Play every preset, and see that it sounds as it says of itself.

    python3 tests/presets/sound.py COMMAND_LINE [--seeds N] [--bars N] [--model FILE] [ID...]

A line for each preset, the mean of the seeds but for `loop`, `silent` and the pitches, which are
the worst of them; the columns are those of models/measure.py, and
  silent   longest run of bars in which one of its parts is silent
  wrong    what is not as it should be; the exit status is then 1:
    loop      four or more equal bars follow each other
    silent    a part has no note in more than LONGEST_REST bars on end
    end       the lowest note of the last bar is not the tonic
    density   mean notes a quarter outside of the preset's `notes_a_quarter`
    range     a note outside of `low_note` and `high_note`
    time      another meter or tempo than the preset's
    key       fewer than a share LEAST_IN_KEY of the notes in the preset's key
"""

import argparse
import os
import pathlib
import subprocess
import sys
import tempfile

import mido
import numpy as np

ROOT = pathlib.Path(__file__).resolve().parents[2]
PRESETS = ROOT / "presets"
sys.path.append(str(ROOT / "models"))

import measure  # noqa: E402
import smf  # noqa: E402

LOOP = 4  # equal bars in a row: as metrics of models/form.py count a loop
LONGEST_REST = 8  # bars: two phrases, such as a piano plays before a song
LEAST_IN_KEY = 0.6
MIN_TEMPO_ERROR = 0.01
KEYS = ["C", "C#", "D", "Eb", "E", "F", "F#", "G", "Ab", "A", "Bb", "B"]
PARTS = {
    "Keyboard": {"right", "left"},
    "Organ": {"right", "left"},
    "Song": {"soprano", "right", "left"},
    "Voices": {"soprano", "alto", "tenor", "bass"},
    "Quartet": {"soprano", "alto", "tenor", "bass"},
    "Melody": {"soprano"},
}
COLUMNS = ["density", "poly", "in-key", "scale", "empty", "loop", "repeat", "entropy", "low", "high", "silent"]
WORST = {"loop": max, "low": min, "high": max, "silent": max}


def order():
    lines = (PRESETS / "order.txt").read_text().splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def read_preset(preset):
    """-> symbol -> text of its value"""
    values = {}
    for line in (PRESETS / f"{preset}.preset").read_text().splitlines():
        symbol, equals, value = line.partition("=")
        if equals and not line.startswith("#"):
            values[symbol.strip()] = value.strip()
    return values


def notes_by_part(path):
    """-> name of the track -> ticks of its notes"""
    parts = {}
    for track in mido.MidiFile(path).tracks[1:]:
        tick, ticks = 0, []
        for message in track:
            tick += message.time
            if message.type == "note_on" and message.velocity:
                ticks.append(tick)
        parts[track.name] = ticks
    return parts


def longest_silence(ticks, lines):
    """Longest run of bars without one of `ticks`."""
    has_note = np.histogram(ticks, lines)[0] > 0
    longest = run = 0
    for sounds in has_note:
        run = 0 if sounds else run + 1
        longest = max(longest, run)
    return longest


def play(command, preset, seed, bars, folder):
    """-> the numbers of one piece, and whether its meter and tempo are the preset's"""
    path = pathlib.Path(folder) / f"{preset}-{seed}.mid"
    subprocess.run(
        [*command, "--preset", preset, "--seed", str(seed), "--bars", str(bars), "-o", path],
        env={**os.environ, "XDG_CONFIG_HOME": str(folder)},
        check=True,
    )
    row = measure.measure(path)
    values = read_preset(preset)
    midi, score = mido.MidiFile(path), smf.read(path)
    scale = smf.PPQN / midi.ticks_per_beat
    lines = measure.bar_lines(score.meters, bars * smf.PPQN // 8)
    lines = lines[0] + (lines[1] - lines[0]) * np.arange(bars + 1)
    parts = notes_by_part(path)
    row["silent"] = max(
        longest_silence(np.array(parts.get(part, [])) * scale, lines) for part in PARTS[values["ensemble"]]
    )
    tempo = next(m.tempo for track in midi.tracks for m in track if m.type == "set_tempo")
    _, numerator, denominator = score.meters[0]
    row["time"] = f"{numerator}/{denominator}" == values["meter"] and (
        abs(mido.tempo2bpm(tempo) - float(values["tempo"])) < MIN_TEMPO_ERROR
    )
    last = [pitch for stream in score.streams for onset, _, pitch, _ in stream.notes if onset >= lines[-2]]
    row["end"] = bool(last) and (min(last) - KEYS.index(values["key"])) % len(KEYS) == 0
    row["density"] = row["notes"] * smf.PPQN / int(lines[-1])
    return row


def judge(values, rows, mean):
    """-> what is wrong"""
    least, most = map(float, values["notes_a_quarter"].split(".."))
    checks = {
        "loop": mean["loop"] < LOOP,
        "silent": mean["silent"] <= LONGEST_REST,
        "end": all(row["end"] for row in rows),
        "density": least <= mean["density"] <= most,
        "range": mean["low"] >= int(values.get("low_note", 21)) and mean["high"] <= int(values.get("high_note", 108)),
        "time": all(row["time"] for row in rows),
        "key": mean["in-key"] >= LEAST_IN_KEY,
    }
    return [name for name, is_right in checks.items() if not is_right]


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("program")
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--bars", type=int, default=32)
    parser.add_argument("--model", metavar="FILE")
    parser.add_argument("ids", nargs="*", metavar="ID")
    args = parser.parse_args()

    command = [args.program, "generate", *(["--model", args.model] if args.model else [])]
    status = 0
    print(" ".join(f"{column:>7}" for column in COLUMNS), "preset")
    with tempfile.TemporaryDirectory() as folder:
        for preset in args.ids or order():
            rows = [play(command, preset, 1 + i, args.bars, folder) for i in range(args.seeds)]
            mean = {c: WORST[c](r[c] for r in rows) if c in WORST else float(np.mean([r[c] for r in rows])) for c in COLUMNS}
            wrong = judge(read_preset(preset), rows, mean)
            cells = (f"{mean[c]:7d}" if isinstance(mean[c], int) else f"{mean[c]:7.2f}" for c in COLUMNS)
            print(" ".join(cells), preset, "- wrong: " + ", ".join(wrong) if wrong else "", flush=True)
            status = status or bool(wrong)
    return int(status)


if __name__ == "__main__":
    sys.exit(main())
