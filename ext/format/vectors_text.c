/* vectors_text.c - word vectors in decimal, one a line.
 *
 *     1172 16⏎                               word2vec.c, gensim, fastText; GloVe has no header
 *     </s> 0.025016785 0.02762127 …⏎
 *     ， 0.17464374 -0.0063978876 … ⏎         word2vec.c and fastText end lines with a blank
 *     . . . 0.1 0.2 …⏎                       term ". . .": its numbers are the last ones
 *
 * Blanks or TABs part the numbers, one of them the term from the first. Numbers are as in
 * float_text.h, nan and inf included. Without a header, the first line says how many there are: all
 * that are numbers at its end, but for its first field. A line with fewer is BAD_DATA. */
#include "../base/float_text.h"
#include "../base/utf8.h"
#include "../base/word.h"
#include "columns.h"
#include "field.h"
#include "lines.h"
#include "vectors.h"

enum { VECTORS_SHOWN = 40 /* bytes of what is no number, in a message */ };

struct vectors_text {
    struct lines_walk walk;
    int64_t dim;
    struct span term, values;
    struct buf vector;
    uint8_t column[FORMAT_COLUMNS_MAX];
};

static bool vectors_text_blank(uint8_t c) {
    return c == ' ' || c == '\t';
}

/* The fields of a line, where a blank alone stands between any two of them; -1: it is otherwise. */
static int64_t vectors_text_fields(struct span line) {
    uint64_t before = 0, twice = 0, tabs = 0;
    int64_t blanks = 0;
    size_t i = 0;
    for (; line.n - i >= 8; i += 8) {
        uint64_t word = word_load(line.p + i), blank = word_equal(word, ' ');
        twice |= blank & (blank << 8 | before);
        tabs |= word_equal(word, '\t');
        blanks += (int64_t)((blank >> 7) * WORD_ONES >> 56);
        before = blank >> 56;
    }
    for (; i < line.n; i++) {
        uint64_t blank = line.p[i] == ' ' ? 0x80 : 0;
        twice |= blank & before;
        tabs |= line.p[i] == '\t';
        blanks += blank != 0;
        before = blank;
    }
    return twice || tabs ? -1 : blanks + 1;
}

/* Parts the last n fields of a line from the term before them. False: there are not so many; *have
 * says how many. */
static bool vectors_text_part(struct span line, int64_t n, struct span *term, struct span *values,
                              int64_t *have) {
    size_t at = line.n, from = line.n;
    for (*have = 0; *have < n; ++*have) {
        while (at > 0 && vectors_text_blank(line.p[at - 1]))
            at--;
        if (at == 0)
            return false;
        while (at > 0 && !vectors_text_blank(line.p[at - 1]))
            at--;
        if (at == 0)
            return false;
        from = at;
    }
    *term = span_slice(line, 0, from - 1);
    *values = span_from(line, from);
    return true;
}

/* The next number of values; false: it is none. */
static bool vectors_text_number(struct span *values, float *out) {
    size_t n = float_text(*values, out);
    if (n == 0 || (n < values->n && !vectors_text_blank(values->p[n])))
        return false;
    while (n < values->n && vectors_text_blank(values->p[n]))
        n++;
    *values = span_from(*values, n);
    return true;
}

struct vectors_text_look {
    int64_t fields;  /* but for the first */
    int64_t numbers; /* of them, those that end the line */
    bool point;      /* one of these is no whole number */
};

static struct vectors_text_look vectors_text_look(struct span line) {
    struct vectors_text_look look = {0, 0, false};
    struct span field;
    float ignored;
    field_next(&line);
    for (; (field = field_next(&line)).n; look.fields++) {
        bool number = float_text(field, &ignored) == field.n;
        bool point = span_find(field, 0, '.') < field.n || span_find(field, 0, 'e') < field.n;
        look.numbers = number ? look.numbers + 1 : 0;
        look.point = number && (look.point || point);
    }
    return look;
}

/* The first line with something in it. */
static bool vectors_text_first(struct span bytes, bool last, struct span *line) {
    for (size_t at = 0; lines_next(bytes, last, &at, line);)
        if (!lines_blank(*line))
            return true;
    return false;
}

/* A header, and below it a line with at least as many numbers as it says; or two lines with as many
 * numbers as each other, of which one is not whole. */
static bool vectors_text_smells(struct span head) {
    struct span line;
    int64_t count, dim;
    size_t at = 0;
    if (vectors_header(head, &count, &dim, &at)) {
        bool there = vectors_text_first(span_from(head, at), true, &line);
        int64_t numbers = there ? vectors_text_look(line).numbers : 0;
        bool cut = there && line.p + line.n == head.p + head.n;
        return !there || (dim > 0 && (numbers >= dim || (numbers > 0 && cut)));
    }
    if (!lines_next(head, true, &at, &line))
        return false;
    struct vectors_text_look first = vectors_text_look(line);
    bool second = vectors_text_first(span_from(head, at), false, &line);
    return first.numbers > 1 && first.point &&
           (!second || vectors_text_look(line).numbers >= first.numbers);
}

