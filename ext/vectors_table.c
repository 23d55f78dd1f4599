/* vectors_table.c - vectors of one length as a table that answers which are nearest.
 *
 *     CREATE VIRTUAL TABLE temp.v USING cmed_vectors(300);
 *     INSERT INTO v(rowid, vector) SELECT id, vector FROM words;
 *     SELECT rowid, distance FROM v(:query, 10);                distance: 1 - cosine similarity
 *
 * Without a query it lists its rows. They lie in a shadow table (shadow.h), in TEMP or in the
 * user's database; the first question after a change reads them into a matrix of unit rows, 4 bytes
 * a number, that the connection keeps. Exact: every question passes over the whole matrix. */
#include "shadow.h"

#include "base/memory.h"
#include "match/vector.h"

#include <stdlib.h>

SQLITE_EXTENSION_INIT3

enum {
    VECTORS_VECTOR,
    VECTORS_DISTANCE,
    VECTORS_QUERY,
    VECTORS_K,
    VECTORS_K_DEFAULT = 10,
    VECTORS_K_MAX = 10000
};

static const char vectors_declaration[] =
    "CREATE TABLE x(vector BLOB, distance REAL, query HIDDEN, k HIDDEN)";

static const struct shadow_kind vectors_shadow = {"vector BLOB", {"vector"}, 1};

struct vectors_table {
    struct shadow shadow;
    struct vector_matrix matrix;
};

struct vectors_cursor {
    sqlite3_vtab_cursor base;
    struct neighbour *near; /* NULL: a list */
    size_t at, found;
    sqlite3_value *query, *k;
    sqlite3_stmt *list; /* of a list: its rows; of an answer: the vector of one row */
    bool ended;
};

/* --- the table ------------------------------------------------------------------------------- */

static int vectors_disconnect(sqlite3_vtab *base) {
    struct vectors_table *t = (struct vectors_table *)base;
    vector_matrix_free(&t->matrix);
    shadow_close(&t->shadow);
    memory_free(t);
    return SQLITE_OK;
}

static int vectors_destroy(sqlite3_vtab *base) {
    int rc = shadow_drop((struct shadow *)base);
    return rc == SQLITE_OK ? vectors_disconnect(base) : rc;
}

static int vectors_start(sqlite3 *db, struct connection *c, int argc, const char *const *argv,
                         sqlite3_vtab **out, char **message, bool make) {
    char *end = NULL;
    long dim = argc == 4 ? strtol(argv[3], &end, 10) : 0;
    if (dim < 1 || dim > VECTOR_DIM_MAX || *end) {
        *message = sqlite3_mprintf("cmed_vectors needs how many numbers a vector has, from 1 to %d,"
                                   " as in cmed_vectors(300)",
                                   VECTOR_DIM_MAX);
        return SQLITE_ERROR;
    }
    struct vectors_table *t = memory_zero(sizeof *t);
    if (!t)
        return SQLITE_NOMEM;
    t->matrix.dim = (size_t)dim;
    int rc = sqlite3_declare_vtab(db, vectors_declaration);
    if (rc == SQLITE_OK)
        rc = shadow_open(&t->shadow, &vectors_shadow, c, argv, make);
    if (rc != SQLITE_OK) {
        vectors_disconnect(&t->shadow.base);
        return rc;
    }
    *out = &t->shadow.base;
    return SQLITE_OK;
}

static int vectors_create(sqlite3 *db, void *c, int argc, const char *const *argv,
                          sqlite3_vtab **out, char **message) {
    return vectors_start(db, c, argc, argv, out, message, true);
}

static int vectors_connect(sqlite3 *db, void *c, int argc, const char *const *argv,
                           sqlite3_vtab **out, char **message) {
    return vectors_start(db, c, argc, argv, out, message, false);
}

/* Arguments come in the order of the bits: query, k, or a rowid of the list. */
static int vectors_best_index(sqlite3_vtab *base, sqlite3_index_info *info) {
    (void)base;
    return shadow_best_index(info, VECTORS_QUERY, VECTORS_K, VECTORS_K_DEFAULT);
}

/* --- reading --------------------------------------------------------------------------------- */

static enum error_code vectors_open_value(sqlite3_value *value, struct vector *v, struct error *e) {
    if (sqlite3_value_type(value) != SQLITE_BLOB)
        return error_set(e, BAD_USE, "a vector is a BLOB of float32, as cmed_vec() makes it");
    const void *p = sqlite3_value_blob(value);
    return vector_open(span_of(p ? p : "", (size_t)sqlite3_value_bytes(value)), v, e);
}

