/* Zip archives, whole, odd and hostile. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "../../ext/base/sort.h"
#include "../../ext/read/zip.h"
#include "read_check.h"

static const char zip_long[] = "头痛,发热,咳嗽\n头痛,发热,咳嗽\n头痛,发热,咳嗽\n头痛,发热,咳嗽\n";

static const struct pack_member zip_members[] = {
    {"a.csv", zip_long, 8, 0, false, 0},
    {"folder/", "", 0, 0, false, 0},
    {"folder/b.csv", "1,2\n", 0, 0, false, 0},
    {"c.csv", zip_long, 8, 8, false, 0},
    {"d.csv", zip_long, 8, 0, true, 0},
    {"e.csv", "", 8, 0, false, 0},
    {"f.csv", "", 0, 0, false, 0},
    {"g.csv", "3\n", 0, 8, false, 0},
};

enum { MEMBERS = sizeof zip_members / sizeof *zip_members };

/* Opens a copy of the bytes, which the zip owns. */
static enum error_code zip_of(struct span bytes, struct zip **z, struct error *e) {
    struct store *store;
    void *copy = memory_alloc(bytes.n);
    if (!copy)
        return error_no_memory(e);
    memcpy(copy, bytes.p, bytes.n);
    enum error_code code = blob_store(copy, bytes.n, true, &store, e);
    return code ? code : zip_open(store, z, e);
}

static enum error_code zip_inflate(struct zip *z, size_t i, size_t step, struct buf *out,
                                   struct error *e) {
    struct source *s;
    out->n = 0;
    enum error_code code = zip_source(z, &z->member[i], &s, e);
    if (code)
        return code;
    code = check_read(s, step, out, e);
    source_close(s);
    return code;
}

/* The archive holds zip_members, all of them. */
static void check_members(struct span bytes) {
    static const size_t steps[] = {1, 7, 65536};
    struct zip *z;
    struct buf out = {0};
    struct error e;
    assert_int_equal(zip_of(bytes, &z, &e), OK);
    assert_int_equal(z->count, MEMBERS);
    for (size_t i = 0; i < MEMBERS * COUNT(steps); i++) {
        const struct pack_member *m = &zip_members[i / COUNT(steps)];
        const struct zip_member *found = &z->member[i / COUNT(steps)];
        assert_string_equal(found->name, m->name);
        assert_int_equal(found->folder, m->name[strlen(m->name) - 1] == '/');
        assert_int_equal(found->size, strlen(m->data));
        assert_int_equal(zip_inflate(z, i / COUNT(steps), steps[i % COUNT(steps)], &out, &e), OK);
        check_bytes(out, span_text(m->data));
    }
    zip_close(z);
    buf_free(&out);
}

static void shapes(void **state) {
    static const struct {
        const char *prefix, *comment, *behind;
        bool wide;
    } cases[] = {
        {"", "", "", false},
        {"", "a comment", "", false},
        {"", "a comment", "and other bytes", false},
        {"#!/bin/sh\nunpack me\n", "", "", false},
        {"prefix PK\5\6 and PK\1\2", "comment", "", false},
        {"", "", "", true},
        {"", "a comment", "", true},
        {"", "a comment with PK\5\6 in it, whose comment would be too long", "", false},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct pack_zip z;
        pack_zip(&z, zip_members, MEMBERS, cases[i].prefix, cases[i].comment, cases[i].wide);
        pack(&z.bytes, cases[i].behind, strlen(cases[i].behind));
        check_members(buf_span(&z.bytes));
        buf_free(&z.bytes);
    }
}

