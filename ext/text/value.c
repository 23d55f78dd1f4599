/* value.c - numbers with units.
 *
 *     血压  约   140 / 90   mmHg
 *     name  op   numbers    unit                 0.5 g   tid
 *     白细胞   12.5 × 10⁹ / L                     number unit frequency
 *
 * From left to right, one look at each place where a number can begin. Limits: 3 numbers a
 * value, 4 parts a unit; units before the number are not seen.
 */
#include "value.h"
#include "date.h"
#include "value_table.h"

enum { VALUE_UNIT_PARTS = 4, VALUE_DIGITS_MAX = 15, VALUE_EXPONENT_MAX = 30 };

static size_t value_blanks(const struct points *t, size_t at) {
    while (points_is_blank(points_at(t, at)) && !points_is_newline(t->p[at]))
        at++;
    return at;
}

/* ---- numbers ---- */

static size_t value_digits(const struct points *t, size_t at, double *out) {
    size_t i = at;
    for (; points_digit(points_at(t, i)) >= 0; i++)
        *out = *out * 10 + points_digit(t->p[i]);
    return i;
}

/* 1,200 or 1，200: a comma and exactly three digits. */
static bool value_is_thousand(const struct points *t, size_t at) {
    for (size_t i = 1; i <= 3; i++)
        if (points_digit(points_at(t, at + i)) < 0)
            return false;
    return points_at(t, at) == ',' && points_digit(points_at(t, at + 4)) < 0;
}

/* The end of the number at 'at', 'at' where none begins. */
static size_t value_number(const struct points *t, size_t at, double *out) {
    double fraction = 0, unit = 1;
    *out = 0;
    size_t i = value_digits(t, at, out);
    if (i == at || i - at > VALUE_DIGITS_MAX)
        return at;
    while (i - at <= 3 + 4 * 3 && value_is_thousand(t, i))
        i = value_digits(t, i + 1, out);
    if (points_fold(points_at(t, i)) != '.' || points_digit(points_at(t, i + 1)) < 0)
        return i;
    size_t end = i + 1;
    for (; points_digit(points_at(t, end)) >= 0; end++)
        if (end - i <= VALUE_DIGITS_MAX) {
            fraction = fraction * 10 + points_digit(t->p[end]);
            unit *= 10;
        }
    *out += fraction / unit;
    return end;
}

static int value_superscript(uint32_t c) {
    if (c == 0xB9 || c == 0xB2 || c == 0xB3)
        return c == 0xB9 ? 1 : (int)(c - 0xB0);
    return c == 0x2070 || (c >= 0x2074 && c <= 0x2079) ? (int)(c - 0x2070) : -1;
}

static bool value_is_times(uint32_t c) {
    c = points_fold(c);
    return c == 0xD7 || c == 'x' || c == '*' || c == 0x2715 || c == 0x2A2F;
}

/* The exponent of ×10⁹, ×10^9, ×10*9, or ×109 before a '/', at 'at'; its end, 'at' for none. */
static size_t value_power(const struct points *t, size_t at, unsigned *exponent) {
    size_t i = value_blanks(t, at), start;
    if (!value_is_times(points_at(t, i)))
        return at;
    i = value_blanks(t, i + 1);
    if (points_digit(points_at(t, i)) != 1 || points_digit(points_at(t, i + 1)) != 0)
        return at;
    uint32_t sign = points_fold(points_at(t, i += 2));
    bool marked = sign == '^' || sign == '*';
    *exponent = 0;
    i += marked;
    for (start = i; i - start < 2 && value_superscript(points_at(t, i)) >= 0; i++)
        *exponent = *exponent * 10 + (unsigned)value_superscript(t->p[i]);
    if (i == start)
        for (; i - start < 2 && points_digit(points_at(t, i)) >= 0; i++)
            *exponent = *exponent * 10 + (unsigned)points_digit(t->p[i]);
    bool flat = !marked && value_superscript(points_before(t, i)) < 0;
    if (i == start || *exponent == 0 || *exponent > VALUE_EXPONENT_MAX)
        return at;
    return flat && points_fold(points_at(t, i)) != '/' ? at : i;
}

