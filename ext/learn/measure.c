/* measure.c - precision, recall and F1, by type and together; labels and words.
 *
 *     gold       急性 胃炎 患者        3 words
 *     predicted  急性胃炎 患者         2 words, 1 right: P 1/2, R 1/3
 */
#include "measure.h"
#include "../base/memory.h"

#include <math.h>
#include <stdio.h>

/* ---- counts ---- */

static double measure_ratio(uint64_t a, uint64_t b) {
    return b ? (double)a / (double)b : 0;
}

double measure_f1(const struct measure_count *c) {
    return measure_ratio(2 * c->tp, c->predicted + c->gold);
}

enum error_code measure_write_real(const char *name, double x, struct buf *out, struct error *e) {
    char text[80];
    int n = snprintf(text, sizeof text, "\"%s\":%.15g", name, x);
    return buf_add(out, text, (size_t)n, e);
}

enum error_code measure_write(const struct measure_count *c, struct buf *out, struct error *e) {
    char text[256];
    int n = snprintf(text, sizeof text,
                     "\"precision\":%.15g,\"recall\":%.15g,\"f1\":%.15g,"
                     "\"tp\":%llu,\"predicted\":%llu,\"gold\":%llu",
                     measure_ratio(c->tp, c->predicted), measure_ratio(c->tp, c->gold),
                     measure_f1(c), (unsigned long long)c->tp, (unsigned long long)c->predicted,
                     (unsigned long long)c->gold);
    return buf_add(out, text, (size_t)n, e);
}

/* ---- types ---- */

/* Room to count one more type, before it has a name: names and counts are as many. */
static enum error_code measure_types_room(struct measure_types *t, struct error *e) {
    if (t->names.n < t->cap)
        return OK;
    size_t cap = t->cap ? 2 * t->cap : 16;
    struct measure_count *p = memory_resize(t->count, cap * sizeof *p);
    if (!p)
        return error_no_memory(e);
    memset(p + t->cap, 0, (cap - t->cap) * sizeof *p);
    t->count = p;
    t->cap = cap;
    return OK;
}

enum error_code measure_types_at(struct measure_types *t, struct span type,
                                 struct measure_count **count, struct error *e) {
    uint32_t number = 0;
    enum error_code code = measure_types_room(t, e);
    if (!code)
        code = names_add(&t->names, type, &number, e);
    if (!code)
        *count = &t->count[number];
    return code;
}

void measure_types_free(struct measure_types *t) {
    names_free(&t->names);
    memory_free(t->count);
    *t = (struct measure_types){0};
}

static struct measure_count measure_types_sum(const struct measure_types *t) {
    struct measure_count sum = {0};
    for (size_t i = 0; i < t->names.n; i++) {
        sum.tp += t->count[i].tp;
        sum.predicted += t->count[i].predicted;
        sum.gold += t->count[i].gold;
    }
    return sum;
}

void measure_types_macro(const struct measure_types *t, double macro[3]) {
    const size_t n = t->names.n;
    macro[0] = macro[1] = macro[2] = 0;
    for (size_t i = 0; i < n; i++) {
        const struct measure_count *c = &t->count[i];
        macro[0] += measure_ratio(c->tp, c->predicted) / (double)n;
        macro[1] += measure_ratio(c->tp, c->gold) / (double)n;
        macro[2] += measure_f1(c) / (double)n;
    }
}

/* The types as spans, each with its number as its start, sorted by name. */
static enum error_code measure_types_sorted(const struct measure_types *t, struct spans *sorted,
                                            struct error *e) {
    sorted->item = memory_alloc(t->names.n * sizeof *sorted->item);
    if (!sorted->item)
        return error_no_memory(e);
    for (uint32_t i = 0; i < t->names.n; i++)
        sorted->item[i] = (struct text_span){i, i, names_get(&t->names, i)};
    sorted->n = t->names.n;
    spans_order(sorted, spans_compare_type_first);
    return OK;
}

enum error_code measure_types_write(const struct measure_types *t, struct buf *out,
                                    struct error *e) {
    struct spans sorted = {0};
    enum error_code code = measure_types_sorted(t, &sorted, e);
    if (!code)
        code = buf_add_text(out, "\"types\":{", e);
    for (size_t i = 0; !code && i < sorted.n; i++) {
        code = i ? buf_add_byte(out, ',', e) : OK;
        if (!code)
            code = buf_add_json(out, sorted.item[i].type, e);
        if (!code)
            code = buf_add_text(out, ":{", e);
        if (!code)
            code = measure_write(&t->count[sorted.item[i].start], out, e);
        if (!code)
            code = buf_add_byte(out, '}', e);
    }
    spans_free(&sorted);
    return code ? code : buf_add_byte(out, '}', e);
}

/* What spans and labels have in common: {the sum, the macro figures, 'more', the types}. */
static enum error_code measure_types_result(const struct measure_types *t, struct span more,
                                            struct buf *out, struct error *e) {
    static const char *const names[] = {"macro_precision", "macro_recall", "macro_f1"};
    struct measure_count sum = measure_types_sum(t);
    double macro[3];
    measure_types_macro(t, macro);
    enum error_code code = buf_add_byte(out, '{', e);
    if (!code)
        code = measure_write(&sum, out, e);
    for (int i = 0; !code && i < 3; i++) {
        code = buf_add_byte(out, ',', e);
        if (!code)
            code = measure_write_real(names[i], macro[i], out, e);
    }
    if (!code)
        code = buf_add_span(out, more, e);
    if (!code)
        code = buf_add_byte(out, ',', e);
    if (!code)
        code = measure_types_write(t, out, e);
    return code ? code : buf_add_byte(out, '}', e);
}

