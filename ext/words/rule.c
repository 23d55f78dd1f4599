/* rule.c - tokens among the characters that are not Chinese.
 *
 *     血 压 1 4 0 / 9 0 m m H g 。       run of characters to look at: 140/90mmHg。
 *           [--number--][unit-][.]      one token after the other, JOIN within, SPLIT between
 *
 * A token's own function says where it ends; it looks at classes first, then at code points.
 * Nothing is looked at twice more than a few times: time is linear.
 */
#include "rule.h"
#include "chunk.h"

/* Sorted; letters as charset_fold leaves them. */
static const char *const UNITS[] = {
    "bpm", "cal", "cc",   "cfu",   "cm",   "cmh2o", "copies", "d",    "db",  "dl",   "fl",
    "g",   "gy",  "h",    "hp",    "hz",   "iu",    "j",      "kcal", "kda", "kg",   "kj",
    "khz", "kpa", "l",    "m",     "ma",   "mci",   "meq",    "mg",   "mhz", "min",  "miu",
    "ml",  "mm",  "mmhg", "mmh2o", "mmol", "mol",   "mosm",   "mpa",  "ms",  "msv",  "mu",
    "mv",  "ng",  "nm",   "nmol",  "ppm",  "pg",    "pmol",   "s",    "sec", "u",    "ug",
    "uiu", "ul",  "um",   "umol",  "v",    "w",     "μg",     "μl",   "μm",  "μmol", "μiu",
};

static bool rule_alphanumeric(const struct chunk *c, size_t i) {
    return i < c->n && (chunk_class(c, i) == CLASS_DIGIT || chunk_class(c, i) == CLASS_LATIN);
}

static bool rule_digit(const struct chunk *c, size_t i) {
    return i < c->n && chunk_class(c, i) == CLASS_DIGIT;
}

static bool rule_latin(const struct chunk *c, size_t i) {
    return i < c->n && chunk_class(c, i) == CLASS_LATIN;
}

/* Whether character i is one of those in set, folded. */
static bool rule_one_of(const struct chunk *c, size_t i, const uint32_t *set, size_t n) {
    if (i >= c->n)
        return false;
    uint32_t point = charset_fold(c->point[i]);
    for (size_t k = 0; k < n; k++)
        if (set[k] == point)
            return true;
    return false;
}

/* Between digits: 38.5 140/90 2-3 3×4 1:8 2^10 5~7 */
static bool rule_number_joint(const struct chunk *c, size_t i) {
    static const uint32_t SET[] = {'.', '/', '-',  '*',  ':',  '^',  '~',
                                   'x', 'X', u'×', u'–', u'—', u'−', u'～'};
    return rule_one_of(c, i, SET, sizeof SET / sizeof *SET);
}

/* Within a name: HER-2 TB_DNA E.coli Crohn's I/II */
static bool rule_name_joint(const struct chunk *c, size_t i) {
    static const uint32_t SET[] = {'-', '_', '.', '/', '&', '@', '\'', u'’', u'–', u'−', u'‐'};
    return rule_one_of(c, i, SET, sizeof SET / sizeof *SET);
}

/* HBsAg+, 3+, CD4+T, but not 2+3 and A+B. */
static bool rule_plus(const struct chunk *c, size_t i) {
    static const uint32_t SET[] = {'+', u'⁺'};
    return rule_one_of(c, i, SET, 2) && !rule_digit(c, i + 1) &&
           (!rule_latin(c, i + 1) || rule_digit(c, i - 1));
}

static bool rule_sign(const struct chunk *c, size_t i) {
    static const uint32_t SET[] = {'%', u'‰', u'℃', u'℉', u'°', u'º', u'′', u'″'};
    return rule_one_of(c, i, SET, sizeof SET / sizeof *SET);
}

/* Compares ASCII and the Greek mu, folded. */
static bool rule_spells(const uint32_t *points, size_t n, const char *z) {
    size_t i = 0;
    while (*z) {
        uint32_t want;
        z += charset_decode((const uint8_t *)z, strlen(z), &want);
        if (i == n || charset_fold(points[i++]) != want)
            return false;
    }
    return i == n;
}

