/* table.c - the one virtual table module behind every dataset reader.
 *
 *     CREATE TABLE yidu_s4k_entities(doc TEXT, …, mention TEXT,                  the table's
 * columns path HIDDEN, encoding HIDDEN, on_error HIDDEN, part HIDDEN, parts HIDDEN, options HIDDEN,
 *         file HIDDEN, record HIDDEN, error HIDDEN)
 *
 * WHERE column = … and IN go down to the reader, and by the second look-up of a statement to an
 * index. Eponymous-only (no xCreate) and DIRECTONLY: no database file can make it read another
 * file. */
#include "door.h"
#include "reading.h"

#include "base/memory.h"
#include "dataset/list.h"
#include "dataset/options.h"
#include "read/files.h"

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

static const double TABLE_NEVER = 1e99; /* the cost of a plan without a path */

struct table_aux {
    struct connection *connection;
    const struct dataset_table *table;
};

struct table {
    sqlite3_vtab base;
    const struct table_aux *aux;
    struct readings readings;           /* of its cursors */
    unsigned shown;                     /* columns that SQL sees */
    uint8_t column[FORMAT_COLUMNS_MAX]; /* SQL's number -> the table's */
};

struct table_cursor {
    sqlite3_vtab_cursor base;
    struct table *table;
    struct reading *read; /* NULL: nothing yet */
    sqlite3_value *argument[TABLE_ARGUMENTS];
    struct options options;
    struct match match[MATCH_COLUMNS_MAX];
    unsigned matches;
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

/* A constraint that the reader decides: = or IN on a column of the table, compared byte by byte or
 * without regard to case. SQLite checks it again. */
static bool table_takes(const struct table *t, sqlite3_index_info *info, int i) {
    const struct sqlite3_index_constraint *k = &info->aConstraint[i];
    if (!k->usable || k->op != SQLITE_INDEX_CONSTRAINT_EQ || k->iColumn < 0 ||
        k->iColumn >= (int)t->shown)
        return false;
    const struct dataset_column *column = &t->aux->table->column[t->column[k->iColumn]];
    const char *collation = sqlite3_vtab_collation(info, i);
    return column->type == INTEGER ||
           (column->type == TEXT && (sqlite3_stricmp(collation, "BINARY") == 0 ||
                                     sqlite3_stricmp(collation, "NOCASE") == 0));
}

/* idxStr: the columns wanted in hexadecimal, then for each match ' column kind', where kind is b
 * (BINARY) or n (NOCASE), and I or E: IN or =. */
static char *table_plan(struct table *t, sqlite3_index_info *info, int *arguments, int *matches) {
    char *text = sqlite3_mprintf("%llx", table_wanted(t, info->colUsed));
    for (int i = 0; text && i < info->nConstraint && *matches < MATCH_COLUMNS_MAX; i++) {
        if (!table_takes(t, info, i))
            continue;
        bool nocase = sqlite3_stricmp(sqlite3_vtab_collation(info, i), "NOCASE") == 0;
        bool in = sqlite3_vtab_in(info, i, -1) && sqlite3_vtab_in(info, i, 1);
        char *more = sqlite3_mprintf("%s %d%c%c", text, info->aConstraint[i].iColumn,
                                     nocase ? 'n' : 'b', in ? 'I' : 'E');
        sqlite3_free(text);
        text = more;
        info->aConstraintUsage[i].argvIndex = ++*arguments;
        ++*matches;
    }
    return text;
}

/* A file is about so many rows: 200 bytes each. A match leaves a few of them, and costs little from
 * its second look-up on; one with a constant is looked up once, by a scan. */
static void table_estimate(sqlite3_index_info *info, double bytes, int matches, bool constant) {
    double rows = bytes / 200 + 1;
    info->estimatedCost = matches && !constant ? 30 : rows + 100;
    for (int i = 0; i < matches; i++)
        rows = constant ? rows / 10 + 1 : rows / 1000 + 1;
    info->estimatedRows = (sqlite3_int64)rows;
}

/* Are all the values known when the statement is planned? */
static bool table_constant(sqlite3_index_info *info, const struct table *t) {
    for (int i = 0; i < info->nConstraint; i++) {
        sqlite3_value *value;
        if (table_takes(t, info, i) && sqlite3_vtab_rhs_value(info, i, &value) != SQLITE_OK)
            return false;
    }
    return true;
}

static double table_bytes(sqlite3_index_info *info, int path) {
    sqlite3_value *value;
    uint64_t bytes = 0;
    if (sqlite3_vtab_rhs_value(info, path, &value) == SQLITE_OK && sqlite3_value_text(value))
        bytes = files_weigh((const char *)sqlite3_value_text(value));
    return bytes ? (double)bytes : 1e7;
}

/* idxNum: a bit for each argument that xFilter gets, in order; behind them come the matches. For
 * the terms of an OR SQLite asks without the arguments: such a plan must be there, and never be
 * taken.
 */
static int table_best_index(sqlite3_vtab *base, sqlite3_index_info *info) {
    struct table *t = (struct table *)base;
    int at[TABLE_ARGUMENTS], arguments = 0, matches = 0;
    memset(at, -1, sizeof at);
    for (int i = 0; i < info->nConstraint; i++) {
        int argument = info->aConstraint[i].iColumn - (int)t->shown;
        if (argument < 0 || argument >= TABLE_ARGUMENTS ||
            info->aConstraint[i].op != SQLITE_INDEX_CONSTRAINT_EQ)
            continue;
        if (!info->aConstraint[i].usable)
            return SQLITE_CONSTRAINT;
        at[argument] = i;
    }
    for (int a = 0; a < TABLE_ARGUMENTS; a++)
        if (at[a] >= 0) {
            info->aConstraintUsage[at[a]].argvIndex = ++arguments;
            info->aConstraintUsage[at[a]].omit = 1;
            info->idxNum |= 1 << a;
        }
    info->idxStr = table_plan(t, info, &arguments, &matches);
    info->needToFreeIdxStr = 1;
    if (at[TABLE_PATH] >= 0)
        table_estimate(info, table_bytes(info, at[TABLE_PATH]), matches, table_constant(info, t));
    else
        info->estimatedCost = TABLE_NEVER;
    return info->idxStr ? SQLITE_OK : SQLITE_NOMEM;
}

static int table_open(sqlite3_vtab *base, sqlite3_vtab_cursor **out) {
    struct table_cursor *c = memory_zero(sizeof *c);
    if (!c)
        return SQLITE_NOMEM;
    c->table = (struct table *)base;
    reading_expect(&c->table->readings);
    *out = &c->base;
    return SQLITE_OK;
}

/* What the look-up before left; the rows stay, for an index that is asked again. */
static void table_reset(struct table_cursor *c) {
    for (int a = 0; a < TABLE_ARGUMENTS; a++) {
        sqlite3_value_free(c->argument[a]);
        c->argument[a] = NULL;
    }
    for (unsigned m = 0; m < c->matches; m++)
        match_free(&c->match[m]);
    c->matches = 0;
    options_free(&c->options);
    c->ended = false;
}

static int table_close(sqlite3_vtab_cursor *base) {
    struct table_cursor *c = (struct table_cursor *)base;
    reading_end(&c->table->readings, c->read);
    table_reset(c);
    memory_free(c);
    return SQLITE_OK;
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

static enum error_code table_part(const struct table_cursor *c, struct scan_request *q,
                                  struct error *e) {
    sqlite3_value *part = c->argument[TABLE_PART], *parts = c->argument[TABLE_PARTS];
    if (!part && !parts)
        return OK;
    if (!part || !parts)
        return error_set(e, BAD_USE, "part and parts go together");
    sqlite3_int64 k = sqlite3_value_int64(part), n = sqlite3_value_int64(parts);
    if (n < 1 || n > 1000000 || k < 1 || k > n)
        return error_set(e, BAD_USE, "part is from 1 to parts, and parts from 1 to 1000000");
    q->part = (uint64_t)k;
    q->parts = (uint64_t)n;
    return OK;
}

static enum error_code table_texts(const struct table_cursor *c, const char **text,
                                   struct error *e) {
    enum error_code code = OK;
    for (int a = 0; !code && a < TABLE_ARGUMENTS; a++)
        code = door_text(c->argument[a], &text[a], e);
    return code;
}

static enum error_code table_request(struct table_cursor *c, uint64_t wanted,
                                     struct scan_request *q, struct error *e) {
    const struct connection *set = c->table->aux->connection;
    const char *text[TABLE_ARGUMENTS];
    enum error_code code = table_texts(c, text, e);
    if (code)
        return code;
    *q = (struct scan_request){.table = c->table->aux->table,
                               .path = text[TABLE_PATH],
                               .wanted = wanted,
                               .match = c->match,
                               .matches = c->matches,
                               .record_max = (size_t)set->record_max,
                               .read_size = (size_t)set->read_size,
                               .ahead = set->threads > 0,
                               .stopped = reading_stopped,
                               .of = c->read};
    if (!q->path)
        return error_set(e, BAD_USE, "the path is NULL");
    code = table_part(c, q, e);
    if (!code)
        code = table_on_error(text[TABLE_ON_ERROR], &q->on_error, e);
    if (!code && text[TABLE_ENCODING])
        code = encoding_parse(span_text(text[TABLE_ENCODING]), &q->encoding, &q->bad, e);
    if (!code)
        code = options_parse(&c->options, q->table, text[TABLE_OPTIONS], e);
    q->options = c->options.format;
    return code;
}

static enum error_code table_arguments(struct table_cursor *c, int bits, sqlite3_value **argv,
                                       struct error *e) {
    const char *name = c->table->aux->table->name;
    if (!(bits >> TABLE_PATH & 1))
        return error_set(e, BAD_USE, "%s needs a path, as in %s('file')", name, name);
    for (int a = 0, i = 0; a < TABLE_ARGUMENTS; a++) {
        if (!(bits >> a & 1) || sqlite3_value_type(argv[i++]) == SQLITE_NULL)
            continue;
        c->argument[a] = sqlite3_value_dup(argv[i - 1]);
        if (!c->argument[a])
            return error_no_memory(e);
    }
    return OK;
}

/* What a TEXT column is compared with. Where it is a number, SQLite compares texts or numbers, and
 * only it knows which: both are looked up, and SQLite checks again. */
static enum error_code table_match_text(struct match *m, sqlite3_value *value, bool number,
                                        struct error *e) {
    struct value v = match_number(number ? sqlite3_value_double(value) : 0);
    const char *text = (const char *)sqlite3_value_text(value);
    enum error_code code = text ? OK : error_no_memory(e);
    if (!code && number)
        code = match_add(m, &v, e);
    v = (struct value){.kind = VALUE_TEXT, .s = span_of(text, (size_t)sqlite3_value_bytes(value))};
    return code ? code : match_add(m, &v, e);
}

/* A value as SQLite's affinity makes it for the column: 1 for an INTEGER one, also where it is '1'.
 * What cannot be equal to anything in the column is left out. */
static enum error_code table_match_value(struct match *m, enum column_type type,
                                         sqlite3_value *value, struct error *e) {
    struct value v = {.kind = VALUE_NULL};
    int kind = sqlite3_value_type(value);
    if (kind == SQLITE_NULL || kind == SQLITE_BLOB)
        return OK;
    if (type == TEXT)
        return table_match_text(m, value, kind != SQLITE_TEXT, e);
    kind = sqlite3_value_numeric_type(value);
    double r = sqlite3_value_double(value);
    bool whole = kind == SQLITE_INTEGER || (kind == SQLITE_FLOAT && r >= -9.2e18 && r <= 9.2e18 &&
                                            r == (double)(sqlite3_int64)r);
    if (!whole)
        return OK;
    v = (struct value){.kind = VALUE_INTEGER, .i = sqlite3_value_int64(value)};
    return match_add(m, &v, e);
}

static enum error_code table_match_in(struct match *m, enum column_type type, sqlite3_value *list,
                                      struct error *e) {
    sqlite3_value *value;
    enum error_code code = OK;
    int rc = sqlite3_vtab_in_first(list, &value);
    for (; rc == SQLITE_OK && value && !code; rc = sqlite3_vtab_in_next(list, &value))
        code = table_match_value(m, type, value, e);
    return rc == SQLITE_NOMEM ? error_no_memory(e) : code;
}

/* Reads the matches of idxStr; argv is behind the arguments. */
static enum error_code table_matches(struct table_cursor *c, const char *plan, sqlite3_value **argv,
                                     struct error *e) {
    enum error_code code = OK;
    while (!code && *plan == ' ') {
        char *end;
        struct match *m = &c->match[c->matches++];
        m->column = c->table->column[strtoul(plan, &end, 10)];
        m->nocase = end[0] == 'n';
        enum column_type type = c->table->aux->table->column[m->column].type;
        code = end[1] == 'I' ? table_match_in(m, type, *argv, e)
                             : table_match_value(m, type, *argv, e);
        match_ready(m);
        plan = end + 2;
        argv++;
    }
    return code;
}

static int table_next(sqlite3_vtab_cursor *base) {
    struct table_cursor *c = (struct table_cursor *)base;
    struct error e;
    bool row;
    enum error_code code = rows_next(&c->read->rows, &row, &e);
    c->ended = code || !row;
    if (c->ended)
        progress_end(&c->read->progress);
    return code ? door_table_fail(base->pVtab, &e) : SQLITE_OK;
}

static int table_filter(sqlite3_vtab_cursor *base, int idxNum, const char *idxStr, int argc,
                        sqlite3_value **argv) {
    struct table_cursor *c = (struct table_cursor *)base;
    struct connection *connection = c->table->aux->connection;
    struct scan_request request;
    struct error e;
    char *matches;
    (void)argc;
    table_reset(c);
    c->ended = true;
    int rc = SQLITE_OK;
    if (!c->read)
        rc = reading_begin(&c->table->readings, connection, c->table->aux->table->name, &c->read);
    if (rc != SQLITE_OK)
        return rc;
    uint64_t wanted = strtoull(idxStr, &matches, 16);
    enum error_code code = table_arguments(c, idxNum, argv, &e);
    if (!code)
        code = table_matches(c, matches, argv + __builtin_popcount((unsigned)idxNum), &e);
    if (!code) {
        code = table_request(c, wanted, &request, &e);
        if (code && code != NO_MEMORY) {
            struct error why = e;
            error_set(&e, code, "%s: %s", c->table->aux->table->name, why.text);
        }
    }
    progress_begin(&c->read->progress);
    connection->keys.limit = (size_t)connection->index_memory;
    if (!code)
        code = rows_open(&c->read->rows, &connection->keys, &request, &e);
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
    if (!v->writable || memchr(text, 0, v->s.n)) {
        sqlite3_result_text64(context, v->s.n ? text : "", v->s.n, SQLITE_TRANSIENT, SQLITE_UTF8);
        return;
    }
    uint8_t *behind = (uint8_t *)v->s.p + v->s.n, kept = *behind;
    *behind = 0;
    sqlite3_result_text(context, text, -1, SQLITE_TRANSIENT);
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
        sqlite3_result_text(context, rows_file(&c->read->rows), -1, SQLITE_TRANSIENT);
    } else if (hidden == TABLE_RECORD) {
        sqlite3_result_int64(context, rows_record(&c->read->rows));
    } else if (rows_complaint(&c->read->rows)) {
        sqlite3_result_text(context, rows_complaint(&c->read->rows), -1, SQLITE_TRANSIENT);
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
    if (rows_cell(&c->read->rows, c->table->column[n], &v, &e)) {
        door_fail(context, &e);
        return door_code(e.code);
    }
    table_result(context, &v);
    return SQLITE_OK;
}

/* The same row has the same number whatever is looked up: FULL JOIN tells by it what was joined. */
static int table_rowid(sqlite3_vtab_cursor *base, sqlite3_int64 *out) {
    *out = rows_row_id(&((struct table_cursor *)base)->read->rows);
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
