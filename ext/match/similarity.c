/* similarity.c - the family of measures, as one table.
 *
 *     a = 急性胃炎   b = 慢性胃炎       characters shared 性 胃 炎
 *     jaccard 3/5   dice 6/8   overlap 3/4   levenshtein 1 - 1/4   indel 1 - 2/8
 *
 * Sets for jaccard, dice and overlap; counts for cosine, tfidf and bm25.
 */
#include "similarity.h"

#include <math.h>

enum error_code similarity_find(struct span name, const struct similarity_method **method,
                                struct error *e) {
    *method = similarity_methods;
    for (; name.n && (*method)->name; (*method)++)
        if (span_is(name, (*method)->name))
            return OK;
    if (!name.n)
        return OK;
    return error_set(e, BAD_USE, "there is no similarity '%.*s'", (int)(name.n < 40 ? name.n : 40),
                     (const char *)name.p);
}

static bool similarity_equal(const struct similarity *s) {
    return s->a.n == s->b.n &&
           (s->a.n == 0 || memcmp(s->a.p, s->b.p, s->a.n * sizeof *s->a.p) == 0);
}

enum error_code similarity_pair(struct similarity *s, const struct similarity_method *method,
                                struct span a, struct span b, double *out, struct error *e) {
    enum error_code code = points_decode(&s->a, a, e);
    if (!code)
        code = points_decode(&s->b, b, e);
    if (code)
        return code;
    if (similarity_equal(s)) {
        *out = 1;
        return OK;
    }
    s->edit.poll = s->poll;
    if (method->min) {
        code = grams_make(&s->a_grams, &s->a, method->min, method->max, e);
        if (!code)
            code = grams_make(&s->b_grams, &s->b, method->min, method->max, e);
        *out = 0;
        if (code || !s->a_grams.n || !s->b_grams.n)
            return code;
    }
    return method->fn(s, out, e);
}

void similarity_free(struct similarity *s) {
    points_free(&s->a);
    points_free(&s->b);
    grams_free(&s->a_grams);
    grams_free(&s->b_grams);
    edit_free(&s->edit);
}

static double similarity_cut(double x) {
    return x < 0 ? 0 : x > 1 ? 1 : x;
}

/* ---- sets ---- */

static double similarity_shared(const struct similarity *s) {
    const struct grams *a = &s->a_grams, *b = &s->b_grams;
    size_t shared = 0;
    for (size_t i = 0, j = 0; i < a->n && j < b->n;) {
        uint64_t x = a->key[i], y = b->key[j];
        shared += x == y;
        i += x <= y;
        j += y <= x;
    }
    return (double)shared;
}

static enum error_code similarity_jaccard(struct similarity *s, double *out, struct error *e) {
    (void)e;
    double shared = similarity_shared(s);
    *out = shared / ((double)s->a_grams.n + (double)s->b_grams.n - shared);
    return OK;
}

static enum error_code similarity_dice(struct similarity *s, double *out, struct error *e) {
    (void)e;
    *out = 2 * similarity_shared(s) / ((double)s->a_grams.n + (double)s->b_grams.n);
    return OK;
}

static enum error_code similarity_overlap(struct similarity *s, double *out, struct error *e) {
    (void)e;
    size_t n = s->a_grams.n < s->b_grams.n ? s->a_grams.n : s->b_grams.n;
    *out = similarity_shared(s) / (double)n;
    return OK;
}

/* ---- weights ---- */

/* The dot product of the two vectors of weight x count. */
static double similarity_dot(const struct grams *a, const struct grams *b) {
    double dot = 0;
    for (size_t i = 0, j = 0; i < a->n && j < b->n;) {
        uint64_t x = a->key[i], y = b->key[j];
        if (x == y)
            dot += a->weight[i] * a->count[i] * b->weight[j] * b->count[j];
        i += x <= y;
        j += y <= x;
    }
    return dot;
}

