/* text_table.c - the one virtual table module behind every table over a text.
 *
 *     SELECT w.word FROM note, cmed_words(note.text) w
 *     CREATE TABLE x(word TEXT, …, tag TEXT, in_text HIDDEN, in_model HIDDEN)
 *
 * The arguments have names that no column of a user's has: SQLite looks for the name in an argument
 * among this table's own columns first, so that cmed_words(text) in a subquery would ask for text
 * by itself.
 *
 * Eponymous-only and INNOCUOUS: it reads nothing but its arguments. */
#include "text_table.h"

#include "base/memory.h"
#include "base/utf8.h"
#include "door.h"

SQLITE_EXTENSION_INIT3

struct text_aux {
    struct connection *connection;
    const struct text_kind *kind;
};

struct text_table {
    sqlite3_vtab base;
    const struct text_aux *aux;
};

static int text_connect(sqlite3 *db, void *aux, int argc, const char *const *argv,
                        sqlite3_vtab **out, char **message) {
    (void)argc, (void)argv, (void)message;
    const struct text_kind *kind = ((struct text_aux *)aux)->kind;
    char *sql = sqlite3_mprintf("CREATE TABLE x(%s, in_text HIDDEN%s%s%s)", kind->columns,
                                kind->option ? ", in_" : "", kind->option ? kind->option : "",
                                kind->option ? " HIDDEN" : "");
    int rc = sql ? sqlite3_declare_vtab(db, sql) : SQLITE_NOMEM;
    sqlite3_free(sql);
    if (rc == SQLITE_OK)
        rc = sqlite3_vtab_config(db, SQLITE_VTAB_INNOCUOUS);
    struct text_table *t = rc == SQLITE_OK ? memory_zero(sizeof *t) : NULL;
    if (rc == SQLITE_OK && !t)
        rc = SQLITE_NOMEM;
    if (rc == SQLITE_OK) {
        t->aux = aux;
        *out = &t->base;
    }
    return rc;
}

static int text_disconnect(sqlite3_vtab *base) {
    memory_free(base);
    return SQLITE_OK;
}

/* idxNum: a bit for each argument that xFilter gets, in order. */
static int text_best_index(sqlite3_vtab *base, sqlite3_index_info *info) {
    const struct text_kind *kind = ((struct text_table *)base)->aux->kind;
    int at[TEXT_ARGUMENTS], arguments = 0;
    memset(at, -1, sizeof at);
    for (int i = 0; i < info->nConstraint; i++) {
        int argument = info->aConstraint[i].iColumn - (int)kind->shown;
        if (argument < 0 || argument >= TEXT_ARGUMENTS ||
            info->aConstraint[i].op != SQLITE_INDEX_CONSTRAINT_EQ)
            continue;
        if (!info->aConstraint[i].usable)
            return SQLITE_CONSTRAINT;
        at[argument] = i;
    }
    if (at[0] < 0) {
        sqlite3_free(base->zErrMsg);
        base->zErrMsg = sqlite3_mprintf("%s needs a text, as in %s(text)", kind->name, kind->name);
        return SQLITE_ERROR;
    }
    for (int a = 0; a < TEXT_ARGUMENTS; a++)
        if (at[a] >= 0) {
            info->aConstraintUsage[at[a]].argvIndex = ++arguments;
            info->aConstraintUsage[at[a]].omit = 1;
            info->idxNum |= 1 << a;
        }
    info->estimatedCost = 100;
    info->estimatedRows = 30;
    return SQLITE_OK;
}

/* The cursor, and behind it the kind's room. */
static int text_open(sqlite3_vtab *base, sqlite3_vtab_cursor **out) {
    const struct text_aux *aux = ((struct text_table *)base)->aux;
    struct text_cursor *c = memory_zero(sizeof *c + aux->kind->room);
    if (!c)
        return SQLITE_NOMEM;
    c->kind = aux->kind;
    c->language = &aux->connection->language;
    c->room = c + 1;
    *out = &c->base;
    return SQLITE_OK;
}

/* What the look-up before left; the room stays. */
static void text_reset(struct text_cursor *c) {
    for (int a = 0; a < TEXT_ARGUMENTS; a++) {
        sqlite3_value_free(c->argument[a]);
        c->argument[a] = NULL;
    }
    c->point = c->byte = 0;
    c->row = 0;
    c->ended = true;
}

static int text_close(sqlite3_vtab_cursor *base) {
    struct text_cursor *c = (struct text_cursor *)base;
    text_reset(c);
    c->kind->close(c);
    memory_free(c);
    return SQLITE_OK;
}

static int text_next(sqlite3_vtab_cursor *base) {
    struct text_cursor *c = (struct text_cursor *)base;
    c->ended = !c->kind->next(c);
    c->row++;
    return SQLITE_OK;
}

/* --- arguments ------------------------------------------------------------------------------- */

