#include "ports/common/board.h"
#include "ports/common/cmsdk.h"

const char board_vendor[] = "joulebench-mps3-an547";

const cmsdk_machine cmsdk = {
    .uart = 0x59303000,
    .events_uart = 0x59304000,
    .fpgaio = 0x59302000,
    .counter_divide = 20,
    .receive_irq = 33,
};
