/* json.c - records of JSON: lines, elements of one array, members of one object.
 *
 *     {"originalText": "…", "entities": [{…}, {…}]}     a record; each "entities.*": two rows
 *     ^ split checks the grammar and notes             ^ item notes the members
 *       the members that columns want                    that columns want
 *
 * json_words.c reads the plan, json_frame.c finds the records, json_slot.c the values of columns,
 * json_lookup.c what stands elsewhere in the record. */
#include "json_state.h"
#include "json_walk.h"

static bool json_one_line(struct span head, size_t from, size_t to) {
    return !memchr(head.p + from, '\n', to - from);
}

/* '{' first: lines, unless the first value runs over several of them. */
static enum json_mode json_mode_object(struct span head, size_t at) {
    struct json_fault f;
    size_t end;
    enum json_end how = json_check(head, at, &end, &f);
    if (how == JSON_FINE)
        return json_one_line(head, at, end) ? JSON_LINES : JSON_VALUES;
    if (json_one_line(head, at, f.at))
        return JSON_LINES;
    bool next_line_opens =
        how == JSON_BAD && f.at < head.n && head.p[f.at] == '{' && head.p[f.at - 1] == '\n';
    return next_line_opens ? JSON_LINES : JSON_VALUES;
}

/* '[' first: one array, unless another value follows it. */
static enum json_mode json_mode_array(struct span head, size_t at) {
    struct json_fault f;
    size_t end;
    if (json_check(head, at, &end, &f) != JSON_FINE)
        return JSON_ARRAY;
    size_t next = json_blank(head, end);
    return next < head.n && (head.p[next] == '[' || head.p[next] == '{') ? JSON_LINES : JSON_ARRAY;
}

static enum error_code json_shape(struct json_state *j, const struct format_plan *plan,
                                  struct span head, struct error *e) {
    const char *each = plan->options ? plan->options->each : NULL;
    const char *shape = plan->shape ? plan->shape : "";
    bool members = each ? strcmp(each, "members") == 0 : strstr(shape, "members") != NULL;
    bool groups = !each && strstr(shape, "groups") != NULL;
    size_t at = json_blank(head, 0);
    uint8_t first = at < head.n ? head.p[at] : 0;
    j->commas = strstr(shape, "commas") != NULL;
    if ((members || groups) && first != '{')
        return error_set(e, BAD_FILE, "a JSON object of records should stand here");
    if (members || groups)
        j->mode = members ? JSON_MEMBERS : JSON_GROUPS;
    else if (first == '{')
        j->mode = json_mode_object(head, at);
    else
        j->mode = first == '[' ? json_mode_array(head, at) : JSON_LINES;
    return OK;
}

static enum error_code json_begin(void *state, const struct format_plan *plan, struct span head,
                                  bool last, size_t *used, struct error *e) {
    struct json_state *j = state;
    (void)last;
    *used = 0;
    j->required = plan->required;
    j->needed = plan->needed;
    enum error_code code = json_columns(j, plan, e);
    if (!code)
        code = json_steps(j, plan->each, e);
    return code ? code : json_shape(j, plan, head, e);
}

static bool json_smells(struct span head) {
    size_t at = json_blank(head, 0);
    return at < head.n && (head.p[at] == '{' || head.p[at] == '[');
}

/* --- split and item -------------------------------------------------------------------------- */

static void json_hear(void *of, struct span key, struct span value) {
    json_note_member(of, JSON_OF_RECORD, key, value);
}

/* Checks a line, and notes on the way what columns want. */
static enum error_code json_line(struct json_state *j, struct span record, struct span *value,
                                 struct error *e) {
    const struct json_ear ear = {json_hear, j};
    struct json_fault f;
    size_t end;
    json_forget(j, JSON_OF_RECORD);
    if (json_check_heard(record, 0, &ear, &end, &f) != JSON_FINE)
        return error_set(e, BAD_DATA, "%s", f.what);
    *value = span_slice(record, 0, end);
    json_note_whole(j, JSON_OF_RECORD, *value);
    size_t behind = json_blank(record, end);
    if (j->commas && behind < record.n && record.p[behind] == ',')
        behind = json_blank(record, behind + 1);
    if (behind < record.n)
        return error_set(e, BAD_DATA, "something stands behind the JSON value of the line");
    return OK;
}

static enum error_code json_split(void *state, struct span record, struct error *e) {
    struct json_state *j = state;
    struct span value = record;
    j->key = (struct span){0};
    j->started = false;
    j->levels = 0;
    for (unsigned i = 0; i < j->lookups; i++)
        j->lookup[i].made = false;
    if (j->mode == JSON_LINES) {
        enum error_code code = json_line(j, record, &value, e);
        if (code)
            return code;
    } else if (j->mode == JSON_MEMBERS) {
        size_t end = json_skip(record, 0);
        j->key = span_slice(record, 0, end);
        value = span_from(record, json_blank(record, json_blank(record, end) + 1));
    } else if (j->mode == JSON_GROUPS) {
        j->key = buf_span(&j->group);
    }
    j->record = j->row = value;
    if (j->mode != JSON_LINES)
        json_note(j, JSON_OF_RECORD, value);
    return json_missing(j, false, e);
}

