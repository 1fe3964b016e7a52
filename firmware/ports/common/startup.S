/*
 * Vector table and the first instructions of a Cortex-M: coprocessor access comes before any C, because the compiler may use
 * the floating-point unit or the vector extension in every function.
 */
    .syntax unified
    .thumb

    .section .vectors, "a", %progbits
    .balign 4
    .global image_vectors
image_vectors:
    .word image_stack_top
    .word reset
    .rept 14                 /* faults and system calls: none is expected */
    .word halt
    .endr
    .rept JB_IRQS
    .word board_interrupt
    .endr

    .section .text.reset, "ax", %progbits
    .thumb_func
    .global reset
reset:
    ldr   r0, =0xE000ED88    /* CPACR: full access to coprocessors 10 and 11 */
    ldr   r1, [r0]
    orr   r1, r1, #0x00F00000
    str   r1, [r0]
    dsb
    isb
    ldr   r0, =0xE000ED08    /* VTOR: where the table is, whatever booted us */
    ldr   r1, =image_vectors
    str   r1, [r0]
    ldr   r0, =image_stack_bottom
    ldr   r1, =0xA5A5A5A5    /* STACK_FILL of image.h */
    mov   r2, sp
fill:
    cmp   r0, r2
    bhs   filled
    str   r1, [r0], #4
    b     fill
filled:
    bl    image_start
    .thumb_func
halt:
    b     halt
    .size reset, . - reset
    .type reset, %function
