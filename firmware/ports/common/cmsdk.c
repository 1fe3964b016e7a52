#include "cmsdk.h"
#include "board.h"
#include "cortex.h"
#include "ring.h"

/* UART registers (Cortex-M System Design Kit). */
enum { DATA = 0x00, STATE = 0x04, CTRL = 0x08, INTSTATUS = 0x0C, BAUDDIV = 0x10 };
enum { STATE_TX_FULL = 1, STATE_RX_FULL = 2 };
enum { CTRL_TX = 1, CTRL_RX = 2, CTRL_RX_IRQ = 8 };
enum { INT_RX = 2 };
/* FPGAIO registers. */
enum { COUNTER = 0x18, PRESCALE = 0x1C };

static void uart_put(uint32_t base, uint8_t byte)
{
    while (REG(base, STATE) & STATE_TX_FULL) {
    }
    REG(base, DATA) = byte;
}

void board_init(int energy)
{
    (void)energy; /* QEMU's lines have no rate: both modes use the same UART */
    REG(cmsdk.fpgaio, PRESCALE) = cmsdk.counter_divide - 1;
    REG(cmsdk.events_uart, BAUDDIV) = 16;
    REG(cmsdk.events_uart, CTRL) = CTRL_TX;
    REG(cmsdk.uart, BAUDDIV) = 16; /* the least that enables the transmitter */
    REG(cmsdk.uart, CTRL) = CTRL_TX | CTRL_RX | CTRL_RX_IRQ;
    cortex_irq_enable(cmsdk.receive_irq);
}

int board_energy_strap(void)
{
    return 0; /* no strap in an emulator: `mode energy` does it */
}

uint32_t board_now_us(void)
{
    return REG(cmsdk.fpgaio, COUNTER);
}

void board_tx(const uint8_t *bytes, uint32_t length)
{
    for (uint32_t i = 0; i < length; i++) {
        uart_put(cmsdk.uart, bytes[i]);
    }
}

void board_pin(uint32_t level)
{
    const uint32_t now = board_now_us();
    uart_put(cmsdk.events_uart, (uint8_t)level);
    for (uint32_t shift = 0; shift < 32; shift += 8) {
        uart_put(cmsdk.events_uart, (uint8_t)(now >> shift));
    }
}

void board_interrupt(void)
{
    REG(cmsdk.uart, INTSTATUS) = INT_RX;
    while (REG(cmsdk.uart, STATE) & STATE_RX_FULL) {
        if (ring_is_full(&rx_ring)) {
            REG(cmsdk.uart, CTRL) = CTRL_TX | CTRL_RX;
            return;
        }
        ring_put(&rx_ring, (uint8_t)REG(cmsdk.uart, DATA));
    }
}

void board_rx_resume(void)
{
    if (REG(cmsdk.uart, CTRL) & CTRL_RX_IRQ) {
        return;
    }
    cortex_irq_off();
    REG(cmsdk.uart, CTRL) = CTRL_TX | CTRL_RX | CTRL_RX_IRQ;
    board_interrupt(); /* the byte that waits raised its interrupt while that was off */
    cortex_irq_on();
}
