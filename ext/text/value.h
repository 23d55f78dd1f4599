/* Numbers with units in medical text: vital signs, laboratory values, sizes, doses. */
#ifndef CMED_TEXT_VALUE_H
#define CMED_TEXT_VALUE_H

#include "points.h"

enum { VALUE_NUMBERS = 3, VALUE_UNIT_MAX = 48, VALUE_NAME_MAX = 12 };

/* 血压140/90mmHg: name 血压, 140 and 90, joined by '/', mmHg. Positions in code points. */
struct value {
    size_t start, end;             /* from operator or first digit to unit or frequency */
    size_t name_start, name_end;   /* the words just before; empty where there are none */
    size_t value_start, value_end; /* the numbers as written, operator and unit left out */
    unsigned n;                    /* numbers: 1 to VALUE_NUMBERS */
    double number[VALUE_NUMBERS];
    char joiner;               /* 0; '-' a range, '/' a pair, 'x' a size, '+' plus or minus */
    char operator[4];          /* "", "<", ">", "<=", ">=", "=", "~" (about) */
    char unit[VALUE_UNIT_MAX]; /* canonical: mmHg, 10^9/L, mg/kg/d; "" where there is none */
    const char *frequency;     /* canonical: qd, bid, q8h; NULL where there is none */
};

/* The next value at or after *at, which moves behind it; false where there is none.
 *
 * A number counts where it has a unit, an operator, a joiner 'x', a frequency behind it, or a
 * known name without unit before it (pH, INR, BMI, GCS ...). Dates are no values. Numbers: full
 * width too, 1,200, 3.5, 10×10⁹/L, 10^9, 10*9. Units: those of value_table.c and their quotients,
 * in any case, Chinese names too. */
bool value_next(const struct points *text, size_t *at, struct value *out);

#endif