bool rule_unit(const uint32_t *points, size_t n) {
    for (size_t k = 0; k < sizeof UNITS / sizeof *UNITS; k++)
        if (rule_spells(points, n, UNITS[k]))
            return true;
    return false;
}

/* Where the letters from i on end, if they are a unit: mmHg, cmH2O, m2; else i. */
static size_t rule_unit_end(const struct chunk *c, size_t i) {
    size_t end = i, letters;
    while (end - i < 8 && rule_alphanumeric(c, end))
        end++;
    if (rule_alphanumeric(c, end) || !rule_latin(c, i))
        return i;
    for (letters = end; rule_digit(c, letters - 1);)
        letters--;
    return rule_unit(c->point + i, end - i) || rule_unit(c->point + i, letters - i) ? end : i;
}

static bool rule_raised(const struct chunk *c, size_t i) {
    uint32_t point = i < c->n ? c->point[i] : 0;
    return point == 0xB9 || point == 0xB2 || point == 0xB3 || (point >= 0x2070 && point <= 0x207B);
}

/* ×10⁹, x10^9, and ×109/L whose 9 fell down: where it ends; i where there is none. */
static size_t rule_power(const struct chunk *c, size_t i) {
    static const uint32_t TIMES[] = {u'×', 'x', '*'};
    if (!rule_one_of(c, i, TIMES, 3) || i + 3 > c->n || charset_fold(c->point[i + 1]) != '1' ||
        charset_fold(c->point[i + 2]) != '0')
        return i;
    size_t from = i + 3, end = from;
    bool hat = rule_one_of(c, from, (uint32_t[]){'^'}, 1);
    if (hat)
        end = ++from;
    while (rule_raised(c, end))
        end++;
    if (end > from)
        return end;
    while (rule_digit(c, end))
        end++;
    bool plain = end > from && end <= from + 2 && rule_one_of(c, end, (uint32_t[]){'/'}, 1);
    return (hat && end > from) || plain ? end : i;
}

/* /L, /kg/d, /1.73m² behind a unit or a number. */
static size_t rule_per(const struct chunk *c, size_t i) {
    static const uint32_t SLASH[] = {'/', u'·', u'•'};
    while (rule_one_of(c, i, SLASH, 3)) {
        size_t from = i + 1, end;
        while (rule_digit(c, from) || (from > i + 1 && rule_one_of(c, from, (uint32_t[]){'.'}, 1)))
            from++;
        end = rule_unit_end(c, from);
        if (end == from)
            return i;
        while (rule_digit(c, end))
            end++;
        i = end;
    }
    return i;
}

/* A unit behind a number, whole: mg, mmol/L, ×10⁹/L, /L; i where there is none. */
static size_t rule_measure(const struct chunk *c, size_t i) {
    size_t end = rule_power(c, i);
    if (end == i)
        end = rule_unit_end(c, i);
    return rule_per(c, end);
}

static size_t rule_name(const struct chunk *c, size_t i) {
    while (rule_alphanumeric(c, i) || (rule_name_joint(c, i) && rule_alphanumeric(c, i + 1)))
        i++;
    while (rule_plus(c, i))
        i++;
    return i;
}

/* 1,000,000 but not 3,4 */
static bool rule_thousands(const struct chunk *c, size_t i) {
    static const uint32_t COMMA[] = {','};
    return rule_one_of(c, i, COMMA, 1) && rule_digit(c, i + 1) && rule_digit(c, i + 2) &&
           rule_digit(c, i + 3) && !rule_digit(c, i + 4);
}

static size_t rule_number(const struct chunk *c, size_t i) {
    size_t from = i;
    for (; i < c->n; i++) {
        bool joint = (rule_number_joint(c, i) && rule_digit(c, i + 1)) || rule_thousands(c, i);
        if (!rule_digit(c, i) && (!joint || rule_power(c, i) > i))
            break;
    }
    if (rule_sign(c, i)) {
        while (rule_sign(c, i) || (rule_latin(c, i) && c->point[i - 1] == u'°'))
            i++;
        return i;
    }
    bool name = rule_latin(c, i) || (rule_name_joint(c, i) && rule_latin(c, i + 1));
    if (name && rule_measure(c, i) == i)
        return rule_name(c, from);
    return rule_plus(c, i) ? i + 1 : i;
}