static enum error_code text_arguments(struct text_cursor *c, int bits, sqlite3_value **argv,
                                      struct error *e) {
    for (int a = 0, i = 0; a < TEXT_ARGUMENTS; a++) {
        if (!(bits >> a & 1) || sqlite3_value_type(argv[i++]) == SQLITE_NULL)
            continue;
        c->argument[a] = sqlite3_value_dup(argv[i - 1]);
        if (!c->argument[a])
            return error_no_memory(e);
    }
    const char *text = c->argument[0] ? (const char *)sqlite3_value_text(c->argument[0]) : "";
    if (!text)
        return error_no_memory(e);
    c->text = span_of(text, c->argument[0] ? (size_t)sqlite3_value_bytes(c->argument[0]) : 0);
    /* Positions count characters: bytes that are none would make every answer a guess. */
    size_t valid = utf8_valid(c->text);
    if (valid < c->text.n)
        return error_set(e, BAD_DATA, "byte 0x%02X is not UTF-8", c->text.p[valid]);
    return OK;
}

struct span text_option(const struct text_cursor *c) {
    sqlite3_value *v = c->argument[1];
    const void *p = NULL;
    if (v)
        p = sqlite3_value_type(v) == SQLITE_BLOB ? sqlite3_value_blob(v) : sqlite3_value_text(v);
    return p ? span_of(p, (size_t)sqlite3_value_bytes(v)) : span_text("");
}

static int text_filter(sqlite3_vtab_cursor *base, int idxNum, const char *idxStr, int argc,
                       sqlite3_value **argv) {
    struct text_cursor *c = (struct text_cursor *)base;
    struct error e, why;
    (void)idxStr, (void)argc;
    text_reset(c);
    enum error_code code = text_arguments(c, idxNum, argv, &why);
    if (!code && c->argument[0])
        code = c->kind->open(c, &why);
    if (code) {
        error_set(&e, code, "%s: %s", c->kind->name, why.text);
        return door_table_fail(base->pVtab, &e);
    }
    return c->argument[0] ? text_next(base) : SQLITE_OK;
}

/* --- results --------------------------------------------------------------------------------- */

/* A text that ends with a NUL is copied once only: the argument is ours, so it gets one for the
 * time of the call. A text that holds a NUL goes with its length. */
void text_result_bytes(struct text_cursor *c, sqlite3_context *context, size_t start, size_t end) {
    const char *text = (const char *)c->text.p + start;
    uint8_t *behind = (uint8_t *)c->text.p + end, kept = *behind;
    *behind = 0;
    if (strlen(text) == end - start)
        sqlite3_result_text(context, text, -1, SQLITE_TRANSIENT);
    else
        sqlite3_result_text64(context, text, end - start, SQLITE_TRANSIENT, SQLITE_UTF8);
    *behind = kept;
}

static size_t text_byte(struct text_cursor *c, size_t point) {
    if (point < c->point)
        c->point = c->byte = 0;
    c->byte += utf8_offset(span_from(c->text, c->byte), point - c->point);
    c->point = point;
    return c->byte;
}

void text_result(struct text_cursor *c, sqlite3_context *context, size_t start, size_t end) {
    size_t from = text_byte(c, start);
    text_result_bytes(c, context, from, from + utf8_offset(span_from(c->text, from), end - start));
}

static int text_eof(sqlite3_vtab_cursor *base) {
    return ((struct text_cursor *)base)->ended;
}

static int text_column(sqlite3_vtab_cursor *base, sqlite3_context *context, int n) {
    struct text_cursor *c = (struct text_cursor *)base;
    if ((unsigned)n < c->kind->shown)
        c->kind->column(c, context, n);
    else if (c->argument[n - (int)c->kind->shown])
        sqlite3_result_value(context, c->argument[n - (int)c->kind->shown]);
    return SQLITE_OK;
}

static int text_rowid(sqlite3_vtab_cursor *base, sqlite3_int64 *out) {
    *out = ((struct text_cursor *)base)->row;
    return SQLITE_OK;
}

static const sqlite3_module text_module = {
    .xConnect = text_connect,
    .xBestIndex = text_best_index,
    .xDisconnect = text_disconnect,
    .xOpen = text_open,
    .xClose = text_close,
    .xFilter = text_filter,
    .xNext = text_next,
    .xEof = text_eof,
    .xColumn = text_column,
    .xRowid = text_rowid,
};

static void text_release(void *p) {
    struct text_aux *aux = p;
    connection_release(aux->connection);
    memory_free(aux);
}

int text_table_register(struct connection *c) {
    int rc = SQLITE_OK;
    for (const struct text_kind *k = text_kinds; k->name && rc == SQLITE_OK; k++) {
        struct text_aux *aux = memory_alloc(sizeof *aux);
        if (!aux)
            return SQLITE_NOMEM;
        *aux = (struct text_aux){connection_hold(c), k};
        rc = sqlite3_create_module_v2(c->db, k->name, &text_module, aux, text_release);
    }
    return rc;
}

bool text_table_help(const struct connection *c, size_t i, struct help *out) {
    (void)c;
    for (const struct text_kind *k = text_kinds; k->name; k++)
        if (i-- == 0) {
            *out = (struct help){k->name, "table", k->signature, k->doc};
            return true;
        }
    return false;
}
