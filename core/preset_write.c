// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

// A preset as text

#include "continuo.h"

#include "base/buffer.h"
#include "base/number.h"
#include "preset.h"

#include <math.h>
#include <stdio.h>

static void
put_line(CtBuffer* const   buffer,
         const char* const symbol,
         const char* const value)
{
  ct_put_text(buffer, symbol);
  ct_put_text(buffer, " = ");
  ct_put_text(buffer, value);
  ct_put_u8(buffer, '\n');
}

static void
put_number(CtBuffer* const buffer, const char* const symbol, const float number)
{
  char text[CT_NUMBER_SIZE];
  ct_number_print(number, text);
  put_line(buffer, symbol, text);
}

/// What is told beside the parameters
static void
put_words(CtBuffer* const buffer, const ContinuoPreset* const preset)
{
  put_line(buffer, CT_PRESET_WORD_NAME, preset->name);
  if (*preset->about) {
    put_line(buffer, CT_PRESET_WORD_ABOUT, preset->about);
  }
  if (preset->denominator) {
    char meter[CT_NUMBER_SIZE];
    (void)snprintf(meter,
                   sizeof(meter),
                   "%u/%u",
                   (unsigned)preset->numerator,
                   (unsigned)preset->denominator);
    put_line(buffer, CT_PRESET_WORD_METER, meter);
  }
  if (preset->tempo > 0.0F) {
    put_number(buffer, CT_PRESET_WORD_TEMPO, preset->tempo);
  }
  if (preset->most_notes > 0.0F) {
    char least[CT_NUMBER_SIZE];
    char most[CT_NUMBER_SIZE];
    char range[2U * CT_NUMBER_SIZE + 2U];
    ct_number_print(preset->least_notes, least);
    ct_number_print(preset->most_notes, most);
    (void)snprintf(range, sizeof(range), "%s..%s", least, most);
    put_line(buffer, CT_PRESET_WORD_NOTES, range);
  }
}

static void
put_param(CtBuffer* const             buffer,
          const Continuo* const       self,
          const ContinuoPreset* const preset,
          const uint32_t              id)
{
  const ContinuoParam* const param = continuo_param(id);
  const float                value = preset->values[id];
  const float                index = value - param->min;
  const char*                label = NULL;
  if (index >= 0.0F && index <= floorf(index)) {
    label = ct_preset_label(self, id, (uint32_t)index);
  }
  if (label) {
    put_line(buffer, param->symbol, label);
  } else {
    put_number(buffer, param->symbol, value);
  }
}

ContinuoStatus
continuo_preset_write(const Continuo* const       self,
                      const ContinuoPreset* const preset,
                      char** const                text)
{
  *text = NULL;
  if (!ct_preset_is_name(preset->name)) {
    return CT_PRESET_BAD_NAME;
  }
  if (!ct_preset_is_line(preset->about, CONTINUO_PRESET_ABOUT_SIZE)) {
    return CT_PRESET_BAD_VALUE;
  }

  CtBuffer buffer = ct_buffer_init();
  put_words(&buffer, preset);
  for (uint32_t id = 0U; id < CONTINUO_N_PARAMS; ++id) {
    if (continuo_preset_sets(id)) {
      put_param(&buffer, self, preset, id);
    }
  }
  ct_put_u8(&buffer, '\0');
  uint8_t*       bytes = NULL;
  size_t         size  = 0U;
  const CtStatus st    = ct_buffer_take(&buffer, &bytes, &size);
  *text                = (char*)bytes;
  return (ContinuoStatus)st;
}
