/* Macros of the loops in jb_conv_dsp.c and jb_depthwise_dsp.c. */
#ifndef JB_PACKED_DSP_H
#define JB_PACKED_DSP_H

#include "jb_packed.h"

/* The parameters are in registers and on the stack, by the procedure call standard. */
#pragma GCC diagnostic ignored "-Wunused-parameter"
#define NAKED __attribute__((naked, noinline, used))

/* BODY `count` (r2) times: four at a time, then one. */
#define REPEAT(BODY)                              \
    "    subs    r2, r2, #4\n"                    \
    "    blt     3f\n"                            \
    "2:\n" BODY BODY BODY BODY                    \
    "    subs    r2, r2, #4\n"                    \
    "    bge     2b\n"                            \
    "3:  adds    r2, r2, #4\n"                    \
    "    beq     5f\n"                            \
    "4:\n" BODY                                   \
    "    subs    r2, r2, #1\n"                    \
    "    bne     4b\n"                            \
    "5:\n"

/* The doubled sum in S as an output: multiplier Q, shift N (its lowest byte), term << shift in T. */
#define REQUANTIZE_DOUBLED(S, Q, N, T)            \
    "    smmulr  " S ", " S ", " Q "\n"           \
    "    add     " S ", " S ", " S ", asr #31\n"  \
    "    add     " S ", " S ", " T ", asr #1\n"   \
    "    asr     " S ", " S ", " N "\n"           \
    "    ssat    " S ", #8, " S "\n"

#define REQUANTIZE(S, Q, N, T)                    \
    "    lsl     " S ", " S ", #1\n"              \
    REQUANTIZE_DOUBLED(S, Q, N, T)

/*
 * Four sums in r4 to r7 (doubled ones for REQUANTIZE_DOUBLED), their multipliers in r8 to r11, shifts in lr, the address of the term in
 * TERM, outputs at OUT.
 */
#define STORE_FOUR(REQUANTIZE, TERM, OUT)                     \
    "    ldr     r12, " TERM "\n"                 \
    "    lsl     r12, r12, lr\n"                  \
    REQUANTIZE("r4", "r8", "lr", "r12")           \
    "    strb    r4, [" OUT "], #1\n"             \
    "    ldr     r8, " TERM "\n"                  \
    "    lsr     lr, lr, #8\n"                    \
    "    lsl     r12, r8, lr\n"                   \
    REQUANTIZE("r5", "r9", "lr", "r12")           \
    "    strb    r5, [" OUT "], #1\n"             \
    "    lsr     lr, lr, #8\n"                    \
    "    lsl     r12, r8, lr\n"                   \
    REQUANTIZE("r6", "r10", "lr", "r12")          \
    "    strb    r6, [" OUT "], #1\n"             \
    "    lsr     lr, lr, #8\n"                    \
    "    lsl     r12, r8, lr\n"                   \
    REQUANTIZE("r7", "r11", "lr", "r12")          \
    "    strb    r7, [" OUT "], #1\n"

#endif
