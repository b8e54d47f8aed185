# Copyright 2026 The Continuo authors
# SPDX-License-Identifier: ISC
"""Read a Standard MIDI File into notes, meters and keys, at 960 ticks to the quarter.

The C twin is core/music/smf_read.c with core/music/score.c: both must give the same
score for every file, which tests/parity/encoder.py checks.  Integer arithmetic only.
"""

from dataclasses import dataclass, field

import mido

PPQN = 960
DRUM_CHANNEL = 9


def _keep_delta(meta_type, data, delta=0, _build=mido.midifiles.midifiles.build_meta_message):
    """mido 1.2 forgets the time before a meta event that it does not know."""
    message = _build(meta_type, data, delta)
    message.time = delta
    return message


mido.midifiles.midifiles.build_meta_message = _keep_delta


@dataclass
class Stream:
    """Notes of one (track, channel) pair, in order of onset."""

    name: str
    notes: list = field(default_factory=list)  # (onset, end, pitch, velocity), in ticks


@dataclass
class Score:
    streams: list  # of Stream, in file order, without drums and without empty ones
    meters: list  # of (tick, numerator, denominator), sorted; never empty
    keys: list  # of (tick, tonic 0..11, mode 0 major 1 minor), sorted; may be empty


def tonic_of(sharps, mode):
    """Pitch class of the tonic of a key signature with `sharps` (negative: flats)."""
    return (sharps * 7 + (9 if mode else 0)) % 12


KEY_NAMES = {}
for _sharps, _major, _minor in [
    (-7, "Cb", "Abm"), (-6, "Gb", "Ebm"), (-5, "Db", "Bbm"), (-4, "Ab", "Fm"), (-3, "Eb", "Cm"),
    (-2, "Bb", "Gm"), (-1, "F", "Dm"), (0, "C", "Am"), (1, "G", "Em"), (2, "D", "Bm"),
    (3, "A", "F#m"), (4, "E", "C#m"), (5, "B", "G#m"), (6, "F#", "D#m"), (7, "C#", "A#m"),
]:  # fmt: skip
    KEY_NAMES[_major] = (tonic_of(_sharps, 0), 0)
    KEY_NAMES[_minor] = (tonic_of(_sharps, 1), 1)


def read(path):
    """Read the file at `path`; mido's exceptions pass through."""
    midi = mido.MidiFile(path, clip=True)
    ppq = midi.ticks_per_beat

    def scale(tick):
        return (tick * PPQN * 2 + ppq) // (2 * ppq)

    streams, meters, keys = [], [], []
    for track in midi.tracks:
        by_channel = {}
        sounding = {}  # (channel, pitch) -> onset, velocity
        name = ""
        now = 0

        def close(channel, pitch):
            onset, velocity = sounding.pop((channel, pitch))
            by_channel[channel].notes.append((onset, scale(now), pitch, velocity))

        for message in track:
            now += message.time
            kind = message.type
            if kind in ("note_on", "note_off"):
                channel, pitch = message.channel, message.note
                if (channel, pitch) in sounding:
                    close(channel, pitch)
                if kind == "note_on" and message.velocity > 0:
                    by_channel.setdefault(channel, Stream(name))
                    sounding[channel, pitch] = scale(now), message.velocity
            elif kind == "time_signature":
                meters.append((scale(now), message.numerator, message.denominator))
            elif kind == "key_signature":
                keys.append((scale(now), *KEY_NAMES[message.key]))
            elif kind == "track_name" and not name:
                name = message.name
        for channel, pitch in sorted(sounding):
            close(channel, pitch)
        for channel in sorted(by_channel):
            if channel != DRUM_CHANNEL and by_channel[channel].notes:
                stream = by_channel[channel]
                stream.name = name
                stream.notes.sort()
                streams.append(stream)

    meters.sort(key=lambda m: m[0])
    keys.sort(key=lambda k: k[0])
    if not meters or meters[0][0] > 0:
        meters.insert(0, (0, *(meters[0][1:] if meters else (4, 4))))
    return Score(streams, meters, keys)
