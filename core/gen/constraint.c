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

/// What sounds at an onset of what was struck before
typedef struct {
  CtPitchSet pitches;
  uint32_t   low[CT_N_PARTS]; ///< Lowest pitch of each part
  uint32_t   end[CT_N_PARTS]; ///< One past its highest, 0 if it rests
} Sounding;

static Sounding
sounding_after(const CtCodec* const   codec,
               const CtContext* const context,
               const uint32_t         shift)
{
  const int64_t now   = onset_after(codec, context, shift);
  Sounding      heard = {{{0U, 0U}}, {0U}, {0U}};
  for (uint32_t p = 0U; p < CT_MAX_PITCHES; ++p) {
    if (context->end[p] > now) {
      const uint32_t part = context->part[p];
      ct_pitches_add(&heard.pitches, p);
      heard.low[part] = heard.end[part] ? heard.low[part] : p;
      heard.end[part] = p + 1U;
    }
  }
  return heard;
}

/// Pitches in range, in order, and not down already
static CtPitchSet
playable(const CtCodec* const   codec,
         const CtContext* const context,
         const CtPlayers* const players,
         const Sounding* const  heard,
         const uint32_t         shift,
         const uint32_t         part)
{
  const uint32_t   limit = ct_legal_pitch_limit(codec, context, shift, part);
  const uint32_t   end = limit < players->high_end ? limit : players->high_end;
  const CtPitchSet range = ct_pitches_without(
    ct_pitches_between(players->low, end), players->forbidden);
  return ct_pitches_without(range, heard->pitches);
}

/// Whether `part` is at rest after `shift`, or is a hand with a finger left
static bool
is_free(const CtCodec* const  codec,
        const CtStruck* const struck,
        const Sounding* const heard,
        const uint32_t        shift,
        const uint32_t        part)
{
  const uint32_t n_struck = codec->shifts[shift] ? 0U : struck->n_struck[part];
  return hands & BIT(part) ? n_struck < CT_HAND_NOTES
                           : !n_struck && !heard->end[part];
}

/// Pitches that a hand reaches from what it holds, without crossing the other
static CtPitchSet
reachable(const Sounding* const heard, const uint32_t hand)
{
  const uint32_t other = hand == CT_PART_RIGHT ? CT_PART_LEFT : CT_PART_RIGHT;
  uint32_t       begin = 0U;
  uint32_t       end   = CT_MAX_PITCHES;
  if (heard->end[hand]) {
    const uint32_t top = heard->end[hand] - 1U;
    begin              = top > CT_HAND_SPAN ? top - CT_HAND_SPAN : 0U;
    end                = heard->low[hand] + CT_HAND_SPAN + 1U;
  }
  if (heard->end[other] && hand == CT_PART_RIGHT) {
    begin = heard->end[other] > begin ? heard->end[other] : begin;
  } else if (heard->end[other]) {
    end = heard->low[other] < end ? heard->low[other] : end;
  }
  return ct_pitches_between(begin, end);
}

/// Those of `all` that `part` plays without strain
static CtPitchSet
easy_pitches(const Sounding* const heard,
             const CtPitchSet      all,
             const uint32_t        part)
{
  return hands & BIT(part) ? ct_pitches_both(all, reachable(heard, part)) : all;
}

uint32_t
ct_free_parts(const CtCodec* const   codec,
              const CtContext* const context,
              const CtStruck* const  struck,
              const CtPlayers* const players,
              const uint32_t         shift)
{
  const Sounding heard = sounding_after(codec, context, shift);
  uint32_t       able  = 0U;
  uint32_t       easy  = 0U;
  for (uint32_t part = 0U; part < CT_N_PARTS; ++part) {
    if ((players->parts & BIT(part)) &&
        is_free(codec, struck, &heard, shift, part)) {
      const CtPitchSet some =
        playable(codec, context, players, &heard, shift, part);
      const CtPitchSet best = easy_pitches(&heard, some, part);
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
  const Sounding   heard = sounding_after(codec, context, shift);
  const CtPitchSet some =
    playable(codec, context, players, &heard, shift, part);
  const CtPitchSet easy = easy_pitches(&heard, some, part);
  return ct_pitches_empty(easy) ? some : easy;
}
