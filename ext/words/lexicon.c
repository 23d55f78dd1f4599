/* lexicon.c - an open table of words.
 *
 *     text   发热咳嗽高血压...
 *            ^at   ^at          slot: at, n, hash, number
 */
#include "lexicon.h"

#include "../base/memory.h"

enum { LEXICON_BITS_FIRST = 6, LEXICON_BITS_MAX = 30 };

/* Eight bytes at a time; the length is part of it. */
static uint32_t lexicon_hash(struct span s) {
    uint64_t h = s.n * 0x9E3779B97F4A7C15u;
    for (; s.n >= 8; s = span_from(s, 8)) {
        uint64_t x;
        memcpy(&x, s.p, 8);
        h = (h ^ x) * 0xBF58476D1CE4E5B9u;
        h ^= h >> 32;
    }
    uint64_t x = 0;
    if (s.n)
        memcpy(&x, s.p, s.n);
    h = (h ^ x) * 0x94D049BB133111EBu;
    return (uint32_t)(h >> 32);
}

static size_t lexicon_home(const struct lexicon *l, uint32_t hash) {
    return hash >> (32 - l->bits);
}

static bool lexicon_holds(const struct lexicon *l, const struct lexicon_slot *s, uint32_t hash,
                          struct span word) {
    return s->hash == hash && span_same((struct span){l->text.p + s->at, s->n}, word);
}

/* The slot of the word, or the empty one where it belongs; NULL: too far away. */
static struct lexicon_slot *lexicon_seek(const struct lexicon *l, uint32_t hash, struct span word) {
    size_t mask = ((size_t)1 << l->bits) - 1;
    size_t at = lexicon_home(l, hash);
    for (int probe = 0; probe < LEXICON_PROBES_MAX; probe++, at = (at + 1) & mask) {
        struct lexicon_slot *s = &l->slot[at];
        if (!s->taken || lexicon_holds(l, s, hash, word))
            return s;
    }
    return NULL;
}

static enum error_code lexicon_collides(struct error *e) {
    return error_set(e, BAD_FILE, "words collide more than %d times: made to", LEXICON_PROBES_MAX);
}

static enum error_code lexicon_grow(struct lexicon *l, struct error *e) {
    struct lexicon next = *l;
    next.bits = l->slot ? l->bits + 1 : LEXICON_BITS_FIRST;
    if (next.bits > LEXICON_BITS_MAX)
        return error_set(e, BAD_FILE, "more than %d words", 1 << LEXICON_BITS_MAX);
    next.slot = memory_zero(sizeof *next.slot << next.bits);
    if (!next.slot)
        return error_no_memory(e);
    for (size_t i = 0; l->slot && i < (size_t)1 << l->bits; i++) {
        struct lexicon_slot *old = &l->slot[i];
        if (!old->taken)
            continue;
        struct span word = {l->text.p + old->at, old->n};
        struct lexicon_slot *s = lexicon_seek(&next, old->hash, word);
        if (!s) {
            memory_free(next.slot);
            return lexicon_collides(e);
        }
        *s = *old;
    }
    memory_free(l->slot);
    *l = next;
    return OK;
}

enum error_code lexicon_put(struct lexicon *l, struct span word, uint32_t number, struct error *e) {
    enum error_code code = OK;
    if (!l->slot || (l->count + 1) * 3 > (size_t)2 << l->bits)
        code = lexicon_grow(l, e);
    if (code)
        return code;
    uint32_t hash = lexicon_hash(word);
    struct lexicon_slot *s = lexicon_seek(l, hash, word);
    if (!s)
        return lexicon_collides(e);
    if (!s->taken) {
        size_t at = l->text.n;
        code = buf_add_span(&l->text, word, e);
        if (code)
            return code;
        *s = (struct lexicon_slot){(uint32_t)at, (uint32_t)word.n, hash, 0, true};
        l->count++;
        l->longest = word.n > l->longest ? word.n : l->longest;
    }
    s->number = number;
    return OK;
}

bool lexicon_find(const struct lexicon *l, struct span word, uint32_t *number) {
    if (l->count == 0 || word.n > l->longest)
        return false;
    const struct lexicon_slot *s = lexicon_seek(l, lexicon_hash(word), word);
    if (!s || !s->taken)
        return false;
    if (number)
        *number = s->number;
    return true;
}

void lexicon_free(struct lexicon *l) {
    buf_free(&l->text);
    memory_free(l->slot);
    *l = (struct lexicon){0};
}
