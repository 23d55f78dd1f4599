/* tag_train.c - from texts with mentions to a tagger.
 *
 *     text, spans --chunks--> pieces with golds     kept until the end
 *     tag_source.c            charset, chains, dictionary of mentions, numbers of features
 *     epochs                  piece by piece in random order: features, tag_crf.c
 *     end                     tag_model.c
 */
#include "tag_train.h"
#include "../base/memory.h"
#include "../base/sort.h"

enum {
    TAG_EPOCHS = 8,
    TAG_POLL = 16,    /* pieces between two looks at the poll */
    TAG_OVERLAPS = 64 /* mentions behind one that are looked at */
};

/* --- adding ---------------------------------------------------------------------------------- */

enum error_code tag_train_new(struct tag_trainer **out, const struct model *base, struct error *e) {
    struct tag_trainer *t = *out = memory_zero(sizeof *t);
    if (!t)
        return error_no_memory(e);
    t->base = base;
    t->seed = 1;
    t->epochs = TAG_EPOCHS;
    t->features = memory_zero(sizeof *t->features);
    return t->features ? OK : error_no_memory(e);
}

static enum error_code tag_train_room(void **p, size_t *cap, size_t n, size_t size,
                                      struct error *e) {
    if (n < *cap)
        return OK;
    size_t bigger = *cap ? *cap * 2 : 1024;
    void *moved = memory_resize(*p, bigger * size);
    if (!moved)
        return error_no_memory(e);
    *p = moved;
    *cap = bigger;
    return OK;
}

static enum error_code tag_train_type(struct tag_trainer *t, struct span name, uint32_t *number,
                                      struct error *e) {
    enum error_code code = names_add(&t->types, name, number, e);
    if (!code && t->types.n > TAG_TYPES_MAX)
        code = error_set(e, BAD_DATA, "more than %d types of mentions", TAG_TYPES_MAX);
    return code;
}

/* How often types overlap; spans are in the order of their starts. */
static enum error_code tag_train_overlaps(struct tag_trainer *t, struct error *e) {
    enum error_code code = OK;
    for (size_t i = 0; i < t->spans.n && !code; i++) {
        const struct text_span *a = &t->spans.item[i];
        uint32_t x, y;
        code = tag_train_type(t, a->type, &x, e);
        if (code)
            break;
        t->mentions[x]++;
        for (size_t j = i + 1; j < t->spans.n && j - i < TAG_OVERLAPS; j++) {
            const struct text_span *b = &t->spans.item[j];
            if (b->start >= a->end)
                break;
            code = tag_train_type(t, b->type, &y, e);
            if (code)
                break;
            t->overlaps[x][y]++;
            t->overlaps[y][x] += x != y;
        }
    }
    return code;
}

static int tag_train_longer(const void *a, const void *b) {
    const struct tag_gold *x = a, *y = b;
    int d = (y->end - y->start) - (x->end - x->start);
    d = d ? d : x->start - y->start;
    return d ? d : (x->type > y->type) - (x->type < y->type);
}

/* The spans from *next on that lie in the piece of n characters from 'point' on. */
static enum error_code tag_train_golds(struct tag_trainer *t, size_t *next, size_t point, size_t n,
                                       struct error *e) {
    enum error_code code = OK;
    for (; *next < t->spans.n && t->spans.item[*next].start < point + n && !code; ++*next) {
        const struct text_span *s = &t->spans.item[*next];
        uint32_t type = 0;
        if (s->end > point + n || s->start < point || s->start == s->end)
            continue;
        code = tag_train_type(t, s->type, &type, e);
        if (!code)
            code = tag_train_room((void **)&t->gold, &t->cap_golds, t->n_golds, sizeof *t->gold, e);
        if (!code)
            t->gold[t->n_golds++] = (struct tag_gold){(uint16_t)(s->start - point),
                                                      (uint16_t)(s->end - point), type, 0, 0};
    }
    return code;
}

