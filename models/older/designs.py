# Copyright 2026 The Continuo authors
# SPDX-License-Identifier: ISC
"""The older designs by the name that commands and files call them."""

from older import melodies, polyphony

CLASSES = [
    polyphony.FourFeatures,
    polyphony.TwoClefs,
    melodies.Regression,
    melodies.RegressionLarge,
    polyphony.ThreeModels,
    melodies.SymbolsAttention,
    melodies.SymbolsGru,
    melodies.SymbolsVae,
]
DESIGNS = {c.NAME.lower().replace(",", "").replace(" ", "_"): c for c in CLASSES}
