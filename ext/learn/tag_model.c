/* tag_model.c - a tagger as bytes.
 *
 *     "CMEDTAG1" | sum | lexicon | bytes | counts … | scale | sections (tag.h)
 *
 * In memory, a block for each slot that has weights:
 *
 *     block[slot of 癌 at 0] = 17      weight[17][lanes]   E0 … O S0 … B0 … I0 … 0 0
 */
#include "../base/memory.h"
#include "../base/sum.h"
#include "tag.h"

#include <math.h>

static const char TAGGER_MAGIC[9] = "CMEDTAG1";

enum {
    TAGGER_SUMMED = offsetof(struct tagger_header, lexicon),
    TAGGER_STEPS = INT8_MAX * TAGGER_COARSE, /* of the greatest weight: thirty fit into 16 bits */
    TAGGER_KEPT = 8 /* coarse steps that a block must reach: a sixteenth of the greatest weight */
};

/* Where the sections are. */
struct tagger_sections {
    const uint64_t *state;
    const uint32_t *bigram, *word, *entry_start, *slot, *chain, *type_end;
    const int16_t *move;
    const uint16_t *point;
    const int8_t *weight;
    const struct tag_entry *entry;
    const uint8_t *text;
};

/* --- reading --------------------------------------------------------------------------------- */

bool tagger_is(struct span bytes) {
    return bytes.n >= sizeof(struct tagger_header) && span_starts(bytes, TAGGER_MAGIC);
}

/* The sections up to the chains, whose sizes the moves depend on; then the others. */
static uint64_t tagger_size(const struct tagger_header *h, const struct tag_layout *l) {
    uint64_t n = sizeof *h + 8 * (uint64_t)h->n_states;
    n += 8 * ((uint64_t)h->n_bigrams + h->n_words) + 4 * ((uint64_t)h->n_strings + 2);
    n += 4 * ((uint64_t)h->n_blocks + h->n_chains);
    if (!l)
        return n;
    n += 4 * (uint64_t)h->n_types + 2 * (uint64_t)l->n_moves;
    n += (uint64_t)h->n_blocks * l->n_tags + 2 * (uint64_t)h->n_points;
    return n + sizeof(struct tag_entry) * (uint64_t)h->n_entries + h->n_text;
}

static void tagger_point(struct tagger_sections *s, const struct tagger_header *h,
                         const struct tag_layout *l, const uint8_t *p) {
    s->state = (const uint64_t *)(p + sizeof *h);
    s->bigram = (const uint32_t *)(s->state + h->n_states);
    s->word = s->bigram + 2 * (size_t)h->n_bigrams;
    s->entry_start = s->word + 2 * (size_t)h->n_words;
    s->slot = s->entry_start + h->n_strings + 2;
    s->chain = s->slot + h->n_blocks;
    if (!l)
        return;
    s->type_end = s->chain + h->n_chains;
    s->move = (const int16_t *)(s->type_end + h->n_types);
    s->point = (const uint16_t *)(s->move + l->n_moves);
    s->weight = (const int8_t *)(s->point + h->n_points);
    s->entry = (const struct tag_entry *)(s->weight + (size_t)h->n_blocks * l->n_tags);
    s->text = (const uint8_t *)(s->entry + h->n_entries);
}

static enum error_code tagger_layout(struct tagger *t, struct span bytes, struct tagger_sections *s,
                                     struct error *e) {
    const struct tagger_header *h = &t->header;
    uint32_t types = 0;
    if (h->bytes != bytes.n || tagger_size(h, NULL) > bytes.n || h->n_chains > TAG_TYPES_MAX)
        return error_set(e, BAD_FILE, "a tagger of %zu bytes has another size than it says",
                         bytes.n);
    if (sum_bytes(span_from(bytes, TAGGER_SUMMED)) != h->sum)
        return error_set(e, BAD_FILE, "a tagger of %zu bytes has been changed", bytes.n);
    tagger_point(s, h, NULL, bytes.p);
    for (uint32_t i = 0; i < h->n_chains; i++) {
        if (!s->chain[i] || s->chain[i] > TAG_TYPES_MAX - types)
            return error_set(e, BAD_FILE, "a tagger has more than %d types", TAG_TYPES_MAX);
        types += s->chain[i];
    }
    tag_layout_make(&t->layout, s->chain, h->n_chains);
    if (!types || types != h->n_types || tagger_size(h, &t->layout) != bytes.n)
        return error_set(e, BAD_FILE, "a tagger of %zu bytes has another size than it says",
                         bytes.n);
    tagger_point(s, h, &t->layout, bytes.p);
    return OK;
}

