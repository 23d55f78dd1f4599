/* text_rows.c - the tables over a text: what their rows are.
 *
 *     cmed_words('血压140/90mmHg')          血压 0 2 n | 140/90 2 8 m | mmHg 8 12 eng
 *     cmed_sentences('发热3天。无咳嗽。')    发热3天。 0 5 | 无咳嗽。 5 9
 *     cmed_entities('无发热')                发热 symptom 1 3, negated
 *     cmed_sections('主诉：头痛。')          主诉 主诉 3 6 头痛。
 *     cmed_normalize_map('Ⅱ型')             0 0 | 1 1
 *     cmed_values('血压140/90mmHg')         140/90mmHg 140 90 NULL / NULL mmHg 血压 NULL 2 11
 */
#include "text_table.h"

#include "base/memory.h"
#include "language.h"
#include "learn/spot.h"
#include "learn/tag.h"
#include "text/assertion.h"
#include "text/normalize.h"
#include "text/section.h"
#include "text/sentence.h"
#include "text/value.h"

SQLITE_EXTENSION_INIT3

static void text_position(sqlite3_context *context, size_t at) {
    sqlite3_result_int64(context, (sqlite3_int64)at);
}

static void text_fail(sqlite3_context *context, const struct error *e) {
    if (e->code == NO_MEMORY)
        sqlite3_result_error_nomem(context);
    else
        sqlite3_result_error(context, e->text, -1);
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
static bool text_model_same(const struct language_model *m, struct span blob) {
    return m && m->bytes.n == blob.n && blob.n >= TEXT_HEAD &&
           memcmp(m->bytes.p, blob.p, TEXT_HEAD) == 0;
}

/* The second argument as a model, in place of the one that a text before was for. */
static enum error_code text_model(struct text_cursor *c, struct language_model **model,
                                  struct error *e) {
    struct span option = text_option(c);
    bool blob = c->argument[1] && sqlite3_value_type(c->argument[1]) == SQLITE_BLOB;
    if (blob && text_model_same(*model, option))
        return OK;
    language_release(*model);
    *model = NULL;
    return (blob ? language_open : language_find)(c->language, option, model, e);
}

static enum error_code text_words_open(struct text_cursor *c, struct error *e) {
    struct text_words *w = c->room;
    enum error_code code = text_model(c, &w->model, e);
    if (!code)
        code = language_segmenter(w->model, e);
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

/* --- entities -------------------------------------------------------------------------------- */

enum {
    ENTITY_START,
    ENTITY_END,
    ENTITY_TYPE,
    ENTITY_MENTION,
    ENTITY_CODE,
    ENTITY_NEGATED,
    ENTITY_SCORE,
    ENTITY_UNCERTAIN,
    ENTITY_HISTORY,
    ENTITY_FAMILY,
    ENTITY_COLUMNS
};

struct text_entities {
    struct language_model *model;
    const struct tagger *tagger; /* NULL: by the dictionary and rules, */
    struct spot *spot;           /* which work here; */
    struct tag_room *room;       /* the tagger here */
    size_t start, end;
    struct span type;
    struct points points; /* of the text, once an assertion was asked for */
    bool read, asserted;
    unsigned assertions; /* of this mention */
};

static enum error_code text_entities_open(struct text_cursor *c, struct error *e) {
    struct text_entities *t = c->room;
    const void *tagger = NULL;
    bool rules = !text_option(c).n;
    enum error_code code = text_model(c, &t->model, e);
    if (!code && !rules)
        code = language_object(t->model, "tagger", &tagger, e);
    if (code)
        return code;
    t->read = t->asserted = false;
    t->tagger = tagger;
    if (rules && !t->spot && !(t->spot = memory_zero(sizeof *t->spot)))
        return error_no_memory(e);
    if (rules)
        return spot_begin(t->spot, t->model->cut.own, c->text, e);
    if (!t->room)
        code = tag_room_new(&t->room, e);
    if (!code)
        tag_room_begin(t->room, t->tagger, c->text);
    return code;
}

static bool text_entities_next(struct text_cursor *c) {
    struct text_entities *t = c->room;
    struct spot_mention s;
    struct tag_mention m;
    t->asserted = false;
    if (!t->tagger) {
        if (!spot_next(t->spot, &s))
            return false;
        t->start = s.start;
        t->end = s.end;
        t->type = span_text(s.type);
        return true;
    }
    if (!tag_room_next(t->room, &m))
        return false;
    t->start = m.start;
    t->end = m.end;
    t->type = tagger_type(t->tagger, m.type);
    return true;
}

static void text_entities_assertion(struct text_cursor *c, sqlite3_context *context, unsigned bit) {
    struct text_entities *t = c->room;
    struct error e;
    if (!t->read && points_decode(&t->points, c->text, &e)) {
        text_fail(context, &e);
        return;
    }
    t->read = true;
    if (!t->asserted)
        t->assertions = assertion_of(&t->points, t->start, t->end);
    t->asserted = true;
    sqlite3_result_int(context, (t->assertions & bit) != 0);
}

static void text_entities_score(struct text_entities *t, sqlite3_context *context) {
    struct error e;
    double score;
    if (!t->tagger)
        return;
    if (tag_room_score(t->room, &score, &e))
        text_fail(context, &e);
    else
        sqlite3_result_double(context, score);
}

static void text_entities_column(struct text_cursor *c, sqlite3_context *context, int n) {
    static const unsigned bits[ENTITY_COLUMNS] = {[ENTITY_NEGATED] = ASSERTION_NEGATED,
                                                  [ENTITY_UNCERTAIN] = ASSERTION_UNCERTAIN,
                                                  [ENTITY_HISTORY] = ASSERTION_HISTORY,
                                                  [ENTITY_FAMILY] = ASSERTION_FAMILY};
    struct text_entities *t = c->room;
    if (bits[n])
        text_entities_assertion(c, context, bits[n]);
    else if (n == ENTITY_TYPE)
        sqlite3_result_text64(context, (const char *)t->type.p, t->type.n, SQLITE_TRANSIENT,
                              SQLITE_UTF8);
    else if (n == ENTITY_MENTION)
        text_result(c, context, t->start, t->end);
    else if (n == ENTITY_SCORE)
        text_entities_score(t, context);
    else if (n != ENTITY_CODE)
        text_position(context, n == ENTITY_START ? t->start : t->end);
}

static void text_entities_close(struct text_cursor *c) {
    struct text_entities *t = c->room;
    if (t->spot)
        spot_free(t->spot);
    memory_free(t->spot);
    tag_room_free(t->room);
    points_free(&t->points);
    language_release(t->model);
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
    {"cmed_entities",
     "start_pos INTEGER, end_pos INTEGER, type TEXT, mention TEXT, code TEXT, negated INTEGER, "
     "score REAL, uncertain INTEGER, history INTEGER, family INTEGER",
     "model", ENTITY_COLUMNS, sizeof(struct text_entities), text_entities_open, text_entities_next,
     text_entities_column, text_entities_close, "cmed_entities(text[, model])",
     "a row a mention: with a model of cmed_train_tagger its types, and score: the probability of exactly this mention; "
     "without: disease, symptom, body, procedure, test, drug, value, date by the dictionary that ships and rules, score "
     "NULL; negated, uncertain, history, family: 1 by cue words around it; code: NULL, look the mention up in cmed_terms"},
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
