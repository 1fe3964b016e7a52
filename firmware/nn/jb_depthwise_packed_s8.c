#include "jb_packed.h"

/*
 * DEPTHWISE_CONV_2D, depth multiplier 1, channels a multiple of 4. A block is four channels; its weights are int16, tap after tap, the
 * channels in the order 0, 2, 1, 3, in which SXTB16 takes four values apart. Bias and weights are doubled, since the requantisation starts
 * from twice the sum. Outputs are written in raster order, four channels at
 * a time, each after the last read of the same channels below it: so the output may slide into the input (docs/formats/plan.md).
 */

/* Where the taps of a window are: in the image, or the pixel of zero points. */
static void list_taps(const jb_op *op, uint32_t *taps, int32_t top, int32_t left, uint32_t base) {
    for (uint32_t ky = 0; ky < op->kernel_h; ky++) {
        const int32_t y = top + (int32_t)ky;
        const int outside = y < 0 || y >= (int32_t)op->in_h;
        const uint32_t row = outside ? 0 : base + op->in0 + (uint32_t)y * op->in_w * op->in_c;
        for (uint32_t kx = 0; kx < op->kernel_w; kx++) {
            const int32_t x = left + (int32_t)kx;
            *taps++ = outside || x < 0 || x >= (int32_t)op->in_w ? base + op->scratch : row + (uint32_t)x * op->in_c;
        }
    }
}

#if defined(JB_DSP) || defined(JB_MVE)

static inline int is_inside_3x3(const jb_op *op, int32_t top, int32_t left) {
    return op->kernel_h == 3 && op->kernel_w == 3 && top >= 0 && left >= 0 && top + 3 <= (int32_t)op->in_h &&
           left + 3 <= (int32_t)op->in_w;
}

#endif

#if defined(JB_MVE)

#include "jb_packed_mve.h"

/* One tap: the four channels of a block are in the lanes 0, 2, 1, 3, like their weights. */
static inline int32x4_t add_tap(int32x4_t sums, const int8_t *x, uint32x4_t lanes, const int16_t *w) {
    return vaddq_s32(sums, vmulq_s32(vldrbq_gather_offset_s32(x, lanes), vldrhq_s32(w)));
}

/* Taps as offsets in the arena; a 3x3 window that lies inside the image needs no list. */
static void run_pixel(const jb_op *op, const int8_t *blocks, uint8_t *arena, uint32_t *taps, int32_t top, int32_t left,
                      int8_t *out) {
    static const uint32_t order[4] = {0, 2, 1, 3};
    const uint32x4_t lanes = vldrwq_u32(order);
    const uint32_t count = op->kernel_h * op->kernel_w;
    const uint32_t channels = op->out_c;
    const uint32_t row_bytes = op->in_w * channels;
    const jb_mve_range range = jb_mve_range_of(op);
    const int inside = is_inside_3x3(op, top, left);
    if (!inside) list_taps(op, taps, top, left, 0);
    const int8_t *x = (const int8_t *)arena;
    if (inside) x += op->in0 + ((uint32_t)top * op->in_w + (uint32_t)left) * channels;
    const int8_t *block = blocks;
    for (uint32_t first = 0; first < channels; first += 4) {
        const int16_t *w = (const int16_t *)(const void *)(block + 16);
        int32x4_t sums = vldrwq_gather_shifted_offset_s32((const int32_t *)(const void *)block, lanes);
        if (inside) {
            const int8_t *row = x;
            for (uint32_t ky = 0; ky < 3; ky++) {
                sums = add_tap(sums, row, lanes, w);
                sums = add_tap(sums, row + channels, lanes, w + 4);
                sums = add_tap(sums, row + 2 * channels, lanes, w + 8);
                row += row_bytes;
                w += 12;
            }
        } else {
            for (uint32_t t = 0; t < count; t++) {
                sums = add_tap(sums, x + taps[t], lanes, w);
                w += 4;
            }
        }
        x += 4;
        const int32x4_t multipliers = vldrwq_gather_shifted_offset_s32((const int32_t *)(const void *)w, lanes);
        const int32x4_t shifts = vreinterpretq_s32_u32(vldrbq_gather_offset_u32((const uint8_t *)w + 16, lanes));
        const int32x4_t value = jb_mve_requantize(sums, multipliers, shifts, range);
        vstrbq_scatter_offset_s32(out + first, lanes, value);
        block += op->row_bytes;
    }
}

