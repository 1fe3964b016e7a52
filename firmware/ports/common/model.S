/* The plan image and its known answers, as the build wrote them. */
    .section .model, "a", %progbits
    .balign 16
    .global jb_model
    .global jb_model_end
jb_model:
    .incbin "model.jbm"
jb_model_end:

    .section .known, "a", %progbits
    .balign 4
    .global jb_known
    .global jb_known_end
jb_known:
    .incbin "known.bin"
jb_known_end:
