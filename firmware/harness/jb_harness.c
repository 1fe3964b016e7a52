#include "jb_internal.h"

#define TERMINATOR '%'

static void state(jb_harness *harness, uint32_t value)
{
    if (harness->state != value) {
        harness->state = (uint8_t)value;
        harness->setup.port->mark(JB_MARK_STATE, value);
    }
}

void jb_ready(jb_harness *harness)
{
    jb_line(&harness->text, "m-ready");
}

void jb_mode_line(jb_harness *harness)
{
    const int energy = harness->mode == JB_MODE_ENERGY;
    jb_line(&harness->text, energy ? "m-timestamp-mode-energy" : "m-timestamp-mode-performance");
}

void jb_stamp(jb_harness *harness)
{
    const jb_port *port = harness->setup.port;
    if (harness->mode == JB_MODE_ENERGY) {
        port->pin(0);
        port->pin(1);
        return;
    }
    /* Sampled before its own line is sent: the line of the first stamp lies inside the window, as in the reference. */
    uint32_t now = port->now_us();
    jb_put_string(&harness->text, "m-lap-us-");
    jb_put_u32(&harness->text, now);
    jb_end_line(&harness->text);
}

int jb_harness_init(jb_harness *harness, const jb_setup *setup)
{
    harness->booted = 0;
    harness->setup = *setup;
    harness->mode = JB_MODE_PERFORMANCE;
    harness->text.port = setup->port;
    harness->text.length = 0;
    harness->inferences = 0;
    harness->rx = 0;
    harness->rx_length = 0;
    harness->rx_position = 0;
    harness->command_length = 0;
    harness->command_bytes = 0;
    harness->db_size = 0;
    harness->db_position = 0;
    harness->warmup_left = 0;
    harness->infer_left = 0;
    harness->infer_total = 0;
    harness->only_result = 0;
    harness->inferring = 0;
    harness->has_results = 0;
    harness->sleeping = 0;
    harness->state = JB_STATE_IDLE;
    return jb_plan_payload_bytes(setup->plan) <= setup->payload_capacity;
}

void jb_harness_boot(jb_harness *harness, jb_mode mode)
{
    jb_setup setup = harness->setup;
    uint32_t length = harness->command_length;
    uint32_t bytes = harness->command_bytes;
    uint8_t first = !harness->booted;
    jb_harness_init(harness, &setup);
    if (first) {
        /* Collected before boot: the beginning of the first command, as in the reference. */
        harness->command_length = length;
        harness->command_bytes = bytes;
    }
    harness->mode = mode;
    state(harness, JB_STATE_ACTIVE);
    jb_mode_line(harness);
    jb_stamp(harness);
    jb_line(&harness->text, "m-init-done");
    jb_ready(harness);
    state(harness, JB_STATE_IDLE);
    harness->booted = 1;
}

int jb_harness_feed(jb_harness *harness, const uint8_t *bytes, uint32_t length)
{
    if (harness->rx_position < harness->rx_length) {
        return 0;
    }
    harness->rx = bytes;
    harness->rx_length = length;
    harness->rx_position = 0;
    if (length > 0 && harness->sleeping) {
        harness->sleeping = 0;
        state(harness, JB_STATE_IDLE);
    }
    return 1;
}

/* Collects bytes up to a terminator. Returns 1 when a command is complete, 0 when the bytes ran out first. */
static int collect(jb_harness *harness)
{
    while (harness->rx_position < harness->rx_length) {
        char byte = (char)harness->rx[harness->rx_position++];
        harness->command_bytes++;
        if (byte == TERMINATOR) {
            return 1;
        }
        if (harness->command_length < JB_COMMAND_CAPACITY) {
            harness->command[harness->command_length++] = byte;
        }
    }
    return 0;
}

int jb_harness_busy(const jb_harness *harness)
{
    return harness->inferring || harness->rx_position < harness->rx_length;
}

int jb_harness_step(jb_harness *harness)
{
    if (harness->inferring) {
        jb_infer_step(harness);
    } else if (collect(harness)) {
        jb_word command = {harness->command, harness->command_length};
        uint32_t bytes = harness->command_bytes;
        harness->command_length = 0;
        harness->command_bytes = 0;
        if (harness->booted) {
            state(harness, JB_STATE_ACTIVE);
            harness->setup.port->mark(JB_MARK_COMMAND, bytes);
            jb_execute(harness, command);
        }
    }
    if (!harness->inferring) {
        if (harness->sleeping && jb_harness_busy(harness)) {
            harness->sleeping = 0; /* the byte that wakes it is here already */
        }
        state(harness, harness->sleeping ? JB_STATE_SLEEP : JB_STATE_IDLE);
    }
    return jb_harness_busy(harness);
}
