/* What the tests of workbooks share: a heap that counts and can fail, and parts fed piece by piece.
 *
 *     2 A s cough|C n 1.5       row 2: a string in A, a number in C (b boolean, e error, d date)
 *     4 ! it comes after ...    a row that breaks a rule
 *     !! 3 the XML of ...       the end of all, with its code */
#ifndef CMED_TESTS_XLSX_DRIVER_H
#define CMED_TESTS_XLSX_DRIVER_H

#include "../../ext/base/memory.h"
#include "../../ext/base/utf8.h"
#include "../../ext/format/xlsx.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#define WORDS(array) (sizeof(array) / sizeof *(array))
#define HEAD         "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
#define SHEET(rows)  HEAD "<worksheet><sheetData>" rows "</sheetData></worksheet>"

/* Every part is fed in pieces of each size, and must say the same. */
static const size_t steps[] = {XLSX_PIECE_MAX, 4096, 64, 7, 3, 2, 1};

/* ---- Memory that counts, and fails where it is told to ---- */

static struct {
    size_t live, peak, blocks;
    unsigned calls, fail_at; /* 0: never */
    bool on;                 /* from then on */
} heap;

struct block {
    _Alignas(16) size_t n;
};

static inline bool heap_fails(void) {
    heap.calls++;
    return heap.fail_at && (heap.on ? heap.calls >= heap.fail_at : heap.calls == heap.fail_at);
}

static inline void heap_release(void *p) {
    struct block *b = p ? (struct block *)p - 1 : NULL;
    heap.live -= b ? b->n : 0;
    heap.blocks -= b ? 1 : 0;
    free(b);
}

static inline void *heap_resize(void *p, unsigned long long n) {
    struct block *b = p ? (struct block *)p - 1 : NULL;
    size_t before = b ? b->n : 0;
    if (heap_fails())
        return NULL;
    bool fresh = !b;
    b = realloc(b, sizeof *b + (size_t)n);
    assert_non_null(b);
    b->n = (size_t)n;
    heap.live += b->n - before;
    heap.blocks += fresh;
    heap.peak = heap.live > heap.peak ? heap.live : heap.peak;
    return b + 1;
}

static inline void *heap_alloc(unsigned long long n) {
    return heap_resize(NULL, n);
}

static inline void heap_use(void) {
    static const struct memory functions = {heap_alloc, heap_resize, heap_release};
    memory_use(&functions);
}

/* ---- What a part says ---- */

static inline void put_text(FILE *out, struct span s) {
    assert_int_equal(utf8_valid(s), s.n);
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] < 0x20)
            fprintf(out, "\\%02x", s.p[i]);
        else
            fputc(s.p[i], out);
}

static inline void put_row(FILE *out, const struct xlsx_row *row) {
    fprintf(out, "%u", row->number);
    for (uint32_t i = 0; i < row->count; i++) {
        const struct xlsx_cell *c = &row->cell[i];
        assert_true(c->column < XLSX_COLUMNS_MAX && (i == 0 || c->column > c[-1].column));
        fputs(i ? "|" : " ", out);
        if (c->column < 26)
            fputc('A' + (int)c->column, out);
        else
            fprintf(out, "%u", c->column);
        fprintf(out, " %c ", "snbed"[c->kind]);
        put_text(out, c->text);
    }
    fputc('\n', out);
}

/* Draws what there is; false at the end of all. */
static inline bool put_rows(FILE *out, struct xlsx_sheet *s) {
    struct xlsx_row row;
    struct error e = {0};
    bool more = true;
    for (;;) {
        enum error_code code = xlsx_sheet_next(s, &row, &more, &e);
        if (!more && code)
            fprintf(out, "!! %d %s\n", code, e.text);
        if (!more)
            return !code;
        if (!code)
            put_row(out, &row);
        else
            fprintf(out, "%u ! %s\n", row.number, e.text);
        assert_true(code == OK || code == BAD_DATA);
    }
}

/* A copy of the piece alone, so that a byte read past it is seen. */
static inline struct span piece_of(struct span all, size_t at, size_t step, uint8_t **room) {
    struct span piece = span_slice(all, at, at + step);
    *room = malloc(piece.n ? piece.n : 1);
    assert_non_null(*room);
    memcpy(*room, piece.p, piece.n);
    return span_of(*room, piece.n);
}

static inline enum error_code feed_strings(void *of, struct span bytes, bool last,
                                           struct error *e) {
    return xlsx_strings_feed(of, bytes, last, e);
}

static inline enum error_code feed_all(enum error_code (*feed)(void *, struct span, bool,
                                                               struct error *),
                                       void *of, struct span xml, size_t step, struct error *e) {
    enum error_code code = OK;
    uint8_t *room;
    for (size_t at = 0; !code && at < xml.n; at += step) {
        code = feed(of, piece_of(xml, at, step, &room), at + step >= xml.n, e);
        free(room);
    }
    return code;
}

static inline struct xlsx_strings *strings_of(const char *xml) {
    struct xlsx_strings *s;
    assert_int_equal(xlsx_strings_open("xl/sharedStrings.xml", &s, NULL), OK);
    assert_int_equal(feed_all(feed_strings, s, span_text(xml), XLSX_PIECE_MAX, NULL), OK);
    return s;
}

#endif
