/*
 * CONV_2D and FULLY_CONNECTED with packed weights: what their bodies share (jb_conv_packed_*.c). Taps come in groups of four, in the order of the
 * window's rows, columns and channels. In a block of weights each group holds four taps of each of its channels: two of a
 * convolution, four of a fully connected layer.
 *
 * Windows are copied before their outputs are written, in raster order: so the output may slide into the input (docs/formats/plan.md).
 */
#ifndef JB_CONV_PACKED_H
#define JB_CONV_PACKED_H

#include "jb_packed.h"

typedef struct jb_layer {
    const jb_op *op;
    const int8_t *in;
    const int8_t *blocks;
    uint32_t block_channels;
    uint32_t groups;
    int32_t term;
    int direct;    /* each window is one pixel, all in order */
    int8_t *row;   /* room for one window as int8; zeros up to a multiple of 4 */
    uint32_t y, x; /* of the next output pixel */
} jb_layer;

/* Where the upper left corner of a window is, and which of its columns lie inside the image. */
typedef struct jb_span {
    int32_t top, left;
    uint32_t first, last;
} jb_span;

/* A window that reaches outside the image, as int8 in the order of the weights; taps outside read the input's zero point. */
void jb_gather_border(const jb_layer *l, const jb_span *s, int8_t *row);

/* All pixels of one operator. scratch holds jb_packed_window_bytes(). */
void jb_run_layer(jb_layer *l, uint8_t *scratch, int8_t *out, uint32_t pixels);

static inline int jb_is_outside(const jb_op *op, int32_t y) { return y < 0 || y >= (int32_t)op->in_h; }

/* The first value of a window's row that lies inside the image. */
static inline const int8_t *jb_first_value(const jb_layer *l, const jb_span *s, uint32_t ky) {
    const uint32_t y = (uint32_t)(s->top + (int32_t)ky);
    return l->in + (size_t)(y * l->op->in_w + (uint32_t)(s->left + (int32_t)s->first)) * l->op->in_c;
}

/* The next window in raster order. */
static inline jb_span jb_next_span(jb_layer *l) {
    const jb_op *op = l->op;
    jb_span s;
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

#ifdef JB_MVE
#include <arm_mve.h>

static inline void jb_copy(int8_t *to, const int8_t *from, uint32_t count) {
    for (int32_t left = (int32_t)count; left > 0; left -= 16) {
        const mve_pred16_t p = vctp8q((uint32_t)left);
        vstrbq_p_s8(to, vldrbq_z_s8(from, p), p);
        to += 16;
        from += 16;
    }
}

static inline void jb_fill(int8_t *to, int32_t value, uint32_t count) {
    for (int32_t left = (int32_t)count; left > 0; left -= 16) {
        vstrbq_p_s8(to, vdupq_n_s8((int8_t)value), vctp8q((uint32_t)left));
        to += 16;
    }
}

#else

/* Words first, whatever the alignment: both Cortex-M with DSP and the hosts load and store them at any address. */
static inline void jb_copy(int8_t *to, const int8_t *from, uint32_t count) {
    for (; count >= 4; count -= 4) {
        uint32_t word;
        __builtin_memcpy(&word, from, sizeof word);
        __builtin_memcpy(to, &word, sizeof word);
        to += sizeof word;
        from += sizeof word;
    }
    while (count--) *to++ = *from++;
}

static inline void jb_fill(int8_t *to, int32_t value, uint32_t count) {
    while (count--) *to++ = (int8_t)value;
}

#endif

/* The next window as int8 in the order of the weights. */
static inline void jb_gather(jb_layer *l, int8_t *row) {
    const jb_op *op = l->op;
    const uint32_t channels = op->in_c;
    if (l->direct) {
        jb_copy(row, l->in, channels);
        l->in += channels;
        return;
    }
    const jb_span s = jb_next_span(l);
    if (s.last - s.first < op->kernel_w || s.top < 0 || s.top + (int32_t)op->kernel_h > (int32_t)op->in_h) {
        jb_gather_border(l, &s, row);
        return;
    }
    const int8_t *from = jb_first_value(l, &s, 0);
    const uint32_t row_values = op->kernel_w * channels;
    const uint32_t row_step = op->in_w * channels;
    for (uint32_t ky = op->kernel_h; ky > 0; ky--) {
        jb_copy(row, from, row_values);
        row += row_values;
        from += row_step;
    }
}

#endif
