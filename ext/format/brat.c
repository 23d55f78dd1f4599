/* brat.c - standoff annotations (.ann): https://brat.nlplab.org/standoff.html
 *
 *     T1 TAB Disease 3 5;6 8 TAB 心功 不全      an entity: type, spans (end exclusive), mention
 *     R1 TAB Test_Disease Arg1:T2 Arg2:T1     a relation
 *     E1 TAB Onset:T1 Theme:T2                an event: type and trigger, then arguments
 *     A1 TAB Certainty E1 low                 an attribute (M in old files), maybe with a value
 *     N1 TAB Reference T1 ICD10:E11 TAB 糖尿病  a normalization
 *     #1 TAB AnnotatorNotes T1 TAB 待核对       a note
 *     * TAB Alias T1 T2                       a group
 *
 *     T1    Drug 28 30;31 33  阿卡 波糖        blanks for TABs: only entities have a third field
 *
 * Ids may stand twice, and name what is not there. */
#include "brat.h"
#include "columns.h"
#include "document.h"
#include "field.h"
#include "lines.h"

struct brat_line {
    char kind;
    struct span id, type;
    struct span args;    /* the second field behind the type; spans of an entity */
    struct span trigger; /* of an event */
    struct span text;    /* p == NULL: there is none */
};

enum brat_word {
    BRAT_KIND,
    BRAT_ID,
    BRAT_TYPE,
    BRAT_START,
    BRAT_END,
    BRAT_SPANS,
    BRAT_TEXT,
    BRAT_ARG1,
    BRAT_ARG2,
    BRAT_ARGS
};

static const char *const brat_words[] = {"kind", "id",   "type", "start", "end", "spans",
                                         "text", "arg1", "arg2", "args",  NULL};
static const char *const brat_eaches[] = {"all", "", "T", "R", "E", "A", "M", "N", "#", "*", NULL};

struct brat {
    struct span record;
    size_t at; /* of the record: behind the current line */
    struct brat_line line;
    struct buf json;
    char each; /* a letter, or 0 for all */
    uint8_t column[FORMAT_COLUMNS_MAX];
};

/* --- one line --------------------------------------------------------------------------------- */

/* The next span of an entity: two integers before a semicolon. */
static bool brat_span(struct span *rest, int64_t *start, int64_t *end) {
    struct span piece = field_cut(rest, ";");
    return field_integer(field_next(&piece), start) && field_integer(field_next(&piece), end) &&
           !field_next(&piece).n;
}

static const char *brat_check_entity(struct span args) {
    struct span look = args;
    int64_t start, end;
    if (!field_next(&look).n)
        return "an entity without offsets";
    while (args.p)
        if (!brat_span(&args, &start, &end))
            return "an entity with offsets that are not pairs of integers";
    return NULL;
}

/* name:id */
static bool brat_named(struct span arg) {
    field_cut(&arg, ":");
    return arg.n > 0;
}

static const char *brat_check_relation(struct span args) {
    struct span arg;
    unsigned n = 0;
    for (; (arg = field_next(&args)).n; n++)
        if (!brat_named(arg))
            return "a relation with an argument that is not 'name:id'";
    return n < 2 ? "a relation without two arguments" : NULL;
}

static const char *brat_check_event(struct span args) {
    struct span arg;
    while ((arg = field_next(&args)).n)
        if (!brat_named(arg))
            return "an event with an argument that is not 'name:id'";
    return NULL;
}

static const char *brat_check_attribute(struct span args) {
    return field_next(&args).n ? NULL : "an attribute of nothing";
}

static const char *brat_check_normalization(struct span args) {
    field_next(&args);
    return field_next(&args).n ? NULL : "a normalization without a reference";
}

static const char *brat_check_group(struct span args) {
    return field_next(&args).n ? NULL : "a group of nothing";
}

static const char *brat_check_note(struct span args) {
    (void)args;
    return NULL;
}

static const struct brat_kind {
    char letter;
    bool numbered;
    const char *(*check)(struct span args);
} brat_kinds[] = {
    {'T', true, brat_check_entity},    {'R', true, brat_check_relation},
    {'E', true, brat_check_event},     {'A', true, brat_check_attribute},
    {'M', true, brat_check_attribute}, {'N', true, brat_check_normalization},
    {'*', false, brat_check_group},    {'#', false, brat_check_note},
};

static const struct brat_kind *brat_kind(struct span id) {
    for (size_t i = 0; i < sizeof brat_kinds / sizeof *brat_kinds; i++) {
        const struct brat_kind *k = &brat_kinds[i];
        bool digit = id.n > 1 && id.p[1] >= '0' && id.p[1] <= '9';
        if (id.n && id.p[0] == (uint8_t)k->letter && (digit || (!k->numbered && id.n == 1)))
            return k;
    }
    return NULL;
}

