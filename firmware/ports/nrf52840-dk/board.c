/*
 * nRF52840 DK. Performance mode: UARTE0 to the debugger's virtual COM port, 115200 baud. Energy mode: UARTE0 on the Arduino pins D0
 * and D1, 9600 baud. Timestamp on D7, strap on D2. Registers: nRF52840 product specification; pins: user guide of the kit.
 */
#include "ports/common/board.h"
#include "ports/common/cortex.h"
#include "ports/common/ring.h"

const char board_vendor[] = "joulebench-nrf52840-dk";

enum { CLOCK = 0x40000000, UARTE0 = 0x40002000, TIMER0 = 0x40008000, NVMC = 0x4001E000, P1 = 0x50000300 };
enum { UARTE0_IRQ = 2 };
/* CLOCK */
enum { HFCLKSTART = 0x000, HFCLKSTARTED = 0x100 };
/* NVMC */
enum { ICACHECNF = 0x540 };
/* TIMER */
enum { TIMER_START = 0x000, TIMER_CAPTURE0 = 0x040, TIMER_MODE = 0x504, TIMER_BITMODE = 0x508, TIMER_PRESCALER = 0x510, TIMER_CC0 = 0x540 };
/* GPIO */
enum { OUTSET = 0x508, OUTCLR = 0x50C, IN = 0x510, DIRSET = 0x518, PIN_CNF = 0x700 };
enum { CNF_INPUT_PULL_UP = 3 << 2, CNF_DISCONNECTED = 2 };
/* UARTE */
enum { STARTRX = 0x000, STARTTX = 0x008, STOPTX = 0x00C, ENDRX = 0x110, ENDTX = 0x120, EV_ERROR = 0x124, RXSTARTED = 0x14C, TXSTOPPED = 0x158 };
enum { SHORTS = 0x200, INTENSET = 0x304, INTENCLR = 0x308, ERRORSRC = 0x480, ENABLE = 0x500 };
enum { PSEL_RTS = 0x508, PSEL_TXD = 0x50C, PSEL_CTS = 0x510, PSEL_RXD = 0x514, BAUDRATE = 0x524 };
enum { RXD_PTR = 0x534, RXD_MAXCNT = 0x538, TXD_PTR = 0x544, TXD_MAXCNT = 0x548 };
enum { SHORT_ENDRX_STARTRX = 1 << 5, INT_ENDRX = 1 << 4, ENABLE_UARTE = 8 };

#define NOT_CONNECTED 0xFFFFFFFFu
#define BAUD_115200 0x01D60000u
#define BAUD_9600 0x00275000u

enum { STAMP = 8 /* P1.08, D7 */, STRAP = 3 /* P1.03, D2 */ };
enum { COM_OUT = 6, COM_IN = 8 /* P0.06, P0.08 */, D1_OUT = 32 + 2, D0_IN = 32 + 1 /* P1.02, P1.01 */ };

/* DMA reads RAM only, so what is sent passes through here. */
static uint8_t tx_bytes[64];
/* One byte at a time; the pointer of the next is taken over when the one before has started, hence two. */
static volatile uint8_t rx_bytes[2];
static uint32_t rx_next;

static uint32_t address(const volatile void *pointer) { return (uint32_t)(uintptr_t)pointer; }

/* Where the byte after the next goes: the pointer may change once the reception before has started. */
static void next_pointer(uint32_t index)
{
    while (!REG(UARTE0, RXSTARTED)) {
    }
    REG(UARTE0, RXSTARTED) = 0;
    REG(UARTE0, RXD_PTR) = address(&rx_bytes[index]);
}

/* D2 tied to ground at reset: energy mode. */
int board_energy_strap(void)
{
    REG(P1, PIN_CNF + 4 * STRAP) = CNF_INPUT_PULL_UP;
    for (volatile uint32_t turn = 0; turn < 1000; turn = turn + 1) {
        /* the pull-up has to charge the wire */
    }
    const int tied = !(REG(P1, IN) & 1u << STRAP);
    REG(P1, PIN_CNF + 4 * STRAP) = CNF_DISCONNECTED; /* a tied pull-up would cost current */
    return tied;
}

