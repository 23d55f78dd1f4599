/* terms_table.c - standard terms as a table that answers mentions.
 *
 *     CREATE VIRTUAL TABLE temp.icd USING cmed_terms;           or cmed_terms(method=bm25, learn=0)
 *     INSERT INTO icd(code, term) SELECT code, name FROM icd10('ICD-10.xlsx');
 *     SELECT code, term, score, alias, piece FROM icd('左乳腺癌', 10);
 *     SELECT m.text, t.* FROM mentions m JOIN icd(m.text, 3) t;
 *
 * Without a mention it lists its rows. The rows lie in a shadow table (shadow.h), in TEMP or in the
 * user's database; the index over them is built by the first question after a change. It opens no
 * file, so a database may hold it and a view may use it. */
#include "shadow.h"

#include "base/memory.h"
#include "function.h"
#include "match/terms.h"

#include <string.h>

SQLITE_EXTENSION_INIT3

enum {
    TERMS_CODE,
    TERMS_TERM,
    TERMS_SCORE,
    TERMS_ALIAS,
    TERMS_PIECE,
    TERMS_MENTION,
    TERMS_K,
    TERMS_COLUMNS,
    TERMS_K_DEFAULT = 10,
    TERMS_WRITTEN = 2 /* columns that an INSERT gives */
};

static const char terms_declaration[] =
    "CREATE TABLE x(code TEXT, term TEXT, score REAL, alias TEXT, piece TEXT, mention HIDDEN,"
    "k HIDDEN)";

static const struct shadow_kind terms_shadow = {
    "code TEXT, term TEXT", {"code", "term"}, TERMS_WRITTEN};

/* Terms as they were when they were built; a cursor holds those that it asked. */
struct terms_held {
    struct terms terms;
    unsigned holders;
};

struct terms_table {
    struct shadow shadow;
    struct terms_options options;
    struct terms_held *held; /* NULL: not built yet */
};

struct terms_cursor {
    sqlite3_vtab_cursor base;
    struct terms_held *held;
    struct terms_answer answer;
    size_t at;
    sqlite3_value *mention, *k;
    struct points points; /* of the mention */
    struct buf piece;
    sqlite3_stmt *list; /* NULL: an answer */
    bool ended;
};

static void terms_release(struct terms_held *h) {
    if (!h || --h->holders > 0)
        return;
    terms_free(&h->terms);
    memory_free(h);
}

/* --- options --------------------------------------------------------------------------------- */

static enum error_code terms_option_normalize(struct span value, struct terms_options *o,
                                              struct error *e) {
    o->normalize = 0;
    return span_is(value, "none") ? OK : normalize_parse(value, &o->normalize, e);
}

static enum error_code terms_option_bool(struct span name, struct span value, bool *out,
                                         struct error *e) {
    if (!span_is(value, "0") && !span_is(value, "1"))
        return error_set(e, BAD_USE, "cmed_terms: '%.*s' is 0 or 1", (int)name.n,
                         (const char *)name.p);
    *out = span_is(value, "1");
    return OK;
}

static struct span terms_trim(struct span s) {
    while (s.n && memchr(" \t\r\n'\"", s.p[0], 6))
        s = span_from(s, 1);
    while (s.n && memchr(" \t\r\n'\"", s.p[s.n - 1], 6))
        s.n--;
    return s;
}

/* 'name = value' of the CREATE statement. */
static enum error_code terms_option(const char *text, struct terms_options *o, struct error *e) {
    struct span all = span_text(text);
    size_t equals = span_find(all, 0, '=');
    struct span name = terms_trim(span_slice(all, 0, equals));
    struct span value = terms_trim(span_from(all, equals + 1));
    const struct {
        const char *name;
        bool *at;
    } bools[] = {{"synonyms", &o->synonyms}, {"split", &o->split}, {"learn", &o->learn}};
    if (span_is(name, "method"))
        return terms_method_parse(value, &o->method, e);
    if (span_is(name, "normalize"))
        return terms_option_normalize(value, o, e);
    for (size_t i = 0; i < sizeof bools / sizeof *bools; i++)
        if (span_is(name, bools[i].name))
            return terms_option_bool(name, value, bools[i].at, e);
    return error_set(e, BAD_USE,
                     "cmed_terms has no option '%.*s': method, normalize, synonyms, split, learn",
                     (int)(name.n < 40 ? name.n : 40), (const char *)name.p);
}

