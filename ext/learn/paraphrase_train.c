/* paraphrase_train.c - from pairs to a model.
 *
 *     given      q = x    q = y    q != z
 *     implied    x = y    x != z   y != z      once each, never against what is given
 *
 * Pairs of a fifth of the texts are held for calibration (linear_train.h); only given ones count
 * there.
 */
#include "paraphrase_train.h"
#include "../base/memory.h"

enum { PARAPHRASE_FOLDS = 5, PARAPHRASE_POLL = 256 };

static const struct linear_options paraphrase_options = {
    .use = LINEAR_PAIRS, .seed = 1, .cost = 0.3f, .small = 0.002f};

static enum error_code paraphrase_put(struct paraphrase_pairs *p, struct paraphrase_pair pair,
                                      struct error *e) {
    if (p->n == PARAPHRASE_PAIRS_MAX)
        return error_set(e, BAD_DATA, "more than %d pairs to learn from", PARAPHRASE_PAIRS_MAX);
    if (p->n == p->cap) {
        size_t cap = p->cap ? 2 * p->cap : 256;
        struct paraphrase_pair *item = memory_resize(p->item, cap * sizeof *item);
        if (!item)
            return error_no_memory(e);
        p->item = item;
        p->cap = cap;
    }
    p->item[p->n++] = pair;
    return OK;
}

/* Whether nothing was known of the two so far; now something is. */
static enum error_code paraphrase_learn(struct paraphrase_trainer *t, uint32_t a, uint32_t b,
                                        bool *fresh, struct error *e) {
    uint32_t low = a < b ? a : b, high = a < b ? b : a;
    *fresh = !pairs_find(&t->known, low, high);
    return *fresh ? pairs_put(&t->known, low, high, 1, e) : OK;
}

enum error_code paraphrase_train_add(struct paraphrase_trainer *t, struct span a, struct span b,
                                     bool same, struct error *e) {
    struct paraphrase_pair pair = {.same = same};
    bool fresh;
    if (a.n > PARAPHRASE_TEXT_MAX || b.n > PARAPHRASE_TEXT_MAX)
        return error_set(e, BAD_DATA, "a text of more than %d bytes", PARAPHRASE_TEXT_MAX);
    enum error_code code = names_add(&t->texts, a, &pair.a, e);
    if (!code)
        code = names_add(&t->texts, b, &pair.b, e);
    if (!code)
        code = paraphrase_learn(t, pair.a, pair.b, &fresh, e);
    return code ? code : paraphrase_put(&t->given, pair, e);
}

/* --- what is implied ------------------------------------------------------------------------- */

struct paraphrase_partner {
    uint32_t text;
    bool same;
};

static enum error_code paraphrase_imply(struct paraphrase_trainer *t,
                                        const struct paraphrase_partner *p, size_t n,
                                        struct error *e) {
    enum error_code code = OK;
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < i && !code; j++) {
            struct paraphrase_pair pair = {p[i].text, p[j].text, p[i].same && p[j].same};
            bool fresh = false;
            if (pair.a != pair.b && (p[i].same || p[j].same))
                code = paraphrase_learn(t, pair.a, pair.b, &fresh, e);
            if (fresh && !code)
                code = paraphrase_put(&t->implied[pair.same], pair, e);
        }
    return code;
}

/* Partners of each text side by side: counted, summed up, filled in. end[i]: where those of text i
 * end. */
static void paraphrase_partners(const struct paraphrase_trainer *t, uint32_t *end,
                                struct paraphrase_partner *partner) {
    for (size_t i = 0; i < t->given.n; i++) {
        end[t->given.item[i].a + 1]++;
        end[t->given.item[i].b + 1]++;
    }
    for (size_t i = 1; i <= t->texts.n; i++)
        end[i] += end[i - 1];
    for (size_t i = 0; i < t->given.n; i++) {
        const struct paraphrase_pair *p = &t->given.item[i];
        partner[end[p->a]++] = (struct paraphrase_partner){p->b, p->same};
        partner[end[p->b]++] = (struct paraphrase_partner){p->a, p->same};
    }
}