/* ---- units ---- */

static void value_unit_add(struct value *v, const char *text) {
    size_t n = strlen(v->unit), more = strlen(text);
    if (n + more < sizeof v->unit)
        memcpy(v->unit + n, text, more + 1);
}

/* 3分 may be a score and 8时 a time of day, but 次/分 and mL/时 are per minute and hour. */
static const char *value_per(const char *canonical) {
    if (strcmp(canonical, "分") == 0)
        return "min";
    return strcmp(canonical, "时") == 0 ? "h" : canonical;
}

/* word ('/' word)*, or '/' word behind a power of ten. The end; 'at' where no unit stands. */
static size_t value_unit(const struct points *t, size_t at, bool powered, struct value *v) {
    const char *canonical = NULL;
    size_t end = value_blanks(t, at), n = 0;
    if (!powered) {
        n = value_word_match(t, end, value_units, &canonical);
        if (!n)
            return at;
        value_unit_add(v, canonical);
    }
    for (unsigned part = 1; part < VALUE_UNIT_PARTS; part++) {
        size_t slash = end + n;
        uint32_t c = points_fold(points_at(t, slash));
        bool per = c == '/' || c == 0x6BCF; /* 每 */
        size_t more = per ? value_word_match(t, slash + 1, value_units, &canonical) : 0;
        if (!more)
            break;
        value_unit_add(v, "/");
        value_unit_add(v, value_per(canonical));
        end = slash + 1;
        n = more;
    }
    return end + n;
}

/* ---- the numbers of one value ---- */

/* What joins two numbers at 'at': '-', '/', 'x', '+' or 0; *end behind it. */
static char value_joiner(const struct points *t, size_t at, size_t *end) {
    size_t i = value_blanks(t, at);
    uint32_t c = points_fold(points_at(t, i));
    *end = value_blanks(t, i + 1);
    if (c == '-' || c == '~' || c == 0x2014 || c == 0x2013 || c == 0x301C || c == 0x81F3 ||
        c == 0x5230 || c == 0x2212) /* 至 到 */
        return '-';
    if (c == '/')
        return '/';
    if (value_is_times(c))
        return 'x';
    return c == 0xB1 ? '+' : 0;
}

/* Reads number [power] [unit], then as long as the same joiner follows, again. */
static size_t value_numbers(const struct points *t, size_t at, struct value *v) {
    size_t end = at;
    while (v->n < VALUE_NUMBERS) {
        unsigned exponent = 0;
        size_t number = value_number(t, at, &v->number[v->n]);
        if (number == at)
            break;
        v->n++;
        v->value_end = end = number;
        size_t power = value_power(t, end, &exponent);
        bool powered = power > end;
        v->unit[0] = 0;
        if (powered) {
            char text[16] = "10^";
            size_t k = 3;
            if (exponent >= 10)
                text[k++] = (char)('0' + exponent / 10);
            text[k] = (char)('0' + exponent % 10);
            value_unit_add(v, text);
        }
        end = value_unit(t, power, powered, v);
        size_t next;
        char joiner = value_joiner(t, end, &next);
        bool more = joiner && (!v->joiner || v->joiner == joiner);
        if (!more || points_digit(points_at(t, next)) < 0 || date_match(t, next))
            break;
        v->joiner = joiner;
        at = next;
    }
    if (v->n < 2)
        v->joiner = 0;
    return end;
}

/* ---- what stands around ---- */

static size_t value_frequency(const struct points *t, size_t at, struct value *v) {
    size_t i = value_blanks(t, at);
    uint32_t c = points_at(t, i);
    if (c == ',' || c == 0xFF0C || c == 0x3001) /* ， 、 */
        i = value_blanks(t, i + 1);
    size_t n = value_word_match(t, i, value_frequencies, &v->frequency);
    return n ? i + n : at;
}