/* zlib has taken in the last byte long before it has put out the last one. */
static void long_repeats(void **state) {
    static char text[300000];
    static const size_t steps[] = {7, 100, 65536};
    struct pack_member m = {"x", text, 8, 0, false, sizeof text};
    struct pack_zip z;
    struct zip *found;
    struct buf out = {0};
    struct error e;
    (void)state;
    memset(text, 'x', sizeof text);
    pack_zip(&z, &m, 1, "", "", false);
    assert_int_equal(zip_of(buf_span(&z.bytes), &found, &e), OK);
    for (size_t i = 0; i < COUNT(steps); i++) {
        assert_int_equal(zip_inflate(found, 0, steps[i], &out, &e), OK);
        check_bytes(out, span_of(text, sizeof text));
    }
    zip_close(found);
    buf_free(&out);
    buf_free(&z.bytes);
}

/* Writers that count wrong: the entries themselves are right. */
static void directory_that_lies_a_little(void **state) {
    static const struct {
        size_t at;
        uint32_t value;
    } cases[] = {{12, 0}, {12, 77}, {12, UINT32_MAX}, {16, 0}, {16, 5}};
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct pack_zip z;
        pack_zip(&z, zip_members, MEMBERS, "", "", false);
        pack_put(z.bytes.p + z.end + cases[i].at, cases[i].value, 4);
        struct zip *found;
        struct error e;
        enum error_code code = zip_of(buf_span(&z.bytes), &found, &e);
        if (cases[i].at == 12) { /* the size is not needed where the offset is right */
            assert_int_equal(code, OK);
            zip_close(found);
        } else { /* the offsets of the members are then off too */
            assert_int_equal(code, BAD_FILE);
        }
        buf_free(&z.bytes);
    }
}

static void nothing_in_it(void **state) {
    struct pack_zip z;
    struct zip *found;
    struct error e;
    (void)state;
    for (int wide = 0; wide < 2; wide++) {
        pack_zip(&z, zip_members, 0, "", "a comment", wide);
        assert_int_equal(zip_of(buf_span(&z.bytes), &found, &e), OK);
        assert_int_equal(found->count, 0);
        zip_close(found);
        buf_free(&z.bytes);
    }
}

static void names(void **state) {
    static const struct {
        int flags;
        const char *raw, *name;
    } cases[] = {
        {0, "plain.csv", "plain.csv"},
        {0x800, "病历.csv", "病历.csv"},
        {0, "病历.csv", "病历.csv"},                          /* macOS forgets the flag */
        {0, "\xB2\xA1\xC0\xFA.csv", "病历.csv"},              /* Chinese Windows */
        {0, "\xB2\xA1/\xC0\xFA/\x81\x30\x84\x36", "病/历/¥"}, /* four bytes: GB18030 */
        {0, "\x81.txt", "ü.txt"},                             /* DOS */
        {0, "caf\x82", "café"},                               /* DOS: cut as GB18030 */
        {0, "\xFF\x80", "\xC2\xA0Ç"},                         /* the last and the first */
        {0x800, "\x81.txt", "ü.txt"},                         /* the flag lies */
        {0, "../../etc/passwd", "../../etc/passwd"},          /* names are data */
        {0, "/etc/passwd", "/etc/passwd"},
        {0, "C:\\x", "C:\\x"},
        {0, "", ""},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct pack_member m = {cases[i].raw, "x", 0, cases[i].flags, false, 0};
        struct pack_zip z;
        struct zip *found;
        struct buf out = {0};
        struct error e;
        pack_zip(&z, &m, 1, "", "", false);
        assert_int_equal(zip_of(buf_span(&z.bytes), &found, &e), OK);
        assert_string_equal(found->member[0].name, cases[i].name);
        assert_int_equal(zip_inflate(found, 0, 10, &out, &e), OK);
        zip_close(found);
        buf_free(&out);
        buf_free(&z.bytes);
    }
}

/* One number changed in an archive of a.csv (deflated) and b.csv (stored): where is it noticed, and
 * how many bytes of the member come before? */
enum zip_part { LOCAL_A, LOCAL_B, CENTRAL_A, CENTRAL_B, END, END64, LOCATOR };

