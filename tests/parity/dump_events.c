// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

// Print the events of MIDI files as the C encoder makes them, with what the
// network is told of them, for encoder.py: a line for each row, and a line
// "= ensemble dropped moved beats path"

#include "base/file.h"
#include "base/status.h"
#include "gen/encoder.h"
#include "gen/model.h"
#include "music/smf.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

/// The file under way
typedef struct {
  const CtCodec* codec;
  CtContext      last; ///< Before the event
} Dump;

/// What the network is told in every piece here
static const CtConditions conditions = {0U, 0U, 0U, 0U};

/// What the duration head is told of `next`, once all before it is chosen
static CtNoteContext
told_of(const Dump* const self, const CtCodedEvent* const next)
{
  CtNoteContext before;
  CtNoteContext after;
  ct_context_input(&self->last, self->codec, &conditions, &before);
  ct_context_after_shift(
    &self->last, self->codec, &before, next->shift, &after);
  ct_context_after_part(&self->last, next->part, &after);
  ct_context_after_pitch(&self->last, self->codec, next->pitch, &after);
  return after;
}

static void
print_set(const CtRowSet* const set)
{
  for (uint32_t i = 0U; i < set->n_members; ++i) {
    printf(" %u", set->members[i]);
  }
}

static void
print_row(void* const handle, const CtContext* const context)
{
  Dump* const               self  = (Dump*)handle;
  const CtCodedEvent* const event = &context->event;
  const uint32_t            low   = self->codec->low;
  const unsigned            pitch = event->pitch ? event->pitch + low - 1U : 0U;
  const bool                is_note = event->part < CT_N_PARTS;
  CtNoteContext             next    = {{0U}, {{0U, {0U}}}};
  CtNoteContext             told    = {{0U}, {{0U, {0U}}}};
  ct_context_input(context, self->codec, &conditions, &next);
  if (is_note) {
    told = told_of(self, event);
  }
  self->last = *context;
  printf("%u %u %u %u %u %u %u %u %u %u %u %u %u held",
         event->shift,
         event->part,
         pitch,
         event->duration,
         event->position,
         context->bar_length,
         context->meter,
         context->bar % CT_BAR_CYCLE,
         context->key,
         event->last ? event->last + low - 1U : 0U,
         next.row[CT_FIELD_LEVEL],
         next.row[CT_FIELD_ECHO_SHIFT],
         is_note ? told.row[CT_FIELD_ECHO_DURATION] : event->duration);
  print_set(&event->held);
  printf(" echo");
  print_set(&told.sets[CT_SET_ECHO]);
  putchar('\n');
}

static CtStatus
dump(const CtCodec* const codec, const char* const path)
{
  Dump         self     = {.codec = codec};
  CtMappedFile file     = {NULL, 0U};
  CtScore      score    = ct_score_init();
  CtEncoding   encoding = {.ensemble = CT_ENSEMBLE_KEYBOARD};
  CtStatus     st       = ct_file_map(path, &file);
  if (!st) {
    st = ct_smf_read(file.bytes, file.size, &score);
  }
  if (!st) {
    st = ct_encode(codec, &score, CT_N_ENSEMBLES, print_row, &self, &encoding);
  }
  printf("= %u %u %u %.6f %s\n",
         st ? UINT32_MAX : (uint32_t)encoding.ensemble,
         (unsigned)encoding.n_dropped,
         (unsigned)encoding.n_moved,
         encoding.n_beats,
         path);
  ct_score_free(&score);
  ct_file_unmap(&file);
  return st;
}

int
main(const int argc, char** const argv)
{
  CtModel* model = NULL;
  if (argc < 2 || ct_model_load_file(argv[1], &model)) {
    fprintf(stderr, "usage: dump_events MODEL FILE.mid...\n");
    return 1;
  }

  int rc = 0;
  for (int i = 2; i < argc; ++i) {
    const CtStatus st = dump(&model->codec, argv[i]);
    if (st) {
      fprintf(stderr, "%s: %s\n", argv[i], ct_strerror(st));
      rc = 2;
    }
  }
  ct_model_free(model);
  return rc;
}