/* --- the table ------------------------------------------------------------------------------- */

static int terms_disconnect(sqlite3_vtab *base) {
    struct terms_table *t = (struct terms_table *)base;
    terms_release(t->held);
    shadow_close(&t->shadow);
    memory_free(t);
    return SQLITE_OK;
}

static int terms_destroy(sqlite3_vtab *base) {
    int rc = shadow_drop((struct shadow *)base);
    return rc == SQLITE_OK ? terms_disconnect(base) : rc;
}

static int terms_start(sqlite3 *db, struct connection *c, int argc, const char *const *argv,
                       sqlite3_vtab **out, char **message, bool make) {
    struct terms_table *t = memory_zero(sizeof *t);
    struct error e;
    if (!t)
        return SQLITE_NOMEM;
    t->options = terms_default;
    int rc = SQLITE_OK;
    for (int i = 3; rc == SQLITE_OK && i < argc; i++)
        if (terms_trim(span_text(argv[i])).n && terms_option(argv[i], &t->options, &e)) {
            *message = sqlite3_mprintf("%s", e.text);
            rc = SQLITE_ERROR;
        }
    if (rc == SQLITE_OK)
        rc = sqlite3_declare_vtab(db, terms_declaration);
    if (rc == SQLITE_OK)
        rc = shadow_open(&t->shadow, &terms_shadow, c, argv, make);
    if (rc != SQLITE_OK) {
        terms_disconnect(&t->shadow.base);
        return rc;
    }
    *out = &t->shadow.base;
    return SQLITE_OK;
}

static int terms_create(sqlite3 *db, void *c, int argc, const char *const *argv, sqlite3_vtab **out,
                        char **message) {
    return terms_start(db, c, argc, argv, out, message, true);
}

static int terms_connect(sqlite3 *db, void *c, int argc, const char *const *argv,
                         sqlite3_vtab **out, char **message) {
    return terms_start(db, c, argc, argv, out, message, false);
}

static int terms_best_index(sqlite3_vtab *base, sqlite3_index_info *info) {
    (void)base;
    return shadow_best_index(info, TERMS_MENTION, TERMS_K, TERMS_K_DEFAULT);
}

/* --- building -------------------------------------------------------------------------------- */

/* There are no NULLs: where a text is none, there was no memory for it. */
static enum error_code terms_fill_row(struct terms *terms, sqlite3_stmt *rows, struct error *e) {
    struct span text[TERMS_WRITTEN];
    for (int i = 0; i < TERMS_WRITTEN; i++) {
        const void *p = sqlite3_column_text(rows, 1 + i);
        if (!p)
            return error_no_memory(e);
        text[i] = span_of(p, (size_t)sqlite3_column_bytes(rows, 1 + i));
    }
    return terms_add(terms, sqlite3_column_int64(rows, 0), text[TERMS_CODE], text[TERMS_TERM], e);
}

/* SQLite's code; SQLITE_ERROR with e filled where it is ours. */
static int terms_fill(struct terms_table *t, struct terms *terms, struct error *e) {
    struct shadow_poll poll;
    sqlite3_stmt *rows = NULL;
    enum error_code code = OK;
    int rc = shadow_poll_begin(&poll, &t->shadow);
    if (rc == SQLITE_OK)
        rc = shadow_select(&t->shadow, "ORDER BY id", &rows);
    while (rc == SQLITE_OK && !code && sqlite3_step(rows) == SQLITE_ROW)
        code = terms_fill_row(terms, rows, e);
    if (rc == SQLITE_OK)
        rc = sqlite3_reset(rows);
    if (rc == SQLITE_OK && !code)
        code = terms_build(terms, &poll.poll, e);
    sqlite3_finalize(rows);
    shadow_poll_end(&poll);
    return rc == SQLITE_OK ? door_code(code) : rc;
}

/* t->held of the rows as they are now. */
static int terms_ready(struct terms_table *t) {
    struct error e = {.code = OK};
    int rc = shadow_look(&t->shadow);
    if (rc != SQLITE_OK || (t->shadow.fresh && t->held))
        return rc;
    struct terms_held *h = memory_zero(sizeof *h);
    if (!h)
        return SQLITE_NOMEM;
    h->holders = 1;
    h->terms.options = t->options;
    rc = terms_fill(t, &h->terms, &e);
    if (rc != SQLITE_OK) {
        terms_release(h);
        return rc == SQLITE_ERROR && e.code ? door_table_fail(&t->shadow.base, &e) : rc;
    }
    terms_release(t->held);
    t->held = h;
    t->shadow.fresh = true;
    return SQLITE_OK;
}

