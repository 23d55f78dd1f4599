/* test_encoding.c - names, marks and guesses, every encoding to UTF-8 case by case, and all of it
 * in pieces of any length. */
#include "../../ext/base/encoding.h"
#include "../../ext/base/memory.h"
#include "../../ext/base/utf8.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>

#define BAD      "\xEF\xBF\xBD"
#define COUNT(a) (sizeof(a) / sizeof *(a))

enum { ROUNDS = 600, LENGTH_MAX = 60, COPIES = 70000 };

static uint32_t next_random(uint32_t *state) {
    *state ^= *state << 13;
    *state ^= *state >> 17;
    *state ^= *state << 5;
    return *state;
}

/* Decodes what it is given and expects no error. */
static struct buf decode(enum encoding from, enum encoding_bad bad, struct span raw) {
    struct buf out = {0};
    struct error e = {0};
    size_t used = 0;
    assert_int_equal(encoding_decode(from, bad, raw, true, &used, &out, &e), OK);
    assert_int_equal(used, raw.n);
    assert_true(out.n <= encoding_room(from, raw.n));
    return out;
}

static void assert_span(struct span got, struct span expected) {
    assert_int_equal(got.n, expected.n);
    if (got.n)
        assert_memory_equal(got.p, expected.p, got.n);
}

/* ---- names ---- */

static void test_parse(void **state) {
    (void)state;
    static const struct {
        const char *text;
        enum encoding encoding;
        enum encoding_bad bad;
    } cases[] = {
        {"utf-8", ENCODING_UTF8, ENCODING_FAIL},
        {"UTF8", ENCODING_UTF8, ENCODING_FAIL},
        {"gb18030", ENCODING_GB18030, ENCODING_FAIL},
        {"GBK", ENCODING_GB18030, ENCODING_FAIL},
        {"gb2312", ENCODING_GB18030, ENCODING_FAIL},
        {"cp936", ENCODING_GB18030, ENCODING_FAIL},
        {"UTF-16", ENCODING_UTF16, ENCODING_FAIL},
        {"utf-16LE", ENCODING_UTF16LE, ENCODING_FAIL},
        {"utf-16be", ENCODING_UTF16BE, ENCODING_FAIL},
        {"ISO-8859-1", ENCODING_LATIN1, ENCODING_FAIL},
        {"Latin1", ENCODING_LATIN1, ENCODING_FAIL},
        {"gbk,replace", ENCODING_GB18030, ENCODING_REPLACE},
        {" Utf-8 , REPLACE ", ENCODING_UTF8, ENCODING_REPLACE},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        enum encoding encoding = ENCODING_OPEN;
        enum encoding_bad bad = ENCODING_MARK;
        struct span text = span_text(cases[i].text);
        assert_int_equal(encoding_parse(text, &encoding, &bad, NULL), OK);
        assert_int_equal(encoding, cases[i].encoding);
        assert_int_equal(bad, cases[i].bad);
    }
}

static void test_parse_errors(void **state) {
    (void)state;
#define NAMES                                                                                      \
    "'; there are utf-8, gb18030 (gbk, gb2312, cp936), utf-16, utf-16le, utf-16be and "            \
    "iso-8859-1 (latin1)"
    static const struct {
        const char *text, *message;
    } cases[] = {
        {"", "no encoding '" NAMES},
        {"big5", "no encoding 'big5" NAMES},
        {"utf-8x", "no encoding 'utf-8x" NAMES},
        {"utf", "no encoding 'utf" NAMES},
        {",replace", "no encoding '" NAMES},
        {"gbk,", "',' cannot stand behind an encoding, only ',replace' can"},
        {"gbk,skip", "',skip' cannot stand behind an encoding, only ',replace' can"},
        {"gbk,replace,replace",
         "',replace,replace' cannot stand behind an encoding, only ',replace' can"},
        /* cut between characters */
        {"0123456789012345678901234567890123456789x",
         "no encoding '0123456789012345678901234567890123456789" NAMES},
        {"012345678901234567890123456789012345678\xC3\xA9",
         "no encoding '012345678901234567890123456789012345678" NAMES},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        enum encoding encoding;
        enum encoding_bad bad;
        struct error e = {0};
        assert_int_equal(encoding_parse(span_text(cases[i].text), &encoding, &bad, &e), BAD_USE);
        assert_string_equal(e.text, cases[i].message);
    }
}

