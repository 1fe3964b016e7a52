#include "jb_internal.h"
/* The roundings that every kernel is made of; nothing else of the kernels' inside is used here. */
#include "nn/jb_nn_internal.h"

enum { UNIT_NONE = -1, WORDS_BEFORE_CHECKSUMS = 2 };

/*
 * Known answers of the requantisation with its two roundings (reference-models 3.2): ties of both signs, both ends of the
 * range, shifts to the right and, saturating, to the left. A compiler whose shift of a negative number is not arithmetic
 * fails here.
 */
static int32_t first_wrong_unit(void)
{
    static const int32_t units[][4] = {
        {0, 1073741824, 0, 0},
        {1, 1073741824, 0, 1},
        {-1, 1073741824, 0, 0},
        {3, 1073741824, -1, 1},
        {-3, 1073741824, -1, -1},
        {5, 1073741824, -1, 2},
        {12345, 1717986918, -7, 77},
        {-12345, 1717986918, -7, -77},
        {123456789, 1515870810, -31, 0},
        {-123456789, 2147483647, -9, -241127},
        {INT32_MAX, INT32_MAX, 0, 2147483646},
        {INT32_MIN, INT32_MAX, 0, -2147483647},
        {INT32_MIN, INT32_MAX, -31, -1},
        {1000000, 1288490188, 4, 9600000},
        {2000000000, 1073741824, 2, 1073741824},
        {-2000000000, 1073741824, 2, -1073741824},
    };
    for (uint32_t i = 0; i < sizeof units / sizeof units[0]; i++) {
        /* Volatile: the compiler of the board has to do it on the board. */
        volatile int32_t x = units[i][0];
        if (jb_requantize(x, units[i][1], units[i][2]) != units[i][3]) {
            return (int32_t)i;
        }
    }
    return UNIT_NONE;
}

typedef struct check {
    const jb_harness *harness;
    const uint32_t *checksums;
    uint32_t failed; /* the first operator that differs, or JB_PLAN_NO_OP */
    uint32_t found;
} check;

static void operator_done(void *context, uint32_t index)
{
    check *c = context;
    const jb_setup *setup = &c->harness->setup;
    const int8_t *output;
    const uint32_t bytes = jb_plan_op_output(setup->plan, setup->arena, index, &output);
    const uint32_t found = jb_nn_crc32((const uint8_t *)output, bytes);
    if (c->failed == JB_PLAN_NO_OP && found != c->checksums[index]) {
        c->failed = index;
        c->found = found;
    }
    setup->port->mark(JB_MARK_OPERATOR, index);
}

/* The input of a seed: x(k) = 1664525 x(k-1) + 1013904223 mod 2^32 with x(0) = seed; value k is x(k) >> 24. */
static void fill_input(const jb_setup *setup, uint32_t seed)
{
    int8_t *input = jb_plan_input(setup->plan, setup->arena);
    const uint32_t bytes = jb_plan_input_bytes(setup->plan);
    for (uint32_t i = 0; i < bytes; i++) {
        seed = 1664525u * seed + 1013904223u;
        input[i] = (int8_t)(seed >> 24);
    }
}

static void put_word_hex(jb_text *text, uint32_t word)
{
    for (int32_t shift = 24; shift >= 0; shift -= 8) {
        jb_put_hex(text, (uint8_t)(word >> shift));
    }
}

static void fail(jb_text *text, const char *part, uint32_t number)
{
    jb_put_string(text, "m-selftest-[fail ");
    jb_put_string(text, part);
    jb_put_char(text, ' ');
    jb_put_u32(text, number);
    jb_line(text, "]");
}

void jb_selftest(jb_harness *harness)
{
    const jb_setup *setup = &harness->setup;
    jb_text *text = &harness->text;
    const jb_board *board = setup->board;
    const uint32_t operators = jb_plan_op_count(setup->plan);

    const int32_t unit = first_wrong_unit();
    if (unit != UNIT_NONE) {
        fail(text, "unit", (uint32_t)unit);
        return;
    }
    if (board == 0 || board->known_words != operators + WORDS_BEFORE_CHECKSUMS || board->known[1] != operators) {
        jb_line(text, "e-[This image carries no known answers]");
        return;
    }
    harness->has_results = 0; /* they are in the arena, which this run takes */
    fill_input(setup, board->known[0]);
    check c = {harness, board->known + WORDS_BEFORE_CHECKSUMS, JB_PLAN_NO_OP, 0};
    jb_plan_run(setup->plan, setup->arena, operator_done, &c);
    if (c.failed == JB_PLAN_NO_OP) {
        jb_line(text, "m-selftest-[pass]");
        return;
    }
    jb_put_string(text, "m-[Operator ");
    jb_put_u32(text, c.failed);
    jb_put_string(text, ": checksum ");
    put_word_hex(text, c.found);
    jb_put_string(text, ", expected ");
    put_word_hex(text, c.checksums[c.failed]);
    jb_line(text, "]");
    fail(text, "op", c.failed);
}
