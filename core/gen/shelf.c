// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "gen/shelf.h"

#include "base/file.h"

#include <pthread.h>
#include <stdlib.h>

/// A model that somebody has
typedef struct Item {
  CtModel*     model;
  size_t       size;
  uint64_t     hash; ///< Of the file's bytes
  size_t       n_owners;
  struct Item* next;
} Item;

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static Item*           items = NULL; ///< In no order

/// FNV-1a by Fowler, Noll and Vo (RFC 9923, section 2), 64 bits
static uint64_t
hash_of(const uint8_t* const bytes, const size_t size)
{
  static const uint64_t basis = UINT64_C(0xCBF29CE484222325);
  static const uint64_t prime = UINT64_C(0x100000001B3);
  uint64_t              hash  = basis;
  for (size_t i = 0U; i < size; ++i) {
    hash = (hash ^ bytes[i]) * prime;
  }
  return hash;
}

static CtStatus
load(const uint8_t* const  bytes,
     const size_t          size,
     const uint64_t        hash,
     const CtModel** const model)
{
  Item* const item = (Item*)calloc(1U, sizeof(Item));
  if (!item) {
    return CT_NO_MEMORY;
  }
  const CtStatus st = ct_model_load(bytes, size, &item->model);
  if (st) {
    free(item);
    return st;
  }
  item->size     = size;
  item->hash     = hash;
  item->n_owners = 1U;
  item->next     = items;
  items          = item;
  *model         = item->model;
  return CT_SUCCESS;
}

CtStatus
ct_shelf_take(const uint8_t* const  bytes,
              const size_t          size,
              const CtModel** const model)
{
  *model              = NULL;
  const uint64_t hash = hash_of(bytes, size);
  pthread_mutex_lock(&mutex);
  Item* item = items;
  while (item && !(item->size == size && item->hash == hash)) {
    item = item->next;
  }
  CtStatus st = CT_SUCCESS;
  if (item) {
    ++item->n_owners;
    *model = item->model;
  } else {
    st = load(bytes, size, hash, model);
  }
  pthread_mutex_unlock(&mutex);
  return st;
}

CtStatus
ct_shelf_take_file(const char* const path, const CtModel** const model)
{
  *model              = NULL;
  CtMappedFile   file = {NULL, 0U};
  const CtStatus st   = ct_file_map(path, &file);
  if (st) {
    return st;
  }
  const CtStatus loaded = ct_shelf_take(file.bytes, file.size, model);
  ct_file_unmap(&file);
  return loaded;
}

void
ct_shelf_put_back(const CtModel* const model)
{
  pthread_mutex_lock(&mutex);
  for (Item** link = &items; *link; link = &(*link)->next) {
    Item* const item = *link;
    if (item->model == model) {
      if (!--item->n_owners) {
        *link = item->next;
        ct_model_free(item->model);
        free(item);
      }
      break;
    }
  }
  pthread_mutex_unlock(&mutex);
}
