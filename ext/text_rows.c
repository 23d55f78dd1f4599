/* text_rows.c - the tables over a text: what their rows are.
 *
 *     cmed_words('血压140/90mmHg')          血压 0 2 n | 140/90 2 8 m | mmHg 8 12 eng
 *     cmed_sentences('发热3天。无咳嗽。')    发热3天。 0 5 | 无咳嗽。 5 9
 *     cmed_sections('主诉：头痛。')          主诉 主诉 3 6 头痛。
 *     cmed_normalize_map('Ⅱ型')             0 0 | 1 1
 *     cmed_values('血压140/90mmHg')         140/90mmHg 140 90 NULL / NULL mmHg 血压 NULL 2 11
 */
#include "text_table.h"

#include "language.h"
#include "text/normalize.h"
#include "text/section.h"
#include "text/sentence.h"
#include "text/value.h"

SQLITE_EXTENSION_INIT3

static void text_position(sqlite3_context *context, size_t at) {
    sqlite3_result_int64(context, (sqlite3_int64)at);
}

/* NULL for ''. */
static void text_string(sqlite3_context *context, const char *z) {
    if (z && *z)
        sqlite3_result_text(context, z, -1, SQLITE_TRANSIENT);
}

/* --- words ----------------------------------------------------------------------------------- */

enum { TEXT_HEAD = 64 }; /* bytes of a model with its sum among them */

struct text_words {
    struct cut cut;
    struct cut_word word;
    struct language_model *model;
};

/* A BLOB that is the one before is not opened again for every text of a join. */
static bool text_words_same(const struct language_model *m, struct span blob) {
    return m && m->bytes.n == blob.n && blob.n >= TEXT_HEAD &&
           memcmp(m->bytes.p, blob.p, TEXT_HEAD) == 0;
}

static enum error_code text_words_model(struct text_cursor *c, struct error *e) {
    struct text_words *w = c->room;
    struct span option = text_option(c);
    bool blob = c->argument[1] && sqlite3_value_type(c->argument[1]) == SQLITE_BLOB;
    if (blob && text_words_same(w->model, option))
        return OK;
    language_release(w->model);
    w->model = NULL;
    enum error_code code =
        (blob ? language_open : language_find)(c->language, option, &w->model, e);
    return code ? code : language_segmenter(w->model, e);
}

static enum error_code text_words_open(struct text_cursor *c, struct error *e) {
    struct text_words *w = c->room;
    enum error_code code = text_words_model(c, e);
    return code ? code : cut_begin(&w->cut, &w->model->cut, &c->language->users, c->text, e);
}

static bool text_words_next(struct text_cursor *c) {
    struct text_words *w = c->room;
    return cut_next(&w->cut, &w->word);
}

static void text_words_close(struct text_cursor *c) {
    struct text_words *w = c->room;
    cut_free(&w->cut);
    language_release(w->model);
}

static void text_words_column(struct text_cursor *c, sqlite3_context *context, int n) {
    const struct text_words *words = c->room;
    const struct segment_word *w = &words->word.place;
    struct span tag;
    switch (n) {
    case 0:
        text_result_bytes(c, context, w->start, w->end);
        break;
    case 1:
        text_position(context, w->start_point);
        break;
    case 2:
        text_position(context, w->end_point);
        break;
    default:
        tag = cut_tag(&words->cut, &words->word);
        if (tag.n)
            sqlite3_result_text64(context, (const char *)tag.p, tag.n, SQLITE_TRANSIENT,
                                  SQLITE_UTF8);
    }
}

/* --- sentences and sections ------------------------------------------------------------------ */

/* What sentences, sections and values are found in, and the last one. */
struct text_found {
    struct points points;
    size_t at;
    union {
        struct sentence sentence;
        struct section section;
        struct value value;
    } is;
};

static enum error_code text_found_open(struct text_cursor *c, struct error *e) {
    struct text_found *f = c->room;
    f->at = 0;
    return points_decode(&f->points, c->text, e);
}

static void text_found_close(struct text_cursor *c) {
    points_free(&((struct text_found *)c->room)->points);
}

static bool text_sentences_next(struct text_cursor *c) {
    struct text_found *f = c->room;
    return sentence_next(&f->points, &f->at, &f->is.sentence);
}

static void text_sentences_column(struct text_cursor *c, sqlite3_context *context, int n) {
    const struct sentence *s = &((struct text_found *)c->room)->is.sentence;
    if (n == 0)
        text_result(c, context, s->start, s->end);
    else
        text_position(context, n == 1 ? s->start : s->end);
}

static bool text_sections_next(struct text_cursor *c) {
    struct text_found *f = c->room;
    return section_next(&f->points, &f->at, &f->is.section);
}

static void text_sections_column(struct text_cursor *c, sqlite3_context *context, int n) {
    const struct section *s = &((struct text_found *)c->room)->is.section;
    switch (n) {
    case 0:
        text_string(context, s->name);
        break;
    case 1:
        if (s->heading_start < s->heading_end)
            text_result(c, context, s->heading_start, s->heading_end);
        break;
    case 4:
        text_result(c, context, s->start, s->end);
        break;
    default:
        text_position(context, n == 2 ? s->start : s->end);
    }
}

