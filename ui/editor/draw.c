// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "draw.h"

#include "paint.h"
#include "theme.h"

#include <math.h>
#include <stdio.h>

/// Seconds that a light stays on
static const double light_time = 0.12;

static bool
is_over(const Editor* const self, const EdControlId id)
{
  return self->over == id || self->drag.control == id;
}

const char*
ed_draw_value(const Editor* const self,
              const EdControlId   id,
              char                text[ED_VALUE_SIZE])
{
  if (self->typed.control == id && !self->typed.is_name) {
    (void)snprintf(text, ED_VALUE_SIZE, "%.28s|", self->typed.text);
  } else {
    ed_value_text(ed_control(id)->param, editor_value(self, id), text);
  }
  return text;
}

/// A field that can be clicked
static void
draw_field(NVGcontext* const   vg,
           const Editor* const self,
           const EdControlId   id,
           const bool          is_chosen)
{
  const EdRect    rect = self->layout.controls[id];
  const EdColorId color =
    is_chosen ? ED_ACCENT : (is_over(self, id) ? ED_FIELD_OVER : ED_FIELD);
  ed_fill(vg, rect, ED_CORNER, ed_color(color, 1.0F));
}

/// An arrow downwards at the right
static void
draw_arrow(NVGcontext* const vg, const EdRect rect)
{
  const float x = rect.x + rect.w - 14.0F;
  const float y = rect.y + (rect.h / 2.0F) - 2.0F;
  nvgBeginPath(vg);
  nvgMoveTo(vg, x, y);
  nvgLineTo(vg, x + 8.0F, y);
  nvgLineTo(vg, x + 4.0F, y + 5.0F);
  nvgClosePath(vg);
  nvgFillColor(vg, ed_color(ED_DIM, 1.0F));
  nvgFill(vg);
}

/// A field with a name and a value that opens a menu or is dragged
static void
draw_choice(NVGcontext* const   vg,
            const Editor* const self,
            const EdControlId   id,
            const char* const   value,
            const bool          has_arrow)
{
  const EdRect rect   = self->layout.controls[id];
  EdRect       inside = ed_rect_inset(rect, 0.0F);
  inside.x += ED_GRID;
  inside.w -= has_arrow ? ED_GRID * 3.0F : ED_GRID;
  draw_field(vg, self, id, false);
  const char* const name = ed_control(id)->name;
  if (name[0] != '\0') {
    ed_text(vg, inside, name, ED_SMALL, ED_LEFT, ed_color(ED_DIM, 1.0F));
    nvgFontSize(vg, ED_SMALL);
    const float w = nvgTextBounds(vg, 0.0F, 0.0F, name, NULL, NULL) + 6.0F;
    inside.x += w;
    inside.w -= w;
  }
  ed_text(vg, inside, value, ED_SMALL, ED_LEFT, ed_color(ED_TEXT, 1.0F));
  if (has_arrow) {
    draw_arrow(vg, rect);
  }
}

static void
draw_button(NVGcontext* const   vg,
            const Editor* const self,
            const EdControlId   id,
            const char* const   text,
            const bool          is_chosen)
{
  draw_field(vg, self, id, is_chosen);
  ed_text(vg,
          self->layout.controls[id],
          text,
          ED_SMALL,
          ED_MIDDLE,
          ed_color(is_chosen ? ED_ON_ACCENT : ED_TEXT, 1.0F));
}

static void
draw_preset(NVGcontext* const vg, const Editor* const self)
{
  char text[ED_TITLE_SIZE];
  editor_title(self, text);
  draw_field(vg, self, ED_PRESET, self->browser.is_open);
  EdRect rect = self->layout.controls[ED_PRESET];
  rect.x += ED_GRID;
  rect.w -= ED_GRID * 3.0F;
  ed_text(vg,
          rect,
          text,
          ED_LARGE,
          ED_LEFT,
          ed_color(self->browser.is_open ? ED_ON_ACCENT : ED_TEXT, 1.0F));
  draw_arrow(vg, self->layout.controls[ED_PRESET]);
}

static void
draw_style(NVGcontext* const vg, const Editor* const self)
{
  const int         style = (int)(editor_value(self, ED_STYLE) + 0.5F);
  const char* const name  = editor_menu_row(self, ED_STYLE, style);
  draw_choice(vg, self, ED_STYLE, name ? name : "?", true);
}

