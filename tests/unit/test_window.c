/* The window: what comes out does not depend on how it came in. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "../../ext/read/window.h"
#include "read_check.h"

enum { PADDING = 64 };

/* A reader that takes the window's bytes in records that end with LF, as far as they are whole. */
struct reading {
    struct span in;
    size_t step, fails_at; /* of the source; 0: all at once, never */
    struct window_settings set;
    bool decode; /* window_decode is called */
    size_t take; /* bytes taken at a time at most; 0: all whole records */
    /* what came out */
    struct buf out;
    enum error_code code;
    struct error e;
    enum encoding original;
    bool decoded;
    uint64_t at, line; /* at the end */
    size_t cap;
};

static void check_padding(const struct window *w) {
    static const uint8_t zeros[PADDING];
    assert_memory_equal(w->bytes.p + w->bytes.n, zeros, PADDING);
    assert_true(w->bytes.n <= w->cap);
}

/* Whole records, or all that is left. */
static size_t reading_takes(const struct reading *r, const struct window *w) {
    size_t n = w->bytes.n;
    while (n > 0 && !w->last && w->bytes.p[n - 1] != '\n')
        n--;
    return r->take && n > r->take ? r->take : n;
}

static void reading_run(struct reading *r, struct window *w) {
    struct source *s =
        check_source(r->in, r->step ? r->step : SIZE_MAX, r->fails_at ? r->fails_at : SIZE_MAX);
    r->out.n = 0;
    r->code = s ? window_open(w, s, &r->set, &r->e) : NO_MEMORY;
    if (!r->code && r->decode)
        r->code = window_decode(w, &r->e);
    while (!r->code) {
        size_t n = reading_takes(r, w);
        check_padding(w);
        r->code = buf_add(&r->out, w->bytes.p, n, &r->e);
        r->original = w->original;
        r->decoded = w->decoded;
        r->cap = w->cap;
        if (r->code || (w->last && n == w->bytes.n))
            break;
        r->code = window_more(w, n, &r->e);
        r->at = w->at;
        r->line = w->line;
    }
    window_close(w);
}

static void reading_free(struct reading *r) {
    buf_free(&r->out);
}

/* Lines of text of n bytes and more, the last one without LF. */
static struct buf text_of(const char *line, size_t n) {
    struct buf text = {0};
    while (text.n < n)
        pack(&text, line, strlen(line));
    text.n--;
    return text;
}

static void any_step_any_window(void **state) {
    static const size_t steps[] = {0, 1, 2, 3, 7, 64, 4096, 65536};
    static const size_t takes[] = {0, 1 << 17};
    struct buf text = text_of("头痛,3天\n,发热\n\n", 1200000);
    struct window w = {0};
    (void)state;
    for (size_t i = 0; i < COUNT(steps) * COUNT(takes) * 2; i++) {
        struct reading r = {.in = buf_span(&text), .take = takes[i / 2 % COUNT(takes)]};
        size_t step = steps[i / 2 / COUNT(takes)];
        if (i % 2)
            r.step = step; /* the source gives little */
        else
            r.set.read_size = step; /* little is asked for */
        reading_run(&r, &w);
        assert_int_equal(r.code, OK);
        check_bytes(r.out, buf_span(&text));
        assert_int_equal(r.original, ENCODING_UTF8);
        assert_int_equal(r.cap, WINDOW_BYTES);
        reading_free(&r);
    }
    window_free(&w);
    buf_free(&text);
}

/* Results must not depend on read sizes, so a window is full however little a read gives. */
static void full_whatever_a_read_gives(void **state) {
    struct buf text = text_of("abc\n", 3 << 20);
    struct window w = {0};
    struct window_settings set = {.read_size = 1000};
    (void)state;
    assert_int_equal(window_open(&w, check_source(buf_span(&text), 77, SIZE_MAX), &set, NULL), OK);
    assert_int_equal(w.bytes.n, WINDOW_BYTES);
    assert_false(w.last);
    assert_int_equal(window_more(&w, 4001, NULL), OK);
    assert_int_equal(w.bytes.n, WINDOW_BYTES);
    assert_int_equal(w.at, 4001);
    assert_int_equal(w.line, 1001);
    window_close(&w);
    window_free(&w);
    buf_free(&text);
}

