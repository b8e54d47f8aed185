// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "save.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

/// What "last bars" means
#define N_LAST_BARS 8

/// Bytes of a path
#define PATH_SIZE 1024U

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

/// A path in the music folder that is no file yet
static bool
find_path(const Editor* const self, const bool score, char path[PATH_SIZE])
{
  char         when[ED_VALUE_SIZE];
  char         style[ED_VALUE_SIZE];
  struct tm    local;
  struct stat  there;
  const time_t now    = time(NULL);
  const char*  folder = self->folders.music;
  if (!folder || !localtime_r(&now, &local) ||
      !strftime(when, sizeof(when), "%Y-%m-%d %H.%M", &local)) {
    return false;
  }
  (void)mkdir(folder, 0755);
  ed_value_text(CONTINUO_STYLE, self->params[CONTINUO_STYLE].shown, style);
  for (int i = 1; i < 1000; ++i) {
    char number[16] = "";
    if (i > 1) {
      (void)snprintf(number, sizeof(number), " (%d)", i);
    }
    const int n = snprintf(path,
                           PATH_SIZE,
                           "%s/Continuo %s %s%s.%s",
                           folder,
                           style,
                           when,
                           number,
                           score ? "musicxml" : "mid");
    if (n < 0 || n >= (int)PATH_SIZE) {
      return false;
    }
    if (stat(path, &there) && errno == ENOENT) {
      return true;
    }
  }
  return false;
}

static bool
write_file(const char* const    path,
           const uint8_t* const bytes,
           const size_t         size)
{
  FILE* const file = fopen(path, "wbxe");
  if (!file) {
    return false;
  }
  const bool is_written = fwrite(bytes, 1U, size, file) == size;
  return !fclose(file) && is_written;
}

/// @return What went wrong, or null
static const char*
write_song(const Editor* const          self,
           const ContinuoExcerpt* const excerpt,
           const bool                   score,
           char                         path[PATH_SIZE])
{
  ContinuoSong*  song  = NULL;
  uint8_t*       bytes = NULL;
  size_t         size  = 0U;
  ContinuoStatus st    = continuo_take_song(self->continuo, excerpt, &song);
  if (!st) {
    st = score ? continuo_song_to_musicxml(song, &bytes, &size)
               : continuo_song_to_midi(song, &bytes, &size);
  }
  const char* why = st ? continuo_strerror(st) : NULL;
  if (!why && !find_path(self, score, path)) {
    why = "There is no music folder to save to: HOME is not set";
  } else if (!why && !write_file(path, bytes, size)) {
    why = strerror(errno);
  }
  free(bytes);
  continuo_song_free(song);
  return why;
}

void
ed_save(Editor* const self, const bool whole, const bool score)
{
  ContinuoExcerpt excerpt;
  char            path[PATH_SIZE] = "";
  char            said[CONTINUO_WHY_SIZE];
  if (!self->continuo || !find_bars(&self->view, whole, &excerpt)) {
    editor_say(self, "Nothing was played yet: press play in the host first");
    return;
  }
  const char* const why = write_song(self, &excerpt, score, path);
  (void)snprintf(said,
                 sizeof(said),
                 "%s%.*s",
                 why ? "Not saved: " : "Saved ",
                 (int)sizeof(said) - 16,
                 why ? why : path);
  editor_say(self, said);
}
