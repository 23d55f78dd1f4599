/* Gzip streams, whole and broken. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "read_check.h"

static const size_t steps[] = {1, 2, 3, 7, 64, 4096, 65536};

/* 40 kB that compress a little, and the same for every run. */
static struct buf gzip_text(void) {
    struct buf text = {0};
    for (uint32_t i = 0, x = 1; i < 4000; i++) {
        char line[32];
        x = x * 1664525 + 1013904223;
        pack(&text, line, (size_t)snprintf(line, sizeof line, "%u,%u\n", i, x >> 20));
    }
    return text;
}

/* Inflates; the input comes 'step' bytes at a time, and goes out in as many. */
static enum error_code gzip_inflate(struct span in, size_t step, struct buf *out, struct error *e) {
    struct source *s = check_source(in, step, SIZE_MAX);
    enum error_code code = s ? gzip_source(s, &s, e) : NO_MEMORY;
    if (code)
        return code;
    code = check_read(s, step, out, e);
    source_close(s);
    return code;
}

static void check_gzip(struct span in, struct span expected) {
    for (size_t i = 0; i < COUNT(steps); i++) {
        struct buf out = {0};
        struct error e;
        assert_int_equal(gzip_inflate(in, steps[i], &out, &e), OK);
        check_bytes(out, expected);
        buf_free(&out);
    }
}

static void headers(void **state) {
    static const int flags[] = {0,
                                GZIP_TEXT,
                                GZIP_EXTRA,
                                GZIP_NAME,
                                GZIP_COMMENT,
                                GZIP_CRC,
                                GZIP_TEXT | GZIP_CRC | GZIP_EXTRA | GZIP_NAME | GZIP_COMMENT};
    struct buf text = gzip_text();
    (void)state;
    for (size_t i = 0; i < COUNT(flags); i++) {
        struct buf in = {0};
        pack_gzip(&in, buf_span(&text), flags[i]);
        check_gzip(buf_span(&in), buf_span(&text));
        buf_free(&in);
    }
    buf_free(&text);
}

static void members(void **state) {
    static const char *const parts[] = {"a,b\n1,", "", "2\n", "", "", "3,4\n", ""};
    struct buf in = {0}, text = {0};
    (void)state;
    for (size_t i = 0; i < COUNT(parts); i++) {
        pack_gzip(&in, span_text(parts[i]), i % 2 ? GZIP_NAME : 0);
        pack(&text, parts[i], strlen(parts[i]));
    }
    check_gzip(buf_span(&in), buf_span(&text));
    buf_free(&in);
    buf_free(&text);
}

static void many_empty_members(void **state) {
    struct buf in = {0};
    (void)state;
    for (int i = 0; i < 20000; i++)
        pack_gzip(&in, span_text(""), 0);
    check_gzip(buf_span(&in), span_text(""));
    pack_gzip(&in, span_text("end\n"), 0);
    check_gzip(buf_span(&in), span_text("end\n"));
    buf_free(&in);
}

static void zeros_behind(void **state) {
    static const uint8_t zeros[700];
    struct buf in = {0};
    (void)state;
    pack_gzip(&in, span_text("text\n"), 0);
    pack(&in, zeros, 1);
    check_gzip(buf_span(&in), span_text("text\n"));
    pack(&in, zeros, sizeof zeros);
    check_gzip(buf_span(&in), span_text("text\n"));
    buf_free(&in);
}

