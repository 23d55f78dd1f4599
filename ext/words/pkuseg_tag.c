/* pkuseg_tag.c - a linear-chain model over words.
 *
 *     w.发热  tr1.pre.1.发  tr1.post.1.热  tr1.pre.2.发热 ..      the word, its ends up to three
 * characters tr1.w-1.伴  tr1.w1.3天  tr1.w-2.BOS  tr1.w2.EOS             the words around it
 *     tr1.w_-1_0.伴.发热  tr1.w_0_1.发热.3天                      pairs of words
 *
 * Words are normalised first: '-' and its like become '&', a word of numerals "**Num". */
#include "pkuseg_tag.h"

#include "../base/memory.h"
#include "../base/utf8.h"
#include "pkuseg_model.h"

enum { PKUSEG_TAG_ENDS = 3 };

static const char pkuseg_tag_number[] = "**Num";

/* Normalised words; names[-1] .. in effect: outside of them there is none. */
struct pkuseg_tag_names {
    const struct span *name;
    size_t n;
};

enum error_code pkuseg_tag_load(struct pkuseg_tagger *t, const struct pkuseg_files *files,
                                struct error *e) {
    struct pkuseg_raw raw;
    *t = (struct pkuseg_tagger){0};
    enum error_code code = pkuseg_raw_read(files, false, &raw, e);
    if (code)
        return code;
    code = pkuseg_raw_crf(&raw, &t->crf, e);
    if (!code)
        code = pkuseg_raw_tags(&raw, &t->tag, e);
    const struct tree_node *feature = tree_node(&raw.tree, raw.feature);
    for (uint32_t i = 0; !code && i + 1 < feature->n; i += 2)
        code = lexicon_put(&t->feature, tree_span(feature->item[i]),
                           (uint32_t)feature->item[i + 1].as.i, e);
    t->weight = raw.weight;
    raw.weight = NULL;
    pkuseg_raw_free(&raw);
    if (code)
        pkuseg_tag_free(t);
    return code;
}

void pkuseg_tag_free(struct pkuseg_tagger *t) {
    memory_free(t->crf.edge);
    memory_free(t->tag);
    memory_free(t->weight);
    lexicon_free(&t->feature);
    *t = (struct pkuseg_tagger){0};
}

/* Appends the word's characters, '&' for the marks; *number: all are numerals, before that. */
static enum error_code pkuseg_tag_spell(struct buf *out, struct span word, bool *number,
                                        struct error *e) {
    enum error_code code = OK;
    *number = true;
    for (size_t at = 0; !code && at < word.n;) {
        uint32_t point;
        size_t n = utf8_next(word, at, &point);
        uint32_t symbol = pkuseg_symbol(point);
        *number = *number && symbol == PKUSEG_NUM;
        code = symbol == '&' ? buf_add_byte(out, '&', e) : buf_add(out, word.p + at, n, e);
        at += n;
    }
    return code;
}

/* The spans come first in the room, the texts behind them, so that they point into one block. */
static enum error_code pkuseg_tag_normalise(struct pkuseg_room *room, struct span text,
                                            const struct pkuseg_word *word, size_t n,
                                            struct error *e) {
    struct buf *b = &room->names;
    size_t bytes = n * sizeof(struct span);
    for (size_t i = 0; i < n; i++)
        bytes += word[i].n + sizeof pkuseg_tag_number;
    b->n = 0;
    enum error_code code = buf_reserve(b, bytes, e);
    b->n = code ? 0 : n * sizeof(struct span);
    for (size_t i = 0; !code && i < n; i++) {
        size_t from = b->n;
        bool number = false;
        code = pkuseg_tag_spell(b, span_slice(text, word[i].at, (size_t)word[i].at + word[i].n),
                                &number, e);
        if (!code && number) {
            b->n = from;
            code = buf_add_text(b, pkuseg_tag_number, e);
        }
        ((struct span *)(void *)b->p)[i] = (struct span){b->p + from, b->n - from};
    }
    return code;
}

struct pkuseg_tag_sum {
    const struct pkuseg_tagger *t;
    struct buf *feature;
    double *score;
};

