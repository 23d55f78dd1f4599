/* lines.c - a line is a record; and the walk over lines that other formats share.
 *
 *     first⏎      n = 1      lines_frame: four records, or three with skip-blank
 *     second⏎     n = 2      lines_frame_blocks: "first⏎second" and "fourth"
 *     ⏎           n = 3
 *     fourth      n = 4
 *
 * A record's number is counted only where a cell asks for it, on from the last one asked for. */
#include "lines.h"
#include "columns.h"

bool lines_next(struct span bytes, bool last, size_t *at, struct span *line) {
    if (*at == bytes.n)
        return false;
    size_t end = span_find(bytes, *at, '\n');
    if (end == bytes.n && !last)
        return false;
    size_t to = end > *at && bytes.p[end - 1] == '\r' ? end - 1 : end;
    *line = span_slice(bytes, *at, to);
    *at = end < bytes.n ? end + 1 : end;
    return true;
}

static bool lines_space_byte(uint8_t c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
}

bool lines_blank(struct span line) {
    size_t i = 0;
    while (i < line.n && lines_space_byte(line.p[i]))
        i++;
    return i == line.n;
}

size_t lines_space(struct span s, size_t at) {
    if (s.p[at] != 0xE3)
        return lines_space_byte(s.p[at]);
    return span_starts(span_from(s, at), "\u3000") ? 3 : 0;
}

/* --- records ---------------------------------------------------------------------------------- */

static void lines_pass(struct lines_place *place, enum lines_kind kind) {
    place->line++;
    if (kind == LINES_GAP) {
        place->open = false;
        return;
    }
    if (!place->open) {
        place->sentence++;
        place->token = 0;
    }
    place->token++;
    place->open = kind == LINES_TOKEN;
}

static void lines_start(struct lines_walk *w, struct format_frame *f) {
    f->count = 0;
    f->used = 0;
    w->bytes = f->bytes;
    w->first = w->here = w->next;
    w->from = w->at = 0;
}

static void lines_add(struct format_frame *f, const uint8_t *from, const uint8_t *to) {
    f->record[f->count++] =
        (struct format_record){(uint32_t)(from - f->bytes.p), (uint32_t)(to - from)};
}

void lines_frame(struct lines_walk *w, struct format_frame *f) {
    struct span line;
    lines_start(w, f);
    while (f->count < f->cap && lines_next(f->bytes, f->last, &f->used, &line)) {
        enum lines_kind kind = w->kind(line);
        lines_pass(&w->next, kind);
        if (kind != LINES_GAP)
            lines_add(f, line.p, line.p + line.n);
    }
}

/* A block's end is known only at the gap behind it: until then nothing of it is used. */
void lines_frame_blocks(struct lines_walk *w, struct format_frame *f) {
    const uint8_t *from = NULL, *to = NULL;
    struct lines_place place = w->next;
    struct span line;
    size_t at = 0;
    lines_start(w, f);
    while (f->count < f->cap && lines_next(f->bytes, f->last, &at, &line)) {
        enum lines_kind kind = w->kind(line);
        lines_pass(&place, kind);
        if (kind != LINES_GAP) {
            from = from ? from : line.p;
            to = line.p + line.n;
            continue;
        }
        if (from)
            lines_add(f, from, to);
        from = NULL;
        f->used = at;
        w->next = place;
    }
    if (from && f->last) {
        lines_add(f, from, to);
        f->used = at;
        w->next = place;
    }
}

struct lines_place lines_find(struct lines_walk *w, struct span record) {
    size_t to = (size_t)(record.p - w->bytes.p);
    struct span line;
    if (w->at && to == w->from)
        return w->here;
    if (to < w->at) {
        w->at = 0;
        w->here = w->first;
    }
    while (w->at <= to) {
        w->from = w->at;
        if (!lines_next(w->bytes, true, &w->at, &line))
            break;
        lines_pass(&w->here, w->kind(line));
    }
    return w->here;
}

/* --- the format ------------------------------------------------------------------------------- */

enum lines_word { LINES_TEXT, LINES_N, LINES_N0 };

static const char *const lines_words[] = {"text", "n", "n0", NULL};
static const char *const lines_shapes[] = {"all", "skip-blank", NULL};

struct lines {
    struct lines_walk walk;
    struct span line;
    uint8_t column[FORMAT_COLUMNS_MAX];
};

static enum lines_kind lines_any(struct span line) {
    (void)line;
    return LINES_SENTENCE;
}

static enum lines_kind lines_not_blank(struct span line) {
    return lines_blank(line) ? LINES_GAP : LINES_SENTENCE;
}

static bool lines_smells(struct span head) {
    (void)head;
    return true;
}

static enum error_code lines_begin(void *state, const struct format_plan *plan, struct span head,
                                   bool last, size_t *used, struct error *e) {
    struct lines *s = state;
    unsigned skip;
    (void)head;
    (void)last;
    *used = 0;
    enum error_code code = columns_setting("shape", plan->shape, lines_shapes, &skip, e);
    s->walk.kind = skip ? lines_not_blank : lines_any;
    return code ? code : columns_find(plan, lines_words, s->column, e);
}

static enum error_code lines_format_frame(void *state, struct format_frame *f, struct error *e) {
    struct lines *s = state;
    (void)e;
    f->unchecked = false;
    lines_frame(&s->walk, f);
    return OK;
}

static enum error_code lines_split(void *state, struct span record, struct error *e) {
    struct lines *s = state;
    (void)e;
    s->line = record;
    return OK;
}

static enum error_code lines_cell(void *state, unsigned column, struct cell *out, struct error *e) {
    struct lines *s = state;
    (void)e;
    *out = (struct cell){.kind = CELL_NULL};
    switch (s->column[column]) {
    case LINES_TEXT:
        *out = (struct cell){.kind = CELL_RAW, .s = s->line};
        break;
    case LINES_N:
    case LINES_N0:
        *out = (struct cell){.kind = CELL_INTEGER, .i = lines_find(&s->walk, s->line).line};
        out->i -= s->column[column] == LINES_N0;
        break;
    }
    return OK;
}

const struct format format_lines = {
    .name = "lines",
    .state_size = sizeof(struct lines),
    .gb18030_safe = true,
    .lines = true,
    .smells = lines_smells,
    .begin = lines_begin,
    .frame = lines_format_frame,
    .split = lines_split,
    .cell = lines_cell,
};
