/* tag.c - mentions in a text.
 *
 *     右  肺  癌  术  后
 *     B   E   B   E*  O       best path of a chain, by Viterbi's algorithm
 *     [右肺]部位 …             mentions of all chains of a chunk, in order
 *
 * Scores are whole numbers, in steps of the model's scale; sums of blocks are kept in 16 bits.
 */
#include "tag.h"
#include "../base/memory.h"
#include "../base/sort.h"

enum {
    TAG_NEVER = -(1 << 22), /* no path; and no path is worse */
    TAG_AHEAD = 8,          /* pushes that are looked ahead */
    TAG_LEVEL = 16,         /* characters after which scores are made small again */
    TAG_ROW = TAG_EXITS_MAX + TAGGER_LANE,
    TAG_LANES_MAX = TAG_TAGS_MAX + TAGGER_LANE
};

/* Numbers that are worked on together. */
typedef uint16_t tag_weights __attribute__((vector_size(2 * TAGGER_LANE)));
typedef int32_t tag_scores __attribute__((vector_size(2 * TAGGER_LANE)));

struct tag_found {
    struct tag_mention at; /* in the chunk's characters */
    uint32_t chain;
    float score;
};

/* Best paths of a chain so far: to each tag of this character, and of the one before. */
struct tag_paths {
    int32_t score[TAG_TAGS_MAX], before[TAG_TAGS_MAX];
    int32_t best[TAG_ROW];
    uint8_t origin[CHUNK_MAX][4 * TAG_TYPES_MAX + 1];
};

struct tag_room {
    const struct tagger *tagger;
    struct span rest;
    size_t point; /* characters before the chunk */
    size_t n_found, next;
    bool scored; /* the chunk's mentions */
    struct tag_found found[CHUNK_MAX * TAG_TYPES_MAX];
    struct tag_paths paths;
    struct tag_features features;
    int16_t score[CHUNK_MAX * TAG_LANES_MAX];
    float *logit, *move; /* for probabilities, once one is asked for */
    struct tag_trellis *trellis;
};

enum error_code tag_room_new(struct tag_room **out, struct error *e) {
    *out = memory_alloc(sizeof **out);
    if (!*out)
        return error_no_memory(e);
    (*out)->tagger = NULL;
    (*out)->logit = (*out)->move = NULL;
    (*out)->trellis = NULL;
    return OK;
}

void tag_room_free(struct tag_room *r) {
    if (!r)
        return;
    memory_free(r->logit);
    memory_free(r->move);
    tag_trellis_free(r->trellis);
    memory_free(r);
}

void tag_room_begin(struct tag_room *r, const struct tagger *t, struct span text) {
    r->tagger = t;
    r->rest = text;
    r->point = r->n_found = r->next = r->features.chunk.n = 0;
}

/* --- scores ---------------------------------------------------------------------------------- */

static void tag_add(int16_t *to, const int16_t *w, uint32_t lanes) {
    for (uint32_t i = 0; i < lanes; i += TAGGER_LANE) {
        tag_weights sum, more;
        memcpy(&sum, to + i, sizeof sum);
        memcpy(&more, w + i, sizeof more);
        sum += more;
        memcpy(to + i, &sum, sizeof sum);
    }
}

/* Blocks lie far apart: those of a push that comes soon are asked for now. */
static void tag_room_fetch(const struct tagger *t, const struct tag_push *push) {
    const uint32_t *block = t->block + push->slot;
    for (uint32_t i = 0; i < push->n; i++)
        if (block[i])
            __builtin_prefetch(t->weight + (size_t)block[i] * t->lanes);
}

static void tag_room_score_chunk(struct tag_room *r) {
    const struct tagger *t = r->tagger;
    const struct tag_features *f = &r->features;
    memset(r->score, 0, f->chunk.n * t->lanes * sizeof *r->score);
    for (size_t k = 0; k < f->n; k++) {
        const uint32_t *block = t->block + f->push[k].slot;
        int16_t *to = r->score + (size_t)f->push[k].at * t->lanes;
        if (k + 2 * TAG_AHEAD < f->n)
            __builtin_prefetch(t->block + f->push[k + 2 * TAG_AHEAD].slot);
        if (k + TAG_AHEAD < f->n)
            tag_room_fetch(t, &f->push[k + TAG_AHEAD]);
        for (uint32_t i = 0; i < f->push[k].n; i++, to += t->lanes)
            if (block[i])
                tag_add(to, t->weight + (size_t)block[i] * t->lanes, t->lanes);
    }
}