static enum error_code tag_train_pieces(struct tag_trainer *t, size_t at, size_t bytes,
                                        struct error *e) {
    size_t point = 0, next = 0;
    enum error_code code = OK;
    while (bytes && !code) {
        struct chunk *c = &t->features->chunk;
        size_t first = t->n_golds;
        chunk_read(c, model_charset(t->base), span_of(t->texts.p + at, bytes));
        code = tag_train_golds(t, &next, point, c->n, e);
        if (!code)
            code = tag_train_room((void **)&t->piece, &t->cap_pieces, t->n_pieces, sizeof *t->piece,
                                  e);
        if (code)
            break;
        if (t->n_golds > first)
            sort_items(t->gold + first, t->n_golds - first, sizeof *t->gold, tag_train_longer);
        t->piece[t->n_pieces++] = (struct tag_piece){at, c->bytes, first, t->n_golds};
        at += c->bytes;
        bytes -= c->bytes;
        point += c->n;
    }
    for (size_t i = 0; i < t->spans.n && !code; i++)
        if (t->spans.item[i].end > point)
            code = error_set(e, BAD_DATA, "a span ends at %u, past the text's %zu characters",
                             (unsigned)t->spans.item[i].end, point);
    return code;
}

enum error_code tag_train_add(struct tag_trainer *t, struct span text, struct span spans,
                              struct error *e) {
    size_t at = t->texts.n;
    if (t->texts.n + text.n > TAG_TEXT_MAX)
        return error_set(e, BAD_DATA, "more than %d bytes to learn from", TAG_TEXT_MAX);
    enum error_code code = spans_parse(&t->spans, spans, e);
    if (code)
        return code;
    spans_order(&t->spans, spans_compare);
    spans_unique(&t->spans);
    code = tag_train_overlaps(t, e);
    if (!code)
        code = buf_add_span(&t->texts, text, e);
    return code ? code : tag_train_pieces(t, at, text.n, e);
}

void tag_train_free(struct tag_trainer *t) {
    if (!t)
        return;
    buf_free(&t->texts);
    memory_free(t->piece);
    memory_free(t->gold);
    names_free(&t->types);
    spans_free(&t->spans);
    memory_free(t->features);
    tag_source_free(&t->source);
    buf_free(&t->points);
    buf_free(&t->bigram);
    buf_free(&t->word);
    names_free(&t->strings);
    pairs_free(&t->seen);
    buf_free(&t->seen_list);
    automaton_built_free(&t->mentions_built);
    memory_free(t->entry_start);
    memory_free(t->entry);
    memory_free(t->counts.occurs);
    memory_free(t->counts.mentions);
    memory_free(t->counts.own_occurs);
    memory_free(t->counts.own_mentions);
    memory_free(t->tags);
    tag_crf_close(&t->crf);
    memory_free(t);
}

/* --- learning -------------------------------------------------------------------------------- */

/* The tags of a piece in every chain. */
static void tag_train_tags(struct tag_trainer *t, const struct tag_piece *p) {
    for (uint32_t k = 0; k < t->layout.n_chains; k++) {
        const struct tag_chain *c = &t->layout.chain[k];
        uint16_t *tags = t->tags + (size_t)k * CHUNK_MAX, out = (uint16_t)tag_out(c);
        for (size_t i = 0; i < t->features->chunk.n; i++)
            tags[i] = out;
        for (const struct tag_gold *g = t->gold + p->first; g < t->gold + p->last; g++) {
            uint32_t type = t->type_number[g->type] - c->first_type;
            bool free = type < c->types;
            for (size_t i = g->start; i < g->end && free; i++)
                free = tags[i] == out;
            for (size_t i = g->start; i < g->end && free; i++)
                tags[i] = (uint16_t)tag_inside(c, type);
            if (!free)
                continue;
            tags[g->start] = (uint16_t)tag_begin(c, type);
            tags[g->end - 1] = (uint16_t)(g->end - g->start == 1 ? tag_single(c, type) : type);
        }
    }
}