/* n numbers that never fall, from 'from' on, and the last one is end. */
static bool tagger_rises(const uint32_t *p, size_t n, uint32_t from, uint32_t end) {
    for (size_t i = 0; i < n; from = p[i++])
        if (p[i] < from)
            return false;
    return from == end;
}

static enum error_code tagger_check(const struct tagger *t, const struct tagger_sections *s,
                                    struct error *e) {
    const struct tagger_header *h = &t->header;
    bool sound = tagger_rises(s->type_end, h->n_types, 0, h->n_text) &&
                 tagger_rises(s->entry_start, (size_t)h->n_strings + 2, 0, h->n_entries) &&
                 h->n_strings < AUTOMATON_VALUE_MAX && isfinite(h->scale) && h->scale > 0;
    for (uint32_t i = 0; i < h->n_entries && sound; i++)
        sound = s->entry[i].type < h->n_types && s->entry[i].share <= TAG_SHARES;
    for (uint32_t i = 0; i < h->n_blocks && sound; i++)
        sound = s->slot[i] < t->source.first[TAG_KINDS] && (!i || s->slot[i] > s->slot[i - 1]);
    if (!sound)
        return error_set(e, BAD_FILE, "a tagger does not fit together");
    return h->n_states ? automaton_check(&t->source.mentions, h->n_strings + 1, e) : OK;
}

static enum error_code tagger_pairs(struct pairs *p, const uint32_t *pair, uint32_t n,
                                    struct error *e) {
    enum error_code code = OK;
    for (uint32_t i = 0; i < n && !code; i++)
        code = pairs_put(p, pair[2 * (size_t)i], pair[2 * (size_t)i + 1], i + 1, e);
    return code;
}

static enum error_code tagger_source(struct tagger *t, const struct tagger_sections *s,
                                     const struct model *base, struct error *e) {
    const struct tagger_header *h = &t->header;
    struct tag_source *source = &t->source;
    source->base = base;
    source->n_bigrams = h->n_bigrams;
    source->n_words = h->n_words;
    source->n_types = h->n_types;
    source->entry = s->entry;
    source->entry_start = s->entry_start;
    enum error_code code = tag_source_charset(source, s->point, h->n_points, e);
    source->mentions = (struct automaton){s->state, NULL, NULL, h->n_states,
                                          source->charset.n + CHARSET_FIRST - 1};
    if (!code)
        code = tagger_pairs(&source->bigrams, s->bigram, h->n_bigrams, e);
    if (!code)
        code = tagger_pairs(&source->words, s->word, h->n_words, e);
    return code ? code : tag_source_number(source, e);
}

static enum error_code tagger_moves(struct tagger *t, const int16_t *move, struct error *e) {
    size_t n = 0;
    for (uint32_t k = 0; k < t->layout.n_chains; k++) {
        t->enter_at[k] = n;
        n += (size_t)tag_exits(&t->layout.chain[k]) * tagger_row(&t->layout.chain[k]);
    }
    t->move = memory_alloc(t->layout.n_moves * sizeof *t->move);
    t->enter = memory_zero(n * sizeof *t->enter);
    if (!t->move || !t->enter)
        return error_no_memory(e);
    memcpy(t->move, move, t->layout.n_moves * sizeof *t->move);
    for (uint32_t k = 0; k < t->layout.n_chains; k++) {
        const struct tag_chain *c = &t->layout.chain[k];
        int32_t *enter = t->enter + t->enter_at[k];
        for (uint32_t u = 0; u < tag_exits(c); u++, enter += tagger_row(c))
            for (uint32_t v = 0; v < tag_exits(c); v++)
                enter[v] =
                    t->move[c->first_move + u * tag_exits(c) + v] * (1 << TAGGER_ORIGIN_BITS);
    }
    return OK;
}

