/*
 * Inner loops of the packed kernels in the instructions of the Arm DSP extension (Cortex-M4, M7, M33 with it, M55). Written out, because
 * what counts is that nothing but the sums and pointers is in registers; the compilers spill here.
 */
#include "jb_packed_dsp.h"

#ifdef JB_DSP

#define WIDEN(STRIDE)                             \
    "    ldr     r12, [r0], #4\n"                 \
    "    sxtb16  r3, r12\n"                       \
    "    sxtb16  r12, r12, ror #8\n"              \
    "    strd    r3, r12, [r1], #" STRIDE "\n"

NAKED int32_t *jb_dsp_widen(const int8_t *from, int32_t *to, uint32_t count, uint32_t step) {
    __asm__ volatile(
        "    cmp     r3, #4\n"
        "    blt     8f\n"
        "    bgt     9f\n"
        REPEAT(WIDEN("16"))
        "    mov     r0, r1\n"
        "    bx      lr\n"
        "9:\n"
        REPEAT(WIDEN("24"))
        "    mov     r0, r1\n"
        "    bx      lr\n"
        "8:\n"
        REPEAT(WIDEN("8"))
        "    mov     r0, r1\n"
        "    bx      lr\n");
}

#define TWO_BY_TWO                                \
    "    ldrd    r10, r11, [r0], #8\n"            \
    "    ldrd    r12, lr, [r1], #8\n"             \
    "    sxtb16  r8, r10\n"                       \
    "    sxtb16  r10, r10, ror #8\n"              \
    "    sxtb16  r9, r11\n"                       \
    "    sxtb16  r11, r11, ror #8\n"              \
    "    smlad   r4, r8, r12, r4\n"               \
    "    smlad   r5, r9, r12, r5\n"               \
    "    smlad   r4, r10, lr, r4\n"               \
    "    smlad   r5, r11, lr, r5\n"               \
    "    ldrd    r12, lr, [r1], #8\n"             \
    "    smlad   r6, r8, r12, r6\n"               \
    "    smlad   r7, r9, r12, r7\n"               \
    "    smlad   r6, r10, lr, r6\n"               \
    "    smlad   r7, r11, lr, r7\n"

NAKED void jb_dsp_conv_two(const int8_t *blocks, const int32_t *x, uint32_t groups, int8_t *out, uint32_t channels,
                           int32_t term, const int8_t *end) {
    __asm__ volatile(
        "    push    {r4-r11, lr}\n"
        "    push    {r1, r2}\n" /* then 44: channels, 48: term, 52: end */
        "1:  ldrd    r4, r5, [r0], #8\n"
        "    ldrd    r1, r2, [sp]\n"
        "    mov     r6, r4\n"
        "    mov     r7, r5\n"
        REPEAT(TWO_BY_TWO)
        "    ldmia   r0!, {r8, r9, r10}\n"
        "    ldrd    r11, r12, [sp, #44]\n"
        "    lsl     lr, r12, r10\n"
        REQUANTIZE("r6", "r8", "r10", "lr")
        REQUANTIZE("r4", "r8", "r10", "lr")
        "    strb    r6, [r3, r11]\n"
        "    strb    r4, [r3], #1\n"
        "    lsr     r10, r10, #8\n"
        "    lsl     lr, r12, r10\n"
        REQUANTIZE("r7", "r9", "r10", "lr")
        REQUANTIZE("r5", "r9", "r10", "lr")
        "    strb    r7, [r3, r11]\n"
        "    strb    r5, [r3], #1\n"
        "    ldr     r12, [sp, #52]\n"
        "    cmp     r3, r12\n"
        "    bne     1b\n"
        "    add     sp, sp, #8\n"
        "    pop     {r4-r11, pc}\n");
}

/* One window, whose group comes next in x, times the weights in r10, r11, r12, lr. */
#define WINDOW_OF_THREE(S, T)                     \
    "    ldrd    r2, r3, [r1], #8\n"              \
    "    smlad   " S ", r11, r2, " S "\n"         \
    "    smlad   " T ", lr, r2, " T "\n"          \
    "    smlad   " S ", r10, r3, " S "\n"         \
    "    smlad   " T ", r12, r3, " T "\n"

#define TWO_BY_THREE                              \
    "    ldrd    r10, r12, [r0], #8\n"            \
    "    sxtb16  r11, r10\n"                      \
    "    sxtb16  r10, r10, ror #8\n"              \
    "    sxtb16  lr, r12\n"                       \
    "    sxtb16  r12, r12, ror #8\n"              \
    WINDOW_OF_THREE("r4", "r5")                   \
    WINDOW_OF_THREE("r6", "r7")                   \
    WINDOW_OF_THREE("r8", "r9")

