#include "jb_nn_internal.h"

/* FULLY_CONNECTED, int8: in_h rows of in_c values, each to out_c values. */
void jb_fully_connected_s8(const jb_op *op, const uint8_t *image, uint8_t *arena) {
    const int8_t *in = (const int8_t *)(arena + op->in0);
    int8_t *out = (int8_t *)(arena + op->out);
    int8_t *padded = (int8_t *)(arena + op->scratch);
    const int direct = op->in_c % 16 == 0;
    if (!direct) memset(padded, 0, op->row_bytes);
    for (uint32_t y = 0; y < op->in_h; y++) {
        const int8_t *x = in + (size_t)y * op->in_c;
        if (!direct) {
            memcpy(padded, x, op->in_c);
            x = padded;
        }
        jb_dense_row_s8(op, image, x, out);
        out += op->out_c;
    }
}
