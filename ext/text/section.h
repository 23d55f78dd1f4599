/* Sections of a medical record (入院记录, 出院小结, 手术记录) by their headings. */
#ifndef CMED_TEXT_SECTION_H
#define CMED_TEXT_SECTION_H

#include "points.h"

/* Positions in code points, end exclusive. The body has no white space at either end. */
struct section {
    const char *name;                  /* the canonical heading, NULL before the first one */
    size_t heading_start, heading_end; /* as written, without marks: '现病史'; empty before it */
    size_t start, end;                 /* the body */
};

/* The headings that are known: a name and its other spellings, NULL ends both lists. */
struct section_heading {
    const char *name;
    const char *const *variants;
};

extern const struct section_heading section_headings[];

/* The next section from *at on, which moves behind it; start with 0. False where there is none.
 * A section without text is one too; text before the first heading is one without a name.
 *
 * A heading is a known spelling (blanks between its characters are fine)
 *   - in 【】, [], 〖〗 or ** anywhere, or
 *   - at the start of a line, behind a number (一、 1. （2）) or a sentence end, before a colon, or
 *   - at the start of a line or behind its number, before a blank or the end of the line. */
bool section_next(const struct points *text, size_t *at, struct section *out);

#endif