void board_init(int energy)
{
    /* The crystal: the oscillator after reset is too inaccurate for a timestamp. */
    REG(CLOCK, HFCLKSTARTED) = 0;
    REG(CLOCK, HFCLKSTART) = 1;
    while (!REG(CLOCK, HFCLKSTARTED)) {
    }
    REG(NVMC, ICACHECNF) = 1;

    board_pin(1);
    REG(P1, DIRSET) = 1u << STAMP;

    REG(TIMER0, TIMER_MODE) = 0;
    REG(TIMER0, TIMER_BITMODE) = 3;   /* 32 bits */
    REG(TIMER0, TIMER_PRESCALER) = 4; /* 16 MHz / 2^4 */
    REG(TIMER0, TIMER_START) = 1;

    REG(UARTE0, PSEL_RTS) = NOT_CONNECTED;
    REG(UARTE0, PSEL_CTS) = NOT_CONNECTED;
    REG(UARTE0, PSEL_TXD) = energy ? D1_OUT : COM_OUT;
    REG(UARTE0, PSEL_RXD) = energy ? D0_IN : COM_IN;
    REG(UARTE0, BAUDRATE) = energy ? BAUD_9600 : BAUD_115200;
    REG(UARTE0, ENABLE) = ENABLE_UARTE;
    REG(UARTE0, SHORTS) = SHORT_ENDRX_STARTRX;
    REG(UARTE0, RXD_PTR) = address(&rx_bytes[0]);
    REG(UARTE0, RXD_MAXCNT) = 1;
    REG(UARTE0, STARTRX) = 1;
    next_pointer(1);
    REG(UARTE0, INTENSET) = INT_ENDRX;
    cortex_irq_enable(UARTE0_IRQ);
}

uint32_t board_now_us(void)
{
    REG(TIMER0, TIMER_CAPTURE0) = 1;
    return REG(TIMER0, TIMER_CC0);
}

void board_tx(const uint8_t *bytes, uint32_t length)
{
    while (length > 0) {
        const uint32_t count = length < sizeof tx_bytes ? length : sizeof tx_bytes;
        for (uint32_t i = 0; i < count; i++) {
            tx_bytes[i] = bytes[i];
        }
        __asm__ volatile("dmb" ::: "memory");
        REG(UARTE0, TXD_PTR) = address(tx_bytes);
        REG(UARTE0, TXD_MAXCNT) = count;
        REG(UARTE0, ENDTX) = 0;
        REG(UARTE0, STARTTX) = 1;
        while (!REG(UARTE0, ENDTX)) {
        }
        bytes += count;
        length -= count;
    }
    /* Otherwise the transmitter goes on to draw current. */
    REG(UARTE0, TXSTOPPED) = 0;
    REG(UARTE0, STOPTX) = 1;
    while (!REG(UARTE0, TXSTOPPED)) {
    }
}

void board_pin(uint32_t level)
{
    REG(P1, level ? OUTSET : OUTCLR) = 1u << STAMP;
}

void board_interrupt(void)
{
    if (REG(UARTE0, EV_ERROR)) {
        REG(UARTE0, EV_ERROR) = 0;
        REG(UARTE0, ERRORSRC) = REG(UARTE0, ERRORSRC); /* what was lost, the host finds by its checks */
    }
    if (!REG(UARTE0, ENDRX)) {
        return;
    }
    if (ring_is_full(&rx_ring)) {
        REG(UARTE0, INTENCLR) = INT_ENDRX;
        return;
    }
    REG(UARTE0, ENDRX) = 0;
    (void)REG(UARTE0, ENDRX); /* has to arrive before the interrupt returns */
    const uint8_t byte = rx_bytes[rx_next];
    next_pointer(rx_next);
    rx_next ^= 1u;
    ring_put(&rx_ring, byte);
}

void board_rx_resume(void)
{
    REG(UARTE0, INTENSET) = INT_ENDRX;
}
