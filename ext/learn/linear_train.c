/* linear_train.c - from examples to a linear model.
 *
 *     example 0    血压 高 血压高 … -> 3        kept until the end: 8 bytes a feature
 *     number       id[]: the distinct features, ascending; an example's become places in it
 *     row          a label against all others, pass by pass over the examples in random order
 *     end          small weights dropped (linear.h)
 *
 * Memory: the examples, and 4 bytes a feature and row.
 */
#include "linear_train.h"
#include "../base/memory.h"

#include <math.h>
#include <stdlib.h>

enum {
    LINEAR_PASSES = 60, /* over the examples, at most */
    LINEAR_POLL = 1024, /* examples between two looks at the poll */
    LINEAR_NEWTON = 20,
    LINEAR_HELD_LEAST = 20 /* held examples of each label: fewer tell of nothing */
};

static const float LINEAR_NEAR = 0.03f; /* of the optimum, in margins: good enough */

/* --- examples -------------------------------------------------------------------------------- */

/* Room for 'more' behind n items of 'size' bytes. */
static enum error_code linear_train_room(void **p, size_t *cap, size_t n, size_t more, size_t size,
                                         struct error *e) {
    if (n + more <= *cap)
        return OK;
    size_t bigger = *cap * 2 > n + more ? *cap * 2 : n + more + 1024;
    void *moved = memory_resize(*p, bigger * size);
    if (!moved)
        return error_no_memory(e);
    *p = moved;
    *cap = bigger;
    return OK;
}

enum error_code linear_train_add(struct linear_trainer *t, const struct bag *b, struct span label,
                                 enum linear_part part, struct error *e) {
    uint32_t number;
    if (t->n_items + b->n > LINEAR_ITEMS_MAX)
        return error_set(e, BAD_DATA, "more than %d features to learn from", LINEAR_ITEMS_MAX);
    enum error_code code = names_add(&t->labels, label, &number, e);
    if (!code && t->labels.n > LINEAR_LABELS_MAX)
        code = error_set(e, BAD_DATA, "more than %d labels", LINEAR_LABELS_MAX);
    if (!code)
        code = linear_train_room((void **)&t->item, &t->cap_items, t->n_items, b->n,
                                 sizeof *t->item, e);
    if (!code)
        code = linear_train_room((void **)&t->example, &t->cap_examples, t->n_examples, 1,
                                 sizeof *t->example, e);
    if (code)
        return code;
    if (b->n)
        memcpy(t->item + t->n_items, b->item, b->n * sizeof *b->item);
    t->n_items += b->n;
    t->example[t->n_examples++] = (struct linear_example){t->n_items, number, part};
    return OK;
}

/* --- numbering ------------------------------------------------------------------------------- */

static int linear_train_compare(const void *a, const void *b) {
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return x < y ? -1 : x > y;
}

/* Sorts by four passes over eight bits each: n may be many millions. */
static enum error_code linear_train_sort(uint32_t *p, size_t n, struct error *e) {
    uint32_t *spare = memory_alloc((n + 1) * sizeof *spare);
    if (!spare)
        return error_no_memory(e);
    for (unsigned shift = 0; shift < 32; shift += 8) {
        size_t at[257] = {0};
        for (size_t i = 0; i < n; i++)
            at[(p[i] >> shift & 255) + 1]++;
        for (unsigned k = 1; k < 256; k++)
            at[k] += at[k - 1];
        for (size_t i = 0; i < n; i++)
            spare[at[p[i] >> shift & 255]++] = p[i];
        memcpy(p, spare, n * sizeof *p);
    }
    memory_free(spare);
    return OK;
}

/* An item's id becomes its place among all of them. */
static enum error_code linear_train_number(struct linear_trainer *t, struct error *e) {
    t->id = memory_alloc((t->n_items + 1) * sizeof *t->id);
    if (!t->id)
        return error_no_memory(e);
    for (size_t i = 0; i < t->n_items; i++)
        t->id[i] = t->item[i].id;
    enum error_code code = linear_train_sort(t->id, t->n_items, e);
    if (code)
        return code;
    for (size_t i = 0; i < t->n_items; i++)
        if (!t->n_ids || t->id[i] != t->id[t->n_ids - 1])
            t->id[t->n_ids++] = t->id[i];
    for (size_t i = 0; i < t->n_items; i++) {
        const uint32_t *at =
            bsearch(&t->item[i].id, t->id, t->n_ids, sizeof *t->id, linear_train_compare);
        t->item[i].id = (uint32_t)(at - t->id);
    }
    return OK;
}

