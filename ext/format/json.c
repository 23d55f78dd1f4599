/* json.c - records of JSON: lines, elements of one array, members of one object.
 *
 *     {"originalText": "…", "entities": [{…}, {…}]}     a record; each "entities.*": two rows
 *     ^ split checks the grammar and notes             ^ item notes the members
 *       the members that columns want                    that columns want
 *
 * Lines are framed by their ends alone and checked when they are split; elements and members are
 * framed by walking them, so that an array of any size streams. */
#include "json.h"
#include "json_walk.h"

#include <stdio.h>

enum json_mode { JSON_LINES, JSON_VALUES, JSON_ARRAY, JSON_MEMBERS };
enum json_expect { JSON_FIRST, JSON_NEXT, JSON_CLOSED };
enum json_step_kind { JSON_MEMBER, JSON_EVERY, JSON_EVERY_OR_SELF, JSON_TREE };
enum json_base { JSON_OF_ROW, JSON_OF_RECORD, JSON_KEY, JSON_ORDINAL };

struct json_step {
    enum json_step_kind kind;
    struct span name;
};

/* One alternative of a column: the first name on the way, and the rest of it. */
struct json_slot {
    uint8_t column;
    enum json_base base;
    bool verbatim;     /* a string keeps its quotes and escapes */
    unsigned level;    /* JSON_ORDINAL */
    struct span first; /* empty: the value itself */
    struct span rest;
    struct span found; /* p == NULL: not there */
};

struct json_level {
    struct span container, key;
    size_t at;
    uint32_t ordinal;
    uint8_t step; /* of the steps, the one that goes on below an element */
};

struct json_state {
    struct json_slot slot[JSON_SLOTS_MAX];
    unsigned slots;
    struct json_step step[JSON_STEPS_MAX];
    unsigned steps;
    uint64_t required;
    enum json_mode mode;
    enum json_expect expect;
    bool commas;
    struct span record, key, row;
    struct json_level level[JSON_LEVELS_MAX];
    unsigned levels;
    bool started; /* item was asked for this record */
    bool tree;    /* the row just handed out may have rows below it */
};

/* --- begin: columns and shape ---------------------------------------------------------------- */

static struct span json_cut(struct span *text, char at) {
    size_t n = span_find(*text, 0, (uint8_t)at);
    struct span head = span_slice(*text, 0, n);
    *text = span_from(*text, n + 1);
    return head;
}

static void json_slot_parse(struct json_slot *slot, struct span text, bool rows) {
    slot->base = rows ? JSON_OF_ROW : JSON_OF_RECORD;
    if (span_is(text, "@key")) {
        slot->base = JSON_KEY;
        return;
    }
    if (span_starts(text, "@") && !span_is(text, "@json")) {
        slot->base = JSON_ORDINAL;
        slot->level = (unsigned)text.p[1] - '1';
        return;
    }
    if (span_starts(text, "/")) {
        slot->base = JSON_OF_RECORD;
        text = span_from(text, 1);
    }
    slot->verbatim = span_is(text, "@json");
    if (slot->verbatim || span_is(text, "."))
        return;
    slot->rest = text;
    slot->first = json_cut(&slot->rest, '.');
}

static enum error_code json_columns(struct json_state *j, const struct format_plan *plan,
                                    struct error *e) {
    for (unsigned c = 0; c < plan->columns; c++) {
        if (!plan->where[c] || !((plan->wanted | plan->required) >> c & 1))
            continue;
        struct span rest = span_text(plan->where[c]);
        while (rest.n) {
            if (j->slots == JSON_SLOTS_MAX)
                return error_set(e, BAD_USE, "too many columns");
            struct json_slot *slot = &j->slot[j->slots++];
            *slot = (struct json_slot){.column = (uint8_t)c};
            json_slot_parse(slot, json_cut(&rest, '|'), plan->each != NULL);
        }
    }
    return OK;
}

