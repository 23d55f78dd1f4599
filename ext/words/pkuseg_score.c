/* pkuseg_score.c - the scores of each position, from right to left, and the best tags.
 *
 *           border i      border i+1
 *               |  position i  |                 a border: the pair of characters that meet there,
 *     .. 发  热 |      咳      | 嗽 3 天 ..        the words that end at it, the words that begin
 *                                                at it, the bonds between these
 *
 * The order of the additions is pkuseg's, so that every score is the same to the last bit. */
#include "pkuseg_model.h"

struct pkuseg_border {
    uint32_t pair;                   /* block */
    uint32_t ends[PKUSEG_LENGTHS];   /* words */
    uint32_t starts[PKUSEG_LENGTHS]; /* words */
    unsigned bonds;
    uint32_t bond[PKUSEG_LENGTHS * PKUSEG_LENGTHS]; /* blocks */
};

static void pkuseg_score_words(const struct pkuseg_model *m, struct pkuseg_position *piece,
                               size_t n, size_t i) {
    uint32_t *word = piece[i].word;
    uint32_t state = trie_step(&m->word, 0, piece[i].symbol);
    for (size_t length = 2; length <= PKUSEG_LENGTH_MAX; length++) {
        bool inside = length <= n - i;
        if (inside && state)
            state = trie_step(&m->word, state, piece[i + length - 1].symbol);
        word[PKUSEG_LENGTH_MAX - length] = !inside ? m->outside
                                           : state ? m->word.value[state]
                                                   : PKUSEG_NO_WORD;
    }
}

static void pkuseg_score_prepare(const struct pkuseg_model *m, struct pkuseg_position *piece,
                                 size_t n) {
    for (size_t i = 0; i < n; i++) {
        piece[i].symbol = pkuseg_symbol(piece[i].point);
        piece[i].node = pairs_find(&m->block[PKUSEG_NODE].of, 0, piece[i].symbol);
    }
    for (size_t i = 0; i < n; i++)
        pkuseg_score_words(m, piece, n, i);
}

static void pkuseg_score_bonds(const struct pkuseg_model *m, struct pkuseg_border *b) {
    b->bonds = 0;
    for (int p = 0; p < PKUSEG_LENGTHS; p++) {
        if (b->ends[p] == PKUSEG_NO_WORD && !m->bonds_of_none)
            continue;
        for (int q = 0; q < PKUSEG_LENGTHS; q++) {
            if (b->starts[q] == PKUSEG_NO_WORD && !m->bonds_of_none)
                continue;
            uint32_t block = pairs_find(&m->block[PKUSEG_BOND].of, b->ends[p], b->starts[q]);
            if (block)
                b->bond[b->bonds++] = block;
        }
    }
}

/* The border before position i, 0 <= i <= n. */
static void pkuseg_score_border(const struct pkuseg_model *m, const struct pkuseg_position *piece,
                                size_t n, size_t i, struct pkuseg_border *b) {
    bool inside = i > 0 && i < n;
    b->pair =
        inside ? pairs_find(&m->block[PKUSEG_PAIR].of, piece[i - 1].symbol, piece[i].symbol) : 0;
    for (size_t k = 0; k < PKUSEG_LENGTHS; k++) {
        size_t length = PKUSEG_LENGTH_MAX - k;
        b->ends[k] = length <= i ? piece[i - length].word[k] : m->outside;
        b->starts[k] = i < n ? piece[i].word[k] : m->outside;
    }
    pkuseg_score_bonds(m, b);
}

static void pkuseg_score_add(const struct pkuseg_model *m, enum pkuseg_kind kind, uint32_t block,
                             unsigned row, double *score) {
    size_t at = (size_t)block * pkuseg_feature_rows(kind) + row;
    const double *weight = m->block[kind].weight + at * m->crf.tags;
    for (unsigned tag = 0; tag < m->crf.tags; tag++)
        score[tag] += weight[tag];
}