static enum error_code paraphrase_imply_all(struct paraphrase_trainer *t, struct error *e) {
    uint32_t *end = memory_zero((t->texts.n + 1) * sizeof *end);
    struct paraphrase_partner *partner = memory_alloc((2 * t->given.n + 1) * sizeof *partner);
    enum error_code code = OK;
    if (!end || !partner)
        code = error_no_memory(e);
    else
        paraphrase_partners(t, end, partner);
    for (size_t i = 0, from = 0; !code && i < t->texts.n; from = end[i++])
        if (end[i] - from <= PARAPHRASE_PARTNERS_MAX)
            code = paraphrase_imply(t, partner + from, end[i] - from, e);
    memory_free(end);
    memory_free(partner);
    return code;
}

static void paraphrase_count(const struct paraphrase_trainer *t, size_t given[2]) {
    given[0] = given[1] = 0;
    for (size_t i = 0; i < t->given.n; i++)
        given[t->given.item[i].same]++;
}

/* How many implied pairs of either kind are used: in the proportion of those given. */
static void paraphrase_share(const struct paraphrase_trainer *t, const size_t given[2],
                             size_t use[2]) {
    for (int k = 0; k < 2; k++) {
        size_t fit = given[!k] ? t->implied[!k].n * given[k] / given[!k] : 0;
        use[k] = fit < t->implied[k].n ? fit : t->implied[k].n;
    }
}

/* --- learning -------------------------------------------------------------------------------- */

static enum linear_part paraphrase_part(const struct paraphrase_pair *pair, bool given) {
    if (pair->a % PARAPHRASE_FOLDS != 0 && pair->b % PARAPHRASE_FOLDS != 0)
        return LINEAR_LEARN;
    return given ? LINEAR_HELD : LINEAR_LATER;
}

/* 'use' of the pairs, spread over all of them. */
static enum error_code paraphrase_read_pairs(struct paraphrase_trainer *t, struct paraphrase *p,
                                             const struct paraphrase_pairs *pairs, size_t use,
                                             const struct poll *poll, struct error *e) {
    enum error_code code = OK;
    for (size_t i = 0; i < use && !code; i++) {
        const struct paraphrase_pair *pair = &pairs->item[i * pairs->n / use];
        if (i % PARAPHRASE_POLL == 0)
            code = poll_check(poll, e);
        if (!code)
            code =
                paraphrase_read(p, names_get(&t->texts, pair->a), names_get(&t->texts, pair->b), e);
        if (!code)
            code = linear_train_add(&t->linear, &p->bag, span_text(pair->same ? "1" : "0"),
                                    paraphrase_part(pair, pairs == &t->given), e);
    }
    return code;
}

static enum error_code paraphrase_read_all(struct paraphrase_trainer *t, struct paraphrase *p,
                                           const size_t given[2], const struct poll *poll,
                                           struct error *e) {
    size_t use[2];
    uint32_t number;
    /* So that label 1 is the one that is the same. */
    enum error_code code = names_add(&t->linear.labels, span_text("0"), &number, e);
    if (!code)
        code = paraphrase_imply_all(t, e);
    paraphrase_share(t, given, use);
    if (!code)
        code = paraphrase_read_pairs(t, p, &t->given, t->given.n, poll, e);
    for (int k = 0; k < 2 && !code; k++)
        code = paraphrase_read_pairs(t, p, &t->implied[k], use[k], poll, e);
    return code;
}

enum error_code paraphrase_train_finish(struct paraphrase_trainer *t, const struct poll *poll,
                                        struct buf *out, struct error *e) {
    size_t given[2];
    paraphrase_count(t, given);
    if (!given[0] || !given[1])
        return error_set(e, BAD_DATA,
                         "%zu pairs that are the same and %zu that are not: both are needed",
                         given[1], given[0]);
    struct paraphrase *p = memory_zero(sizeof *p);
    if (!p)
        return error_no_memory(e);
    t->linear.options = paraphrase_options;
    enum error_code code = paraphrase_read_all(t, p, given, poll, e);
    if (!code)
        code = linear_train_finish(&t->linear, poll, out, e);
    paraphrase_free(p);
    memory_free(p);
    return code;
}

void paraphrase_train_free(struct paraphrase_trainer *t) {
    names_free(&t->texts);
    pairs_free(&t->known);
    memory_free(t->given.item);
    memory_free(t->implied[0].item);
    memory_free(t->implied[1].item);
    linear_train_free(&t->linear);
}
