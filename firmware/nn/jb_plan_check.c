#include "jb_plan_check.h"

static uint64_t align_up(uint64_t bytes) { return (bytes + 15u) & ~(uint64_t)15u; }

static int in_constants(const jb_bounds *b, uint32_t offset, uint64_t bytes) {
    return jb_is_aligned(offset) && offset >= b->constants_from && offset + bytes <= b->image_bytes;
}

static int apart(uint32_t a, uint64_t a_bytes, uint32_t b, uint64_t b_bytes) {
    return a + a_bytes <= b || b + b_bytes <= a;
}

static int is_dim(uint32_t value) { return value >= 1 && value <= JB_PLAN_MAX_DIM; }

static uint64_t in_elements(const jb_op *op) { return (uint64_t)op->in_h * op->in_w * op->in_c; }
static uint64_t out_elements(const jb_op *op) { return (uint64_t)op->out_h * op->out_w * op->out_c; }

/* Every window begins inside the padded image and touches the image itself. */
static int is_window(const jb_op *op) {
    if (!is_dim(op->kernel_h) || !is_dim(op->kernel_w)) return 0;
    if (op->stride_h < 1 || op->stride_h > JB_PLAN_MAX_STRIDE) return 0;
    if (op->stride_w < 1 || op->stride_w > JB_PLAN_MAX_STRIDE) return 0;
    if (op->pad_top >= op->kernel_h || op->pad_left >= op->kernel_w) return 0;
    return (uint64_t)(op->out_h - 1) * op->stride_h < (uint64_t)op->in_h + op->pad_top &&
           (uint64_t)(op->out_w - 1) * op->stride_w < (uint64_t)op->in_w + op->pad_left;
}

static int same_shape(const jb_op *op) {
    return op->in_h == op->out_h && op->in_w == op->out_w && op->in_c == op->out_c;
}

static int32_t check_requantization(const jb_op *op, const jb_bounds *b) {
    const uint32_t count = op->requant_count;
    if (!in_constants(b, op->multipliers, (uint64_t)count * 4) || !in_constants(b, op->shifts, count)) {
        return JB_PLAN_E_OFFSET;
    }
    const int32_t *multipliers = (const int32_t *)(const void *)(b->image + op->multipliers);
    const int8_t *shifts = (const int8_t *)(b->image + op->shifts);
    for (uint32_t i = 0; i < count; i++) {
        if (multipliers[i] < 0 || shifts[i] < -31 || shifts[i] > 30) return JB_PLAN_E_CONSTANT;
    }
    return JB_PLAN_OK;
}

/* Weights in row_count rows of `taps` values, bias and requantisation of the convolution-like kernels. */
static int32_t check_weights(const jb_op *op, const jb_bounds *b, uint64_t row_count, uint64_t row_values) {
    if (op->row_bytes != align_up(row_values)) return JB_PLAN_E_SHAPE;
    if (op->requant_count != 1 && op->requant_count != op->out_c) return JB_PLAN_E_SHAPE;
    if (!in_constants(b, op->weights, row_count * op->row_bytes)) return JB_PLAN_E_OFFSET;
    if (!in_constants(b, op->bias, (uint64_t)op->out_c * 4)) return JB_PLAN_E_OFFSET;
    return check_requantization(op, b);
}

static int32_t check_scratch(const jb_op *op, const jb_bounds *b, uint64_t needed) {
    if (op->scratch_bytes < needed) return JB_PLAN_E_SHAPE;
    if (!jb_in_arena(b->arena_bytes, op->scratch, op->scratch_bytes)) return JB_PLAN_E_OFFSET;
    if (!apart(op->scratch, op->scratch_bytes, op->in0, in_elements(op))) return JB_PLAN_E_OFFSET;
    return apart(op->scratch, op->scratch_bytes, op->out, out_elements(op)) ? JB_PLAN_OK : JB_PLAN_E_OFFSET;
}

/* Kernels that read an input again after they wrote the first output need the two apart. */
static int32_t check_separate(const jb_op *op) {
    return apart(op->in0, in_elements(op), op->out, out_elements(op)) ? JB_PLAN_OK : JB_PLAN_E_OFFSET;
}

/* Kernels that read each value just before they write its place may also work where they are. */
static int in_place_or_apart(const jb_op *op, uint32_t in) {
    return in == op->out || apart(in, in_elements(op), op->out, out_elements(op));
}

/* The output may begin far enough below the input to be written over what was read (docs/formats/plan.md). */
static int may_slide(const jb_op *op) {
    return apart(op->in0, in_elements(op), op->out, out_elements(op)) ||
           (int64_t)op->in0 - (int64_t)op->out >= jb_slide_bytes(op);
}

