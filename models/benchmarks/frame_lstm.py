# Copyright 2026 The Continuo authors
# SPDX-License-Identifier: ISC
"""FrameLstm: the house network's manner (one step a note, tied pitch table, masks) for frames of pitches.

    x      = what came before, as table rows and intervals
    h      = lstm(x)
    z      = gelu(from h + from x)
    logits = z against the pitch table + for each near pitch, z's opinion of the distance to it

A pitch's row is the sum of one for its height and one for its degree over the tonic: the sets come
transposed to C, so a piece that is transposed in training must tell its tonic.
The distances say where a voice goes from where it is, or whether it does as a memory says.
"""

import torch
import torch.nn.functional as F
from torch import nn

from frames import LENGTH_ROWS, MEMORIES, SMALL, columns, slots

FARTHEST = 20  # semitones; farther is as far
IMPOSSIBLE = -1e4
INTERVAL_WIDTH, LENGTH_WIDTH = 16, 8
SMALL_WIDTH = {"count": 16, "beat": 8, "third": 4, "start": 8, "still": 4}


def table(rows, width, scale):
    rows = nn.Embedding(rows, width)
    nn.init.normal_(rows.weight, 0, scale)
    return rows


def dropped(x, share, training):
    """The same features for all of a window, so that the state cannot average the noise away."""
    if not training or share == 0:
        return x
    return x * (torch.rand(x.shape[0], 1, x.shape[2]) > share).float() / (1 - share)


