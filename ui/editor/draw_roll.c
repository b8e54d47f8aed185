// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "draw.h"

#include "paint.h"
#include "roll_time.h"
#include "theme.h"

#include <math.h>

/// Pitch classes of the scales above their tonic, as bits; minor has both its
/// sevenths
static const uint32_t major_scale = 0xAB5U;
static const uint32_t minor_scale = 0xDADU;

static bool
is_black(const int key)
{
  return ((0x54AU >> (uint32_t)(key % 12)) & 1U) != 0U;
}

/// The key that is shaded.  @return False if there is none
static bool
scale_of(const Editor* const self, int* const tonic, uint32_t* const scale)
{
  const int  key     = (int)(editor_value(self, ED_CIRCLE) + 0.5F);
  const int  wish    = (int)(editor_value(self, ED_MAJOR) + 0.5F);
  const bool follows = key >= 12;
  *tonic             = follows ? self->view.tonic : key;
  *scale =
    (follows ? self->view.is_minor : wish == 1) ? minor_scale : major_scale;
  return wish != 2 || follows;
}

static void
draw_lanes(EdBatch* const batch, const Editor* const self)
{
  const EdRect roll    = self->layout.roll;
  const EdRect chances = self->layout.chances;
  const float  w       = chances.w + roll.w;
  const float  h       = roll.h / (float)ED_N_KEYS;
  int          tonic   = 0;
  uint32_t     scale   = 0U;
  const bool   has     = scale_of(self, &tonic, &scale);
  ed_batch_rect(
    batch, (EdRect){chances.x, roll.y, w, roll.h}, ed_color(ED_ROLL, 1.0F));
  for (int key = ED_LOWEST_KEY; key <= ED_HIGHEST_KEY; ++key) {
    const uint32_t above  = (uint32_t)((key - tonic + 120) % 12);
    const bool     is_out = has ? !((scale >> above) & 1U) : is_black(key);
    const EdRect lane = {chances.x, ed_layout_key_y(&self->layout, key), w, h};
    if (is_out) {
      ed_batch_rect(batch, lane, ed_color(ED_ROLL_OUT, 1.0F));
    } else if (has && above == 0U) {
      ed_batch_rect(batch, lane, ed_color(ED_ROLL_TONIC, 1.0F));
    }
  }
}

/// A bar's lines
static void
draw_bar(EdBatch* const               batch,
         const EdTime* const          time,
         const ContinuoViewBar* const bar)
{
  const EdRect  roll = time->rect;
  const int64_t beat =
    INT64_C(4) * CONTINUO_TICKS_PER_QUARTER / bar->denominator;
  for (int64_t at = 0; at < bar->length; at += beat) {
    const float x    = ed_time_x(time, (double)(bar->tick + at));
    const float rise = at == 0 ? 4.0F : 0.0F;
    if (x >= roll.x && x < roll.x + roll.w) {
      ed_batch_rect(batch,
                    (EdRect){x, roll.y - rise, 1.0F, roll.h + rise},
                    ed_color(at == 0 ? ED_BAR : ED_BEAT, 1.0F));
    }
  }
}

/// A note's rectangle, cut to the roll.  @return False if nothing is left
static bool
note_rect(const EdTime* const           time,
          const ContinuoViewNote* const note,
          EdRect* const                 rect)
{
  const EdRect roll = time->rect;
  const float  lane = roll.h / (float)ED_N_KEYS;
  const float  h    = fmaxf(lane + 0.5F, 4.0F);
  const float  y    = ed_layout_key_y(&time->self->layout, note->pitch);
  const float  end  = roll.x + roll.w;
  float        x    = ed_time_x(time, (double)note->tick);
  float last = ed_time_x(time, (double)(note->tick + note->duration)) - 1.0F;
  if (last < roll.x || x > end - 2.0F || note->pitch < ED_LOWEST_KEY ||
      note->pitch > ED_HIGHEST_KEY) {
    return false;
  }
  x     = fmaxf(x, roll.x);
  last  = fminf(last, end);
  *rect = (EdRect){x, y + ((lane - h) / 2.0F), fmaxf(last - x, 2.0F), h};
  return true;
}

static float
loudness(const ContinuoViewNote* const note)
{
  return 0.55F + (0.45F * (float)note->velocity / 127.0F);
}

