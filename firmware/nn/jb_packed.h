/*
 * What the packed kernels share (docs/formats/plan.md, ids 8 to 11): the layout of their blocks and their requantisation. Each has a body in
 * the instructions of the Arm DSP extension, one in those of the vector extension MVE, and a portable one; all give the same bytes
 * for every image, since sums wrap at 32 bits in all.
 *
 * The constants of a few channels are one block, in the order in which they are used: biases (int32), weights, multipliers (int32),
 * shifts (uint8, zeros up to 4 bytes). One pointer walks through them all.
 */
#ifndef JB_PACKED_H
#define JB_PACKED_H

#include "jb_nn_internal.h"

#if defined(__ARM_FEATURE_DSP) && defined(__thumb2__) && !defined(JB_PORTABLE_ONLY)
#define JB_DSP 1
#endif
#if defined(__ARM_FEATURE_MVE) && !defined(JB_PORTABLE_ONLY)
#define JB_MVE 1
#endif

/* 2 zero point + 1, shifted left by n and halved: the zero point 2^n and the half that rounding needs, in one term. */
static inline int32_t jb_packed_term(int32_t out_zero_point) { return 2 * out_zero_point + 1; }

static inline int32_t jb_doubled(int32_t sum) { return (int32_t)((uint32_t)sum << 1); }

/*
 * zero point + D(H(doubled / 2, multiplier), shift), saturated to int8; reference-models 3.2. H of a doubled factor is the high word
 * of the product, to nearest; D(h, n) is (h + 2^(n-1) - (h < 0)) >> n for n >= 1.
 */
static inline int8_t jb_packed_requantize(int32_t doubled, int32_t multiplier, uint32_t shift, int32_t term) {
    const int32_t offset = (int32_t)((uint32_t)term << shift) >> 1;
#ifdef JB_DSP
    int32_t high, kept;
    __asm__("smmulr %0, %1, %2" : "=r"(high) : "r"(doubled), "r"(multiplier));
    __asm__("ssat %0, #8, %1" : "=r"(kept) : "r"((high + (high >> 31) + offset) >> shift) : "cc");
    return (int8_t)kept;
#else
    const int32_t high = (int32_t)(((int64_t)doubled * multiplier + 0x80000000ll) >> 32);
    const int32_t value = (int32_t)((uint32_t)high + (uint32_t)(high >> 31) + (uint32_t)offset) >> shift;
    return (int8_t)(value < -128 ? -128 : value > 127 ? 127 : value);
#endif
}

/* Activation ranges other than the whole of int8; the values were saturated already. */
static inline void jb_clamp_range(const jb_op *op, int8_t *out, uint32_t count) {
    if (op->lo == -128 && op->hi == 127) return;
    for (uint32_t i = 0; i < count; i++) {
        const int32_t value = out[i];
        out[i] = (int8_t)(value < op->lo ? op->lo : value > op->hi ? op->hi : value);
    }
}

#ifdef JB_DSP

/* Widens count * 4 values into groups of two pairs (values 0 and 2, 1 and 3), one group every `step` words (2, 4 or 6). */
int32_t *jb_dsp_widen(const int8_t *from, int32_t *to, uint32_t count, uint32_t step);

/*
 * Blocks of two channels times two windows, whose groups alternate in x: outputs up to `end`, those of the second window
 * `channels` bytes on.
 */
void jb_dsp_conv_two(const int8_t *blocks, const int32_t *x, uint32_t groups, int8_t *out, uint32_t channels, int32_t term,
                     const int8_t *end);
/* The same for three windows. */
void jb_dsp_conv_three(const int8_t *blocks, const int32_t *x, uint32_t groups, int8_t *out, uint32_t channels, int32_t term,
                       const int8_t *end);
/* Blocks of two channels times one window. */
void jb_dsp_conv_one(const int8_t *blocks, const int32_t *x, uint32_t groups, int8_t *out, int32_t term, const int8_t *end);
/* Blocks of four channels times one row. */
void jb_dsp_fully_connected(const int8_t *blocks, const int32_t *x, uint32_t groups, int8_t *out, int32_t term,
                            const int8_t *end);
/* Blocks of four channels times a 3x3 window that lies inside the image, whose rows are row_bytes apart. */
void jb_dsp_depthwise_3x3(const int8_t *blocks, const int8_t *x, int8_t *out, uint32_t channels, uint32_t row_bytes,
                          int32_t term, const int8_t *end);
/* Blocks of four channels times any window: addresses of its taps. */
void jb_dsp_depthwise_taps(const int8_t *blocks, const uint32_t *taps, int8_t *out, uint32_t count, int32_t term,
                           const int8_t *end);

#endif
#endif
