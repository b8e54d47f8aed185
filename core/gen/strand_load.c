// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "gen/strand_load.h"

#include "gen/sampler.h"
#include "music/event.h"

#include <cjson/cJSON.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

/// Longest entry of a table, grid ticks
#define MAX_GRID_TICKS 960

/// Most rows of an opening
#define MAX_ROWS 4096

uint32_t
ct_strand_read_ticks(const cJSON* const list,
                     const uint32_t     n,
                     int32_t* const     ticks)
{
  uint32_t     read = 0U;
  const cJSON* item = NULL;
  if (n > CT_STRAND_TICKS) {
    return 0U;
  }
  cJSON_ArrayForEach(item, list)
  {
    if (read == n || !cJSON_IsNumber(item) || item->valueint < 0 ||
        item->valueint > MAX_GRID_TICKS ||
        (read > 0U && item->valueint * CT_TICKS_PER_GRID <= ticks[read - 1U])) {
      return 0U;
    }
    ticks[read++] = item->valueint * CT_TICKS_PER_GRID;
  }
  return read == n ? n : 0U;
}

bool
ct_strand_read_unit(const cJSON* const item, CtStrandModel* const model)
{
  if (!cJSON_IsNumber(item) || item->valueint < 1 ||
      item->valueint > CT_GRID_PER_QUARTER) {
    return false;
  }
  model->unit = item->valueint * CT_TICKS_PER_GRID;
  return true;
}

bool
ct_strand_read_part(const cJSON* const name, uint8_t* const part)
{
  for (uint32_t i = 0U; cJSON_IsString(name) && i < CT_N_PARTS; ++i) {
    if (!strcmp(name->valuestring, ct_part_name(i))) {
      *part = (uint8_t)i;
      return true;
    }
  }
  return false;
}

bool
ct_strand_read_number(const cJSON* const item, float* const number)
{
  *number = (float)cJSON_GetNumberValue(item);
  return cJSON_IsNumber(item) && isfinite(*number);
}

static bool
has_room(CtStrandLabels* const labels, const uint32_t n)
{
  labels->labels =
    n <= CT_MAX_CHOICES ? (CtLabel*)calloc(n ? n : 1U, sizeof(CtLabel)) : NULL;
  labels->n_labels = labels->labels ? n : 0U;
  return labels->labels;
}

static bool
read_label(const cJSON* const keys, CtLabel* const label)
{
  const cJSON* key = NULL;
  cJSON_ArrayForEach(key, keys)
  {
    if (label->n_keys == CT_STRAND_KEYS || !cJSON_IsNumber(key) ||
        key->valueint < 0 || key->valueint >= (int)CT_MIDI_NOTE_COUNT) {
      return false;
    }
    label->keys[label->n_keys++] = (uint8_t)key->valueint;
  }
  return cJSON_IsArray(keys);
}

bool
ct_strand_read_labels(const cJSON* const    list,
                      const uint32_t        n,
                      CtStrandLabels* const labels)
{
  if ((uint32_t)cJSON_GetArraySize(list) != n || !has_room(labels, n)) {
    return false;
  }
  uint32_t     i      = 0U;
  bool         sounds = false;
  const cJSON* keys   = NULL;
  cJSON_ArrayForEach(keys, list)
  {
    CtLabel* const label = &labels->labels[i++];
    if (!read_label(keys, label)) {
      return false;
    }
    sounds = sounds || label->n_keys;
  }
  return sounds;
}

bool
ct_strand_make_labels(const uint32_t        n_before,
                      const uint32_t        low,
                      const uint32_t        n,
                      CtStrandLabels* const labels)
{
  if (!n || low >= CT_MIDI_NOTE_COUNT || n > CT_MIDI_NOTE_COUNT - low ||
      !has_room(labels, n_before + n)) {
    return false;
  }
  for (uint32_t i = 0U; i < n; ++i) {
    labels->labels[n_before + i] = (CtLabel){1U, {(uint8_t)(low + i)}};
  }
  return true;
}

