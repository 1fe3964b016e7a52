#ifndef IMAGE_H
#define IMAGE_H

#include <stdint.h>

/*
 * What the build links in and the linker script names: the plan, its known answers, and the ends of the memory regions.
 * JB_ARENA_BYTES and JB_PAYLOAD_BYTES are the plan's own needs, given by the build.
 */
extern const uint8_t jb_model[];
extern const uint8_t jb_model_end[];
extern const uint32_t jb_known[]; /* seed, number of operators, then the CRC-32 of each operator's output */
extern const uint32_t jb_known_end[];

extern uint32_t image_flash_bytes[]; /* an absolute symbol: its address is the figure */
extern uint32_t image_data_start[];
extern uint32_t image_data_end[];
extern const uint32_t image_data_load[];
extern uint32_t image_bss_start[];
extern uint32_t image_bss_end[];
extern uint32_t image_stack_bottom[];
extern uint32_t image_stack_top[];

/* The value of untouched stack. */
#define STACK_FILL 0xA5A5A5A5u

/* The arena, the payload buffer, and the bytes of stack that have been used since the start. */
extern uint8_t image_arena[JB_ARENA_BYTES];
extern uint8_t image_payload[JB_PAYLOAD_BYTES];
uint32_t image_stack_used(void);

#endif
