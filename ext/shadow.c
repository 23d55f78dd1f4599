/* shadow.c - the rows of a virtual table, in an ordinary one.
 *
 *     CREATE VIRTUAL TABLE icd USING cmed_terms;
 *
 *     icd_rows(id INTEGER PRIMARY KEY, code TEXT, term TEXT)
 *
 * Who writes into icd_rows itself, past icd, is not seen before the connection is opened again;
 * SQLite forbids it under PRAGMA writable_schema = RESET and SQLITE_DBCONFIG_DEFENSIVE. */
#include "shadow.h"

SQLITE_EXTENSION_INIT3

static int shadow_run(sqlite3 *db, char *sql) {
    int rc = sql ? sqlite3_exec(db, sql, NULL, NULL, NULL) : SQLITE_NOMEM;
    sqlite3_free(sql);
    return rc;
}

static int shadow_prepare(struct shadow *s, sqlite3_stmt **out, char *sql) {
    int rc = SQLITE_NOMEM;
    if (sql)
        rc = sqlite3_prepare_v3(s->connection->db, sql, -1, SQLITE_PREPARE_PERSISTENT, out, NULL);
    sqlite3_free(sql);
    return rc;
}

int shadow_open(struct shadow *s, const struct shadow_kind *kind, struct connection *c,
                const char *const *argv, bool make) {
    int rc = sqlite3_vtab_config(c->db, SQLITE_VTAB_INNOCUOUS);
    if (rc == SQLITE_OK)
        rc = sqlite3_vtab_config(c->db, SQLITE_VTAB_CONSTRAINT_SUPPORT, 1);
    if (rc != SQLITE_OK)
        return rc;
    s->kind = kind;
    s->connection = connection_hold(c);
    s->schema = sqlite3_mprintf("%s", argv[1]);
    s->name = sqlite3_mprintf("%s", argv[2]);
    if (!s->schema || !s->name)
        return SQLITE_NOMEM;
    if (!make)
        return SQLITE_OK;
    return shadow_run(c->db,
                      sqlite3_mprintf("CREATE TABLE \"%w\".\"%w_rows\"(id INTEGER PRIMARY KEY, %s)",
                                      s->schema, s->name, kind->declaration));
}

static void shadow_forget(struct shadow *s) {
    sqlite3_stmt **all[] = {&s->insert, &s->update, &s->remove, &s->version};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        sqlite3_finalize(*all[i]);
        *all[i] = NULL;
    }
}

void shadow_close(struct shadow *s) {
    shadow_forget(s);
    sqlite3_free(s->schema);
    sqlite3_free(s->name);
    if (s->connection)
        connection_release(s->connection);
}

int shadow_drop(struct shadow *s) {
    shadow_forget(s);
    return shadow_run(s->connection->db,
                      sqlite3_mprintf("DROP TABLE \"%w\".\"%w_rows\"", s->schema, s->name));
}

int shadow_rename(sqlite3_vtab *base, const char *name) {
    struct shadow *s = (struct shadow *)base;
    char *kept = sqlite3_mprintf("%s", name);
    if (!kept)
        return SQLITE_NOMEM;
    shadow_forget(s);
    int rc = shadow_run(s->connection->db,
                        sqlite3_mprintf("ALTER TABLE \"%w\".\"%w_rows\" RENAME TO \"%w_rows\"",
                                        s->schema, s->name, name));
    sqlite3_free(rc == SQLITE_OK ? s->name : kept);
    s->name = rc == SQLITE_OK ? kept : s->name;
    return rc;
}

int shadow_name(const char *suffix) {
    return sqlite3_stricmp(suffix, "rows") == 0;
}

/* ---- asking ---- */

int shadow_best_index(sqlite3_index_info *info, int query, int k, int rows) {
    const int columns[] = {query, k, -1};
    int arguments = 0;
    for (size_t c = 0; c < sizeof columns / sizeof *columns; c++)
        for (int i = 0; i < info->nConstraint; i++) {
            const bool argument = columns[c] >= 0;
            if (info->aConstraint[i].iColumn != columns[c] ||
                info->aConstraint[i].op != SQLITE_INDEX_CONSTRAINT_EQ || info->idxNum >> c & 1)
                continue;
            if (!info->aConstraint[i].usable && argument)
                return SQLITE_CONSTRAINT;
            if (!info->aConstraint[i].usable || (!argument && info->idxNum))
                continue;
            info->aConstraintUsage[i].argvIndex = ++arguments;
            info->aConstraintUsage[i].omit = argument;
            info->idxNum |= 1 << c;
        }
    info->estimatedCost = info->idxNum ? 100 : 1e6;
    info->estimatedRows = info->idxNum ? rows : 100000;
    return SQLITE_OK;
}

enum error_code shadow_k(sqlite3_value *value, size_t usual, size_t most, size_t *k,
                         struct error *e) {
    *k = usual;
    if (!value || sqlite3_value_type(value) == SQLITE_NULL)
        return OK;
    sqlite3_int64 n = sqlite3_value_int64(value);
    if (sqlite3_value_numeric_type(value) != SQLITE_INTEGER || n < 0 || n > (sqlite3_int64)most)
        return error_set(e, BAD_USE, "k is a whole number from 0 to %zu", most);
    *k = (size_t)n;
    return OK;
}

/* ---- writing ---- */

