#include "jb_conv_packed.h"

#ifdef JB_MVE

#include "jb_packed_mve.h"

/* Four channels, of one block or of two that lie row_bytes apart: where their constants are from the first block on. */
typedef struct lanes {
    uint32x4_t words, bytes;
    int32_t tail; /* from a block's start to its multipliers */
    int32_t shifts;
} lanes;

static lanes lanes_of(const jb_layer *l) {
    const uint32_t next = l->block_channels == 4 ? 2 : l->op->row_bytes;
    const uint32_t words[4] = {0, 4, l->block_channels == 4 ? 8 : next, (l->block_channels == 4 ? 8 : next) + 4};
    const uint32_t bytes[4] = {0, 1, next, next + 1};
    lanes at;
    at.words = vldrwq_u32(words);
    at.bytes = vldrwq_u32(bytes);
    at.tail = (int32_t)(4 * l->block_channels * (1 + l->groups));
    at.shifts = at.tail + (int32_t)(4 * l->block_channels);
    return at;
}

static inline int8x16_t as_bytes(int32x4_t words) { return vreinterpretq_s8_s32(words); }

/* Two channels times one or two windows. */
static inline void dot_two(const int8_t *w, const int8_t *x, const int8_t *y, uint32_t groups, int32_t sums[2],
                           int32_t others[2]) {
    const int32_t *words = (const int32_t *)(const void *)w;
    int32_t a0 = 0, a1 = 0, b0 = 0, b1 = 0;
    for (; groups >= 4; groups -= 4) {
        const int32x4x2_t weights = vld2q_s32(words);
        const int8x16_t first = vldrbq_s8(x);
        const int8x16_t second = vldrbq_s8(y);
        a0 = vmladavaq_s8(a0, as_bytes(weights.val[0]), first);
        a1 = vmladavaq_s8(a1, as_bytes(weights.val[1]), first);
        b0 = vmladavaq_s8(b0, as_bytes(weights.val[0]), second);
        b1 = vmladavaq_s8(b1, as_bytes(weights.val[1]), second);
        words += 8;
        x += 16;
        y += 16;
    }
    if (groups) {
        const mve_pred16_t p = vctp32q(groups);
        const uint32x4_t at = vidupq_n_u32(0, 8);
        const int8x16_t even = as_bytes(vldrwq_gather_offset_z_s32(words, at, p));
        const int8x16_t odd = as_bytes(vldrwq_gather_offset_z_s32(words + 1, at, p));
        const int8x16_t first = vldrbq_s8(x);
        const int8x16_t second = vldrbq_s8(y);
        a0 = vmladavaq_s8(a0, even, first);
        a1 = vmladavaq_s8(a1, odd, first);
        b0 = vmladavaq_s8(b0, even, second);
        b1 = vmladavaq_s8(b1, odd, second);
    }
    sums[0] = a0;
    sums[1] = a1;
    others[0] = b0;
    others[1] = b1;
}

/* Four channels times one row. */
static inline void dot_four(const int8_t *w, const int8_t *x, uint32_t groups, int32_t sums[4]) {
    const int32_t *words = (const int32_t *)(const void *)w;
    int32_t s0 = 0, s1 = 0, s2 = 0, s3 = 0;
    for (; groups >= 4; groups -= 4) {
        const int32x4x4_t weights = vld4q_s32(words);
        const int8x16_t values = vldrbq_s8(x);
        s0 = vmladavaq_s8(s0, as_bytes(weights.val[0]), values);
        s1 = vmladavaq_s8(s1, as_bytes(weights.val[1]), values);
        s2 = vmladavaq_s8(s2, as_bytes(weights.val[2]), values);
        s3 = vmladavaq_s8(s3, as_bytes(weights.val[3]), values);
        words += 16;
        x += 16;
    }
    if (groups) {
        const mve_pred16_t p = vctp32q(groups);
        const uint32x4_t at = vmulq_n_u32(vidupq_n_u32(0, 1), 16);
        const int8x16_t values = vldrbq_s8(x);
        s0 = vmladavaq_s8(s0, as_bytes(vldrwq_gather_offset_z_s32(words, at, p)), values);
        s1 = vmladavaq_s8(s1, as_bytes(vldrwq_gather_offset_z_s32(words + 1, at, p)), values);
        s2 = vmladavaq_s8(s2, as_bytes(vldrwq_gather_offset_z_s32(words + 2, at, p)), values);
        s3 = vmladavaq_s8(s3, as_bytes(vldrwq_gather_offset_z_s32(words + 3, at, p)), values);
    }
    sums[0] = s0;
    sums[1] = s1;
    sums[2] = s2;
    sums[3] = s3;
}

/* All channels of one window, or of two: y is x where there is one. */
static void run_windows(const jb_layer *l, const lanes *at, jb_mve_range range, const int8_t *x, const int8_t *y, int8_t *out) {
    const jb_op *op = l->op;
    const uint32_t channels = op->out_c;
    const int8_t *block = l->blocks;
    for (uint32_t c = 0; c < channels; c += 4) {
        const mve_pred16_t p = vctp32q(channels - c);
        int32_t sums[4], others[4];
        if (l->block_channels == 4) {
            dot_four(block + 16, x, l->groups, sums);
        } else {
            dot_two(block + 8, x, y, l->groups, sums, others);
            if (c + 2 < channels) dot_two(block + op->row_bytes + 8, x, y, l->groups, sums + 2, others + 2);
        }
        const int32x4_t bias = vldrwq_gather_offset_z_s32((const int32_t *)(const void *)block, at->words, p);
        const int8_t *tail = block + at->tail;
        const int32x4_t multipliers = vldrwq_gather_offset_z_s32((const int32_t *)(const void *)tail, at->words, p);
        const int32x4_t shifts =
            vreinterpretq_s32_u32(vldrbq_gather_offset_z_u32((const uint8_t *)block + at->shifts, at->bytes, p));
        const int32x4_t first = vshlq_n_s32(vaddq_s32(vldrwq_s32(sums), bias), 1);
        vstrbq_p_s32(out + c, jb_mve_requantize(first, multipliers, shifts, range), p);
        if (x != y) {
            const int32x4_t second = vshlq_n_s32(vaddq_s32(vldrwq_s32(others), bias), 1);
            vstrbq_p_s32(out + channels + c, jb_mve_requantize(second, multipliers, shifts, range), p);
        }
        block += (4 / l->block_channels) * op->row_bytes;
    }
}

void jb_run_layer(jb_layer *l, uint8_t *scratch, int8_t *out, uint32_t pixels) {
    const uint32_t row_bytes = (4 * l->groups + 15u) & ~15u;
    const int two = l->block_channels == 2 && 2 * row_bytes <= jb_packed_window_bytes(l->op);
    int8_t *first = (int8_t *)scratch;
    int8_t *second = first + row_bytes;
    const lanes at = lanes_of(l);
    const jb_mve_range range = jb_mve_range_of(l->op);
    jb_fill(first + 4 * (l->groups - 1), 0, 4);
    if (two) jb_fill(second + 4 * (l->groups - 1), 0, 4);
    for (; two && pixels >= 2; pixels -= 2) {
        jb_gather(l, first);
        jb_gather(l, second);
        run_windows(l, &at, range, first, second, out);
        out += 2 * l->op->out_c;
    }
    for (; pixels > 0; pixels--) {
        jb_gather(l, first);
        run_windows(l, &at, range, first, first, out);
        out += l->op->out_c;
    }
}

#endif
