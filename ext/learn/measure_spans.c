/* measure_spans.c - gold spans against predicted ones.
 *
 *     gold       [2,4) sym   [6,10) dis
 *     predicted  [2,4) sym   [7,10) dis   [0,1) sym
 *     strict     1 right of 3, 1 found of 2      relaxed  2 right of 3, 2 found of 2
 *
 * Both sides are sorted by type, then end; the types are walked side by side. The relaxed
 * pairing takes the span that ends first, of either side, and pairs it with that overlapping
 * one of the other side which ends first: an exchange argument shows that no pairing has more
 * pairs. The spans that have begun wait in a heap a side, so n spans take n log n.
 */
#include "../base/memory.h"
#include "measure.h"

/* Spans of one type in one document. */
struct measure_side {
    const struct text_span *item;
    size_t n;
    uint32_t *by_start; /* numbers of the items, by start */
    uint32_t *heap;     /* those that have begun and are free, the first to end on top */
    uint32_t *paired;   /* 1 a paired item */
    size_t begun, waiting;
};

static uint64_t measure_strict(const struct measure_side *a, const struct measure_side *b) {
    uint64_t same = 0;
    for (size_t i = 0, j = 0; i < a->n && j < b->n;) {
        int c = spans_compare_type_first(&a->item[i], &b->item[j]);
        same += c == 0;
        i += c <= 0;
        j += c >= 0;
    }
    return same;
}

/* ---- relaxed ---- */

/* Items are numbered by their ends, so the lower number ends first. */
static void measure_heap_push(struct measure_side *s, uint32_t number) {
    size_t at = s->waiting++;
    for (; at > 0 && s->heap[(at - 1) / 2] > number; at = (at - 1) / 2)
        s->heap[at] = s->heap[(at - 1) / 2];
    s->heap[at] = number;
}

static void measure_heap_pop(struct measure_side *s) {
    uint32_t moved = s->heap[--s->waiting];
    size_t at = 0;
    for (size_t child; (child = 2 * at + 1) < s->waiting; at = child) {
        if (child + 1 < s->waiting && s->heap[child + 1] < s->heap[child])
            child++;
        if (moved <= s->heap[child])
            break;
        s->heap[at] = s->heap[child];
    }
    s->heap[at] = moved;
}

static void measure_sift_start(struct measure_side *s, size_t at, size_t n) {
    uint32_t *order = s->by_start, moved = order[at];
    for (size_t child; (child = 2 * at + 1) < n; at = child) {
        if (child + 1 < n && s->item[order[child]].start < s->item[order[child + 1]].start)
            child++;
        if (s->item[moved].start >= s->item[order[child]].start)
            break;
        order[at] = order[child];
    }
    order[at] = moved;
}

static void measure_sort_start(struct measure_side *s) {
    for (uint32_t i = 0; i < s->n; i++)
        s->by_start[i] = i;
    for (size_t i = s->n / 2; i-- > 0;)
        measure_sift_start(s, i, s->n);
    for (size_t n = s->n; n-- > 1;) {
        uint32_t top = s->by_start[0];
        s->by_start[0] = s->by_start[n];
        s->by_start[n] = top;
        measure_sift_start(s, 0, n);
    }
}

/* Pairs item i of 'own', which ends no later than any unseen span, with one of 'other'. */
static uint64_t measure_pair(struct measure_side *own, size_t i, struct measure_side *other) {
    const struct text_span *t = &own->item[i];
    if (own->paired[i] || t->start == t->end)
        return 0;
    while (other->begun < other->n && other->item[other->by_start[other->begun]].start < t->end)
        measure_heap_push(other, other->by_start[other->begun++]);
    while (other->waiting) {
        uint32_t top = other->heap[0];
        const struct text_span *o = &other->item[top];
        bool gone = other->paired[top] || o->start == o->end || o->end <= t->start;
        measure_heap_pop(other);
        if (gone)
            continue;
        own->paired[i] = other->paired[top] = 1;
        return 1;
    }
    return 0;
}

