// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "program.h"

#include "gen/settings.h"

#include <string.h>

/// General MIDI programs, counted from 0
enum {
  GM_PIANO        = 0,
  GM_HARPSICHORD  = 6,
  GM_CHURCH_ORGAN = 19,
  GM_VIOLIN       = 40,
  GM_VIOLA        = 41,
  GM_CELLO        = 42,
  GM_CHOIR        = 52,
  GM_VOICE        = 53,
};

/// Keyboard of a style: a harpsichord where the composer had nothing else
static int
keyboard_of(const char* const style)
{
  return strcmp(style, "Scarlatti") != 0 ? GM_PIANO : GM_HARPSICHORD;
}

int
ct_program(const char* const style,
           const CtEnsemble  ensemble,
           const uint32_t    part)
{
  static const int strings[CT_N_PARTS] = {[CT_PART_SOPRANO] = GM_VIOLIN,
                                          [CT_PART_ALTO]    = GM_VIOLIN,
                                          [CT_PART_TENOR]   = GM_VIOLA,
                                          [CT_PART_BASS]    = GM_CELLO};
  switch (ensemble) {
  case CT_ENSEMBLE_ORGAN:
    return GM_CHURCH_ORGAN;
  case CT_ENSEMBLE_SONG:
    return part == CT_PART_SOPRANO ? GM_VOICE : GM_PIANO;
  case CT_ENSEMBLE_VOICES:
    return GM_CHOIR;
  case CT_ENSEMBLE_QUARTET:
    return strings[part];
  case CT_ENSEMBLE_MELODY:
    return GM_VIOLIN;
  case CT_ENSEMBLE_KEYBOARD:
  case CT_N_ENSEMBLES:
    break;
  }
  return keyboard_of(style);
}

int
ct_program_of(const CtCodec* const codec,
              const char* const    style,
              const CtEnsemble     ensemble,
              const uint32_t       part)
{
  return codec->has_programs ? (int)codec->programs[part]
                             : ct_program(style, ensemble, part);
}

void
ct_program_table_set(CtProgramTable* const table, const CtCodec* const codec)
{
  for (uint32_t s = 0U; s < CT_MAX_STYLES; ++s) {
    // A style that the model has not is its first
    const CtStyle* const style = &codec->styles[s < codec->n_styles ? s : 0U];
    for (uint32_t e = 0U; e <= CT_N_ENSEMBLES; ++e) {
      const bool       is_own = codec->is_for_one || e == CT_SETTING_OF_STYLE;
      const CtEnsemble ensemble =
        (CtEnsemble)(is_own ? style->ensemble : e - 1U);
      for (uint32_t part = 0U; part < CT_N_PARTS; ++part) {
        const int program = ct_program_of(codec, style->name, ensemble, part);
        atomic_store_explicit(
          &table->rows[s][e][part], (uint8_t)program, memory_order_relaxed);
      }
    }
  }
}

uint8_t
ct_program_table_get(const CtProgramTable* const table,
                     const uint32_t              style,
                     const uint32_t              ensemble,
                     const uint32_t              part)
{
  const bool is_there =
    style < CT_MAX_STYLES && ensemble <= CT_N_ENSEMBLES && part < CT_N_PARTS;
  return is_there ? atomic_load_explicit(&table->rows[style][ensemble][part],
                                         memory_order_relaxed)
                  : (uint8_t)GM_PIANO;
}
