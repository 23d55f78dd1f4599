/* normalize_table.c - characters with a meaning to medical readers.
 *
 *     ，。；：？！（）【】「」“”  ->  , . ; : ? ! ( ) [ ] " " " "
 *     Ⅲ III ⅲ iii 三          ->  3
 */
#include "normalize_table.h"

struct normalize_range {
    uint32_t first, last;
};

static const struct normalize_range normalize_zeros[] = {
    {0x00AD, 0x00AD},   {0x034F, 0x034F},   {0x061C, 0x061C},   {0x180B, 0x180F}, {0x200B, 0x200F},
    {0x202A, 0x202E},   {0x2060, 0x2064},   {0x2066, 0x206F},   {0xFE00, 0xFE0F}, {0xFEFF, 0xFEFF},
    {0xE0001, 0xE0001}, {0xE0020, 0xE007F}, {0xE0100, 0xE01EF},
};

bool normalize_is_zero(uint32_t c) {
    if (c < 0xAD || (c > 0x2FFF && c < 0xFE00))
        return false;
    for (size_t i = 0; i < sizeof normalize_zeros / sizeof *normalize_zeros; i++)
        if (c >= normalize_zeros[i].first && c <= normalize_zeros[i].last)
            return true;
    return false;
}

static const struct {
    uint32_t from, to;
} normalize_twins[] = {
    {0x2010, '-'},  {0x2011, '-'},  {0x2012, '-'},  {0x2013, '-'},  {0x2014, '-'},  {0x2015, '-'},
    {0x2018, '\''}, {0x2019, '\''}, {0x201A, '\''}, {0x201B, '\''}, {0x201C, '"'},  {0x201D, '"'},
    {0x201E, '"'},  {0x201F, '"'},  {0x2022, 0xB7}, {0x2027, 0xB7}, {0x2032, '\''}, {0x2033, '"'},
    {0x2039, '<'},  {0x203A, '>'},  {0x2043, '-'},  {0x2044, '/'},  {0x2212, '-'},  {0x2215, '/'},
    {0x2216, '\\'}, {0x2217, '*'},  {0x2219, 0xB7}, {0x2236, ':'},  {0x223C, '~'},  {0x22C5, 0xB7},
    {0x2500, '-'},  {0x3001, ','},  {0x3002, '.'},  {0x3008, '<'},  {0x3009, '>'},  {0x300A, '<'},
    {0x300B, '>'},  {0x300C, '"'},  {0x300D, '"'},  {0x300E, '"'},  {0x300F, '"'},  {0x3010, '['},
    {0x3011, ']'},  {0x3014, '['},  {0x3015, ']'},  {0x3016, '['},  {0x3017, ']'},  {0x3018, '['},
    {0x3019, ']'},  {0x301A, '['},  {0x301B, ']'},  {0x301C, '~'},  {0x301D, '"'},  {0x301E, '"'},
    {0x301F, '"'},  {0x30FB, 0xB7}, {0xFE30, ':'},  {0xFE50, ','},  {0xFE51, ','},  {0xFE52, '.'},
    {0xFF61, '.'},  {0xFF62, '"'},  {0xFF63, '"'},  {0xFF64, ','},  {0xFF65, 0xB7},
};

/* Full-width forms of ASCII punctuation too, for when 'width' and 'nfkc' are not asked for. */
uint32_t normalize_punct(uint32_t c) {
    if (c < 0x2010 || (c > 0x30FB && c < 0xFE30))
        return c;
    if (c >= 0xFF01 && c <= 0xFF5E)
        return points_digit(c) >= 0 || points_is_latin(c) ? c : c - 0xFEE0;
    size_t low = 0, high = sizeof normalize_twins / sizeof *normalize_twins;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (normalize_twins[middle].from < c)
            low = middle + 1;
        else
            high = middle;
    }
    bool hit =
        low < sizeof normalize_twins / sizeof *normalize_twins && normalize_twins[low].from == c;
    return hit ? normalize_twins[low].to : c;
}

