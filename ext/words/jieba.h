/* Segmentation with jieba's dictionary and tables, word for word as jieba.lcut.
 *
 * A dictionary DAG, the path of the highest unigram probability, and a hidden Markov model for what
 * the dictionary does not know. The program followed is jieba 0.42.1 (github.com/fxsjy/jieba). */
#ifndef CMED_WORDS_JIEBA_H
#define CMED_WORDS_JIEBA_H

#include "../base/buf.h"

struct jieba;

/* The bytes of the installed package's files. */
struct jieba_files {
    struct span dict;               /* dict.txt */
    struct span start, trans, emit; /* finalseg/prob_start.py, prob_trans.py, prob_emit.py */
};

/* A word of the text: bytes from 'at'. */
struct jieba_word {
    uint32_t at, n;
};

enum jieba_mode {
    JIEBA_HMM = 1, /* HMM=True */
    JIEBA_SEARCH =
        2 /* lcut_for_search: the words of two and three characters inside a longer one first */
};

/* What a cut works in; all zero to begin with, used again by the next cut. */
struct jieba_room {
    struct buf words;     /* struct jieba_word */
    struct buf positions; /* struct jieba_position */
    struct buf hidden;    /* struct jieba_hidden */
};

enum {
    JIEBA_BLOCK_MAX = 10000000, /* characters without a mark between them */
    JIEBA_WORD_MAX = 1000       /* characters of a word of the dictionary */
};

/* BAD_FILE: a file is not what jieba has. Copies what it needs. */
enum error_code jieba_load(const struct jieba_files *files, struct jieba **out, struct error *e);
void jieba_free(struct jieba *j); /* NULL is fine */

/* jieba.add_word; freq < 0: jieba_suggest. 0 deletes the word and keeps the model from making it.
 */
enum error_code jieba_add_word(struct jieba *j, struct span word, int64_t freq, struct error *e);
/* jieba.suggest_freq(word): what makes it one word. */
enum error_code jieba_suggest(const struct jieba *j, struct span word, int64_t *freq,
                              struct error *e);
/* jieba.suggest_freq((part, part, ..)): what parts it. */
enum error_code jieba_suggest_parts(const struct jieba *j, const struct span *part, size_t n,
                                    int64_t *freq, struct error *e);
/* jieba.load_userdict: a word a line, then maybe its frequency, then maybe a tag. */
enum error_code jieba_add_words(struct jieba *j, struct span lines, struct error *e);

/* The words of text, in the room until its next use; mode: JIEBA_HMM | JIEBA_SEARCH. BAD_DATA: text
 * is no UTF-8, or past a limit. */
enum error_code jieba_cut(const struct jieba *j, struct jieba_room *room, struct span text,
                          unsigned mode, const struct jieba_word **words, size_t *count,
                          struct error *e);
void jieba_room_free(struct jieba_room *room);

#endif