static enum error_code tagger_weights(struct tagger *t, const struct tagger_sections *s,
                                      struct error *e) {
    uint32_t tags = t->layout.n_tags, n = t->header.n_blocks;
    t->lanes = (tags + TAGGER_LANE - 1) / TAGGER_LANE * TAGGER_LANE;
    t->block = memory_zero(t->source.first[TAG_KINDS] * sizeof *t->block);
    t->weight = memory_zero(((size_t)n + 1) * t->lanes * sizeof *t->weight);
    if (!t->block || !t->weight)
        return error_no_memory(e);
    for (uint32_t i = 0; i < n; i++) {
        int16_t *to = t->weight + ((size_t)i + 1) * t->lanes;
        t->block[s->slot[i]] = i + 1;
        for (uint32_t k = 0; k < tags; k++)
            to[k] = (int16_t)(s->weight[(size_t)i * tags + k] * TAGGER_COARSE);
    }
    return tagger_moves(t, s->move, e);
}

enum error_code tagger_open(struct tagger *t, struct span bytes, const struct model *base,
                            struct error *e) {
    struct tagger_sections s = {0};
    *t = (struct tagger){0};
    if (!tagger_is(bytes) || bytes.n > TAGGER_BYTES_MAX)
        return error_set(e, BAD_FILE, "%zu bytes are no tagger", bytes.n);
    memcpy(&t->header, bytes.p, sizeof t->header);
    if (!base || !base->words.n || base->lexicon != t->header.lexicon)
        return error_set(e, BAD_FILE,
                         "a tagger was trained with another dictionary: train it again");
    enum error_code code = tagger_layout(t, bytes, &s, e);
    if (!code)
        code = tagger_source(t, &s, base, e);
    if (!code)
        code = tagger_check(t, &s, e);
    if (!code)
        code = tagger_weights(t, &s, e);
    t->type_end = s.type_end;
    t->text = s.text;
    if (code)
        tagger_close(t);
    return code;
}

void tagger_close(struct tagger *t) {
    tag_source_free(&t->source);
    memory_free(t->block);
    memory_free(t->weight);
    memory_free(t->move);
    memory_free(t->enter);
    *t = (struct tagger){0};
}

struct span tagger_type(const struct tagger *t, uint32_t type) {
    uint32_t start = type ? t->type_end[type - 1] : 0;
    return span_of(t->text + start, t->type_end[type] - start);
}

/* --- writing --------------------------------------------------------------------------------- */

static bool tagger_kept(const struct tagger_parts *p, uint32_t slot, float scale) {
    const float *w = p->weight + (size_t)p->block[slot] * p->layout->n_tags;
    for (uint32_t i = 0; i < p->layout->n_tags && p->block[slot]; i++)
        if (fabsf(w[i]) >= TAGGER_KEPT * TAGGER_COARSE * scale)
            return true;
    return false;
}

static void tagger_measure(const struct tagger_parts *p, struct tagger_header *h) {
    float most = 0;
    for (uint32_t i = 0; i < p->layout->n_moves; i++)
        most = fmaxf(most, fabsf(p->move[i]));
    for (uint32_t slot = 0; slot < p->source->first[TAG_KINDS]; slot++)
        for (uint32_t i = 0; i < p->layout->n_tags && p->block[slot]; i++)
            most = fmaxf(most, fabsf(p->weight[(size_t)p->block[slot] * p->layout->n_tags + i]));
    h->scale = most > 0 ? most / TAGGER_STEPS : 1;
    for (uint32_t slot = 0; slot < p->source->first[TAG_KINDS]; slot++)
        h->n_blocks += tagger_kept(p, slot, h->scale);
    for (uint32_t i = 0; i < h->n_types; i++)
        h->n_text += (uint32_t)p->type[i].n;
}

static enum error_code tagger_write_moves(const float *move, uint32_t n, float scale,
                                          struct buf *out, struct error *e) {
    enum error_code code = OK;
    for (uint32_t i = 0; i < n && !code; i++) {
        int16_t step = (int16_t)lrintf(move[i] / scale);
        code = buf_add(out, &step, sizeof step, e);
    }
    return code;
}

