/* tokens.c - from a text to tokens and their places.
 *
 *     text         Ⅱ型糖尿病合并肺动脉高压，ＨｂＡ１ｃ９％
 *     normalised   2型糖尿病合并肺动脉高压,hba1c9%          offsets of each character are kept
 *     words        2型糖尿病 | 合并 | 肺动脉高压 | , | hba1c | 9%
 *     tokens       2型 | 糖尿病 | 合并 | 肺动脉 | 高压 | hba1c | 9%
 *                        糖尿           动脉
 *                                       动脉高压                     colocated, in documents only
 *
 * A long word is taken apart into the most words of the dictionary that cover it, none of them a
 * single character; so the same words are found whether the segmenter joined them or not. Words
 * inside those, or across them, stand at the place of the one they end in.
 * Limits: a word of more than TOKENS_WORD characters is not taken apart. */
#include "tokens.h"

#include "base/memory.h"
#include "base/utf8.h"

enum {
    TOKENS_WORD = 64,  /* characters */
    TOKENS_PARTS = 96, /* dictionary words inside one */
    TOKENS_JOIN = 3,   /* characters of a word of the dictionary that may lie in several words */
    TOKENS_RUN = 512,  /* tokens of neighbouring words that are looked at together */
    TOKENS_SYNONYMS_MAX = 1 << 20
};

/* A piece of the normalised text. */
struct tokens_piece {
    struct segment_word at;
    bool colocated;
};

/* One text under way. */
struct tokens_job {
    struct tokens *t;
    struct span text; /* as given */
    bool valid;       /* it is UTF-8 */
    enum tokens_mode mode;
    tokens_call *call;
    void *of;
    size_t point, byte; /* a character of the text and where it begins; goes forward only */
    size_t last;        /* where the last place ended */
    int stopped;
    size_t pieces; /* in the run */
    struct tokens_piece run[TOKENS_RUN];
};

/* A word taken apart. */
struct tokens_word {
    struct span bytes;
    size_t points;
    uint32_t offset[TOKENS_WORD + 1]; /* of each character */
    struct segment_word part[TOKENS_PARTS];
    size_t parts;
    struct segment_word tile[TOKENS_WORD / 2];
    size_t tiles;
};

/* --- places ---------------------------------------------------------------------------------- */

static size_t tokens_length(const struct tokens_job *j) {
    uint8_t lead = j->text.p[j->byte];
    if (j->valid || utf8_valid(span_slice(j->text, j->byte, j->byte + 4)))
        return lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    return utf8_ill_formed(span_from(j->text, j->byte), NULL);
}

/* Where a character of the text begins; the text's end for those behind it. */
static size_t tokens_byte(struct tokens_job *j, size_t point) {
    for (; j->point < point && j->byte < j->text.n; j->point++)
        j->byte += tokens_length(j);
    return j->byte;
}

/* Of character i of the normalised text: its own, or the one behind the last. */
static size_t tokens_from(const struct tokens_job *j, size_t i) {
    const struct points *from = &j->t->map.from;
    return i < from->n ? from->p[i] : from->p[from->n - 1] + (size_t)1;
}

/* The bytes of the text that characters start to end - 1 of the normalised one came from. */
static void tokens_place(struct tokens_job *j, size_t start, size_t end, size_t *from, size_t *to) {
    size_t behind = tokens_from(j, end), least = tokens_from(j, end - 1) + 1;
    *from = tokens_byte(j, tokens_from(j, start));
    *from = *from > j->last ? *from : j->last;
    *to = tokens_byte(j, behind > least ? behind : least);
    *to = *to > *from ? *to : *from;
    j->last = *to;
}

/* --- words inside words ---------------------------------------------------------------------- */

static void tokens_offsets(struct tokens_word *w) {
    size_t n = 0;
    for (size_t at = 0; at < w->bytes.n; at++)
        if ((w->bytes.p[at] & 0xC0) != 0x80)
            w->offset[n++] = (uint32_t)at;
    w->offset[n] = (uint32_t)w->bytes.n;
}

static struct segment_word tokens_between(const struct tokens_word *w, size_t start, size_t end) {
    return (struct segment_word){w->offset[start], w->offset[end], start, end};
}

/* The best cover of a word: score[i] of its first i characters, which ends with a tile from
 * before[i] on. */
struct tokens_cover {
    int score[TOKENS_WORD + 1];
    uint8_t before[TOKENS_WORD + 1];
};

enum { TOKENS_NONE = -100000 };

