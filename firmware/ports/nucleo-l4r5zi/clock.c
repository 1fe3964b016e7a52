/* Reference manual RM0432: chapters 3 (flash), 5 (power) and 6 (clocks). */
#include "clock.h"
#include "ports/common/cortex.h"

enum { RCC = 0x40021000, PWR = 0x40007000, FLASH = 0x40022000 };
/* RCC */
enum { RCC_CR = 0x00, RCC_CFGR = 0x08, RCC_PLLCFGR = 0x0C, RCC_APB1ENR1 = 0x58, RCC_BDCR = 0x90 };
enum { CR_MSIRDY = 1 << 1, CR_MSIPLLEN = 1 << 2, CR_PLLON = 1 << 24, CR_PLLRDY = 1 << 25 };
enum { CFGR_SW_PLL = 3, CFGR_SWS_PLL = 3 << 2, CFGR_SWS = 3 << 2, CFGR_HPRE_2 = 8 << 4 };
enum { BDCR_LSEON = 1 << 0, BDCR_LSERDY = 1 << 1 };
enum { APB1_PWR = 1 << 28 };
/* PWR */
enum { PWR_CR1 = 0x00, PWR_SR2 = 0x14, PWR_CR5 = 0x80 };
enum { PWR_DBP = 1 << 8, PWR_VOSF = 1 << 10, PWR_R1MODE = 1 << 8 };
/* FLASH */
enum { FLASH_ACR = 0x00 };
enum { ACR_LATENCY_5 = 5, ACR_PREFETCH = 1 << 8, ACR_ICACHE = 1 << 9, ACR_DCACHE = 1 << 10 };

/* MSI starts at 4 MHz: 4 MHz x 60 / 2. */
enum { PLL_SOURCE_MSI = 1, PLL_N = 60 << 8, PLL_R_ENABLE = 1 << 24 };

/* About two seconds at 4 MHz: the crystal may take one, and a board without it has to start too. */
enum { CRYSTAL_TURNS = 1000000 };

void clock_init(void)
{
    REG(RCC, RCC_APB1ENR1) |= APB1_PWR;
    (void)REG(RCC, RCC_APB1ENR1); /* the clock needs a moment */

    /* Above 80 MHz: range 1 boost, and five wait states. */
    REG(PWR, PWR_CR5) &= ~(uint32_t)PWR_R1MODE;
    while (REG(PWR, PWR_SR2) & PWR_VOSF) {
    }
    REG(FLASH, FLASH_ACR) = ACR_LATENCY_5 | ACR_PREFETCH | ACR_ICACHE | ACR_DCACHE;
    while ((REG(FLASH, FLASH_ACR) & 15u) != ACR_LATENCY_5) {
    }

    /* The untrimmed oscillator may be off by 1 %, which the host would remark on. */
    REG(PWR, PWR_CR1) |= PWR_DBP;
    REG(RCC, RCC_BDCR) |= BDCR_LSEON;
    for (uint32_t turn = 0; turn < CRYSTAL_TURNS && !(REG(RCC, RCC_BDCR) & BDCR_LSERDY); turn++) {
    }
    if (REG(RCC, RCC_BDCR) & BDCR_LSERDY) {
        REG(RCC, RCC_CR) |= CR_MSIPLLEN;
    }

    REG(RCC, RCC_PLLCFGR) = PLL_SOURCE_MSI | PLL_N | PLL_R_ENABLE; /* divided by 1 before, by 2 behind */
    REG(RCC, RCC_CR) |= CR_PLLON;
    while (!(REG(RCC, RCC_CR) & CR_PLLRDY)) {
    }
    /* Over 80 MHz in two steps, the first for at least 1 us at half the rate. */
    REG(RCC, RCC_CFGR) = CFGR_HPRE_2 | CFGR_SW_PLL;
    while ((REG(RCC, RCC_CFGR) & CFGR_SWS) != CFGR_SWS_PLL) {
    }
    for (volatile uint32_t turn = 0; turn < 60; turn = turn + 1) {
    }
    REG(RCC, RCC_CFGR) = CFGR_SW_PLL;
}
