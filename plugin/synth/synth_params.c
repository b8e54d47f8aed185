// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

// The instrument's own rows of the parameter table

#include "synth_params.h"

#include "continuo.h"

#include <string.h>

#define COUNT(array) ((uint32_t)(sizeof(array) / sizeof((array)[0])))

/// The instruments of General MIDI level 1, from program 0 on, behind none
static const char* const programs[] = {"Of the style",
                                       "Acoustic grand piano",
                                       "Bright acoustic piano",
                                       "Electric grand piano",
                                       "Honky-tonk piano",
                                       "Electric piano 1",
                                       "Electric piano 2",
                                       "Harpsichord",
                                       "Clavinet",
                                       "Celesta",
                                       "Glockenspiel",
                                       "Music box",
                                       "Vibraphone",
                                       "Marimba",
                                       "Xylophone",
                                       "Tubular bells",
                                       "Dulcimer",
                                       "Drawbar organ",
                                       "Percussive organ",
                                       "Rock organ",
                                       "Church organ",
                                       "Reed organ",
                                       "Accordion",
                                       "Harmonica",
                                       "Tango accordion",
                                       "Nylon guitar",
                                       "Steel guitar",
                                       "Jazz guitar",
                                       "Clean guitar",
                                       "Muted guitar",
                                       "Overdriven guitar",
                                       "Distortion guitar",
                                       "Guitar harmonics",
                                       "Acoustic bass",
                                       "Fingered bass",
                                       "Picked bass",
                                       "Fretless bass",
                                       "Slap bass 1",
                                       "Slap bass 2",
                                       "Synth bass 1",
                                       "Synth bass 2",
                                       "Violin",
                                       "Viola",
                                       "Cello",
                                       "Contrabass",
                                       "Tremolo strings",
                                       "Pizzicato strings",
                                       "Orchestral harp",
                                       "Timpani",
                                       "String ensemble 1",
                                       "String ensemble 2",
                                       "Synth strings 1",
                                       "Synth strings 2",
                                       "Choir aahs",
                                       "Voice oohs",
                                       "Synth voice",
                                       "Orchestra hit",
                                       "Trumpet",
                                       "Trombone",
                                       "Tuba",
                                       "Muted trumpet",
                                       "French horn",
                                       "Brass section",
                                       "Synth brass 1",
                                       "Synth brass 2",
                                       "Soprano sax",
                                       "Alto sax",
                                       "Tenor sax",
                                       "Baritone sax",
                                       "Oboe",
                                       "English horn",
                                       "Bassoon",
                                       "Clarinet",
                                       "Piccolo",
                                       "Flute",
                                       "Recorder",
                                       "Pan flute",
                                       "Blown bottle",
                                       "Shakuhachi",
                                       "Whistle",
                                       "Ocarina",
                                       "Square lead",
                                       "Sawtooth lead",
                                       "Calliope lead",
                                       "Chiff lead",
                                       "Charang lead",
                                       "Voice lead",
                                       "Fifths lead",
                                       "Bass and lead",
                                       "New age pad",
                                       "Warm pad",
                                       "Polysynth pad",
                                       "Choir pad",
                                       "Bowed pad",
                                       "Metallic pad",
                                       "Halo pad",
                                       "Sweep pad",
                                       "Rain",
                                       "Soundtrack",
                                       "Crystal",
                                       "Atmosphere",
                                       "Brightness",
                                       "Goblins",
                                       "Echoes",
                                       "Sci-fi",
                                       "Sitar",
                                       "Banjo",
                                       "Shamisen",
                                       "Koto",
                                       "Kalimba",
                                       "Bagpipe",
                                       "Fiddle",
                                       "Shanai",
                                       "Tinkle bell",
                                       "Agogo",
                                       "Steel drums",
                                       "Woodblock",
                                       "Taiko drum",
                                       "Melodic tom",
                                       "Synth drum",
                                       "Reverse cymbal",
                                       "Guitar fret noise",
                                       "Breath noise",
                                       "Seashore",
                                       "Bird tweet",
                                       "Telephone ring",
                                       "Helicopter",
                                       "Applause",
                                       "Gunshot"};