static size_t brat_skip(struct span s, size_t at, const char *bytes, bool in) {
    while (at < s.n && (s.p[at] && strchr(bytes, s.p[at]) != NULL) == in)
        at++;
    return at;
}

/* Parts an entity's mention from its spans: pairs of words with semicolons between. */
static struct span brat_cut_mention(struct span *args) {
    size_t at = 0, end;
    do {
        for (int word = 0; word < 2; word++)
            at = brat_skip(*args, brat_skip(*args, at, " ", true), " ;", false);
        end = at++;
    } while (end < args->n && args->p[end] == ';');
    struct span mention = span_from(*args, brat_skip(*args, end, " ", true));
    *args = span_slice(*args, 0, end);
    return mention.n ? mention : (struct span){NULL, 0};
}

/* What is wrong with the line; NULL: nothing. */
static const char *brat_parse(struct span line, struct brat_line *out) {
    bool tabs = span_find(line, 0, '\t') < line.n;
    out->id = tabs ? field_cut(&line, "\t") : field_next(&line);
    const struct brat_kind *kind = brat_kind(out->id);
    if (!kind)
        return "a line that is no annotation";
    out->kind = kind->letter;
    out->args = tabs ? field_cut(&line, "\t") : line;
    out->text = tabs ? line : (struct span){NULL, 0};
    out->type = field_next(&out->args);
    if (!tabs && out->kind == 'T')
        out->text = brat_cut_mention(&out->args);
    if (out->kind == 'E') {
        out->trigger = out->type;
        out->type = field_cut(&out->trigger, ":");
    }
    if (!out->type.n)
        return "an annotation without a type";
    return out->kind == 'E' && !out->trigger.n ? "an event without a trigger"
                                               : kind->check(out->args);
}

/* --- the format ------------------------------------------------------------------------------- */

static bool brat_smells(struct span head) {
    struct brat_line parsed;
    struct span line;
    size_t at = 0;
    while (lines_next(head, true, &at, &line))
        if (!lines_blank(line))
            return !brat_parse(line, &parsed);
    return true;
}

static enum error_code brat_begin(void *state, const struct format_plan *plan, struct span head,
                                  bool last, size_t *used, struct error *e) {
    struct brat *s = state;
    unsigned each;
    (void)head;
    (void)last;
    *used = 0;
    enum error_code code = columns_setting("each", plan->each, brat_eaches, &each, e);
    s->each = code || each == 0 ? 0 : brat_eaches[each][0];
    return code ? code : columns_find(plan, brat_words, s->column, e);
}

static enum error_code brat_frame(void *state, struct format_frame *f, struct error *e) {
    enum error_code code = document_frame(state, f, e);
    f->unchecked = true;
    return code;
}

static enum error_code brat_split(void *state, struct span record, struct error *e) {
    struct brat *s = state;
    struct brat_line parsed;
    struct span line;
    size_t at = 0;
    s->record = record;
    s->at = 0;
    for (unsigned number = 1; lines_next(record, true, &at, &line); number++) {
        const char *what = lines_blank(line) ? NULL : brat_parse(line, &parsed);
        if (what)
            return error_set(e, BAD_DATA, "line %u: %s", number, what);
    }
    return OK;
}

static enum error_code brat_item(void *state, bool *more, struct error *e) {
    struct brat *s = state;
    struct span line;
    (void)e;
    *more = false;
    while (!*more && lines_next(s->record, true, &s->at, &line)) {
        if (lines_blank(line) || (s->each && line.p[0] != (uint8_t)s->each))
            continue;
        brat_parse(line, &s->line);
        *more = true;
    }
    return OK;
}

/* --- cells ------------------------------------------------------------------------------------ */

/* A member (an element where name is NULL) of the JSON being made. */
static enum error_code brat_add(struct buf *json, struct span name, struct span value,
                                struct error *e) {
    enum error_code code = json->n > 1 ? buf_add_byte(json, ',', e) : OK;
    if (!code && name.p)
        code = buf_add_json(json, name, e);
    if (!code && name.p)
        code = buf_add_byte(json, ':', e);
    return code ? code : buf_add_json(json, value, e);
}

static enum error_code brat_add_named(struct buf *json, struct span args, struct error *e) {
    enum error_code code = OK;
    struct span arg;
    while (!code && (arg = field_next(&args)).n) {
        struct span name = field_cut(&arg, ":");
        code = brat_add(json, name, arg, e);
    }
    return code;
}

static enum error_code brat_add_elements(struct buf *json, struct span args, struct error *e) {
    enum error_code code = OK;
    struct span arg;
    while (!code && (arg = field_next(&args)).n)
        code = brat_add(json, (struct span){NULL, 0}, arg, e);
    return code;
}

