// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/**
   @file vst2_abi.h What a small VST2 host must know of the binary interface.

   As it is laid out in vst.h and DistrhoPluginVST2.cpp of DPF, which C cannot
   read.
*/

#ifndef CONTINUO_TESTS_VST2_ABI_H
#define CONTINUO_TESTS_VST2_ABI_H

#include <stdint.h>

#define VST2_MAGIC 0x56737450
#define VST2_VERSION 2400
#define VST2_NAME_SIZE 64

/// What a host asks of a plugin
typedef enum {
  VST2_OPEN            = 0,
  VST2_CLOSE           = 1,
  VST2_PARAM_NAME      = 8,
  VST2_SET_SAMPLE_RATE = 10,
  VST2_SET_BLOCK_SIZE  = 11,
  VST2_SWITCH          = 12, ///< On if the value is 1
  VST2_GET_CHUNK       = 23,
  VST2_SET_CHUNK       = 24,
  VST2_EVENTS          = 25,
  VST2_CAN_DO          = 51,
} Vst2Opcode;

/// What a plugin asks of a host
typedef enum {
  VST2_HOST_AUTOMATE    = 0,
  VST2_HOST_VERSION     = 1,
  VST2_HOST_TIME        = 7,
  VST2_HOST_EVENTS      = 8,
  VST2_HOST_SAMPLE_RATE = 16,
  VST2_HOST_BLOCK_SIZE  = 17,
} Vst2HostOpcode;

typedef enum {
  VST2_TIME_ROLLS     = 1 << 1,
  VST2_TIME_HAS_PPQ   = 1 << 9,
  VST2_TIME_HAS_TEMPO = 1 << 10,
  VST2_TIME_HAS_BAR   = 1 << 11,
  VST2_TIME_HAS_METER = 1 << 13,
} Vst2TimeFlag;

typedef struct Vst2EffectImpl Vst2Effect;

typedef intptr_t (*Vst2HostFunc)(Vst2Effect* effect,
                                 int32_t     opcode,
                                 int32_t     index,
                                 intptr_t    value,
                                 void*       ptr,
                                 float       number);

typedef Vst2Effect* (*Vst2EntryFunc)(Vst2HostFunc host);

struct Vst2EffectImpl {
  int32_t magic;
  intptr_t (*control)(Vst2Effect* self,
                      int32_t     opcode,
                      int32_t     index,
                      intptr_t    value,
                      void*       ptr,
                      float       number);
  void (*process)(Vst2Effect* self, const float** in, float** out, int32_t n);
  void (*set_parameter)(Vst2Effect* self, uint32_t index, float value);
  float (*get_parameter)(Vst2Effect* self, uint32_t index);
  int32_t n_programs;
  int32_t n_params;
  int32_t n_inputs;
  int32_t n_outputs;
  int32_t flags;
  void*   unknown_pointers[2];
  int32_t latency;
  int32_t unknown_numbers[3];
  void*   plugin_data;
  void*   host_data;
  int32_t unique_id;
  int32_t version;
  void (*process_float)(Vst2Effect*   self,
                        const float** in,
                        float**       out,
                        int32_t       n);
};

/// A MIDI message, of type 1
typedef struct {
  int32_t type;
  int32_t size;
  int32_t frame;
  int32_t unknown_numbers[3];
  uint8_t bytes[4];
  uint8_t unknown_bytes[4];
} Vst2Midi;

/// Messages; as many as `n_events` tells
typedef struct {
  int32_t         n_events;
  void*           reserved;
  const Vst2Midi* events[2];
} Vst2Events;

typedef struct {
  double  frame;
  double  sample_rate;
  double  nanoseconds;
  double  quarter;
  double  tempo;
  double  bar_quarter;
  double  loop_begin;
  double  loop_end;
  int32_t numerator;
  int32_t denominator;
  int32_t smpte_offset;
  int32_t smpte_rate;
  int32_t n_frames_to_clock;
  int32_t flags;
} Vst2Time;

#endif // CONTINUO_TESTS_VST2_ABI_H
