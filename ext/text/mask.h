/* Structured identifiers of people in medical text, found and masked.
 *
 * What has a form of its own is found anywhere: identity cards, telephones, addresses of the
 * net, dates. What has none, names and record numbers, is found behind its label (姓名：, 住院号).
 * This is no full de-identification: names in running text, addresses and employers stay. */
#ifndef CMED_TEXT_MASK_H
#define CMED_TEXT_MASK_H

#include "points.h"

enum mask_bit {
    MASK_ID = 1,
    MASK_PHONE = 2,
    MASK_EMAIL = 4,
    MASK_URL = 8,
    MASK_DATE = 16,
    MASK_MRN = 32,
    MASK_NAME = 64,
    MASK_ALL = 127
};

struct mask_hit {
    const struct mask_kind *kind;
    size_t start, end; /* code points; a label is not part of it */
};

struct mask_kind {
    const char *name;
    unsigned bit;
    const char *mask;          /* what stands in its place */
    const char *const *labels; /* NULL: it has a form of its own */
    /* Whether one begins at 'at', the end of a label where there are labels; fills start, end. */
    bool (*match)(const struct points *text, size_t at, struct mask_hit *hit);
    const char *doc;
};

/* Ends with a NULL name; the first that fits wins; a kind can have two rows. */
extern const struct mask_kind mask_kinds[];

/* 'id,phone'; '' or 'all' is every kind. BAD_USE names the kind that there is not. */
enum error_code mask_parse(struct span kinds, unsigned *bits, struct error *e);

/* The first identifier at or after *at, which moves behind it; false where there is none. */
bool mask_next(const struct points *text, unsigned bits, size_t *at, struct mask_hit *hit);

/* Appends text with every identifier of these kinds replaced by its kind's mask. */
enum error_code mask_text(struct span text, unsigned bits, struct buf *out, struct error *e);

#endif
