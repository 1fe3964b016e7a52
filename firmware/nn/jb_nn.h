/*
 * Public door of the neural network part: open a plan image, feed it, run it, read its results.
 *
 * A plan image is data (docs/formats/plan.md): it stays where it is, read-only, 16-byte aligned, and the same bytes run on
 * wasm32, Cortex-M and x86-64. Nothing here allocates, prints or keeps global state. The caller owns three pieces of memory:
 * the image, a jb_plan, and an arena of at least jb_plan_arena_bytes() bytes that is 16-byte aligned.
 */
#ifndef JB_NN_H
#define JB_NN_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Version of the image layout that this code runs. */
#define JB_PLAN_VERSION 1u
/* What image and arena have to be aligned to. */
#define JB_PLAN_ALIGN 16u
/* Model id with its terminating NUL. */
#define JB_PLAN_ID_BYTES 40u
/* failed_op when no single operator is to blame. */
#define JB_PLAN_NO_OP 0xFFFFFFFFu

/* What jb_plan_open() answers. */
#define JB_PLAN_OK 0
#define JB_PLAN_E_ALIGN 1     /* the image is not 16-byte aligned */
#define JB_PLAN_E_TRUNCATED 2 /* fewer bytes than the header asks for */
#define JB_PLAN_E_MAGIC 3     /* not a plan image */
#define JB_PLAN_E_VERSION 4   /* a layout that this firmware does not know */
#define JB_PLAN_E_CRC 5       /* the bytes were damaged */
#define JB_PLAN_E_HEADER 6    /* a header field is out of range or contradicts another */
#define JB_PLAN_E_ARENA 7     /* the plan needs a larger arena than the caller has */
#define JB_PLAN_E_KERNEL 8    /* an operator asks for a kernel that this firmware does not have */
#define JB_PLAN_E_SHAPE 9     /* an operator's shape is out of range or inconsistent */
#define JB_PLAN_E_OFFSET 10   /* an operator points outside the image or the arena */
#define JB_PLAN_E_CONSTANT 11 /* a multiplier, shift, zero point or table is out of range */

/*
 * The parsed view of one image. Its fields are public only so that a caller can reserve memory for it: read them through
 * the functions below, except failed_op and arena_bytes, which are set even when jb_plan_open() refuses.
 */
typedef struct jb_plan {
    const uint8_t *image;
    uint32_t failed_op;   /* after a refusal: the operator to blame, or JB_PLAN_NO_OP */
    uint32_t arena_bytes; /* after JB_PLAN_E_ARENA: what the plan needs */
    uint32_t flags;
    uint32_t op_count;
    uint32_t ops_offset;
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
} jb_plan;

/*
 * Validates the whole image: checksum, every offset, size, shape, kernel id, multiplier and table. After JB_PLAN_OK no run
 * of this plan touches memory outside the image and the arena, whatever the image holds. image_bytes is how much may be
 * read; the image may be shorter. Returns JB_PLAN_OK or a JB_PLAN_E_ code.
 */
int32_t jb_plan_open(jb_plan *plan, const uint8_t *image, uint32_t image_bytes, uint32_t arena_bytes);

/* Called after each operator, with its index in the plan, while its output is still whole. */
typedef void (*jb_op_hook)(void *context, uint32_t op_index);

/*
 * One inference. The input in the arena is overwritten by it: load it again before the next run.
 * hook may be NULL.
 */
void jb_plan_run(const jb_plan *plan, uint8_t *arena, jb_op_hook hook, void *context);

/* Where the input tensor lies in the arena, and the output tensor once a run has ended. */
int8_t *jb_plan_input(const jb_plan *plan, uint8_t *arena);
const int8_t *jb_plan_output(const jb_plan *plan, const uint8_t *arena);

uint32_t jb_plan_input_bytes(const jb_plan *plan);   /* of the input tensor */
uint32_t jb_plan_output_bytes(const jb_plan *plan);  /* of the output tensor */
uint32_t jb_plan_payload_bytes(const jb_plan *plan); /* what the host sends for one input: 490, 27648, 3072, 2560 */
uint32_t jb_plan_arena_bytes(const jb_plan *plan);
uint32_t jb_plan_op_count(const jb_plan *plan);
uint32_t jb_plan_flags(const jb_plan *plan);        /* JB_PLAN_FLAG_ bits */
const char *jb_plan_model_id(const jb_plan *plan);  /* "kws01": NUL-terminated, in the image */

/* Constant channels were folded away by the compiler: the report has to say so. */
#define JB_PLAN_FLAG_FOLDED 1u

/*
 * Output tensor of one operator, valid inside the hook (a later operator may reuse the place). Returns its length in bytes.
 */
uint32_t jb_plan_op_output(const jb_plan *plan, const uint8_t *arena, uint32_t op_index, const int8_t **output);

/*
 * Turns the host's payload (jb_plan_payload_bytes() bytes, any alignment) into the input tensor: a copy of int8 values,
 * uint8 values minus 128, or float32 little endian values divided by the input scale, rounded half away, clamped.
 */
void jb_plan_load_input(const jb_plan *plan, uint8_t *arena, const uint8_t *payload);

/* How many values a results line has: one a class, or 1 for a reconstruction error. */
uint32_t jb_plan_result_count(const jb_plan *plan);

/*
 * Result i in thousandths, rounded half to even from its exact value, saturated to int32: the dequantised score, or the mean squared
 * difference between the dequantised output and the float32 payload (summed in float32, in order). payload is read only for
 * the latter.
 */
int32_t jb_plan_result_milli(const jb_plan *plan, const uint8_t *arena, const uint8_t *payload, uint32_t i);

#ifdef __cplusplus
}
#endif

#endif
