/* open.c - one folder, one look: what lies below a path, and the views over all of it.
 *
 *     SELECT cmed_open('data');                               214
 *     SELECT dataset, count(*) FROM med_entity GROUP BY 1;    cmeee      82657
 *                                                             yidu_s4k   17653
 *
 *     survey -> TEMP table cmed_source, a row a file   <- TEMP views med_document … med_label
 *                 file     data/ruijin.zip/train/0.ann
 *                 dataset  ruijin
 *                 reader   ruijin_entities              (the dataset's first table that reads it)
 *                 split    train
 *                 doc      ruijin.zip/train/0           (what its documents' names begin with)
 *                 folder   data/ruijin.zip/train        (of an archive's top: where the archive is)
 *                 path     data/./ruijin.zip/train/0.ann
 *
 * The views lie in sql/, one file a view, and in the extension as views.S puts them there. */
#include "function.h"

#include "dataset/survey.h"

SQLITE_EXTENSION_INIT3

extern const char view_document[], view_entity[], view_relation[], view_pair[], view_qa[],
    view_turn[], view_term[], view_triple[], view_label[];

static const char *const open_views[] = {view_document, view_entity, view_relation,
                                         view_pair,     view_qa,     view_turn,
                                         view_term,     view_triple, view_label};

static const char open_table[] =
    "CREATE TEMP TABLE IF NOT EXISTS cmed_source(file TEXT, dataset TEXT, reader TEXT, split TEXT,"
    " doc TEXT, folder TEXT, path TEXT);"
    "CREATE INDEX IF NOT EXISTS temp.cmed_source_reader ON cmed_source(reader, doc);";

static const char open_row[] =
    "INSERT INTO temp.cmed_source(file, dataset, reader, split, doc, folder, path)"
    " VALUES(?, ?, ?, ?, ?, ?, ?)";

struct open {
    sqlite3 *db;
    struct function_poll poll;
    struct survey *survey;
    sqlite3_stmt *insert;
    sqlite3_int64 files;
};

/* SQLite's own complaint. */
static enum error_code open_failed(struct open *o, int rc, struct error *e) {
    if (rc == SQLITE_NOMEM)
        return error_no_memory(e);
    return error_set(e, rc == SQLITE_INTERRUPT ? INTERRUPTED : BAD_USE, "%s",
                     sqlite3_errmsg(o->db));
}

static enum error_code open_run(struct open *o, const char *sql, struct error *e) {
    int rc = sqlite3_exec(o->db, sql, NULL, NULL, NULL);
    return rc == SQLITE_OK ? OK : open_failed(o, rc, e);
}

/* --- when it may run ------------------------------------------------------------------------- */

static bool open_read_only(sqlite3 *db) {
    sqlite3_stmt *s = NULL;
    bool on = sqlite3_prepare_v2(db, "PRAGMA query_only", -1, &s, NULL) == SQLITE_OK &&
              sqlite3_step(s) == SQLITE_ROW && sqlite3_column_int(s, 0);
    sqlite3_finalize(s);
    return on;
}

/* Is a statement under way that writes? */
static bool open_writing(sqlite3 *db) {
    for (sqlite3_stmt *s = NULL; (s = sqlite3_next_stmt(db, s));)
        if (sqlite3_stmt_busy(s) && !sqlite3_stmt_readonly(s))
            return true;
    return false;
}

static enum error_code open_allowed(sqlite3 *db, struct error *e) {
    if (!sqlite3_get_autocommit(db))
        return error_set(e, BAD_USE,
                         "a transaction is open, and its rollback would take the views: COMMIT it "
                         "first");
    if (open_read_only(db))
        return error_set(e, BAD_USE, "PRAGMA query_only is on: no view can be made");
    if (open_writing(db))
        return error_set(e, BAD_USE,
                         "another statement is writing: call it in a SELECT of its own");
    return OK;
}

/* --- the table ------------------------------------------------------------------------------- */

static int open_stopped(void *of) {
    const struct poll *p = of;
    return p->stop(p->context);
}

/* data/./a/x.csv: the mark by which a reader names its documents as they are named here. */
static char *open_path(const struct survey_row *row) {
    size_t below = strlen(row->file) - strlen(row->below);
    if (strncmp(row->file, row->path, below) != 0)
        return sqlite3_mprintf("%s", row->path);
    return sqlite3_mprintf("%.*s./%s", below ? (int)below : 2, below ? row->path : "./",
                           row->path + below);
}

static size_t open_slash(struct span path) {
    const uint8_t *slash = path.n ? memrchr(path.p, '/', path.n) : NULL;
    return slash ? (size_t)(slash - path.p) : 0;
}

