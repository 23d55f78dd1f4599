/* tag_chain.c - likelihoods along a chain.
 *
 *     肝 癌 术 后      alpha  what leads to a tag     -->
 *     B  E  O  O      beta   what follows it         <--
 *
 * Each character's alphas add up to 1; scale[i] is what they were divided by (Rabiner 1989).
 */
#include "tag_chain.h"
#include "../base/memory.h"

#include <math.h>

static const float TAG_LEAST = -30; /* logits under the best are not told apart */

uint32_t tag_move(const struct tag_chain *c, uint32_t from, uint32_t to) {
    if (from < tag_exits(c))
        return from * tag_exits(c) + (to - tag_out(c));
    bool inside = from >= tag_inside(c, 0), on = to >= tag_inside(c, 0);
    uint32_t type = from - (inside ? tag_inside(c, 0) : tag_begin(c, 0));
    return tag_inner(c, type) + (uint32_t)(inside ? MOVE_IE : MOVE_BE) + on;
}

void tag_layout_make(struct tag_layout *l, const uint32_t *types, uint32_t n_chains) {
    *l = (struct tag_layout){.n_chains = n_chains};
    for (uint32_t i = 0; i < n_chains; i++) {
        struct tag_chain *c = &l->chain[i];
        *c = (struct tag_chain){types[i], l->n_types, l->n_tags, l->n_moves};
        l->n_types += c->types;
        l->n_tags += tag_tags(c);
        l->n_moves += tag_inner(c, c->types);
    }
}

enum error_code tag_trellis_new(struct tag_trellis **out, struct error *e) {
    struct tag_trellis *t = *out = memory_zero(sizeof *t);
    if (!t)
        return error_no_memory(e);
    size_t bytes = (size_t)CHUNK_MAX * (4 * TAG_TYPES_MAX + 1) * sizeof(float);
    t->local = memory_alloc(bytes);
    t->alpha = memory_alloc(bytes);
    t->beta = memory_alloc(bytes);
    return t->local && t->alpha && t->beta ? OK : error_no_memory(e);
}

void tag_trellis_free(struct tag_trellis *t) {
    if (!t)
        return;
    memory_free(t->local);
    memory_free(t->alpha);
    memory_free(t->beta);
    memory_free(t);
}

/* Likelihoods of what has been read: of the first character's tags after none, or of to's. */
static void tag_trellis_forward(const struct tag_trellis *t, const struct tag_chain *c,
                                const float *from, float *to) {
    uint32_t k = c->types, exits = tag_exits(c);
    float *entry = to + tag_out(c);
    memset(to, 0, tag_tags(c) * sizeof *to);
    if (!from) {
        memcpy(entry, t->weight + tag_out(c) * exits, exits * sizeof *entry);
        return;
    }
    for (uint32_t u = 0; u < exits; u++)
        for (uint32_t v = 0; v < exits; v++)
            entry[v] += from[u] * t->weight[u * exits + v];
    const float *begin = from + tag_begin(c, 0), *inside = from + tag_inside(c, 0);
    for (uint32_t i = 0; i < k; i++) {
        const float *w = t->weight + tag_inner(c, i);
        to[i] = begin[i] * w[MOVE_BE] + inside[i] * w[MOVE_IE];
        to[tag_inside(c, i)] = begin[i] * w[MOVE_BI] + inside[i] * w[MOVE_II];
    }
}

/* after: beta times local of the character behind. */
static void tag_trellis_backward(const struct tag_trellis *t, const struct tag_chain *c,
                                 const float *after, float *to) {
    uint32_t exits = tag_exits(c);
    const float *entry = after + tag_out(c), *inside = after + tag_inside(c, 0);
    for (uint32_t u = 0; u < exits; u++) {
        float sum = 0;
        for (uint32_t v = 0; v < exits; v++)
            sum += t->weight[u * exits + v] * entry[v];
        to[u] = sum;
    }
    for (uint32_t i = 0; i < c->types; i++) {
        const float *w = t->weight + tag_inner(c, i);
        to[tag_begin(c, i)] = w[MOVE_BE] * after[i] + w[MOVE_BI] * inside[i];
        to[tag_inside(c, i)] = w[MOVE_IE] * after[i] + w[MOVE_II] * inside[i];
    }
}

static void tag_trellis_local(struct tag_trellis *t, const struct tag_chain *c, const float *score,
                              size_t stride, size_t n) {
    uint32_t tags = tag_tags(c);
    for (size_t i = 0; i < n; i++) {
        const float *s = score + i * stride;
        float most = s[0];
        for (uint32_t v = 1; v < tags; v++)
            most = fmaxf(most, s[v]);
        for (uint32_t v = 0; v < tags; v++)
            t->local[i * tags + v] = expf(fmaxf(s[v] - most, TAG_LEAST));
    }
}

void tag_trellis_run(struct tag_trellis *t, const struct tag_chain *c, const float *score,
                     size_t stride, const float *move, size_t n) {
    uint32_t tags = tag_tags(c), exits = tag_exits(c);
    float end = 0, after[TAG_TAGS_MAX];
    for (uint32_t i = 0; i < tag_inner(c, c->types); i++)
        t->weight[i] = expf(fminf(fmaxf(move[i], TAG_LEAST), -TAG_LEAST));
    tag_trellis_local(t, c, score, stride, n);
    for (size_t i = 0; i < n; i++) {
        float *a = t->alpha + i * tags, sum = 0;
        tag_trellis_forward(t, c, i ? a - tags : NULL, a);
        for (uint32_t v = 0; v < tags; v++)
            sum += a[v] *= t->local[i * tags + v];
        for (uint32_t v = 0; v < tags; v++)
            a[v] /= sum;
        t->scale[i] = sum;
    }
    for (uint32_t v = 0; v < exits; v++)
        end += t->alpha[(n - 1) * tags + v];
    for (uint32_t v = 0; v < tags; v++)
        t->beta[(n - 1) * tags + v] = v < exits ? 1 / end : 0;
    for (size_t i = n - 1; i-- > 0;) {
        const float *b = t->beta + (i + 1) * tags, *local = t->local + (i + 1) * tags;
        for (uint32_t v = 0; v < tags; v++)
            after[v] = b[v] * local[v] / t->scale[i + 1];
        tag_trellis_backward(t, c, after, t->beta + i * tags);
    }
}

float tag_trellis_mention(const struct tag_trellis *t, const struct tag_chain *c, uint32_t type,
                          size_t start, size_t end) {
    uint32_t tags = tag_tags(c), single = tag_single(c, type), before = tag_begin(c, type);
    if (end - start == 1)
        return t->alpha[start * tags + single] * t->beta[start * tags + single];
    float p = t->alpha[start * tags + before];
    for (size_t i = start + 1; i < end; i++) {
        uint32_t tag = i + 1 < end ? tag_inside(c, type) : type;
        p *= t->weight[tag_move(c, before, tag)] * t->local[i * tags + tag] / t->scale[i];
        before = tag;
    }
    return p * t->beta[(end - 1) * tags + before];
}
