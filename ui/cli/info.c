// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "command.h"
#include "options.h"

#include "continuo.h"

#include <stdint.h>
#include <stdio.h>

static void
print_info(const Continuo* const self)
{
  const ContinuoModelInfo info = continuo_model_info(self);
  printf("name     %s\n", info.name);
  printf("kind     %s\n", info.kind);
  printf("network  %s\n", info.description);
  printf("weights  %llu\n", (unsigned long long)info.n_weights);
  printf("size     %zu bytes\n", info.size);
  printf("styles   ");
  for (uint32_t i = 0U; i < info.n_styles; ++i) {
    printf("%s%s", i ? ", " : "", continuo_style_name(self, i));
  }
  printf("\nlicence  %s\n", info.licence);
  printf("data     %s\n", info.data);
}

CliExit
cli_info(const CliOptions* const options)
{
  if (options->n_operands != 1) {
    cli_report("One model file is to be named");
    return CLI_BAD_ARGUMENTS;
  }

  CliOptions with_model = *options;
  with_model.model      = options->operands[0];

  Continuo*     self = NULL;
  const CliExit status =
    cli_instance_new(&with_model, CONTINUO_SYNCHRONOUS, &self);
  if (!status) {
    print_info(self);
  }
  continuo_free(self);
  return status;
}
