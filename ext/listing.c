/* listing.c - the tables that list things: no reader of a dataset, but what there is.
 *
 *     SELECT * FROM cmed_help();            name, kind, signature, doc
 *     SELECT * FROM cmed_files('data/');    file, dataset, reader, encoding, compression, bytes,
 *                                           split, note
 *     SELECT * FROM cmed_catalog();         section, kind, title, url, access_code, reader,
 * licence, status, description SELECT * FROM cmed_catalog('README.md');   the same of the user's
 * copy of the list */
#include "door.h"

#include "base/memory.h"
#include "dataset/catalog.h"
#include "dataset/list.h"
#include "dataset/survey.h"

SQLITE_EXTENSION_INIT3

enum { LISTING_COLUMNS_MAX = 10 };

struct listing_cursor;

enum listing_files {
    LISTING_NONE,
    LISTING_SOME, /* opens files where it has an argument: it must have none under nofs */
    LISTING_ALL   /* opens files: not there under nofs */
};

struct listing_kind {
    const char *name, *declaration, *doc;
    int argument; /* number of the hidden column; -1: none */
    enum listing_files files;
    enum error_code (*open)(struct listing_cursor *c, const char *argument, struct error *e);
    /* Fills c->text; *found false at the end. */
    enum error_code (*next)(struct listing_cursor *c, bool *found, struct error *e);
};

struct listing_aux {
    struct connection *connection;
    const struct listing_kind *kind;
};

struct listing {
    sqlite3_vtab base;
    const struct listing_aux *aux;
};

struct listing_cursor {
    sqlite3_vtab_cursor base;
    const struct listing_aux *aux;
    const char *text[LISTING_COLUMNS_MAX];
    sqlite3_int64 bytes; /* the column 'bytes' of cmed_files */
    sqlite3_int64 row;
    bool ended;
    sqlite3_value *argument;
    sqlite3_stmt *probe;
    struct survey *survey;
    struct catalog *catalog;
    size_t catalog_row;
    size_t dataset, table, source, entry; /* where cmed_help is */
    char signature[128];
};

/* --- cmed_help ------------------------------------------------------------------------------- */

static bool listing_help_kind(const struct connection *c, size_t i, struct help *out);

/* Behind the readers: everything else that a door registers. */
static bool (*const listing_sources[])(const struct connection *c, size_t i, struct help *out) = {
    function_help,    text_table_help,    tokenizer_help,
    terms_table_help, vectors_table_help, listing_help_kind};

enum { LISTING_SOURCES = sizeof listing_sources / sizeof *listing_sources };

static bool listing_help_table(struct listing_cursor *c, struct help *out) {
    while (dataset_list[c->dataset]) {
        const struct dataset_table *t = &dataset_list[c->dataset]->table[c->table++];
        if (t->name) {
            sqlite3_snprintf(sizeof c->signature, c->signature,
                             "%s(path, encoding, on_error, part, parts, options)", t->name);
            *out = (struct help){t->name, "reader", c->signature, t->doc};
            return true;
        }
        c->dataset++;
        c->table = 0;
    }
    return false;
}

static enum error_code listing_help_next(struct listing_cursor *c, bool *found, struct error *e) {
    struct help h;
    (void)e;
    *found = c->aux->connection->files && listing_help_table(c, &h);
    while (!*found && c->source < LISTING_SOURCES) {
        *found = listing_sources[c->source](c->aux->connection, c->entry++, &h);
        if (!*found) {
            c->source++;
            c->entry = 0;
        }
    }
    if (*found) {
        c->text[0] = h.name;
        c->text[1] = h.kind;
        c->text[2] = h.signature;
        c->text[3] = h.doc;
    }
    return OK;
}

/* --- cmed_files ------------------------------------------------------------------------------ */

static int listing_stopped(void *of) {
    struct listing_cursor *c = of;
    int rc = sqlite3_step(c->probe);
    sqlite3_reset(c->probe);
    return rc == SQLITE_INTERRUPT;
}

static enum error_code listing_files_open(struct listing_cursor *c, const char *argument,
                                          struct error *e) {
    if (!argument)
        return error_set(e, BAD_USE, "cmed_files needs a path, as in cmed_files('data')");
    return survey_open(argument, listing_stopped, c, &c->survey, e);
}

static enum error_code listing_files_next(struct listing_cursor *c, bool *found, struct error *e) {
    struct survey_row row;
    enum error_code code = survey_next(c->survey, &row, found, e);
    if (code || !*found)
        return code;
    const char *text[] = {row.file,        row.dataset, row.reader, row.encoding,
                          row.compression, NULL,        row.split,  row.note};
    memcpy(c->text, text, sizeof text);
    c->bytes = (sqlite3_int64)row.bytes;
    return OK;
}

