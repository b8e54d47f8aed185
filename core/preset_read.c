// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

// A preset from text

#include "continuo.h"

#include "base/file.h"
#include "base/number.h"
#include "preset.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

/// Longest line, with its end
#define LINE_SIZE 512U

/// Longest file, bytes
#define MAX_SIZE 65536U

/// Most of a word that a sentence quotes
#define QUOTED "%.60s"

#define BYTE_ORDER_MARK "\xEF\xBB\xBF"

/// A text that is being read
typedef struct {
  const Continuo* self; ///< May be null
  const char*     at;
  const char*     end;
  uint32_t        line; ///< Counted from 1
  uint32_t        n_entries;
  ContinuoPreset* preset;
  bool            is_set[CONTINUO_N_PARAMS];
  char*           why;
} Reader;

/// Tell what is wrong on this line, in the manner of printf.  @return `status`
#if defined(__GNUC__)
__attribute__((format(printf, 3, 4)))
#endif
static CtStatus
refuse(const Reader* const reader,
       const CtStatus      status,
       const char* const   format,
       ...)
{
  const int n = snprintf(
    reader->why, CONTINUO_WHY_SIZE, "line %u: ", (unsigned)reader->line);
  va_list args;
  va_start(args, format);
  (void)vsnprintf(reader->why + n, CONTINUO_WHY_SIZE - (size_t)n, format, args);
  va_end(args);
  return status;
}

static bool
is_space(const char c)
{
  return c == ' ' || c == '\t' || c == '\r';
}

/// Move the ends of a text inwards past space
static void
trim(const char** const begin, const char** const end)
{
  while (*begin < *end && is_space(**begin)) {
    ++*begin;
  }
  while (*begin < *end && is_space((*end)[-1])) {
    --*end;
  }
}

/// Find the next line that says something.  @return False if there is none.
static bool
next_line(Reader* const      reader,
          const char** const begin,
          const char** const end)
{
  while (reader->at < reader->end) {
    const char* const rest = reader->at;
    const char* const newline =
      (const char*)memchr(rest, '\n', (size_t)(reader->end - rest));
    *begin     = rest;
    *end       = newline ? newline : reader->end;
    reader->at = newline ? newline + 1 : reader->end;
    ++reader->line;
    trim(begin, end);
    if (*begin < *end && **begin != '#') {
      return true;
    }
  }
  return false;
}

static Reader
begin_text(const char* const text, const size_t size)
{
  const size_t n_mark = strlen(BYTE_ORDER_MARK);
  const bool is_sign = size >= n_mark && !memcmp(text, BYTE_ORDER_MARK, n_mark);
  return (Reader){.at = text + (is_sign ? n_mark : 0U), .end = text + size};
}

void
ct_preset_name_line(const char* const  text,
                    const size_t       size,
                    const char** const begin,
                    const char** const end)
{
  Reader reader = begin_text(text, size);
  if (!next_line(&reader, begin, end)) {
    *begin = *end = reader.end;
  }
}

bool
ct_preset_is_line(const char* const text, const size_t max_size)
{
  static const unsigned char delete_character = 0x7FU;

  const size_t length = strlen(text);
  for (const char* c = text; *c; ++c) {
    if ((unsigned char)*c < ' ' || (unsigned char)*c == delete_character) {
      return false;
    }
  }
  return length < max_size && *text != ' ' &&
         (!length || text[length - 1U] != ' ');
}

bool
ct_preset_is_name(const char* const text)
{
  return *text && ct_preset_is_line(text, CONTINUO_PRESET_NAME_SIZE);
}

const char*
ct_preset_label(const Continuo* const self,
                const uint32_t        id,
                const uint32_t        index)
{
  const ContinuoParam* const param = continuo_param(id);
  if (id == CONTINUO_STYLE && self) {
    return index <= (uint32_t)param->max ? continuo_style_name(self, index)
                                         : NULL;
  }
  return index < param->n_labels ? param->labels[index] : NULL;
}

static CtStatus
take_name(Reader* const reader, const char* const value)
{
  if (!ct_preset_is_name(value)) {
    return refuse(reader,
                  CT_PRESET_BAD_NAME,
                  "A name has 1 to %u bytes",
                  CONTINUO_PRESET_NAME_SIZE - 1U);
  }
  memcpy(reader->preset->name, value, strlen(value) + 1U);
  return CT_SUCCESS;
}

static CtStatus
take_about(Reader* const reader, const char* const value)
{
  if (strlen(value) >= CONTINUO_PRESET_ABOUT_SIZE) {
    return refuse(reader,
                  CT_PRESET_BAD_VALUE,
                  "What a preset is about has at most %u bytes",
                  CONTINUO_PRESET_ABOUT_SIZE - 1U);
  }
  memcpy(reader->preset->about, value, strlen(value) + 1U);
  return CT_SUCCESS;
}

