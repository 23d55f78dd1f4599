/* rows.c - scan or index, the same rows. */
#include "rows.h"

/* Counts the look-ups of the same: a join asks for it again and again. */
static enum error_code rows_count(struct rows *r, const struct scan_request *q, struct error *e) {
    enum error_code code = keys_name(q, &r->name, e);
    if (code)
        return code;
    if (span_same(buf_span(&r->before), buf_span(&r->name))) {
        r->looked++;
        return OK;
    }
    struct buf old = r->before;
    r->before = r->name;
    r->name = old;
    r->looked = 1;
    r->scans = false;
    return OK;
}

enum error_code rows_open(struct rows *r, struct keys_shelf *shelf, const struct scan_request *q,
                          struct error *e) {
    struct keys *keys = NULL;
    bool again = r->indexed && r->walk.keys;
    scan_close(r->scan);
    r->scan = NULL;
    r->q = *q;
    enum error_code code = rows_count(r, q, e);
    again = again && r->looked > 1;
    if (again)
        keys = r->walk.keys;
    else if (!code && !r->scans)
        code = keys_get(shelf, q, buf_span(&r->before), r->looked > 1, &keys, e);
    r->scans = r->scans || (r->looked > 1 && !keys);
    r->indexed = keys != NULL;
    if (code)
        return code;
    if (keys)
        keys_walk_begin(&r->walk, keys, &r->q);
    else
        code = scan_open(&r->q, &r->scan, e);
    return code;
}

enum error_code rows_next(struct rows *r, bool *row, struct error *e) {
    return r->indexed ? keys_walk_next(&r->walk, row, e) : scan_next(r->scan, row, e);
}

enum error_code rows_cell(struct rows *r, unsigned column, struct value *out, struct error *e) {
    return r->indexed ? keys_walk_cell(&r->walk, column, out, e)
                      : scan_cell(r->scan, column, out, e);
}

const char *rows_file(const struct rows *r) {
    return r->indexed ? keys_walk_file(&r->walk) : scan_file(r->scan);
}

int64_t rows_record(const struct rows *r) {
    return r->indexed ? keys_walk_record(&r->walk) : scan_record(r->scan);
}

int64_t rows_row_id(const struct rows *r) {
    return r->indexed ? keys_walk_row_id(&r->walk) : scan_row_id(r->scan);
}

const char *rows_complaint(const struct rows *r) {
    return r->indexed ? NULL : scan_complaint(r->scan);
}

void rows_rest(struct rows *r) {
    scan_close(r->scan);
    r->scan = NULL;
}

void rows_close(struct rows *r) {
    rows_rest(r);
    keys_walk_end(&r->walk);
    buf_free(&r->before);
    buf_free(&r->name);
    *r = (struct rows){0};
}
