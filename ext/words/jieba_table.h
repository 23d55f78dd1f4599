/* The probability tables of jieba's finalseg, as the package's Python sources write them. */
#ifndef CMED_WORDS_JIEBA_TABLE_H
#define CMED_WORDS_JIEBA_TABLE_H

#include "../base/error.h"
#include "../base/span.h"

/* A number of P: P[outer] (inner is 0) or P[outer][inner]. */
struct jieba_table_entry {
    uint32_t outer, inner;
    double value;
};

/* Hands every number of "P={..}" to put, in order. BAD_FILE: anything but comments, imports and one
 * dict of dicts of numbers, or of numbers, with keys of one character. */
enum error_code jieba_table_read(struct span source,
                                 enum error_code (*put)(void *of, struct jieba_table_entry entry,
                                                        struct error *e),
                                 void *of, struct error *e);

#endif