static int32_t check_packed_scales(const int32_t *multipliers, const uint8_t *shifts, uint32_t count) {
    for (uint32_t i = 0; i < count; i++) {
        if (multipliers[i] < 0 || shifts[i] < 1 || shifts[i] > JB_PLAN_MAX_PACKED_SHIFT) return JB_PLAN_E_CONSTANT;
    }
    return JB_PLAN_OK;
}

/*
 * Constants, scratch and output of the packed kernels: blocks of so many channels, with so many bytes of weights. Channels that fill up
 * the last block are computed like the others, so their scales are checked too.
 */
static int32_t check_packed(const jb_op *op, const jb_bounds *b, uint32_t channels, uint64_t weight_bytes, uint64_t scratch_bytes) {
    const uint64_t blocks = (op->out_c + channels - 1) / channels;
    if (op->row_bytes != 8 * channels + 4 + weight_bytes) return JB_PLAN_E_SHAPE;
    if (!in_constants(b, op->weights, blocks * op->row_bytes)) return JB_PLAN_E_OFFSET;
    for (uint64_t block = 0; block < blocks; block++) {
        const uint8_t *tail = b->image + op->weights + block * op->row_bytes + 4 * channels + weight_bytes;
        const int32_t refused = check_packed_scales((const int32_t *)(const void *)tail, tail + 4 * channels, channels);
        if (refused) return refused;
    }
    const int32_t refused = check_scratch(op, b, scratch_bytes);
    if (refused) return refused;
    return may_slide(op) ? JB_PLAN_OK : JB_PLAN_E_OFFSET;
}

static int32_t check_dense_packed(const jb_op *op, const jb_bounds *b, uint32_t channels) {
    if (!is_window(op)) return JB_PLAN_E_SHAPE;
    if ((uint64_t)op->kernel_h * op->kernel_w * op->in_c > JB_PLAN_MAX_ROW) return JB_PLAN_E_SHAPE;
    const uint64_t weight_bytes = (uint64_t)4 * channels * jb_packed_groups(op);
    return check_packed(op, b, channels, weight_bytes, jb_packed_window_bytes(op) + jb_packed_row_bytes(op));
}

static int32_t check_fully_connected_packed(const jb_op *op, const jb_bounds *b) {
    if (op->in_w != 1 || op->out_w != 1 || op->in_h != op->out_h) return JB_PLAN_E_SHAPE;
    if (op->kernel_h != 1 || op->kernel_w != 1 || op->stride_h != 1 || op->stride_w != 1) return JB_PLAN_E_SHAPE;
    return check_dense_packed(op, b, 4);
}

static int32_t check_depthwise_packed(const jb_op *op, const jb_bounds *b) {
    if (!is_window(op)) return JB_PLAN_E_SHAPE;
    const uint64_t taps = (uint64_t)op->kernel_h * op->kernel_w;
    if (taps > JB_PLAN_MAX_TAPS || op->in_c != op->out_c || op->out_c % 4 != 0) return JB_PLAN_E_SHAPE;
    return check_packed(op, b, 4, 8 * taps, align_up(op->in_c) + 4 * taps);
}

static int32_t check_conv(const jb_op *op, const jb_bounds *b) {
    if (!is_window(op)) return JB_PLAN_E_SHAPE;
    const uint64_t row = (uint64_t)op->kernel_h * op->kernel_w * op->in_c;
    if (row > JB_PLAN_MAX_ROW) return JB_PLAN_E_SHAPE;
    int32_t refused = check_separate(op);
    if (!refused) refused = check_weights(op, b, op->out_c, row);
    if (refused) return refused;
    return jb_conv_is_direct(op) ? JB_PLAN_OK : check_scratch(op, b, op->row_bytes);
}

static int32_t check_depthwise(const jb_op *op, const jb_bounds *b) {
    if (!is_window(op)) return JB_PLAN_E_SHAPE;
    const uint64_t taps = (uint64_t)op->kernel_h * op->kernel_w;
    if (taps > JB_PLAN_MAX_TAPS || op->out_c % op->in_c != 0) return JB_PLAN_E_SHAPE;
    const int32_t refused = check_separate(op);
    return refused ? refused : check_weights(op, b, taps, op->out_c);
}

static int32_t check_fully_connected(const jb_op *op, const jb_bounds *b) {
    if (op->in_w != 1 || op->out_w != 1 || op->in_h != op->out_h) return JB_PLAN_E_SHAPE;
    int32_t refused = check_separate(op);
    if (!refused) refused = check_weights(op, b, op->out_c, op->in_c);
    if (refused) return refused;
    return op->in_c % 16 == 0 ? JB_PLAN_OK : check_scratch(op, b, op->row_bytes);
}

static int32_t check_average_pool(const jb_op *op) {
    const uint64_t taps = (uint64_t)op->kernel_h * op->kernel_w;
    if (!is_window(op) || op->in_c != op->out_c || taps > JB_PLAN_MAX_TAPS) return JB_PLAN_E_SHAPE;
    return check_separate(op);
}

