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
            to = jb_dsp_widen(jb_first_value(l, s, ky), to, inside, step);
            to = widen_value(zero, to, after, step);
        }
    }
}

/* Some channels of one window. */
static inline void one_window(const jb_layer *l, const int8_t *blocks, const int32_t *x, int8_t *out, const int8_t *end) {
    if (l->block_channels == 4) {
        jb_dsp_fully_connected(blocks, x, l->groups, out, l->term, end);
    } else {
        jb_dsp_conv_one(blocks, x, l->groups, out, l->term, end);
    }
}

/* The last block of channels that do not fill it; beyond them nothing may be written. */
static void last_channels(const jb_layer *l, const int32_t *x, int8_t *out, uint32_t pixels) {
    const jb_op *op = l->op;
    const uint32_t rest = op->out_c % l->block_channels;
    if (!rest) return;
    const uint32_t done = op->out_c - rest;
    const int8_t *block = l->blocks + (size_t)(done / l->block_channels) * op->row_bytes;
    int8_t both[8] = {0};
    if (pixels == 2) {
        jb_dsp_conv_two(block, x, l->groups, both, 4, l->term, both + 2);
        jb_copy(out + op->out_c + done, both + 4, rest);
    } else {
        one_window(l, block, x, both, both + l->block_channels);
    }
    jb_copy(out + done, both, rest);
}

void jb_run_layer(jb_layer *l, uint8_t *scratch, int8_t *out, uint32_t pixels) {
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

#endif
