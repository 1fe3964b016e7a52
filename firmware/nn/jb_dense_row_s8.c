#include "jb_nn_internal.h"

void jb_dense_row_s8(const jb_op *op, const uint8_t *image, const int8_t *x, int8_t *out) {
    const int8_t *weights = (const int8_t *)(image + op->weights);
    const int32_t *bias = (const int32_t *)(const void *)(image + op->bias);
    const int32_t *multipliers = (const int32_t *)(const void *)(image + op->multipliers);
    const int8_t *shifts = (const int8_t *)(image + op->shifts);
    const uint32_t step = op->requant_count == 1 ? 0 : 1;
    int32_t sums[4];
    for (uint32_t first = 0; first < op->out_c; first += 4) {
        const uint32_t left = op->out_c - first;
        const uint32_t count = left < 4 ? left : 4;
        jb_dot_s8(weights + (size_t)first * op->row_bytes, op->row_bytes, count, x, op->row_bytes, sums);
        for (uint32_t i = 0; i < count; i++) {
            const uint32_t channel = first + i;
            const uint32_t entry = channel * step;
            const int32_t sum = jb_wrapping_add(sums[i], bias[channel]);
            out[channel] = jb_clamp_output(op, jb_requantize(sum, multipliers[entry], shifts[entry]));
        }
    }
}
