// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

// The watched calls, defined here in the program, which every library then finds before
// those of libc.  Each goes on to the real one with all its arguments in place, whatever
// they are: so one stub does for all signatures.

	.text

// In: the number of the call in r11.  r10 and r11 are free between caller and callee
// (System V ABI for x86-64, 3.2.3); all the others may hold arguments
	.type	guard_stub, @function
guard_stub:
	.cfi_startproc
	leaq	guard_real(%rip), %r10
	cmpb	$0, %fs:guard_selector@tpoff
	jne	1f
	cmpq	$0, (%r10,%r11,8)
	je	1f
	jmp	*(%r10,%r11,8)

	// Watched, or called for the first time
1:	pushq	%rbp
	.cfi_def_cfa_offset 16
	.cfi_offset %rbp, -16
	movq	%rsp, %rbp
	.cfi_def_cfa_register %rbp
	subq	$192, %rsp
	movups	%xmm0, (%rsp)
	movups	%xmm1, 16(%rsp)
	movups	%xmm2, 32(%rsp)
	movups	%xmm3, 48(%rsp)
	movups	%xmm4, 64(%rsp)
	movups	%xmm5, 80(%rsp)
	movups	%xmm6, 96(%rsp)
	movups	%xmm7, 112(%rsp)
	movq	%rax, 128(%rsp)
	movq	%rdi, 136(%rsp)
	movq	%rsi, 144(%rsp)
	movq	%rdx, 152(%rsp)
	movq	%rcx, 160(%rsp)
	movq	%r8, 168(%rsp)
	movq	%r9, 176(%rsp)
	movq	%r11, %rdi
	call	guard_enter
	movq	%rax, %r10
	movups	(%rsp), %xmm0
	movups	16(%rsp), %xmm1
	movups	32(%rsp), %xmm2
	movups	48(%rsp), %xmm3
	movups	64(%rsp), %xmm4
	movups	80(%rsp), %xmm5
	movups	96(%rsp), %xmm6
	movups	112(%rsp), %xmm7
	movq	128(%rsp), %rax
	movq	136(%rsp), %rdi
	movq	144(%rsp), %rsi
	movq	152(%rsp), %rdx
	movq	160(%rsp), %rcx
	movq	168(%rsp), %r8
	movq	176(%rsp), %r9
	leave
	.cfi_def_cfa %rsp, 8
	jmp	*%r10
	.cfi_endproc
	.size	guard_stub, . - guard_stub

	.set	number, 0

	.macro	watch name
	.globl	\name
	.type	\name, @function
\name:
	.cfi_startproc
	endbr64
	movl	$number, %r11d
	jmp	guard_stub
	.cfi_endproc
	.size	\name, . - \name
	.set	number, number + 1
	.endm

#define WATCH(name) watch name
#include "calls.def"

	.section .note.GNU-stack, "", @progbits
