# Copyright 2026 The Continuo authors
# SPDX-License-Identifier: ISC
"""Interpolated n-gram tables over whole arrays, and their mixture.

A Chain predicts a class from contexts that go from coarse to fine.  Each level discounts its
counts and gives what it saves to the level before it; a coarser level may count the finer
contexts that an answer was seen in, not how often (modified Kneser-Ney, Chen and Goodman 1999).
How far each level is trusted is learnt from held-out rows.

A Mixture multiplies the chains of a field, each to a power that depends on how well its finest
known context is known, and normalises over what is legal (the "multiple viewpoints" of Conklin
and Witten 1995, combined as Pearce 2005 found best).
"""

import numpy as np
import torch

CLASS_BITS = 8
ORIGIN = 96  # class of an answer that equals its anchor
N_CONFIDENCES = 8  # for each level: seen 1, 2-3, 4-7 or more times, and with one or more answers
BLOCK = 4096
PENALTY = 1e-3  # on powers, against what few rows tell


def hashes(levels):
    """levels: lists of int arrays [N].  -> an array [N] for each level, of what it and those before it hold"""
    n = len(levels[-1][0])
    state, out = np.full(n, 0x9E3779B97F4A7C15, np.uint64), []
    for level in levels:
        for values in level:
            state ^= values.astype(np.uint64) + np.uint64(0x632BE59BD9B4E019)
            state *= np.uint64(0xFF51AFD7ED558CCD)
            state ^= state >> np.uint64(29)
            state *= np.uint64(0xC4CEB9FE1A85EC53)
            state ^= state >> np.uint64(32)
        out.append(state >> np.uint64(CLASS_BITS))
    return out


class Level:
    """Counts of classes by context, discounted."""

    def __init__(self, context, answer):
        pairs = (context << np.uint64(CLASS_BITS)) | answer
        pairs.sort()
        first = np.flatnonzero(np.concatenate([[True], pairs[1:] != pairs[:-1]]))
        count = np.diff(np.append(first, len(pairs)))
        pairs = pairs[first]
        self.answer = (pairs & np.uint64((1 << CLASS_BITS) - 1)).astype(np.uint8)
        pairs >>= np.uint64(CLASS_BITS)
        begin = np.flatnonzero(np.concatenate([[True], pairs[1:] != pairs[:-1]]))
        self.context = pairs[begin]
        self.begin = np.append(begin, len(pairs)).astype(np.int32)

        n = [max(1, int((count == k).sum())) for k in (1, 2, 3, 4)]
        y = n[0] / (n[0] + 2 * n[1])
        discount = np.array([0] + [np.clip(k - (k + 1) * y * n[k] / n[k - 1], 0.1, k) for k in (1, 2, 3)])
        saved = discount[np.minimum(count, 3)]
        total = np.add.reduceat(count, begin)
        self.share = ((count - saved) / np.repeat(total, np.diff(self.begin))).astype(np.float32)
        self.rest = (np.add.reduceat(saved, begin) / total).astype(np.float32)
        often = np.minimum(np.log2(total).astype(np.int8), N_CONFIDENCES // 2 - 1)
        self.confidence = 2 * often + (np.diff(self.begin) == 1)
        self.trust = np.ones(N_CONFIDENCES, np.float32)

    def refine(self, p, context, anchor):
        """Turn p [B, C], the level before's answer, into this one's.  -> confidence [B], -1 where unknown"""
        at = np.minimum(np.searchsorted(self.context, context), len(self.context) - 1)
        row = np.flatnonzero(self.context[at] == context)
        at = at[row]
        confidence = np.full(len(p), -1)
        confidence[row] = self.confidence[at]
        trust = self.trust[confidence[row]]
        p[row] *= (1 - trust + trust * self.rest[at])[:, None]
        size = self.begin[at + 1] - self.begin[at]
        entry = np.arange(size.sum()) + np.repeat(self.begin[at] - np.cumsum(size) + size, size)
        row, trust = np.repeat(row, size), np.repeat(trust, size)
        column = self.answer[entry].astype(np.int64) - ORIGIN + anchor[row]
        inside = (column >= 0) & (column < p.shape[1])
        p[row[inside], column[inside]] += (trust * self.share[entry])[inside]
        return confidence

    def learn_trust(self, before, after, confidence):
        """How far to go from the coarser answer to this one: the share, by confidence, that makes
        held-out answers most likely (expectation maximisation).  Given are their probabilities."""
        for c in range(N_CONFIDENCES):
            a, b = before[confidence == c], after[confidence == c]
            share = 0.5
            for _ in range(30):
                share = (1 + np.sum(share * b / (share * b + (1 - share) * a))) / (2 + len(a))
            self.trust[c] = share


class Chain:
    """Levels from coarse to fine; `contexts` are those of hashes(), `trust` another chain's.
    distinct: coarser levels count finer contexts."""

    def __init__(self, contexts, answer, anchor, trust=None, distinct=True):
        answer = (answer - anchor + ORIGIN).astype(np.uint64)
        self.levels, finer = [], None
        rows = np.arange(len(answer))
        for context in reversed(contexts):
            if finer is not None and distinct:  # each answer once for each finer context
                rows = rows[np.unique((finer << np.uint64(CLASS_BITS)) | answer[rows], return_index=True)[1]]
            finer = context[rows]
            self.levels.insert(0, Level(finer, answer[rows]))
        for level, known in zip(self.levels, trust or []):
            level.trust = known

    def tune(self, contexts, anchor, answer, n_classes):
        """Learn each level's trust from held-out rows."""
        p, each = np.full((len(anchor), n_classes), 1 / n_classes, np.float32), np.arange(len(anchor))
        for level, context in zip(self.levels, contexts):
            fine = p.copy()
            confidence = level.refine(fine, context, anchor)
            level.learn_trust(p[each, answer], fine[each, answer], confidence)
            level.refine(p, context, anchor)

    def predict(self, contexts, anchor, n_classes):
        """-> log p [B, C], and which level and confidence [B] it rests on"""
        p = np.full((len(anchor), n_classes), 1 / n_classes, np.float32)
        known = np.zeros(len(anchor), np.int64)
        for i, (level, context) in enumerate(zip(self.levels, contexts)):
            confidence = level.refine(p, context, anchor)
            known = np.where(confidence >= 0, i * N_CONFIDENCES + confidence, known)
        return np.log(p), known


class Mixture:
    """Powers of the chains of one field, for each confidence of each chain."""

    def __init__(self, n_chains, n_levels):
        self.power = torch.full((n_chains, n_levels * N_CONFIDENCES), 1 / n_chains)

    def logits(self, chains, power=None):
        power = self.power if power is None else power
        return sum(power[i][torch.from_numpy(known)][:, None] * torch.from_numpy(log_p) for i, (log_p, known) in enumerate(chains))

    def fit(self, chains, answer, mask, iterations=30):
        """Choose the powers that make held-out answers most likely."""
        power = self.power.clone().requires_grad_()
        optimizer = torch.optim.LBFGS([power], max_iter=iterations, line_search_fn="strong_wolfe")
        start, answer = self.power.clone(), torch.from_numpy(answer)

        def loss():
            optimizer.zero_grad()
            z = self.logits(chains, power).masked_fill(~mask, -1e4)
            value = torch.nn.functional.cross_entropy(z, answer) + PENALTY * (power - start).square().sum()
            value.backward()
            return value

        optimizer.step(loss)
        self.power = power.detach()

    def log_probabilities(self, chains, mask):
        return torch.log_softmax(self.logits(chains).masked_fill(~mask, -1e4), -1)