static int32_t check_add_packed(const jb_op *op, const jb_bounds *b) {
    if (!same_shape(op)) return JB_PLAN_E_SHAPE;
    if (!jb_in_arena(b->arena_bytes, op->in1, in_elements(op))) return JB_PLAN_E_OFFSET;
    if (!in_place_or_apart(op, op->in0) || !in_place_or_apart(op, op->in1)) return JB_PLAN_E_OFFSET;
    if (!in_constants(b, op->weights, 1024) || !in_constants(b, op->bias, 1024)) return JB_PLAN_E_OFFSET;
    if (!in_constants(b, op->multipliers, 4) || !in_constants(b, op->shifts, 1)) return JB_PLAN_E_OFFSET;
    const uint8_t *multiplier = b->image + op->multipliers;
    return check_packed_scales((const int32_t *)(const void *)multiplier, b->image + op->shifts, 1);
}

static int32_t check_add(const jb_op *op, const jb_bounds *b) {
    if (!same_shape(op) || op->requant_count != 1) return JB_PLAN_E_SHAPE;
    if (!jb_in_arena(b->arena_bytes, op->in1, in_elements(op))) return JB_PLAN_E_OFFSET;
    if (!in_place_or_apart(op, op->in0) || !in_place_or_apart(op, op->in1)) return JB_PLAN_E_OFFSET;
    if (!in_constants(b, op->weights, 1024) || !in_constants(b, op->bias, 1024)) return JB_PLAN_E_OFFSET;
    return check_requantization(op, b);
}

static int32_t check_reshape(const jb_op *op) {
    if (in_elements(op) != out_elements(op)) return JB_PLAN_E_SHAPE;
    return in_place_or_apart(op, op->in0) ? JB_PLAN_OK : JB_PLAN_E_OFFSET;
}

static int32_t check_softmax(const jb_op *op, const jb_bounds *b) {
    if (!same_shape(op) || op->in_c > JB_PLAN_MAX_SOFTMAX) return JB_PLAN_E_SHAPE;
    if (!in_place_or_apart(op, op->in0)) return JB_PLAN_E_OFFSET;
    if (!in_constants(b, op->weights, 1024)) return JB_PLAN_E_OFFSET;
    const int32_t *table = (const int32_t *)(const void *)(b->image + op->weights);
    if (table[0] != INT32_MAX) return JB_PLAN_E_CONSTANT; /* E(0) keeps the sum above 0 */
    for (uint32_t i = 1; i < 256; i++) {
        if (table[i] < 0) return JB_PLAN_E_CONSTANT;
    }
    return JB_PLAN_OK;
}

int32_t jb_check_op(const jb_op *op, const jb_bounds *b) {
    if (op->kernel < JB_KERNEL_CONV_S8 || op->kernel > JB_KERNEL_ADD_PACKED_S8) return JB_PLAN_E_KERNEL;
    if (op->flags != 0 || op->reserved0 != 0 || op->reserved1 != 0) return JB_PLAN_E_KERNEL;
    if (!is_dim(op->in_h) || !is_dim(op->in_w) || !is_dim(op->in_c)) return JB_PLAN_E_SHAPE;
    if (!is_dim(op->out_h) || !is_dim(op->out_w) || !is_dim(op->out_c)) return JB_PLAN_E_SHAPE;
    if (!jb_in_arena(b->arena_bytes, op->in0, in_elements(op))) return JB_PLAN_E_OFFSET;
    if (!jb_in_arena(b->arena_bytes, op->out, out_elements(op))) return JB_PLAN_E_OFFSET;
    if (!jb_is_int8(op->in_zero_point) || !jb_is_int8(op->out_zero_point)) return JB_PLAN_E_CONSTANT;
    if (!jb_is_int8(op->lo) || !jb_is_int8(op->hi) || op->lo > op->hi) return JB_PLAN_E_CONSTANT;
    switch (op->kernel) {
        case JB_KERNEL_CONV_S8: return check_conv(op, b);
        case JB_KERNEL_DEPTHWISE_CONV_S8: return check_depthwise(op, b);
        case JB_KERNEL_FULLY_CONNECTED_S8: return check_fully_connected(op, b);
        case JB_KERNEL_AVERAGE_POOL_S8: return check_average_pool(op);
        case JB_KERNEL_ADD_S8: return check_add(op, b);
        case JB_KERNEL_RESHAPE: return check_reshape(op);
        case JB_KERNEL_SOFTMAX_S8: return check_softmax(op, b);
        case JB_KERNEL_CONV_PACKED_S8: return check_dense_packed(op, b, 2);
        case JB_KERNEL_DEPTHWISE_PACKED_S8: return check_depthwise_packed(op, b);
        case JB_KERNEL_FULLY_CONNECTED_PACKED_S8: return check_fully_connected_packed(op, b);
        default: return check_add_packed(op, b);
    }
}