static void lengths_around_the_capacity(void **state) {
    struct window w = {0};
    (void)state;
    for (long d = -2; d <= 2; d++)
        for (size_t times = 1; times <= 2; times++) {
            struct buf text = text_of("0123456\n", times * WINDOW_BYTES + 100);
            struct reading r = {.in = span_of(text.p, (size_t)((long)(times * WINDOW_BYTES) + d))};
            reading_run(&r, &w);
            assert_int_equal(r.code, OK);
            check_bytes(r.out, r.in);
            reading_free(&r);
            buf_free(&text);
        }
    window_free(&w);
}

static void marks_at_the_beginning(void **state) {
    static const struct {
        const char *in;
        size_t n;
        enum encoding asked;
        const char *out;
        enum encoding original;
        uint64_t at;
    } cases[] = {
        {"", 0, ENCODING_OPEN, "", ENCODING_OPEN, 0},
        {"\xEF\xBB\xBF", 3, ENCODING_OPEN, "", ENCODING_UTF8, 3},
        {"\xEF\xBB\xBFx", 4, ENCODING_OPEN, "x", ENCODING_UTF8, 3},
        {"\xEF\xBB\xBFx", 4, ENCODING_UTF8, "x", ENCODING_UTF8, 3},
        {"\xEF\xBB\xBF\xEF\xBB\xBF", 6, ENCODING_OPEN, "\xEF\xBB\xBF", ENCODING_UTF8, 3},
        {"x\xEF\xBB\xBF", 4, ENCODING_OPEN, "x\xEF\xBB\xBF", ENCODING_UTF8, 0},
        {"\xEF\xBB", 2, ENCODING_UTF8, "\xEF\xBB", ENCODING_UTF8, 0},
        {"\xEF\xBB\xBFx", 4, ENCODING_GB18030, "\xEF\xBB\xBFx", ENCODING_GB18030, 0},
        {"\xFF\xFEx\0\xD7\x53", 6, ENCODING_OPEN, "x受", ENCODING_UTF16LE, 2},
        {"\xFE\xFF\0x\x53\xD7", 6, ENCODING_OPEN, "x受", ENCODING_UTF16BE, 2},
        {"\xFF\xFEx\0", 4, ENCODING_UTF16, "x", ENCODING_UTF16LE, 2},
        {"\0x", 2, ENCODING_UTF16, "x", ENCODING_UTF16BE, 0},
        {"x\0", 2, ENCODING_UTF16LE, "x", ENCODING_UTF16LE, 0},
        {"\xFF\xFEx\0", 4, ENCODING_UTF16LE, "x", ENCODING_UTF16LE, 2},
        {"caf\xE9", 4, ENCODING_LATIN1, "caf\xE9", ENCODING_LATIN1, 0},
        {"plain", 5, ENCODING_OPEN, "plain", ENCODING_OPEN, 0},
    };
    struct window w = {0};
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct window_settings set = {.encoding = cases[i].asked};
        struct source *s = check_source(span_of(cases[i].in, cases[i].n), 1, SIZE_MAX);
        assert_int_equal(window_open(&w, s, &set, NULL), OK);
        assert_true(w.last);
        assert_int_equal(w.bytes.n, strlen(cases[i].out));
        assert_memory_equal(w.bytes.p, cases[i].out, w.bytes.n);
        assert_int_equal(w.original, cases[i].original);
        assert_int_equal(w.at, cases[i].at);
        assert_int_equal(w.line, 1);
        assert_int_equal(w.encoding, w.decoded ? ENCODING_UTF8 : cases[i].original);
        check_padding(&w);
        window_close(&w);
    }
    window_free(&w);
}

