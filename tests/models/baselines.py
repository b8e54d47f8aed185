# Copyright 2026 The Continuo authors
# SPDX-License-Identifier: ISC
"""The n-gram baselines: what a field may see, the arithmetic of a chain, probabilities that sum to one."""

import pathlib
import sys
import unittest

import numpy as np

try:
    import torch
except ImportError:  # Not needed to build and run the program
    sys.exit(77)

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "models"))

import baselines  # noqa: E402
import codec  # noqa: E402
import ngram  # noqa: E402
import smf  # noqa: E402
from corpus import SETS, TEXTURES  # noqa: E402, TEXTURES
from dataset import COLUMN, Dataset  # noqa: E402
from network import SCORED  # noqa: E402
from viewpoints import Viewpoints  # noqa: E402

FIELDS = SCORED


class Corpus(Dataset):
    """The pieces of tests/data/midi, as corpus.py would encode them."""

    def __init__(self):
        self.pieces, rows, packed, at = [], [], [], 0
        for path in sorted((ROOT / "tests/data/midi").glob("*.mid")):
            score = smf.read(path)
            encoded, sets, _ = codec.encode(score)
            rows.append(np.pad(np.array(encoded, np.int16), ((0, 0), (0, len(TEXTURES)))))
            packed += [[np.frombuffer(bits.to_bytes(11, "little"), np.uint8) for bits in row] for row in sets]
            self.pieces.append(dict(begin=at, end=at + len(encoded), composer=0, ensemble=codec.infer_ensemble(score)))
            at += len(encoded)
        self.rows, self.sets = np.concatenate(rows), dict(zip(SETS, np.array(packed).transpose(1, 0, 2)))
        self.held = self.sets["held"]


class Baselines(unittest.TestCase):
    def test_no_field_sees_what_comes_after_it(self):
        corpus = Corpus()
        random = np.random.default_rng(1)
        piece = max(corpus.pieces, key=lambda p: p["end"] - p["begin"])
        told = Viewpoints(corpus.rows, corpus.held, [piece])
        for target in random.choice(np.flatnonzero(told.is_note), 12, replace=False):
            row = piece["begin"] + 1 + target
            for n_known, field in enumerate(FIELDS):
                rows, held = corpus.rows.copy(), corpus.held.copy()
                later = slice(row + 1, piece["end"])
                # Other rows of the piece, shuffled: what follows makes sense but is not the truth
                rows[later] = random.permutation(rows[piece["begin"] + 1 : piece["end"]])[: piece["end"] - row - 1]
                held[later] = random.integers(0, 256, held[later].shape)
                other = dict(shift=7, part=(rows[row, 1] + 1) % 6, pitch=50, duration=9)
                for hidden in FIELDS[n_known:]:
                    rows[row, COLUMN[hidden]] = other[hidden]
                rows[row, [COLUMN[name] for name in ("meter", "key", "bar", "bar_length")]] = 3, 5, 6, 99
                if field == "shift":
                    rows[row, COLUMN["position"]] = 100
                    held[row] = 255
                changed = Viewpoints(rows, held, [piece])
                for anchor, text in baselines.CHAINS[field]:
                    for level in text.split(" | "):
                        for a, b in zip(told.level(field, anchor, level), changed.level(field, anchor, level)):
                            self.assertEqual(a[target], b[target], f"{field} after row {target}: {level}")

    def test_chain_falls_back_where_it_knows_nothing(self):
        # After context 7 comes 1, but for once in five; context 8 was never seen
        coarse, fine = np.zeros(10, int), np.repeat([7, 9], 5)
        answer = np.array([1, 1, 1, 1, 2, 0, 0, 0, 0, 3])
        anchor = np.full(10, ngram.ORIGIN)
        chain = ngram.Chain(ngram.hashes([[coarse], [fine]]), answer, anchor)
        asked = ngram.hashes([[np.zeros(2, int)], [np.array([7, 8])]])
        p = np.exp(chain.predict(asked, anchor[:2], 4)[0])
        np.testing.assert_allclose(p.sum(1), 1, rtol=1e-5)
        self.assertGreater(p[0, 1], 0.6)
        # Each answer was seen in one fine context: the coarse one holds them all equal
        np.testing.assert_allclose(p[1], 0.25, rtol=1e-5)

    def test_pitches_are_counted_from_the_anchor(self):
        contexts = ngram.hashes([[np.zeros(8, int)]])
        anchor = np.arange(8) * 5 + 10
        chain = ngram.Chain(contexts, anchor + 4, anchor)
        log_p, _ = chain.predict([contexts[0][:1]], np.array([70]), 88)
        self.assertEqual(int(log_p[0].argmax()), 74)

    def test_legal_classes_sum_to_one_and_context_helps(self):
        corpus = Corpus()
        seen = Viewpoints(corpus.rows, corpus.held, corpus.pieces)
        data = baselines.Rows(corpus, seen, np.full(len(corpus.pieces), True))
        for field in FIELDS:
            means = []
            for n, chains in [(1, [("", "")]), (5, baselines.CHAINS[field])]:
                model = baselines.FieldModel(field, chains, n)
                model.count(data)
                rows, nats = model.nats(data)  # it asserts the sums itself
                self.assertEqual(len(rows), seen.is_note.sum() if field != "shift" else len(seen.row))
                self.assertTrue(np.isfinite(nats).all())
                means.append(nats.mean())
            self.assertLess(means[1], means[0])


if __name__ == "__main__":
    torch.set_num_threads(1)
    unittest.main()
