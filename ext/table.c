/* table.c - the one virtual table module behind every dataset reader.
 *
 *     CREATE TABLE yidu_s4k_entities(doc TEXT, …, mention TEXT,                  the table's
 * columns path HIDDEN, encoding HIDDEN, on_error HIDDEN, part HIDDEN, parts HIDDEN, options HIDDEN,
 *         file HIDDEN, record HIDDEN, error HIDDEN)
 *
 * Eponymous-only (no xCreate) and DIRECTONLY: no database file can make it read another file. */
#include "door.h"

#include "base/memory.h"
#include "dataset/list.h"
#include "dataset/options.h"
#include "dataset/scan.h"

#include <stdio.h>
#include <stdlib.h>

SQLITE_EXTENSION_INIT3

/* The hidden columns, behind the table's own. Arguments come first, in the order of a call. */
enum table_hidden {
    TABLE_PATH,
    TABLE_ENCODING,
    TABLE_ON_ERROR,
    TABLE_PART,
    TABLE_PARTS,
    TABLE_OPTIONS,
    TABLE_ARGUMENTS,
    TABLE_FILE = TABLE_ARGUMENTS,
    TABLE_RECORD,
    TABLE_ERROR
};

struct table_aux {
    struct connection *connection;
    const struct dataset_table *table;
};

struct table {
    sqlite3_vtab base;
    const struct table_aux *aux;
    unsigned shown;                     /* columns that SQL sees */
    uint8_t column[FORMAT_COLUMNS_MAX]; /* SQL's number -> the table's */
};

struct table_cursor {
    sqlite3_vtab_cursor base;
    struct table *table;
    struct scan *scan;
    sqlite3_value *argument[TABLE_ARGUMENTS];
    struct options options;
    sqlite3_stmt *probe; /* 'SELECT 1': says whether the connection was interrupted */
    sqlite3_int64 row;
    bool ended;
};

static enum error_code table_declaration(struct table *t, struct buf *sql, struct error *e) {
    static const char *const types[] = {"TEXT", "INTEGER", "BLOB"};
    const struct dataset_column *column = t->aux->table->column;
    enum error_code code = buf_add_text(sql, "CREATE TABLE x(", e);
    for (unsigned c = 0; !code && column[c].name; c++) {
        if (column[c].name[0] == '.')
            continue;
        char piece[128];
        t->column[t->shown++] = (uint8_t)c;
        snprintf(piece, sizeof piece, "\"%s\" %s,", column[c].name, types[column[c].type]);
        code = buf_add_text(sql, piece, e);
    }
    if (!code)
        code = buf_add_text(sql,
                            "path HIDDEN, encoding HIDDEN, on_error HIDDEN, part HIDDEN,"
                            "parts HIDDEN, options HIDDEN, file TEXT HIDDEN,"
                            "record INTEGER HIDDEN, error TEXT HIDDEN)",
                            e);
    return code ? code : buf_add_byte(sql, 0, e);
}

static int table_connect(sqlite3 *db, void *aux, int argc, const char *const *argv,
                         sqlite3_vtab **out, char **message) {
    (void)argc, (void)argv, (void)message;
    struct buf sql = {0};
    struct table *t = memory_zero(sizeof *t);
    if (!t)
        return SQLITE_NOMEM;
    t->aux = aux;
    int rc = door_code(table_declaration(t, &sql, NULL));
    if (rc == SQLITE_OK)
        rc = sqlite3_declare_vtab(db, (const char *)sql.p);
    if (rc == SQLITE_OK)
        rc = sqlite3_vtab_config(db, SQLITE_VTAB_DIRECTONLY);
    buf_free(&sql);
    if (rc != SQLITE_OK) {
        memory_free(t);
        return rc;
    }
    *out = &t->base;
    return SQLITE_OK;
}

static int table_disconnect(sqlite3_vtab *base) {
    memory_free(base);
    return SQLITE_OK;
}

/* The columns of the table that the query uses. */
static uint64_t table_wanted(const struct table *t, uint64_t used) {
    uint64_t wanted = 0;
    for (unsigned c = 0; c < t->shown; c++)
        if (used >> c & 1)
            wanted |= 1ULL << t->column[c];
    return wanted;
}

