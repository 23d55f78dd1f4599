/* What a text says of a mention: that it is absent, not sure, past, or someone else's. Cue words
 * within their scope, after ConText (Harkema et al., J Biomed Inform 42, 2009). */
#ifndef CMED_TEXT_ASSERTION_H
#define CMED_TEXT_ASSERTION_H

#include "points.h"

enum {
    ASSERTION_NEGATED = 1,   /* 无发热 */
    ASSERTION_UNCERTAIN = 2, /* 肺炎可能 */
    ASSERTION_HISTORY = 4,   /* 既往有胃溃疡病史 */
    ASSERTION_FAMILY = 8     /* 父亲患糖尿病 */
};

enum {
    ASSERTION_BEFORE = 60, /* characters before a mention that are looked at, */
    ASSERTION_BEHIND = 16  /* and behind it */
};

/* The bits of the mention from start to end, code points; start <= end <= text->n. */
unsigned assertion_of(const struct points *text, size_t start, size_t end);

#endif
