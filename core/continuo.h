// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/**
   @file continuo.h The one public header: an improviser behind an opaque
   handle.

   Everything outside core/ (the plugins, the command line, the editor) sees
   this file and nothing else of core/.  It reads as C11 and as C++.
*/

#ifndef CONTINUO_CONTINUO_H
#define CONTINUO_CONTINUO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
#  define CONTINUO_BEGIN_DECLS extern "C" {
#  define CONTINUO_END_DECLS }
#else
#  define CONTINUO_BEGIN_DECLS
#  define CONTINUO_END_DECLS
#endif

#if defined(__GNUC__)
#  define CONTINUO_NODISCARD __attribute__((warn_unused_result))
#else
#  define CONTINUO_NODISCARD
#endif

/// Never allocates, locks, waits or touches a file: safe in the audio thread
#if defined(__clang__) && __clang_major__ >= 20
#  define CONTINUO_REALTIME __attribute__((nonblocking))
#else
#  define CONTINUO_REALTIME
#endif

CONTINUO_BEGIN_DECLS

/**
   @defgroup status Status
   @{
*/

/// What went wrong; zero is success, the rest is for continuo_strerror()
typedef int ContinuoStatus;

/// A sentence without a full stop for `status`.  @thread any  @return Never
/// null, static.
const char*
continuo_strerror(ContinuoStatus status);

/// Bytes for a sentence that tells what is wrong with a preset or a model
#define CONTINUO_WHY_SIZE 320U

/// Bytes of a preset's name and its end
#define CONTINUO_PRESET_NAME_SIZE 64U

/**
   @}
   @defgroup params Parameters
   @{
*/

/// Parameters in the order of their table; symbols are the same in all formats
/// and files
typedef enum {
  CONTINUO_STYLE,
  CONTINUO_STYLE_STRENGTH,
  CONTINUO_TEMPERATURE,
  CONTINUO_TOP_K,
  CONTINUO_TOP_P,
  CONTINUO_MIN_P,
  CONTINUO_RHYTHM_TEMPERATURE,
  CONTINUO_RHYTHM_TOP_K,
  CONTINUO_KEY,
  CONTINUO_SCALE,
  CONTINUO_SCALE_LOCK,
  CONTINUO_ENSEMBLE,
  CONTINUO_DENSITY,
  CONTINUO_POLYPHONY,
  CONTINUO_FORM,
  CONTINUO_RECALL,
  CONTINUO_LENGTH,
  CONTINUO_CANDIDATES,
  CONTINUO_LOW_NOTE,
  CONTINUO_HIGH_NOTE,
  CONTINUO_VELOCITY,
  CONTINUO_DYNAMICS,
  CONTINUO_HUMANIZE,
  CONTINUO_SEED,
  CONTINUO_TAKE_MODE,
  CONTINUO_NEW_TAKE,
  CONTINUO_INPUT_MODE,
  CONTINUO_CHANNEL_MODE,
  CONTINUO_OCTAVE,
  CONTINUO_BYPASS,
  CONTINUO_PRESET,
  CONTINUO_LATE_NOTES,
  CONTINUO_CURRENT_KEY,
  CONTINUO_N_PARAMS
} ContinuoParamId;

/// How a parameter moves and shows itself
typedef enum {
  CONTINUO_PARAM_INTEGER = 1U << 0U, ///< Whole numbers only
  CONTINUO_PARAM_TOGGLE  = 1U << 1U, ///< Zero or one
  CONTINUO_PARAM_OUTPUT = 1U << 2U, ///< Written by the plugin, read by the host
  CONTINUO_PARAM_TRIGGER = 1U
                           << 3U, ///< Acts when it rises; has no lasting value
} ContinuoParamFlag;

/// One row of the parameter table
typedef struct {
  const char*        symbol;   ///< [a-z_]+, never changes its meaning
  const char*        name;     ///< For people, such as "Top-k"
  const char*        unit;     ///< Such as "st", or "" for none
  const char*        doc;      ///< One sentence
  float              min;      ///< Smallest value
  float              initial;  ///< Value of a new instance
  float              max;      ///< Largest value
  uint32_t           flags;    ///< Of ContinuoParamFlag
  const char* const* labels;   ///< Names of min, min + 1, ..., or null
  uint32_t           n_labels; ///< How many; every value has one if any has
} ContinuoParam;