bool normalize_is_class_word(uint32_t c) {
    switch (c) {
    case 0x578B: /* 型 */
    case 0x5EA6: /* 度 */
    case 0x7EA7: /* 级 */
    case 0x7D1A: /* 級 */
    case 0x671F: /* 期 */
    case 0x7C7B: /* 类 */
    case 0x985E: /* 類 */
    case 0x76F8: /* 相 */
        return true;
    default:
        return false;
    }
}

bool normalize_is_joiner(uint32_t c) {
    c = normalize_punct(c);
    return c == '-' || c == '~' || c == '/' || c == ',' || c == 0xFF5E || c == 0x81F3 || /* 至 */
           c == 0x5230 || c == 0x548C || c == 0x6216; /* 到和或 */
}

/* 1 to 12 of the Roman numeral block; 0 for its fifty and above, and for anything else. */
static unsigned normalize_roman_sign(uint32_t c) {
    if (c >= 0x2160 && c <= 0x216B)
        return c - 0x2160 + 1;
    return c >= 0x2170 && c <= 0x217B ? c - 0x2170 + 1 : 0;
}

static const char *const normalize_units[] = {"",  "i",  "ii",  "iii",  "iv",
                                              "v", "vi", "vii", "viii", "ix"};

/* The value of the letters from a to b, 0 where they are not written the one right way. */
static unsigned normalize_roman_letters(const struct points *t, size_t a, size_t b) {
    unsigned tens = 0;
    for (; a < b && tens < 3 && points_fold(t->p[a]) == 'x'; a++)
        tens++;
    if (b - a > 0 && b - a < 3 && points_fold(t->p[b - 1]) == 'x')
        return b - a == 2 && points_fold(t->p[a]) == 'i' ? 10 * tens + 9 : 0;
    for (unsigned unit = 0; unit < 9; unit++)
        if (strlen(normalize_units[unit]) == b - a &&
            (a == b || points_match(t, a, normalize_units[unit])))
            return 10 * tens + unit;
    return 0;
}

unsigned normalize_roman(const struct points *t, size_t low, size_t end, size_t *start) {
    unsigned sign = end > low ? normalize_roman_sign(t->p[end - 1]) : 0;
    *start = end - 1;
    if (sign)
        return sign;
    size_t a = end;
    while (a > low && end - a < 8 && strchr("ivx", (int)(points_fold(t->p[a - 1]) & 0x7F)) &&
           points_is_latin(t->p[a - 1]))
        a--;
    *start = a;
    bool alone = end - a == 1 && points_fold(t->p[a]) == 'x';
    bool word = a > 0 && points_is_latin(t->p[a - 1]);
    return end == a || alone || word ? 0 : normalize_roman_letters(t, a, end);
}

static unsigned normalize_han_digit(uint32_t c) {
    static const uint32_t digits[] = {0x4E00, 0x4E8C, 0x4E09, 0x56DB, 0x4E94, /* 一二三四五 */
                                      0x516D, 0x4E03, 0x516B, 0x4E5D};        /* 六七八九 */
    for (unsigned i = 0; i < 9; i++)
        if (digits[i] == c)
            return i + 1;
    return 0;
}

/* Characters that make what follows part of a larger number: 十百千万〇零几数多. */
static bool normalize_is_number(uint32_t c) {
    static const uint32_t others[] = {0x5341, 0x767E, 0x5343, 0x4E07, 0x3007,
                                      0x96F6, 0x51E0, 0x6570, 0x591A};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (others[i] == c)
            return true;
    return normalize_han_digit(c) > 0;
}

unsigned normalize_han_number(const struct points *t, size_t low, size_t end, size_t *start) {
    const uint32_t ten = 0x5341;
    size_t a = end;
    unsigned value = 0;
    if (a > low && normalize_han_digit(t->p[a - 1]))
        value = normalize_han_digit(t->p[--a]);
    if (a > low && t->p[a - 1] == ten) {
        unsigned tens = --a > low ? normalize_han_digit(t->p[a - 1]) : 0;
        value += 10 * (tens ? tens : 1);
        a -= tens ? 1 : 0;
    }
    *start = a;
    return a > 0 && normalize_is_number(t->p[a - 1]) ? 0 : value;
}
