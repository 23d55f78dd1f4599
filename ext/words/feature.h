/* What the model looks at besides character n-grams, as places in one table of weights.
 *
 * A boundary lies before character i. A "word" is a dictionary value (dictionary.h) with its
 * length in characters; the path is the likeliest way through the dictionary (lattice.h). */
#ifndef CMED_WORDS_FEATURE_H
#define CMED_WORDS_FEATURE_H

#include "chunk.h"
#include "dictionary.h"

enum {
    FEATURE_LENGTHS = 5, /* 1, 2, 3, 4, 5 and more */
    FEATURE_WORDS = FEATURE_LENGTHS * DICTIONARY_GRADES,
    FEATURE_PLACES = 4, /* 1, 2, 3, 4 and more from an end of the word */

    FEATURE_CLASS = 0,                    /* classes of the characters i-2 to i+1 */
    FEATURE_MATCH = FEATURE_CLASS + 4096, /* any dictionary word: how it lies, length, grade */
    FEATURE_PAIR = FEATURE_MATCH + 3 * FEATURE_WORDS, /* path words on both sides: length, grade */
    FEATURE_TAGS = FEATURE_PAIR + FEATURE_WORDS * FEATURE_WORDS,     /* their tags */
    FEATURE_LEFT = FEATURE_TAGS + DICTIONARY_TAGS * DICTIONARY_TAGS, /* length and tag of one */
    FEATURE_RIGHT = FEATURE_LEFT + FEATURE_LENGTHS * DICTIONARY_TAGS,
    FEATURE_INSIDE = FEATURE_RIGHT + FEATURE_LENGTHS * DICTIONARY_TAGS, /* within: place, grade */
    FEATURE_WITHIN = FEATURE_INSIDE + FEATURE_PLACES * FEATURE_PLACES * DICTIONARY_GRADES, /* tag */
    FEATURE_COUNT = FEATURE_WITHIN + FEATURE_PLACES * FEATURE_PLACES * DICTIONARY_TAGS
};

/* How a dictionary word lies to a boundary. */
enum feature_side { SIDE_STARTS, SIDE_COVERS, SIDE_ENDS };

static inline uint32_t feature_length(size_t length) {
    return (uint32_t)(length < FEATURE_LENGTHS ? length : FEATURE_LENGTHS) - 1;
}

static inline uint32_t feature_word(uint32_t value, size_t length) {
    return feature_length(length) * DICTIONARY_GRADES + dictionary_grade(value);
}

static inline uint32_t feature_class(const struct chunk *c, size_t i) {
    const uint8_t *k = c->classes + i; /* classes[i] is that of character i - 2 */
    return FEATURE_CLASS + (k[0] * 512u + k[1] * 64u + k[2] * 8u + k[3]);
}

static inline uint32_t feature_match(enum feature_side side, uint32_t value, size_t length) {
    return FEATURE_MATCH + (uint32_t)side * FEATURE_WORDS + feature_word(value, length);
}

static inline uint32_t feature_place(size_t behind, size_t ahead) {
    size_t a = behind < FEATURE_PLACES ? behind : FEATURE_PLACES;
    size_t b = ahead < FEATURE_PLACES ? ahead : FEATURE_PLACES;
    return (uint32_t)((a - 1) * FEATURE_PLACES + b - 1);
}

/* The four features of a boundary between two words of the path. */
static inline void feature_between(uint32_t left, size_t left_length, uint32_t right,
                                   size_t right_length, uint32_t out[4]) {
    uint32_t a = dictionary_tag(left), b = dictionary_tag(right);
    out[0] = FEATURE_PAIR + feature_word(left, left_length) * FEATURE_WORDS +
             feature_word(right, right_length);
    out[1] = FEATURE_TAGS + a * DICTIONARY_TAGS + b;
    out[2] = FEATURE_LEFT + feature_length(left_length) * DICTIONARY_TAGS + a;
    out[3] = FEATURE_RIGHT + feature_length(right_length) * DICTIONARY_TAGS + b;
}

/* The two of a boundary inside one: 'behind' characters after its start, 'ahead' before its end. */
static inline void feature_inside(uint32_t value, size_t behind, size_t ahead, uint32_t out[2]) {
    uint32_t place = feature_place(behind, ahead);
    out[0] = FEATURE_INSIDE + place * DICTIONARY_GRADES + dictionary_grade(value);
    out[1] = FEATURE_WITHIN + place * DICTIONARY_TAGS + dictionary_tag(value);
}

#endif
