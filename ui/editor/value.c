// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "value.h"

#include "continuo.h"
#include "control.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/// Steps of the wheel from one end of a range to the other
static const float n_steps = 50.0F;

static bool
is_whole(const ContinuoParam* const param)
{
  return (param->flags & CONTINUO_PARAM_INTEGER) != 0U;
}

static bool
is_key(const uint32_t id)
{
  return id == CONTINUO_LOW_NOTE || id == CONTINUO_HIGH_NOTE;
}

void
ed_key_name(const int key, char text[ED_VALUE_SIZE])
{
  static const char* const names[] = {"C",
                                      "C\u266F",
                                      "D",
                                      "E\u266D",
                                      "E",
                                      "F",
                                      "F\u266F",
                                      "G",
                                      "A\u266D",
                                      "A",
                                      "B\u266D",
                                      "B"};
  (void)snprintf(text, ED_VALUE_SIZE, "%s%d", names[key % 12], (key / 12) - 1);
}

/// What zero means where it is no amount, or null
static const char*
zero_name(const uint32_t id)
{
  switch (id) {
  case CONTINUO_TOP_K:
  case CONTINUO_MIN_P:
    return "off";
  case CONTINUO_DENSITY:
  case CONTINUO_POLYPHONY:
    return "free";
  case CONTINUO_LENGTH:
    return "form";
  case CONTINUO_RHYTHM_TOP_K: // As top-k
    return "same";
  default:
    return NULL;
  }
}

void
ed_value_text(const uint32_t id, const float value, char text[ED_VALUE_SIZE])
{
  const ContinuoParam* const param = ed_param(id);
  const char* const          zero  = zero_name(id);
  if (param->n_labels) {
    (void)snprintf(
      text,
      ED_VALUE_SIZE,
      "%s",
      param->labels[(uint32_t)(ed_value_clamp(id, value) - param->min)]);
  } else if (zero && value == 0.0F) {
    (void)snprintf(text, ED_VALUE_SIZE, "%s", zero);
  } else if (id == CONTINUO_TOP_P && value >= param->max) {
    (void)snprintf(text, ED_VALUE_SIZE, "off");
  } else if (is_key(id)) {
    ed_key_name((int)(value + 0.5F), text);
  } else if (id == CONTINUO_OCTAVE) { // Its name is its unit
    (void)snprintf(text, ED_VALUE_SIZE, "%+.0f", (double)value);
  } else if (id == CONTINUO_N_PARAMS + SYNTH_GAIN) {
    (void)snprintf(text, ED_VALUE_SIZE, "%+.1f dB", (double)value);
  } else if (is_whole(param)) {
    (void)snprintf(text,
                   ED_VALUE_SIZE,
                   "%.0f%s%s",
                   (double)value,
                   param->unit[0] ? " " : "",
                   param->unit);
  } else {
    (void)snprintf(text,
                   ED_VALUE_SIZE,
                   "%.2f%s%s",
                   (double)value,
                   param->unit[0] ? " " : "",
                   param->unit);
  }
}

/// Read a note such as "C4", "eb3" or "F#2"
static bool
parse_key(const char* const text, float* const value)
{
  static const int classes[] = {9, 11, 0, 2, 4, 5, 7}; // From A to G
  const int        letter    = toupper((unsigned char)text[0]);
  if (letter < 'A' || letter > 'G') {
    return false;
  }
  const char* at    = text + 1;
  int         shift = 0;
  if (*at == '#' || *at == 'b') {
    shift = *at == '#' ? 1 : -1;
    ++at;
  }
  char*      end    = NULL;
  const long octave = strtol(at, &end, 10);
  if (end == at || *end != '\0' || octave < -1 || octave > 9) {
    return false;
  }
  *value = (float)(((int)octave + 1) * 12 + classes[letter - 'A'] + shift);
  return true;
}

bool
ed_value_parse(const uint32_t id, const char* const text, float* const value)
{
  const ContinuoParam* const param  = ed_param(id);
  char*                      end    = NULL;
  float                      number = strtof(text, &end);
  bool                       is_one = end != text;
  for (uint32_t i = 0U; !is_one && i < param->n_labels; ++i) {
    if (!strcasecmp(text, param->labels[i])) {
      number = param->min + (float)i;
      is_one = true;
    }
  }
  if (!is_one && is_key(id)) {
    is_one = parse_key(text, &number);
  }
  if (!is_one || !(number >= param->min && number <= param->max)) {
    return false;
  }
  *value = ed_value_clamp(id, number);
  return true;
}

float
ed_value_clamp(const uint32_t id, const float value)
{
  const ContinuoParam* const param = ed_param(id);
  const float                near  = is_whole(param) ? roundf(value) : value;
  return fmaxf(param->min, fminf(param->max, near));
}

float
ed_value_share(const uint32_t id, const float value)
{
  const ContinuoParam* const param = ed_param(id);
  const float share = (value - param->min) / (param->max - param->min);
  return fmaxf(0.0F, fminf(1.0F, share));
}

float
ed_value_at(const uint32_t id, const float share)
{
  const ContinuoParam* const param = ed_param(id);
  return ed_value_clamp(id, param->min + (share * (param->max - param->min)));
}

float
ed_value_step(const uint32_t id,
              const float    value,
              const float    n,
              const bool     is_fine)
{
  const ContinuoParam* const param = ed_param(id);
  if (is_whole(param)) {
    return ed_value_clamp(id, value + (n > 0.0F ? ceilf(n) : floorf(n)));
  }
  const float step = (param->max - param->min) / n_steps;
  return ed_value_clamp(id, value + (n * (is_fine ? step / 10.0F : step)));
}
