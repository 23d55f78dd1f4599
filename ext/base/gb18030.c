/* gb18030.c - GB18030 to UTF-8.
 *
 *     41                A          ASCII
 *     80                U+20AC     the euro sign of CP936
 *     D6 D0             U+4E2D     lead 81..FE, trail 40..7E or 80..FE: a table
 *     95 32 82 36       U+20000    81..FE 30..39 81..FE 30..39: counted as one number, in ranges
 *
 * What does not fit is given back to the text as far as it may be something else: of 'lead, ASCII'
 * only the lead is bad. */
#include "gb18030.h"
#include "utf8.h"

static inline bool gb18030_is_lead(uint8_t c) {
    return c >= 0x81 && c <= 0xFE;
}

static inline bool gb18030_is_digit(uint8_t c) {
    return c >= '0' && c <= '9';
}

/* The code point of the two bytes at p; 0: none. */
static inline uint32_t gb18030_pair(const uint8_t *p) {
    const uint16_t *pairs = (const uint16_t *)&gb18030_pairs;
    uint16_t i = (uint16_t)((p[0] << 8 | p[1]) - 0x8140);
    return i < GB18030_LEADS * GB18030_TRAILS ? pairs[i] : 0;
}

/* The code point of the four bytes at p; 0: none. */
static uint32_t gb18030_four(const uint8_t *p) {
    if (!gb18030_is_lead(p[0]) || !gb18030_is_digit(p[1]) || !gb18030_is_lead(p[2]) ||
        !gb18030_is_digit(p[3]))
        return 0;
    uint32_t pointer =
        (((p[0] - 0x81u) * 10 + (p[1] - '0')) * 126 + (p[2] - 0x81u)) * 10 + (p[3] - '0');
    size_t low = 0, high = GB18030_RANGES;
    while (high - low > 1) {
        size_t middle = (low + high) / 2;
        if (gb18030_ranges[middle].pointer <= pointer)
            low = middle;
        else
            high = middle;
    }
    const struct gb18030_range *range = &gb18030_ranges[low];
    return range->point ? range->point + (pointer - range->pointer) : 0;
}

/* Bytes of the character over 0x7F at the start of s, and its code point; 0: there is none. */
static size_t gb18030_character(struct span s, uint32_t *point) {
    *point = s.p[0] == 0x80 ? 0x20AC : 0;
    if (*point)
        return 1;
    *point = s.n >= 2 ? gb18030_pair(s.p) : 0;
    if (*point)
        return 2;
    *point = s.n >= 4 ? gb18030_four(s.p) : 0;
    return *point ? 4 : 0;
}

/* Decodes the run of two bytes each at 'at' that UTF-8 needs three for: nearly all of a text. */
static size_t gb18030_run(struct span raw, size_t at, uint8_t **to) {
    uint8_t *out = *to;
    for (; raw.n - at >= 2; at += 2, out += 3) {
        uint32_t point = gb18030_pair(raw.p + at);
        if (point < 0x800)
            break;
        out[0] = (uint8_t)(0xE0 | point >> 12);
        out[1] = (uint8_t)(0x80 | (point >> 6 & 0x3F));
        out[2] = (uint8_t)(0x80 | (point & 0x3F));
    }
    *to = out;
    return at;
}

size_t gb18030_decode(struct span raw, uint8_t **to) {
    size_t at = 0;
    while (at < raw.n) {
        at = utf8_copy_ascii(raw, at, to);
        at = gb18030_run(raw, at, to);
        if (at == raw.n || raw.p[at] < 0x80)
            continue;
        uint32_t point;
        size_t n = gb18030_character(span_from(raw, at), &point);
        if (n == 0)
            break;
        *to += utf8_put(*to, point);
        at += n;
    }
    return at;
}

size_t gb18030_valid(struct span raw) {
    size_t at = 0;
    while (at < raw.n) {
        at = utf8_ascii(raw, at);
        while (raw.n - at >= 2 && gb18030_pair(raw.p + at))
            at += 2;
        if (at == raw.n || raw.p[at] < 0x80)
            continue;
        uint32_t point;
        size_t n = gb18030_character(span_from(raw, at), &point);
        if (n == 0)
            break;
        at += n;
    }
    return at;
}

size_t gb18030_ill_formed(struct span s, bool *cut) {
    *cut = false;
    if (!gb18030_is_lead(s.p[0]))
        return 1;
    if (s.n >= 2 && !gb18030_is_digit(s.p[1]))
        return s.p[1] < 0x80 ? 1 : 2;
    if (s.n >= 3 && !gb18030_is_lead(s.p[2]))
        return 1;
    if (s.n >= 4)
        return gb18030_is_digit(s.p[3]) ? 4 : 1;
    *cut = true;
    return s.n;
}