/// Part a value at the first `separator`; `left` has room for a line
static bool
part(const char* const  value,
     const char* const  separator,
     char* const        left,
     const char** const right)
{
  const char* const middle = strstr(value, separator);
  if (middle) {
    memcpy(left, value, (size_t)(middle - value));
    left[middle - value] = '\0';
    *right               = middle + strlen(separator);
  }
  return middle;
}

static CtStatus
take_meter(Reader* const reader, const char* const value)
{
  ContinuoPreset* const preset = reader->preset;
  if (!continuo_read_meter(value, &preset->numerator, &preset->denominator)) {
    return refuse(reader,
                  CT_PRESET_BAD_VALUE,
                  "A meter is from 1/1 to 32/32, its lower number a power of "
                  "two, not " QUOTED,
                  value);
  }
  return CT_SUCCESS;
}

static CtStatus
take_tempo(Reader* const reader, const char* const value)
{
  float* const tempo = &reader->preset->tempo;
  if (!ct_number_read(value, tempo) || *tempo < (float)CONTINUO_MIN_TEMPO ||
      *tempo > (float)CONTINUO_MAX_TEMPO) {
    return refuse(reader,
                  CT_PRESET_BAD_VALUE,
                  "The tempo is a number of quarters a minute from %g to %g, "
                  "not " QUOTED,
                  CONTINUO_MIN_TEMPO,
                  CONTINUO_MAX_TEMPO,
                  value);
  }
  return CT_SUCCESS;
}

static CtStatus
take_notes(Reader* const reader, const char* const value)
{
  float* const least = &reader->preset->least_notes;
  float* const most  = &reader->preset->most_notes;
  const char*  right = NULL;
  char         left[LINE_SIZE];
  if (!part(value, "..", left, &right) || !ct_number_read(left, least) ||
      !ct_number_read(right, most) || *least < 0.0F || *most <= *least ||
      *most > CT_PRESET_MAX_NOTES) {
    return refuse(reader,
                  CT_PRESET_BAD_VALUE,
                  "Notes a quarter are a range such as 1.5..4, not " QUOTED,
                  value);
  }
  return CT_SUCCESS;
}

/// A line that sets no parameter
typedef struct {
  const char* word;
  CtStatus (*take)(Reader* reader, const char* value);
} Word;

static const Word words[] = {
  {CT_PRESET_WORD_NAME, take_name},
  {CT_PRESET_WORD_ABOUT, take_about},
  {CT_PRESET_WORD_METER, take_meter},
  {CT_PRESET_WORD_TEMPO, take_tempo},
  {CT_PRESET_WORD_NOTES, take_notes},
};

/// Whether a word has had its line
static bool
is_told(const ContinuoPreset* const preset, const Word* const word)
{
  return (word->take == take_name && *preset->name) ||
         (word->take == take_about && *preset->about) ||
         (word->take == take_meter && preset->denominator) ||
         (word->take == take_tempo && preset->tempo > 0.0F) ||
         (word->take == take_notes && preset->most_notes > 0.0F);
}

static bool
find_label(const Reader* const reader,
           const uint32_t      id,
           const char* const   value,
           float* const        number)
{
  const char* label = NULL;
  for (uint32_t i = 0U; (label = ct_preset_label(reader->self, id, i)); ++i) {
    if (!strcasecmp(label, value)) {
      *number = continuo_param(id)->min + (float)i;
      return true;
    }
  }
  return false;
}

static CtStatus
refuse_value(const Reader* const reader,
             const uint32_t      id,
             const char* const   value)
{
  const ContinuoParam* const param = continuo_param(id);
  float                      number;
  if (id == CONTINUO_STYLE && !ct_number_read(value, &number)) {
    if (strlen(value) < CONTINUO_STYLE_NAME_SIZE) {
      memcpy(reader->preset->style, value, strlen(value) + 1U);
    }
    return refuse(reader,
                  CT_PRESET_NO_STYLE,
                  "The model has no style that is called " QUOTED,
                  value);
  }
  return refuse(reader,
                CT_PRESET_BAD_VALUE,
                "The parameter %s is a %snumber from %g to %g%s, not " QUOTED,
                param->symbol,
                param->flags & CONTINUO_PARAM_INTEGER ? "whole " : "",
                (double)param->min,
                (double)param->max,
                param->labels ? " or its name" : "",
                value);
}

