#include "jb_nn_internal.h"

/* v 2^bits, saturated as the reference does it (reference-models 3.6, "sat2" and "sat4"). */
static int32_t saturating_shift(int32_t v, int32_t bits) {
    const int32_t limit = (int32_t)((1u << (31 - bits)) - 1u);
    if (v > limit) return INT32_MAX;
    if (v < -limit) return INT32_MIN;
    return v * (1 << bits);
}

/* 1 / (1 + g) for g in [0, 1) as Q0.31, by three Newton steps in Q2.29 (3.6, step 5). */
static int32_t reciprocal(int32_t g) {
    const int32_t half = (int32_t)(((int64_t)g + INT32_MAX + 1) / 2);
    int32_t v = 1515870810 + jb_high_multiply(half, -1010580540);
    for (int32_t i = 0; i < 3; i++) {
        const int32_t error = (1 << 29) - jb_high_multiply(half, v);
        v = jb_wrapping_add(v, saturating_shift(jb_high_multiply(v, error), 2));
    }
    return saturating_shift(v, 1);
}

/*
 * SOFTMAX, int8 to int8 with scale 1/256 and zero point -128. The table holds E of 3.6 as Q0.31, indexed by max - x; differences
 * that do not count are 0 there, which gives -128 and adds nothing.
 */
void jb_softmax_s8(const jb_op *op, const uint8_t *image, uint8_t *arena) {
    const int8_t *in = (const int8_t *)(arena + op->in0);
    int8_t *out = (int8_t *)(arena + op->out);
    const int32_t *table = (const int32_t *)(const void *)(image + op->weights);
    const uint32_t rows = op->in_h * op->in_w;
    for (uint32_t row = 0; row < rows; row++) {
        int32_t max = in[0];
        for (uint32_t i = 1; i < op->in_c; i++) max = in[i] > max ? in[i] : max;
        uint32_t sum = 0; /* Q12.19; up to 2^31 with 4,096 values */
        for (uint32_t i = 0; i < op->in_c; i++) sum += (uint32_t)jb_rounding_shift(table[max - in[i]], 12);
        int32_t headroom = 0;
        while (!(sum << headroom & 0x80000000u)) headroom++;
        const int32_t scale = reciprocal((int32_t)((sum << headroom) - 0x80000000u));
        const int32_t shift = 12 - headroom + 23;
        for (uint32_t i = 0; i < op->in_c; i++) {
            const int32_t product = jb_high_multiply(scale, table[max - in[i]]);
            /* More than 31 places leave less than a half of any int32. */
            const int32_t value = (shift > 31 ? 0 : jb_rounding_shift(product, shift)) - 128;
            out[i] = (int8_t)(value < -128 ? -128 : value > 127 ? 127 : value);
        }
        in += op->in_c;
        out += op->in_c;
    }
}
