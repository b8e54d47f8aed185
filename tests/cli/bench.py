# Copyright 2026 The Continuo authors
# SPDX-License-Identifier: ISC
"""`bench`: its parts, and that all ways of a step give the same logits."""

import json
import unittest

from continuo import BAD_ARGUMENTS, TestCase


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

    def test_what_is_no_part_is_refused(self):
        self.refused(BAD_ARGUMENTS, "step", "bench", "stairs")


if __name__ == "__main__":
    unittest.main()