static CtStatus
take_param(Reader* const reader, const uint32_t id, const char* const value)
{
  const ContinuoParam* const param  = continuo_param(id);
  float                      number = 0.0F;
  if (!continuo_preset_sets(id)) {
    return refuse(reader,
                  CT_PRESET_NO_SYMBOL,
                  "The parameter %s is none that presets set",
                  param->symbol);
  }
  if (reader->is_set[id]) {
    return refuse(reader, CT_PRESET_TWICE, "%s is set twice", param->symbol);
  }
  const bool is_whole = param->flags & CONTINUO_PARAM_INTEGER;
  if (!find_label(reader, id, value, &number) &&
      (!ct_number_read(value, &number) || number < param->min ||
       number > param->max || (is_whole && number > floorf(number)))) {
    return refuse_value(reader, id, value);
  }
  reader->preset->values[id] = number;
  reader->is_set[id]         = true;
  return CT_SUCCESS;
}

/// Take the value of a symbol or word
static CtStatus
take(Reader* const reader, const char* const symbol, const char* const value)
{
  if (!reader->n_entries++ && strcmp(symbol, CT_PRESET_WORD_NAME) != 0) {
    return refuse(
      reader, CT_PRESET_NO_NAME, "A preset begins with \"name = ...\"");
  }
  for (size_t i = 0U; i < sizeof(words) / sizeof(words[0]); ++i) {
    if (!strcmp(symbol, words[i].word)) {
      return is_told(reader->preset, &words[i])
               ? refuse(reader, CT_PRESET_TWICE, "%s is set twice", symbol)
               : words[i].take(reader, value);
    }
  }
  const uint32_t id = continuo_param_find(symbol);
  return id < CONTINUO_N_PARAMS ? take_param(reader, id, value)
                                : refuse(reader,
                                         CT_PRESET_NO_SYMBOL,
                                         "No parameter is called " QUOTED,
                                         symbol);
}

static CtStatus
take_line(Reader* const reader, const char* const begin, const char* const end)
{
  const size_t length = (size_t)(end - begin);
  char         line[LINE_SIZE];
  if (length >= sizeof(line)) {
    return refuse(reader, CT_PRESET_BAD_LINE, "This line is too long");
  }
  memcpy(line, begin, length);
  line[length] = '\0';
  for (char* c = line; *c; ++c) {
    *c = (char)(*c == '\t' ? ' ' : *c);
  }
  if (strlen(line) != length || !ct_preset_is_line(line, sizeof(line))) {
    return refuse(reader, CT_PRESET_BAD_LINE, "This line is no text");
  }

  char* const equals = strchr(line, '=');
  if (!equals) {
    return refuse(reader,
                  CT_PRESET_BAD_LINE,
                  "This line is no \"symbol = value\": " QUOTED,
                  line);
  }
  const char* symbol     = line;
  const char* symbol_end = equals;
  const char* value      = equals + 1;
  const char* value_end  = line + length;
  trim(&symbol, &symbol_end);
  trim(&value, &value_end);
  line[symbol_end - line] = '\0';
  return take(reader, symbol, value);
}

ContinuoStatus
continuo_preset_read(const Continuo* const self,
                     const char* const     text,
                     const size_t          size,
                     ContinuoPreset* const preset,
                     char                  why[CONTINUO_WHY_SIZE])
{
  Reader      reader = begin_text(text, size);
  const char* begin  = NULL;
  const char* end    = NULL;
  CtStatus    st     = CT_SUCCESS;
  reader.self        = self;
  reader.preset      = preset;
  reader.why         = why;
  *preset            = continuo_preset_initial();
  *why               = '\0';
  if (size > MAX_SIZE) {
    (void)snprintf(
      why, CONTINUO_WHY_SIZE, "%s", ct_strerror(CT_PRESET_TOO_LARGE));
    return CT_PRESET_TOO_LARGE;
  }

  while (!st && next_line(&reader, &begin, &end)) {
    st = take_line(&reader, begin, end);
  }
  if (!st && !reader.n_entries) {
    ++reader.line;
    st =
      refuse(&reader, CT_PRESET_NO_NAME, "A preset begins with \"name = ...\"");
  }
  return (ContinuoStatus)st;
}

ContinuoStatus
continuo_preset_load(const Continuo* const self,
                     const char* const     path,
                     ContinuoPreset* const preset,
                     char                  why[CONTINUO_WHY_SIZE])
{
  CtMappedFile file;
  CtStatus     st = ct_file_map(path, &file);
  if (st) {
    *preset = continuo_preset_initial();
    (void)snprintf(why, CONTINUO_WHY_SIZE, "%s", ct_strerror(st));
    return (ContinuoStatus)st;
  }

  const char* const    text = file.bytes ? (const char*)file.bytes : "";
  const ContinuoStatus read =
    continuo_preset_read(self, text, file.size, preset, why);
  ct_file_unmap(&file);
  return read;
}
