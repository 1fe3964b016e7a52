#include "jb_nn_internal.h"

#ifdef __wasm_simd128__
#include <wasm_simd128.h>

static inline v128_t multiply_add(v128_t sum, const int8_t *row, v128_t x_low, v128_t x_high) {
    const v128_t w = wasm_v128_load(row);
    sum = wasm_i32x4_add(sum, wasm_i32x4_dot_i16x8(wasm_i16x8_extend_low_i8x16(w), x_low));
    return wasm_i32x4_add(sum, wasm_i32x4_dot_i16x8(wasm_i16x8_extend_high_i8x16(w), x_high));
}

static inline int32_t add_lanes(v128_t sum) {
    return wasm_i32x4_extract_lane(sum, 0) + wasm_i32x4_extract_lane(sum, 1) + wasm_i32x4_extract_lane(sum, 2) +
           wasm_i32x4_extract_lane(sum, 3);
}

void jb_dot_s8(const int8_t *rows, uint32_t row_bytes, uint32_t row_count, const int8_t *x, uint32_t n,
               int32_t sums[4]) {
    if (row_count < 4) {
        for (uint32_t r = 0; r < row_count; r++) {
            const int8_t *row = rows + (size_t)r * row_bytes;
            v128_t sum = wasm_i32x4_const_splat(0);
            for (uint32_t i = 0; i < n; i += 16) {
                const v128_t v = wasm_v128_load(x + i);
                sum = multiply_add(sum, row + i, wasm_i16x8_extend_low_i8x16(v), wasm_i16x8_extend_high_i8x16(v));
            }
            sums[r] = add_lanes(sum);
        }
        return;
    }
    const int8_t *row1 = rows + row_bytes;
    const int8_t *row2 = row1 + row_bytes;
    const int8_t *row3 = row2 + row_bytes;
    v128_t sum0 = wasm_i32x4_const_splat(0), sum1 = sum0, sum2 = sum0, sum3 = sum0;
    for (uint32_t i = 0; i < n; i += 16) {
        const v128_t v = wasm_v128_load(x + i);
        const v128_t low = wasm_i16x8_extend_low_i8x16(v);
        const v128_t high = wasm_i16x8_extend_high_i8x16(v);
        sum0 = multiply_add(sum0, rows + i, low, high);
        sum1 = multiply_add(sum1, row1 + i, low, high);
        sum2 = multiply_add(sum2, row2 + i, low, high);
        sum3 = multiply_add(sum3, row3 + i, low, high);
    }
    sums[0] = add_lanes(sum0);
    sums[1] = add_lanes(sum1);
    sums[2] = add_lanes(sum2);
    sums[3] = add_lanes(sum3);
}

#else

void jb_dot_s8(const int8_t *rows, uint32_t row_bytes, uint32_t row_count, const int8_t *x, uint32_t n,
               int32_t sums[4]) {
    if (row_count < 4) {
        for (uint32_t r = 0; r < row_count; r++) {
            const int8_t *row = rows + (size_t)r * row_bytes;
            int32_t sum = 0;
            for (uint32_t i = 0; i < n; i++) sum += row[i] * x[i];
            sums[r] = sum;
        }
        return;
    }
    /* Four rows at a time, so that each value of x is loaded and extended once for all of them. */
    const int8_t *row1 = rows + row_bytes;
    const int8_t *row2 = row1 + row_bytes;
    const int8_t *row3 = row2 + row_bytes;
    int32_t sum0 = 0, sum1 = 0, sum2 = 0, sum3 = 0;
    for (uint32_t i = 0; i < n; i++) {
        const int32_t v = x[i];
        sum0 += rows[i] * v;
        sum1 += row1[i] * v;
        sum2 += row2[i] * v;
        sum3 += row3[i] * v;
    }
    sums[0] = sum0;
    sums[1] = sum1;
    sums[2] = sum2;
    sums[3] = sum3;
}

#endif
