// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file pitch_set.h Sets of pitch rows, for masks

#ifndef CT_GEN_PITCH_SET_H
#define CT_GEN_PITCH_SET_H

#include <stdbool.h>
#include <stdint.h>

#define CT_PITCH_WORD_BITS 64U

/// Pitches counted from the model's lowest, below 128
typedef struct {
  uint64_t words[2];
} CtPitchSet;

/// @thread any
static inline bool
ct_pitches_contain(const CtPitchSet set, const uint32_t pitch)
{
  return (set.words[pitch / CT_PITCH_WORD_BITS] >>
          (pitch % CT_PITCH_WORD_BITS)) &
         1U;
}

/// @thread any
static inline void
ct_pitches_add(CtPitchSet* const set, const uint32_t pitch)
{
  set->words[pitch / CT_PITCH_WORD_BITS] |= UINT64_C(1)
                                            << (pitch % CT_PITCH_WORD_BITS);
}

/// Pitches below `end`.  @thread any
static inline CtPitchSet
ct_pitches_below(const uint32_t end)
{
  CtPitchSet set = {{0U, 0U}};
  for (uint32_t w = 0U; w < 2U; ++w) {
    const uint32_t begin = w * CT_PITCH_WORD_BITS;
    const uint32_t n     = end > begin ? end - begin : 0U;
    set.words[w] =
      n >= CT_PITCH_WORD_BITS ? UINT64_MAX : (UINT64_C(1) << n) - 1U;
  }
  return set;
}

/// Pitches in [begin, end); empty if end is not above begin.  @thread any
static inline CtPitchSet
ct_pitches_between(const uint32_t begin, const uint32_t end)
{
  const CtPitchSet low  = ct_pitches_below(begin);
  const CtPitchSet high = ct_pitches_below(end);
  return (CtPitchSet){
    {high.words[0] & ~low.words[0], high.words[1] & ~low.words[1]}};
}

/// @thread any
static inline CtPitchSet
ct_pitches_both(const CtPitchSet a, const CtPitchSet b)
{
  return (CtPitchSet){{a.words[0] & b.words[0], a.words[1] & b.words[1]}};
}

/// Those of `a` that are not in `b`.  @thread any
static inline CtPitchSet
ct_pitches_without(const CtPitchSet a, const CtPitchSet b)
{
  return (CtPitchSet){{a.words[0] & ~b.words[0], a.words[1] & ~b.words[1]}};
}

/// @thread any
static inline bool
ct_pitches_empty(const CtPitchSet set)
{
  return !(set.words[0] | set.words[1]);
}

#endif // CT_GEN_PITCH_SET_H
