/* A dictionary of words for the segmenter: an automaton over a charset's codes whose values tell
 * how common a word is and what part of speech.
 *
 *     value   tag (6 bits) | grade (3) | cost (8)      never 0
 */
#ifndef CMED_WORDS_DICTIONARY_H
#define CMED_WORDS_DICTIONARY_H

#include "automaton.h"

enum {
    DICTIONARY_GRADES = 8,    /* 0: no word of the dictionary */
    DICTIONARY_TAGS = 64,     /* 0: none */
    DICTIONARY_WORD_MAX = 16, /* characters */
    DICTIONARY_STEP = 14,     /* costs are in fourteenths of a natural logarithm */
    DICTIONARY_LISTED = 7     /* grade of a word from a list without frequencies */
};

/* -log of the word's share of all words, in DICTIONARY_STEP. */
static inline uint32_t dictionary_cost(uint32_t value) {
    return value & 0xFF;
}

/* 1 rare to 6 very common; DICTIONARY_LISTED. */
static inline uint32_t dictionary_grade(uint32_t value) {
    return value >> 8 & 7;
}

static inline uint32_t dictionary_tag(uint32_t value) {
    return value >> 11 & 63;
}

static inline uint32_t dictionary_value(uint32_t cost, uint32_t grade, uint32_t tag) {
    return tag << 11 | grade << 8 | cost;
}

/* The tag's name ("n", "v", "eng"), "x" for 0; and back: 0 for a name that is none. */
const char *dictionary_tag_name(uint32_t tag);
uint32_t dictionary_tag_number(struct span name);

/* The value of a word seen 'count' times among 'total'; count 0: a word from a list. */
uint32_t dictionary_entry(uint64_t count, uint64_t total, uint32_t tag);

#endif
