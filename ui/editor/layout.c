// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "layout.h"

#include "theme.h"

#include <math.h>

static const float pi = 3.14159265F;

/// Knobs side by side
#define N_KNOB_COLUMNS 7

/// Of a knob with its words
#define KNOB_HEIGHT 68.0F

/// Heights, in units of the grid
#define HEADER_UNITS 5
#define STATUS_UNITS 3
#define PANEL_UNITS 22
#define RULER_UNITS 2

static float
units(const int n)
{
  return ED_GRID * (float)n;
}

static float
between(const float value, const float least, const float most)
{
  return value < least ? least : (value > most ? most : value);
}

static EdRect
panel_inside(const EdRect panel)
{
  const EdRect inside = {panel.x + ED_GRID,
                         panel.y + units(3),
                         panel.w - units(2),
                         panel.h - units(4)};
  return inside;
}

/// Cut `w` off the left or, if negative, off the right
static EdRect
cut(EdRect* const rest, const float w)
{
  EdRect piece = *rest;
  piece.w      = fabsf(w);
  if (w < 0.0F) {
    piece.x = rest->x + rest->w - piece.w;
  } else {
    rest->x += w + (ED_GRID / 2.0F);
  }
  rest->w -= piece.w + (ED_GRID / 2.0F);
  return piece;
}

static void
place_header(EdLayout* const layout)
{
  const EdRect header = layout->header;
  EdRect       rest   = {
            header.x + ED_GRID, header.y + ED_GRID, header.w - units(2), units(3)};
  (void)cut(&rest, units(10)); // The name
  EdRect* const at    = layout->controls;
  at[ED_BYPASS]       = cut(&rest, -units(8));
  at[ED_SAVE]         = cut(&rest, -units(11));
  const float style_w = between(rest.w * 0.3F, units(12), units(20));
  at[ED_PRESET_BACK]  = cut(&rest, units(3));
  at[ED_STYLE]        = cut(&rest, -style_w);
  at[ED_PRESET_ON]    = cut(&rest, -units(3));
  at[ED_PRESET]       = rest;
}

static void
place_take(EdLayout* const layout)
{
  const EdRect  inside = panel_inside(layout->take);
  EdRect* const at     = layout->controls;
  const float   gap    = ED_GRID / 2.0F;
  const EdRect  first  = ed_rect_row(inside, 0, 6, gap);
  const EdRect  fourth = ed_rect_row(inside, 3, 6, gap);
  at[ED_SEED]          = ed_rect_column(first, 0, 2, gap);
  at[ED_NEW_TAKE]      = ed_rect_column(first, 1, 2, gap);
  at[ED_TAKE_MODE]     = ed_rect_row(inside, 1, 6, gap);
  at[ED_FORM]          = ed_rect_row(inside, 2, 6, gap);
  at[ED_LENGTH]        = ed_rect_column(fourth, 0, 2, gap);
  at[ED_OCTAVE]        = ed_rect_column(fourth, 1, 2, gap);
  at[ED_ENSEMBLE]      = ed_rect_row(inside, 4, 6, gap);
  at[ED_INPUT]         = ed_rect_row(inside, 5, 6, gap);
}

static void
place_knobs(EdLayout* const layout)
{
  const EdRect inside = panel_inside(layout->knobs);
  for (int i = 0; i <= ED_VOICES - ED_TEMPERATURE; ++i) {
    const EdRect row = ed_rect_row(inside, i / N_KNOB_COLUMNS, 2, 0.0F);
    layout->controls[ED_TEMPERATURE + i] =
      ed_rect_column(row, i % N_KNOB_COLUMNS, N_KNOB_COLUMNS, 0.0F);
  }
}

static void
place_key(EdLayout* const layout)
{
  const EdRect  panel  = layout->key;
  EdRect* const at     = layout->controls;
  EdRect        inside = ed_rect_inset(panel, ED_GRID);
  const float   side =
    inside.h < inside.w - units(8) ? inside.h : inside.w - units(8);
  at[ED_CIRCLE]        = cut(&inside, side);
  layout->circle_x     = at[ED_CIRCLE].x + (side / 2.0F);
  layout->circle_y     = panel.y + (panel.h / 2.0F);
  layout->circle_outer = side / 2.0F;
  layout->circle_inner = side * 0.35F;
  layout->circle_core  = side * 0.2F;
  at[ED_CIRCLE].y      = layout->circle_y - (side / 2.0F);
  at[ED_CIRCLE].h      = side;

  const EdRect column = {
    inside.x, panel.y + units(3), inside.w, panel.h - units(6)};
  const int n_rows = ED_LOCK - ED_FOLLOW + 1;
  for (int i = 0; i < n_rows; ++i) {
    at[ED_FOLLOW + i] = ed_rect_row(column, i, n_rows, ED_GRID);
  }
}