/* --- cmed_catalog ---------------------------------------------------------------------------- */

static enum error_code listing_catalog_open(struct listing_cursor *c, const char *argument,
                                            struct error *e) {
    if (!argument)
        return OK;
    if (!c->aux->connection->files)
        return error_set(e, BAD_USE, "cmed_catalog opens no file here");
    enum error_code code = catalog_open(argument, listing_stopped, c, &c->catalog, e);
    if (!code || code == NO_MEMORY || code == INTERRUPTED)
        return code;
    struct error why = *e;
    return error_set(e, code, "cmed_catalog: %s", why.text);
}

static enum error_code listing_catalog_next(struct listing_cursor *c, bool *found,
                                            struct error *e) {
    const struct catalog_entry *known = c->catalog ? NULL : catalog_entry(c->catalog_row++);
    struct catalog_entry entry = {0};
    enum error_code code = OK;
    *found = known != NULL;
    if (known)
        entry = *known;
    else if (c->catalog)
        code = catalog_next(c->catalog, &entry, found, e);
    const char *text[] = {entry.section, entry.kind,        entry.title,
                          entry.url,     entry.access_code, entry.reader,
                          entry.licence, entry.status,      entry.description};
    memcpy(c->text, text, sizeof text);
    return code;
}

/* --- the module ------------------------------------------------------------------------------ */

static const struct listing_kind listing_kinds[] = {
    {"cmed_help", "CREATE TABLE x(name TEXT, kind TEXT, signature TEXT, doc TEXT)",
     "every table and function of this extension", -1, LISTING_NONE, NULL, listing_help_next},
    {"cmed_files",
     "CREATE TABLE x(file TEXT, dataset TEXT, reader TEXT, encoding TEXT, compression TEXT,"
     "bytes INTEGER, split TEXT, note TEXT, path HIDDEN)",
     "every file below a path and the dataset it belongs to, by content and name", 8, LISTING_ALL,
     listing_files_open, listing_files_next},
    {"cmed_catalog",
     "CREATE TABLE x(section TEXT, kind TEXT, title TEXT, url TEXT, access_code TEXT, reader TEXT,"
     "licence TEXT, status TEXT, description TEXT, path HIDDEN)",
     "the entries of the public list Chinese_medical_NLP, and what reads them here; with a path: "
     "those of a copy of it",
     9, LISTING_SOME, listing_catalog_open, listing_catalog_next},
};

enum { LISTING_BYTES = 5 };

static const char *const listing_signatures[] = {"()", "([path])", "(path)"};

static bool listing_help_kind(const struct connection *c, size_t i, struct help *out) {
    for (size_t k = 0; k < sizeof listing_kinds / sizeof *listing_kinds; k++) {
        const struct listing_kind *kind = &listing_kinds[k];
        if ((kind->files == LISTING_ALL && !c->files) || i-- > 0)
            continue;
        *out = (struct help){kind->name, "table", listing_signatures[kind->files], kind->doc};
        return true;
    }
    return false;
}

static int listing_connect(sqlite3 *db, void *p, int argc, const char *const *argv,
                           sqlite3_vtab **out, char **message) {
    (void)argc, (void)argv, (void)message;
    const struct listing_aux *aux = p;
    int rc = sqlite3_declare_vtab(db, aux->kind->declaration);
    if (rc == SQLITE_OK)
        rc = sqlite3_vtab_config(db, aux->kind->files && aux->connection->files
                                         ? SQLITE_VTAB_DIRECTONLY
                                         : SQLITE_VTAB_INNOCUOUS);
    struct listing *t = rc == SQLITE_OK ? memory_zero(sizeof *t) : NULL;
    if (rc == SQLITE_OK && !t)
        rc = SQLITE_NOMEM;
    if (rc == SQLITE_OK) {
        t->aux = aux;
        *out = &t->base;
    }
    return rc;
}

static int listing_disconnect(sqlite3_vtab *base) {
    memory_free(base);
    return SQLITE_OK;
}

static int listing_best_index(sqlite3_vtab *base, sqlite3_index_info *info) {
    int argument = ((struct listing *)base)->aux->kind->argument;
    for (int i = 0; i < info->nConstraint; i++) {
        if (info->aConstraint[i].iColumn != argument || argument < 0 ||
            info->aConstraint[i].op != SQLITE_INDEX_CONSTRAINT_EQ)
            continue;
        if (!info->aConstraint[i].usable)
            return SQLITE_CONSTRAINT;
        info->aConstraintUsage[i].argvIndex = 1;
        info->aConstraintUsage[i].omit = 1;
        info->idxNum = 1;
    }
    info->estimatedCost = 1000;
    info->estimatedRows = 100;
    return SQLITE_OK;
}

