/* terms_split.c - where a mention passes from one concept to the next.
 *
 *     高血压3级,2型糖尿病伴肾病          ->  高血压3级 | 2型糖尿病 | 肾病
 *     波及胸膜,并指畸形,1.5cm           ->  波及胸膜 | 并指畸形 | 1.5cm
 *
 * A piece has two characters at least; what is shorter names no concept and is left out.
 */
#include "terms_split.h"
#include "../base/utf8.h"

enum { TERMS_PIECE_LEAST = 2 };

/* A separator, and what tells that it is none: one of the characters before it or behind it. */
struct terms_separator {
    const char *word, *not_behind, *not_before;
};

/* Longer ones first where one begins as another. */
static const struct terms_separator terms_separators[] = {
    {",", "", ""},
    {";", "", ""},
    {"、", "", ""},
    {"。", "", ""},
    {"+", "", ""},
    {"?", "", ""},
    {"(", "", ""},
    {")", "", ""},
    {"伴有", "不未无", ""},
    {"伴", "不未无陪", "侣随"},
    {"合并", "不未无", ""},
    {"并发", "不未无", "症"},
    {"并", "合", "发指趾殖存列联腿"},
    {"以及", "", ""},
    {"及", "涉波累触普顾", "其时"},
    {"与", "参", ""},
    {"和", "饱缓中温调柔", "谐缓平"},
    {"兼", "", "容并"},
};

/* ASCII that parts only what is no number and no abbreviation: 1.5, 140/90, c5/6. */
static const char terms_ascii[] = "./:";

static bool terms_is_word(uint32_t c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool terms_is_one_of(uint32_t c, const char *z) {
    struct span all = span_text(z);
    uint32_t one = 0;
    for (size_t at = 0; at < all.n; at += utf8_next(all, at, &one))
        if (utf8_next(all, at, &one) && one == c)
            return true;
    return false;
}

/* Code points of the separator at 'at'; 0: there is none. */
static size_t terms_separator_at(const struct points *t, size_t at) {
    uint32_t before = points_before(t, at);
    if (t->p[at] < 0x80 && t->p[at] && strchr(terms_ascii, (int)t->p[at]))
        return !(terms_is_word(before) && terms_is_word(points_at(t, at + 1)));
    for (size_t i = 0; i < sizeof terms_separators / sizeof *terms_separators; i++) {
        const struct terms_separator *s = &terms_separators[i];
        size_t n = points_match(t, at, s->word);
        if (n && !terms_is_one_of(before, s->not_behind) &&
            !terms_is_one_of(points_at(t, at + n), s->not_before))
            return n;
    }
    return 0;
}

static void terms_piece_add(const struct points *t, size_t start, size_t end,
                            struct terms_piece *piece, size_t *n) {
    while (start < end && points_is_blank(t->p[start]))
        start++;
    while (start < end && points_is_blank(t->p[end - 1]))
        end--;
    if (end - start >= TERMS_PIECE_LEAST)
        piece[(*n)++] = (struct terms_piece){start, end};
}

size_t terms_split(const struct points *text, struct terms_piece *piece) {
    size_t start = 0, n = 0, at = 0;
    while (at < text->n && n + 1 < TERMS_PIECES_MAX) {
        size_t separator = terms_separator_at(text, at);
        if (separator) {
            terms_piece_add(text, start, at, piece, &n);
            start = at + separator;
        }
        at += separator ? separator : 1;
    }
    terms_piece_add(text, start, text->n, piece, &n);
    if (n < 2)
        piece[0] = (struct terms_piece){n ? piece[0].start : 0, n ? piece[0].end : text->n};
    return n ? n : 1;
}
