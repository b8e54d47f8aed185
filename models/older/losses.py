# Copyright 2026 The Continuo authors
# SPDX-License-Identifier: ISC
"""What each older design is trained to make small, and a step of its training."""

import numpy as np
import torch
import torch.nn.functional as F

from older import music
from older.batches import IGNORED, Streams, Windows, detached

VAE_BETA, VAE_WARM_UP = 0.2, 0.4  # weight of the divergence, and the share of the training in which it rises
VAE_FREE = 16.0  # nats of a window's latent that cost nothing
VAE_WORD_DROPOUT = 0.25  # of the decoder's inputs, so that it asks the latent


def first_row(design, name):
    """What a step network is told before the first row."""
    if design.KIND == "regression":
        return np.zeros(2)
    if design.KIND.startswith("symbols"):
        return np.array([music.PAD])
    return np.array([n for _, n in design.HEADS[name]])


def by_head(design, name, logits, y):
    """-> [(head, logits of it, its targets)]"""
    sizes = [n for _, n in design.HEADS[name]]
    parts = torch.split(logits, sizes, -1)
    return [(head, part, y[..., i]) for i, ((head, _), part) in enumerate(zip(design.HEADS[name], parts))]


def cross_entropy(logits, target, reduction="mean"):
    return F.cross_entropy(logits.flatten(0, -2), target.flatten(), ignore_index=IGNORED, reduction=reduction)


def single_precision(x):
    return x.float() if x.is_floating_point() else x


class Steps:
    """Step networks, each on sequences of its own."""

    def __init__(self, design, models, random):
        self.design, self.models = design, models
        sequences = design.sequences("train")
        self.streams, self.state = {}, dict.fromkeys(models)
        for name in models:
            vary = lambda rows, random, name=name: design.vary(name, rows, random)
            self.streams[name] = Streams(sequences[name], first_row(design, name), vary, design.STREAMS, design.WINDOW, random)

    def loss(self, progress):
        """-> loss, {what is told of it: value}"""
        told, total = {}, 0.0
        for name, model in self.models.items():
            x, y, fresh = self.streams[name].next()
            state = detached(self.state[name], torch.from_numpy(~fresh).float())
            out, self.state[name] = model(single_precision(x), state)
            for head, value in self.values(name, out, y):
                told[f"{name} {head}".strip()] = float(value.detach())
                total = total + value
        return total, told

    def values(self, name, out, y):
        if self.design.KIND == "regression":
            there = ~torch.isnan(y[..., 0])
            return [("squares", F.mse_loss(out[there], y[there].float()))]
        return [(head, cross_entropy(part, target)) for head, part, target in by_head(self.design, name, out, y)]


class Attention:
    def __init__(self, design, models, random):
        self.model = models[""]
        self.windows = Windows(design.sequences("train")[""], design.vary, design.STREAMS, design.WINDOW, random)

    def loss(self, progress):
        x, y, worth = self.windows.next()
        loss = (F.cross_entropy(self.model(x), y, reduction="none") * worth).mean()
        return loss, {"symbol": float(loss.detach())}


def divergence(mean, variance):
    """Nats between N(mean, exp(variance)) and N(0, 1), of each row."""
    return 0.5 * (mean**2 + variance.exp() - 1 - variance).sum(-1)


class Vae:
    def __init__(self, design, models, random):
        self.design, self.model, self.random = design, models[""], random
        self.windows = design.two_bars("train")

    def loss(self, progress):
        design = self.design
        chosen = self.windows[self.random.integers(0, len(self.windows), design.STREAMS)]
        y = torch.from_numpy(np.stack([design.vary("", rows, self.random) for rows in chosen]))
        mean, variance = self.model.encoder(y[..., None])
        latent = mean + torch.randn_like(mean) * (0.5 * variance).exp()
        x = torch.cat([torch.full_like(y[:, :1], music.PAD), y[:, :-1]], 1)
        x = torch.where(torch.rand(x.shape) < VAE_WORD_DROPOUT, torch.full_like(x, music.PAD), x)
        logits, _ = self.model.decoder(x[..., None], latent)
        steps = cross_entropy(logits, y) * design.WINDOW
        kl = divergence(mean, variance).mean()
        beta = VAE_BETA * min(1.0, progress / VAE_WARM_UP)
        loss = (steps + beta * torch.clamp(kl, min=VAE_FREE)) / design.WINDOW
        return loss, {"symbol": float(steps.detach()) / design.WINDOW, "divergence": float(kl.detach())}


def task(design, models, random):
    kinds = {"symbols_attention": Attention, "symbols_vae": Vae}
    return kinds.get(design.KIND, Steps)(design, models, random)