static enum error_code linear_train_room_for_weights(struct linear_trainer *t, struct error *e) {
    size_t n = (size_t)t->n_ids * t->rows;
    if (n > LINEAR_TABLE_MAX)
        return error_set(e, BAD_DATA, "%u features times %u labels are too many to learn",
                         (unsigned)t->n_ids, (unsigned)t->rows);
    t->weight = memory_alloc((n + 1) * sizeof *t->weight);
    t->bias = memory_alloc(t->rows * sizeof *t->bias);
    t->row = memory_alloc(((size_t)t->n_ids + 1) * sizeof *t->row);
    t->alpha = memory_alloc(t->n_examples * sizeof *t->alpha);
    t->square = memory_alloc(t->n_examples * sizeof *t->square);
    t->order = memory_alloc(t->n_examples * sizeof *t->order);
    return t->weight && t->bias && t->row && t->alpha && t->square && t->order ? OK
                                                                               : error_no_memory(e);
}

static enum error_code linear_train_prepare(struct linear_trainer *t, struct error *e) {
    if (t->labels.n < 2)
        return error_set(e, BAD_DATA, "there must be two labels or more to learn, not %zu",
                         t->labels.n);
    enum error_code code = linear_train_number(t, e);
    t->rows = linear_rows((uint32_t)t->labels.n);
    if (!code)
        code = linear_train_room_for_weights(t, e);
    for (size_t x = 0, i = 0; x < t->n_examples && !code; x++)
        for (t->square[x] = 1; i < t->example[x].end; i++)
            t->square[x] += t->item[i].value * t->item[i].value;
    t->random = t->options.seed * 2654435761u + 1;
    return code;
}

/* --- learning -------------------------------------------------------------------------------- */

static uint32_t linear_train_random(struct linear_trainer *t) {
    t->random ^= t->random << 13; /* Marsaglia's xorshift */
    t->random ^= t->random >> 17;
    return t->random ^= t->random << 5;
}

static void linear_train_shuffle(struct linear_trainer *t) {
    for (size_t i = t->n_order; i-- > 1;) {
        size_t k = linear_train_random(t) % (i + 1);
        uint32_t held = t->order[i];
        t->order[i] = t->order[k];
        t->order[k] = held;
    }
}

static float linear_train_score(const struct linear_trainer *t, uint32_t x) {
    const struct bag_item *item = t->item + (x ? t->example[x - 1].end : 0);
    float sum = t->row[t->n_ids];
    for (const struct bag_item *end = t->item + t->example[x].end; item < end; item++)
        sum += t->row[item->id] * item->value;
    return sum;
}

/* Moves the multiplier of one example to its best; gives how far it was from it. */
static float linear_train_example(struct linear_trainer *t, uint32_t x, float y) {
    const struct bag_item *item = t->item + (x ? t->example[x - 1].end : 0);
    float soft = 0.5f / t->options.cost;
    float slope = y * linear_train_score(t, x) - 1 + t->alpha[x] * soft;
    if (slope > 0 && t->alpha[x] == 0)
        return 0;
    float to = fmaxf(t->alpha[x] - slope / (t->square[x] + soft), 0);
    float step = (to - t->alpha[x]) * y;
    t->alpha[x] = to;
    for (const struct bag_item *end = t->item + t->example[x].end; item < end; item++)
        t->row[item->id] += step * item->value;
    t->row[t->n_ids] += step;
    return fabsf(slope);
}

