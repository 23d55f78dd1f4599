/* tag_feature.c - from characters to slots.
 *
 *     右 肺 癌 术 后
 *           癌           slots of 癌 for the five characters around it: one push of five
 *        肺 癌           slots of 肺癌 for the four around its end
 *     [右肺][癌][术后]    words of the dictionary, likeliest path: shape, neighbours, the words
 *        肺 癌           was a mention elsewhere: type and share, for each of its characters
 *
 * Time: a look-up or two a character, and a step a character of each match.
 */
#include "tag_feature.h"

enum {
    TAG_WINDOW = 5,
    TAG_ENDS = 4,
    TAG_PLACES = 4, /* of a character in a word: first, inside, last, alone */
    TAG_LENGTHS = 8,
    TAG_NEIGHBOURS = 2 * DICTIONARY_TAGS, /* tags of words, and none */
    TAG_NONE = DICTIONARY_TAGS,
    TAG_SPANS = 5 /* grades of a mention's length */
};

/* --- the source ------------------------------------------------------------------------------ */

enum error_code tag_source_charset(struct tag_source *s, const uint16_t *points, uint32_t n,
                                   struct error *e) {
    enum error_code code = charset_open(&s->charset, points, n, e);
    for (uint32_t i = 1; i < 10 && !code; i++) {
        s->charset.map['0' + i] = s->charset.map['0'];
        s->charset.map[0xFF10 + i] = s->charset.map['0'];
    }
    return code;
}

enum error_code tag_source_number(struct tag_source *s, struct error *e) {
    const uint64_t n[TAG_KINDS] = {
        [TAG_CHARACTER] = (uint64_t)(s->charset.n + CHARSET_FIRST) * TAG_WINDOW,
        [TAG_BIGRAM] = ((uint64_t)s->n_bigrams + 1) * TAG_ENDS,
        [TAG_CLASSES] = 1 << 9,
        [TAG_CLASSES_WIDE] = 1 << 15,
        [TAG_SHAPE] = DICTIONARY_TAGS * DICTIONARY_GRADES * TAG_LENGTHS * TAG_PLACES,
        [TAG_BEFORE] = DICTIONARY_TAGS * TAG_NEIGHBOURS * TAG_PLACES,
        [TAG_BEHIND] = DICTIONARY_TAGS * TAG_NEIGHBOURS * TAG_PLACES,
        [TAG_WORD] = ((uint64_t)s->n_words + 1) * TAG_PLACES,
        [TAG_WORD_BEFORE] = ((uint64_t)s->n_words + 1) * TAG_PLACES,
        [TAG_WORD_BEHIND] = ((uint64_t)s->n_words + 1) * TAG_PLACES,
        [TAG_MENTION] = (uint64_t)s->n_types * TAG_SHARES * TAG_SPANS * TAG_PLACES,
        [TAG_LEFT] = (uint64_t)s->n_types * TAG_SHARES,
        [TAG_RIGHT] = (uint64_t)s->n_types * TAG_SHARES,
    };
    uint64_t sum = 0;
    for (int k = 0; k < TAG_KINDS; k++) {
        s->first[k] = (uint32_t)sum;
        sum += n[k];
        if (sum > TAG_SLOTS_MAX)
            return error_set(e, BAD_DATA, "more than %d features of a tagger", TAG_SLOTS_MAX);
    }
    s->first[TAG_KINDS] = (uint32_t)sum;
    return OK;
}

void tag_source_free(struct tag_source *s) {
    charset_close(&s->charset);
    pairs_free(&s->bigrams);
    pairs_free(&s->words);
}

/* --- reading --------------------------------------------------------------------------------- */

static void tag_features_matches(struct tag_features *f, const struct automaton *mentions) {
    size_t n = f->chunk.n;
    f->n_matches = 0;
    for (size_t i = 0; i < n && mentions->n; i++) {
        size_t most = n - i < TAG_MENTION_MAX ? n - i : TAG_MENTION_MAX;
        uint32_t state = AUTOMATON_ROOT;
        for (size_t k = 0; k < most; k++) {
            state = automaton_child(mentions, state, f->code[i + k + 1]);
            if (!state)
                break;
            uint32_t string = automaton_value(mentions, state);
            if (string)
                f->match[f->n_matches++] =
                    (struct tag_match){(uint16_t)i, (uint16_t)(k + 1), string};
        }
    }
}