/* The operator that ends before 'at', behind blanks. */
static size_t value_operator(const struct points *t, size_t at, struct value *v) {
    size_t end = at, best = at;
    while (end > 0 && points_is_blank(t->p[end - 1]) && !points_is_newline(t->p[end - 1]))
        end--;
    for (size_t n = 1; n <= 3 && n <= end; n++) {
        const char *canonical = NULL;
        if (value_word_match(t, end - n, value_operators, &canonical) != n)
            continue;
        best = end - n;
        memcpy(v->operator, canonical, strlen(canonical) + 1);
    }
    return best;
}

static bool value_is_name(uint32_t c) {
    return points_is_han(c) || points_is_latin(c) || c == '+' || c == '/' || c == 0x3B1 ||
           c == 0x3B2 || c == 0x3B3 || points_digit(c) >= 0;
}

/* The words that end before 'at', behind a colon, 为, 是, or blanks; bounded, and a known name
 * rather than all of them. */
static void value_name(const struct points *t, size_t low, size_t at, struct value *v) {
    size_t end = at, start;
    for (int i = 0; i < 4 && end > low; i++) {
        uint32_t c = points_fold(t->p[end - 1]);
        if (c != ':' && c != ' ' && c != 0x3000 && c != 0x4E3A && c != 0x662F && c != '(')
            break;
        end--;
    }
    start = end;
    while (start > low && end - start < VALUE_NAME_MAX && value_is_name(t->p[start - 1]))
        start--;
    while (start < end && !points_is_han(t->p[start]) && !points_is_latin(t->p[start]))
        start++;
    for (size_t i = start; i < end; i++)
        for (const char *const *known = value_known; *known; known++)
            if (points_match(t, i, *known) == end - i) {
                v->name_start = i;
                v->name_end = end;
                return;
            }
    v->name_start = start;
    v->name_end = end;
}

static bool value_is_unitless(const struct points *t, const struct value *v) {
    for (const char *const *name = value_names; *name; name++) {
        size_t n = v->name_end - v->name_start;
        size_t length = points_match(t, v->name_start, *name);
        if (length == n && n)
            return true;
    }
    return false;
}

/* A number may begin at 'at': no digit, point or Latin letter with a digit stands before it. */
static bool value_may_begin(const struct points *t, size_t low, size_t at) {
    uint32_t c = points_before(t, at);
    return points_digit(points_at(t, at)) >= 0 &&
           (at == low || (points_digit(c) < 0 && points_fold(c) != '.'));
}

static bool value_at(const struct points *t, size_t low, size_t at, struct value *v) {
    *v = (struct value){.value_start = at};
    size_t numbers = value_numbers(t, at, v);
    if (v->n == 0)
        return false;
    v->end = value_frequency(t, numbers, v);
    v->start = value_operator(t, at, v);
    v->start = v->start < low ? at : v->start;
    value_name(t, low, v->start, v);
    if (points_is_latin(points_before(t, at))) /* P80次/分 is a value, G13D and B12 are none */
        return v->unit[0] && (v->unit[1] || !strchr("dhmswTJ", v->unit[0]));
    return v->unit[0] || v->operator[0] || v->frequency || v->joiner == 'x' ||
                         value_is_unitless(t, v);
}

/* Behind the 每日3次 or 一日三次 at 'at', whose number is no value; 'at' where none stands. */
static size_t value_phrase(const struct points *t, size_t at) {
    const char *canonical = NULL;
    switch (t->p[at]) {
    case 0x6BCF: /* 每 */
    case 0x4E00: /* 一 */
    case 0x65E5: /* 日 */
    case 0x9694: /* 隔 */
        return at + value_word_match(t, at, value_frequencies, &canonical);
    default:
        return at;
    }
}

bool value_next(const struct points *t, size_t *at, struct value *out) {
    const size_t low = *at;
    for (size_t i = low; i < t->n; i++) {
        size_t past = value_phrase(t, i);
        if (past == i && value_may_begin(t, low, i))
            past += date_match(t, i);
        if (past == i && value_may_begin(t, low, i) && value_at(t, low, i, out)) {
            *at = out->end;
            return true;
        }
        i = past > i ? past - 1 : i;
    }
    *at = t->n;
    return false;
}
