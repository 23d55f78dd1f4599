/* ahead.c - one helper thread, a ring of pieces between it and the reader.
 *
 *     thread: under -read-> piece[filled % 4]          reader: piece[taken % 4] -> caller
 *             waits while all pieces are full                  waits while none is
 *
 * Without a thread to be had, the caller reads by itself. */
#include "ahead.h"
#include "../base/memory.h"

#include <pthread.h>

struct ahead_piece {
    uint8_t *p;
    size_t n;
    struct error failed; /* behind these bytes; code OK: none */
};

struct ahead {
    struct source base;
    struct source *under;
    uint64_t read; /* bytes, before there was a thread */
    bool alone;    /* no thread is to be had */
    bool running;
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t change;
    /* under lock */
    uint64_t filled, taken;
    bool stop;
    /* a piece is the thread's or the reader's by the counts */
    struct ahead_piece piece[AHEAD_PIECES];
    size_t at; /* of the piece being taken */
};

/* Waits for a free piece; NULL: stop. */
static struct ahead_piece *ahead_free_piece(struct ahead *a) {
    pthread_mutex_lock(&a->lock);
    while (!a->stop && a->filled - a->taken == AHEAD_PIECES)
        pthread_cond_wait(&a->change, &a->lock);
    struct ahead_piece *p = a->stop ? NULL : &a->piece[a->filled % AHEAD_PIECES];
    pthread_mutex_unlock(&a->lock);
    return p;
}

static void ahead_hand_over(struct ahead *a) {
    pthread_mutex_lock(&a->lock);
    a->filled++;
    pthread_cond_signal(&a->change);
    pthread_mutex_unlock(&a->lock);
}

/* Ends behind the piece that is empty (the end) or failed. */
static void *ahead_work(void *of) {
    struct ahead *a = of;
    for (bool more = true; more;) {
        struct ahead_piece *p = ahead_free_piece(a);
        if (!p)
            break;
        p->n = 0;
        p->failed.code = OK;
        for (size_t got = 1; got && !p->failed.code && p->n < AHEAD_PIECE; p->n += got) {
            got = 0;
            source_read(a->under, p->p + p->n, AHEAD_PIECE - p->n, &got, &p->failed);
        }
        more = p->n == AHEAD_PIECE && !p->failed.code;
        ahead_hand_over(a);
    }
    return NULL;
}

static void ahead_start(struct ahead *a) {
    for (size_t i = 0; i < AHEAD_PIECES && !a->alone; i++) {
        a->piece[i].p = memory_alloc(AHEAD_PIECE);
        a->alone = !a->piece[i].p;
    }
    a->running = !a->alone && pthread_create(&a->thread, NULL, ahead_work, a) == 0;
    a->alone = !a->running;
}

/* The piece to take from; waits for it. */
static struct ahead_piece *ahead_next_piece(struct ahead *a) {
    pthread_mutex_lock(&a->lock);
    while (a->filled == a->taken)
        pthread_cond_wait(&a->change, &a->lock);
    pthread_mutex_unlock(&a->lock);
    return &a->piece[a->taken % AHEAD_PIECES];
}

static void ahead_give_back(struct ahead *a) {
    pthread_mutex_lock(&a->lock);
    a->taken++;
    pthread_cond_signal(&a->change);
    pthread_mutex_unlock(&a->lock);
    a->at = 0;
}

static enum error_code ahead_take(struct ahead *a, void *to, size_t n, size_t *got,
                                  struct error *e) {
    struct ahead_piece *p = ahead_next_piece(a);
    size_t have = p->n - a->at;
    if (have == 0) { /* the last piece stays: an end is asked for again */
        if (p->failed.code && e)
            *e = p->failed;
        return p->failed.code;
    }
    *got = n < have ? n : have;
    memcpy(to, p->p + a->at, *got);
    a->at += *got;
    if (a->at == p->n && p->n == AHEAD_PIECE && !p->failed.code)
        ahead_give_back(a);
    return OK;
}

static enum error_code ahead_read(struct source *s, void *to, size_t n, size_t *got,
                                  struct error *e) {
    struct ahead *a = (struct ahead *)s;
    *got = 0;
    if (!a->running && !a->alone && a->read >= AHEAD_AFTER)
        ahead_start(a);
    if (a->running)
        return ahead_take(a, to, n, got, e);
    enum error_code code = source_read(a->under, to, n, got, e);
    a->read += *got;
    return code;
}

static void ahead_close(struct source *s) {
    struct ahead *a = (struct ahead *)s;
    if (a->running) {
        pthread_mutex_lock(&a->lock);
        a->stop = true;
        pthread_cond_signal(&a->change);
        pthread_mutex_unlock(&a->lock);
        pthread_join(a->thread, NULL);
    }
    pthread_cond_destroy(&a->change);
    pthread_mutex_destroy(&a->lock);
    for (size_t i = 0; i < AHEAD_PIECES; i++)
        memory_free(a->piece[i].p);
    source_close(a->under);
    memory_free(a);
}

static const struct source_type ahead_type = {"ahead", ahead_read, ahead_close};

enum error_code ahead_source(struct source *under, struct source **out, struct error *e) {
    struct ahead *a = memory_zero(sizeof *a);
    if (!a) {
        source_close(under);
        return error_no_memory(e);
    }
    a->base.type = &ahead_type;
    a->under = under;
    pthread_mutex_init(&a->lock, NULL);
    pthread_cond_init(&a->change, NULL);
    *out = &a->base;
    return OK;
}