/// Notes that fade because they were taken back
static void
draw_ghosts(EdBatch* const batch, const EdTime* const time)
{
  const EdNotes* const notes = &time->self->notes;
  EdRect               rect;
  for (uint32_t i = 0U; i < notes->n_ghosts; ++i) {
    const EdGhost* const ghost = &notes->ghosts[i];
    const float          left =
      1.0F - (float)((time->self->now - ghost->died) / ED_FADE);
    if (left > 0.0F && note_rect(time, &ghost->note, &rect)) {
      ed_batch_round(batch, rect, ed_color(ED_REVOKED, 0.55F * left));
    }
  }
}

static void
draw_planned(EdBatch* const batch, const EdTime* const time)
{
  const Editor* const  self  = time->self;
  const EdNotes* const notes = &self->notes;
  EdRect               rect;
  for (uint32_t i = 0U; i < notes->n_notes; ++i) {
    const EdNote* const note = &notes->notes[i];
    const float         age  = (float)((self->now - note->born) / ED_FADE);
    const float         shine =
      note->is_changed && age < 1.0F ? 0.5F * (1.0F - age) : 0.0F;
    const bool is_final = note->note.tick < self->view.final_tick;
    if (note_rect(time, &note->note, &rect)) {
      const float alpha = (is_final ? 0.8F : 0.42F) * loudness(&note->note);
      ed_batch_round(
        batch,
        rect,
        ed_color(ed_part_color(note->note.part), fminf(alpha + shine, 1.0F)));
    }
  }
}

static bool
sounds(const Editor* const self, const ContinuoViewNote* const note)
{
  return self->view.is_rolling && (double)note->tick <= self->tick &&
         (double)(note->tick + note->duration) > self->tick;
}

static void
draw_played(EdBatch* const batch, const EdTime* const time)
{
  const Editor* const       self = time->self;
  const ContinuoView* const view = &self->view;
  EdRect                    rect;
  for (uint32_t i = 0U; i < view->n_played; ++i) {
    const ContinuoViewNote* const note = &view->played[i];
    if (note_rect(time, note, &rect)) {
      ed_batch_round(
        batch, rect, ed_color(ed_part_color(note->part), loudness(note)));
      if (sounds(self, note)) {
        ed_batch_round(batch, rect, ed_color(ED_TEXT, 0.45F));
      }
    }
  }
  for (uint32_t i = 0U; i < view->n_heard; ++i) {
    if (note_rect(time, &view->heard[i], &rect)) {
      ed_batch_round(batch, rect, ed_color(ED_MUSICIAN, 1.0F));
    }
  }
}

static void
draw_playhead(EdBatch* const batch, const EdTime* const time)
{
  const EdRect   roll  = time->rect;
  const float    x     = ed_time_x(time, time->self->tick);
  const NVGcolor color = ed_color(ED_ACCENT, 1.0F);
  ed_batch_rect(
    batch, (EdRect){x - 1.0F, roll.y - 4.0F, 2.0F, roll.h + 4.0F}, color);
  for (int i = 0; i < 6; ++i) { // A triangle that points at it
    const float half = 6.0F - (float)i;
    ed_batch_rect(
      batch,
      (EdRect){x - half, roll.y - 10.0F + (float)i, 2.0F * half, 1.0F},
      color);
  }
}

static void
draw_keys(EdBatch* const batch, const Editor* const self)
{
  const EdRect keyboard = self->layout.keyboard;
  const float  h        = keyboard.h / (float)ED_N_KEYS;
  ed_batch_rect(batch, keyboard, ed_color(ED_WHITE_KEY, 1.0F));
  for (int key = ED_LOWEST_KEY; key <= ED_HIGHEST_KEY; ++key) {
    const float y = ed_layout_key_y(&self->layout, key);
    if (is_black(key)) {
      ed_batch_rect(batch,
                    (EdRect){keyboard.x, y, keyboard.w * 0.62F, h},
                    ed_color(ED_BLACK_KEY, 1.0F));
    }
    if (key % 12 == 0 || key % 12 == 5) { // Below C and F two white ones meet
      ed_batch_rect(batch,
                    (EdRect){keyboard.x, y + h - 0.5F, keyboard.w, 1.0F},
                    ed_color(ED_BLACK_KEY, 0.45F));
    }
  }
}

static void
draw_key(EdBatch* const      batch,
         const Editor* const self,
         const int           key,
         const EdColorId     color)
{
  const EdRect keyboard = self->layout.keyboard;
  const float  h        = fmaxf(keyboard.h / (float)ED_N_KEYS, 3.0F);
  ed_batch_rect(batch,
                (EdRect){keyboard.x,
                         ed_layout_key_y(&self->layout, key),
                         keyboard.w * (is_black(key) ? 0.62F : 1.0F),
                         h},
                ed_color(color, 1.0F));
}

