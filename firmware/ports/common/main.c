/*
 * The main program of every Cortex-M port: opens the plan that the build linked in, and plays the protocol between the
 * receive ring and the harness.
 */
#include "board.h"
#include "cortex.h"
#include "harness/jb_harness.h"
#include "image.h"
#include "ring.h"

int main(void);

ring rx_ring;

static jb_plan plan;
static jb_harness harness;

static void wait_us(uint32_t us)
{
    const uint32_t begin = board_now_us();
    while (board_now_us() - begin < us) {
    }
}

static void pin(uint32_t level)
{
    board_pin(level);
    if (level == 0) {
        wait_us(JB_PULSE_US);
    }
}

static void mark(uint32_t kind, uint32_t argument)
{
    (void)kind;
    (void)argument;
}

/* Sleeps until a byte has come. With interrupts off from the look to the sleep, or one could slip in between. */
static void idle(void)
{
    cortex_irq_off();
    if (ring_is_empty(&rx_ring)) {
        cortex_wait();
    }
    cortex_irq_on();
}

/* A plan that this firmware does not run: says so, once, where a host will look for it. */
static void refuse(int32_t code)
{
    jb_port port = {board_now_us, board_tx, pin, mark, board_vendor};
    jb_text text = {&port, 0, {0}};
    jb_put_string(&text, "e-[The plan was refused with code ");
    jb_put_u32(&text, (uint32_t)code);
    jb_line(&text, "]");
    for (;;) {
        cortex_wait();
    }
}

int main(void)
{
    static const jb_port port = {board_now_us, board_tx, pin, mark, board_vendor};
    static uint8_t rx[64];
    const jb_board board = {
        .known = jb_known,
        .known_words = (uint32_t)(jb_known_end - jb_known),
        .flash_bytes = (uint32_t)(uintptr_t)image_flash_bytes,
        .data_bytes = (uint32_t)((uintptr_t)image_bss_end - (uintptr_t)image_data_start),
        .stack_bytes = (uint32_t)((uintptr_t)image_stack_top - (uintptr_t)image_stack_bottom),
        .stack_used = image_stack_used,
    };
    const jb_setup setup = {&port, &plan, image_arena, image_payload, JB_PAYLOAD_BYTES, &board};
    const int energy = board_energy_strap();

    board_init(energy);
    const int32_t refused = jb_plan_open(&plan, jb_model, (uint32_t)(jb_model_end - jb_model), JB_ARENA_BYTES);
    if (refused != JB_PLAN_OK || !jb_harness_init(&harness, &setup)) {
        refuse(refused);
    }
    jb_harness_boot(&harness, energy ? JB_MODE_ENERGY : JB_MODE_PERFORMANCE);
    for (;;) {
        if (!jb_harness_busy(&harness)) {
            const uint32_t count = ring_take(&rx_ring, rx, sizeof rx);
            board_rx_resume();
            jb_harness_feed(&harness, rx, count);
        }
        if (!jb_harness_step(&harness)) {
            idle();
        }
    }
}
