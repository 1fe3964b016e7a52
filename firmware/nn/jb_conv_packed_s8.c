#include "jb_conv_packed.h"

void jb_gather_border(const jb_layer *l, const jb_span *s, int8_t *row) {
    const jb_op *op = l->op;
    const uint32_t channels = op->in_c;
    const uint32_t row_values = op->kernel_w * channels;
    const uint32_t before = s->first * channels;
    const uint32_t inside = (s->last - s->first) * channels;
    for (uint32_t ky = 0; ky < op->kernel_h; ky++) {
        if (jb_is_outside(op, s->top + (int32_t)ky)) {
            jb_fill(row, op->in_zero_point, row_values);
        } else {
            jb_fill(row, op->in_zero_point, before);
            jb_copy(row + before, jb_first_value(l, s, ky), inside);
            jb_fill(row + before + inside, op->in_zero_point, row_values - before - inside);
        }
        row += row_values;
    }
}

static void run_packed(const jb_op *op, const uint8_t *image, uint8_t *arena, uint32_t block_channels) {
    const uint32_t groups = jb_packed_groups(op);
    uint8_t *scratch = arena + op->scratch;
    jb_layer l = {
        .op = op,
        .in = (const int8_t *)(arena + op->in0),
        .blocks = (const int8_t *)(image + op->weights),
        .block_channels = block_channels,
        .groups = groups,
        .term = jb_packed_term(op->out_zero_point),
        .direct = op->kernel_h == 1 && op->kernel_w == 1 && op->stride_h == 1 && op->stride_w == 1 &&
                  op->in_h == op->out_h && op->in_w == op->out_w,
        .row = (int8_t *)scratch,
    };
    jb_run_layer(&l, scratch, (int8_t *)(arena + op->out), op->out_h * op->out_w);
}

void jb_conv_packed_s8(const jb_op *op, const uint8_t *image, uint8_t *arena) { run_packed(op, image, arena, 2); }

void jb_fully_connected_packed_s8(const jb_op *op, const uint8_t *image, uint8_t *arena) {
    run_packed(op, image, arena, 4);
}