/// Row `id` of the parameter table.  @thread any  @return Static, or null past
/// the end.
const ContinuoParam*
continuo_param(uint32_t id);

/// Row number of the parameter called `symbol`, or CONTINUO_N_PARAMS.
/// @thread any
uint32_t
continuo_param_find(const char* symbol);

/**
   @}
   @defgroup instance Instance
   @{
*/

/// One improviser: transport, scheduler, and a take that is written
typedef struct ContinuoImpl Continuo;

/// Music with its tempo, meter and key, ready to be written: see
/// continuo_song.h
typedef struct ContinuoSongImpl ContinuoSong;

/// Who generates
typedef enum {
  CONTINUO_LIVE,        ///< Threads of the process, ahead of playback, and
                        ///< continuo_process() where notes are due: for hosts
  CONTINUO_SYNCHRONOUS, ///< continuo_process() itself: for files and tests, not
                        ///< for an audio thread
} ContinuoMode;

/**
   Create an instance that plays the built-in model.

   @thread main
   @param sample_rate Frames per second, any positive number.
   @param mode Who generates.
   @return A new instance for continuo_free(), or null if out of memory.
*/
CONTINUO_NODISCARD Continuo*
continuo_new(double sample_rate, ContinuoMode mode);

/// Stop the worker and free everything; null is fine.  @thread main, with no
/// process running
void
continuo_free(Continuo* self);

/// Forget all planned notes before a first block; notes still on are ended in
/// that block.
/// @thread main, with no process running
void
continuo_activate(Continuo* self, double sample_rate);

/// Set a parameter, clamped to its range; it acts on the next sixteenth.
/// CONTINUO_NEW_TAKE acts neither before the first block nor before the first
/// after continuo_restore_take(): hosts restore it then.
/// @thread any
CONTINUO_REALTIME void
continuo_set_param(Continuo* self, uint32_t id, float value);

/// Value of a parameter, outputs included.  @thread any
CONTINUO_REALTIME float
continuo_get_param(const Continuo* self, uint32_t id);

/**
   Replace the model by the file at `path`; on failure the old one plays on.

   @thread main, with no process running in synchronous mode
*/
CONTINUO_NODISCARD ContinuoStatus
continuo_load_model(Continuo* self, const char* path);

/**
   @}
   @defgroup process Process
   @{
*/

/// The host's transport at frame zero of a block
typedef struct {
  bool    rolling; ///< Time moves
  int64_t frame; ///< Position in the song in frames, may be negative (pre-roll)
  bool
    has_meter; ///< The host knows tempo and meter: the fields below are valid
  double   tempo;       ///< Quarter notes per minute
  uint32_t numerator;   ///< Upper number of the meter
  uint32_t denominator; ///< Lower number of the meter
  double   beat;        ///< Quarters since the bar line, fractional
} ContinuoPosition;

/// A MIDI message of up to three bytes in a block
typedef struct {
  uint32_t frame;   ///< Offset in the block
  uint8_t  size;    ///< Bytes used
  uint8_t  data[3]; ///< Status, data 1, data 2
  uint8_t  part;    ///< Who plays it, of continuo_part_name(); ignored on input
} ContinuoMidi;

/**
   Take one outgoing MIDI message.

   @return False if the destination is full.  The message is then kept, and
   offered again at frame zero of the next block.
*/
typedef bool (*ContinuoWriteFunc)(void* handle, const ContinuoMidi* message);

/**
   Run for one block.

   @thread audio
   @param position Transport at frame zero, or null for a host that tells none:
   time then runs freely at 120 quarters a minute.
   @param in Incoming messages in time order, `n_in` of them; may be null if
   none.
   @param n_frames Length of the block in frames; zero is allowed.
   @param write Called zero or more times, in time order.
   @param handle Passed to `write` as it is.
*/
CONTINUO_REALTIME void
continuo_process(Continuo*               self,
                 const ContinuoPosition* position,
                 const ContinuoMidi*     in,
                 uint32_t                n_in,
                 uint32_t                n_frames,
                 ContinuoWriteFunc       write,
                 void*                   handle);

/// Name of a part such as "right", or null past the last.  @thread any
const char*
continuo_part_name(uint32_t part);

