/*
 * STM32F405 as QEMU's machine netduinoplus2 has it: USART1 to the host, TIM2 as the clock, USART2 for the edges of the timestamp
 * output, since QEMU's pins lead nowhere. Register addresses: reference manual RM0090.
 */
#include "ports/common/board.h"
#include "ports/common/cortex.h"
#include "ports/common/ring.h"

const char board_vendor[] = "joulebench-netduinoplus2";

enum { RCC = 0x40023800, USART1 = 0x40011000, USART2 = 0x40004400, TIM2 = 0x40000000 };
/* RCC */
enum { APB1ENR = 0x40, APB2ENR = 0x44 };
enum { APB1_TIM2 = 1 << 0, APB1_USART2 = 1 << 17, APB2_USART1 = 1 << 4 };
/* USART */
enum { SR = 0x00, DR = 0x04, BRR = 0x08, CR1 = 0x0C };
enum { SR_RXNE = 1 << 5, SR_TC = 1 << 6, SR_TXE = 1 << 7 };
enum { CR1_RE = 1 << 2, CR1_TE = 1 << 3, CR1_RXNEIE = 1 << 5, CR1_UE = 1 << 13 };
/* TIM */
enum { TIM_CR1 = 0x00, TIM_EGR = 0x14, TIM_CNT = 0x24, TIM_PSC = 0x28, TIM_ARR = 0x2C };
enum { USART1_IRQ = 37 };

/* QEMU's timers count at 1 GHz whatever the clock tree says: only right in the emulator. */
enum { TIMER_INPUT_MHZ = 1000 };

static void put(uint32_t usart, uint8_t byte)
{
    while (!(REG(usart, SR) & SR_TXE)) {
    }
    REG(usart, DR) = byte;
}

int board_energy_strap(void)
{
    return 0; /* no strap in an emulator: `mode energy` does it */
}

void board_init(int energy)
{
    (void)energy; /* QEMU's lines have no rate: both modes use the same UART */
    REG(RCC, APB1ENR) |= APB1_TIM2 | APB1_USART2;
    REG(RCC, APB2ENR) |= APB2_USART1;

    REG(TIM2, TIM_PSC) = TIMER_INPUT_MHZ - 1;
    REG(TIM2, TIM_ARR) = 0xFFFFFFFFu;
    REG(TIM2, TIM_EGR) = 1; /* takes the prescaler over */
    REG(TIM2, TIM_CR1) = 1;

    REG(USART2, CR1) = CR1_UE | CR1_TE;
    REG(USART1, BRR) = 139; /* 115200 at the 16 MHz after reset */
    REG(USART1, CR1) = CR1_UE | CR1_TE | CR1_RE | CR1_RXNEIE;
    cortex_irq_enable(USART1_IRQ);
}

uint32_t board_now_us(void)
{
    return REG(TIM2, TIM_CNT);
}

void board_tx(const uint8_t *bytes, uint32_t length)
{
    for (uint32_t i = 0; i < length; i++) {
        put(USART1, bytes[i]);
    }
    while (!(REG(USART1, SR) & SR_TC)) {
    }
}

void board_pin(uint32_t level)
{
    const uint32_t now = board_now_us();
    put(USART2, (uint8_t)level);
    for (uint32_t shift = 0; shift < 32; shift += 8) {
        put(USART2, (uint8_t)(now >> shift));
    }
}

void board_interrupt(void)
{
    while (REG(USART1, SR) & SR_RXNE) {
        if (ring_is_full(&rx_ring)) {
            /* Not by RXNEIE: QEMU would leave the line up, and this function would be called without end. */
            cortex_irq_disable(USART1_IRQ);
            return;
        }
        ring_put(&rx_ring, (uint8_t)REG(USART1, DR));
    }
}

void board_rx_resume(void)
{
    cortex_irq_enable(USART1_IRQ);
}