/* A name that is given out is one that is taken. */
static void test_names(void **state) {
    (void)state;
    for (int i = ENCODING_OPEN; i <= ENCODING_LATIN1; i++) {
        enum encoding encoding;
        enum encoding_bad bad;
        struct span name = span_text(encoding_name((enum encoding)i));
        assert_int_equal(encoding_parse(name, &encoding, &bad, NULL), OK);
        assert_int_equal(encoding, i == ENCODING_OPEN ? ENCODING_UTF8 : (enum encoding)i);
    }
}

static void test_bom(void **state) {
    (void)state;
    static const struct {
        const char *head;
        size_t n, length;
        enum encoding encoding;
    } cases[] = {
        {"\xEF\xBB\xBFx", 4, 3, ENCODING_UTF8},
        {"\xEF\xBB\xBF", 3, 3, ENCODING_UTF8},
        {"\xFF\xFEx", 3, 2, ENCODING_UTF16LE},
        {"\xFE\xFF", 2, 2, ENCODING_UTF16BE},
        {"\xEF\xBB", 2, 0, ENCODING_OPEN},
        {"\xFF", 1, 0, ENCODING_OPEN},
        {"", 0, 0, ENCODING_OPEN},
        {"x\xEF\xBB\xBF", 4, 0, ENCODING_OPEN},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        enum encoding encoding = ENCODING_OPEN;
        assert_int_equal(encoding_bom(span_of(cases[i].head, cases[i].n), &encoding),
                         cases[i].length);
        assert_int_equal(encoding, cases[i].encoding);
    }
}

/* ---- decoding, case by case ---- */

/* A piece of a file, whether the file ends with it, and what must come of it; in 'bad' bytes are
 * written as U+FFFD, the message is that of ENCODING_FAIL. */
