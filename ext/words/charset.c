/* charset.c - a table from characters to codes.
 *
 *     U+75C5 病   map[0x75C5] = HAN << 13 | 17      the 16th character of the list
 *     U+FF23 Ｃ   map[0xFF23] = map['c'] = LATIN << 13 | code of c
 */
#include "charset.h"
#include "../base/memory.h"

struct charset_range {
    uint32_t first, last;
    enum charset_class kind;
};

/* Ascending. What is not here is CLASS_OTHER. */
static const struct charset_range RANGES[] = {
    {0x09, 0x0D, CLASS_SPACE},     {0x20, 0x20, CLASS_SPACE},     {'0', '9', CLASS_DIGIT},
    {'A', 'Z', CLASS_LATIN},       {'a', 'z', CLASS_LATIN},       {0x85, 0x85, CLASS_SPACE},
    {0xA0, 0xA0, CLASS_SPACE},     {0xB2, 0xB3, CLASS_DIGIT},     {0xB5, 0xB5, CLASS_LATIN},
    {0xB9, 0xB9, CLASS_DIGIT},     {0xC0, 0xD6, CLASS_LATIN},     {0xD8, 0xF6, CLASS_LATIN},
    {0xF8, 0x24F, CLASS_LATIN},    {0x300, 0x36F, CLASS_LATIN},   {0x370, 0x52F, CLASS_LATIN},
    {0x1680, 0x1680, CLASS_SPACE}, {0x2000, 0x200A, CLASS_SPACE}, {0x2028, 0x2029, CLASS_SPACE},
    {0x202F, 0x202F, CLASS_SPACE}, {0x205F, 0x205F, CLASS_SPACE}, {0x2070, 0x2070, CLASS_DIGIT},
    {0x2074, 0x2079, CLASS_DIGIT}, {0x2080, 0x2089, CLASS_DIGIT}, {0x2160, 0x217F, CLASS_ROMAN},
    {0x3000, 0x3000, CLASS_SPACE}, {0x3005, 0x3007, CLASS_HAN},   {0x3041, 0x3096, CLASS_HAN},
    {0x30A1, 0x30FA, CLASS_HAN},   {0x30FC, 0x30FE, CLASS_HAN},   {0x3400, 0x4DBF, CLASS_HAN},
    {0x4E00, 0x9FFF, CLASS_HAN},   {0xAC00, 0xD7A3, CLASS_HAN},   {0xF900, 0xFAFF, CLASS_HAN},
    {0xFF10, 0xFF19, CLASS_DIGIT}, {0xFF21, 0xFF3A, CLASS_LATIN}, {0xFF41, 0xFF5A, CLASS_LATIN},
    {0x20000, 0x3FFFF, CLASS_HAN},
};

static const uint16_t NUMERALS[] = {u'一', u'二', u'三', u'四', u'五', u'六', u'七',
                                    u'八', u'九', u'十', u'百', u'千', u'万', u'亿',
                                    u'两', u'零', u'〇', u'半', u'几'};

uint32_t charset_fold(uint32_t point) {
    if (point >= 0xFF01 && point <= 0xFF5E)
        point -= 0xFEE0;
    if ((point >= 'A' && point <= 'Z') || (point >= 0x391 && point <= 0x3A9) ||
        (point >= 0x410 && point <= 0x42F))
        return point + 0x20;
    return point == 0xB5 ? 0x3BC : point; /* the micro sign is a mu */
}

enum charset_class charset_class_of(uint32_t point) {
    for (size_t i = 0; i < sizeof NUMERALS / sizeof *NUMERALS; i++)
        if (NUMERALS[i] == point)
            return CLASS_NUMERAL;
    size_t low = 0, high = sizeof RANGES / sizeof *RANGES;
    while (low < high) {
        size_t mid = (low + high) / 2;
        if (point > RANGES[mid].last)
            low = mid + 1;
        else
            high = mid;
    }
    bool in = low < sizeof RANGES / sizeof *RANGES && point >= RANGES[low].first;
    return in ? RANGES[low].kind : CLASS_OTHER;
}

static void charset_classes(uint16_t *map) {
    for (size_t i = 0; i < sizeof RANGES / sizeof *RANGES; i++)
        for (uint32_t p = RANGES[i].first; p <= RANGES[i].last && p <= 0xFFFF; p++)
            map[p] = (uint16_t)(RANGES[i].kind << CHARSET_CODE_BITS |
                                (RANGES[i].kind == CLASS_SPACE ? CHARSET_EDGE : 0));
    for (size_t i = 0; i < sizeof NUMERALS / sizeof *NUMERALS; i++)
        map[NUMERALS[i]] = CLASS_NUMERAL << CHARSET_CODE_BITS;
}

/* The characters that are another's variant take that one's code, and keep their class. */
static void charset_folds(uint16_t *map) {
    static const struct {
        uint32_t first, last;
    } FOLDED[] = {{'A', 'Z'}, {0xB5, 0xB5}, {0x391, 0x3A9}, {0x410, 0x42F}, {0xFF01, 0xFF5E}};
    for (size_t i = 0; i < sizeof FOLDED / sizeof *FOLDED; i++)
        for (uint32_t p = FOLDED[i].first; p <= FOLDED[i].last; p++) {
            uint32_t kind = (uint32_t)charset_kind(map[p]) << CHARSET_CODE_BITS;
            map[p] = (uint16_t)(kind | charset_code(map[charset_fold(p)]));
        }
}

enum error_code charset_open(struct charset *c, const uint16_t *points, uint32_t n,
                             struct error *e) {
    if (n > CHARSET_MAX)
        return error_set(e, BAD_FILE, "a character set has %u characters, more than %d", n,
                         CHARSET_MAX);
    c->n = n;
    c->map = memory_zero(0x10000 * sizeof *c->map);
    if (!c->map)
        return error_no_memory(e);
    charset_classes(c->map);
    for (uint32_t i = 0; i < n; i++)
        if (charset_kind(c->map[points[i]]) != CLASS_SPACE)
            c->map[points[i]] =
                (uint16_t)((c->map[points[i]] & 7u << CHARSET_CODE_BITS) | (i + CHARSET_FIRST));
    charset_folds(c->map);
    return OK;
}

void charset_close(struct charset *c) {
    memory_free(c->map);
    *c = (struct charset){0};
}
