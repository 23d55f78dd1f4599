/* segment.c - a linear classifier at every boundary.
 *
 *     患 者 肺 动 脉 高 压 3 年        chunk.c: characters, and what the rules say
 *       |  |  |  |  |  |  |  |
 *      -2 +5 -7 -6 -1 -8 +9 +3       sums of weights: n-grams (one walk of the automaton, one
 *      患者 肺动脉高压 3 年                vector a character), classes, dictionary words (a
 * lattice)
 *
 * After KyTea (Neubig et al., ACL 2011) and Vaporetto (Akabe et al., arXiv 2406.17185); the path
 * through the dictionary as a feature is ours. Limits: CHUNK_MAX.
 */
#include "segment.h"
#include "../base/memory.h"
#include "feature.h"
#include "lattice.h"

struct segment {
    const struct model *model;
    const struct user_words *users;
    struct span text;
    size_t from, from_point; /* of the chunk in the text */
    size_t at;               /* character of the chunk that the next word starts with */
    struct chunk chunk;
    struct lattice lattice;
    int32_t scores[CHUNK_MAX + 1];
    int32_t covers[CHUNK_MAX + 1];
    uint8_t split[CHUNK_MAX + 1];
};

enum error_code segment_new(struct segment **out, struct error *e) {
    *out = memory_alloc(sizeof **out);
    return *out ? OK : error_no_memory(e);
}

void segment_free(struct segment *s) {
    memory_free(s);
}

/* ---- scores ---- */

/* Every n-gram that ends in character e weighs on the boundaries e - 1 to e + 2; those before
 * e - 1 are complete. N-grams are of three characters at most, so the state of the automaton
 * follows from the last three: each is looked for from the one before by a child alone, which
 * leaves the processor no branch to guess and no long chain of loads to wait for. */
static void segment_grams(const struct model *m, const struct chunk *c, int32_t *scores) {
    int32_t next = 0, second = 0, third = 0;
    uint32_t one = AUTOMATON_ROOT, two = AUTOMATON_ROOT; /* the longest n-grams up to so long */
    for (size_t k = 0; k < c->n + 2; k++) {
        uint32_t code = c->codes[k];
        uint32_t three = automaton_child(&m->grams, two, code);
        two = automaton_child(&m->grams, one, code);
        one = automaton_child(&m->grams, AUTOMATON_ROOT, code);
        two = two ? two : one;
        three = three ? three : two;
        const int16_t *v = m->vectors + (size_t)automaton_value(&m->grams, three) * MODEL_LANES;
        if (k > 2)
            scores[k - 2] = next + v[0];
        next = second + v[1];
        second = third + v[2];
        third = v[3];
    }
}

/* How dictionary words lie; those that cover boundaries are summed up as differences. */
static void segment_matches(const struct model *m, const struct lattice *l, size_t n,
                            int32_t *scores, int32_t *covers) {
    memset(covers, 0, (n + 1) * sizeof *covers);
    for (size_t k = 0; k < l->n_matches; k++) {
        const struct lattice_match *w = l->match + k;
        const int16_t *weight = m->weights + feature_match(SIDE_STARTS, w->value, w->length);
        size_t end = (size_t)w->from + w->length;
        scores[w->from] += weight[SIDE_STARTS * FEATURE_WORDS];
        covers[w->from + 1] += weight[SIDE_COVERS * FEATURE_WORDS];
        covers[end] -= weight[SIDE_COVERS * FEATURE_WORDS];
        scores[end] += weight[SIDE_ENDS * FEATURE_WORDS];
    }
    int32_t sum = 0;
    for (size_t i = 1; i < n; i++)
        scores[i] += sum += covers[i];
}

static void segment_classes(const struct model *m, const struct chunk *c, int32_t *scores) {
    for (size_t i = 1; i < c->n; i++)
        scores[i] += m->weights[feature_class(c, i)];
}

static void segment_path(const struct model *m, const struct lattice *l, size_t n,
                         int32_t *scores) {
    const int16_t *w = m->weights;
    uint32_t f[4], before = 0;
    for (size_t i = 0, length = 0; i < n;) {
        size_t end = l->end[i];
        uint32_t value = l->value[i];
        if (i) {
            feature_between(before, length, value, end - i, f);
            scores[i] += w[f[0]] + w[f[1]] + w[f[2]] + w[f[3]];
        }
        for (size_t k = i + 1; k < end; k++) {
            feature_inside(value, k - i, end - k, f);
            scores[k] += w[f[0]] + w[f[1]];
        }
        length = end - i;
        before = value;
        i = end;
    }
}

/* ---- one chunk after the other ---- */

static void segment_decide(struct segment *s) {
    struct chunk *c = &s->chunk;
    const struct model *m = s->model;
    s->scores[0] = s->scores[c->n] = 0;
    segment_grams(m, c, s->scores);
    segment_classes(m, c, s->scores);
    if (m->words.n) {
        lattice_walk(&s->lattice, &m->words, c);
        segment_matches(m, &s->lattice, c->n, s->scores, s->covers);
        segment_path(m, &s->lattice, c->n, s->scores);
    }
    if (s->users)
        user_words_score(s->users, c, s->scores);
    for (size_t i = 1; i < c->n; i++)
        s->split[i] = c->mark[i] == MARK_OPEN ? s->scores[i] > 0 : c->mark[i] == MARK_SPLIT;
    s->split[c->n] = 1;
}