/* The encoding is decided where the first byte over 0x7F comes, wherever that is. */
static void decided_late(void **state) {
    static const long places[] = {0, 1, WINDOW_BYTES - 1, WINDOW_BYTES, 2500000};
    static const struct {
        const char *text;
        bool ends; /* the file ends behind it */
        enum encoding encoding;
        enum error_code code;
    } cases[] = {
        {"病历\n", false, ENCODING_UTF8, OK},
        {"\xB2\xA1\xC0\xFA\n", false, ENCODING_GB18030, OK},
        {"\xB2\xA1\xC0\xFA", true, ENCODING_GB18030, OK},
        {"\xC2\xA1\xB2\xA1\xC0\xFA\n", false, ENCODING_GB18030, OK}, /* the first two are UTF-8 */
        {"\xC2", true, ENCODING_OPEN, BAD_FILE},
        {"caf\xE9 au lait\n", false, ENCODING_OPEN, BAD_FILE},
    };
    struct window w = {0};
    (void)state;
    for (size_t i = 0; i < COUNT(places) * COUNT(cases); i++) {
        struct buf text = text_of("a line of ASCII\n", 3500000);
        size_t place = (size_t)places[i / COUNT(cases)], k = i % COUNT(cases);
        struct reading r = {.in = buf_span(&text)};
        memcpy(text.p + place, cases[k].text, strlen(cases[k].text));
        if (cases[k].ends)
            r.in.n = place + strlen(cases[k].text);
        reading_run(&r, &w);
        assert_int_equal(r.code, cases[k].code);
        if (!r.code) {
            assert_int_equal(r.original, cases[k].encoding);
            check_bytes(r.out, r.in);
        } else {
            char offset[64];
            snprintf(offset, sizeof offset, "at offset %zu ",
                     place + (cases[k].ends ? 0 : 3)); /* of the byte, not of the window */
            assert_non_null(strstr(r.e.text, offset));
        }
        assert_false(r.decoded);
        reading_free(&r);
        buf_free(&text);
    }
    window_free(&w);
}

/* What was decided stays: a later byte that does not fit is left to its record. */
static void decided_once(void **state) {
    struct buf text = text_of("头痛\n", 3000000);
    struct window w = {0};
    struct reading r = {.in = buf_span(&text)};
    (void)state;
    text.p[2000000] = 0xFF;
    reading_run(&r, &w);
    assert_int_equal(r.code, OK);
    assert_int_equal(r.original, ENCODING_UTF8);
    check_bytes(r.out, buf_span(&text));
    reading_free(&r);
    window_free(&w);
    buf_free(&text);
}

static const struct {
    const char *name;
    enum encoding encoding;
    const char *line;
    size_t n;
    const char *marked, *replaced;
} decodings[] = {
    {"GB18030", ENCODING_GB18030, "\xB2\xA1\xC0\xFA,\x95\x5C\n", 8, "病历,昞\n", "病历,昞\n"},
    {"GB18030 of four bytes", ENCODING_GB18030, "\x81\x30\x84\x36\x95\x32\x82\x36\n", 9, "¥𠀀\n",
     "¥𠀀\n"},
    {"no GB18030", ENCODING_GB18030,
     "a\x80"
     "b\xFF"
     "c\n",
     6,
     "a€b\xFF\xFF\xFF"
     "c\n",
     "a€b\xEF\xBF\xBD"
     "c\n"},
    {"Latin-1", ENCODING_LATIN1, "caf\xE9 \x80\n", 7, "café \xC2\x80\n", "café \xC2\x80\n"},
    {"UTF-16LE", ENCODING_UTF16LE, "\xD7\x53x\0\n\0", 6, "受x\n", "受x\n"},
    {"UTF-16BE", ENCODING_UTF16BE, "\x53\xD7\xD8\x40\xDC\0\0\n", 8, "受𠀀\n", "受𠀀\n"},
    {"no UTF-16", ENCODING_UTF16BE, "\xDC\0\0\n", 4, "\xFF\xFD\xFC\n", "\xEF\xBF\xBD\n"},
};

