/* json_slot.c - what columns find in a record, and how it becomes a cell.
 *
 *     {"link": [{"target": "7", …}], "node": […]}       row {"target": "7", …}
 *     "target/node[name].label"    first  target: found when the row is noted
 *                                  hop    node[name]: looked up when the cell is asked for */
#include "json_state.h"
#include "json_walk.h"

#include "field.h"

#include <stdio.h>

static bool json_slot_takes(const struct json_slot *slot, enum json_base base) {
    return slot->base == base && slot->first.n;
}

void json_forget(struct json_state *j, enum json_base base) {
    for (unsigned i = 0; i < j->slots; i++)
        if (j->slot[i].base == base)
            j->slot[i].found = (struct span){0};
    if (base == JSON_OF_RECORD)
        j->into = (struct span){0};
    j->elements = 0;
}

void json_note_whole(struct json_state *j, enum json_base base, struct span value) {
    for (unsigned i = 0; i < j->slots; i++)
        if (j->slot[i].base == base && !j->slot[i].first.n)
            j->slot[i].found = value;
}

void json_note_member(struct json_state *j, enum json_base base, struct span key,
                      struct span value) {
    char number[24];
    if (!key.n)
        snprintf(number, sizeof number, "%u", j->elements++);
    for (unsigned i = 0; i < j->slots; i++)
        if (json_slot_takes(&j->slot[i], base) &&
            (key.n ? json_key_is(key, j->slot[i].first) : span_is(j->slot[i].first, number)))
            j->slot[i].found = value;
    if (base == JSON_OF_RECORD && key.n && json_enters(j) && json_key_is(key, j->step[0].name))
        j->into = value;
}

void json_note(struct json_state *j, enum json_base base, struct span value) {
    bool any = base == JSON_OF_RECORD && json_enters(j);
    for (unsigned i = 0; i < j->slots && !any; i++)
        any = json_slot_takes(&j->slot[i], base);
    json_forget(j, base);
    json_note_whole(j, base, value);
    if (!any || !value.n || (value.p[0] != '{' && value.p[0] != '['))
        return;
    struct span key, v;
    for (size_t at = 0; json_each(value, &at, &key, &v);)
        json_note_member(j, base, key, v);
}

/* --- the way to a value ---------------------------------------------------------------------- */

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

/* The key of the innermost member on the way to the row. */
static struct span json_row_key(const struct json_state *j) {
    unsigned l = j->levels;
    while (l > 0 && !j->level[l - 1].key.n)
        l--;
    return l ? j->level[l - 1].key : j->key;
}

/* The value that a way starts from; p == NULL: there is none. */
static struct span json_slot_start(const struct json_state *j, const struct json_slot *slot) {
    switch (slot->base) {
    case JSON_KEY:
        return json_row_key(j);
    case JSON_RECORD_KEY:
        return j->key;
    case JSON_OF_LEVEL:
        return slot->level < j->levels ? j->level[slot->level].value : (struct span){0};
    default:
        return slot->found;
    }
}

/* The number of the row at the slot's level, as JSON. */
static enum error_code json_ordinal(struct json_state *j, const struct json_slot *slot,
                                    struct span *value, struct error *e) {
    j->number.n = 0;
    enum error_code code = buf_add_integer(&j->number, j->level[slot->level].ordinal, e);
    *value = buf_span(&j->number);
    return code;
}

static enum error_code json_hop(struct json_state *j, const struct json_hop *hop,
                                struct span *value, bool *found, struct error *e) {
    struct json_lookup *lookup = &j->lookup[hop->lookup];
    int64_t n;
    if (hop->kind == JSON_BY_KEY)
        return json_lookup_key(lookup, j->record, *value, found, value, e);
    *found =
        field_integer(json_is_string(*value) ? json_inside(*value) : *value, &n) && n >= hop->least;
    if (*found)
        return json_lookup_number(lookup, j->record, n - (hop->kind == JSON_BY_ORDINAL), found,
                                  value, e);
    return OK;
}

static enum error_code json_slot_find(struct json_state *j, const struct json_slot *slot,
                                      struct span *value, bool *found, struct error *e) {
    enum error_code code = OK;
    *value = json_slot_start(j, slot);
    *found = value->p != NULL;
    if (*found && slot->ordinal)
        code = json_ordinal(j, slot, value, e);
    else if (*found)
        *found = json_follow(slot->rest, value);
    for (unsigned i = 0; !code && *found && i < slot->hops; i++) {
        code = json_hop(j, &slot->hop[i], value, found, e);
        *found = !code && *found && json_follow(slot->hop[i].rest, value);
    }
    return code;
}

/* --- what is required ------------------------------------------------------------------------ */

/* Does any alternative of the column lead to something? Those of records alone are asked before
 * there are rows. */
static enum error_code json_column_there(struct json_state *j, unsigned column, bool rows,
                                         bool *there, struct error *e) {
    enum error_code code = OK;
    struct span value;
    *there = false;
    for (unsigned i = 0; !code && !*there && i < j->slots; i++) {
        const struct json_slot *slot = &j->slot[i];
        if (slot->column != column)
            continue;
        if (rows == (slot->base == JSON_OF_RECORD || slot->base == JSON_RECORD_KEY))
            *there = true; /* it is asked the other time */
        else
            code = json_slot_find(j, slot, &value, there, e);
    }
    return code;
}

enum error_code json_missing(struct json_state *j, bool rows, struct error *e) {
    enum error_code code = OK;
    for (unsigned i = 0; !code && i < j->slots; i++) {
        const struct json_slot *slot = &j->slot[i];
        bool there, first = i == 0 || j->slot[i - 1].column != slot->column;
        if (!first || !(j->required >> slot->column & 1))
            continue;
        code = json_column_there(j, slot->column, rows, &there, e);
        if (!code && !there)
            return error_set(e, BAD_DATA, "no '%.*s' in %s",
                             (int)(slot->first.n ? slot->first.n : slot->rest.n),
                             (const char *)(slot->first.n ? slot->first.p : slot->rest.p),
                             rows ? "one of its rows" : "the record");
    }
    return code;
}

/* --- cells ----------------------------------------------------------------------------------- */

static void json_cell_value(struct span v, struct cell *out) {
    *out = (struct cell){.kind = CELL_RAW, .s = v};
    if (span_is(v, "null"))
        out->kind = CELL_NULL;
    if (!json_is_string(v))
        return;
    out->s = json_inside(v);
    if (span_find(out->s, 0, '\\') < out->s.n)
        out->kind = CELL_STRING;
}

enum error_code json_cell(void *state, unsigned column, struct cell *out, struct error *e) {
    struct json_state *j = state;
    struct span value;
    bool found = false;
    enum error_code code = OK;
    *out = (struct cell){.kind = CELL_NULL};
    for (unsigned i = 0; !code && !found && i < j->slots; i++) {
        const struct json_slot *slot = &j->slot[i];
        if (slot->column != column)
            continue;
        code = json_slot_find(j, slot, &value, &found, e);
        if (code || !found)
            continue;
        if (slot->ordinal && !slot->hops)
            *out = (struct cell){.kind = CELL_INTEGER, .i = j->level[slot->level].ordinal};
        else if (slot->verbatim)
            *out = (struct cell){.kind = CELL_RAW, .s = value};
        else
            json_cell_value(value, out);
    }
    return code;
}
