/* The tokens of a text for a search: normalised words, the short words inside long ones, synonyms,
 * and where each stands in the text as it was given. */
#ifndef CMED_TOKENS_H
#define CMED_TOKENS_H

#include "cut.h"
#include "text/normalize.h"
#include "words/lexicon.h"

enum tokens_mode {
    TOKENS_DOCUMENT, /* every form that a word can be found by */
    TOKENS_QUERY,    /* one form */
    TOKENS_PREFIX    /* one form; the last word may be the start of one */
};

/* A token of a document stands at a place of its own, or, colocated, at that of the one before.
 * Places are in order and do not overlap; start and end are bytes of the text. Not 0: stop, and
 * that is what tokens_walk gives back. */
typedef int tokens_call(void *of, bool colocated, struct span token, size_t start, size_t end);

/* Words that are read as other words: each as the tokens of its canonical form. */
struct synonyms {
    struct lexicon variant; /* normalised -> where its tokens begin in 'tokens' */
    struct buf tokens;      /* u32 n, then n times u32 bytes and the bytes */
};

/* How texts become tokens, and what that works in: all zero but for the first part. model and parts
 * are borrowed. */
struct tokens {
    const struct cut_model *model;
    const struct model *parts; /* whose dictionary takes words apart; NULL: nothing does */
    unsigned steps;            /* of normalisation */
    struct synonyms synonyms;

    struct cut cut;
    struct normalized map;
    struct buf text; /* normalised */
};

/* Before the text of a query: it is one word, whatever the segmenter makes of it alone. U+2060, the
 * word joiner. */
#define TOKENS_JOINER "\xE2\x81\xA0"

/* A text of any bytes. *stopped: what call said, 0 where it never did. */
enum error_code tokens_walk(struct tokens *t, struct span text, enum tokens_mode mode,
                            tokens_call *call, void *of, int *stopped, struct error *e);
/* A variant that is there takes the new canonical form. */
enum error_code tokens_add_synonym(struct tokens *t, struct span variant, struct span canonical,
                                   struct error *e);
void tokens_free(struct tokens *t);

#endif