/* The rows before what is wrong are handed over, and then it is said, again and again. */
static void broken(void **state) {
    static const struct {
        const char *name;
        long at; /* from the end where negative */
        const char *bytes;
        size_t n;
        const char *before, *message;
    } cases[] = {
        {"method", 2, "\7", 1, "", "the compressed data is damaged: unknown compression method"},
        {"reserved flag", 3, "\x20", 1, "",
         "the compressed data is damaged: unknown header flags set"},
        {"CRC", -8, "\0\0\0\0", 4, "text\n",
         "the compressed data is damaged: incorrect data check"},
        {"size", -4, "\6", 1, "text\n", "the compressed data is damaged: incorrect length check"},
        {"garbage behind", 0, "garbage", 7, "text\n", "other bytes follow the gzip data"},
        {"half a magic behind", 0, "\x1F", 1, "text\n", "the compressed data is cut short"},
        {"another magic behind", 0, "\x1F\x9D", 2, "text\n",
         "the compressed data is damaged: incorrect header check"},
        {"garbage behind zeros", 0, "\0\0\0x", 4, "text\n", "other bytes follow the gzip data"},
        {"a member behind zeros", 0, "\0\x1F\x8B\x08", 4, "text\n",
         "other bytes follow the gzip data"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct buf in = {0}, out = {0};
        struct error e;
        size_t got;
        uint8_t byte;
        pack_gzip(&in, span_text("text\n"), 0);
        if (cases[i].at > 0)
            memcpy(in.p + cases[i].at, cases[i].bytes, cases[i].n);
        else if (cases[i].at < 0)
            memcpy(in.p + in.n + cases[i].at, cases[i].bytes, cases[i].n);
        else
            pack(&in, cases[i].bytes, cases[i].n);
        struct source *s = check_source(buf_span(&in), 5, SIZE_MAX);
        assert_int_equal(gzip_source(s, &s, &e), OK);
        for (int again = 0; again < 3; again++) {
            assert_int_equal(check_read(s, 3, &out, &e), BAD_FILE);
            assert_string_equal(e.text, cases[i].message);
            check_bytes(out, span_text(cases[i].before));
        }
        assert_int_equal(source_read(s, &byte, 1, &got, &e), BAD_FILE);
        assert_int_equal(got, 0);
        source_close(s);
        buf_free(&in);
        buf_free(&out);
    }
}

/* Whatever is cut off: a true beginning, then the error. */
static void cut_at_every_byte(void **state) {
    struct buf in = {0}, text = {0};
    (void)state;
    pack(&text, "咳嗽,发热\n头痛,乏力\n", strlen("咳嗽,发热\n头痛,乏力\n"));
    pack_gzip(&in, buf_span(&text), GZIP_NAME | GZIP_CRC);
    size_t one = in.n;
    pack_gzip(&in, span_text("second\n"), 0);
    pack(&text, "second\n", 7);
    for (size_t n = 0; n < in.n; n++) {
        struct buf out = {0};
        struct error e;
        enum error_code code = gzip_inflate(span_of(in.p, n), 4096, &out, &e);
        assert_int_equal(code, n == one ? OK : BAD_FILE);
        if (n != one)
            assert_string_equal(e.text, "the compressed data is cut short");
        check_bytes(out, span_of(text.p, out.n));
        assert_in_range(out.n, n < one ? 0 : text.n - 7, text.n);
        buf_free(&out);
    }
    buf_free(&in);
    buf_free(&text);
}

/* A byte changed anywhere: the same text, or an error. */
static void changed_at_every_byte(void **state) {
    static const uint8_t masks[] = {0x01, 0x80, 0xFF, 0x55};
    struct buf in = {0}, text = gzip_text();
    (void)state;
    text.n = 2000;
    pack_gzip(&in, buf_span(&text), GZIP_NAME | GZIP_EXTRA);
    for (size_t i = 0; i < in.n * COUNT(masks); i++) {
        struct buf out = {0};
        struct error e;
        in.p[i / COUNT(masks)] ^= masks[i % COUNT(masks)];
        if (gzip_inflate(buf_span(&in), 4096, &out, &e) == OK)
            check_bytes(out, buf_span(&text));
        else
            assert_int_equal(e.code, BAD_FILE);
        in.p[i / COUNT(masks)] ^= masks[i % COUNT(masks)];
        buf_free(&out);
    }
    buf_free(&in);
    buf_free(&text);
}

static void source_that_fails(void **state) {
    struct buf in = {0}, text = gzip_text(), out = {0};
    struct error e;
    bool closed = false;
    (void)state;
    pack_gzip(&in, buf_span(&text), 0);
    struct source *s = check_source(buf_span(&in), 100, in.n / 2);
    ((struct check_source *)s)->closed = &closed;
    assert_int_equal(gzip_source(s, &s, &e), OK);
    assert_int_equal(check_read(s, 4096, &out, &e), BAD_IO);
    assert_string_equal(e.text, "the test says no");
    assert_in_range(out.n, text.n / 4, text.n);
    check_bytes(out, span_of(text.p, out.n));
    source_close(s);
    assert_true(closed);
    buf_free(&in);
    buf_free(&out);
    buf_free(&text);
}

static enum error_code gzip_run(void *of) {
    struct buf out = {0};
    enum error_code code = gzip_inflate(*(struct span *)of, 4096, &out, NULL);
    buf_free(&out);
    return code;
}

static void memory_ends_anywhere(void **state) {
    struct buf in = {0}, text = gzip_text();
    (void)state;
    pack_gzip(&in, buf_span(&text), 0);
    pack_gzip(&in, buf_span(&text), 0);
    struct span all = buf_span(&in);
    heap_sweep(gzip_run, &all);
    buf_free(&in);
    buf_free(&text);
}

static int nothing_left(void **state) {
    (void)state;
    return heap_live == 0 ? 0 : -1;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(headers, nothing_left),
        cmocka_unit_test_teardown(members, nothing_left),
        cmocka_unit_test_teardown(many_empty_members, nothing_left),
        cmocka_unit_test_teardown(zeros_behind, nothing_left),
        cmocka_unit_test_teardown(broken, nothing_left),
        cmocka_unit_test_teardown(cut_at_every_byte, nothing_left),
        cmocka_unit_test_teardown(changed_at_every_byte, nothing_left),
        cmocka_unit_test_teardown(source_that_fails, nothing_left),
        cmocka_unit_test_teardown(memory_ends_anywhere, nothing_left),
    };
    heap_use();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
