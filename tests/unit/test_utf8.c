/* test_utf8.c - UTF-8: the rules of the Unicode standard, and that the quick ways know all of them.
 *
 * The reference decodes a character by its bits and then asks whether UTF-8 would have written that
 * code point in these bytes; the code under test never works so. */
#include "../../ext/base/cpu.h"
#include "../../ext/base/utf8.h"
#include "../../ext/base/utf8_paths.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <stdlib.h>

enum { LENGTH_MAX = 260, ROUNDS = 6000, LAST_POINT = 0x10FFFF, LONG = 70000 };

static uint32_t next_random(uint32_t *state) {
    *state ^= *state << 13;
    *state ^= *state >> 17;
    *state ^= *state << 5;
    return *state;
}

/* ---- the reference ---- */

static size_t reference_length(uint32_t point) {
    return point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
}

static bool reference_is_scalar(uint32_t point) {
    return point <= LAST_POINT && (point < 0xD800 || point > 0xDFFF);
}

/* Bytes of the valid character at the start of s; 0: there is none. */
static size_t reference_character(struct span s, uint32_t *point) {
    uint8_t c = s.n ? s.p[0] : 0x80;
    size_t n = c < 0x80 ? 1 : c < 0xC0 ? 0 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : c < 0xF8 ? 4 : 0;
    if (n == 0 || n > s.n)
        return 0;
    *point = n == 1 ? c : c & (0x7Fu >> n);
    for (size_t i = 1; i < n; i++) {
        if ((s.p[i] & 0xC0) != 0x80)
            return 0;
        *point = *point << 6 | (s.p[i] & 0x3F);
    }
    return reference_is_scalar(*point) && reference_length(*point) == n ? n : 0;
}

static size_t reference_valid(struct span s) {
    size_t at = 0;
    uint32_t point;
    for (size_t n; at < s.n && (n = reference_character(span_from(s, at), &point)) > 0;)
        at += n;
    return at;
}

/* Could bytes put behind s make it begin with a valid character? */
static bool reference_is_beginning(struct span s) {
    uint8_t text[4] = {0};
    uint32_t point;
    memcpy(text, s.p, s.n);
    for (unsigned second = 0x80; second < 0xC0; second++) {
        memset(text + s.n, 0x80, 4 - s.n);
        if (s.n == 1)
            text[1] = (uint8_t)second;
        if (reference_character(span_of(text, 4), &point) > s.n)
            return true;
    }
    return false;
}

/* The maximal subpart: the longest beginning of a character, else one byte. */
static size_t reference_ill_formed(struct span s) {
    for (size_t n = s.n < 3 ? s.n : 3; n > 1; n--)
        if (reference_is_beginning(span_of(s.p, n)))
            return n;
    return 1;
}

static void check_valid(struct span s) {
    size_t expected = reference_valid(s);
    assert_int_equal(utf8_valid(s), expected);
    assert_int_equal(utf8_valid_portable(s), expected);
    if (cpu_avx2())
        assert_int_equal(utf8_valid_avx2(s), expected);
}

static void check_ill_formed(struct span s) {
    bool cut = true;
    size_t n = reference_ill_formed(s);
    assert_int_equal(utf8_ill_formed(s, &cut), n);
    assert_int_equal(utf8_ill_formed(s, NULL), n);
    assert_int_equal(cut, n == s.n && reference_is_beginning(s));
}

/* ---- one character ---- */

static void test_points(void **state) {
    (void)state;
    for (uint32_t point = 0; point <= LAST_POINT; point++) {
        if (!reference_is_scalar(point))
            continue;
        uint8_t text[5] = {0, 0, 0, 0, 'x'};
        uint32_t back = 0;
        size_t n = utf8_put(text, point);
        assert_int_equal(n, reference_length(point));
        assert_int_equal(reference_character(span_of(text, n), &back), n);
        assert_int_equal(back, point);
        assert_int_equal(utf8_next(span_of(text, n), 0, &back), n);
        assert_int_equal(back, point);
        assert_int_equal(utf8_valid(span_of(text, n)), n);
    }
}

