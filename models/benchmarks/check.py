# Copyright 2026 The Continuo authors
# SPDX-License-Identifier: ISC
"""What a score rests on, tried by brute force on a keyboard of few pitches and an untrained network.

    python3 models/benchmarks/jsb.py --check
"""

import itertools

import numpy as np
import torch

from frame_lstm import FrameLstm
from frames import MEMORIES, Keyboard, encode
from jsb import frame_nats

TOY = Keyboard(low=60, n_pitches=6, n_slots=4)
WORST = 1e-5


def every_frame():
    pitches = range(TOY.low, TOY.low + TOY.n_pitches)
    return [list(c) for n in range(TOY.n_pitches + 1) for c in itertools.combinations(pitches, n)]


def random_pieces(random, n, length):
    frames = every_frame()
    return [[frames[random.integers(len(frames))] for _ in range(length)] for _ in range(n)]


def network(memory):
    torch.manual_seed(1)
    model = FrameLstm(TOY, memory, n_hidden=16, width=8, n_head=16)
    for p in model.parameters():  # as far from even odds as a trained one
        p.data.mul_(3)
    return model


def probabilities_sum_to_one(model, memory, random):
    """After any past, the probabilities of all sets of pitches as the next frame sum to 1."""
    training = random_pieces(random, 3, 12)
    worst = 0.0
    for past in [[], *random_pieces(random, 3, 5), [[60, 62], [61], [60, 62], [61], [60, 62]]]:
        pieces = encode([past + [frame] for frame in every_frame()], TOY, memory, training)
        total = sum(np.exp(-nats[-1]) for nats in frame_nats(model, pieces))
        worst = max(worst, abs(total - 1))
    return worst


def future_changes_nothing(model, memory, random):
    """The nats of a frame do not depend on what comes after it."""
    training = random_pieces(random, 3, 12)
    worst = 0.0
    for piece in random_pieces(random, 4, 12):
        for cut in range(1, len(piece)):
            other = piece[:cut] + random_pieces(random, 1, len(piece) - cut)[0]
            a, b = frame_nats(model, encode([piece, other], TOY, memory, training))
            worst = max(worst, np.abs(a[:cut] - b[:cut]).max())
    return worst


def own_piece_is_not_in_memory(memory, random):
    """A training piece is encoded as if the training set did not hold it."""
    training = random_pieces(random, 3, 12)
    with_it = encode(training, TOY, memory, training, are_training=True)
    worst = 0
    for i, rows in enumerate(with_it):
        without = encode([training[i]], TOY, memory, training[:i] + training[i + 1 :])[0]
        worst = max(worst, int((rows != without).any()))
    return worst


def check():
    random = np.random.default_rng(1)
    failed = False
    for memory in MEMORIES:
        model = network(memory)
        for name, worst in [
            ("probabilities of a frame sum to 1", probabilities_sum_to_one(model, memory, random)),
            ("the future changes nothing", future_changes_nothing(model, memory, random)),
            ("a training piece is not in its own memory", own_piece_is_not_in_memory(memory, random)),
        ]:
            failed |= worst > WORST
            print(f"{'FAILED' if worst > WORST else 'ok':6} {worst:.1e}  memory {memory}: {name}")
    return int(failed)
