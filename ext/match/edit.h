/* Edit distances over code points.
 *
 * Levenshtein by Myers' bit-parallel algorithm (J. ACM 46(3), 1999) in Hyyro's form (2003),
 * longest common subsequence by Hyyro's (2004): 64 rows of the table in a few instructions.
 * Patterns longer than 64 are done strip by strip, keeping one byte a column between strips,
 * so memory is linear. Jaro takes n log n. The longest common substring is the plain table.
 *
 * More than EDIT_CELLS_MAX cells (EDIT_PLAIN_CELLS_MAX for the substring) is BAD_DATA. */
#ifndef CMED_MATCH_EDIT_H
#define CMED_MATCH_EDIT_H

#include "../base/poll.h"
#include "../text/points.h"

enum { EDIT_BLOCK = 64, EDIT_SLOTS = 8 * EDIT_BLOCK };

static const uint64_t EDIT_CELLS_MAX = UINT64_C(1) << 40;       /* 1 million by 1 million */
static const uint64_t EDIT_PLAIN_CELLS_MAX = UINT64_C(1) << 33; /* some seconds */

/* Where the characters of up to 64 rows stand: a hash of code points to row bits. No key lies
 * further than 'probes' slots behind its place, so that a look-up needs no branch to guess. */
struct edit_block {
    unsigned shift, probes;
    uint32_t factor;
    uint32_t key[EDIT_SLOTS + EDIT_BLOCK]; /* code point + 1; 0: free */
    uint64_t rows[EDIT_SLOTS + EDIT_BLOCK];
};

/* Work space, all zero at first, reusable, freed once. */
struct edit {
    struct edit_block block;
    uint8_t *column; /* between strips: what a column carries down */
    size_t column_cap;
    uint64_t *sorted;
    size_t sorted_cap;
    const struct poll *poll; /* NULL: never stops */
};

enum error_code edit_levenshtein(struct edit *w, const struct points *a, const struct points *b,
                                 size_t *distance, struct error *e);
enum error_code edit_lcs(struct edit *w, const struct points *a, const struct points *b,
                         size_t *length, struct error *e); /* longest common subsequence */
enum error_code edit_substring(struct edit *w, const struct points *a, const struct points *b,
                               size_t *length, struct error *e); /* longest common substring */
/* Jaro's similarity, 0 to 1, as rapidfuzz counts it; two empty texts are 1. */
enum error_code edit_jaro(struct edit *w, const struct points *a, const struct points *b,
                          double *jaro, struct error *e);
void edit_free(struct edit *w);

/* One pattern against many texts: prepared once, 1 <= n <= EDIT_BLOCK. */
void edit_block_set(struct edit_block *block, const uint32_t *pattern, size_t n);
size_t edit_block_levenshtein(const struct edit_block *block, size_t n, const uint32_t *text,
                              size_t text_n);

#endif