/* t->row becomes the weights of label against all others. */
static enum error_code linear_train_row(struct linear_trainer *t, uint32_t label, bool all,
                                        const struct poll *poll, struct error *e) {
    enum error_code code = OK;
    float worst = 1;
    memset(t->row, 0, ((size_t)t->n_ids + 1) * sizeof *t->row);
    memset(t->alpha, 0, t->n_examples * sizeof *t->alpha);
    t->n_order = 0;
    for (uint32_t i = 0; i < t->n_examples; i++)
        if (all || t->example[i].part == LINEAR_LEARN)
            t->order[t->n_order++] = i;
    for (int pass = 0; pass < LINEAR_PASSES && worst > LINEAR_NEAR && !code; pass++) {
        worst = 0;
        linear_train_shuffle(t);
        for (size_t i = 0; i < t->n_order && !code; i++) {
            uint32_t x = t->order[i];
            if (i % LINEAR_POLL == 0)
                code = poll_check(poll, e);
            worst = fmaxf(worst, linear_train_example(t, x, t->example[x].label == label ? 1 : -1));
        }
    }
    return code;
}

/* One step of Newton's for the logistic regression of held labels on a score + b. */
static void linear_train_newton(const struct linear_trainer *t, double to[2], double from[2]) {
    double g[2] = {0}, h[3] = {1e-6, 0, 1e-6};
    for (uint32_t x = 0; x < t->n_examples; x++) {
        if (t->example[x].part != LINEAR_HELD)
            continue;
        double s = linear_train_score(t, x), p = 1 / (1 + exp(-from[0] * s - from[1]));
        double miss = p - (t->example[x].label == 1), spread = p * (1 - p);
        g[0] += miss * s;
        g[1] += miss;
        h[0] += spread * s * s;
        h[1] += spread * s;
        h[2] += spread;
    }
    double det = h[0] * h[2] - h[1] * h[1];
    to[0] = from[0] - (h[2] * g[0] - h[1] * g[1]) / det;
    to[1] = from[1] - (h[0] * g[1] - h[1] * g[0]) / det;
}

/* The line from scores to logits; the scores themselves where the held examples tell of none. */
static enum error_code linear_train_calibrate(struct linear_trainer *t, double line[2],
                                              const struct poll *poll, struct error *e) {
    size_t held[2] = {0};
    line[0] = 1;
    line[1] = 0;
    for (size_t x = 0; x < t->n_examples; x++)
        if (t->example[x].part == LINEAR_HELD && t->rows == 1)
            held[t->example[x].label]++;
    if (held[0] < LINEAR_HELD_LEAST || held[1] < LINEAR_HELD_LEAST)
        return OK;
    enum error_code code = linear_train_row(t, 1, false, poll, e);
    for (int step = 0; step < LINEAR_NEWTON && !code; step++) {
        double next[2];
        linear_train_newton(t, next, line);
        if (!(next[0] > 0.1 && next[0] < 10 && fabs(next[1]) < 10))
            break;
        line[0] = next[0];
        line[1] = next[1];
    }
    return code;
}

enum error_code linear_train_finish(struct linear_trainer *t, const struct poll *poll,
                                    struct buf *out, struct error *e) {
    double line[2];
    enum error_code code = linear_train_prepare(t, e);
    if (!code)
        code = linear_train_calibrate(t, line, poll, e);
    for (uint32_t r = 0; r < t->rows && !code; r++) {
        code = linear_train_row(t, t->rows == 1 ? 1 : r, true, poll, e);
        for (size_t i = 0; i < t->n_ids; i++)
            t->weight[i * t->rows + r] = (float)(t->row[i] * line[0]);
        t->bias[r] = (float)(t->row[t->n_ids] * line[0] + line[1]);
    }
    struct linear_parts parts = {.use = t->options.use,
                                 .labels = &t->labels,
                                 .bias = t->bias,
                                 .id = t->id,
                                 .weight = t->weight,
                                 .n_ids = t->n_ids,
                                 .small = t->options.small};
    return code ? code : linear_write(&parts, out, e);
}

void linear_train_free(struct linear_trainer *t) {
    names_free(&t->labels);
    memory_free(t->item);
    memory_free(t->example);
    memory_free(t->id);
    memory_free(t->order);
    memory_free(t->square);
    memory_free(t->alpha);
    memory_free(t->row);
    memory_free(t->weight);
    memory_free(t->bias);
    *t = (struct linear_trainer){0};
}
