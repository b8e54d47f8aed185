#!/usr/bin/python3
# Copyright 2026 The Continuo authors
# SPDX-License-Identifier: ISC
"""Compare the tables of options and parameters in README.md and the manual with the program's own.

Usage: tables.py CONTINUO [--write]

A table stands between a line with "table: WHAT" and the next with "table end", in a comment of
the file's language.  WHAT is "parameters", "options COMMAND", or "synth parameters" for what the
instrument's standalone beside CONTINUO prints; without one such tables are left.  One that differs is shown, and
with --write it is replaced.  Exits with 1 if one differed and was left.
"""

import difflib
import json
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[1]
FILES = [ROOT / "README.md", ROOT / "dist/man/continuo.1.in", ROOT / "dist/man/continuo-synth-jack.1.in"]
TABLE = re.compile(r"^([^\n]*\btable: ([^\n]+?)(?: -->)?)\n(.*?)^([^\n]*\btable end\b)", re.MULTILINE | re.DOTALL)
MOST_LABELS = 5  # That are named in README.md
MOST_LABELS_MANUAL = 24


class Program:
    def __init__(self, path):
        self.path = path

    def says(self, *args):
        return subprocess.run([self.path, *args], check=True, capture_output=True, text=True).stdout

    def parameters(self):
        return json.loads(self.says("list", "--json", "parameters"))

    def options(self, command):
        """-> [(option with its argument, what it does)]"""
        lines = self.says(command, "--help").splitlines()
        rows = [re.fullmatch(r"  (--\S+(?: \S+)?)\s+(.+)", line) for line in lines]
        return [row.groups() for row in rows if row]

    def synth_parameters(self):
        """-> [(symbol, range, what it is at first, what it does)], or none without the instrument"""
        synth = pathlib.Path(self.path).parents[2] / "jack/continuo-synth-jack"
        if not synth.exists():
            return []
        text = subprocess.run([synth, "--help"], check=True, capture_output=True, text=True).stdout
        rows = [re.fullmatch(r"  (\S+) {2,}(\S.*?) {2,}(\S.*?) {2,}(\S.*)", line) for line in text.splitlines()]
        return [row.groups() for row in rows if row and row[1] != "SYMBOL"]

    def commands(self):
        return re.findall(r"^  continuo (\w+)", self.says("--help"), re.MULTILINE)


def label(row, value):
    return row["labels"][int(value - row["min"])] if row["labels"] else f"{value:.7g}"


def markdown(rows):
    """-> The table of parameters in README.md"""
    lines = ["| Symbol | Range | At first | What it does |", "|---|---|---|---|"]
    for row in rows:
        n_labels = len(row["labels"])
        reach = f"{row['min']:.7g} to {row['max']:.7g} {row['unit']}".rstrip()
        if 0 < n_labels <= MOST_LABELS:
            reach = ", ".join(row["labels"])
        elif n_labels:
            reach = f"{n_labels} names"
        first = label(row, row["initial"])
        if row["output"] or row["trigger"]:
            reach, first = "output" if row["output"] else "trigger", ""
        cells = f"`{row['symbol']}`", reach, first, row["doc"]
        lines.append("| " + " | ".join(cells) + " |")
    return "".join(f"{line}\n".replace("|  |", "| |") for line in lines)


def roff(text):
    """-> `text` as man(7) takes it"""
    text = text.replace("\\", "\\e").replace("-", "\\-")
    return "\\&" + text if text[:1] in (".", "'") else text


def manual_parameters(rows):
    lines = []
    for row in rows:
        reach = f"{row['min']:.7g} to {row['max']:.7g} {row['unit']}".rstrip()
        kind = "output" if row["output"] else "trigger" if row["trigger"] else f"{reach} ({row['initial']:.7g})"
        lines += [".TP", f".BR {row['symbol']} \" {roff(kind)}\"", roff(row["doc"]) + "."]
        if 0 < len(row["labels"]) <= MOST_LABELS_MANUAL:
            names = [f"{row['min'] + i:.0f} {name}" for i, name in enumerate(row["labels"])]
            lines += [".br", *(roff(name) + ("." if name is names[-1] else ",") for name in names)]
    return "".join(f"{line}\n" for line in lines)


def synth_markdown(rows):
    lines = ["| Symbol | Range | At first | What it does |", "|---|---|---|---|"]
    for symbol, reach, first, text in rows:
        lines.append(f"| `{symbol}` | {reach} | {first} | {text} |".replace("| - |", "| |"))
    return "".join(f"{line}\n" for line in lines)


def synth_manual(rows):
    lines = []
    for symbol, reach, first, text in rows:
        kind = reach if first == "-" else f"{reach} ({first})"
        lines += [".TP", f".BR {symbol} \" {roff(kind)}\"", roff(text) + "."]
    return "".join(f"{line}\n" for line in lines)


def manual_options(rows):
    lines = []
    for option, help_text in rows:
        name, _, argument = option.partition(" ")
        bold = roff(name)
        if argument:
            lines += [".TP", f".BI {bold} \" {roff(argument)}\""]
        else:
            lines += [".TP", f".B {bold}"]
        lines.append(roff(help_text) + ".")
    return "".join(f"{line}\n" for line in lines)


def table(program, path, what, old):
    if what == "synth parameters":
        rows = program.synth_parameters()
        write = synth_markdown if path.suffix == ".md" else synth_manual
        return write(rows) if rows else old
    if what == "parameters":
        rows = program.parameters()
        return markdown(rows) if path.suffix == ".md" else manual_parameters(rows)
    options, command = what.split()
    assert options == "options", what
    return manual_options(program.options(command))


def compare(program, path, write):
    """-> Whether all tables of a file are as they should be; and what they are of"""
    text = path.read_text()
    found = [match[2] for match in TABLE.finditer(text)]
    new = TABLE.sub(lambda match: f"{match[1]}\n{table(program, path, match[2], match[3])}{match[4]}", text)
    if new != text:
        here = path.relative_to(ROOT)
        sys.stdout.writelines(
            difflib.unified_diff(text.splitlines(True), new.splitlines(True), f"{here}", "the program")
        )
        if write:
            path.write_text(new)
    return new == text or write, found


def main():
    program, write = Program(sys.argv[1]), sys.argv[2:] == ["--write"]
    wanted = [
        ["parameters", "synth parameters"],
        [*(f"options {name}" for name in program.commands()), "parameters"],
        ["synth parameters"],
    ]
    same = True
    for path, names in zip(FILES, wanted):
        is_same, found = compare(program, path, write)
        missing = set(names) - set(found)
        if missing:
            print(f"{path.relative_to(ROOT)} has no table of: {', '.join(sorted(missing))}")
        same = same and is_same and not missing
    return 0 if same else 1


if __name__ == "__main__":
    sys.exit(main())
