/* views.S - the views of sql/, each as a text that ends with a NUL. */
    .macro view name
    .global view_\name
    .hidden view_\name
    .type view_\name, @object
view_\name:
    .incbin "sql/med_\name\().sql"
    .byte 0
    .size view_\name, . - view_\name
    .endm

    .section .rodata
    view document
    view entity
    view relation
    view pair
    view qa
    view turn
    view term
    view triple
    view label
    .section .note.GNU-stack, "", @progbits
