// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file program.h Which instrument a part is for

#ifndef CT_PROGRAM_H
#define CT_PROGRAM_H

#include "base/attributes.h"
#include "gen/codec.h"

#include <stdatomic.h>
#include <stdint.h>

/// Programs of a model's parts by style and by the value of CONTINUO_ENSEMBLE:
/// to be read while a model is changed
typedef struct {
  _Atomic uint8_t rows[CT_MAX_STYLES][CT_N_ENSEMBLES + 1U][CT_N_PARTS];
} CtProgramTable;

/// General MIDI program of a part, counted from 0, in the style of that name.
/// @thread any
int
ct_program(const char* style, CtEnsemble ensemble, uint32_t part);

/// The same of a model, which may know its instruments.  @thread any
int
ct_program_of(const CtCodec* codec,
              const char*    style,
              CtEnsemble     ensemble,
              uint32_t       part);

/// Enter what the styles of `codec` are played by.  @thread main|worker
void
ct_program_table_set(CtProgramTable* table, const CtCodec* codec);

/// Program of a part: the piano for a part that there is not.  @thread any
CT_REALTIME uint8_t
ct_program_table_get(const CtProgramTable* table,
                     uint32_t              style,
                     uint32_t              ensemble,
                     uint32_t              part);

#endif // CT_PROGRAM_H
