/* marked.c - a text and its marks on one line: the entities of CHIP2020.
 *
 *     胃炎用奥美拉唑治疗。|||0    1    dis|||3    6    dru|||
 *     ^ text               ^ start, end (inclusive), type: parted by blanks or TABs
 *
 * where  "text"; "marks": what stands behind the first |||, NULL where there is none; and with each
 *        "marks": "start_idx" "end_idx" "type"
 * each   NULL: the line; "marks": every mark
 *
 * A line without ||| is all text; a blank line is no record. U+FEFF in a text counts. */
#include "columns.h"
#include "field.h"
#include "lines.h"

enum marked_word { MARKED_TEXT, MARKED_MARKS, MARKED_START, MARKED_END, MARKED_TYPE };

static const char *const marked_words[] = {"text", "marks", "start_idx", "end_idx", "type", NULL};
static const char *const marked_eaches[] = {"", "marks", NULL};
static const char marked_bar[] = "|||";

struct marked_mark {
    int64_t start, end;
    struct span type;
};

struct marked {
    struct lines_walk walk;
    struct span text, marks, rest; /* rest: marks not yet handed out */
    struct marked_mark mark;
    unsigned each_mark;
    bool given; /* the one row of a line */
    uint8_t column[FORMAT_COLUMNS_MAX];
};

static enum lines_kind marked_kind(struct span line) {
    return lines_blank(line) ? LINES_GAP : LINES_SENTENCE;
}

static bool marked_parse(struct span text, struct marked_mark *out) {
    bool fine = field_integer(field_next(&text), &out->start) &&
                field_integer(field_next(&text), &out->end);
    out->type = field_next(&text);
    return fine && out->type.n && !field_next(&text).n;
}

/* The next mark of rest. *fine false: it is none. */
static bool marked_next(struct span *rest, struct marked_mark *out, bool *fine) {
    if (!rest->p)
        return false;
    struct span piece = field_cut(rest, marked_bar);
    if (!rest->p && lines_blank(piece))
        return false;
    *fine = marked_parse(piece, out);
    return true;
}

/* The first line with a bar in it decides. Lines of nothing but text are fine, JSON is not. */
static bool marked_smells(struct span head) {
    struct marked_mark mark;
    struct span line;
    size_t at = 0;
    bool fine = head.n && head.p[0] != '{' && head.p[0] != '[';
    while (fine && lines_next(head, true, &at, &line)) {
        field_cut(&line, marked_bar);
        if (line.p) {
            marked_next(&line, &mark, &fine);
            break;
        }
    }
    return fine;
}

static enum error_code marked_begin(void *state, const struct format_plan *plan, struct span head,
                                    bool last, size_t *used, struct error *e) {
    struct marked *s = state;
    (void)head;
    (void)last;
    *used = 0;
    s->walk.kind = marked_kind;
    enum error_code code = columns_setting("each", plan->each, marked_eaches, &s->each_mark, e);
    return code ? code : columns_find(plan, marked_words, s->column, e);
}

static enum error_code marked_frame(void *state, struct format_frame *f, struct error *e) {
    struct marked *s = state;
    (void)e;
    f->unchecked = true;
    lines_frame(&s->walk, f);
    return OK;
}

static enum error_code marked_split(void *state, struct span record, struct error *e) {
    struct marked *s = state;
    struct marked_mark mark;
    bool fine = true;
    s->marks = record;
    s->text = field_cut(&s->marks, marked_bar);
    s->rest = s->marks;
    s->given = false;
    struct span rest = s->marks;
    for (unsigned number = 1; marked_next(&rest, &mark, &fine); number++)
        if (!fine)
            return error_set(e, BAD_DATA, "mark %u does not hold two integers and a type", number);
    return OK;
}

static enum error_code marked_item(void *state, bool *more, struct error *e) {
    struct marked *s = state;
    bool fine;
    (void)e;
    if (s->each_mark) {
        *more = marked_next(&s->rest, &s->mark, &fine);
        return OK;
    }
    *more = !s->given;
    s->given = true;
    return OK;
}

static enum error_code marked_cell(void *state, unsigned column, struct cell *out,
                                   struct error *e) {
    struct marked *s = state;
    uint8_t word = s->column[column];
    (void)e;
    *out = (struct cell){.kind = CELL_NULL};
    if (word == MARKED_TEXT)
        *out = (struct cell){.kind = CELL_RAW, .s = s->text};
    else if (word == MARKED_MARKS && s->marks.p)
        *out = (struct cell){.kind = CELL_RAW, .s = s->marks};
    if (!s->each_mark)
        return OK;
    if (word == MARKED_TYPE)
        *out = (struct cell){.kind = CELL_RAW, .s = s->mark.type};
    else if (word == MARKED_START || word == MARKED_END)
        *out = (struct cell){.kind = CELL_INTEGER,
                             .i = word == MARKED_START ? s->mark.start : s->mark.end};
    return OK;
}

const struct format format_marked = {
    .name = "marked",
    .alone = FORMAT_SPLIT_ALONE,
    .state_size = sizeof(struct marked),
    .smells = marked_smells,
    .begin = marked_begin,
    .frame = marked_frame,
    .split = marked_split,
    .item = marked_item,
    .cell = marked_cell,
};