static enum error_code json_steps(struct json_state *j, const char *each, struct error *e) {
    struct span rest = span_text(each ? each : "");
    while (rest.n) {
        if (j->steps == JSON_STEPS_MAX)
            return error_set(e, BAD_USE, "too many steps");
        struct json_step *step = &j->step[j->steps++];
        struct span word = json_cut(&rest, '.');
        *step = (struct json_step){JSON_MEMBER, word};
        if (span_is(word, "*"))
            step->kind = JSON_EVERY;
        else if (span_is(word, "*?"))
            step->kind = JSON_EVERY_OR_SELF;
        else if (span_starts(word, "**"))
            *step = (struct json_step){JSON_TREE, span_from(word, 2)};
    }
    return OK;
}

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
    size_t at = json_blank(head, 0);
    uint8_t first = at < head.n ? head.p[at] : 0;
    j->commas = strstr(shape, "commas") != NULL;
    if (members && first != '{')
        return error_set(e, BAD_FILE, "a JSON object of records should stand here");
    if (members)
        j->mode = JSON_MEMBERS;
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
    enum error_code code = json_columns(j, plan, e);
    if (!code)
        code = json_steps(j, plan->each, e);
    return code ? code : json_shape(j, plan, head, e);
}

static bool json_smells(struct span head) {
    size_t at = json_blank(head, 0);
    return at < head.n && (head.p[at] == '{' || head.p[at] == '[');
}

/* --- frame ----------------------------------------------------------------------------------- */

static void json_add(struct format_frame *f, size_t from, size_t to) {
    f->record[f->count++] = (struct format_record){(uint32_t)from, (uint32_t)(to - from)};
}

static enum error_code json_frame_lines(struct format_frame *f) {
    f->unchecked = true;
    while (f->count < f->cap && f->used < f->bytes.n) {
        size_t end = span_find(f->bytes, f->used, '\n');
        if (end == f->bytes.n && !f->last)
            break;
        size_t from = json_blank(f->bytes, f->used);
        if (from < end)
            json_add(f, from, end);
        f->used = end < f->bytes.n ? end + 1 : end;
    }
    return OK;
}

static enum error_code json_lost(struct format_frame *f, size_t at, const char *what,
                                 struct error *e) {
    f->used = at;
    return error_set(e, BAD_FILE, "%s", what);
}

/* The record at 'at': where it ends. *more: it may go on behind the window. */
static enum error_code json_frame_value(struct json_state *j, struct format_frame *f, size_t at,
                                        size_t *end, bool *more, struct error *e) {
    struct json_fault fault;
    enum json_end how = JSON_FINE;
    size_t from = at;
    if (j->mode == JSON_MEMBERS) {
        if (f->bytes.p[at] != '"')
            return json_lost(f, at, "a JSON key should stand where something else does", e);
        how = json_check_string(f->bytes, at, &from, &fault);
        if (!how) {
            from = json_blank(f->bytes, from);
            *more = from >= f->bytes.n;
            if (!*more && f->bytes.p[from] != ':')
                return json_lost(f, at, "':' should stand behind a JSON key", e);
            from = json_blank(f->bytes, from + 1);
        }
    }
    if (!how && !*more)
        how = json_check(f->bytes, from, end, &fault);
    if (how == JSON_BAD || (how == JSON_CUT && f->last))
        return json_lost(f, at, fault.what, e);
    *more = *more || how == JSON_CUT || (*end == f->bytes.n && !f->last);
    return *more && f->last ? json_lost(f, at, "a JSON object does not end", e) : OK;
}

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
        size_t at = json_blank(f->bytes, f->used), end = 0;
        bool more = false, found = at < f->bytes.n;
        if (j->mode != JSON_VALUES)
            code = json_frame_between(j, f, &at, &found, e);
        else
            f->used = at;
        if (code || (!found && (j->expect != JSON_CLOSED || f->used == f->bytes.n)))
            break;
        if (!found)
            continue;
        code = json_frame_value(j, f, at, &end, &more, e);
        if (code || more)
            break;
        json_add(f, at, end);
        f->used = end;
        j->expect = JSON_NEXT;
    }
    return code;
}