static enum error_code similarity_tfidf(struct similarity *s, double *out, struct error *e) {
    (void)e;
    struct grams *a = &s->a_grams, *b = &s->b_grams;
    idf_weigh_smooth(s->idf, a);
    idf_weigh_smooth(s->idf, b);
    double norm = similarity_dot(a, a) * similarity_dot(b, b);
    *out = norm > 0 ? similarity_cut(similarity_dot(a, b) / sqrt(norm)) : 0;
    return OK;
}

static enum error_code similarity_cosine(struct similarity *s, double *out, struct error *e) {
    const struct idf *idf = s->idf;
    s->idf = NULL;
    enum error_code code = similarity_tfidf(s, out, e);
    s->idf = idf;
    return code;
}

static double similarity_weight(const struct grams *g) {
    double sum = 0;
    for (size_t i = 0; i < g->n; i++)
        sum += g->weight[i];
    return sum;
}

static enum error_code similarity_idf_jaccard(struct similarity *s, double *out, struct error *e) {
    (void)e;
    const struct grams *a = &s->a_grams, *b = &s->b_grams;
    double shared = 0;
    idf_weigh_smooth(s->idf, &s->a_grams);
    idf_weigh_smooth(s->idf, &s->b_grams);
    for (size_t i = 0, j = 0; i < a->n && j < b->n;) {
        uint64_t x = a->key[i], y = b->key[j];
        shared += x == y ? a->weight[i] : 0;
        i += x <= y;
        j += y <= x;
    }
    *out = similarity_cut(shared / (similarity_weight(a) + similarity_weight(b) - shared));
    return OK;
}

/* Okapi BM25 of the text 'd' for the query 'q', k1 1.2, b 0.75. */
static double similarity_bm25_score(const struct grams *q, const struct grams *d, double average) {
    const double k1 = 1.2, b = 0.75;
    double norm = k1 * (1 - b + b * (double)d->total / average), score = 0;
    for (size_t i = 0, j = 0; i < q->n && j < d->n;) {
        uint64_t x = q->key[i], y = d->key[j];
        if (x == y)
            score += q->count[i] * d->weight[j] * d->count[j] * (k1 + 1) / (d->count[j] + norm);
        i += x <= y;
        j += y <= x;
    }
    return score;
}

static double similarity_average(const struct similarity *s) {
    const struct idf *m = s->idf;
    double pair = ((double)s->a_grams.total + (double)s->b_grams.total) / 2;
    if (!m || !m->texts)
        return pair;
    bool pairs_only = s->a_grams.key[0] >> GRAM_BITS;
    bool singles_only = !(s->a_grams.key[s->a_grams.n - 1] >> GRAM_BITS);
    double length =
        (pairs_only ? 0 : (double)m->length[0]) + (singles_only ? 0 : (double)m->length[1]);
    return length > 0 ? length / (double)m->texts : pair;
}

/* Both directions over what each text scores with itself: symmetric, at most 1. */
static enum error_code similarity_bm25(struct similarity *s, double *out, struct error *e) {
    (void)e;
    struct grams *a = &s->a_grams, *b = &s->b_grams;
    idf_weigh_bm25(s->idf, a);
    idf_weigh_bm25(s->idf, b);
    double average = similarity_average(s);
    double both = similarity_bm25_score(a, b, average) + similarity_bm25_score(b, a, average);
    double self = similarity_bm25_score(a, a, average) + similarity_bm25_score(b, b, average);
    *out = self > 0 ? similarity_cut(both / self) : 0;
    return OK;
}

/* ---- edits ---- */

static double similarity_longer(const struct similarity *s) {
    return (double)(s->a.n > s->b.n ? s->a.n : s->b.n);
}

static enum error_code similarity_levenshtein(struct similarity *s, double *out, struct error *e) {
    size_t distance = 0;
    enum error_code code = edit_levenshtein(&s->edit, &s->a, &s->b, &distance, e);
    *out = 1 - (double)distance / similarity_longer(s);
    return code;
}

static enum error_code similarity_indel(struct similarity *s, double *out, struct error *e) {
    size_t length = 0;
    enum error_code code = edit_lcs(&s->edit, &s->a, &s->b, &length, e);
    *out = 2 * (double)length / ((double)s->a.n + (double)s->b.n);
    return code;
}

