/* reading.c - what a cursor reads with.
 *
 *     SELECT (SELECT count(*) FROM t('f') WHERE id = v.id) FROM v       for each row of v
 *     expect 2 | end 1, which is left | begin 2 with what 1 left | … */
#include "reading.h"

#include "base/memory.h"

SQLITE_EXTENSION_INIT3

static void reading_free(struct reading *r) {
    progress_end(&r->progress);
    rows_close(&r->rows);
    sqlite3_finalize(r->probe);
    memory_free(r);
}

/* Without a cursor that may take it, nothing is kept. */
static void reading_forget(struct readings *all) {
    while (all->fresh == 0 && all->left) {
        struct reading *r = all->left;
        all->left = r->next;
        reading_free(r);
    }
}

void reading_expect(struct readings *all) {
    all->fresh++;
}

static struct reading *reading_take(struct readings *all) {
    struct reading *r = all->left;
    if (!r)
        return memory_zero(sizeof *r);
    all->left = r->next;
    r->next = NULL;
    return r;
}

int reading_begin(struct readings *all, const struct connection *c, const char *name,
                  struct reading **out) {
    struct reading *r = reading_take(all);
    if (!r)
        return SQLITE_NOMEM;
    r->connection = c;
    r->name = name;
    int rc = SQLITE_OK;
    if (!r->probe)
        rc = sqlite3_prepare_v2(c->db, "SELECT 1", -1, &r->probe, NULL);
    if (rc != SQLITE_OK) {
        reading_free(r);
        return rc;
    }
    all->fresh--;
    reading_forget(all);
    *out = r;
    return SQLITE_OK;
}

static void reading_leave(struct readings *all, struct reading *r) {
    struct reading **last = &all->left;
    while (*last)
        last = &(*last)->next;
    progress_end(&r->progress);
    rows_rest(&r->rows);
    *last = r;
}

void reading_end(struct readings *all, struct reading *r) {
    if (r)
        reading_leave(all, r);
    else
        all->fresh--;
    reading_forget(all);
}

/* sqlite3_is_interrupted came with 3.41: a statement that is stepped tells on every version. */
int reading_stopped(void *of) {
    struct reading *r = of;
    uint64_t done, all;
    if (r->connection->progress && r->rows.scan) {
        scan_progress(r->rows.scan, &done, &all);
        progress_show(&r->progress, r->name, done, all);
    }
    int rc = sqlite3_step(r->probe);
    sqlite3_reset(r->probe);
    return rc == SQLITE_INTERRUPT;
}