void tag_features_read(struct tag_features *f, const struct tag_source *s, struct span text) {
    chunk_read(&f->chunk, model_charset(s->base), text);
    size_t n = f->chunk.n;
    for (size_t i = 0; i < n; i++)
        f->code[i + 1] = (uint16_t)charset_code(charset_at(&s->charset, f->chunk.point[i]));
    f->code[0] = f->code[n + 1] = CHARSET_EDGE;
    lattice_walk(&f->lattice, &s->base->words, &f->chunk);
    tag_features_matches(f, &s->mentions);
}

uint32_t tag_features_word(const struct tag_features *f, size_t a, size_t b) {
    uint32_t h = 0x811C9DC5; /* FNV-1a */
    for (size_t i = a; i < b; i++)
        h = (h ^ chunk_code(&f->chunk, i)) * 0x01000193;
    return h;
}

int tag_share(uint32_t mentions, uint32_t occurs) {
    if (10 * (uint64_t)mentions < occurs || !mentions)
        return -1;
    return (10 * (uint64_t)mentions >= 3 * (uint64_t)occurs) +
           (10 * (uint64_t)mentions >= 6 * (uint64_t)occurs) +
           (10 * (uint64_t)mentions >= 9 * (uint64_t)occurs);
}

/* --- features -------------------------------------------------------------------------------- */

/* n slots for n characters from 'at' on, cut to those of the chunk. */
static void tag_push(struct tag_features *f, uint32_t slot, ptrdiff_t at, ptrdiff_t n) {
    ptrdiff_t end = at + n < (ptrdiff_t)f->chunk.n ? at + n : (ptrdiff_t)f->chunk.n;
    ptrdiff_t from = at < 0 ? 0 : at;
    if (from >= end || f->n == CHUNK_MAX * TAG_PUSHES)
        return;
    slot += (uint32_t)(from - at);
    f->push[f->n++] = (struct tag_push){slot, (uint16_t)from, (uint16_t)(end - from)};
}

static void tag_features_characters(struct tag_features *f, const struct tag_source *s) {
    const struct chunk *c = &f->chunk;
    for (size_t i = 0; i < c->n + 2; i++) {
        ptrdiff_t at = (ptrdiff_t)i - 1;
        tag_push(f, s->first[TAG_CHARACTER] + f->code[i] * TAG_WINDOW, at - 2, TAG_WINDOW);
        uint32_t two = i ? pairs_find(&s->bigrams, f->code[i - 1], f->code[i]) : 0;
        if (two)
            tag_push(f, s->first[TAG_BIGRAM] + two * TAG_ENDS, at - 2, TAG_ENDS);
    }
    for (size_t i = 0; i < c->n; i++) {
        const uint8_t *k = &c->classes[i + 2];
        uint32_t three = (uint32_t)(k[-1] << 6 | k[0] << 3 | k[1]);
        uint32_t five = (uint32_t)k[-2] << 12 | three << 3 | k[2];
        tag_push(f, s->first[TAG_CLASSES] + three, (ptrdiff_t)i, 1);
        tag_push(f, s->first[TAG_CLASSES_WIDE] + five, (ptrdiff_t)i, 1);
    }
}

/* One slot for each place in a word from a to b: 'slot' is that of place 0. */
static void tag_push_places(struct tag_features *f, uint32_t slot, size_t a, size_t b) {
    for (size_t i = a; i < b; i++) {
        uint32_t place = b - a == 1 ? 3 : i == a ? 0 : i == b - 1 ? 2 : 1;
        tag_push(f, slot + place, (ptrdiff_t)i, 1);
    }
}

struct tag_word {
    size_t start, end;
    uint32_t tag, number, value; /* number 0: a rare word */
};

static struct tag_word tag_features_next_word(const struct tag_features *f,
                                              const struct tag_source *s, size_t at) {
    struct tag_word w = {at, at, TAG_NONE, 0, 0};
    if (at == f->chunk.n)
        return w;
    w.end = f->lattice.end[at];
    w.value = f->lattice.value[at];
    w.tag = dictionary_tag(w.value);
    w.number = pairs_find(&s->words, tag_features_word(f, at, w.end), (uint32_t)(w.end - at));
    return w;
}

