// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/**
   @file where.c Prints where to click, for scripts.

   Usage: where WIDTH HEIGHT SYMBOL|new_take|KEY
   SYMBOL is of a parameter that has a control; KEY is as in "G" or "Em", in the
   circle of fifths.
*/

#include "layout.h"

#include "continuo.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool
is_called(const EdControlId id, const char* const symbol)
{
  const uint32_t param = ed_control(id)->param;
  return param == ED_NO_PARAM
           ? (id == ED_SAVE && !strcmp(symbol, "save")) ||
               (id == ED_FONT && !strcmp(symbol, "soundfont"))
           : !strcmp(ed_param(param)->symbol, symbol);
}

int
main(const int argc, char** const argv)
{
  if (argc < 4) {
    return 1;
  }
  const EdLayout layout =
    ed_layout(strtof(argv[1], NULL), strtof(argv[2], NULL), argc > 4);
  int32_t tonic = 0;
  int32_t mode  = 0;
  float   x     = 0.0F;
  float   y     = 0.0F;
  for (int id = 0; id < ED_N_CONTROLS; ++id) {
    if (is_called((EdControlId)id, argv[3])) {
      const EdRect rect = layout.controls[id];
      printf("%.0f %.0f\n",
             (double)(rect.x + (rect.w / 2.0F)),
             (double)(rect.y + (rect.h * 0.3F)));
      return 0;
    }
  }
  if (continuo_key_parse(argv[3], &tonic, &mode)) {
    ed_layout_circle_place(
      &layout, (EdCircleKey){(int)tonic, mode == 1}, &x, &y);
    printf("%.0f %.0f\n", (double)x, (double)y);
    return 0;
  }
  return 1;
}
