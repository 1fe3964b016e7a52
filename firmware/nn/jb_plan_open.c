#include "jb_nn_internal.h"

/* What one operator's checks need besides its record. */
typedef struct bounds {
    const uint8_t *image;
    uint32_t constants_from;
    uint32_t image_bytes;
    uint32_t arena_bytes;
} bounds;

static int aligned(uint32_t offset) { return offset % JB_PLAN_ALIGN == 0; }
static uint64_t align_up(uint64_t bytes) { return (bytes + 15u) & ~(uint64_t)15u; }

static int in_arena(uint32_t arena_bytes, uint32_t offset, uint64_t bytes) {
    return aligned(offset) && offset + bytes <= arena_bytes;
}

static int in_constants(const bounds *b, uint32_t offset, uint64_t bytes) {
    return aligned(offset) && offset >= b->constants_from && offset + bytes <= b->image_bytes;
}

static int apart(uint32_t a, uint64_t a_bytes, uint32_t b, uint64_t b_bytes) {
    return a + a_bytes <= b || b + b_bytes <= a;
}

static int is_int8(int32_t value) { return value >= -128 && value <= 127; }
static int is_dim(uint32_t value) { return value >= 1 && value <= JB_PLAN_MAX_DIM; }

static int is_scale(float scale) {
    uint32_t bits;
    memcpy(&bits, &scale, sizeof bits);
    const uint32_t exponent = bits >> 23; /* with the sign, which has to be 0 */
    return exponent >= 1 && exponent <= 254;
}

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

