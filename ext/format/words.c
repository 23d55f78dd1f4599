/* words.c - sentences that are parted into words.
 *
 *     肺 TAB B⏎          sentence 1, words "肺炎 重"; I and M both go on with a word
 *     炎 TAB E⏎
 *     重 TAB S⏎
 *     ⏎
 *
 *     肺炎  很　重 ⏎     spaced-lines: sentence 1, words "肺炎 很 重"
 *
 * where  "words"         the words with one blank between
 *        "sentence"      its number in the file, from 1
 * shape  "sentences"     a character and its tag a line, blank lines between sentences
 *        "spaced-lines"  a sentence a line; words are parted by white space, U+3000 included
 *        "detect"        sentences where the first line is a character, TAB and tag (default)
 *
 * The character stands before the first TAB of a line, the tag behind the last one; in a line
 * without a TAB, before and behind the last blank. White space is never part of a word. */
#include "columns.h"
#include "lines.h"

enum words_word { WORDS_WORDS, WORDS_SENTENCE };

static const char *const words_words[] = {"words", "sentence", NULL};
static const char words_tags[] = "BIMES";

enum words_shape { WORDS_DETECT, WORDS_SENTENCES, WORDS_SPACED };

static const char *const words_shapes[] = {"detect", "sentences", "spaced-lines", NULL};

struct words {
    struct lines_walk walk;
    struct span record;
    struct buf words;
    bool spaced;
    uint8_t column[FORMAT_COLUMNS_MAX];
};

static size_t words_skip(struct span s, size_t at, bool space) {
    size_t n;
    while (at < s.n && ((n = lines_space(s, at)) > 0) == space)
        at += n ? n : 1;
    return at;
}

static bool words_blank(struct span s) {
    return words_skip(s, 0, true) == s.n;
}

static enum lines_kind words_kind(struct span line) {
    return words_blank(line) ? LINES_GAP : LINES_TOKEN;
}

static enum lines_kind words_spaced_kind(struct span line) {
    return words_blank(line) ? LINES_GAP : LINES_SENTENCE;
}

static bool words_parse(struct span line, struct span *character, uint8_t *tag) {
    size_t first = span_find(line, 0, '\t'), last = line.n;
    uint8_t separator = first < line.n ? '\t' : ' ';
    while (last > 0 && line.p[last - 1] != separator)
        last--;
    *character = span_slice(line, 0, separator == '\t' ? first : last ? last - 1 : 0);
    *tag = last && last < line.n ? line.p[last] : 0;
    return character->n && last + 1 == line.n;
}

/* What is wrong with this tag here; *open: inside a word, before and behind it. */
static const char *words_step(uint8_t tag, bool *open) {
    bool starts = tag == 'B' || tag == 'S';
    if (!memchr(words_tags, tag, sizeof words_tags - 1))
        return "a tag that is none of B, I, M, E and S";
    if (starts && *open)
        return "a word that begins and does not end";
    if (!starts && !*open)
        return "a word that does not begin with B";
    *open = tag != 'E' && tag != 'S';
    return NULL;
}

static enum error_code words_check(struct span record, struct error *e) {
    struct span line, character;
    const char *what = NULL;
    bool open = false;
    uint8_t tag;
    size_t at = 0;
    while (!what && lines_next(record, true, &at, &line))
        what = words_parse(line, &character, &tag) ? words_step(tag, &open)
                                                   : "a line that is no character and tag";
    if (!what && open)
        what = "a word that begins and does not end";
    return what ? error_set(e, BAD_DATA, "%s", what) : OK;
}

/* The first line that is not blank. */
static struct span words_first(struct span head) {
    struct span line = {NULL, 0};
    size_t at = 0;
    while (lines_next(head, true, &at, &line) && words_blank(line))
        ;
    return line;
}

static bool words_tagged(struct span line) {
    struct span character;
    uint8_t tag;
    return span_find(line, 0, '\t') < line.n && words_parse(line, &character, &tag) &&
           memchr(words_tags, tag, sizeof words_tags - 1);
}

/* A character and a tag, or words. */
static bool words_smells(struct span head) {
    struct span line = words_first(head);
    size_t inner = words_skip(line, words_skip(line, 0, true), false);
    return inner < line.n && line.p[0] != '{' && line.p[0] != '[';
}

static enum error_code words_begin(void *state, const struct format_plan *plan, struct span head,
                                   bool last, size_t *used, struct error *e) {
    struct words *s = state;
    unsigned shape;
    (void)last;
    *used = 0;
    enum error_code code = columns_setting("shape", plan->shape, words_shapes, &shape, e);
    s->spaced =
        shape == WORDS_SPACED || (shape == WORDS_DETECT && !words_tagged(words_first(head)));
    s->walk.kind = s->spaced ? words_spaced_kind : words_kind;
    return code ? code : columns_find(plan, words_words, s->column, e);
}

static enum error_code words_frame(void *state, struct format_frame *f, struct error *e) {
    struct words *s = state;
    (void)e;
    f->unchecked = !s->spaced;
    if (s->spaced)
        lines_frame(&s->walk, f);
    else
        lines_frame_blocks(&s->walk, f);
    return OK;
}

static enum error_code words_split(void *state, struct span record, struct error *e) {
    struct words *s = state;
    s->record = record;
    return s->spaced ? OK : words_check(record, e);
}

/* apart: a new word begins here. */
static enum error_code words_add(struct buf *words, struct span piece, bool apart,
                                 struct error *e) {
    enum error_code code = apart && words->n ? buf_add_byte(words, ' ', e) : OK;
    return code ? code : buf_add_span(words, piece, e);
}

static enum error_code words_join_spaced(struct words *s, struct error *e) {
    enum error_code code = OK;
    size_t from = words_skip(s->record, 0, true);
    while (!code && from < s->record.n) {
        size_t to = words_skip(s->record, from, false);
        code = words_add(&s->words, span_slice(s->record, from, to), true, e);
        from = words_skip(s->record, to, true);
    }
    return code;
}

static enum error_code words_join_tagged(struct words *s, struct error *e) {
    enum error_code code = OK;
    struct span line, character;
    bool apart = true;
    uint8_t tag;
    size_t at = 0;
    while (!code && lines_next(s->record, true, &at, &line)) {
        words_parse(line, &character, &tag);
        apart = apart || tag == 'B' || tag == 'S';
        if (words_blank(character))
            continue;
        code = words_add(&s->words, character, apart, e);
        apart = false;
    }
    return code;
}

static enum error_code words_cell(void *state, unsigned column, struct cell *out, struct error *e) {
    struct words *s = state;
    enum error_code code = OK;
    *out = (struct cell){.kind = CELL_NULL};
    if (s->column[column] == WORDS_SENTENCE)
        *out = (struct cell){.kind = CELL_INTEGER, .i = lines_find(&s->walk, s->record).sentence};
    if (s->column[column] == WORDS_WORDS) {
        s->words.n = 0;
        code = buf_reserve(&s->words, 0, e);
        code = code ? code : s->spaced ? words_join_spaced(s, e) : words_join_tagged(s, e);
        *out = (struct cell){.kind = CELL_RAW, .s = buf_span(&s->words)};
    }
    return code;
}

static void words_end(void *state) {
    struct words *s = state;
    buf_free(&s->words);
}

const struct format format_words = {
    .name = "words",
    .state_size = sizeof(struct words),
    .smells = words_smells,
    .begin = words_begin,
    .frame = words_frame,
    .split = words_split,
    .cell = words_cell,
    .end = words_end,
};