static bool
read_style(const cJSON* const json, CtStyle* const style)
{
  const char* const name =
    cJSON_GetStringValue(cJSON_GetObjectItem(json, "name"));
  const cJSON* const ensemble = cJSON_GetObjectItem(json, "ensemble");
  if (!name || strlen(name) >= CT_STYLE_NAME_SIZE ||
      !cJSON_IsNumber(ensemble) || ensemble->valueint < 0 ||
      ensemble->valueint >= (int)CT_N_ENSEMBLES) {
    return false;
  }
  memcpy(style->name, name, strlen(name) + 1U);
  style->ensemble = (uint32_t)ensemble->valueint;
  return true;
}

static bool
read_styles(const cJSON* const list, CtCodec* const codec)
{
  const cJSON* item = NULL;
  cJSON_ArrayForEach(item, list)
  {
    if (codec->n_styles == CT_MAX_STYLES ||
        !read_style(item, &codec->styles[codec->n_styles])) {
      return false;
    }
    ++codec->n_styles;
  }
  return codec->n_styles > 0U;
}

/// The rows that a network has in an opening
static const cJSON*
rows_of(const cJSON* const opening, const char* const network)
{
  return cJSON_IsArray(opening) ? opening
                                : cJSON_GetObjectItem(opening, network);
}

/// Read what a network has of row `i` of an opening
static bool
read_features(const cJSON* const        columns,
              const CtStrandFeed* const feed,
              const CtNetwork* const    network,
              CtStrandRow* const        row)
{
  if ((uint32_t)cJSON_GetArraySize(columns) != feed->n) {
    return false;
  }
  uint32_t     f    = 0U;
  const cJSON* item = NULL;
  cJSON_ArrayForEach(item, columns)
  {
    float number = 0.0F;
    if (!ct_strand_read_number(item, &number)) {
      return false;
    }
    if (feed->is_numbers) {
      row->numbers[feed->first + f] = number;
    } else if (number < 0.0F || number >= (float)network->limits[f]) {
      return false;
    } else {
      row->classes[feed->first + f] = (uint16_t)number;
    }
    ++f;
  }
  return true;
}

/// An opening while it is read
typedef struct {
  const CtStrandFile* kind;
  const cJSON*        json;
  CtNetwork           networks[CT_MAX_NETWORKS];
  uint32_t            n_networks;
} Opening;

static const CtNetwork*
find_network(const Opening* const opening, const char* const name)
{
  for (uint32_t i = 0U; i < opening->n_networks; ++i) {
    if (!strcmp(opening->networks[i].name, name)) {
      return &opening->networks[i];
    }
  }
  return &opening->networks[0]; // Of one that has more than it is told by
}

/// Read row `i` of a strand.  @return False if it is none
static bool
read_row(const Opening* const opening,
         const uint32_t       strand,
         const int            i,
         CtStrandRow* const   row)
{
  for (uint32_t f = 0U; f < opening->kind->n_feeds; ++f) {
    const CtStrandFeed* const feed = &opening->kind->feeds[f];
    const cJSON* const        rows = rows_of(opening->json, feed->network);
    if (feed->strand == strand &&
        !read_features(cJSON_GetArrayItem(rows, i),
                       feed,
                       find_network(opening, feed->network),
                       row)) {
      return false;
    }
  }
  return true;
}

static int
count_rows(const Opening* const opening, const uint32_t strand)
{
  for (uint32_t f = 0U; f < opening->kind->n_feeds; ++f) {
    const CtStrandFeed* const feed = &opening->kind->feeds[f];
    if (feed->strand == strand) {
      return cJSON_GetArraySize(rows_of(opening->json, feed->network));
    }
  }
  return 0;
}

