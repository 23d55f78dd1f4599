/* Units, frequencies and names that value.c knows. */
#ifndef CMED_TEXT_VALUE_TABLE_H
#define CMED_TEXT_VALUE_TABLE_H

#include "points.h"

struct value_word {
    const char *text; /* any case, any width */
    const char *canonical;
};

extern const struct value_word value_units[];       /* ends with NULL */
extern const struct value_word value_operators[];   /* ends with NULL */
extern const struct value_word value_frequencies[]; /* ends with NULL */
extern const char *const value_names[];             /* may have no unit; ends with NULL */
extern const char *const value_known[];             /* names of signs and tests; ends with NULL */

/* The longest word of the table at 'at'; a Latin word must not go on. Its code points, 0 where
 * none stands there. */
size_t value_word_match(const struct points *text, size_t at, const struct value_word *table,
                        const char **canonical);

#endif
