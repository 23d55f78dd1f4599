/* error.c - fills the one error record. */
#include "error.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* A cut message must not end inside a UTF-8 character. */
static void error_cut(char *text, size_t n) {
    while (n > 0 && ((unsigned char)text[n - 1] & 0xC0) == 0x80)
        n--;
    if (n > 0 && (unsigned char)text[n - 1] >= 0xC0)
        n--;
    text[n] = 0;
}

enum error_code error_set(struct error *e, enum error_code code, const char *format, ...) {
    if (!e)
        return code;
    va_list args;
    va_start(args, format);
    int n = vsnprintf(e->text, sizeof e->text, format, args);
    va_end(args);
    e->code = code;
    if (n >= (int)sizeof e->text)
        error_cut(e->text, sizeof e->text - 1);
    return code;
}

enum error_code error_no_memory(struct error *e) {
    return error_set(e, NO_MEMORY, "out of memory");
}
