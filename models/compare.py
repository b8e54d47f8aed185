# Copyright 2026 The Continuo authors
# SPDX-License-Identifier: ISC
"""How far what a program generates is from real music, style by style, in one file of tables.

    python3 models/compare.py CORPUS build/ui/cli/continuo --out FILE.md [--model FILE] [--set SYMBOL=VALUE ...]
    python3 models/compare.py CORPUS build/ui/cli/continuo --out FILE.md --try "" --try "temperature=0.9 min_p=0.1"

For each style `--pieces` pieces of 32 bars are generated, in the keys and meters of held-out excerpts
of its composer and ensemble (as long as those, where a piece has between 16 and 32 bars), and held
against those excerpts.  metrics.py, form.py and copies.py say what is measured.  With --try, the
gap is told for several settings side by side, from the same seeds and keys; each is a list of
SYMBOL=VALUE, "" is what the program does of itself.

Held-out music is the corpus' valid split; the training split tells how far real music is from
real music (the floor) and what may have been copied.  Both are read once, some minutes, and kept
with their measures in --cache.
"""

import argparse
import json
import pathlib
import struct
import subprocess
import sys
import tempfile

import codec
import copies
import form
import tables
from excerpts import BARS, Corpus, read
from reference import Set, references, trained

TONICS = ["C", "C#", "D", "Eb", "E", "F", "F#", "G", "Ab", "A", "Bb", "B"]
FIRST_SEED = 100
BUILT_IN = pathlib.Path(__file__).parent / "house.safetensors"


def styles_of(program, model):
    """(name, composer, ensemble) of each style that the program lists, from its model's metadata."""
    command = [program, "list", *(["--model", model] if model else []), "styles"]
    names = subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()
    with open(model or BUILT_IN, "rb") as file:
        (size,) = struct.unpack("<Q", file.read(8))
        header = json.loads(file.read(size))
    known = {s["name"]: s for s in json.loads(header["__metadata__"]["continuo"])["styles"]}
    missing = [name for name in names if name not in known]
    if missing:
        sys.exit(f"{model or BUILT_IN} has no style {missing[0]}: give --model the file that is in the program")
    return [(name, known[name]["composer"], known[name]["ensemble"]) for name in names]


def generate(args, name, ensemble, partners, settings):
    """-> Set of `args.pieces` pieces, the i-th like the i-th partner (in turn) in key, meter, bars."""
    fit = [p for p in partners if codec.METERS[p.meter()[0]] != "other"]
    excerpts = []
    with tempfile.TemporaryDirectory() as temporary:
        folder = pathlib.Path(args.keep or temporary)
        folder.mkdir(parents=True, exist_ok=True)
        for i in range(args.pieces):
            partner = fit[i % len(fit)]
            key, path = int(partner.keys[0]) % codec.KEYS, folder / f"{name.replace(' ', '-')}-{FIRST_SEED + i}.mid"
            options = ["--style", name, "--seed", str(FIRST_SEED + i), "--bars", str(partner.n_bars)]
            options += ["--meter", codec.METERS[partner.meter()[0]], "--key", f"{TONICS[key % 12]} {'minor' if key >= 12 else 'major'}"]
            options += ["--model", args.model] if args.model else []
            options += [option for setting in settings for option in ("--set", setting)]
            subprocess.run([args.program, "generate", *options, "-o", path], check=True)
            music = read(path, ensemble, partner.n_bars)
            music.name = f"{name}, seed {FIRST_SEED + i}"
            if len(music.notes):
                excerpts.append(music)
            else:
                print(f"{music.name}: no notes", file=sys.stderr)
    return Set(excerpts, range(len(excerpts)))


def generate_all(args, styles, references, settings):
    out = {}
    for name, _, ensemble in styles:
        out[name] = generate(args, name, ensemble, references[name].real.excerpts, settings)
        print(name, file=sys.stderr, flush=True)
    return out


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus")
    parser.add_argument("program")
    parser.add_argument("--model", help="a model file other than the built-in one")
    parser.add_argument("--set", action="append", default=[], metavar="SYMBOL=VALUE", help="for all pieces")
    parser.add_argument("--try", action="append", default=[], dest="tries", metavar="SETTINGS", help="settings to put side by side")
    parser.add_argument("--pieces", type=int, default=12, metavar="N", help="of each style (12)")
    parser.add_argument("--styles", metavar="A,B,...", help="some styles only")
    parser.add_argument("--keep", metavar="FOLDER", help="leave the MIDI files there")
    parser.add_argument("--cache", default=pathlib.Path(tempfile.gettempdir()) / "continuo-compare", metavar="FOLDER")
    parser.add_argument("--out", required=True, metavar="FILE.md")
    args = parser.parse_args()

    styles = styles_of(args.program, args.model)
    train, valid = (Corpus(args.corpus, split, args.cache) for split in ("train", "valid"))
    if args.styles:
        styles = [s for s in styles if s[0] in args.styles.split(",")]
    known = references(styles, train, valid, args.pieces, args.cache, form.ending)
    styles = [s for s in styles if s[0] in known]

    about = {"pieces": args.pieces, "bars": BARS, "model": args.model and pathlib.Path(args.model).name, "set": args.set}
    if args.tries:
        sets = {text: generate_all(args, styles, known, args.set + text.split()) for text in args.tries}
        text = tables.settings(known, sets, about)
    else:
        sets = generate_all(args, styles, known, args.set)
        every = [e for one in sets.values() for e in one.excerpts]
        found = copies.of_excerpts(every, trained(train))
        for one in sets.values():
            one.copies, found = found[: len(one)], found[len(one) :]
        endings = {name: [form.ending(e) for e in one.excerpts] for name, one in sets.items()}
        text = tables.report(known, sets, endings, [a["name"] for a in train.about], about)
    pathlib.Path(args.out).write_text(text)
    print(text)


if __name__ == "__main__":
    main()
