/* test_structure.c - record ends and separators: by blocks of 64 bytes, with and without vectors,
 * as a reader that takes byte after byte finds them, in windows of any size. */
#include "../../ext/format/structure.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>

enum { RECORDS_MAX = 4096, PADDING = 64 };

struct record {
    size_t at, n;
    unsigned fields;
    enum structure_form form;
};

struct records {
    struct record record[RECORDS_MAX];
    size_t count;
};

/* ---- the reference: one byte after another, the whole text at once ---- */

enum state { START, TEXT, QUOTED, CLOSED };

static void reference_end(const struct structure *s, struct span t, struct record *r, size_t end,
                          struct records *out) {
    r->n = end - r->at;
    while (s->end == '\n' && r->n > 0 && t.p[r->at + r->n - 1] == '\r')
        r->n--;
    r->fields++;
    if (r->n > 0 || s->fields == 1)
        out->record[out->count++] = *r;
    *r = (struct record){.at = end + 1};
}

static enum state reference_step(const struct structure *s, struct span t, size_t i,
                                 enum state state, struct record *r) {
    uint8_t c = t.p[i];
    size_t next = i;
    while (s->end == '\n' && next < t.n && t.p[next] == '\r')
        next++;
    bool half = next > i && (next == t.n || t.p[next] == '\n');
    if (state == QUOTED)
        return c == s->quote ? CLOSED : QUOTED;
    if ((state == START || state == CLOSED) && s->quoted && c == s->quote)
        return QUOTED;
    if (c == s->sep) {
        r->fields++;
        return START;
    }
    if (state == CLOSED && half)
        return CLOSED;
    if (state == CLOSED && r->form == STRUCTURE_GOOD)
        r->form = STRUCTURE_TEXT;
    return TEXT;
}

static void reference_read(const struct structure *s, struct span t, struct records *out) {
    struct record r = {0};
    enum state state = START;
    out->count = 0;
    for (size_t i = 0; i < t.n; i++) {
        if (s->end == '\r' && i == r.at && t.p[i] == '\n') {
            r.at++;
        } else if (t.p[i] == s->end && state != QUOTED) {
            reference_end(s, t, &r, i, out);
            state = START;
        } else {
            state = reference_step(s, t, i, state, &r);
        }
    }
    if (state == QUOTED && r.form == STRUCTURE_GOOD)
        r.form = STRUCTURE_UNENDED;
    if (r.at < t.n)
        reference_end(s, t, &r, t.n, out);
}

/* ---- windows ---- */

/* A copy that ends where it must, so that a sanitizer sees every byte read behind it. */
static struct span padded(struct span bytes) {
    uint8_t *p = malloc(bytes.n + PADDING);
    assert_non_null(p);
    memcpy(p, bytes.p, bytes.n);
    memset(p + bytes.n, 0, PADDING);
    return span_of(p, bytes.n);
}

static void collect(struct structure *s, const struct format_frame *f, size_t base,
                    struct records *out) {
    bool good = true;
    for (uint32_t i = 0; i < f->count; i++) {
        struct structure_record r = structure_scan(s, f->record[i].at, false);
        assert_true(r.whole);
        assert_int_equal(r.end, f->record[i].at + f->record[i].n);
        out->record[out->count++] =
            (struct record){base + f->record[i].at, f->record[i].n, r.fields, r.form};
        good = good && r.form == STRUCTURE_GOOD && r.fields == s->fields;
        const uint8_t *next = f->bytes.p + f->record[i].at;
        for (unsigned k = 0; k < r.fields; k++) {
            struct span field = structure_field(s, f->record[i].at, k, r.end);
            assert_true(k == 0 ? field.p == next : field.p == next + 1 && *next == s->sep);
            next = field.p + field.n;
            assert_ptr_equal(structure_field(s, (size_t)(field.p - f->bytes.p), 0, r.end).p,
                             field.p);
        }
        assert_ptr_equal(next, f->bytes.p + r.end);
    }
    assert_int_equal(good, !f->unchecked);
}

/* Reads text as a scan does: a window that grows where it holds no record. */
static void frames_read(struct structure *s, struct span text, size_t window, uint32_t cap,
                        struct records *out) {
    struct format_record record[64];
    size_t at = 0, shown = window;
    out->count = 0;
    for (;;) {
        struct span bytes = padded(span_slice(text, at, at + shown));
        struct format_frame f = {
            .bytes = bytes, .last = at + bytes.n == text.n, .record = record, .cap = cap};
        assert_int_equal(structure_frame(s, &f, NULL), OK);
        assert_true(f.used <= bytes.n && f.count <= cap);
        collect(s, &f, at, out);
        free((void *)bytes.p);
        at += f.used;
        if (f.last && f.used == bytes.n)
            break;
        assert_true(!f.last || f.used > 0);
        shown = f.used ? window : shown * 2;
    }
}