struct zip_change {
    enum zip_part part;
    size_t at, bytes;
    uint64_t value;
    const char *message;
    bool opens;
    size_t before;
};

static void check_change(const struct zip_change *c, bool wide) {
    static const struct pack_member members[] = {{"a.csv", zip_long, 8, 0, false, 0},
                                                 {"b.csv", zip_long, 0, 0, false, 0}};
    struct pack_zip z;
    struct zip *found = NULL;
    struct buf out = {0};
    struct error e = {0};
    pack_zip(&z, members, 2, "", "", wide);
    const size_t part[] = {z.local[0], z.local[1], z.central[0], z.central[1],
                           z.end,      z.end - 76, z.end - 20};
    pack_put(z.bytes.p + part[c->part] + c->at, c->value, c->bytes);
    enum error_code code = zip_of(buf_span(&z.bytes), &found, &e);
    assert_int_equal(code, c->opens ? OK : BAD_FILE);
    if (!code)
        assert_int_equal(
            zip_inflate(found, c->part == LOCAL_B || c->part == CENTRAL_B, 100, &out, &e),
            BAD_FILE);
    assert_string_equal(e.text, c->message);
    check_bytes(out, span_of(zip_long, c->before));
    zip_close(found);
    buf_free(&out);
    buf_free(&z.bytes);
}

static void lies(void **state) {
    static const char differs[] = "the member's own header is not what the zip directory says",
                      outside[] = "a member of the zip archive lies outside of it",
                      several[] = "the zip archive is split over several files",
                      more[] = "the member is longer than the zip archive says",
                      fewer[] = "the member is shorter than the zip archive says",
                      crc[] = "the member's CRC is not what the zip archive says",
                      none[] = "the zip archive has no directory",
                      overlap[] = "members of the zip archive overlap: 'a.csv'";
    const struct zip_change cases[] = {
        {LOCAL_A, 0, 1, 'Q', differs, true, 0},
        {LOCAL_A, 8, 2, 0, differs, true, 0},
        {LOCAL_A, 14, 4, 1, differs, true, 0},
        {LOCAL_A, 18, 4, 1, differs, true, 0},
        {LOCAL_A, 22, 4, 1, differs, true, 0},
        {LOCAL_A, 26, 2, 4, differs, true, 0},
        {LOCAL_A, 30, 1, 'A', differs, true, 0},
        {LOCAL_A, 30, 1, 0, "the name of a member holds a NUL", true, 0},
        {LOCAL_A, 28, 2, 1, "the member reaches into the next one of the zip archive", true, 0},
        {LOCAL_A, 35, 1, 0xFF, "the compressed data is damaged: invalid block type", true, 0},
        {LOCAL_B, 18, 4, 1, differs, true, 0},
        {CENTRAL_A, 8, 2, 1, "the member is encrypted", true, 0},
        {CENTRAL_A, 10, 2, 12, "the member is packed by method 12, not by deflate", true, 0},
        {CENTRAL_A, 10, 2, 0, "the member is stored, but its two sizes differ", true, 0},
        {CENTRAL_A, 46, 1, 'A', differs, true, 0},
        {CENTRAL_A, 46, 1, 0, "the name of a member holds a NUL", false, 0},
        {CENTRAL_A, 42, 4, 1, overlap, false, 0},
        {CENTRAL_A, 42, 4, 100000, outside, false, 0},
        {CENTRAL_A, 20, 4, 100000, outside, false, 0},
        {CENTRAL_A, 20, 4, UINT32_MAX, outside, false, 0},
        {CENTRAL_A, 34, 2, 1, several, false, 0},
        {CENTRAL_B, 0, 1, 'Q', "the zip archive says it has 2 members, its directory 1", false, 0},
        {CENTRAL_B, 42, 4, 0, overlap, false, 0},
        {CENTRAL_B, 24, 4, 5, "the member is stored, but its two sizes differ", true, 0},
        {END, 4, 2, 1, several, false, 0},
        {END, 6, 2, 1, several, false, 0},
        {END, 8, 2, 1, several, false, 0},
        {END, 10, 2, 0, several, false, 0},
        {END, 8, 4, 0x00030003, "the zip archive says it has 3 members, its directory 2", false, 0},
        {END, 8, 4, 0x00010001, "the zip archive says it has 1 members, its directory 2", false, 0},
        {END, 16, 4, 0, outside, false, 0},
        {END, 16, 4, UINT32_MAX, none, false, 0},
        {END, 20, 2, 1, "it is not a zip archive, or one that is cut short", false, 0},
    };
    /* The bytes before what is wrong come first; both headers must say the same to get there. */
    static const struct {
        size_t at, bytes;
        long add;
        const char *message;
        size_t before;
    } both[] = {
        {14, 4, 1, crc, sizeof zip_long - 1},
        {22, 4, 1, fewer, sizeof zip_long - 1},
        {22, 4, 0x7FFFFFFF, fewer, sizeof zip_long - 1},
        {22, 4, -1, more, sizeof zip_long - 2},
        {22, 4, 1 - (long)sizeof zip_long, more, 0},
        {18, 4, -5, "the compressed data is cut short", SIZE_MAX},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++)
        check_change(&cases[i], false);
    for (size_t i = 0; i < COUNT(both); i++) {
        struct pack_zip z;
        struct zip *found;
        struct buf out = {0};
        struct error e;
        pack_zip(&z, zip_members, 1, "", "", false);
        uint8_t *local = z.bytes.p + z.local[0] + both[i].at,
                *central = z.bytes.p + z.central[0] + both[i].at + 2;
        uint32_t value;
        memcpy(&value, local, 4);
        pack_put(local, value + (uint64_t)both[i].add, both[i].bytes);
        pack_put(central, value + (uint64_t)both[i].add, both[i].bytes);
        heap_largest = 0;
        assert_int_equal(zip_of(buf_span(&z.bytes), &found, &e), OK);
        for (size_t step = 1; step < 200; step += 66) {
            assert_int_equal(zip_inflate(found, 0, step, &out, &e), BAD_FILE);
            assert_string_equal(e.text, both[i].message);
            check_bytes(out,
                        span_of(zip_long, both[i].before == SIZE_MAX ? out.n : both[i].before));
        }
        assert_in_range(heap_largest, 1, 1 << 20); /* what is declared sizes nothing */
        zip_close(found);
        buf_free(&out);
        buf_free(&z.bytes);
    }
}

