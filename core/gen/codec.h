// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/**
   @file codec.h The model's vocabulary: tables of shifts, durations, meters and
   styles.

   The model's grid has 24 grid ticks to the quarter.  An onset lies on the
   union of the binary (multiples of 3) and the ternary (multiples of 4) grid,
   counted from its bar line.  A bar line is an event of its own, so no shift
   crosses one. models/codec.py is the Python twin.
*/

#ifndef CT_GEN_CODEC_H
#define CT_GEN_CODEC_H

#include "base/attributes.h"
#include "base/status.h"
#include "model/note_lstm_load.h"
#include "music/meter.h"
#include "music/tick.h"

#include <stdbool.h>
#include <stdint.h>

#define CT_GRID_PER_QUARTER 24
#define CT_TICKS_PER_GRID (CT_PPQN / CT_GRID_PER_QUARTER)

/// Longest bar in grid ticks; a longer one is chopped into whole notes
#define CT_MAX_BAR 144U

#define CT_MAX_SHIFTS 64U
#define CT_MAX_DURATIONS 64U
#define CT_MAX_METERS 16U
#define CT_MAX_LEVELS 16U
#define CT_MAX_STYLES 16U ///< As the parameter `style` counts them
#define CT_STYLE_NAME_SIZE 32U
#define CT_KEY_COUNT 24U ///< Tonic + 12 * minor; the count itself means unknown
#define CT_N_DENSITIES 8U   ///< As the parameter `density` counts them
#define CT_N_POLYPHONIES 5U ///< As the parameter `polyphony` counts them
#define CT_N_ENDINGS 4U ///< Last bar, last but one, the two before, any other
#define CT_LAST_BAR 0U  ///< Row of endings
#define CT_LAST_BAR_BUT_ONE 1U ///< Row of endings
#define CT_NEAR_LAST_BAR 2U    ///< Row of endings: the two before
#define CT_BAR_CYCLE 8U        ///< Bars are told to the network modulo this
#define CT_N_RECALLS 4U ///< How much a bar is like one it recalls, 0 is not

/// Row of the composer table for all others, and for nobody in particular
#define CT_COMPOSER_FREE 0U

/// Who plays a note
typedef enum {
  CT_PART_RIGHT,
  CT_PART_LEFT,
  CT_PART_SOPRANO,
  CT_PART_ALTO,
  CT_PART_TENOR,
  CT_PART_BASS,
  CT_N_PARTS ///< Also "no note"
} CtPart;

/// Which parts there are, and how they behave
typedef enum {
  CT_ENSEMBLE_KEYBOARD,
  CT_ENSEMBLE_ORGAN,
  CT_ENSEMBLE_SONG,
  CT_ENSEMBLE_VOICES,
  CT_ENSEMBLE_QUARTET,
  CT_ENSEMBLE_MELODY,
  CT_N_ENSEMBLES
} CtEnsemble;

/// A composer in his usual ensemble
typedef struct {
  char     name[CT_STYLE_NAME_SIZE];
  uint32_t composer;  ///< Row of the composer table
  uint32_t ensemble;  ///< CtEnsemble
  bool     is_marked; ///< His scores tell how loud to play
} CtStyle;

/// Tables of one model
typedef struct {
  uint32_t n_shifts;
  uint16_t shifts[CT_MAX_SHIFTS]; ///< Grid ticks, ascending from 0
  uint32_t bar;                   ///< Class of a bar line, = n_shifts
  uint32_t end;                   ///< Class of the end of a piece
  uint32_t begin;       ///< Row of the beginning of a piece, an input only
  uint32_t n_durations; ///< Also the row of "no duration"
  uint16_t durations[CT_MAX_DURATIONS]; ///< Grid ticks, ascending
  uint32_t n_meters;
  CtMeter  meters[CT_MAX_METERS]; ///< The last stands for all others
  uint32_t n_pitches;
  uint32_t low; ///< Lowest pitch, MIDI key
  uint32_t n_composers;
  uint32_t n_densities;   ///< Also the row of "any density"
  uint32_t n_polyphonies; ///< Also the row of "any polyphony"
  uint32_t n_levels;      ///< Of loudness; also the row of "not told"
  uint16_t level_begin[CT_MAX_LEVELS]; ///< Lowest velocity of each, ascending
                                       ///< from 0
  uint32_t n_styles;
  CtStyle  styles[CT_MAX_STYLES];
  bool     is_for_one; ///< Whatever ensemble is wished, it has its styles' own
  bool     has_programs;         ///< The model knows its instruments
  uint8_t  programs[CT_N_PARTS]; ///< Of MIDI, from 0, by part
} CtCodec;

/// Name of `part`, or null past the last.  @thread any
const char*
ct_part_name(uint32_t part);

/// Name of `ensemble`, or null past the last.  @thread any
const char*
ct_ensemble_name(uint32_t ensemble);

/**
   Read the tables out of the `continuo` metadata, and prove that they fit the
   network.

   @thread main
   @return CT_SUCCESS, CT_MODEL_BAD_METADATA or CT_MODEL_BAD_TABLE.
*/
CT_NODISCARD CtStatus
ct_codec_read(const char* json, const CtNoteLstmShape* shape, CtCodec* codec);

/// Row of the meter table for `meter`; 2/2 counts as 4/4, and so on.
/// @thread any
CT_REALTIME uint32_t
ct_codec_meter(const CtCodec* codec, CtMeter meter);

/// Class of the duration nearest to `ticks`; the shorter of two equally near.
/// @thread any
CT_REALTIME uint32_t
ct_codec_duration(const CtCodec* codec, int64_t ticks);

/// Level of loudness of a MIDI velocity.  @thread any
CT_REALTIME uint32_t
ct_codec_level(const CtCodec* codec, uint32_t velocity);

/// The union-grid position nearest to `ticks` after a bar line, in grid ticks.
/// @thread any
CT_REALTIME int64_t
ct_grid_position(int64_t ticks);

/// Whether `position` in grid ticks lies on the union grid.  @thread any
CT_REALTIME bool
ct_on_union_grid(uint32_t position);

/// Length in grid ticks of a bar of `ticks`, at least 1.  @thread any
CT_REALTIME uint32_t
ct_grid_bar_length(int64_t ticks);

#endif // CT_GEN_CODEC_H
