#include "jb_nn_internal.h"

/* ADD, int8: each operand is rescaled by a table of 256 int32 made by the compiler, indexed by its value + 128. */
void jb_add_s8(const jb_op *op, const uint8_t *image, uint8_t *arena) {
    const int8_t *a = (const int8_t *)(arena + op->in0);
    const int8_t *b = (const int8_t *)(arena + op->in1);
    int8_t *out = (int8_t *)(arena + op->out);
    const int32_t *table_a = (const int32_t *)(const void *)(image + op->weights);
    const int32_t *table_b = (const int32_t *)(const void *)(image + op->bias);
    const int32_t multiplier = *(const int32_t *)(const void *)(image + op->multipliers);
    const int32_t shift = *(const int8_t *)(image + op->shifts);
    const uint32_t count = op->out_h * op->out_w * op->out_c;
    for (uint32_t i = 0; i < count; i++) {
        const int32_t sum = jb_wrapping_add(table_a[a[i] + 128], table_b[b[i] + 128]);
        out[i] = jb_clamp_output(op, jb_requantize(sum, multiplier, shift));
    }
}