/* The matrix of the rows as they are now. */
static int vectors_fill(struct vectors_table *t, struct error *e) {
    struct vector_matrix m = {.dim = t->matrix.dim};
    sqlite3_stmt *rows = NULL;
    struct vector v;
    enum error_code code = OK;
    int rc = shadow_select(&t->shadow, "ORDER BY id", &rows);
    while (rc == SQLITE_OK && !code && sqlite3_step(rows) == SQLITE_ROW) {
        const void *p = sqlite3_column_blob(rows, 1);
        code = vector_open(span_of(p ? p : "", (size_t)sqlite3_column_bytes(rows, 1)), &v, e);
        if (!code)
            code = vector_matrix_add(&m, sqlite3_column_int64(rows, 0), v, e);
    }
    if (rc == SQLITE_OK)
        rc = sqlite3_reset(rows);
    sqlite3_finalize(rows);
    if (rc != SQLITE_OK || code) {
        vector_matrix_free(&m);
        return rc == SQLITE_OK ? door_code(code) : rc;
    }
    vector_matrix_free(&t->matrix);
    t->matrix = m;
    t->shadow.fresh = true;
    return SQLITE_OK;
}

static int vectors_ready(struct vectors_table *t) {
    struct error e = {.code = OK};
    int rc = shadow_look(&t->shadow);
    if (rc == SQLITE_OK && !t->shadow.fresh)
        rc = vectors_fill(t, &e);
    return e.code ? door_table_fail(&t->shadow.base, &e) : rc;
}

/* --- the cursor ------------------------------------------------------------------------------ */

static int vectors_open(sqlite3_vtab *base, sqlite3_vtab_cursor **out) {
    struct vectors_cursor *c = memory_zero(sizeof *c);
    (void)base;
    if (!c)
        return SQLITE_NOMEM;
    *out = &c->base;
    return SQLITE_OK;
}

static void vectors_reset(struct vectors_cursor *c) {
    sqlite3_value_free(c->query);
    sqlite3_value_free(c->k);
    sqlite3_finalize(c->list);
    memory_free(c->near);
    c->query = c->k = NULL;
    c->list = NULL;
    c->near = NULL;
    c->at = c->found = 0;
    c->ended = true;
}

static int vectors_close(sqlite3_vtab_cursor *base) {
    vectors_reset((struct vectors_cursor *)base);
    memory_free(base);
    return SQLITE_OK;
}

static int vectors_next(sqlite3_vtab_cursor *base) {
    struct vectors_cursor *c = (struct vectors_cursor *)base;
    if (c->near) {
        c->ended = ++c->at >= c->found;
        return SQLITE_OK;
    }
    int rc = sqlite3_step(c->list);
    c->ended = rc != SQLITE_ROW;
    return rc == SQLITE_ROW || rc == SQLITE_DONE ? SQLITE_OK : rc;
}

static int vectors_ask(struct vectors_cursor *c, struct vectors_table *t) {
    struct shadow_poll poll;
    struct vector query;
    struct error e = {.code = OK};
    size_t k;
    if (sqlite3_value_type(c->query) == SQLITE_NULL)
        return SQLITE_OK;
    enum error_code code = shadow_k(c->k, VECTORS_K_DEFAULT, VECTORS_K_MAX, &k, &e);
    if (!code)
        code = vectors_open_value(c->query, &query, &e);
    int rc = code ? SQLITE_OK : vectors_ready(t);
    if (rc != SQLITE_OK)
        return rc;
    k = k < t->matrix.n ? k : t->matrix.n;
    if (!code && !(c->near = memory_alloc((k + 1) * sizeof *c->near)))
        return SQLITE_NOMEM;
    rc = shadow_poll_begin(&poll, &t->shadow);
    if (!code && rc == SQLITE_OK)
        code = vector_nearest(&t->matrix, query, k, c->near, &c->found, &poll.poll, &e);
    shadow_poll_end(&poll);
    c->ended = code || c->found == 0;
    return code ? door_table_fail(&t->shadow.base, &e) : rc;
}

static int vectors_list(struct vectors_cursor *c, struct vectors_table *t, int plan,
                        sqlite3_value **argv) {
    bool one = plan & SHADOW_BY_ROWID;
    int rc = shadow_select(&t->shadow, one ? "WHERE id = ?1" : "ORDER BY id", &c->list);
    if (rc == SQLITE_OK && one)
        rc = sqlite3_bind_value(c->list, 1, argv[0]);
    return rc == SQLITE_OK ? vectors_next(&c->base) : rc;
}

