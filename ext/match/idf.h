/* A model of idf weights: in how many texts of a corpus each character 1-gram and 2-gram
 * occurs. Built by an aggregate, kept as a BLOB, used by pointing into it.
 *
 * The BLOB, little endian:
 *
 *     0   "CMEDIDF1"
 *     8   u64 texts
 *     16  u64 1-grams of all texts together
 *     24  u64 2-grams of all texts together
 *     32  u64 n
 *     40  u64 key[n]  ascending (gram.h)
 *         u32 texts_with[n]
 */
#ifndef CMED_MATCH_IDF_H
#define CMED_MATCH_IDF_H

#include "gram.h"

enum { IDF_HEAD = 40, IDF_GRAMS_MAX = 1 << 26, IDF_N = 2 };

struct idf {
    uint64_t texts;
    uint64_t length[IDF_N]; /* n-grams of all texts */
    size_t n;
    const uint8_t *key, *texts_with; /* into the BLOB, at any alignment */
};

/* Borrows blob. BAD_DATA where it is no such model: wrong size, keys not ascending, counts that
 * cannot be. */
enum error_code idf_open(struct idf *m, struct span blob, struct error *e);

uint32_t idf_texts_with(const struct idf *m, uint64_t key); /* 0: in none */

/* Fills g->weight; m NULL weighs everything 1.
 * smooth: ln((1 + N) / (1 + df)) + 1, as scikit-learn; a gram of no text has df 0.
 * bm25:   ln(1 + (N - df + 0.5) / (df + 0.5)), as Lucene. */
void idf_weigh_smooth(const struct idf *m, struct grams *g);
void idf_weigh_bm25(const struct idf *m, struct grams *g);

/* ---- building ---- */

struct idf_entry {
    uint64_t key; /* 0: free */
    uint32_t texts;
};

struct idf_builder {
    struct idf_entry *slot;
    size_t slots, n;
    uint64_t texts, length[IDF_N];
    struct points text;
    struct grams grams;
};

/* Adds one text. More than IDF_GRAMS_MAX distinct grams are BAD_DATA. */
enum error_code idf_builder_add(struct idf_builder *b, struct span text, struct error *e);
/* Appends the BLOB; the same corpus gives the same bytes in any order. b stays as it was. */
enum error_code idf_builder_write(const struct idf_builder *b, struct buf *out, struct error *e);
void idf_builder_free(struct idf_builder *b);

#endif
