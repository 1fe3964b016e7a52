#include "jb_nn_internal.h"

int8_t *jb_plan_input(const jb_plan *plan, uint8_t *arena) { return (int8_t *)(arena + plan->input_offset); }
const int8_t *jb_plan_output(const jb_plan *plan, const uint8_t *arena) {
    return (const int8_t *)(arena + plan->output_offset);
}
uint32_t jb_plan_input_bytes(const jb_plan *plan) { return plan->input_bytes; }
uint32_t jb_plan_output_bytes(const jb_plan *plan) { return plan->output_bytes; }
uint32_t jb_plan_payload_bytes(const jb_plan *plan) { return plan->payload_bytes; }
uint32_t jb_plan_arena_bytes(const jb_plan *plan) { return plan->arena_bytes; }
uint32_t jb_plan_op_count(const jb_plan *plan) { return plan->op_count; }
uint32_t jb_plan_flags(const jb_plan *plan) { return plan->flags; }
uint32_t jb_plan_result_count(const jb_plan *plan) { return plan->result_count; }
const char *jb_plan_model_id(const jb_plan *plan) {
    return (const char *)(plan->image + offsetof(jb_header, model_id));
}

static float read_float(const uint8_t *payload, uint32_t index) {
    float value;
    memcpy(&value, payload + (size_t)index * sizeof value, sizeof value);
    return value;
}

/* value / scale, rounded half away from zero, plus zero point, clamped to int8. Not a number gives -128. */
static int8_t quantize(float value, float scale, int32_t zero_point) {
    const float ratio = value / scale;
    if (!(ratio > -1000.0f)) return -128;
    if (ratio > 1000.0f) return 127;
    int32_t rounded = (int32_t)ratio;
    const float rest = ratio - (float)rounded; /* exact */
    if (rest >= 0.5f) rounded++;
    if (rest <= -0.5f) rounded--;
    rounded += zero_point;
    return (int8_t)(rounded < -128 ? -128 : rounded > 127 ? 127 : rounded);
}

void jb_plan_load_input(const jb_plan *plan, uint8_t *arena, const uint8_t *payload) {
    int8_t *input = jb_plan_input(plan, arena);
    const uint32_t count = plan->input_bytes;
    if (plan->input_transform == JB_INPUT_COPY) {
        memcpy(input, payload, count);
    } else if (plan->input_transform == JB_INPUT_UINT8) {
        for (uint32_t i = 0; i < count; i++) input[i] = (int8_t)(payload[i] - 128);
    } else {
        for (uint32_t i = 0; i < count; i++) {
            input[i] = quantize(read_float(payload, i), plan->input_scale, plan->input_zero_point);
        }
    }
}

/* Mean of (s_o (q - z_o) - x)^2. Each step is a statement of its own, so that no compiler fuses multiply and add. */
static float mean_square(const jb_plan *plan, const int8_t *output, const uint8_t *payload) {
    float sum = 0.0f;
    for (uint32_t i = 0; i < plan->output_bytes; i++) {
        const float value = plan->output_scale * (float)(output[i] - plan->output_zero_point);
        const float difference = value - read_float(payload, i);
        const float square = difference * difference;
        sum = sum + square;
    }
    return sum / (float)plan->output_bytes;
}

/* factor value 1000, rounded half to even, in integers: a float is a whole number times a power of two. */
static int32_t milli(int32_t factor, float value) {
    uint32_t bits;
    memcpy(&bits, &value, sizeof bits);
    const int32_t exponent = (int32_t)(bits >> 23 & 0xFFu);
    if (exponent == 0) return 0; /* zero, or far below a thousandth */
    const int64_t mantissa = (int64_t)((bits & 0x7FFFFFu) | 0x800000u);
    const int64_t whole = (bits >> 31 ? -mantissa : mantissa) * factor * 1000;
    const int32_t saturated = whole > 0 ? INT32_MAX : whole < 0 ? INT32_MIN : 0;
    const int32_t places = 150 - exponent; /* value = mantissa 2^-places */
    if (exponent == 255 && (bits & 0x7FFFFFu)) return INT32_MAX; /* not a number; its sign differs between machines */
    if (places <= 0) return saturated;                           /* 2^23 and more, or infinite */
    if (places > 62) return 0;
    int64_t rounded = whole >> places;
    const uint64_t rest = (uint64_t)whole & (((uint64_t)1 << places) - 1u);
    const uint64_t half = (uint64_t)1 << (places - 1);
    if (rest > half || (rest == half && (rounded & 1))) rounded++;
    return rounded > INT32_MAX ? INT32_MAX : rounded < INT32_MIN ? INT32_MIN : (int32_t)rounded;
}

int32_t jb_plan_result_milli(const jb_plan *plan, const uint8_t *arena, const uint8_t *payload, uint32_t i) {
    const int8_t *output = jb_plan_output(plan, arena);
    if (plan->result_transform == JB_RESULT_MEAN_SQUARE) return milli(1, mean_square(plan, output, payload));
    return milli(output[i] - plan->output_zero_point, plan->output_scale);
}
