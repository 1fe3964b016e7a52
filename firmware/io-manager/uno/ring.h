/*
 * One writer, one reader, of which one is an interrupt: each changes only its own index, and a single byte is read and
 * written at once. One slot stays empty.
 */
#ifndef JB_IOM_RING_H
#define JB_IOM_RING_H

#include <stdbool.h>
#include <stdint.h>

/* 256 slots, so that the indices wrap by themselves. */
typedef struct {
    volatile uint8_t in;
    volatile uint8_t out;
    volatile uint8_t slots[256];
} ring;

static inline bool ring_empty(const ring *r) { return r->in == r->out; }
static inline uint8_t ring_room(const ring *r) { return (uint8_t)(r->out - r->in - 1u); }

static inline void ring_put(ring *r, uint8_t byte)
{
    const uint8_t in = r->in;
    r->slots[in] = byte;
    r->in = (uint8_t)(in + 1u);
}

static inline uint8_t ring_take(ring *r)
{
    const uint8_t out = r->out;
    const uint8_t byte = r->slots[out];
    r->out = (uint8_t)(out + 1u);
    return byte;
}

#endif
