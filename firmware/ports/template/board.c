/*
 * Template of a port: the six functions of ports/common/board.h for an imagined part. It compiles, and runs nowhere. Every line that
 * your part decides is marked PART; what is not marked can stay. firmware/PORTING.md goes through it in order.
 */
#include "ports/common/board.h"
#include "ports/common/cortex.h"
#include "ports/common/ring.h"

const char board_vendor[] = "joulebench-template"; /* PART: the name that the host shows */

/* PART: base addresses and register offsets, from the reference manual; say which in the header. */
enum { UART = 0x40004400, TIMER = 0x40000000, GPIO = 0x48000000 };
enum { UART_STATUS = 0x00, UART_DATA = 0x04, UART_DIVIDER = 0x08, UART_CONTROL = 0x0C };
enum { STATUS_RECEIVED = 1 << 0, STATUS_ROOM = 1 << 1, STATUS_SENT = 1 << 2 };
enum { CONTROL_ON = 1 << 0, CONTROL_RECEIVE_INTERRUPT = 1 << 1 };
enum { TIMER_CONTROL = 0x00, TIMER_COUNT = 0x04, TIMER_PRESCALER = 0x08 };
enum { GPIO_INPUT = 0x00, GPIO_SET = 0x04, GPIO_CLEAR = 0x08, GPIO_OUTPUT_ENABLE = 0x0C, GPIO_PULL_UP = 0x10 };
enum { UART_IRQ = 38 };
enum { CORE_HZ = 80000000 };
enum { STAMP_PIN = 7, STRAP_PIN = 2 };

enum { PERFORMANCE_BAUD = 115200, ENERGY_BAUD = 9600 };

int board_energy_strap(void)
{
    REG(GPIO, GPIO_PULL_UP) = 1u << STRAP_PIN; /* PART: clock of the port first, where the part has one */
    for (volatile uint32_t turn = 0; turn < 1000; turn = turn + 1) {
        /* the pull-up has to charge the wire */
    }
    return !(REG(GPIO, GPIO_INPUT) & 1u << STRAP_PIN);
}

void board_init(int energy)
{
    /* PART: core clock, flash wait states and caches, clocks of the peripherals. An oscillator better than 1 %. */

    board_pin(1); /* high before it becomes an output: no edge at start */
    REG(GPIO, GPIO_OUTPUT_ENABLE) = 1u << STAMP_PIN;

    REG(TIMER, TIMER_PRESCALER) = CORE_HZ / 1000000 - 1; /* PART: a free-running 32-bit counter of microseconds */
    REG(TIMER, TIMER_CONTROL) = 1;

    REG(UART, UART_DIVIDER) = CORE_HZ / (energy ? ENERGY_BAUD : PERFORMANCE_BAUD); /* PART: pins too */
    REG(UART, UART_CONTROL) = CONTROL_ON | CONTROL_RECEIVE_INTERRUPT;
    cortex_irq_enable(UART_IRQ);
}

uint32_t board_now_us(void)
{
    return REG(TIMER, TIMER_COUNT);
}

void board_tx(const uint8_t *bytes, uint32_t length)
{
    for (uint32_t i = 0; i < length; i++) {
        while (!(REG(UART, UART_STATUS) & STATUS_ROOM)) {
        }
        REG(UART, UART_DATA) = bytes[i];
    }
    while (!(REG(UART, UART_STATUS) & STATUS_SENT)) { /* until the last bit has left: the first stamp's line is timed */
    }
}

void board_pin(uint32_t level)
{
    REG(GPIO, level ? GPIO_SET : GPIO_CLEAR) = 1u << STAMP_PIN;
}

void board_interrupt(void)
{
    /* PART: take errors of the receiver back here, or the interrupt may never end. */
    while (REG(UART, UART_STATUS) & STATUS_RECEIVED) {
        if (ring_is_full(&rx_ring)) {
            REG(UART, UART_CONTROL) = CONTROL_ON;
            return;
        }
        ring_put(&rx_ring, (uint8_t)REG(UART, UART_DATA));
    }
}

void board_rx_resume(void)
{
    if (!(REG(UART, UART_CONTROL) & CONTROL_RECEIVE_INTERRUPT)) {
        REG(UART, UART_CONTROL) = CONTROL_ON | CONTROL_RECEIVE_INTERRUPT;
    }
}
