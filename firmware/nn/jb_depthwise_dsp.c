/* Inner loops of the packed depthwise convolution; see jb_conv_dsp.c. */
#include "jb_packed_dsp.h"

#ifdef JB_DSP

/* One tap of four channels, whose values are in r11. */
#define TAP                                       \
    "    ldrd    r8, r9, [r0], #8\n"              \
    "    sxtb16  r10, r11\n"                      \
    "    sxtb16  r11, r11, ror #8\n"              \
    "    smlabb  r4, r10, r8, r4\n"               \
    "    smlatt  r6, r10, r8, r6\n"               \
    "    smlabb  r5, r11, r9, r5\n"               \
    "    smlatt  r7, r11, r9, r7\n"

#define ROW_OF_TAPS                               \
    "    ldr     r11, [r1]\n" TAP                 \
    "    ldr     r11, [r1, r3]\n" TAP             \
    "    ldr     r11, [r1, r3, lsl #1]\n" TAP

NAKED void jb_dsp_depthwise_3x3(const int8_t *blocks, const int8_t *x, int8_t *out, uint32_t channels, uint32_t row_bytes,
                                int32_t term, const int8_t *end) {
    __asm__ volatile(
        "    push    {r4-r11, lr}\n" /* then 36: row_bytes, 40: term, 44: end */
        "1:  ldmia   r0!, {r4-r7}\n"
        "    ldr     r12, [sp, #36]\n"
        ROW_OF_TAPS
        "    add     r1, r1, r12\n"
        ROW_OF_TAPS
        "    add     r1, r1, r12\n"
        ROW_OF_TAPS
        "    sub     r1, r1, r12, lsl #1\n"
        "    add     r1, r1, #4\n"
        "    ldmia   r0!, {r8-r11}\n"
        "    ldr     lr, [r0], #4\n"
        STORE_FOUR(REQUANTIZE_DOUBLED, "[sp, #40]", "r2")
        "    ldr     r12, [sp, #44]\n"
        "    cmp     r2, r12\n"
        "    bne     1b\n"
        "    pop     {r4-r11, pc}\n");
}

#define LISTED_TAP                                \
    "    ldr     r11, [r1], #4\n"                 \
    "    ldr     r11, [r11, r12]\n" TAP

NAKED void jb_dsp_depthwise_taps(const int8_t *blocks, const uint32_t *taps, int8_t *out, uint32_t count, int32_t term,
                                 const int8_t *end) {
    __asm__ volatile(
        "    push    {r4-r11, lr}\n"
        "    mov     r12, #0\n"
        "    push    {r1, r3, r12}\n" /* taps, count, channel; then 48: term, 52: end */
        "1:  ldmia   r0!, {r4-r7}\n"
        "    ldrd    r1, r3, [sp]\n"
        "    ldr     r12, [sp, #8]\n"
        "    subs    r3, r3, #3\n"
        "    blt     3f\n"
        "2:\n" LISTED_TAP LISTED_TAP LISTED_TAP
        "    subs    r3, r3, #3\n"
        "    bge     2b\n"
        "3:  adds    r3, r3, #3\n"
        "    beq     5f\n"
        "4:\n" LISTED_TAP
        "    subs    r3, r3, #1\n"
        "    bne     4b\n"
        "5:\n"
        "    add     r12, r12, #4\n"
        "    str     r12, [sp, #8]\n"
        "    ldmia   r0!, {r8-r11}\n"
        "    ldr     lr, [r0], #4\n"
        STORE_FOUR(REQUANTIZE_DOUBLED, "[sp, #48]", "r2")
        "    ldr     r12, [sp, #52]\n"
        "    cmp     r2, r12\n"
        "    bne     1b\n"
        "    add     sp, sp, #12\n"
        "    pop     {r4-r11, pc}\n");
}

#endif
