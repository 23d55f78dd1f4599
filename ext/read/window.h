/* The window: the one refill loop of the program.
 *
 *     source -> | kept tail | fresh bytes | 64 zero bytes |
 *                ^ bytes.p                ^ bytes.p + bytes.n
 *
 * It takes a BOM off, decides the encoding once (on the first 1 MiB that holds a byte over 0x7F),
 * and decodes UTF-16 always, GB18030 and Latin-1 only where it is told to (a format whose
 * delimiters are not safe among their bytes); then bad bytes are marked (encoding_marked) or
 * replaced. */
#ifndef CMED_READ_WINDOW_H
#define CMED_READ_WINDOW_H

#include "../base/encoding.h"
#include "source.h"

enum {
    WINDOW_BYTES = 1 << 20,      /* capacity to begin with, and of the sample */
    WINDOW_RECORD_MAX = 16 << 20 /* default ceiling: a longer record is BAD_FILE */
};

struct window_settings {
    enum encoding encoding;   /* ENCODING_OPEN: decide */
    enum encoding_bad bad;    /* what the user asked for: FAIL or REPLACE */
    bool no_text;             /* bytes that are no text are no error: window.no_text says why */
    size_t record_max;        /* bytes; 0: WINDOW_RECORD_MAX */
    size_t read_size;         /* bytes a read, for tests; 0: as much as fits */
    int (*stopped)(void *of); /* asked once a refill; true: INTERRUPTED. NULL: never asked */
    void *of;
};

struct window {
    struct span bytes; /* what there is now; writable (window_bytes); 64 zero bytes behind it */
    bool last;         /* nothing comes after these bytes */
    enum encoding encoding; /* of the bytes in the window: UTF8 where they were decoded */
    enum encoding original; /* of the file */
    bool decoded;           /* window decodes: bad bytes are marks */
    uint64_t at;            /* offset of bytes.p[0] in the decoded stream, the BOM counted: where
                               the window does not decode, the offset in the source */
    uint64_t line;          /* 1-based line of bytes.p[0], counted in LF */
    struct source *source;
    struct window_settings set;
    struct buf raw; /* bytes not yet decoded */
    uint8_t *room;  /* bytes.p lies in here */
    size_t cap;
    bool ended, decode_unsafe;
    struct error no_text; /* why the first bytes are no text in any encoding */
    struct error failed;  /* the source's, until the good bytes before it are used */
};

/* Owns source from the call on. Reads the first bytes, so that they can be looked at. */
enum error_code window_open(struct window *w, struct source *source,
                            const struct window_settings *set, struct error *e);
/* Told after the format is chosen: its delimiters are unsafe among GB18030's second bytes. */
enum error_code window_decode(struct window *w, struct error *e);
/* The same: the bytes are no text. Only what is made of them will be. */
void window_binary(struct window *w);
/* Drops the first 'used' bytes and reads on until the window is full or the source ends. Where
 * nothing can be dropped and it is full, it doubles, up to record_max. An error of the source comes
 * only when the good bytes before it have been shown (used == 0 and nothing new). */
enum error_code window_more(struct window *w, size_t used, struct error *e);
void window_close(
    struct window *w); /* closes the source; the room may be used again by window_open */
void window_free(struct window *w);

static inline uint8_t *window_bytes(struct window *w) {
    return (uint8_t *)w->bytes.p;
}

#endif
