#include "jb_packed.h"

/*
 * CONV_2D and FULLY_CONNECTED with packed weights. Taps come in groups of four, in the order of the window's rows, columns and channels. In
 * a block of weights each group holds four taps of each of its channels: two of a convolution, four of a fully connected layer.
 *
 * Windows are copied before their outputs are written, in raster order, two at a time where there is the DSP extension: so the
 * output may slide into the input (docs/formats/plan.md).
 */

typedef struct layer {
    const jb_op *op;
    const int8_t *in;
    const int8_t *blocks;
    uint32_t block_channels;
    uint32_t groups;
    int32_t term;
    int direct;    /* each window is one pixel, all in order */
    int8_t *row;   /* one window as int8, zeros up to a multiple of 4 */
    uint32_t y, x; /* of the next output pixel */
} layer;

/* Words first, whatever the alignment: both Cortex-M with DSP and the hosts load and store them at any address. */
static inline void copy(int8_t *to, const int8_t *from, uint32_t count) {
    for (; count >= 4; count -= 4) {
        uint32_t word;
        __builtin_memcpy(&word, from, sizeof word);
        __builtin_memcpy(to, &word, sizeof word);
        to += sizeof word;
        from += sizeof word;
    }
    while (count--) *to++ = *from++;
}

static inline void fill(int8_t *to, int32_t value, uint32_t count) {
    while (count--) *to++ = (int8_t)value;
}

/* Where the upper left corner of a window is, and which of its columns lie inside the image. */
typedef struct span {
    int32_t top, left;
    uint32_t first, last;
} span;

static inline span next_span(layer *l) {
    const jb_op *op = l->op;
    span s;
    s.top = (int32_t)(l->y * op->stride_h) - (int32_t)op->pad_top;
    s.left = (int32_t)(l->x * op->stride_w) - (int32_t)op->pad_left;
    const int32_t right = (int32_t)op->in_w - s.left;
    s.first = s.left < 0 ? (uint32_t)-s.left : 0;
    s.last = right < (int32_t)op->kernel_w ? (uint32_t)right : op->kernel_w;
    if (s.last < s.first) s.last = s.first;
    if (++l->x == op->out_w) {
        l->x = 0;
        l->y++;
    }
    return s;
}

static inline int is_outside(const jb_op *op, int32_t y) { return y < 0 || y >= (int32_t)op->in_h; }

/* The first value of a window's row that lies inside the image. */
static inline const int8_t *first_value(const layer *l, span s, uint32_t ky) {
    const uint32_t y = (uint32_t)(s.top + (int32_t)ky);
    return l->in + (size_t)(y * l->op->in_w + (uint32_t)(s.left + (int32_t)s.first)) * l->op->in_c;
}

/* The window as one row of int8 in the order of the weights; taps outside the image read the input's zero point. */
static void gather(const layer *l, span s) {
    const jb_op *op = l->op;
    const uint32_t channels = op->in_c;
    const uint32_t row_values = op->kernel_w * channels;
    const uint32_t before = s.first * channels;
    const uint32_t inside = (s.last - s.first) * channels;
    int8_t *to = l->row;
    for (uint32_t ky = 0; ky < op->kernel_h; ky++) {
        if (is_outside(op, s.top + (int32_t)ky)) {
            fill(to, op->in_zero_point, row_values);
        } else {
            fill(to, op->in_zero_point, before);
            copy(to + before, first_value(l, s, ky), inside);
            fill(to + before + inside, op->in_zero_point, row_values - before - inside);
        }
        to += row_values;
    }
}

#ifdef JB_DSP

static inline int32_t *widen_value(int32_t pair, int32_t *to, uint32_t count, uint32_t step) {
    while (count--) {
        to[0] = pair;
        to[1] = pair;
        to += step;
    }
    return to;
}

/* The next window, widened: a group every `step` words. */
static void load_window(layer *l, int32_t *to, uint32_t step) {
    const jb_op *op = l->op;
    const uint32_t channels = op->in_c;
    if (l->direct) {
        jb_dsp_widen(l->in, to, l->groups, step);
        l->in += channels;
        return;
    }
    const span s = next_span(l);
    if (channels % 4 != 0) {
        gather(l, s);
        jb_dsp_widen(l->row, to, l->groups, step);
        return;
    }
    const uint32_t pixel = channels / 4;
    const uint32_t before = s.first * pixel;
    const uint32_t inside = (s.last - s.first) * pixel;
    const uint32_t after = (op->kernel_w - s.last) * pixel;
    const int32_t zero = (int32_t)(((uint32_t)op->in_zero_point & 0xffffu) * 0x10001u);
    for (uint32_t ky = 0; ky < op->kernel_h; ky++) {
        if (is_outside(op, s.top + (int32_t)ky)) {
            to = widen_value(zero, to, before + inside + after, step);
        } else {
            to = widen_value(zero, to, before, step);
            to = jb_dsp_widen(first_value(l, s, ky), to, inside, step);
            to = widen_value(zero, to, after, step);
        }
    }
}

