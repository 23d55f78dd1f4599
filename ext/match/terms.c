/* terms.c - standard terms, their codes and aliases, made ready to be asked.
 *
 *     rows        C50.9 乳腺恶性肿瘤 | C50.9 乳癌 | I10 高血压 | C50.9 乳癌         as added
 *     documents   0 乳腺恶性肿瘤 | 1 高血压 | 2 乳癌                     names, then aliases, once
 * each
 *
 * Document c is the name of code c. An alias that stands under several codes names several concepts
 * ('高血压伴糖尿病'): for each code, the piece that is most like the code's name is the alias.
 */
#include "terms_work.h"
#include "../base/memory.h"

enum { TERMS_ROWS_FIRST = 256, TERMS_SLOTS_FIRST = 1024, TERMS_POLL = 1024 };

const struct terms_options terms_default = {TERMS_TFIDF, NORMALIZE_ALL, true, true, true};

static const char *const terms_methods[] = {
    [TERMS_TFIDF] = "tfidf", [TERMS_JACCARD] = "jaccard", [TERMS_BM25] = "bm25"};

enum error_code terms_method_parse(struct span name, enum terms_method *method, struct error *e) {
    for (size_t i = 0; i < sizeof terms_methods / sizeof *terms_methods; i++)
        if (span_is(name, terms_methods[i])) {
            *method = (enum terms_method)i;
            return OK;
        }
    return error_set(e, BAD_USE, "no method '%.*s': tfidf, jaccard, bm25",
                     (int)(name.n < 40 ? name.n : 40), (const char *)name.p);
}

static struct span terms_bytes(const struct terms *t, struct terms_text s) {
    return span_of(t->text.p + s.at, s.n);
}

struct span terms_code(const struct terms *t, uint32_t code) {
    return terms_bytes(t, t->code[code]);
}

struct span terms_name(const struct terms *t, uint32_t code) {
    return terms_bytes(t, t->term[code]);
}

struct span terms_alias(const struct terms *t, uint32_t doc) {
    return terms_bytes(t, t->term[doc]);
}

/* ---- rows ---- */

static uint64_t terms_hash(uint64_t h, struct span s) {
    h ^= s.n;
    for (size_t i = 0; i < s.n; i++) {
        h = (h ^ s.p[i]) * UINT64_C(0x9E3779B97F4A7C15);
        h ^= h >> 29;
    }
    return h * UINT64_C(0xD6E8FEB86659FD93);
}

static size_t terms_slot(const struct terms *t, const uint32_t *slot, size_t slots,
                         struct span code) {
    size_t at = (size_t)(terms_hash((uintptr_t)slot, code) >> 24) & (slots - 1);
    while (slot[at] && !span_same(terms_code(t, slot[at] - 1), code))
        at = (at + 1) & (slots - 1);
    return at;
}

static enum error_code terms_slots_grow(struct terms *t, struct error *e) {
    if (2 * (t->codes + 1) <= t->slots)
        return OK;
    size_t slots = t->slots ? 2 * t->slots : TERMS_SLOTS_FIRST;
    uint32_t *slot = memory_zero(slots * sizeof *slot);
    if (!slot)
        return error_no_memory(e);
    for (uint32_t c = 0; c < t->codes; c++)
        slot[terms_slot(t, slot, slots, terms_code(t, c))] = c + 1;
    memory_free(t->slot);
    t->slot = slot;
    t->slots = slots;
    return OK;
}

static enum error_code terms_text_add(struct terms *t, struct span s, struct terms_text *out,
                                      struct error *e) {
    *out = (struct terms_text){t->text.n, s.n};
    return buf_add_span(&t->text, s, e);
}

static enum error_code terms_code_number(struct terms *t, struct span code, uint32_t *number,
                                         struct error *e) {
    enum error_code failed = terms_slots_grow(t, e);
    if (failed)
        return failed;
    size_t at = terms_slot(t, t->slot, t->slots, code);
    if (t->slot[at]) {
        *number = t->slot[at] - 1;
        return OK;
    }
    if (t->codes == t->codes_cap) {
        size_t cap = t->codes_cap ? 2 * t->codes_cap : TERMS_ROWS_FIRST;
        struct terms_text *all = memory_resize(t->code, cap * sizeof *all);
        if (!all)
            return error_no_memory(e);
        t->code = all;
        t->codes_cap = cap;
    }
    failed = terms_text_add(t, code, &t->code[t->codes], e);
    if (!failed) {
        *number = (uint32_t)t->codes++;
        t->slot[at] = *number + 1;
    }
    return failed;
}

static enum error_code terms_rows_grow(struct terms *t, struct error *e) {
    if (t->rows < t->rows_cap)
        return OK;
    if (t->rows >= TERMS_DOCS_MAX)
        return error_set(e, BAD_DATA, "more than %d terms", TERMS_DOCS_MAX);
    size_t cap = t->rows_cap ? 2 * t->rows_cap : TERMS_ROWS_FIRST;
    struct terms_row_text *row = memory_resize(t->row, cap * sizeof *row);
    if (!row)
        return error_no_memory(e);
    t->row = row;
    t->rows_cap = cap;
    return OK;
}