static enum lines_kind vectors_text_kind(struct span line) {
    return lines_blank(line) ? LINES_GAP : LINES_SENTENCE;
}

/* What the first line says of the dimension. */
static enum error_code vectors_text_measure(struct vectors_text *s, bool header, struct span line,
                                            struct error *e) {
    struct vectors_text_look look = vectors_text_look(line);
    if (!header && (look.numbers == 0 || look.numbers > VECTORS_DIM_MAX))
        return error_set(e, BAD_FILE, "the first line is no term with numbers behind it");
    if (header && look.numbers == look.fields && look.numbers > s->dim)
        return error_set(e, BAD_FILE, "the first vector has %lld numbers, the header says %lld",
                         (long long)look.numbers, (long long)s->dim);
    if (!header)
        s->dim = look.numbers;
    return OK;
}

static enum error_code vectors_text_begin(void *state, const struct format_plan *plan,
                                          struct span head, bool last, size_t *used,
                                          struct error *e) {
    struct vectors_text *s = state;
    struct span first = span_slice(head, 0, 0);
    int64_t count;
    s->walk.kind = vectors_text_kind;
    bool header = vectors_header(head, &count, &s->dim, used);
    if (!header)
        *used = 0;
    enum error_code code = header ? vectors_check(count, s->dim, e) : OK;
    bool there = vectors_text_first(span_from(head, *used), last, &first);
    if (!code && (there || !header))
        code = vectors_text_measure(s, header, first, e);
    return code ? code : vectors_columns(plan, s->column, e);
}

static enum error_code vectors_text_frame(void *state, struct format_frame *f, struct error *e) {
    struct vectors_text *s = state;
    (void)e;
    f->unchecked = true;
    lines_frame(&s->walk, f);
    return OK;
}

static enum error_code vectors_text_split(void *state, struct span record, struct error *e) {
    struct vectors_text *s = state;
    int64_t have;
    while (record.n && vectors_text_blank(record.p[record.n - 1]))
        record.n--;
    if (vectors_text_fields(record) == s->dim + 1) {
        size_t blank = span_find(record, 0, ' ');
        s->term = span_slice(record, 0, blank);
        s->values = span_from(record, blank + 1);
        return OK;
    }
    if (vectors_text_part(record, s->dim, &s->term, &s->values, &have))
        return OK;
    return error_set(e, BAD_DATA, "%lld numbers, not %lld", (long long)have, (long long)s->dim);
}

static void vectors_text_put(uint8_t *to, float x) {
    uint32_t bits;
    memcpy(&bits, &x, sizeof bits);
    for (int i = 0; i < 4; i++)
        to[i] = (uint8_t)(bits >> 8 * i);
}

static enum error_code vectors_text_vector(struct vectors_text *s, struct cell *out,
                                           struct error *e) {
    struct span values = s->values;
    s->vector.n = 0;
    enum error_code code = buf_reserve(&s->vector, 4 * (size_t)s->dim, e);
    if (code)
        return code;
    for (int64_t i = 0; i < s->dim; i++) {
        float x;
        if (!vectors_text_number(&values, &x)) {
            struct span field = span_slice(field_next(&values), 0, VECTORS_SHOWN);
            field.n = utf8_valid(field);
            return error_set(e, BAD_DATA, "number %lld, '%.*s', is none", (long long)i + 1,
                             (int)field.n, (const char *)field.p);
        }
        vectors_text_put(s->vector.p + 4 * i, x);
    }
    s->vector.n = 4 * (size_t)s->dim;
    *out = (struct cell){.kind = CELL_VECTOR, .s = buf_span(&s->vector)};
    return OK;
}

static enum error_code vectors_text_cell(void *state, unsigned column, struct cell *out,
                                         struct error *e) {
    struct vectors_text *s = state;
    *out = (struct cell){.kind = CELL_NULL};
    switch (s->column[column]) {
    case VECTORS_TERM:
        *out = (struct cell){.kind = CELL_RAW, .s = s->term};
        return OK;
    case VECTORS_VECTOR:
        return vectors_text_vector(s, out, e);
    case VECTORS_DIM:
        *out = (struct cell){.kind = CELL_INTEGER, .i = s->dim};
        return OK;
    default:
        return OK;
    }
}

static void vectors_text_end(void *state) {
    struct vectors_text *s = state;
    buf_free(&s->vector);
}

const struct format format_vectors_text = {
    .name = "vectors",
    .alone = FORMAT_SPLIT_ALONE,
    .state_size = sizeof(struct vectors_text),
    .gb18030_safe = true,
    .smells = vectors_text_smells,
    .begin = vectors_text_begin,
    .frame = vectors_text_frame,
    .split = vectors_text_split,
    .cell = vectors_text_cell,
    .end = vectors_text_end,
};
