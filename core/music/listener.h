// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file listener.h What the musician plays, as notes with start and length

#ifndef CT_MUSIC_LISTENER_H
#define CT_MUSIC_LISTENER_H

#include "base/attributes.h"
#include "music/event.h"
#include "music/key.h"
#include "music/note.h"
#include "music/tick.h"

#include <stdbool.h>
#include <stdint.h>

/// Newest notes that are kept
#define CT_LISTENER_CAPACITY 1024U

/// A key of one channel of the musician's instrument
typedef struct {
  uint64_t serial;      ///< Of its note that sounds
  bool     is_sounding; ///< Held, or left to the pedal
  uint8_t  n_on;        ///< Note-ons due an off; zero if it does not sound
} CtHeardKey;

/**
   Notes heard, numbered from zero by their begin.

   A key that sounds and is played again ends its note there and begins the
   next; its note-offs are counted, so that the first one does not end the
   second note (as in ledger.h).  The sustain pedal lengthens notes until it is
   lifted.  One instance is 48 KiB, and never grows.
*/
typedef struct {
  CtNote notes[CT_LISTENER_CAPACITY]; ///< Ring by serial; those that sound
                                      ///< have no duration yet
  uint64_t   n_heard;                 ///< Notes since the reset
  CtHeardKey keys[CT_MIDI_CHANNEL_COUNT][CT_MIDI_NOTE_COUNT];
  uint32_t   n_sounding;                    ///< Keys that sound
  uint16_t   pedals;                        ///< Bit n: down on channel n
  uint16_t   n_class[CT_PITCH_CLASS_COUNT]; ///< Keys that sound by pitch class
} CtListener;

/// A note as the listener knows it at some moment
typedef struct {
  CtNote note;      ///< Its duration is counted up to now if it sounds; its
                    ///< part is zero
  bool is_sounding; ///< It may still grow
} CtHeardNote;

/// Begin with nothing heard.  @thread any
CT_REALTIME void
ct_listener_reset(CtListener* listener);

/**
   Hear one message.

   Notes, sustain pedal (controller 64), all sound off (120), reset all
   controllers (121) and all notes off (123, and 124 to 127 which imply it)
   count.  Other messages do nothing, nor do those of a wrong size or with data
   bytes above 127.  At most 128 steps, in most cases one.
   @thread audio
   @param bytes Status and data, `size` of them.
   @param tick When; not before the last message, unless ct_listener_end_all()
   or ct_listener_move() came between.
*/
CT_REALTIME void
ct_listener_hear(CtListener*    listener,
                 const uint8_t* bytes,
                 uint8_t        size,
                 CtTick         tick);

/**
   End all that sounds and lift the pedals: the transport stops or moves.

   What was held is forgotten, and its note-offs to come do nothing: after a
   move they may never come.
   @thread audio
   @param tick Last position before the stop or the move.
*/
CT_REALTIME void
ct_listener_end_all(CtListener* listener, CtTick tick);

/**
   Let what sounds begin at `tick`: the transport starts, and it is held.

   @thread audio
*/
CT_REALTIME void
ct_listener_move(CtListener* listener, CtTick tick);

/// Keys that sound by pitch class, without drums (channel 10), for
/// ct_key_finder_advance().  @thread audio
/// @return [CT_PITCH_CLASS_COUNT] Borrowed, changed by the functions above.
CT_REALTIME const uint16_t*
ct_listener_pitch_classes(const CtListener* listener);

/// Number of notes since the reset: the serial number of the next.
/// @thread audio
CT_REALTIME uint64_t
ct_listener_n_heard(const CtListener* listener);

/**
   Look at one note.

   For news, count up from the ct_listener_n_heard() of the last time; for the
   newest first, count down from it.
   @thread audio
   @param serial Of the note.
   @param now Where a note that still sounds is cut, in ticks.
   @return False if it is not heard yet, or so old that it was forgotten;
   `heard` is then as it was.
*/
CT_REALTIME bool
ct_listener_note(const CtListener* listener,
                 uint64_t          serial,
                 CtTick            now,
                 CtHeardNote*      heard);

#endif // CT_MUSIC_LISTENER_H
