/* fuzz_scan.c - any file for any table.
 *
 *     | file ... | table | how |      how: on_error, encoding, columns, size of a read
 *
 * Rows come or an error does, texts are UTF-8, integers are where integers belong, and a second
 * scan with reads of another size says the same. */
#include "../../ext/base/memory.h"
#include "../../ext/base/utf8.h"
#include "../../ext/dataset/list.h"
#include "../../ext/dataset/scan.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

enum { FUZZ_ROWS = 4096 /* more are not looked at */ };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void fuzz_must(bool holds) {
    if (!holds)
        abort();
}

static const struct dataset_table *fuzz_table(unsigned number) {
    size_t count = 0;
    for (size_t d = 0; dataset_list[d]; d++)
        for (const struct dataset_table *t = dataset_list[d]->table; t->name; t++)
            count++;
    number %= count;
    for (size_t d = 0;; d++)
        for (const struct dataset_table *t = dataset_list[d]->table; t->name; t++)
            if (number-- == 0)
                return t;
}

/* The file's path; its bytes are these from now on. */
static const char *fuzz_file(const uint8_t *p, size_t n) {
    static int fd = -1;
    static char path[64];
    if (fd < 0) {
        fd = memfd_create("fuzz", 0);
        snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    }
    fuzz_must(fd >= 0 && ftruncate(fd, 0) == 0 && pwrite(fd, p, n, 0) == (ssize_t)n);
    return path;
}

static void fuzz_note(struct buf *log, const void *p, size_t n) {
    fuzz_must(buf_add(log, &n, sizeof n, NULL) == OK && buf_add(log, p, n, NULL) == OK);
}

static enum error_code fuzz_row(struct scan *s, const struct scan_request *q, struct buf *log,
                                struct error *e) {
    for (unsigned c = 0; c < dataset_columns(q->table); c++) {
        struct value v;
        if (!(q->wanted >> c & 1))
            continue;
        enum error_code code = scan_cell(s, c, &v, e);
        if (code)
            return code;
        fuzz_must(v.kind != VALUE_TEXT || utf8_valid(v.s) == v.s.n);
        fuzz_must(v.kind != VALUE_INTEGER || q->table->column[c].type == INTEGER);
        fuzz_note(log, &v.kind, sizeof v.kind);
        if (v.kind == VALUE_INTEGER)
            fuzz_note(log, &v.i, sizeof v.i);
        else if (v.kind != VALUE_NULL)
            fuzz_note(log, v.s.p, v.s.n);
    }
    if (scan_complaint(s))
        fuzz_note(log, scan_complaint(s), strlen(scan_complaint(s)));
    return OK;
}

static void fuzz_scan(const struct scan_request *q, struct buf *log) {
    struct scan *s = NULL;
    struct error e = {0};
    bool row = true;
    enum error_code code = scan_open(q, &s, &e);
    for (unsigned rows = 0; !code && row && rows < FUZZ_ROWS; rows++) {
        code = scan_next(s, &row, &e);
        if (!code && row)
            code = fuzz_row(s, q, log, &e);
    }
    if (code)
        fuzz_note(log, e.text, strlen(e.text));
    fuzz_must(!code || utf8_valid(span_text(e.text)) == strlen(e.text));
    scan_close(s);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static const size_t reads[] = {1, 3, 64, 1024};
    if (size < 2)
        return 0;
    uint8_t table = data[size - 2], how = data[size - 1];
    struct scan_request q = {.table = fuzz_table(table),
                             .on_error = (enum scan_on_error)(how % 3),
                             .encoding = how & 0x40 ? ENCODING_GB18030 : ENCODING_OPEN,
                             .bad = how & 0x20 ? ENCODING_REPLACE : ENCODING_FAIL,
                             .options = {.header = -1},
                             .wanted = how & 0x80 ? 0x5555555555555555u : UINT64_MAX >> 2};
    struct buf all = {0}, some = {0};
    q.path = fuzz_file(data, size - 2);
    fuzz_scan(&q, &all);
    q.read_size = reads[how >> 2 & 3];
    fuzz_scan(&q, &some);
    fuzz_must(span_same(buf_span(&all), buf_span(&some)));
    buf_free(&all);
    buf_free(&some);
    return 0;
}
