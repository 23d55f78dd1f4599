/* io.c - every call of the operating system fails once.
 *
 *     question    open fstat pread pread ... lstat opendir readdir     1 fails; then 2; ... until a
 *                      x                                               run meets no failure
 *
 * The executable's own pread, open, ... come before libc's when the extension is bound (-rdynamic).
 * A call that fails makes an error, or an answer that is right all the same, or a row that says so
 * (cmed_files); rows before the error are right; never is the answer short or wrong and SQLITE_OK.
 * An interrupted open, opendir or pread (EINTR) is made again; reads of a byte at a time change
 * nothing. */
#include "common.h"

#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>

enum io_call { IO_OPEN, IO_PREAD, IO_FSTAT, IO_LSTAT, IO_STAT, IO_OPENDIR, IO_READDIR, IO_CALLS };

static const char *const io_names[IO_CALLS] = {"open", "pread",   "fstat",  "lstat",
                                               "stat", "opendir", "readdir"};

/* What may go wrong: in which calls, and what they say then. number 0: pread gives nothing. */
static const struct io_fault {
    const char *name;
    unsigned calls;
    int number;
    bool harmless;
} io_faults[] = {
    {"EIO", (1 << IO_CALLS) - 1, EIO, false},
    {"ENOMEM", (1 << IO_CALLS) - 1, ENOMEM, false},
    {"EMFILE", 1 << IO_OPEN | 1 << IO_OPENDIR, EMFILE, false},
    {"EACCES", 1 << IO_OPEN | 1 << IO_LSTAT | 1 << IO_STAT | 1 << IO_OPENDIR, EACCES, false},
    {"an early end", 1 << IO_PREAD, 0, false},
    {"EINTR", 1 << IO_OPEN | 1 << IO_PREAD | 1 << IO_OPENDIR, EINTR, true},
};

struct io {
    void *under[IO_CALLS];
    long calls, fail_at;
    const struct io_fault *fault; /* NULL: none */
    bool armed, bytewise, hit;
    enum io_call hit_call;
};

static struct io io;

/* Does this call fail? */
static bool io_fails(enum io_call call) {
    if (!io.armed || !io.fault || !(io.fault->calls >> call & 1) || ++io.calls != io.fail_at)
        return false;
    io.hit = true;
    io.hit_call = call;
    errno = io.fault->number;
    return true;
}

/* The names that the extension binds to. */
#pragma GCC visibility push(default)
ssize_t io_pread(int fd, void *to, size_t n, off_t at) __asm__("pread");
int io_open(const char *path, int flags, mode_t mode) __asm__("open");
int io_fstat(int fd, struct stat *out) __asm__("fstat");
int io_lstat(const char *path, struct stat *out) __asm__("lstat");
int io_stat(const char *path, struct stat *out) __asm__("stat");
DIR *io_opendir(const char *path) __asm__("opendir");
struct dirent *io_readdir(DIR *folder) __asm__("readdir");
#pragma GCC visibility pop

ssize_t io_pread(int fd, void *to, size_t n, off_t at) {
    if (io_fails(IO_PREAD))
        return io.fault->number ? -1 : 0;
    if (io.armed && io.bytewise && n > 1)
        n = 1;
    return ((ssize_t(*)(int, void *, size_t, off_t))io.under[IO_PREAD])(fd, to, n, at);
}

int io_open(const char *path, int flags, mode_t mode) {
    return io_fails(IO_OPEN)
               ? -1
               : ((int (*)(const char *, int, ...))io.under[IO_OPEN])(path, flags, mode);
}

int io_fstat(int fd, struct stat *out) {
    return io_fails(IO_FSTAT) ? -1 : ((int (*)(int, struct stat *))io.under[IO_FSTAT])(fd, out);
}

int io_lstat(const char *path, struct stat *out) {
    return io_fails(IO_LSTAT)
               ? -1
               : ((int (*)(const char *, struct stat *))io.under[IO_LSTAT])(path, out);
}