enum error_code measure_spans_result(const struct measure_spans *m, struct buf *out,
                                     struct error *e) {
    return measure_types_result(&m->types, span_text(""), out, e);
}

/* ---- labels ---- */

enum error_code measure_labels_add(struct measure_labels *m, struct span gold,
                                   struct span predicted, struct error *e) {
    struct measure_count *count = NULL;
    bool right = predicted.p && span_same(gold, predicted);
    enum error_code code = measure_types_at(&m->types, gold, &count, e);
    if (!code) {
        count->gold++;
        count->tp += right;
        m->n++;
        m->right += right;
    }
    if (code || !predicted.p)
        return code;
    code = measure_types_at(&m->types, predicted, &count, e);
    if (!code)
        count->predicted++;
    return code;
}

enum error_code measure_labels_result(const struct measure_labels *m, struct buf *out,
                                      struct error *e) {
    char more[96];
    int n = snprintf(more, sizeof more, ",\"accuracy\":%.15g,\"n\":%llu",
                     measure_ratio(m->right, m->n), (unsigned long long)m->n);
    return measure_types_result(&m->types, span_of(more, (size_t)n), out, e);
}

void measure_labels_free(struct measure_labels *m) {
    measure_types_free(&m->types);
}

/* ---- words ---- */

/* A word from start to end in t, and 'from', the characters without white space before it. */
struct measure_word {
    const struct points *t;
    size_t start, end, from;
};

static bool measure_word_next(struct measure_word *w) {
    w->from += w->end - w->start;
    w->start = w->end;
    while (w->start < w->t->n && points_is_blank(w->t->p[w->start]))
        w->start++;
    w->end = w->start;
    while (w->end < w->t->n && !points_is_blank(w->t->p[w->end]))
        w->end++;
    return w->end > w->start;
}

static size_t measure_word_to(const struct measure_word *w) {
    return w->from + (w->end - w->start);
}

/* Whether two words have the same characters where they lie over each other. */
static bool measure_word_agrees(const struct measure_word *a, const struct measure_word *b) {
    size_t from = a->from > b->from ? a->from : b->from;
    size_t to = measure_word_to(a) < measure_word_to(b) ? measure_word_to(a) : measure_word_to(b);
    return from >= to ||
           memcmp(a->t->p + a->start + (from - a->from), b->t->p + b->start + (from - b->from),
                  (to - from) * sizeof *a->t->p) == 0;
}

static enum error_code measure_words_unknown(struct measure_words *m, const struct measure_word *w,
                                             bool found, const struct names *lexicon,
                                             struct error *e) {
    uint32_t number;
    m->word.n = 0;
    enum error_code code = points_encode(w->t, w->start, w->end, &m->word, e);
    if (!code && !names_find(lexicon, buf_span(&m->word), &number)) {
        m->unknown++;
        m->unknown_found += found;
    }
    return code;
}

static enum error_code measure_words_differ(size_t at, struct error *e) {
    return error_set(e, BAD_DATA, "gold and predicted words differ as texts near character %zu",
                     at + 1);
}

enum error_code measure_words_add(struct measure_words *m, struct span gold, struct span predicted,
                                  const struct names *lexicon, struct error *e) {
    enum error_code code = points_decode(&m->gold, gold, e);
    if (!code)
        code = points_decode(&m->predicted, predicted, e);
    struct measure_word g = {&m->gold, 0, 0, 0}, p = {&m->predicted, 0, 0, 0};
    bool more_g = !code && measure_word_next(&g), more_p = !code && measure_word_next(&p);
    m->lexicon_given |= lexicon != NULL;
    while (!code && more_g && more_p) {
        if (!measure_word_agrees(&g, &p))
            return measure_words_differ(g.from > p.from ? g.from : p.from, e);
        size_t g_to = measure_word_to(&g), p_to = measure_word_to(&p);
        bool found = g.from == p.from && g_to == p_to;
        m->words.tp += found;
        if (lexicon && g_to <= p_to)
            code = measure_words_unknown(m, &g, found, lexicon, e);
        if (g_to <= p_to) {
            m->words.gold++;
            more_g = measure_word_next(&g);
        }
        if (p_to <= g_to) {
            m->words.predicted++;
            more_p = measure_word_next(&p);
        }
    }
    return code || more_g == more_p ? code : measure_words_differ(more_g ? g.from : p.from, e);
}

enum error_code measure_words_result(const struct measure_words *m, struct buf *out,
                                     struct error *e) {
    char more[128];
    int n = snprintf(more, sizeof more, ",\"oov\":%llu,\"oov_recall\":%.15g,\"iv_recall\":%.15g",
                     (unsigned long long)m->unknown, measure_ratio(m->unknown_found, m->unknown),
                     measure_ratio(m->words.tp - m->unknown_found, m->words.gold - m->unknown));
    enum error_code code = buf_add_byte(out, '{', e);
    if (!code)
        code = measure_write(&m->words, out, e);
    if (!code && m->lexicon_given)
        code = buf_add(out, more, (size_t)n, e);
    return code ? code : buf_add_byte(out, '}', e);
}

void measure_words_free(struct measure_words *m) {
    points_free(&m->gold);
    points_free(&m->predicted);
    buf_free(&m->word);
}

enum error_code measure_words_lexicon(struct names *lexicon, struct span words, struct error *e) {
    struct points t = {0};
    struct buf word = {0};
    uint32_t number;
    struct measure_word w = {&t, 0, 0, 0};
    enum error_code code = points_decode(&t, words, e);
    while (!code && measure_word_next(&w)) {
        word.n = 0;
        code = points_encode(&t, w.start, w.end, &word, e);
        if (!code)
            code = names_add(lexicon, buf_span(&word), &number, e);
    }
    points_free(&t);
    buf_free(&word);
    return code;
}
