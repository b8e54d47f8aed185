// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "status.h"

/// Seconds that the window's own words stay
static const double said_for = 6.0;

/// Seconds without a block after which the host is taken to have stopped
static const double stalled_after = 1.5;

/// Value of a parameter of the sound
static float
own(const Editor* const self, const uint32_t id)
{
  return self->params[CONTINUO_N_PARAMS + id].shown;
}

/// What keeps music from being made, or null
static const char*
missing(const Editor* const self)
{
  const ContinuoView* const view = &self->view;
  if (!self->continuo) {
    return "This host keeps the window from the plugin: the controls work, the "
           "roll stays empty";
  }
  if (self->notice[0] != '\0' && !self->has_notice_read) {
    return self->notice;
  }
  if (!view->n_blocks || self->now - self->view_time > stalled_after) {
    return "The host does not run this plugin: is its track active?";
  }
  if (view->is_bypassed) {
    return "Bypassed: it plays nothing";
  }
  if (!view->is_told) {
    return "The host tells no transport: time runs freely at 120";
  }
  if (!view->has_tempo) {
    return "The host tells no tempo and no meter: 120 in 4/4 are taken";
  }
  if (self->host.sound && own(self, SYNTH_LOADING) < 100.0F) {
    return "The SoundFont is being loaded";
  }
  if (self->host.sound && own(self, SYNTH_UNDERRUNS) > 0.0F) {
    return "Sound did not come in time: the computer is too busy";
  }
  if (view->n_late > 0U) {
    return "Notes came late: the computer is too busy, or a bounce too fast";
  }
  return NULL;
}

/// What is drawn where the pointer is, or null
static const char*
explain(const Editor* const self)
{
  const EdLayout* const layout = &self->layout;
  if (ed_rect_has(layout->chances, self->x, self->y)) {
    return "What the newest note was drawn from; grey choices were cut";
  }
  if (ed_rect_has(layout->roll, self->x, self->y)) {
    return "Parts have colours, what you play is pink; faint notes are planned "
           "and may still change";
  }
  return NULL;
}

/// What helps on, where nothing is wrong
static const char*
advice(const Editor* const self)
{
  const char* const explained = explain(self);
  if (explained) {
    return explained;
  }
  if (self->host.sound) {
    return self->view.is_rolling
             ? "No sound?  Look at the gain, at the SoundFont, and at the "
               "track's own level"
             : "Press play in the host";
  }
  if (!self->view.is_rolling) {
    return "Press play in the host.  This plugin sends MIDI: put an instrument "
           "after it on the track";
  }
  if (self->light_time < 0.0) {
    return "Nothing to send yet";
  }
  return "No sound?  Put an instrument after this plugin, or route its MIDI "
         "output to one";
}

const char*
ed_status(const Editor* const self, bool* const is_warning)
{
  *is_warning = false;
  if (self->now - self->said_time < said_for) {
    return self->said;
  }
  const EdControlId pointed =
    self->drag.control != ED_N_CONTROLS ? self->drag.control : self->over;
  if (pointed != ED_N_CONTROLS) {
    return ed_control_help(pointed);
  }

  const char* const sentence = missing(self);
  if (sentence) {
    *is_warning = true;
    return sentence;
  }
  if (self->shows_focus && self->focus != ED_N_CONTROLS) {
    return ed_control_help(self->focus);
  }
  return advice(self);
}
