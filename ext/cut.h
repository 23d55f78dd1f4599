/* One way to cut a text into words, whatever kind of segmenter the model is. */
#ifndef CMED_CUT_H
#define CMED_CUT_H

#include "base/poll.h"
#include "words/jieba.h"
#include "words/pkuseg.h"
#include "words/segment.h"

/* A segmenter as one of three kinds; the other two are NULL. */
struct cut_model {
    struct model *own;
    struct pkuseg *pkuseg;
    struct jieba *jieba;
    unsigned jieba_mode;
};

/* A cut under way, and what cuts work in: all zero at first, used again by the next text. */
struct cut {
    const struct cut_model *model;
    struct span text;
    struct segment *segment;
    struct pkuseg_room pkuseg;
    struct jieba_room jieba;
    const struct pkuseg_word *pkuseg_word;
    const struct jieba_word *jieba_word;
    size_t words, word; /* of those two: how many, the next one */
    size_t at, point;   /* a byte of the text and its code point, at or before the next word */
};

struct cut_word {
    struct segment_word place; /* bytes and code points */
    struct span tag;           /* of the model where it says one with the word; else empty */
};

/* Starts on a text, which must stay. users, which may be NULL, are for models of our own kind.
 * White space is no word. BAD_DATA: a text that is no UTF-8 (pkuseg, jieba). */
enum error_code cut_begin(struct cut *c, const struct cut_model *model, struct user_words *users,
                          struct span text, struct error *e);
bool cut_next(struct cut *c, struct cut_word *word);
/* The word's part of speech; empty where the model knows none. Lives as long as the model. */
struct span cut_tag(const struct cut *c, const struct cut_word *word);
void cut_free(struct cut *c);

/* The words of a text behind what is in out, one blank between. */
enum error_code cut_join(struct cut *c, const struct cut_model *model, struct user_words *users,
                         struct span text, const struct poll *poll, struct buf *out,
                         struct error *e);

/* Whether a search should find the word: a letter, ideograph or digit is in it. */
bool cut_is_searchable(struct span word);

#endif