static void tokens_reach(struct tokens_cover *c, size_t start, size_t end, int gain) {
    if (c->score[start] + gain <= c->score[end])
        return;
    c->score[end] = c->score[start] + gain;
    c->before[end] = (uint8_t)start;
}

/* A word of the dictionary is worth 1; two or more characters that are none cost more the more they
 * are. */
static void tokens_cover(const struct tokens_word *w, struct tokens_cover *c) {
    size_t p = 0;
    for (size_t i = 0; i <= w->points; i++)
        c->score[i] = i ? TOKENS_NONE : 0;
    for (size_t i = 0; i + 1 < w->points; i++) {
        bool reached = c->score[i] > TOKENS_NONE;
        for (; p < w->parts && w->part[p].start_point == i; p++)
            if (reached)
                tokens_reach(c, i, w->part[p].end_point, 1);
        for (size_t end = i + 2; reached && end <= w->points; end++)
            tokens_reach(c, i, end, -1 - 2 * (int)(end - i));
    }
}

static void tokens_tile(struct tokens_word *w) {
    struct tokens_cover cover;
    size_t end = w->points, n = 0;
    tokens_offsets(w);
    tokens_cover(w, &cover);
    if (cover.score[end] == TOKENS_NONE) {
        w->tile[w->tiles++] = tokens_between(w, 0, end);
        return;
    }
    for (size_t i = end; i; i = cover.before[i])
        n++;
    w->tiles = n;
    for (; end; end = cover.before[end])
        w->tile[--n] = tokens_between(w, cover.before[end], end);
}

/* Takes a word apart where there may be words in it. */
static void tokens_part(const struct tokens *t, struct span bytes, size_t points,
                        struct tokens_word *w) {
    bool ascii = bytes.p[0] < 0x80 && bytes.p[bytes.n - 1] < 0x80;
    w->bytes = bytes;
    w->points = points;
    w->parts = w->tiles = 0;
    if (t->parts && !ascii && w->points > 2 && w->points <= TOKENS_WORD)
        w->parts = segment_parts(t->parts, w->bytes, w->part, TOKENS_PARTS);
    if (w->parts && w->points > 3)
        tokens_tile(w);
    else
        w->tile[w->tiles++] = (struct segment_word){0, w->bytes.n, 0, w->points};
}

/* --- tokens ---------------------------------------------------------------------------------- */

static void tokens_emit(struct tokens_job *j, bool colocated, struct span token, size_t from,
                        size_t to) {
    if (!j->stopped)
        j->stopped = j->call(j->of, colocated, token, from, to);
}

/* The canonical tokens of a synonym, the first with its bytes, the others behind them. */
static void tokens_canonical(struct tokens_job *j, uint32_t at, size_t from, size_t to) {
    const uint8_t *p = j->t->synonyms.tokens.p + at;
    uint32_t count, n;
    memcpy(&count, p, sizeof count);
    p += sizeof count;
    for (; count; count--, p += n, from = to) {
        memcpy(&n, p, sizeof n);
        p += sizeof n;
        tokens_emit(j, false, span_of(p, n), from, to);
    }
}

/* The longest variant from piece i of the run on: how many pieces it takes, 0 where there is none.
 */
static size_t tokens_variant(const struct tokens_job *j, size_t i, uint32_t *at) {
    const struct synonyms *s = &j->t->synonyms;
    size_t found = 0, end = j->run[i].at.start;
    uint32_t tokens;
    for (size_t k = i; s->variant.count && k < j->pieces; k++) {
        const struct tokens_piece *p = &j->run[k];
        if (p->colocated)
            continue;
        if (p->at.start != end || p->at.end - j->run[i].at.start > s->variant.longest)
            break;
        end = p->at.end;
        struct span text = span_slice(buf_span(&j->t->text), j->run[i].at.start, end);
        if (lexicon_find(&s->variant, text, &tokens)) {
            found = k + 1 - i;
            *at = tokens;
        }
    }
    return found;
}

/* A variant as its canonical form; in a document by its own name, too. Gives the pieces used. */
static size_t tokens_synonym(struct tokens_job *j, size_t i) {
    uint32_t at;
    size_t n = tokens_variant(j, i, &at), from, to;
    if (!n)
        return 0;
    const struct segment_word *first = &j->run[i].at, *last = &j->run[i + n - 1].at;
    struct span variant = span_slice(buf_span(&j->t->text), first->start, last->end);
    tokens_place(j, first->start_point, last->end_point, &from, &to);
    tokens_canonical(j, at, from, to);
    if (j->mode == TOKENS_DOCUMENT)
        tokens_emit(j, true, variant, from, to);
    while (i + n < j->pieces && j->run[i + n].colocated)
        n++;
    return n;
}

