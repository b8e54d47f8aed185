// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "gen/codec.h"

#include "music/event.h"

#include <cjson/cJSON.h>

#include <stdlib.h>
#include <string.h>

#define MAX_GRID_TICKS 960

/// Read ascending whole numbers.  @return How many, or 0 if they are not that
static uint32_t
read_ascending(const cJSON* const list, const uint32_t max, uint16_t* const out)
{
  uint32_t     n    = 0U;
  const cJSON* item = NULL;
  cJSON_ArrayForEach(item, list)
  {
    if (n == max || !cJSON_IsNumber(item) || item->valueint < 0 ||
        item->valueint > MAX_GRID_TICKS ||
        (n > 0U && item->valueint <= out[n - 1U])) {
      return 0U;
    }
    out[n++] = (uint16_t)item->valueint;
  }
  return n;
}

/// Whether `list` holds just the names that `name_of` gives
static bool
are_names(const cJSON* const list, const char* (*name_of)(uint32_t))
{
  uint32_t     n    = 0U;
  const cJSON* item = NULL;
  cJSON_ArrayForEach(item, list)
  {
    const char* const name = name_of(n++);
    if (!name || !cJSON_IsString(item) ||
        strcmp(name, item->valuestring) != 0) {
      return false;
    }
  }
  return n > 0U && !name_of(n);
}

/// Read a meter such as "3/4"
static bool
read_meter(const char* const text, CtMeter* const meter)
{
  static const int decimal = 10;

  char*               slash     = NULL;
  char*               end       = NULL;
  const unsigned long numerator = strtoul(text, &slash, decimal);
  const unsigned long denominator =
    *slash == '/' ? strtoul(slash + 1, &end, decimal) : 0U;
  if (!end || *end || numerator > CT_METER_MAX_NUMERATOR ||
      denominator > CT_METER_MAX_DENOMINATOR) {
    return false;
  }
  *meter = (CtMeter){(uint32_t)numerator, (uint32_t)denominator};
  return ct_meter_is_valid(*meter);
}

/// All but the last, which stands for other meters
static bool
read_meters(const cJSON* const list, CtCodec* const codec)
{
  const cJSON* item = NULL;
  cJSON_ArrayForEach(item, list)
  {
    CtMeter meter = {0U, 0U};
    if (codec->n_meters == CT_MAX_METERS || !cJSON_IsString(item) ||
        (item->next && !read_meter(item->valuestring, &meter))) {
      return false;
    }
    codec->meters[codec->n_meters++] = meter;
  }
  return codec->n_meters > 0U;
}

static bool
read_style(const cJSON* const json,
           const uint32_t     n_composers,
           CtStyle* const     style)
{
  const char* const name =
    cJSON_GetStringValue(cJSON_GetObjectItem(json, "name"));
  const cJSON* const composer = cJSON_GetObjectItem(json, "composer");
  const cJSON* const ensemble = cJSON_GetObjectItem(json, "ensemble");
  const cJSON* const marked   = cJSON_GetObjectItem(json, "marked");
  if (!name || strlen(name) >= CT_STYLE_NAME_SIZE ||
      !cJSON_IsNumber(composer) || !cJSON_IsNumber(ensemble) ||
      composer->valueint < 0 || ensemble->valueint < 0 ||
      !cJSON_IsBool(marked)) {
    return false;
  }

  memcpy(style->name, name, strlen(name) + 1U);
  style->composer  = (uint32_t)composer->valueint;
  style->ensemble  = (uint32_t)ensemble->valueint;
  style->is_marked = cJSON_IsTrue(marked);
  return style->composer < n_composers && style->ensemble < CT_N_ENSEMBLES;
}

static bool
read_styles(const cJSON* const list, CtCodec* const codec)
{
  const cJSON* item = NULL;
  cJSON_ArrayForEach(item, list)
  {
    if (codec->n_styles == CT_MAX_STYLES ||
        !read_style(
          item, codec->n_composers, &codec->styles[codec->n_styles])) {
      return false;
    }
    ++codec->n_styles;
  }
  return codec->n_styles > 0U;
}

/// Read the velocities from which each level but the lowest begins
static bool
read_levels(const cJSON* const edges, CtCodec* const codec)
{
  const uint32_t n =
    read_ascending(edges, CT_MAX_LEVELS - 1U, codec->level_begin + 1U);
  codec->n_levels = n + 1U;
  return n > 0U && codec->level_begin[1] > 0U;
}

