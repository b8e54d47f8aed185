# Copyright 2026 The Continuo authors
# SPDX-License-Identifier: ISC
"""What real music of each style is like: excerpts of both splits, measured once and kept, and how
far a few excerpts of the one lie from the other by chance."""

import functools
import hashlib
import json
import pathlib
import warnings

import numpy as np

import copies
import metrics
from excerpts import draw

MOST = 120  # excerpts of a style and split
# With less held-out music than this the reference is both splits together
LEAST_EXCERPTS, LEAST_PIECES = 8, 3
N_DRAWS = 200
N_HISTOGRAM_DRAWS = 20
SEED = 1
MADE_OF = ["excerpts.py", "metrics.py", "form.py", "copies.py", "measure.py"]


class Set:
    """Excerpts with their rows of numbers, histograms and copied runs."""

    def __init__(self, excerpts, pieces, measured=None):
        self.excerpts, self.pieces = excerpts, np.array(pieces)
        self.rows, self.histograms = measured or ([metrics.of_excerpt(e) for e in excerpts], [metrics.histograms(e) for e in excerpts])
        self.copies = None

    def __len__(self):
        return len(self.rows)

    def values(self, name):
        return np.array([row[name] for row in self.rows], float)

    def take(self, indices):
        indices = list(indices)
        some = Set([self.excerpts[i] for i in indices], self.pieces[indices], ([self.rows[i] for i in indices], [self.histograms[i] for i in indices]))
        some.copies = [self.copies[i] for i in indices] if self.copies else None
        return some

    def __add__(self, other):
        return Set(
            self.excerpts + other.excerpts,
            np.concatenate([self.pieces, -1 - other.pieces]),
            (self.rows + other.rows, self.histograms + other.histograms),
        )

    def some(self, n, rng):
        """Indices of `n`, each piece in turn."""
        rank = rng.random(len(self))
        turn = np.empty(len(self), int)
        for piece in np.unique(self.pieces):
            mine = np.flatnonzero(self.pieces == piece)
            turn[mine[np.argsort(rank[mine])]] = np.arange(len(mine))
        # Which piece comes first in a turn is by chance too
        return np.lexsort((rng.random(len(self)), turn))[:n]