/* idxNum: a bit for each argument that xFilter gets, in order; idxStr: the columns wanted. */
static int table_best_index(sqlite3_vtab *base, sqlite3_index_info *info) {
    struct table *t = (struct table *)base;
    int at[TABLE_ARGUMENTS], arguments = 0;
    bool unusable = false;
    memset(at, -1, sizeof at);
    for (int i = 0; i < info->nConstraint; i++) {
        int argument = info->aConstraint[i].iColumn - (int)t->shown;
        if (argument < 0 || argument >= TABLE_ARGUMENTS ||
            info->aConstraint[i].op != SQLITE_INDEX_CONSTRAINT_EQ)
            continue;
        if (info->aConstraint[i].usable)
            at[argument] = i;
        else
            unusable = true;
    }
    for (int a = 0; a < TABLE_ARGUMENTS; a++)
        if (at[a] >= 0) {
            info->aConstraintUsage[at[a]].argvIndex = ++arguments;
            info->aConstraintUsage[at[a]].omit = 1;
            info->idxNum |= 1 << a;
        }
    if (unusable)
        return SQLITE_CONSTRAINT;
    if (at[TABLE_PATH] < 0) {
        sqlite3_free(base->zErrMsg);
        base->zErrMsg = sqlite3_mprintf("%s needs a path, as in %s('file')", t->aux->table->name,
                                        t->aux->table->name);
        return SQLITE_ERROR;
    }
    info->idxStr = sqlite3_mprintf("%llx", table_wanted(t, info->colUsed));
    info->needToFreeIdxStr = 1;
    info->estimatedCost = 1e6;
    info->estimatedRows = 100000;
    return info->idxStr ? SQLITE_OK : SQLITE_NOMEM;
}

static int table_open(sqlite3_vtab *base, sqlite3_vtab_cursor **out) {
    struct table_cursor *c = memory_zero(sizeof *c);
    if (!c)
        return SQLITE_NOMEM;
    c->table = (struct table *)base;
    *out = &c->base;
    return SQLITE_OK;
}

static void table_reset(struct table_cursor *c) {
    scan_close(c->scan);
    c->scan = NULL;
    for (int a = 0; a < TABLE_ARGUMENTS; a++) {
        sqlite3_value_free(c->argument[a]);
        c->argument[a] = NULL;
    }
    options_free(&c->options);
    c->row = 0;
    c->ended = false;
}

static int table_close(sqlite3_vtab_cursor *base) {
    struct table_cursor *c = (struct table_cursor *)base;
    table_reset(c);
    sqlite3_finalize(c->probe);
    memory_free(c);
    return SQLITE_OK;
}

/* sqlite3_is_interrupted came with 3.41: a statement that is stepped tells on every version. */
static int table_stopped(void *of) {
    struct table_cursor *c = of;
    int rc = sqlite3_step(c->probe);
    sqlite3_reset(c->probe);
    return rc == SQLITE_INTERRUPT;
}

static const char *table_text(const struct table_cursor *c, enum table_hidden a) {
    return c->argument[a] ? (const char *)sqlite3_value_text(c->argument[a]) : NULL;
}

static enum error_code table_on_error(const char *text, enum scan_on_error *out, struct error *e) {
    static const char *const names[] = {"fail", "skip", "row"};
    *out = SCAN_FAIL;
    for (int i = 0; text && i < 3; i++)
        if (strcmp(text, names[i]) == 0) {
            *out = (enum scan_on_error)i;
            return OK;
        }
    return text ? error_set(e, BAD_USE, "on_error is 'fail', 'skip' or 'row', not '%s'", text) : OK;
}

static enum error_code table_request(struct table_cursor *c, uint64_t wanted,
                                     struct scan_request *q, struct error *e) {
    const struct connection *set = c->table->aux->connection;
    const char *encoding = table_text(c, TABLE_ENCODING), *options = table_text(c, TABLE_OPTIONS);
    *q = (struct scan_request){.table = c->table->aux->table,
                               .path = table_text(c, TABLE_PATH),
                               .wanted = wanted,
                               .record_max = (size_t)set->record_max,
                               .read_size = (size_t)set->read_size,
                               .stopped = table_stopped,
                               .of = c};
    if (!q->path)
        return error_set(e, BAD_USE, "the path is NULL");
    if (c->argument[TABLE_PART] || c->argument[TABLE_PARTS])
        return error_set(e, BAD_USE, "part and parts are not supported yet");
    enum error_code code = table_on_error(table_text(c, TABLE_ON_ERROR), &q->on_error, e);
    if (!code && encoding)
        code = encoding_parse(span_text(encoding), &q->encoding, &q->bad, e);
    if (!code)
        code = options_parse(&c->options, q->table, options, e);
    q->options = c->options.format;
    return code;
}

static enum error_code table_arguments(struct table_cursor *c, int bits, sqlite3_value **argv,
                                       struct error *e) {
    for (int a = 0, i = 0; a < TABLE_ARGUMENTS; a++) {
        if (!(bits >> a & 1) || sqlite3_value_type(argv[i++]) == SQLITE_NULL)
            continue;
        c->argument[a] = sqlite3_value_dup(argv[i - 1]);
        if (!c->argument[a] || !sqlite3_value_text(c->argument[a]))
            return error_no_memory(e);
    }
    return OK;
}

static int table_next(sqlite3_vtab_cursor *base) {
    struct table_cursor *c = (struct table_cursor *)base;
    struct error e;
    bool row;
    enum error_code code = scan_next(c->scan, &row, &e);
    c->ended = code || !row;
    c->row++;
    return code ? door_table_fail(base->pVtab, &e) : SQLITE_OK;
}