/* All there is of one and two bytes, and the edges of three and four. */
static void test_sequences(void **state) {
    (void)state;
    static const uint8_t edges[] = {0x00, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xFF};
    for (unsigned i = 0; i < 0x10000 * sizeof edges; i++) {
        uint8_t text[4] = {(uint8_t)(i >> 8), (uint8_t)i, edges[i >> 16], edges[i % sizeof edges]};
        for (size_t n = 1; n <= 4; n++) {
            struct span s = span_of(text, n);
            size_t good = reference_valid(s);
            assert_int_equal(utf8_valid(s), good);
            if (good == 0)
                check_ill_formed(s);
        }
    }
}

static void test_subparts(void **state) {
    (void)state;
    static const struct {
        const char *text;
        size_t n, ill_formed;
        bool cut;
    } cases[] = {
        {"\x80", 1, 1, false},
        {"\xBF\xBF", 2, 1, false},
        {"\xC0\x80", 2, 1, false},
        {"\xC2", 1, 1, true},
        {"\xC2\x41", 2, 1, false},
        {"\xC2\xC2", 2, 1, false},
        {"\xE0\x9F", 2, 1, false},
        {"\xE0\xA0", 2, 2, true},
        {"\xE0\xA0\x41", 3, 2, false},
        {"\xE4\xB8", 2, 2, true},
        {"\xE4\xB8\xE4", 3, 2, false},
        {"\xED\xA0\x80", 3, 1, false},
        {"\xED\x9F", 2, 2, true},
        {"\xF0\x8F\xBF\xBF", 4, 1, false},
        {"\xF0\x90\x80", 3, 3, true},
        {"\xF0\x90\x80\x41", 4, 3, false},
        {"\xF4\x8F\xBF\xC0", 4, 3, false},
        {"\xF4\x90\x80\x80", 4, 1, false},
        {"\xF5\x80\x80\x80", 4, 1, false},
        {"\xFF", 1, 1, false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        bool cut = !cases[i].cut;
        struct span s = span_of(cases[i].text, cases[i].n);
        assert_int_equal(utf8_valid(s), 0);
        assert_int_equal(utf8_ill_formed(s, &cut), cases[i].ill_formed);
        assert_int_equal(cut, cases[i].cut);
    }
}

/* ---- long texts ---- */

/* Characters of all lengths, the first at the start of a fresh block of exactly n bytes. */
static uint8_t *make_text(size_t n, unsigned kinds, uint32_t *random) {
    static const uint32_t last[] = {0x7F, 0x7FF, 0xFFFF, LAST_POINT, 0x9FFF};
    uint8_t *text = malloc(n + 4);
    assert_non_null(text);
    size_t at = 0;
    while (at < n) {
        uint32_t point = next_random(random) % (last[next_random(random) % kinds] + 1);
        if (!reference_is_scalar(point) || reference_length(point) > n - at)
            point = 'a';
        at += utf8_put(text + at, point);
    }
    uint8_t *exact = malloc(n ? n : 1);
    assert_non_null(exact);
    memcpy(exact, text, n);
    free(text);
    return exact;
}

/* Each wrong piece at every place of a text: at the edges of blocks, over them, at both ends. */
static void test_wrong_pieces(void **state) {
    (void)state;
    static const char *const pieces[] = {
        "\x80",
        "\xBF",
        "\xC0\x80",
        "\xC1\xBF",
        "\xC2",
        "\xDF\x41",
        "\xE0\x9F",
        "\xE4\xB8",
        "\xE4\xB8\xAD\x80",
        "\xED\xA0\x80",
        "\xEF\xBF",
        "\xF0\x8F\xBF\xBF",
        "\xF0\x90",
        "\xF1\x80\x80",
        "\xF4\x90\x80\x80",
        "\xF5\x80\x80\x80",
        "\xF8",
        "\xFF",
    };
    uint32_t random = 7;
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        for (size_t n = 30; n < LENGTH_MAX; n += 46) {
            struct span piece = span_text(pieces[i]);
            for (size_t at = 0; at + piece.n <= n; at++) {
                uint8_t *text = make_text(n, 1 + (unsigned)(at % 5), &random);
                memcpy(text + at, piece.p, piece.n);
                check_valid(span_of(text, n));
                free(text);
            }
        }
    }
}

static void test_random(void **state) {
    (void)state;
    uint32_t random = 99;
    for (size_t round = 0; round < ROUNDS; round++) {
        size_t n = next_random(&random) % (LENGTH_MAX + 1);
        uint8_t *text = make_text(n, 1 + (unsigned)(round % 5), &random);
        check_valid(span_of(text, n));
        assert_int_equal(utf8_valid(span_of(text, n)), n);
        for (size_t changes = round % 4; changes > 0 && n > 0; changes--)
            text[next_random(&random) % n] = (uint8_t)next_random(&random);
        check_valid(span_of(text, n));
        for (size_t i = 0; i < n && round % 8 == 0; i++)
            text[i] = (uint8_t)(0x80 | next_random(&random));
        check_valid(span_of(text, n));
        free(text);
    }
}

