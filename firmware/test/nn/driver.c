/*
 * Runs plan images on the build machine, for the tests (test/support/native-nn.ts).
 *
 *   driver ops CASES - OUT            cases of (uint32 length of an image, uint32 length of its inputs, image, raw input tensors one
 *                                     after another) -> the output of every operator, for each of the inputs
 *   driver payloads IMAGE PAYLOADS OUT  host payloads -> input tensor, output tensor, results in thousandths as int32
 *   driver hostile CASES ARENA OUT    cases of (uint32 length, bytes) -> the answer of jb_plan_open() as uint32 each; what opens
 *                                     is run once. Image and arena are allocations of exactly their size, so that a sanitizer
 *                                     sees every stray access.
 */
#define _POSIX_C_SOURCE 200112L
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../nn/jb_nn.h"

typedef struct blob {
    uint8_t *bytes;
    size_t length;
} blob;

static void fail(const char *what) {
    fprintf(stderr, "driver: %s\n", what);
    exit(2);
}

static void *aligned(size_t bytes) {
    void *memory = NULL;
    if (posix_memalign(&memory, JB_PLAN_ALIGN, bytes ? bytes : 1)) fail("out of memory");
    return memory;
}

static blob read_file(const char *path) {
    FILE *file = fopen(path, "rb");
    if (!file) fail(path);
    fseek(file, 0, SEEK_END);
    blob b = {NULL, (size_t)ftell(file)};
    rewind(file);
    b.bytes = aligned(b.length);
    if (fread(b.bytes, 1, b.length, file) != b.length) fail(path);
    fclose(file);
    return b;
}

static FILE *create(const char *path) {
    FILE *file = fopen(path, "wb");
    if (!file) fail(path);
    return file;
}

typedef struct sink {
    const jb_plan *plan;
    const uint8_t *arena;
    FILE *out;
} sink;

static void write_op(void *context, uint32_t op_index) {
    const sink *s = context;
    const int8_t *output;
    const uint32_t length = jb_plan_op_output(s->plan, s->arena, op_index, &output);
    fwrite(output, 1, length, s->out);
}

static uint8_t *open_plan(jb_plan *plan, const blob *image) {
    const int32_t refused = jb_plan_open(plan, image->bytes, (uint32_t)image->length, UINT32_MAX);
    if (refused) {
        fprintf(stderr, "driver: refused with %d at operator %u\n", (int)refused, (unsigned)plan->failed_op);
        exit(3);
    }
    uint8_t *arena = aligned(jb_plan_arena_bytes(plan));
    memset(arena, 0xA5, jb_plan_arena_bytes(plan));
    return arena;
}

static void run_ops_case(const uint8_t *bytes, size_t length, const uint8_t *inputs, size_t inputs_length, FILE *out) {
    const blob image = {aligned(length), length};
    memcpy(image.bytes, bytes, length);
    jb_plan plan;
    uint8_t *arena = open_plan(&plan, &image);
    const sink s = {&plan, arena, out};
    const size_t step = jb_plan_input_bytes(&plan);
    for (size_t at = 0; at + step <= inputs_length; at += step) {
        memcpy(jb_plan_input(&plan, arena), inputs + at, step);
        jb_plan_run(&plan, arena, write_op, (void *)&s);
    }
    free(arena);
    free(image.bytes);
}

static void run_ops(char **argv) {
    const blob cases = read_file(argv[2]);
    FILE *out = create(argv[4]);
    for (size_t at = 0; at + 8 <= cases.length;) {
        uint32_t lengths[2];
        memcpy(lengths, cases.bytes + at, sizeof lengths);
        const uint8_t *image = cases.bytes + at + sizeof lengths;
        run_ops_case(image, lengths[0], image + lengths[0], lengths[1], out);
        at += sizeof lengths + lengths[0] + lengths[1];
    }
    fclose(out);
    free(cases.bytes);
}

static void run_payloads(char **argv) {
    const blob image = read_file(argv[2]);
    const blob payloads = read_file(argv[3]);
    jb_plan plan;
    uint8_t *arena = open_plan(&plan, &image);
    FILE *out = create(argv[4]);
    const size_t step = jb_plan_payload_bytes(&plan);
    for (size_t at = 0; at + step <= payloads.length; at += step) {
        const uint8_t *payload = payloads.bytes + at;
        jb_plan_load_input(&plan, arena, payload);
        fwrite(jb_plan_input(&plan, arena), 1, jb_plan_input_bytes(&plan), out);
        jb_plan_run(&plan, arena, NULL, NULL);
        fwrite(jb_plan_output(&plan, arena), 1, jb_plan_output_bytes(&plan), out);
        for (uint32_t i = 0; i < jb_plan_result_count(&plan); i++) {
            const int32_t milli = jb_plan_result_milli(&plan, arena, payload, i);
            fwrite(&milli, sizeof milli, 1, out);
        }
    }
    fclose(out);
    free(arena);
    free(image.bytes);
    free(payloads.bytes);
}

static void run_hostile_plan(const jb_plan *plan) {
    uint8_t *arena = aligned(jb_plan_arena_bytes(plan));
    uint8_t *payload = aligned(jb_plan_payload_bytes(plan));
    memset(arena, 0xA5, jb_plan_arena_bytes(plan));
    for (uint32_t i = 0; i < jb_plan_payload_bytes(plan); i++) payload[i] = (uint8_t)(i * 37u + 11u);
    FILE *nowhere = create("/dev/null");
    const sink s = {plan, arena, nowhere};
    jb_plan_load_input(plan, arena, payload);
    jb_plan_run(plan, arena, write_op, (void *)&s);
    for (uint32_t i = 0; i < jb_plan_result_count(plan); i++) (void)jb_plan_result_milli(plan, arena, payload, i);
    fclose(nowhere);
    free(arena);
    free(payload);
}

static void run_hostile(char **argv) {
    const blob cases = read_file(argv[2]);
    const uint32_t arena_bytes = (uint32_t)strtoul(argv[3], NULL, 10);
    FILE *out = create(argv[4]);
    for (size_t at = 0; at + 4 <= cases.length;) {
        uint32_t length;
        memcpy(&length, cases.bytes + at, sizeof length);
        at += 4;
        uint8_t *image = aligned(length);
        memcpy(image, cases.bytes + at, length);
        at += length;
        jb_plan plan;
        const int32_t answer = jb_plan_open(&plan, image, length, arena_bytes);
        const uint32_t written = (uint32_t)answer;
        fwrite(&written, sizeof written, 1, out);
        if (answer == JB_PLAN_OK) run_hostile_plan(&plan);
        free(image);
    }
    fclose(out);
    free(cases.bytes);
}

int main(int argc, char **argv) {
    if (argc != 5) fail("usage: driver ops|payloads|hostile ...");
    if (strcmp(argv[1], "ops") == 0) {
        run_ops(argv);
    } else if (strcmp(argv[1], "payloads") == 0) {
        run_payloads(argv);
    } else if (strcmp(argv[1], "hostile") == 0) {
        run_hostile(argv);
    } else {
        fail("unknown command");
    }
    return 0;
}
