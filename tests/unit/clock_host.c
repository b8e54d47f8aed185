// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "clock_host.h"

#include <math.h>
#include <string.h>

#define SECONDS_PER_MINUTE 60.0
#define DPF_TICKS 1920.0
#define QUARTERS_PER_WHOLE 4.0

/// Where things are the same but for rounding of the formulas here
#define EPSILON 1e-9

/// Quarters in the tempo number `i` after `seconds` of it
static double
quarters_in(const ClockSong* const song, const size_t i, const double seconds)
{
  const ClockTempo* const tempo = &song->tempi[i];
  double                  bend  = 0.0;
  if (i + 1U < song->n_tempi && seconds > 0.0) {
    const double length = tempo[1].seconds - tempo->seconds;
    bend = (tempo->end - tempo->tempo) * seconds * seconds / (2.0 * length);
  }
  return ((tempo->tempo * seconds) + bend) / SECONDS_PER_MINUTE;
}

static size_t
tempo_at(const ClockSong* const song, const double seconds)
{
  size_t i = song->n_tempi - 1U;
  while (i && song->tempi[i].seconds > seconds + EPSILON) {
    --i;
  }
  return i;
}

double
clock_song_quarter(const ClockSong* const song, const double seconds)
{
  const size_t last    = tempo_at(song, seconds);
  double       quarter = 0.0;
  for (size_t i = 0U; i < last; ++i) {
    quarter += quarters_in(
      song, i, song->tempi[i + 1U].seconds - song->tempi[i].seconds);
  }
  return quarter + quarters_in(song, last, seconds - song->tempi[last].seconds);
}

static double
quarter_at(const ClockHost* const host, const int64_t frame)
{
  return clock_song_quarter(&host->song, (double)frame / host->sample_rate);
}

double
clock_host_tick(const ClockHost* const host, const int64_t frame)
{
  return quarter_at(host, frame) * CT_PPQN;
}

/// Told tempo at a frame
static double
told_tempo(const ClockHost* const host, const int64_t frame)
{
  const double            seconds = (double)frame / host->sample_rate;
  const size_t            i       = tempo_at(&host->song, seconds);
  const ClockTempo* const tempo   = &host->song.tempi[i];
  if (host->style == CLOCK_ARDOUR || i + 1U == host->song.n_tempi) {
    return tempo->tempo;
  }
  return tempo->tempo +
         ((tempo->end - tempo->tempo) * (seconds - tempo->seconds) /
          (tempo[1].seconds - tempo->seconds));
}

static const ClockMeter*
meter_at(const ClockHost* const host, const double quarter)
{
  size_t i = host->song.n_meters - 1U;
  while (i && host->song.meters[i].quarter > quarter + EPSILON) {
    --i;
  }
  return &host->song.meters[i];
}

