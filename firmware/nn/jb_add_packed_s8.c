#include "jb_packed.h"

#ifdef JB_MVE
#include "jb_packed_mve.h"
#endif

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
    uint32_t i = 0;
#ifdef JB_MVE
    const jb_mve_range range = jb_mve_range_of(op);
    for (; i + 4 <= count; i += 4) {
        const int32x4_t first = vldrwq_gather_shifted_offset_s32(table_a, vldrbq_u32(a + i));
        const int32x4_t second = vldrwq_gather_shifted_offset_s32(table_b, vldrbq_u32(b + i));
        const int32x4_t sums = vaddq_s32(first, second);
        vstrbq_s32(out + i, jb_mve_requantize(sums, vdupq_n_s32(multiplier), vdupq_n_s32((int32_t)shift), range));
    }
#endif
#define SUM(I) jb_packed_requantize(jb_wrapping_add(table_a[a[I]], table_b[b[I]]), multiplier, shift, term)
    for (; i + 4 <= count; i += 4) {
        out[i] = SUM(i);
        out[i + 1] = SUM(i + 1);
        out[i + 2] = SUM(i + 2);
        out[i + 3] = SUM(i + 3);
    }
    for (; i < count; i++) out[i] = SUM(i);
#undef SUM
    jb_clamp_range(op, out, count);
}
