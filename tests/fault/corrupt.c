/* corrupt.c - every sample with one byte changed.
 *
 *     |======x=============|     x ^ 1, x ^ 0x80, 0, 0xFF at every byte of a small sample, at every
 *                                7th of a larger one; plain, and what gzip and zip make of it
 *
 * Whatever the rows are then: the program goes on, and in time. */
#include "twin.h"

enum {
    CORRUPT_SMALL = 2 << 10, /* bytes */
    CORRUPT_STEP = 7,
    CORRUPT_SECONDS = 10 /* for one question, at the most */
};

static size_t corrupt_step(size_t n) {
    size_t step = n > CORRUPT_SMALL ? CORRUPT_STEP : 1;
    return step * (COMMON_SLOW ? CORRUPT_STEP : 1);
}

static void corrupt_put(int fd, size_t at, unsigned char byte) {
    common_need(pwrite(fd, &byte, 1, (off_t)at) == 1, "a file cannot be written");
}

/* Asks with every change of a file; returns how many. */
static unsigned long corrupt_all(sqlite3 *db, const char *sql, const char *path,
                                 struct twin_bytes file, const char *as) {
    struct answer got = {0};
    unsigned long changes = 0;
    twin_write(path, file.p, file.n);
    int fd = open(path, O_WRONLY);
    common_need(fd >= 0, path);
    size_t step = corrupt_step(file.n);
    for (size_t at = 0; at < file.n; at += step) {
        unsigned char old = file.p[at];
        const unsigned char bytes[] = {old ^ 1, old ^ 0x80, 0, 0xFF};
        for (size_t b = 0; b < sizeof bytes; b++) {
            if (bytes[b] == old)
                continue;
            common_doing("%s, byte %zu is 0x%02X: %s", as, at, bytes[b], sql);
            corrupt_put(fd, at, bytes[b]);
            alarm(CORRUPT_SECONDS * (COMMON_SLOW ? 10 : 1));
            common_ask(db, sql, &got);
            common_must(got.code == SQLITE_DONE || *got.message, "error %d without words",
                        got.code);
            changes++;
        }
        corrupt_put(fd, at, old);
    }
    alarm(0);
    close(fd);
    answer_free(&got);
    return changes;
}

static unsigned long corrupt_packings(sqlite3 *db, const char *sql, const char *path,
                                      struct twin_bytes sample) {
    char member[4096];
    unsigned long changes = corrupt_all(db, sql, path, sample, "plain");
    if (twin_packed(sample))
        return changes;
    struct twin_bytes gzip = twin_gzip(sample), zip = twin_zip(sample, strrchr(path, '/') + 1);
    changes += corrupt_all(db, sql, path, gzip, "gzip");
    twin_ask_member(sql, member, sizeof member);
    changes += corrupt_all(db, member, path, zip, "zip");
    free(gzip.p);
    free(zip.p);
    return changes;
}

int main(int argc, char **argv) {
    const char *extension = common_begin(argc, argv);
    struct queries q = {0};
    struct twin twin;
    char path[PATH_MAX];
    unsigned long changes = 0;
    common_queries(&q);
    twin_begin(&twin, extension);
    sqlite3 *db = common_open(twin.extension);
    for (unsigned i = 0; i < q.count; i++) {
        twin_home(&twin);
        if (!twin_path(q.sql[i], path, sizeof path) || !twin_small(path))
            continue;
        struct twin_bytes sample = twin_read(path);
        twin_away(&twin);
        changes += corrupt_packings(db, q.sql[i], path, sample);
        free(sample.p);
    }
    sqlite3_close(db);
    twin_end(&twin);
    common_queries_free(&q);
    return common_end("corrupt: %lu changed bytes", changes);
}
