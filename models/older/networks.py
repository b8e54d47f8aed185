# Copyright 2026 The Continuo authors
# SPDX-License-Identifier: ISC
"""The networks of the older designs.  Names of modules are names of tensors in a model file.

A *step* network maps [B, T, columns] of classes (or numbers) and a state to [B, T, outputs], the
logits of its heads one after the other, and its state.  A *window* network maps [B, N, 1] to [B, outputs].
`arguments` are what a file says of a network, and what makes it again.
"""

import torch
from torch import nn

SYMBOLS = 91  # "/", "_", "r" and the 88 keys from 21 on


class FourFeatures(nn.Module):
    """Each feature through an embedding and an encoder LSTM of its own; all together into a large
    LSTM; a linear head for each.  A last row of each embedding stands for "nothing yet"."""

    FEATURES = ["offset", "duration", "pitch", "instrument"]

    def __init__(self, classes, embedding=(24, 24, 48, 8), encoder=(32, 32, 96, 16), hidden=224, dropout=0.1):
        super().__init__()
        self.arguments = dict(classes=list(classes), embedding=list(embedding), encoder=list(encoder), hidden=hidden)
        names = self.FEATURES
        self.embedding = nn.ModuleDict({f: nn.Embedding(n + 1, e) for f, n, e in zip(names, classes, embedding)})
        self.encoder = nn.ModuleDict({f: nn.LSTM(e, h, batch_first=True) for f, e, h in zip(names, embedding, encoder)})
        self.lstm = nn.LSTM(sum(encoder), hidden, batch_first=True)
        self.head = nn.ModuleDict({f: nn.Linear(hidden, n) for f, n in zip(names, classes)})
        self.drop = nn.Dropout(dropout)

    def forward(self, x, state=None):
        state = state or [None] * (len(self.FEATURES) + 1)
        encoded, after = [], []
        for i, name in enumerate(self.FEATURES):
            out, s = self.encoder[name](self.embedding[name](x[..., i]), state[i])
            encoded.append(out)
            after.append(s)
        u, s = self.lstm(self.drop(torch.cat(encoded, -1)), state[-1])
        u = self.drop(u)
        return torch.cat([self.head[f](u) for f in self.FEATURES], -1), [*after, s]


class Clef(nn.Module):
    """(note or chord label, duration category) -> three LSTM layers -> dense -> two heads."""

    def __init__(self, classes, embedding=(48, 16), hidden=96, layers=3, dropout=0.3):
        super().__init__()
        self.arguments = dict(classes=list(classes), embedding=list(embedding), hidden=hidden, layers=layers)
        self.note_embedding = nn.Embedding(classes[0] + 1, embedding[0])
        self.duration_embedding = nn.Embedding(classes[1] + 1, embedding[1])
        self.lstm = nn.LSTM(sum(embedding), hidden, layers, batch_first=True, dropout=dropout)
        self.dense = nn.Linear(hidden, hidden)
        self.note_head = nn.Linear(hidden, classes[0])
        self.duration_head = nn.Linear(hidden, classes[1])
        self.drop = nn.Dropout(dropout)

    def forward(self, x, state=None):
        rows = [self.note_embedding(x[..., 0]), self.duration_embedding(x[..., 1])]
        u, state = self.lstm(torch.cat(rows, -1), state)
        u = torch.relu(self.dense(self.drop(u)))
        return torch.cat([self.note_head(u), self.duration_head(u)], -1), state


class Regression(nn.Module):
    """((pitch - 64) / 64, (duration - 8) / 8) -> LSTM -> the same two of the next note."""

    def __init__(self, hidden=20, layers=1):
        super().__init__()
        self.arguments = dict(hidden=hidden, layers=layers)
        self.lstm = nn.LSTM(2, hidden, layers, batch_first=True)
        self.linear = nn.Linear(hidden, 2)

    def forward(self, x, state=None):
        u, state = self.lstm(x, state)
        return self.linear(u), state


class OneOfThree(nn.Module):
    """One feature: embedding -> two LSTM layers with dropout -> a linear head."""

    def __init__(self, classes, embedding=48, hidden=112, layers=2, dropout=0.25):
        super().__init__()
        self.arguments = dict(classes=classes, embedding=embedding, hidden=hidden, layers=layers)
        self.embedding = nn.Embedding(classes + 1, embedding)
        self.lstm = nn.LSTM(embedding, hidden, layers, batch_first=True, dropout=dropout)
        self.head = nn.Linear(hidden, classes)
        self.drop = nn.Dropout(dropout)

    def forward(self, x, state=None):
        u, state = self.lstm(self.embedding(x[..., 0]), state)
        return self.head(self.drop(u)), state