int io_stat(const char *path, struct stat *out) {
    return io_fails(IO_STAT) ? -1
                             : ((int (*)(const char *, struct stat *))io.under[IO_STAT])(path, out);
}

DIR *io_opendir(const char *path) {
    return io_fails(IO_OPENDIR) ? NULL : ((DIR * (*)(const char *)) io.under[IO_OPENDIR])(path);
}

struct dirent *io_readdir(DIR *folder) {
    return io_fails(IO_READDIR) ? NULL
                                : ((struct dirent * (*)(DIR *)) io.under[IO_READDIR])(folder);
}

/* Asks on a connection of its own, which loads before anything can fail. */
static void io_ask(const char *extension, const char *sql, struct answer *got) {
    sqlite3 *db = common_open(extension);
    struct answer none = {0};
    common_ask(db, "SELECT cmed_config('threads', 0)", &none);
    answer_free(&none);
    io.calls = 0;
    io.hit = false;
    io.armed = true;
    common_ask(db, sql, got);
    io.armed = false;
    sqlite3_close(db);
}

/* cmed_files says in a row what is wrong with a file; one that could be opened at the second try
 * has changed. */
static bool io_says(const struct answer *got, const struct io_fault *fault) {
    return got->text && ((fault->number && strstr(got->text, strerror(fault->number))) ||
                         strstr(got->text, "the file changed while it was read"));
}

static void io_judge(const struct answer *got, const struct answer *right) {
    const struct io_fault *f = io.fault;
    if (got->code == SQLITE_DONE && !(io.hit && io_says(got, f)))
        answer_must_be(got, right);
    else if (f->harmless || !io.hit)
        common_must(got->code == SQLITE_DONE, "%s", got->message);
    else if (got->code != SQLITE_DONE)
        common_must(answer_begins(got, right) && *got->message, "wrong rows before the error: %s",
                    got->message);
}

/* Returns the number of failures that were met. */
static long io_sweep(const char *extension, const char *sql, const struct answer *right,
                     const struct io_fault *fault) {
    struct answer got = {0};
    long hits = 0;
    io.fault = fault;
    io.hit = true;
    for (io.fail_at = 1; io.hit; io.fail_at += COMMON_SLOW ? 1 + io.fail_at / 8 : 1) {
        common_doing("%s at call %ld of: %s", fault->name, io.fail_at, sql);
        io_ask(extension, sql, &got);
        if (io.hit)
            common_doing("%s by %s, call %ld of: %s", fault->name, io_names[io.hit_call],
                         io.fail_at, sql);
        io_judge(&got, right);
        hits += io.hit;
    }
    io.fault = NULL;
    answer_free(&got);
    return hits;
}

static void io_bytewise(const char *extension, const char *sql, const struct answer *right) {
    struct answer got = {0};
    common_doing("a byte at a time: %s", sql);
    io.bytewise = true;
    io_ask(extension, sql, &got);
    io.bytewise = false;
    if (common_must(got.code == SQLITE_DONE, "%s", got.message))
        answer_must_be(&got, right);
    answer_free(&got);
}

int main(int argc, char **argv) {
    const char *extension = common_begin(argc, argv);
    struct queries q = {0};
    struct answer right = {0};
    long hits = 0;
    for (int i = 0; i < IO_CALLS; i++)
        io.under[i] = dlsym(RTLD_NEXT, io_names[i]);
    common_queries(&q);
    sqlite3 *stays = common_open(extension);
    for (unsigned i = 0; i < q.count; i++) {
        common_doing("%s", q.sql[i]);
        io_ask(extension, q.sql[i], &right);
        common_must(right.code == SQLITE_DONE, "%s", right.message);
        io_bytewise(extension, q.sql[i], &right);
        for (size_t f = 0; f < sizeof io_faults / sizeof *io_faults; f++)
            hits += io_sweep(extension, q.sql[i], &right, &io_faults[f]);
    }
    common_doing("at the end");
    common_must(hits > 1000, "only %ld injections: the calls do not come by here", hits);
    sqlite3_close(stays);
    answer_free(&right);
    common_queries_free(&q);
    return common_end("io: %ld injections", hits);
}
