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

enum { PKUSEG_TAG_ENDS = 3, PKUSEG_TAG_FEATURES = 7 + 2 * PKUSEG_TAG_ENDS };

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

/* The features of a word, spelled one behind the other, so that they can be looked up side by side.
 */
struct pkuseg_tag_list {
    struct buf *text;
    size_t end[PKUSEG_TAG_FEATURES];
    size_t n;
};

/* prefix + a [+ '.' + b]; b is left out where its p is NULL. */
static enum error_code pkuseg_tag_add(struct pkuseg_tag_list *l, const char *prefix, struct span a,
                                      struct span b, struct error *e) {
    enum error_code code = buf_add_text(l->text, prefix, e);
    if (!code)
        code = buf_add_span(l->text, a, e);
    if (!code && b.p)
        code = buf_add_byte(l->text, '.', e);
    if (!code && b.p)
        code = buf_add_span(l->text, b, e);
    l->end[l->n++] = l->text->n;
    return code;
}

static enum error_code pkuseg_tag_add_ends(struct pkuseg_tag_list *l, struct span name,
                                           struct error *e) {
    static const char *const prefixes[PKUSEG_TAG_ENDS][2] = {{"tr1.pre.1.", "tr1.post.1."},
                                                             {"tr1.pre.2.", "tr1.post.2."},
                                                             {"tr1.pre.3.", "tr1.post.3."}};
    const struct span none = {0};
    enum error_code code = OK;
    size_t points = utf8_count(name);
    for (size_t j = 1; !code && j <= PKUSEG_TAG_ENDS && j <= points; j++) {
        struct span first = span_slice(name, 0, utf8_offset(name, j));
        struct span last = span_from(name, utf8_offset(name, points - j));
        code = pkuseg_tag_add(l, prefixes[j - 1][0], first, none, e);
        if (!code)
            code = pkuseg_tag_add(l, prefixes[j - 1][1], last, none, e);
    }
    return code;
}

static enum error_code pkuseg_tag_list(struct pkuseg_tag_list *l, struct pkuseg_tag_names names,
                                       size_t i, struct error *e) {
    const struct span none = {0}, begin = span_text("BOS"), end = span_text("EOS");
    const struct span *w = names.name + i;
    size_t after = names.n - 1 - i;
    l->text->n = l->n = 0;
    enum error_code code = pkuseg_tag_add(l, "w.", *w, none, e);
    if (!code)
        code = pkuseg_tag_add_ends(l, *w, e);
    if (!code)
        code = pkuseg_tag_add(l, "tr1.w-1.", i > 0 ? w[-1] : begin, none, e);
    if (!code)
        code = pkuseg_tag_add(l, "tr1.w1.", after > 0 ? w[1] : end, none, e);
    if (!code)
        code = pkuseg_tag_add(l, "tr1.w-2.", i > 1 ? w[-2] : begin, none, e);
    if (!code)
        code = pkuseg_tag_add(l, "tr1.w2.", after > 1 ? w[2] : end, none, e);
    if (!code)
        code = pkuseg_tag_add(l, "tr1.w_-1_0.", i > 0 ? w[-1] : begin, i > 0 ? *w : none, e);
    if (!code)
        code = pkuseg_tag_add(l, "tr1.w_0_1.", after > 0 ? *w : end, after > 0 ? w[1] : none, e);
    return code;
}

/* Memory is touched well before it is needed: nearly every feature lies somewhere else. */
static void pkuseg_tag_score(const struct pkuseg_tagger *t, const struct pkuseg_tag_list *l,
                             double *score) {
    struct span name[PKUSEG_TAG_FEATURES];
    uint32_t hash[PKUSEG_TAG_FEATURES], row;
    const double *weight[PKUSEG_TAG_FEATURES];
    size_t found = 0;
    for (size_t k = 0; k < l->n; k++) {
        name[k] = span_slice(buf_span(l->text), k ? l->end[k - 1] : 0, l->end[k]);
        hash[k] = lexicon_hash(name[k]);
        lexicon_touch(&t->feature, hash[k]);
    }
    for (size_t k = 0; k < l->n; k++) {
        if (!lexicon_find_hashed(&t->feature, name[k], hash[k], &row))
            continue;
        weight[found] = t->weight + (size_t)row * t->crf.tags;
        __builtin_prefetch(weight[found++]);
    }
    for (unsigned tag = 0; tag < t->crf.tags; tag++)
        score[tag] = 0.0 + t->weight[tag];
    for (size_t k = 0; k < found; k++)
        for (unsigned tag = 0; tag < t->crf.tags; tag++)
            score[tag] += weight[k][tag];
}

enum error_code pkuseg_tag_words(const struct pkuseg_tagger *t, struct pkuseg_room *room,
                                 struct span text, struct pkuseg_word *word, size_t n,
                                 struct error *e) {
    double score[CRF_TAGS_MAX], best[CRF_TAGS_MAX] = {0};
    struct pkuseg_tag_list list = {.text = &room->feature};
    const unsigned tags = t->crf.tags;
    if (n == 0)
        return OK;
    enum error_code code = pkuseg_tag_normalise(room, text, word, n, e);
    room->back.n = 0;
    if (!code)
        code = buf_reserve(&room->back, n * tags, e);
    const struct pkuseg_tag_names names = {(const struct span *)(const void *)room->names.p, n};
    for (size_t i = n; !code && i-- > 0;) {
        code = pkuseg_tag_list(&list, names, i, e);
        if (code)
            break;
        pkuseg_tag_score(t, &list, score);
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