static void pkuseg_score_add_words(const struct pkuseg_model *m,
                                   const uint32_t word[PKUSEG_LENGTHS], unsigned row,
                                   double *score) {
    for (int k = 0; k < PKUSEG_LENGTHS; k++)
        if (word[k] != PKUSEG_NO_WORD)
            pkuseg_score_add(m, PKUSEG_WORD, pairs_find(&m->block[PKUSEG_WORD].of, 0, word[k]), row,
                             score);
}

/* border[0] to border[2]: those before i - 1, i and i + 1. */
static void pkuseg_score_position(const struct pkuseg_model *m, const struct pkuseg_position *piece,
                                  size_t n, size_t i, const struct pkuseg_border *const border[3],
                                  double *score) {
    for (unsigned tag = 0; tag < m->crf.tags; tag++)
        score[tag] = 0.0 + m->start[tag];
    pkuseg_score_add(m, PKUSEG_NODE, piece[i].node, 0, score);
    pkuseg_score_add(m, PKUSEG_NODE, i > 0 ? piece[i - 1].node : 0, 1, score);
    pkuseg_score_add(m, PKUSEG_PAIR, border[1]->pair, 0, score);
    pkuseg_score_add(m, PKUSEG_NODE, n - i > 1 ? piece[i + 1].node : 0, 2, score);
    pkuseg_score_add(m, PKUSEG_PAIR, border[2]->pair, 1, score);
    pkuseg_score_add(m, PKUSEG_NODE, i > 1 ? piece[i - 2].node : 0, 3, score);
    pkuseg_score_add(m, PKUSEG_PAIR, border[0]->pair, 2, score);
    pkuseg_score_add(m, PKUSEG_NODE, n - i > 2 ? piece[i + 2].node : 0, 4, score);
    pkuseg_score_add_words(m, border[2]->ends, 0, score);
    pkuseg_score_add_words(m, border[1]->starts, 1, score);
    for (unsigned k = 0; k < border[1]->bonds; k++)
        pkuseg_score_add(m, PKUSEG_BOND, border[1]->bond[k], 0, score);
    for (unsigned k = 0; k < border[2]->bonds; k++)
        pkuseg_score_add(m, PKUSEG_BOND, border[2]->bond[k], 1, score);
}

/* A tag is written where the row of the position before it lay, which has been used by then. */
static void pkuseg_score_follow(const struct crf *c, unsigned tag, size_t n, uint8_t *back) {
    for (size_t i = 0; i < n; i++) {
        uint8_t next = back[i * c->tags + tag];
        back[i] = (uint8_t)tag;
        tag = next;
    }
}

void pkuseg_score_tags(const struct pkuseg_model *m, struct pkuseg_position *piece, size_t n,
                       uint8_t *back) {
    static const struct pkuseg_border none;
    double score[CRF_TAGS_MAX], best[CRF_TAGS_MAX] = {0};
    struct pkuseg_border room[3];
    pkuseg_score_prepare(m, piece, n);
    pkuseg_score_border(m, piece, n, n, &room[n % 3]);
    pkuseg_score_border(m, piece, n, n - 1, &room[(n - 1) % 3]);
    for (size_t i = n; i-- > 0;) {
        if (i > 0)
            pkuseg_score_border(m, piece, n, i - 1, &room[(i - 1) % 3]);
        const struct pkuseg_border *const border[3] = {i > 0 ? &room[(i - 1) % 3] : &none,
                                                       &room[i % 3], &room[(i + 1) % 3]};
        pkuseg_score_position(m, piece, n, i, border, score);
        if (i == n - 1) {
            memcpy(best, score, m->crf.tags * sizeof *best);
            memset(back + i * m->crf.tags, 0, m->crf.tags);
        } else {
            crf_step(&m->crf, score, best, back + i * m->crf.tags);
        }
    }
    pkuseg_score_follow(&m->crf, crf_first(&m->crf, best), n, back);
}
