// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "gen/form.h"

#include "gen/codec.h"
#include "gen/section.h"

/// Sections after which a form begins anew
#define N_LETTERS 4

/// Grades of likeness that the network knows, above none
#define N_GRADES 3U

/// Found by measuring how many bars are like those two before
static const float motif_share = 1.0F;

/// Row of the network's table of endings
#define FAR_FROM_END (CT_N_ENDINGS - 1U)

// Rows of the network's table of endings, for bars to come
#define N_ENDING_BARS 4
static const uint32_t endings[N_ENDING_BARS] = {0U, 1U, 2U, 2U};

// First sections of the letters, for each section of a form
static const int64_t homes[CT_N_FORMS][N_LETTERS] = {
  [CT_FORM_FREE] = {0, 1, 2, 3},
  [CT_FORM_AABA] = {0, 0, 2, 0},
  [CT_FORM_AABB] = {0, 0, 2, 2},
  [CT_FORM_ABAC] = {0, 1, 0, 3},
  [CT_FORM_AAAA] = {0, 0, 0, 0},
};

int64_t
ct_form_home(const CtForm form, const int64_t section)
{
  const int64_t home = homes[form][section % N_LETTERS];
  const bool    is_new =
    form == CT_FORM_FREE || (form == CT_FORM_ABAC && home == N_LETTERS - 1);
  return is_new ? section : home;
}

bool
ct_form_recalls(const CtForm        form,
                const CtFormBar     here,
                CtFormRecall* const recalled)
{
  const int64_t  home   = ct_form_home(form, here.section);
  const uint32_t phrase = here.bar / CT_PHRASE_BARS;
  const uint32_t bar    = here.bar % CT_PHRASE_BARS;
  if (home != here.section) {
    *recalled = (CtFormRecall){{home, here.bar}, CT_PHRASE_BARS};
    return true;
  }
  if (phrase == 0U && bar >= CT_MOTIF_BARS) {
    *recalled =
      (CtFormRecall){{here.section, bar - CT_MOTIF_BARS}, CT_MOTIF_BARS};
    return form != CT_FORM_FREE;
  }
  *recalled = (CtFormRecall){{here.section, bar}, CT_PHRASE_BARS};
  return form != CT_FORM_FREE && phrase > 0U &&
         bar < CT_PHRASE_BARS - CT_CLOSING_BARS;
}

/// A motif that always came back as it was would be a stutter
static float
motif_recall(const float recall)
{
  return motif_share * recall * (1.0F - recall);
}

uint32_t
ct_form_grade(const float recall, const uint32_t n_bars, const float coin)
{
  // Real music brings phrases back as they were or varied, seldom in between:
  // these come as near as can be to how many bars of it are alike
  const float r = n_bars == CT_MOTIF_BARS ? motif_recall(recall) : recall;
  const float likely[N_GRADES] = {2.0F * r, 4.0F / 3.0F * r, r * r};
  uint32_t    grade            = 0U;
  for (uint32_t i = 0U; i < N_GRADES; ++i) {
    grade += coin < likely[i] ? 1U : 0U;
  }
  return grade;
}

uint32_t
ct_form_ending(const CtForm form, const uint32_t length, const CtFormBar here)
{
  if (form == CT_FORM_FREE && !length) {
    return FAR_FROM_END;
  }
  const int64_t n       = (here.section * CT_SECTION_BARS) + here.bar;
  const int64_t period  = length ? length : N_LETTERS * CT_SECTION_BARS;
  const int64_t to_come = period - 1 - (n % period);
  return to_come < N_ENDING_BARS ? endings[to_come] : FAR_FROM_END;
}