static void
place_panels(EdLayout* const layout)
{
  EdRect row    = {ED_GRID,
                   layout->height - units(STATUS_UNITS + PANEL_UNITS),
                   layout->width - units(2),
                   units(PANEL_UNITS)};
  layout->take  = cut(&row, between(row.w * 0.23F, units(20), units(30)));
  layout->key   = cut(&row, -between(row.w * 0.32F, units(22), units(29)));
  layout->knobs = row;
  place_take(layout);
  place_knobs(layout);
  place_key(layout);
}

/// The instrument's panel: SoundFont, instruments of the parts, levels
static void
place_sound(EdLayout* const layout)
{
  EdRect* const at    = layout->controls;
  layout->sound       = (EdRect){ED_GRID,
                                 layout->height - units(STATUS_UNITS + PANEL_UNITS) -
                                   ED_SOUND_HEIGHT,
                                 layout->width - units(2),
                                 ED_SOUND_HEIGHT - (ED_GRID / 2.0F)};
  EdRect       row    = ed_rect_inset(layout->sound, ED_GRID);
  const EdRect inside = row;
  layout->meter       = cut(&row, -units(4));
  for (int i = ED_CHORUS; i >= ED_GAIN; --i) {
    at[i]   = cut(&row, -between(layout->width * 0.06F, units(5), units(7)));
    at[i].h = KNOB_HEIGHT;
  }
  row.y += units(2);
  row.h -= units(2);
  const EdRect font = cut(&row, between(row.w * 0.26F, units(14), units(26)));
  at[ED_FONT]       = ed_rect_row(font, 0, 2, ED_GRID);
  at[ED_FONT_DEFAULT] =
    ed_rect_column(ed_rect_row(font, 1, 2, ED_GRID), 0, 2, ED_GRID);
  (void)cut(&row, -ED_GRID / 2.0F);
  const bool has_banks = row.w > units(54); // Else names could not be read
  for (int part = 0; part < (int)SYNTH_N_PARTS; ++part) {
    // High parts stand above low ones
    const EdRect column = ed_rect_column(row, part / 2, 3, ED_GRID);
    EdRect       cell   = ed_rect_row(column, part % 2, 2, ED_GRID);
    if (has_banks) {
      at[ED_BANK + part] = cut(&cell, -units(4));
    }
    at[ED_PROGRAM + part] = cell;
  }
  layout->meter.y = inside.y;
}

static void
place_roll(EdLayout* const layout)
{
  const float top   = units(HEADER_UNITS + RULER_UNITS);
  const float below = units(STATUS_UNITS + PANEL_UNITS) +
                      (layout->sound.h > 0.0F ? ED_SOUND_HEIGHT : 0.0F);
  const float  h       = layout->height - top - below - ED_GRID;
  const float  keys    = between(layout->width * 0.07F, units(6), units(9));
  const float  chances = between(layout->width * 0.09F, units(6), units(12));
  const EdRect all     = {ED_GRID, top, layout->width - units(2), h};
  layout->keyboard     = (EdRect){all.x, all.y, keys, h};
  layout->chances      = (EdRect){all.x + keys, all.y, chances, h};
  layout->roll =
    (EdRect){all.x + keys + chances, all.y, all.w - keys - chances, h};
  layout->ruler =
    (EdRect){all.x, units(HEADER_UNITS), all.w, units(RULER_UNITS)};
  layout->controls[ED_LOW]  = layout->keyboard;
  layout->controls[ED_HIGH] = layout->keyboard;
  layout->browser =
    (EdRect){ED_GRID * 2.0F,
             units(HEADER_UNITS),
             layout->width - units(4),
             layout->height - units(HEADER_UNITS + STATUS_UNITS + 1)};
}

