#ifndef JB_HARNESS_H
#define JB_HARNESS_H

#include "nn/jb_nn.h"
#include "jb_port.h"
#include "jb_text.h"

/*
 * The benchmark's device protocol as a resumable state machine. It owns no memory: the caller gives the plan, the arena
 * and the payload buffer. It never blocks for input, so the same code runs in the main loop of a board, in an emulator
 * that decides when the next step happens, and in a test.
 *
 *     jb_harness_init(&h, &setup);
 *     jb_harness_boot(&h, JB_MODE_PERFORMANCE);
 *     for (;;) {
 *         if (!jb_harness_busy(&h)) feed what the UART has received;
 *         if (!jb_harness_step(&h)) idle();
 *     }
 *
 * Where the reference program can be made to write outside its buffer, this one answers with an `e-[...]` line and
 * `m-ready`; every answer to valid input is the reference's.
 */

/* Longest command; what comes after it up to the terminator is dropped, as in the reference. */
enum { JB_COMMAND_CAPACITY = 80 };

typedef enum jb_mode {
    JB_MODE_PERFORMANCE = 0, /* timestamps are `m-lap-us-` lines */
    JB_MODE_ENERGY = 1       /* timestamps are pulses on the timestamp output */
} jb_mode;

/*
 * What an image knows about itself beside the plan: for the commands `selftest` and `memory`, which are ours and not the
 * reference's. Figures in bytes.
 */
typedef struct jb_board {
    const uint32_t *known;        /* seed, number of operators, then the CRC-32 of each operator's output; or NULL */
    uint32_t known_words;         /* 0 without known answers */
    uint32_t flash_bytes;         /* code, constants and plan */
    uint32_t data_bytes;          /* variables, without arena, payload and stack */
    uint32_t stack_bytes;         /* reserved */
    uint32_t (*stack_used)(void); /* high-water mark since the start; NULL: the port does not know its memory */
} jb_board;

typedef struct jb_setup {
    const jb_port *port;
    const jb_plan *plan;       /* opened with success */
    uint8_t *arena;            /* 16-byte aligned, at least jb_plan_arena_bytes() */
    uint8_t *payload;          /* what `db` fills */
    uint32_t payload_capacity; /* at least jb_plan_payload_bytes() */
    const jb_board *board;     /* or NULL */
} jb_setup;

/* The caller reserves memory for it; its fields are the harness's own. */
typedef struct jb_harness {
    jb_setup setup;
    jb_mode mode;
    jb_text text;
    uint32_t inferences; /* since boot */
    /* receive */
    const uint8_t *rx;
    uint32_t rx_length;
    uint32_t rx_position;
    uint32_t command_length;
    uint32_t command_bytes; /* received, including what was cut off */
    char command[JB_COMMAND_CAPACITY];
    /* db */
    uint32_t db_size;
    uint32_t db_position;
    /* infer */
    uint32_t warmup_left;
    uint32_t infer_left;
    uint32_t infer_total;
    int32_t only_result; /* of a plan with one result, which depends on the payload: kept when the next load begins */
    uint8_t booted;
    uint8_t inferring;
    uint8_t has_results;
    uint8_t sleeping; /* `sleep` was the last command: asleep until the next byte */
    uint8_t state;    /* the last one told, see jb_state */
} jb_harness;

/* Takes the memory over and forgets everything. Returns 0 when the setup does not fit the plan, else 1. */
int jb_harness_init(jb_harness *harness, const jb_setup *setup);

/* Prints the boot block of the mode and accepts commands from now on. Also the way to start again. */
void jb_harness_boot(jb_harness *harness, jb_mode mode);

/*
 * Gives received bytes to the harness, which reads them in place: they must stay until the harness has read them. Refused
 * (0) while bytes of the last call are unread; 1 otherwise. Before boot the bytes are collected, but commands are ignored.
 */
int jb_harness_feed(jb_harness *harness, const uint8_t *bytes, uint32_t length);

/*
 * One bounded piece of work: at most one command or one inference. Returns 1 when there is more to do at once, 0 when it
 * waits for input.
 */
int jb_harness_step(jb_harness *harness);

/* 1 while fed bytes are unread or an `infer` is under way. */
int jb_harness_busy(const jb_harness *harness);

#endif
