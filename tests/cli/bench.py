# Copyright 2026 The Continuo authors
# SPDX-License-Identifier: ISC
"""`bench`: its parts, and that all ways of a step give the same logits."""

import json
import unittest

from continuo import BAD_ARGUMENTS, ROOT, TestCase

CLEFS = ROOT / "models" / "older" / "two_clefs.safetensors"


class Bench(TestCase):
    def test_all_ways_of_a_step_agree(self):
        groups = json.loads(self.done("bench", "--json", "step"))
        ways = {"step_read", "step_openblas", "step_f32", "step_int8_plain"}
        self.assertLessEqual(ways, set(groups))
        for name, figures in groups.items():
            self.assertGreater(figures["hot_us"], 0.0, name)
            self.assertGreater(figures["cold_us"], 0.0, name)
            self.assertLess(figures.get("error", 0.0), 3e-3, name)  # as tests/parity/network.c
        self.assertGreater(groups["step_int8_plain"]["error"], 0.0)

    @unittest.skipUnless(CLEFS.exists(), "a model that is not here")
    def test_each_network_of_a_file_is_timed(self):
        groups = json.loads(self.done("bench", "--json", "step", "--model", CLEFS))
        ways = {f"step_{clef}_{way}" for clef in ("treble", "bass") for way in ("own", "openblas")}
        self.assertEqual(ways, set(groups))
        for name, figures in groups.items():
            self.assertGreater(figures["hot_us"], 0.0, name)
            self.assertLess(figures["error"], 3e-3, name)
        self.assertGreater(groups["step_bass_own"]["error"], 0.0)
        self.assertEqual(0.0, groups["step_bass_openblas"]["error"])

    def test_what_is_no_part_is_refused(self):
        self.refused(BAD_ARGUMENTS, "step", "bench", "stairs")


if __name__ == "__main__":
    unittest.main()