/* Adds the weights of the feature prefix + a [+ '.' + b]; b is left out where its p is NULL. */
static enum error_code pkuseg_tag_add(const struct pkuseg_tag_sum *s, const char *prefix,
                                      struct span a, struct span b, struct error *e) {
    uint32_t row;
    s->feature->n = 0;
    enum error_code code = buf_add_text(s->feature, prefix, e);
    if (!code)
        code = buf_add_span(s->feature, a, e);
    if (!code && b.p)
        code = buf_add_byte(s->feature, '.', e);
    if (!code && b.p)
        code = buf_add_span(s->feature, b, e);
    if (code || !lexicon_find(&s->t->feature, buf_span(s->feature), &row))
        return code;
    const double *weight = s->t->weight + (size_t)row * s->t->crf.tags;
    for (unsigned tag = 0; tag < s->t->crf.tags; tag++)
        s->score[tag] += weight[tag];
    return OK;
}

static enum error_code pkuseg_tag_add_ends(const struct pkuseg_tag_sum *s, struct span name,
                                           struct error *e) {
    static const char *const prefixes[PKUSEG_TAG_ENDS][2] = {{"tr1.pre.1.", "tr1.post.1."},
                                                             {"tr1.pre.2.", "tr1.post.2."},
                                                             {"tr1.pre.3.", "tr1.post.3."}};
    enum error_code code = OK;
    size_t points = utf8_count(name);
    for (size_t j = 1; !code && j <= PKUSEG_TAG_ENDS && j <= points; j++) {
        struct span none = {0};
        struct span first = span_slice(name, 0, utf8_offset(name, j));
        struct span last = span_from(name, utf8_offset(name, points - j));
        code = pkuseg_tag_add(s, prefixes[j - 1][0], first, none, e);
        if (!code)
            code = pkuseg_tag_add(s, prefixes[j - 1][1], last, none, e);
    }
    return code;
}

static enum error_code pkuseg_tag_score(const struct pkuseg_tag_sum *s,
                                        struct pkuseg_tag_names names, size_t i, struct error *e) {
    const struct span none = {0}, begin = span_text("BOS"), end = span_text("EOS");
    const struct span *w = names.name + i;
    size_t after = names.n - 1 - i;
    for (unsigned tag = 0; tag < s->t->crf.tags; tag++)
        s->score[tag] = 0.0 + s->t->weight[tag];
    enum error_code code = pkuseg_tag_add(s, "w.", *w, none, e);
    if (!code)
        code = pkuseg_tag_add_ends(s, *w, e);
    if (!code)
        code = pkuseg_tag_add(s, "tr1.w-1.", i > 0 ? w[-1] : begin, none, e);
    if (!code)
        code = pkuseg_tag_add(s, "tr1.w1.", after > 0 ? w[1] : end, none, e);
    if (!code)
        code = pkuseg_tag_add(s, "tr1.w-2.", i > 1 ? w[-2] : begin, none, e);
    if (!code)
        code = pkuseg_tag_add(s, "tr1.w2.", after > 1 ? w[2] : end, none, e);
    if (!code)
        code = pkuseg_tag_add(s, "tr1.w_-1_0.", i > 0 ? w[-1] : begin, i > 0 ? *w : none, e);
    if (!code)
        code = pkuseg_tag_add(s, "tr1.w_0_1.", after > 0 ? *w : end, after > 0 ? w[1] : none, e);
    return code;
}

enum error_code pkuseg_tag_words(const struct pkuseg_tagger *t, struct pkuseg_room *room,
                                 struct span text, struct pkuseg_word *word, size_t n,
                                 struct error *e) {
    double score[CRF_TAGS_MAX], best[CRF_TAGS_MAX] = {0};
    const struct pkuseg_tag_sum sum = {t, &room->feature, score};
    const unsigned tags = t->crf.tags;
    if (n == 0)
        return OK;
    enum error_code code = pkuseg_tag_normalise(room, text, word, n, e);
    room->back.n = 0;
    if (!code)
        code = buf_reserve(&room->back, n * tags, e);
    const struct pkuseg_tag_names names = {(const struct span *)(const void *)room->names.p, n};
    for (size_t i = n; !code && i-- > 0;) {
        code = pkuseg_tag_score(&sum, names, i, e);
        if (i == n - 1)
            memcpy(best, score, tags * sizeof *best);
        else
            crf_step(&t->crf, score, best, room->back.p + i * tags);
    }
    if (code)
        return code;
    unsigned tag = crf_first(&t->crf, best);
    for (size_t i = 0; i < n; i++) {
        if (word[i].tag.n == 0)
            word[i].tag = t->tag[tag];
        if (i + 1 < n)
            tag = room->back.p[i * tags + tag];
    }
    return OK;
}