/* A record alone, without what was around it, is the same record. */
static void check_alone(struct structure *s, struct span text, const struct record *r) {
    struct format_record record[2];
    struct span bytes = padded(span_slice(text, r->at, r->at + r->n));
    struct format_frame f = {.bytes = bytes, .last = true, .record = record, .cap = 2};
    assert_int_equal(structure_frame(s, &f, NULL), OK);
    assert_int_equal(f.count, r->n > 0);
    assert_true(f.count == 0 || (record[0].at == 0 && record[0].n == r->n));
    assert_int_equal(structure_scan(s, 0, false).form, r->form);
    assert_int_equal(structure_scan(s, 0, false).fields, r->fields);
    free((void *)bytes.p);
}

static const size_t windows[] = {1, 2, 3, 7, 64, 4096};

enum { WINDOWS = sizeof windows / sizeof *windows };

static void compare(struct structure s, struct span text, size_t window, uint32_t cap) {
    static struct records want, got;
    reference_read(&s, text, &want);
    for (int portable = 0; portable < 2; portable++) {
        s.portable = portable;
        frames_read(&s, text, window, cap, &got);
        bool same = got.count == want.count;
        for (size_t i = 0; same && i < got.count; i++) {
            const struct record *a = &got.record[i], *b = &want.record[i];
            same = a->at == b->at && a->n == b->n && a->fields == b->fields && a->form == b->form;
        }
        if (!same)
            fail_msg("window %zu, portable %d, end %d, fields %u: '%.*s'", window, portable, s.end,
                     s.fields, (int)text.n, text.p);
        for (size_t i = 0; i < got.count; i++)
            check_alone(&s, text, &got.record[i]);
        structure_free(&s);
    }
}

/* ---- tests ---- */

struct structure_case {
    const char *text;
    uint8_t end;
    unsigned fields;
    const char *records; /* as "[bytes]", with '?' where text is behind a quote, '!' where a quote
                            does not end,
                            '#' where the number of fields is wrong */
};

static const struct structure_case structure_cases[] = {
    {"", '\n', 2, ""},
    {"a,b", '\n', 2, "[a,b]"},
    {"a,b\n", '\n', 2, "[a,b]"},
    {"a,b\nc,d\r\ne,f", '\n', 2, "[a,b][c,d][e,f]"},
    {"a,b\r", '\n', 2, "[a,b]"},
    {"\n\r\na,b\n\n\r\n", '\n', 2, "[a,b]"},
    {"\n\r\na\n", '\n', 1, "[][][a]"},
    {"\n", '\n', 1, "[]"},
    {"\"a\nb\",c\n", '\n', 2, "[\"a\nb\",c]"},
    {"\"a\"\"\",c\r\n", '\n', 2, "[\"a\"\"\",c]"},
    {"\"\",\"\"\n\"\"\"\",\"\"\n", '\n', 2, "[\"\",\"\"][\"\"\"\",\"\"]"},
    {"5\",a\"b\nc,\"d\"\n", '\n', 2, "[5\",a\"b][c,\"d\"]"},
    {"\"a\"b,c\nd,e\n", '\n', 2, "?[\"a\"b,c][d,e]"},
    {"\"a\"b\"c\nd\",e\nf,g\n", '\n', 2, "?#[\"a\"b\"c][d\",e][f,g]"},
    {"\"a\" ,c\n", '\n', 2, "?[\"a\" ,c]"},
    {"\"a\"\rb,c\n", '\n', 2, "?[\"a\"\rb,c]"},
    {"a,\"b\"\r\r\nc,d\r\r\r\n\r\re,f\r\r", '\n', 2, "[a,\"b\"][c,d][\r\re,f]"},
    {"\"a\"\r\r,b\r\n", '\n', 2, "?[\"a\"\r\r,b]"},
    {"a,\"b\"\r", '\n', 2, "[a,\"b\"]"},
    {"a,\"", '\n', 2, "![a,\"]"},
    {"a,\"b\nc,d\n", '\n', 2, "![a,\"b\nc,d\n]"},
    {"a,b\nc,\"d", '\n', 2, "[a,b]![c,\"d]"},
    {"a\nb,c,d\ne,f\n", '\n', 2, "#[a]#[b,c,d][e,f]"},
    {"a\rb,c\n", '\n', 2, "[a\rb,c]"},
    {"a,b\rc,d\r\ne,f\rg\n,h", '\r', 2, "[a,b][c,d][e,f][g\n,h]"},
    {"a\r\r\n\nb\nc\r\n", '\r', 1, "[a][][b\nc]"},
    {"\"a\",b\r\"c\",\"d\"\r\n\"e\",f", '\r', 2, "[\"a\",b][\"c\",\"d\"][\"e\",f]"},
    {"\"a\"\n,b\r", '\r', 2, "?[\"a\"\n,b]"},
};