#elif defined(JB_DSP)

/* Taps as addresses. */
static void run_pixel(const jb_op *op, const int8_t *blocks, uint8_t *arena, uint32_t *taps, int32_t top, int32_t left,
                      int8_t *out) {
    const uint32_t channels = op->out_c;
    const int32_t term = jb_packed_term(op->out_zero_point);
    if (is_inside_3x3(op, top, left)) {
        const uint8_t *x = arena + op->in0 + ((uint32_t)top * op->in_w + (uint32_t)left) * channels;
        jb_dsp_depthwise_3x3(blocks, (const int8_t *)x, out, channels, op->in_w * channels, term, out + channels);
        return;
    }
    list_taps(op, taps, top, left, (uint32_t)(uintptr_t)arena);
    jb_dsp_depthwise_taps(blocks, taps, out, op->kernel_h * op->kernel_w, term, out + channels);
}

#else

/* Taps as offsets in the arena. */
static void run_pixel(const jb_op *op, const int8_t *blocks, uint8_t *arena, uint32_t *taps, int32_t top, int32_t left,
                      int8_t *out) {
    const uint32_t count = op->kernel_h * op->kernel_w;
    const int32_t term = jb_packed_term(op->out_zero_point);
    list_taps(op, taps, top, left, 0);
    for (uint32_t first = 0; first < op->out_c; first += 4) {
        const int8_t *block = blocks + (size_t)(first / 4) * op->row_bytes;
        const int32_t *bias = (const int32_t *)(const void *)block;
        const int16_t *w = (const int16_t *)(const void *)(block + 16);
        const int32_t *multipliers = (const int32_t *)(const void *)(block + 16 + (size_t)8 * count);
        const uint8_t *shifts = (const uint8_t *)(multipliers + 4);
        uint32_t sum0 = (uint32_t)bias[0], sum1 = (uint32_t)bias[1];
        uint32_t sum2 = (uint32_t)bias[2], sum3 = (uint32_t)bias[3];
        for (uint32_t t = 0; t < count; t++) {
            const int8_t *x = (const int8_t *)(arena + taps[t] + first);
            sum0 += (uint32_t)(w[0] * x[0]);
            sum1 += (uint32_t)(w[2] * x[1]);
            sum2 += (uint32_t)(w[1] * x[2]);
            sum3 += (uint32_t)(w[3] * x[3]);
            w += 4;
        }
        out[first] = jb_packed_requantize((int32_t)sum0, multipliers[0], shifts[0], term);
        out[first + 1] = jb_packed_requantize((int32_t)sum1, multipliers[1], shifts[1], term);
        out[first + 2] = jb_packed_requantize((int32_t)sum2, multipliers[2], shifts[2], term);
        out[first + 3] = jb_packed_requantize((int32_t)sum3, multipliers[3], shifts[3], term);
    }
}

#endif

void jb_depthwise_packed_s8(const jb_op *op, const uint8_t *image, uint8_t *arena) {
    const uint32_t channels = op->out_c;
    const int8_t *blocks = (const int8_t *)(image + op->weights);
    int8_t *out = (int8_t *)(arena + op->out);
    uint32_t *taps = (uint32_t *)(void *)(arena + op->scratch + ((channels + 15u) & ~15u));
    memset(arena + op->scratch, op->in_zero_point, channels);
    for (uint32_t oy = 0; oy < op->out_h; oy++) {
        const int32_t top = (int32_t)(oy * op->stride_h) - (int32_t)op->pad_top;
        for (uint32_t ox = 0; ox < op->out_w; ox++) {
            const int32_t left = (int32_t)(ox * op->stride_w) - (int32_t)op->pad_left;
            run_pixel(op, blocks, arena, taps, top, left, out);
            jb_clamp_range(op, out, channels);
            out += channels;
        }
    }
}
