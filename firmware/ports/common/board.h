#ifndef BOARD_H
#define BOARD_H

#include <stdint.h>

/*
 * What the shared main program of this folder needs from a board. A port fills it in, in one or more C files of its own
 * folder. Everything is called from the main loop, except board_interrupt().
 */

/* How long the timestamp output stays low, in microseconds; the build may set another width (--pulse-us). */
#ifndef JB_PULSE_US
#define JB_PULSE_US 1000
#endif

/* What stands in `m-name-dut-[...]`. */
extern const char board_vendor[];

/* Clocks, timer, timestamp output (high) and UART. `energy` is what board_energy_strap() said. */
void board_init(int energy);

/* 1 when the board is strapped to boot in energy mode; called before board_init(). */
int board_energy_strap(void);

/* Free-running microseconds, modulo 2^32. */
uint32_t board_now_us(void);

/* Sends and returns when the last byte has left. */
void board_tx(const uint8_t *bytes, uint32_t length);

/* Drives the timestamp output; no waiting: the main program keeps it low for JB_PULSE_US. */
void board_pin(uint32_t level);

/*
 * Every interrupt of a peripheral ends here. A port enables exactly one: a byte has been received. It moves bytes to the
 * ring (ring.h) while there is room, and turns its own interrupt off when there is none.
 */
void board_interrupt(void);

/* There is room in the ring again: turns the receive interrupt on. */
void board_rx_resume(void);

#endif
