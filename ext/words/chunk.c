/* chunk.c - characters out of bytes.
 *
 *     bytes    患 者 3 8 . 5 ℃
 *     classes  E E H H D D O D O E E       two edges at each end
 *     marks        S . . J J J J           S split, J join, . open: for the model to say
 */
#include "chunk.h"
#include "rule.h"

enum { CHUNK_AHEAD = 32 }; /* characters that a rule may look ahead */

static void chunk_edges(struct chunk *c) {
    c->codes[0] = c->codes[c->n + 1] = CHARSET_EDGE;
    c->classes[0] = c->classes[1] = CLASS_EDGE;
    c->classes[c->n + 2] = c->classes[c->n + 3] = CLASS_EDGE;
}

static size_t chunk_cut(const struct chunk *c) {
    for (size_t i = c->n - CHUNK_AHEAD; i > c->n / 2; i--)
        if (c->mark[i] == MARK_SPLIT)
            return i;
    return c->n;
}

void chunk_read(struct chunk *c, const struct charset *charset, struct span text) {
    size_t at = 0, n = 0;
    for (; at < text.n && n < CHUNK_MAX; n++) {
        c->offset[n] = (uint32_t)at;
        at += charset_decode(text.p + at, text.n - at, &c->point[n]);
        uint32_t entry = charset_at(charset, c->point[n]);
        c->codes[n + 1] = (uint16_t)charset_code(entry);
        c->classes[n + 2] = (uint8_t)charset_kind(entry);
    }
    c->n = n;
    c->offset[n] = (uint32_t)at;
    chunk_edges(c);
    rule_mark(c);
    if (at < text.n) {
        c->n = chunk_cut(c);
        c->mark[c->n] = MARK_SPLIT;
        chunk_edges(c);
    }
    c->bytes = c->offset[c->n];
}