static const struct decoding {
    enum encoding from;
    const char *raw;
    size_t n;
    bool last;
    const char *text;
    size_t used;
    const char *message;
} decodings[] = {
    {ENCODING_OPEN, "abc", 3, false, "abc", 3, NULL},
    {ENCODING_UTF8, "\xE4\xB8\xAD\xE6", 4, false, "中", 3, NULL},
    {ENCODING_UTF8, "\xE4\xB8\xAD\xE6", 4, true, "中" BAD, 4, "byte 0xE6 is not UTF-8"},
    {ENCODING_UTF8, "a\xF0\x9F\x98z", 5, false, "a" BAD "z", 5, "byte 0xF0 is not UTF-8"},
    {ENCODING_UTF8, "\xED\xA0\x80", 3, false, BAD BAD BAD, 3, "byte 0xED is not UTF-8"},
    {ENCODING_GB18030, "\xD6\xD0\xCE\xC4", 4, true, "中文", 4, NULL},
    {ENCODING_GB18030, "5mg\xA3\xAC\xB9\xB2", 7, true, "5mg，共", 7, NULL},
    {ENCODING_GB18030, "\xA6\xC2\xA7\xA1", 4, true, "βА", 4, NULL}, /* two bytes in UTF-8 too */
    {ENCODING_GB18030, "\x80", 1, true, "€", 1, NULL},
    {ENCODING_GB18030, "\xA2\xE3", 2, true, "€", 2, NULL},
    {ENCODING_GB18030, "\x95\x32\x82\x36", 4, true, "𠀀", 4, NULL},
    {ENCODING_GB18030, "\x95\x32\x82", 3, false, "", 0, NULL},
    {ENCODING_GB18030, "\x95\x32", 2, false, "", 0, NULL},
    {ENCODING_GB18030, "\x95", 1, false, "", 0, NULL},
    /* an end in the middle is one U+FFFD, however many bytes it takes with it */
    {ENCODING_GB18030, "\x95\x32\x82", 3, true, BAD, 3, "byte 0x95 is not GB18030"},
    {ENCODING_GB18030, "\x95\x32", 2, true, BAD, 2, "byte 0x95 is not GB18030"},
    {ENCODING_GB18030, "\x95", 1, true, BAD, 1, "byte 0x95 is not GB18030"},
    {ENCODING_GB18030, "\xFF", 1, true, BAD, 1, "byte 0xFF is not GB18030"},
    /* ASCII behind a lead is given back, another byte is not */
    {ENCODING_GB18030, "\x81,", 2, true, BAD ",", 2, "byte 0x81 is not GB18030"},
    {ENCODING_GB18030, "\x81\x7F", 2, true, BAD "\x7F", 2, "byte 0x81 is not GB18030"},
    {ENCODING_GB18030, "\x81\xFF", 2, true, BAD, 2, "byte 0x81 is not GB18030"},
    {ENCODING_GB18030, "\x81\x30z", 3, true, BAD "0z", 3, "byte 0x81 is not GB18030"},
    {ENCODING_GB18030, "\x81\x30\x80", 3, true, BAD "0€", 3, "byte 0x81 is not GB18030"},
    {ENCODING_GB18030, "\x81\x30\xD6\xD0", 4, true, BAD "0中", 4, "byte 0x81 is not GB18030"},
    {ENCODING_GB18030, "\x81\x30\x81z", 4, true, BAD "0亃", 4, "byte 0x81 is not GB18030"},
    {ENCODING_GB18030, "\x81\x30\x81\x20", 4, true, BAD "0" BAD " ", 4, "byte 0x81 is not GB18030"},
    /* four good bytes that stand for nothing are one U+FFFD */
    {ENCODING_GB18030, "\x84\x31\xA4\x39", 4, true, "\xEF\xBF\xBF", 4, NULL},
    {ENCODING_GB18030, "\x84\x31\xA5\x30", 4, true, BAD, 4, "byte 0x84 is not GB18030"},
    {ENCODING_GB18030, "\x8F\x39\xFE\x39", 4, true, BAD, 4, "byte 0x8F is not GB18030"},
    {ENCODING_GB18030, "\xE3\x32\x9A\x36", 4, true, BAD, 4, "byte 0xE3 is not GB18030"},
    {ENCODING_GB18030, "\xFE\x39\xFE\x39", 4, true, BAD, 4, "byte 0xFE is not GB18030"},
    {ENCODING_UTF16LE, "\x2D\x4E\x87", 3, false, "中", 2, NULL},
    {ENCODING_UTF16LE, "\x2D\x4E\x87", 3, true, "中" BAD, 3, "byte 0x87 is not UTF-16"},
    {ENCODING_UTF16LE, "A\0\xB5\0\xAC\x20", 6, true, "Aµ€", 6, NULL},
    {ENCODING_UTF16BE, "\0A\0\xB5\x20\xAC", 6, true, "Aµ€", 6, NULL},
    {ENCODING_UTF16, "\0A\x4E\x2D", 4, true, "A中", 4, NULL},
    {ENCODING_UTF16LE, "\x40\xD8\x00\xDC", 4, true, "𠀀", 4, NULL},
    {ENCODING_UTF16BE, "\xD8\x40\xDC\x00", 4, true, "𠀀", 4, NULL},
    {ENCODING_UTF16BE, "\xDB\xFF\xDF\xFF", 4, true, "\xF4\x8F\xBF\xBF", 4, NULL},
    {ENCODING_UTF16BE, "\xD8\x40\xDC", 3, false, "", 0, NULL},
    {ENCODING_UTF16BE, "\xD8\x40", 2, false, "", 0, NULL},
    {ENCODING_UTF16BE, "\xD8\x40\xDC", 3, true, BAD, 3, "byte 0xD8 is not UTF-16"},
    {ENCODING_UTF16BE, "\xD8\x40", 2, true, BAD, 2, "byte 0xD8 is not UTF-16"},
    {ENCODING_UTF16BE, "\xD8\x40\0A", 4, true, BAD "A", 4, "byte 0xD8 is not UTF-16"},
    {ENCODING_UTF16LE, "\x40\xD8\x40\xD8\x00\xDC", 6, true, BAD "𠀀", 6, "byte 0x40 is not UTF-16"},
    {ENCODING_UTF16BE, "\xDC\x00\0A", 4, true, BAD "A", 4, "byte 0xDC is not UTF-16"},
    {ENCODING_LATIN1, "caf\xE9 \x80\xFF", 7, false, "café \xC2\x80ÿ", 7, NULL},
};

static void test_replace(void **state) {
    (void)state;
    for (size_t i = 0; i < COUNT(decodings); i++) {
        const struct decoding *d = &decodings[i];
        struct buf out = {0};
        size_t used = 99;
        assert_int_equal(encoding_decode(d->from, ENCODING_REPLACE, span_of(d->raw, d->n), d->last,
                                         &used, &out, NULL),
                         OK);
        assert_span(buf_span(&out), span_text(d->text));
        assert_int_equal(used, d->used);
        buf_free(&out);
    }
}

