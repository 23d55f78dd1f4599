/* What LaTeX's commands mean to format_tex. */
#ifndef CMED_FORMAT_TEX_TABLE_H
#define CMED_FORMAT_TEX_TABLE_H

#include "../base/span.h"

enum tex_kind {
    TEX_KEPT,    /* its arguments are text */
    TEX_DROPPED, /* the first of them are not: 'arguments' */
    TEX_SIGN,    /* it is a sign: 'text' */
    TEX_SPACE,
    TEX_BREAK,   /* a paragraph ends */
    TEX_HEADING, /* its argument is a paragraph */
    TEX_BEGIN,
    TEX_END
};

struct tex_command {
    const char *name;
    enum tex_kind kind;
    unsigned arguments;
    const char *text;
};

/* Without its backslash and star; never NULL. */
const struct tex_command *tex_command(struct span name);

/* Environments: how many arguments follow the name; -1: it is no text. */
int tex_environment(struct span name);

#endif
