#include "jb_packed.h"

/* ADD whose tables hold twice the rescaled operands, indexed by the operand's byte. An operand is where the output is, or apart. */
void jb_add_packed_s8(const jb_op *op, const uint8_t *image, uint8_t *arena) {
    const uint8_t *a = arena + op->in0;
    const uint8_t *b = arena + op->in1;
    int8_t *out = (int8_t *)(arena + op->out);
    const int32_t *table_a = (const int32_t *)(const void *)(image + op->weights);
    const int32_t *table_b = (const int32_t *)(const void *)(image + op->bias);
    const int32_t multiplier = *(const int32_t *)(const void *)(image + op->multipliers);
    const uint32_t shift = image[op->shifts];
    const int32_t term = jb_packed_term(op->out_zero_point);
    const uint32_t count = op->out_h * op->out_w * op->out_c;
    for (uint32_t i = 0; i < count; i++) {
        out[i] = jb_packed_requantize(jb_wrapping_add(table_a[a[i]], table_b[b[i]]), multiplier, shift, term);
    }
    jb_clamp_range(op, out, count);
}