enum error_code terms_add(struct terms *t, int64_t id, struct span code, struct span term,
                          struct error *e) {
    enum error_code failed = terms_rows_grow(t, e);
    if (!failed)
        failed = terms_code_number(t, code, &t->row[t->rows].of, e);
    if (!failed)
        failed = terms_text_add(t, term, &t->row[t->rows].term, e);
    if (!failed)
        t->row[t->rows++].id = id;
    return failed;
}

/* ---- texts to grams ---- */

enum error_code terms_read(struct terms *t, struct span text, size_t *pieces, struct error *e) {
    struct terms_work *w = t->work;
    enum error_code code = normalize_text(&w->text, text, t->options.normalize, e);
    if (code)
        return code;
    struct points *p = &w->text.point;
    p->n = p->n < TERMS_LENGTH_MAX ? p->n : TERMS_LENGTH_MAX;
    *pieces = 1;
    w->piece[0] = (struct terms_piece){0, p->n};
    if (t->options.split)
        *pieces = terms_split(p, w->piece);
    return OK;
}

enum error_code terms_grams(struct terms *t, size_t a, size_t b, struct error *e) {
    struct terms_work *w = t->work;
    struct points slice = {a < b ? w->text.point.p + a : NULL, b - a, b - a};
    enum error_code code = OK;
    w->form.n = 0;
    if (t->options.synonyms)
        code = terms_synonyms_write(&t->synonyms, &w->text.point, a, b, &w->form, e);
    return code ? code
                : grams_make(&w->grams, t->options.synonyms ? &w->form : &slice, 1, TERMS_N, e);
}

enum error_code terms_numbers(struct terms *t, struct error *e) {
    struct terms_work *w = t->work;
    if (w->grams.n > w->number_cap) {
        size_t cap = 2 * w->grams.n;
        uint32_t *number = memory_resize(w->number, cap * sizeof *number);
        if (!number)
            return error_no_memory(e);
        w->number = number;
        w->number_cap = cap;
    }
    for (size_t i = 0; i < w->grams.n; i++)
        w->number[i] = terms_index_find(&t->index, w->grams.key[i]);
    return OK;
}

/* ---- building ---- */

/* What tells rows and documents apart while building. */
struct terms_build {
    struct terms_row_text *row; /* the rows as they were added */
    uint64_t *alias; /* 38 bits of a hash of the text | 26 bits of code; sorted, once each */
    size_t aliases;
    uint32_t *known; /* hash of documents: number + 1 */
    size_t knowns;
    bool *named; /* of a code */
};

enum { TERMS_CODE_BITS = 26 };

static uint64_t terms_alias_key(const struct terms *t, struct terms_text term) {
    return terms_hash(0, terms_bytes(t, term)) >> TERMS_CODE_BITS << TERMS_CODE_BITS;
}

/* Whether an alias with this key stands under two codes at least. */
static bool terms_shared(const struct terms_build *b, uint64_t key) {
    size_t low = 0, high = b->aliases;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (b->alias[middle] < key)
            low = middle + 1;
        else
            high = middle;
    }
    return low + 1 < b->aliases && b->alias[low + 1] >> TERMS_CODE_BITS == key >> TERMS_CODE_BITS;
}

/* Says which rows are names, and sorts the others' keys. */
static enum error_code terms_aliases(struct terms *t, struct terms_build *b, struct error *e) {
    size_t n = 0;
    b->alias = memory_alloc(2 * (t->rows + 1) * sizeof *b->alias);
    b->named = memory_zero(t->codes + 1);
    if (!b->alias || !b->named)
        return error_no_memory(e);
    for (size_t i = 0; i < t->rows; i++) {
        struct terms_row_text *r = &t->row[i];
        r->name = !b->named[r->of];
        b->named[r->of] = true;
        if (!r->name)
            b->alias[n++] = terms_alias_key(t, r->term) | r->of;
    }
    if (n)
        gram_sort(b->alias, b->alias + n, n);
    for (size_t i = 0; i < n; i++)
        if (!b->aliases || b->alias[b->aliases - 1] != b->alias[i])
            b->alias[b->aliases++] = b->alias[i];
    return OK;
}

/* Of two ascending lists of keys, the share of the shorter one that is in both. */
static double terms_overlap(const struct grams *a, const struct grams *b) {
    size_t least = a->n < b->n ? a->n : b->n, both = 0;
    for (size_t i = 0, j = 0; i < a->n && j < b->n;) {
        both += a->key[i] == b->key[j];
        bool step = a->key[i] <= b->key[j];
        j += a->key[i] >= b->key[j];
        i += step;
    }
    return least ? (double)both / (double)least : 0;
}

