// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "builtin_model.h"

// The assembler takes the file in as it is: no generated source, no long
// compile. CONTINUO_MODEL_PATH comes from CMake
__asm__(".pushsection .rodata\n"
        ".balign 64\n"
        ".hidden ct_builtin_model\n"
        ".globl ct_builtin_model\n"
        "ct_builtin_model:\n"
        ".incbin \"" CONTINUO_MODEL_PATH "\"\n"
        ".hidden ct_builtin_model_end\n"
        ".globl ct_builtin_model_end\n"
        "ct_builtin_model_end:\n"
        ".byte 0\n"
        ".popsection\n");

extern const uint8_t ct_builtin_model_end[];

size_t
ct_builtin_model_size(void)
{
  return (size_t)(ct_builtin_model_end - ct_builtin_model);
}
