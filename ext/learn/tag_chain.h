/* Chains of tags: which tag may follow which, and how likely each is, by the forward-backward
 * algorithm (Lafferty, McCallum, Pereira, "Conditional Random Fields", ICML 2001).
 *
 * A chain labels every character for a group of types that do not overlap each other; types that
 * do (a body part inside a symptom) are in different chains, so that mentions can nest. Of a
 * chain with k types, tags are numbered so that those that can end a mention, and those that can
 * follow such an end, are next to each other:
 *
 *     E0 … Ek-1  O  S0 … Sk-1  B0 … Bk-1  I0 … Ik-1
 *     '------- exits -------'
 *                '------ entries ------'
 */
#ifndef CMED_LEARN_TAG_CHAIN_H
#define CMED_LEARN_TAG_CHAIN_H

#include "../base/error.h"
#include "../words/chunk.h"

enum {
    TAG_TYPES_MAX = 60,
    TAG_TAGS_MAX = 5 * TAG_TYPES_MAX,
    TAG_EXITS_MAX = 2 * TAG_TYPES_MAX + 1
};

struct tag_chain {
    uint32_t types, first_type;
    uint32_t first_tag;  /* among the tags of all chains */
    uint32_t first_move; /* among the moves of all chains */
};

/* Moves of a chain: from each exit to each entry, then of each type from B to E, B to I, I to E
 * and I to I. */
struct tag_layout {
    uint32_t n_types, n_chains, n_tags, n_moves;
    struct tag_chain chain[TAG_TYPES_MAX];
};

enum tag_inner { MOVE_BE, MOVE_BI, MOVE_IE, MOVE_II, TAG_INNER };

static inline uint32_t tag_out(const struct tag_chain *c) {
    return c->types;
}
static inline uint32_t tag_exits(const struct tag_chain *c) {
    return 2 * c->types + 1;
}
static inline uint32_t tag_tags(const struct tag_chain *c) {
    return 4 * c->types + 1;
}
static inline uint32_t tag_single(const struct tag_chain *c, uint32_t type) {
    return c->types + 1 + type;
}
static inline uint32_t tag_begin(const struct tag_chain *c, uint32_t type) {
    return 2 * c->types + 1 + type;
}
static inline uint32_t tag_inside(const struct tag_chain *c, uint32_t type) {
    return 3 * c->types + 1 + type;
}
/* Where the inner moves of a type are, behind those from exits to entries. */
static inline uint32_t tag_inner(const struct tag_chain *c, uint32_t type) {
    return tag_exits(c) * tag_exits(c) + type * TAG_INNER;
}
/* The move between two tags that may follow each other. */
uint32_t tag_move(const struct tag_chain *c, uint32_t from, uint32_t to);

/* Chains of so many types each: their types, tags and moves one behind the other. */
void tag_layout_make(struct tag_layout *l, const uint32_t *types, uint32_t n_chains);

/* What is known of a chunk's tags in one chain; arrays of a row of tag_tags a character. */
struct tag_trellis {
    float *local, *alpha, *beta; /* likelihoods: of the character's score alone, of what leads
                                    to the tag, of what follows it; scaled */
    float scale[CHUNK_MAX];
    float weight[TAG_EXITS_MAX * TAG_EXITS_MAX + TAG_INNER * TAG_TYPES_MAX]; /* moves */
};

enum error_code tag_trellis_new(struct tag_trellis **out, struct error *e);
void tag_trellis_free(struct tag_trellis *t);

/* Fills it: score[i * stride + tag] are logits of the chain's tags, move its moves'; n characters,
 * 1 to CHUNK_MAX. alpha * beta is the probability of a tag. */
void tag_trellis_run(struct tag_trellis *t, const struct tag_chain *c, const float *score,
                     size_t stride, const float *move, size_t n);
/* The probability that a mention of the chain's type is exactly from start to end. */
float tag_trellis_mention(const struct tag_trellis *t, const struct tag_chain *c, uint32_t type,
                          size_t start, size_t end);

#endif
