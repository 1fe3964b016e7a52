/*
 * The DUT's serial port, without a second USART: both directions at once, a bit each 26 ticks (9615 baud, 0.16 % off).
 *
 * Sending: the compare unit A sets or clears D9 by itself when the bit is due, so that a late interrupt does not move the edge.
 * Receiving: a change of D8 starts compare unit B, whose interrupt then reads the pin in the middle of every bit.
 */
#include <avr/interrupt.h>
#include <avr/io.h>

#include "uno/ring.h"
#include "uno/uno.h"

enum { BIT_TICKS = 26, HALF_BIT_TICKS = 13 };
/* From now to the first edge: more than one tick, since the timer must not pass it before it is set. */
enum { SOON_TICKS = 3 };
enum { RECEIVE = PB0, SEND = PB1 };
enum { DATA_BITS = 8 };

static ring received;
static ring to_send;

/* Bits still to be sent, the next one lowest. */
static volatile uint16_t frame;
static volatile uint8_t frame_bits;
static volatile bool sending;

/* 0: start bit, 1 to 8: data, 9: stop bit. */
static uint8_t bit_number;
static uint8_t byte_in;

/* What D9 becomes when the next bit is due. */
static void next_level(bool high) { TCCR1A = high ? _BV(COM1A1) | _BV(COM1A0) : _BV(COM1A1); }

void dut_serial_init(void)
{
    PORTB |= _BV(SEND) | _BV(RECEIVE); /* idle is high; a pull-up for when no DUT is there */
    next_level(true);
    TCCR1C = _BV(FOC1A); /* the unit's own output starts low; it shall not reach the pin */
    DDRB |= _BV(SEND);
    PCMSK0 = _BV(RECEIVE);
    PCICR |= _BV(PCIE0);
}

/* Start bit, eight data bits, lowest first, stop bit. */
static void load_frame(void)
{
    frame = (uint16_t)((uint16_t)ring_take(&to_send) << 1 | 1u << (DATA_BITS + 1));
    frame_bits = DATA_BITS + 2;
}

static void prepare_bit(void)
{
    next_level(frame & 1u);
    frame >>= 1;
    frame_bits--;
}

ISR(TIMER1_COMPA_vect)
{
    OCR1A += BIT_TICKS;
    if (frame_bits > 0) {
        prepare_bit();
    } else if (!ring_empty(&to_send)) {
        load_frame();
        prepare_bit();
    } else if (sending) {
        next_level(true);
        sending = false; /* the stop bit has begun: one more bit time, then rest */
    } else {
        TIMSK1 &= (uint8_t)~_BV(OCIE1A);
    }
}

static bool has_room(void) { return ring_room(&to_send) > 0; }

void dut_serial_put(uint8_t byte)
{
    while (!has_room()) {
        idle_unless(has_room);
    }
    ring_put(&to_send, byte);
    cli();
    sending = true;
    if (!(TIMSK1 & _BV(OCIE1A))) {
        load_frame();
        OCR1A = TCNT1 + SOON_TICKS;
        prepare_bit();
        TIFR1 = _BV(OCF1A);
        TIMSK1 |= _BV(OCIE1A);
    }
    sei();
}

ISR(PCINT0_vect)
{
    /* PCMSK0 is zero within a frame: an edge from the few cycles before it was. */
    if ((PINB & _BV(RECEIVE)) || PCMSK0 == 0) {
        return;
    }
    OCR1B = TCNT1 + HALF_BIT_TICKS;
    PCMSK0 = 0;
    bit_number = 0;
    TIFR1 = _BV(OCF1B);
    TIMSK1 |= _BV(OCIE1B);
}

static void wait_for_start(void)
{
    TIMSK1 &= (uint8_t)~_BV(OCIE1B);
    PCMSK0 = _BV(RECEIVE);
}

ISR(TIMER1_COMPB_vect)
{
    const bool high = PINB & _BV(RECEIVE);
    OCR1B += BIT_TICKS;
    if (bit_number == 0 && high) {
        wait_for_start(); /* a spike, no start bit */
        return;
    }
    if (bit_number <= DATA_BITS) {
        byte_in = (uint8_t)(byte_in >> 1 | (high ? 0x80u : 0u));
        bit_number++;
        return;
    }
    /* Without a stop bit it was noise, which the host shall see; all low is a DUT without power. */
    if ((high || byte_in != 0) && ring_room(&received) > 0) {
        ring_put(&received, high ? byte_in : (uint8_t)'?');
    }
    wait_for_start();
}

bool dut_serial_waits(void) { return !ring_empty(&received); }

bool dut_serial_take(uint8_t *byte)
{
    if (!dut_serial_waits()) {
        return false;
    }
    *byte = ring_take(&received);
    return true;
}
