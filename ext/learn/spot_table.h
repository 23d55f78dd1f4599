/* What types words: whole, by their ends, and what may stand before them. */
#ifndef CMED_LEARN_SPOT_TABLE_H
#define CMED_LEARN_SPOT_TABLE_H

struct spot_word {
    const char *text, *type;
};

extern const struct spot_word spot_words[]; /* the whole word; NULL ends */
extern const struct spot_word spot_heads[]; /* its end, the longer ones first */
extern const char *const spot_modifiers[];  /* belong to the mention behind them */
extern const char *const spot_others[];     /* end so and are none */

#endif
