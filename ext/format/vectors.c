/* vectors.c - what the two formats of word vectors share: the header and the columns.
 *
 *     1172 16⏎        count and dimension; a header of nothing but zeroes and less, or one that no
 *                     file can be true to, is BAD_FILE */
#include "vectors.h"
#include "columns.h"
#include "field.h"

enum { VECTORS_HEADER_MAX = 64 /* bytes */ };

static const char *const vectors_words[] = {"term", "vector", "dim", NULL};

bool vectors_header(struct span head, int64_t *count, int64_t *dim, size_t *used) {
    struct span line = span_slice(head, 0, VECTORS_HEADER_MAX);
    size_t end = span_find(line, 0, '\n');
    if (end == line.n && line.n < head.n)
        return false;
    *used = end < line.n ? end + 1 : end;
    line.n = end > 0 && line.p[end - 1] == '\r' ? end - 1 : end;
    return field_integer(field_next(&line), count) && field_integer(field_next(&line), dim) &&
           !field_next(&line).n;
}

enum error_code vectors_check(int64_t count, int64_t dim, struct error *e) {
    if (count >= 0 && count <= VECTORS_COUNT_MAX && dim > 0 && dim <= VECTORS_DIM_MAX)
        return OK;
    return error_set(e, BAD_FILE, "a header of %lld vectors of %lld numbers", (long long)count,
                     (long long)dim);
}

enum error_code vectors_columns(const struct format_plan *plan, uint8_t is[FORMAT_COLUMNS_MAX],
                                struct error *e) {
    return columns_find(plan, vectors_words, is, e);
}
