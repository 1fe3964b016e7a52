/*
 * Stands in for the kernels in tests of the harness: a "model" of 20 payload bytes and three results, whose run destroys its
 * input as real plans do, so that a forgotten reload shows in the results. The image decides the number of results.
 */
#include <string.h>

#include "nn/jb_nn.h"

enum { PAYLOAD = 20, OUTPUT = 32 };

int32_t jb_plan_open(jb_plan *plan, const uint8_t *image, uint32_t image_bytes, uint32_t arena_bytes)
{
    if (image_bytes < 1) {
        return JB_PLAN_E_TRUNCATED;
    }
    memset(plan, 0, sizeof *plan);
    plan->image = image;
    plan->arena_bytes = 64;
    plan->result_count = image[0];
    return arena_bytes < plan->arena_bytes ? JB_PLAN_E_ARENA : JB_PLAN_OK;
}

void jb_plan_load_input(const jb_plan *plan, uint8_t *arena, const uint8_t *payload)
{
    (void)plan;
    memcpy(arena, payload, PAYLOAD);
}

void jb_plan_run(const jb_plan *plan, uint8_t *arena, jb_op_hook hook, void *context)
{
    for (uint32_t i = 0; i < plan->result_count && i < PAYLOAD; i++) {
        arena[OUTPUT + i] = arena[i];
    }
    hook(context, 0);
    memset(arena, 0x55, PAYLOAD);
    hook(context, 1);
}

int8_t *jb_plan_input(const jb_plan *plan, uint8_t *arena)
{
    (void)plan;
    return (int8_t *)arena;
}

uint32_t jb_plan_input_bytes(const jb_plan *plan)
{
    (void)plan;
    return PAYLOAD;
}

uint32_t jb_plan_op_count(const jb_plan *plan)
{
    (void)plan;
    return 2;
}

uint32_t jb_plan_op_output(const jb_plan *plan, const uint8_t *arena, uint32_t op_index, const int8_t **output)
{
    (void)op_index;
    *output = (const int8_t *)arena + OUTPUT;
    return plan->result_count;
}

uint32_t jb_plan_payload_bytes(const jb_plan *plan)
{
    (void)plan;
    return PAYLOAD;
}

uint32_t jb_plan_arena_bytes(const jb_plan *plan)
{
    return plan->arena_bytes;
}

uint32_t jb_plan_result_count(const jb_plan *plan)
{
    return plan->result_count;
}

const char *jb_plan_model_id(const jb_plan *plan)
{
    (void)plan;
    return "stub01";
}

/* Covers every shape of number: 0, small, negative, and the two ends of the range. */
int32_t jb_plan_result_milli(const jb_plan *plan, const uint8_t *arena, const uint8_t *payload, uint32_t i)
{
    uint8_t value = arena[OUTPUT + i];
    if (value == 0xfe) {
        return INT32_MIN;
    }
    if (value == 0xff) {
        return INT32_MAX;
    }
    /* One result stands for a reconstruction error, which depends on the payload too. */
    return plan->result_count == 1 ? value + 1000 * payload[1] : ((int32_t)value - 100) * 61;
}