static int listing_open(sqlite3_vtab *base, sqlite3_vtab_cursor **out) {
    struct listing_cursor *c = memory_zero(sizeof *c);
    if (!c)
        return SQLITE_NOMEM;
    c->aux = ((struct listing *)base)->aux;
    *out = &c->base;
    return SQLITE_OK;
}

static void listing_reset(struct listing_cursor *c) {
    survey_close(c->survey);
    catalog_close(c->catalog);
    sqlite3_value_free(c->argument);
    c->survey = NULL;
    c->catalog = NULL;
    c->catalog_row = 0;
    c->argument = NULL;
    c->dataset = c->table = c->source = c->entry = 0;
    c->row = 0;
    c->ended = true;
}

static int listing_close(sqlite3_vtab_cursor *base) {
    struct listing_cursor *c = (struct listing_cursor *)base;
    listing_reset(c);
    sqlite3_finalize(c->probe);
    memory_free(c);
    return SQLITE_OK;
}

static int listing_next(sqlite3_vtab_cursor *base) {
    struct listing_cursor *c = (struct listing_cursor *)base;
    struct error e;
    bool found;
    enum error_code code = c->aux->kind->next(c, &found, &e);
    c->ended = code || !found;
    c->row++;
    return code ? door_table_fail(base->pVtab, &e) : SQLITE_OK;
}

static int listing_filter(sqlite3_vtab_cursor *base, int idxNum, const char *idxStr, int argc,
                          sqlite3_value **argv) {
    struct listing_cursor *c = (struct listing_cursor *)base;
    const char *argument = NULL;
    struct error e;
    (void)idxStr, (void)argc;
    listing_reset(c);
    int rc = c->probe ? SQLITE_OK
                      : sqlite3_prepare_v2(c->aux->connection->db, "SELECT 1", -1, &c->probe, NULL);
    if (rc != SQLITE_OK)
        return rc;
    if (idxNum && !(c->argument = sqlite3_value_dup(argv[0])))
        return SQLITE_NOMEM;
    if (door_text(c->argument, &argument, &e) ||
        (c->aux->kind->open && c->aux->kind->open(c, argument, &e)))
        return door_table_fail(base->pVtab, &e);
    return listing_next(base);
}

static int listing_eof(sqlite3_vtab_cursor *base) {
    return ((struct listing_cursor *)base)->ended;
}

static int listing_column(sqlite3_vtab_cursor *base, sqlite3_context *context, int n) {
    struct listing_cursor *c = (struct listing_cursor *)base;
    if (n == c->aux->kind->argument) {
        if (c->argument)
            sqlite3_result_value(context, c->argument);
    } else if (c->survey && n == LISTING_BYTES) {
        sqlite3_result_int64(context, c->bytes);
    } else if (c->text[n]) {
        sqlite3_result_text(context, c->text[n], -1, SQLITE_TRANSIENT);
    }
    return SQLITE_OK;
}

static int listing_rowid(sqlite3_vtab_cursor *base, sqlite3_int64 *out) {
    *out = ((struct listing_cursor *)base)->row;
    return SQLITE_OK;
}

static const sqlite3_module listing_module = {
    .xConnect = listing_connect,
    .xBestIndex = listing_best_index,
    .xDisconnect = listing_disconnect,
    .xOpen = listing_open,
    .xClose = listing_close,
    .xFilter = listing_filter,
    .xNext = listing_next,
    .xEof = listing_eof,
    .xColumn = listing_column,
    .xRowid = listing_rowid,
};

static void listing_release(void *p) {
    struct listing_aux *aux = p;
    connection_release(aux->connection);
    memory_free(aux);
}

int listing_register(struct connection *c) {
    int rc = SQLITE_OK;
    for (size_t i = 0; rc == SQLITE_OK && i < sizeof listing_kinds / sizeof *listing_kinds; i++) {
        if (listing_kinds[i].files == LISTING_ALL && !c->files)
            continue;
        struct listing_aux *aux = memory_alloc(sizeof *aux);
        if (!aux)
            return SQLITE_NOMEM;
        *aux = (struct listing_aux){connection_hold(c), &listing_kinds[i]};
        rc = sqlite3_create_module_v2(c->db, listing_kinds[i].name, &listing_module, aux,
                                      listing_release);
    }
    return rc;
}
