# Copyright 2026 The Continuo authors
# SPDX-License-Identifier: ISC
"""Sound files: their form, their level, their end."""

import array
import wave

from continuo import BAD_INPUT, TestCase, onsets

FULL_SCALE = 32767


class Wav(TestCase):
    def render(self, *args):
        """-> (frames per second, samples of the left and the right channel in turn)"""
        self.done("generate", *args, "-o", "song.wav")
        with wave.open(str(self.folder / "song.wav")) as file:
            self.assertEqual((2, 2), (file.getnchannels(), file.getsampwidth()))
            samples = array.array("h", file.readframes(file.getnframes()))
            return file.getframerate(), samples

    def test_sound(self):
        for seed in 1, 2:
            rate, samples = self.render("--bars", 4, "--tempo", 120, "--seed", seed)
            seconds = len(samples) / 2 / rate
            self.assertGreater(seconds, 8)
            self.assertLess(seconds, 16)

            peak = max(map(abs, samples))
            self.assertLess(peak, FULL_SCALE)
            self.assertGreater(peak, 0.8 * FULL_SCALE)

            # It rings out: the last tenth of a second is silence, or nearly
            self.assertLess(max(map(abs, samples[-rate // 5 :])), 0.02 * FULL_SCALE)

    def test_notes_sound_in_time(self):
        args = "--bars", 4, "--tempo", 120
        midi = self.song(*args)
        rate, samples = self.render(*args)
        frames = [tick * rate // (2 * midi.ticks_per_beat) for tick in onsets(midi)]
        self.assertEqual([], [s for s in samples[: 2 * frames[0]] if abs(s) > 0.001 * FULL_SCALE])
        for frame in frames:
            tenth = samples[2 * frame : 2 * frame + rate // 5]
            self.assertGreater(max(map(abs, tenth)), 0.01 * FULL_SCALE, frame)

    def test_refusals(self):
        self.refused(BAD_INPUT, "none/a.wav", "generate", "--bars", 1, "-o", "none/a.wav")
        self.refused(
            BAD_INPUT, "none.sf2", "generate", "--bars", 1, "-o", "a.wav", SOUNDFONT="none.sf2"
        )
        self.assertEqual([], list(self.folder.iterdir()))