/* What the piece itself says of its strings: counted, or (by -1) forgotten. */
static void tag_train_own(struct tag_trainer *t, const struct tag_piece *p, uint32_t by) {
    for (size_t i = 0; i < t->features->n_matches; i++)
        t->counts.own_occurs[t->features->match[i].string] += by;
    for (size_t i = p->first; i < p->last; i++)
        if (t->gold[i].string)
            t->counts.own_mentions[t->gold[i].entry] += by;
}

static enum error_code tag_train_piece(struct tag_trainer *t, const struct tag_piece *p,
                                       struct error *e) {
    tag_train_read(t, p);
    tag_train_own(t, p, 1);
    tag_features_make(t->features, &t->source);
    tag_train_own(t, p, (uint32_t)-1);
    tag_train_tags(t, p);
    return tag_crf_learn(&t->crf, t->features, t->tags, e);
}

static uint32_t tag_train_random(uint32_t *seed) {
    *seed ^= *seed << 13; /* Marsaglia's xorshift */
    *seed ^= *seed >> 17;
    return *seed ^= *seed << 5;
}

static enum error_code tag_train_epochs(struct tag_trainer *t, const struct poll *poll,
                                        struct error *e) {
    uint32_t random = t->seed * 2654435761u + 1;
    uint32_t *order = memory_alloc(t->n_pieces * sizeof *order);
    enum error_code code = order ? OK : error_no_memory(e);
    for (uint32_t i = 0; i < t->n_pieces && !code; i++)
        order[i] = i;
    for (uint32_t epoch = 0; epoch < t->epochs && !code; epoch++) {
        for (size_t i = t->n_pieces; i-- > 1;) {
            size_t k = tag_train_random(&random) % (i + 1);
            uint32_t held = order[i];
            order[i] = order[k];
            order[k] = held;
        }
        for (size_t i = 0; i < t->n_pieces && !code; i++) {
            if (i % TAG_POLL == 0)
                code = poll_check(poll, e);
            if (!code)
                code = tag_train_piece(t, &t->piece[order[i]], e);
        }
    }
    memory_free(order);
    return code;
}

static enum error_code tag_train_write(struct tag_trainer *t, struct buf *out, struct error *e) {
    struct span type[TAG_TYPES_MAX];
    for (uint32_t i = 0; i < t->types.n; i++)
        type[t->type_number[i]] = names_get(&t->types, i);
    for (uint32_t s = 1; s <= t->strings.n; s++)
        for (uint32_t i = t->entry_start[s]; i < t->entry_start[s + 1]; i++) {
            int share = tag_share(t->counts.mentions[i], t->counts.occurs[s]);
            t->entry[i].share = (uint8_t)(share < 0 ? TAG_SHARES : share);
        }
    struct tagger_parts parts = {.source = &t->source,
                                 .layout = &t->layout,
                                 .type = type,
                                 .points = (const uint16_t *)t->points.p,
                                 .bigram = (const uint32_t *)t->bigram.p,
                                 .word = (const uint32_t *)t->word.p,
                                 .n_strings = (uint32_t)t->strings.n,
                                 .n_entries = t->n_entries,
                                 .block = t->crf.block,
                                 .weight = t->crf.weight,
                                 .move = t->crf.move};
    return tagger_write(&parts, out, e);
}

enum error_code tag_train_finish(struct tag_trainer *t, const struct poll *poll, struct buf *out,
                                 struct error *e) {
    if (!t->n_golds)
        return error_set(e, BAD_DATA, "there is no mention to learn from");
    enum error_code code = tag_train_source(t, poll, e);
    if (!code &&
        !(t->tags = memory_alloc((size_t)t->layout.n_chains * CHUNK_MAX * sizeof *t->tags)))
        code = error_no_memory(e);
    if (!code)
        code = tag_crf_open(&t->crf, &t->layout, t->source.first[TAG_KINDS], e);
    if (!code)
        code = tag_train_epochs(t, poll, e);
    if (code)
        return code;
    tag_crf_mean(&t->crf);
    return tag_train_write(t, out, e);
}
