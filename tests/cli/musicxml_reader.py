# Copyright 2026 The Continuo authors
# SPDX-License-Identifier: ISC
"""Read MusicXML back into notes, as any program would: ties joined, voices by backup and forward."""

import dataclasses
import xml.etree.ElementTree
from fractions import Fraction

STEPS = dict(zip("CDEFGAB", (0, 2, 4, 5, 7, 9, 11)))
VALUES = {
    name: Fraction(8, 2**i)
    for i, name in enumerate(("breve", "whole", "half", "quarter", "eighth", "16th", "32nd", "64th"))
}


@dataclasses.dataclass(frozen=True, order=True)
class Note:
    """A note that sounds; times in quarters."""

    onset: Fraction
    duration: Fraction
    pitch: int
    part: str
    staff: int


@dataclasses.dataclass
class Symbol:
    """A chord or rest as it is written, with what the reader needs to judge it."""

    element: xml.etree.ElementTree.Element
    measure: int
    begin: Fraction
    duration: Fraction
    part: str
    staff: int
    voice: str

    def has(self, path):
        return self.element.find(path) is not None

    def text(self, path, default=None):
        return self.element.findtext(path, default)


class Score:
    """A score file."""

    def __init__(self, path):
        self.root = xml.etree.ElementTree.parse(path).getroot()
        self.notes = []
        self.symbols = []
        self.faults = []
        self.bars = {}
        for part in self.root.findall("part"):
            PartReader(self, part)
        self.notes.sort()

    def names(self):
        return [element.text for element in self.root.findall("part-list/score-part/part-name")]

    def fault(self, part, measure, text):
        self.faults.append(f"{part} bar {measure}: {text}")


class PartReader:
    """Reads one part into a score."""

    def __init__(self, score, part):
        self.score, self.name = score, part.get("id")
        self.divisions = self.length = None
        self.begin = Fraction(0)
        self.held = {}  # Tied notes that go on: (staff, voice, pitch) -> (onset, end)
        measures = part.findall("measure")
        for measure in measures:
            self.read(measure, int(measure.get("number")))
        if self.held:
            score.fault(self.name, len(measures), f"ties lead nowhere: {self.held}")
        score.bars[self.name] = len(measures)

    def read(self, measure, number):
        self.at, self.ends = Fraction(0), {}
        for element in measure:
            if element.tag == "attributes":
                self.read_attributes(element)
            elif element.tag in ("backup", "forward"):
                duration = Fraction(int(element.findtext("duration")), self.divisions)
                self.at += duration if element.tag == "forward" else -duration
                if element.tag == "forward":
                    self.fill(element.findtext("voice"), self.at - duration, self.at, number)
            elif element.tag == "note":
                self.read_note(element, number)
        for voice, end in self.ends.items():
            if voice is not None and end != self.length:
                self.score.fault(self.name, number, f"voice {voice} ends at {end} of {self.length}")
        self.begin += self.length

    def read_attributes(self, element):
        if element.find("divisions") is not None:
            self.divisions = int(element.findtext("divisions"))
        if element.find("time") is not None:
            self.length = Fraction(4 * int(element.findtext("time/beats")), int(element.findtext("time/beat-type")))

    def fill(self, voice, begin, end, number):
        """A voice goes on where it was, from the bar line to the bar line."""
        if begin != self.ends.get(voice, 0):
            self.score.fault(self.name, number, f"voice {voice} jumps to {begin}")
        self.ends[voice] = end

    def read_note(self, element, number):
        duration = Fraction(int(element.findtext("duration")), self.divisions)
        voice, staff = element.findtext("voice"), int(element.findtext("staff", "1"))
        if element.find("chord") is not None:
            begin = self.at - duration
        else:
            begin, self.at = self.at, self.at + duration
            self.fill(voice, begin, self.at, number)
            self.score.symbols.append(Symbol(element, number, begin, duration, self.name, staff, voice))
        self.check_value(element, duration, number)
        if element.find("pitch") is not None:
            self.sound(element, self.begin + begin, duration, (staff, voice), number)

    def check_value(self, element, duration, number):
        """What is drawn lasts as long as what is played."""
        if element.find("type") is None:
            if duration != self.length:
                self.score.fault(self.name, number, "a note without a value")
            return
        value = VALUES[element.findtext("type")] * (2 - Fraction(1, 2 ** len(element.findall("dot"))))
        if element.find("time-modification") is not None:
            value *= Fraction(
                int(element.findtext("time-modification/normal-notes")),
                int(element.findtext("time-modification/actual-notes")),
            )
        if value != duration:
            self.score.fault(self.name, number, f"{value} is drawn and {duration} played")

    def sound(self, element, onset, duration, place, number):
        pitch = (
            12 * (int(element.findtext("pitch/octave")) + 1)
            + STEPS[element.findtext("pitch/step")]
            + int(element.findtext("pitch/alter", "0"))
        )
        ties = {tie.get("type") for tie in element.findall("tie")}
        if ties != {tie.get("type") for tie in element.findall("notations/tied")}:
            self.score.fault(self.name, number, "ties are not drawn as they are played")
        key, end = (*place, pitch), onset + duration
        if "stop" in ties:
            begin, until = self.held.pop(key, (onset, None))
            if until != onset:
                self.score.fault(self.name, number, f"a tie to {pitch} comes from nowhere")
            onset = begin
        if "start" in ties:
            self.held[key] = (onset, end)
        else:
            self.score.notes.append(Note(onset, end - onset, pitch, self.name, place[0]))
