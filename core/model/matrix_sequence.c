// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

// Apart from matrix.c, so that a plugin that never scores does not link
// OpenBLAS

#include "model/matrix.h"

#include <cblas.h>

void
ct_matrix_multiply_sequence(const CtMatrix* const m,
                            const float* const    x,
                            const uint32_t        n,
                            float* const          y)
{
  cblas_sgemm(CblasRowMajor,
              CblasNoTrans,
              CblasTrans,
              (int)n,
              (int)m->n_rows,
              (int)m->n_cols,
              1.0F,
              x,
              (int)m->n_cols,
              m->rows,
              (int)m->n_cols,
              1.0F,
              y,
              (int)m->n_rows);
}
