// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/**
   @file dot.h Products of int8 weights with vectors of whole numbers.

   Vectors are rounded to 16 bits.  Sums of whole numbers are exact, so every
   kernel gives the same ones on every processor, whatever the order it adds in.
*/

#ifndef CT_MODEL_DOT_H
#define CT_MODEL_DOT_H

#include "base/attributes.h"

#include <stdint.h>

/// Rows that a kernel computes together
#define CT_DOT_ROWS 32U

/// Columns of a row that lie side by side in a block
#define CT_DOT_QUAD 4U

/// Most vectors that share one reading of the weights
#define CT_DOT_BATCH 2U

/// Most columns of a block.  No sum of 512 products of a weight with
/// CT_DOT_LARGEST comes to 2^31; with offset weights it may, but registers wrap
/// around, and once the offset is off again the sum is right
#define CT_DOT_COLUMNS 512U

/// The largest number of a vector: as two bytes with a sign it is 127, 127
#define CT_DOT_LARGEST 32639

/// What is added to a weight, so that it is a byte without a sign
#define CT_DOT_OFFSET 128

/// Bytes that a number is split into
#define CT_DOT_BYTES 2U

/// A vector of whole numbers, to be multiplied by `scale`
typedef struct {
  float   scale;
  int32_t total; ///< Sum of the numbers
  union {
    int8_t  bytes[CT_DOT_BYTES][CT_DOT_COLUMNS]; ///< Of weight 1, 2^8
    int16_t words[CT_DOT_COLUMNS];
  } parts;
} CtDotVector;

/// A way to multiply
typedef struct {
  /**
     Lay out whole numbers as `multiply` wants them.

     @param x [n] Each within CT_DOT_LARGEST, `n` a multiple of CT_DOT_QUAD.
  */
  void (*split)(const int32_t* x, uint32_t n, CtDotVector* vector);

  /**
     sums = a block of weights times each vector.

     @param block [n_quads, CT_DOT_ROWS, CT_DOT_QUAD] with CT_DOT_OFFSET added.
     @param vectors [n]
     @param n 1 to CT_DOT_BATCH.
     @param sums [n] Overwritten.
  */
  void (*multiply)(const uint8_t*     block,
                   uint32_t           n_quads,
                   const CtDotVector* vectors,
                   uint32_t           n,
                   int32_t (*sums)[CT_DOT_ROWS]);
} CtDotKernel;

/// The kernels, from the plainest to the fastest of a processor's kind
typedef enum {
  CT_DOT_PLAIN,
  CT_DOT_SSE2,
  CT_DOT_AVX2,
  CT_DOT_AVX512_VNNI,
  CT_DOT_NEON,
  CT_DOT_NEON_DOTPROD,
  CT_N_DOTS
} CtDotId;

/// A kernel by its name.  @thread any  @return Null where it can't run
CT_REALTIME const CtDotKernel*
ct_dot_kernel(CtDotId id);

/// Name of a kernel, such as "avx2".  @thread any  @return Null for none
const char*
ct_dot_name(CtDotId id);

/// The fastest kernel that this processor has.  @thread any
CT_REALTIME const CtDotKernel*
ct_dot_best(void);

/**
   Let `kernel` multiply all matrices from now on.

   All give the same sums, so this is for those who measure.
   @thread any
   @param kernel Null for the best.
*/
CT_REALTIME void
ct_dot_choose(const CtDotKernel* kernel);

/// What multiplies matrices: the best, unless ct_dot_choose() took another.
/// @thread any
CT_REALTIME const CtDotKernel*
ct_dot_chosen(void);

/**
   Round a vector, so that its largest number becomes CT_DOT_LARGEST.

   @thread any
   @param x [n]
   @param n At most CT_DOT_COLUMNS; the last quad is filled up with zeros.
*/
CT_REALTIME void
ct_dot_round(const CtDotKernel* kernel,
             const float*       x,
             uint32_t           n,
             CtDotVector*       vector);

#endif // CT_MODEL_DOT_H
