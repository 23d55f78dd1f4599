/* float_text.c - text to the nearest float, quickly where that is safe, exactly where it is not.
 *
 *     -0.025016785e-2     w = 25016785, e10 = -11: of 19 digits at most; what is cut off is less
 *                         than a unit of the last one
 *     d = w / 10^11       a double, at most FLOAT_TEXT_DOUBT of its last places from the truth
 *
 *     a double    | sign | 11 of exponent | 23 of a float | 29 more: 1000…0 is half way |
 *
 * Where the 29 bits are not that close to half way between two floats, d rounds as the truth does
 * (the idea is Clinger's, How to Read Floating Point Numbers Accurately, 1990). Else the text is
 * compared with the half in whole numbers. Half way between two floats has at most 113 digits, so
 * that of more digits only the question matters whether one of them is not 0. */
#include "float_text.h"
#include "word.h"

#include <float.h>
#include <math.h>

enum {
    FLOAT_TEXT_FAST = 19,     /* digits that 64 bits hold */
    FLOAT_TEXT_EXACT = 120,   /* digits that are compared */
    FLOAT_TEXT_DOUBT = 8,     /* last places of a double */
    FLOAT_TEXT_POWER = 22,    /* of ten, in one step */
    FLOAT_TEXT_FAR = 1 << 30, /* no exponent is read past it */
    FLOAT_TEXT_WORDS = 40     /* of 32 bits: 120 digits, 5^166 and 2^320 */
};

/* 10^(i - FLOAT_TEXT_POWER) */
static const double float_text_power[] = {
    1e-22, 1e-21, 1e-20, 1e-19, 1e-18, 1e-17, 1e-16, 1e-15, 1e-14, 1e-13, 1e-12, 1e-11,
    1e-10, 1e-9,  1e-8,  1e-7,  1e-6,  1e-5,  1e-4,  1e-3,  1e-2,  1e-1,  1e0,   1e1,
    1e2,   1e3,   1e4,   1e5,   1e6,   1e7,   1e8,   1e9,   1e10,  1e11,  1e12,  1e13,
    1e14,  1e15,  1e16,  1e17,  1e18,  1e19,  1e20,  1e21,  1e22};

/* A number as it is read: w * 10^e10, and perhaps less than a unit of w more. */
struct float_text {
    uint64_t w;
    int64_t e10;
    size_t from, to; /* of the digits and the point, in the text */
    size_t point;    /* SIZE_MAX: none */
};

/* --- reading ---------------------------------------------------------------------------------- */

static bool float_text_digit(uint8_t c) {
    return (uint8_t)(c - '0') < 10;
}

/* Eight digits in a word, the first in its lowest byte; a byte of zeroes is a 0. */
static uint32_t float_text_eight(uint64_t word) {
    word = (word & 0x0F0F0F0F0F0F0F0Fu) * 2561 >> 8;
    word = (word & 0x00FF00FF00FF00FFu) * 6553601 >> 16;
    return (uint32_t)((word & 0x0000FFFF0000FFFFu) * 42949672960001u >> 32);
}

/* How many of the word's first bytes are digits. */
static unsigned float_text_run(uint64_t word) {
    uint64_t other = ((word & 0xF0F0F0F0F0F0F0F0u) ^ 0x3030303030303030u) |
                     (((word + 0x0606060606060606u) & 0xF0F0F0F0F0F0F0F0u) ^ 0x3030303030303030u);
    return other ? word_first(other) : 8;
}

static const uint32_t float_text_step[] = {1,      10,      100,      1000,     10000,
                                           100000, 1000000, 10000000, 100000000};

/* Appends the first n digits of a word, 1 to 8 of them. */
static uint64_t float_text_append(uint64_t w, uint64_t word, unsigned n) {
    return w * float_text_step[n] + float_text_eight(word << (64 - 8 * n));
}

/* Appends digits to w, up to eight at once; w is of no use where there are more than 19. */
static size_t float_text_digits(struct span s, size_t at, uint64_t *w) {
    for (unsigned n = 8; n == 8 && s.n - at >= 8; at += n) {
        uint64_t word = word_load(s.p + at);
        n = float_text_run(word);
        if (n == 0)
            return at;
        *w = float_text_append(*w, word, n);
    }
    for (; at < s.n && float_text_digit(s.p[at]); at++)
        *w = *w * 10 + (uint64_t)(s.p[at] - '0');
    return at;
}

enum { FLOAT_TEXT_SHORT = 18 /* bytes that float_text_short may look at */ };

/* What nearly every number of a vector is: a digit, the point, 1 to 15 digits, no exponent. Gives
 * where it ends; 0: it is something else. */
