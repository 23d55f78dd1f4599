/* chunks.c - the same rows however the bytes come in.
 *
 *     |==sample==|   read 1, 2, 3, 7, 64 or 4096 bytes at a time; as it is, in gzip, in a zip */
#include "twin.h"

static const int chunks_sizes[] = {0, 1, 2, 3, 7, 64, 4096}; /* 0: as many as fit */

/* Asks with every size of a read; returns how often. */
static unsigned chunks_ask(sqlite3 *db, const char *sql, const char *as,
                           const struct answer *right) {
    struct answer got = {0};
    char set[64];
    for (size_t i = 0; i < sizeof chunks_sizes / sizeof *chunks_sizes; i++) {
        common_doing("%s, reads of %d bytes: %s", as, chunks_sizes[i], sql);
        snprintf(set, sizeof set, "SELECT cmed_config('read_size', %d)", chunks_sizes[i]);
        common_need(sqlite3_exec(db, set, NULL, NULL, NULL) == SQLITE_OK, sqlite3_errmsg(db));
        common_ask(db, sql, &got);
        if (common_must(got.code == SQLITE_DONE, "%s", got.message))
            answer_must_be(&got, right);
    }
    sqlite3_exec(db, "SELECT cmed_config('read_size', 0)", NULL, NULL, NULL);
    answer_free(&got);
    return sizeof chunks_sizes / sizeof *chunks_sizes;
}

static unsigned chunks_packed(sqlite3 *db, const char *sql, const char *path,
                              struct twin_bytes sample, const struct answer *right) {
    const char *name = strrchr(path, '/') + 1;
    char member[4096];
    unsigned asked = 0;
    struct twin_bytes gzip = twin_gzip(sample), zip = twin_zip(sample, name);
    if (!twin_packed(sample)) {
        twin_write(path, gzip.p, gzip.n);
        asked = chunks_ask(db, sql, "gzip", right);
    }
    if (!twin_packed(sample) || strstr(path, ".xlsx")) {
        twin_write(path, zip.p, zip.n);
        twin_ask_member(sql, member, sizeof member);
        asked += chunks_ask(db, member, "zip", right);
    }
    free(gzip.p);
    free(zip.p);
    return asked;
}

/* Is every table of a dataset in the list of questions? */
static void chunks_complete(sqlite3 *db, const struct queries *q) {
    sqlite3_stmt *s;
    char call[256];
    sqlite3_prepare_v2(db, "SELECT name FROM cmed_help() WHERE kind = 'reader'", -1, &s, NULL);
    while (sqlite3_step(s) == SQLITE_ROW) {
        bool asked = false;
        snprintf(call, sizeof call, " %s(", (const char *)sqlite3_column_text(s, 0));
        for (unsigned i = 0; i < q->count && !asked; i++)
            asked = strstr(q->sql[i], call) != NULL;
        common_doing("tests/fault/queries.txt");
        common_must(asked, "nothing is asked of%s", call);
    }
    sqlite3_finalize(s);
}

int main(int argc, char **argv) {
    const char *extension = common_begin(argc, argv);
    struct queries q = {0};
    struct twin twin;
    struct answer right = {0};
    struct twin_bytes sample;
    char path[PATH_MAX];
    unsigned asked = 0;
    common_queries(&q);
    twin_begin(&twin, extension);
    sqlite3 *db = common_open(twin.extension);
    chunks_complete(db, &q);
    for (unsigned i = 0; i < q.count; i++) {
        twin_home(&twin);
        common_ask(db, q.sql[i], &right);
        common_doing("%s", q.sql[i]);
        common_must(right.code == SQLITE_DONE, "%s", right.message);
        asked += chunks_ask(db, q.sql[i], "plain", &right);
        if (strstr(q.sql[i], "file") || strstr(q.sql[i], "error"))
            continue; /* a row names its file */
        if (!twin_path(q.sql[i], path, sizeof path) || !twin_small(path))
            continue;
        sample = twin_read(path);
        twin_away(&twin);
        asked += chunks_packed(db, q.sql[i], path, sample, &right);
        free(sample.p);
    }
    sqlite3_close(db);
    answer_free(&right);
    twin_end(&twin);
    common_queries_free(&q);
    return common_end("chunks: %u answers compared", asked);
}
