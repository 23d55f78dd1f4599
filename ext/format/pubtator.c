/* pubtator.c - abstracts with their mentions and relations: MedMentions, BC5CDR, NCBI Disease.
 *
 *     25763772|t|DCTN4 as a modifier of …⏎             title: behind the first two '|'
 *     25763772|a|Pseudomonas aeruginosa | Pa …⏎        abstract, any separator of lines but LF in
 * it 25763772 TAB 0 TAB 5 TAB DCTN4 TAB T116,T123 TAB C4308010⏎           a mention, maybe with a
 *     25763772 TAB CID TAB D003000 TAB D006973⏎        a relation          seventh field
 *     ⏎                                                a document ends
 *
 * A wrong number of fields, an offset that is no integer, a relation whose type is one, and a
 * second title are BAD_DATA. */
#include "pubtator.h"
#include "columns.h"
#include "field.h"
#include "lines.h"

enum { PUBTATOR_RELATION = 4, PUBTATOR_MENTION = 6, PUBTATOR_FIELDS = 7 };
enum pubtator_kind { PUBTATOR_DOCUMENT, PUBTATOR_IS_MENTION, PUBTATOR_IS_RELATION, PUBTATOR_TEXT };
enum pubtator_each { PUBTATOR_ALONE, PUBTATOR_MENTIONS, PUBTATOR_RELATIONS, PUBTATOR_ALL };

enum pubtator_word {
    PUBTATOR_PMID,
    PUBTATOR_KIND,
    PUBTATOR_TITLE,
    PUBTATOR_ABSTRACT,
    PUBTATOR_WHOLE,
    PUBTATOR_START,
    PUBTATOR_END,
    PUBTATOR_TYPE,
    PUBTATOR_CONCEPT,
    PUBTATOR_ARG1,
    PUBTATOR_ARG2
};

static const char *const pubtator_words[] = {"pmid", "kind", "title",   "abstract", "text", "start",
                                             "end",  "type", "concept", "arg1",     "arg2", NULL};
static const char *const pubtator_eaches[] = {"document", "mentions", "relations", "all", NULL};

struct pubtator_line {
    enum pubtator_kind kind;
    struct span field[PUBTATOR_FIELDS];
    struct span text; /* of PUBTATOR_TEXT */
    char of;          /* 't' or 'a' */
};

struct pubtator {
    struct lines_walk walk;
    struct span record, pmid, title, abstract;
    size_t at;    /* of the record: behind the current line */
    bool started; /* the document was handed out */
    struct pubtator_line line;
    struct buf whole;
    unsigned each;
    uint8_t column[FORMAT_COLUMNS_MAX];
};

/* --- one line --------------------------------------------------------------------------------- */

/* pmid|t|text, pmid|a|text */
static bool pubtator_is_text(struct span line, struct pubtator_line *out) {
    size_t bar = span_find(line, 0, '|'), tab = span_find(line, 0, '\t');
    struct span mark = span_slice(line, bar, bar + 3);
    if (bar > tab || !(span_is(mark, "|t|") || span_is(mark, "|a|")))
        return false;
    out->kind = PUBTATOR_TEXT;
    out->field[0] = span_slice(line, 0, bar);
    out->text = span_from(line, bar + 3);
    out->of = (char)mark.p[1];
    return true;
}

/* What is wrong with the line; NULL: nothing. */
static const char *pubtator_parse(struct span line, struct pubtator_line *out) {
    unsigned n = 0;
    int64_t ignored;
    if (pubtator_is_text(line, out))
        return NULL;
    for (; line.p && n < PUBTATOR_FIELDS; n++)
        out->field[n] = field_cut(&line, "\t");
    bool cut = n > 2 && field_integer(out->field[1], &ignored); /* a mention that lost its end */
    if (!line.p && n == PUBTATOR_RELATION && !cut) {
        out->kind = PUBTATOR_IS_RELATION;
        return NULL;
    }
    if (line.p || n < PUBTATOR_MENTION)
        return "neither a title, nor an abstract, nor a mention of 6 or 7 fields, nor a relation "
               "of 4";
    out->kind = PUBTATOR_IS_MENTION;
    return field_integer(out->field[1], &ignored) && field_integer(out->field[2], &ignored)
               ? NULL
               : "a mention with offsets that are no integers";
}