static int table_filter(sqlite3_vtab_cursor *base, int idxNum, const char *idxStr, int argc,
                        sqlite3_value **argv) {
    struct table_cursor *c = (struct table_cursor *)base;
    struct scan_request request;
    struct error e;
    (void)argc;
    table_reset(c);
    c->ended = true;
    int rc = c->probe ? SQLITE_OK
                      : sqlite3_prepare_v2(c->table->aux->connection->db, "SELECT 1", -1, &c->probe,
                                           NULL);
    if (rc != SQLITE_OK)
        return rc;
    enum error_code code = table_arguments(c, idxNum, argv, &e);
    if (!code) {
        code = table_request(c, strtoull(idxStr, NULL, 16), &request, &e);
        if (code && code != NO_MEMORY) {
            struct error why = e;
            error_set(&e, code, "%s: %s", c->table->aux->table->name, why.text);
        }
    }
    if (!code)
        code = scan_open(&request, &c->scan, &e);
    return code ? door_table_fail(base->pVtab, &e) : table_next(base);
}

static int table_eof(sqlite3_vtab_cursor *base) {
    return ((struct table_cursor *)base)->ended;
}

/* A text with an explicit length makes SQLite copy it again wherever it needs a NUL behind it:
 * where the byte behind is ours, it is a NUL for the time of the call. A text that holds a NUL goes
 * with its length. */
static void table_result_text(sqlite3_context *context, const struct value *v) {
    const char *text = (const char *)v->s.p;
    if (!v->writable) {
        sqlite3_result_text64(context, v->s.n ? text : "", v->s.n, SQLITE_TRANSIENT, SQLITE_UTF8);
        return;
    }
    uint8_t *behind = (uint8_t *)v->s.p + v->s.n, kept = *behind;
    *behind = 0;
    if (strlen(text) == v->s.n)
        sqlite3_result_text(context, text, -1, SQLITE_TRANSIENT);
    else
        sqlite3_result_text64(context, text, v->s.n, SQLITE_TRANSIENT, SQLITE_UTF8);
    *behind = kept;
}

static void table_result(sqlite3_context *context, const struct value *v) {
    switch (v->kind) {
    case VALUE_INTEGER:
        sqlite3_result_int64(context, v->i);
        break;
    case VALUE_TEXT:
        table_result_text(context, v);
        break;
    case VALUE_BLOB:
        sqlite3_result_blob64(context, v->s.n ? v->s.p : (const uint8_t *)"", v->s.n,
                              SQLITE_TRANSIENT);
        break;
    default:
        break;
    }
}

static void table_result_hidden(sqlite3_context *context, const struct table_cursor *c,
                                int hidden) {
    if (hidden < TABLE_ARGUMENTS) {
        if (c->argument[hidden])
            sqlite3_result_value(context, c->argument[hidden]);
    } else if (hidden == TABLE_FILE) {
        sqlite3_result_text(context, scan_file(c->scan), -1, SQLITE_TRANSIENT);
    } else if (hidden == TABLE_RECORD) {
        sqlite3_result_int64(context, scan_record(c->scan));
    } else if (scan_complaint(c->scan)) {
        sqlite3_result_text(context, scan_complaint(c->scan), -1, SQLITE_TRANSIENT);
    }
}

static int table_column(sqlite3_vtab_cursor *base, sqlite3_context *context, int n) {
    struct table_cursor *c = (struct table_cursor *)base;
    struct value v;
    struct error e;
    if ((unsigned)n >= c->table->shown) {
        table_result_hidden(context, c, n - (int)c->table->shown);
        return SQLITE_OK;
    }
    if (scan_cell(c->scan, c->table->column[n], &v, &e)) {
        door_fail(context, &e);
        return door_code(e.code);
    }
    table_result(context, &v);
    return SQLITE_OK;
}

static int table_rowid(sqlite3_vtab_cursor *base, sqlite3_int64 *out) {
    *out = ((struct table_cursor *)base)->row;
    return SQLITE_OK;
}

static const sqlite3_module table_module = {
    .iVersion = 1,
    .xConnect = table_connect,
    .xBestIndex = table_best_index,
    .xDisconnect = table_disconnect,
    .xOpen = table_open,
    .xClose = table_close,
    .xFilter = table_filter,
    .xNext = table_next,
    .xEof = table_eof,
    .xColumn = table_column,
    .xRowid = table_rowid,
};

static void table_release(void *p) {
    struct table_aux *aux = p;
    connection_release(aux->connection);
    memory_free(aux);
}

int table_register(struct connection *c) {
    int rc = SQLITE_OK;
    for (size_t i = 0; rc == SQLITE_OK && dataset_list[i]; i++)
        for (const struct dataset_table *t = dataset_list[i]->table; t->name && rc == SQLITE_OK;
             t++) {
            struct table_aux *aux = memory_alloc(sizeof *aux);
            if (!aux)
                return SQLITE_NOMEM;
            *aux = (struct table_aux){connection_hold(c), t};
            rc = sqlite3_create_module_v2(c->db, t->name, &table_module, aux, table_release);
        }
    return rc;
}
