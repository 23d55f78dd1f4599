/* test_gb18030.c - GB18030: every two and four bytes there are, and random ones against the decoder
 * of the WHATWG standard, written down here state by state. */
#include "../../ext/base/encoding.h"
#include "../../ext/base/gb18030.h"
#include "../../ext/base/utf8.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <stdlib.h>

#define COUNT(a) (sizeof(a) / sizeof *(a))

enum { FOURS = 126 * 10 * 126 * 10, ROUNDS = 20000, LENGTH_MAX = 60, LAST_POINT = 0x10FFFF };

static uint32_t next_random(uint32_t *state) {
    *state ^= *state << 13;
    *state ^= *state >> 17;
    *state ^= *state << 5;
    return *state;
}

static struct buf decode(struct span raw) {
    struct buf out = {0};
    size_t used;
    assert_int_equal(
        encoding_decode(ENCODING_GB18030, ENCODING_REPLACE, raw, true, &used, &out, NULL), OK);
    assert_int_equal(used, raw.n);
    assert_true(out.n <= encoding_room(ENCODING_GB18030, raw.n));
    return out;
}

/* The one character that raw is; 0: it is bad. *sum: FNV-1a of all that came so far. */
static uint32_t point_of(const uint8_t *raw, size_t n, uint64_t *sum) {
    uint8_t text[3 * 4], *to = text;
    uint32_t point = 0;
    bool cut;
    if (gb18030_decode(span_of(raw, n), &to) == n)
        assert_int_equal(utf8_next(span_of(text, n), 0, &point), to - text);
    else
        assert_true(gb18030_ill_formed(span_of(raw, n), &cut) > 0);
    assert_int_equal(gb18030_valid(span_of(raw, n)) == n, point > 0);
    for (const uint8_t *p = text; p < to; p++)
        *sum = (*sum ^ *p) * 0x100000001B3u;
    return point;
}

static void mark_pairs(uint8_t *reached, uint64_t *sum) {
    unsigned count = 0;
    for (unsigned code = 0x8000; code < 0x10000; code++) {
        uint8_t raw[2] = {(uint8_t)(code >> 8), (uint8_t)code};
        bool good =
            raw[0] >= 0x81 && raw[0] <= 0xFE && raw[1] >= 0x40 && raw[1] <= 0xFE && raw[1] != 0x7F;
        if (raw[0] == 0x80)
            continue;
        uint32_t point = point_of(raw, 2, sum);
        assert_int_equal(point > 0, good);
        count += good;
        reached[point] = 1;
    }
    assert_int_equal(count, 23940);
}

static void mark_fours(uint8_t *reached, uint64_t *sum) {
    for (unsigned i = 0; i < FOURS; i++) {
        const uint8_t raw[4] = {(uint8_t)(0x81 + i / 12600), (uint8_t)('0' + i / 1260 % 10),
                                (uint8_t)(0x81 + i / 10 % 126), (uint8_t)('0' + i % 10)};
        uint32_t point = point_of(raw, 4, sum);
        assert_int_equal(point > 0, i < 39420 || (i >= 189000 && i < 189000 + 0x100000));
        assert_true(i < 189000 || point == 0 || point == 0x10000 + i - 189000);
        reached[point] = 1;
    }
}

/* GB18030 holds all of Unicode, but for 19 private code points whose places characters have got. */
static void test_reaches_all(void **state) {
    (void)state;
    static const uint32_t private[] = {0xE5E5, 0xE78D, 0xE78E, 0xE78F, 0xE790, 0xE791, 0xE792,
                                       0xE793, 0xE794, 0xE795, 0xE796, 0xE81E, 0xE826, 0xE82B,
                                       0xE82C, 0xE832, 0xE843, 0xE854, 0xE864};
    uint8_t *reached = calloc(LAST_POINT + 1, 1);
    assert_non_null(reached);
    uint64_t sum = 0xCBF29CE484222325u;
    memset(reached, 1, 0x80);
    mark_pairs(reached, &sum);
    assert_true(sum == 0x50B1266FD49A4C32u);
    mark_fours(reached, &sum);
    assert_true(sum == 0x4D83A9D702EBF8A1u);
    for (size_t i = 0; i < COUNT(private); i++) {
        assert_false(reached[private[i]]);
        reached[private[i]] = 1;
    }
    for (uint32_t point = 0; point <= LAST_POINT; point++)
        assert_int_equal(reached[point], point < 0xD800 || point > 0xDFFF);
    free(reached);
}

