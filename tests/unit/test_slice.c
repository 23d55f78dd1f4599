/* Mentions: the same bytes as counting from the start, wherever they lie and in any order. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmocka.h>

#include "../../ext/base/utf8.h"
#include "../../ext/dataset/slice.h"

static struct buf slice_text(unsigned points) {
    static const char *const characters[] = {"a", "é", "患", "😀", "\n"};
    struct buf text = {0};
    for (unsigned i = 0; i < points; i++)
        assert_int_equal(buf_add_text(&text, characters[i * 7 % 31 % 5], NULL), OK);
    return text;
}

static void check(struct slice *s, struct span text, int64_t start, int64_t end) {
    struct span out, whole = span_slice(text, 0, 0);
    if (start >= 0 && start < end)
        whole = span_slice(text, utf8_offset(text, (size_t)start), utf8_offset(text, (size_t)end));
    assert_int_equal(slice_cut(s, start, end, &out, NULL), OK);
    assert_int_equal(out.n, whole.n);
    assert_memory_equal(out.p, whole.p, whole.n);
    assert_ptr_equal(out.n ? out.p - s->text.p : 0, out.n ? whole.p - text.p : 0);
}

static void slices_are_what_counting_gives(void **state) {
    static const unsigned sizes[] = {0, 1, 5, 1023, 1024, 1025, 2048, 10000};
    struct slice s = {0};
    (void)state;
    for (size_t k = 0; k < sizeof sizes / sizeof *sizes; k++) {
        struct buf text = slice_text(sizes[k]);
        int64_t n = sizes[k];
        const int64_t places[] = {n,    0,    n - 1, 1023,     1024, 1025,      1,        n / 2,
                                  2047, 2048, n + 1, n + 5000, -1,   INT64_MIN, INT64_MAX};
        enum { PLACES = sizeof places / sizeof *places };
        assert_int_equal(slice_begin(&s, buf_span(&text), NULL), OK);
        for (size_t i = 0; i < PLACES; i++)
            for (size_t j = 0; j < PLACES; j++)
                check(&s, buf_span(&text), places[i], places[j]);
        buf_free(&text);
    }
    slice_free(&s);
}

/* 200 000 mentions of a text of 2 000 000: without marks this takes minutes. */
static void many_slices_of_one_text_are_quick(void **state) {
    enum { POINTS = 2000000, MENTIONS = 200000 };
    struct buf text = slice_text(POINTS);
    struct slice s = {0};
    struct span out;
    (void)state;
    assert_int_equal(slice_begin(&s, buf_span(&text), NULL), OK);
    for (int64_t i = 0; i < MENTIONS; i++) {
        int64_t at = i * 7919 % POINTS;
        assert_int_equal(slice_cut(&s, at, at + 2, &out, NULL), OK);
    }
    slice_free(&s);
    buf_free(&text);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(slices_are_what_counting_gives),
        cmocka_unit_test(many_slices_of_one_text_are_quick),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
