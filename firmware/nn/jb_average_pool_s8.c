#include "jb_nn_internal.h"

static inline int8_t mean_of(const jb_op *op, int32_t sum, int32_t count) {
    const int32_t mean = (sum > 0 ? sum + count / 2 : sum - count / 2) / count;
    return (int8_t)(mean < op->lo ? op->lo : mean > op->hi ? op->hi : mean);
}

/* The part of a window inside the image: rows of `columns` pixels from `in` on. */
typedef struct part {
    const int8_t *in;
    int32_t rows, columns;
} part;

#if defined(__ARM_FEATURE_MVE) && !defined(JB_PORTABLE_ONLY)
#include <arm_mve.h>

/* Four channels at a time. Returns how many channels that were. */
static uint32_t quads(const jb_op *op, const part *p, int8_t *out) {
    if (op->in_c % 4 != 0) return 0;
    for (uint32_t channel = 0; channel < op->in_c; channel += 4) {
        int32x4_t sums = vdupq_n_s32(0);
        const int8_t *row = p->in + channel;
        for (int32_t y = p->rows; y > 0; y--) {
            const int8_t *x = row;
            for (int32_t i = p->columns; i > 0; i--) {
                sums = vaddq_s32(sums, vldrbq_s32(x));
                x += op->in_c;
            }
            row += op->in_w * op->in_c;
        }
        int32_t each[4];
        vstrwq_s32(each, sums);
        for (uint32_t i = 0; i < 4; i++) out[channel + i] = mean_of(op, each[i], p->rows * p->columns);
    }
    return op->in_c;
}

#elif defined(__ARM_FEATURE_DSP) && !defined(JB_PORTABLE_ONLY)

/* Four channels at a time, as int16: as many taps as cannot leave it. Returns how many channels that were. */
static uint32_t quads(const jb_op *op, const part *p, int8_t *out) {
    const int32_t count = p->rows * p->columns;
    if (op->in_c % 4 != 0 || count > 256) return 0;
    for (uint32_t channel = 0; channel < op->in_c; channel += 4) {
        int32_t even = 0, odd = 0;
        const int8_t *row = p->in + channel;
        for (int32_t y = p->rows; y > 0; y--) {
            const int8_t *x = row;
            for (int32_t i = p->columns; i > 0; i--) {
                int32_t word;
                __builtin_memcpy(&word, x, sizeof word); /* inlined even where memcpy() is a call */
                __asm__("sxtab16 %0, %0, %1" : "+r"(even) : "r"(word));
                __asm__("sxtab16 %0, %0, %1, ror #8" : "+r"(odd) : "r"(word));
                x += op->in_c;
            }
            row += op->in_w * op->in_c;
        }
        out[channel] = mean_of(op, (int16_t)even, count);
        out[channel + 1] = mean_of(op, (int16_t)odd, count);
        out[channel + 2] = mean_of(op, even >> 16, count);
        out[channel + 3] = mean_of(op, odd >> 16, count);
    }
    return op->in_c;
}

#else

static uint32_t quads(const jb_op *op, const part *p, int8_t *out) {
    (void)op;
    (void)p;
    (void)out;
    return 0;
}

#endif

/* AVERAGE_POOL_2D, int8: the mean of the taps inside the image, rounded half away from zero. No scale is involved. */
void jb_average_pool_s8(const jb_op *op, const uint8_t *image, uint8_t *arena) {
    (void)image;
    const int8_t *in = (const int8_t *)(arena + op->in0);
    int8_t *out = (int8_t *)(arena + op->out);
    for (uint32_t oy = 0; oy < op->out_h; oy++) {
        const int32_t top = (int32_t)(oy * op->stride_h) - (int32_t)op->pad_top;
        const int32_t end_y = top + (int32_t)op->kernel_h < (int32_t)op->in_h ? top + (int32_t)op->kernel_h : (int32_t)op->in_h;
        for (uint32_t ox = 0; ox < op->out_w; ox++) {
            const int32_t left = (int32_t)(ox * op->stride_w) - (int32_t)op->pad_left;
            const int32_t end_x =
                left + (int32_t)op->kernel_w < (int32_t)op->in_w ? left + (int32_t)op->kernel_w : (int32_t)op->in_w;
            const int32_t start_y = top < 0 ? 0 : top;
            const int32_t start_x = left < 0 ? 0 : left;
            const part p = {
                .in = in + ((size_t)start_y * op->in_w + (size_t)start_x) * op->in_c,
                .rows = end_y - start_y,
                .columns = end_x - start_x,
            };
            for (uint32_t channel = quads(op, &p, out); channel < op->out_c; channel++) {
                int32_t sum = 0;
                const int8_t *row = p.in + channel;
                for (int32_t y = 0; y < p.rows; y++) {
                    const int8_t *x = row;
                    for (int32_t i = 0; i < p.columns; i++) {
                        sum += *x;
                        x += op->in_c;
                    }
                    row += (size_t)op->in_w * op->in_c;
                }
                out[channel] = mean_of(op, sum, p.rows * p.columns);
            }
            out += op->out_c;
        }
    }
}