static void structure_each_case(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof structure_cases / sizeof *structure_cases; i++) {
        const struct structure_case *c = &structure_cases[i];
        struct structure s = {
            .sep = ',', .quote = '"', .quoted = true, .end = c->end, .fields = c->fields};
        static struct records got;
        struct buf shown = {0};
        frames_read(&s, span_text(c->text), 4096, 64, &got);
        for (size_t k = 0; k < got.count; k++) {
            const struct record *r = &got.record[k];
            buf_add_text(&shown,
                         r->form == STRUCTURE_TEXT      ? "?"
                         : r->form == STRUCTURE_UNENDED ? "!"
                                                        : "",
                         NULL);
            buf_add_text(&shown, r->fields == s.fields ? "[" : "#[", NULL);
            buf_add(&shown, c->text + r->at, r->n, NULL);
            buf_add_text(&shown, "]", NULL);
        }
        buf_add_byte(&shown, 0, NULL);
        assert_string_equal((const char *)shown.p, c->records);
        buf_free(&shown);
        structure_free(&s);
        for (size_t w = 0; w < WINDOWS; w++)
            for (uint32_t cap = 1; cap <= 64; cap *= 8)
                compare(s, span_text(c->text), windows[w], cap);
    }
}

static uint64_t random_next(uint64_t *seed) {
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    return *seed;
}

static struct span random_text(uint64_t *seed, const char *alphabet, size_t most) {
    static uint8_t text[4096];
    size_t n = random_next(seed) % (most + 1), letters = strlen(alphabet);
    for (size_t i = 0; i < n; i++)
        text[i] = (uint8_t)alphabet[random_next(seed) % letters];
    return span_of(text, n);
}

static void structure_random(const char *alphabet, size_t most, unsigned rounds, uint64_t seed) {
    for (unsigned i = 0; i < rounds; i++) {
        struct span text = random_text(&seed, alphabet, most);
        uint64_t dice = random_next(&seed);
        struct structure s = {.sep = dice & 1 ? ',' : ';',
                              .quote = '"',
                              .quoted = dice >> 1 & 7,
                              .end = dice >> 4 & 3 ? '\n' : '\r',
                              .fields = 1 + (dice >> 6) % 3};
        compare(s, text, windows[(dice >> 8 & 0xFFFF) % WINDOWS], 1 + (dice >> 24) % 64);
    }
}

/* Every short text is likely to be met, and most of them are broken. */
static void structure_short_texts(void **state) {
    (void)state;
    structure_random("a,\"\n\r;", 8, 40000, 1);
    structure_random("a,\"\"\n\r", 24, 40000, 2);
}

/* Quotes and ends on both sides of the blocks' borders. */
static void structure_long_texts(void **state) {
    (void)state;
    structure_random("aaaaaaaaaaaaaaaaaaaa,,\"\"\n", 600, 3000, 3);
    structure_random("\",\",\",\"\n", 600, 3000, 4);
    structure_random("abcdefghijklmnopqrstuvwxyz,\n", 600, 3000, 5);
    structure_random("\r\n\"\",", 300, 3000, 6);
}

/* Good records, of every length, so that each byte of a block is each part of a record once. */
static void structure_good_texts(void **state) {
    (void)state;
    static uint8_t text[4096];
    for (size_t filler = 0; filler < 200; filler++) {
        size_t n = 0;
        for (unsigned k = 0; k < 6; k++) {
            const char *tail = k % 2 ? "\",\"\"\"x\n\"\"\"\r\n" : "\",y\n";
            text[n++] = '"';
            memset(text + n, 'a' + (int)k, filler);
            n += filler;
            memcpy(text + n, tail, strlen(tail));
            n += strlen(tail);
        }
        struct structure s = {.sep = ',', .quote = '"', .quoted = true, .end = '\n', .fields = 2};
        static struct records got;
        frames_read(&s, span_of(text, n), 4096, 64, &got);
        assert_int_equal(got.count, 6);
        for (size_t k = 0; k < got.count; k++)
            assert_int_equal(got.record[k].form, STRUCTURE_GOOD);
        structure_free(&s);
        for (size_t w = 0; w < WINDOWS; w++)
            compare(s, span_of(text, n), windows[w], 64);
    }
}

/* Text behind a closing quote that is nowhere near another quote, at each place in a block. */
static void structure_text_behind_quotes(void **state) {
    (void)state;
    for (size_t filler = 0; filler < 130; filler++) {
        uint8_t text[512];
        size_t n = 0;
        text[n++] = '"';
        memset(text + n, 'a', filler);
        n += filler;
        text[n++] = '"';
        memset(text + n, 'b', 130);
        n += 130;
        memcpy(text + n, ",c\nd,e\n", 7);
        n += 7;
        struct structure s = {.sep = ',', .quote = '"', .quoted = true, .end = '\n', .fields = 2};
        static struct records got;
        frames_read(&s, span_of(text, n), 4096, 64, &got);
        assert_int_equal(got.count, 2);
        assert_int_equal(got.record[0].form, STRUCTURE_TEXT);
        assert_int_equal(got.record[1].form, STRUCTURE_GOOD);
        structure_free(&s);
        compare(s, span_of(text, n), 4096, 64);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(structure_each_case),          cmocka_unit_test(structure_short_texts),
        cmocka_unit_test(structure_long_texts),         cmocka_unit_test(structure_good_texts),
        cmocka_unit_test(structure_text_behind_quotes),
    };
    return cmocka_run_group_tests_name("structure", tests, NULL, NULL);
}
