/* Gold segmentation: text of which all, or some, boundaries are known. Three notations, told
 * apart line by line; a line ends with \n or \r\n, an empty one is nothing.
 *
 *     患者 血压 高              words with white space between: every boundary is known
 *     患<TAB>B                  a character and its tag, a line each: B M E S, or B I O, or
 *     者<TAB>E                  B I E S; a sentence ends at an empty line, at a line of another
 *                               notation, or with the text
 *     ?患-者|血 压|高           partial annotation: "?", then one mark between any two characters:
 *                               | a boundary, - none, a blank: not known (KyTea's notation) */
#ifndef CMED_WORDS_GOLD_H
#define CMED_WORDS_GOLD_H

#include "../base/buf.h"

enum gold_mark { GOLD_UNKNOWN, GOLD_SPLIT, GOLD_JOIN };

enum { GOLD_SENTENCE_MAX = 1000000 }; /* bytes */

struct gold_sentence {
    struct span text;
    const uint8_t *marks; /* for each character: the boundary before it */
    size_t n;             /* characters */
};

/* All zero is a reader before its first line. */
struct gold {
    struct buf text, marks;
    bool tagged; /* a sentence of tagged characters is under way */
};

/* Takes the next line, without its end. *out is a sentence that is complete now (n = 0: none); it
 * stays until the next call. A line may complete the tagged sentence before it and be one itself:
 * then *again is set, and the same line is to be given once more. BAD_DATA. */
enum error_code gold_line(struct gold *g, struct span line, struct gold_sentence *out, bool *again,
                          struct error *e);
/* The tagged sentence that the text's end completes. */
void gold_end(struct gold *g, struct gold_sentence *out);
void gold_free(struct gold *g);

#endif
