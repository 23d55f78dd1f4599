/* json_frame.c - where records of JSON end.
 *
 *     {"a": 1}⏎{"a": 2}⏎                  lines: framed by their ends alone, checked by split
 *     [{"a": 1}, {"a": 2}]                elements, members and values: framed by walking them,
 *                                         so that an array of any size streams
 *     {"size": 2, "疾病": [{…}, {…}], …}   groups: a frame holds records of one group, whose key
 *                                         is kept, as it may lie in a window that is gone */
#include "json_state.h"
#include "json_walk.h"

static void json_add(struct format_frame *f, size_t from, size_t to) {
    f->record[f->count++] = (struct format_record){(uint32_t)from, (uint32_t)(to - from)};
}

static enum error_code json_lost(struct format_frame *f, size_t at, const char *what,
                                 struct error *e) {
    f->used = at;
    return error_set(e, BAD_FILE, "%s", what);
}

static enum error_code json_frame_lines(struct format_frame *f) {
    f->unchecked = true;
    while (f->count < f->cap && f->used < f->bytes.n) {
        size_t end = span_find(f->bytes, f->used, '\n');
        if (end == f->bytes.n && !f->last)
            break;
        size_t from = json_blank(span_slice(f->bytes, 0, end), f->used); /* of this line alone */
        if (from < end)
            json_add(f, from, end);
        f->used = end < f->bytes.n ? end + 1 : end;
    }
    return OK;
}

/* The key at 'at': where its value starts. *more: the bytes end before it does. */
static enum error_code json_frame_key(struct format_frame *f, size_t at, size_t *value, bool *more,
                                      struct error *e) {
    struct json_fault fault;
    if (f->bytes.p[at] != '"')
        return json_lost(f, at, "a JSON key should stand where something else does", e);
    enum json_end how = json_check_string(f->bytes, at, value, &fault);
    if (how == JSON_BAD || (how == JSON_CUT && f->last))
        return json_lost(f, at, fault.what, e);
    *value = how ? f->bytes.n : json_blank(f->bytes, *value);
    *more = *value >= f->bytes.n;
    if (*more)
        return f->last ? json_lost(f, at, "a JSON object does not end", e) : OK;
    if (f->bytes.p[*value] != ':')
        return json_lost(f, at, "':' should stand behind a JSON key", e);
    *value = json_blank(f->bytes, *value + 1);
    return OK;
}

/* The value at 'at', of a record that begins at 'begin': where it ends. *more: it may go on behind
 * the bytes. */
static enum error_code json_frame_value(struct format_frame *f, size_t begin, size_t at,
                                        size_t *end, bool *more, struct error *e) {
    struct json_fault fault;
    enum json_end how = json_check(f->bytes, at, end, &fault);
    if (how == JSON_BAD || (how == JSON_CUT && f->last))
        return json_lost(f, begin, fault.what, e);
    *more = how == JSON_CUT || (*end == f->bytes.n && !f->last);
    return OK;
}

/* --- elements, members, values --------------------------------------------------------------- */

/* Between records: over blanks, the opening bracket, a comma, the closing bracket. *at: the next
 * record; at the bytes' end there is none yet. */
static enum error_code json_frame_between(struct json_state *j, struct format_frame *f, size_t *at,
                                          bool *found, struct error *e) {
    bool members = j->mode == JSON_MEMBERS;
    uint8_t close = members ? '}' : ']';
    *at = json_blank(f->bytes, f->used);
    *found = false;
    if (*at == f->bytes.n) {
        f->used = *at;
        return OK;
    }
    if (j->expect == JSON_CLOSED)
        return json_lost(f, *at, "something stands behind the end of the JSON", e);
    size_t mark = *at; /* nothing before it need be shown again, unless a record is cut */
    if (j->expect == JSON_FIRST || f->bytes.p[*at] == ',') {
        *at = json_blank(f->bytes, *at + 1);
        if (*at == f->bytes.n)
            return OK;
        if (j->expect == JSON_NEXT || f->bytes.p[*at] != close) {
            *found = true;
            return OK;
        }
    }
    if (f->bytes.p[*at] != close)
        return json_lost(f, mark,
                         members ? "',' or '}' should stand in a JSON object"
                                 : "',' or ']' should stand in a JSON array",
                         e);
    j->expect = JSON_CLOSED;
    f->used = *at + 1;
    return OK;
}

