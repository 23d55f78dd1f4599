/* document.c - a file is one record, byte for byte: the texts that brat's offsets count in.
 *
 *     女性，88岁。⏎      one row, its LF and all else included
 *     因…入院。⏎ */
#include "document.h"
#include "columns.h"

static const char *const document_words[] = {"text", NULL};

struct document {
    struct span text;
    uint8_t column[FORMAT_COLUMNS_MAX];
};

static bool document_smells(struct span head) {
    (void)head;
    return true;
}

static enum error_code document_begin(void *state, const struct format_plan *plan, struct span head,
                                      bool last, size_t *used, struct error *e) {
    struct document *s = state;
    (void)head;
    (void)last;
    *used = 0;
    return columns_find(plan, document_words, s->column, e);
}

enum error_code document_frame(void *state, struct format_frame *f, struct error *e) {
    (void)state;
    (void)e;
    f->count = 0;
    f->used = 0;
    f->unchecked = false;
    if (f->last && f->bytes.n) {
        f->record[f->count++] = (struct format_record){0, (uint32_t)f->bytes.n};
        f->used = f->bytes.n;
    }
    return OK;
}

static enum error_code document_split(void *state, struct span record, struct error *e) {
    struct document *s = state;
    (void)e;
    s->text = record;
    return OK;
}

static enum error_code document_cell(void *state, unsigned column, struct cell *out,
                                     struct error *e) {
    struct document *s = state;
    (void)e;
    *out = (struct cell){.kind = s->column[column] == COLUMNS_NONE ? CELL_NULL : CELL_RAW,
                         .s = s->text};
    return OK;
}

const struct format format_document = {
    .name = "document",
    .alone = FORMAT_SPLIT_ALONE,
    .state_size = sizeof(struct document),
    .gb18030_safe = true,
    .document = true,
    .smells = document_smells,
    .begin = document_begin,
    .frame = document_frame,
    .split = document_split,
    .cell = document_cell,
};
