#include "jb_conv_packed.h"

#if defined(JB_DSP) && !defined(JB_MVE)

static inline int32_t *widen_value(int32_t pair, int32_t *to, uint32_t count, uint32_t step) {
    while (count--) {
        to[0] = pair;
        to[1] = pair;
        to += step;
    }
    return to;
}

/* The next window, widened: a group every `step` words. */
static void load_window(jb_layer *l, int32_t *to, uint32_t step) {
    const jb_op *op = l->op;
    const uint32_t channels = op->in_c;
    if (l->direct && channels % 4 == 0) {
        jb_dsp_widen(l->in, to, l->groups, step);
        l->in += channels;
        return;
    }
    if (channels % 4 != 0) {
        jb_gather(l, l->row);
        jb_dsp_widen(l->row, to, l->groups, step);
        return;
    }
    const jb_span s = jb_next_span(l);
    const uint32_t pixel = channels / 4;
    const uint32_t before = s.first * pixel;
    const uint32_t inside = (s.last - s.first) * pixel;
    const uint32_t after = (op->kernel_w - s.last) * pixel;
    const int32_t zero = (int32_t)(((uint32_t)op->in_zero_point & 0xffffu) * 0x10001u);
    for (uint32_t ky = 0; ky < op->kernel_h; ky++) {
        if (jb_is_outside(op, s.top + (int32_t)ky)) {
            to = widen_value(zero, to, before + inside + after, step);
        } else {
            to = widen_value(zero, to, before, step);
            to = jb_dsp_widen(jb_first_value(l, &s, ky), to, inside, step);
            to = widen_value(zero, to, after, step);
        }
    }
}

/* So many channels of 1, 2 or 3 windows; the outputs of the next window are `stride` bytes on. */
static void run_blocks(const jb_layer *l, const int8_t *blocks, const int32_t *x, uint32_t windows, int8_t *out,
                       uint32_t stride, uint32_t channels) {
    const int8_t *end = out + channels;
    if (windows == 3) {
        jb_dsp_conv_three(blocks, x, l->groups, out, stride, l->term, end);
    } else if (windows == 2) {
        jb_dsp_conv_two(blocks, x, l->groups, out, stride, l->term, end);
    } else if (l->block_channels == 4) {
        jb_dsp_fully_connected(blocks, x, l->groups, out, l->term, end);
    } else {
        jb_dsp_conv_one(blocks, x, l->groups, out, l->term, end);
    }
}

/* All channels of so many windows. A block that they do not fill is computed aside: nothing may be written behind them. */
static void run_windows(jb_layer *l, int32_t *x, uint32_t windows, int8_t *out) {
    const jb_op *op = l->op;
    const uint32_t channels = op->out_c;
    const uint32_t rest = channels % l->block_channels;
    const uint32_t whole = channels - rest;
    for (uint32_t i = 0; i < windows; i++) load_window(l, x + 2 * i, 2 * windows);
    if (whole) run_blocks(l, l->blocks, x, windows, out, channels, whole);
    if (rest) {
        const int8_t *last = l->blocks + (size_t)(whole / l->block_channels) * op->row_bytes;
        int8_t aside[12] = {0};
        run_blocks(l, last, x, windows, aside, 4, l->block_channels);
        for (uint32_t i = 0; i < windows; i++) jb_copy(out + i * channels + whole, aside + 4 * i, rest);
    }
    jb_clamp_range(op, out, windows * channels);
}

/* As many windows at a time as there is scratch for, up to three: the more, the fewer loads and unpacks a product. */
void jb_run_layer(jb_layer *l, uint8_t *scratch, int8_t *out, uint32_t pixels) {
    const jb_op *op = l->op;
    const uint32_t row_bytes = jb_packed_row_bytes(op);
    uint32_t windows = (op->scratch_bytes - row_bytes) / (8 * l->groups);
    if (windows > 3) windows = 3;
    if (l->block_channels == 4) windows = 1;
    l->row = (int8_t *)(scratch + (size_t)8 * l->groups * windows);
    if (row_bytes) jb_fill(l->row + row_bytes - 4, 0, 4);
    int32_t *x = (int32_t *)(void *)scratch;
    while (pixels > 0) {
        if (windows > pixels) windows = pixels;
        run_windows(l, x, windows, out);
        out += windows * op->out_c;
        pixels -= windows;
    }
}

#endif
