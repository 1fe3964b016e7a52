/* What the files of this folder share: the kernels, the two roundings, and the only two library functions that are used. */
#ifndef JB_NN_INTERNAL_H
#define JB_NN_INTERNAL_H

#include <stddef.h>
#include <stdint.h>

#include "jb_plan_format.h"

/* Declared here because a freestanding build has no <string.h>; compilers emit calls to both anyway. */
void *memcpy(void *to, const void *from, size_t bytes);
void *memset(void *to, int value, size_t bytes);

/*
 * Kernels. The record was validated by jb_plan_open(), so none of them checks again. Input and output of an operator do not
 * overlap, except that RESHAPE, ADD and SOFTMAX may write over an input of the same offset, and that the output of packed
 * kernels may slide into their input (jb_slide_bytes()).
 */
void jb_conv_s8(const jb_op *op, const uint8_t *image, uint8_t *arena);
void jb_depthwise_conv_s8(const jb_op *op, const uint8_t *image, uint8_t *arena);
void jb_fully_connected_s8(const jb_op *op, const uint8_t *image, uint8_t *arena);
void jb_average_pool_s8(const jb_op *op, const uint8_t *image, uint8_t *arena);
void jb_add_s8(const jb_op *op, const uint8_t *image, uint8_t *arena);
void jb_reshape(const jb_op *op, const uint8_t *image, uint8_t *arena);
void jb_softmax_s8(const jb_op *op, const uint8_t *image, uint8_t *arena);
void jb_conv_packed_s8(const jb_op *op, const uint8_t *image, uint8_t *arena);
void jb_fully_connected_packed_s8(const jb_op *op, const uint8_t *image, uint8_t *arena);
void jb_depthwise_packed_s8(const jb_op *op, const uint8_t *image, uint8_t *arena);
void jb_add_packed_s8(const jb_op *op, const uint8_t *image, uint8_t *arena);

/*
 * Scratch that a packed convolution needs: its windows as int16 (two that alternate, or one alone), then, where pixels are no
 * whole groups of four values, one window as int8. With scratch for a third window it takes three at a time.
 */
static inline uint32_t jb_packed_groups(const jb_op *op) { return (op->kernel_h * op->kernel_w * op->in_c + 3) / 4; }
static inline uint32_t jb_packed_window_bytes(const jb_op *op) {
    const int alone = op->kernel == JB_KERNEL_FULLY_CONNECTED_PACKED_S8 || (op->out_h == 1 && op->out_w == 1);
    return (alone ? 8 : 16) * jb_packed_groups(op);
}
static inline uint32_t jb_packed_row_bytes(const jb_op *op) { return op->in_c % 4 == 0 ? 0 : 4 * jb_packed_groups(op); }

/* Whether a convolution reads its pixels where they lie, without copying the taps of a window into one row first. */
static inline int jb_conv_is_direct(const jb_op *op) {
    return op->kernel_h == 1 && op->kernel_w == 1 && op->in_c % 16 == 0;
}

/*
 * sums[r] = dot product of row r of the weights with x, for 1 to 4 rows that lie row_bytes apart. n is a multiple of 16;
 * x and the rows are readable for n bytes.
 */
void jb_dot_s8(const int8_t *rows, uint32_t row_bytes, uint32_t row_count, const int8_t *x, uint32_t n, int32_t sums[4]);

/* All output channels of one gathered row x: dot products, bias, requantisation, clamp. */
void jb_dense_row_s8(const jb_op *op, const uint8_t *image, const int8_t *x, int8_t *out);

/*
 * How many bytes the output of a packed convolution has to begin below its input at least, to slide into it; 0 where it may begin at the
 * same place. The record's window was validated.
 */
int64_t jb_slide_bytes(const jb_op *op);

/* CRC-32 of zip and PNG (reflected 0xEDB88320). */
uint32_t jb_nn_crc32(const uint8_t *bytes, uint32_t count);

/* a b / 2^31, rounded to nearest, ties up (reference-models 3.2, "H"). */
static inline int32_t jb_high_multiply(int32_t a, int32_t b) {
    return (int32_t)(((int64_t)a * b + ((int64_t)1 << 30)) >> 31);
}

/* x / 2^n, rounded half away from zero, 0 <= n <= 31 (3.2, "D"). */
static inline int32_t jb_rounding_shift(int32_t x, int32_t n) {
    const uint32_t mask = ((uint32_t)1 << n) - 1u;
    const uint32_t remainder = (uint32_t)x & mask;
    const uint32_t threshold = (mask >> 1) + (x < 0 ? 1u : 0u);
    return (x >> n) + (remainder > threshold ? 1 : 0);
}

/* x multiplier 2^(shift - 31) with two roundings (3.2, "M"); a left shift that leaves int32 saturates. */
static inline int32_t jb_requantize(int32_t x, int32_t multiplier, int32_t shift) {
    if (shift <= 0) return jb_rounding_shift(jb_high_multiply(x, multiplier), -shift);
    int64_t wide = (int64_t)x * ((int64_t)1 << shift);
    if (wide > INT32_MAX) wide = INT32_MAX;
    if (wide < INT32_MIN) wide = INT32_MIN;
    return jb_high_multiply((int32_t)wide, multiplier);
}

/* Adds the zero point and clamps; the bounds are moved instead of the value, which may be near the end of int32. */
static inline int8_t jb_clamp_output(const jb_op *op, int32_t value) {
    const int32_t lo = op->lo - op->out_zero_point;
    const int32_t hi = op->hi - op->out_zero_point;
    const int32_t kept = value < lo ? lo : value > hi ? hi : value;
    return (int8_t)(kept + op->out_zero_point);
}

/* Sum that may leave int32 in a hostile image, without undefined behaviour. */
static inline int32_t jb_wrapping_add(int32_t a, int32_t b) {
    return (int32_t)((uint32_t)a + (uint32_t)b);
}

#endif
