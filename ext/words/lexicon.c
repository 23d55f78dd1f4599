/* lexicon.c - an open table of words.
 *
 *     hash    | 0 | 93d0.. | 1f77.. | 0 | ..       looked through first: sixteen to a cache line
 *     entry   |   | at, n, number | ..
 *     text    发热咳嗽高血压...                    a word is text[at], n bytes
 */
#include "lexicon.h"

#include "../base/memory.h"

enum { LEXICON_BITS_FIRST = 6, LEXICON_BITS_MAX = 30 };

/* Eight bytes at a time; the length is part of it. Never 0. */
uint32_t lexicon_hash(struct span s) {
    uint64_t h = s.n * 0x9E3779B97F4A7C15u, x = 0;
    for (; s.n >= 8; s = span_from(s, 8)) {
        memcpy(&x, s.p, 8);
        h = (h ^ x) * 0xBF58476D1CE4E5B9u;
        h ^= h >> 32;
    }
    x = 0;
    for (size_t i = 0; i < s.n; i++)
        x |= (uint64_t)s.p[i] << 8 * i;
    h = (h ^ x) * 0x94D049BB133111EBu;
    return (uint32_t)(h >> 32) | 1;
}

/* The slot of the word, or the empty one where it belongs; -1: too far away. */
static int64_t lexicon_seek(const struct lexicon *l, uint32_t hash, struct span word) {
    size_t mask = ((size_t)1 << l->bits) - 1;
    size_t at = hash >> (32 - l->bits);
    for (int probe = 0; probe < LEXICON_PROBES_MAX; probe++, at = (at + 1) & mask) {
        const struct lexicon_entry *w = &l->entry[at];
        if (l->hash[at] == 0)
            return (int64_t)at;
        if (l->hash[at] == hash && span_same((struct span){l->text.p + w->at, w->n}, word))
            return (int64_t)at;
    }
    return -1;
}

static enum error_code lexicon_collides(struct error *e) {
    return error_set(e, BAD_FILE, "words collide more than %d times: made to", LEXICON_PROBES_MAX);
}

static enum error_code lexicon_move(const struct lexicon *from, struct lexicon *to,
                                    struct error *e) {
    for (size_t i = 0; from->hash && i < (size_t)1 << from->bits; i++) {
        const struct lexicon_entry *w = &from->entry[i];
        if (from->hash[i] == 0)
            continue;
        int64_t at = lexicon_seek(to, from->hash[i], (struct span){from->text.p + w->at, w->n});
        if (at < 0)
            return lexicon_collides(e);
        to->hash[at] = from->hash[i];
        to->entry[at] = *w;
    }
    return OK;
}

static enum error_code lexicon_grow(struct lexicon *l, struct error *e) {
    struct lexicon next = *l;
    next.bits = l->hash ? l->bits + 1 : LEXICON_BITS_FIRST;
    if (next.bits > LEXICON_BITS_MAX)
        return error_set(e, BAD_FILE, "more than %d words", 1 << LEXICON_BITS_MAX);
    next.hash = memory_zero(sizeof *next.hash << next.bits);
    next.entry = memory_alloc(sizeof *next.entry << next.bits);
    enum error_code code = next.hash && next.entry ? lexicon_move(l, &next, e) : error_no_memory(e);
    struct lexicon *drop = code ? &next : l;
    memory_free(drop->hash);
    memory_free(drop->entry);
    if (!code)
        *l = next;
    return code;
}

static enum error_code lexicon_new(struct lexicon *l, size_t at, uint32_t hash, struct span word,
                                   struct error *e) {
    struct lexicon_entry w = {(uint32_t)l->text.n, (uint32_t)word.n, 0};
    enum error_code code = buf_add_span(&l->text, word, e);
    if (code)
        return code;
    l->hash[at] = hash;
    l->entry[at] = w;
    l->count++;
    l->longest = word.n > l->longest ? word.n : l->longest;
    return OK;
}

enum error_code lexicon_put(struct lexicon *l, struct span word, uint32_t number, struct error *e) {
    enum error_code code = OK;
    if (!l->hash || (l->count + 1) * 3 > (size_t)2 << l->bits)
        code = lexicon_grow(l, e);
    if (code)
        return code;
    uint32_t hash = lexicon_hash(word);
    int64_t at = lexicon_seek(l, hash, word);
    if (at < 0)
        return lexicon_collides(e);
    if (l->hash[at] == 0)
        code = lexicon_new(l, (size_t)at, hash, word, e);
    if (!code)
        l->entry[at].number = number;
    return code;
}

bool lexicon_find_hashed(const struct lexicon *l, struct span word, uint32_t hash,
                         uint32_t *number) {
    if (l->count == 0 || word.n > l->longest)
        return false;
    int64_t at = lexicon_seek(l, hash, word);
    if (at < 0 || l->hash[at] == 0)
        return false;
    if (number)
        *number = l->entry[at].number;
    return true;
}

bool lexicon_find(const struct lexicon *l, struct span word, uint32_t *number) {
    return word.n <= l->longest && lexicon_find_hashed(l, word, lexicon_hash(word), number);
}

void lexicon_free(struct lexicon *l) {
    buf_free(&l->text);
    memory_free(l->hash);
    memory_free(l->entry);
    *l = (struct lexicon){0};
}