/* --- normalisation --------------------------------------------------------------------------- */

struct text_map {
    struct normalized text;
    size_t at; /* behind the row's character */
};

static enum error_code text_map_open(struct text_cursor *c, struct error *e) {
    struct text_map *m = c->room;
    unsigned steps;
    m->at = 0;
    enum error_code code = normalize_parse(text_option(c), &steps, e);
    return code ? code : normalize_text(&m->text, c->text, steps, e);
}

static bool text_map_next(struct text_cursor *c) {
    struct text_map *m = c->room;
    return m->at++ < m->text.from.n;
}

static void text_map_column(struct text_cursor *c, sqlite3_context *context, int n) {
    const struct text_map *m = c->room;
    text_position(context, n == 0 ? m->at - 1 : m->text.from.p[m->at - 1]);
}

static void text_map_close(struct text_cursor *c) {
    normalize_free(&((struct text_map *)c->room)->text);
}

/* --- values ---------------------------------------------------------------------------------- */

enum {
    TEXT_VALUE,
    TEXT_NUMBER,
    TEXT_JOINER = TEXT_NUMBER + VALUE_NUMBERS,
    TEXT_OPERATOR,
    TEXT_UNIT,
    TEXT_NAME,
    TEXT_FREQUENCY,
    TEXT_START,
    TEXT_END,
    TEXT_VALUE_COLUMNS
};

static bool text_values_next(struct text_cursor *c) {
    struct text_found *f = c->room;
    return value_next(&f->points, &f->at, &f->is.value);
}

static void text_values_string(struct text_cursor *c, sqlite3_context *context, int n) {
    const struct value *v = &((struct text_found *)c->room)->is.value;
    const char joiner[2] = {v->joiner, 0};
    const char *const text[] = {joiner, v->operator, v->unit, NULL, v->frequency};
    if (n != TEXT_NAME)
        text_string(context, text[n - TEXT_JOINER]);
    else if (v->name_start < v->name_end)
        text_result(c, context, v->name_start, v->name_end);
}

static void text_values_column(struct text_cursor *c, sqlite3_context *context, int n) {
    const struct value *v = &((struct text_found *)c->room)->is.value;
    if (n == TEXT_VALUE)
        text_result(c, context, v->start, v->end);
    else if (n >= TEXT_START)
        text_position(context, n == TEXT_START ? v->start : v->end);
    else if (n >= TEXT_JOINER)
        text_values_string(c, context, n);
    else if ((unsigned)(n - TEXT_NUMBER) < v->n)
        sqlite3_result_double(context, v->number[n - TEXT_NUMBER]);
}

/* --- the list -------------------------------------------------------------------------------- */

const struct text_kind text_kinds[] = {
    {"cmed_words", "word TEXT, start_pos INTEGER, end_pos INTEGER, tag TEXT", "model", 4,
     sizeof(struct text_words), text_words_open, text_words_next, text_words_column,
     text_words_close, "cmed_words(text[, model])",
     "a row a word: positions in code points, end exclusive; tag: the part of speech (n, v, m, eng, …), NULL where "
     "the model has none; white space is no word"},
    {"cmed_sentences", "sentence TEXT, start_pos INTEGER, end_pos INTEGER", NULL, 3,
     sizeof(struct text_found), text_found_open, text_sentences_next, text_sentences_column,
     text_found_close, "cmed_sentences(text)",
     "a row a sentence, white space at its ends left out: parted at 。！？； and their like, and at line ends"},
    {"cmed_sections", "section TEXT, heading TEXT, start_pos INTEGER, end_pos INTEGER, body TEXT",
     NULL, 5, sizeof(struct text_found), text_found_open, text_sections_next, text_sections_column,
     text_found_close, "cmed_sections(text)",
     "a row a section of a medical record: section: the usual heading (主诉, 现病史, …), NULL before the first; heading: "
     "as it is written; positions of the body"},
    {"cmed_normalize_map", "norm_pos INTEGER, text_pos INTEGER", "what", 2, sizeof(struct text_map),
     text_map_open, text_map_next, text_map_column, text_map_close,
     "cmed_normalize_map(text[, what])",
     "for each character of cmed_normalize(text, what), where in text it came from"},
    {"cmed_values",
     "value TEXT, number REAL, number2 REAL, number3 REAL, joiner TEXT, operator TEXT, unit TEXT, "
     "name TEXT, frequency TEXT, start_pos INTEGER, end_pos INTEGER",
     NULL, TEXT_VALUE_COLUMNS, sizeof(struct text_found), text_found_open, text_values_next,
     text_values_column, text_found_close, "cmed_values(text)",
     "a row a number with its unit: joiner of two or three numbers: - / x +; operator: <, >, <=, >=, =, ~ (about); unit: "
     "one spelling (10^9/L, mmHg); name: the words before it; frequency: qd, bid, q8h, …"},
    {0},
};
