# Copyright 2026 The Continuo authors
# SPDX-License-Identifier: ISC
"""NoteLstm, the house network.  The C twin is core/model/note_lstm.c; names are the same.

    x  = the last event, where it stands, what sounds, and the conditions, as table rows
    h1 = lstm1(x)
    h2 = lstm2(norm(h1))
    u  = gain * h1 + h2

    shift    ~ u, position                                   composer, ensemble, ending
    part     ~ u, new position, shift, held                  composer, ensemble, ending
    pitch    ~ u, new position, shift, held, part, last pitch of the part
                                                             composer, ensemble, ending, key
    duration ~ u, new position, shift, held, part, pitch     composer, ensemble, ending
    level    ~ u, position, part, pitch, last level          composer

Each head is `out(gelu(hidden(u) + the sum of its table rows))`; the heads are asked one after
the other, so a chord's notes, their hands and their lengths fit each other.  The first four are
also told what the bar before had at this place, and an earlier bar that this one is to recall.
"""

import torch
import torch.nn.functional as F
from torch import nn

import codec
from corpus import TEXTURES

N_PITCHES = codec.HIGH - codec.LOW + 1
NO_PITCH = 0  # row 0 of a pitch table; row p - LOW + 1 is pitch p

# name, rows, width of each input table; `held` is an 88-wide set, summed
INPUTS = [
    ("shift", codec.BOS + 1, 24),
    ("part", codec.NO_PART + 1, 8),
    ("pitch", N_PITCHES + 1, 96),
    ("duration", codec.NO_DURATION + 1, 24),
    ("position", codec.MAX_BAR, 32),
    ("meter", len(codec.METERS), 8),
    ("bar", 8, 8),
    ("key", codec.KEYS + 1, 16),
    ("composer", len(codec.COMPOSERS), 32),
    ("ensemble", codec.NO_ENSEMBLE + 1, 16),
    *((name, rows + 1, 8) for name, rows in TEXTURES.items()),
    ("level", codec.NO_LEVEL + 1, 8),
    ("held", N_PITCHES, 48),
]
MEMORY = {  # what only heads are told: rows
    "last": N_PITCHES + 1,
    "echo_shift": codec.BOS + 1,
    "echo": N_PITCHES,
    "echo_duration": codec.NO_DURATION + 1,
    "recall": len(codec.RECALL_EDGES) + 1,
    "recall_shift": codec.BOS + 1,
    "recalled": N_PITCHES,
    "recall_duration": codec.NO_DURATION + 1,
}
TABLE_ROWS = {name: rows for name, rows, _ in INPUTS} | MEMORY

PLACE = ["position", "composer", "ensemble", "ending"]
CHOSEN = [*PLACE, "shift", "held", "echo", "recalled", "recall"]
HEADS = {  # head: (classes, tables it adds)
    "shift": (codec.N_SHIFTS, [*PLACE, "echo_shift", "recall_shift", "recall"]),
    "part": (len(codec.PARTS), CHOSEN),
    "pitch": (N_PITCHES, [*CHOSEN, "key", "part", "last"]),
    "duration": (len(codec.DURATIONS), [*PLACE, "shift", "held", "part", "pitch", "echo_duration", "recall_duration", "recall"]),
    "level": (codec.NO_LEVEL, ["position", "composer", "part", "pitch", "level"]),
}
# As if a note's fields did not depend on each other: what is known before the event
KNOWN = [*PLACE, "held", "level", "recall"]
PARALLEL_HEADS = {
    "shift": HEADS["shift"],
    "part": (HEADS["part"][0], KNOWN),
    "pitch": (HEADS["pitch"][0], [*KNOWN, "key"]),
    "duration": (HEADS["duration"][0], KNOWN),
    "level": (HEADS["level"][0], ["position", "composer", "level"]),
}
SCORED = ["shift", "part", "pitch", "duration"]  # what nats per note are of

# What the heads after the shift are told of the event itself
AFTER = ["position", "shift", "held", "part", "pitch", "last", "echo", "recalled", "echo_duration", "recall_duration"]

SHIFT_TABLE = torch.tensor(codec.SHIFTS)


def table(rows, width, scale):
    weight = nn.Embedding(rows, width)
    nn.init.normal_(weight.weight, 0, scale)
    return weight


def look_up(embedding, index):
    """A row for an index, or the sum of rows for a set given as a float mask."""
    if index.is_floating_point():
        return index @ embedding.weight
    return embedding(index)


class Head(nn.Module):
    def __init__(self, n_hidden, width, n_classes, tables, tied=None):
        super().__init__()
        self.hidden = nn.Linear(n_hidden, width)
        self.table = nn.ModuleDict({t: table(TABLE_ROWS[t], width, 0.05) for t in tables})
        # A tied head speaks through the input's table: project, then compare with each row
        self.project = nn.Linear(width, tied, bias=False) if tied else None
        self.out = None if tied else nn.Linear(width, n_classes)
        self.bias = nn.Parameter(torch.zeros(n_classes)) if tied else None

    def forward(self, u, context, tied_rows=None):
        z = self.hidden(u)
        for name, rows in self.table.items():
            z = z + look_up(rows, context[name])
        z = F.gelu(z, approximate="tanh")
        if self.project is not None:
            return self.project(z) @ tied_rows.T + self.bias
        return self.out(z)


