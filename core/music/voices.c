// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "music/voices.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/// Ways kept at each onset
#define WIDTH 24U

/// Most chords at one onset that are shared among voices; more join the last
#define MAX_CHORDS 6U

/// Longest passage that is searched at once, in chords
#define MAX_PASSAGE 1024U

// What is to be avoided, against each other: a semitone of leap is 1
static const int32_t sharing_cost  = 400; ///< Two lengths in one voice
static const int32_t crossing_cost = 30;  ///< Above a higher voice
static const int32_t voice_cost    = 12;  ///< A lower voice, for each chord
static const int32_t rest_cost     = 25;  ///< A voice that was silent before
static const int32_t opening_cost  = 50;  ///< A voice not heard before

/// Notes of one beginning and end
typedef struct {
  int64_t begin;
  int64_t end;
  size_t  first;   ///< Note
  size_t  n_notes; ///< How many
  int32_t pitch;   ///< Mean, in semitones
} Chord;

/// A voice on the way
typedef struct {
  int64_t end;   ///< Of what it sang last
  int32_t pitch; ///< Of what it sang last
  bool    is_open;
} Singer;

/// A way through a passage
typedef struct {
  Singer   singers[CT_MAX_VOICES];
  int32_t  cost;
  uint32_t parent;             ///< Way of the onset before
  uint8_t  voices[MAX_CHORDS]; ///< Of this onset's chords, from the highest
} Way;

/// Chords of one onset, from the highest, and the ways that end with them
typedef struct {
  size_t   first; ///< Chord
  uint32_t n_chords;
  uint32_t n_ways;
  Way      ways[WIDTH];
} Step;

/// Keep `way` if it is among the best, which are sorted
static void
keep(Step* const step, const Way* const way)
{
  uint32_t at = step->n_ways;
  while (at > 0U && step->ways[at - 1U].cost > way->cost) {
    --at;
  }
  if (at == WIDTH) {
    return;
  }
  if (step->n_ways < WIDTH) {
    ++step->n_ways;
  }
  memmove(&step->ways[at + 1U],
          &step->ways[at],
          (step->n_ways - at - 1U) * sizeof(Way));
  step->ways[at] = *way;
}

static int32_t
distance(const int32_t a, const int32_t b)
{
  return a < b ? b - a : a - b;
}

/// Let a voice sing a chord
static void
sing(Way* const way, const uint32_t voice, const Chord* const chord)
{
  Singer* const singer = &way->singers[voice];
  way->cost += voice_cost * (int32_t)voice;
  if (!singer->is_open) {
    way->cost += opening_cost;
  } else {
    way->cost += distance(singer->pitch, chord->pitch);
    way->cost += singer->end > chord->begin ? sharing_cost : 0;
    way->cost += singer->end < chord->begin ? rest_cost : 0;
  }
  for (uint32_t v = 0U; v < CT_MAX_VOICES; ++v) {
    const Singer* const other = &way->singers[v];
    if (v != voice && other->is_open && other->end > chord->begin) {
      const bool is_crossed =
        v < voice ? other->pitch < chord->pitch : other->pitch > chord->pitch;
      way->cost += is_crossed ? crossing_cost : 0;
    }
  }
  singer->is_open = true;
  singer->pitch   = chord->pitch;
  singer->end     = chord->end > singer->end ? chord->end : singer->end;
}

/// Next way to share `n` chords, none in a higher voice than the one before.
/// @return False after the last
static bool
next_sharing(uint8_t* const voices, const uint32_t n)
{
  uint32_t at = n;
  while (at > 0U && voices[at - 1U] == CT_MAX_VOICES - 1U) {
    --at;
  }
  if (!at) {
    return false;
  }
  const uint8_t voice = voices[at - 1U] + 1U;
  for (uint32_t i = at - 1U; i < n; ++i) {
    voices[i] = voice;
  }
  return true;
}

/// Go on from one way in all ways
static void
fan_out(const Way* const   from,
        const uint32_t     parent,
        const Chord* const chords,
        Step* const        step)
{
  uint8_t        voices[MAX_CHORDS] = {0};
  const uint32_t n = step->n_chords < MAX_CHORDS ? step->n_chords : MAX_CHORDS;
  do {
    Way way    = *from;
    way.parent = parent;
    memcpy(way.voices, voices, sizeof(voices));
    for (uint32_t i = 0U; i < n; ++i) {
      sing(&way, voices[i], &chords[step->first + i]);
    }
    keep(step, &way);
  } while (next_sharing(voices, n));
}

