/* Runs a format over bytes as a scan would, and writes down its rows.
 *
 *     step 3            frame is shown 3 bytes, then 6, … until it takes some; every frame stands
 * in memory of its own, so that AddressSanitizer sees what is read too far or too late
 *
 *     7|感染|~          a row: cells; ~ is NULL; LF, CR, TAB and NUL as \n \r \t \0; [1 0.5] a
 * vector ! what is wrong   a record that split refuses; behind !! nothing was read
 *
 * A word that begins with '!' or '?' is required or needed, as in dataset.h.
 * What must hold of any format, whatever the bytes, aborts where it does not. */
#ifndef CMED_TESTS_FORMAT_DRIVER_H
#define CMED_TESTS_FORMAT_DRIVER_H

#include "../../ext/base/memory.h"
#include "../../ext/base/utf8.h"
#include "../../ext/format/format.h"
#include "../../ext/format/json_walk.h"

#include <stdio.h>
#include <stdlib.h>

enum { DRIVER_CAP_MAX = 64, DRIVER_WORDS_MAX = 16, DRIVER_PADDING = 64 };

struct driver {
    const struct format *format;
    const char *where[DRIVER_WORDS_MAX]; /* NULL behind the last */
    const char *each, *shape;
    size_t step;     /* bytes more, each time; 0: all at once */
    uint32_t cap;    /* records a frame; 0: DRIVER_CAP_MAX */
    unsigned stride; /* looks at every stride-th record only; 0: at all */
};

struct driver_run {
    const struct driver *set;
    const char *where[DRIVER_WORDS_MAX]; /* without '!' and '?' */
    void *state;
    unsigned columns;
    unsigned records;
    bool utf8; /* the bytes are, and text: so is every cell */
    FILE *out;
};

static inline void driver_must(bool holds, const char *what) {
    if (holds)
        return;
    fprintf(stderr, "%s\n", what);
    abort();
}

static inline bool driver_is_json(const char *word) {
    return strcmp(word, "fields") == 0 || strcmp(word, "args") == 0 || strcmp(word, "spans") == 0;
}

static inline void driver_check(const struct driver_run *r, unsigned column, struct span text) {
    struct json_fault fault;
    size_t end = 0;
    driver_must(text.p != NULL, "a text without an address");
    driver_must(!r->utf8 || utf8_valid(text) == text.n, "a character that is cut");
    if (driver_is_json(r->where[column]))
        driver_must(json_check(text, 0, &end, &fault) == JSON_FINE && end == text.n, "no JSON");
}

static inline void driver_text(FILE *out, struct span s) {
    static const char from[] = "\n\r\t", to[] = "nrt";
    for (size_t i = 0; i < s.n; i++) {
        const char *hit = s.p[i] ? strchr(from, s.p[i]) : NULL;
        if (!s.p[i])
            fputs("\\0", out);
        else if (hit)
            fprintf(out, "\\%c", to[hit - from]);
        else
            fputc(s.p[i], out);
    }
}

static inline void driver_vector(FILE *out, struct span s) {
    for (size_t i = 0; i + 4 <= s.n; i += 4) {
        float x;
        memcpy(&x, s.p + i, 4);
        fprintf(out, "%s%.9g", i ? " " : "[", (double)x);
    }
    fputs(s.n ? "]" : "[]", out);
}

static inline enum error_code driver_row(struct driver_run *r, FILE *out, struct error *e) {
    enum error_code code = OK;
    for (unsigned c = 0; !code && c < r->columns; c++) {
        struct cell cell;
        code = r->set->format->cell(r->state, c, &cell, e);
        if (code)
            break;
        fputs(c ? "|" : "", out);
        if (cell.kind == CELL_NULL) {
            fputc('~', out);
        } else if (cell.kind == CELL_INTEGER) {
            fprintf(out, "%lld", (long long)cell.i);
        } else if (cell.kind == CELL_VECTOR) {
            driver_vector(out, cell.s);
        } else {
            driver_check(r, c, cell.s);
            driver_text(out, cell.s);
        }
    }
    fputc('\n', out);
    return code;
}

static inline enum error_code driver_record(struct driver_run *r, struct span record, FILE *out,
                                            struct error *e) {
    const struct format *f = r->set->format;
    bool more = true;
    enum error_code code = f->split(r->state, record, e);
    while (!code && more) {
        if (f->item)
            code = f->item(r->state, &more, e);
        if (!code && more)
            code = driver_row(r, out, e);
        more = more && f->item;
    }
    return code;
}