/// The first frame at or after `quarter`
static int64_t
frame_at(const ClockHost* const host, const double quarter)
{
  int64_t low  = 0;
  int64_t high = (int64_t)(4.0 * host->song.length * host->sample_rate);
  while (low < high) {
    const int64_t middle = low + ((high - low) / 2);
    if (quarter_at(host, middle) < quarter - EPSILON) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

ClockHost
clock_host_new(const ClockStyle       style,
               const ClockSong* const song,
               const double           sample_rate)
{
  ClockHost host = {.style = style, .song = *song, .sample_rate = sample_rate};
  for (size_t i = 1U; i < song->n_tempi; ++i) {
    host.changes[host.n_changes++] =
      llround(song->tempi[i].seconds * sample_rate);
  }
  for (size_t i = 1U; i < song->n_meters; ++i) {
    host.changes[host.n_changes++] = frame_at(&host, song->meters[i].quarter);
  }
  return host;
}

int64_t
clock_host_next_change(const ClockHost* const host, const int64_t frame)
{
  int64_t next = INT64_MAX;
  for (size_t i = 0U; i < host->n_changes; ++i) {
    const int64_t change = host->changes[i];
    next                 = change > frame && change < next ? change : next;
  }
  return next;
}

void
clock_host_locate(ClockHost* const host, const int64_t frame)
{
  host->frame   = frame;
  host->is_sent = false;
}

void
clock_host_roll(ClockHost* const host, const bool rolling)
{
  host->rolling = rolling;
  host->is_sent = false;
}

static double
bar_length(const ClockMeter* const meter)
{
  return meter->numerator * QUARTERS_PER_WHOLE / meter->denominator;
}

/// Quarters since the bar line
static double
since_bar_line(const ClockMeter* const meter, const double quarter)
{
  const double length = bar_length(meter);
  const double bars   = (quarter - meter->quarter) / length;
  const double rest   = (bars - floor(bars + EPSILON)) * length;
  return rest > 0.0 ? rest : 0.0;
}

/// Beats of the meter as Ardour counts them: its ticks are of a quarter in
/// every meter, but divided by as many to the beat
static double
ardour_beats(const ClockMeter* const meter, const double quarter)
{
  const double unit  = QUARTERS_PER_WHOLE / meter->denominator;
  const double place = since_bar_line(meter, quarter) + EPSILON;
  const double beats = floor(place / unit);
  const double ticks = floor((place - (beats * unit)) * DPF_TICKS);
  return (float)(beats + (ticks / DPF_TICKS));
}

/// Beats of the meter as DPF's VST3 counts them: bars hold whole quarters, and
/// begin at zero
static double
vst3_beats(const ClockMeter* const meter, const double quarter)
{
  const uint32_t length   = meter->numerator * 4U / meter->denominator;
  const double   position = fabs(quarter);
  const double   beats =
    fmod(position, length) / length * (double)meter->numerator;
  return quarter < 0.0 ? meter->numerator - beats - (1.0 / DPF_TICKS) : beats;
}

/// Beats as DPF's CLAP counts them: quarters, as many to the bar as the meter
/// has beats
static double
clap_beats(const ClockMeter* const meter, const double quarter)
{
  return quarter < 0.0 ? 0.0 : fmod(quarter, meter->numerator);
}

static bool
is_same_meter(const ClockMeter* const a, const ClockMeter* const b)
{
  return a->numerator == b->numerator && a->denominator == b->denominator;
}

/// Beats of the meter as DPF's LV2 has them from a host that tells changes only
static double
jalv_beats(ClockHost* const        host,
           const ClockMeter* const meter,
           const double            quarter,
           const double            tempo)
{
  if (!host->is_sent || tempo != host->sent_tempo ||
      !is_same_meter(meter, &host->sent_meter)) {
    host->bar_beat   = (float)(since_bar_line(meter, quarter) *
                             meter->denominator / QUARTERS_PER_WHOLE);
    host->is_sent    = true;
    host->sent_tempo = tempo;
    host->sent_meter = *meter;
  }
  return host->bar_beat;
}

bool
clock_host_tell(ClockHost* const  host,
                const uint32_t    n_frames,
                CtPosition* const position)
{
  int64_t frame = host->frame;
  if (host->style == CLOCK_ARDOUR && host->rolling) {
    const int64_t change = clock_host_next_change(host, frame);
    frame                = change < frame + (int64_t)n_frames ? change : frame;
  }
  const double            quarter = quarter_at(host, frame);
  const double            tempo   = told_tempo(host, frame);
  const ClockMeter* const meter   = meter_at(host, quarter);

  double beats =
    since_bar_line(meter, quarter) * meter->denominator / QUARTERS_PER_WHOLE;
  beats = host->style == CLOCK_ARDOUR ? ardour_beats(meter, quarter) : beats;
  beats =
    host->style == CLOCK_JALV ? jalv_beats(host, meter, quarter, tempo) : beats;
  beats = host->style == CLOCK_VST3 ? vst3_beats(meter, quarter) : beats;
  beats = host->style == CLOCK_CLAP ? clap_beats(meter, quarter) : beats;

  memset(position, 0, sizeof(*position));
  position->rolling     = host->rolling;
  position->frame       = host->style == CLOCK_CLAP ? host->steady : frame;
  position->has_meter   = true;
  position->tempo       = tempo;
  position->numerator   = meter->numerator;
  position->denominator = meter->denominator;
  position->beat        = beats * QUARTERS_PER_WHOLE / meter->denominator;
  return host->style != CLOCK_SILENT;
}

void
clock_host_advance(ClockHost* const host, const uint32_t n_frames)
{
  host->steady += n_frames;
  if (!host->rolling) {
    return;
  }
  host->frame += n_frames;
  if (host->style == CLOCK_JALV && host->is_sent) {
    const double added = (double)n_frames * host->sent_tempo /
                         (SECONDS_PER_MINUTE * host->sample_rate);
    host->bar_beat = (float)fmod((double)host->bar_beat + added,
                                 (double)host->sent_meter.numerator);
  }
}
