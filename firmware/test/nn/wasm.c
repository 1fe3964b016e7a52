/*
 * The kernels as a WebAssembly module for test/interop/model: the way to test the vector path of jb_dot_s8.c. The test copies an
 * image and an input into the memory, calls run(), and reads the outputs that the hook gathered.
 */
#include "../../nn/jb_nn.h"

#define EXPORT(name) __attribute__((export_name(#name))) name

#define MODEL_BYTES (640u * 1024u)
#define ARENA_BYTES (160u * 1024u)
#define OUTPUT_BYTES (768u * 1024u)

static _Alignas(16) uint8_t model[MODEL_BYTES];
static _Alignas(16) uint8_t arena[ARENA_BYTES];
static uint8_t outputs[OUTPUT_BYTES];
static uint32_t written;
static jb_plan plan;

void *memcpy(void *to, const void *from, size_t bytes) {
    uint8_t *t = to;
    const uint8_t *f = from;
    for (size_t i = 0; i < bytes; i++) t[i] = f[i];
    return to;
}

void *memset(void *to, int value, size_t bytes) {
    uint8_t *t = to;
    for (size_t i = 0; i < bytes; i++) t[i] = (uint8_t)value;
    return to;
}

static void gather(void *context, uint32_t op_index) {
    (void)context;
    const int8_t *output;
    const uint32_t length = jb_plan_op_output(&plan, arena, op_index, &output);
    if (written + length > OUTPUT_BYTES) return;
    memcpy(outputs + written, output, length);
    written += length;
}

uint8_t *EXPORT(model_at)(void) { return model; }
uint8_t *EXPORT(outputs_at)(void) { return outputs; }
int32_t EXPORT(open)(void) { return jb_plan_open(&plan, model, MODEL_BYTES, ARENA_BYTES); }
int8_t *EXPORT(input_at)(void) { return jb_plan_input(&plan, arena); }

/* Runs once; returns how many bytes of outputs were gathered. */
uint32_t EXPORT(run)(void) {
    written = 0;
    jb_plan_run(&plan, arena, gather, 0);
    return written;
}