/* A record is split twice, as a scan that walks again does, and must give the same both times. */
static inline enum error_code driver_twice(struct driver_run *r, struct span record,
                                           struct error *e) {
    char *text[2] = {NULL, NULL};
    enum error_code code = OK;
    for (int i = 0; i < 2 && code != NO_MEMORY; i++) {
        size_t n;
        FILE *out = open_memstream(&text[i], &n);
        code = driver_record(r, record, out, e);
        fclose(out);
    }
    fputs(text[0], r->out);
    if (code != NO_MEMORY)
        driver_must(strcmp(text[0], text[1]) == 0, "a second walk that differs");
    free(text[0]);
    free(text[1]);
    return code;
}

static inline enum error_code driver_records(struct driver_run *r, const struct format_frame *f,
                                             struct error *e) {
    enum error_code code = OK;
    size_t behind = 0;
    for (uint32_t i = 0; i < f->count && code != BAD_FILE && code != NO_MEMORY; i++) {
        struct format_record record = f->record[i];
        driver_must(record.at >= behind && (size_t)record.at + record.n <= f->used,
                    "a record out of place");
        behind = (size_t)record.at + record.n;
        if (r->records++ % (r->set->stride ? r->set->stride : 1))
            continue;
        code = driver_twice(r, span_slice(f->bytes, record.at, behind), e);
        if (code)
            fprintf(r->out, "%s %s\n", code == BAD_DATA ? "!" : "!!", e->text);
    }
    return code == BAD_DATA ? OK : code;
}

/* The bytes in memory of their own, zeroes behind them. */
static inline uint8_t *driver_room(struct span bytes, size_t n) {
    uint8_t *room = calloc(1, n + DRIVER_PADDING);
    if (n)
        memcpy(room, bytes.p, n);
    return room;
}

/* Shows frame n of the bytes, in fresh memory; *used of them are done with. Records before an error
 * come first. *more: it was not the last frame. */
static inline enum error_code driver_frame(struct driver_run *r, struct span rest, size_t n,
                                           size_t *used, bool *more, struct error *e) {
    struct format_record record[DRIVER_CAP_MAX];
    uint8_t *room = driver_room(rest, n);
    struct format_frame f = {.bytes = {room, n},
                             .last = n == rest.n,
                             .record = record,
                             .cap = r->set->cap ? r->set->cap : DRIVER_CAP_MAX};
    struct error why = {OK, ""};
    enum error_code framed = r->set->format->frame(r->state, &f, &why);
    enum error_code code = driver_records(r, &f, e);
    if (!code && framed) {
        fprintf(r->out, "!! %s\n", why.text);
        code = framed;
    }
    *used = f.used;
    *more = f.count > 0 || !f.last;
    free(room);
    return code;
}

static inline enum error_code driver_all(struct driver_run *r, struct span bytes,
                                         const struct format_plan *plan, struct error *e) {
    size_t at = 0, shown = 0;
    bool more = true;
    uint8_t *room = driver_room(bytes, bytes.n);
    enum error_code code =
        r->set->format->begin(r->state, plan, span_of(room, bytes.n), true, &at, e);
    free(room);
    if (code)
        fprintf(r->out, "!! %s\n", e->text);
    while (!code && more) {
        size_t used, rest = bytes.n - at;
        shown = r->set->step && r->set->step < rest - shown ? shown + r->set->step : rest;
        code = driver_frame(r, span_from(bytes, at), shown, &used, &more, e);
        at += used;
        shown = used < shown ? shown - used : 0;
    }
    return code;
}

/* Everything that the format says of the bytes; the caller frees it. *code: what ended it, NULL
 * where not asked. */
static inline char *driver_rows(const struct driver *set, struct span bytes,
                                enum error_code *code) {
    struct error e = {OK, ""};
    struct driver_run r = {.set = set,
                           .state = calloc(1, set->format->state_size),
                           .utf8 = !set->format->binary && utf8_valid(bytes) == bytes.n};
    struct format_plan plan = {.where = r.where, .each = set->each, .shape = set->shape};
    char *text = NULL;
    size_t n;
    for (; r.columns < DRIVER_WORDS_MAX && set->where[r.columns]; r.columns++) {
        char first = set->where[r.columns][0];
        r.where[r.columns] = set->where[r.columns] + (first == '!' || first == '?');
        plan.required |= (uint64_t)(first == '!') << r.columns;
        plan.needed |= (uint64_t)(first == '?') << r.columns;
    }
    plan.columns = r.columns;
    plan.wanted = (1ULL << r.columns) - 1;
    r.out = open_memstream(&text, &n);
    enum error_code ended = driver_all(&r, bytes, &plan, &e);
    fclose(r.out);
    if (set->format->end)
        set->format->end(r.state);
    free(r.state);
    if (code)
        *code = ended;
    return text;
}

#endif