/// Whether MIDI can say some of the pitches however the octave is set: three up
/// or down
static bool
is_audible(const CtCodec* const codec)
{
  static const uint32_t first = 36U;
  static const uint32_t last  = 91U;
  return codec->low <= last && codec->low + codec->n_pitches > first &&
         codec->low + codec->n_pitches <= CT_MIDI_NOTE_COUNT;
}

/// Whether the network has a row and a class for everything in the tables
static bool
fits(const CtCodec* const codec, const CtNoteLstmShape* const shape)
{
  const uint32_t* const rows    = shape->n_rows;
  const uint32_t* const classes = shape->n_classes;
  return codec->n_shifts > 0U && codec->shifts[0] == 0U &&
         rows[CT_FIELD_SHIFT] == codec->begin + 1U &&
         classes[CT_HEAD_SHIFT] == codec->end + 1U && codec->n_durations > 0U &&
         codec->durations[0] > 0U &&
         rows[CT_FIELD_DURATION] == codec->n_durations + 1U &&
         classes[CT_HEAD_DURATION] == codec->n_durations &&
         rows[CT_FIELD_PART] == CT_N_PARTS + 1U &&
         classes[CT_HEAD_PART] == CT_N_PARTS &&
         rows[CT_FIELD_POSITION] == CT_MAX_BAR &&
         rows[CT_FIELD_BAR] == CT_BAR_CYCLE &&
         rows[CT_FIELD_METER] == codec->n_meters &&
         rows[CT_FIELD_KEY] == CT_KEY_COUNT + 1U &&
         rows[CT_FIELD_COMPOSER] == codec->n_composers &&
         codec->n_densities == CT_N_DENSITIES &&
         codec->n_polyphonies == CT_N_POLYPHONIES &&
         rows[CT_FIELD_ENSEMBLE] == CT_N_ENSEMBLES + 1U &&
         rows[CT_FIELD_ENDING] == CT_N_ENDINGS + 1U &&
         rows[CT_FIELD_LEVEL] == codec->n_levels + 1U &&
         classes[CT_HEAD_LEVEL] == codec->n_levels &&
         rows[CT_FIELD_RECALL] == CT_N_RECALLS && is_audible(codec);
}

static bool
read_tables(const cJSON* const           root,
            const CtNoteLstmShape* const shape,
            CtCodec* const               codec)
{
  const cJSON* const tables = cJSON_GetObjectItem(root, "codec");
  const cJSON* const grid   = cJSON_GetObjectItem(tables, "grid");
  const cJSON* const low    = cJSON_GetObjectItem(tables, "low");
  if (!cJSON_IsNumber(grid) || grid->valueint != CT_GRID_PER_QUARTER ||
      !cJSON_IsNumber(low) || low->valueint < 0 ||
      !are_names(cJSON_GetObjectItem(tables, "parts"), ct_part_name) ||
      !are_names(cJSON_GetObjectItem(tables, "ensembles"), ct_ensemble_name)) {
    return false;
  }

  codec->n_shifts = read_ascending(
    cJSON_GetObjectItem(tables, "shifts"), CT_MAX_SHIFTS, codec->shifts);
  codec->n_durations = read_ascending(cJSON_GetObjectItem(tables, "durations"),
                                      CT_MAX_DURATIONS,
                                      codec->durations);
  codec->bar         = codec->n_shifts;
  codec->end         = codec->n_shifts + 1U;
  codec->begin       = codec->n_shifts + 2U;
  codec->low         = (uint32_t)low->valueint;
  codec->n_pitches   = shape->n_classes[CT_HEAD_PITCH];
  codec->n_composers =
    (uint32_t)cJSON_GetArraySize(cJSON_GetObjectItem(tables, "composers"));
  codec->n_densities   = shape->n_rows[CT_FIELD_DENSITY] - 1U;
  codec->n_polyphonies = shape->n_rows[CT_FIELD_POLYPHONY] - 1U;
  return read_meters(cJSON_GetObjectItem(tables, "meters"), codec) &&
         read_levels(cJSON_GetObjectItem(tables, "level_edges"), codec) &&
         read_styles(cJSON_GetObjectItem(root, "styles"), codec) &&
         fits(codec, shape);
}

CtStatus
ct_codec_read(const char* const            json,
              const CtNoteLstmShape* const shape,
              CtCodec* const               codec)
{
  memset(codec, 0, sizeof(*codec));
  cJSON* const root = cJSON_Parse(json);
  if (!root) {
    return CT_MODEL_BAD_METADATA;
  }

  const bool good = read_tables(root, shape, codec);
  cJSON_Delete(root);
  return good ? CT_SUCCESS : CT_MODEL_BAD_TABLE;
}