/* Words of the dictionary that the segmenter parted: they end with piece i. */
static void tokens_joined(struct tokens_job *j, size_t i, size_t from, size_t to) {
    const struct segment_word *last = &j->run[i].at;
    size_t start = last->start;
    while (i-- > 0) {
        const struct segment_word *p = &j->run[i].at;
        if (j->run[i].colocated)
            continue;
        if (p->end != start || last->end_point - p->start_point > TOKENS_JOIN)
            break;
        start = p->start;
        struct span word = span_slice(buf_span(&j->t->text), start, last->end);
        if (segment_knows(j->t->parts, word))
            tokens_emit(j, true, word, from, to);
    }
}

static void tokens_flush(struct tokens_job *j) {
    size_t from = 0, to = 0;
    for (size_t i = 0; i < j->pieces && !j->stopped;) {
        const struct tokens_piece *p = &j->run[i];
        size_t used = p->colocated ? 0 : tokens_synonym(j, i);
        i += used ? used : 1;
        if (used)
            continue;
        if (!p->colocated)
            tokens_place(j, p->at.start_point, p->at.end_point, &from, &to);
        tokens_emit(j, p->colocated, span_slice(buf_span(&j->t->text), p->at.start, p->at.end),
                    from, to);
        if (!p->colocated && j->t->parts && j->mode == TOKENS_DOCUMENT)
            tokens_joined(j, i - 1, from, to);
    }
    j->pieces = 0;
}

/* The same piece of a word, in the text. */
static void tokens_add(struct tokens_job *j, const struct segment_word *word,
                       const struct segment_word *piece, bool colocated) {
    if (j->pieces == TOKENS_RUN)
        return;
    j->run[j->pieces++] = (struct tokens_piece){
        {word->start + piece->start, word->start + piece->end,
         word->start_point + piece->start_point, word->start_point + piece->end_point},
        colocated};
}

/* The dictionary's words that end in a tile, itself excepted. */
static void tokens_add_parts(struct tokens_job *j, const struct segment_word *word,
                             const struct tokens_word *w, const struct segment_word *tile) {
    for (size_t p = 0; p < w->parts; p++) {
        const struct segment_word *part = &w->part[p];
        if (part->end > tile->start && part->end <= tile->end &&
            (part->start != tile->start || part->end != tile->end))
            tokens_add(j, word, part, true);
    }
}

static void tokens_word(struct tokens_job *j, const struct segment_word *word) {
    struct tokens_word w;
    if (j->pieces > TOKENS_RUN - TOKENS_WORD - TOKENS_PARTS)
        tokens_flush(j);
    tokens_part(j->t, span_slice(buf_span(&j->t->text), word->start, word->end),
                word->end_point - word->start_point, &w);
    for (size_t i = 0; i < w.tiles; i++) {
        tokens_add(j, word, &w.tile[i], false);
        if (j->mode == TOKENS_DOCUMENT)
            tokens_add_parts(j, word, &w, &w.tile[i]);
    }
}

/* --- the start of a word --------------------------------------------------------------------- */

/* Where the last word of a query begins if it is cut off: single characters at the end that
 * together begin a word of the dictionary. The text's length where there are none. */
static enum error_code tokens_stub(struct tokens *t, struct span text, struct segment_word *stub,
                                   struct error *e) {
    struct cut_word w;
    bool single = false;
    *stub = (struct segment_word){text.n, text.n, 0, 0};
    enum error_code code = cut_begin(&t->cut, t->model, NULL, text, e);
    while (!code && cut_next(&t->cut, &w)) {
        bool next = w.place.end_point - w.place.start_point == 1 && w.place.end - w.place.start > 1;
        if (!next || !single || stub->end != w.place.start)
            *stub = w.place;
        stub->end = w.place.end;
        stub->end_point = w.place.end_point;
        single = next;
    }
    if (!single || stub->end < text.n || stub->end_point - stub->start_point < 2 || !t->parts ||
        !segment_begins(t->parts, span_slice(text, stub->start, stub->end)))
        stub->start = text.n;
    return code;
}

/* Whether a query is one word: it says so, or it is a short one of the dictionary, which a document
 * has as a word or colocated however the segmenter parts it here. */
