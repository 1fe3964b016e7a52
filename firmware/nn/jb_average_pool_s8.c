#include "jb_nn_internal.h"

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
            const int32_t count = (end_y - start_y) * (end_x - start_x);
            for (uint32_t channel = 0; channel < op->out_c; channel++) {
                int32_t sum = 0;
                for (int32_t y = start_y; y < end_y; y++) {
                    const int8_t *x = in + ((size_t)y * op->in_w + (size_t)start_x) * op->in_c + channel;
                    for (int32_t i = start_x; i < end_x; i++) {
                        sum += *x;
                        x += op->in_c;
                    }
                }
                const int32_t mean = (sum > 0 ? sum + count / 2 : sum - count / 2) / count;
                out[channel] = (int8_t)(mean < op->lo ? op->lo : mean > op->hi ? op->hi : mean);
            }
            out += op->out_c;
        }
    }
}
