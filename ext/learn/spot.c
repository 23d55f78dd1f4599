/* spot.c - mentions by the dictionary and rules.
 *
 *     右侧 股骨 骨折 ， 血压 140/90mmHg       words of the dictionary, longest first
 *     ---- head 骨折 -> disease, 右侧 before it belongs to it
 *                      ---- test  --------- value
 *
 * Time: a comparison a row of spot_table.c for each word; words inside a mention are not looked at.
 */
#include "spot.h"
#include "../text/date.h"
#include "spot_table.h"

/* --- words ----------------------------------------------------------------------------------- */

/* Whether the characters from a to b are z, ASCII in either case. */
static bool spot_is(const struct points *t, size_t a, size_t b, const char *z) {
    return points_match(t, a, z) == b - a;
}

static const char *spot_type(const struct points *t, size_t a, size_t b, uint32_t value) {
    for (const char *const *z = spot_others; *z; z++)
        if (spot_is(t, a, b, *z))
            return NULL;
    for (const struct spot_word *w = spot_words; w->text; w++)
        if (spot_is(t, a, b, w->text))
            return w->type;
    /* A common word that ends like a name is none: 艺术, 发炎; what a medical list has is one. */
    if (dictionary_grade(value) != DICTIONARY_LISTED && b - a < 3)
        return NULL;
    for (const struct spot_word *h = spot_heads; h->text; h++)
        for (size_t at = b - 1; at > a && b - at <= 3; at--)
            if (spot_is(t, at, b, h->text))
                return h->type;
    return NULL;
}

/* Where the mention begins whose word starts at 'at': not before 'least'. */
static size_t spot_start(const struct points *t, size_t at, size_t least) {
    for (const char *const *z = spot_modifiers; *z;) {
        size_t n = 0;
        for (size_t from = at; from > least && at - from < 4 && !n;)
            n = spot_is(t, --from, at, *z) ? at - from : 0;
        at -= n;
        z = n ? spot_modifiers : z + 1;
    }
    return at;
}

/* --- a chunk --------------------------------------------------------------------------------- */

static size_t spot_add(struct spot *s, size_t start, size_t end, const char *type) {
    s->found[s->n_found++] = (struct spot_mention){start, end, type};
    return s->last = end;
}

/* The value or date that starts at 'at': behind it; 'at' where there is none. */
static size_t spot_number(struct spot *s, size_t at) {
    const struct points *t = &s->points;
    while (s->value_there && s->value.start < at)
        s->value_there = value_next(t, &s->value_at, &s->value);
    if (s->value_there && s->value.start == at)
        return spot_add(s, at, s->value.end, "value");
    size_t n = points_digit(t->p[at]) >= 0 && points_digit(points_before(t, at)) < 0
                   ? date_match(t, at)
                   : 0;
    return n ? spot_add(s, at, at + n, "date") : at;
}

/* The longest typed word at 'at'. *match: those before it in the list start at 'at' or behind; the
 * list begins with the last start, and for each with the shortest. */
static size_t spot_dictionary(struct spot *s, size_t at, size_t *match) {
    const struct lattice *l = &s->lattice;
    size_t i = at - s->point;
    while (*match && l->match[*match - 1].from < i)
        --*match;
    for (; *match && l->match[*match - 1].from == i; --*match) {
        const struct lattice_match *m = &l->match[*match - 1];
        const char *type = spot_type(&s->points, at, at + m->length, m->value);
        if (type)
            return spot_add(s, spot_start(&s->points, at, s->last), at + m->length, type);
    }
    return at;
}

static void spot_chunk(struct spot *s) {
    size_t at = s->point += s->chunk.n;
    chunk_read(&s->chunk, model_charset(s->base), s->rest);
    s->rest = span_from(s->rest, s->chunk.bytes);
    lattice_walk(&s->lattice, &s->base->words, &s->chunk);
    s->n_found = s->next = 0;
    at = s->last > at ? s->last : at;
    for (size_t match = s->lattice.n_matches; at < s->point + s->chunk.n;) {
        size_t end = spot_number(s, at);
        if (end == at)
            end = spot_dictionary(s, at, &match);
        at = end > at ? end : at + 1;
    }
}

enum error_code spot_begin(struct spot *s, const struct model *base, struct span text,
                           struct error *e) {
    enum error_code code = points_decode(&s->points, text, e);
    if (code)
        return code;
    s->base = base;
    s->rest = text;
    s->point = s->last = s->chunk.n = s->n_found = s->next = s->value_at = 0;
    s->value_there = value_next(&s->points, &s->value_at, &s->value);
    return OK;
}

bool spot_next(struct spot *s, struct spot_mention *m) {
    while (s->next == s->n_found && s->rest.n)
        spot_chunk(s);
    if (s->next == s->n_found)
        return false;
    *m = s->found[s->next++];
    return true;
}

void spot_free(struct spot *s) {
    points_free(&s->points);
}
