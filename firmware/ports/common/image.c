#include "image.h"

int main(void);
void image_start(void);

_Alignas(16) uint8_t image_arena[JB_ARENA_BYTES] __attribute__((section(".arena")));
_Alignas(16) uint8_t image_payload[JB_PAYLOAD_BYTES] __attribute__((section(".payload")));

void image_start(void)
{
    const uint32_t *from = image_data_load;
    for (uint32_t *to = image_data_start; to < image_data_end; to++) {
        *to = *from++;
    }
    for (uint32_t *to = image_bss_start; to < image_bss_end; to++) {
        *to = 0;
    }
    main();
}

uint32_t image_stack_used(void)
{
    const uint32_t *at = image_stack_bottom;
    while (at < image_stack_top && *at == STACK_FILL) {
        at++;
    }
    return (uint32_t)((uintptr_t)image_stack_top - (uintptr_t)at);
}
