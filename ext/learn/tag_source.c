/* tag_source.c - where the features of a tagger come from, out of the texts it learns from.
 *
 *     characters   counted: those seen twice are the charset
 *     types        overlap counts: 解剖部位 in 症状 -> a chain for each of the two
 *     mentions     右肺 解剖部位 312 times of the 401 it stands there: dictionary
 *     bigrams      counted: those seen twice get a number; words of the dictionary likewise
 */
#include "../base/memory.h"
#include "../base/sort.h"
#include "tag_train.h"

enum {
    TAG_OFTEN = 2,          /* bigrams and words seen less get no number */
    TAG_OVERLAP_SHARE = 100 /* one mention in so many may overlap within a chain */
};

void tag_train_read(struct tag_trainer *t, const struct tag_piece *piece) {
    tag_features_read(t->features, &t->source, span_of(t->texts.p + piece->at, piece->bytes));
}

/* --- characters ------------------------------------------------------------------------------ */

static void tag_source_count(const struct tag_trainer *t, uint32_t *count) {
    for (size_t at = 0; at < t->texts.n;) {
        uint32_t point;
        at += charset_decode(t->texts.p + at, t->texts.n - at, &point);
        point = charset_fold(point);
        if (point >= '0' && point <= '9')
            point = '0';
        if (point <= 0xFFFF)
            count[point]++;
    }
}

/* The characters that occur at least so often that there is room for all such. */
static enum error_code tag_source_points(struct tag_trainer *t, struct error *e) {
    uint32_t *count = memory_zero(0x10000 * sizeof *count), least = TAG_OFTEN, n = CHARSET_MAX + 1;
    enum error_code code = count ? OK : error_no_memory(e);
    if (code)
        return code;
    tag_source_count(t, count);
    for (; n > CHARSET_MAX; least += least / 2) {
        n = t->points.n = 0;
        for (uint32_t p = 1; p < 0x10000 && !code; p++) {
            uint16_t point = (uint16_t)p;
            if (count[p] >= least && n++ < CHARSET_MAX)
                code = buf_add(&t->points, &point, sizeof point, e);
        }
    }
    memory_free(count);
    return code ? code
                : tag_source_charset(&t->source, (const uint16_t *)t->points.p,
                                     (uint32_t)(t->points.n / sizeof(uint16_t)), e);
}

/* --- chains ---------------------------------------------------------------------------------- */

static bool tag_source_apart(const struct tag_trainer *t, uint32_t a, uint32_t b) {
    return t->overlaps[a][b] * (uint64_t)TAG_OVERLAP_SHARE > t->mentions[a] ||
           t->overlaps[a][b] * (uint64_t)TAG_OVERLAP_SHARE > t->mentions[b];
}

/* The most frequent types first, each into the first chain whose types it does not overlap. */
static void tag_source_chains(struct tag_trainer *t) {
    uint32_t n = (uint32_t)t->types.n, chain[TAG_TYPES_MAX], order[TAG_TYPES_MAX];
    uint32_t types[TAG_TYPES_MAX] = {0}, chains = 0, number = 0;
    for (uint32_t i = 0; i < n; i++) {
        uint32_t at = i;
        for (; at > 0 && t->mentions[order[at - 1]] < t->mentions[i]; at--)
            order[at] = order[at - 1];
        order[at] = i;
    }
    for (uint32_t i = 0; i < n; i++) {
        uint32_t c = 0;
        for (uint32_t j = 0; j < i; j++)
            if (chain[j] == c && tag_source_apart(t, order[i], order[j])) {
                c++;
                j = (uint32_t)-1; /* from the start, with the next chain */
            }
        chain[i] = c;
        types[c]++;
        chains = c < chains ? chains : c + 1;
    }
    for (uint32_t c = 0; c < chains; c++)
        for (uint32_t i = 0; i < n; i++)
            if (chain[i] == c)
                t->type_number[order[i]] = number++;
    tag_layout_make(&t->layout, types, chains);
    t->source.n_types = n;
}