/* What stands before the bad byte is decoded, and used says where it is. */
static void test_fail(void **state) {
    (void)state;
    for (size_t i = 0; i < COUNT(decodings); i++) {
        const struct decoding *d = &decodings[i];
        const char *bad = d->message ? strstr(d->text, BAD) : NULL;
        struct buf out = {0};
        struct error e = {0};
        size_t used = 99;
        enum error_code code = encoding_decode(d->from, ENCODING_FAIL, span_of(d->raw, d->n),
                                               d->last, &used, &out, &e);
        assert_int_equal(code, d->message ? BAD_DATA : OK);
        assert_string_equal(e.text, d->message ? d->message : "");
        assert_span(buf_span(&out),
                    bad ? span_of(d->text, (size_t)(bad - d->text)) : span_text(d->text));
        if (!bad)
            assert_int_equal(used, d->used);
        else
            assert_true(used < d->n);
        buf_free(&out);
    }
}

/* A mark stands where a U+FFFD would, and gives the first byte that it stands for back. */
static void test_marks(void **state) {
    (void)state;
    for (size_t i = 0; i < COUNT(decodings); i++) {
        const struct decoding *d = &decodings[i];
        struct buf out = {0};
        size_t used, at = 0;
        assert_int_equal(encoding_decode(d->from, ENCODING_MARK, span_of(d->raw, d->n), d->last,
                                         &used, &out, NULL),
                         OK);
        assert_int_equal(out.n, strlen(d->text));
        assert_int_equal(used, d->used);
        for (bool first = true; at < out.n; at++) {
            int byte = encoding_marked(span_from(buf_span(&out), at));
            bool marked = d->message && strncmp(d->text + at, BAD, 3) == 0;
            assert_int_equal(byte >= 0, marked);
            char message[64];
            snprintf(message, sizeof message, "byte 0x%02X is", (unsigned)byte);
            if (marked && first)
                assert_memory_equal(d->message, message, strlen(message));
            first = first && !marked;
        }
        buf_free(&out);
    }
}

static void test_every_mark(void **state) {
    (void)state;
    for (unsigned byte = 0x80; byte < 0x100; byte++) {
        uint8_t raw = (uint8_t)byte;
        struct buf out = decode(ENCODING_UTF8, ENCODING_MARK, span_of(&raw, 1));
        assert_int_equal(out.n, 3);
        assert_int_equal(encoding_marked(buf_span(&out)), (int)byte);
        assert_int_equal(encoding_marked(span_of(out.p, 2)), -1);
        assert_int_equal(encoding_marked(span_of(out.p + 1, 2)), -1);
        assert_int_equal(utf8_valid(buf_span(&out)), 0);
        buf_free(&out);
    }
    assert_int_equal(encoding_marked(span_text("\xFF\xF8\x81")), -1);
    assert_int_equal(encoding_marked(span_text("\xFF\x81\xF8")), -1);
    assert_int_equal(encoding_marked(span_text("abc")), -1);
    assert_int_equal(encoding_marked(span_text("")), -1);
}

/* ---- in pieces ---- */

/* Leads, digits, the edges of each class, and anything. */
static void fill(uint8_t *raw, size_t n, uint32_t *random) {
    static const uint8_t edges[] = {0x00, 0x2F, 0x30, 0x39, 0x3A, 0x40, 0x7E, 0x7F,
                                    0x80, 0x81, 0x84, 0x90, 0xA5, 0xE3, 0xFE, 0xFF};
    for (size_t i = 0; i < n; i++) {
        uint32_t r = next_random(random);
        raw[i] = r & 1   ? (uint8_t)(r >> 8)
                 : r & 2 ? edges[(r >> 8) % sizeof edges]
                         : (uint8_t)(r & 4 ? 0x30 + (r >> 8) % 10 : 0x81 + (r >> 8) % 126);
    }
}

/* Decodes s in two pieces, the second one beginning with what the first has left. */
static struct buf decode_split(enum encoding from, enum encoding_bad bad, struct span s,
                               size_t split) {
    struct buf out = {0};
    size_t used, more;
    assert_int_equal(encoding_decode(from, bad, span_slice(s, 0, split), false, &used, &out, NULL),
                     OK);
    assert_true(used <= split && split - used < 4);
    assert_int_equal(encoding_decode(from, bad, span_from(s, used), true, &more, &out, NULL), OK);
    assert_int_equal(used + more, s.n);
    return out;
}