static void lies_of_zip64(void **state) {
    static const struct zip_change cases[] = {
        {LOCATOR, 4, 4, 1, "the zip archive is split over several files", false, 0},
        {LOCATOR, 16, 4, 2, "the zip archive is split over several files", false, 0},
        {LOCATOR, 8, 8, UINT64_MAX, "the zip archive is cut short", false, 0},
        {LOCATOR, 8, 8, 0, "the zip archive has no zip64 end", false, 0},
        {END64, 16, 4, 1, "the zip archive is split over several files", false, 0},
        {END64, 20, 4, 1, "the zip archive is split over several files", false, 0},
        {END64, 24, 8, 3, "the zip archive is split over several files", false, 0},
        {END64, 48, 8, UINT64_MAX, "the zip archive has no directory", false, 0},
        {END64, 48, 8, UINT64_MAX - 20, "the zip archive has no directory", false, 0},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++)
        check_change(&cases[i], true);
}

/* 10,000 entries that share one member of 16 MiB: refused before a byte is inflated. */
static void overlapping_members(void **state) {
    struct pack_member m = {"a.csv", zip_long, 8, 0, false, 0};
    struct pack_zip z;
    struct zip *found;
    struct error e;
    enum { ENTRIES = 10000 };
    (void)state;
    pack_zip(&z, &m, 1, "", "", false);
    struct buf bytes = {0}, entry = {0};
    pack(&bytes, z.bytes.p, z.directory);
    pack(&entry, z.bytes.p + z.directory, z.end - z.directory);
    for (int i = 0; i < ENTRIES; i++)
        pack(&bytes, entry.p, entry.n);
    pack(&bytes, z.bytes.p + z.end, 8);
    pack_number(&bytes, ENTRIES, 2);
    pack_number(&bytes, ENTRIES, 2);
    pack_number(&bytes, ENTRIES * entry.n, 4);
    pack_number(&bytes, z.directory, 4);
    pack_number(&bytes, 0, 2);
    assert_int_equal(zip_of(buf_span(&bytes), &found, &e), BAD_FILE);
    assert_string_equal(e.text, "members of the zip archive overlap: 'a.csv'");
    buf_free(&bytes);
    buf_free(&entry);
    buf_free(&z.bytes);
}

