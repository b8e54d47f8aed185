// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "builtin_model.h"

#if defined(_WIN32)
#  define READ_ONLY ".section .rdata,\"dr\"\n"
#  define HIDDEN(symbol) // Nothing is exported that is not said to be
#  define END ".text\n"
#else
#  define READ_ONLY ".pushsection .rodata\n"
#  define HIDDEN(symbol) ".hidden " symbol "\n"
#  define END ".popsection\n"
#endif

// The assembler takes the file in as it is: no generated source, no long
// compile. CONTINUO_MODEL_PATH comes from CMake
__asm__(READ_ONLY                               //
        ".balign 64\n"                          //
        HIDDEN("ct_builtin_model")              //
        ".globl ct_builtin_model\n"             //
        "ct_builtin_model:\n"                   //
        ".incbin \"" CONTINUO_MODEL_PATH "\"\n" //
        HIDDEN("ct_builtin_model_end")          //
        ".globl ct_builtin_model_end\n"         //
        "ct_builtin_model_end:\n"               //
        ".byte 0\n"                             //
        END);

extern const uint8_t ct_builtin_model_end[];

size_t
ct_builtin_model_size(void)
{
  return (size_t)(ct_builtin_model_end - ct_builtin_model);
}