static enum error_code json_frame(void *state, struct format_frame *f, struct error *e) {
    struct json_state *j = state;
    f->unchecked = false;
    if (j->mode == JSON_LINES)
        return json_frame_lines(f);
    enum error_code code = json_frame_values(j, f, e);
    bool open = j->mode != JSON_VALUES && j->expect != JSON_CLOSED;
    if (!code && f->last && !f->count && open)
        return json_lost(
            f, f->bytes.n,
            j->mode == JSON_ARRAY ? "a JSON array does not end" : "a JSON object does not end", e);
    return code;
}

/* --- split and item -------------------------------------------------------------------------- */

static bool json_slot_takes(const struct json_slot *slot, enum json_base base) {
    return slot->base == base && slot->first.n;
}

/* Notes the members (or elements) of a value that the columns of this base want. */
static void json_note(struct json_state *j, enum json_base base, struct span value) {
    bool any = false;
    for (unsigned i = 0; i < j->slots; i++)
        if (j->slot[i].base == base) {
            j->slot[i].found = j->slot[i].first.n ? (struct span){0} : value;
            any = any || j->slot[i].first.n;
        }
    if (!any || !value.n || (value.p[0] != '{' && value.p[0] != '['))
        return;
    struct span key, v;
    char number[24];
    uint32_t n = 0;
    for (size_t at = 0; json_each(value, &at, &key, &v); n++) {
        bool element = !key.n;
        if (element)
            snprintf(number, sizeof number, "%u", n);
        for (unsigned i = 0; i < j->slots; i++)
            if (json_slot_takes(&j->slot[i], base) &&
                (element ? span_is(j->slot[i].first, number) : json_key_is(key, j->slot[i].first)))
                j->slot[i].found = v;
    }
}

static enum error_code json_line(struct json_state *j, struct span record, struct span *value,
                                 struct error *e) {
    struct json_fault f;
    size_t end;
    if (json_check(record, 0, &end, &f) != JSON_FINE)
        return error_set(e, BAD_DATA, "%s", f.what);
    *value = span_slice(record, 0, end);
    size_t behind = json_blank(record, end);
    if (j->commas && behind < record.n && record.p[behind] == ',')
        behind = json_blank(record, behind + 1);
    if (behind < record.n)
        return error_set(e, BAD_DATA, "something stands behind the JSON value of the line");
    return OK;
}

static enum error_code json_missing(struct json_state *j, struct error *e) {
    for (unsigned i = 0; i < j->slots; i++) {
        const struct json_slot *slot = &j->slot[i];
        unsigned k = i;
        bool there = false;
        for (; k < j->slots && j->slot[k].column == slot->column; k++)
            there = there || j->slot[k].found.p || j->slot[k].base != JSON_OF_RECORD;
        if (!there && j->required >> slot->column & 1)
            return error_set(e, BAD_DATA, "no '%.*s' in the record", (int)slot->first.n,
                             (const char *)slot->first.p);
        i = k - 1;
    }
    return OK;
}

static enum error_code json_split(void *state, struct span record, struct error *e) {
    struct json_state *j = state;
    struct span value = record;
    j->key = (struct span){0};
    j->started = false;
    j->levels = 0;
    if (j->mode == JSON_LINES) {
        enum error_code code = json_line(j, record, &value, e);
        if (code)
            return code;
    } else if (j->mode == JSON_MEMBERS) {
        size_t end = json_skip(record, 0);
        j->key = span_slice(record, 0, end);
        value = span_from(record, json_blank(record, json_blank(record, end) + 1));
    }
    j->record = j->row = value;
    json_note(j, JSON_OF_RECORD, value);
    return json_missing(j, e);
}

static bool json_container(struct span value) {
    return value.n && (value.p[0] == '[' || value.p[0] == '{');
}

static enum error_code json_push(struct json_state *j, struct span container, unsigned step,
                                 struct error *e) {
    if (j->levels == JSON_LEVELS_MAX)
        return error_set(e, BAD_DATA, "rows are nested deeper than %d levels", JSON_LEVELS_MAX);
    j->level[j->levels++] = (struct json_level){.container = container, .step = (uint8_t)step};
    return OK;
}

