/* What the programs of this folder share: a connection with the extension, an answer as text that
 * can be compared, the list of questions, and how a failure is said.
 *
 *     build/tests/fault/alloc build/cmed     from the project's folder; exit 0: nothing is wrong
 *     alloc: 12345 injections, 0 failed      the last line
 *
 * Where a signal ends the program, the last words say what it was doing. */
#ifndef CMED_TESTS_FAULT_COMMON_H
#define CMED_TESTS_FAULT_COMMON_H

#include <sqlite3.h>

#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#ifdef __SANITIZE_ADDRESS__
#define COMMON_SLOW 1 /* the sanitizers watch: programs take larger steps */
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define COMMON_SLOW 1
#endif
#endif
#ifndef COMMON_SLOW
#define COMMON_SLOW 0
#endif

enum { COMMON_QUERIES_MAX = 256, COMMON_COMPLAINTS_MAX = 20 };

/* What the program is doing, for its last words, and how often it was wrong. */
struct common {
    char doing[1024];
    unsigned failed;
};

static struct common common;

static inline void common_signal(int number) {
    static const char words[] = "a signal while: ";
    ssize_t said = write(2, words, sizeof words - 1);
    said += write(2, common.doing, strlen(common.doing));
    said += write(2, "\n", 1);
    signal(number, SIG_DFL);
    raise(number);
    (void)said;
}

__attribute__((format(printf, 1, 2))) static inline void common_doing(const char *format, ...) {
    va_list more;
    va_start(more, format);
    vsnprintf(common.doing, sizeof common.doing, format, more);
    va_end(more);
}

/* Says what does not hold, beside what was being done. */
__attribute__((format(printf, 2, 3))) static inline bool common_must(bool holds, const char *format,
                                                                     ...) {
    va_list more;
    if (holds || ++common.failed > COMMON_COMPLAINTS_MAX)
        return holds;
    va_start(more, format);
    printf("%s: ", common.doing);
    vprintf(format, more);
    printf("\n");
    va_end(more);
    return false;
}

/* What the program itself needs. */
static inline void common_need(bool there, const char *what) {
    if (there)
        return;
    fprintf(stderr, "%s (while: %s)\n", what, common.doing);
    exit(2);
}

static inline double common_seconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* --- connections ----------------------------------------------------------------------------- */

/* SQLite's code; *db is to be closed whatever it is. entry NULL: the one that a name says. */
static inline int common_load(sqlite3 **db, const char *extension, const char *entry) {
    int rc = sqlite3_open(":memory:", db);
    if (rc == SQLITE_OK)
        rc = sqlite3_db_config(*db, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 1, (int *)NULL);
    return rc == SQLITE_OK ? sqlite3_load_extension(*db, extension, entry, NULL) : rc;
}

static inline sqlite3 *common_open(const char *extension) {
    sqlite3 *db;
    common_need(common_load(&db, extension, NULL) == SQLITE_OK, "the extension cannot be loaded");
    return db;
}

/* --- answers --------------------------------------------------------------------------------- */

struct answer {
    int code;   /* SQLITE_DONE, or the error */
    char *text; /* rows: cells, each behind a letter for its type and before \37; \n behind a row */
    size_t n, cap;
    unsigned rows;
    char message[1024];
};

static inline void answer_free(struct answer *a) {
    free(a->text);
    *a = (struct answer){.code = SQLITE_DONE};
}

static inline void answer_add(struct answer *a, char byte) {
    if (a->n + 1 >= a->cap) {
        a->cap = a->cap * 2 + 4096;
        a->text = realloc(a->text, a->cap);
        common_need(a->text != NULL, "no memory for an answer");
    }
    a->text[a->n++] = byte;
    a->text[a->n] = 0;
}

static inline void answer_add_text(struct answer *a, const unsigned char *p, size_t n) {
    for (size_t i = 0; i < n; i++) {
        if (p[i] < ' ')
            answer_add(a, 2);
        answer_add(a, (char)(p[i] < ' ' ? p[i] + '@' : p[i]));
    }
}

/* A byte below a blank is written as \2 and the letter that Ctrl makes it of. Nothing here makes
 * SQLite allocate. */
