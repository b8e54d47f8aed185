// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "model/layers_load.h"

#include <assert.h>

#define LSTM_GATES 4U
#define GRU_GATES 3U

/// A recurrent layer's place in PyTorch's names
typedef struct {
  const char* owner;     ///< Such as "lstm"
  uint32_t    layer;     ///< Below 10
  const char* direction; ///< "", or "_reverse"
} Place;

const char*
ct_load_part(char              out[CT_MAX_TENSOR_NAME],
             const char* const owner,
             const char* const module)
{
  if (owner[0]) {
    return ct_load_name(out, owner, module);
  }
  ct_load_append(out, 0U, module);
  return out;
}

CtTable
ct_load_table(CtLoader* const   loader,
              const char* const name,
              const uint32_t    n_rows,
              const uint32_t    width)
{
  char               full[CT_MAX_TENSOR_NAME];
  const float* const rows = ct_load_rows(
    loader, ct_load_name(full, name, "weight"), n_rows, width, NULL);
  return (CtTable){n_rows, width, rows, NULL, NULL};
}

CtDense
ct_load_dense(CtLoader* const   loader,
              const char* const name,
              const uint32_t    n_rows,
              const uint32_t    n_cols)
{
  CtDense dense;
  dense.matrix = ct_load_matrix(loader, name, "weight", n_rows, n_cols);
  dense.bias   = ct_load_vector(loader, name, "bias", n_rows);
  return dense;
}

CtNorm
ct_load_norm(CtLoader* const loader, const char* const name, const uint32_t n)
{
  CtNorm norm = {.n = n};
  norm.weight = ct_load_vector(loader, name, "weight", n);
  norm.bias   = ct_load_vector(loader, name, "bias", n);
  return norm;
}

/// out = such as "weight_ih_l0_reverse"
static const char*
name_of(char              out[CT_MAX_TENSOR_NAME],
        const Place       place,
        const char* const tensor)
{
  static const char* const digits[CT_MAX_LAYERS] = {"_l0", "_l1", "_l2", "_l3"};

  assert(place.layer < CT_MAX_LAYERS);
  const size_t end =
    ct_load_append(out, ct_load_append(out, 0U, tensor), digits[place.layer]);
  ct_load_append(out, end, place.direction);
  return out;
}

static CtMatrix
load_weight(CtLoader* const   loader,
            const Place       place,
            const char* const tensor,
            const uint32_t    n_rows,
            const uint32_t    n_cols)
{
  char name[CT_MAX_TENSOR_NAME];
  return ct_load_matrix(
    loader, place.owner, name_of(name, place, tensor), n_rows, n_cols);
}

static float*
load_bias(CtLoader* const   loader,
          const Place       place,
          const char* const tensor,
          const uint32_t    n)
{
  char name[CT_MAX_TENSOR_NAME];
  return ct_load_vector(loader, place.owner, name_of(name, place, tensor), n);
}

static CtLstm
load_lstm(CtLoader* const loader,
          const Place     place,
          const uint32_t  n_input,
          const uint32_t  n_hidden)
{
  const uint32_t n    = LSTM_GATES * n_hidden;
  CtLstm         lstm = {.n_input = n_input, .n_hidden = n_hidden};
  lstm.w_input        = load_weight(loader, place, "weight_ih", n, n_input);
  lstm.w_recurrent    = load_weight(loader, place, "weight_hh", n, n_hidden);

  float* const       bias  = load_bias(loader, place, "bias_ih", n);
  const float* const other = load_bias(loader, place, "bias_hh", n);
  for (uint32_t i = 0U; other && i < n; ++i) {
    bias[i] += other[i];
  }
  lstm.bias = bias;
  return lstm;
}

static CtGru
load_gru(CtLoader* const loader,
         const Place     place,
         const uint32_t  n_input,
         const uint32_t  n_hidden)
{
  const uint32_t n   = GRU_GATES * n_hidden;
  CtGru          gru = {.n_input = n_input, .n_hidden = n_hidden};
  gru.w_input        = load_weight(loader, place, "weight_ih", n, n_input);
  gru.w_recurrent    = load_weight(loader, place, "weight_hh", n, n_hidden);

  float* const       bias   = load_bias(loader, place, "bias_ih", n);
  const float* const other  = load_bias(loader, place, "bias_hh", n);
  const uint32_t     summed = n - n_hidden;
  for (uint32_t i = 0U; other && i < summed; ++i) {
    bias[i] += other[i];
  }
  gru.bias     = bias;
  gru.bias_new = other ? other + summed : NULL;
  return gru;
}

CtRecurrent
ct_load_recurrent(CtLoader* const   loader,
                  const char* const name,
                  const CtCell      cell,
                  const uint32_t    n_layers,
                  const uint32_t    n_input,
                  const uint32_t    n_hidden)
{
  CtRecurrent recurrent = {.cell     = cell,
                           .n_layers = n_layers,
                           .n_input  = n_input,
                           .n_hidden = n_hidden};
  for (uint32_t i = 0U; i < n_layers; ++i) {
    const Place    place = {name, i, ""};
    const uint32_t n_in  = i ? n_hidden : n_input;
    if (cell == CT_CELL_LSTM) {
      recurrent.layers.lstm[i] = load_lstm(loader, place, n_in, n_hidden);
    } else {
      recurrent.layers.gru[i] = load_gru(loader, place, n_in, n_hidden);
    }
  }
  return recurrent;
}

CtBidirectional
ct_load_bidirectional(CtLoader* const   loader,
                      const char* const name,
                      const uint32_t    layer,
                      const uint32_t    n_input,
                      const uint32_t    n_hidden)
{
  const Place     forward  = {name, layer, ""};
  const Place     backward = {name, layer, "_reverse"};
  CtBidirectional both;
  both.forward  = load_lstm(loader, forward, n_input, n_hidden);
  both.backward = load_lstm(loader, backward, n_input, n_hidden);
  return both;
}

CtConvolution
ct_load_convolution(CtLoader* const   loader,
                    const char* const name,
                    const uint32_t    n_output,
                    const uint32_t    n_input)
{
  return (CtConvolution){
    n_input,
    ct_load_dense(loader, name, n_output, CT_CONVOLUTION_TAPS * n_input)};
}

CtAttention
ct_load_attention(CtLoader* const   loader,
                  const char* const name,
                  const uint32_t    width,
                  const uint32_t    n_heads)
{
  static const char* const names[] = {"query", "key", "value", "out"};

  CtAttention    attention = {.n_heads = n_heads, .width = width};
  CtDense* const parts[]   = {
      &attention.query, &attention.key, &attention.value, &attention.out};
  for (size_t i = 0U; i < sizeof(parts) / sizeof(parts[0]); ++i) {
    char part[CT_MAX_TENSOR_NAME];
    *parts[i] =
      ct_load_dense(loader, ct_load_name(part, name, names[i]), width, width);
  }
  return attention;
}
