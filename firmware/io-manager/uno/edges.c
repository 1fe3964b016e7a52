/* Time stamps of D3, which is INT1: ATmega328P data sheet, section 13. */
#include <avr/interrupt.h>
#include <avr/io.h>

#include "uno/uno.h"

enum { PIN = PD3, SLOTS = 16 /* a power of two */ };

static volatile uint8_t in;
static volatile uint8_t out;
static volatile uint8_t lost;
static uint32_t stamps[SLOTS];

void edges_init(void) { PORTD |= _BV(PIN); /* a pull-up: the DUT's output may be an open drain */ }

void edges_report(bool enabled, bool any_change)
{
    cli();
    EIMSK &= (uint8_t)~_BV(INT1);
    EICRA = any_change ? _BV(ISC10) : _BV(ISC11);
    EIFR = _BV(INTF1);
    in = 0;
    out = 0;
    lost = 0;
    if (enabled) {
        EIMSK |= _BV(INT1);
    }
    sei();
}

ISR(INT1_vect)
{
    const uint32_t now = clock_ticks();
    const uint8_t slot = in;
    if ((uint8_t)(slot - out) < SLOTS) {
        stamps[slot % SLOTS] = now;
        in = (uint8_t)(slot + 1u);
    } else if (lost < UINT8_MAX) {
        lost++;
    }
}

bool edges_wait(void) { return in != out; }

bool edges_take(uint32_t *ticks)
{
    if (!edges_wait()) {
        return false;
    }
    *ticks = stamps[out % SLOTS];
    out = (uint8_t)(out + 1u);
    return true;
}

uint8_t edges_lost(void)
{
    cli();
    const uint8_t count = lost;
    lost = 0;
    sei();
    return count;
}
