// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

// The parameter table: plugins, command line, presets and docs read these rows

#include "continuo.h"

#include <string.h>

#define COUNT(array) ((uint32_t)(sizeof(array) / sizeof((array)[0])))
#define LABELS(array) (array), COUNT(array)
#define NO_LABELS NULL, 0U

// In the order of the built-in model's styles; a test holds the two together
static const char* const styles[] = {"Free",
                                     "Bach",
                                     "Mozart",
                                     "Beethoven",
                                     "Haydn",
                                     "Chopin",
                                     "Schubert",
                                     "Schumann",
                                     "Brahms",
                                     "Scarlatti",
                                     "Debussy",
                                     "Mendelssohn",
                                     "Irish folk",
                                     "Hymn",
                                     "Joplin",
                                     "Scriabin"};

static const char* const keys[] =
  {"C", "C#", "D", "Eb", "E", "F", "F#", "G", "Ab", "A", "Bb", "B"};

static const char* const scales[] = {"Major", "Minor", "As the model likes"};

static const char* const ensembles[] =
  {"Of the style", "Keyboard", "Organ", "Song", "Voices", "Quartet", "Melody"};

static const char* const channel_modes[] = {"All on channel 1",
                                            "One for each part"};

static const char* const current_keys[] = {
  "C",  "C#",  "D",  "Eb",  "E",  "F",  "F#",  "G",  "Ab",  "A",  "Bb",  "B",
  "Cm", "C#m", "Dm", "Ebm", "Em", "Fm", "F#m", "Gm", "Abm", "Am", "Bbm", "Bm"};