class Attention(nn.Module):
    """Scaled dot products of several heads, asked from the last step only, which is all that the
    network goes on with.  The scores are divided by the root of the whole width, as the design says."""

    def __init__(self, width, heads):
        super().__init__()
        self.heads = heads
        self.query, self.key, self.value, self.out = (nn.Linear(width, width) for _ in range(4))

    def forward(self, y):
        n, steps, width = y.shape

        def split(z):
            return z.view(n, -1, self.heads, width // self.heads).transpose(1, 2)

        q, k, v = split(self.query(y[:, -1:])), split(self.key(y)), split(self.value(y))
        weight = torch.softmax(q @ k.transpose(-1, -2) / width**0.5, -1)
        return self.out((weight @ v).transpose(1, 2).reshape(n, width))


class SymbolsAttention(nn.Module):
    """A window of past symbols -> the next one.

    h = bidirectional LSTM layers; y = norm(relu(conv(h)) + residual(h));
    logits = head(attention(y) + y at the last step)
    """

    KERNEL = 3

    def __init__(self, window=32, embedding=48, hidden=48, layers=2, width=96, heads=8, dropout=0.0):
        super().__init__()
        self.arguments = dict(window=window, embedding=embedding, hidden=hidden, layers=layers, width=width, heads=heads)
        self.embedding = nn.Embedding(SYMBOLS, embedding)
        self.lstm = nn.LSTM(embedding, hidden, layers, batch_first=True, bidirectional=True, dropout=dropout)
        self.conv = nn.Conv1d(2 * hidden, width, self.KERNEL, padding=self.KERNEL // 2)
        self.residual = nn.Linear(2 * hidden, width)
        self.norm = nn.LayerNorm(width)
        self.attention = Attention(width, heads)
        self.head = nn.Linear(width, SYMBOLS)
        self.drop = nn.Dropout(dropout)

    def forward(self, x):
        h = self.drop(self.lstm(self.embedding(x[..., 0]))[0])
        y = torch.relu(self.conv(h.transpose(1, 2)).transpose(1, 2))
        y = self.norm(y + self.residual(h))
        return self.head(self.drop(self.attention(y) + y[:, -1]))


class SymbolsGru(nn.Module):
    """The last symbol -> GRU layers -> the next one."""

    def __init__(self, embedding=48, hidden=160, layers=2, dropout=0.2):
        super().__init__()
        self.arguments = dict(embedding=embedding, hidden=hidden, layers=layers)
        self.embedding = nn.Embedding(SYMBOLS, embedding)
        self.gru = nn.GRU(embedding, hidden, layers, batch_first=True, dropout=dropout)
        self.head = nn.Linear(hidden, SYMBOLS)
        self.drop = nn.Dropout(dropout)

    def forward(self, x, state=None):
        u, state = self.gru(self.embedding(x[..., 0]), state)
        return self.head(self.drop(u)), state


class Encoder(nn.Module):
    """Two bars -> what the latent's distribution is: a mean and the logarithm of a variance."""

    def __init__(self, embedding, hidden, latent):
        super().__init__()
        self.embedding = nn.Embedding(SYMBOLS, embedding)
        self.lstm = nn.LSTM(embedding, hidden, batch_first=True, bidirectional=True)
        self.mean = nn.Linear(2 * hidden, latent)
        self.variance = nn.Linear(2 * hidden, latent)

    def forward(self, x):
        _, (last, _) = self.lstm(self.embedding(x[..., 0]))
        h = torch.cat([last[0], last[1]], -1)
        return self.mean(h), self.variance(h)


class Decoder(nn.Module):
    """(the last symbol, the latent) -> LSTM layers -> the next symbol."""

    def __init__(self, embedding, hidden, layers, latent, dropout):
        super().__init__()
        self.embedding = nn.Embedding(SYMBOLS, embedding)
        self.lstm = nn.LSTM(embedding + latent, hidden, layers, batch_first=True, dropout=dropout)
        self.head = nn.Linear(hidden, SYMBOLS)
        self.drop = nn.Dropout(dropout)

    def forward(self, x, z, state=None):
        """x [B, T, 1] classes, z [B, latent] -> logits [B, T, SYMBOLS], state"""
        rows = self.embedding(x[..., 0])
        rows = torch.cat([rows, z[:, None].expand(-1, rows.shape[1], -1)], -1)
        u, state = self.lstm(rows, state)
        return self.head(self.drop(u)), state


class SymbolsVae(nn.Module):
    """Two bars of sixteenths as a point among others."""

    def __init__(self, window=32, embedding=48, encoder=112, hidden=160, layers=2, latent=48, dropout=0.1):
        super().__init__()
        self.arguments = dict(window=window, embedding=embedding, encoder=encoder, hidden=hidden, layers=layers, latent=latent)
        self.encoder = Encoder(embedding, encoder, latent)
        self.decoder = Decoder(embedding, hidden, layers, latent, dropout)


# kind -> name of each network in it ("" where the file holds one) -> its class
KINDS = {
    "four_features": {"": FourFeatures},
    "two_clefs": {"treble": Clef, "bass": Clef},
    "regression": {"": Regression},
    "three_models": {"notes": OneOfThree, "offsets": OneOfThree, "durations": OneOfThree},
    "symbols_attention": {"": SymbolsAttention},
    "symbols_gru": {"": SymbolsGru},
    "symbols_vae": {"": SymbolsVae},
}


def make(kind, arguments):
    """The networks of a kind by name, as nn.ModuleDict cannot have an empty name."""
    return {name: network(**arguments[name]) for name, network in KINDS[kind].items()}


def n_weights(networks):
    return sum(p.numel() for network in networks.values() for p in network.parameters())