class FrameLstm(nn.Module):
    def __init__(self, keyboard, memory, n_hidden=192, width=48, n_head=192, drop_input=0.2, drop_hidden=0.5, drop_head=0.3,
                 drop_recurrent=0.3, drop_slot=0.05):  # fmt: skip
        super().__init__()
        self.keyboard, self.n_hidden = keyboard, n_hidden
        self.drop_input, self.drop_hidden, self.drop_head = drop_input, drop_hidden, drop_head
        self.drop_recurrent, self.drop_slot = drop_recurrent, drop_slot
        self.column = {name: i for i, name in enumerate(columns(keyboard, memory))}
        memories = MEMORIES[memory]
        n_slots = min(keyboard.n_slots, 4)
        self.slots = ["last", *slots("voice", keyboard), *slots("note", keyboard), *slots("before", keyboard), *memories]
        self.intervals = [(f"note{i}", f"voice{i}") for i in range(n_slots)] + [("upper", "held"), ("held", "held_before")]
        self.near = ["held", "upper", "held_before", "below", *memories]

        self.height = table(keyboard.n_pitches + 2, width, 0.15)
        self.degree = table(13, width, 0.15)
        self.small = nn.ModuleDict({n: table(rows, SMALL_WIDTH[n], 0.2) for n, rows in SMALL.items()})
        self.small.update({f"{m}_length": table(LENGTH_ROWS, LENGTH_WIDTH, 0.2) for m in memories})
        self.interval = nn.ModuleList([table(2 * FARTHEST + 2, INTERVAL_WIDTH, 0.2) for _ in self.intervals])
        n_input = width * len(self.slots) + sum(t.embedding_dim for t in [*self.small.values(), *self.interval])
        self.lstm = nn.LSTM(n_input, n_hidden, batch_first=True)
        self.from_hidden = nn.Linear(n_hidden, n_head)
        self.from_input = nn.Linear(n_input, n_head, bias=False)
        self.project = nn.Linear(n_head, width)
        self.end = nn.Linear(n_head, 1)
        self.distance = nn.ModuleDict({n: nn.Linear(n_head, 2 * FARTHEST + 1) for n in self.near})
        self.bias = nn.Parameter(torch.zeros(keyboard.n_pitches + 1))
        for linear in self.distance.values():
            nn.init.normal_(linear.weight, 0, 0.02)
        nn.init.orthogonal_(self.lstm.weight_hh_l0)
        nn.init.zeros_(self.lstm.bias_ih_l0)
        nn.init.zeros_(self.lstm.bias_hh_l0)
        self.lstm.bias_ih_l0.data[n_hidden : 2 * n_hidden] = 1.0

    def tables(self):
        return [self.height, self.degree, *self.small.values(), *self.interval]

    def pitch_rows(self, tonic):
        """tonic [B], semitones above C -> [B, n + 2, width]"""
        symbol = torch.arange(self.keyboard.n_pitches + 2)
        degree = (symbol - 1 + self.keyboard.low - tonic[:, None]) % 12 + 1
        degree[:, 0] = degree[:, -1] = 0  # neither nothing nor the end has one
        return self.height.weight + self.degree(degree)

    def inputs(self, x, pitch_rows):
        n_batch, n_steps, _ = x.shape
        first_row = (torch.arange(n_batch) * pitch_rows.shape[1])[:, None, None]
        rows = pitch_rows.flatten(0, 1)[x[..., [self.column[s] for s in self.slots]] + first_row]
        if self.training:
            rows = rows * (torch.rand(*rows.shape[:3], 1) > self.drop_slot).float()
        parts = [rows.flatten(2)] + [t(x[..., self.column[n]]) for n, t in self.small.items()]
        for (a, b), t in zip(self.intervals, self.interval):
            a, b = x[..., self.column[a]], x[..., self.column[b]]
            apart = (a - b).clamp(-FARTHEST, FARTHEST) + FARTHEST + 1
            parts.append(t(torch.where((a > 0) & (b > 0), apart, torch.zeros_like(apart))))
        return torch.cat(parts, -1)

    def forward(self, x, tonic, state=None):
        """x [B, T, columns], tonic [B] -> logits [B, T, n + 1] of the symbols 1..n + 1, state"""
        n_pitches = self.keyboard.n_pitches
        pitch_rows = self.pitch_rows(tonic)
        given = dropped(self.inputs(x, pitch_rows), self.drop_input, self.training)
        if state is None:
            state = (torch.zeros(1, len(x), self.n_hidden),) * 2
        recurrent = F.dropout(self.lstm.weight_hh_l0, self.drop_recurrent, self.training)
        weights = [self.lstm.weight_ih_l0, recurrent, self.lstm.bias_ih_l0, self.lstm.bias_hh_l0]
        hidden, *state = torch._VF.lstm(given, state, weights, True, 1, 0.0, self.training, False, True)
        hidden = dropped(hidden, self.drop_hidden, self.training)
        z = F.gelu(self.from_hidden(hidden) + self.from_input(given))
        z = F.dropout(z, self.drop_head, self.training)
        logits = torch.einsum("btw,bpw->btp", self.project(z), pitch_rows[:, 1:-1])
        pitches = torch.arange(1, n_pitches + 1)
        for name, opinion in self.distance.items():
            near = x[..., self.column[name], None]
            apart = (pitches - near).clamp(-FARTHEST, FARTHEST) + FARTHEST
            logits = logits + opinion(z).gather(-1, apart) * ((near > 0) & (near <= n_pitches))
        logits = torch.cat([logits, self.end(z)], -1) + self.bias
        return logits.masked_fill(~self.legal(x), IMPOSSIBLE), tuple(state)

    def legal(self, x):
        """Notes go downwards within a frame; its end may come at any time."""
        upper = x[..., self.column["upper"], None]
        legal = (torch.arange(1, self.keyboard.n_pitches + 1) < upper) | (upper == 0)
        return torch.cat([legal, torch.ones_like(legal[..., :1])], -1)

    def nats(self, x, tonic, state=None):
        """[B, T] negative log likelihood of each symbol, state"""
        logits, state = self(x, tonic, state)
        nats = F.cross_entropy(logits.flatten(0, 1), (x[..., 0] - 1).flatten().clamp(min=0), reduction="none")
        return nats.view(x.shape[:2]), state
