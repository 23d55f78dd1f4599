/* What a tagger sees of a text: features of characters, numbered without gaps ("slots"), so that
 * the weights of slot s, one for each tag, are found by s alone. */
#ifndef CMED_LEARN_TAG_FEATURE_H
#define CMED_LEARN_TAG_FEATURE_H

#include "../words/lattice.h"
#include "../words/model.h"
#include "../words/pairs.h"
#include "tag_chain.h"

enum {
    TAG_MENTION_MAX = 24, /* characters of a mention that the dictionary keeps */
    TAG_SHARES = 4,       /* grades of how often a dictionary string is a mention */
    TAG_PUSHES = 24,      /* of a character, in the mean; more are left out */
    TAG_SLOTS_MAX = 1 << 26
};

/* The groups of slots. */
enum tag_kind {
    TAG_CHARACTER,    /* code of the character at -2 … +2 */
    TAG_BIGRAM,       /* two characters that end at +1 … -2 */
    TAG_CLASSES,      /* of three characters */
    TAG_CLASSES_WIDE, /* of five */
    TAG_SHAPE,        /* of the dictionary's word here: tag, grade, length; place in it */
    TAG_BEFORE,       /* its tag and that of the word before; place */
    TAG_BEHIND,
    TAG_WORD,        /* the word, and place */
    TAG_WORD_BEFORE, /* the word before, and place in this one */
    TAG_WORD_BEHIND,
    TAG_MENTION, /* inside a string that was a mention: type, share, length; place */
    TAG_LEFT,    /* left of one: type, share */
    TAG_RIGHT,
    TAG_KINDS
};

/* A string that was a mention of a type in this share of the places where it stands. */
struct tag_entry {
    uint8_t type, share; /* TAG_SHARES: too rarely to say anything */
};

/* Counts of the dictionary's strings, and of those in the text that is learnt from: what a text
 * itself says of its mentions must not count for it. */
struct tag_counts {
    uint32_t *occurs, *mentions;         /* of a string; of an entry */
    uint32_t *own_occurs, *own_mentions; /* the same in this text */
};

/* Where features come from. Nothing is owned but the charset, bigrams and words. */
struct tag_source {
    const struct model *base; /* whose dictionary says words */
    struct charset charset;
    struct pairs bigrams; /* two codes -> 1, 2, … */
    struct pairs words;   /* a word's hash and length -> 1, 2, … */
    uint32_t n_bigrams, n_words, n_types;
    struct automaton mentions;   /* n = 0: none; value: the string's number, from 1 */
    const uint32_t *entry_start; /* by string: where its entries start; and the end of all */
    const struct tag_entry *entry;
    const struct tag_counts *counts; /* while learning; NULL: shares are the entries' */
    uint32_t first[TAG_KINDS + 1];   /* slot of each group; of the end */
};

/* n slots from 'slot' on, for n characters from 'at' on. */
struct tag_push {
    uint32_t slot;
    uint16_t at, n;
};

struct tag_match {
    uint16_t from, length;
    uint32_t string;
};

/* Work space. */
struct tag_features {
    struct chunk chunk;
    struct lattice lattice;
    uint16_t code[CHUNK_MAX + 2]; /* of the source's charset, an edge either side */
    size_t n_matches;
    struct tag_match match[CHUNK_MAX * TAG_MENTION_MAX];
    uint8_t longest[CHUNK_MAX][TAG_TYPES_MAX]; /* of a type's strings over a character */
    uint32_t slot[CHUNK_MAX][TAG_TYPES_MAX];
    size_t n;
    struct tag_push push[CHUNK_MAX * TAG_PUSHES];
};

/* The charset of these characters; digits are one. */
enum error_code tag_source_charset(struct tag_source *s, const uint16_t *points, uint32_t n,
                                   struct error *e);
/* Numbers the groups, once charset, n_bigrams, n_words, n_types are known. BAD_DATA: too many. */
enum error_code tag_source_number(struct tag_source *s, struct error *e);
void tag_source_free(struct tag_source *s);

/* Reads characters from the start of text, its matches with the dictionary, and its words. */
void tag_features_read(struct tag_features *f, const struct tag_source *s, struct span text);
/* The features of what was read: f->push. */
void tag_features_make(struct tag_features *f, const struct tag_source *s);

/* The key of the word from a to b, in the base's codes; for pairs_find. */
uint32_t tag_features_word(const struct tag_features *f, size_t a, size_t b);
/* The grade of a share; -1 below a tenth. */
int tag_share(uint32_t mentions, uint32_t occurs);

#endif