static size_t rule_roman(const struct chunk *c, size_t i) {
    while (i < c->n &&
           (chunk_class(c, i) == CLASS_ROMAN ||
            (rule_number_joint(c, i) && i + 1 < c->n && chunk_class(c, i + 1) == CLASS_ROMAN)))
        i++;
    return i;
}

/* -2.5 where nothing that could be subtracted from stands before. */
static bool rule_negative(const struct chunk *c, size_t i) {
    static const uint32_t MINUS[] = {'-', u'−', u'－'};
    return rule_one_of(c, i, MINUS, 3) && rule_digit(c, i + 1) &&
           (i == 0 || chunk_class(c, i - 1) == CLASS_OTHER || chunk_class(c, i - 1) == CLASS_SPACE);
}

static size_t rule_repeats(const struct chunk *c, size_t i) {
    size_t end = i + 1;
    while (end < c->n && c->point[end] == c->point[i] && chunk_class(c, end) == CLASS_OTHER)
        end++;
    return end;
}

/* The end of the token that starts at i. */
static size_t rule_token(const struct chunk *c, size_t i, bool after_number) {
    size_t end = after_number ? rule_measure(c, i) : i;
    if (end > i)
        return end;
    if (rule_digit(c, i))
        return rule_number(c, i);
    if (rule_latin(c, i))
        return rule_name(c, i);
    if (chunk_class(c, i) == CLASS_ROMAN)
        return rule_roman(c, i);
    return rule_negative(c, i) ? rule_number(c, i + 1) : rule_repeats(c, i);
}

static bool rule_han(const struct chunk *c, size_t i) {
    return chunk_class(c, i) == CLASS_HAN || chunk_class(c, i) == CLASS_NUMERAL;
}

/* II, iv, VI … before 型 and 期 */
static bool rule_numeral(const struct chunk *c, size_t from, size_t end) {
    static const uint32_t LETTERS[] = {'i', 'v', 'x'};
    if (chunk_class(c, from) == CLASS_ROMAN)
        return true;
    bool digits = true, letters = true;
    for (size_t i = from; i < end; i++) {
        digits &= rule_digit(c, i);
        letters &= rule_one_of(c, i, LETTERS, 3);
    }
    return digits || letters;
}

/* 2型|糖尿病, but 2型号 is left to the model. */
static void rule_kind(struct chunk *c, size_t from, size_t end) {
    bool kind = end < c->n && (c->point[end] == u'型' || c->point[end] == u'期');
    if (!kind || !rule_numeral(c, from, end) || (end + 1 < c->n && c->point[end + 1] == u'号'))
        return;
    c->mark[end] = MARK_JOIN;
    if (end + 1 < c->n)
        c->mark[end + 1] = MARK_SPLIT;
}

/* Marks the run of tokens from i on, and gives where it ends. */
static size_t rule_run(struct chunk *c, size_t i) {
    bool number = false, open = i > 0 && rule_han(c, i - 1);
    while (i < c->n && !rule_han(c, i)) {
        size_t end = chunk_class(c, i) == CLASS_SPACE ? i + 1 : rule_token(c, i, number);
        bool word = rule_alphanumeric(c, i) || chunk_class(c, i) == CLASS_ROMAN;
        c->mark[i] = open && word ? MARK_OPEN : MARK_SPLIT;
        for (size_t k = i + 1; k < end; k++)
            c->mark[k] = MARK_JOIN;
        if (end < c->n)
            c->mark[end] = word && rule_han(c, end) ? MARK_OPEN : MARK_SPLIT;
        if (word && end < c->n && rule_han(c, end))
            rule_kind(c, i, end);
        number = rule_digit(c, i) && rule_digit(c, end - 1);
        open = false;
        i = end;
    }
    return i;
}

void rule_mark(struct chunk *c) {
    memset(c->mark, MARK_OPEN, c->n + 1);
    for (size_t i = 0; i < c->n;)
        i = rule_han(c, i) ? i + 1 : rule_run(c, i);
    c->mark[0] = c->mark[c->n] = MARK_SPLIT;
}
