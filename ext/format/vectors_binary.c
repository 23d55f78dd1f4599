/* vectors_binary.c - word2vec's binary: a term, a blank, numbers as they lie in memory.
 *
 *     1172 16⏎ | 咳 嗽 | 20 | 16 float32, little endian | 0A | 发 烧 | 20 | …
 *                term                            word2vec.c alone: dropped before a term
 *
 * gensim writes no 0A. A term may be of any bytes but blank and 0A; its numbers may be of any bits,
 * NaN and infinity too. Limits: VECTORS_DIM_MAX, VECTORS_TERM_MAX. */
#include "columns.h"
#include "vectors.h"

struct vectors_binary {
    int64_t dim;
    struct span term, vector;
    uint8_t column[FORMAT_COLUMNS_MAX];
};

/* Bytes that no number in decimal has, where the first vector lies: it is no text. */
static bool vectors_binary_smells(struct span head) {
    int64_t count, dim;
    size_t at;
    if (!vectors_header(head, &count, &dim, &at))
        return false;
    if (count < 0 || dim <= 0)
        return at == head.n;
    size_t blank = span_find(span_slice(head, 0, at + VECTORS_TERM_MAX), at, ' ');
    struct span first = span_from(head, blank + 1);
    if (dim < (int64_t)(first.n / 4))
        first.n = 4 * (size_t)dim;
    for (size_t i = 0; i < first.n; i++)
        if ((first.p[i] < ' ' && (first.p[i] < '\t' || first.p[i] > '\r')) || first.p[i] >= 0x7F)
            return true;
    return false;
}

static enum error_code vectors_binary_begin(void *state, const struct format_plan *plan,
                                            struct span head, bool last, size_t *used,
                                            struct error *e) {
    struct vectors_binary *s = state;
    int64_t count;
    (void)last;
    if (!vectors_header(head, &count, &s->dim, used))
        return error_set(e, BAD_FILE,
                         "no header that says how many vectors, and of how many numbers");
    enum error_code code = vectors_check(count, s->dim, e);
    return code ? code : vectors_columns(plan, s->column, e);
}

/* Where the vector of the term at 'at' begins. *more: that is not shown yet. */
static enum error_code vectors_binary_term(const struct format_frame *f, size_t at, size_t *vector,
                                           bool *more, struct error *e) {
    struct span room = span_slice(f->bytes, 0, at + VECTORS_TERM_MAX + 1);
    size_t blank = span_find(room, at, ' ');
    *vector = blank + 1;
    *more = blank == room.n;
    if (*more && room.n < f->bytes.n)
        return error_set(e, BAD_FILE, "a term is longer than %d bytes", VECTORS_TERM_MAX);
    if (*more && f->last)
        return error_set(e, BAD_FILE, "the file ends in a term");
    return OK;
}

static enum error_code vectors_binary_frame(void *state, struct format_frame *f, struct error *e) {
    struct vectors_binary *s = state;
    size_t size = 4 * (size_t)s->dim, vector;
    bool more = false;
    f->count = 0;
    f->used = 0;
    f->unchecked = false;
    while (f->count < f->cap) {
        while (f->used < f->bytes.n && f->bytes.p[f->used] == '\n')
            f->used++;
        if (f->used == f->bytes.n)
            return OK;
        enum error_code code = vectors_binary_term(f, f->used, &vector, &more, e);
        if (code || more)
            return code;
        if (f->bytes.n - vector < size)
            return f->last ? error_set(e, BAD_FILE, "the file ends in a vector") : OK;
        f->record[f->count++] =
            (struct format_record){(uint32_t)f->used, (uint32_t)(vector + size - f->used)};
        f->used = vector + size;
    }
    return OK;
}

static enum error_code vectors_binary_split(void *state, struct span record, struct error *e) {
    struct vectors_binary *s = state;
    (void)e;
    s->term = span_slice(record, 0, record.n - 4 * (size_t)s->dim - 1);
    s->vector = span_from(record, s->term.n + 1);
    return OK;
}

static enum error_code vectors_binary_cell(void *state, unsigned column, struct cell *out,
                                           struct error *e) {
    struct vectors_binary *s = state;
    (void)e;
    *out = (struct cell){.kind = CELL_NULL};
    switch (s->column[column]) {
    case VECTORS_TERM:
        *out = (struct cell){.kind = CELL_RAW, .s = s->term};
        break;
    case VECTORS_VECTOR:
        *out = (struct cell){.kind = CELL_VECTOR, .s = s->vector};
        break;
    case VECTORS_DIM:
        *out = (struct cell){.kind = CELL_INTEGER, .i = s->dim};
        break;
    }
    return OK;
}

const struct format format_vectors_binary = {
    .name = "vectors, binary",
    .alone = FORMAT_SPLIT_ALONE,
    .state_size = sizeof(struct vectors_binary),
    .gb18030_safe = true,
    .binary = true,
    .smells = vectors_binary_smells,
    .begin = vectors_binary_begin,
    .frame = vectors_binary_frame,
    .split = vectors_binary_split,
    .cell = vectors_binary_cell,
};