static enum error_code similarity_lcs(struct similarity *s, double *out, struct error *e) {
    size_t length = 0;
    enum error_code code = edit_lcs(&s->edit, &s->a, &s->b, &length, e);
    *out = (double)length / similarity_longer(s);
    return code;
}

static enum error_code similarity_substring(struct similarity *s, double *out, struct error *e) {
    size_t length = 0;
    enum error_code code = edit_substring(&s->edit, &s->a, &s->b, &length, e);
    *out = (double)length / similarity_longer(s);
    return code;
}

static enum error_code similarity_jaro(struct similarity *s, double *out, struct error *e) {
    return edit_jaro(&s->edit, &s->a, &s->b, out, e);
}

/* Winkler's prefix: 0.1 for each of the first 4 characters shared, past 0.7 of Jaro. */
static enum error_code similarity_jaro_winkler(struct similarity *s, double *out, struct error *e) {
    enum error_code code = edit_jaro(&s->edit, &s->a, &s->b, out, e);
    size_t prefix = 0;
    while (prefix < 4 && prefix < s->a.n && prefix < s->b.n && s->a.p[prefix] == s->b.p[prefix])
        prefix++;
    if (!code && *out > 0.7)
        *out += (double)prefix * 0.1 * (1 - *out);
    return code;
}

const struct similarity_method similarity_methods[] = {
    {"jaccard", similarity_jaccard, 1, 1, false, "shared characters of all (sets)"},
    {"jaccard2", similarity_jaccard, 2, 2, false, "the same over character pairs"},
    {"jaccard12", similarity_jaccard, 1, 2, false, "the same over characters and pairs"},
    {"dice", similarity_dice, 1, 1, false, "twice the shared characters of both counts (sets)"},
    {"dice2", similarity_dice, 2, 2, false, "the same over character pairs"},
    {"dice12", similarity_dice, 1, 2, false, "the same over characters and pairs"},
    {"overlap", similarity_overlap, 1, 1, false, "shared characters of the smaller set"},
    {"overlap2", similarity_overlap, 2, 2, false, "the same over character pairs"},
    {"overlap12", similarity_overlap, 1, 2, false, "the same over characters and pairs"},
    {"cosine", similarity_cosine, 1, 1, false, "cosine of character counts"},
    {"cosine2", similarity_cosine, 2, 2, false, "the same over character pairs"},
    {"cosine12", similarity_cosine, 1, 2, false, "the same over characters and pairs"},
    {"levenshtein", similarity_levenshtein, 0, 0, false, "1 - edits / longer length"},
    {"indel", similarity_indel, 0, 0, false, "1 - insertions and deletions / both lengths"},
    {"lcs", similarity_lcs, 0, 0, false, "longest common subsequence / longer length"},
    {"lcsstr", similarity_substring, 0, 0, false, "longest common substring / longer length"},
    {"jaro", similarity_jaro, 0, 0, false, "Jaro"},
    {"jaro_winkler", similarity_jaro_winkler, 0, 0, false, "Jaro with Winkler's prefix"},
    {"tfidf", similarity_tfidf, 1, 1, true, "cosine of character counts weighed by idf"},
    {"tfidf2", similarity_tfidf, 2, 2, true, "the same over character pairs"},
    {"tfidf12", similarity_tfidf, 1, 2, true, "the same over characters and pairs"},
    {"idf_jaccard", similarity_idf_jaccard, 1, 1, true, "jaccard weighed by idf"},
    {"idf_jaccard2", similarity_idf_jaccard, 2, 2, true, "the same over character pairs"},
    {"idf_jaccard12", similarity_idf_jaccard, 1, 2, true, "the same over characters and pairs"},
    {"bm25", similarity_bm25, 1, 1, true, "BM25 of characters, both ways over self scores"},
    {"bm25_2", similarity_bm25, 2, 2, true, "the same over character pairs"},
    {"bm25_12", similarity_bm25, 1, 2, true, "the same over characters and pairs"},
    {NULL, NULL, 0, 0, false, NULL},
};
