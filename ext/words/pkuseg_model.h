/* A pkuseg segmentation model in memory, and the scores it gives. */
#ifndef CMED_WORDS_PKUSEG_MODEL_H
#define CMED_WORDS_PKUSEG_MODEL_H

#include "crf.h"
#include "pkuseg_raw.h"
#include "trie.h"

/* Characters as the features see them: code points, and two classes past the last of them. */
enum { PKUSEG_NUM = 0x110000, PKUSEG_LETTER = 0x110001 };

enum {
    PKUSEG_LENGTH_MAX = 6,
    PKUSEG_LENGTHS = 5, /* of words in the features: 6, 5, 4, 3 and 2, in this order */
    PKUSEG_NO_WORD = 0, /* a slice of the text that is none */
    PKUSEG_EMPTY_WORD,  /* "": old models have it, and see it where a slice leaves the text */
    PKUSEG_FIRST_WORD
};

/* Weights lie in blocks: the features of one character, of one pair, ... side by side. */
enum pkuseg_kind { PKUSEG_NODE, PKUSEG_PAIR, PKUSEG_WORD, PKUSEG_BOND, PKUSEG_KINDS };

struct pkuseg_blocks {
    struct pairs of; /* what it is about -> block, from 1; block 0 is all zero */
    uint32_t count;
    double *weight; /* [(block * rows + row) * tags + tag] */
};

struct pkuseg_model {
    struct crf crf;
    struct span *tag;         /* names */
    bool opens[CRF_TAGS_MAX]; /* the tag begins a word */
    double *start;            /* the weights that every character has */
    struct trie word;         /* value: the word's number, from PKUSEG_FIRST_WORD */
    uint32_t words;
    uint32_t outside;   /* what a slice that leaves the text is: PKUSEG_NO_WORD or _EMPTY_WORD */
    bool bonds_of_none; /* some bond has PKUSEG_NO_WORD on a side */
    struct pkuseg_blocks block[PKUSEG_KINDS];
};

struct pkuseg_position {
    uint32_t at;    /* byte of the text */
    uint32_t point; /* code point */
    uint32_t symbol;
    uint32_t node;                 /* block */
    uint32_t word[PKUSEG_LENGTHS]; /* that starts here */
};

enum error_code pkuseg_model_load(struct pkuseg_model *m, const struct pkuseg_files *files,
                                  struct error *e);
void pkuseg_model_free(struct pkuseg_model *m);

/* '-' and its like become '&', numerals PKUSEG_NUM, full-width letters PKUSEG_LETTER. */
uint32_t pkuseg_symbol(uint32_t point);

/* Rows of a block: how many features a kind has. */
unsigned pkuseg_feature_rows(enum pkuseg_kind kind);
struct pkuseg_place {
    uint32_t block; /* 0: never seen in a text */
    uint8_t kind, row;
};
/* Where a feature, as the model file writes it, belongs; makes the block. */
enum error_code pkuseg_feature_place(struct pkuseg_model *m, struct span feature,
                                     struct pkuseg_place *out, struct error *e);
/* Adds a word of 'unigram'. */
enum error_code pkuseg_feature_word(struct pkuseg_model *m, struct span word, struct error *e);

/* The tags of a piece of n > 0 positions whose point is set: back has room for n * tags bytes, and
 * holds in back[i] the tag of position i afterwards. */
void pkuseg_score_tags(const struct pkuseg_model *m, struct pkuseg_position *piece, size_t n,
                       uint8_t *back);

#endif
