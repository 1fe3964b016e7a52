/* The parts of the board, one file each. Interrupts are short: whatever takes longer delays a time stamp. */
#ifndef JB_IOM_UNO_H
#define JB_IOM_UNO_H

#include <stdbool.h>
#include <stdint.h>

/* host_serial.c: USART0 (D0, D1), 115200 8N1 */
void host_serial_init(void);
bool host_serial_waits(void);
bool host_serial_take(uint8_t *byte);
void host_serial_put(uint8_t byte);

/* clock.c: timer 1, which the DUT's serial port and the time stamps share. One tick is 4 us. */
enum { TICK_US = 4 };
void clock_init(void);
/* Ticks since reset. Only with interrupts off. */
uint32_t clock_ticks(void);

/* dut_serial.c: D8 receives, D9 sends, 9600 8N1. Needs the clock. */
void dut_serial_init(void);
bool dut_serial_waits(void);
bool dut_serial_take(uint8_t *byte);
void dut_serial_put(uint8_t byte);

/* edges.c: the timestamp input, D3. Needs the clock. */
void edges_init(void);
void edges_report(bool enabled, bool any_change);
bool edges_wait(void);
bool edges_take(uint32_t *ticks);
/* Edges that found the queue full since the last call. */
uint8_t edges_lost(void);

/* main.c: sleeps until something has happened, unless it has already. */
void idle_unless(bool (*happened)(void));

#endif