/// Let a strand hear its opening
static bool
hear_opening(const Opening* const opening, const CtStrandPlace* const place)
{
  const CtStrandDesign* const design = place->model->design;
  const int                   n      = count_rows(opening, place->strand);
  design->start(place);
  if (n < 1 || n > MAX_ROWS) {
    return false;
  }
  for (int i = 0; i < n; ++i) {
    CtStrandRow row = {{0U}, {0.0F}};
    if (!read_row(opening, place->strand, i, &row)) {
      return false;
    }
    design->hear(place, &row);
  }
  return true;
}

static CtStatus
read_openings(const CtStrandFile* const kind,
              const cJSON* const        json,
              CtStrandModel* const      model)
{
  static const char* const modes[] = {"major", "minor"};

  const uint32_t n_strands = kind->design->n_strands;
  const size_t   n_scratch = kind->design->scratch_size(model->net);
  float* const   scratch   = (float*)calloc(n_scratch + 1U, sizeof(float));
  model->n_state           = kind->design->state_size(model->net);
  model->openings =
    (float*)calloc(2U * model->n_state * n_strands, sizeof(float));
  if (!scratch || !model->openings) {
    free(scratch);
    return CT_NO_MEMORY;
  }

  Opening opening    = {.kind = kind};
  opening.n_networks = kind->networks->list(model->net, opening.networks);
  bool good          = true;
  for (uint32_t i = 0U; good && i < 2U * n_strands; ++i) {
    const CtStrandPlace place = {.model  = model,
                                 .strand = i % n_strands,
                                 .state =
                                   model->openings + (i * model->n_state),
                                 .scratch  = scratch,
                                 .multiply = ct_matrix_multiply_window};
    opening.json              = cJSON_GetObjectItem(json, modes[i / n_strands]);
    good                      = hear_opening(&opening, &place);
  }
  free(scratch);
  return good ? CT_SUCCESS : CT_MODEL_BAD_OPENING;
}

static CtStatus
read_tables(const CtStrandFile* const kind,
            const cJSON* const        root,
            CtModel* const            model)
{
  CtStrandModel* const own   = (CtStrandModel*)model->design;
  const cJSON* const   codec = cJSON_GetObjectItem(root, "codec");
  const cJSON* const   grid  = cJSON_GetObjectItem(codec, "grid");
  if (!cJSON_IsNumber(grid) || grid->valueint != CT_GRID_PER_QUARTER ||
      !read_styles(cJSON_GetObjectItem(root, "styles"), &model->codec) ||
      !kind->read(codec, own)) {
    return CT_MODEL_BAD_TABLE;
  }
  model->codec.is_for_one   = true;
  model->codec.has_programs = own->has_programs;
  memcpy(model->codec.programs, own->programs, sizeof(own->programs));
  return read_openings(kind, cJSON_GetObjectItem(root, "opening"), own);
}

CtStatus
ct_strand_load(const CtStrandFile* const kind,
               const CtTensorFile* const file,
               const char* const         json,
               CtModel* const            model)
{
  CtStrandModel* const own = (CtStrandModel*)calloc(1U, sizeof(CtStrandModel));
  void* const          net = calloc(1U, kind->networks->size);
  model->design            = own;
  if (!own || !net) {
    free(net);
    return CT_NO_MEMORY;
  }

  own->design   = kind->design;
  own->networks = kind->networks;
  own->net      = net;
  CtStatus st = ct_design_load(kind->networks, file, json, net, &model->arena);
  if (!st) {
    cJSON* const root = cJSON_Parse(json);
    st                = read_tables(kind, root, model);
    cJSON_Delete(root);
  }
  return st;
}

uint32_t
ct_strand_networks(const CtModel* const model,
                   CtNetwork            networks[CT_MAX_NETWORKS])
{
  const CtStrandModel* const own = (const CtStrandModel*)model->design;
  return own->networks->list(own->net, networks);
}

void
ct_strand_unload(CtModel* const model)
{
  CtStrandModel* const own = (CtStrandModel*)model->design;
  if (own) {
    for (uint32_t s = 0U; s < CT_MAX_STRANDS; ++s) {
      free(own->strands[s].labels);
    }
    free(own->openings);
    free(own->net);
  }
  free(own);
}