EdLayout
ed_layout(const float width, const float height, const bool has_sound)
{
  EdLayout layout = {.width = width, .height = height};
  layout.header   = (EdRect){0.0F, 0.0F, width, units(HEADER_UNITS)};
  layout.status =
    (EdRect){0.0F, height - units(STATUS_UNITS), width, units(STATUS_UNITS)};
  place_header(&layout);
  if (has_sound) {
    place_sound(&layout);
  }
  place_roll(&layout);
  place_panels(&layout);

  EdRect rest  = layout.status;
  rest.x       = ED_GRID;
  rest.w       = width - units(2);
  layout.light = cut(&rest, -units(7));
  layout.controls[ED_CHANNELS] =
    cut(&rest, -between(width * 0.16F, units(13), units(16)));
  return layout;
}

float
ed_layout_key_y(const EdLayout* const layout, const int key)
{
  const EdRect keyboard = layout->keyboard;
  return keyboard.y +
         (keyboard.h * (float)(ED_HIGHEST_KEY - key) / (float)ED_N_KEYS);
}

int
ed_layout_key_at(const EdLayout* const layout, const float y)
{
  const EdRect keyboard = layout->keyboard;
  const float  lane = floorf((y - keyboard.y) / keyboard.h * (float)ED_N_KEYS);
  return ED_HIGHEST_KEY - (int)between(lane, 0.0F, (float)(ED_N_KEYS - 1));
}

EdRect
ed_layout_handle(const EdLayout* const layout,
                 const EdControlId     id,
                 const int             key)
{
  // The low one hangs below its key, the high one stands above
  const float  h      = ED_GRID + 2.0F;
  const float  y      = id == ED_LOW ? ed_layout_key_y(layout, key - 1)
                                     : ed_layout_key_y(layout, key) - h;
  const float  most   = layout->keyboard.y + layout->keyboard.h - h;
  const EdRect handle = {layout->keyboard.x,
                         between(y, layout->keyboard.y, most),
                         layout->keyboard.w,
                         h};
  return handle;
}

bool
ed_layout_circle_key(const EdLayout* const layout,
                     const float           x,
                     const float           y,
                     EdCircleKey* const    key)
{
  const float dx     = x - layout->circle_x;
  const float dy     = y - layout->circle_y;
  const float radius = sqrtf((dx * dx) + (dy * dy));
  if (radius > layout->circle_outer || radius < layout->circle_core) {
    return false;
  }

  // C stands above, each step to the right is a fifth; A minor is inside C
  const float turn   = atan2f(dx, -dy) / (2.0F * pi);
  const int   fifths = ((int)floorf((turn * 12.0F) + 0.5F) + 12) % 12;
  key->is_minor      = radius < layout->circle_inner;
  key->tonic         = ((fifths * 7) + (key->is_minor ? 9 : 0)) % 12;
  return true;
}

void
ed_layout_circle_place(const EdLayout* const layout,
                       const EdCircleKey     key,
                       float* const          x,
                       float* const          y)
{
  const int   major  = (key.tonic + (key.is_minor ? 3 : 0)) % 12;
  const int   fifths = (major * 7) % 12;
  const float angle  = (float)fifths / 12.0F * 2.0F * pi;
  const float radius = key.is_minor
                         ? (layout->circle_inner + layout->circle_core) / 2.0F
                         : (layout->circle_outer + layout->circle_inner) / 2.0F;
  *x                 = layout->circle_x + (sinf(angle) * radius);
  *y                 = layout->circle_y - (cosf(angle) * radius);
}

EdControlId
ed_layout_hit(const EdLayout* const layout,
              const int             low,
              const int             high,
              const float           x,
              const float           y)
{
  EdCircleKey key;
  if (ed_rect_has(ed_layout_handle(layout, ED_LOW, low), x, y)) {
    return ED_LOW;
  }
  if (ed_rect_has(ed_layout_handle(layout, ED_HIGH, high), x, y)) {
    return ED_HIGH;
  }
  for (int id = 0; id < ED_N_CONTROLS; ++id) {
    if (id != ED_LOW && id != ED_HIGH &&
        ed_rect_has(layout->controls[id], x, y) &&
        (id != ED_CIRCLE || ed_layout_circle_key(layout, x, y, &key))) {
      return (EdControlId)id;
    }
  }
  return ED_N_CONTROLS;
}