static enum error_code json_frame_values(struct json_state *j, struct format_frame *f,
                                         struct error *e) {
    enum error_code code = OK;
    while (!code && f->count < f->cap) {
        size_t at = json_blank(f->bytes, f->used), value, end = 0;
        bool more = false, found = at < f->bytes.n;
        if (j->mode != JSON_VALUES)
            code = json_frame_between(j, f, &at, &found, e);
        else
            f->used = at;
        if (code || (!found && (j->expect != JSON_CLOSED || f->used == f->bytes.n)))
            break;
        if (!found)
            continue;
        value = at;
        if (j->mode == JSON_MEMBERS)
            code = json_frame_key(f, at, &value, &more, e);
        if (!code && !more)
            code = json_frame_value(f, at, value, &end, &more, e);
        if (code || more)
            break;
        json_add(f, at, end);
        f->used = end;
        j->expect = JSON_NEXT;
    }
    return code;
}

/* --- groups ---------------------------------------------------------------------------------- */

/* Where a mark or the end of what holds it should stand; without a mark, anything may but the end.
 */
static const struct json_between {
    enum json_expect at, behind, closed;
    uint8_t mark, close;
    const char *what;
} json_betweens[] = {
    {JSON_FIRST, JSON_GROUP_FIRST, JSON_CLOSED, '{', '{', "a JSON object should stand here"},
    {JSON_GROUP_FIRST, JSON_GROUP, JSON_CLOSED, 0, '}', NULL},
    {JSON_GROUP_NEXT, JSON_GROUP, JSON_CLOSED, ',', '}',
     "',' or '}' should stand in a JSON object"},
    {JSON_ELEMENT_FIRST, JSON_ELEMENT, JSON_GROUP_NEXT, 0, ']', NULL},
    {JSON_ELEMENT_NEXT, JSON_ELEMENT, JSON_GROUP_NEXT, ',', ']',
     "',' or ']' should stand in a JSON array"},
};

/* f->used is no blank. */
static enum error_code json_group_between(struct json_state *j, struct format_frame *f,
                                          struct error *e) {
    const struct json_between *b = json_betweens;
    uint8_t c = f->bytes.p[f->used];
    if (j->expect == JSON_CLOSED)
        return json_lost(f, f->used, "something stands behind the end of the JSON", e);
    while (b->at != j->expect)
        b++;
    if (b->mark && c != b->mark && c != b->close)
        return json_lost(f, f->used, b->what, e);
    bool marked = c == b->mark, closes = c == b->close;
    j->expect = marked || !closes ? b->behind : b->closed;
    f->used += marked || closes;
    return OK;
}

/* A member: an array is entered, anything else is passed over. One frame is of one group. */
static enum error_code json_group_member(struct json_state *j, struct format_frame *f, bool *more,
                                         struct error *e) {
    size_t at = f->used, value = 0, end = 0;
    *more = f->count > 0;
    enum error_code code = *more ? OK : json_frame_key(f, at, &value, more, e);
    if (code || *more)
        return code;
    if (value < f->bytes.n && f->bytes.p[value] == '[') {
        j->group.n = 0;
        code = buf_add_span(&j->group, span_slice(f->bytes, at, json_skip(f->bytes, at)), e);
        j->expect = JSON_ELEMENT_FIRST;
        f->used = value + 1;
        return code;
    }
    code = json_frame_value(f, at, value, &end, more, e);
    if (!code && !*more) {
        j->expect = JSON_GROUP_NEXT;
        f->used = end;
    }
    return code;
}

static enum error_code json_group_element(struct json_state *j, struct format_frame *f, bool *more,
                                          struct error *e) {
    size_t end = 0;
    enum error_code code = json_frame_value(f, f->used, f->used, &end, more, e);
    if (code || *more)
        return code;
    json_add(f, f->used, end);
    j->expect = JSON_ELEMENT_NEXT;
    f->used = end;
    return OK;
}

static enum error_code json_frame_groups(struct json_state *j, struct format_frame *f,
                                         struct error *e) {
    enum error_code code = OK;
    bool more = false;
    while (!code && !more && f->count < f->cap) {
        f->used = json_blank(f->bytes, f->used);
        if (f->used == f->bytes.n)
            break;
        if (j->expect == JSON_GROUP)
            code = json_group_member(j, f, &more, e);
        else if (j->expect == JSON_ELEMENT)
            code = json_group_element(j, f, &more, e);
        else
            code = json_group_between(j, f, e);
    }
    return code;
}

/* --------------------------------------------------------------------------------------------- */

enum error_code json_frame(void *state, struct format_frame *f, struct error *e) {
    struct json_state *j = state;
    f->unchecked = false;
    if (j->mode == JSON_LINES)
        return json_frame_lines(f);
    enum error_code code =
        j->mode == JSON_GROUPS ? json_frame_groups(j, f, e) : json_frame_values(j, f, e);
    bool open = j->mode != JSON_VALUES && j->expect != JSON_CLOSED;
    if (!code && f->last && !f->count && open)
        return json_lost(
            f, f->bytes.n,
            j->mode == JSON_ARRAY ? "a JSON array does not end" : "a JSON object does not end", e);
    return code;
}
