/* Joulebench's IO manager on an Arduino UNO: README.md. */
#include <avr/interrupt.h>
#include <avr/io.h>
#include <avr/sleep.h>

#include "core/jb_iom.h"
#include "uno/uno.h"

static jb_iom iom;
static const jb_iom_port port = { host_serial_put, dut_serial_put, edges_report };

void idle_unless(bool (*happened)(void))
{
    cli();
    if (!happened()) {
        sleep_enable();
        sei(); /* takes effect after the next instruction: nothing can happen between the question and the sleep */
        sleep_cpu();
        sleep_disable();
    }
    sei();
}

/*
 * One round: an edge, all that the DUT has sent, one byte of the host. Not all edges first: a pin that never rests would
 * keep the host from switching the timer off.
 */
static void work(void)
{
    uint32_t ticks;
    uint8_t byte;
    if (edges_take(&ticks)) {
        jb_iom_edge(&iom, ticks * TICK_US);
    }
    const uint8_t lost = edges_lost();
    if (lost > 0) {
        jb_iom_edges_lost(&iom, lost);
    }
    while (dut_serial_take(&byte)) {
        jb_iom_dut(&iom, byte);
    }
    if (host_serial_take(&byte)) {
        jb_iom_host(&iom, byte);
    }
}

static bool work_waits(void) { return edges_wait() || dut_serial_waits() || host_serial_waits(); }

int main(void)
{
    set_sleep_mode(SLEEP_MODE_IDLE);
    host_serial_init();
    clock_init();
    dut_serial_init();
    edges_init();
    sei();
    jb_iom_init(&iom, &port);
    for (;;) {
        work();
        idle_unless(work_waits);
    }
}