static enum lines_kind pubtator_kind(struct span line) {
    return lines_blank(line) ? LINES_GAP : LINES_TOKEN;
}

/* --- records and rows ------------------------------------------------------------------------- */

/* The first line is a title or an abstract. */
static bool pubtator_smells(struct span head) {
    struct pubtator_line parsed;
    struct span line;
    size_t at = 0;
    while (lines_next(head, true, &at, &line))
        if (!lines_blank(line))
            return pubtator_is_text(line, &parsed) && parsed.field[0].n > 0;
    return false;
}

static enum error_code pubtator_begin(void *state, const struct format_plan *plan, struct span head,
                                      bool last, size_t *used, struct error *e) {
    struct pubtator *s = state;
    (void)head;
    (void)last;
    *used = 0;
    s->walk.kind = pubtator_kind;
    enum error_code code = columns_setting("each", plan->each, pubtator_eaches, &s->each, e);
    return code ? code : columns_find(plan, pubtator_words, s->column, e);
}

static enum error_code pubtator_frame(void *state, struct format_frame *f, struct error *e) {
    struct pubtator *s = state;
    (void)e;
    f->unchecked = true;
    lines_frame_blocks(&s->walk, f);
    return OK;
}

/* Notes a title or an abstract. */
static const char *pubtator_note(struct pubtator *s, const struct pubtator_line *line) {
    struct span *part = line->of == 't' ? &s->title : &s->abstract;
    if (part->p)
        return line->of == 't' ? "a second title, and no blank line before it"
                               : "a second abstract, and no blank line before it";
    *part = line->text;
    if (!s->pmid.p)
        s->pmid = line->field[0];
    return NULL;
}

static enum error_code pubtator_split(void *state, struct span record, struct error *e) {
    struct pubtator *s = state;
    struct pubtator_line parsed;
    struct span line;
    size_t at = 0;
    s->record = record;
    s->pmid = s->title = s->abstract = (struct span){NULL, 0};
    s->at = 0;
    s->started = false;
    for (unsigned number = 1; lines_next(record, true, &at, &line); number++) {
        const char *what = pubtator_parse(line, &parsed);
        if (!what && parsed.kind == PUBTATOR_TEXT)
            what = pubtator_note(s, &parsed);
        if (what)
            return error_set(e, BAD_DATA, "line %u of the document: %s", number, what);
    }
    return OK;
}

static bool pubtator_gives(const struct pubtator *s, enum pubtator_kind kind) {
    switch (kind) {
    case PUBTATOR_DOCUMENT:
        return s->pmid.p && (s->each == PUBTATOR_ALONE || s->each == PUBTATOR_ALL);
    case PUBTATOR_IS_MENTION:
        return s->each == PUBTATOR_MENTIONS || s->each == PUBTATOR_ALL;
    case PUBTATOR_IS_RELATION:
        return s->each == PUBTATOR_RELATIONS || s->each == PUBTATOR_ALL;
    default:
        return false;
    }
}

static enum error_code pubtator_item(void *state, bool *more, struct error *e) {
    struct pubtator *s = state;
    struct pubtator_line parsed;
    struct span line;
    (void)e;
    *more = false;
    if (!s->started) {
        s->started = true;
        s->line.kind = PUBTATOR_DOCUMENT;
        s->line.field[0] = s->pmid;
        *more = pubtator_gives(s, PUBTATOR_DOCUMENT);
    }
    while (!*more && s->each != PUBTATOR_ALONE && lines_next(s->record, true, &s->at, &line)) {
        pubtator_parse(line, &parsed);
        *more = pubtator_gives(s, parsed.kind);
        if (*more)
            s->line = parsed;
    }
    return OK;
}

