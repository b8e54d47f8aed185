// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file strand_kinds.h The kinds of the older designs

#ifndef CT_GEN_STRAND_KINDS_H
#define CT_GEN_STRAND_KINDS_H

#include "gen/kind.h"

/// An event by four features: offset, duration, pitch, instrument
extern const CtKind ct_four_features_kind;

/// Treble and bass by a network each
extern const CtKind ct_two_clefs_kind;

/// Pitch and duration as numbers
extern const CtKind ct_regression_kind;

/// Notes, offsets and durations by a network each
extern const CtKind ct_three_models_kind;

/// Symbols of sixteenths, from a window of them
extern const CtKind ct_symbols_attention_kind;

/// Symbols of sixteenths, one after the other
extern const CtKind ct_symbols_gru_kind;

/// Symbols of sixteenths, two bars as one point
extern const CtKind ct_symbols_vae_kind;

#endif // CT_GEN_STRAND_KINDS_H
