/*
 * The bytes of a plan image, as C sees them. docs/formats/plan.md is the reference; src/main/model/plan-layout.ts writes
 * them. All fields are 32-bit little endian, so the structs have no padding on any target that we build for.
 */
#ifndef JB_PLAN_FORMAT_H
#define JB_PLAN_FORMAT_H

#include <stdint.h>

#include "jb_nn.h"

#define JB_PLAN_MAGIC 0x504D424Au /* "JBMP" */
#define JB_PLAN_CRC_FROM 16u      /* the checksum covers everything from here to the end */
#define JB_PLAN_KNOWN_FLAGS JB_PLAN_FLAG_FOLDED

/* Limits that keep every product below within 32 or 64 bits. */
#define JB_PLAN_MAX_IMAGE (1u << 26)
#define JB_PLAN_MAX_ARENA (1u << 26)
#define JB_PLAN_MAX_OPS 1024u
#define JB_PLAN_MAX_DIM 65536u
#define JB_PLAN_MAX_STRIDE 256u
#define JB_PLAN_MAX_ROW 65536u  /* taps of one output of a convolution: 2^16 products of 2^14 stay within int32 */
#define JB_PLAN_MAX_TAPS 32768u /* of a depthwise window: 2^15 products of 2^15 */
#define JB_PLAN_MAX_SOFTMAX 4096u
#define JB_PLAN_MAX_PACKED_SHIFT 22u /* 257 2^22 / 2 and a product of 2^30 fit int32 together */

#define JB_INPUT_COPY 0u
#define JB_INPUT_UINT8 1u
#define JB_INPUT_FLOAT32 2u

#define JB_RESULT_SCORES 0u
#define JB_RESULT_MEAN_SQUARE 1u

#define JB_KERNEL_CONV_S8 1u
#define JB_KERNEL_DEPTHWISE_CONV_S8 2u
#define JB_KERNEL_FULLY_CONNECTED_S8 3u
#define JB_KERNEL_AVERAGE_POOL_S8 4u
#define JB_KERNEL_ADD_S8 5u
#define JB_KERNEL_RESHAPE 6u
#define JB_KERNEL_SOFTMAX_S8 7u
#define JB_KERNEL_CONV_PACKED_S8 8u
#define JB_KERNEL_DEPTHWISE_PACKED_S8 9u
#define JB_KERNEL_FULLY_CONNECTED_PACKED_S8 10u
#define JB_KERNEL_ADD_PACKED_S8 11u

typedef struct jb_header {
    uint32_t magic;
    uint32_t version;
    uint32_t image_bytes;
    uint32_t crc32;
    uint32_t ops_offset;
    uint32_t op_count;
    uint32_t op_bytes;
    uint32_t flags;
    uint32_t arena_bytes;
    uint32_t input_offset;
    uint32_t input_bytes;
    uint32_t output_offset;
    uint32_t output_bytes;
    uint32_t payload_bytes;
    uint32_t input_transform;
    uint32_t result_transform;
    uint32_t result_count;
    float input_scale;
    int32_t input_zero_point;
    float output_scale;
    int32_t output_zero_point;
    uint32_t reserved;
    uint8_t source_sha256[32];
    char model_id[JB_PLAN_ID_BYTES];
} jb_header;

/* One operator. Offsets of tensors and scratch count from the arena, those of constants from the image. */
typedef struct jb_op {
    uint32_t kernel;
    uint32_t flags;
    uint32_t source_op;
    uint32_t in0;
    uint32_t in1;
    uint32_t out;
    uint32_t scratch;
    uint32_t scratch_bytes;
    uint32_t in_h;
    uint32_t in_w;
    uint32_t in_c;
    uint32_t out_h;
    uint32_t out_w;
    uint32_t out_c;
    uint32_t kernel_h;
    uint32_t kernel_w;
    uint32_t stride_h;
    uint32_t stride_w;
    uint32_t pad_top;
    uint32_t pad_left;
    int32_t in_zero_point;
    int32_t out_zero_point;
    int32_t lo;
    int32_t hi;
    uint32_t weights;   /* rows of weights; first table of ADD; table of SOFTMAX */
    uint32_t row_bytes; /* distance of two rows */
    uint32_t bias;      /* int32 a channel; second table of ADD */
    uint32_t multipliers;
    uint32_t shifts;
    uint32_t requant_count; /* 1, or one a channel */
    uint32_t reserved0;
    uint32_t reserved1;
} jb_op;

_Static_assert(sizeof(jb_header) == 160, "the header is 160 bytes");
_Static_assert(sizeof(jb_op) == 128, "an operator record is 128 bytes");

#endif