class NoteLstm(nn.Module):
    """The house network; `without` names inputs that neither it nor its heads are told, to see what they are worth."""

    HEADS = HEADS

    def __init__(self, n_hidden=384, head_width=192, dropout=0.05, without=()):
        super().__init__()
        self.n_hidden, self.head_width = n_hidden, head_width
        inputs = [(n, r, w) for n, r, w in INPUTS if n not in without]
        self.input = nn.ModuleDict({n: table(r, w, 0.1 if n == "pitch" else 0.2) for n, r, w in inputs})
        n_input = sum(w for _, _, w in inputs)
        self.lstm1 = nn.LSTM(n_input, n_hidden, batch_first=True)
        self.lstm2 = nn.LSTM(n_hidden, n_hidden, batch_first=True)
        self.norm = nn.LayerNorm(n_hidden)
        self.gain = nn.Parameter(torch.ones(n_hidden))
        self.drop = nn.Dropout(dropout)
        tied = {"pitch": self.input["pitch"].embedding_dim}
        self.head = nn.ModuleDict(
            {h: Head(n_hidden, head_width, n, [t for t in ts if t not in without], tied.get(h)) for h, (n, ts) in self.HEADS.items()}
        )
        for lstm in (self.lstm1, self.lstm2):
            nn.init.orthogonal_(lstm.weight_hh_l0)
            nn.init.zeros_(lstm.bias_ih_l0)
            nn.init.zeros_(lstm.bias_hh_l0)
            lstm.bias_ih_l0.data[n_hidden : 2 * n_hidden] = 1.0  # forget little at first

    def trunk(self, x, state=None):
        """x: dict of [B, T] indices (`held`: [B, T, 88] floats) -> u [B, T, H], state"""
        state1, state2 = state if state is not None else (None, None)
        rows = [look_up(embedding, x[name]) for name, embedding in self.input.items()]
        h1, state1 = self.lstm1(self.drop(torch.cat(rows, -1)), state1)
        h2, state2 = self.lstm2(self.drop(self.norm(h1)), state2)
        return self.drop(self.gain * h1 + h2), (state1, state2)

    def heads(self, u, x, y):
        """Logits by head, before any mask.  y: the next event, whose earlier fields the later heads see."""
        after = dict(
            {name: y[name] for name in AFTER}, **{name: x[name] for name in ("composer", "ensemble", "ending", "key", "level", "recall")}
        )
        pitch_rows = self.input["pitch"].weight[1:]
        return {
            "shift": self.head["shift"](u, x),
            "part": self.head["part"](u, after),
            "pitch": self.head["pitch"](u, after, pitch_rows),
            "duration": self.head["duration"](u, after),
            "level": self.head["level"](u, after),
        }

    def forward(self, x, y, state=None):
        u, state = self.trunk(x, state)
        return self.heads(u, x, y), state


class ParallelLstm(NoteLstm):
    """The same network, whose heads are all asked at once and know nothing of each other's answers."""

    HEADS = PARALLEL_HEADS

    def heads(self, u, x, y):
        pitch_rows = self.input["pitch"].weight[1:]
        return {h: head(u, x, pitch_rows if h == "pitch" else None) for h, head in self.head.items()}


NETWORKS = {"sequential": NoteLstm, "parallel": ParallelLstm}  # by how their heads are asked


def shift_mask(x):
    """[..., N_SHIFTS] True where the next shift may be; the twin of codec.legal_shift."""
    target = x["position"][..., None] + SHIFT_TABLE.to(x["position"].device)
    legal = (target < x["bar_length"][..., None]) & ((target % 3 == 0) | (target % 4 == 0))
    legal[..., 0] = x["true_pitch"] != 1  # under the lowest pitch nothing can follow
    bar = torch.ones_like(legal[..., :1])
    end = (x["shift"] == codec.BAR)[..., None]
    return torch.cat([legal, bar, end], -1)


def pitch_mask(x, y):
    """[..., N_PITCHES] True where the next pitch may be: within an onset, downwards."""
    previous = x["true_pitch"]  # 0 is none
    same_onset = (y["shift"] == 0) & (previous > 0)
    limit = previous - 1 + (y["part"] > x["part"]).long()
    limit = torch.where(same_onset, limit, torch.full_like(limit, N_PITCHES))
    return torch.arange(N_PITCHES, device=limit.device) < limit[..., None]


def nats(logits, x, y):
    """[B, T] negative log likelihood by head; all but the shift's count on notes only, the level's
    where one is written."""

    def cross_entropy(head, target, mask=None):
        z = logits[head].float()
        if mask is not None:
            z = z.masked_fill(~mask, -1e4)
        target = target.clamp(0, z.shape[-1] - 1)
        return F.cross_entropy(z.flatten(0, -2), target.flatten(), reduction="none").view(target.shape)

    return {
        "shift": cross_entropy("shift", y["shift"], shift_mask(x)) * y["event"],
        "part": cross_entropy("part", y["part"]) * y["note"],
        "pitch": cross_entropy("pitch", y["pitch"] - 1, pitch_mask(x, y)) * y["note"],
        "duration": cross_entropy("duration", y["duration"]) * y["note"],
        "level": cross_entropy("level", y["level"]) * y["marked"],
    }
