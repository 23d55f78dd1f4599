/* pkuseg_model.c - from the files of a folder to blocks of weights.
 *
 *     feature_to_idx            weights of the file            block of (发, 热)
 *     c-1c.发.热    2041  -->  | row 2041: 5 tags |  -->  | c-1c: 5 tags |
 *     cc1.发.热     2042  -->  | row 2042: 5 tags |  -->  | cc1:  5 tags |
 *     (none)                                              | 0 0 0 0 0    |  c-2c-1
 *
 * A sum that starts at +0 does not change, to the last bit, when zeros are added. Blocks have at
 * most five rows and each comes from a feature, so that memory stays within five times the weights.
 */
#include "pkuseg_model.h"

#include "../base/memory.h"

static enum error_code pkuseg_model_words(struct pkuseg_model *m, const struct pkuseg_raw *r,
                                          struct error *e) {
    const struct tree_node *unigram = tree_node(&r->tree, r->unigram);
    enum error_code code = OK;
    for (uint32_t i = 0; !code && i < unigram->n; i++)
        code = pkuseg_feature_word(m, tree_span(unigram->item[i]), e);
    return code;
}

static enum error_code pkuseg_model_blocks(struct pkuseg_model *m, struct error *e) {
    for (enum pkuseg_kind kind = 0; kind < PKUSEG_KINDS; kind++) {
        struct pkuseg_blocks *b = &m->block[kind];
        size_t block = pkuseg_feature_rows(kind) * m->crf.tags * sizeof *b->weight;
        b->weight = memory_zero(((size_t)b->count + 1) * block);
        if (!b->weight)
            return error_no_memory(e);
    }
    return OK;
}

static double *pkuseg_model_row(const struct pkuseg_model *m, struct pkuseg_place p) {
    size_t row = (size_t)p.block * pkuseg_feature_rows(p.kind) + p.row;
    return m->block[p.kind].weight + row * m->crf.tags;
}

/* Of a feature that is there twice the last counts, as in Python's dict. */
static enum error_code pkuseg_model_weights(struct pkuseg_model *m, const struct pkuseg_raw *r,
                                            struct error *e) {
    const struct tree_node *feature = tree_node(&r->tree, r->feature);
    uint32_t n = feature->n / 2;
    struct pkuseg_place *place = memory_alloc(n * sizeof *place);
    if (!place)
        return error_no_memory(e);
    enum error_code code = OK;
    for (uint32_t i = 0; !code && i < n; i++)
        code = pkuseg_feature_place(m, tree_span(feature->item[2 * i]), &place[i], e);
    if (!code)
        code = pkuseg_model_blocks(m, e);
    size_t bytes = m->crf.tags * sizeof *r->weight;
    for (uint32_t i = 0; !code && i < n; i++) {
        size_t row = (size_t)feature->item[2 * i + 1].as.i;
        if (place[i].block)
            memcpy(pkuseg_model_row(m, place[i]), r->weight + row * m->crf.tags, bytes);
    }
    memory_free(place);
    return code;
}

static enum error_code pkuseg_model_tags(struct pkuseg_model *m, const struct pkuseg_raw *r,
                                         struct error *e) {
    enum error_code code = pkuseg_raw_crf(r, &m->crf, e);
    if (!code)
        code = pkuseg_raw_tags(r, &m->tag, e);
    for (unsigned i = 0; !code && i < m->crf.tags; i++)
        m->opens[i] = span_find(m->tag[i], 0, 'B') < m->tag[i].n;
    return code;
}

static enum error_code pkuseg_model_start(struct pkuseg_model *m, const struct pkuseg_raw *r,
                                          struct error *e) {
    m->start = memory_alloc(m->crf.tags * sizeof *m->start);
    if (!m->start)
        return error_no_memory(e);
    memcpy(m->start, r->weight, m->crf.tags * sizeof *m->start);
    return OK;
}

enum error_code pkuseg_model_load(struct pkuseg_model *m, const struct pkuseg_files *files,
                                  struct error *e) {
    struct pkuseg_raw raw;
    *m = (struct pkuseg_model){0};
    enum error_code code = pkuseg_raw_read(files, true, &raw, e);
    if (code)
        return code;
    code = pkuseg_model_tags(m, &raw, e);
    if (!code)
        code = pkuseg_model_start(m, &raw, e);
    if (!code)
        code = pkuseg_model_words(m, &raw, e);
    if (!code)
        code = pkuseg_model_weights(m, &raw, e);
    pkuseg_raw_free(&raw);
    if (code)
        pkuseg_model_free(m);
    return code;
}

void pkuseg_model_free(struct pkuseg_model *m) {
    for (int kind = 0; kind < PKUSEG_KINDS; kind++) {
        pairs_free(&m->block[kind].of);
        memory_free(m->block[kind].weight);
    }
    memory_free(m->crf.edge);
    memory_free(m->tag);
    memory_free(m->start);
    trie_free(&m->word);
    *m = (struct pkuseg_model){0};
}
