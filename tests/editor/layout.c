// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file layout.c Everything has its place at all sizes, and is found there

#include "layout.h"

#include "rect.h"
#include "theme.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>

static const float sizes[][2] = {{ED_LEAST_WIDTH, ED_LEAST_HEIGHT},
                                 {ED_LEAST_WIDTH, 1200.0F},
                                 {800.0F, 500.0F},
                                 {ED_WIDTH, ED_HEIGHT},
                                 {1920.0F, 400.0F},
                                 {2560.0F, 1440.0F}};

enum { N_SIZES = sizeof(sizes) / sizeof(sizes[0]) };

static bool
overlap(const EdRect a, const EdRect b)
{
  const float rounding = 0.01F;
  return a.x + a.w > b.x + rounding && b.x + b.w > a.x + rounding &&
         a.y + a.h > b.y + rounding && b.y + b.h > a.y + rounding;
}

/// Layouts of the MIDI effect, and then of the instrument
static EdLayout
nth_layout(const int i)
{
  const bool   has_sound = i >= N_SIZES;
  const float* size      = sizes[i % N_SIZES];
  return ed_layout(
    size[0], size[1] + (has_sound ? ED_SOUND_HEIGHT : 0.0F), has_sound);
}

static int
n_controls(const EdLayout* const layout)
{
  return layout->sound.h > 0.0F ? ED_N_CONTROLS : ED_FONT;
}

/// Banks are, where there is no room for the names beside them
static bool
is_left_out(const EdLayout* const layout, const int id)
{
  return id >= ED_BANK && id < ED_GAIN && layout->width < 900.0F &&
         layout->controls[id].w == 0.0F;
}

static bool
is_in_keyboard(const int id)
{
  return id == ED_LOW || id == ED_HIGH;
}

static void
test_places(void** const state)
{
  (void)state;
  for (int i = 0; i < 2 * N_SIZES; ++i) {
    const EdLayout layout = nth_layout(i);
    const EdRect   all    = {0.0F, 0.0F, layout.width, layout.height};
    const int      n      = n_controls(&layout);
    assert_true(layout.roll.w > 300.0F && layout.roll.h > 100.0F);
    assert_false(overlap(layout.roll, layout.sound));
    assert_false(overlap(layout.take, layout.sound));
    for (int a = 0; a < n; ++a) {
      const EdRect rect = layout.controls[a];
      if (is_left_out(&layout, a)) {
        continue;
      }
      assert_true(rect.w >= 20.0F && rect.h >= 16.0F);
      assert_true(rect.x >= 0.0F && rect.x + rect.w <= all.w + 0.01F);
      assert_true(rect.y >= 0.0F && rect.y + rect.h <= all.h + 0.01F);
      assert_false(!is_in_keyboard(a) && overlap(rect, layout.roll));
      assert_false(overlap(rect, layout.meter));
      for (int b = a + 1; b < n; ++b) {
        assert_false(!is_in_keyboard(a) && !is_in_keyboard(b) &&
                     overlap(rect, layout.controls[b]));
      }
    }
  }
}

static void
test_hits(void** const state)
{
  (void)state;
  for (int i = 0; i < 2 * N_SIZES; ++i) {
    const EdLayout layout = nth_layout(i);
    for (int id = 0; id < n_controls(&layout); ++id) {
      const EdRect rect = layout.controls[id];
      if (!is_in_keyboard(id) && id != ED_CIRCLE && !is_left_out(&layout, id)) {
        assert_int_equal(ed_layout_hit(&layout,
                                       40,
                                       80,
                                       rect.x + (rect.w / 2.0F),
                                       rect.y + (rect.h / 2.0F)),
                         id);
      }
    }
    assert_int_equal(ed_layout_hit(&layout, 40, 80, -1.0F, 5.0F),
                     ED_N_CONTROLS);
    assert_int_equal(
      ed_layout_hit(
        &layout, 40, 80, layout.roll.x + 5.0F, layout.roll.y + 5.0F),
      ED_N_CONTROLS);
  }
}

