/* Words that a user adds: soft. They move the scores of the boundaries they touch, and so can
 * overrule the model and the rules, or be overruled. */
#ifndef CMED_WORDS_USER_WORDS_H
#define CMED_WORDS_USER_WORDS_H

#include "automaton.h"
#include "lexicon.h"

#define USER_WORDS_WEIGHT 6.0 /* default, in logits: the model is seldom surer */
#define USER_WORDS_MOST   100.0

/* All zero is an empty list. */
struct user_words {
    struct lexicon words; /* folded; the number is the weight + USER_WORDS_ZERO */
    struct automaton_built built;
    int32_t *weights; /* by value of the automaton, in 1 / MODEL_SCALE */
    bool stale;
};

/* A word that is there takes the new weight: at both its ends a boundary becomes likelier by
 * weight, inside it less likely; a negative weight does the contrary. BAD_USE: no word, white
 * space, over DICTIONARY_WORD_MAX * 4 characters, characters past U+FFFF, weight out of range. */
enum error_code user_words_add(struct user_words *u, struct span word, double weight,
                               struct error *e);
/* To be called before the words are used, after the last was added. */
enum error_code user_words_ready(struct user_words *u, struct error *e);
void user_words_free(struct user_words *u);

struct chunk;
/* Adds to scores[i], of the boundary before character i, and opens marks of rules on the way. */
void user_words_score(const struct user_words *u, struct chunk *c, int32_t *scores);

#endif