static void test_splits(void **state) {
    (void)state;
    uint32_t random = 777;
    for (size_t round = 0; round < ROUNDS; round++) {
        uint8_t raw[LENGTH_MAX];
        fill(raw, sizeof raw, &random);
        for (size_t i = 0; i + 4 < sizeof raw && round % 3 == 1; i += 5)
            utf8_put(raw + i, next_random(&random) % 0x30000);
        for (size_t i = 0; i < sizeof raw && round % 3 == 2; i += 1 + next_random(&random) % 5)
            raw[i] = (uint8_t)(0xD7 + next_random(&random) % 10);
        struct span s = span_of(raw, 1 + round % sizeof raw);
        for (int from = ENCODING_OPEN; from <= ENCODING_LATIN1; from++) {
            enum encoding_bad bad = round % 2 ? ENCODING_MARK : ENCODING_REPLACE;
            struct buf whole = decode((enum encoding)from, bad, s);
            for (size_t split = 0; split <= s.n; split++) {
                struct buf parts = decode_split((enum encoding)from, bad, s, split);
                assert_span(buf_span(&parts), buf_span(&whole));
                buf_free(&parts);
            }
            buf_free(&whole);
        }
    }
}

/* Longer than the pieces that the decoder makes room for, with characters across their edges. */
static const struct unit {
    enum encoding from;
    const char *raw;
    size_t n;
    const char *text;
} units[] = {
    {ENCODING_UTF8, "𠀀", 4, "𠀀"},          {ENCODING_UTF8, "中", 3, "中"},
    {ENCODING_UTF8, "\xE4\xB8", 2, BAD},     {ENCODING_GB18030, "\x95\x32\x82\x36", 4, "𠀀"},
    {ENCODING_GB18030, "\xD6\xD0", 2, "中"}, {ENCODING_GB18030, "\x81\x30\x80", 3, BAD "0€"},
    {ENCODING_GB18030, "\x80", 1, "€"},      {ENCODING_UTF16LE, "\x40\xD8\x00\xDC", 4, "𠀀"},
    {ENCODING_UTF16BE, "\xD8\x40", 2, BAD},  {ENCODING_LATIN1, "\xE9", 1, "é"},
};

static struct buf repeat(const char *head, size_t head_n, const char *unit, size_t n) {
    struct buf b = {0};
    assert_int_equal(buf_add(&b, head, head_n, NULL), OK);
    for (size_t i = 0; i < COPIES; i++)
        assert_int_equal(buf_add(&b, unit, n, NULL), OK);
    return b;
}

static struct buf decode_pieces(enum encoding from, struct span raw, size_t piece) {
    struct buf out = {0};
    for (size_t at = 0, used; at < raw.n; at += used) {
        size_t end = at + piece < raw.n ? at + piece : raw.n;
        assert_int_equal(encoding_decode(from, ENCODING_REPLACE, span_slice(raw, at, end),
                                         end == raw.n, &used, &out, NULL),
                         OK);
        assert_true(used > 0);
    }
    return out;
}

static void test_long(void **state) {
    (void)state;
    for (size_t i = 0; i < COUNT(units); i++) {
        const struct unit *u = &units[i];
        for (size_t shift = 0; shift < 4; shift++) {
            const char *head = u->from == ENCODING_UTF16LE   ? "A\0A\0A\0"
                               : u->from == ENCODING_UTF16BE ? "\0A\0A\0A"
                                                             : "AAA";
            size_t wide = head[1] == 'A' && head[0] ? 1 : 2;
            struct buf raw = repeat(head, wide * shift, u->raw, u->n);
            struct buf expected = repeat("AAA", shift, u->text, strlen(u->text));
            struct buf whole = decode(u->from, ENCODING_REPLACE, buf_span(&raw));
            struct buf parts = decode_pieces(u->from, buf_span(&raw), 1001);
            assert_span(buf_span(&whole), buf_span(&expected));
            assert_span(buf_span(&parts), buf_span(&expected));
            buf_free(&raw);
            buf_free(&expected);
            buf_free(&whole);
            buf_free(&parts);
        }
    }
}

/* ---- guessing ---- */

#define NEITHER " is not UTF-8, nor is the text GB18030; name its encoding, as in 'gb18030,replace'"
#define DAMAGED                                                                                    \
    " is not UTF-8, though the text around it is; name the encoding, as in 'utf-8,replace'"

