/* threads.c - connections come and go, at once and one after another.
 *
 *     4 threads x 50 connections    open, load, ask three questions, close: the answers are right
 *     1000 connections              open, load, ask, close: no more memory than after the first
 *     a child of fork()             opens a connection of its own beside its parent's */
#include "common.h"

#include <pthread.h>
#include <sys/wait.h>

enum {
    THREADS = 4,
    THREADS_CONNECTIONS = COMMON_SLOW ? 10 : 50,
    THREADS_QUESTIONS = 3,
    THREADS_CYCLES = COMMON_SLOW ? 50 : 1000,
    THREADS_WARM = 50,        /* cycles before memory is looked at */
    THREADS_GROWTH_MAX = 4096 /* KiB: what the system keeps for itself varies */
};

struct threads {
    const char *extension;
    const struct queries *queries;
    const struct answer *right; /* to each */
};

struct thread {
    const struct threads *all;
    unsigned number, asked;
    char wrong[8192]; /* what was, if anything */
};

static void threads_question(struct thread *t, sqlite3 *db, unsigned i) {
    struct answer got = {0};
    common_ask(db, t->all->queries->sql[i], &got);
    if (got.code != SQLITE_DONE || !answer_same(&got, &t->all->right[i]))
        snprintf(t->wrong, sizeof t->wrong, "%s: %s", t->all->queries->sql[i],
                 got.code == SQLITE_DONE ? "a wrong answer" : got.message);
    answer_free(&got);
    t->asked++;
}

static void *threads_run(void *of) {
    struct thread *t = of;
    for (unsigned c = 0; c < THREADS_CONNECTIONS && !*t->wrong; c++) {
        sqlite3 *db;
        if (common_load(&db, t->all->extension, NULL) != SQLITE_OK)
            snprintf(t->wrong, sizeof t->wrong, "loading: %s", sqlite3_errmsg(db));
        for (unsigned q = 0; q < THREADS_QUESTIONS && !*t->wrong; q++)
            threads_question(t, db,
                             (t->number * 29 + c * THREADS_QUESTIONS + q) % t->all->queries->count);
        sqlite3_close(db);
    }
    return NULL;
}

/* Returns the number of questions. */
static unsigned threads_at_once(const struct threads *all) {
    pthread_t id[THREADS];
    struct thread thread[THREADS];
    unsigned asked = 0;
    common_doing("%d threads", THREADS);
    for (unsigned i = 0; i < THREADS; i++) {
        thread[i] = (struct thread){.all = all, .number = i};
        common_need(pthread_create(&id[i], NULL, threads_run, &thread[i]) == 0, "no thread");
    }
    for (unsigned i = 0; i < THREADS; i++) {
        pthread_join(id[i], NULL);
        common_must(!*thread[i].wrong, "thread %u: %s", i, thread[i].wrong);
        asked += thread[i].asked;
    }
    return asked;
}

/* KiB of the process in memory. */
static long threads_resident(void) {
    long pages = 0;
    FILE *f = fopen("/proc/self/statm", "r");
    common_need(f && fscanf(f, "%*d %ld", &pages) == 1, "/proc/self/statm");
    fclose(f);
    return pages * (sysconf(_SC_PAGESIZE) / 1024);
}

static long threads_one_by_one(const struct threads *all) {
    long before = 0;
    for (unsigned i = 0; i < THREADS_CYCLES; i++) {
        struct answer got = {0};
        unsigned question = i % all->queries->count;
        common_doing("connection %u: %s", i, all->queries->sql[question]);
        if (i == THREADS_WARM)
            before = threads_resident();
        sqlite3 *db = common_open(all->extension);
        common_ask(db, all->queries->sql[question], &got);
        if (common_must(got.code == SQLITE_DONE, "%s", got.message))
            answer_must_be(&got, &all->right[question]);
        answer_free(&got);
        sqlite3_close(db);
    }
    long growth = threads_resident() - before;
    common_must(COMMON_SLOW || growth < THREADS_GROWTH_MAX, "%ld KiB more in memory", growth);
    return growth;
}

static void threads_fork(const struct threads *all) {
    int status;
    sqlite3 *parent = common_open(all->extension);
    common_doing("a child");
    pid_t child = fork();
    if (child == 0) {
        struct thread t = {.all = all};
        sqlite3 *db = common_open(all->extension);
        for (unsigned i = 0; i < all->queries->count && !*t.wrong; i += 7)
            threads_question(&t, db, i);
        sqlite3_close(db);
        _exit(*t.wrong ? 1 : 0);
    }
    common_need(child > 0 && waitpid(child, &status, 0) == child, "fork");
    common_must(WIFEXITED(status) && WEXITSTATUS(status) == 0, "status %d", status);
    sqlite3_close(parent);
}

int main(int argc, char **argv) {
    const char *extension = common_begin(argc, argv);
    struct queries q = {0};
    struct answer right[COMMON_QUERIES_MAX] = {0};
    common_queries(&q);
    sqlite3 *db = common_open(extension);
    for (unsigned i = 0; i < q.count; i++)
        common_ask(db, q.sql[i], &right[i]);
    sqlite3_close(db);
    struct threads all = {extension, &q, right};
    long growth = threads_one_by_one(&all);
    unsigned asked = threads_at_once(&all);
    threads_fork(&all);
    for (unsigned i = 0; i < q.count; i++)
        answer_free(&right[i]);
    common_queries_free(&q);
    return common_end("threads: %u questions by %d threads, %ld KiB more after %d connections",
                      asked, THREADS, growth, THREADS_CYCLES);
}