/* Every length of text of three bytes a character: whole, and cut. */
static void test_cuts(void **state) {
    (void)state;
    for (size_t n = 0; n < LENGTH_MAX; n++) {
        uint8_t *text = malloc(n ? n : 1);
        assert_non_null(text);
        for (size_t i = 0; i < n; i++)
            text[i] = (uint8_t) "\xE4\xB8\xAD"[i % 3];
        check_valid(span_of(text, n));
        assert_int_equal(utf8_valid(span_of(text, n)), n - n % 3);
        free(text);
    }
}

/* ---- counting ---- */

static void check_offsets(struct span s) {
    size_t points = 0, at = 0;
    for (uint32_t point; at < s.n; points++) {
        assert_int_equal(utf8_offset(s, points), at);
        at += reference_character(span_from(s, at), &point);
    }
    assert_int_equal(utf8_count(s), points);
    assert_int_equal(utf8_offset(s, points), s.n);
    assert_int_equal(utf8_offset(s, points + 1), s.n);
    assert_int_equal(utf8_offset(s, SIZE_MAX), s.n);
}

static void test_counts(void **state) {
    (void)state;
    uint32_t random = 5;
    for (size_t n = 0; n <= 2 * LENGTH_MAX; n++) {
        uint8_t *text = make_text(n, 1 + (unsigned)(n % 5), &random);
        check_offsets(span_of(text, n));
        free(text);
    }
    uint8_t *text = make_text(LONG, 1, &random); /* more than one byte can count */
    assert_int_equal(utf8_count(span_of(text, LONG)), LONG);
    assert_int_equal(utf8_offset(span_of(text, LONG), LONG - 1), LONG - 1);
    free(text);
}

static void test_ascii(void **state) {
    (void)state;
    for (size_t n = 0; n <= 40; n++) {
        for (size_t at = 0; at <= n; at++) {
            uint8_t *text = malloc(n ? n : 1);
            assert_non_null(text);
            memset(text, 'a', n ? n : 1);
            if (at < n)
                text[at] = 0x80;
            for (size_t from = 0; from <= n; from++) {
                uint8_t copy[41] = {0}, *to = copy;
                size_t end = from > at ? n : at;
                assert_int_equal(utf8_ascii(span_of(text, n), from), end);
                assert_int_equal(utf8_copy_ascii(span_of(text, n), from, &to), end);
                assert_int_equal(to - copy, end - from);
                assert_memory_equal(copy, text + from, end - from);
                assert_int_equal(*to, 0);
            }
            assert_int_equal(utf8_is_short_ascii(span_of(text, n)), n <= 8 && at == n);
            free(text);
        }
    }
}

static size_t reference_valid_high(struct span s) {
    size_t count = 0;
    for (size_t at = 0; at < s.n;) {
        uint32_t point;
        size_t n = reference_character(span_from(s, at), &point);
        count += n > 1 ? n : 0;
        at += n ? n : reference_ill_formed(span_from(s, at));
    }
    return count;
}

static void test_valid_high(void **state) {
    (void)state;
    uint32_t random = 31;
    for (size_t round = 0; round < ROUNDS; round++) {
        size_t n = next_random(&random) % 70;
        uint8_t *text = make_text(n, 1 + (unsigned)(round % 5), &random);
        for (size_t changes = round % 16; changes > 0 && n > 0; changes--)
            text[next_random(&random) % n] = (uint8_t)next_random(&random);
        assert_int_equal(utf8_valid_high(span_of(text, n)), reference_valid_high(span_of(text, n)));
        free(text);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_points),     cmocka_unit_test(test_sequences),
        cmocka_unit_test(test_subparts),   cmocka_unit_test(test_wrong_pieces),
        cmocka_unit_test(test_random),     cmocka_unit_test(test_cuts),
        cmocka_unit_test(test_counts),     cmocka_unit_test(test_ascii),
        cmocka_unit_test(test_valid_high),
    };
    return cmocka_run_group_tests_name("utf8", tests, NULL, NULL);
}