static void test_guess(void **state) {
    (void)state;
    static const struct {
        const char *sample;
        bool last;
        enum encoding encoding;
        const char *message;
    } cases[] = {
        {"", true, ENCODING_OPEN, NULL},
        {"id,text\n1,abc\n", true, ENCODING_OPEN, NULL},
        {"主诉：咳嗽3天", true, ENCODING_UTF8, NULL},
        {"a\xE4\xB8", false, ENCODING_UTF8, NULL},
        {"\xBF\xC8\xCB\xD4\x33\xCC\xEC", true, ENCODING_GB18030, NULL},
        {"\xBF\xC8\xCB\xD4\xCC", false, ENCODING_GB18030, NULL},
        {"\xBF\xC8\xCB\xD4\x81\x30\x81", false, ENCODING_GB18030, NULL},
        /* the end of the file cuts a character */
        {"\xBF\xC8\xCB\xD4\xCC", true, ENCODING_OPEN, "byte 0xBF at offset 1000000000000" NEITHER},
        {"ab\xE4\xB8", true, ENCODING_GB18030, NULL},
        /* both are possible where the one damaged character is a GB18030 one; UTF-8 has more of it
         */
        {"咳嗽咳嗽\xCC\xEC", true, ENCODING_OPEN, "byte 0xCC at offset 1000000000012" DAMAGED},
        /* exactly half, one less than half */
        {"é\xCC\xEC", true, ENCODING_OPEN, "byte 0xCC at offset 1000000000002" DAMAGED},
        {"é\xCC\xEC\xCC\xEC", true, ENCODING_GB18030, NULL},
        /* neither */
        {"ab\xFF\xFF\xFF", true, ENCODING_OPEN, "byte 0xFF at offset 1000000000002" NEITHER},
        {"a\xBF\xC8 \xCB,\xCC\xEC", false, ENCODING_OPEN,
         "byte 0xBF at offset 1000000000001" NEITHER},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        enum encoding encoding = ENCODING_OPEN;
        struct error e = {0};
        enum error_code code = encoding_guess(span_text(cases[i].sample), cases[i].last,
                                              1000000000000u, &encoding, &e);
        assert_string_equal(e.text, cases[i].message ? cases[i].message : "");
        assert_int_equal(code, cases[i].message ? BAD_FILE : OK);
        if (!cases[i].message)
            assert_int_equal(encoding, cases[i].encoding);
    }
}

/* ---- no memory ---- */

static int allocations;

static void *scarce_resize(void *p, unsigned long long n) {
    return allocations-- > 0 ? realloc(p, (size_t)n) : NULL;
}

static void *scarce_alloc(unsigned long long n) {
    return scarce_resize(NULL, n);
}

static void test_no_memory(void **state) {
    (void)state;
    static const struct memory scarce = {scarce_alloc, scarce_resize, free};
    static const struct memory plenty = {(void *(*)(unsigned long long))malloc,
                                         (void *(*)(void *, unsigned long long))realloc, free};
    uint8_t raw[600];
    memset(raw, 0xFF, sizeof raw);
    memory_use(&scarce);
    for (int from = ENCODING_OPEN; from <= ENCODING_LATIN1; from++) {
        enum error_code code = NO_MEMORY;
        for (int given = 0; code; given++) {
            struct buf out = {0};
            struct error e = {0};
            size_t used;
            allocations = given;
            code = encoding_decode((enum encoding)from, ENCODING_REPLACE, span_of(raw, sizeof raw),
                                   true, &used, &out, &e);
            assert_true(code == OK || (code == NO_MEMORY && e.code == NO_MEMORY));
            assert_true(given > 0 || code);
            buf_free(&out);
        }
    }
    memory_use(&plenty);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_parse),   cmocka_unit_test(test_parse_errors),
        cmocka_unit_test(test_names),   cmocka_unit_test(test_bom),
        cmocka_unit_test(test_replace), cmocka_unit_test(test_fail),
        cmocka_unit_test(test_marks),   cmocka_unit_test(test_every_mark),
        cmocka_unit_test(test_splits),  cmocka_unit_test(test_long),
        cmocka_unit_test(test_guess),   cmocka_unit_test(test_no_memory),
    };
    return cmocka_run_group_tests_name("encoding", tests, NULL, NULL);
}
