/* reader.c - drives a format over a window, or a workbook over its rows.
 *
 *     window   | rec 1 | rec 2 | rec 3 | rec 4, cu      frame marks 1 to 3; the window drops them
 *              frame.used -------------^                  and reads on behind "rec 4, cu" */
#include "reader.h"

#include "../base/bytes.h"
#include "../base/memory.h"
#include "workbook.h"

#include <stdio.h>

enum error_code reader_begin(struct reader *r, const struct plan *plan, struct error *e) {
    const struct format *format = plan->layout->format;
    size_t used = 0;
    r->plan = plan;
    r->format = format;
    r->next = 0;
    r->number = r->number_at = 0;
    r->lined = 0;
    r->ended = r->faulty = r->lost = false;
    r->frame = (struct format_frame){.record = r->record, .cap = READER_RECORDS};
    r->state = memory_zero(format->state_size);
    if (!r->state)
        return error_no_memory(e);
    enum error_code code =
        format->begin(r->state, &plan->format, r->window.bytes, r->window.last, &used, e);
    r->frame.used = used;
    return code;
}

enum error_code reader_begin_book(struct reader *r, const struct plan *plan, struct workbook *book,
                                  struct error *e) {
    r->plan = plan;
    r->format = NULL;
    r->book = book;
    r->number = 0;
    return workbook_begin(book, plan, e);
}

/* Shows the format what it has not framed yet. Records before an error are handed out first. */
static enum error_code reader_frame(struct reader *r, struct error *e) {
    struct format_frame *f = &r->frame;
    size_t before = f->used;
    f->bytes = span_from(r->window.bytes, before);
    f->last = r->window.last;
    f->count = 0;
    f->used = 0;
    r->next = 0;
    enum error_code code = r->format->frame(r->state, f, &r->fault);
    for (uint32_t i = 0; i < f->count; i++)
        f->record[i].at += (uint32_t)before;
    f->used += before;
    r->shown = r->window.bytes;
    if (code && f->count) {
        r->faulty = true;
        return OK;
    }
    if (code)
        *e = r->fault;
    return code;
}

/* Frames on, and reads on where the window holds no whole record. */
static enum error_code reader_more(struct reader *r, struct error *e) {
    enum error_code code = OK;
    r->number_at += r->frame.count;
    r->frame.count = r->next = 0;
    if (r->faulty) {
        *e = r->fault;
        code = e->code;
    }
    while (!code && !r->ended) {
        code = reader_frame(r, e);
        if (code || r->frame.count)
            break;
        if (r->window.last) {
            r->ended = true;
        } else {
            code = window_more(&r->window, r->frame.used, e);
            r->frame.used = 0;
            r->lost = code;
        }
    }
    if (code && !r->lost)
        r->number = r->number_at + 1;
    return code;
}

enum error_code reader_record(struct reader *r, bool *found, struct error *e) {
    if (!r->format)
        return workbook_row(r->book, &r->number, found, e);
    enum error_code code = r->next < r->frame.count ? OK : reader_more(r, e);
    *found = !code && reader_at_hand(r);
    return code;
}

static struct span reader_bytes(const struct reader *r) {
    struct format_record record = r->record[r->next - 1];
    return span_slice(r->shown, record.at, record.at + record.n);
}

uint64_t reader_at(const struct reader *r, uint32_t *n) {
    struct format_record record = r->record[r->next - 1];
    *n = record.n;
    return r->window.at + record.at;
}

enum error_code reader_seek(struct reader *r, struct store *from, uint64_t at, uint32_t n,
                            uint64_t number, struct error *e) {
    size_t got = 0;
    r->sought.n = 0;
    enum error_code code = buf_reserve(&r->sought, n + 64, e);
    if (!code)
        code = from->read_at(from, at, r->sought.p, n, &got, e);
    if (!code && got < n)
        code = error_set(e, BAD_IO, "the file changed while it was read");
    if (code)
        return code;
    memset(r->sought.p + n, 0, 64);
    r->shown = span_of(r->sought.p, n);
    r->record[0] = (struct format_record){0, n};
    r->frame = (struct format_frame){
        .bytes = r->shown, .last = true, .record = r->record, .cap = READER_RECORDS, .count = 1};
    r->next = 1;
    r->number = number;
    r->number_at = number - 1;
    if (r->format->alone == FORMAT_FRAME_ALONE) {
        r->frame.count = 0;
        code = r->format->frame(r->state, &r->frame, e);
    }
    return code ? code : reader_split(r, e);
}

enum error_code reader_split(struct reader *r, struct error *e) {
    return r->format ? r->format->split(r->state, reader_bytes(r), e) : workbook_split(r->book, e);
}

enum error_code reader_item(struct reader *r, bool *more, struct error *e) {
    return r->format->item(r->state, more, e);
}

enum error_code reader_cell(struct reader *r, unsigned column, struct cell *out, struct error *e) {
    if (!r->format)
        return workbook_cell(r->book, column, out, e);
    return r->format->cell(r->state, column, out, e);
}

/* Counts on from where it counted last, for every record of the window may be broken. */
static uint64_t reader_line(struct reader *r, size_t at) {
    const struct window *w = &r->window;
    if (r->lined == 0 || r->lined_at != w->at || r->lined > at) {
        r->lined_at = w->at;
        r->lined = 0;
        r->line = w->line;
    }
    r->line += bytes_count(span_slice(w->bytes, r->lined, at), '\n');
    r->lined = at;
    return r->line;
}

void reader_place(struct reader *r, char *to, size_t n) {
    *to = 0;
    if (!r->format) {
        workbook_place(r->book, to, n);
        return;
    }
    if (r->format->document || !r->number)
        return; /* the record is the file: the cause names the line */
    if (r->shown.p && r->shown.p == r->sought.p) {
        snprintf(to, n, "record %llu", (unsigned long long)r->number);
        return;
    }
    size_t at = r->next ? r->record[r->next - 1].at : r->frame.used;
    bool bytes = r->format->binary;
    snprintf(to, n, "%srecord %llu (%s %llu)", r->lost ? "behind " : "",
             (unsigned long long)r->number, bytes ? "byte" : "line",
             (unsigned long long)(bytes ? r->window.at + at : reader_line(r, at)));
}

void reader_end(struct reader *r) {
    if (r->state && r->format->end)
        r->format->end(r->state);
    memory_free(r->state);
    r->state = NULL;
    workbook_close(r->book);
    r->book = NULL;
    buf_free(&r->sought);
    r->shown = (struct span){0};
}