/* The folder that a file and its fellows lie in: an archive of one file is as that file. */
static struct span open_folder(const char *file) {
    struct span path = span_text(file);
    struct span folder = span_slice(path, 0, open_slash(path));
    return span_ends(folder, ".zip") ? span_slice(folder, 0, open_slash(folder)) : folder;
}

static enum error_code open_insert(struct open *o, const struct survey_row *row, struct error *e) {
    const char *text[] = {row->file, row->dataset, row->reader, row->split};
    const struct span spans[] = {row->doc, open_folder(row->file)};
    char *path = open_path(row);
    int rc = path ? SQLITE_OK : SQLITE_NOMEM;
    for (int i = 0; rc == SQLITE_OK && i < 4; i++)
        rc = sqlite3_bind_text(o->insert, i + 1, text[i], -1, SQLITE_STATIC);
    for (int i = 0; rc == SQLITE_OK && i < 2; i++)
        rc = sqlite3_bind_text(o->insert, i + 5, (const char *)spans[i].p, (int)spans[i].n,
                               SQLITE_STATIC);
    if (rc == SQLITE_OK)
        rc = sqlite3_bind_text(o->insert, 7, path, -1, SQLITE_STATIC);
    if (rc == SQLITE_OK) {
        sqlite3_step(o->insert);
        rc = sqlite3_reset(o->insert);
    }
    sqlite3_free(path);
    o->files += rc == SQLITE_OK;
    return rc == SQLITE_OK ? OK : open_failed(o, rc, e);
}

/* The first known file empties the table of what it held: where there is none, it is kept. */
static enum error_code open_source(struct open *o, const struct survey_row *row, struct error *e) {
    enum error_code code = o->files ? OK : open_run(o, "DELETE FROM temp.cmed_source", e);
    return code ? code : open_insert(o, row, e);
}

static enum error_code open_sources(struct open *o, const char *path, struct error *e) {
    int rc = sqlite3_prepare_v2(o->db, open_row, -1, &o->insert, NULL);
    enum error_code code = rc == SQLITE_OK ? OK : open_failed(o, rc, e);
    bool found = true;
    while (!code && found) {
        struct survey_row row;
        code = survey_next(o->survey, &row, &found, e);
        if (!code && found && row.wrong == BAD_IO)
            code = error_set(e, BAD_IO, "%s: %s", row.file, row.note);
        if (!code && found && row.dataset)
            code = open_source(o, &row, e);
    }
    if (!code && !o->files)
        code = error_set(e, BAD_USE, "no file of a known dataset in '%s'", path);
    return code;
}

/* Each statement commits itself. One transaction around them could not be closed when memory fails
 * inside of SQLite: that is known only to the statement that calls this function. */
static enum error_code open_all(struct open *o, const char *path, struct error *e) {
    enum error_code code = survey_open(path, open_stopped, &o->poll.poll, &o->survey, e);
    if (!code)
        code = open_run(o, open_table, e);
    for (size_t i = 0; !code && i < sizeof open_views / sizeof *open_views; i++)
        code = open_run(o, open_views[i], e);
    return code ? code : open_sources(o, path, e);
}

/* --- the function ---------------------------------------------------------------------------- */

static void open_call(sqlite3_context *context, int argc, sqlite3_value **argv) {
    struct open o = {.db = sqlite3_context_db_handle(context)};
    const char *path = NULL;
    struct error e, why;
    (void)argc;
    enum error_code code = open_allowed(o.db, &why);
    if (!code)
        code = door_text(argv[0], &path, &why);
    if (!code && !path)
        code = error_set(&why, BAD_USE, "the path is NULL");
    if (!code) {
        function_poll_begin(&o.poll, context, true);
        code = open_all(&o, path, &why);
        survey_close(o.survey);
        sqlite3_finalize(o.insert);
        function_poll_end(&o.poll);
    }
    if (!code)
        sqlite3_result_int64(context, o.files);
    else if (code == NO_MEMORY || code == INTERRUPTED)
        door_fail(context, &why);
    else {
        error_set(&e, code, "cmed_open: %s", why.text);
        door_fail(context, &e);
    }
}

const struct function open_functions[] = {
    {"cmed_open", 1, SQLITE_DIRECTONLY, open_call, NULL, NULL, "cmed_open(path)",
     "the number of files of known datasets below a path; they stand in the TEMP table cmed_source, "
     "and their rows in the TEMP views med_document, med_entity, med_relation, med_pair, med_qa, "
     "med_turn, med_term, med_triple and med_label"},
    {0},
};
