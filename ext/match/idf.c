/* idf.c - how telling each character and pair of characters is in a corpus.
 *
 *     texts: 头痛, 头晕  ->  texts 2, 头 in 2, 痛 in 1, 晕 in 1, 头痛 in 1, 头晕 in 1
 *
 * The builder is an open hash of keys, at most half full; its seed is its own address, so that
 * nobody can write texts that all fall into one slot.
 */
#include "idf.h"
#include "../base/memory.h"
#include "../base/word.h"

#include <math.h>

static const char idf_magic[] = "CMEDIDF1";

static uint32_t idf_u32(const uint8_t *p) {
    return p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
}

static enum error_code idf_check(const struct idf *m, struct error *e) {
    uint64_t before = 0;
    for (size_t i = 0; i < m->n; i++) {
        uint64_t key = word_load(m->key + 8 * i);
        uint32_t texts = idf_u32(m->texts_with + 4 * i);
        if (key <= before || texts == 0 || texts > m->texts)
            return error_set(e, BAD_DATA, "an idf model is damaged at entry %zu", i + 1);
        before = key;
    }
    return OK;
}

enum error_code idf_open(struct idf *m, struct span blob, struct error *e) {
    *m = (struct idf){0};
    if (blob.n < IDF_HEAD || memcmp(blob.p, idf_magic, 8) != 0)
        return error_set(e, BAD_DATA, "not an idf model");
    uint64_t n = word_load(blob.p + 32);
    if (n > IDF_GRAMS_MAX || blob.n != IDF_HEAD + 12 * n)
        return error_set(e, BAD_DATA, "an idf model has %zu bytes where its head says otherwise",
                         blob.n);
    m->texts = word_load(blob.p + 8);
    m->length[0] = word_load(blob.p + 16);
    m->length[1] = word_load(blob.p + 24);
    m->n = (size_t)n;
    m->key = blob.p + IDF_HEAD;
    m->texts_with = m->key + 8 * n;
    return idf_check(m, e);
}

uint32_t idf_texts_with(const struct idf *m, uint64_t key) {
    size_t low = 0, high = m->n;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (word_load(m->key + 8 * middle) < key)
            low = middle + 1;
        else
            high = middle;
    }
    bool hit = low < m->n && word_load(m->key + 8 * low) == key;
    return hit ? idf_u32(m->texts_with + 4 * low) : 0;
}

void idf_weigh_smooth(const struct idf *m, struct grams *g) {
    for (size_t i = 0; i < g->n; i++) {
        double df = m ? idf_texts_with(m, g->key[i]) : 0;
        g->weight[i] = m ? log((1 + (double)m->texts) / (1 + df)) + 1 : 1;
    }
}

void idf_weigh_bm25(const struct idf *m, struct grams *g) {
    for (size_t i = 0; i < g->n; i++) {
        double df = m ? idf_texts_with(m, g->key[i]) : 0;
        g->weight[i] = m ? log1p(((double)m->texts - df + 0.5) / (df + 0.5)) : 1;
    }
}

/* ---- building ---- */

static size_t idf_slot(const struct idf_builder *b, uint64_t key) {
    uint64_t h = (key ^ (uintptr_t)b->slot) * UINT64_C(0x9E3779B97F4A7C15);
    h = (h ^ h >> 32) * UINT64_C(0xD6E8FEB86659FD93);
    size_t at = (size_t)(h >> 32) & (b->slots - 1);
    while (b->slot[at].key && b->slot[at].key != key)
        at = (at + 1) & (b->slots - 1);
    return at;
}

static enum error_code idf_grow(struct idf_builder *b, struct error *e) {
    if (2 * (b->n + 1) <= b->slots)
        return OK;
    if (b->n >= IDF_GRAMS_MAX)
        return error_set(e, BAD_DATA, "a corpus has more than %d different grams", IDF_GRAMS_MAX);
    struct idf_builder bigger = *b;
    bigger.slots = b->slots ? 2 * b->slots : 1024;
    bigger.slot = memory_zero(bigger.slots * sizeof *bigger.slot);
    if (!bigger.slot)
        return error_no_memory(e);
    for (size_t i = 0; i < b->slots; i++)
        if (b->slot[i].key)
            bigger.slot[idf_slot(&bigger, b->slot[i].key)] = b->slot[i];
    memory_free(b->slot);
    b->slot = bigger.slot;
    b->slots = bigger.slots;
    return OK;
}

enum error_code idf_builder_add(struct idf_builder *b, struct span text, struct error *e) {
    enum error_code code = points_decode(&b->text, text, e);
    if (!code)
        code = grams_make(&b->grams, &b->text, 1, IDF_N, e);
    for (size_t i = 0; !code && i < b->grams.n; i++) {
        code = idf_grow(b, e);
        if (code)
            break;
        struct idf_entry *entry = &b->slot[idf_slot(b, b->grams.key[i])];
        b->n += entry->key == 0;
        entry->key = b->grams.key[i];
        entry->texts += entry->texts < UINT32_MAX;
    }
    if (code)
        return code;
    b->texts++;
    for (size_t n = 1; n <= IDF_N; n++)
        b->length[n - 1] += b->text.n >= n ? b->text.n - n + 1 : 0;
    return OK;
}

static void idf_put(struct buf *out, uint64_t v, unsigned bytes) {
    for (unsigned i = 0; i < bytes; i++)
        out->p[out->n++] = (uint8_t)(v >> (8 * i));
}

static void idf_write_entries(const struct idf_builder *b, const uint64_t *key, struct buf *out) {
    for (size_t i = 0; i < b->n; i++)
        idf_put(out, key[i], 8);
    for (size_t i = 0; i < b->n; i++)
        idf_put(out, b->slot[idf_slot(b, key[i])].texts, 4);
}

enum error_code idf_builder_write(const struct idf_builder *b, struct buf *out, struct error *e) {
    enum error_code code = buf_reserve(out, IDF_HEAD + 12 * b->n, e);
    if (code)
        return code;
    uint64_t *key = memory_alloc(2 * b->n * sizeof *key);
    if (!key)
        return error_no_memory(e);
    size_t n = 0;
    for (size_t i = 0; i < b->slots; i++)
        if (b->slot[i].key)
            key[n++] = b->slot[i].key;
    gram_sort(key, key + n, n);
    memcpy(out->p + out->n, idf_magic, 8);
    out->n += 8;
    idf_put(out, b->texts, 8);
    idf_put(out, b->length[0], 8);
    idf_put(out, b->length[1], 8);
    idf_put(out, b->n, 8);
    idf_write_entries(b, key, out);
    memory_free(key);
    return OK;
}

void idf_builder_free(struct idf_builder *b) {
    memory_free(b->slot);
    points_free(&b->text);
    grams_free(&b->grams);
    *b = (struct idf_builder){0};
}