/* Corners of the table, and each place where the standards of 2000 and 2005 differ. */
static void test_spots(void **state) {
    (void)state;
    static const struct {
        uint32_t raw, point;
    } spots[] = {
        {0x8140, 0x4E02},     {0x817E, 0x4E8A},     {0x8180, 0x4E90},      {0x81FE, 0x4FA2},
        {0xB0A1, 0x554A},     {0xD6D0, 0x4E2D},     {0xF7FE, 0x9F44},      {0xA1A1, 0x3000},
        {0xA3A0, 0x3000},     {0xA3AC, 0xFF0C},     {0xA140, 0xE4C6},      {0xA7A0, 0xE765},
        {0xAAA1, 0xE000},     {0xAFFE, 0xE233},     {0xF8A1, 0xE234},      {0xFEFE, 0xE4C5},
        {0xA6D9, 0xFE10},     {0xA6DA, 0xFE12},     {0xA6DB, 0xFE11},      {0xA6DC, 0xFE13},
        {0xA6DD, 0xFE14},     {0xA6DE, 0xFE15},     {0xA6DF, 0xFE16},      {0xA6EC, 0xFE17},
        {0xA6ED, 0xFE18},     {0xA6F3, 0xFE19},     {0xA8BC, 0x1E3F},      {0xA8BF, 0x01F9},
        {0xFE59, 0x9FB4},     {0xFE61, 0x9FB5},     {0xFE66, 0x9FB6},      {0xFE67, 0x9FB7},
        {0xFE6D, 0x9FB8},     {0xFE7E, 0x9FB9},     {0xFE90, 0x9FBA},      {0xFEA0, 0x9FBB},
        {0xFD9C, 0xF92C},     {0xFE50, 0x2E81},     {0x81308130, 0x0080},  {0x81308435, 0x00A3},
        {0x81308436, 0x00A5}, {0x8135F436, 0x1E3E}, {0x8135F437, 0xE7C7},  {0x8135F438, 0x1E40},
        {0x8336C739, 0xE76C}, {0x8431A439, 0xFFFF}, {0x90308130, 0x10000}, {0xE3329A35, 0x10FFFF},
    };
    for (size_t i = 0; i < COUNT(spots); i++) {
        uint32_t raw = spots[i].raw;
        const uint8_t bytes[4] = {(uint8_t)(raw >> 24), (uint8_t)(raw >> 16), (uint8_t)(raw >> 8),
                                  (uint8_t)raw};
        size_t n = raw > 0xFFFF ? 4 : 2;
        uint64_t sum = 0;
        assert_int_equal(point_of(bytes + 4 - n, n, &sum), spots[i].point);
    }
}

/* The standard's "gb18030 decoder", word for word: three variables, and bytes that are given back.
 */
struct reference {
    struct span in;
    size_t at;
    uint8_t first, second, third, *to;
};

static void reference_put(struct reference *r, uint32_t point) {
    r->to += utf8_put(r->to, point ? point : 0xFFFD);
    r->first = r->second = r->third = 0;
}

static uint32_t reference_four(const struct reference *r, uint8_t byte) {
    uint32_t pointer = (r->first - 0x81u) * 12600 + (r->second - 0x30u) * 1260 +
                       (r->third - 0x81u) * 10 + (byte - 0x30u);
    size_t i = GB18030_RANGES - 1;
    while (gb18030_ranges[i].pointer > pointer)
        i--;
    uint32_t point = gb18030_ranges[i].point;
    return point ? point + pointer - gb18030_ranges[i].pointer : 0;
}

static void reference_third(struct reference *r, uint8_t byte) {
    if (byte >= 0x30 && byte <= 0x39) {
        reference_put(r, reference_four(r, byte));
        return;
    }
    r->at -= 3;
    reference_put(r, 0);
}

static void reference_second(struct reference *r, uint8_t byte) {
    if (byte >= 0x81 && byte <= 0xFE) {
        r->third = byte;
        return;
    }
    r->at -= 2;
    reference_put(r, 0);
}

static void reference_first(struct reference *r, uint8_t byte) {
    if (byte >= 0x30 && byte <= 0x39) {
        r->second = byte;
        return;
    }
    bool trail = (byte >= 0x40 && byte <= 0x7E) || (byte >= 0x80 && byte <= 0xFE);
    uint32_t point = trail ? gb18030_pairs[r->first - 0x81][byte - 0x40] : 0;
    if (point == 0 && byte < 0x80)
        r->at--;
    reference_put(r, point);
}

static void reference_byte(struct reference *r, uint8_t byte) {
    if (r->third)
        reference_third(r, byte);
    else if (r->second)
        reference_second(r, byte);
    else if (r->first)
        reference_first(r, byte);
    else if (byte < 0x80)
        *r->to++ = byte;
    else if (byte == 0x80)
        reference_put(r, 0x20AC);
    else if (byte <= 0xFE)
        r->first = byte;
    else
        reference_put(r, 0);
}

/* Bytes written at text, which has room. */
static size_t reference_decode(struct span in, uint8_t *text) {
    struct reference r = {.in = in, .to = text};
    while (r.at < in.n) {
        uint8_t byte = in.p[r.at++];
        reference_byte(&r, byte);
    }
    if (r.first)
        reference_put(&r, 0);
    return (size_t)(r.to - text);
}

/* Bytes as they meet in hostile GB18030: leads, digits, the edges of each class. */
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

static void test_random(void **state) {
    (void)state;
    uint32_t random = 12345;
    for (size_t round = 0; round < ROUNDS; round++) {
        uint8_t *raw = malloc(LENGTH_MAX), text[3 * LENGTH_MAX];
        assert_non_null(raw);
        size_t n = next_random(&random) % LENGTH_MAX;
        fill(raw + LENGTH_MAX - n, n, &random); /* at the block's end: nothing behind is read */
        struct span s = span_of(raw + LENGTH_MAX - n, n);
        struct buf out = decode(s);
        assert_int_equal(out.n, reference_decode(s, text));
        if (out.n)
            assert_memory_equal(out.p, text, out.n);
        assert_int_equal(utf8_valid(buf_span(&out)), out.n);
        buf_free(&out);
        free(raw);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_reaches_all),
        cmocka_unit_test(test_spots),
        cmocka_unit_test(test_random),
    };
    return cmocka_run_group_tests_name("gb18030", tests, NULL, NULL);
}
