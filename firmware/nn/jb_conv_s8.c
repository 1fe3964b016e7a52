#include "jb_nn_internal.h"

/*
 * Copies the taps of one window into one row, in the order of the weights (kernel row, kernel column, channel). Taps outside
 * the image get the input's zero point: the bias has z_in sum(w) folded in, so that they contribute nothing.
 */
static void gather(const jb_op *op, const int8_t *in, int32_t top, int32_t left, int8_t *row) {
    const int32_t kernel_w = (int32_t)op->kernel_w;
    const int32_t in_w = (int32_t)op->in_w;
    const size_t channels = op->in_c;
    /* The columns first to last (exclusive) of the window lie inside the image. */
    const int32_t first = left < 0 ? -left : 0;
    const int32_t last = left + kernel_w > in_w ? in_w - left : kernel_w;
    for (int32_t ky = 0; ky < (int32_t)op->kernel_h; ky++) {
        const int32_t y = top + ky;
        if (y < 0 || y >= (int32_t)op->in_h || first >= last) {
            memset(row, op->in_zero_point, (size_t)kernel_w * channels);
        } else {
            const int8_t *from = in + ((size_t)y * op->in_w + (size_t)(left + first)) * channels;
            memset(row, op->in_zero_point, (size_t)first * channels);
            memcpy(row + (size_t)first * channels, from, (size_t)(last - first) * channels);
            memset(row + (size_t)last * channels, op->in_zero_point, (size_t)(kernel_w - last) * channels);
        }
        row += (size_t)kernel_w * channels;
    }
}

/* CONV_2D, int8, multipliers a channel or a tensor. Weights: one row an output channel, padded with zeros to 16. */
void jb_conv_s8(const jb_op *op, const uint8_t *image, uint8_t *arena) {
    const int8_t *in = (const int8_t *)(arena + op->in0);
    int8_t *out = (int8_t *)(arena + op->out);
    int8_t *row = (int8_t *)(arena + op->scratch);
    const int direct = jb_conv_is_direct(op);
    if (!direct) memset(row, 0, op->row_bytes);
    for (uint32_t oy = 0; oy < op->out_h; oy++) {
        const int32_t top = (int32_t)(oy * op->stride_h) - (int32_t)op->pad_top;
        for (uint32_t ox = 0; ox < op->out_w; ox++) {
            const int32_t left = (int32_t)(ox * op->stride_w) - (int32_t)op->pad_left;
            const int8_t *x = row;
            if (direct) {
                x = in + ((size_t)top * op->in_w + (size_t)left) * op->in_c;
            } else {
                gather(op, in, top, left, row);
            }
            jb_dense_row_s8(op, image, x, out);
            out += op->out_c;
        }
    }
}