/* --- the best path --------------------------------------------------------------------------- */

static void tag_paths_begin(struct tag_paths *p, const struct tag_chain *c, const int16_t *move,
                            const int16_t *score) {
    uint32_t exits = tag_exits(c), out = tag_out(c);
    for (uint32_t v = 0; v < tag_tags(c); v++)
        p->score[v] = TAG_NEVER;
    for (uint32_t v = 0; v < exits; v++)
        p->score[out + v] = move[out * exits + v] + score[out + v];
}

/* best[v]: of all exits, the score times 1 << TAGGER_ORIGIN_BITS plus the exit. */
static void tag_paths_enter(struct tag_paths *p, uint32_t exits, const int32_t *enter,
                            uint32_t row) {
    for (uint32_t v = 0; v < row; v += TAGGER_LANE / 2) {
        const int32_t *move = enter + v;
        tag_scores best, to, better;
        memcpy(&best, move, sizeof best);
        best += p->before[0] * (1 << TAGGER_ORIGIN_BITS);
        for (uint32_t u = 1; u < exits; u++) {
            memcpy(&to, move += row, sizeof to);
            to += p->before[u] * (1 << TAGGER_ORIGIN_BITS) + (int32_t)u;
            better = to > best;
            best = (to & better) | (best & ~better);
        }
        memcpy(p->best + v, &best, sizeof best);
    }
}

/* Inside a mention, and to its end. */
static void tag_paths_on(struct tag_paths *p, const struct tag_chain *c, const int16_t *move,
                         const int16_t *score, uint8_t *origin) {
    uint32_t begin = tag_begin(c, 0), inside = tag_inside(c, 0);
    const int16_t *m = move + tag_inner(c, 0);
    for (uint32_t k = 0; k < c->types; k++, m += TAG_INNER) {
        int32_t b = p->before[begin + k], i = p->before[inside + k];
        int32_t be = b + m[MOVE_BE], ie = i + m[MOVE_IE], bi = b + m[MOVE_BI], ii = i + m[MOVE_II];
        p->score[k] = (be >= ie ? be : ie) + score[k];
        p->score[inside + k] = (bi >= ii ? bi : ii) + score[inside + k];
        origin[k] = (uint8_t)((be >= ie ? begin : inside) + k);
        origin[inside + k] = (uint8_t)((bi >= ii ? begin : inside) + k);
    }
}

/* The best score becomes 0. */
static void tag_paths_level(struct tag_paths *p, uint32_t tags) {
    int32_t most = p->score[0];
    for (uint32_t v = 1; v < tags; v++)
        most = p->score[v] > most ? p->score[v] : most;
    for (uint32_t v = 0; v < tags; v++)
        p->score[v] = p->score[v] - most > TAG_NEVER ? p->score[v] - most : TAG_NEVER;
}

/* Mentions of the path that ends in the best exit, the last one first. */
static void tag_paths_end(const struct tag_paths *p, const struct tag_chain *c, uint32_t number,
                          struct tag_room *r) {
    uint32_t tag = 0;
    for (uint32_t u = 1; u < tag_exits(c); u++)
        if (p->score[u] > p->score[tag])
            tag = u;
    for (size_t i = r->features.chunk.n, end = i; i-- > 0; tag = p->origin[i][tag]) {
        if (tag < tag_out(c))
            end = i + 1;
        bool single = tag > tag_out(c) && tag < tag_begin(c, 0);
        bool begin = tag >= tag_begin(c, 0) && tag < tag_inside(c, 0);
        uint32_t type = tag - (single ? tag_single(c, 0) : tag_begin(c, 0));
        if (single || begin)
            r->found[r->n_found++] =
                (struct tag_found){{i, single ? i + 1 : end, c->first_type + type}, number, 0};
    }
}