/* Follows the steps from 'step' on, into value. *row: it is a row; else a level was opened, or
 * there is nothing. */
static enum error_code json_descend(struct json_state *j, struct span value, unsigned step,
                                    bool *row, struct error *e) {
    *row = false;
    for (; step < j->steps; step++) {
        const struct json_step *s = &j->step[step];
        if (s->kind == JSON_TREE) {
            j->tree = true;
            break;
        }
        if (s->kind == JSON_MEMBER) {
            if (!json_member(value, s->name, &value))
                return OK;
            continue;
        }
        if (json_container(value) && (s->kind == JSON_EVERY || value.p[0] == '['))
            return json_push(j, value, step + 1, e);
        if (s->kind == JSON_EVERY)
            return OK;
    }
    j->row = value;
    *row = true;
    return OK;
}

static enum error_code json_below(struct json_state *j, struct error *e) {
    struct span children;
    j->tree = false;
    unsigned step = j->steps - 1;
    if (json_member(j->row, j->step[step].name, &children) && json_container(children))
        return json_push(j, children, step, e);
    return OK;
}

static enum error_code json_item(void *state, bool *more, struct error *e) {
    struct json_state *j = state;
    enum error_code code = OK;
    *more = false;
    if (!j->started) {
        j->started = true;
        j->tree = false;
        code = j->steps ? json_descend(j, j->record, 0, more, e) : (*more = true, OK);
    } else if (j->tree) {
        code = json_below(j, e);
    }
    while (!code && !*more && j->levels) {
        struct json_level *l = &j->level[j->levels - 1];
        struct span value;
        if (!json_each(l->container, &l->at, &l->key, &value)) {
            j->levels--;
            continue;
        }
        l->ordinal++;
        code = json_descend(j, value, l->step, more, e);
    }
    if (*more && j->steps)
        json_note(j, JSON_OF_ROW, j->row);
    return code;
}

/* --- cell ------------------------------------------------------------------------------------ */

static void json_cell_value(struct span v, struct cell *out) {
    *out = (struct cell){.kind = CELL_RAW, .s = v};
    if (span_is(v, "null"))
        out->kind = CELL_NULL;
    if (!json_is_string(v))
        return;
    out->s = json_inside(v);
    if (memchr(out->s.p, '\\', out->s.n))
        out->kind = CELL_STRING;
}

/* The rest of a way: names and numbers parted by dots. */
static bool json_follow(struct span rest, struct span *value) {
    while (rest.n) {
        struct span name = json_cut(&rest, '.');
        bool number = name.p[0] >= '0' && name.p[0] <= '9';
        size_t n = 0;
        for (size_t i = 0; number && i < name.n; i++)
            n = n * 10 + (size_t)(name.p[i] - '0');
        if (!(number ? json_element(*value, n, value) : json_member(*value, name, value)))
            return false;
    }
    return true;
}

static bool json_slot_value(struct json_state *j, const struct json_slot *slot, struct cell *out) {
    struct span value = slot->found;
    if (slot->base == JSON_ORDINAL) {
        if (slot->level >= j->levels)
            return false;
        *out = (struct cell){.kind = CELL_INTEGER, .i = j->level[slot->level].ordinal};
        return true;
    }
    if (slot->base == JSON_KEY) {
        value = j->key;
        for (unsigned l = 0; l < j->levels; l++)
            if (j->level[l].key.n)
                value = j->level[l].key;
        if (!value.n)
            return false;
    }
    if (!value.p || !json_follow(slot->rest, &value))
        return false;
    if (slot->verbatim)
        *out = (struct cell){.kind = CELL_RAW, .s = value};
    else
        json_cell_value(value, out);
    return true;
}

static enum error_code json_cell(void *state, unsigned column, struct cell *out, struct error *e) {
    struct json_state *j = state;
    (void)e;
    for (unsigned i = 0; i < j->slots; i++)
        if (j->slot[i].column == column && json_slot_value(j, &j->slot[i], out))
            return OK;
    *out = (struct cell){.kind = CELL_NULL};
    return OK;
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
};
