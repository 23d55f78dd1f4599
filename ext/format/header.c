/* header.c - which field of a record a column is.
 *
 *     header   id,department,title,question          plan->where   field
 *              0  1          2     3                 "ask|question"    3
 *                                                    "#1"              0
 *                                                    "label"          -1
 *
 * A header has at most HEADER_NAMES_MAX names, so that searching it from its start is quick enough.
 */
#include "header.h"
#include "../base/encoding.h"
#include "../base/utf8.h"
#include "json_walk.h"

#include <stdio.h>
#include <stdlib.h>

enum { HEADER_SHOWN = 200 /* bytes of a header in a message */ };

enum error_code header_add(struct header *h, struct span name, struct error *e) {
    if (h->count == HEADER_NAMES_MAX)
        return error_set(e, BAD_FILE, "more than %d columns", HEADER_NAMES_MAX);
    size_t used;
    enum error_code code =
        utf8_valid(name) == name.n
            ? buf_add_span(&h->text, name, e)
            : encoding_decode(ENCODING_GB18030, ENCODING_REPLACE, name, true, &used, &h->text, e);
    if (!code)
        h->end[h->count++] = (uint32_t)h->text.n;
    return code;
}

struct span header_name(const struct header *h, unsigned i) {
    return span_slice(buf_span(&h->text), i ? h->end[i - 1] : 0, h->end[i]);
}

int header_find(const struct header *h, struct span name) {
    for (unsigned i = 0; i < h->count; i++)
        if (span_same(header_name(h, i), name))
            return (int)i;
    return HEADER_NONE;
}

void header_free(struct header *h) {
    buf_free(&h->text);
    h->count = 0;
}

/* ---- the option 'columns' ---- */

static enum error_code header_parse_names(struct header *h, struct span array, struct error *e) {
    struct buf name = {0};
    struct span key, value;
    enum error_code code = OK;
    for (size_t at = 0; !code && json_each(array, &at, &key, &value); name.n = 0) {
        if (!json_is_string(value))
            code = error_set(e, BAD_USE, "the option 'columns' holds something that is no name");
        if (!code)
            code = json_unescape(json_inside(value), true, &name, e);
        if (!code)
            code = header_add(h, buf_span(&name), e);
    }
    buf_free(&name);
    return code;
}

enum error_code header_parse(struct header *h, const char *json, struct error *e) {
    struct span s = span_text(json);
    struct json_fault fault;
    size_t end, at = json_blank(s, 0);
    if (at == s.n || s.p[at] != '[' || json_check(s, at, &end, &fault) != JSON_FINE ||
        json_blank(s, end) != s.n)
        return error_set(e, BAD_USE, "the option 'columns' is not a JSON array of names");
    return header_parse_names(h, span_slice(s, at, end), e);
}

/* ---- unique names ---- */

/* Appends name, or name_2, name_3, ...; tried: per name in h, the last number that was. */
static enum error_code header_add_unique(struct header *h, struct span name,
                                         unsigned tried[HEADER_NAMES_MAX], struct error *e) {
    int same = header_find(h, name);
    if (same < 0)
        return header_add(h, name, e);
    struct buf numbered = {0};
    enum error_code code;
    do {
        unsigned number = tried[same] ? tried[same] + 1 : 2;
        tried[same] = number;
        numbered.n = 0;
        code = buf_add_span(&numbered, name, e);
        if (!code)
            code = buf_add_byte(&numbered, '_', e);
        if (!code)
            code = buf_add_integer(&numbered, number, e);
    } while (!code && header_find(h, buf_span(&numbered)) >= 0);
    if (!code)
        code = header_add(h, buf_span(&numbered), e);
    buf_free(&numbered);
    return code;
}

enum error_code header_unique(struct header *h, struct error *e) {
    struct header unique = {0};
    unsigned tried[HEADER_NAMES_MAX] = {0};
    enum error_code code = OK;
    for (unsigned i = 0; !code && i < h->count; i++) {
        struct span name = header_name(h, i);
        char number[24];
        snprintf(number, sizeof number, "column%u", i + 1);
        code = header_add_unique(&unique, name.n ? name : span_text(number), tried, e);
    }
    if (code) {
        header_free(&unique);
        return code;
    }
    header_free(h);
    *h = unique;
    return OK;
}

/* ---- columns ---- */

/* The next of the names that '|' parts. */
static struct span header_alternative(struct span *rest) {
    size_t end = span_find(*rest, 0, '|');
    struct span name = span_slice(*rest, 0, end);
    *rest = span_from(*rest, end + 1);
    return name;
}

static int header_search(const struct header *h, const char *where) {
    struct span rest = span_text(where);
    int field = HEADER_NONE;
    while (field < 0 && rest.n)
        field = header_find(h, header_alternative(&rest));
    return field;
}

/* 'ask' or 'question' */
static enum error_code header_add_wanted(struct buf *to, const char *where, struct error *e) {
    const char *before = "'";
    struct span rest = span_text(where);
    enum error_code code = OK;
    while (!code && rest.n) {
        code = buf_add_text(to, before, e);
        if (!code)
            code = buf_add_span(to, header_alternative(&rest), e);
        before = "' or '";
    }
    return code ? code : buf_add_text(to, "'", e);
}

/* (department,title,...) */
static enum error_code header_add_names(const struct header *h, struct buf *to, struct error *e) {
    size_t limit = to->n + HEADER_SHOWN;
    enum error_code code = buf_add_text(to, "(", e);
    for (unsigned i = 0; !code && i < h->count; i++) {
        struct span name = header_name(h, i);
        bool fits = to->n + name.n < limit;
        if (i)
            code = buf_add_byte(to, ',', e);
        if (!code)
            code = fits ? buf_add_span(to, name, e) : buf_add_text(to, "...", e);
        if (!fits)
            break;
    }
    return code ? code : buf_add_text(to, ")", e);
}

static enum error_code header_missing(const struct header *h, const char *where, struct error *e) {
    if (where[0] == '#')
        return error_set(e, BAD_FILE, "no field %s: the first record has %u", where + 1, h->count);
    struct buf text = {0};
    enum error_code code = header_add_wanted(&text, where, e);
    if (!code)
        code = buf_add_text(&text, " in the header ", e);
    if (!code)
        code = header_add_names(h, &text, e);
    if (!code)
        code = error_set(e, BAD_FILE, "no column %.*s", (int)text.n, (const char *)text.p);
    buf_free(&text);
    return code;
}

enum error_code header_map(const struct header *h, const struct format_plan *plan,
                           int field[FORMAT_COLUMNS_MAX], struct error *e) {
    for (unsigned i = 0; i < plan->columns; i++) {
        const char *where = plan->where[i];
        field[i] = HEADER_NONE;
        if (!where || where[0] == '@')
            continue;
        field[i] = where[0] == '#' ? atoi(where + 1) - 1 : header_search(h, where);
        bool there = field[i] >= 0 && field[i] < (int)h->count;
        if (!there && plan->required >> i & 1)
            return header_missing(h, where, e);
    }
    return OK;
}
