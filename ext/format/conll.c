/* conll.c - a token a line, sentences parted by blank lines.
 *
 *     -DOCSTART- (25763772)⏎      a document begins: no token, and the end of a sentence
 *     ⏎
 *     基因 NN O B-Gene⏎           sentence 1, token_no 1; fields ["基因","NN","O","B-Gene"]
 *     突变 NN O O⏎
 *     ⏎
 *
 *     头 B_症状⏎                  last-blank
 *       O⏎                        the token is a blank */
#include "conll.h"
#include "columns.h"
#include "field.h"
#include "lines.h"

enum conll_word { CONLL_SENTENCE, CONLL_TOKEN_NO, CONLL_TOKEN, CONLL_TAG, CONLL_FIELDS };

static const char *const conll_words[] = {"sentence", "token_no", "token", "tag", "fields", NULL};
enum conll_shape { CONLL_COLUMNS, CONLL_LAST_BLANK, CONLL_EVEN };

static const char *const conll_shapes[] = {"columns", "last-blank", "even", NULL};
static const char conll_document[] = "-DOCSTART-";

struct conll {
    struct lines_walk walk;
    struct span line, token, tag;
    struct buf fields;
    unsigned shape;
    unsigned even; /* fields that every line has; 0: it is not known, or not asked for */
    uint8_t column[FORMAT_COLUMNS_MAX];
};

static bool conll_starts_document(struct span line) {
    size_t n = strlen(conll_document);
    return span_starts(line, conll_document) && (line.n == n || lines_space(line, n));
}

static enum lines_kind conll_kind(struct span line) {
    size_t i = 0, n;
    while (i < line.n && (n = lines_space(line, i)) > 0)
        i += n;
    return i == line.n || conll_starts_document(line) ? LINES_GAP : LINES_TOKEN;
}

/* Takes the next field off rest; rest->p is NULL behind the last one. */
static struct span conll_field(struct span *rest, bool tabs) {
    if (tabs)
        return field_cut(rest, "\t");
    struct span field = field_next(rest), look = *rest;
    if (!field_next(&look).n)
        rest->p = NULL;
    return field;
}

static size_t conll_last(struct span line) {
    size_t at = line.n;
    while (at > 0 && line.p[at - 1] != ' ' && line.p[at - 1] != '\t')
        at--;
    return at;
}

static bool conll_parse(const struct conll *s, struct span line, struct span *token,
                        struct span *tag) {
    bool tabs = span_find(line, 0, '\t') < line.n;
    if (s->shape == CONLL_LAST_BLANK) {
        size_t at = conll_last(line);
        *token = span_slice(line, 0, at ? at - 1 : 0);
        *tag = span_from(line, at);
        return at && tag->n;
    }
    *token = conll_field(&line, tabs);
    *tag = (struct span){NULL, 0};
    while (line.p)
        *tag = conll_field(&line, tabs);
    return tag->n > 0;
}

/* The first line that is no gap has a tag. */
static bool conll_smells(struct span head) {
    struct conll s = {.shape = CONLL_COLUMNS};
    struct span line, token, tag;
    size_t at = 0;
    while (lines_next(head, true, &at, &line))
        if (conll_kind(line) == LINES_TOKEN)
            return conll_parse(&s, line, &token, &tag) && line.p[0] != '{' && line.p[0] != '[';
    return false;
}

static unsigned conll_count(struct span line) {
    bool tabs = span_find(line, 0, '\t') < line.n;
    unsigned n = 0;
    for (; line.p; n++)
        conll_field(&line, tabs);
    return n;
}

/* The fields of the first line that is no gap; 0: there is none. */
static unsigned conll_first(struct span head, bool last) {
    struct span line;
    for (size_t at = 0; lines_next(head, last, &at, &line);)
        if (conll_kind(line) == LINES_TOKEN)
            return conll_count(line);
    return 0;
}

static enum error_code conll_begin(void *state, const struct format_plan *plan, struct span head,
                                   bool last, size_t *used, struct error *e) {
    struct conll *s = state;
    *used = 0;
    s->walk.kind = conll_kind;
    enum error_code code = columns_setting("shape", plan->shape, conll_shapes, &s->shape, e);
    if (!code && s->shape == CONLL_EVEN)
        s->even = conll_first(head, last);
    return code ? code : columns_find(plan, conll_words, s->column, e);
}

static enum error_code conll_frame(void *state, struct format_frame *f, struct error *e) {
    struct conll *s = state;
    (void)e;
    f->unchecked = true;
    lines_frame(&s->walk, f);
    return OK;
}

static enum error_code conll_split(void *state, struct span record, struct error *e) {
    struct conll *s = state;
    s->line = record;
    if (!conll_parse(s, record, &s->token, &s->tag))
        return error_set(e, BAD_DATA, "a token line without a tag");
    unsigned n = s->even ? conll_count(record) : 0;
    if (n != s->even)
        return error_set(e, BAD_DATA, "a token line of %u fields, the first has %u", n, s->even);
    return OK;
}

static enum error_code conll_fields(struct conll *s, struct error *e) {
    struct span rest = s->line;
    bool tabs = span_find(rest, 0, '\t') < rest.n;
    s->fields.n = 0;
    enum error_code code = buf_add_byte(&s->fields, '[', e);
    if (s->shape == CONLL_LAST_BLANK) {
        code = code ? code : buf_add_json(&s->fields, s->token, e);
        code = code ? code : buf_add_byte(&s->fields, ',', e);
        code = code ? code : buf_add_json(&s->fields, s->tag, e);
        rest.p = NULL;
    }
    while (!code && rest.p) {
        code = buf_add_json(&s->fields, conll_field(&rest, tabs), e);
        if (!code && rest.p)
            code = buf_add_byte(&s->fields, ',', e);
    }
    return code ? code : buf_add_byte(&s->fields, ']', e);
}

static enum error_code conll_cell(void *state, unsigned column, struct cell *out, struct error *e) {
    struct conll *s = state;
    enum error_code code = OK;
    *out = (struct cell){.kind = CELL_NULL};
    switch (s->column[column]) {
    case CONLL_SENTENCE:
        *out = (struct cell){.kind = CELL_INTEGER, .i = lines_find(&s->walk, s->line).sentence};
        break;
    case CONLL_TOKEN_NO:
        *out = (struct cell){.kind = CELL_INTEGER, .i = lines_find(&s->walk, s->line).token};
        break;
    case CONLL_TOKEN:
        *out = (struct cell){.kind = CELL_RAW, .s = s->token};
        break;
    case CONLL_TAG:
        *out = (struct cell){.kind = CELL_RAW, .s = s->tag};
        break;
    case CONLL_FIELDS:
        code = conll_fields(s, e);
        *out = (struct cell){.kind = CELL_RAW, .s = buf_span(&s->fields)};
        break;
    }
    return code;
}

static void conll_end(void *state) {
    struct conll *s = state;
    buf_free(&s->fields);
}

const struct format format_conll = {
    .name = "conll",
    .state_size = sizeof(struct conll),
    .smells = conll_smells,
    .begin = conll_begin,
    .frame = conll_frame,
    .split = conll_split,
    .cell = conll_cell,
    .end = conll_end,
};