static void
draw_title(NVGcontext* const vg, const EdRect panel, const char* const title)
{
  const EdRect head = {panel.x + ED_GRID,
                       panel.y + (ED_GRID / 2.0F),
                       panel.w - (2.0F * ED_GRID),
                       ED_GRID * 2.0F};
  ed_text(vg, head, title, ED_SMALL, ED_LEFT, ed_color(ED_DIM, 1.0F));
}

static void
draw_panel(NVGcontext* const vg, const EdRect panel, const char* const title)
{
  ed_fill(vg, panel, ED_CORNER, ed_color(ED_PANEL, 1.0F));
  draw_title(vg, panel, title);
}

/// Two values side by side
static void
draw_take_mode(NVGcontext* const vg, const Editor* const self)
{
  const EdRect both       = self->layout.controls[ED_TAKE_MODE];
  const bool   improvises = editor_value(self, ED_TAKE_MODE) > 0.5F;
  draw_field(vg, self, ED_TAKE_MODE, false);
  ed_fill(vg,
          ed_rect_column(both, improvises ? 1 : 0, 2, 0.0F),
          ED_CORNER,
          ed_color(ED_ACCENT, 1.0F));
  for (int i = 0; i < 2; ++i) {
    ed_text(vg,
            ed_rect_column(both, i, 2, 0.0F),
            i ? "Improvise" : "Keep",
            ED_SMALL,
            ED_MIDDLE,
            ed_color((i == 1) == improvises ? ED_ON_ACCENT : ED_TEXT, 1.0F));
  }
}

/// Whether a button shows that its wish is in force
static bool
is_in_force(const Editor* const self, const EdControlId id)
{
  const int scale = (int)(editor_value(self, ED_MAJOR) + 0.5F);
  switch (id) {
  case ED_BYPASS:
    return editor_value(self, id) > 0.5F;
  case ED_NEW_TAKE:
    return self->release_time > 0.0;
  case ED_FOLLOW:
    return editor_value(self, ED_CIRCLE) > 11.5F;
  case ED_MAJOR:
  case ED_MINOR:
  case ED_FREE:
    return scale == (int)id - (int)ED_MAJOR;
  default:
    return false;
  }
}

/// The ring around what has the keyboard
static void
draw_focus(NVGcontext* const vg, const EdRect rect)
{
  const EdRect ring = ed_rect_inset(rect, 1.0F);
  nvgBeginPath(vg);
  nvgRoundedRect(vg, ring.x, ring.y, ring.w, ring.h, ED_CORNER);
  nvgStrokeColor(vg, ed_color(ED_FOCUS, 1.0F));
  nvgStrokeWidth(vg, 2.0F);
  nvgStroke(vg);
}

void
ed_draw_control(NVGcontext* const   vg,
                const Editor* const self,
                const EdControlId   id)
{
  const EdRect           rect    = self->layout.controls[id];
  const EdControl* const control = ed_control(id);
  const bool             is_head = rect.y < self->layout.ruler.y;
  char                   text[ED_VALUE_SIZE];
  ed_fill(vg, rect, 0.0F, ed_color(is_head ? ED_BACK : ED_PANEL, 1.0F));
  switch (control->kind) {
  case ED_KNOB:
    ed_draw_knob(vg, self, id);
    break;
  case ED_KEYS:
    draw_title(vg, self->layout.key, "Key"); // They share a corner
    ed_draw_circle(vg, self);
    break;
  case ED_BROWSER:
    draw_preset(vg, self);
    break;
  case ED_NUMBER:
    draw_choice(vg, self, id, ed_draw_value(self, id, text), false);
    break;
  case ED_CHOICE:
    if (id == ED_STYLE) {
      draw_style(vg, self);
    } else {
      draw_choice(
        vg, self, id, id == ED_SAVE ? "" : ed_draw_value(self, id, text), true);
    }
    break;
  case ED_TOGGLE:
  case ED_BUTTON:
    if (id == ED_TAKE_MODE) {
      draw_take_mode(vg, self);
    } else if (id == ED_FONT) {
      draw_choice(vg, self, id, editor_font_name(self), true);
    } else {
      draw_button(vg, self, id, control->name, is_in_force(self, id));
    }
    break;
  case ED_HANDLE:
    break; // In the roll
  }
  if (self->shows_focus && self->focus == id) {
    draw_focus(vg, rect);
  }
}