/* --- the dictionary of mentions -------------------------------------------------------------- */

static enum error_code tag_source_see(struct tag_trainer *t, struct tag_gold *g, struct error *e) {
    const uint16_t *codes = t->features->code + g->start + 1;
    size_t n = (size_t)g->end - g->start;
    struct tag_seen new = {0, t->type_number[g->type], 0};
    bool known = n >= 2 && n <= TAG_MENTION_MAX;
    for (size_t i = 0; i < n && known; i++)
        known = codes[i] != CHARSET_UNKNOWN;
    if (!known)
        return OK;
    enum error_code code =
        names_add(&t->strings, span_of(codes, n * sizeof *codes), &new.string, e);
    if (code)
        return code;
    g->string = ++new.string;
    g->entry = pairs_find(&t->seen, new.string, new.type);
    if (!g->entry) {
        g->entry = (uint32_t)(t->seen_list.n / sizeof new) + 1;
        code = pairs_put(&t->seen, new.string, new.type, g->entry, e);
        if (!code)
            code = buf_add(&t->seen_list, &new, sizeof new, e);
    }
    if (!code)
        ((struct tag_seen *)t->seen_list.p)[--g->entry].mentions++;
    return code;
}

static enum error_code tag_source_strings(struct tag_trainer *t, struct error *e) {
    struct automaton_builder b = {0};
    enum error_code code = OK;
    for (size_t i = 0; i < t->n_pieces && !code; i++) {
        tag_train_read(t, &t->piece[i]);
        for (size_t g = t->piece[i].first; g < t->piece[i].last && !code; g++)
            code = tag_source_see(t, &t->gold[g], e);
    }
    for (uint32_t s = 0; s < t->strings.n && !code; s++) {
        struct span bytes = names_get(&t->strings, s);
        uint16_t codes[TAG_MENTION_MAX];
        memcpy(codes, bytes.p, bytes.n);
        code = automaton_add(&b, codes, bytes.n / sizeof *codes, s + 1, e);
    }
    if (!code && t->strings.n)
        code = automaton_build(&b, AUTOMATON_DICTIONARY, t->source.charset.n + CHARSET_FIRST - 1,
                               &t->mentions_built, e);
    automaton_builder_free(&b);
    if (!code && t->strings.n)
        t->source.mentions = automaton_of(&t->mentions_built);
    return code;
}

/* Entries by string; golds learn their entry's place. */
static enum error_code tag_source_entries(struct tag_trainer *t, struct error *e) {
    const struct tag_seen *seen = (const struct tag_seen *)t->seen_list.p;
    size_t strings = t->strings.n + 2, n = t->n_entries = t->seen_list.n / sizeof *seen;
    uint32_t *place = memory_alloc((n + 1) * sizeof *place);
    t->entry_start = memory_zero((strings + 1) * sizeof *t->entry_start);
    t->entry = memory_zero((n + 1) * sizeof *t->entry);
    t->counts = (struct tag_counts){
        .occurs = memory_zero(strings * sizeof(uint32_t)),
        .mentions = memory_zero((n + 1) * sizeof(uint32_t)),
        .own_occurs = memory_zero(strings * sizeof(uint32_t)),
        .own_mentions = memory_zero((n + 1) * sizeof(uint32_t)),
    };
    if (!place || !t->entry_start || !t->entry || !t->counts.occurs || !t->counts.mentions ||
        !t->counts.own_occurs || !t->counts.own_mentions) {
        memory_free(place);
        return error_no_memory(e);
    }
    for (size_t i = 0; i < n; i++)
        t->entry_start[seen[i].string + 2]++;
    for (size_t s = 2; s <= strings; s++)
        t->entry_start[s] += t->entry_start[s - 1];
    for (size_t i = 0; i < n; i++) {
        place[i] = t->entry_start[seen[i].string + 1]++;
        t->entry[place[i]].type = (uint8_t)seen[i].type;
        t->counts.mentions[place[i]] = seen[i].mentions;
    }
    for (size_t i = 0; i < t->n_golds; i++)
        t->gold[i].entry = t->gold[i].string ? place[t->gold[i].entry] : 0;
    memory_free(place);
    t->source.entry_start = t->entry_start;
    t->source.entry = t->entry;
    t->source.counts = &t->counts;
    return OK;
}

