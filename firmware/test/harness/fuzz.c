/*
 * Feeds the harness with made-up command streams, in pieces of every size, and checks what must hold for any stream:
 *   - exactly one `m-ready` line for every terminator that is received after boot, and nothing after the last one;
 *   - each line that begins with `e-[` ends with `]`;
 *   - the payload buffer's guard bytes, and the plan's image, are untouched;
 *   - the number of steps is bounded by commands, inferences and feeds.
 * Built with address and undefined-behaviour sanitizers. Usage: fuzz STREAMS SEED; ends with 0 and one line of figures.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "harness/jb_harness.h"

enum { CAPACITY = 40, GUARD = 64, STREAM = 1024 };

static uint32_t random_state;
static char line[256];
static uint32_t line_length;
static uint32_t ready_count;
static uint32_t inference_count;
static uint32_t bytes_after_ready;
static uint64_t tx_total;

static uint32_t next_random(void)
{
    random_state ^= random_state << 13;
    random_state ^= random_state >> 17;
    random_state ^= random_state << 5;
    return random_state;
}

static uint32_t below(uint32_t limit)
{
    return next_random() % limit;
}

static void fail(const char *what)
{
    fprintf(stderr, "fuzz: %s\n", what);
    abort();
}

static uint32_t now_us(void)
{
    return next_random();
}

static void tx(const uint8_t *bytes, uint32_t length)
{
    tx_total += length;
    for (uint32_t i = 0; i < length; i++) {
        bytes_after_ready++;
        if (line_length < sizeof line) {
            line[line_length++] = (char)bytes[i];
        }
        /* A line ends with CR LF; an unknown command may bring either alone. */
        if (bytes[i] == '\n' && line_length >= 2 && line[line_length - 2] == '\r') {
            if (line_length == 9 && memcmp(line, "m-ready\r\n", 9) == 0) {
                ready_count++;
                bytes_after_ready = 0;
            }
            line_length = 0;
        }
    }
}

static void pin(uint32_t level)
{
    if (level > 1) {
        fail("pin level");
    }
}

static void mark(uint32_t kind, uint32_t argument)
{
    (void)argument;
    if (kind == JB_MARK_INFERENCE) {
        inference_count++;
    }
}

static uint32_t append(uint8_t *stream, uint32_t length, const char *text)
{
    while (*text != '\0' && length < STREAM) {
        stream[length++] = (uint8_t)*text++;
    }
    return length;
}

/* One command or piece of noise. */
static uint32_t piece(uint8_t *stream, uint32_t length)
{
    static const char *const words[] = {
        "name", "profile", "timestamp", "help", "results", "db", "db load", "db load 20", "db load 40", "db load 41",
        "db load 0", "db load -7", "db load 99999999999", "db load 2147483648", "db load x", "db print", "db print 9",
        "db print 3 18", "db print -1", "db print 5 -2", "db print 8 4294967295", "infer", "infer 0", "infer 1 0",
        "infer 2 3", "infer 3", "infer -1 2", "infer 1 -1", "infer x y", "Name", "names", " name", "name  ", "db  load  20",
        "db 00", "db fF", "db 0", "db g0", "db 0g", "db 00112233445566778899aabbccddeeffAABBCCDD", "\r\nname", "e-[", "m-ready",
        "mode", "mode energy", "mode performance", "mode  x", "selftest", "memory", "selftest 1", "memory 2",
    };
    char text[16];
    switch (below(10)) {
    case 0: { /* noise */
        uint32_t count = below(40);
        for (uint32_t i = 0; i < count && length < STREAM; i++) {
            stream[length++] = (uint8_t)next_random();
        }
        break;
    }
    case 1: { /* over-long */
        uint32_t count = 70 + below(60);
        length = append(stream, length, below(2) ? "db " : "");
        for (uint32_t i = 0; i < count && length < STREAM; i++) {
            stream[length++] = (uint8_t) "0123456789abcdef ABCDEF"[below(23)];
        }
        break;
    }
    case 2: /* lone terminators */
        length = append(stream, length, "%%");
        break;
    case 3: /* a number of any size */
        length = append(stream, length, below(2) ? "db load " : "db print 1 ");
        snprintf(text, sizeof text, "%d", (int)(int32_t)next_random() >> below(31));
        length = append(stream, length, text);
        break;
    case 4: /* a good load in one go */
        length = append(stream, length, "db load 20%db 000102030405060708090a0b0c0d0e0f1011fffe");
        break;
    case 5: { /* a chunk of 0 to 40 bytes */
        uint32_t digits = below(81);
        length = append(stream, length, "db ");
        for (uint32_t i = 0; i < digits && length < STREAM; i++) {
            stream[length++] = (uint8_t) "0123456789abcdefABCDEF"[below(22)];
        }
        break;
    }
    default:
        length = append(stream, length, words[below(sizeof words / sizeof words[0])]);
    }
    if (below(12) != 0 && length < STREAM) {
        stream[length++] = '%';
    }
    return length;
}