static void tag_features_words(struct tag_features *f, const struct tag_source *s) {
    struct tag_word before = {0, 0, TAG_NONE, 0, 0}, here = tag_features_next_word(f, s, 0);
    while (here.end > here.start) {
        struct tag_word behind = tag_features_next_word(f, s, here.end);
        size_t a = here.start, b = here.end;
        uint32_t length = (uint32_t)(b - a < TAG_LENGTHS ? b - a : TAG_LENGTHS - 1);
        uint32_t shape =
            (here.tag * DICTIONARY_GRADES + dictionary_grade(here.value)) * TAG_LENGTHS + length;
        uint32_t pair = here.tag * TAG_NEIGHBOURS;
        tag_push_places(f, s->first[TAG_SHAPE] + shape * TAG_PLACES, a, b);
        tag_push_places(f, s->first[TAG_BEFORE] + (pair + before.tag) * TAG_PLACES, a, b);
        tag_push_places(f, s->first[TAG_BEHIND] + (pair + behind.tag) * TAG_PLACES, a, b);
        if (here.number)
            tag_push_places(f, s->first[TAG_WORD] + here.number * TAG_PLACES, a, b);
        if (before.number)
            tag_push_places(f, s->first[TAG_WORD_BEFORE] + before.number * TAG_PLACES, a, b);
        if (behind.number)
            tag_push_places(f, s->first[TAG_WORD_BEHIND] + behind.number * TAG_PLACES, a, b);
        before = here;
        here = behind;
    }
}

/* The grade of an entry's share; while learning, without what this text says. */
static int tag_features_share(const struct tag_source *s, uint32_t string, uint32_t entry) {
    const struct tag_counts *c = s->counts;
    if (!c)
        return s->entry[entry].share < TAG_SHARES ? s->entry[entry].share : -1;
    return tag_share(c->mentions[entry] - c->own_mentions[entry],
                     c->occurs[string] - c->own_occurs[string]);
}

static uint32_t tag_span(uint32_t length) {
    return (length > 2) + (length > 3) + (length > 5) + (length > 8);
}

/* Of the strings of a type over a character, the longest speaks. */
static void tag_features_entry(struct tag_features *f, const struct tag_source *s,
                               const struct tag_match *m, uint32_t type, uint32_t share) {
    uint32_t first = s->first[TAG_MENTION] +
                     ((type * TAG_SHARES + share) * TAG_SPANS + tag_span(m->length)) * TAG_PLACES;
    size_t end = (size_t)m->from + m->length;
    for (size_t i = m->from; i < end; i++) {
        if (f->longest[i][type] > m->length)
            continue;
        f->longest[i][type] = (uint8_t)m->length;
        f->slot[i][type] = first + (i == m->from ? 0 : i == end - 1 ? 2 : 1);
    }
}

static void tag_features_mentions(struct tag_features *f, const struct tag_source *s) {
    for (size_t i = 0; i < f->chunk.n; i++)
        memset(f->longest[i], 0, s->n_types);
    for (size_t k = 0; k < f->n_matches; k++) {
        const struct tag_match *m = &f->match[k];
        int best = -1;
        uint32_t type = 0;
        for (uint32_t i = s->entry_start[m->string]; i < s->entry_start[m->string + 1]; i++) {
            int share = tag_features_share(s, m->string, i);
            if (share < 0)
                continue;
            tag_features_entry(f, s, m, s->entry[i].type, (uint32_t)share);
            if (share > best) {
                best = share;
                type = s->entry[i].type;
            }
        }
        uint32_t grade = type * TAG_SHARES + (uint32_t)best;
        if (best < 0)
            continue;
        tag_push(f, s->first[TAG_LEFT] + grade, (ptrdiff_t)m->from - 1, 1);
        tag_push(f, s->first[TAG_RIGHT] + grade, (ptrdiff_t)m->from + m->length, 1);
    }
    for (size_t i = 0; i < f->chunk.n; i++)
        for (uint32_t t = 0; t < s->n_types; t++)
            if (f->longest[i][t])
                tag_push(f, f->slot[i][t], (ptrdiff_t)i, 1);
}

void tag_features_make(struct tag_features *f, const struct tag_source *s) {
    f->n = 0;
    tag_features_characters(f, s);
    tag_features_words(f, s);
    if (s->mentions.n)
        tag_features_mentions(f, s);
}
