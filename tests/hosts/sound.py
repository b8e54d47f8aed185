#!/usr/bin/env python3
# Copyright 2026 The Continuo authors
# SPDX-License-Identifier: ISC

"""Check that a sound is that of a list of notes.

Something begins to sound where notes begin, and not so at another time; before the first note
there is silence; it is never clipped, and never silent after an onset.  SOUND is a WAV file, or
the floats of a probe.
"""

import argparse
import pathlib
import sys
import wave

import numpy as np

import notes

RATE = 48000
SILENCE = 1e-3  # 60 dB below full scale
WINDOW = 1024  # Frames of a spectrum
HOP = 96
LAG = 5  # Hops between the spectra that are compared
LOUDNESS = 10  # Weight of soft sounds


class Failure(Exception):
    """A check that did not hold"""


def check(holds, sentence):
    """Raise a Failure that says `sentence` unless it holds"""
    if not holds:
        raise Failure(sentence)


def read_wav(path):
    """-> frames per second, [frame, side] from -1 to 1"""
    with wave.open(str(path)) as file:
        width, n_sides, rate = file.getsampwidth(), file.getnchannels(), file.getframerate()
        data = file.readframes(file.getnframes())
    if width == 3:
        packed = np.frombuffer(data, np.uint8).reshape(-1, 3).astype(np.int32)
        samples = (packed[:, 0] << 8 | packed[:, 1] << 16 | packed[:, 2] << 24) / 2**31
    else:
        samples = np.frombuffer(data, {2: "<i2", 4: "<i4"}[width]) / 2 ** (8 * width - 1)
    return rate, samples.reshape(-1, n_sides)


def read_sound(path):
    """-> frames per second, [frame, side] from -1 to 1"""
    if pathlib.Path(path).suffix == ".wav":
        return read_wav(path)
    return RATE, np.fromfile(path, np.float32).reshape(-1, 2).astype(float)


def onset_strength(sound):
    """-> How much each hop gains over what was 10 ms before, over all frequencies.

    This is the spectral flux of logarithmic magnitudes, as in Boeck, Krebs and Schedl,
    "Evaluating the online capabilities of onset detection methods" (2012).
    """
    mono = np.concatenate([np.zeros(WINDOW), sound.mean(axis=1), np.zeros(WINDOW)])
    windows = np.lib.stride_tricks.sliding_window_view(mono, WINDOW)[WINDOW // 2 :: HOP]
    spectra = np.abs(np.fft.rfft(windows * np.hanning(WINDOW), axis=1))
    levels = np.log1p(LOUDNESS * spectra)
    gains = np.zeros(len(levels))
    gains[LAG:] = np.maximum(levels[LAG:] - levels[:-LAG], 0).sum(axis=1)
    return gains


def check_onsets(sound, rate, frames, min_share):
    """The sound gains where notes begin, more than elsewhere, and then: not at another time"""
    gains = onset_strength(sound)
    hops = np.array(frames) // HOP
    reach = np.arange(-2, rate // 25 // HOP)  # To 40 ms: strings do not begin at once
    near = np.clip(hops[:, None] + reach, 0, len(gains) - 1)
    usual = np.median(gains[hops[0] : hops[-1]])
    share = np.mean(gains[near].max(axis=1) > 1.5 * usual)
    check(share >= min_share, f"a sound begins at only {share:.0%} of {len(frames)} onsets")

    lags = np.arange(-rate // 10 // HOP, rate // 10 // HOP)
    sums = [gains[np.clip(hops + lag, 0, len(gains) - 1)].mean() for lag in lags]
    offset = lags[int(np.argmax(sums))] * HOP / rate * 1000
    check(-8 <= offset <= 30, f"the sound is {offset:.0f} ms off")
    return share, offset


def is_clipped(sound):
    """Whether full scale lasts.  One frame of it is the loudest of what a host has normalised"""
    full = (np.abs(sound) > 0.9995).astype(int)
    return bool((full[:-2] + full[1:-1] + full[2:] == 3).any())


def run(arguments):
    """All checks; returns a sentence about what was seen"""
    rate, sound = read_sound(arguments.sound)
    played = notes.read_list(arguments.notes)
    seconds = 60 / arguments.tempo
    latency = arguments.latency / RATE * rate
    starts = sorted({round(note.onset * seconds * rate + latency) for note in played.notes})
    starts = [frame for frame in starts if frame < len(sound) - rate // 20]
    check(len(starts) > 10, f"only {len(starts)} onsets")
    peak = np.abs(sound).max()
    check(peak > 0.02, f"nothing is louder than {peak:.4f}")
    check(not is_clipped(sound), "clipped")
    early = np.abs(sound[: max(starts[0] - 4, 0)])
    check(early.size == 0 or early.max() < SILENCE, "it sounds before the first note")
    for frame in starts:
        check(np.abs(sound[frame : frame + rate // 5]).max() > SILENCE, f"silence at frame {frame}")
    share, offset = check_onsets(sound, rate, starts, arguments.min_share)
    return (f"{len(starts)} onsets, {share:.0%} of them heard, {offset:.0f} ms off, "
            f"peak {peak:.3f}")


def main():
    """Exit status 0 if all checks hold"""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sound", help="WAV file, or floats")
    parser.add_argument("notes", help="list that a host printed")
    parser.add_argument("--tempo", type=float, required=True, help="quarters a minute")
    parser.add_argument("--latency", type=int, default=0, help="frames at 48 kHz")
    parser.add_argument("--min-share", type=float, default=0.9, help="of onsets that are heard")
    arguments = parser.parse_args()
    try:
        print(run(arguments))
    except Failure as failure:
        print(f"{arguments.sound}: {failure}")
        sys.exit(1)


if __name__ == "__main__":
    main()