static int vectors_filter(sqlite3_vtab_cursor *base, int plan, const char *text, int argc,
                          sqlite3_value **argv) {
    struct vectors_cursor *c = (struct vectors_cursor *)base;
    struct vectors_table *t = (struct vectors_table *)base->pVtab;
    int i = 0;
    (void)text, (void)argc;
    vectors_reset(c);
    if (plan & SHADOW_BY_QUERY && !(c->query = sqlite3_value_dup(argv[i++])))
        return SQLITE_NOMEM;
    if (plan & SHADOW_BY_K && !(c->k = sqlite3_value_dup(argv[i++])))
        return SQLITE_NOMEM;
    return plan & SHADOW_BY_QUERY ? vectors_ask(c, t) : vectors_list(c, t, plan, argv + i);
}

static int vectors_eof(sqlite3_vtab_cursor *base) {
    return ((struct vectors_cursor *)base)->ended;
}

/* The vector of the row that 'list' is at. */
static void vectors_result(struct vectors_cursor *c, sqlite3_context *context) {
    const void *p = sqlite3_column_blob(c->list, 1);
    if (p)
        sqlite3_result_blob(context, p, sqlite3_column_bytes(c->list, 1), SQLITE_TRANSIENT);
    else
        sqlite3_result_error_nomem(context); /* there are no empty ones */
}

/* The vector of a row of an answer, as it was inserted. */
static int vectors_look_up(struct vectors_cursor *c, sqlite3_context *context) {
    struct vectors_table *t = (struct vectors_table *)c->base.pVtab;
    int rc = c->list ? SQLITE_OK : shadow_select(&t->shadow, "WHERE id = ?1", &c->list);
    if (rc == SQLITE_OK)
        rc = sqlite3_bind_int64(c->list, 1, c->near[c->at].id);
    if (rc == SQLITE_OK && sqlite3_step(c->list) == SQLITE_ROW)
        vectors_result(c, context);
    return rc == SQLITE_OK ? sqlite3_reset(c->list) : rc;
}

static int vectors_column(sqlite3_vtab_cursor *base, sqlite3_context *context, int n) {
    struct vectors_cursor *c = (struct vectors_cursor *)base;
    sqlite3_value *argument = n == VECTORS_QUERY ? c->query : n == VECTORS_K ? c->k : NULL;
    if (argument)
        sqlite3_result_value(context, argument);
    else if (n == VECTORS_VECTOR && c->near)
        return vectors_look_up(c, context);
    else if (n == VECTORS_VECTOR)
        vectors_result(c, context);
    else if (n == VECTORS_DISTANCE && c->near)
        sqlite3_result_double(context, 1 - c->near[c->at].similarity);
    return SQLITE_OK;
}

static int vectors_rowid(sqlite3_vtab_cursor *base, sqlite3_int64 *out) {
    struct vectors_cursor *c = (struct vectors_cursor *)base;
    *out = c->near ? c->near[c->at].id : sqlite3_column_int64(c->list, 0);
    return SQLITE_OK;
}

/* What cannot be a row is refused now, not by the next question. */
static int vectors_update(sqlite3_vtab *base, int argc, sqlite3_value **argv,
                          sqlite3_int64 *rowid) {
    struct vectors_table *t = (struct vectors_table *)base;
    struct vector v;
    struct error e;
    enum error_code code = argc > 1 ? vectors_open_value(argv[2], &v, &e) : OK;
    if (!code && argc > 1)
        code = vector_fits(v, t->matrix.dim, &e);
    return code ? door_table_fail(base, &e) : shadow_update(&t->shadow, argc, argv, rowid);
}

static const sqlite3_module vectors_module = {
    .iVersion = 3,
    .xCreate = vectors_create,
    .xConnect = vectors_connect,
    .xBestIndex = vectors_best_index,
    .xDisconnect = vectors_disconnect,
    .xDestroy = vectors_destroy,
    .xOpen = vectors_open,
    .xClose = vectors_close,
    .xFilter = vectors_filter,
    .xNext = vectors_next,
    .xEof = vectors_eof,
    .xColumn = vectors_column,
    .xRowid = vectors_rowid,
    .xUpdate = vectors_update,
    .xBegin = shadow_begin,
    .xRollback = shadow_rollback,
    .xRename = shadow_rename,
    .xSavepoint = shadow_savepoint,
    .xRelease = shadow_savepoint,
    .xRollbackTo = shadow_rollback_to,
    .xShadowName = shadow_name,
};

int vectors_table_register(struct connection *c) {
    return sqlite3_create_module_v2(c->db, "cmed_vectors", &vectors_module, connection_hold(c),
                                    connection_release);
}

bool vectors_table_help(const struct connection *c, size_t i, struct help *out) {
    (void)c;
    if (i > 0)
        return false;
    *out = (struct help){
        "cmed_vectors", "table", "CREATE VIRTUAL TABLE temp.v USING cmed_vectors(dim)",
        "vectors to insert (rowid, vector) into; v(query[, k]): rowid, distance (1 - "
        "cosine), vector: the k nearest, exactly"};
    return true;
}