static int32_t check_requantization(const jb_op *op, const bounds *b) {
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
static int32_t check_weights(const jb_op *op, const bounds *b, uint64_t row_count, uint64_t row_values) {
    if (op->row_bytes != align_up(row_values)) return JB_PLAN_E_SHAPE;
    if (op->requant_count != 1 && op->requant_count != op->out_c) return JB_PLAN_E_SHAPE;
    if (!in_constants(b, op->weights, row_count * op->row_bytes)) return JB_PLAN_E_OFFSET;
    if (!in_constants(b, op->bias, (uint64_t)op->out_c * 4)) return JB_PLAN_E_OFFSET;
    return check_requantization(op, b);
}

static int32_t check_scratch(const jb_op *op, const bounds *b, uint64_t needed) {
    if (op->scratch_bytes < needed) return JB_PLAN_E_SHAPE;
    if (!in_arena(b->arena_bytes, op->scratch, op->scratch_bytes)) return JB_PLAN_E_OFFSET;
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
static int32_t check_packed(const jb_op *op, const bounds *b, uint32_t channels, uint64_t weight_bytes, uint64_t scratch_bytes) {
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

static int32_t check_dense_packed(const jb_op *op, const bounds *b, uint32_t channels) {
    if (!is_window(op)) return JB_PLAN_E_SHAPE;
    if ((uint64_t)op->kernel_h * op->kernel_w * op->in_c > JB_PLAN_MAX_ROW) return JB_PLAN_E_SHAPE;
    const uint64_t weight_bytes = (uint64_t)4 * channels * jb_packed_groups(op);
    return check_packed(op, b, channels, weight_bytes, jb_packed_window_bytes(op) + jb_packed_row_bytes(op));
}

static int32_t check_fully_connected_packed(const jb_op *op, const bounds *b) {
    if (op->in_w != 1 || op->out_w != 1 || op->in_h != op->out_h) return JB_PLAN_E_SHAPE;
    if (op->kernel_h != 1 || op->kernel_w != 1 || op->stride_h != 1 || op->stride_w != 1) return JB_PLAN_E_SHAPE;
    return check_dense_packed(op, b, 4);
}

static int32_t check_depthwise_packed(const jb_op *op, const bounds *b) {
    if (!is_window(op)) return JB_PLAN_E_SHAPE;
    const uint64_t taps = (uint64_t)op->kernel_h * op->kernel_w;
    if (taps > JB_PLAN_MAX_TAPS || op->in_c != op->out_c || op->out_c % 4 != 0) return JB_PLAN_E_SHAPE;
    return check_packed(op, b, 4, 8 * taps, align_up(op->in_c) + 4 * taps);
}

static int32_t check_conv(const jb_op *op, const bounds *b) {
    if (!is_window(op)) return JB_PLAN_E_SHAPE;
    const uint64_t row = (uint64_t)op->kernel_h * op->kernel_w * op->in_c;
    if (row > JB_PLAN_MAX_ROW) return JB_PLAN_E_SHAPE;
    int32_t refused = check_separate(op);
    if (!refused) refused = check_weights(op, b, op->out_c, row);
    if (refused) return refused;
    return jb_conv_is_direct(op) ? JB_PLAN_OK : check_scratch(op, b, op->row_bytes);
}

static int32_t check_depthwise(const jb_op *op, const bounds *b) {
    if (!is_window(op)) return JB_PLAN_E_SHAPE;
    const uint64_t taps = (uint64_t)op->kernel_h * op->kernel_w;
    if (taps > JB_PLAN_MAX_TAPS || op->out_c % op->in_c != 0) return JB_PLAN_E_SHAPE;
    const int32_t refused = check_separate(op);
    return refused ? refused : check_weights(op, b, taps, op->out_c);
}

static int32_t check_fully_connected(const jb_op *op, const bounds *b) {
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

static int32_t check_add_packed(const jb_op *op, const bounds *b) {
    if (!same_shape(op)) return JB_PLAN_E_SHAPE;
    if (!in_arena(b->arena_bytes, op->in1, in_elements(op))) return JB_PLAN_E_OFFSET;
    if (!in_place_or_apart(op, op->in0) || !in_place_or_apart(op, op->in1)) return JB_PLAN_E_OFFSET;
    if (!in_constants(b, op->weights, 1024) || !in_constants(b, op->bias, 1024)) return JB_PLAN_E_OFFSET;
    if (!in_constants(b, op->multipliers, 4) || !in_constants(b, op->shifts, 1)) return JB_PLAN_E_OFFSET;
    const uint8_t *multiplier = b->image + op->multipliers;
    return check_packed_scales((const int32_t *)(const void *)multiplier, b->image + op->shifts, 1);
}

static int32_t check_add(const jb_op *op, const bounds *b) {
    if (!same_shape(op) || op->requant_count != 1) return JB_PLAN_E_SHAPE;
    if (!in_arena(b->arena_bytes, op->in1, in_elements(op))) return JB_PLAN_E_OFFSET;
    if (!in_place_or_apart(op, op->in0) || !in_place_or_apart(op, op->in1)) return JB_PLAN_E_OFFSET;
    if (!in_constants(b, op->weights, 1024) || !in_constants(b, op->bias, 1024)) return JB_PLAN_E_OFFSET;
    return check_requantization(op, b);
}

static int32_t check_reshape(const jb_op *op) {
    if (in_elements(op) != out_elements(op)) return JB_PLAN_E_SHAPE;
    return in_place_or_apart(op, op->in0) ? JB_PLAN_OK : JB_PLAN_E_OFFSET;
}

static int32_t check_softmax(const jb_op *op, const bounds *b) {
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

static int32_t check_op(const jb_op *op, const bounds *b) {
    if (op->kernel < JB_KERNEL_CONV_S8 || op->kernel > JB_KERNEL_ADD_PACKED_S8) return JB_PLAN_E_KERNEL;
    if (op->flags != 0 || op->reserved0 != 0 || op->reserved1 != 0) return JB_PLAN_E_KERNEL;
    if (!is_dim(op->in_h) || !is_dim(op->in_w) || !is_dim(op->in_c)) return JB_PLAN_E_SHAPE;
    if (!is_dim(op->out_h) || !is_dim(op->out_w) || !is_dim(op->out_c)) return JB_PLAN_E_SHAPE;
    if (!in_arena(b->arena_bytes, op->in0, in_elements(op))) return JB_PLAN_E_OFFSET;
    if (!in_arena(b->arena_bytes, op->out, out_elements(op))) return JB_PLAN_E_OFFSET;
    if (!is_int8(op->in_zero_point) || !is_int8(op->out_zero_point)) return JB_PLAN_E_CONSTANT;
    if (!is_int8(op->lo) || !is_int8(op->hi) || op->lo > op->hi) return JB_PLAN_E_CONSTANT;
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

/* Lower-case letters, digits, '-' and '_', then zeros to the end: it is printed in protocol lines. */
static int is_model_id(const char *id) {
    if (id[0] < 'a' || id[0] > 'z') return 0;
    uint32_t i = 0;
    for (; i < JB_PLAN_ID_BYTES && id[i]; i++) {
        const char c = id[i];
        if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_')) return 0;
    }
    if (i == JB_PLAN_ID_BYTES) return 0;
    for (; i < JB_PLAN_ID_BYTES; i++) {
        if (id[i]) return 0;
    }
    return 1;
}

/* The header's fields against each other; tensors are checked against the arena that the header asks for. */
static int32_t check_header(const jb_header *h) {
    if ((h->flags & ~JB_PLAN_KNOWN_FLAGS) != 0 || h->reserved != 0) return JB_PLAN_E_HEADER;
    if (h->op_bytes != sizeof(jb_op) || h->op_count < 1 || h->op_count > JB_PLAN_MAX_OPS) return JB_PLAN_E_HEADER;
    if (!aligned(h->ops_offset) || h->ops_offset < sizeof(jb_header)) return JB_PLAN_E_HEADER;
    if ((uint64_t)h->ops_offset + (uint64_t)h->op_count * sizeof(jb_op) > h->image_bytes) return JB_PLAN_E_HEADER;
    if (!aligned(h->arena_bytes) || h->arena_bytes > JB_PLAN_MAX_ARENA) return JB_PLAN_E_HEADER;
    if (h->input_bytes < 1 || !in_arena(h->arena_bytes, h->input_offset, h->input_bytes)) return JB_PLAN_E_HEADER;
    if (h->output_bytes < 1 || !in_arena(h->arena_bytes, h->output_offset, h->output_bytes)) return JB_PLAN_E_HEADER;
    if (!is_scale(h->input_scale) || !is_scale(h->output_scale)) return JB_PLAN_E_HEADER;
    if (!is_int8(h->input_zero_point) || !is_int8(h->output_zero_point)) return JB_PLAN_E_HEADER;
    if (h->input_transform > JB_INPUT_FLOAT32 || h->result_transform > JB_RESULT_MEAN_SQUARE) return JB_PLAN_E_HEADER;
    const uint32_t value_bytes = h->input_transform == JB_INPUT_FLOAT32 ? 4 : 1;
    if (h->payload_bytes != h->input_bytes * value_bytes) return JB_PLAN_E_HEADER;
    if (h->result_transform == JB_RESULT_SCORES && h->result_count != h->output_bytes) return JB_PLAN_E_HEADER;
    if (h->result_transform == JB_RESULT_MEAN_SQUARE &&
        (h->result_count != 1 || h->input_transform != JB_INPUT_FLOAT32 || h->input_bytes != h->output_bytes)) {
        return JB_PLAN_E_HEADER;
    }
    return is_model_id(h->model_id) ? JB_PLAN_OK : JB_PLAN_E_HEADER;
}

static void fill(jb_plan *plan, const jb_header *h) {
    plan->flags = h->flags;
    plan->op_count = h->op_count;
    plan->ops_offset = h->ops_offset;
    plan->input_offset = h->input_offset;
    plan->input_bytes = h->input_bytes;
    plan->output_offset = h->output_offset;
    plan->output_bytes = h->output_bytes;
    plan->payload_bytes = h->payload_bytes;
    plan->input_transform = h->input_transform;
    plan->result_transform = h->result_transform;
    plan->result_count = h->result_count;
    plan->input_scale = h->input_scale;
    plan->input_zero_point = h->input_zero_point;
    plan->output_scale = h->output_scale;
    plan->output_zero_point = h->output_zero_point;
}

int32_t jb_plan_open(jb_plan *plan, const uint8_t *image, uint32_t image_bytes, uint32_t arena_bytes) {
    memset(plan, 0, sizeof *plan);
    plan->failed_op = JB_PLAN_NO_OP;
    if ((uintptr_t)image % JB_PLAN_ALIGN != 0) return JB_PLAN_E_ALIGN;
    jb_header header;
    if (image_bytes < sizeof header) return JB_PLAN_E_TRUNCATED;
    memcpy(&header, image, sizeof header);
    if (header.magic != JB_PLAN_MAGIC) return JB_PLAN_E_MAGIC;
    if (header.version != JB_PLAN_VERSION) return JB_PLAN_E_VERSION;
    if (header.image_bytes > image_bytes) return JB_PLAN_E_TRUNCATED;
    if (header.image_bytes < sizeof header || header.image_bytes > JB_PLAN_MAX_IMAGE || !aligned(header.image_bytes)) {
        return JB_PLAN_E_HEADER;
    }
    if (jb_nn_crc32(image + JB_PLAN_CRC_FROM, header.image_bytes - JB_PLAN_CRC_FROM) != header.crc32) {
        return JB_PLAN_E_CRC;
    }
    const int32_t refused = check_header(&header);
    if (refused) return refused;
    plan->arena_bytes = header.arena_bytes;
    if (header.arena_bytes > arena_bytes) return JB_PLAN_E_ARENA;
    const bounds b = {
        .image = image,
        .constants_from = header.ops_offset + header.op_count * (uint32_t)sizeof(jb_op),
        .image_bytes = header.image_bytes,
        .arena_bytes = header.arena_bytes,
    };
    for (uint32_t i = 0; i < header.op_count; i++) {
        jb_op op;
        memcpy(&op, image + header.ops_offset + (size_t)i * sizeof op, sizeof op);
        const int32_t refused_op = check_op(&op, &b);
        if (refused_op) {
            plan->failed_op = i;
            return refused_op;
        }
    }
    plan->image = image;
    fill(plan, &header);
    return JB_PLAN_OK;
}
