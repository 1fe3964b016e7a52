#include "jb_plan_check.h"

static int is_scale(float scale) {
    uint32_t bits;
    memcpy(&bits, &scale, sizeof bits);
    const uint32_t exponent = bits >> 23; /* with the sign, which has to be 0 */
    return exponent >= 1 && exponent <= 254;
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
    if (!jb_is_aligned(h->ops_offset) || h->ops_offset < sizeof(jb_header)) return JB_PLAN_E_HEADER;
    if ((uint64_t)h->ops_offset + (uint64_t)h->op_count * sizeof(jb_op) > h->image_bytes) return JB_PLAN_E_HEADER;
    if (!jb_is_aligned(h->arena_bytes) || h->arena_bytes > JB_PLAN_MAX_ARENA) return JB_PLAN_E_HEADER;
    if (h->input_bytes < 1 || !jb_in_arena(h->arena_bytes, h->input_offset, h->input_bytes)) return JB_PLAN_E_HEADER;
    if (h->output_bytes < 1 || !jb_in_arena(h->arena_bytes, h->output_offset, h->output_bytes)) return JB_PLAN_E_HEADER;
    if (!is_scale(h->input_scale) || !is_scale(h->output_scale)) return JB_PLAN_E_HEADER;
    if (!jb_is_int8(h->input_zero_point) || !jb_is_int8(h->output_zero_point)) return JB_PLAN_E_HEADER;
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
    if (header.image_bytes < sizeof header || header.image_bytes > JB_PLAN_MAX_IMAGE || !jb_is_aligned(header.image_bytes)) {
        return JB_PLAN_E_HEADER;
    }
    if (jb_nn_crc32(image + JB_PLAN_CRC_FROM, header.image_bytes - JB_PLAN_CRC_FROM) != header.crc32) {
        return JB_PLAN_E_CRC;
    }
    const int32_t refused = check_header(&header);
    if (refused) return refused;
    plan->arena_bytes = header.arena_bytes;
    if (header.arena_bytes > arena_bytes) return JB_PLAN_E_ARENA;
    const jb_bounds b = {
        .image = image,
        .constants_from = header.ops_offset + header.op_count * (uint32_t)sizeof(jb_op),
        .image_bytes = header.image_bytes,
        .arena_bytes = header.arena_bytes,
    };
    for (uint32_t i = 0; i < header.op_count; i++) {
        jb_op op;
        memcpy(&op, image + header.ops_offset + (size_t)i * sizeof op, sizeof op);
        const int32_t refused_op = jb_check_op(&op, &b);
        if (refused_op) {
            plan->failed_op = i;
            return refused_op;
        }
    }
    plan->image = image;
    fill(plan, &header);
    return JB_PLAN_OK;
}
