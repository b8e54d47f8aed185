// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/**
   @file symbols.h The designs of symbols, as strands: a melody, a symbol for
   each sixteenth.

   A key begins a note, a rest begins a rest, and "held" goes on with what is.
*/

#ifndef CT_GEN_SYMBOLS_H
#define CT_GEN_SYMBOLS_H

#include "gen/strand.h"
#include "gen/strand_load.h"

#include <stdbool.h>
#include <stdint.h>

/// Symbols that are no keys
typedef enum {
  CT_SYMBOL_PAD, ///< Before a beginning; never drawn
  CT_SYMBOL_HOLD,
  CT_SYMBOL_REST,
  CT_SYMBOL_KEY ///< The lowest key, and from here on the others
} CtSymbol;

/// What the networks do in their own way
struct CtSymbolNetworkImpl {
  /// Ask for the next symbol.  @param logits [CT_N_SYMBOLS]
  void (*ask)(const CtStrandPlace* place, float* logits);

  /// Tell a symbol
  void (*tell)(const CtStrandPlace* place, uint16_t symbol);
};

/// As CtStrandDesign's draw().  @thread any
void
ct_symbols_draw(const CtStrandPlace* place, CtStrandEvent* event);

/// As CtStrandDesign's extend().  @thread any
void
ct_symbols_extend(const CtStrandPlace* place, CtStrandEvent* event);

/// As CtStrandDesign's hear().  @thread any
void
ct_symbols_hear(const CtStrandPlace* place, const CtStrandRow* row);

/// As CtStrandDesign's nats().  @thread any
void
ct_symbols_nats(const CtStrandPlace* place,
                const CtStrandRow*   row,
                CtStrandNats*        nats);

/// As CtStrandFile's read().  @thread main
bool
ct_symbols_read(const struct cJSON* codec, CtStrandModel* model);

/// As CtStrandDesign's encode().  @thread main
void
ct_symbols_encode(const CtStrandModel* model,
                  const CtStrandNotes* notes,
                  uint32_t             strand,
                  CtStrandRows*        rows);

/// How the openings of these kinds tell the one strand
#define CT_SYMBOLS_FEED {{"", 0U, 0U, 1U, false}}, 1U, ct_symbols_read

#endif // CT_GEN_SYMBOLS_H