/* Loops by the end of x: there is no register left to count in. */
NAKED void jb_dsp_conv_three(const int8_t *blocks, const int32_t *x, uint32_t groups, int8_t *out, uint32_t channels,
                             int32_t term, const int8_t *end) {
    __asm__ volatile(
        "    push    {r4-r11, lr}\n"
        "    sub     sp, sp, #16\n" /* x, its end for four groups at a time, its end, out; then 52: channels, 56: term, 60: end */
        "    add     r4, r2, r2, lsl #1\n"
        "    add     r4, r1, r4, lsl #3\n"
        "    bic     r5, r2, #3\n"
        "    add     r5, r5, r5, lsl #1\n"
        "    add     r5, r1, r5, lsl #3\n"
        "    strd    r1, r5, [sp]\n"
        "    strd    r4, r3, [sp, #8]\n"
        "1:  ldrd    r4, r5, [r0], #8\n"
        "    ldrd    r1, r2, [sp]\n"
        "    mov     r6, r4\n"
        "    mov     r7, r5\n"
        "    mov     r8, r4\n"
        "    mov     r9, r5\n"
        "    cmp     r1, r2\n"
        "    beq     3f\n"
        "2:\n" TWO_BY_THREE TWO_BY_THREE TWO_BY_THREE TWO_BY_THREE
        "    ldr     r2, [sp, #4]\n"
        "    cmp     r1, r2\n"
        "    bne     2b\n"
        "3:  ldr     r2, [sp, #8]\n"
        "    cmp     r1, r2\n"
        "    beq     5f\n"
        "4:\n" TWO_BY_THREE
        "    ldr     r2, [sp, #8]\n"
        "    cmp     r1, r2\n"
        "    bne     4b\n"
        "5:  ldmia   r0!, {r10, r11, r12}\n"
        "    ldrd    r1, r2, [sp, #52]\n"
        "    ldr     r3, [sp, #12]\n"
        "    lsl     lr, r2, r12\n"
        REQUANTIZE("r6", "r10", "r12", "lr")
        REQUANTIZE("r8", "r10", "r12", "lr")
        REQUANTIZE("r4", "r10", "r12", "lr")
        "    strb    r6, [r3, r1]\n"
        "    strb    r8, [r3, r1, lsl #1]\n"
        "    strb    r4, [r3], #1\n"
        "    lsr     r12, r12, #8\n"
        "    lsl     lr, r2, r12\n"
        REQUANTIZE("r7", "r11", "r12", "lr")
        REQUANTIZE("r9", "r11", "r12", "lr")
        REQUANTIZE("r5", "r11", "r12", "lr")
        "    strb    r7, [r3, r1]\n"
        "    strb    r9, [r3, r1, lsl #1]\n"
        "    strb    r5, [r3], #1\n"
        "    str     r3, [sp, #12]\n"
        "    ldr     r2, [sp, #60]\n"
        "    cmp     r3, r2\n"
        "    bne     1b\n"
        "    add     sp, sp, #16\n"
        "    pop     {r4-r11, pc}\n");
}

#define TWO_BY_ONE                                \
    "    ldrd    r10, r11, [r0], #8\n"            \
    "    ldrd    r12, lr, [r1], #8\n"             \
    "    sxtb16  r8, r10\n"                       \
    "    sxtb16  r10, r10, ror #8\n"              \
    "    sxtb16  r9, r11\n"                       \
    "    sxtb16  r11, r11, ror #8\n"              \
    "    smlad   r4, r8, r12, r4\n"               \
    "    smlad   r5, r9, r12, r5\n"               \
    "    smlad   r4, r10, lr, r4\n"               \
    "    smlad   r5, r11, lr, r5\n"

NAKED void jb_dsp_conv_one(const int8_t *blocks, const int32_t *x, uint32_t groups, int8_t *out, int32_t term,
                           const int8_t *end) {
    __asm__ volatile(
        "    push    {r4-r11, lr}\n"
        "    ldrd    r6, r7, [sp, #36]\n"
        "    push    {r1, r2}\n"
        "1:  ldrd    r4, r5, [r0], #8\n"
        "    ldrd    r1, r2, [sp]\n"
        REPEAT(TWO_BY_ONE)
        "    ldmia   r0!, {r8, r9, r10}\n"
        "    lsl     lr, r6, r10\n"
        REQUANTIZE("r4", "r8", "r10", "lr")
        "    strb    r4, [r3], #1\n"
        "    lsr     r10, r10, #8\n"
        "    lsl     lr, r6, r10\n"
        REQUANTIZE("r5", "r9", "r10", "lr")
        "    strb    r5, [r3], #1\n"
        "    cmp     r3, r7\n"
        "    bne     1b\n"
        "    add     sp, sp, #8\n"
        "    pop     {r4-r11, pc}\n");
}

/* A word of weights in W: four taps of the channel whose sum is S. */
#define ONE_CHANNEL(W, S)                         \
    "    sxtb16  r3, " W "\n"                     \
    "    sxtb16  " W ", " W ", ror #8\n"          \
    "    smlad   " S ", r3, r12, " S "\n"         \
    "    smlad   " S ", " W ", lr, " S "\n"

#define FOUR_BY_ONE                               \
    "    ldmia   r0!, {r8-r11}\n"                 \
    "    ldrd    r12, lr, [r1], #8\n"             \
    ONE_CHANNEL("r8", "r4")                       \
    ONE_CHANNEL("r9", "r5")                       \
    ONE_CHANNEL("r10", "r6")                      \
    ONE_CHANNEL("r11", "r7")

NAKED void jb_dsp_fully_connected(const int8_t *blocks, const int32_t *x, uint32_t groups, int8_t *out, int32_t term,
                                  const int8_t *end) {
    __asm__ volatile(
        "    push    {r4-r11, lr}\n"
        "    push    {r1, r2, r3}\n" /* then 48: term, 52: end */
        "1:  ldmia   r0!, {r4-r7}\n"
        "    ldrd    r1, r2, [sp]\n"
        REPEAT(FOUR_BY_ONE)
        "    ldmia   r0!, {r8-r11}\n"
        "    ldr     lr, [r0], #4\n"
        "    ldr     r3, [sp, #8]\n"
        STORE_FOUR(REQUANTIZE, "[sp, #48]", "r3")
        "    str     r3, [sp, #8]\n"
        "    ldr     r12, [sp, #52]\n"
        "    cmp     r3, r12\n"
        "    bne     1b\n"
        "    add     sp, sp, #12\n"
        "    pop     {r4-r11, pc}\n");
}

#endif