/* ", ?2, ?3" and the like come from the number of columns; two is the most. */
static int shadow_statements(struct shadow *s) {
    const struct shadow_kind *k = s->kind;
    bool two = k->columns > 1;
    const char *second = two ? k->column[1] : "";
    int rc = s->insert
                 ? SQLITE_OK
                 : shadow_prepare(s, &s->insert,
                                  sqlite3_mprintf("INSERT INTO \"%w\".\"%w_rows\"(id, %s%s%s) "
                                                  "VALUES(?1, ?2%s)",
                                                  s->schema, s->name, k->column[0], two ? ", " : "",
                                                  second, two ? ", ?3" : ""));
    if (rc == SQLITE_OK && !s->update)
        rc = shadow_prepare(s, &s->update,
                            sqlite3_mprintf("UPDATE \"%w\".\"%w_rows\" SET id = ?1, %s = ?2%s%s%s "
                                            "WHERE id = ?4",
                                            s->schema, s->name, k->column[0], two ? ", " : "",
                                            second, two ? " = ?3" : ""));
    if (rc == SQLITE_OK && !s->remove)
        rc = shadow_prepare(
            s, &s->remove,
            sqlite3_mprintf("DELETE FROM \"%w\".\"%w_rows\" WHERE id = ?1", s->schema, s->name));
    return rc;
}

static int shadow_step(sqlite3_stmt *statement) {
    sqlite3_step(statement);
    int rc = sqlite3_reset(statement);
    sqlite3_clear_bindings(statement);
    return rc;
}

static int shadow_remove(struct shadow *s, sqlite3_value *id) {
    int rc = sqlite3_bind_value(s->remove, 1, id);
    return rc == SQLITE_OK ? shadow_step(s->remove) : rc;
}

int shadow_update(struct shadow *s, int argc, sqlite3_value **argv, sqlite3_int64 *rowid) {
    int rc = shadow_statements(s);
    s->changed = true;
    s->fresh = false;
    if (rc != SQLITE_OK || argc == 1)
        return rc == SQLITE_OK ? shadow_remove(s, argv[0]) : rc;
    bool insert = sqlite3_value_type(argv[0]) == SQLITE_NULL;
    bool moves = insert || sqlite3_value_int64(argv[0]) != sqlite3_value_int64(argv[1]);
    if (moves && sqlite3_value_type(argv[1]) != SQLITE_NULL &&
        sqlite3_vtab_on_conflict(s->connection->db) == SQLITE_REPLACE)
        rc = shadow_remove(s, argv[1]);
    sqlite3_stmt *statement = insert ? s->insert : s->update;
    if (rc == SQLITE_OK && !insert)
        rc = sqlite3_bind_value(statement, 4, argv[0]);
    for (int i = 0; rc == SQLITE_OK && i <= s->kind->columns; i++)
        rc = sqlite3_bind_value(statement, 1 + i, argv[1 + i]);
    if (rc == SQLITE_OK)
        rc = shadow_step(statement);
    if (rc == SQLITE_OK && insert)
        *rowid = sqlite3_last_insert_rowid(s->connection->db);
    return rc;
}

int shadow_begin(sqlite3_vtab *base) {
    ((struct shadow *)base)->changed = false;
    return SQLITE_OK;
}

int shadow_savepoint(sqlite3_vtab *base, int savepoint) {
    (void)base, (void)savepoint;
    return SQLITE_OK;
}

/* The rows go back to what they were. */
int shadow_rollback(sqlite3_vtab *base) {
    struct shadow *s = (struct shadow *)base;
    s->fresh = s->fresh && !s->changed;
    return SQLITE_OK;
}

int shadow_rollback_to(sqlite3_vtab *base, int savepoint) {
    (void)savepoint;
    return shadow_rollback(base);
}

/* ---- reading ---- */

/* Only this connection can write to its TEMP tables; elsewhere others can, and data_version says
 * whether one has. */
int shadow_look(struct shadow *s) {
    if (sqlite3_stricmp(s->schema, "temp") == 0)
        return SQLITE_OK;
    int rc = s->version ? SQLITE_OK
                        : shadow_prepare(s, &s->version,
                                         sqlite3_mprintf("PRAGMA \"%w\".data_version", s->schema));
    if (rc != SQLITE_OK)
        return rc;
    if (sqlite3_step(s->version) == SQLITE_ROW) {
        sqlite3_int64 version = sqlite3_column_int64(s->version, 0);
        s->fresh = s->fresh && version == s->seen;
        s->seen = version;
    }
    return sqlite3_reset(s->version);
}

int shadow_select(struct shadow *s, const char *tail, sqlite3_stmt **out) {
    const struct shadow_kind *k = s->kind;
    return shadow_prepare(s, out,
                          sqlite3_mprintf("SELECT id, %s%s%s FROM \"%w\".\"%w_rows\" %s",
                                          k->column[0], k->columns > 1 ? ", " : "",
                                          k->columns > 1 ? k->column[1] : "", s->schema, s->name,
                                          tail));
}

static bool shadow_stopped(void *of) {
    sqlite3_stmt *probe = of;
    int rc = sqlite3_step(probe);
    sqlite3_reset(probe);
    return rc == SQLITE_INTERRUPT;
}

int shadow_poll_begin(struct shadow_poll *p, const struct shadow *s) {
    p->probe = NULL;
    int rc = sqlite3_prepare_v2(s->connection->db, "SELECT 1", -1, &p->probe, NULL);
    p->poll = (struct poll){shadow_stopped, p->probe};
    return rc;
}

void shadow_poll_end(struct shadow_poll *p) {
    sqlite3_finalize(p->probe);
}
