/* Characters as the small numbers that automata walk over, and what kind each is. */
#ifndef CMED_WORDS_CHARSET_H
#define CMED_WORDS_CHARSET_H

#include "../base/error.h"
#include "../base/span.h"

enum charset_class {                /* three bits: four in a row are a feature */
                     CLASS_OTHER,   /* punctuation, symbols, bytes that are no character */
                     CLASS_DIGIT,   /* with superscripts and subscripts */
                     CLASS_LATIN,   /* letters that are written in words: Latin, Greek, Cyrillic */
                     CLASS_NUMERAL, /* 一 二 三 … */
                     CLASS_HAN,     /* with kana and hangul */
                     CLASS_ROMAN,   /* Ⅰ to ⅿ */
                     CLASS_SPACE,
                     CLASS_EDGE /* outside of the text */
};

enum {
    CHARSET_UNKNOWN = 0, /* code of a character that is not in the set */
    CHARSET_EDGE = 1,    /* of white space, and of what lies before and behind a text */
    CHARSET_FIRST = 2,
    CHARSET_CODE_BITS = 13,
    CHARSET_MAX = (1 << CHARSET_CODE_BITS) - CHARSET_FIRST /* characters */
};

/* Fullwidth forms as ASCII, capitals as small letters (ASCII, Greek and Cyrillic). */
uint32_t charset_fold(uint32_t point);
enum charset_class charset_class_of(uint32_t point);

struct charset {
    uint16_t *map; /* by code point up to U+FFFF: class << 13 | code */
    uint32_t n;    /* characters: codes are under n + CHARSET_FIRST */
};

/* points: the characters (folded) that get the codes 2, 3, …; read during the call only. */
enum error_code charset_open(struct charset *c, const uint16_t *points, uint32_t n,
                             struct error *e);
void charset_close(struct charset *c);

static inline uint32_t charset_at(const struct charset *c, uint32_t point) {
    if (point > 0xFFFF)
        return (uint32_t)charset_class_of(point) << CHARSET_CODE_BITS;
    return c->map[point];
}

static inline uint32_t charset_code(uint32_t entry) {
    return entry & ((1u << CHARSET_CODE_BITS) - 1);
}

static inline enum charset_class charset_kind(uint32_t entry) {
    return (enum charset_class)(entry >> CHARSET_CODE_BITS);
}

/* Reads one character at p, left > 0 bytes. Bytes that are no character are U+FFFD, one each. */
static inline size_t charset_decode(const uint8_t *p, size_t left, uint32_t *point) {
    if (*p < 0x80) {
        *point = *p;
        return 1;
    }
    if ((*p & 0xF0) == 0xE0 && left >= 3 && (p[1] & 0xC0) == 0x80 && (p[2] & 0xC0) == 0x80) {
        *point = (*p & 15u) << 12 | (p[1] & 63u) << 6 | (p[2] & 63u);
        return 3;
    }
    if ((*p & 0xE0) == 0xC0 && left >= 2 && (p[1] & 0xC0) == 0x80) {
        *point = (*p & 31u) << 6 | (p[1] & 63u);
        return 2;
    }
    if ((*p & 0xF8) == 0xF0 && left >= 4 && (p[1] & 0xC0) == 0x80 && (p[2] & 0xC0) == 0x80 &&
        (p[3] & 0xC0) == 0x80) {
        *point = (*p & 7u) << 18 | (p[1] & 63u) << 12 | (p[2] & 63u) << 6 | (p[3] & 63u);
        return 4;
    }
    *point = 0xFFFD;
    return 1;
}

#endif
