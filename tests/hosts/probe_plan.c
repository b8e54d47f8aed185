// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "probe_plan.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static const double seconds_per_minute = 60.0;

static const char usage[] =
  "Usage: %s [OPTION]... PLUGIN\n"
  "  -A FILE           write what is heard, as floats, left and right\n"
  "  -b FRAMES         of a block\n"
  "  -c QUARTER:TEMPO  change the tempo there\n"
  "  -D                restore twice: between, set all to defaults and run\n"
  "  -d QUARTER        deactivate and activate there, while it plays\n"
  "  -e                tell the position in each block, not on changes only\n"
  "  -k VELOCITY       play a key to it, from quarter one to quarter two\n"
  "  -l BEGIN:END      jump once from quarter END to BEGIN\n"
  "  -m METER          such as 7/8\n"
  "  -M FILE           choose a model, as a host does in LV2, when it runs\n"
  "  -n                tell no position at all\n"
  "  -N                press new_take after standing, and stand again\n"
  "  -p QUARTERS       begin so long before zero\n"
  "  -q QUARTER        stop there\n"
  "  -r                run in real time\n"
  "  -R FILE           restore a state before it begins, whatever -s says\n"
  "  -s SYMBOL=VALUE   set a parameter\n"
  "  -S FILE           save the state at the end\n"
  "  -t TEMPO          in quarters a minute\n"
  "  -w SECONDS        stand before rolling\n";

/// Read two numbers with `between` between them
static bool
parse_pair(const char* text, const char between, double* first, double* second)
{
  char* end = NULL;
  *first    = strtod(text, &end);
  if (*end != between) {
    return false;
  }
  *second = strtod(end + 1, &end);
  return *end == '\0';
}

static bool
parse_meter(ProbePlan* plan, const char* text)
{
  double numerator   = 0.0;
  double denominator = 0.0;
  if (!parse_pair(text, '/', &numerator, &denominator) || numerator < 1.0 ||
      denominator < 1.0) {
    return false;
  }
  plan->numerator   = (uint32_t)numerator;
  plan->denominator = (uint32_t)denominator;
  return true;
}

/// Read an option that has a text.  @return Whether there is such a one
static bool
parse_text(ProbePlan* plan, const int option, const char* text)
{
  switch (option) {
  case 'A':
    plan->sound = text;
    return true;
  case 'c':
    return parse_pair(text, ':', &plan->bend, &plan->bent_tempo) &&
           plan->bent_tempo > 0.0;
  case 'l':
    return parse_pair(text, ':', &plan->loop_begin, &plan->loop_end);
  case 'm':
    return parse_meter(plan, text);
  case 'M':
    plan->model = text;
    return true;
  case 'R':
    plan->restored = text;
    return true;
  case 'S':
    plan->saved = text;
    return true;
  case 's':
    if (plan->n_settings == PROBE_MAX_SETTINGS) {
      return false;
    }
    plan->settings[plan->n_settings++] = text;
    return true;
  default:
    return false;
  }
}

/// Read an option that has a number.  @return Whether there is such a one
static bool
parse_number(ProbePlan* plan, const int option, const double number)
{
  switch (option) {
  case 'b':
    plan->n_frames = (uint32_t)number;
    return true;
  case 'd':
    plan->rest = number;
    return true;
  case 'k':
    plan->velocity = (uint32_t)number;
    return true;
  case 'p':
    plan->lead_in = number;
    return true;
  case 'q':
    plan->quarters = number;
    return true;
  case 't':
    plan->tempo = number;
    return true;
  case 'w':
    plan->stand = number;
    return true;
  default:
    return false;
  }
}

/// Read an option that is there or not.  @return Whether there is such a one
static bool
parse_flag(ProbePlan* plan, const int option)
{
  switch (option) {
  case 'D':
    plan->resets = true;
    return true;
  case 'e':
    plan->each_block = true;
    return true;
  case 'n':
    plan->never_tells = true;
    return true;
  case 'N':
    ++plan->n_new_takes;
    return true;
  case 'r':
    plan->in_time = true;
    return true;
  default:
    return false;
  }
}

static bool
parse_options(ProbePlan* plan, const int argc, char** argv)
{
  int option = 0;
  while ((option = getopt(argc, argv, "A:b:c:Dd:ek:l:m:M:nNp:q:rR:s:S:t:w:")) !=
         -1) {
    if (!parse_flag(plan, option) &&
        !(optarg && (parse_text(plan, option, optarg) ||
                     parse_number(plan, option, strtod(optarg, NULL))))) {
      return false;
    }
  }
  return optind + 1 == argc && plan->n_frames &&
         plan->n_frames <= PROBE_MAX_BLOCK && plan->tempo > 0.0;
}

bool
probe_plan_parse(ProbePlan* plan, const int argc, char** argv)
{
  static const double nowhere = -1.0;
  *plan                       = (ProbePlan){.n_frames    = 256U,
                                            .quarters    = 16.0,
                                            .tempo       = 120.0,
                                            .numerator   = 4U,
                                            .denominator = 4U,
                                            .bend        = nowhere,
                                            .loop_end    = nowhere,
                                            .rest        = nowhere};
  if (!parse_options(plan, argc, argv)) {
    fprintf(stderr, usage, argv[0]);
    return false;
  }
  plan->plugin = argv[optind];
  return true;
}

double
probe_plan_frames_per_quarter(const ProbePlan* plan)
{
  return PROBE_SAMPLE_RATE * seconds_per_minute / plan->tempo;
}

/// Frames of a quarter after the tempo has changed
static double
bent_frames_per_quarter(const ProbePlan* plan)
{
  return PROBE_SAMPLE_RATE * seconds_per_minute / plan->bent_tempo;
}

/// Frame at which the tempo changes
static int64_t
bend_frame(const ProbePlan* plan)
{
  return plan->bend < 0.0
           ? INT64_MAX
           : llround(plan->bend * probe_plan_frames_per_quarter(plan));
}

int64_t
probe_plan_frame(const ProbePlan* plan, const double quarter)
{
  const int64_t frame = llround(quarter * probe_plan_frames_per_quarter(plan));
  const int64_t bend  = bend_frame(plan);
  if (frame <= bend) {
    return frame;
  }
  const double before = (double)bend / probe_plan_frames_per_quarter(plan);
  return bend + llround((quarter - before) * bent_frames_per_quarter(plan));
}

double
probe_plan_quarter(const ProbePlan* plan, const int64_t frame)
{
  const int64_t bend = bend_frame(plan);
  if (frame <= bend) {
    return (double)frame / probe_plan_frames_per_quarter(plan);
  }
  return ((double)bend / probe_plan_frames_per_quarter(plan)) +
         ((double)(frame - bend) / bent_frames_per_quarter(plan));
}

double
probe_plan_tempo(const ProbePlan* plan, const int64_t frame)
{
  return frame < bend_frame(plan) ? plan->tempo : plan->bent_tempo;
}
