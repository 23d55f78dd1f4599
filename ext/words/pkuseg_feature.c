/* pkuseg_feature.c - features by name.
 *
 *     c.发  c-1.发  c1.发  c-2.发  c2.发      NODE   one character, around position c
 *     c-1c.发.热  cc1.发.热  c-2c-1.发.热     PAIR   two characters
 *     w-1.发热  w1.发热                       WORD   a word of 'unigram' that ends, begins here
 *     ww.l.发热*咳嗽  ww.r.发热*咳嗽          BOND   two words that meet before, behind it
 *
 * Characters are written as pkuseg_symbol sees them, "**Num" and "**Letter" for the classes;
 * "**noWord" stands in a bond for a slice that is no word. Raw '*' and '.' never come from a text,
 * which is why each name has one reading. */
#include "../base/utf8.h"
#include "pkuseg_model.h"

struct pkuseg_feature {
    const char *prefix;
    uint8_t kind, row;
};

static const struct pkuseg_feature pkuseg_features[] = {
    {"c.", PKUSEG_NODE, 0},   {"c-1.", PKUSEG_NODE, 1},    {"c1.", PKUSEG_NODE, 2},
    {"c-2.", PKUSEG_NODE, 3}, {"c2.", PKUSEG_NODE, 4},     {"c-1c.", PKUSEG_PAIR, 0},
    {"cc1.", PKUSEG_PAIR, 1}, {"c-2c-1.", PKUSEG_PAIR, 2}, {"w-1.", PKUSEG_WORD, 0},
    {"w1.", PKUSEG_WORD, 1},  {"ww.l.", PKUSEG_BOND, 0},   {"ww.r.", PKUSEG_BOND, 1},
};

static const uint8_t pkuseg_feature_counts[PKUSEG_KINDS] = {5, 3, 2, 2};

struct pkuseg_range {
    uint32_t first, last, symbol;
};

/* Sorted. The ideographs are 一 to 九 without 一, and 几 十 千 万 亿 兆 零; ｊ is no letter. */
static const struct pkuseg_range pkuseg_ranges[] = {
    {'*', '*', '&'},
    {',', '/', '&'},
    {'0', '9', PKUSEG_NUM},
    {':', ':', '&'},
    {'_', '_', '&'},
    {'|', '|', '&'},
    {0x30FB, 0x30FB, PKUSEG_LETTER},
    {0x4E03, 0x4E03, PKUSEG_NUM},
    {0x4E07, 0x4E07, PKUSEG_NUM},
    {0x4E09, 0x4E09, PKUSEG_NUM},
    {0x4E5D, 0x4E5D, PKUSEG_NUM},
    {0x4E8C, 0x4E8C, PKUSEG_NUM},
    {0x4E94, 0x4E94, PKUSEG_NUM},
    {0x4EBF, 0x4EBF, PKUSEG_NUM},
    {0x5146, 0x5146, PKUSEG_NUM},
    {0x516B, 0x516B, PKUSEG_NUM},
    {0x516D, 0x516D, PKUSEG_NUM},
    {0x51E0, 0x51E0, PKUSEG_NUM},
    {0x5341, 0x5341, PKUSEG_NUM},
    {0x5343, 0x5343, PKUSEG_NUM},
    {0x56DB, 0x56DB, PKUSEG_NUM},
    {0x96F6, 0x96F6, PKUSEG_NUM},
    {0xFF05, 0xFF05, PKUSEG_NUM},
    {0xFF0D, 0xFF0D, PKUSEG_LETTER},
    {0xFF0F, 0xFF0F, PKUSEG_LETTER},
    {0xFF10, 0xFF19, PKUSEG_NUM},
    {0xFF21, 0xFF3A, PKUSEG_LETTER},
    {0xFF41, 0xFF49, PKUSEG_LETTER},
    {0xFF4B, 0xFF5A, PKUSEG_LETTER},
};

uint32_t pkuseg_symbol(uint32_t point) {
    size_t low = 0, high = sizeof pkuseg_ranges / sizeof *pkuseg_ranges;
    while (low < high) {
        size_t mid = (low + high) / 2;
        if (point > pkuseg_ranges[mid].last)
            low = mid + 1;
        else
            high = mid;
    }
    bool in =
        low < sizeof pkuseg_ranges / sizeof *pkuseg_ranges && point >= pkuseg_ranges[low].first;
    return in ? pkuseg_ranges[low].symbol : point;
}

unsigned pkuseg_feature_rows(enum pkuseg_kind kind) {
    return pkuseg_feature_counts[kind];
}