/* --- cells ------------------------------------------------------------------------------------ */

static struct cell pubtator_text(struct span s) {
    return (struct cell){.kind = s.p ? CELL_RAW : CELL_NULL, .s = s};
}

static enum error_code pubtator_whole(struct pubtator *s, struct cell *out, struct error *e) {
    s->whole.n = 0;
    enum error_code code = buf_add_span(&s->whole, s->title, e);
    if (!code)
        code = buf_add_byte(&s->whole, ' ', e);
    if (!code)
        code = buf_add_span(&s->whole, s->abstract, e);
    *out = pubtator_text(buf_span(&s->whole));
    return code;
}

static enum error_code pubtator_document_cell(struct pubtator *s, uint8_t word, struct cell *out,
                                              struct error *e) {
    if (word == PUBTATOR_TITLE)
        *out = pubtator_text(s->title);
    else if (word == PUBTATOR_ABSTRACT)
        *out = pubtator_text(s->abstract);
    else if (word == PUBTATOR_WHOLE && s->title.p && s->abstract.p)
        return pubtator_whole(s, out, e);
    else if (word == PUBTATOR_WHOLE)
        *out = pubtator_text(s->title.p ? s->title : s->abstract);
    return OK;
}

static void pubtator_mention_cell(const struct pubtator_line *line, uint8_t word,
                                  struct cell *out) {
    switch (word) {
    case PUBTATOR_START:
    case PUBTATOR_END:
        out->kind = CELL_INTEGER;
        field_integer(line->field[word == PUBTATOR_START ? 1 : 2], &out->i);
        break;
    case PUBTATOR_WHOLE:
        *out = pubtator_text(line->field[3]);
        break;
    case PUBTATOR_TYPE:
        *out = pubtator_text(line->field[4]);
        break;
    case PUBTATOR_CONCEPT:
        *out = pubtator_text(line->field[5]);
        break;
    }
}

static void pubtator_relation_cell(const struct pubtator_line *line, uint8_t word,
                                   struct cell *out) {
    struct span first = line->field[2], second = line->field[3];
    switch (word) {
    case PUBTATOR_TYPE:
        *out = pubtator_text(line->field[1]);
        break;
    case PUBTATOR_CONCEPT:
        *out = pubtator_text(span_of(first.p, first.n + 1 + second.n));
        break;
    case PUBTATOR_ARG1:
        *out = pubtator_text(first);
        break;
    case PUBTATOR_ARG2:
        *out = pubtator_text(second);
        break;
    }
}

static enum error_code pubtator_cell(void *state, unsigned column, struct cell *out,
                                     struct error *e) {
    static const char *const kinds[] = {"document", "mention", "relation"};
    struct pubtator *s = state;
    const struct pubtator_line *line = &s->line;
    uint8_t word = s->column[column];
    *out = (struct cell){.kind = CELL_NULL};
    if (word == PUBTATOR_PMID)
        *out = pubtator_text(line->field[0]);
    else if (word == PUBTATOR_KIND)
        *out = (struct cell){.kind = CELL_READY, .s = span_text(kinds[line->kind])};
    else if (line->kind == PUBTATOR_DOCUMENT)
        return pubtator_document_cell(s, word, out, e);
    else if (line->kind == PUBTATOR_IS_MENTION)
        pubtator_mention_cell(line, word, out);
    else
        pubtator_relation_cell(line, word, out);
    return OK;
}

static void pubtator_end(void *state) {
    struct pubtator *s = state;
    buf_free(&s->whole);
}

const struct format format_pubtator = {
    .name = "pubtator",
    .alone = FORMAT_SPLIT_ALONE,
    .state_size = sizeof(struct pubtator),
    .smells = pubtator_smells,
    .begin = pubtator_begin,
    .frame = pubtator_frame,
    .split = pubtator_split,
    .item = pubtator_item,
    .cell = pubtator_cell,
    .end = pubtator_end,
};
