#include "jb_internal.h"

static void figure(jb_text *text, const char *name, uint32_t bytes)
{
    jb_put_string(text, name);
    jb_put_char(text, ' ');
    jb_put_u32(text, bytes);
}

void jb_memory(jb_harness *harness)
{
    const jb_board *board = harness->setup.board;
    jb_text *text = &harness->text;
    if (board == 0 || board->stack_used == 0) {
        jb_line(text, "e-[This port does not know its memory]");
        return;
    }
    jb_put_string(text, "m-memory-[");
    figure(text, "flash", board->flash_bytes);
    figure(text, ",data", board->data_bytes);
    figure(text, ",arena", jb_plan_arena_bytes(harness->setup.plan));
    figure(text, ",payload", harness->setup.payload_capacity);
    figure(text, ",stack", board->stack_bytes);
    figure(text, ",stack-used", board->stack_used());
    jb_line(text, "]");
}