static void tag_room_path(struct tag_room *r, uint32_t number) {
    const struct tagger *t = r->tagger;
    const struct tag_chain *c = &t->layout.chain[number];
    const int16_t *move = t->move + c->first_move, *score = r->score + c->first_tag;
    struct tag_paths *p = &r->paths;
    uint32_t exits = tag_exits(c), out = tag_out(c), tags = tag_tags(c);
    tag_paths_begin(p, c, move, score);
    for (size_t i = 1; i < r->features.chunk.n; i++) {
        uint8_t *origin = p->origin[i];
        score += t->lanes;
        if (i % TAG_LEVEL == 1)
            tag_paths_level(p, tags);
        memcpy(p->before, p->score, tags * sizeof *p->score);
        tag_paths_enter(p, exits, t->enter + t->enter_at[number], tagger_row(c));
        for (uint32_t v = 0; v < exits; v++) {
            p->score[out + v] = (p->best[v] >> TAGGER_ORIGIN_BITS) + score[out + v];
            origin[out + v] = (uint8_t)(p->best[v] & ((1 << TAGGER_ORIGIN_BITS) - 1));
        }
        tag_paths_on(p, c, move, score, origin);
    }
    tag_paths_end(p, c, number, r);
}

/* --- mentions -------------------------------------------------------------------------------- */

static int tag_found_compare(const void *a, const void *b) {
    const struct tag_mention *x = &((const struct tag_found *)a)->at;
    const struct tag_mention *y = &((const struct tag_found *)b)->at;
    if (x->start != y->start)
        return x->start < y->start ? -1 : 1;
    if (x->end != y->end)
        return x->end > y->end ? -1 : 1;
    return x->type < y->type ? -1 : x->type > y->type;
}

static void tag_room_chunk(struct tag_room *r) {
    struct tag_features *f = &r->features;
    r->point += f->chunk.n;
    tag_features_read(f, &r->tagger->source, r->rest);
    tag_features_make(f, &r->tagger->source);
    r->rest = span_from(r->rest, f->chunk.bytes);
    tag_room_score_chunk(r);
    r->n_found = r->next = 0;
    r->scored = false;
    for (uint32_t k = 0; k < r->tagger->layout.n_chains; k++)
        tag_room_path(r, k);
    sort_items(r->found, r->n_found, sizeof *r->found, tag_found_compare);
}

bool tag_room_next(struct tag_room *r, struct tag_mention *m) {
    while (r->next == r->n_found && r->rest.n)
        tag_room_chunk(r);
    if (r->next == r->n_found)
        return false;
    *m = r->found[r->next++].at;
    m->start += r->point;
    m->end += r->point;
    return true;
}

/* --- probabilities --------------------------------------------------------------------------- */

static enum error_code tag_room_float(struct tag_room *r, struct error *e) {
    size_t n = (size_t)CHUNK_MAX * TAG_LANES_MAX;
    if (!r->logit)
        r->logit = memory_alloc(n * sizeof *r->logit);
    if (!r->move)
        r->move = memory_alloc(sizeof r->trellis->weight);
    if (!r->trellis) {
        enum error_code code = tag_trellis_new(&r->trellis, e);
        if (code) {
            tag_trellis_free(r->trellis);
            r->trellis = NULL;
            return code;
        }
    }
    return r->logit && r->move ? OK : error_no_memory(e);
}

static void tag_room_probabilities(struct tag_room *r) {
    const struct tagger *t = r->tagger;
    size_t n = r->features.chunk.n;
    float scale = t->header.scale;
    for (size_t i = 0; i < n * t->lanes; i++)
        r->logit[i] = (float)r->score[i] * scale;
    for (uint32_t k = 0; k < t->layout.n_chains; k++) {
        const struct tag_chain *c = &t->layout.chain[k];
        for (uint32_t i = 0; i < tag_inner(c, c->types); i++)
            r->move[i] = (float)t->move[c->first_move + i] * scale;
        tag_trellis_run(r->trellis, c, r->logit + c->first_tag, t->lanes, r->move, n);
        for (size_t i = 0; i < r->n_found; i++)
            if (r->found[i].chain == k)
                r->found[i].score =
                    tag_trellis_mention(r->trellis, c, r->found[i].at.type - c->first_type,
                                        r->found[i].at.start, r->found[i].at.end);
    }
    r->scored = true;
}

enum error_code tag_room_score(struct tag_room *r, double *out, struct error *e) {
    enum error_code code = r->scored ? OK : tag_room_float(r, e);
    if (code)
        return code;
    if (!r->scored)
        tag_room_probabilities(r);
    *out = (double)r->found[r->next - 1].score;
    return OK;
}
