// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "fake_host.h"

#include <math.h>
#include <stdlib.h>
#include <time.h>

enum {
  FIRST_ALLOC = 1024,
  STATUS_BIT  = 0x80,
  NOTE_ON     = 0x90,
  KIND_MASK   = 0xF0,
};

static const uint32_t default_sizes[] = {512};

/// Settings that give a test many notes: Bach, four notes a beat
static const float lively_style   = 0.0F;
static const float lively_density = 5.0F;

/// What a block in the making knows of itself
typedef struct {
  FakeHost* host;
  uint32_t  n_frames;
  uint32_t  n_writes;
  uint32_t  last_frame;
} FakeBlock;

double
fake_host_frames_per_quarter(const FakeHost* host)
{
  const double seconds_per_minute = 60.0;
  return host->sample_rate * seconds_per_minute / host->transport.tempo;
}

static void
anchor(FakeTransport* transport)
{
  transport->anchor_frame   = transport->frame;
  transport->anchor_quarter = transport->quarter;
}

static double
quarter_after(const FakeHost* host, const uint32_t n_frames)
{
  const FakeTransport* const transport = &host->transport;
  if (!transport->rolling) {
    return transport->quarter;
  }
  const int64_t from_anchor =
    transport->frame - transport->anchor_frame + n_frames;
  return transport->anchor_quarter +
         (double)from_anchor / fake_host_frames_per_quarter(host);
}

/// Whether `message` is what the test itself played into the plugin
static bool
is_passed(const FakeMessage* message)
{
  return (message->data[0] & ~KIND_MASK) == FAKE_HOST_INPUT_CHANNEL;
}

static void
keep(FakeHost* host, const FakeMessage message)
{
  if (is_passed(&message)) {
    if (!note_list_add(
          &host->passed, message.time, message.data, message.size)) {
      abort();
    }
    return;
  }
  if (host->n_messages == host->max_messages) {
    host->max_messages =
      host->max_messages ? host->max_messages * 2U : FIRST_ALLOC;
    host->messages =
      realloc(host->messages, host->max_messages * sizeof(message));
    if (!host->messages) {
      abort();
    }
  }
  host->messages[host->n_messages++] = message;
  if (!note_list_add(&host->notes, message.time, message.data, message.size)) {
    abort();
  }
}

static bool
is_well_formed(const FakeBlock* block, const ContinuoMidi* message)
{
  const bool in_block =
    message->frame < block->n_frames || message->frame == 0U;
  const bool in_order = message->frame >= block->last_frame;
  return in_block && in_order && message->size >= 1U && message->size <= 3U &&
         (message->data[0] & STATUS_BIT) && !(message->data[1] & STATUS_BIT) &&
         !(message->data[2] & STATUS_BIT);
}

/// A ContinuoWriteFunc
static bool
write_message(void* handle, const ContinuoMidi* message)
{
  FakeBlock* const block = handle;
  FakeHost* const  host  = block->host;
  if (block->n_writes == host->max_writes) {
    return false;
  }
  ++block->n_writes;

  if (!is_well_formed(block, message)) {
    ++host->n_disorders;
  }
  block->last_frame = message->frame;
  keep(host,
       (FakeMessage){host->time + message->frame,
                     quarter_after(host, message->frame),
                     message->size,
                     {message->data[0], message->data[1], message->data[2]},
                     message->part});
  return true;
}

static ContinuoPosition
position_of(const FakeTransport* transport)
{
  const double whole = 4.0;
  const double bar_length =
    transport->numerator * whole / transport->denominator;
  const double since = transport->quarter - transport->bar_line;
  return (ContinuoPosition){
    .rolling     = transport->rolling,
    .frame       = transport->frame,
    .has_meter   = transport->has_meter,
    .tempo       = transport->tempo,
    .numerator   = transport->numerator,
    .denominator = transport->denominator,
    .beat        = since - floor(since / bar_length) * bar_length,
  };
}

static void
wait_for_clock(const FakeHost* host, const uint32_t n_frames)
{
  const double nanoseconds = 1e9;
  if (host->pace > 0.0) {
    const double          seconds = n_frames / host->sample_rate / host->pace;
    const double          whole   = floor(seconds);
    const struct timespec time    = {(time_t)whole,
                                     (long)((seconds - whole) * nanoseconds)};
    (void)nanosleep(&time, NULL);
  }
}

void
fake_host_run_at(FakeHost*               host,
                 const ContinuoPosition* position,
                 const uint32_t          n_frames)
{
  FakeBlock block = {host, n_frames, 0U, 0U};
  for (uint32_t i = 0U; i < host->n_input; ++i) {
    if (host->input[i].frame >= n_frames) {
      host->input[i].frame = n_frames ? n_frames - 1U : 0U;
    }
  }
  continuo_process(host->continuo,
                   position,
                   host->n_input ? host->input : NULL,
                   host->n_input,
                   n_frames,
                   write_message,
                   &block);
  host->n_input = 0U;
  wait_for_clock(host, n_frames);
  host->time += n_frames;
}

