/* What the two halves of the loader share: the header's checks (jb_plan_open.c) and those of the operators (jb_plan_check.c). */
#ifndef JB_PLAN_CHECK_H
#define JB_PLAN_CHECK_H

#include "jb_nn_internal.h"

/* What one operator's checks need besides its record. */
typedef struct jb_bounds {
    const uint8_t *image;
    uint32_t constants_from;
    uint32_t image_bytes;
    uint32_t arena_bytes;
} jb_bounds;

/* Every offset, size, shape and constant of one operator: JB_PLAN_OK, or what is wrong with it. */
int32_t jb_check_op(const jb_op *op, const jb_bounds *b);

static inline int jb_is_aligned(uint32_t offset) { return offset % JB_PLAN_ALIGN == 0; }
static inline int jb_is_int8(int32_t value) { return value >= -128 && value <= 127; }
static inline int jb_in_arena(uint32_t arena_bytes, uint32_t offset, uint64_t bytes) {
    return jb_is_aligned(offset) && offset + bytes <= arena_bytes;
}

#endif
