/* A table over a text as data: text_table.c is the module behind every one, and registers the
 * list at the end of text_rows.c. */
#ifndef CMED_TEXT_TABLE_H
#define CMED_TEXT_TABLE_H

#include "base/span.h"
#include "base/error.h"

#include <sqlite3ext.h>

enum { TEXT_ARGUMENTS = 2 }; /* the text, and one more */

struct language;
struct text_cursor;

struct text_kind {
    const char *name;
    const char *columns; /* as in CREATE TABLE, the arguments left out */
    const char *option;  /* the name of the second argument; NULL: there is none */
    unsigned shown;      /* columns */
    size_t room;         /* bytes of what the kind keeps in a cursor; all zero at first */
    /* On c->text, which is new; the room is as the text before left it. */
    enum error_code (*open)(struct text_cursor *c, struct error *e);
    bool (*next)(struct text_cursor *c); /* false: no more */
    void (*column)(struct text_cursor *c, sqlite3_context *context, int n);
    void (*close)(struct text_cursor *c); /* frees what is in the room */
    const char *signature, *doc;
};

extern const struct text_kind text_kinds[]; /* ends with a NULL name */

struct text_cursor {
    sqlite3_vtab_cursor base;
    const struct text_kind *kind;
    struct language *language;
    void *room;
    sqlite3_value *argument[TEXT_ARGUMENTS]; /* NULL: not given, or NULL */
    struct span text;                        /* valid UTF-8; a NUL behind it, writable */
    size_t point, byte;                      /* the last place of text_result */
    sqlite3_int64 row;
    bool ended;
};

/* The second argument; empty where there is none. */
struct span text_option(const struct text_cursor *c);
/* The text's characters from start to end, as a result; quickest where rows go forward. */
void text_result(struct text_cursor *c, sqlite3_context *context, size_t start, size_t end);
/* The same by bytes. */
void text_result_bytes(struct text_cursor *c, sqlite3_context *context, size_t start, size_t end);

#endif