/* --- the cursor ------------------------------------------------------------------------------ */

static int terms_open(sqlite3_vtab *base, sqlite3_vtab_cursor **out) {
    struct terms_cursor *c = memory_zero(sizeof *c);
    (void)base;
    if (!c)
        return SQLITE_NOMEM;
    *out = &c->base;
    return SQLITE_OK;
}

static void terms_reset(struct terms_cursor *c) {
    terms_release(c->held);
    sqlite3_value_free(c->mention);
    sqlite3_value_free(c->k);
    sqlite3_finalize(c->list);
    c->held = NULL;
    c->mention = c->k = NULL;
    c->list = NULL;
    c->answer.n = c->at = c->points.n = 0;
    c->ended = true;
}

static int terms_close(sqlite3_vtab_cursor *base) {
    struct terms_cursor *c = (struct terms_cursor *)base;
    terms_reset(c);
    terms_answer_free(&c->answer);
    points_free(&c->points);
    buf_free(&c->piece);
    memory_free(c);
    return SQLITE_OK;
}

static int terms_next(sqlite3_vtab_cursor *base) {
    struct terms_cursor *c = (struct terms_cursor *)base;
    if (!c->list) {
        c->ended = ++c->at >= c->answer.n;
        return SQLITE_OK;
    }
    int rc = sqlite3_step(c->list);
    c->ended = rc != SQLITE_ROW;
    return rc == SQLITE_ROW || rc == SQLITE_DONE ? SQLITE_OK : rc;
}

static int terms_ask(struct terms_cursor *c, struct terms_table *t) {
    struct span mention = function_span(c->mention);
    struct error e;
    size_t k;
    if (!mention.p)
        return SQLITE_OK;
    enum error_code code = shadow_k(c->k, TERMS_K_DEFAULT, TERMS_ROWS_MAX, &k, &e);
    int rc = code ? SQLITE_OK : terms_ready(t);
    if (rc != SQLITE_OK)
        return rc;
    if (!code) {
        c->held = t->held;
        c->held->holders++;
        code = terms_find(&c->held->terms, mention, k, &c->answer, &e);
    }
    c->ended = code || c->answer.n == 0;
    return code ? door_table_fail(&t->shadow.base, &e) : SQLITE_OK;
}

static int terms_list(struct terms_cursor *c, struct terms_table *t, int plan,
                      sqlite3_value **argv) {
    bool one = plan & SHADOW_BY_ROWID;
    int rc = shadow_select(&t->shadow, one ? "WHERE id = ?1" : "ORDER BY id", &c->list);
    if (rc == SQLITE_OK && one)
        rc = sqlite3_bind_value(c->list, 1, argv[0]);
    return rc == SQLITE_OK ? terms_next(&c->base) : rc;
}

static int terms_filter(sqlite3_vtab_cursor *base, int plan, const char *text, int argc,
                        sqlite3_value **argv) {
    struct terms_cursor *c = (struct terms_cursor *)base;
    struct terms_table *t = (struct terms_table *)base->pVtab;
    int i = 0;
    (void)text, (void)argc;
    terms_reset(c);
    if (plan & SHADOW_BY_QUERY && !(c->mention = sqlite3_value_dup(argv[i++])))
        return SQLITE_NOMEM;
    if (plan & SHADOW_BY_K && !(c->k = sqlite3_value_dup(argv[i++])))
        return SQLITE_NOMEM;
    return plan & SHADOW_BY_QUERY ? terms_ask(c, t) : terms_list(c, t, plan, argv + i);
}

static int terms_eof(sqlite3_vtab_cursor *base) {
    return ((struct terms_cursor *)base)->ended;
}

static void terms_text(sqlite3_context *context, struct span s) {
    sqlite3_result_text64(context, (const char *)s.p, s.n, SQLITE_TRANSIENT, SQLITE_UTF8);
}

static void terms_stored(sqlite3_context *context, sqlite3_stmt *rows, int i) {
    const char *text = (const char *)sqlite3_column_text(rows, i);
    if (text)
        sqlite3_result_text(context, text, sqlite3_column_bytes(rows, i), SQLITE_TRANSIENT);
    else
        sqlite3_result_error_nomem(context); /* there are no NULLs */
}

