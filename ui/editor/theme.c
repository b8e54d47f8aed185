// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "theme.h"

const uint32_t ed_colors[ED_N_COLORS] = {
  [ED_BACK] = 0x14161C,      [ED_PANEL] = 0x1C1F27,
  [ED_FIELD] = 0x282D38,     [ED_FIELD_OVER] = 0x323846,
  [ED_LINE] = 0x343A47,      [ED_TEXT] = 0xECEFF4,
  [ED_DIM] = 0xA9B2C0,       [ED_ACCENT] = 0xF3B95F,
  [ED_ON_ACCENT] = 0x1D1508, [ED_WARN] = 0xFF9E80,
  [ED_FOCUS] = 0x7FC8FF,     [ED_ROLL] = 0x1E222B,
  [ED_ROLL_OUT] = 0x171A21,  [ED_ROLL_TONIC] = 0x272D39,
  [ED_BEAT] = 0x2A2F3A,      [ED_BAR] = 0x4A5160,
  [ED_WHITE_KEY] = 0xD9DDE4, [ED_BLACK_KEY] = 0x2B2F38,
  [ED_MUSICIAN] = 0xF06EAA,  [ED_REVOKED] = 0xFF6B5E,
  [ED_CUT]      = 0x6A7384,
  [ED_PART]     = 0x52CDB6, // Right hand
  [ED_PART + 1] = 0x6E9EFF, // Left hand
  [ED_PART + 2] = 0xFF8F80, // Soprano
  [ED_PART + 3] = 0xF3C45F, // Alto
  [ED_PART + 4] = 0x8CD47E, // Tenor
  [ED_PART + 5] = 0xA892FF, // Bass
};

const EdTextPair ed_texts[] = {
  {ED_TEXT, ED_BACK},
  {ED_TEXT, ED_PANEL},
  {ED_TEXT, ED_FIELD},
  {ED_TEXT, ED_FIELD_OVER},
  {ED_DIM, ED_BACK},
  {ED_DIM, ED_PANEL},
  {ED_DIM, ED_FIELD},
  {ED_DIM, ED_FIELD_OVER},
  {ED_DIM, ED_ROLL},
  {ED_DIM, ED_ROLL_OUT},
  {ED_ON_ACCENT, ED_ACCENT},
  {ED_ACCENT, ED_PANEL},
  {ED_ACCENT, ED_BACK},
  {ED_WARN, ED_BACK},
  {ED_WARN, ED_PANEL},
  {ED_BACK, ED_BACK},
};