/// General MIDI program that suits a part in the style and the ensemble that
/// are set, counted from 0.  @thread any
CONTINUO_REALTIME uint8_t
continuo_program(const Continuo* self, uint32_t part);

/**
   @}
   @defgroup state State: the take in a session
   @{
*/

/**
   The take as text, as far as it was heard: wishes, meters and notes, and which
   model was chosen for it.

   @thread main, a process may run
   @param text Set to characters of base64 for free(), with a full stop before
   the model, or to null on failure.
*/
CONTINUO_NODISCARD ContinuoStatus
continuo_save_take(Continuo* self, char** text);

/**
   Go on with a take that was saved, whatever the model; on failure the old one
   plays on.

   Its notes are heard where the parameters are those that it was made by,
   whether these are set before or after; and so is its model, which
   continuo_choose_model() may bring later.
   @thread main, a process may run
   @param text Of continuo_save_take(); an empty one changes nothing.
   @return Zero, or what is wrong with the text.
*/
CONTINUO_NODISCARD ContinuoStatus
continuo_restore_take(Continuo* self, const char* text);

/**
   @}
   @defgroup score Scoring
   @{
*/

/// How well the model expects a piece; sums, to be divided by notes or beats
typedef struct {
  uint64_t n_notes;  ///< Notes scored
  double   n_beats;  ///< Quarters from bar one to the last bar line
  double   shift;    ///< Nats for the times of onsets and bar lines
  double   part;     ///< Nats for who plays
  double   pitch;    ///< Nats for pitches
  double   duration; ///< Nats for durations
} ContinuoScore;

/**
   Score the MIDI file at `path` under the model, with the instance's style.

   The key comes from the file's key signatures, the ensemble from its tracks.
   @thread main
*/
CONTINUO_NODISCARD ContinuoStatus
continuo_score(const Continuo* self, const char* path, ContinuoScore* score);

/**
   @}
   @defgroup measure Measuring
   @{
*/

/// What the network takes for a note, done in one of several ways
typedef struct {
  /// "read", "openblas", "f32", or "int8_" and a kernel's name; of an older
  /// design "own" or "openblas", behind the network's name if it has several
  char   name[24];
  double hot_us;  ///< Median if the weights are where the last steps left them
  double cold_us; ///< Median if the caches hold other things
  double error; ///< Largest difference of a logit from OpenBLAS's; 0 for "read"
} ContinuoStepTime;

/// Most ways that one processor knows
#define CONTINUO_MAX_STEP_TIMES 8U

/**
   Time the network by all ways that this processor knows, in turns.

   "read" only reads the weights, as narrow as they are: no step can take less.
   "openblas" and "f32" have weights of 32 bits.
   @thread any, but nothing else of this process should run beside it, as it
   changes how all networks multiply while it lasts: some seconds
   @param times [CONTINUO_MAX_STEP_TIMES]
   @param n_times Set to how many there are.
*/
CONTINUO_NODISCARD ContinuoStatus
continuo_time_steps(const Continuo*   self,
                    ContinuoStepTime* times,
                    uint32_t*         n_times);

/**
   @}
   @defgroup model Models
   @{
*/

/// What a model file says of itself; strings live as long as the model is
/// loaded
typedef struct {
  const char* name;        ///< Such as "House"
  const char* kind;        ///< Network kind, such as "note-lstm"
  const char* licence;     ///< Licence of the weights
  const char* data;        ///< What it was trained on
  const char* description; ///< One line of layers and sizes
  uint64_t    n_weights;   ///< How many
  uint32_t    n_styles;    ///< Rows for continuo_style_name()
  size_t      size;        ///< Bytes of the file
} ContinuoModelInfo;

/// @thread main
ContinuoModelInfo
continuo_model_info(const Continuo* self);

/// Name of style `index` of the loaded model, or null past the last.
/// @thread main
const char*
continuo_style_name(const Continuo* self, uint32_t index);

/**
   @}
*/

CONTINUO_END_DECLS

#include "continuo_models.h"  // IWYU pragma: export
#include "continuo_presets.h" // IWYU pragma: export
#include "continuo_song.h"    // IWYU pragma: export
#include "continuo_view.h"    // IWYU pragma: export

#endif // CONTINUO_CONTINUO_H
