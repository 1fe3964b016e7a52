/*
 * The virtual port: the same firmware as WebAssembly. The host owns the memory's contents between calls: it copies a plan
 * image to jb_model(), checks it with jb_model_check(), and then plays the board's main loop with jb_boot, jb_feed and
 * jb_step. jb_run() bypasses the protocol: one inference on an int8 tensor, for checking a model operator by operator.
 */
#include "harness/jb_harness.h"
#include "port_imports.h"

/* Changes whenever the meaning of an import or export does. */
enum { ABI_VERSION = 1 };

enum {
    MODEL_CAPACITY = 640 * 1024,
    ARENA_CAPACITY = 384 * 1024,
    PAYLOAD_CAPACITY = 27648, /* the largest input of the benchmarks, and the limit of the reference's common API */
    RX_CAPACITY = 4096
};

/* Beside the codes of jb_plan_open. */
enum { E_PAYLOAD = 100 };

static _Alignas(16) uint8_t model[MODEL_CAPACITY];
static _Alignas(16) uint8_t arena[ARENA_CAPACITY];
static _Alignas(16) uint8_t payload[PAYLOAD_CAPACITY];
static _Alignas(16) uint8_t rx[RX_CAPACITY];

static const jb_port port = {import_now_us, import_tx, import_pin, import_mark, "joulebench-virtual"};
static jb_plan plan;
static jb_harness harness;
static int32_t checked = JB_PLAN_E_MAGIC;

static void operator_done(void *context, uint32_t index)
{
    (void)context;
    import_mark(JB_MARK_OPERATOR, index);
}

JB_EXPORT("jb_abi") int32_t jb_abi(void)
{
    return ABI_VERSION;
}

JB_EXPORT("jb_model") uint8_t *jb_model(void)
{
    return model;
}

JB_EXPORT("jb_model_cap") uint32_t jb_model_cap(void)
{
    return sizeof model;
}

/* Validates the image at jb_model(). 0, or a code of jb_plan_open or of this file; nothing else may be called before a 0. */
JB_EXPORT("jb_model_check") int32_t jb_model_check(void)
{
    const jb_setup setup = {&port, &plan, arena, payload, sizeof payload, 0};
    checked = jb_plan_open(&plan, model, sizeof model, sizeof arena);
    if (checked == JB_PLAN_OK && !jb_harness_init(&harness, &setup)) {
        checked = E_PAYLOAD;
    }
    return checked;
}

/* After a refusal: the operator to blame (0xffffffff: none), and the arena and payload that the plan asks for. */
JB_EXPORT("jb_model_failed_op") uint32_t jb_model_failed_op(void)
{
    return plan.failed_op;
}

JB_EXPORT("jb_model_arena") uint32_t jb_model_arena(void)
{
    return plan.arena_bytes;
}

JB_EXPORT("jb_model_payload") uint32_t jb_model_payload(void)
{
    return plan.payload_bytes;
}

JB_EXPORT("jb_arena") uint8_t *jb_arena(void)
{
    return arena;
}

JB_EXPORT("jb_arena_cap") uint32_t jb_arena_cap(void)
{
    return sizeof arena;
}

JB_EXPORT("jb_payload") uint8_t *jb_payload(void)
{
    return payload;
}

JB_EXPORT("jb_payload_cap") uint32_t jb_payload_cap(void)
{
    return sizeof payload;
}

JB_EXPORT("jb_rx") uint8_t *jb_rx(void)
{
    return rx;
}

JB_EXPORT("jb_rx_cap") uint32_t jb_rx_cap(void)
{
    return sizeof rx;
}

JB_EXPORT("jb_boot") void jb_boot(int32_t mode)
{
    if (checked == JB_PLAN_OK) {
        jb_harness_boot(&harness, mode == JB_MODE_ENERGY ? JB_MODE_ENERGY : JB_MODE_PERFORMANCE);
    }
}

/* 1: taken; 0: refused, because bytes of the last feed are unread, or more than the buffer holds. */
JB_EXPORT("jb_feed") int32_t jb_feed(uint32_t length)
{
    return checked == JB_PLAN_OK && length <= sizeof rx && jb_harness_feed(&harness, rx, length);
}

JB_EXPORT("jb_step") int32_t jb_step(void)
{
    return checked == JB_PLAN_OK && jb_harness_step(&harness);
}

/* Where the input tensor belongs, and how large it is: for jb_run(). */
JB_EXPORT("jb_input") int8_t *jb_input(void)
{
    return jb_plan_input(&plan, arena);
}

JB_EXPORT("jb_input_bytes") uint32_t jb_input_bytes(void)
{
    return jb_plan_input_bytes(&plan);
}

/* Turns the bytes at jb_payload() into the input tensor, as `infer` does. */
JB_EXPORT("jb_load") void jb_load(void)
{
    if (checked == JB_PLAN_OK) {
        jb_plan_load_input(&plan, arena, payload);
    }
}

/* One inference on the tensor at jb_input(), a mark after each operator. */
JB_EXPORT("jb_run") void jb_run(void)
{
    if (checked == JB_PLAN_OK) {
        jb_plan_run(&plan, arena, operator_done, 0);
    }
}

/* Inside the mark of operator `index`: where its output lies and how many bytes it has. */
JB_EXPORT("jb_op_output") const int8_t *jb_op_output(uint32_t index)
{
    const int8_t *output = 0;
    if (checked == JB_PLAN_OK && index < jb_plan_op_count(&plan)) {
        jb_plan_op_output(&plan, arena, index, &output);
    }
    return output;
}

JB_EXPORT("jb_op_output_bytes") uint32_t jb_op_output_bytes(uint32_t index)
{
    const int8_t *output;
    if (checked != JB_PLAN_OK || index >= jb_plan_op_count(&plan)) {
        return 0;
    }
    return jb_plan_op_output(&plan, arena, index, &output);
}