void
ed_draw_lights(EdBatch* const batch, const Editor* const self)
{
  const EdRect light = self->layout.light;
  const float  y     = light.y + (light.h / 2.0F) - 4.0F;
  const float  right = light.x + light.w;
  const bool   hears = self->now - self->heard_time < light_time;
  const bool   sends = self->now - self->light_time < light_time;
  ed_batch_round(batch,
                 (EdRect){right - 20.0F, y, 8.0F, 8.0F},
                 ed_color(hears ? ED_MUSICIAN : ED_FIELD, 1.0F));
  ed_batch_round(batch,
                 (EdRect){right - 8.0F, y, 8.0F, 8.0F},
                 ed_color(sends ? ED_PART : ED_FIELD, 1.0F));
}

void
ed_draw_meter(EdBatch* const batch, const Editor* const self)
{
  static const float least_db = -48.0F;
  static const float near_db  = -6.0F;

  const EdRect all = self->layout.meter;
  for (int i = 0; i < 2 && all.h > 0.0F; ++i) {
    const float  db    = 20.0F * log10f(fmaxf(self->levels[i], 1e-6F));
    const float  share = fmaxf(0.0F, fminf(1.0F, 1.0F - (db / least_db)));
    const float  w     = ED_GRID + 2.0F;
    const EdRect bar   = {
        all.x + all.w - ((float)(2 - i) * (w + 2.0F)), all.y, w, all.h};
    const EdRect    lit = {bar.x, bar.y + (bar.h * (1.0F - share)), w, 0.0F};
    const EdColorId color =
      db >= 0.0F ? ED_WARN : (db > near_db ? ED_ACCENT : ED_PART);
    ed_batch_rect(batch, bar, ed_color(ED_FIELD, 1.0F));
    ed_batch_rect(batch,
                  (EdRect){lit.x, lit.y, lit.w, bar.y + bar.h - lit.y},
                  ed_color(color, 1.0F));
  }
}

void
ed_draw_status(NVGcontext* const vg, const Editor* const self)
{
  bool              is_warning = false;
  const char* const sentence   = editor_status(self, &is_warning);
  const EdRect      status     = self->layout.status;
  const EdRect      channels   = self->layout.controls[ED_CHANNELS];
  const EdRect      light      = self->layout.light;
  const float       x          = status.x + (ED_GRID * 2.0F);
  const EdRect      words = {x, status.y, channels.x - x - ED_GRID, status.h};
  ed_fill(vg, status, 0.0F, ed_color(ED_BACK, 1.0F));
  ed_text(vg,
          words,
          sentence,
          ED_SMALL,
          ED_LEFT,
          ed_color(is_warning ? ED_WARN : ED_DIM, 1.0F));
  ed_text(vg,
          channels,
          editor_value(self, ED_CHANNELS) > 0.5F ? "A channel a part"
                                                 : "All on channel 1",
          ED_SMALL,
          ED_RIGHT,
          ed_color(self->over == ED_CHANNELS ? ED_TEXT : ED_DIM, 1.0F));
  ed_label(vg,
           light.x + light.w - 24.0F,
           light.y + (light.h / 2.0F),
           "MIDI",
           ED_SMALL,
           ED_RIGHT,
           ed_color(ED_DIM, 1.0F));
  if (self->shows_focus && self->focus == ED_CHANNELS) {
    draw_focus(vg, channels);
  }
}

void
ed_draw_base(NVGcontext* const vg, const Editor* const self)
{
  const EdLayout* const layout = &self->layout;
  const EdRect          all    = {0.0F, 0.0F, layout->width, layout->height};
  const EdRect          header = layout->header;
  const EdRect name = {ED_GRID * 2.0F, header.y, ED_GRID * 10.0F, header.h};
  ed_fill(vg, all, 0.0F, ed_color(ED_BACK, 1.0F));
  ed_text(vg, name, "Continuo", ED_LARGE, ED_LEFT, ed_color(ED_ACCENT, 1.0F));
  if (layout->sound.h > 0.0F) {
    draw_panel(vg, layout->sound, "Sound");
  }
  draw_panel(vg, layout->take, "Take");
  draw_panel(vg, layout->knobs, "Chance and texture");
  draw_panel(vg, layout->key, "Key");
}