/* The characters of the mention that the row answers. */
static void terms_piece(struct terms_cursor *c, sqlite3_context *context, uint32_t number) {
    struct terms_piece p = c->answer.piece[number];
    enum error_code code = OK;
    struct error e;
    if (number == 0) {
        sqlite3_result_value(context, c->mention);
        return;
    }
    c->piece.n = 0;
    if (c->points.n == 0)
        code = points_decode(&c->points, function_span(c->mention), &e);
    if (!code)
        code = points_encode(&c->points, p.start, p.end, &c->piece, &e);
    if (code)
        door_fail(context, &e);
    else
        terms_text(context, buf_span(&c->piece));
}

static void terms_answer_column(struct terms_cursor *c, sqlite3_context *context, int n) {
    const struct terms *t = &c->held->terms;
    const struct terms_row *r = &c->answer.row[c->at];
    switch (n) {
    case TERMS_CODE:
        terms_text(context, terms_code(t, r->code));
        break;
    case TERMS_TERM:
        terms_text(context, terms_name(t, r->code));
        break;
    case TERMS_SCORE:
        sqlite3_result_double(context, (double)r->score);
        break;
    case TERMS_ALIAS:
        terms_text(context, terms_alias(t, r->doc));
        break;
    default:
        terms_piece(c, context, r->piece);
    }
}

static int terms_column(sqlite3_vtab_cursor *base, sqlite3_context *context, int n) {
    struct terms_cursor *c = (struct terms_cursor *)base;
    sqlite3_value *argument = n == TERMS_MENTION ? c->mention : n == TERMS_K ? c->k : NULL;
    if (argument)
        sqlite3_result_value(context, argument);
    else if (c->list && n < TERMS_WRITTEN)
        terms_stored(context, c->list, 1 + n);
    else if (!c->list && n < TERMS_MENTION)
        terms_answer_column(c, context, n);
    return SQLITE_OK;
}

/* The row of the term that matched, so that an answer can be deleted or updated. */
static int terms_rowid(sqlite3_vtab_cursor *base, sqlite3_int64 *out) {
    struct terms_cursor *c = (struct terms_cursor *)base;
    *out = c->list ? sqlite3_column_int64(c->list, 0) : c->held->terms.id[c->answer.row[c->at].doc];
    return SQLITE_OK;
}

static int terms_update(sqlite3_vtab *base, int argc, sqlite3_value **argv, sqlite3_int64 *rowid) {
    struct error e;
    for (int i = 2; i < 2 + TERMS_WRITTEN && i < argc; i++)
        if (sqlite3_value_type(argv[i]) == SQLITE_NULL) {
            error_set(&e, BAD_USE, "a term needs a code and a term, not NULL");
            return door_table_fail(base, &e);
        }
    return shadow_update((struct shadow *)base, argc, argv, rowid);
}

static const sqlite3_module terms_module = {
    .iVersion = 3,
    .xCreate = terms_create,
    .xConnect = terms_connect,
    .xBestIndex = terms_best_index,
    .xDisconnect = terms_disconnect,
    .xDestroy = terms_destroy,
    .xOpen = terms_open,
    .xClose = terms_close,
    .xFilter = terms_filter,
    .xNext = terms_next,
    .xEof = terms_eof,
    .xColumn = terms_column,
    .xRowid = terms_rowid,
    .xUpdate = terms_update,
    .xBegin = shadow_begin,
    .xRollback = shadow_rollback,
    .xRename = shadow_rename,
    .xSavepoint = shadow_savepoint,
    .xRelease = shadow_savepoint,
    .xRollbackTo = shadow_rollback_to,
    .xShadowName = shadow_name,
};

int terms_table_register(struct connection *c) {
    return sqlite3_create_module_v2(c->db, "cmed_terms", &terms_module, connection_hold(c),
                                    connection_release);
}

bool terms_table_help(const struct connection *c, size_t i, struct help *out) {
    (void)c;
    if (i > 0)
        return false;
    *out = (struct help){
        "cmed_terms", "table", "CREATE VIRTUAL TABLE temp.t USING cmed_terms([option = value, …])",
        "standard terms to insert (code, term) into, several terms a code; t(mention[, k]): code, term, "
        "score, alias, piece, best first; options: method (tfidf, jaccard, bm25), normalize (steps or "
        "none), synonyms, split, learn (0 or 1)"};
    return true;
}