static void decoded(void **state) {
    static const size_t steps[] = {0, 1, 3, 4097};
    static const size_t sizes[] = {1, 300000, 1200000};
    struct window w = {0};
    (void)state;
    for (size_t i = 0; i < COUNT(decodings) * COUNT(steps) * COUNT(sizes) * 2; i++) {
        size_t k = i / 2 % COUNT(decodings), size = sizes[i / 2 / COUNT(decodings) % COUNT(sizes)];
        struct buf in = {0}, out = {0};
        struct reading r = {.decode = true};
        r.set.encoding = decodings[k].encoding;
        r.set.bad = i % 2 ? ENCODING_REPLACE : ENCODING_FAIL;
        r.step = steps[i / 2 / COUNT(decodings) / COUNT(sizes)];
        const char *line = i % 2 ? decodings[k].replaced : decodings[k].marked;
        while (in.n < size) {
            pack(&in, decodings[k].line, decodings[k].n);
            pack(&out, line, strlen(line));
        }
        r.in = buf_span(&in);
        reading_run(&r, &w);
        if (r.code)
            print_error("%s: %s\n", decodings[k].name, r.e.text);
        assert_int_equal(r.code, OK);
        check_bytes(r.out, buf_span(&out));
        assert_int_equal(r.original, decodings[k].encoding);
        assert_true(r.decoded);
        assert_int_equal(r.cap, WINDOW_BYTES);
        reading_free(&r);
        buf_free(&in);
        buf_free(&out);
    }
    window_free(&w);
}

/* Lines and offsets count what is shown. */
static void lines_of_decoded_text(void **state) {
    static const char text[] = "\xFF\xFE"
                               "a\0\n\0\x0A\x53\n\0b\0";
    struct window w = {0};
    (void)state;
    struct window_settings set = {0};
    struct source *s = check_source(span_of(text, sizeof text - 1), 3, SIZE_MAX);
    assert_int_equal(window_open(&w, s, &set, NULL), OK);
    assert_int_equal(w.bytes.n, 7);
    assert_int_equal(window_more(&w, 2, NULL), OK); /* "a\n" */
    assert_int_equal(w.line, 2);
    assert_int_equal(w.at, 4);
    assert_int_equal(window_more(&w, 3, NULL), OK); /* U+530A holds a byte 0x0A and is no line */
    assert_int_equal(w.line, 2);
    assert_int_equal(window_more(&w, 1, NULL), OK);
    assert_int_equal(w.line, 3);
    assert_true(w.last);
    window_close(&w);
    window_free(&w);
}

/* A format whose delimiters are not safe is told of after the first look. */
static void decoded_after_the_first_look(void **state) {
    static const struct {
        size_t ascii; /* lines of it before */
        bool decode;
    } cases[] = {{0, false}, {0, true}, {80000, false}, {80000, true}};
    struct window w = {0};
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct buf in = {0}, out = {0};
        struct reading r = {.decode = cases[i].decode};
        for (size_t k = 0; k < cases[i].ascii; k++)
            pack(&in, "{\"a line\": \"of ASCII\"}\n", 23);
        pack(&out, in.p, in.n);
        for (size_t k = 0; k < 300000; k++) {
            pack(&in, "\x95\x5C\x95\x5C\n", 5);
            pack(&out, "昞昞\n", 7);
        }
        r.in = buf_span(&in);
        reading_run(&r, &w);
        assert_int_equal(r.code, OK);
        assert_int_equal(r.original, ENCODING_GB18030);
        assert_int_equal(r.decoded, cases[i].decode);
        check_bytes(r.out, cases[i].decode ? buf_span(&out) : buf_span(&in));
        reading_free(&r);
        buf_free(&in);
        buf_free(&out);
    }
    window_free(&w);
}

static void utf8_is_never_decoded(void **state) {
    struct buf text = text_of("头痛\n", 2000000);
    struct window w = {0};
    struct reading r = {.in = buf_span(&text), .decode = true};
    (void)state;
    reading_run(&r, &w);
    assert_int_equal(r.code, OK);
    assert_false(r.decoded);
    check_bytes(r.out, buf_span(&text));
    reading_free(&r);
    window_free(&w);
    buf_free(&text);
}