static inline void answer_add_cell(struct answer *a, sqlite3_stmt *s, int column) {
    char number[64];
    const void *p = number;
    int type = sqlite3_column_type(s, column), n = 0;
    if (type == SQLITE_INTEGER)
        n = snprintf(number, sizeof number, "%lld", sqlite3_column_int64(s, column));
    else if (type == SQLITE_FLOAT)
        n = snprintf(number, sizeof number, "%.17g", sqlite3_column_double(s, column));
    else if ((p = sqlite3_column_blob(s, column)))
        n = sqlite3_column_bytes(s, column);
    answer_add(a, "?irtbn"[type]);
    answer_add_text(a, p, (size_t)n);
    answer_add(a, 037);
}

static inline void answer_add_row(struct answer *a, sqlite3_stmt *s) {
    for (int i = 0; i < sqlite3_column_count(s); i++)
        answer_add_cell(a, s, i);
    answer_add(a, '\n');
    a->rows++;
}

static inline bool answer_same(const struct answer *a, const struct answer *b) {
    return a->n == b->n && (a->n == 0 || memcmp(a->text, b->text, a->n) == 0);
}

/* Are its rows the first ones of b? */
static inline bool answer_begins(const struct answer *a, const struct answer *b) {
    return a->n <= b->n && (a->n == 0 || memcmp(a->text, b->text, a->n) == 0);
}

/* Where two answers part: the first row of a that is another one in b. */
static inline int answer_parting(const struct answer *a, const struct answer *b, size_t *at) {
    size_t i = 0, row = 0;
    while (i < a->n && i < b->n && a->text[i] == b->text[i])
        if (a->text[i++] == '\n')
            row = i;
    *at = row;
    return a->n > row ? (int)(strchr(a->text + row, '\n') - (a->text + row)) : 0;
}

/* Says which row is wrong. */
static inline bool answer_must_be(const struct answer *got, const struct answer *right) {
    size_t at;
    int n = answer_parting(got, right, &at), m = answer_parting(right, got, &at);
    return common_must(answer_same(got, right), "'%.*s' instead of '%.*s'", n,
                       got->n ? got->text + at : "", m, right->n ? right->text + at : "");
}

/* Asks, one statement after another up to the first that fails, and collects the rows; a is
 * overwritten, its room used again. */
static inline void common_ask(sqlite3 *db, const char *sql, struct answer *a) {
    sqlite3_stmt *s;
    a->n = a->rows = 0;
    a->message[0] = 0;
    a->code = SQLITE_DONE;
    while (*sql && a->code == SQLITE_DONE) {
        a->code = sqlite3_prepare_v2(db, sql, -1, &s, &sql);
        if (a->code == SQLITE_OK)
            while ((a->code = s ? sqlite3_step(s) : SQLITE_DONE) == SQLITE_ROW)
                answer_add_row(a, s);
        if (a->code != SQLITE_DONE)
            snprintf(a->message, sizeof a->message, "%s", sqlite3_errmsg(db));
        sqlite3_finalize(s);
    }
}

/* --- questions ------------------------------------------------------------------------------- */

struct queries {
    char *sql[COMMON_QUERIES_MAX];
    unsigned count;
};

static inline void common_queries(struct queries *q) {
    char line[4096];
    FILE *f = fopen("tests/fault/queries.txt", "r");
    common_need(f != NULL, "tests/fault/queries.txt cannot be opened: run in the project's folder");
    while (fgets(line, sizeof line, f)) {
        line[strcspn(line, "\n")] = 0;
        if (!*line || strncmp(line, "--", 2) == 0)
            continue;
        common_need(q->count < COMMON_QUERIES_MAX, "too many questions");
        q->sql[q->count++] = strdup(line);
    }
    fclose(f);
}

static inline void common_queries_free(struct queries *q) {
    while (q->count)
        free(q->sql[--q->count]);
}

static inline const char *common_begin(int argc, char **argv) {
    if (argc != 2) {
        fprintf(stderr, "usage: %s EXTENSION\n", argv[0]);
        exit(2);
    }
    static const int signals[] = {SIGSEGV, SIGABRT, SIGBUS, SIGFPE, SIGALRM};
    for (size_t i = 0; i < sizeof signals / sizeof *signals; i++)
        signal(signals[i], common_signal);
    setvbuf(stdout, NULL, _IOLBF, 0);
    return argv[1];
}

/* The last line, and the program's exit code. */
__attribute__((format(printf, 1, 2))) static inline int common_end(const char *figures, ...) {
    va_list more;
    va_start(more, figures);
    vprintf(figures, more);
    printf(", %u failed\n", common.failed);
    va_end(more);
    return common.failed > 0;
}

#endif