static void
test_handles(void** const state)
{
  (void)state;
  const EdLayout layout = ed_layout(ED_WIDTH, ED_HEIGHT, false);
  for (int key = ED_LOWEST_KEY; key <= ED_HIGHEST_KEY; ++key) {
    const float middle =
      (ed_layout_key_y(&layout, key) + ed_layout_key_y(&layout, key - 1)) /
      2.0F;
    assert_int_equal(ed_layout_key_at(&layout, middle), key);
  }
  const EdRect low  = ed_layout_handle(&layout, ED_LOW, 40);
  const EdRect high = ed_layout_handle(&layout, ED_HIGH, 80);
  assert_int_equal(ed_layout_hit(&layout, 40, 80, low.x + 5.0F, low.y + 2.0F),
                   ED_LOW);
  assert_int_equal(ed_layout_hit(&layout, 40, 80, high.x + 5.0F, high.y + 2.0F),
                   ED_HIGH);

  // Both can be reached though the range is one key, or all keys
  for (int key = ED_LOWEST_KEY; key <= ED_HIGHEST_KEY; ++key) {
    const EdRect a = ed_layout_handle(&layout, ED_LOW, key);
    const EdRect b = ed_layout_handle(&layout, ED_HIGH, key);
    assert_true(fabsf(a.y - b.y) > 3.0F);
    assert_true(a.y >= layout.keyboard.y && b.y >= layout.keyboard.y);
    assert_true(a.y + a.h <= layout.keyboard.y + layout.keyboard.h + 0.01F);
  }
}

static void
test_circle(void** const state)
{
  (void)state;
  for (int i = 0; i < 2 * N_SIZES; ++i) {
    const EdLayout layout = nth_layout(i);
    for (int k = 0; k < 24; ++k) {
      const EdCircleKey key   = {k % 12, k >= 12};
      EdCircleKey       found = {-1, false};
      float             x     = 0.0F;
      float             y     = 0.0F;
      ed_layout_circle_place(&layout, key, &x, &y);
      assert_true(ed_layout_circle_key(&layout, x, y, &found));
      assert_int_equal(found.tonic, key.tonic);
      assert_int_equal(found.is_minor, key.is_minor);
      assert_int_equal(ed_layout_hit(&layout, 40, 80, x, y), ED_CIRCLE);
    }
    EdCircleKey none;
    assert_false(
      ed_layout_circle_key(&layout, layout.circle_x, layout.circle_y, &none));
  }
}

static double
linear(const uint32_t byte)
{
  const double c = byte / 255.0;
  return c <= 0.04045 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4);
}

/// Relative luminance, as in WCAG 2.1
static double
luminance(const uint32_t rgb)
{
  return (0.2126 * linear(rgb >> 16U)) +
         (0.7152 * linear((rgb >> 8U) & 0xFFU)) +
         (0.0722 * linear(rgb & 0xFFU));
}

static void
test_contrast(void** const state)
{
  (void)state;
  double least = 21.0;
  for (int i = 0; ed_texts[i].text != ed_texts[i].behind; ++i) {
    const double a     = luminance(ed_colors[ed_texts[i].text]);
    const double b     = luminance(ed_colors[ed_texts[i].behind]);
    const double ratio = (fmax(a, b) + 0.05) / (fmin(a, b) + 0.05);
    least              = fmin(least, ratio);
    if (ratio < 4.5) {
      print_message("text %d: %.2f\n", i, ratio);
    }
  }
  print_message("least contrast: %.2f\n", least);
  assert_true(least >= 4.5);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_places),
    cmocka_unit_test(test_hits),
    cmocka_unit_test(test_handles),
    cmocka_unit_test(test_circle),
    cmocka_unit_test(test_contrast),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
