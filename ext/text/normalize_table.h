/* The characters that normalize.c knows of itself, beside what Unicode says. */
#ifndef CMED_TEXT_NORMALIZE_TABLE_H
#define CMED_TEXT_NORMALIZE_TABLE_H

#include "points.h"

enum { NORMALIZE_NUMERALS = 4 }; /* joined numbers before one class word: 'Ⅰ、Ⅱ、Ⅲ期' */

bool normalize_is_zero(uint32_t c);
uint32_t normalize_punct(uint32_t c);     /* c's ASCII twin, else c */
bool normalize_is_class_word(uint32_t c); /* 型度级期类相 and their traditional forms */
bool normalize_is_joiner(uint32_t c);     /* between two numbers of one class word */

/* The number of 1 to 99 that ends before 'end' and starts at or after 'low', *start where it
 * starts; 0 where none ends there. Roman: U+2160 to U+217B; or I, V, X (either case, full width
 * too) up to 39 with no letter before it, but not X alone, which is a shape (X型). Chinese: 一
 * to 九十九, not part of a longer number. */
unsigned normalize_roman(const struct points *t, size_t low, size_t end, size_t *start);
unsigned normalize_han_number(const struct points *t, size_t low, size_t end, size_t *start);

#endif