static size_t float_text_short(struct float_text *t, struct span s, size_t at) {
    const uint8_t *p = s.p + at;
    uint64_t word = word_load(p + 2);
    unsigned n = float_text_run(word), m = 0;
    if (!float_text_digit(p[0]) || p[1] != '.' || n == 0)
        return 0;
    t->w = float_text_append((uint64_t)(p[0] - '0'), word, n);
    if (n == 8) {
        word = word_load(p + 10);
        m = float_text_run(word);
        t->w = m ? float_text_append(t->w, word, m) : t->w;
    }
    n += m;
    t->e10 = -(int64_t)n;
    t->from = at;
    t->point = at + 1;
    t->to = at + 2 + n;
    return m == 8 || (s.p[t->to] | 0x20) == 'e' ? 0 : t->to;
}

/* The first 19 digits from the first that is not 0; e10 has the exponent. */
static void float_text_first(struct float_text *t, struct span s) {
    int digits = 0;
    t->w = 0;
    for (size_t i = t->from; i < t->to; i++) {
        bool part = i > t->point;
        if (i == t->point)
            continue;
        if (digits < FLOAT_TEXT_FAST) {
            t->w = t->w * 10 + (uint64_t)(s.p[i] - '0');
            digits += t->w != 0;
            t->e10 -= part;
        } else {
            t->e10 += !part;
        }
    }
}

/* e-12 behind the digits; the text may go on with an 'e' that is no exponent. */
static size_t float_text_exponent(struct span s, size_t at, int64_t *exponent) {
    size_t i = at + 1;
    *exponent = 0;
    if (at >= s.n || (s.p[at] | 0x20) != 'e')
        return at;
    bool minus = i < s.n && s.p[i] == '-';
    i += i < s.n && (s.p[i] == '-' || s.p[i] == '+');
    if (i >= s.n || !float_text_digit(s.p[i]))
        return at;
    for (; i < s.n && float_text_digit(s.p[i]); i++)
        if (*exponent < FLOAT_TEXT_FAR)
            *exponent = *exponent * 10 + (s.p[i] - '0');
    *exponent = minus ? -*exponent : *exponent;
    return i;
}

/* False: no digit. *at: behind the number. */
static bool float_text_read(struct float_text *t, struct span s, size_t *at) {
    size_t end = s.n - *at > FLOAT_TEXT_SHORT ? float_text_short(t, s, *at) : 0;
    if (end) {
        *at = end;
        return true;
    }
    *t = (struct float_text){.from = *at};
    t->point = SIZE_MAX;
    t->to = float_text_digits(s, *at, &t->w);
    size_t digits = t->to - t->from, parts = 0;
    if (t->to < s.n && s.p[t->to] == '.') {
        t->point = t->to;
        t->to = float_text_digits(s, t->to + 1, &t->w);
        parts = t->to - t->point - 1;
    }
    digits += parts;
    if (digits == 0)
        return false;
    *at = float_text_exponent(s, t->to, &t->e10);
    if (digits > FLOAT_TEXT_FAST)
        float_text_first(t, s);
    else
        t->e10 -= (int64_t)parts;
    return true;
}

/* --- the exact comparison --------------------------------------------------------------------- */

/* A whole number, the lowest word first. */
struct float_text_whole {
    uint32_t word[FLOAT_TEXT_WORDS];
};

static void float_text_multiply(struct float_text_whole *a, uint32_t by, uint32_t add) {
    for (int i = 0; i < FLOAT_TEXT_WORDS; i++) {
        uint64_t product = (uint64_t)a->word[i] * by + add;
        a->word[i] = (uint32_t)product;
        add = (uint32_t)(product >> 32);
    }
}

static void float_text_five(struct float_text_whole *a, int64_t power) {
    for (; power >= 13; power -= 13)
        float_text_multiply(a, 1220703125, 0);
    for (; power > 0; power--)
        float_text_multiply(a, 5, 0);
}

static void float_text_shift(struct float_text_whole *a, int64_t bits) {
    int words = (int)(bits / 32), rest = (int)(bits % 32);
    for (int i = FLOAT_TEXT_WORDS - 1; i >= 0; i--) {
        uint64_t high = i >= words ? a->word[i - words] : 0;
        uint64_t low = i > words ? a->word[i - words - 1] : 0;
        a->word[i] = (uint32_t)((high << 32 | low) << rest >> 32);
    }
}

static int float_text_order(const struct float_text_whole *a, const struct float_text_whole *b) {
    for (int i = FLOAT_TEXT_WORDS - 1; i >= 0; i--)
        if (a->word[i] != b->word[i])
            return a->word[i] < b->word[i] ? -1 : 1;
    return 0;
}

