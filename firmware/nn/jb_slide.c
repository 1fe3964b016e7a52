#include "jb_nn_internal.h"

static int64_t larger(int64_t a, int64_t b) { return a > b ? a : b; }

/* Lowest row or column that the window of output `index` reads. */
static int64_t first_read(uint32_t index, uint32_t stride, uint32_t pad) {
    return larger((int64_t)index * stride - pad, 0);
}

/*
 * Outputs are written pixel by pixel in raster order; none may reach what a later pixel still reads. Within a row the end of the
 * outputs grows by out_c a pixel, and the lowest address read stands still until the window has left the padding, then grows by
 * stride in_c: their distance is largest right before, right after, or at the end.
 */
int64_t jb_slide_bytes(const jb_op *op) {
    const int64_t row_bytes = (int64_t)op->in_w * op->in_c;
    int64_t slide = 0;
    for (uint32_t oy = 0; oy < op->out_h; oy++) {
        const int64_t written = (int64_t)oy * op->out_w * op->out_c;
        const int is_last = oy + 1 == op->out_h;
        const int64_t below = first_read(oy + 1, op->stride_h, op->pad_top) * row_bytes;
        const int64_t row = first_read(oy, op->stride_h, op->pad_top) * row_bytes;
        const int64_t left = op->pad_left / op->stride_w;
        const int64_t candidates[3] = {left, left + 1, (int64_t)op->out_w - 1};
        for (uint32_t i = 0; i < 3; i++) {
            const int64_t x = candidates[i];
            if (x < 1 || x >= (int64_t)op->out_w) continue;
            int64_t read = row + first_read((uint32_t)x, op->stride_w, op->pad_left) * op->in_c;
            if (!is_last && below < read) read = below;
            slide = larger(slide, written + x * op->out_c - read);
        }
        if (!is_last) slide = larger(slide, written + (int64_t)op->out_w * op->out_c - below);
    }
    return slide;
}