/* --- numbers --------------------------------------------------------------------------------- */

static enum error_code tag_source_more(struct pairs *p, uint32_t a, uint32_t b, struct error *e) {
    return pairs_put(p, a, b, pairs_find(p, a, b) + 1, e);
}

static enum error_code tag_source_piece(struct tag_trainer *t, struct pairs *bigrams,
                                        struct pairs *words, struct error *e) {
    const struct tag_features *f = t->features;
    enum error_code code = OK;
    for (size_t i = 1; i < f->chunk.n + 2 && !code; i++)
        code = tag_source_more(bigrams, f->code[i - 1], f->code[i], e);
    for (size_t i = 0; i < f->chunk.n && !code; i = f->lattice.end[i])
        code = tag_source_more(words, tag_features_word(f, i, f->lattice.end[i]),
                               (uint32_t)(f->lattice.end[i] - i), e);
    for (size_t i = 0; i < f->n_matches; i++)
        t->counts.occurs[f->match[i].string]++;
    return code;
}

static int tag_source_compare(const void *a, const void *b) {
    const uint32_t *x = a, *y = b;
    if (x[0] != y[0])
        return x[0] < y[0] ? -1 : 1;
    return x[1] < y[1] ? -1 : x[1] > y[1];
}

/* Those of 'counted' that are frequent get numbers from 1, in 'numbered' and in the list: sorted,
 * because a table that is filled in the order of another one's slots is filled from one end. */
static enum error_code tag_source_numbers(const struct pairs *counted, struct pairs *numbered,
                                          struct buf *list, uint32_t *n, struct error *e) {
    enum error_code code = OK;
    size_t slots = counted->count ? (size_t)1 << counted->bits : 0;
    for (size_t i = 0; i < slots && !code; i++) {
        const struct pairs_slot *s = &counted->slot[i];
        const uint32_t pair[2] = {s->a, s->b};
        if (s->value >= TAG_OFTEN)
            code = buf_add(list, pair, sizeof pair, e);
    }
    const uint32_t *pair = (const uint32_t *)list->p;
    size_t frequent = list->n / (2 * sizeof *pair);
    sort_items(list->p, frequent, 2 * sizeof *pair, tag_source_compare);
    for (size_t i = 0; i < frequent && !code; i++)
        code = pairs_put(numbered, pair[2 * i], pair[2 * i + 1], ++*n, e);
    return code;
}

static enum error_code tag_source_features(struct tag_trainer *t, const struct poll *poll,
                                           struct error *e) {
    struct pairs bigrams = {0}, words = {0};
    enum error_code code = OK;
    for (size_t i = 0; i < t->n_pieces && !code; i++) {
        code = poll_check(poll, e);
        tag_train_read(t, &t->piece[i]);
        if (!code)
            code = tag_source_piece(t, &bigrams, &words, e);
    }
    if (!code)
        code =
            tag_source_numbers(&bigrams, &t->source.bigrams, &t->bigram, &t->source.n_bigrams, e);
    if (!code)
        code = tag_source_numbers(&words, &t->source.words, &t->word, &t->source.n_words, e);
    pairs_free(&bigrams);
    pairs_free(&words);
    return code ? code : tag_source_number(&t->source, e);
}

enum error_code tag_train_source(struct tag_trainer *t, const struct poll *poll, struct error *e) {
    t->source.base = t->base;
    enum error_code code = tag_source_points(t, e);
    if (code)
        return code;
    tag_source_chains(t);
    code = tag_source_strings(t, e);
    if (!code)
        code = tag_source_entries(t, e);
    return code ? code : tag_source_features(t, poll, e);
}