/* work->grams of the piece of the term that is most like the name; of all where none is. */
static enum error_code terms_align(struct terms *t, struct terms_text name, struct terms_text term,
                                   struct error *e) {
    struct terms_work *w = t->work;
    struct grams swap;
    size_t pieces = 1;
    double most = 0;
    enum error_code code = terms_read(t, terms_bytes(t, name), &pieces, e);
    if (!code)
        code = terms_grams(t, 0, w->text.point.n, e);
    swap = w->name;
    w->name = w->grams;
    w->grams = swap;
    if (!code)
        code = terms_read(t, terms_bytes(t, term), &pieces, e);
    struct terms_piece best = {0, code ? 0 : w->text.point.n};
    for (size_t i = 0; !code && i < pieces && pieces > 1; i++) {
        code = terms_grams(t, w->piece[i].start, w->piece[i].end, e);
        double overlap = code ? 0 : terms_overlap(&w->grams, &w->name);
        if (overlap > most) {
            most = overlap;
            best = w->piece[i];
        }
    }
    return code ? code : terms_grams(t, best.start, best.end, e);
}

/* Whether the last document says what another one of the same code says. */
static bool terms_known(struct terms *t, struct terms_build *b, uint32_t of) {
    const uint32_t *gram, *other;
    uint32_t d = (uint32_t)t->index.docs - 1;
    size_t n = terms_index_doc(&t->index, d, &gram);
    uint64_t h = terms_hash((uintptr_t)b->known ^ of, span_of(gram, n * sizeof *gram));
    size_t at = (size_t)(h >> 24) & (b->knowns - 1);
    for (; b->known[at]; at = (at + 1) & (b->knowns - 1)) {
        uint32_t k = b->known[at] - 1;
        if (t->of[k] == of && terms_index_doc(&t->index, k, &other) == n &&
            memcmp(gram, other, n * sizeof *gram) == 0)
            return true;
    }
    b->known[at] = d + 1;
    return false;
}

/* The row becomes a document, unless it is an alias that says what another one says. */
static enum error_code terms_document(struct terms *t, struct terms_build *b,
                                      struct terms_row_text row, struct error *e) {
    size_t pieces;
    enum error_code code;
    bool shared = t->options.split && !row.name && terms_shared(b, terms_alias_key(t, row.term));
    if (shared) {
        code = terms_align(t, t->term[row.of], row.term, e);
    } else {
        code = terms_read(t, terms_bytes(t, row.term), &pieces, e);
        if (!code)
            code = terms_grams(t, 0, t->work->text.point.n, e);
    }
    if (!code)
        code = terms_index_add(&t->index, &t->work->grams, e);
    if (code)
        return code;
    if (terms_known(t, b, row.of) && !row.name) {
        terms_index_undo(&t->index);
        return OK;
    }
    t->of[t->index.docs - 1] = row.of;
    t->term[t->index.docs - 1] = row.term;
    t->id[t->index.docs - 1] = row.id;
    return OK;
}

static enum error_code terms_documents(struct terms *t, struct terms_build *b,
                                       const struct poll *poll, struct error *e) {
    enum error_code code = terms_aliases(t, b, e);
    b->knowns = TERMS_SLOTS_FIRST;
    while (b->knowns < 2 * t->rows)
        b->knowns *= 2;
    b->known = code ? NULL : memory_zero(b->knowns * sizeof *b->known);
    t->of = memory_alloc((t->rows + 1) * sizeof *t->of);
    t->term = memory_alloc((t->rows + 1) * sizeof *t->term);
    t->id = memory_alloc((t->rows + 1) * sizeof *t->id);
    if (!code && (!b->known || !t->of || !t->term || !t->id))
        code = error_no_memory(e);
    for (int names = 1; names >= 0; names--)
        for (size_t i = 0; !code && i < t->rows; i++) {
            if (t->row[i].name == (names == 1))
                code = terms_document(t, b, t->row[i], e);
            if (!code && i % TERMS_POLL == 0)
                code = poll_check(poll, e);
        }
    memory_free(b->alias);
    memory_free(b->named);
    memory_free(b->known);
    return code;
}

enum error_code terms_build(struct terms *t, const struct poll *poll, struct error *e) {
    struct terms_build b = {0};
    terms_synonyms_open(&t->synonyms);
    t->index.method = t->options.method;
    t->work = memory_zero(sizeof *t->work);
    enum error_code code = t->work ? terms_documents(t, &b, poll, e) : error_no_memory(e);
    if (!code)
        code = terms_index_build(&t->index, e);
    t->learnt = t->options.learn && t->index.docs > t->codes;
    if (!code && t->learnt)
        code = terms_rewrite_learn(&t->rewrite, &t->index, t->codes, t->of, e);
    memory_free(t->row);
    memory_free(t->slot);
    t->row = NULL;
    t->slot = NULL;
    return code;
}

void terms_free(struct terms *t) {
    buf_free(&t->text);
    memory_free(t->row);
    memory_free(t->slot);
    memory_free(t->code);
    memory_free(t->term);
    memory_free(t->of);
    memory_free(t->id);
    terms_index_free(&t->index);
    terms_rewrite_free(&t->rewrite);
    terms_work_free(t->work);
    *t = (struct terms){.options = t->options};
}
