/* paraphrase.c - what the model sees of a pair.
 *
 *     a  咯血是什么原因    b  为什么会咯血
 *
 *     shared      咯 血 什 么 咯血 什么            1- and 2-grams of both, length 1 together
 *     differing   是 原 因 为 会 血是 …            of one only, length 1 together
 *     crossed     是|为 是|会 原|为 …              characters of a only times those of b only
 *     aligned     ''|为什么会  是什么原因|'' …      runs between what the longest common
 *                                                  subsequence keeps: as pairs, and each alone
 *     alike       jaccard .45, levenshtein .2, …   as numbers
 *
 * Limits: PARAPHRASE_ALIGN_MAX and PARAPHRASE_CROSS_MAX characters; past them a text is cut for
 * that kind of feature only.
 */
#include "paraphrase.h"

#include <math.h>

enum paraphrase_kind { SHARED = 1, DIFFERING, CROSSED, ALIGNED, RUN, ALIKE };

static const char *const paraphrase_methods[] = {"jaccard", "overlap", "levenshtein",
                                                 "indel",   "lcs",     "cosine"};
enum { PARAPHRASE_METHODS = sizeof paraphrase_methods / sizeof *paraphrase_methods };

static const float PARAPHRASE_ALIKE = 2;  /* of a similarity of 1 */
static const float PARAPHRASE_RUN = 0.5f; /* of a run alone, beside a pair of runs */

/* --- the texts ------------------------------------------------------------------------------- */

static bool paraphrase_is_silent(uint32_t c) {
    return c == ' ' || (c < 0x80 && c && strchr(",.?!;:\"'()", (int)c));
}

static enum error_code paraphrase_side(struct paraphrase *p, struct paraphrase_side *s,
                                       struct span text, struct error *e) {
    s->points.n = s->utf8.n = s->n_only = 0;
    enum error_code code = normalize_text(&p->text, text, NORMALIZE_ALL, e);
    for (size_t i = 0; i < p->text.point.n && !code; i++)
        if (!paraphrase_is_silent(p->text.point.p[i]))
            code = points_add(&s->points, p->text.point.p[i], e);
    if (!code)
        code = grams_make(&s->grams, &s->points, 1, 2, e);
    return code ? code : points_encode(&s->points, 0, s->points.n, &s->utf8, e);
}

/* Every feature below is the same for (a, b) and (b, a) but the alignment, which may have ties. */
static void paraphrase_order(struct paraphrase *p) {
    const struct points *a = &p->side[0].points, *b = &p->side[1].points;
    size_t i = 0;
    while (i < a->n && i < b->n && a->p[i] == b->p[i])
        i++;
    if (points_at(a, i) <= points_at(b, i))
        return;
    struct paraphrase_side held = p->side[0];
    p->side[0] = p->side[1];
    p->side[1] = held;
}

/* --- n-grams --------------------------------------------------------------------------------- */

static void paraphrase_only(struct paraphrase_side *s, uint64_t key) {
    if (key >> GRAM_BITS == 0 && s->n_only < PARAPHRASE_CROSS_MAX)
        s->only[s->n_only++] = (uint32_t)key;
}

/* The keys of both, or those of one only: a walk over two ascending lists. */
static enum error_code paraphrase_grams(struct paraphrase *p, enum paraphrase_kind kind,
                                        struct error *e) {
    const struct grams *a = &p->side[0].grams, *b = &p->side[1].grams;
    size_t from = p->bag.n, i = 0, j = 0;
    enum error_code code = OK;
    while ((i < a->n || j < b->n) && !code) {
        bool in_a = i < a->n && (j == b->n || a->key[i] <= b->key[j]);
        bool in_b = j < b->n && (i == a->n || b->key[j] <= a->key[i]);
        uint64_t key = in_a ? a->key[i] : b->key[j];
        i += in_a;
        j += in_b;
        if ((in_a && in_b) == (kind == SHARED))
            code = bag_add(&p->bag, kind, key, 1, e);
        if (kind == DIFFERING && in_a != in_b)
            paraphrase_only(&p->side[in_b], key);
    }
    bag_scale(&p->bag, from, 1);
    return code;
}

/* One number of two, in either order. */
static uint64_t paraphrase_pair(uint64_t a, uint64_t b) {
    uint64_t low = a < b ? a : b, high = a < b ? b : a;
    return low * UINT64_C(0x9E3779B97F4A7C15) ^ (high + 1) * UINT64_C(0xC2B2AE3D27D4EB4F);
}

static enum error_code paraphrase_cross(struct paraphrase *p, struct error *e) {
    const struct paraphrase_side *a = &p->side[0], *b = &p->side[1];
    size_t from = p->bag.n;
    enum error_code code = OK;
    for (size_t i = 0; i < a->n_only; i++)
        for (size_t j = 0; j < b->n_only && !code; j++)
            code = bag_add(&p->bag, CROSSED, paraphrase_pair(a->only[i], b->only[j]), 1, e);
    bag_scale(&p->bag, from, 1);
    return code;
}

