// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "desk.h"

#include "midi.h"

#include <string.h>

static const uint16_t bend_centre = 0x2000U;

static void
reset_controls(DeskPlayer* const player)
{
  player->pressure = 0U;
  player->bend     = bend_centre;
  memset(player->controls, DESK_UNSET, sizeof(player->controls));
}

void
desk_reset(SoundDesk* const desk)
{
  *desk = (SoundDesk){
    .levels = {[SOUND_GAIN] = 1.0F, [SOUND_REVERB] = SOUND_FIRST_REVERB}};
  for (uint32_t i = 0U; i < DESK_N_PLAYERS; ++i) {
    reset_controls(&desk->players[i]);
  }
}

static void
note_control(DeskPlayer* const player,
             const uint8_t     control,
             const uint8_t     value)
{
  if (control == MIDI_BANK) {
    player->bank = value;
  } else if (control == MIDI_RESET_CONTROLLERS) {
    reset_controls(player);
  } else if (control < DESK_N_CONTROLS && control != MIDI_BANK_FINE) {
    player->controls[control] = value;
  }
}

static void
note_message(DeskPlayer* const player, const uint8_t bytes[3])
{
  switch (bytes[0] & MIDI_KIND_MASK) {
  case MIDI_CONTROL:
    note_control(player, bytes[1], bytes[2]);
    break;
  case MIDI_PROGRAM:
    player->program = bytes[1];
    break;
  case MIDI_CHANNEL_PRESSURE:
    player->pressure = bytes[1];
    break;
  case MIDI_BEND:
    player->bend = (uint16_t)(bytes[1] | (bytes[2] << MIDI_DATA_BITS));
    break;
  default:
    break;
  }
}

void
desk_note(SoundDesk* const desk, const SoundEvent* const event)
{
  DeskPlayer* const player = &desk->players[event->player];
  switch ((SoundEventKind)event->kind) {
  case EVENT_MESSAGE:
    note_message(player, event->bytes);
    break;
  case EVENT_PROGRAM:
    player->bank    = event->bytes[0];
    player->program = event->bytes[1];
    break;
  case EVENT_LEVEL:
    desk->levels[event->bytes[0]] = event->value;
    break;
  case EVENT_SILENCE:
    break;
  }
}
