/* blocks.c - questions and answers in blocks that blank lines part: Toyhom's 内科.txt.
 *
 *     高血压能喝茶吗？,我有高血压，想问…⏎      title: up to the first ASCII comma; ask: the rest
 *     可以喝淡茶…⏎                            answer: the block's other lines, as they stand
 *     ⏎
 *     ⏎
 *
 * where  "title" "ask" "answer"
 *
 * A first line without a comma and a block without an answer are BAD_DATA. */
#include "columns.h"
#include "lines.h"

enum blocks_word { BLOCKS_TITLE, BLOCKS_ASK, BLOCKS_ANSWER };

static const char *const blocks_words[] = {"title", "ask", "answer", NULL};

struct blocks {
    struct lines_walk walk;
    struct span value[3]; /* by word */
    uint8_t column[FORMAT_COLUMNS_MAX];
};

static enum lines_kind blocks_kind(struct span line) {
    return lines_blank(line) ? LINES_GAP : LINES_TOKEN;
}

/* The first block of the head, or what there is of it: two lines, and a comma in the first. */
static bool blocks_smells(struct span head) {
    struct span first = {NULL, 0}, second = {NULL, 0};
    size_t at = 0;
    while (lines_next(head, true, &at, &first) && lines_blank(first))
        ;
    return lines_next(head, true, &at, &second) && !lines_blank(second) &&
           span_find(first, 0, ',') < first.n;
}

static enum error_code blocks_begin(void *state, const struct format_plan *plan, struct span head,
                                    bool last, size_t *used, struct error *e) {
    struct blocks *s = state;
    (void)head;
    (void)last;
    *used = 0;
    s->walk.kind = blocks_kind;
    return columns_find(plan, blocks_words, s->column, e);
}

static enum error_code blocks_frame(void *state, struct format_frame *f, struct error *e) {
    struct blocks *s = state;
    (void)e;
    f->unchecked = true;
    lines_frame_blocks(&s->walk, f);
    return OK;
}

static enum error_code blocks_split(void *state, struct span record, struct error *e) {
    struct blocks *s = state;
    struct span first;
    size_t at = 0;
    lines_next(record, true, &at, &first);
    size_t comma = span_find(first, 0, ',');
    if (comma == first.n)
        return error_set(e, BAD_DATA, "a block's first line without a comma behind the title");
    if (at == record.n)
        return error_set(e, BAD_DATA, "a block without an answer");
    s->value[BLOCKS_TITLE] = span_slice(first, 0, comma);
    s->value[BLOCKS_ASK] = span_from(first, comma + 1);
    s->value[BLOCKS_ANSWER] = span_from(record, at);
    return OK;
}

static enum error_code blocks_cell(void *state, unsigned column, struct cell *out,
                                   struct error *e) {
    struct blocks *s = state;
    uint8_t word = s->column[column];
    (void)e;
    *out = (struct cell){.kind = CELL_NULL};
    if (word != COLUMNS_NONE)
        *out = (struct cell){.kind = CELL_RAW, .s = s->value[word]};
    return OK;
}

const struct format format_blocks = {
    .name = "blocks",
    .alone = FORMAT_SPLIT_ALONE,
    .state_size = sizeof(struct blocks),
    .gb18030_safe = true,
    .smells = blocks_smells,
    .begin = blocks_begin,
    .frame = blocks_frame,
    .split = blocks_split,
    .cell = blocks_cell,
};
