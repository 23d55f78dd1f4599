/* Vectors of float32 as bytes: little endian, any alignment, no header; sqlite-vec's and
 * numpy's own form. */
#ifndef CMED_MATCH_VECTOR_H
#define CMED_MATCH_VECTOR_H

#include "../base/buf.h"
#include "../base/poll.h"

enum {
    VECTOR_ITEM = 4,           /* bytes a number */
    VECTOR_DIM_MAX = 65536,    /* numbers */
    VECTOR_LANES = 16,         /* sums that are kept side by side */
    VECTOR_ROWS_MAX = 1 << 28, /* of a matrix */
};

/* Borrowed. */
struct vector {
    const uint8_t *p;
    size_t n; /* numbers */
};

/* BAD_DATA: no multiple of 4 bytes, nothing at all, or more than VECTOR_DIM_MAX numbers. */
enum error_code vector_open(struct span bytes, struct vector *v, struct error *e);

/* Of two vectors of one length. The sums are kept in VECTOR_LANES lanes of float32, number i in
 * lane i % VECTOR_LANES, and the lanes added up as doubles in their order: the same bits on every
 * machine, within n / 16 * 6e-8 of the true value relative to the sum of the absolute products. */
double vector_dot(struct vector a, struct vector b);
double vector_l2(struct vector a, struct vector b); /* Euclidean distance */
/* -1 to 1; NaN where either is all zero or not finite. */
double vector_cosine(struct vector a, struct vector b);

/* A JSON array of numbers -> bytes, appended; each the float32 nearest to it, finite. */
enum error_code vector_parse(struct span json, struct buf *out, struct error *e);
/* The shortest decimals that give the same float32 again. BAD_DATA where one is not finite. */
enum error_code vector_write(struct vector v, struct buf *out, struct error *e);

/* A sum of vectors of one length. All zero is none. */
struct vector_sum {
    double *sum;
    size_t dim, n;
};

enum error_code vector_sum_add(struct vector_sum *s, struct vector v, struct error *e);
enum error_code vector_sum_average(const struct vector_sum *s, struct buf *out, struct error *e);
void vector_sum_free(struct vector_sum *s);

/* ---- many of one length ---- */

/* Rows of length 1 (or all zero, where the vector was), one behind the other. All zero but for
 * dim is empty. */
struct vector_matrix {
    size_t dim, n, cap;
    float *row;
    int64_t *id;
};

/* Whether v is finite and has dim numbers. */
enum error_code vector_fits(struct vector v, size_t dim, struct error *e);

enum error_code vector_matrix_add(struct vector_matrix *m, int64_t id, struct vector v,
                                  struct error *e);
void vector_matrix_free(struct vector_matrix *m);

struct neighbour {
    double similarity;
    int64_t id;
};

/* The k rows most like query, best first, ties by id: exact, one pass over the matrix. near has
 * room for k; *found of them are filled. A vector of zeros is like nothing: similarity 0. */
enum error_code vector_nearest(const struct vector_matrix *m, struct vector query, size_t k,
                               struct neighbour *near, size_t *found, const struct poll *poll,
                               struct error *e);

#endif