/* Some channels of one window. */
static inline void one_window(const layer *l, const int8_t *blocks, const int32_t *x, int8_t *out, const int8_t *end) {
    if (l->block_channels == 4) {
        jb_dsp_fully_connected(blocks, x, l->groups, out, l->term, end);
    } else {
        jb_dsp_conv_one(blocks, x, l->groups, out, l->term, end);
    }
}

/* The last block of channels that do not fill it; beyond them nothing may be written. */
static void last_channels(const layer *l, const int32_t *x, int8_t *out, uint32_t pixels) {
    const jb_op *op = l->op;
    const uint32_t rest = op->out_c % l->block_channels;
    if (!rest) return;
    const uint32_t done = op->out_c - rest;
    const int8_t *block = l->blocks + (size_t)(done / l->block_channels) * op->row_bytes;
    int8_t both[8] = {0};
    if (pixels == 2) {
        jb_dsp_conv_two(block, x, l->groups, both, 4, l->term, both + 2);
        copy(out + op->out_c + done, both + 4, rest);
    } else {
        one_window(l, block, x, both, both + l->block_channels);
    }
    copy(out + done, both, rest);
}

static void run(layer *l, uint8_t *scratch, int8_t *out, uint32_t pixels) {
    int32_t *windows = (int32_t *)(void *)scratch;
    const uint32_t channels = l->op->out_c;
    const uint32_t whole = channels - channels % l->block_channels;
    for (; pixels >= 2 && l->block_channels == 2; pixels -= 2) {
        load_window(l, windows, 4);
        load_window(l, windows + 2, 4);
        if (whole) jb_dsp_conv_two(l->blocks, windows, l->groups, out, channels, l->term, out + whole);
        last_channels(l, windows, out, 2);
        jb_clamp_range(l->op, out, 2 * channels);
        out += 2 * channels;
    }
    for (; pixels > 0; pixels--) {
        load_window(l, windows, 2);
        if (whole) one_window(l, l->blocks, windows, out, out + whole);
        last_channels(l, windows, out, 1);
        jb_clamp_range(l->op, out, channels);
        out += channels;
    }
}

#else

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

static void run_window(const layer *l, int8_t *out) {
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

static void run(layer *l, uint8_t *scratch, int8_t *out, uint32_t pixels) {
    (void)scratch;
    for (; pixels > 0; pixels--) {
        gather(l, next_span(l));
        run_window(l, out);
        out += l->op->out_c;
    }
}

#endif

static void run_packed(const jb_op *op, const uint8_t *image, uint8_t *arena, uint32_t block_channels) {
    const uint32_t groups = jb_packed_groups(op);
    uint8_t *scratch = arena + op->scratch;
    layer l = {
        .op = op,
        .in = (const int8_t *)(arena + op->in0),
        .blocks = (const int8_t *)(image + op->weights),
        .block_channels = block_channels,
        .groups = groups,
        .term = jb_packed_term(op->out_zero_point),
        .direct = op->kernel_h == 1 && op->kernel_w == 1 && op->stride_h == 1 && op->stride_w == 1 &&
                  op->in_h == op->out_h && op->in_w == op->out_w && op->in_c % 4 == 0,
        .row = (int8_t *)(scratch + (jb_packed_row_bytes(op) ? jb_packed_window_bytes(op) : 0)),
    };
    if (jb_packed_row_bytes(op)) fill(l.row + 4 * (groups - 1), 0, 4);
    run(&l, scratch, (int8_t *)(arena + op->out), op->out_h * op->out_w);
}

void jb_conv_packed_s8(const jb_op *op, const uint8_t *image, uint8_t *arena) { run_packed(op, image, arena, 2); }

void jb_fully_connected_packed_s8(const jb_op *op, const uint8_t *image, uint8_t *arena) {
    run_packed(op, image, arena, 4);
}