static void run(jb_harness *harness, uint8_t *stream, uint32_t length)
{
    uint32_t position = 0;
    uint32_t steps = 0;
    uint32_t terminators = 0;
    uint32_t feeds = 0;
    inference_count = 0;
    for (uint32_t i = 0; i < length; i++) {
        terminators += stream[i] == '%';
    }
    while (position < length) {
        uint32_t count = 1 + below(below(3) == 0 ? length - position : 7);
        count = count > length - position ? length - position : count;
        /* In memory of its own, so that a read beyond the piece is seen. */
        uint8_t *piece_bytes = malloc(count);
        memcpy(piece_bytes, stream + position, count);
        if (!jb_harness_feed(harness, piece_bytes, count)) {
            fail("feed refused although everything was read");
        }
        if (jb_harness_feed(harness, stream, 1)) {
            fail("feed accepted while bytes were unread");
        }
        feeds++;
        position += count;
        do {
            steps++;
        } while (jb_harness_step(harness));
        free(piece_bytes);
    }
    if (ready_count != terminators) {
        fail("not one m-ready for each terminator");
    }
    if (terminators > 0 && bytes_after_ready != 0) {
        fail("output after m-ready");
    }
    if (steps > feeds + terminators + inference_count) {
        fail("too many steps");
    }
}

static uint32_t stack_used(void)
{
    return 96;
}

int main(int argc, char **argv)
{
    static const jb_port port = {now_us, tx, pin, mark, "fuzz"};
    /* Known answers of the stub's first operator that are wrong, and a memory report. */
    static const uint32_t known[] = {1, 2, 3, 4};
    static const jb_board board = {known, 4, 1000, 200, 4096, stack_used};
    static _Alignas(16) uint8_t image[2][16] = {{3}, {1}};
    static _Alignas(16) uint8_t arena[64];
    uint8_t memory[GUARD + CAPACITY + GUARD];
    uint8_t stream[STREAM];
    uint32_t streams = argc > 1 ? (uint32_t)strtoul(argv[1], NULL, 10) : 10000;
    uint32_t seed = argc > 2 ? (uint32_t)strtoul(argv[2], NULL, 10) : 1;
    uint64_t inferences = 0;

    for (uint32_t number = 0; number < streams; number++) {
        jb_plan plan;
        jb_harness harness;
        random_state = (seed + number) * 2654435761u | 1u;
        memset(memory, 0xa5, sizeof memory);
        memset(&harness, 0xa5, sizeof harness);
        jb_plan_open(&plan, image[number % 2], 16, sizeof arena);
        const jb_setup setup = {&port, &plan, arena, memory + GUARD, CAPACITY, number % 5 == 0 ? NULL : &board};
        if (!jb_harness_init(&harness, &setup)) {
            fail("setup refused");
        }
        jb_harness_boot(&harness, number % 3 == 0 ? JB_MODE_ENERGY : JB_MODE_PERFORMANCE);
        if (ready_count != 1 && number == 0) {
            fail("boot block");
        }
        ready_count = 0;
        line_length = 0;

        uint32_t length = 0;
        uint32_t pieces = 1 + below(24);
        for (uint32_t i = 0; i < pieces; i++) {
            length = piece(stream, length);
        }
        run(&harness, stream, length);
        inferences += inference_count;
        for (uint32_t i = 0; i < GUARD; i++) {
            if (memory[i] != 0xa5 || memory[GUARD + CAPACITY + i] != 0xa5) {
                fail("write outside the payload buffer");
            }
        }
    }
    printf("streams %u inferences %llu bytes %llu\n", (unsigned)streams, (unsigned long long)inferences,
           (unsigned long long)tx_total);
    return 0;
}
