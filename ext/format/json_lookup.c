/* json_lookup.c - an array of a record, sorted once so that each look-up costs a binary search.
 *
 *     {"node": [{"name": "7", "label": "发热"}, {"name": "3", …}], "link": [{"target": "7"}, …]}
 *
 *     array node, key name      entry  "3" {…}  "7" {"name": "7", "label": "发热"}
 *
 * Sorted by the keys' own bytes and not by a hash of them: no choice of keys makes it slow.
 * Limits: JSON_LOOKUP_MAX elements. */
#include "json_lookup.h"
#include "json_walk.h"

#include "../base/memory.h"
#include "../base/sort.h"

static int json_lookup_compare_text(struct span a, struct span b) {
    size_t n = a.n < b.n ? a.n : b.n;
    int order = n ? memcmp(a.p, b.p, n) : 0;
    return order ? order : (a.n > b.n) - (a.n < b.n);
}

/* Of the same keys, the one that stands first comes first. */
static int json_lookup_compare(const void *a, const void *b) {
    const struct json_lookup_entry *x = a, *y = b;
    int order = json_lookup_compare_text(x->key, y->key);
    return order ? order : (x->value.p > y->value.p) - (x->value.p < y->value.p);
}

static enum error_code json_lookup_grow(struct json_lookup *l, struct error *e) {
    size_t cap = l->cap ? 2 * l->cap : 64;
    if (l->count == JSON_LOOKUP_MAX)
        return error_set(e, BAD_DATA, "more than %d elements to look something up in",
                         JSON_LOOKUP_MAX);
    struct json_lookup_entry *p = memory_resize(l->entry, cap * sizeof *p);
    if (!p)
        return error_no_memory(e);
    l->entry = p;
    l->cap = cap;
    return OK;
}

/* The text of a string or number. What has escapes is made in room, which is there already: what
 * was made before stays where it is. */
static enum error_code json_lookup_text(struct span value, struct buf *room, struct span *text,
                                        struct error *e) {
    *text = json_is_string(value) ? json_inside(value) : value;
    if (!json_is_string(value) || span_find(*text, 0, '\\') == text->n)
        return OK;
    size_t from = room->n;
    enum error_code code = json_unescape(*text, true, room, e);
    *text = span_of(room->p + from, room->n - from);
    return code;
}

static enum error_code json_lookup_add(struct json_lookup *l, struct span element,
                                       struct error *e) {
    struct span key = {NULL, 0};
    enum error_code code = OK;
    if (l->key.n && !json_member(element, l->key, &key))
        return OK;
    if (l->key.n)
        code = json_lookup_text(key, &l->text, &key, e);
    if (!code && l->count == l->cap)
        code = json_lookup_grow(l, e);
    if (!code)
        l->entry[l->count++] = (struct json_lookup_entry){key, element};
    return code;
}

static enum error_code json_lookup_make(struct json_lookup *l, struct span record,
                                        struct error *e) {
    struct span array, key, element;
    l->count = l->text.n = 0;
    l->made = true;
    if (!json_member(record, l->array, &array) || array.p[0] != '[')
        return OK;
    enum error_code code = l->key.n ? buf_reserve(&l->text, array.n, e) : OK;
    for (size_t at = 0; !code && json_each(array, &at, &key, &element);)
        code = json_lookup_add(l, element, e);
    if (!code && l->key.n)
        sort_items(l->entry, l->count, sizeof *l->entry, json_lookup_compare);
    return code;
}

/* The first entry whose key is not before text. */
static size_t json_lookup_lower(const struct json_lookup *l, struct span text) {
    size_t from = 0, to = l->count;
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        if (json_lookup_compare_text(l->entry[middle].key, text) < 0)
            from = middle + 1;
        else
            to = middle;
    }
    return from;
}

enum error_code json_lookup_key(struct json_lookup *l, struct span record, struct span by,
                                bool *found, struct span *value, struct error *e) {
    struct buf room = {0};
    struct span text;
    *found = false;
    enum error_code code = l->made ? OK : json_lookup_make(l, record, e);
    if (!code)
        code = json_lookup_text(by, &room, &text, e);
    if (!code) {
        size_t i = json_lookup_lower(l, text);
        *found = i < l->count && span_same(l->entry[i].key, text);
        if (*found)
            *value = l->entry[i].value;
    }
    buf_free(&room);
    return code;
}

enum error_code json_lookup_number(struct json_lookup *l, struct span record, int64_t n,
                                   bool *found, struct span *value, struct error *e) {
    *found = false;
    enum error_code code = l->made ? OK : json_lookup_make(l, record, e);
    if (code)
        return code;
    *found = n >= 0 && (uint64_t)n < l->count;
    if (*found)
        *value = l->entry[n].value;
    return OK;
}

void json_lookup_free(struct json_lookup *l) {
    memory_free(l->entry);
    buf_free(&l->text);
}
