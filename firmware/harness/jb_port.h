#ifndef JB_PORT_H
#define JB_PORT_H

#include <stdint.h>

/*
 * The port: everything the harness needs from a board, as one struct of functions. A port fills it in; the harness
 * core is the same on every target and is not edited for a board.
 *
 * None of the functions may call back into the harness. None may allocate. All are called from the main loop, never
 * from an interrupt.
 */
typedef struct jb_port {
    /*
     * Free-running microseconds, modulo 2^32. Resolution of at least 1 ms (the benchmark's rule), 1 us wanted.
     * Never goes backwards except at the wrap; keeps running during tx() and pin().
     */
    uint32_t (*now_us)(void);

    /*
     * Sends `length` bytes to the host and returns when the last one has left (a blocking transmitter). The line that
     * carries the first timestamp lies inside the timed window, as in the reference, so a port must not queue it.
     */
    void (*tx)(const uint8_t *bytes, uint32_t length);

    /*
     * Drives the timestamp output, 0 or 1; used in energy mode only. The call with level 0 returns when the output has
     * been low for the port's pulse width, which is at least 1 us; the falling edge is at its beginning.
     */
    void (*pin)(uint32_t level);

    /*
     * Tells what the program is doing, see jb_mark. Costs nothing on a board: an empty function. It lies inside the
     * timed window, so it must not print.
     */
    void (*mark)(uint32_t kind, uint32_t argument);

    /* What stands in `m-name-dut-[...]`: printable ASCII without `]`, at most 64 characters. */
    const char *vendor;
} jb_port;

/* First argument of jb_port.mark. */
enum jb_mark {
    JB_MARK_OPERATOR = 1,  /* operator number `argument` of the plan is done */
    JB_MARK_COMMAND = 2,   /* a command of `argument` bytes has been received and is about to be executed */
    JB_MARK_STATE = 3,     /* the program is now in state `argument`, see jb_state */
    JB_MARK_INFERENCE = 4, /* inference number `argument` since boot is done (counted from 1, modulo 2^32) */
    JB_MARK_INPUT = 5      /* a payload of `argument` bytes has been turned into the input tensor */
};

/* Second argument of mark(JB_MARK_STATE, ...). */
enum jb_state { JB_STATE_IDLE = 0, JB_STATE_ACTIVE = 1, JB_STATE_SLEEP = 2 };

#endif