/* The first argument, and as one value all that stands behind it. */
static enum error_code brat_add_pair(struct buf *json, struct span args, const char *second,
                                     struct error *e) {
    struct span of = field_next(&args);
    enum error_code code = of.n ? brat_add(json, span_text("of"), of, e) : OK;
    while (args.n && args.p[0] == ' ')
        args = span_from(args, 1);
    return !code && args.n ? brat_add(json, span_text(second), args, e) : code;
}

static enum error_code brat_make_args(struct buf *json, const struct brat_line *line,
                                      struct error *e) {
    bool group = line->kind == '*';
    json->n = 0;
    enum error_code code = buf_add_byte(json, group ? '[' : '{', e);
    if (!code && line->kind == 'E')
        code = brat_add(json, span_text("trigger"), line->trigger, e);
    if (!code && (line->kind == 'R' || line->kind == 'E'))
        code = brat_add_named(json, line->args, e);
    else if (!code && group)
        code = brat_add_elements(json, line->args, e);
    else if (!code)
        code = brat_add_pair(json, line->args, line->kind == 'N' ? "ref" : "value", e);
    return code ? code : buf_add_byte(json, group ? ']' : '}', e);
}

static enum error_code brat_make_spans(struct buf *json, struct span spans, struct error *e) {
    int64_t start, end;
    json->n = 0;
    enum error_code code = buf_add_byte(json, '[', e);
    while (!code && spans.p && brat_span(&spans, &start, &end)) {
        code = buf_add_text(json, json->n > 1 ? ",[" : "[", e);
        code = code ? code : buf_add_integer(json, start, e);
        code = code ? code : buf_add_byte(json, ',', e);
        code = code ? code : buf_add_integer(json, end, e);
        code = code ? code : buf_add_byte(json, ']', e);
    }
    return code ? code : buf_add_byte(json, ']', e);
}

static struct cell brat_text(struct span s) {
    return (struct cell){.kind = s.p ? CELL_RAW : CELL_NULL, .s = s};
}

static struct cell brat_offset(struct span spans, bool last) {
    struct cell out = {.kind = CELL_INTEGER};
    int64_t start = 0, end = 0;
    do {
        brat_span(&spans, &start, &end);
        out.i = last ? end : start;
    } while (last && spans.p);
    return out;
}

/* The value of argument n from 0, without its name. */
static struct cell brat_argument(struct span args, unsigned n) {
    while (n--)
        field_next(&args);
    struct span arg = field_next(&args);
    field_cut(&arg, ":");
    return brat_text(arg);
}

static enum error_code brat_entity_cell(struct brat *s, enum brat_word word, struct cell *out,
                                        struct error *e) {
    if (word != BRAT_SPANS) {
        *out = brat_offset(s->line.args, word == BRAT_END);
        return OK;
    }
    enum error_code code = brat_make_spans(&s->json, s->line.args, e);
    *out = brat_text(buf_span(&s->json));
    return code;
}

static enum error_code brat_args_cell(struct brat *s, struct cell *out, struct error *e) {
    enum error_code code = brat_make_args(&s->json, &s->line, e);
    *out = brat_text(buf_span(&s->json));
    return code;
}

static enum error_code brat_cell(void *state, unsigned column, struct cell *out, struct error *e) {
    struct brat *s = state;
    const struct brat_line *line = &s->line;
    uint8_t word = s->column[column];
    *out = (struct cell){.kind = CELL_NULL};
    switch (word) {
    case BRAT_KIND:
        *out = brat_text(span_slice(line->id, 0, 1));
        return OK;
    case BRAT_ID:
        *out = brat_text(line->id);
        return OK;
    case BRAT_TYPE:
        *out = brat_text(line->type);
        return OK;
    case BRAT_TEXT:
        *out = brat_text(line->text);
        return OK;
    case BRAT_START:
    case BRAT_END:
    case BRAT_SPANS:
        return line->kind == 'T' ? brat_entity_cell(s, word, out, e) : OK;
    case BRAT_ARG1:
    case BRAT_ARG2:
        if (line->kind == 'R')
            *out = brat_argument(line->args, word - BRAT_ARG1);
        return OK;
    case BRAT_ARGS:
        return line->kind == 'T' ? OK : brat_args_cell(s, out, e);
    default:
        return OK;
    }
}

static void brat_end(void *state) {
    struct brat *s = state;
    buf_free(&s->json);
}

const struct format format_brat = {
    .name = "brat",
    .state_size = sizeof(struct brat),
    .document = true,
    .smells = brat_smells,
    .begin = brat_begin,
    .frame = brat_frame,
    .split = brat_split,
    .item = brat_item,
    .cell = brat_cell,
    .end = brat_end,
};
