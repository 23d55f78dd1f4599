/* What every format's test asks: the same rows however the file comes in, and an end without a leak
 * where memory ends. Include behind cmocka.h. */
#ifndef CMED_TESTS_FORMAT_CHECK_H
#define CMED_TESTS_FORMAT_CHECK_H

#include "format_driver.h"

struct check_case {
    const char *name, *in, *out;
    const char *shape, *each;
};

static unsigned long check_left; /* allocations until one fails; 0: none does */

static inline bool check_fails(void) {
    return check_left && --check_left == 0;
}

static inline void *check_alloc(unsigned long long n) {
    return check_fails() ? NULL : malloc((size_t)n);
}

static inline void *check_resize(void *p, unsigned long long n) {
    return check_fails() ? NULL : realloc(p, (size_t)n);
}

static const struct memory check_memory = {check_alloc, check_resize, free};

static inline void check_one(const struct driver *set, struct span in, const char *name,
                             const char *expected) {
    char *text = driver_rows(set, in, NULL);
    if (strcmp(text, expected) != 0)
        print_error("%s, %zu bytes and %u records a frame\n", name, set->step, set->cap);
    assert_string_equal(text, expected);
    free(text);
}

/* Each allocation fails once: out of memory is said, and what was read before it is right. */
static inline void check_no_memory(const struct driver *set, struct span in) {
    enum error_code code = NO_MEMORY;
    memory_use(&check_memory);
    for (unsigned long n = 1; code == NO_MEMORY; n++) {
        check_left = n;
        char *text = driver_rows(set, in, &code);
        assert_true(code == NO_MEMORY || check_left);
        assert_true(code != NO_MEMORY || strstr(text, "!! out of memory\n"));
        check_left = 0;
        free(text);
    }
}

static inline void check_bytes(struct driver set, struct span in, const char *name,
                               const char *expected) {
    static const size_t steps[] = {0, 1, 2, 3, 7, 64};
    static const uint32_t caps[] = {0, 1, 3};
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
        for (size_t k = 0; k < sizeof caps / sizeof *caps; k++) {
            set.step = steps[i];
            set.cap = caps[k];
            check_one(&set, in, name, expected);
        }
    check_no_memory(&set, in);
}

static inline void check_cases(const struct driver *set, const struct check_case *cases, size_t n) {
    for (size_t i = 0; i < n; i++) {
        struct driver one = *set;
        one.shape = cases[i].shape ? cases[i].shape : set->shape;
        one.each = cases[i].each ? cases[i].each : set->each;
        check_bytes(one, span_text(cases[i].in), cases[i].name, cases[i].out);
    }
}

#endif