/* --- alignment ------------------------------------------------------------------------------- */

static size_t paraphrase_length(const struct paraphrase_side *s) {
    return s->points.n < PARAPHRASE_ALIGN_MAX ? s->points.n : PARAPHRASE_ALIGN_MAX;
}

/* common[i][j]: the longest common subsequence of what follows i in a and j in b. */
static void paraphrase_align(struct paraphrase *p) {
    size_t n = paraphrase_length(&p->side[0]), m = paraphrase_length(&p->side[1]);
    const uint32_t *a = p->side[0].points.p, *b = p->side[1].points.p;
    for (size_t j = 0; j <= m; j++)
        p->common[n][j] = 0;
    for (size_t i = n; i-- > 0;) {
        uint16_t *here = p->common[i], *below = p->common[i + 1];
        here[m] = 0;
        for (size_t j = m; j-- > 0;) {
            uint16_t skip = below[j] > here[j + 1] ? below[j] : here[j + 1];
            here[j] = a[i] == b[j] ? (uint16_t)(below[j + 1] + 1) : skip;
        }
    }
}

static uint64_t paraphrase_run(const struct paraphrase_side *s, size_t from, size_t to) {
    uint64_t h = UINT64_C(0xCBF29CE484222325);
    for (; from < to; from++)
        h = (h ^ s->points.p[from]) * UINT64_C(0x100000001B3);
    return h;
}

static enum error_code paraphrase_runs(struct paraphrase *p, struct error *e) {
    const struct paraphrase_side *a = &p->side[0], *b = &p->side[1];
    size_t n = paraphrase_length(a), m = paraphrase_length(b), from = p->bag.n, i = 0, j = 0;
    enum error_code code = OK;
    paraphrase_align(p);
    while ((i < n || j < m) && !code) {
        size_t i0 = i, j0 = j;
        while ((i < n || j < m) && !(i < n && j < m && a->points.p[i] == b->points.p[j])) {
            bool in_a = j == m || (i < n && p->common[i + 1][j] >= p->common[i][j + 1]);
            i += in_a;
            j += !in_a;
        }
        uint64_t x = paraphrase_run(a, i0, i), y = paraphrase_run(b, j0, j);
        if (i > i0 || j > j0) {
            code = bag_add(&p->bag, ALIGNED, paraphrase_pair(x, y), 1, e);
            if (!code)
                code = bag_add(&p->bag, RUN, x, PARAPHRASE_RUN, e);
            if (!code)
                code = bag_add(&p->bag, RUN, y, PARAPHRASE_RUN, e);
        }
        for (; i < n && j < m && a->points.p[i] == b->points.p[j]; j++)
            i++;
    }
    bag_scale(&p->bag, from, 1);
    return code;
}

/* --- together -------------------------------------------------------------------------------- */

static enum error_code paraphrase_alike(struct paraphrase *p, struct error *e) {
    enum error_code code = OK;
    for (uint32_t k = 0; k < PARAPHRASE_METHODS && !code; k++) {
        const struct similarity_method *method;
        double x = 0;
        code = similarity_find(span_text(paraphrase_methods[k]), &method, e);
        if (!code)
            code = similarity_pair(&p->similarity, method, buf_span(&p->side[0].utf8),
                                   buf_span(&p->side[1].utf8), &x, e);
        if (!code)
            code = bag_add(&p->bag, ALIKE, k, (float)x * PARAPHRASE_ALIKE, e);
    }
    return code;
}

enum error_code paraphrase_read(struct paraphrase *p, struct span a, struct span b,
                                struct error *e) {
    p->bag.n = 0;
    enum error_code code = paraphrase_side(p, &p->side[0], a, e);
    if (!code)
        code = paraphrase_side(p, &p->side[1], b, e);
    if (code)
        return code;
    paraphrase_order(p);
    code = paraphrase_grams(p, SHARED, e);
    if (!code)
        code = paraphrase_grams(p, DIFFERING, e);
    if (!code)
        code = paraphrase_cross(p, e);
    if (!code)
        code = paraphrase_runs(p, e);
    return code ? code : paraphrase_alike(p, e);
}

enum error_code paraphrase_same(struct paraphrase *p, const struct linear *m, struct span a,
                                struct span b, double *out, struct error *e) {
    float logit;
    enum error_code code = paraphrase_read(p, a, b, e);
    if (code)
        return code;
    linear_score(m, &p->bag, &logit);
    *out = 1 / (1 + exp(-(double)logit));
    return OK;
}

void paraphrase_free(struct paraphrase *p) {
    for (int i = 0; i < 2; i++) {
        points_free(&p->side[i].points);
        grams_free(&p->side[i].grams);
        buf_free(&p->side[i].utf8);
    }
    normalize_free(&p->text);
    similarity_free(&p->similarity);
    bag_free(&p->bag);
}
