/*
 * The core as a program, for tests: standard input holds events of two bytes (a kind, a value), standard output gets what goes
 * to the host, standard error what goes to the DUT. Kinds: H a byte of the host, D a byte of the DUT, E an edge at value * 2^24 us,
 * L lost edges. `E` and `L` events come through only while the core has switched them on.
 */
#include <stdio.h>

#include "core/jb_iom.h"

static void host_put(uint8_t byte) { putchar(byte); }
static void dut_put(uint8_t byte) { fputc(byte, stderr); }
static void edges(bool enabled, bool any_change)
{
    (void)enabled;
    (void)any_change;
}

int main(void)
{
    static const jb_iom_port port = { host_put, dut_put, edges };
    static jb_iom iom;
    jb_iom_init(&iom, &port);
    for (;;) {
        const int kind = getchar();
        const int value = getchar();
        if (value == EOF) {
            return 0;
        }
        switch (kind) {
        case 'H': jb_iom_host(&iom, (uint8_t)value); break;
        case 'D': jb_iom_dut(&iom, (uint8_t)value); break;
        case 'E': jb_iom_edge(&iom, (uint32_t)value << 24); break;
        case 'L': jb_iom_edges_lost(&iom, (uint32_t)value); break;
        default: break;
        }
    }
}