static const ContinuoParam params[CONTINUO_N_PARAMS] = {
  [CONTINUO_STYLE] = {"style",
                      "Style",
                      "",
                      "Composer, in the ensemble he is known for",
                      0.0F,
                      5.0F,
                      15.0F,
                      CONTINUO_PARAM_INTEGER,
                      LABELS(styles)},
  [CONTINUO_STYLE_STRENGTH] =
    {"style_strength",
     "Style strength",
     "",
     "How far composer and key stand out; 1 is as the model learnt",
     0.0F,
     3.0F,
     4.0F,
     0U,
     NO_LABELS},
  [CONTINUO_TEMPERATURE] =
    {"temperature",
     "Temperature",
     "",
     "How freely pitches and parts are drawn; 1 is as the model learnt",
     0.1F,
     1.0F,
     2.0F,
     0U,
     NO_LABELS},
  [CONTINUO_TOP_K] = {"top_k",
                      "Top-k",
                      "",
                      "Draw from this many likeliest choices only; 0 is off",
                      0.0F,
                      0.0F,
                      40.0F,
                      CONTINUO_PARAM_INTEGER,
                      NO_LABELS},
  [CONTINUO_TOP_P] =
    {"top_p",
     "Top-p",
     "",
     "Draw from the likeliest choices that together reach this; 1 is off",
     0.05F,
     1.0F,
     1.0F,
     0U,
     NO_LABELS},
  [CONTINUO_MIN_P] =
    {"min_p",
     "Min-p",
     "",
     "Leave out choices below this share of the likeliest; 0 is off",
     0.0F,
     0.05F,
     0.5F,
     0U,
     NO_LABELS},
  [CONTINUO_RHYTHM_TEMPERATURE] = {"rhythm_temperature",
                                   "Rhythm temperature",
                                   "",
                                   "How freely onsets and durations are drawn",
                                   0.1F,
                                   1.0F,
                                   2.0F,
                                   0U,
                                   NO_LABELS},
  [CONTINUO_KEY]                = {"key",
                                   "Key",
                                   "",
                                   "Tonic",
                                   0.0F,
                                   0.0F,
                                   11.0F,
                                   CONTINUO_PARAM_INTEGER,
                                   LABELS(keys)},
  [CONTINUO_SCALE]              = {"scale",
                                   "Scale",
                                   "",
                                   "Mode of the key",
                                   0.0F,
                                   0.0F,
                                   2.0F,
                                   CONTINUO_PARAM_INTEGER,
                                   LABELS(scales)},
  [CONTINUO_SCALE_LOCK] =
    {"scale_lock",
     "Scale lock",
     "",
     "Pull towards the scale; 0 leaves it to the model, 1 allows nothing else",
     0.0F,
     0.05F,
     1.0F,
     0U,
     NO_LABELS},
  [CONTINUO_ENSEMBLE] = {"ensemble",
                         "Ensemble",
                         "",
                         "Who plays",
                         0.0F,
                         0.0F,
                         6.0F,
                         CONTINUO_PARAM_INTEGER,
                         LABELS(ensembles)},
  [CONTINUO_DENSITY] =
    {"density",
     "Density",
     "",
     "Notes a beat, from 1 (thin) to 8 (dense); 0 is as the model likes",
     0.0F,
     0.0F,
     8.0F,
     CONTINUO_PARAM_INTEGER,
     NO_LABELS},
  [CONTINUO_POLYPHONY] =
    {"polyphony",
     "Polyphony",
     "",
     "Notes at once, from 1 (one) to 5 (many); 0 is as the model likes",
     0.0F,
     0.0F,
     5.0F,
     CONTINUO_PARAM_INTEGER,
     NO_LABELS},
  [CONTINUO_LOW_NOTE]  = {"low_note",
                          "Low note",
                          "key",
                          "Lowest MIDI key that sounds",
                          21.0F,
                          21.0F,
                          108.0F,
                          CONTINUO_PARAM_INTEGER,
                          NO_LABELS},
  [CONTINUO_HIGH_NOTE] = {"high_note",
                          "High note",
                          "key",
                          "Highest MIDI key that sounds",
                          21.0F,
                          108.0F,
                          108.0F,
                          CONTINUO_PARAM_INTEGER,
                          NO_LABELS},
  [CONTINUO_VELOCITY]  = {"velocity",
                          "Velocity",
                          "",
                          "Mean velocity",
                          1.0F,
                          80.0F,
                          127.0F,
                          CONTINUO_PARAM_INTEGER,
                          NO_LABELS},
  [CONTINUO_DYNAMICS] =
    {"dynamics",
     "Dynamics",
     "",
     "How far accents and phrases swing the velocity; 0 is flat",
     0.0F,
     1.0F,
     2.0F,
     0U,
     NO_LABELS},
  [CONTINUO_SEED] = {"seed",
                     "Seed",
                     "",
                     "The take: another number, other music",
                     0.0F,
                     1.0F,
                     999999.0F,
                     CONTINUO_PARAM_INTEGER,
                     NO_LABELS},
  [CONTINUO_CHANNEL_MODE] =
    {"channel_mode",
     "Channels",
     "",
     "Which MIDI channels the parts go to; in a file each part has its own",
     0.0F,
     0.0F,
     1.0F,
     CONTINUO_PARAM_INTEGER,
     LABELS(channel_modes)},
  [CONTINUO_OCTAVE] = {"octave",
                       "Octave",
                       "oct",
                       "Octaves that everything is moved by",
                       -3.0F,
                       0.0F,
                       3.0F,
                       CONTINUO_PARAM_INTEGER,
                       NO_LABELS},
  [CONTINUO_BYPASS] = {"bypass",
                       "Bypass",
                       "",
                       "Play nothing",
                       0.0F,
                       0.0F,
                       1.0F,
                       CONTINUO_PARAM_INTEGER | CONTINUO_PARAM_TOGGLE,
                       NO_LABELS},
  [CONTINUO_LATE_NOTES] =
    {"late_notes",
     "Late notes",
     "",
     "Notes that came after their time since the plugin was activated",
     0.0F,
     0.0F,
     1000000.0F,
     CONTINUO_PARAM_INTEGER | CONTINUO_PARAM_OUTPUT,
     NO_LABELS},
  [CONTINUO_CURRENT_KEY] = {"current_key",
                            "Current key",
                            "",
                            "Key that it plays in",
                            0.0F,
                            0.0F,
                            23.0F,
                            CONTINUO_PARAM_INTEGER | CONTINUO_PARAM_OUTPUT,
                            LABELS(current_keys)},
};

const ContinuoParam*
continuo_param(const uint32_t id)
{
  return id < CONTINUO_N_PARAMS ? &params[id] : NULL;
}

uint32_t
continuo_param_find(const char* const symbol)
{
  uint32_t id = 0U;
  while (id < CONTINUO_N_PARAMS && strcmp(params[id].symbol, symbol) != 0) {
    ++id;
  }
  return id;
}