/* False at the end of the text. */
static bool segment_chunk(struct segment *s) {
    s->from += s->chunk.bytes;
    s->from_point += s->chunk.n;
    s->at = s->chunk.n = s->chunk.bytes = 0;
    if (s->from >= s->text.n)
        return false;
    chunk_read(&s->chunk, model_charset(s->model), span_from(s->text, s->from));
    segment_decide(s);
    return true;
}

void segment_begin(struct segment *s, const struct model *m, const struct user_words *users,
                   struct span text) {
    s->model = m;
    s->users = users;
    s->text = text;
    s->from = s->from_point = s->at = 0;
    s->chunk.n = s->chunk.bytes = 0;
}

bool segment_next(struct segment *s, struct segment_word *word) {
    const struct chunk *c = &s->chunk;
    do {
        if (s->at == c->n && !segment_chunk(s))
            return false;
        while (s->at < c->n && chunk_class(c, s->at) == CLASS_SPACE)
            s->at++;
    } while (s->at == c->n);
    size_t start = s->at++;
    while (!s->split[s->at])
        s->at++;
    *word = (struct segment_word){s->from + c->offset[start], s->from + c->offset[s->at],
                                  s->from_point + start, s->from_point + s->at};
    return true;
}

enum error_code segment_join(struct segment *s, const struct model *m,
                             const struct user_words *users, struct span text, struct buf *out,
                             struct error *e) {
    segment_begin(s, m, users, text);
    struct segment_word w;
    enum error_code code = OK;
    for (bool first = true; !code && segment_next(s, &w); first = false) {
        size_t n = w.end - w.start;
        code = buf_reserve(out, n + 1, e);
        if (code)
            break;
        out->p[out->n] = ' ';
        out->n += !first;
        memcpy(out->p + out->n, text.p + w.start, n);
        out->n += n;
    }
    return code;
}

/* ---- single words ---- */

enum { SEGMENT_WORD = 64 }; /* characters of a word that its tag and parts are looked for in */

struct segment_codes {
    size_t n;
    uint16_t code[SEGMENT_WORD];
    uint32_t offset[SEGMENT_WORD + 1];
    enum charset_class kind; /* of the first character that is not punctuation */
};

static void segment_codes(struct segment_codes *c, const struct model *m, struct span word) {
    size_t at = 0;
    c->kind = CLASS_OTHER;
    for (c->n = 0; at < word.n && c->n < SEGMENT_WORD; c->n++) {
        uint32_t point;
        c->offset[c->n] = (uint32_t)at;
        at += charset_decode(word.p + at, word.n - at, &point);
        uint32_t entry = charset_at(model_charset(m), point);
        c->code[c->n] = (uint16_t)charset_code(entry);
        c->kind = c->kind != CLASS_OTHER ? c->kind : charset_kind(entry);
    }
    c->offset[c->n] = (uint32_t)at;
}

/* The dictionary's value of characters from to end - 1; 0: none. */
static uint32_t segment_value(const struct model *m, const struct segment_codes *c, size_t from) {
    uint32_t state = AUTOMATON_ROOT;
    for (size_t i = from; i < c->n; i++) {
        state = automaton_child(&m->words, state, c->code[i]);
        if (!state)
            return 0;
    }
    return automaton_value(&m->words, state);
}

const char *segment_tag(const struct model *m, struct span word) {
    struct segment_codes c;
    segment_codes(&c, m, word);
    bool chinese = c.kind == CLASS_HAN || c.kind == CLASS_NUMERAL;
    for (size_t from = 0; m->words.n && from < (chinese ? c.n : 1) && c.n; from++) {
        uint32_t value = segment_value(m, &c, from);
        if (value)
            return dictionary_tag_name(dictionary_tag(value));
    }
    switch (c.kind) {
    case CLASS_DIGIT:
    case CLASS_ROMAN:
    case CLASS_NUMERAL:
        return "m";
    case CLASS_LATIN:
        return "eng";
    default:
        return "x";
    }
}

size_t segment_parts(const struct model *m, struct span word, struct segment_word *out,
                     size_t room) {
    struct segment_codes c;
    size_t n = 0;
    segment_codes(&c, m, word);
    for (size_t i = 0; m->words.n && i + 1 < c.n; i++) {
        uint32_t state = AUTOMATON_ROOT;
        for (size_t end = i; end < c.n && n < room; end++) {
            state = automaton_child(&m->words, state, c.code[end]);
            if (!state)
                break;
            bool whole = i == 0 && end + 1 == c.n;
            if (automaton_value(&m->words, state) && end > i && !whole)
                out[n++] = (struct segment_word){c.offset[i], c.offset[end + 1], i, end + 1};
        }
    }
    return n;
}

/* The state of the dictionary behind all of s; the root where no word begins so. */
static uint32_t segment_state(const struct model *m, struct span s) {
    struct segment_codes c;
    uint32_t state = AUTOMATON_ROOT;
    segment_codes(&c, m, s);
    if (!m->words.n || c.offset[c.n] != s.n)
        return AUTOMATON_ROOT;
    for (size_t i = 0; i < c.n; i++) {
        state = automaton_child(&m->words, state, c.code[i]);
        if (!state)
            break;
    }
    return state;
}

bool segment_knows(const struct model *m, struct span word) {
    uint32_t state = segment_state(m, word);
    return state != AUTOMATON_ROOT && automaton_value(&m->words, state);
}

bool segment_begins(const struct model *m, struct span start) {
    return segment_state(m, start) != AUTOMATON_ROOT;
}