/// Write the best way into the notes
static void
follow_back(const Step* const   steps,
            const size_t        n_steps,
            const Chord* const  chords,
            CtVoicedNote* const notes)
{
  uint32_t at = 0U;
  for (size_t s = n_steps; s > 0U; --s) {
    const Step* const step = &steps[s - 1U];
    const Way* const  way  = &step->ways[at];
    for (uint32_t i = 0U; i < step->n_chords; ++i) {
      const Chord* const chord = &chords[step->first + i];
      const uint8_t voice = way->voices[i < MAX_CHORDS ? i : MAX_CHORDS - 1U];
      for (size_t n = 0U; n < chord->n_notes; ++n) {
        notes[chord->first + n].voice = voice;
      }
    }
    at = way->parent;
  }
}

/// Collect the notes into chords, those of an onset from the highest.  @return
/// Number of chords
static size_t
collect(const CtVoicedNote* const notes, const size_t n_notes, Chord* chords)
{
  size_t n_chords = 0U;
  for (size_t i = 0U; i < n_notes; ++i) {
    Chord* const last = n_chords ? &chords[n_chords - 1U] : NULL;
    if (last && last->begin == notes[i].begin && last->end == notes[i].end) {
      ++last->n_notes;
      last->pitch += notes[i].pitch;
    } else {
      chords[n_chords++] =
        (Chord){notes[i].begin, notes[i].end, i, 1U, notes[i].pitch};
    }
  }
  for (size_t i = 0U; i < n_chords; ++i) {
    chords[i].pitch /= (int32_t)chords[i].n_notes;
    const Chord chord = chords[i];
    size_t      at    = i;
    for (; at > 0U && chords[at - 1U].begin == chord.begin &&
           chords[at - 1U].pitch < chord.pitch;
         --at) {
      chords[at] = chords[at - 1U];
    }
    chords[at] = chord;
  }
  return n_chords;
}

/// Share a passage of overlapping chords
static void
share_passage(const Chord* const  chords,
              const size_t        begin,
              const size_t        end,
              Step* const         steps,
              CtVoicedNote* const notes)
{
  static const Way start = {0};

  size_t n_steps = 0U;
  for (size_t first = begin; first < end;) {
    Step* const step = &steps[n_steps];
    step->first      = first;
    step->n_chords   = 0U;
    step->n_ways     = 0U;
    while (first < end && chords[first].begin == chords[step->first].begin) {
      ++step->n_chords;
      ++first;
    }
    if (!n_steps) {
      fan_out(&start, 0U, chords, step);
    } else {
      for (uint32_t w = 0U; w < steps[n_steps - 1U].n_ways; ++w) {
        fan_out(&steps[n_steps - 1U].ways[w], w, chords, step);
      }
    }
    ++n_steps;
  }
  follow_back(steps, n_steps, chords, notes);
}

/// Where the passage from `begin` on ends: nothing sounds on, or it is long
static size_t
passage_end(const Chord* const chords,
            const size_t       n_chords,
            const size_t       begin)
{
  int64_t sounds_until = chords[begin].end;
  size_t  end          = begin + 1U;
  while (end < n_chords && end - begin < MAX_PASSAGE &&
         chords[end].begin < sounds_until) {
    sounds_until =
      chords[end].end > sounds_until ? chords[end].end : sounds_until;
    ++end;
  }
  return end;
}

/// Longest passage, chords
static size_t
longest_passage(const Chord* const chords, const size_t n_chords)
{
  size_t longest = 0U;
  for (size_t begin = 0U; begin < n_chords;) {
    const size_t end = passage_end(chords, n_chords, begin);
    longest          = end - begin > longest ? end - begin : longest;
    begin            = end;
  }
  return longest;
}

/// Share what is collected
static CtStatus
share(const Chord* const  chords,
      const size_t        n_chords,
      CtVoicedNote* const notes)
{
  const size_t longest = longest_passage(chords, n_chords);
  Step* const  steps   = (Step*)calloc(longest ? longest : 1U, sizeof(Step));
  if (!steps) {
    return CT_NO_MEMORY;
  }
  for (size_t begin = 0U; begin < n_chords;) {
    const size_t end = passage_end(chords, n_chords, begin);
    share_passage(chords, begin, end, steps, notes);
    begin = end;
  }
  free(steps);
  return CT_SUCCESS;
}

CtStatus
ct_voices_share(CtVoicedNote* const notes, const size_t n_notes)
{
  Chord* const chords = (Chord*)calloc(n_notes ? n_notes : 1U, sizeof(Chord));
  if (!chords) {
    return CT_NO_MEMORY;
  }
  const CtStatus st = share(chords, collect(notes, n_notes, chords), notes);
  free(chords);
  return st;
}
