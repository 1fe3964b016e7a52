#include "ports/common/board.h"
#include "ports/common/cmsdk.h"

const char board_vendor[] = "joulebench-mps2-an500";

const cmsdk_machine cmsdk = {
    .uart = 0x40004000,
    .events_uart = 0x40005000,
    .fpgaio = 0x40028000,
    .counter_divide = 25,
    .receive_irq = 0,
};
