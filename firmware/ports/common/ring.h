#ifndef RING_H
#define RING_H

#include <stdint.h>

/*
 * Bytes from the receive interrupt to the main loop: one writer, one reader, no locks. The counters run freely and wrap
 * with their type; what lies between them is the content.
 */
enum { RING_BYTES = 1024 };

typedef struct ring {
    volatile uint32_t written; /* by the interrupt only */
    volatile uint32_t read;    /* by the main loop only */
    uint8_t bytes[RING_BYTES];
} ring;

extern ring rx_ring;

static inline int ring_is_full(const ring *r) { return r->written - r->read == RING_BYTES; }

static inline int ring_is_empty(const ring *r) { return r->written == r->read; }

/* Only when it is not full. */
static inline void ring_put(ring *r, uint8_t byte)
{
    r->bytes[r->written % RING_BYTES] = byte;
    __asm__ volatile("" ::: "memory"); /* the byte before the counter: one core sees its own writes in order */
    r->written = r->written + 1;
}

/* Moves up to `room` bytes out; returns how many. */
static inline uint32_t ring_take(ring *r, uint8_t *to, uint32_t room)
{
    uint32_t count = 0;
    while (count < room && !ring_is_empty(r)) {
        to[count++] = r->bytes[r->read % RING_BYTES];
        __asm__ volatile("" ::: "memory");
        r->read = r->read + 1;
    }
    return count;
}

#endif
