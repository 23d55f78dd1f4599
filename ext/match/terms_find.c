/* terms_find.c - the codes that a mention most likely means.
 *
 *     高血压,2型糖尿病伴肾病        whole | 高血压 | 2型糖尿病 | 肾病           each is looked for
 *                                  .71     1.0      1.0        .64          x .9, but the whole
 *
 *     E11.2 2型糖尿病性肾病 .71    I10 高血压 .9    E11 2型糖尿病 .9    N28 肾病 .58
 *
 * A code has the best of its scores; every piece has its best code among the k rows.
 */
#include "terms_work.h"
#include "../base/memory.h"

enum { TERMS_VOTERS = 20, TERMS_CANDIDATES_FIRST = 64 };

static const double TERMS_PIECE_WEIGHT = 0.9;
/* The parts of a score where there are aliases; its best term's weighs 1. */
static const double TERMS_PUT_WEIGHT = 1, TERMS_VOTE_WEIGHT = 0.6;

/* From here on it is the term itself, scores 1, and no likeness of others changes that. */
static const double TERMS_SAME = 0.9999;

void terms_work_free(struct terms_work *w) {
    if (!w)
        return;
    normalize_free(&w->text);
    points_free(&w->form);
    grams_free(&w->grams);
    grams_free(&w->name);
    memory_free(w->number);
    terms_query_free(&w->query);
    terms_search_free(&w->plain);
    terms_search_free(&w->put);
    memory_free(w->place);
    memory_free(w->candidate);
    memory_free(w);
}

void terms_answer_free(struct terms_answer *a) {
    memory_free(a->row);
    *a = (struct terms_answer){0};
}

/* ---- one piece ---- */

static enum error_code terms_candidate(struct terms *t, uint32_t code, struct terms_candidate **out,
                                       struct error *e) {
    struct terms_work *w = t->work;
    if (w->place[code]) {
        *out = &w->candidate[w->place[code] - 1];
        return OK;
    }
    if (w->candidates == w->candidate_cap) {
        size_t cap = w->candidate_cap ? 2 * w->candidate_cap : TERMS_CANDIDATES_FIRST;
        struct terms_candidate *all = memory_resize(w->candidate, cap * sizeof *all);
        if (!all)
            return error_no_memory(e);
        w->candidate = all;
        w->candidate_cap = cap;
    }
    *out = &w->candidate[w->candidates++];
    **out = (struct terms_candidate){.code = code, .doc = code};
    w->place[code] = (uint32_t)w->candidates;
    return OK;
}

static void terms_candidates_clear(struct terms_work *w) {
    for (size_t i = 0; i < w->candidates; i++)
        w->place[w->candidate[i].code] = 0;
    w->candidates = 0;
}

/* The codes of the documents most like work->query. */
static enum error_code terms_hits(struct terms *t, size_t k, struct error *e) {
    struct terms_work *w = t->work;
    const struct terms_search *s = &w->plain;
    double votes = 0;
    enum error_code code = terms_index_search(&t->index, &w->query, t->index.docs, k, &w->plain, e);
    for (size_t i = 0; !code && i < s->hits; i++) {
        struct terms_candidate *c;
        double score = (double)s->hit[i].score < TERMS_SAME ? (double)s->hit[i].score : 1;
        code = terms_candidate(t, t->of[s->hit[i].doc], &c, e);
        if (!code && c->best == 0) {
            c->best = score;
            c->doc = s->hit[i].doc;
        }
        if (!code && i < TERMS_VOTERS) {
            c->votes += score * score * score;
            votes += score * score * score;
        }
    }
    for (size_t i = 0; i < w->candidates; i++)
        w->candidate[i].votes /= votes > 0 ? votes : 1;
    return code;
}

/* At least k codes, where there are as many. */
static enum error_code terms_plain(struct terms *t, size_t k, struct error *e) {
    struct terms_work *w = t->work;
    enum error_code code = OK;
    size_t wanted = t->learnt && k < TERMS_VOTERS ? TERMS_VOTERS : k;
    terms_query_clear(&w->query);
    for (size_t i = 0; !code && i < w->grams.n; i++)
        code = terms_query_add(&w->query, &t->index, w->number[i], 1, e);
    for (bool more = !code; more; wanted *= 2) {
        terms_candidates_clear(w);
        code = terms_hits(t, wanted, e);
        more = !code && w->candidates < k && w->plain.hits >= wanted;
    }
    return code;
}

/* Adds the names most like the mention as a standard term would have it, and what they are worth.
 */
static enum error_code terms_put(struct terms *t, size_t k, struct error *e) {
    struct terms_work *w = t->work;
    struct terms_candidate *c;
    terms_query_clear(&w->query);
    enum error_code code =
        terms_rewrite_query(&t->rewrite, &t->index, w->number, w->grams.n, &w->query, e);
    if (!code)
        code = terms_index_search(&t->index, &w->query, t->codes, k, &w->put, e);
    for (size_t i = 0; !code && i < w->put.hits; i++) {
        code = terms_candidate(t, w->put.hit[i].doc, &c, e);
        if (!code && c->best == 0)
            c->best = terms_index_score(&t->index, &w->plain, c->code);
    }
    for (size_t i = 0; !code && i < w->candidates; i++) {
        c = &w->candidate[i];
        double put = terms_index_score(&t->index, &w->put, c->code);
        if (c->best < 1)
            c->best = (c->best + TERMS_PUT_WEIGHT * put + TERMS_VOTE_WEIGHT * c->votes) /
                      (1 + TERMS_PUT_WEIGHT + TERMS_VOTE_WEIGHT);
    }
    return code;
}

