#ifndef CMSDK_H
#define CMSDK_H

#include <stdint.h>

/*
 * The machines of Arm's MPS2 and MPS3 boards as QEMU emulates them share their UART and their counter; what differs is
 * in this struct, which each machine's folder defines.
 */
typedef struct cmsdk_machine {
    uint32_t uart;           /* to the host */
    uint32_t events_uart;    /* edges of the timestamp output, which has no other host side here */
    uint32_t fpgaio;         /* has the free-running counter */
    uint32_t counter_divide; /* input clock of the counter in MHz */
    uint32_t receive_irq;
} cmsdk_machine;

extern const cmsdk_machine cmsdk;

#endif
