// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "save.h"

#include "files.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

/// What "last bars" means
#define N_LAST_BARS 8

/// The last bar that was played in, or null
static const ContinuoViewBar*
last_bar(const ContinuoView* const view)
{
  const ContinuoViewBar* found = NULL;
  for (uint32_t i = 0U; i < view->n_bars; ++i) {
    if ((double)view->bars[i].tick < view->tick) {
      found = &view->bars[i];
    }
  }
  return found && found->tick >= 0 ? found : NULL;
}

/// The bars to save.  @return False if nothing was played
static bool
find_bars(const ContinuoView* const view,
          const bool                whole,
          ContinuoExcerpt* const    excerpt)
{
  const ContinuoViewBar* const last = last_bar(view);
  if (!view->n_played || !last) {
    return false;
  }

  // A whole take goes as far as it was ever played
  int64_t end = last->tick + last->length;
  for (uint32_t i = 0U; whole && i < view->n_played; ++i) {
    while (view->played[i].tick >= end) {
      end += last->length;
    }
  }
  const int64_t begin = end - (N_LAST_BARS * last->length);
  *excerpt            = (ContinuoExcerpt){whole || begin < 0 ? 0 : begin,
                               end,
                               view->tempo,
                               last->numerator,
                               last->denominator};
  return true;
}

/// A name that tells what it is and when it was played
static void
propose_name(const Editor* const self,
             const bool          score,
             char                name[ED_TYPED_SIZE])
{
  char         when[ED_VALUE_SIZE] = "";
  char         style[ED_VALUE_SIZE];
  struct tm    local;
  const time_t now = time(NULL);
  if (localtime_r(&now, &local)) {
    (void)strftime(when, sizeof(when), " %Y-%m-%d %H.%M", &local);
  }
  ed_value_text(CONTINUO_STYLE, self->params[CONTINUO_STYLE].shown, style);
  (void)snprintf(name,
                 ED_TYPED_SIZE,
                 "Continuo %.20s%.20s.%s",
                 style,
                 when,
                 score ? "musicxml" : "mid");
}

/// Make a file of some bars.  @param bytes Set to its content for free()
static ContinuoStatus
make_file(const Editor* const          self,
          const ContinuoExcerpt* const excerpt,
          const bool                   score,
          uint8_t** const              bytes,
          size_t* const                size)
{
  ContinuoSong*  song = NULL;
  ContinuoStatus st   = continuo_take_song(self->continuo, excerpt, &song);
  if (!st) {
    st = score ? continuo_song_to_musicxml(song, bytes, size)
               : continuo_song_to_midi(song, bytes, size);
  }
  continuo_song_free(song);
  return st;
}

void
ed_save(Editor* const self, const bool whole, const bool score)
{
  ContinuoExcerpt excerpt;
  char            name[ED_TYPED_SIZE];
  uint8_t*        bytes = NULL;
  size_t          size  = 0U;
  if (!self->continuo || !find_bars(&self->view, whole, &excerpt)) {
    editor_say(self, "Nothing was played yet: press play in the host first");
    return;
  }

  // As it is now, whatever is played while somebody looks for a place
  const ContinuoStatus st = make_file(self, &excerpt, score, &bytes, &size);
  if (st) {
    editor_say_of(self, "Not saved", continuo_strerror(st));
    return;
  }
  propose_name(self, score, name);
  ed_files_save(self, bytes, size, name);
}