/* Takes one character off s, which is valid UTF-8; false where no text has it. */
static bool pkuseg_feature_symbol(struct span *s, uint32_t *symbol) {
    static const struct {
        const char *name;
        uint32_t symbol;
    } classes[] = {{"**Num", PKUSEG_NUM}, {"**Letter", PKUSEG_LETTER}};
    for (size_t i = 0; i < sizeof classes / sizeof *classes; i++)
        if (span_starts(*s, classes[i].name)) {
            *symbol = classes[i].symbol;
            *s = span_from(*s, strlen(classes[i].name));
            return true;
        }
    if (s->n == 0)
        return false;
    *s = span_from(*s, utf8_next(*s, 0, symbol));
    return pkuseg_symbol(*symbol) == *symbol;
}

/* The characters of a word that a slice of a text can be; 0: it is none. */
static size_t pkuseg_feature_symbols(struct span word, uint32_t symbol[PKUSEG_LENGTH_MAX]) {
    size_t n = 0;
    while (word.n) {
        if (n == PKUSEG_LENGTH_MAX || !pkuseg_feature_symbol(&word, &symbol[n]))
            return 0;
        n++;
    }
    return n > 1 ? n : 0;
}

enum error_code pkuseg_feature_word(struct pkuseg_model *m, struct span word, struct error *e) {
    uint32_t symbol[PKUSEG_LENGTH_MAX], state = 0;
    if (word.n == 0)
        m->outside = PKUSEG_EMPTY_WORD;
    size_t n = utf8_valid(word) == word.n ? pkuseg_feature_symbols(word, symbol) : 0;
    if (n == 0)
        return OK;
    enum error_code code = trie_put(&m->word, symbol, n, &state, e);
    if (!code && m->word.value[state] == 0)
        m->word.value[state] = PKUSEG_FIRST_WORD + m->words++;
    return code;
}

/* The number of a word of 'unigram'; false where it is none. */
static bool pkuseg_feature_known(const struct pkuseg_model *m, struct span word, uint32_t *number) {
    uint32_t symbol[PKUSEG_LENGTH_MAX], state = 0;
    *number = PKUSEG_EMPTY_WORD;
    if (word.n == 0)
        return m->outside == PKUSEG_EMPTY_WORD;
    size_t n = pkuseg_feature_symbols(word, symbol);
    if (n == 0)
        return false;
    for (size_t i = 0; i < n; i++) {
        state = trie_step(&m->word, state, symbol[i]);
        if (!state)
            return false;
    }
    *number = m->word.value[state];
    return *number != 0;
}

static bool pkuseg_feature_side(const struct pkuseg_model *m, struct span side, uint32_t *number) {
    *number = PKUSEG_NO_WORD;
    return span_is(side, "**noWord") || pkuseg_feature_known(m, side, number);
}

/* a and b say what the feature is about; false: no text has it. */
static bool pkuseg_feature_about(const struct pkuseg_model *m, enum pkuseg_kind kind, struct span s,
                                 uint32_t *a, uint32_t *b) {
    switch (kind) {
    case PKUSEG_NODE:
        return pkuseg_feature_symbol(&s, b) && s.n == 0;
    case PKUSEG_PAIR:
        if (!pkuseg_feature_symbol(&s, a) || !span_starts(s, "."))
            return false;
        s = span_from(s, 1);
        return pkuseg_feature_symbol(&s, b) && s.n == 0;
    case PKUSEG_WORD:
        return pkuseg_feature_known(m, s, b);
    default:
        for (size_t i = span_find(s, 0, '*'); i < s.n; i = span_find(s, i + 1, '*'))
            if (pkuseg_feature_side(m, span_slice(s, 0, i), a) &&
                pkuseg_feature_side(m, span_from(s, i + 1), b))
                return true;
        return false;
    }
}

enum error_code pkuseg_feature_place(struct pkuseg_model *m, struct span feature,
                                     struct pkuseg_place *out, struct error *e) {
    *out = (struct pkuseg_place){0};
    if (utf8_valid(feature) != feature.n)
        return OK;
    const struct pkuseg_feature *f = pkuseg_features;
    const struct pkuseg_feature *end = f + sizeof pkuseg_features / sizeof *pkuseg_features;
    while (f < end && !span_starts(feature, f->prefix))
        f++;
    uint32_t a = 0, b = 0;
    if (f == end ||
        !pkuseg_feature_about(m, f->kind, span_from(feature, strlen(f->prefix)), &a, &b))
        return OK;
    if (f->kind == PKUSEG_BOND && (a == PKUSEG_NO_WORD || b == PKUSEG_NO_WORD))
        m->bonds_of_none = true;
    struct pkuseg_blocks *blocks = &m->block[f->kind];
    *out = (struct pkuseg_place){pairs_find(&blocks->of, a, b), f->kind, f->row};
    if (out->block)
        return OK;
    out->block = blocks->count + 1;
    enum error_code code = pairs_put(&blocks->of, a, b, out->block, e);
    blocks->count += !code;
    return code;
}
