/* tag_crf.c - learning from one chunk.
 *
 *     features --weights--> score --trellis--> how likely each tag is
 *                                  - gold       slope, character by tag
 *     features <--AdaGrad-- slope               a block of weights for each slot that is wrong
 *
 * Memory: 12 bytes a tag of each slot that ever was.
 */
#include "tag_crf.h"
#include "../base/memory.h"

#include <math.h>

static const float TAG_RATE = 0.05f;   /* of AdaGrad */
static const float TAG_DECAY = 0.02f;  /* of a weight that is corrected: keeps it short */
static const float TAG_SURE = 0.01f;   /* slopes below it are nothing to learn from */
static const float TAG_SMOOTH = 1e-3f; /* of AdaGrad's root */

enum { TAG_CRF_BLOCKS = 4096 };

/* --- memory ---------------------------------------------------------------------------------- */

enum error_code tag_crf_open(struct tag_crf *c, const struct tag_layout *layout, uint32_t slots,
                             struct error *e) {
    size_t scores = (size_t)CHUNK_MAX * layout->n_tags, moves = layout->n_moves;
    *c = (struct tag_crf){.layout = layout, .steps = 1};
    c->block = memory_zero(slots * sizeof *c->block);
    c->score = memory_alloc(scores * sizeof *c->score);
    c->slope = memory_alloc(scores * sizeof *c->slope);
    c->move = memory_zero(moves * sizeof *c->move);
    c->move_total = memory_zero(moves * sizeof *c->move);
    c->move_squares = memory_zero(moves * sizeof *c->move);
    c->move_slope = memory_alloc(moves * sizeof *c->move);
    bool there = c->block && c->score && c->slope && c->move && c->move_total && c->move_squares &&
                 c->move_slope;
    return there ? tag_trellis_new(&c->trellis, e) : error_no_memory(e);
}

void tag_crf_close(struct tag_crf *c) {
    memory_free(c->block);
    memory_free(c->weight);
    memory_free(c->total);
    memory_free(c->squares);
    memory_free(c->move);
    memory_free(c->move_total);
    memory_free(c->move_squares);
    memory_free(c->score);
    memory_free(c->slope);
    memory_free(c->move_slope);
    tag_trellis_free(c->trellis);
    *c = (struct tag_crf){0};
}

static enum error_code tag_crf_grow(float **p, size_t tags, size_t from, size_t to,
                                    struct error *e) {
    float *moved = memory_resize(*p, to * tags * sizeof *moved);
    if (!moved)
        return error_no_memory(e);
    memset(moved + from * tags, 0, (to - from) * tags * sizeof *moved);
    *p = moved;
    return OK;
}

static enum error_code tag_crf_block(struct tag_crf *c, uint32_t slot, struct error *e) {
    size_t tags = c->layout->n_tags;
    enum error_code code = OK;
    if (c->block[slot])
        return OK;
    if (c->n_blocks + 1 >= c->cap) {
        size_t from = c->cap, to = from ? from + from / 2 : TAG_CRF_BLOCKS;
        if (to * tags > TAG_WEIGHTS_MAX)
            return error_set(e, BAD_DATA, "more than %d weights of a tagger", TAG_WEIGHTS_MAX);
        code = tag_crf_grow(&c->weight, tags, from, to, e);
        if (!code)
            code = tag_crf_grow(&c->total, tags, from, to, e);
        if (!code)
            code = tag_crf_grow(&c->squares, tags, from, to, e);
        if (!code)
            c->cap = (uint32_t)to;
    }
    if (!code)
        c->block[slot] = ++c->n_blocks;
    return code;
}

/* --- a step ---------------------------------------------------------------------------------- */

static void tag_crf_score(struct tag_crf *c, const struct tag_features *f) {
    uint32_t tags = c->layout->n_tags;
    memset(c->score, 0, f->chunk.n * tags * sizeof *c->score);
    for (size_t k = 0; k < f->n; k++)
        for (uint32_t i = 0; i < f->push[k].n; i++) {
            size_t block = c->block[f->push[k].slot + i];
            float *to = c->score + (f->push[k].at + i) * (size_t)tags;
            for (uint32_t t = 0; t < tags && block; t++)
                to[t] += c->weight[block * tags + t];
        }
}