static void
draw_sounding(EdBatch* const batch, const Editor* const self)
{
  const ContinuoView* const view = &self->view;
  for (uint32_t i = 0U; i < view->n_played; ++i) {
    if (sounds(self, &view->played[i])) {
      draw_key(batch,
               self,
               view->played[i].pitch,
               ed_part_color(view->played[i].part));
    }
  }
  for (uint32_t i = 0U; i < view->n_heard; ++i) {
    if (sounds(self, &view->heard[i])) {
      draw_key(batch, self, view->heard[i].pitch, ED_MUSICIAN);
    }
  }
}

/// The border of a rectangle
static void
draw_border(EdBatch* const batch,
            const EdRect   rect,
            const float    w,
            const NVGcolor color)
{
  const EdRect sides[] = {{rect.x, rect.y, rect.w, w},
                          {rect.x, rect.y + rect.h - w, rect.w, w},
                          {rect.x, rect.y, w, rect.h},
                          {rect.x + rect.w - w, rect.y, w, rect.h}};
  for (int i = 0; i < 4; ++i) {
    ed_batch_rect(batch, sides[i], color);
  }
}

/// One end of the range: what lies outside is dark, and a handle to drag
static void
draw_handle(EdBatch* const      batch,
            const Editor* const self,
            const EdControlId   id)
{
  const EdRect keyboard = self->layout.keyboard;
  const EdRect roll     = self->layout.roll;
  const int    key      = (int)editor_value(self, id);
  const EdRect handle   = ed_layout_handle(&self->layout, id, key);
  const float  edge =
    ed_layout_key_y(&self->layout, id == ED_LOW ? key - 1 : key);
  const float bottom  = keyboard.y + keyboard.h;
  const float w       = roll.x + roll.w - keyboard.x;
  const bool  is_held = self->over == id || self->drag.control == id;
  EdRect      out     = {keyboard.x, keyboard.y, w, edge - keyboard.y};
  if (id == ED_LOW) {
    out.y = edge;
    out.h = bottom - edge;
  }
  if (out.h > 0.5F) {
    ed_batch_rect(batch, out, ed_color(ED_BACK, 0.6F));
  }
  ed_batch_round(
    batch, handle, ed_color(is_held ? ED_ACCENT : ED_FIELD_OVER, 1.0F));
  if (self->shows_focus && self->focus == id) {
    draw_border(batch, handle, 2.0F, ed_color(ED_FOCUS, 1.0F));
  }
}

/// What the pitch was drawn from: bars that grow out of their keys, those in
/// grey were cut
static void
draw_chances(EdBatch* const batch, const Editor* const self)
{
  const EdRect           rect    = self->layout.chances;
  const ContinuoChoices* choices = &self->choices;
  const float            lane    = rect.h / (float)ED_N_KEYS;
  const float            h       = fmaxf(lane - 0.5F, 3.0F);
  if (self->has_choices) {
    for (uint32_t i = 0U; i < choices->n; ++i) {
      const int       key   = choices->keys[i];
      const bool      is_it = key == self->drawn.pitch;
      const EdRect    bar   = {rect.x,
                               ed_layout_key_y(&self->layout, key) +
                                 ((lane - h) / 2.0F),
                               fmaxf(choices->weights[i] * (rect.w - 4.0F), 2.0F),
                               h};
      const EdColorId color =
        i >= choices->n_kept
          ? ED_CUT
          : (is_it ? ed_part_color(self->drawn.part) : ED_TEXT);
      if (key >= ED_LOWEST_KEY && key <= ED_HIGHEST_KEY) {
        ed_batch_rect(batch, bar, ed_color(color, is_it ? 1.0F : 0.8F));
      }
    }
  }
  const EdRect edge = {rect.x + rect.w - 1.0F, rect.y, 1.0F, rect.h};
  ed_batch_rect(batch, edge, ed_color(ED_BAR, 1.0F));
}

void
ed_draw_roll(EdBatch* const batch, const Editor* const self)
{
  const EdTime time = ed_time_of(self);
  draw_lanes(batch, self);
  for (uint32_t i = 0U; i < self->view.n_bars; ++i) {
    draw_bar(batch, &time, &self->view.bars[i]);
  }
  draw_ghosts(batch, &time);
  draw_planned(batch, &time);
  draw_played(batch, &time);
  draw_chances(batch, self);
  draw_keys(batch, self);
  draw_sounding(batch, self);
  draw_handle(batch, self, ED_LOW);
  draw_handle(batch, self, ED_HIGH);
  draw_playhead(batch, &time);
}