static void cut_at_every_byte(void **state) {
    struct pack_zip z;
    struct zip *found;
    struct error e;
    (void)state;
    for (int wide = 0; wide < 2; wide++) {
        pack_zip(&z, zip_members, MEMBERS, "", "a comment", wide);
        for (size_t n = 0; n < z.bytes.n; n++) {
            assert_int_equal(zip_of(span_of(z.bytes.p, n), &found, &e), BAD_FILE);
            assert_string_equal(e.text, "it is not a zip archive, or one that is cut short");
        }
        buf_free(&z.bytes);
    }
}

/* A byte changed anywhere: what can be read is as it was. */
static void changed_at_every_byte(void **state) {
    static const uint8_t masks[] = {0x01, 0x80, 0xFF, 0x20};
    struct pack_zip z;
    struct buf out = {0};
    (void)state;
    for (int wide = 0; wide < 2; wide++) {
        pack_zip(&z, zip_members, MEMBERS, "", "", wide);
        for (size_t i = 0; i < z.bytes.n * COUNT(masks); i++) {
            struct zip *found = NULL;
            struct error e;
            z.bytes.p[i / COUNT(masks)] ^= masks[i % COUNT(masks)];
            if (zip_of(buf_span(&z.bytes), &found, &e) == OK)
                for (size_t k = 0; k < found->count; k++)
                    if (zip_inflate(found, k, 4096, &out, &e) == OK)
                        check_bytes(out, span_text(zip_members[k].data));
                    else
                        assert_int_equal(e.code, BAD_FILE);
            else
                assert_int_equal(e.code, BAD_FILE);
            zip_close(found);
            z.bytes.p[i / COUNT(masks)] ^= masks[i % COUNT(masks)];
        }
        buf_free(&z.bytes);
    }
    buf_free(&out);
}

static void a_source_keeps_its_zip(void **state) {
    struct pack_zip z;
    struct zip *found;
    struct source *s[2];
    struct buf out = {0};
    struct error e;
    (void)state;
    pack_zip(&z, zip_members, MEMBERS, "", "", false);
    assert_int_equal(zip_of(buf_span(&z.bytes), &found, &e), OK);
    assert_ptr_equal(zip_keep(found), found);
    assert_int_equal(zip_source(found, &found->member[0], &s[0], &e), OK);
    assert_int_equal(zip_source(found, &found->member[2], &s[1], &e), OK);
    zip_close(found);
    zip_close(found);
    assert_int_equal(check_read(s[1], 10, &out, &e), OK);
    check_bytes(out, span_text("1,2\n"));
    source_close(s[1]);
    out.n = 0;
    assert_int_equal(check_read(s[0], 10, &out, &e), OK);
    check_bytes(out, span_text(zip_long));
    source_close(s[0]);
    buf_free(&out);
    buf_free(&z.bytes);
}

/* A store that fails behind its first bytes. */
struct zip_store {
    struct store store;
    struct span bytes;
    uint64_t fails_at;
};

