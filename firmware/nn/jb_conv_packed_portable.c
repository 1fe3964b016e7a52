#include "jb_conv_packed.h"

#if !defined(JB_DSP) && !defined(JB_MVE)

#ifdef __wasm_simd128__
#include <wasm_simd128.h>

static inline v128_t dot(v128_t weights, v128_t values) { return wasm_i32x4_dot_i16x8(weights, values); }

/* sums += as many groups as go together, 16 bytes of weights at a time; returns how many groups that were. */
static uint32_t dot_groups(const int8_t *w, const int8_t *x, uint32_t groups, uint32_t channels, int32_t *sums) {
    v128_t low = wasm_i32x4_const_splat(0), high = low;
    uint32_t g = 0;
    for (; g + 2 <= groups; g += 2) {
        const v128_t values = wasm_i16x8_load8x8(x + 4 * g);
        const v128_t first = wasm_i64x2_shuffle(values, values, 0, 0);
        const v128_t second = wasm_i64x2_shuffle(values, values, 1, 1);
        const v128_t a = wasm_v128_load(w + (size_t)g * 4 * channels);
        if (channels == 2) {
            low = wasm_i32x4_add(low, dot(wasm_i16x8_extend_low_i8x16(a), first));
            low = wasm_i32x4_add(low, dot(wasm_i16x8_extend_high_i8x16(a), second));
        } else {
            const v128_t b = wasm_v128_load(w + (size_t)g * 16 + 16);
            low = wasm_i32x4_add(low, dot(wasm_i16x8_extend_low_i8x16(a), first));
            high = wasm_i32x4_add(high, dot(wasm_i16x8_extend_high_i8x16(a), first));
            low = wasm_i32x4_add(low, dot(wasm_i16x8_extend_low_i8x16(b), second));
            high = wasm_i32x4_add(high, dot(wasm_i16x8_extend_high_i8x16(b), second));
        }
    }
    sums[0] += wasm_i32x4_extract_lane(low, 0) + wasm_i32x4_extract_lane(low, 1);
    sums[1] += wasm_i32x4_extract_lane(low, 2) + wasm_i32x4_extract_lane(low, 3);
    sums[2] += wasm_i32x4_extract_lane(high, 0) + wasm_i32x4_extract_lane(high, 1);
    sums[3] += wasm_i32x4_extract_lane(high, 2) + wasm_i32x4_extract_lane(high, 3);
    return g;
}
#else
static uint32_t dot_groups(const int8_t *w, const int8_t *x, uint32_t groups, uint32_t channels, int32_t *sums) {
    (void)w;
    (void)x;
    (void)groups;
    (void)channels;
    (void)sums;
    return 0;
}
#endif

/* The sums of one block, without bias. */
static inline void dot_block(const int8_t *w, const int8_t *x, uint32_t groups, uint32_t channels, int32_t *sums) {
    for (uint32_t g = dot_groups(w, x, groups, channels, sums); g < groups; g++) {
        const int8_t *weights = w + (size_t)g * 4 * channels;
        const int8_t *values = x + 4 * g;
        for (uint32_t c = 0; c < channels; c++) {
            for (uint32_t i = 0; i < 4; i++) sums[c] += weights[4 * c + i] * values[i];
        }
    }
}

static void run_window(const jb_layer *l, int8_t *out) {
    const jb_op *op = l->op;
    const uint32_t channels = l->block_channels;
    const int8_t *block = l->blocks;
    for (uint32_t first = 0; first < op->out_c; first += channels) {
        const int32_t *bias = (const int32_t *)(const void *)block;
        const int8_t *weights = block + 4 * channels;
        const int8_t *tail = weights + (size_t)4 * channels * l->groups;
        const int32_t *multipliers = (const int32_t *)(const void *)tail;
        const uint8_t *shifts = (const uint8_t *)tail + 4 * channels;
        int32_t sums[4] = {0};
        if (channels == 2) dot_block(weights, l->row, l->groups, 2, sums);
        else dot_block(weights, l->row, l->groups, 4, sums);
        for (uint32_t c = 0; c < channels && first + c < op->out_c; c++) {
            const int32_t sum = jb_wrapping_add(sums[c], bias[c]);
            out[first + c] = jb_packed_requantize(jb_doubled(sum), multipliers[c], shifts[c], l->term);
        }
        block += op->row_bytes;
    }
    jb_clamp_range(op, out, op->out_c);
}

void jb_run_layer(jb_layer *l, uint8_t *scratch, int8_t *out, uint32_t pixels) {
    (void)scratch;
    jb_fill(l->row + 4 * (l->groups - 1), 0, 4);
    for (; pixels > 0; pixels--) {
        jb_gather(l, l->row);
        run_window(l, out);
        out += l->op->out_c;
    }
}

#endif
