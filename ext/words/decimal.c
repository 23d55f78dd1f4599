/* decimal.c - text to numbers.
 *
 *     -3.6544978750449433      -3.14e+100      12      the nearest double
 */
#include "decimal.h"

#include <locale.h>
#include <math.h>
#include <stdlib.h>

static size_t decimal_digits(struct span s, size_t at) {
    size_t n = 0;
    while (at + n < s.n && s.p[at + n] >= '0' && s.p[at + n] <= '9')
        n++;
    return n;
}

static size_t decimal_sign(struct span s, size_t at) {
    return at < s.n && (s.p[at] == '-' || s.p[at] == '+');
}

static bool decimal_shape(struct span s) {
    size_t at = decimal_sign(s, 0);
    size_t whole = decimal_digits(s, at), part = 0;
    at += whole;
    if (at < s.n && s.p[at] == '.') {
        part = decimal_digits(s, at + 1);
        at += 1 + part;
    }
    if (whole + part == 0)
        return false;
    if (at < s.n && (s.p[at] | 0x20) == 'e') {
        at += 1 + decimal_sign(s, at + 1);
        size_t power = decimal_digits(s, at);
        at += power;
        if (power == 0)
            return false;
    }
    return at == s.n;
}

/* The host's locale may write 3,14; "C" is in libc itself and costs nothing to take. */
bool decimal_real(struct span text, double *out) {
    char z[DECIMAL_TEXT_MAX + 1];
    if (text.n == 0 || text.n > DECIMAL_TEXT_MAX || !decimal_shape(text))
        return false;
    memcpy(z, text.p, text.n);
    z[text.n] = 0;
    locale_t c = newlocale(LC_ALL_MASK, "C", (locale_t)0);
    if (!c)
        return false;
    *out = strtod_l(z, NULL, c);
    freelocale(c);
    return isfinite(*out);
}

bool decimal_whole(struct span text, int64_t *out) {
    if (text.n == 0 || text.n > 18 || decimal_digits(text, 0) != text.n)
        return false;
    *out = 0;
    for (size_t i = 0; i < text.n; i++)
        *out = *out * 10 + (text.p[i] - '0');
    return true;
}