class Reference:
    """A style's `real` music (held-out, and the training split's where that is little), the
    held-out excerpts alone in `valid`, and what chance does with `n` excerpts."""

    def __init__(self, valid, train, endings, n):
        self.valid, self.train, self.endings, self.n = valid, train, endings, n
        self.mixed = len(valid) < LEAST_EXCERPTS or len(np.unique(valid.pieces)) < LEAST_PIECES
        self.real = valid + train if self.mixed else valid
        self.spread = self.real.rows + ([] if self.mixed else train.rows)

    @functools.cached_property
    def draws(self):
        """Indices of `n` training excerpts, with those of the real ones they are held against."""
        rng, every = np.random.default_rng(SEED), np.arange(len(self.real))
        # Where both are of one pot, no more than half of it
        n = min(self.n, len(self.real) // 2) if self.mixed else self.n
        drawn = [self.train.some(n, rng) for _ in range(N_DRAWS)]
        return [(d, np.setdiff1d(every, d + len(self.valid)) if self.mixed else every) for d in drawn]

    @functools.cached_property
    def floor(self):
        """Gaps z of real against real."""
        z = []
        for name in metrics.GATE:
            train, real = self.train.values(name), self.real.values(name)
            far = [abs(np.nanmean(train[a]) - np.nanmean(real[b])) for a, b in self.draws if len(b)]
            z.append(np.minimum(metrics.MOST_Z, np.array(far) / metrics.deviation(self.spread, name)))
        return np.mean(z, axis=0)

    def chance(self, name):
        """The deviation, in sd of real excerpts, that 95 % of the draws stay within."""
        sd = metrics.deviation(self.spread, name)
        train, real = self.train.values(name), self.real.values(name)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", RuntimeWarning)  # a draw may have none of it
            far = [abs(np.nanmean(train[a]) - np.nanmean(real[b])) / sd for a, b in self.draws if len(b)]
        return float(np.nanpercentile(far, 95)) if not np.isnan(far).all() else np.nan

    def far(self, rows, name):
        """Signed deviation of the mean of `rows` from the real one, in sd of real excerpts."""
        return (metrics.mean(rows, name) - metrics.mean(self.real.rows, name)) / metrics.deviation(self.spread, name)

    def shapes(self, some):
        """-> (mean Jensen-Shannon divergence, mean overlapping area) of a Set and the real one."""
        return shapes(some, self.real)

    @functools.cached_property
    def shapes_floor(self):
        some = [(self.train.take(a), self.real.take(b)) for a, b in self.draws[:N_HISTOGRAM_DRAWS] if len(b)]
        return np.mean([shapes(a, b) for a, b in some], axis=0)


def shapes(a, b):
    ours, theirs = metrics.total(a.histograms), metrics.total(b.histograms)
    divergence = np.nanmean([metrics.divergence(ours[name], theirs[name]) for name in metrics.HISTOGRAMS])
    return divergence, np.nanmean([metrics.overlap(a.values(name), b.values(name)) for name in metrics.OVERLAP])


def _kept(path, stamp, make):
    """What `make` returned (JSON), from `path` if it is of the same `stamp`."""
    if path.exists():
        kept = json.loads(path.read_text())
        if kept["stamp"] == stamp:
            return kept["what"]
    what = json.loads(json.dumps(make(), default=lambda array: array.tolist()))
    path.write_text(json.dumps({"stamp": stamp, "what": what}))
    return what


def references(styles, train, valid, n, cache, endings_of):
    """style name -> Reference, for those of `styles` (name, composer, ensemble) with real music."""
    here, out = pathlib.Path(__file__).parent, {}
    text = "".join((here / name).read_text() for name in MADE_OF) + f"{train.stamp} {valid.stamp} {MOST} {SEED}"
    stamp = hashlib.sha256(text.encode()).hexdigest()
    for name, composer, ensemble in styles:
        sets = []
        for split, corpus in (("valid", valid), ("train", train)):
            drawn = draw(corpus, corpus.of(composer, ensemble), MOST, np.random.default_rng(SEED))
            pieces, excerpts = [i for i, _ in drawn], [e for _, e in drawn]

            def make(excerpts=excerpts):
                fresh = Set(excerpts, [])
                return fresh.rows, fresh.histograms

            rows, histograms = _kept(pathlib.Path(cache) / f"real-{split}-{composer}-{ensemble}.json", stamp, make)
            histograms = [{key: np.array(h) for key, h in one.items()} for one in histograms]
            sets.append(Set(excerpts, pieces, (rows, histograms)))
        if not sets[0].rows and not sets[1].rows:
            continue
        whole = [corpus[i] for corpus in ((valid,) if len(sets[0]) >= LEAST_EXCERPTS else (valid, train)) for i in corpus.of(composer, ensemble)]
        out[name] = Reference(*sets, [endings_of(piece) for piece in whole], n)
    every = [e for r in out.values() for e in r.valid.excerpts]
    found = _kept(
        pathlib.Path(cache) / f"real-copies-{hashlib.sha256(str(list(out)).encode()).hexdigest()[:8]}.json",
        stamp,
        lambda: copies.of_excerpts(every, trained(train)),
    )
    for reference in out.values():
        reference.valid.copies, found = found[: len(reference.valid)], found[len(reference.valid) :]
    return out


_TRAINED = {}


def trained(train):
    """The training split as copies.Rows, made once."""
    if train.stamp not in _TRAINED:
        _TRAINED[train.stamp] = copies.Rows([train[i] for i in range(len(train))])
    return _TRAINED[train.stamp]
