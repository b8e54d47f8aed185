# Copyright 2026 The Continuo authors
# SPDX-License-Identifier: ISC
"""A folder of MIDI files becomes a model that the program plays.

    tuning.py CONTINUO MODEL
"""

import importlib.util
import pathlib
import shutil
import subprocess
import sys
import tempfile

SKIPPED = 77
HERE = pathlib.Path(__file__).resolve().parent
TUNE = HERE.parent.parent / "models" / "tune.py"
MIDI = HERE.parent / "data" / "midi"
NAME = "Of my own"


def tune(*args):
    return subprocess.run([sys.executable, "-B", TUNE, *args], capture_output=True, text=True)


def done(*args):
    run = subprocess.run(args, capture_output=True, text=True)
    if run.returncode or run.stderr:
        sys.exit(f"{args}: {run.returncode}\n{run.stderr}")
    return run.stdout


def expect(truth, what):
    if not truth:
        sys.exit(f"not so: {what}")


def refuses_what_is_no_music(folder, base):
    (folder / "text.mid").write_text("no music")
    run = tune(folder, folder / "out.safetensors", "--base", base)
    expect(run.returncode == 2 and len(run.stderr.splitlines()) == 1, f"one sentence, status 2: {run.stderr}")
    expect("text.mid: unreadable" in run.stdout, f"the file is named: {run.stdout}")


def plays_what_it_tuned(folder, base, program):
    music, out, piece = folder / "music", folder / "out.safetensors", folder / "piece.mid"
    shutil.copytree(MIDI, music)
    (music / "empty.MID").touch()
    run = tune(music, out, "--base", base, "--name", NAME, "--steps", "2")
    expect(run.returncode == 0, f"tuned: {run.stdout}{run.stderr}")
    for text in ("left out empty.MID: unreadable", "1 held back", "nats per note held back"):
        expect(text in run.stdout, f"{text!r} in {run.stdout}")
    info = done(program, "info", out)
    expect(f"styles   {NAME}, Bach" in info and "tuned on" in info, f"its own style, then the house's: {info}")
    done(program, "generate", "--model", out, "--style", NAME, "--bars", "2", "-o", piece)
    expect(piece.stat().st_size > 0, "a piece")


def main():
    program, base = sys.argv[1:]
    if not importlib.util.find_spec("torch"):
        sys.exit(SKIPPED)
    for test in (lambda folder: refuses_what_is_no_music(folder, base), lambda folder: plays_what_it_tuned(folder, base, program)):
        with tempfile.TemporaryDirectory() as folder:
            test(pathlib.Path(folder))


if __name__ == "__main__":
    main()