static enum error_code tagger_write_block(const float *w, uint32_t n, float scale, struct buf *out,
                                          struct error *e) {
    int8_t step[TAG_TAGS_MAX];
    for (uint32_t i = 0; i < n; i++)
        step[i] = (int8_t)lrintf(w[i] / (scale * TAGGER_COARSE));
    return buf_add(out, step, n, e);
}

/* From the slots on. */
static enum error_code tagger_write_weights(const struct tagger_parts *p,
                                            const struct tagger_header *h, struct buf *out,
                                            struct error *e) {
    const struct tag_layout *l = p->layout;
    enum error_code code = OK;
    uint32_t slots = p->source->first[TAG_KINDS], end = 0;
    for (uint32_t slot = 0; slot < slots && !code; slot++)
        if (tagger_kept(p, slot, h->scale))
            code = buf_add(out, &slot, sizeof slot, e);
    for (uint32_t i = 0; i < l->n_chains && !code; i++)
        code = buf_add(out, &l->chain[i].types, sizeof l->chain[i].types, e);
    for (uint32_t i = 0; i < h->n_types && !code; i++) {
        end += (uint32_t)p->type[i].n;
        code = buf_add(out, &end, sizeof end, e);
    }
    if (!code)
        code = tagger_write_moves(p->move, l->n_moves, h->scale, out, e);
    if (!code)
        code = buf_add(out, p->points, 2 * (size_t)h->n_points, e);
    for (uint32_t slot = 0; slot < slots && !code; slot++)
        if (tagger_kept(p, slot, h->scale))
            code = tagger_write_block(p->weight + (size_t)p->block[slot] * l->n_tags, l->n_tags,
                                      h->scale, out, e);
    return code;
}

static enum error_code tagger_write_all(const struct tagger_parts *p, const struct tagger_header *h,
                                        struct buf *out, struct error *e) {
    const struct tag_source *s = p->source;
    enum error_code code = buf_add(out, h, sizeof *h, e);
    if (!code)
        code = buf_add(out, s->mentions.slots, h->n_states * sizeof(uint64_t), e);
    if (!code)
        code = buf_add(out, p->bigram, 8 * (size_t)h->n_bigrams, e);
    if (!code)
        code = buf_add(out, p->word, 8 * (size_t)h->n_words, e);
    if (!code)
        code = buf_add(out, s->entry_start, 4 * ((size_t)h->n_strings + 2), e);
    if (!code)
        code = tagger_write_weights(p, h, out, e);
    if (!code)
        code = buf_add(out, s->entry, sizeof *s->entry * h->n_entries, e);
    for (uint32_t i = 0; i < h->n_types && !code; i++)
        code = buf_add_span(out, p->type[i], e);
    return code;
}

enum error_code tagger_write(const struct tagger_parts *p, struct buf *out, struct error *e) {
    const struct tag_source *s = p->source;
    struct tagger_header h = {.lexicon = s->base->lexicon,
                              .n_states = s->mentions.n,
                              .n_bigrams = s->n_bigrams,
                              .n_words = s->n_words,
                              .n_strings = p->n_strings,
                              .n_entries = p->n_entries,
                              .n_chains = p->layout->n_chains,
                              .n_types = p->layout->n_types,
                              .n_points = s->charset.n};
    size_t from = out->n;
    memcpy(h.magic, TAGGER_MAGIC, sizeof h.magic);
    tagger_measure(p, &h);
    uint64_t size = tagger_size(&h, p->layout);
    if (size > TAGGER_BYTES_MAX)
        return error_set(e, BAD_DATA, "a tagger of more than %d bytes", TAGGER_BYTES_MAX);
    h.bytes = (uint32_t)size;
    enum error_code code = tagger_write_all(p, &h, out, e);
    if (code)
        return code;
    h.sum = sum_bytes(span_from(buf_span(out), from + TAGGER_SUMMED));
    memcpy(out->p + from, &h, sizeof h);
    return OK;
}