static enum error_code json_push(struct json_state *j, struct span container, unsigned step,
                                 struct error *e) {
    if (j->levels == JSON_LEVELS_MAX)
        return error_set(e, BAD_DATA, "rows are nested deeper than %d levels", JSON_LEVELS_MAX);
    j->level[j->levels++] = (struct json_level){.container = container, .step = (uint8_t)step};
    return OK;
}

enum json_way { JSON_NOWHERE, JSON_ON, JSON_INTO };

/* Where a step leads from a value: nowhere, on to what value is then, or into its elements. */
static enum json_way json_way(const struct json_step *s, struct span *value) {
    bool array = value->p[0] == '[', object = value->p[0] == '{';
    switch (s->kind) {
    case JSON_MEMBER:
        return json_member(*value, s->name, value) ? JSON_ON : JSON_NOWHERE;
    case JSON_EVERY:
        return array || object ? JSON_INTO : JSON_NOWHERE;
    case JSON_EVERY_OR_SELF:
        return array ? JSON_INTO : JSON_ON;
    case JSON_ELEMENTS:
        return array ? JSON_INTO : JSON_NOWHERE;
    case JSON_ELEMENTS_OR_SCALAR:
        if (object || span_is(*value, "null") || span_is(*value, "\"\""))
            return JSON_NOWHERE;
        return array ? JSON_INTO : JSON_ON;
    default:
        return JSON_ON;
    }
}

/* Follows the steps from 'step' on, into value. *row: it is a row; else a level was opened, or
 * there is nothing. */
static enum error_code json_descend(struct json_state *j, struct span value, unsigned step,
                                    bool *row, struct error *e) {
    *row = false;
    for (; step < j->steps; step++) {
        enum json_way way = json_way(&j->step[step], &value);
        if (way != JSON_ON)
            return way == JSON_INTO ? json_push(j, value, step + 1, e) : OK;
        j->tree = j->step[step].kind == JSON_TREE;
    }
    j->row = value;
    *row = true;
    return OK;
}

/* From the record on; its member that the first step enters was noted. */
static enum error_code json_first(struct json_state *j, bool *row, struct error *e) {
    if (!json_enters(j))
        return json_descend(j, j->record, 0, row, e);
    *row = false;
    return j->into.p ? json_descend(j, j->into, 1, row, e) : OK;
}

static enum error_code json_below(struct json_state *j, struct error *e) {
    struct span children;
    j->tree = false;
    unsigned step = j->steps - 1;
    if (json_member(j->row, j->step[step].name, &children) &&
        (children.p[0] == '[' || children.p[0] == '{'))
        return json_push(j, children, step, e);
    return OK;
}

/* Is the member one that the step leaves out? */
static bool json_left_out(const struct json_state *j, const struct json_level *l) {
    struct span names = l->step ? j->step[l->step - 1].name : (struct span){NULL, 0};
    if (!names.n || !l->key.n || j->step[l->step - 1].kind != JSON_EVERY)
        return false;
    for (names = span_from(names, 1); names.n;)
        if (json_key_is(l->key, json_cut(&names, ',')))
            return true;
    return false;
}

static enum error_code json_next(struct json_state *j, bool *row, struct error *e) {
    enum error_code code = OK;
    *row = false;
    if (!j->started) {
        j->started = true;
        j->tree = false;
        code = json_first(j, row, e);
    } else if (j->tree) {
        code = json_below(j, e);
    }
    while (!code && !*row && j->levels) {
        struct json_level *l = &j->level[j->levels - 1];
        if (!json_each(l->container, &l->at, &l->key, &l->value)) {
            j->levels--;
            continue;
        }
        l->ordinal++;
        if (!json_left_out(j, l))
            code = json_descend(j, l->value, l->step, row, e);
    }
    return code;
}

/* Has the row all that it would be left out without? */
static enum error_code json_kept(struct json_state *j, bool *kept, struct error *e) {
    enum error_code code = OK;
    *kept = true;
    for (unsigned c = 0; !code && *kept && j->needed >> c; c++) {
        struct cell cell;
        if (!(j->needed >> c & 1))
            continue;
        code = json_cell(j, c, &cell, e);
        *kept = cell.kind != CELL_NULL;
    }
    return code;
}

static enum error_code json_item(void *state, bool *more, struct error *e) {
    struct json_state *j = state;
    bool kept = true;
    enum error_code code;
    do {
        code = json_next(j, more, e);
        if (code || !*more)
            break;
        if (j->steps) {
            json_note(j, JSON_OF_ROW, j->row);
            code = json_missing(j, true, e);
        }
        if (!code)
            code = json_kept(j, &kept, e);
    } while (!code && !kept);
    return code;
}

static void json_end(void *state) {
    struct json_state *j = state;
    for (unsigned i = 0; i < j->lookups; i++)
        json_lookup_free(&j->lookup[i]);
    buf_free(&j->group);
    buf_free(&j->number);
}

const struct format format_json = {
    .name = "json",
    .alone = FORMAT_SPLIT_ALONE,
    .state_size = sizeof(struct json_state),
    .smells = json_smells,
    .begin = json_begin,
    .frame = json_frame,
    .split = json_split,
    .item = json_item,
    .cell = json_cell,
    .end = json_end,
};
