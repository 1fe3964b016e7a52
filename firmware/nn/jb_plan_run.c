#include "jb_nn_internal.h"

static void run_op(const jb_op *op, const uint8_t *image, uint8_t *arena) {
    switch (op->kernel) {
        case JB_KERNEL_CONV_S8: jb_conv_s8(op, image, arena); break;
        case JB_KERNEL_DEPTHWISE_CONV_S8: jb_depthwise_conv_s8(op, image, arena); break;
        case JB_KERNEL_FULLY_CONNECTED_S8: jb_fully_connected_s8(op, image, arena); break;
        case JB_KERNEL_AVERAGE_POOL_S8: jb_average_pool_s8(op, image, arena); break;
        case JB_KERNEL_ADD_S8: jb_add_s8(op, image, arena); break;
        case JB_KERNEL_RESHAPE: jb_reshape(op, image, arena); break;
        case JB_KERNEL_SOFTMAX_S8: jb_softmax_s8(op, image, arena); break;
        case JB_KERNEL_CONV_PACKED_S8: jb_conv_packed_s8(op, image, arena); break;
        case JB_KERNEL_FULLY_CONNECTED_PACKED_S8: jb_fully_connected_packed_s8(op, image, arena); break;
        case JB_KERNEL_DEPTHWISE_PACKED_S8: jb_depthwise_packed_s8(op, image, arena); break;
        case JB_KERNEL_ADD_PACKED_S8: jb_add_packed_s8(op, image, arena); break;
        default: break; /* jb_plan_open() let none pass */
    }
}

static void read_op(const jb_plan *plan, uint32_t index, jb_op *op) {
    memcpy(op, plan->image + plan->ops_offset + (size_t)index * sizeof *op, sizeof *op);
}

void jb_plan_run(const jb_plan *plan, uint8_t *arena, jb_op_hook hook, void *context) {
    for (uint32_t i = 0; i < plan->op_count; i++) {
        jb_op op;
        read_op(plan, i, &op);
        run_op(&op, plan->image, arena);
        if (hook) hook(context, i);
    }
}

uint32_t jb_plan_op_output(const jb_plan *plan, const uint8_t *arena, uint32_t op_index, const int8_t **output) {
    jb_op op;
    read_op(plan, op_index, &op);
    *output = (const int8_t *)(arena + op.out);
    return op.out_h * op.out_w * op.out_c;
}