static void
run_block(FakeHost* host, const uint32_t n_frames)
{
  FakeTransport* const   transport = &host->transport;
  const ContinuoPosition position  = position_of(transport);
  fake_host_run_at(host, transport->told ? &position : NULL, n_frames);
  if (transport->rolling) {
    transport->quarter = quarter_after(host, n_frames);
    transport->frame += n_frames;
  }
}

/// Frames until the loop's end, or `max_frames` if it is not nearer
static int64_t
frames_to_loop_end(const FakeHost* host, const int64_t max_frames)
{
  const FakeTransport* const transport = &host->transport;
  if (!transport->rolling || transport->loop_end <= transport->loop_start) {
    return max_frames;
  }
  const double  quarters = transport->loop_end - transport->quarter;
  const int64_t n_frames =
    llround(fmax(0.0, quarters) * fake_host_frames_per_quarter(host));
  return n_frames < max_frames ? n_frames : max_frames;
}

FakeHost*
fake_host_new(const ContinuoMode mode)
{
  return fake_host_new_at(mode, FAKE_HOST_SAMPLE_RATE);
}

FakeHost*
fake_host_new_at(const ContinuoMode mode, const double sample_rate)
{
  FakeHost* const host = calloc(1U, sizeof(*host));
  if (!host) {
    abort();
  }
  host->sample_rate = sample_rate;
  host->continuo    = continuo_new(sample_rate, mode);
  if (!host->continuo) {
    abort();
  }
  const char* const model = getenv("CONTINUO_TEST_MODEL");
  if (model && continuo_load_model(host->continuo, model)) {
    abort();
  }
  host->transport  = (FakeTransport){.told        = true,
                                     .has_meter   = true,
                                     .tempo       = 120.0,
                                     .numerator   = 4U,
                                     .denominator = 4U};
  host->max_writes = UINT32_MAX;
  fake_host_set_blocks(host, default_sizes, 1U);
  fake_host_set(host, CONTINUO_STYLE, lively_style);
  fake_host_set(host, CONTINUO_DENSITY, lively_density);
  continuo_activate(host->continuo, host->sample_rate);
  return host;
}

void
fake_host_free(FakeHost* host)
{
  if (host) {
    continuo_free(host->continuo);
    note_list_clear(&host->notes);
    note_list_clear(&host->passed);
    free(host->messages);
    free(host);
  }
}

void
fake_host_set_blocks(FakeHost*       host,
                     const uint32_t* sizes,
                     const size_t    n_sizes)
{
  host->block_sizes = sizes;
  host->n_sizes     = n_sizes;
  host->next_size   = 0U;
}

void
fake_host_set(FakeHost* host, const uint32_t id, const float value)
{
  continuo_set_param(host->continuo, id, value);
}

void
fake_host_roll(FakeHost* host)
{
  anchor(&host->transport);
  host->transport.rolling = true;
}

void
fake_host_stop(FakeHost* host)
{
  host->transport.rolling = false;
}

void
fake_host_locate(FakeHost* host, const double quarter)
{
  FakeTransport* const transport          = &host->transport;
  const double         frames_per_quarter = fake_host_frames_per_quarter(host);
  transport->frame   = llround(quarter * frames_per_quarter);
  transport->quarter = (double)transport->frame / frames_per_quarter;
  anchor(transport);
}

void
fake_host_set_tempo(FakeHost* host, const double tempo)
{
  anchor(&host->transport);
  host->transport.tempo = tempo;
}

void
fake_host_set_meter(FakeHost*      host,
                    const uint32_t numerator,
                    const uint32_t denominator)
{
  host->transport.numerator   = numerator;
  host->transport.denominator = denominator;
  host->transport.bar_line    = host->transport.quarter;
}

void
fake_host_set_loop(FakeHost* host, const double start, const double end)
{
  host->transport.loop_start = start;
  host->transport.loop_end   = end;
}

void
fake_host_run(FakeHost* host, int64_t n_frames)
{
  if (n_frames == 0) {
    run_block(host, 0U);
  }
  while (n_frames > 0) {
    const int64_t size    = host->block_sizes[host->next_size];
    int64_t       n_block = size < n_frames ? size : n_frames;
    n_block               = frames_to_loop_end(host, n_block);
    host->next_size       = (host->next_size + 1U) % host->n_sizes;
    if (n_block > 0 || size == 0) {
      run_block(host, (uint32_t)n_block);
    } else {
      fake_host_locate(host, host->transport.loop_start);
    }
    n_frames -= n_block;
  }
}

void
fake_host_run_quarters(FakeHost* host, const double quarters)
{
  fake_host_run(host, llround(quarters * fake_host_frames_per_quarter(host)));
}

void
fake_host_send(FakeHost*      host,
               const uint32_t frame,
               const uint8_t* data,
               const uint8_t  size)
{
  const uint8_t part = 0U;
  if (host->n_input < FAKE_HOST_MAX_INPUT) {
    host->input[host->n_input++] =
      (ContinuoMidi){frame, size, {data[0], data[1], data[2]}, part};
  }
}

void
fake_host_reactivate(FakeHost* host)
{
  continuo_activate(host->continuo, host->sample_rate);
}

bool
fake_message_is_on(const FakeMessage* message)
{
  return (message->data[0] & KIND_MASK) == NOTE_ON && message->data[2] > 0U;
}