/* Expected moves less those of gold. */
static void tag_crf_moves(struct tag_crf *c, const struct tag_chain *chain, const uint16_t *gold,
                          size_t n) {
    const struct tag_trellis *t = c->trellis;
    uint32_t tags = tag_tags(chain), exits = tag_exits(chain), out = tag_out(chain);
    float *slope = c->move_slope;
    memset(slope, 0, tag_inner(chain, chain->types) * sizeof *slope);
    for (size_t i = 1; i < n; i++) {
        const float *a = t->alpha + (i - 1) * tags, *b = t->beta + i * tags;
        const float *local = t->local + i * tags;
        float entry[TAG_EXITS_MAX];
        for (uint32_t v = 0; v < exits; v++)
            entry[v] = local[out + v] * b[out + v] / t->scale[i];
        for (uint32_t u = 0; u < exits; u++)
            for (uint32_t v = 0; v < exits; v++)
                slope[u * exits + v] += a[u] * t->weight[u * exits + v] * entry[v];
        for (uint32_t k = 0; k < chain->types; k++) {
            uint32_t at = tag_inner(chain, k), inside = tag_inside(chain, k);
            float end = local[k] * b[k] / t->scale[i];
            float on = local[inside] * b[inside] / t->scale[i];
            slope[at + MOVE_BE] += a[tag_begin(chain, k)] * t->weight[at + MOVE_BE] * end;
            slope[at + MOVE_BI] += a[tag_begin(chain, k)] * t->weight[at + MOVE_BI] * on;
            slope[at + MOVE_IE] += a[inside] * t->weight[at + MOVE_IE] * end;
            slope[at + MOVE_II] += a[inside] * t->weight[at + MOVE_II] * on;
        }
        slope[tag_move(chain, gold[i - 1], gold[i])] -= 1;
    }
}

static void tag_crf_step(float slope, float *w, float *total, float *squares, float steps) {
    slope += TAG_DECAY * *w;
    *squares += slope * slope;
    float step = TAG_RATE * slope / (sqrtf(*squares) + TAG_SMOOTH);
    *w -= step;
    *total -= steps * step;
}

static void tag_crf_chain(struct tag_crf *c, const struct tag_chain *chain, const uint16_t *gold,
                          size_t n) {
    uint32_t all = c->layout->n_tags, tags = tag_tags(chain);
    float *move = c->move + chain->first_move;
    tag_trellis_run(c->trellis, chain, c->score + chain->first_tag, all, move, n);
    for (size_t i = 0; i < n; i++) {
        float *slope = c->slope + i * all + chain->first_tag;
        for (uint32_t v = 0; v < tags; v++)
            slope[v] = c->trellis->alpha[i * tags + v] * c->trellis->beta[i * tags + v];
        slope[gold[i]] -= 1;
    }
    tag_crf_moves(c, chain, gold, n);
    for (uint32_t k = 0; k < tag_inner(chain, chain->types); k++)
        if (fabsf(c->move_slope[k]) > TAG_SMOOTH)
            tag_crf_step(c->move_slope[k], move + k, c->move_total + chain->first_move + k,
                         c->move_squares + chain->first_move + k, c->steps);
}

/* Makes slopes that say little nothing, and forgets those that are no number: a score that ran
 * out of its range. Whether any are left. */
static bool tag_crf_slopes(float *slope, uint32_t tags) {
    bool any = false;
    for (uint32_t t = 0; t < tags; t++) {
        if (!(fabsf(slope[t]) > TAG_SURE))
            slope[t] = 0;
        any |= slope[t] != 0;
    }
    return any;
}

static enum error_code tag_crf_correct(struct tag_crf *c, const struct tag_features *f,
                                       const bool *wrong, struct error *e) {
    uint32_t tags = c->layout->n_tags;
    enum error_code code = OK;
    for (size_t k = 0; k < f->n; k++)
        for (uint32_t i = 0; i < f->push[k].n && !code; i++) {
            size_t at = (size_t)f->push[k].at + i;
            if (!wrong[at])
                continue;
            code = tag_crf_block(c, f->push[k].slot + i, e);
            size_t first = (size_t)c->block[f->push[k].slot + i] * tags;
            const float *slope = c->slope + at * tags;
            for (uint32_t t = 0; t < tags && !code; t++)
                if (slope[t] != 0)
                    tag_crf_step(slope[t], &c->weight[first + t], &c->total[first + t],
                                 &c->squares[first + t], c->steps);
        }
    return code;
}

enum error_code tag_crf_learn(struct tag_crf *c, const struct tag_features *f, const uint16_t *gold,
                              struct error *e) {
    bool wrong[CHUNK_MAX];
    size_t n = f->chunk.n;
    tag_crf_score(c, f);
    for (uint32_t k = 0; k < c->layout->n_chains; k++)
        tag_crf_chain(c, &c->layout->chain[k], gold + (size_t)k * CHUNK_MAX, n);
    for (size_t i = 0; i < n; i++)
        wrong[i] = tag_crf_slopes(c->slope + i * c->layout->n_tags, c->layout->n_tags);
    enum error_code code = tag_crf_correct(c, f, wrong, e);
    c->steps += 1;
    return code;
}

void tag_crf_mean(struct tag_crf *c) {
    size_t n = ((size_t)c->n_blocks + 1) * c->layout->n_tags;
    for (size_t i = 0; i < n && c->n_blocks; i++)
        c->weight[i] -= c->total[i] / c->steps;
    for (uint32_t i = 0; i < c->layout->n_moves; i++)
        c->move[i] -= c->move_total[i] / c->steps;
}
