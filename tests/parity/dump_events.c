// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

// Print the events of MIDI files as the C encoder makes them, for encoder.py:
// a line "= ensemble dropped moved beats path" and a line for each row

#include "base/file.h"
#include "base/status.h"
#include "gen/encoder.h"
#include "gen/model.h"
#include "music/smf.h"

#include <stdio.h>
#include <stdlib.h>

static uint32_t low;

static void
print_row(void* const handle, const CtContext* const context)
{
  (void)handle;
  const CtCodedEvent* const event = &context->event;
  const unsigned            pitch = event->pitch ? event->pitch + low - 1U : 0U;
  printf("%u %u %u %u %u %u %u %u %u %u",
         event->shift,
         event->part,
         pitch,
         event->duration,
         event->position,
         context->bar_length,
         context->meter,
         context->bar % CT_BAR_CYCLE,
         context->key,
         event->last ? event->last + low - 1U : 0U);
  for (uint32_t i = 0U; i < event->n_held; ++i) {
    printf(" %u", event->held[i]);
  }
  putchar('\n');
}

static CtStatus
dump(const CtCodec* const codec, const char* const path)
{
  CtMappedFile file     = {NULL, 0U};
  CtScore      score    = ct_score_init();
  CtEncoding   encoding = {.ensemble = CT_ENSEMBLE_KEYBOARD};
  CtStatus     st       = ct_file_map(path, &file);
  if (!st) {
    st = ct_smf_read(file.bytes, file.size, &score);
  }
  if (!st) {
    st = ct_encode(codec, &score, CT_N_ENSEMBLES, print_row, NULL, &encoding);
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

  low    = model->codec.low;
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
