#include "jb_nn_internal.h"

/* Channels that are computed together: few enough for the registers of a Cortex-M, enough for a vector of int32. */
#define LANES 4u

/* The part of one window that lies inside the image: first tap and count in both directions. */
typedef struct window {
    const int8_t *in;      /* the pixel under the first tap */
    const int8_t *weights; /* the weights of the first tap */
    uint32_t rows;
    uint32_t columns;
} window;

static window clip(const jb_op *op, const int8_t *in, const int8_t *weights, int32_t top, int32_t left) {
    const int32_t first_row = top < 0 ? -top : 0;
    const int32_t first_column = left < 0 ? -left : 0;
    const int32_t below = (int32_t)op->in_h - top;
    const int32_t right = (int32_t)op->in_w - left;
    const int32_t end_row = below < (int32_t)op->kernel_h ? below : (int32_t)op->kernel_h;
    const int32_t end_column = right < (int32_t)op->kernel_w ? right : (int32_t)op->kernel_w;
    window w;
    w.in = in + ((size_t)(top + first_row) * op->in_w + (size_t)(left + first_column)) * op->in_c;
    w.weights = weights + ((size_t)first_row * op->kernel_w + (size_t)first_column) * op->row_bytes;
    w.rows = (uint32_t)(end_row - first_row);
    w.columns = (uint32_t)(end_column - first_column);
    return w;
}

/* acc[j] += sum over the window of w (q - z_in), for `lanes` neighbouring channels; called with a constant, so it unrolls. */
static inline void accumulate(const jb_op *op, const window *w, uint32_t in_channel, uint32_t channel, uint32_t lanes,
                              int32_t *acc) {
    const int32_t zero_point = op->in_zero_point;
    for (uint32_t ky = 0; ky < w->rows; ky++) {
        const int8_t *x = w->in + (size_t)ky * op->in_w * op->in_c + in_channel;
        const int8_t *weight = w->weights + (size_t)ky * op->kernel_w * op->row_bytes + channel;
        for (uint32_t kx = 0; kx < w->columns; kx++) {
            for (uint32_t j = 0; j < lanes; j++) acc[j] += weight[j] * (x[j] - zero_point);
            x += op->in_c;
            weight += op->row_bytes;
        }
    }
}

/*
 * DEPTHWISE_CONV_2D, int8, any depth multiplier (out_c / in_c). Weights: one row of out_c a tap, padded with zeros to 16. Taps
 * outside the image are skipped, so the bias is the model's own.
 */
void jb_depthwise_conv_s8(const jb_op *op, const uint8_t *image, uint8_t *arena) {
    const int8_t *in = (const int8_t *)(arena + op->in0);
    int8_t *out = (int8_t *)(arena + op->out);
    const int8_t *weights = (const int8_t *)(image + op->weights);
    const int32_t *bias = (const int32_t *)(const void *)(image + op->bias);
    const int32_t *multipliers = (const int32_t *)(const void *)(image + op->multipliers);
    const int8_t *shifts = (const int8_t *)(image + op->shifts);
    const uint32_t step = op->requant_count == 1 ? 0 : 1;
    const uint32_t depth_multiplier = op->out_c / op->in_c;
    const uint32_t grouped = depth_multiplier == 1 ? op->out_c - op->out_c % LANES : 0;
    for (uint32_t oy = 0; oy < op->out_h; oy++) {
        const int32_t top = (int32_t)(oy * op->stride_h) - (int32_t)op->pad_top;
        for (uint32_t ox = 0; ox < op->out_w; ox++) {
            const int32_t left = (int32_t)(ox * op->stride_w) - (int32_t)op->pad_left;
            const window w = clip(op, in, weights, top, left);
            uint32_t channel = 0;
            for (; channel < grouped; channel += LANES) {
                int32_t acc[LANES] = {0};
                accumulate(op, &w, channel, channel, LANES, acc);
                for (uint32_t j = 0; j < LANES; j++) {
                    const uint32_t entry = (channel + j) * step;
                    const int32_t sum = jb_wrapping_add(acc[j], bias[channel + j]);
                    out[channel + j] = jb_clamp_output(op, jb_requantize(sum, multipliers[entry], shifts[entry]));
                }
            }
            for (; channel < op->out_c; channel++) {
                int32_t acc = 0;
                accumulate(op, &w, channel / depth_multiplier, channel, 1, &acc);
                const uint32_t entry = channel * step;
                const int32_t sum = jb_wrapping_add(acc, bias[channel]);
                out[channel] = jb_clamp_output(op, jb_requantize(sum, multipliers[entry], shifts[entry]));
            }
            out += op->out_c;
        }
    }
}
