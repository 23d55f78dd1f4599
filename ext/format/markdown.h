/* Markdown, as far as lists of links use it: headings, quotes, texts and the links in them. */
#ifndef CMED_FORMAT_MARKDOWN_H
#define CMED_FORMAT_MARKDOWN_H

#include "../base/buf.h"

enum markdown_kind {
    MARKDOWN_HEADING, /* level 1 to 6; a line that is nothing but bold is of MARKDOWN_BOLD */
    MARKDOWN_QUOTE,   /* a line of one */
    MARKDOWN_TEXT,    /* another line, without what makes it an item of a list */
    MARKDOWN_LINK     /* of the line that came before */
};

enum { MARKDOWN_BOLD = 7 };

struct markdown_piece {
    enum markdown_kind kind;
    unsigned level;     /* of a heading */
    struct span text;   /* as written; of a link: what is clicked on, empty for a bare address */
    struct span url;    /* of a link */
    struct span before; /* of a link: the line before it, */
    struct span behind; /* and behind it */
};

/* A walk: begins as {.rest = the text}. May be copied, to come back to a place. */
struct markdown {
    struct span rest, line; /* lines not yet looked at; the line whose links are handed out */
    size_t at;              /* in line */
    bool fenced;            /* in a block of code, which is passed over */
};

/* False: no more. Images are passed over, and links in quotes. */
bool markdown_next(struct markdown *m, struct markdown_piece *out);

/* Appends a text as it is shown: without marks of emphasis and code, links by their texts. */
enum error_code markdown_plain(struct span text, struct buf *out, struct error *e);

#endif
