/*
 * Instead of main.c: JB_RUNS inferences of the linked plan, without the protocol, on the inputs of the known answers' seed and those
 * after it. Prints for each operator what the counter advanced and the CRC-32 of its output. Under QEMU's instruction clock the counter counts
 * instructions (npm run bench:firmware); on a board, microseconds.
 */
#include "board.h"
#include "image.h"
#include "nn/jb_nn.h"
#include "ring.h"

int main(void);

ring rx_ring;

static jb_plan plan;
static uint32_t resumed;
static uint32_t ticks[JB_OPS];
static uint32_t checksums[JB_OPS];

static uint32_t crc32(const uint8_t *bytes, uint32_t count)
{
    uint32_t crc = 0xFFFFFFFFu;
    for (uint32_t i = 0; i < count; i++) {
        crc ^= bytes[i];
        for (uint32_t bit = 0; bit < 8; bit++) {
            crc = crc & 1u ? crc >> 1 ^ 0xEDB88320u : crc >> 1;
        }
    }
    return ~crc;
}

/* What happens in here is not counted. */
static void operator_done(void *context, uint32_t index)
{
    const uint32_t now = board_now_us();
    const int8_t *output;
    (void)context;
    if (index < JB_OPS) {
        const uint32_t bytes = jb_plan_op_output(&plan, image_arena, index, &output);
        ticks[index] = now - resumed;
        checksums[index] = crc32((const uint8_t *)output, bytes);
    }
    resumed = board_now_us();
}

static void print(const char *text, const uint32_t *numbers, uint32_t count)
{
    char line[64];
    uint32_t length = 0;
    while (*text != '\0') {
        line[length++] = *text++;
    }
    for (uint32_t i = 0; i < count; i++) {
        char digits[10];
        uint32_t n = 0;
        uint32_t value = numbers[i];
        do {
            digits[n++] = (char)('0' + value % 10u);
            value /= 10u;
        } while (value != 0);
        line[length++] = ' ';
        while (n > 0) {
            line[length++] = digits[--n];
        }
    }
    line[length++] = '\r';
    line[length++] = '\n';
    board_tx((const uint8_t *)line, length);
}

static void one_run(uint32_t seed)
{
    int8_t *in = jb_plan_input(&plan, image_arena);
    uint32_t state = seed;
    for (uint32_t i = 0; i < jb_plan_input_bytes(&plan); i++) {
        state = 1664525u * state + 1013904223u;
        in[i] = (int8_t)(state >> 24);
    }
    resumed = board_now_us();
    jb_plan_run(&plan, image_arena, operator_done, 0);
    for (uint32_t i = 0; i < jb_plan_op_count(&plan); i++) {
        const uint32_t row[4] = {seed, i, ticks[i], checksums[i]};
        print("op", row, 4);
    }
}

int main(void)
{
    board_init(0);
    const uint32_t image_bytes = (uint32_t)(jb_model_end - jb_model);
    const int32_t refused = jb_plan_open(&plan, jb_model, image_bytes, JB_ARENA_BYTES);
    if (refused != JB_PLAN_OK) {
        const uint32_t code = (uint32_t)refused;
        print("refused", &code, 1);
        return 0;
    }

    uint32_t begin = board_now_us();
    jb_plan_load_input(&plan, image_arena, image_payload);
    const uint32_t input = board_now_us() - begin;
    print("input", &input, 1);
    for (uint32_t run = 0; run < JB_RUNS; run++) {
        one_run(jb_known[0] + run);
    }
    const uint32_t stack = image_stack_used();
    print("stack", &stack, 1);
    print("done", 0, 0);
    return 0;
}
