/* Timer 1 runs freely at 16 MHz / 64: ATmega328P data sheet, section 16. */
#include <avr/interrupt.h>
#include <avr/io.h>

#include "uno/uno.h"

static volatile uint16_t overflows;

void clock_init(void)
{
    TCCR1A = 0;
    TCCR1B = _BV(CS11) | _BV(CS10);
    TIMSK1 = _BV(TOIE1);
}

ISR(TIMER1_OVF_vect) { overflows++; }

uint32_t clock_ticks(void)
{
    const uint16_t low = TCNT1;
    uint16_t high = overflows;
    /* The timer may have gone over since interrupts were off; before or after `low` was read shows in `low`. */
    if ((TIFR1 & _BV(TOV1)) && low < 0x8000u) {
        high++;
    }
    return (uint32_t)high << 16 | low;
}
