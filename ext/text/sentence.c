/* sentence.c - where sentences end.
 *
 *     患者诉“头痛。”体温38.5℃；血压正常！\n建议复查
 *     |------------||-----------||--------|  |------|
 *
 * One pass, no memory. Limits: a line end always ends a sentence, so text wrapped at a width
 * comes in pieces; ; inside brackets ends one too.
 */
#include "sentence.h"

static bool sentence_is_end(uint32_t c) {
    switch (c) {
    case 0x3002: /* 。 */
    case 0xFF01: /* ！ */
    case 0xFF1F: /* ？ */
    case 0xFF1B: /* ； */
    case 0xFF61: /* ｡ */
    case 0x2026: /* … */
    case '!':
    case '?':
    case ';':
        return true;
    default:
        return false;
    }
}

static bool sentence_is_closing(uint32_t c) {
    switch (c) {
    case 0x201D: /* ” */
    case 0x2019: /* ’ */
    case 0x300D: /* 」 */
    case 0x300F: /* 』 */
    case 0x300B: /* 》 */
    case 0x3011: /* 】 */
    case 0xFF09: /* ） */
    case 0xFF3D: /* ］ */
    case ')':
    case ']':
        return true;
    default:
        return false;
    }
}

static bool sentence_is_word(uint32_t c) {
    return c < 0x80 && (points_is_latin(c) || points_digit(c) >= 0);
}

/* The full stop at 'at' follows one of these, or a single letter, or only digits of a line. */
static bool sentence_is_abbreviation(const struct points *t, size_t start, size_t at) {
    static const char *const known[] = {"dr",  "mr",  "mrs", "ms",  "prof", "vs",   "fig",
                                        "no",  "al",  "e.g", "i.e", "etc",  "ca",   "approx",
                                        "max", "min", "spp", "sp",  "var",  "subsp"};
    size_t word = at, digits;
    while (word > start && (sentence_is_word(t->p[word - 1]) || t->p[word - 1] == '.'))
        word--;
    for (digits = word; digits < at && points_digit(t->p[digits]) >= 0; digits++)
        ;
    if (at == word || (digits == at && word == start))
        return true;
    if (at - word == 1 && points_is_latin(t->p[word]))
        return true;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (points_match(t, word, known[i]) == at - word)
            return true;
    return false;
}

/* Whether a sentence that began at 'start' ends with the character at 'at'. */
static bool sentence_ends(const struct points *t, size_t start, size_t at) {
    uint32_t c = t->p[at], next = points_at(t, at + 1);
    if (c == '!' || c == '?')
        return !(sentence_is_word(points_before(t, at)) && sentence_is_word(next));
    if (c != '.')
        return sentence_is_end(c);
    bool last = at + 1 == t->n || points_is_blank(next);
    return last && !sentence_is_abbreviation(t, start, at);
}

/* Behind the run of ends and closing marks that follows 'at'. A straight quote closes where
 * one was opened. */
static size_t sentence_tail(const struct points *t, size_t at, bool quoted) {
    for (; at < t->n; at++) {
        uint32_t c = t->p[at];
        if (c == '"' && quoted)
            quoted = false;
        else if (!sentence_is_end(c) && !sentence_is_closing(c) && c != '.')
            break;
    }
    return at;
}

bool sentence_next(const struct points *t, size_t *at, struct sentence *out) {
    size_t i = *at;
    bool quoted = false;
    while (i < t->n && points_is_blank(t->p[i]))
        i++;
    out->start = i;
    for (; i < t->n && !points_is_newline(t->p[i]); i++) {
        quoted ^= t->p[i] == '"';
        if (sentence_ends(t, out->start, i)) {
            i = sentence_tail(t, i + 1, quoted);
            break;
        }
    }
    *at = out->end = i;
    while (out->end > out->start && points_is_blank(t->p[out->end - 1]))
        out->end--;
    return out->end > out->start;
}
