/* utf8.c - UTF-8: is it, how many characters, which one.
 *
 *     U+0000    0xxxxxxx
 *     U+0080    110xxxxx 10xxxxxx
 *     U+0800    1110xxxx 10xxxxxx 10xxxxxx             nearly all of a Chinese text
 *     U+10000   11110xxx 10xxxxxx 10xxxxxx 10xxxxxx
 *
 * Short texts are checked character by character, long ones by the 64 bytes (utf8_avx2.c). */
#include "utf8.h"
#include "cpu.h"
#include "utf8_paths.h"
#include "word.h"

/* The Unicode standard, table 3-7, by the first byte: how long the character is, and what the
 * second byte may be. The third and the fourth are always 80 to BF. Length 0: ASCII, or no
 * beginning. */
static const struct utf8_row {
    uint8_t length, low, high;
} utf8_rows[256] = {
    [0xC2 ... 0xDF] = {2, 0x80, 0xBF}, [0xE0] = {3, 0xA0, 0xBF},
    [0xE1 ... 0xEC] = {3, 0x80, 0xBF}, [0xED] = {3, 0x80, 0x9F},
    [0xEE ... 0xEF] = {3, 0x80, 0xBF}, [0xF0] = {4, 0x90, 0xBF},
    [0xF1 ... 0xF3] = {4, 0x80, 0xBF}, [0xF4] = {4, 0x80, 0x8F},
};

static inline unsigned utf8_follows(uint8_t c) {
    return (c & 0xC0) == 0x80;
}

/* How many bytes at p, of n, fit the row of the first one. */
static size_t utf8_fitting(const uint8_t *p, size_t n) {
    const struct utf8_row *row = &utf8_rows[p[0]];
    n = n < row->length ? n : row->length;
    if (n < 2 || p[1] < row->low || p[1] > row->high)
        return n > 0;
    size_t i = 2;
    while (i < n && utf8_follows(p[i]))
        i++;
    return i;
}

size_t utf8_ill_formed(struct span s, bool *cut) {
    size_t n = utf8_fitting(s.p, s.n);
    if (cut)
        *cut = n == s.n && n < utf8_rows[s.p[0]].length;
    return n ? n : 1;
}

size_t utf8_ascii(struct span s, size_t from) {
    size_t at = from;
    for (; s.n - at >= 8; at += 8) {
        uint64_t high = word_load(s.p + at) & WORD_HIGHS;
        if (high)
            return at + word_first(high);
    }
    while (at < s.n && s.p[at] < 0x80)
        at++;
    return at;
}

size_t utf8_copy_ascii(struct span s, size_t from, uint8_t **to) {
    uint8_t *out = *to;
    size_t at = from;
    for (; s.n - at >= 8 && !(word_load(s.p + at) & WORD_HIGHS); at += 8, out += 8)
        memcpy(out, s.p + at, 8);
    while (at < s.n && s.p[at] < 0x80)
        *out++ = s.p[at++];
    *to = out;
    return at;
}

/* Is it a character of three bytes? w: its bytes in the lowest 24 bits, the first one lowest. */
static inline bool utf8_is_three(uint64_t w) {
    uint64_t top = w & 0x200F; /* 0 in an overlong form, 0x200D in a surrogate */
    return (w & 0xC0C0F0) == 0x8080E0 && top != 0 && top != 0x200D;
}

/* Past the run of characters of three bytes at 'at'. */
static size_t utf8_threes(struct span s, size_t at) {
    for (; s.n - at >= 8; at += 6) {
        uint64_t w = word_load(s.p + at);
        if (!utf8_is_three(w) || !utf8_is_three(w >> 24))
            break;
    }
    for (; s.n - at >= 3; at += 3)
        if (!utf8_is_three(s.p[at] | (uint32_t)s.p[at + 1] << 8 | (uint32_t)s.p[at + 2] << 16))
            break;
    return at;
}

size_t utf8_valid_portable(struct span s) {
    size_t at = 0;
    while ((at = utf8_threes(s, utf8_ascii(s, at))) < s.n) {
        if (s.p[at] < 0x80)
            continue;
        size_t n = utf8_fitting(s.p + at, s.n - at);
        if (n == 0 || n < utf8_rows[s.p[at]].length)
            break;
        at += n;
    }
    return at;
}

