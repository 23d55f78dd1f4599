/* fuzz_csv.c - delimited text from anyone, driven as a scan drives it.
 *
 *     | window | options | text ...       one byte, one byte, the rest
 *
 * Whatever the bytes are, no memory but theirs is touched, cells lie in their record, the records
 * come in order and are the same in a window of any size, and a frame that says it is checked holds
 * good records only. */
#include "../../ext/format/csv.h"

#include <stdlib.h>

enum { COLUMNS = 4 /* the first may be all cells */, PADDING = 64, RECORDS = 32 };

static const char *const shapes[] = {
    NULL,      "sep=TAB",         "detect",          "noheader", "noheader fields=2 sep=;",
    "noquote", "sep=blank quote", "detect noheader",
};

static const char *const wheres[][COLUMNS] = {
    {"@cells", "#2", "a|b", "ab"},
    {"@cells", "a", "#1", NULL},
    {NULL, "#2", "#1", "column1"},
    {"@cells", NULL, NULL, NULL},
};

static void expect(bool truth) {
    if (!truth)
        abort();
}

struct sum {
    uint64_t hash;
    uint64_t records;
};

static void sum_add(struct sum *s, const void *p, size_t n) {
    for (size_t i = 0; i < n; i++)
        s->hash = (s->hash ^ ((const uint8_t *)p)[i]) * 0x100000001B3u;
    s->hash = (s->hash ^ n) * 0x100000001B3u;
}

static void fuzz_cells(void *state, struct span record, struct sum *sum) {
    struct error e = {0};
    for (unsigned c = 0; c < COLUMNS; c++) {
        struct cell cell = {0};
        expect(format_csv.cell(state, c, &cell, &e) == OK);
        if (c > 0 && cell.kind != CELL_NULL)
            expect(cell.s.p >= record.p && cell.s.p + cell.s.n <= record.p + record.n);
        sum_add(sum, &cell.kind, sizeof cell.kind);
        sum_add(sum, cell.s.p, cell.s.n);
    }
}

static void fuzz_frame(void *state, const struct format_frame *f, struct sum *sum) {
    size_t before = 0;
    for (uint32_t i = 0; i < f->count; i++) {
        struct format_record r = f->record[i];
        struct span record = span_of(f->bytes.p + r.at, r.n);
        struct error e = {0};
        expect(r.at >= before && r.at + (size_t)r.n <= f->used);
        before = r.at + (size_t)r.n;
        enum error_code code = format_csv.split(state, record, &e);
        expect(code == OK || (code == BAD_DATA && f->unchecked));
        sum_add(sum, record.p, record.n);
        sum_add(sum, e.text, strlen(e.text));
        if (!code)
            fuzz_cells(state, record, sum);
        sum->records++;
    }
}

static struct span fuzz_show(struct span text, size_t at, size_t n) {
    struct span part = span_slice(text, at, at + n);
    uint8_t *p = malloc(part.n + PADDING);
    expect(p != NULL);
    if (part.n)
        memcpy(p, part.p, part.n);
    memset(p + part.n, 0, PADDING);
    return span_of(p, part.n);
}

static struct sum fuzz_read(struct span text, const struct format_plan *plan, size_t window) {
    struct sum sum = {0};
    struct error e = {0};
    void *state = calloc(1, format_csv.state_size);
    struct span head = fuzz_show(text, 0, text.n);
    size_t at = 0, shown = window;
    bool ended = format_csv.begin(state, plan, head, true, &at, &e) != OK;
    free((void *)head.p);
    expect(at <= text.n);
    while (!ended) {
        struct format_record record[RECORDS];
        struct span bytes = fuzz_show(text, at, shown);
        struct format_frame f = {.bytes = bytes,
                                 .last = at + bytes.n == text.n,
                                 .record = record,
                                 .cap = 1 + window % RECORDS};
        expect(format_csv.frame(state, &f, &e) == OK);
        expect(f.used <= bytes.n && (f.used > 0 || !f.last || bytes.n == 0));
        fuzz_frame(state, &f, &sum);
        free((void *)bytes.p);
        at += f.used;
        ended = f.last && f.used == bytes.n;
        shown = f.used ? window : shown * 2;
    }
    format_csv.end(state);
    free(state);
    return sum;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (size < 2)
        return 0;
    struct span text = span_of(data + 2, size - 2);
    struct format_options options = {.header = -1, .quote = data[1] & 0x40 ? "'" : NULL};
    struct format_plan plan = {.columns = COLUMNS,
                               .where = wheres[data[1] >> 3 & 3],
                               .wanted = 15,
                               .required = data[1] >> 7,
                               .shape = shapes[data[1] & 7],
                               .options = data[1] & 0x20 ? &options : NULL};
    format_csv.smells(text);
    csv_safe(&plan);
    struct sum some = fuzz_read(text, &plan, 1 + data[0]);
    struct sum all = fuzz_read(text, &plan, text.n + 1);
    expect(some.hash == all.hash && some.records == all.records);
    return 0;
}
