/* One open file, read by one layout: records, their rows, their cells.
 *
 *     window -> format->frame -> records -> split -> item -> cell        a workbook has a sheet's
 * rows instead */
#ifndef CMED_DATASET_READER_H
#define CMED_DATASET_READER_H

#include "../read/window.h"
#include "plan.h"

enum { READER_RECORDS = 2048 }; /* marked at once */

struct workbook;

struct reader {
    struct window window;
    const struct plan *plan;
    const struct format *format; /* NULL: a workbook */
    struct workbook *book;
    void *state;
    struct span shown; /* what the frame's records lie in: the window, or sought */
    struct buf sought; /* one record that was gone back to */
    struct format_frame frame;
    struct format_record record[READER_RECORDS];
    uint32_t next;           /* of the frame's records */
    uint64_t number;         /* of the current record, from 1; 0 before the first */
    uint64_t number_at;      /* records before this frame */
    uint64_t lined_at, line; /* of the window, and the line of its byte lined, to count on from */
    size_t lined;
    bool ended;
    bool lost;   /* the bytes behind the current record cannot be read */
    bool faulty; /* fault comes behind the records of this frame */
    struct error fault;
};

/* Starts on a window that is open. The plan must outlive the reader. */
enum error_code reader_begin(struct reader *r, const struct plan *plan, struct error *e);
/* Starts on a workbook, which it owns from the call on. */
enum error_code reader_begin_book(struct reader *r, const struct plan *plan, struct workbook *book,
                                  struct error *e);

/* The next record, where it is framed already. */
static inline bool reader_at_hand(struct reader *r) {
    if (!r->format || r->next == r->frame.count)
        return false;
    r->number = r->number_at + ++r->next;
    return true;
}

/* The next record; *found false at the end. Does not split it. */
enum error_code reader_record(struct reader *r, bool *found, struct error *e);
/* Checks the record's form and opens it for rows; again for a second walk. */
enum error_code reader_split(struct reader *r, struct error *e);
/* May the record be counted without a split? */
static inline bool reader_checked(const struct reader *r) {
    return r->format && !r->frame.unchecked && !r->format->item;
}
enum error_code reader_item(struct reader *r, bool *more, struct error *e);
enum error_code reader_cell(struct reader *r, unsigned column, struct cell *out, struct error *e);

/* Where the current record lies in the file's bytes. */
uint64_t reader_at(const struct reader *r, uint32_t *n);
/* The record at a place, alone. Afterwards reader_record has no meaning any more. */
enum error_code reader_seek(struct reader *r, struct store *from, uint64_t at, uint32_t n,
                            uint64_t number, struct error *e);

/* Where the current record is, for a message: "record 12 (line 14)", or a sheet and row; '' where
 * the cause says it. */
void reader_place(struct reader *r, char *to, size_t n);

/* The window stays open for another plan, where it has not moved on. */
void reader_end(struct reader *r);

#endif
