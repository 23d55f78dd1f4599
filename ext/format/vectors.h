/* Words with vectors: word2vec's text and its binary, with gensim's; GloVe's; fastText's .vec.
 *
 * The words of format_vectors_text and format_vectors_binary:
 *   where  "term"     as the file has it, blanks in it too
 *          "vector"   CELL_VECTOR
 *          "dim"      how many numbers it has
 *
 * The count of a header is not relied on: GloVe's says one too few. Its dimension is. */
#ifndef CMED_FORMAT_VECTORS_H
#define CMED_FORMAT_VECTORS_H

#include "format.h"

enum {
    VECTORS_COUNT_MAX = 1000000000, /* that a header may say */
    VECTORS_DIM_MAX = 1 << 20,
    VECTORS_TERM_MAX = 4096 /* bytes of a term in a binary file */
};

/* "1172 16" with white space behind, as two integers of any sign. *used: with the end of the line.
 */
bool vectors_header(struct span head, int64_t *count, int64_t *dim, size_t *used);
/* BAD_FILE: what a header says cannot be. */
enum error_code vectors_check(int64_t count, int64_t dim, struct error *e);

/* What a column is; COLUMNS_NONE where it is none of these. */
enum vectors_word { VECTORS_TERM, VECTORS_VECTOR, VECTORS_DIM };
enum error_code vectors_columns(const struct format_plan *plan, uint8_t is[FORMAT_COLUMNS_MAX],
                                struct error *e);

#endif