#define PROGRAM(symbol, name, who)                                      \
  {                                                                     \
    "program_" symbol, name " program", "", "Instrument of " who, 0.0F, \
      SYNTH_PROGRAM_OF_STYLE, (float)(COUNT(programs) - 1U),            \
      CONTINUO_PARAM_INTEGER, programs, COUNT(programs)                 \
  }

#define BANK(symbol, name, who)                                              \
  {                                                                          \
    "bank_" symbol, name " bank", "",                                        \
      "Bank of the SoundFont that " who "'s instrument is from", 0.0F, 0.0F, \
      128.0F, CONTINUO_PARAM_INTEGER, NULL, 0U                               \
  }

static const ContinuoParam params[SYNTH_N_PARAMS] = {
  [SYNTH_GAIN]         = {"gain",
                          "Gain",
                          "dB",
                          "How loud it sounds",
                          -60.0F,
                          0.0F,
                          12.0F,
                          0U,
                          NULL,
                          0U},
  [SYNTH_REVERB]       = {"reverb",
                          "Reverb",
                          "",
                          "Level of the reverberation; 0 is off",
                          0.0F,
                          0.25F,
                          1.0F,
                          0U,
                          NULL,
                          0U},
  [SYNTH_CHORUS]       = {"chorus",
                          "Chorus",
                          "",
                          "Level of the chorus; 0 is off",
                          0.0F,
                          0.0F,
                          1.0F,
                          0U,
                          NULL,
                          0U},
  [SYNTH_PROGRAM + 0U] = PROGRAM("right", "Right", "the right hand"),
  [SYNTH_PROGRAM + 1U] = PROGRAM("left", "Left", "the left hand"),
  [SYNTH_PROGRAM + 2U] = PROGRAM("soprano", "Soprano", "the soprano"),
  [SYNTH_PROGRAM + 3U] = PROGRAM("alto", "Alto", "the alto"),
  [SYNTH_PROGRAM + 4U] = PROGRAM("tenor", "Tenor", "the tenor"),
  [SYNTH_PROGRAM + 5U] = PROGRAM("bass", "Bass", "the bass"),
  [SYNTH_BANK + 0U]    = BANK("right", "Right", "the right hand"),
  [SYNTH_BANK + 1U]    = BANK("left", "Left", "the left hand"),
  [SYNTH_BANK + 2U]    = BANK("soprano", "Soprano", "the soprano"),
  [SYNTH_BANK + 3U]    = BANK("alto", "Alto", "the alto"),
  [SYNTH_BANK + 4U]    = BANK("tenor", "Tenor", "the tenor"),
  [SYNTH_BANK + 5U]    = BANK("bass", "Bass", "the bass"),
  [SYNTH_UNDERRUNS] =
    {"underruns",
     "Underruns",
     "",
     "Blocks that had no sound in time since the plugin was activated",
     0.0F,
     0.0F,
     1000000.0F,
     CONTINUO_PARAM_INTEGER | CONTINUO_PARAM_OUTPUT,
     NULL,
     0U},
  [SYNTH_LOADING] = {"loading",
                     "Loading",
                     "%",
                     "How far the SoundFont is loaded; 100 is done",
                     0.0F,
                     100.0F,
                     100.0F,
                     CONTINUO_PARAM_OUTPUT,
                     NULL,
                     0U},
};

const ContinuoParam*
synth_param(const uint32_t id)
{
  return id < SYNTH_N_PARAMS ? &params[id] : NULL;
}

uint32_t
synth_param_find(const char* const symbol)
{
  uint32_t id = 0U;
  while (id < SYNTH_N_PARAMS && strcmp(params[id].symbol, symbol) != 0) {
    ++id;
  }
  return id;
}