size_t utf8_valid(struct span s) {
    return s.n >= UTF8_AVX2_LEAST && cpu_avx2() ? utf8_valid_avx2(s) : utf8_valid_portable(s);
}

/* A valid character is one whatever stands around it: so each byte is asked alone, and, since the
 * answer is anybody's guess in text of another encoding, without a branch. */
size_t utf8_valid_high(struct span s) {
    size_t at = 0, count = 0;
    for (; s.n - at >= 4; at++) {
        const uint8_t *p = s.p + at;
        const struct utf8_row *row = &utf8_rows[p[0]];
        size_t good = (p[1] >= row->low) & (p[1] <= row->high);
        good &= utf8_follows(p[2]) | (row->length < 3);
        good &= utf8_follows(p[3]) | (row->length < 4);
        count += row->length * good;
    }
    for (; at < s.n; at++) {
        size_t n = utf8_fitting(s.p + at, s.n - at);
        count += n == utf8_rows[s.p[at]].length ? n : 0;
    }
    return count;
}

/* 1 in every byte of w that begins a character. */
static inline uint64_t utf8_leads(uint64_t w) {
    return (~w >> 7 | w >> 6) & WORD_ONES;
}

/* Characters that begin in the words at p. */
static size_t utf8_count_words(const uint8_t *p, size_t words) {
    uint64_t sums = 0;
    for (size_t i = 0; i < words; i++)
        sums += utf8_leads(word_load(p + 8 * i));
    return word_sum(sums);
}

size_t utf8_count(struct span s) {
    size_t at = 0, count = 0;
    while (s.n - at >= 8) {
        size_t words = (s.n - at) / 8;
        words = words < 255 ? words : 255; /* more would overflow a byte of the sums */
        count += utf8_count_words(s.p + at, words);
        at += 8 * words;
    }
    for (; at < s.n; at++)
        count += !utf8_follows(s.p[at]);
    return count;
}

/* Past whole strides of so many words, as long as no more characters than *points begin in them. */
static size_t utf8_stride(struct span s, size_t at, size_t words, size_t *points) {
    for (; s.n - at >= 8 * words; at += 8 * words) {
        size_t n = utf8_count_words(s.p + at, words);
        if (n > *points)
            break;
        *points -= n;
    }
    return at;
}

size_t utf8_offset(struct span s, size_t points) {
    size_t at = utf8_stride(s, 0, 16, &points);
    at = utf8_stride(s, at, 1, &points);
    for (; at < s.n; at++)
        if (!utf8_follows(s.p[at]) && points-- == 0)
            break;
    return at;
}

size_t utf8_next(struct span s, size_t at, uint32_t *point) {
    const uint8_t *p = s.p + at;
    if (p[0] < 0x80) {
        *point = p[0];
        return 1;
    }
    if (p[0] < 0xE0) {
        *point = (p[0] & 0x1Fu) << 6 | (p[1] & 0x3Fu);
        return 2;
    }
    if (p[0] < 0xF0) {
        *point = (p[0] & 0x0Fu) << 12 | (p[1] & 0x3Fu) << 6 | (p[2] & 0x3Fu);
        return 3;
    }
    *point = (p[0] & 0x07u) << 18 | (p[1] & 0x3Fu) << 12 | (p[2] & 0x3Fu) << 6 | (p[3] & 0x3Fu);
    return 4;
}

size_t utf8_put(uint8_t to[4], uint32_t point) {
    if (point < 0x80) {
        to[0] = (uint8_t)point;
        return 1;
    }
    if (point < 0x800) {
        to[0] = (uint8_t)(0xC0 | point >> 6);
        to[1] = (uint8_t)(0x80 | (point & 0x3F));
        return 2;
    }
    if (point < 0x10000) {
        to[0] = (uint8_t)(0xE0 | point >> 12);
        to[1] = (uint8_t)(0x80 | (point >> 6 & 0x3F));
        to[2] = (uint8_t)(0x80 | (point & 0x3F));
        return 3;
    }
    to[0] = (uint8_t)(0xF0 | point >> 18);
    to[1] = (uint8_t)(0x80 | (point >> 12 & 0x3F));
    to[2] = (uint8_t)(0x80 | (point >> 6 & 0x3F));
    to[3] = (uint8_t)(0x80 | (point & 0x3F));
    return 4;
}
