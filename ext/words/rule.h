/* What is a word whatever the model thinks: numbers, measures, names in Latin letters.
 *
 *     38.5℃  63%  140/90  2-3  2016-02-13  3×4    a number is one word, with its sign % ‰ ℃ °
 *     0.5|g  140/90|mmHg  3|mg/kg                 a unit in letters is a word of its own
 *     10|×10⁹/L                                   and so is a power of ten before a unit
 *     CYP2C19  HER-2  IL-6  5-HT  CD4+  PD-L1     letters and digits of one name stay together
 *     2型|糖尿病  Ⅲ期                              a numeral keeps 型 and 期
 *     血红蛋白|(|Hb|)   。|”   ……                  punctuation stands alone; repeats are one
 *
 * Between Chinese characters, and where a number or Latin name meets one, the boundary is left
 * open for the model (B超, 维生素C, 3个). */
#ifndef CMED_WORDS_RULE_H
#define CMED_WORDS_RULE_H

struct chunk;

/* Fills c->mark; mark[0] is MARK_SPLIT. */
void rule_mark(struct chunk *c);

/* Whether the n code points are a unit of measurement in letters ("mg", "mmHg"). */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
bool rule_unit(const uint32_t *points, size_t n);

#endif
