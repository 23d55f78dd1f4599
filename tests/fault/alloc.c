/* alloc.c - every allocation fails once.
 *
 *     question   allocations   1 2 3 4 5 ... n      1 fails; then 2; ... until a run meets no
 * failure x                this one x x x x ... x    this one and all behind it
 *
 * Whatever fails, the answer is right or the error is SQLITE_NOMEM; rows before the error are
 * right; the same connection answers right when there is memory again; and when it is closed, not a
 * byte is left. Loading the extension is swept in the same way. */
#include "common.h"

enum { ALLOC_EACH = 3000 };

struct alloc {
    sqlite3_mem_methods under;
    long long bytes;     /* handed out now */
    long calls, fail_at; /* 0: none fails */
    long all;            /* calls of a run without a failure */
    bool armed, lasting, hit;
};

static struct alloc alloc;

static bool alloc_fails(void) {
    if (!alloc.armed)
        return false;
    long call = ++alloc.calls;
    bool fails = call == alloc.fail_at || (alloc.lasting && call > alloc.fail_at);
    alloc.hit |= fails;
    return fails;
}

static void *alloc_malloc(int n) {
    void *p = alloc_fails() ? NULL : alloc.under.xMalloc(n);
    alloc.bytes += p ? alloc.under.xSize(p) : 0;
    return p;
}

static void alloc_free(void *p) {
    alloc.bytes -= p ? alloc.under.xSize(p) : 0;
    alloc.under.xFree(p);
}

static void *alloc_realloc(void *p, int n) {
    int before = alloc.under.xSize(p);
    void *q = alloc_fails() ? NULL : alloc.under.xRealloc(p, n);
    alloc.bytes += q ? alloc.under.xSize(q) - before : 0;
    return q;
}

static void alloc_wrap(void) {
    sqlite3_config(SQLITE_CONFIG_GETMALLOC, &alloc.under);
    sqlite3_mem_methods wrapped = alloc.under;
    wrapped.xMalloc = alloc_malloc;
    wrapped.xFree = alloc_free;
    wrapped.xRealloc = alloc_realloc;
    common_need(sqlite3_config(SQLITE_CONFIG_MALLOC, &wrapped) == SQLITE_OK, "no allocator hook");
}

static void alloc_aim(long fail_at, bool lasting) {
    alloc.calls = 0;
    alloc.fail_at = fail_at;
    alloc.lasting = lasting;
    alloc.hit = false;
}

/* Each one once, where they are not too many. Where all behind it fail too, and where the
 * sanitizers watch, the steps grow. */
static long alloc_next(long at, long all) {
    long many = all / ALLOC_EACH;
    return at + 1 + many * many + (alloc.lasting || COMMON_SLOW ? at / 32 : 0);
}

/* One run with one failure. */
static void alloc_ask(const char *extension, const char *sql, const struct answer *right,
                      struct answer *got) {
    sqlite3 *db = common_open(extension);
    alloc.armed = true;
    common_ask(db, sql, got);
    alloc.armed = false;
    if (got->code == SQLITE_DONE)
        answer_must_be(got, right);
    else
        common_must(got->code == SQLITE_NOMEM && answer_begins(got, right), "error %d: %s",
                    got->code, got->message);
    common_ask(db, sql, got);
    if (common_must(got->code == SQLITE_DONE, "asked again: %s", got->message))
        answer_must_be(got, right);
    sqlite3_close(db);
}

/* Returns the number of failures that were met. */
static long alloc_sweep(const char *extension, const char *sql, const struct answer *right,
                        bool lasting) {
    struct answer got = {0};
    long hits = 0;
    alloc.hit = true;
    for (long at = 1; alloc.hit; at = alloc_next(at, alloc.all)) {
        long long before = alloc.bytes;
        common_doing("allocation %ld%s of: %s", at, lasting ? " and all behind it" : "", sql);
        alloc_aim(at, lasting);
        alloc_ask(extension, sql, right, &got);
        common_must(alloc.bytes == before, "%lld bytes are left", alloc.bytes - before);
        hits += alloc.hit;
    }
    answer_free(&got);
    return hits;
}

/* The tables and functions of a connection. */
static const char alloc_all[] = "SELECT name FROM pragma_module_list UNION ALL SELECT name FROM "
                                "pragma_function_list ORDER BY 1";

static long alloc_sweep_load(const char *extension, const struct answer *right, bool lasting) {
    struct answer got = {0};
    sqlite3 *db;
    long hits = 0;
    alloc.hit = true;
    for (long at = 1; alloc.hit; at = alloc_next(at, alloc.all)) {
        long long before = alloc.bytes;
        common_doing("allocation %ld%s of loading", at, lasting ? " and all behind it" : "");
        common_need(sqlite3_open(":memory:", &db) == SQLITE_OK, "no connection");
        sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 1, (int *)NULL);
        alloc_aim(at, lasting);
        alloc.armed = true;
        int rc = sqlite3_load_extension(db, extension, NULL, NULL);
        alloc.armed = false;
        if (rc == SQLITE_OK) {
            common_ask(db, alloc_all, &got);
            common_must(answer_same(&got, right), "loaded, but not all of it is there");
        }
        common_must(rc == SQLITE_OK || alloc.hit, "error %d", rc);
        sqlite3_close(db);
        common_must(alloc.bytes == before, "%lld bytes are left", alloc.bytes - before);
        hits += alloc.hit;
    }
    answer_free(&got);
    return hits;
}

/* What it is without a failure. */
static void alloc_right(const char *extension, const char *sql, struct answer *right) {
    common_doing("%s", sql);
    sqlite3 *db = common_open(extension);
    alloc_aim(0, false);
    alloc.armed = true;
    common_ask(db, sql, right);
    alloc.armed = false;
    alloc.all = alloc.calls;
    common_must(right->code == SQLITE_DONE, "%s", right->message);
    sqlite3_close(db);
}

int main(int argc, char **argv) {
    const char *extension = common_begin(argc, argv);
    struct queries q = {0};
    struct answer right = {0};
    long hits = 0;
    alloc_wrap();
    common_queries(&q);
    sqlite3 *stays = common_open(extension); /* so that the code stays in memory */
    alloc_right(extension, alloc_all, &right);
    for (int lasting = 0; lasting < 2; lasting++)
        hits += alloc_sweep_load(extension, &right, lasting);
    for (unsigned i = 0; i < q.count; i++) {
        alloc_right(extension, q.sql[i], &right);
        double begun = common_seconds();
        long before = hits;
        for (int lasting = 0; lasting < 2; lasting++)
            hits += alloc_sweep(extension, q.sql[i], &right, lasting);
        if (getenv("VERBOSE"))
            printf("%6.2f s %5ld: %s\n", common_seconds() - begun, hits - before, q.sql[i]);
    }
    sqlite3_close(stays);
    answer_free(&right);
    common_doing("at the end");
    common_must(sqlite3_memory_used() == 0, "%lld bytes are left", sqlite3_memory_used());
    common_queries_free(&q);
    return common_end("alloc: %ld injections", hits);
}