static enum error_code zip_store_read_at(struct store *store, uint64_t at, void *to, size_t n,
                                         size_t *got, struct error *e) {
    struct zip_store *s = (struct zip_store *)store;
    *got = 0;
    if (at <= s->fails_at && s->fails_at < at + n)
        return error_set(e, BAD_IO, "the test says no");
    struct span found = span_slice(s->bytes, (size_t)at, (size_t)at + n);
    *got = found.n;
    if (found.n)
        memcpy(to, found.p, found.n);
    return OK;
}

static void zip_store_close(struct store *store) {
    memory_free(store);
}

static void store_that_fails(void **state) {
    struct pack_zip z;
    struct buf out = {0};
    (void)state;
    pack_zip(&z, zip_members, MEMBERS, "", "", true);
    for (size_t fails_at = 0; fails_at <= z.bytes.n; fails_at++) {
        struct zip_store *s = memory_alloc(sizeof *s);
        struct zip *found;
        struct error e;
        size_t failed = 0;
        *s = (struct zip_store){
            {zip_store_read_at, zip_store_close, z.bytes.n}, buf_span(&z.bytes), fails_at};
        if (zip_open(&s->store, &found, &e) != OK) {
            assert_int_equal(e.code, BAD_IO);
            continue;
        }
        for (size_t i = 0; i < MEMBERS; i++)
            if (zip_inflate(found, i, 100, &out, &e) == OK)
                check_bytes(out, span_text(zip_members[i].data));
            else
                failed += e.code == BAD_IO;
        assert_true(failed > 0);
        zip_close(found);
    }
    buf_free(&out);
    buf_free(&z.bytes);
}

static enum error_code zip_run(void *of) {
    struct zip *z;
    struct buf out = {0};
    enum error_code code = zip_of(*(struct span *)of, &z, NULL);
    if (code)
        return code;
    for (size_t i = 0; i < z->count && !code; i++)
        code = zip_inflate(z, i, 4096, &out, NULL);
    zip_close(z);
    buf_free(&out);
    return code;
}

static void memory_ends_anywhere(void **state) {
    struct pack_zip z;
    (void)state;
    pack_zip(&z, zip_members, MEMBERS, "", "", true);
    struct span bytes = buf_span(&z.bytes);
    heap_sweep(zip_run, &bytes);
    buf_free(&z.bytes);
}

static int number_compare(const void *a, const void *b) {
    unsigned x = *(const unsigned *)a, y = *(const unsigned *)b;
    return (x > y) - (x < y);
}

static void sorting(void **state) {
    (void)state;
    for (size_t n = 0; n < 200; n++)
        for (unsigned kind = 0; kind < 4; kind++) {
            unsigned x[200], sum = 0;
            for (unsigned i = 0; i < n; i++) {
                x[i] = kind == 0 ? i : kind == 1 ? 1000 - i : kind == 2 ? 7 : i * 2654435761u >> 20;
                sum += x[i];
            }
            sort_items(x, n, sizeof *x, number_compare);
            for (size_t i = 0; i < n; i++) {
                sum -= x[i];
                assert_true(i == 0 || x[i - 1] <= x[i]);
            }
            assert_int_equal(sum, 0);
        }
}

static int nothing_left(void **state) {
    (void)state;
    return heap_live == 0 ? 0 : -1;
}

#define TEST(f) cmocka_unit_test_teardown(f, nothing_left)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(shapes),
        TEST(long_repeats),
        TEST(directory_that_lies_a_little),
        TEST(nothing_in_it),
        TEST(names),
        TEST(lies),
        TEST(lies_of_zip64),
        TEST(overlapping_members),
        TEST(cut_at_every_byte),
        TEST(changed_at_every_byte),
        TEST(a_source_keeps_its_zip),
        TEST(store_that_fails),
        TEST(memory_ends_anywhere),
        TEST(sorting),
    };
    heap_use();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
