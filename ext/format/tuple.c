/* tuple.c - a tuple a line, its fields parted by a separator of several characters.
 *
 *     肺炎->呼吸系统疾病⏎         shape "-> 2"     #1 肺炎     #2 呼吸系统疾病
 *
 * where  "#1" "#2" …   the field, blanks around it taken off
 * shape  the separator, a blank, the number of fields; the option 'sep' goes before the separator
 *
 * Blank lines are passed over. A line of another number of fields is BAD_DATA. csv.h is for
 * separators of one character. */
#include "field.h"
#include "lines.h"

#include <stdlib.h>

enum { TUPLE_FIELDS_MAX = 8, TUPLE_SEPARATOR_MAX = 15 };

struct tuple {
    struct lines_walk walk;
    char separator[TUPLE_SEPARATOR_MAX + 1];
    unsigned fields;
    struct span field[TUPLE_FIELDS_MAX];
    int16_t column[FORMAT_COLUMNS_MAX]; /* a field from 0; -1: none */
};

static enum lines_kind tuple_kind(struct span line) {
    return lines_blank(line) ? LINES_GAP : LINES_SENTENCE;
}

static bool tuple_smells(struct span head) {
    return span_find(head, 0, 0) == head.n;
}

static enum error_code tuple_begin(void *state, const struct format_plan *plan, struct span head,
                                   bool last, size_t *used, struct error *e) {
    struct tuple *s = state;
    struct span shape = span_text(plan->shape ? plan->shape : "");
    struct span separator = field_next(&shape), number = field_next(&shape);
    int64_t fields;
    if (plan->options && plan->options->sep)
        separator = span_text(plan->options->sep);
    (void)head;
    (void)last;
    *used = 0;
    if (separator.n > TUPLE_SEPARATOR_MAX)
        return error_set(e, BAD_USE, "a separator is longer than %d bytes", TUPLE_SEPARATOR_MAX);
    if (!separator.n || !field_integer(number, &fields) || fields < 1 || fields > TUPLE_FIELDS_MAX)
        return error_set(e, BAD_USE, "'%s' is no shape of this format",
                         plan->shape ? plan->shape : "");
    memcpy(s->separator, separator.p, separator.n);
    s->fields = (unsigned)fields;
    s->walk.kind = tuple_kind;
    for (unsigned c = 0; c < plan->columns; c++)
        s->column[c] = (int16_t)(plan->where[c] ? atoi(plan->where[c] + 1) - 1 : -1);
    return OK;
}

static enum error_code tuple_frame(void *state, struct format_frame *f, struct error *e) {
    struct tuple *s = state;
    (void)e;
    f->unchecked = true;
    lines_frame(&s->walk, f);
    return OK;
}

static struct span tuple_trim(struct span s) {
    while (s.n && lines_space(s, 0) == 1)
        s = span_from(s, 1);
    while (s.n && lines_space(s, s.n - 1) == 1)
        s.n--;
    return s;
}

static enum error_code tuple_split(void *state, struct span record, struct error *e) {
    struct tuple *s = state;
    unsigned n = 0;
    for (; record.p; n++) {
        struct span field = tuple_trim(field_cut(&record, s->separator));
        if (n < s->fields)
            s->field[n] = field;
    }
    if (n == s->fields)
        return OK;
    return error_set(e, BAD_DATA, "%u field%s with '%s' between, not %u", n, n == 1 ? "" : "s",
                     s->separator, s->fields);
}

static enum error_code tuple_cell(void *state, unsigned column, struct cell *out, struct error *e) {
    struct tuple *s = state;
    int k = s->column[column];
    (void)e;
    *out = (struct cell){.kind = CELL_NULL};
    if (k >= 0 && k < (int)s->fields)
        *out = (struct cell){.kind = CELL_RAW, .s = s->field[k]};
    return OK;
}

const struct format format_tuple = {
    .name = "tuple",
    .alone = FORMAT_SPLIT_ALONE,
    .state_size = sizeof(struct tuple),
    .smells = tuple_smells,
    .begin = tuple_begin,
    .frame = tuple_frame,
    .split = tuple_split,
    .cell = tuple_cell,
};
