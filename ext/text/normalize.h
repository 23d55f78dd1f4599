/* Medical text in one spelling, by steps chosen by name.
 *
 * The steps run in the order of normalize_steps, whatever order they are named in:
 *
 *     zero     characters without width go: ZWSP, ZWJ, BOM, soft hyphen, direction marks,
 *              variation selectors
 *     numeral  the number before a class word (型度级期类相) becomes digits: Ⅱ型 = II型 = 二型 =
 * 2型 width    full-width ASCII and half-width kana, hangul and signs get their usual width nfkc
 * Unicode NFKC case     Unicode full case folding punct    Chinese punctuation becomes its ASCII
 * twin space    a run of white space becomes one blank; none at either end
 *
 * All of them are the default. Unicode data: utf8proc (normalize_unicode says which version).
 * The result of all steps, normalised again, is itself. */
#ifndef CMED_TEXT_NORMALIZE_H
#define CMED_TEXT_NORMALIZE_H

#include "points.h"

enum normalize_bit {
    NORMALIZE_ZERO = 1,
    NORMALIZE_NUMERAL = 2,
    NORMALIZE_WIDTH = 4,
    NORMALIZE_NFKC = 8,
    NORMALIZE_CASE = 16,
    NORMALIZE_PUNCT = 32,
    NORMALIZE_SPACE = 64,
    NORMALIZE_ALL = 127
};

struct normalize_step {
    const char *name;
    unsigned bit;
    const char *doc;
};

extern const struct normalize_step normalize_steps[]; /* ends with a NULL name */

/* 'width,case', blanks around names allowed; '' or 'all' are all steps. BAD_USE names the step
 * that there is not. */
enum error_code normalize_parse(struct span what, unsigned *steps, struct error *e);

/* A normalised text and where it came from. point.n == from.n; from.p[i] is the code point
 * offset in the original of the first character that made point.p[i]. Offsets never decrease,
 * but for combining marks that canonical ordering has swapped. All zero is empty; reusable. */
struct normalized {
    struct points point, from;
    struct points spare_point, spare_from; /* the pass being written */
};

/* Replaces what 'out' holds. text may be ill-formed (points.h). */
enum error_code normalize_text(struct normalized *out, struct span text, unsigned steps,
                               struct error *e);
void normalize_free(struct normalized *out);

/* The same as UTF-8, appended to out, for who needs no offsets. */
enum error_code normalize_utf8(struct span text, unsigned steps, struct buf *out, struct error *e);

const char *normalize_unicode(void); /* '15.0.0' */

#endif
