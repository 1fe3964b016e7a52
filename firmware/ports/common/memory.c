#include <stddef.h>
#include <stdint.h>

/*
 * The only library functions that the firmware uses, and that compilers call on their own. Words at any address: every core
 * that we build for loads them so. Compiled with -fno-builtin, or the loops would be turned into calls to themselves.
 */
typedef uint32_t word __attribute__((may_alias, aligned(1)));

void *memcpy(void *restrict to, const void *restrict from, size_t bytes);
void *memset(void *to, int value, size_t bytes);
void *memmove(void *to, const void *from, size_t bytes);

void *memcpy(void *restrict to, const void *restrict from, size_t bytes)
{
    unsigned char *target = to;
    const unsigned char *source = from;
    for (; bytes >= 16; bytes -= 16) {
        const word *w = (const word *)source;
        word *t = (word *)target;
        const uint32_t a = w[0], b = w[1], c = w[2], d = w[3];
        t[0] = a;
        t[1] = b;
        t[2] = c;
        t[3] = d;
        source += 16;
        target += 16;
    }
    for (; bytes >= 4; bytes -= 4) {
        *(word *)target = *(const word *)source;
        source += 4;
        target += 4;
    }
    while (bytes-- > 0) {
        *target++ = *source++;
    }
    return to;
}

void *memset(void *to, int value, size_t bytes)
{
    unsigned char *target = to;
    const uint32_t filled = (unsigned char)value * 0x01010101u;
    for (; bytes >= 4; bytes -= 4) {
        *(word *)target = filled;
        target += 4;
    }
    while (bytes-- > 0) {
        *target++ = (unsigned char)value;
    }
    return to;
}

void *memmove(void *to, const void *from, size_t bytes)
{
    unsigned char *target = to;
    const unsigned char *source = from;
    if (target == source) {
        return to;
    }
    if (target < source) {
        while (bytes-- > 0) {
            *target++ = *source++;
        }
        return to;
    }
    while (bytes-- > 0) {
        target[bytes] = source[bytes];
    }
    return to;
}
