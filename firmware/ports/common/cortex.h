#ifndef CORTEX_H
#define CORTEX_H

#include <stdint.h>

/* A 32-bit register. */
#define REG(base, offset) (*(volatile uint32_t *)(uintptr_t)((base) + (uint32_t)(offset)))

static inline void cortex_irq_off(void) { __asm__ volatile("cpsid i" ::: "memory"); }
static inline void cortex_irq_on(void) { __asm__ volatile("cpsie i" ::: "memory"); }
/* Sleeps until an interrupt is pending, also while interrupts are off. */
static inline void cortex_wait(void) { __asm__ volatile("wfi" ::: "memory"); }

/* Enables an interrupt of a peripheral in the NVIC. */
static inline void cortex_irq_enable(uint32_t irq) { REG(0xE000E100u, irq / 32u * 4u) = 1u << irq % 32u; }

/* Turns it off again; what is pending stays so. */
static inline void cortex_irq_disable(uint32_t irq) { REG(0xE000E180u, irq / 32u * 4u) = 1u << irq % 32u; }

#endif
