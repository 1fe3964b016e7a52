/*
 * The firmware as a program: commands on standard input, replies on standard output. For tests and for looking at the
 * protocol by hand. Usage: joulebench-dut [--energy] [--clock MICROSECONDS] PLAN.jbm
 *
 * --clock gives the DUT a clock that advances by so many microseconds at each reading, so that transcripts repeat.
 * In energy mode the levels of the timestamp output go to standard error, one line each.
 */
#define _POSIX_C_SOURCE 200809L

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "harness/jb_harness.h"

static uint32_t clock_step;
static uint32_t clock_now;

static uint32_t now_us(void)
{
    struct timespec now;
    if (clock_step > 0) {
        return clock_now += clock_step;
    }
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint32_t)((uint64_t)now.tv_sec * 1000000u + (uint64_t)now.tv_nsec / 1000u);
}

static void tx(const uint8_t *bytes, uint32_t length)
{
    while (length > 0) {
        ssize_t written = write(STDOUT_FILENO, bytes, length);
        if (written < 0) {
            if (errno == EINTR) {
                continue;
            }
            exit(1);
        }
        bytes += written;
        length -= (uint32_t)written;
    }
}

static void pin(uint32_t level)
{
    const struct timespec pulse = {0, 1000000};
    fprintf(stderr, "pin %u\n", (unsigned)level);
    if (level == 0 && clock_step == 0) {
        nanosleep(&pulse, NULL);
    }
}

static void mark(uint32_t kind, uint32_t argument)
{
    (void)kind;
    (void)argument;
}

/* 16-byte aligned memory, as image and arena need. */
static uint8_t *reserve(size_t bytes)
{
    uint8_t *memory = aligned_alloc(JB_PLAN_ALIGN, (bytes / JB_PLAN_ALIGN + 1) * JB_PLAN_ALIGN);
    if (memory == NULL) {
        fprintf(stderr, "out of memory\n");
        exit(1);
    }
    return memory;
}

static uint8_t *read_file(const char *path, uint32_t *length)
{
    FILE *file = fopen(path, "rb");
    long size;
    uint8_t *bytes;
    if (file == NULL || fseek(file, 0, SEEK_END) != 0 || (size = ftell(file)) < 0 || size > INT32_MAX) {
        fprintf(stderr, "%s: cannot be read\n", path);
        exit(1);
    }
    rewind(file);
    bytes = reserve((size_t)size);
    if (fread(bytes, 1, (size_t)size, file) != (size_t)size) {
        fprintf(stderr, "%s: cannot be read\n", path);
        exit(1);
    }
    fclose(file);
    *length = (uint32_t)size;
    return bytes;
}

int main(int argc, char **argv)
{
    static const jb_port port = {now_us, tx, pin, mark, "joulebench-host"};
    static uint8_t payload[27648];
    static uint8_t rx[4096];
    jb_mode mode = JB_MODE_PERFORMANCE;
    const char *path = NULL;
    jb_plan plan;
    jb_harness harness;
    uint32_t length;

    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--energy") == 0) {
            mode = JB_MODE_ENERGY;
        } else if (strcmp(argv[i], "--clock") == 0 && i + 1 < argc) {
            clock_step = (uint32_t)strtoul(argv[++i], NULL, 10);
        } else {
            path = argv[i];
        }
    }
    if (path == NULL) {
        fprintf(stderr, "usage: %s [--energy] [--clock MICROSECONDS] PLAN.jbm\n", argv[0]);
        return 2;
    }
    uint8_t *image = read_file(path, &length);
    int32_t refused = jb_plan_open(&plan, image, length, UINT32_MAX);
    if (refused != JB_PLAN_OK) {
        fprintf(stderr, "%s: refused with code %d\n", path, (int)refused);
        return 1;
    }
    uint8_t *arena = reserve(jb_plan_arena_bytes(&plan));
    const jb_setup setup = {&port, &plan, arena, payload, sizeof payload, NULL};
    if (!jb_harness_init(&harness, &setup)) {
        fprintf(stderr, "%s: its input needs more than %zu bytes\n", path, sizeof payload);
        return 1;
    }
    jb_harness_boot(&harness, mode);
    for (;;) {
        if (!jb_harness_busy(&harness)) {
            ssize_t received = read(STDIN_FILENO, rx, sizeof rx);
            if (received < 0 && errno == EINTR) {
                continue;
            }
            if (received <= 0) {
                break;
            }
            jb_harness_feed(&harness, rx, (uint32_t)received);
        }
        jb_harness_step(&harness);
    }
    free(arena);
    free(image);
    return 0;
}