static uint64_t measure_relaxed(struct measure_side *a, struct measure_side *b) {
    uint64_t pairs = 0;
    measure_sort_start(a);
    measure_sort_start(b);
    for (size_t i = 0, j = 0; i < a->n || j < b->n;) {
        if (j == b->n || (i < a->n && a->item[i].end <= b->item[j].end))
            pairs += measure_pair(a, i++, b);
        else
            pairs += measure_pair(b, j++, a);
    }
    return pairs;
}

/* Room for three numbers an item of both sides. */
static enum error_code measure_room(struct measure_spans *m, struct measure_side *a,
                                    struct measure_side *b, struct error *e) {
    size_t n = 3 * (a->n + b->n);
    if (n > m->room_cap) {
        uint32_t *room = memory_resize(m->room, n * sizeof *room);
        if (!room) {
            error_no_memory(e);
            return NO_MEMORY;
        }
        m->room = room;
        m->room_cap = n;
    }
    memset(m->room, 0, n * sizeof *m->room);
    a->by_start = m->room;
    a->heap = a->by_start + a->n;
    a->paired = a->heap + a->n;
    b->by_start = a->paired + a->n;
    b->heap = b->by_start + b->n;
    b->paired = b->heap + b->n;
    return OK;
}

/* ---- a document ---- */

/* The run of spans from *at on that have this type. */
static struct measure_side measure_take(const struct spans *s, size_t *at, struct span type) {
    struct measure_side side = {.item = s->n ? s->item + *at : NULL};
    while (side.item && *at < s->n && span_same(s->item[*at].type, type)) {
        side.n++;
        (*at)++;
    }
    return side;
}

static enum error_code measure_spans_type(struct measure_spans *m, struct span type,
                                          struct measure_side *gold, struct measure_side *predicted,
                                          struct error *e) {
    struct measure_count *count = NULL;
    enum error_code code = measure_types_at(&m->types, type, &count, e);
    if (!code && m->relaxed)
        code = measure_room(m, gold, predicted, e);
    if (code)
        return code;
    count->gold += gold->n;
    count->predicted += predicted->n;
    count->tp += m->relaxed ? measure_relaxed(gold, predicted) : measure_strict(gold, predicted);
    return OK;
}

static enum error_code measure_parse(struct spans *s, struct span json, const char *side,
                                     struct error *e) {
    struct error why = {0};
    enum error_code code = spans_parse(s, json, &why);
    if (code)
        return error_set(e, code, "%s: %s", side, why.text);
    spans_order(s, spans_compare_type_first);
    spans_unique(s);
    return OK;
}

/* The first type in order of those that the two lists go on with; one of them does. */
static struct span measure_first_type(const struct spans *a, size_t i, const struct spans *b,
                                      size_t j) {
    bool from_a =
        i < a->n && (j >= b->n || spans_compare_types(a->item[i].type, b->item[j].type) <= 0);
    return from_a ? a->item[i].type : b->item[j].type;
}

enum error_code measure_spans_add(struct measure_spans *m, struct span gold, struct span predicted,
                                  struct error *e) {
    enum error_code code = measure_parse(&m->gold, gold, "gold", e);
    if (!code)
        code = measure_parse(&m->predicted, predicted, "predicted", e);
    for (size_t i = 0, j = 0; !code && (i < m->gold.n || j < m->predicted.n);) {
        struct span type = measure_first_type(&m->gold, i, &m->predicted, j);
        struct measure_side a = measure_take(&m->gold, &i, type);
        struct measure_side b = measure_take(&m->predicted, &j, type);
        code = measure_spans_type(m, type, &a, &b, e);
    }
    return code;
}

void measure_spans_free(struct measure_spans *m) {
    measure_types_free(&m->types);
    spans_free(&m->gold);
    spans_free(&m->predicted);
    memory_free(m->room);
    m->room = NULL;
    m->room_cap = 0;
}
