#include "jb_conv_packed.h"

jb_span jb_next_span(jb_layer *l) {
    const jb_op *op = l->op;
    jb_span s;
    s.top = (int32_t)(l->y * op->stride_h) - (int32_t)op->pad_top;
    s.left = (int32_t)(l->x * op->stride_w) - (int32_t)op->pad_left;
    const int32_t right = (int32_t)op->in_w - s.left;
    s.first = s.left < 0 ? (uint32_t)-s.left : 0;
    s.last = right < (int32_t)op->kernel_w ? (uint32_t)right : op->kernel_w;
    if (s.last < s.first) s.last = s.first;
    if (++l->x == op->out_w) {
        l->x = 0;
        l->y++;
    }
    return s;
}

void jb_gather_span(const jb_layer *l, jb_span s, int8_t *row) {
    const jb_op *op = l->op;
    const uint32_t channels = op->in_c;
    const uint32_t row_values = op->kernel_w * channels;
    const uint32_t before = s.first * channels;
    const uint32_t inside = (s.last - s.first) * channels;
    if (inside == row_values && s.top >= 0 && s.top + (int32_t)op->kernel_h <= (int32_t)op->in_h) {
        const int8_t *from = jb_first_value(l, s, 0);
        for (uint32_t ky = 0; ky < op->kernel_h; ky++) {
            jb_copy(row, from, row_values);
            row += row_values;
            from += op->in_w * channels;
        }
        return;
    }
    for (uint32_t ky = 0; ky < op->kernel_h; ky++) {
        if (jb_is_outside(op, s.top + (int32_t)ky)) {
            jb_fill(row, op->in_zero_point, row_values);
        } else {
            jb_fill(row, op->in_zero_point, before);
            jb_copy(row + before, jb_first_value(l, s, ky), inside);
            jb_fill(row + before + inside, op->in_zero_point, row_values - before - inside);
        }
        row += row_values;
    }
}

void jb_gather(jb_layer *l, int8_t *row) {
    if (l->direct) {
        jb_copy(row, l->in, l->op->in_c);
        l->in += l->op->in_c;
    } else {
        jb_gather_span(l, jb_next_span(l), row);
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
        .row = (int8_t *)(scratch + (jb_packed_row_bytes(op) ? jb_packed_window_bytes(op) : 0)),
    };
    if (jb_packed_row_bytes(op)) jb_fill(l.row + 4 * (groups - 1), 0, 4);
    jb_run_layer(&l, scratch, (int8_t *)(arena + op->out), op->out_h * op->out_w);
}

void jb_conv_packed_s8(const jb_op *op, const uint8_t *image, uint8_t *arena) { run_packed(op, image, arena, 2); }

void jb_fully_connected_packed_s8(const jb_op *op, const uint8_t *image, uint8_t *arena) {
    run_packed(op, image, arena, 4);
}
