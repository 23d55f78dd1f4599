/* model_bin.S - the model that ships (make model), as it lies in the extension. */
    .section .rodata
    .balign 64
    .global model_bin
    .hidden model_bin
    .type model_bin, @object
model_bin:
    .incbin "ext/words/model.bin"
    .size model_bin, . - model_bin
    .balign 8
    .global model_bin_size
    .hidden model_bin_size
    .type model_bin_size, @object
model_bin_size:
    .quad model_bin_size - model_bin
    .size model_bin_size, 8
    .section .note.GNU-stack, "", @progbits
