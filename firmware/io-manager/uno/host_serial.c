#include <avr/interrupt.h>
#include <avr/io.h>

#include "core/jb_iom.h"
#include "uno/ring.h"
#include "uno/uno.h"

/* Double speed and 16: 117,647 baud, 2.1 % off, as on every UNO; its USB bridge is the same chip family and equally off. */
enum { DIVIDER_115200 = 16 };

static ring received;
static ring to_send;

void host_serial_init(void)
{
    UBRR0 = DIVIDER_115200;
    UCSR0A = _BV(U2X0);
    UCSR0C = _BV(UCSZ01) | _BV(UCSZ00);
    UCSR0B = _BV(RXEN0) | _BV(TXEN0) | _BV(RXCIE0);
}

ISR(USART_RX_vect)
{
    const uint8_t errors = UCSR0A & (_BV(FE0) | _BV(DOR0));
    const uint8_t byte = UDR0;
    const uint8_t room = ring_room(&received);
    if (room > 1 && !errors) {
        ring_put(&received, byte);
    } else if (room > 0) {
        ring_put(&received, JB_IOM_LOST); /* in the place of what is missing: only that command is refused */
    }
}

ISR(USART_UDRE_vect)
{
    UDR0 = ring_take(&to_send);
    if (ring_empty(&to_send)) {
        UCSR0B &= (uint8_t)~_BV(UDRIE0);
    }
}

bool host_serial_waits(void) { return !ring_empty(&received); }

bool host_serial_take(uint8_t *byte)
{
    if (!host_serial_waits()) {
        return false;
    }
    *byte = ring_take(&received);
    return true;
}

static bool has_room(void) { return ring_room(&to_send) > 0; }

void host_serial_put(uint8_t byte)
{
    while (!has_room()) {
        idle_unless(has_room);
    }
    ring_put(&to_send, byte);
    cli();
    UCSR0B |= _BV(UDRIE0);
    sei();
}
