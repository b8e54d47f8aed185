// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "gen/constraint.h"

#include "gen/legal.h"

#define BIT(part) (1U << (uint32_t)(part))

static const uint32_t hands = BIT(CT_PART_RIGHT) | BIT(CT_PART_LEFT);

uint32_t
ct_ensemble_parts(const CtEnsemble ensemble)
{
  static const uint32_t quartet = BIT(CT_PART_SOPRANO) | BIT(CT_PART_ALTO) |
                                  BIT(CT_PART_TENOR) | BIT(CT_PART_BASS);
  static const uint32_t parts[CT_N_ENSEMBLES] = {
    [CT_ENSEMBLE_KEYBOARD] = BIT(CT_PART_RIGHT) | BIT(CT_PART_LEFT),
    [CT_ENSEMBLE_ORGAN] =
      BIT(CT_PART_RIGHT) | BIT(CT_PART_LEFT) | BIT(CT_PART_BASS),
    [CT_ENSEMBLE_SONG] =
      BIT(CT_PART_SOPRANO) | BIT(CT_PART_RIGHT) | BIT(CT_PART_LEFT),
    [CT_ENSEMBLE_VOICES]  = quartet,
    [CT_ENSEMBLE_QUARTET] = quartet,
    [CT_ENSEMBLE_MELODY]  = BIT(CT_PART_SOPRANO),
  };
  return parts[ensemble];
}

/// Grid tick of the onset that `shift` leads to
static int64_t
onset_after(const CtCodec* const   codec,
            const CtContext* const context,
            const uint32_t         shift)
{
  return ct_context_now(context) + codec->shifts[shift];
}

/// Pitches that sound at grid tick `now`, of all parts or of those in `parts`
static CtPitchSet
sounding(const CtContext* const context,
         const int64_t          now,
         const uint32_t         parts)
{
  CtPitchSet set = {{0U, 0U}};
  for (uint32_t p = 0U; p < CT_MAX_PITCHES; ++p) {
    if (context->end[p] > now && (parts & BIT(context->part[p]))) {
      ct_pitches_add(&set, p);
    }
  }
  return set;
}

/// Pitches in range, in order, and not down already
static CtPitchSet
playable(const CtCodec* const   codec,
         const CtContext* const context,
         const CtPlayers* const players,
         const uint32_t         shift,
         const uint32_t         part)
{
  const uint32_t   limit = ct_legal_pitch_limit(codec, context, shift, part);
  const uint32_t   end = limit < players->high_end ? limit : players->high_end;
  const CtPitchSet range = ct_pitches_without(
    ct_pitches_between(players->low, end), players->forbidden);
  return ct_pitches_without(
    range, sounding(context, onset_after(codec, context, shift), UINT32_MAX));
}

/// Whether `part` is at rest after `shift`, or is a hand with a finger left
static bool
is_free(const CtCodec* const   codec,
        const CtContext* const context,
        const CtStruck* const  struck,
        const uint32_t         shift,
        const uint32_t         part)
{
  const uint32_t n_struck = codec->shifts[shift] ? 0U : struck->n_struck[part];
  if (hands & BIT(part)) {
    return n_struck < CT_HAND_NOTES;
  }
  return !n_struck &&
         ct_pitches_empty(
           sounding(context, onset_after(codec, context, shift), BIT(part)));
}

/// Lowest and one past the highest pitch of a set that is not empty
static void
bounds(const CtPitchSet set, uint32_t* const low, uint32_t* const end)
{
  *low = CT_MAX_PITCHES;
  *end = 0U;
  for (uint32_t p = 0U; p < CT_MAX_PITCHES; ++p) {
    if (ct_pitches_contain(set, p)) {
      *low = p < *low ? p : *low;
      *end = p + 1U;
    }
  }
}

/// Pitches that a hand reaches from what it holds, without crossing the other
static CtPitchSet
reachable(const CtContext* const context,
          const int64_t          now,
          const uint32_t         hand)
{
  const uint32_t   other = hand == CT_PART_RIGHT ? CT_PART_LEFT : CT_PART_RIGHT;
  const CtPitchSet mine  = sounding(context, now, BIT(hand));
  const CtPitchSet its   = sounding(context, now, BIT(other));
  uint32_t         begin = 0U;
  uint32_t         end   = CT_MAX_PITCHES;
  uint32_t         low   = 0U;
  uint32_t         top   = 0U;
  if (!ct_pitches_empty(mine)) {
    bounds(mine, &low, &top);
    begin = top - 1U > CT_HAND_SPAN ? top - 1U - CT_HAND_SPAN : 0U;
    end   = low + CT_HAND_SPAN + 1U;
  }
  if (!ct_pitches_empty(its)) {
    bounds(its, &low, &top);
    if (hand == CT_PART_RIGHT) {
      begin = top > begin ? top : begin;
    } else {
      end = low < end ? low : end;
    }
  }
  return ct_pitches_between(begin, end);
}

/// Pitches that `part` plays without strain after `shift`
static CtPitchSet
easy_pitches(const CtCodec* const   codec,
             const CtContext* const context,
             const CtPlayers* const players,
             const uint32_t         shift,
             const uint32_t         part)
{
  const CtPitchSet all = playable(codec, context, players, shift, part);
  return hands & BIT(part)
           ? ct_pitches_both(
               all,
               reachable(context, onset_after(codec, context, shift), part))
           : all;
}

uint32_t
ct_free_parts(const CtCodec* const   codec,
              const CtContext* const context,
              const CtStruck* const  struck,
              const CtPlayers* const players,
              const uint32_t         shift)
{
  uint32_t able = 0U;
  uint32_t easy = 0U;
  for (uint32_t part = 0U; part < CT_N_PARTS; ++part) {
    if ((players->parts & BIT(part)) &&
        is_free(codec, context, struck, shift, part)) {
      const CtPitchSet some = playable(codec, context, players, shift, part);
      const CtPitchSet best =
        easy_pitches(codec, context, players, shift, part);
      able |= ct_pitches_empty(some) ? 0U : BIT(part);
      easy |= ct_pitches_empty(best) ? 0U : BIT(part);
    }
  }

  // A chord that hands can't reach farther is full
  return easy || !codec->shifts[shift] ? easy : able;
}

bool
ct_can_shift(const CtCodec* const   codec,
             const CtContext* const context,
             const CtStruck* const  struck,
             const CtPlayers* const players,
             const uint32_t         shift)
{
  if (shift == codec->bar) {
    return true;
  }
  return shift < codec->n_shifts && struck->n_in_bar < CT_BAR_NOTES &&
         ct_legal_shift(codec, context, shift) &&
         ct_free_parts(codec, context, struck, players, shift);
}

CtPitchSet
ct_free_pitches(const CtCodec* const   codec,
                const CtContext* const context,
                const CtPlayers* const players,
                const uint32_t         shift,
                const uint32_t         part)
{
  const CtPitchSet easy = easy_pitches(codec, context, players, shift, part);
  return ct_pitches_empty(easy) ? playable(codec, context, players, shift, part)
                                : easy;
}
