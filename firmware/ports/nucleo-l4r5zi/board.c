/*
 * NUCLEO-L4R5ZI. Performance mode: LPUART1 to the ST-LINK's virtual COM port, 115200 baud. Energy mode: USART3 on the Arduino pins
 * D0 and D1, 9600 baud. Timestamp on D7, strap on D2. Registers: RM0432; pins: UM2179.
 */
#include "ports/common/board.h"
#include "clock.h"
#include "ports/common/cortex.h"
#include "ports/common/ring.h"

const char board_vendor[] = "joulebench-nucleo-l4r5zi";

enum { RCC = 0x40021000, PWR = 0x40007000, TIM2 = 0x40000000, USART3 = 0x40004800, LPUART1 = 0x40008000 };
enum { GPIOD = 0x48000C00, GPIOF = 0x48001400, GPIOG = 0x48001800 };
/* RCC */
enum { AHB2ENR = 0x4C, APB1ENR1 = 0x58, APB1ENR2 = 0x5C };
enum { AHB2_GPIOD = 1 << 3, AHB2_GPIOF = 1 << 5, AHB2_GPIOG = 1 << 6 };
enum { APB1_TIM2 = 1 << 0, APB1_USART3 = 1 << 18, APB1_PWR = 1 << 28, APB1_LPUART1 = 1 << 0 };
/* PWR: port G has a supply of its own, which has to be declared valid. */
enum { PWR_CR2 = 0x04, PWR_IOSV = 1 << 9 };
/* GPIO */
enum { MODER = 0x00, PUPDR = 0x0C, IDR = 0x10, BSRR = 0x18, AFRL = 0x20, AFRH = 0x24 };
enum { MODE_INPUT = 0, MODE_OUTPUT = 1, MODE_ALTERNATE = 2, PULL_UP = 1 };
/* USART and LPUART alike */
enum { CR1 = 0x00, BRR = 0x0C, ISR = 0x1C, ICR = 0x20, RDR = 0x24, TDR = 0x28 };
enum { CR1_UE = 1 << 0, CR1_RE = 1 << 2, CR1_TE = 1 << 3, CR1_RXNEIE = 1 << 5 };
enum { ISR_ORE = 1 << 3, ISR_RXNE = 1 << 5, ISR_TC = 1 << 6, ISR_TXE = 1 << 7 };
/* TIM */
enum { TIM_CR1 = 0x00, TIM_EGR = 0x14, TIM_CNT = 0x24, TIM_PSC = 0x28, TIM_ARR = 0x2C };

enum { LPUART1_IRQ = 70, USART3_IRQ = 39 };
enum { STAMP = 13 /* PF13, D7 */, STRAP = 15 /* PF15, D2 */ };
enum { PERFORMANCE_BAUD = 115200, ENERGY_BAUD = 9600 };

static uint32_t uart = LPUART1;

static void set_field(uint32_t address, uint32_t pin, uint32_t width, uint32_t value)
{
    const uint32_t shift = pin * width % 32u;
    const uint32_t mask = (1u << width) - 1u;
    const uint32_t kept = REG(address, 0) & ~(mask << shift);
    REG(address, 0) = kept | value << shift;
}

static void pin_mode(uint32_t port, uint32_t pin, uint32_t mode) { set_field(port + MODER, pin, 2, mode); }

static void pin_function(uint32_t port, uint32_t pin, uint32_t function)
{
    set_field(port + (pin < 8 ? AFRL : AFRH), pin, 4, function);
    pin_mode(port, pin, MODE_ALTERNATE);
}

/* D2 tied to ground at reset: energy mode. */
int board_energy_strap(void)
{
    REG(RCC, AHB2ENR) |= AHB2_GPIOF;
    (void)REG(RCC, AHB2ENR);
    pin_mode(GPIOF, STRAP, MODE_INPUT);
    set_field(GPIOF + PUPDR, STRAP, 2, PULL_UP);
    for (volatile uint32_t turn = 0; turn < 1000; turn = turn + 1) {
        /* the pull-up has to charge the wire */
    }
    return !(REG(GPIOF, IDR) & 1u << STRAP);
}

void board_init(int energy)
{
    clock_init();
    REG(RCC, AHB2ENR) |= AHB2_GPIOD | AHB2_GPIOF | AHB2_GPIOG;
    REG(RCC, APB1ENR1) |= APB1_TIM2 | APB1_USART3 | APB1_PWR;
    REG(RCC, APB1ENR2) |= APB1_LPUART1;
    (void)REG(RCC, APB1ENR2);

    board_pin(1);
    pin_mode(GPIOF, STAMP, MODE_OUTPUT);

    REG(TIM2, TIM_PSC) = CLOCK_HZ / 1000000 - 1;
    REG(TIM2, TIM_ARR) = 0xFFFFFFFFu;
    REG(TIM2, TIM_EGR) = 1; /* takes the prescaler over */
    REG(TIM2, TIM_CR1) = 1;

    if (energy) {
        uart = USART3;
        pin_function(GPIOD, 8, 7); /* D1, out */
        pin_function(GPIOD, 9, 7); /* D0, in */
        REG(uart, BRR) = CLOCK_HZ / ENERGY_BAUD;
        cortex_irq_enable(USART3_IRQ);
    } else {
        REG(PWR, PWR_CR2) |= PWR_IOSV;
        pin_function(GPIOG, 7, 8); /* to the ST-LINK */
        pin_function(GPIOG, 8, 8);
        REG(uart, BRR) = (uint32_t)((256ull * CLOCK_HZ + PERFORMANCE_BAUD / 2) / PERFORMANCE_BAUD);
        cortex_irq_enable(LPUART1_IRQ);
    }
    REG(uart, CR1) = CR1_UE | CR1_TE | CR1_RE | CR1_RXNEIE;
}

uint32_t board_now_us(void)
{
    return REG(TIM2, TIM_CNT);
}

void board_tx(const uint8_t *bytes, uint32_t length)
{
    for (uint32_t i = 0; i < length; i++) {
        while (!(REG(uart, ISR) & ISR_TXE)) {
        }
        REG(uart, TDR) = bytes[i];
    }
    while (!(REG(uart, ISR) & ISR_TC)) {
    }
}

void board_pin(uint32_t level)
{
    REG(GPIOF, BSRR) = level ? 1u << STAMP : 1u << (STAMP + 16);
}

void board_interrupt(void)
{
    /* An overrun has to be taken back, or the interrupt never ends. What was lost, the host finds by its checks. */
    REG(uart, ICR) = ISR_ORE;
    while (REG(uart, ISR) & ISR_RXNE) {
        if (ring_is_full(&rx_ring)) {
            REG(uart, CR1) = CR1_UE | CR1_TE | CR1_RE;
            return;
        }
        ring_put(&rx_ring, (uint8_t)REG(uart, RDR));
    }
}

void board_rx_resume(void)
{
    if (!(REG(uart, CR1) & CR1_RXNEIE)) {
        REG(uart, CR1) = CR1_UE | CR1_TE | CR1_RE | CR1_RXNEIE;
    }
}