static void long_records(void **state) {
    static const struct {
        size_t length, max;
        bool decode;
        const char *message; /* NULL: it is read */
    } cases[] = {
        {WINDOW_BYTES + 1, 0, false, NULL},
        {16 << 20, 0, false, "a record is longer than 16777216 bytes"},
        {(16 << 20) - 2, 0, false, NULL},
        {3000000, 3000000, false, "a record is longer than 3000000 bytes"},
        {3000000, 3000002, false, NULL},
        {3000000, 3000100, true, NULL},
        {3000000, 2999000, true, "a record is longer than 2999000 bytes"},
    };
    struct window w = {0};
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct buf text = {0};
        struct reading r = {.set.record_max = cases[i].max, .decode = cases[i].decode};
        if (cases[i].decode)
            r.set.encoding = ENCODING_LATIN1;
        assert_int_equal(buf_reserve(&text, cases[i].length, NULL), OK);
        memset(text.p, 'x', cases[i].length);
        text.n = cases[i].length;
        pack(&text, "\nshort\n", 7);
        r.in = buf_span(&text);
        reading_run(&r, &w);
        assert_int_equal(r.code, cases[i].message ? BAD_FILE : OK);
        if (cases[i].message)
            assert_string_equal(r.e.text, cases[i].message);
        else
            check_bytes(r.out, r.in);
        assert_true(w.cap <= WINDOW_BYTES); /* what it took is given back */
        reading_free(&r);
        buf_free(&text);
    }
    window_free(&w);
}

/* The source's error comes behind the good bytes, and behind all of them. */
static void errors_come_last(void **state) {
    static const size_t places[] = {
        1, 5, 4096, WINDOW_BYTES - 1, WINDOW_BYTES, WINDOW_BYTES + 1, 2500000};
    struct window w = {0};
    (void)state;
    for (size_t i = 0; i < COUNT(places) * 3; i++) {
        struct buf text = text_of("12345,7\n", 3000000);
        struct reading r = {.in = buf_span(&text), .fails_at = places[i / 3], .decode = i % 3 == 1};
        if (i % 3)
            r.set.encoding = i % 3 == 1 ? ENCODING_GB18030 : ENCODING_UTF8;
        reading_run(&r, &w);
        assert_int_equal(r.code, BAD_IO);
        assert_string_equal(r.e.text, "the test says no");
        check_bytes(r.out, span_of(text.p, places[i / 3] / 8 * 8)); /* whole records */
        reading_free(&r);
        buf_free(&text);
    }
    window_free(&w);
}

static void an_error_at_once(void **state) {
    struct window w = {0};
    struct window_settings set = {0};
    struct error e;
    bool closed = false;
    struct source *s = check_source(span_text("x"), 1, 0);
    (void)state;
    ((struct check_source *)s)->closed = &closed;
    assert_int_equal(window_open(&w, s, &set, &e), BAD_IO);
    assert_string_equal(e.text, "the test says no");
    assert_true(closed);
    window_free(&w);
}

static int stopped_after(void *of) {
    int *left = of;
    return --*left < 0;
}

/* Bytes that are no text, where that may be: the window says why, and shows them. */
static void no_text_at_all(void **state) {
    static const uint8_t bytes[] = "2 1\na \xFF\xFF\x80\x3F\nb \xFF\0\0\0\n";
    struct window w = {0};
    struct error e = {OK, ""};
    (void)state;
    for (int refused = 0; refused < 2; refused++) {
        struct window_settings set = {.no_text = !refused};
        struct source *s = check_source(span_of(bytes, sizeof bytes - 1), SIZE_MAX, SIZE_MAX);
        assert_int_equal(window_open(&w, s, &set, &e), refused ? BAD_FILE : OK);
        if (refused)
            break;
        assert_int_equal(w.no_text.code, BAD_FILE);
        assert_string_equal(w.no_text.text, "byte 0xFF at offset 6 is not UTF-8, nor is the text "
                                            "GB18030; name its encoding, as in 'gb18030,replace'");
        assert_int_equal(w.bytes.n, sizeof bytes - 1);
        window_binary(&w);
        assert_int_equal(w.no_text.code, OK);
        assert_int_equal(w.encoding, ENCODING_UTF8);
        window_close(&w);
    }
    window_free(&w);
}

