/* A fuzz target of a format: the first byte chooses the plan and the size of the pieces. However
 * the rest comes in, the rows must be the same as of all of it at once. */
#ifndef CMED_TESTS_FUZZ_FORMAT_H
#define CMED_TESTS_FUZZ_FORMAT_H

#include "../unit/format_driver.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static inline int fuzz_format(const struct driver *plans, size_t n, const uint8_t *data,
                              size_t size) {
    static const struct {
        size_t step;
        uint32_t cap;
    } pieces[] = {{1, 0}, {2, 1}, {3, 2}, {7, 0}, {64, 3}, {0, 1}};
    enum { PIECES = sizeof pieces / sizeof *pieces };
    if (!size)
        return 0;
    struct span bytes = span_of(data + 1, size - 1);
    struct driver whole = plans[data[0] / PIECES % n], some = whole;
    some.step = pieces[data[0] % PIECES].step;
    some.cap = pieces[data[0] % PIECES].cap;
    char *expected = driver_rows(&whole, bytes, NULL), *got = driver_rows(&some, bytes, NULL);
    driver_must(strcmp(expected, got) == 0, "rows that hang on the size of the pieces");
    whole.format->smells(bytes);
    free(expected);
    free(got);
    return 0;
}

#endif
