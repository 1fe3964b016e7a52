/* The end of the packed kernels in the instructions of the Arm vector extension MVE: four sums become four outputs. */
#ifndef JB_PACKED_MVE_H
#define JB_PACKED_MVE_H

#include <arm_mve.h>

#include "jb_packed.h"

/* What all outputs of an operator share. */
typedef struct jb_mve_range {
    int32x4_t lo, hi, term;
} jb_mve_range;

static inline jb_mve_range jb_mve_range_of(const jb_op *op) {
    const jb_mve_range range = {
        vdupq_n_s32(op->lo), vdupq_n_s32(op->hi), vdupq_n_s32(jb_packed_term(op->out_zero_point))};
    return range;
}

/* jb_packed_requantize() and the clamp, of sums that were doubled. */
static inline int32x4_t jb_mve_requantize(int32x4_t doubled, int32x4_t multipliers, int32x4_t shifts, jb_mve_range range) {
    const int32x4_t high = vrmulhq_s32(doubled, multipliers);
    const int32x4_t offset = vshrq_n_s32(vshlq_s32(range.term, shifts), 1);
    const int32x4_t rounded = vaddq_s32(vaddq_s32(high, vshrq_n_s32(high, 31)), offset);
    const int32x4_t value = vshlq_s32(rounded, vnegq_s32(shifts));
    return vminq_s32(vmaxq_s32(value, range.lo), range.hi);
}

#endif