/* Bytes that might be GB18030, and later ones that might not: a binary file is never decided. */
static void binary_from_the_first_look_on(void **state) {
    struct buf bytes = {0};
    struct window w = {0};
    struct window_settings set = {.no_text = true};
    (void)state;
    for (int i = 0; i < 700000; i++)
        pack(&bytes, i < 600000 ? "ab" : "\xFF\xFF", 2);
    struct reading r = {.in = buf_span(&bytes), .set = set, .take = 1 << 17};
    struct source *s = check_source(r.in, SIZE_MAX, SIZE_MAX);
    assert_int_equal(window_open(&w, s, &set, NULL), OK);
    window_binary(&w);
    size_t all = 0;
    while (!w.last) {
        all += w.bytes.n;
        assert_int_equal(window_more(&w, w.bytes.n, NULL), OK);
    }
    assert_int_equal(all + w.bytes.n, bytes.n);
    window_close(&w);
    window_free(&w);
    buf_free(&bytes);
}

static void stopped(void **state) {
    struct buf text = text_of("abc\n", 5000000);
    struct window w = {0};
    (void)state;
    for (int after = 0; after < 3; after++) {
        int left = after;
        struct reading r = {.in = buf_span(&text), .set = {.stopped = stopped_after, .of = &left}};
        reading_run(&r, &w);
        assert_int_equal(r.code, INTERRUPTED);
        assert_int_equal(left, -1);
        check_bytes(r.out, span_of(text.p, r.out.n));
        assert_in_range(r.out.n, (size_t)(after + 1) * 1000000, (size_t)(after + 2) * 1000000);
        reading_free(&r);
    }
    window_free(&w);
    buf_free(&text);
}

/* Many small files: one room. */
static void room_is_used_again(void **state) {
    struct window w = {0};
    (void)state;
    for (int i = 0; i < 400; i++) {
        struct reading r = {.in = span_text("头痛\n")};
        unsigned long calls = heap_calls;
        heap_largest = 0;
        reading_run(&r, &w);
        assert_int_equal(r.code, OK);
        check_bytes(r.out, r.in);
        if (i > 0) {
            assert_in_range(heap_calls - calls, 1, 2); /* of the test's own */
            assert_in_range(heap_largest, 1, 4096);
        }
        reading_free(&r);
    }
    window_free(&w);
    window_free(&w); /* nothing is left to be freed */
}

static enum error_code window_run(void *of) {
    struct window w = {0};
    struct reading *r = of;
    r->out = (struct buf){0};
    reading_run(r, &w);
    enum error_code code = r->code;
    reading_free(r);
    window_free(&w);
    return code;
}

static void memory_ends_anywhere(void **state) {
    struct buf text = text_of("\xB2\xA1\xC0\xFA\n", 2000000);
    struct reading r = {.in = buf_span(&text)};
    (void)state;
    memset(text.p + 500000, 'x', 1300000); /* a long record */
    for (int decode = 0; decode < 2; decode++) {
        r.decode = decode;
        heap_sweep(window_run, &r);
    }
    buf_free(&text);
}

static int nothing_left(void **state) {
    (void)state;
    return heap_live == 0 ? 0 : -1;
}

#define TEST(f) cmocka_unit_test_teardown(f, nothing_left)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(any_step_any_window),
        TEST(full_whatever_a_read_gives),
        TEST(lengths_around_the_capacity),
        TEST(marks_at_the_beginning),
        TEST(decided_late),
        TEST(decided_once),
        TEST(decoded),
        TEST(lines_of_decoded_text),
        TEST(decoded_after_the_first_look),
        TEST(utf8_is_never_decoded),
        TEST(long_records),
        TEST(errors_come_last),
        TEST(an_error_at_once),
        TEST(no_text_at_all),
        TEST(binary_from_the_first_look_on),
        TEST(stopped),
        TEST(room_is_used_again),
        TEST(memory_ends_anywhere),
    };
    heap_use();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