/* The text's first digits as a whole number times 10^*e10; *more: digits that are not 0 follow. */
static void float_text_take(const struct float_text *t, struct span s, struct float_text_whole *out,
                            int64_t *e10, bool *more) {
    int digits = 0;
    int64_t cut = 0, taken_parts = 0;
    *out = (struct float_text_whole){{0}};
    *more = false;
    for (size_t i = t->from; i < t->to; i++) {
        if (i == t->point)
            continue;
        bool part = i > t->point, zero = s.p[i] == '0';
        if (digits == FLOAT_TEXT_EXACT) {
            *more = *more || !zero;
            cut += !part;
            continue;
        }
        digits += digits || !zero;
        if (digits)
            float_text_multiply(out, 10, (uint32_t)(s.p[i] - '0'));
        taken_parts += part;
    }
    float_text_exponent(s, t->to, e10);
    *e10 += cut - taken_parts;
}

/* Is the text less than, or equal to, or more than half, which is no less than 2^-150? */
static int float_text_compare(const struct float_text *t, struct span s, double half) {
    struct float_text_whole text, other = {{0}};
    int64_t e10;
    int e2;
    bool more;
    float_text_take(t, s, &text, &e10, &more);
    uint64_t mantissa = (uint64_t)ldexp(frexp(half, &e2), 53);
    other.word[0] = (uint32_t)mantissa;
    other.word[1] = (uint32_t)(mantissa >> 32);
    int64_t shift = (int64_t)e2 - 53 - e10; /* of other against text */
    float_text_five(e10 >= 0 ? &text : &other, e10 >= 0 ? e10 : -e10);
    float_text_shift(shift >= 0 ? &other : &text, shift >= 0 ? shift : -shift);
    int order = float_text_order(&text, &other);
    return order ? order : more;
}

static bool float_text_is_odd(float f) {
    uint32_t bits;
    memcpy(&bits, &f, sizeof bits);
    return bits & 1;
}

/* The float nearest to the text; d is not far from it. */
static float float_text_exactly(const struct float_text *t, struct span s, double d) {
    float f = d > FLT_MAX ? FLT_MAX : (float)d;
    float up = nextafterf(f, INFINITY), down = nextafterf(f, 0);
    bool odd = float_text_is_odd(f);
    double above = f == FLT_MAX ? 0x1.ffffffp127 : ((double)f + up) / 2;
    int order = float_text_compare(t, s, above);
    if (order > 0 || (order == 0 && odd))
        return up;
    if (f == 0)
        return f;
    order = float_text_compare(t, s, ((double)f + down) / 2);
    return order < 0 || (order == 0 && odd) ? down : f;
}

/* --- the number ------------------------------------------------------------------------------- */

/* d * 10^e10, each step not more than a last place from the truth. */
static double float_text_scale(double d, int64_t e10) {
    for (; e10 > FLOAT_TEXT_POWER; e10 -= FLOAT_TEXT_POWER)
        d *= 1e22;
    for (; e10 < -FLOAT_TEXT_POWER; e10 += FLOAT_TEXT_POWER)
        d *= 1e-22;
    return d * float_text_power[e10 + FLOAT_TEXT_POWER];
}

static float float_text_nearest(const struct float_text *t, struct span s) {
    uint64_t bits;
    if (t->w == 0 || t->e10 < -45 - FLOAT_TEXT_FAST)
        return 0;
    if (t->e10 > 39)
        return INFINITY;
    double d = float_text_scale((double)t->w, t->e10);
    memcpy(&bits, &d, sizeof bits);
    uint64_t doubt = (bits & 0x1FFFFFFF) - 0x10000000 + FLOAT_TEXT_DOUBT;
    if (FLT_EVAL_METHOD == 0 && d >= FLT_MIN && doubt > 2 * FLOAT_TEXT_DOUBT)
        return (float)d;
    return float_text_exactly(t, s, d);
}

static size_t float_text_word(struct span s, size_t at, const char *word) {
    size_t n = strlen(word);
    if (s.n - at < n)
        return 0;
    for (size_t i = 0; i < n; i++)
        if ((s.p[at + i] | 0x20) != (uint8_t)word[i])
            return 0;
    return at + n;
}

/* inf, infinity, nan */
static size_t float_text_named(struct span s, size_t at, float *out) {
    size_t end = float_text_word(s, at, "infinity");
    end = end ? end : float_text_word(s, at, "inf");
    *out = end ? INFINITY : NAN;
    return end ? end : float_text_word(s, at, "nan");
}

size_t float_text(struct span s, float *out) {
    struct float_text t = {.w = 0, .e10 = 0};
    size_t at = s.n > 0 && (s.p[0] == '-' || s.p[0] == '+');
    bool minus = at && s.p[0] == '-';
    if (float_text_read(&t, s, &at))
        *out = float_text_nearest(&t, s);
    else
        at = float_text_named(s, t.from, out);
    *out = copysignf(*out, minus ? -1 : 1);
    return at;
}
