// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "gen/track.h"

#include <stdlib.h>
#include <string.h>

CtStatus
ct_tracks_init(CtTracks* const self, const size_t moment_size)
{
  memset(self, 0, sizeof(*self));
  self->moment_size = moment_size;
  for (uint32_t i = 0U; i < CT_N_TRACKS; ++i) {
    self->tracks[i].moments = (char*)calloc(CT_TRACK_SIZE, moment_size);
    if (!self->tracks[i].moments) {
      return CT_NO_MEMORY;
    }
  }
  return CT_SUCCESS;
}

void
ct_tracks_clear(CtTracks* const self)
{
  for (uint32_t i = 0U; i < CT_N_TRACKS; ++i) {
    free(self->tracks[i].moments);
  }
  memset(self, 0, sizeof(*self));
}

/// Number of the track of the section at `begin`, or CT_N_TRACKS
static uint32_t
find_track(const CtTracks* const self, const CtTick begin)
{
  uint32_t i = 0U;
  while (i < CT_N_TRACKS &&
         !(self->tracks[i].n && self->tracks[i].begin == begin)) {
    ++i;
  }
  return i;
}

static const CtMoment*
moment_at(const CtTracks* const self,
          const CtTrack* const  track,
          const uint32_t        i)
{
  return (const CtMoment*)(track->moments + (i * self->moment_size));
}

void
ct_tracks_open(CtTracks* const self, const CtTick begin)
{
  uint32_t found = find_track(self, begin);
  if (found == CT_N_TRACKS) {
    found = 0U;
    for (uint32_t i = 1U; i < CT_N_TRACKS; ++i) {
      if (self->tracks[i].serial < self->tracks[found].serial) {
        found = i;
      }
    }
  }
  CtTrack* const track = &self->tracks[found];
  track->begin         = begin;
  track->n             = 0U;
  track->serial        = ++self->serial;
}

void
ct_tracks_put(CtTracks* const       self,
              const CtTick          begin,
              const CtTick          tick,
              const CtMoment* const moment)
{
  for (uint32_t i = 0U; i < CT_N_TRACKS; ++i) {
    CtTrack* const track   = &self->tracks[i];
    const bool     is_next = track->begin == begin && track->serial &&
                         track->n < CT_TRACK_SIZE &&
                         (!track->n || track->ticks[track->n - 1U] < tick);
    if (is_next) {
      memcpy(track->moments + (track->n * self->moment_size),
             moment,
             self->moment_size);
      track->ticks[track->n++] = tick;
      return;
    }
  }
}

void
ct_tracks_renew(CtTracks* const       self,
                const CtTick          begin,
                const CtMoment* const moment)
{
  const uint32_t found = find_track(self, begin);
  for (uint32_t i = 0U; found < CT_N_TRACKS && i < self->tracks[found].n; ++i) {
    if (self->tracks[found].ticks[i] == moment->bar_tick) {
      memcpy(self->tracks[found].moments + (i * self->moment_size),
             moment,
             self->moment_size);
    }
  }
}

const CtMoment*
ct_tracks_find(const CtTracks* const self,
               const CtTick          begin,
               const CtTick          tick)
{
  const uint32_t found = find_track(self, begin);
  if (found == CT_N_TRACKS) {
    return NULL;
  }
  const CtTrack* const track = &self->tracks[found];
  uint32_t             n     = track->n;
  while (n && track->ticks[n - 1U] > tick) {
    --n;
  }
  return n ? moment_at(self, track, n - 1U) : NULL;
}

const CtMoment*
ct_tracks_end(const CtTracks* const self, const CtTick begin, const CtTick end)
{
  const uint32_t found = find_track(self, begin);
  if (found == CT_N_TRACKS) {
    return NULL;
  }
  const CtTrack* const track = &self->tracks[found];
  return track->ticks[track->n - 1U] == end
           ? moment_at(self, track, track->n - 1U)
           : NULL;
}

void
ct_tracks_forget(CtTracks* const self, const CtTick tick, const CtTick from)
{
  for (uint32_t i = 0U; i < CT_N_TRACKS; ++i) {
    CtTrack* const track = &self->tracks[i];
    if (track->begin >= tick) {
      track->n = 0U;
    }
    while (track->n && track->ticks[track->n - 1U] >= from) {
      --track->n;
    }
    track->serial = track->n ? track->serial : 0U;
  }
}