/* work->candidate for the characters from a to b. */
static enum error_code terms_look(struct terms *t, struct terms_piece piece, size_t k,
                                  struct error *e) {
    enum error_code code = terms_grams(t, piece.start, piece.end, e);
    if (!code)
        code = terms_numbers(t, e);
    if (!code)
        code = terms_plain(t, k, e);
    return code || !t->learnt ? code : terms_put(t, k, e);
}

/* ---- rows ---- */

/* Whether a is behind b. */
static bool terms_behind(struct terms_row a, struct terms_row b) {
    return a.score != b.score ? a.score < b.score : a.code > b.code;
}

static enum error_code terms_answer_room(struct terms_answer *a, size_t n, struct error *e) {
    if (n <= a->cap)
        return OK;
    struct terms_row *row = memory_resize(a->row, n * sizeof *row);
    if (!row)
        return error_no_memory(e);
    a->row = row;
    a->cap = n;
    return OK;
}

/* Where a row of this code is; n where there is none. */
static size_t terms_row_of(const struct terms_answer *a, uint32_t code) {
    size_t i = 0;
    while (i < a->n && a->row[i].code != code)
        i++;
    return i;
}

static void terms_row_insert(struct terms_answer *a, struct terms_row row) {
    size_t i = a->n++;
    for (; i && terms_behind(a->row[i - 1], row); i--)
        a->row[i] = a->row[i - 1];
    a->row[i] = row;
}

static void terms_row_remove(struct terms_answer *a, size_t at) {
    memmove(a->row + at, a->row + at + 1, (--a->n - at) * sizeof *a->row);
}

/* A better row of the same code takes the place of a worse one; the k + pieces best stay. */
static void terms_offer(struct terms_answer *a, size_t room, struct terms_row row) {
    if (a->n == room && !terms_behind(a->row[a->n - 1], row))
        return;
    size_t same = terms_row_of(a, row.code);
    if (same < a->n) {
        if (!terms_behind(a->row[same], row))
            return;
        terms_row_remove(a, same);
    } else if (a->n == room) {
        a->n--;
    }
    terms_row_insert(a, row);
}

/* The last row that no piece needs gives way to the piece's own. */
static void terms_keep(struct terms_answer *a, size_t k, const struct terms_row *need, size_t n,
                       struct terms_row row) {
    if (terms_row_of(a, row.code) < a->n)
        return;
    for (size_t i = a->n; a->n >= k && i-- > 0;) {
        size_t needed = 0;
        while (needed < n && need[needed].code != a->row[i].code)
            needed++;
        if (needed == n)
            terms_row_remove(a, i);
    }
    if (a->n < k)
        terms_row_insert(a, row);
}

static struct terms_row terms_offer_all(struct terms *t, struct terms_answer *out, size_t k,
                                        uint32_t piece) {
    struct terms_row best = {.score = 0};
    double weight = piece ? TERMS_PIECE_WEIGHT : 1;
    for (size_t i = 0; i < t->work->candidates; i++) {
        const struct terms_candidate *c = &t->work->candidate[i];
        struct terms_row row = {c->code, c->doc, piece, (float)(c->best * weight)};
        if (row.score > 0)
            terms_offer(out, k, row);
        if (row.score > 0 && (best.score == 0 || terms_behind(best, row)))
            best = row;
    }
    return best;
}

/* Normalised characters -> those of the mention. */
static struct terms_piece terms_origin(const struct terms_work *w, struct terms_piece p) {
    const struct points *from = &w->text.from;
    if (p.start >= p.end)
        return (struct terms_piece){0, 0};
    return (struct terms_piece){from->p[p.start], from->p[p.end - 1] + 1u};
}

static enum error_code terms_find_ready(struct terms *t, struct error *e) {
    if (t->work->place)
        return OK;
    t->work->place = memory_zero((t->codes + 1) * sizeof *t->work->place);
    return t->work->place ? OK : error_no_memory(e);
}

enum error_code terms_find(struct terms *t, struct span mention, size_t k, struct terms_answer *out,
                           struct error *e) {
    struct terms_row need[TERMS_PIECES_MAX];
    struct terms_work *w = t->work;
    size_t pieces = 1;
    out->n = 0;
    k = k < TERMS_ROWS_MAX ? k : TERMS_ROWS_MAX;
    enum error_code code = terms_find_ready(t, e);
    if (!code)
        code = terms_answer_room(out, k + 1, e);
    if (!code)
        code = terms_read(t, mention, &pieces, e);
    if (code || k == 0)
        return code;
    out->piece[0] = (struct terms_piece){0, w->text.point.n};
    for (size_t i = 0; !code && i <= (pieces > 1 ? pieces : 0); i++) {
        struct terms_piece p = i ? w->piece[i - 1] : out->piece[0];
        code = terms_look(t, p, k, e);
        struct terms_row best = {0};
        if (!code)
            best = terms_offer_all(t, out, k, (uint32_t)i);
        if (i)
            need[i - 1] = best;
        out->piece[i] = i ? terms_origin(w, p) : p;
    }
    out->piece[0] = terms_origin(w, out->piece[0]);
    for (size_t i = 0; !code && pieces > 1 && i < pieces; i++)
        if (need[i].score > 0)
            terms_keep(out, k, need, pieces, need[i]);
    terms_candidates_clear(w);
    return code;
}
