/* train_feature.c - the features of a chunk, for training.
 *
 *     boundary i     head[i] -> list[17] -> list[3] -> 0
 *                               id 4711     id 52         places in the table of weights
 */
#include "train_feature.h"

static void train_features_put(struct train_features *f, size_t i, uint32_t id) {
    if (i == 0 || i >= f->chunk.n || f->chunk.mark[i] != MARK_OPEN || f->n == TRAIN_FEATURES)
        return;
    f->list[f->n++] = (struct train_feature){id, f->head[i]};
    f->head[i] = f->n;
}

static void train_features_dictionary(struct train_features *f) {
    const struct lattice *l = &f->lattice;
    uint32_t id[4], before = 0;
    for (size_t i = 0, length = 0; i < f->chunk.n;) {
        size_t end = l->end[i];
        feature_between(before, length ? length : 1, l->value[i], end - i, id);
        for (int k = 0; k < 4; k++)
            train_features_put(f, i, id[k]);
        for (size_t at = i + 1; at < end; at++) {
            feature_inside(l->value[i], at - i, end - at, id);
            train_features_put(f, at, id[0]);
            train_features_put(f, at, id[1]);
        }
        length = end - i;
        before = l->value[i];
        i = end;
    }
    for (size_t k = 0; k < l->n_matches; k++) {
        const struct lattice_match *w = l->match + k;
        train_features_put(f, w->from, feature_match(SIDE_STARTS, w->value, w->length));
        for (size_t at = 1; at < w->length; at++)
            train_features_put(f, w->from + at, feature_match(SIDE_COVERS, w->value, w->length));
        train_features_put(f, (size_t)w->from + w->length,
                           feature_match(SIDE_ENDS, w->value, w->length));
    }
}

void train_features_read(struct train_features *f, const struct charset *charset,
                         const struct automaton *words, const struct pairs *grams,
                         struct span text) {
    struct chunk *c = &f->chunk;
    chunk_read(c, charset, text);
    f->n = 0;
    memset(f->head, 0, (c->n + 1) * sizeof *f->head);
    for (int n = 1; n <= MODEL_GRAM_MAX; n++)
        for (size_t k = 0; k < c->n + 2; k++) {
            uint32_t key[2];
            f->gram[n - 1][k] = 0;
            if (k + 1 < (size_t)n)
                continue;
            train_gram_key(c->codes, k, n, key);
            f->gram[n - 1][k] = pairs_find(grams + n - 1, key[0], key[1]);
        }
    for (size_t i = 1; i < c->n; i++)
        train_features_put(f, i, feature_class(c, i));
    if (!words->n)
        return;
    lattice_walk(&f->lattice, words, c);
    train_features_dictionary(f);
}

int train_features_grams(const struct train_features *f, size_t i, uint32_t out[TRAIN_GRAMS]) {
    int count = 0;
    for (size_t n = 1; n <= MODEL_GRAM_MAX; n++)
        for (size_t lane = 0; lane + n <= MODEL_LANES; lane++) {
            size_t k = i + 2 - lane; /* codes[k] is character k - 1, the last of the n-gram */
            if (k < f->chunk.n + 2 && k + 1 >= n && f->gram[n - 1][k])
                out[count++] = f->gram[n - 1][k] * MODEL_LANES + (uint32_t)lane;
        }
    return count;
}