static bool tokens_is_word(const struct tokens_job *j, struct segment_word *word) {
    const struct tokens *t = j->t;
    struct span text = buf_span(&t->text);
    size_t n = t->map.point.n, joiner = span_starts(text, TOKENS_JOINER) ? 1 : 0;
    *word = (struct segment_word){joiner * strlen(TOKENS_JOINER), text.n, joiner, n};
    if (j->mode != TOKENS_QUERY || n <= joiner)
        return false;
    return span_starts(j->text, TOKENS_JOINER) ||
           (t->parts && n > 1 && n <= TOKENS_JOIN && segment_knows(t->parts, text));
}

/* --- a text ---------------------------------------------------------------------------------- */

static enum error_code tokens_normalise(struct tokens *t, struct span text, struct error *e) {
    enum error_code code = normalize_text(&t->map, text, t->steps, e);
    t->text.n = 0;
    return code ? code : points_encode(&t->map.point, 0, t->map.point.n, &t->text, e);
}

static enum error_code tokens_all(struct tokens_job *j, struct error *e) {
    struct tokens *t = j->t;
    struct segment_word stub = {t->text.n, t->text.n, 0, 0};
    struct cut_word w;
    enum error_code code = OK;
    if (tokens_is_word(j, &w.place)) {
        tokens_word(j, &w.place);
        tokens_flush(j);
        return OK;
    }
    if (j->mode == TOKENS_PREFIX)
        code = tokens_stub(t, buf_span(&t->text), &stub, e);
    struct span text = span_slice(buf_span(&t->text), 0, stub.start);
    if (!code && text.n)
        code = cut_begin(&t->cut, t->model, NULL, text, e);
    while (!code && text.n && !j->stopped && cut_next(&t->cut, &w)) {
        if (cut_is_searchable(span_slice(text, w.place.start, w.place.end)))
            tokens_word(j, &w.place);
        else
            tokens_flush(j);
    }
    tokens_flush(j);
    if (!code && stub.start < t->text.n)
        tokens_emit(j, false, span_from(buf_span(&t->text), stub.start), j->text.n, j->text.n);
    return code;
}

enum error_code tokens_walk(struct tokens *t, struct span text, enum tokens_mode mode,
                            tokens_call *call, void *of, int *stopped, struct error *e) {
    struct tokens_job job; /* but for the run */
    job.t = t;
    job.text = text;
    job.valid = utf8_valid(text) == text.n;
    job.mode = mode;
    job.call = call;
    job.of = of;
    job.point = job.byte = job.last = job.pieces = 0;
    job.stopped = 0;
    enum error_code code = tokens_normalise(t, text, e);
    if (!code && t->text.n)
        code = tokens_all(&job, e);
    *stopped = job.stopped;
    return code;
}

void tokens_free(struct tokens *t) {
    lexicon_free(&t->synonyms.variant);
    buf_free(&t->synonyms.tokens);
    cut_free(&t->cut);
    normalize_free(&t->map);
    buf_free(&t->text);
    *t = (struct tokens){0};
}

/* --- synonyms -------------------------------------------------------------------------------- */

struct tokens_collect {
    struct buf *out;
    uint32_t count;
    struct error *e;
};

static int tokens_collect(void *of, bool colocated, struct span token, size_t start, size_t end) {
    struct tokens_collect *c = of;
    uint32_t n = (uint32_t)token.n;
    (void)colocated, (void)start, (void)end;
    c->count++;
    enum error_code code = buf_add(c->out, &n, sizeof n, c->e);
    return (int)(code ? code : buf_add_span(c->out, token, c->e));
}

enum error_code tokens_add_synonym(struct tokens *t, struct span variant, struct span canonical,
                                   struct error *e) {
    struct lexicon known = t->synonyms.variant;
    struct buf *tokens = &t->synonyms.tokens;
    struct tokens_collect c = {.out = tokens, .e = e};
    size_t at = tokens->n;
    int stopped = 0;
    if (known.count == TOKENS_SYNONYMS_MAX)
        return error_set(e, BAD_USE, "more than %d synonyms", TOKENS_SYNONYMS_MAX);
    enum error_code code = buf_add(tokens, &c.count, sizeof c.count, e);
    t->synonyms.variant = (struct lexicon){0}; /* a canonical form is not replaced itself */
    if (!code)
        code = tokens_walk(t, canonical, TOKENS_QUERY, tokens_collect, &c, &stopped, e);
    t->synonyms.variant = known;
    if (code || stopped)
        return code ? code : (enum error_code)stopped;
    memcpy(tokens->p + at, &c.count, sizeof c.count);
    code = tokens_normalise(t, variant, e);
    if (code || !t->text.n || !c.count || span_same(buf_span(&t->text), canonical))
        return code;
    return lexicon_put(&t->synonyms.variant, buf_span(&t->text), (uint32_t)at, e);
}
