/* A tagger: mentions of types in a text, by a linear-chain model for each group of types.
 *
 * Layout of a model as bytes, in the machine's order, sections in this order:
 *
 *     struct tagger_header
 *     uint64_t state[n_states]          dictionary of mentions (automaton.h); none: n_states 0
 *     uint32_t bigram[n_bigrams][2]     codes of the charset
 *     uint32_t word[n_words][2]         hash and length of words of the base's dictionary
 *     uint32_t entry_start[n_strings + 2]
 *     uint32_t slot[n_blocks]           ascending: which features have weights
 *     uint32_t chain[n_chains]          types of each
 *     uint32_t type_end[n_types]        where each type's name ends in the text
 *     int16_t  move[n_moves]
 *     uint16_t point[n_points]          the charset
 *     int8_t   weight[n_blocks][n_tags] in TAGGER_COARSE steps
 *     struct tag_entry entry[n_entries]
 *     char     text[n_text]
 */
#ifndef CMED_LEARN_TAG_H
#define CMED_LEARN_TAG_H

#include "../base/buf.h"
#include "tag_feature.h"

enum {
    TAGGER_BYTES_MAX = 1 << 28,
    TAGGER_LANE = 8,       /* weights of a block come in eights */
    TAGGER_COARSE = 8,     /* steps of the smallest difference between two weights */
    TAGGER_ORIGIN_BITS = 7 /* a path's score has the tag it comes from in its lower bits */
};

struct tagger_header {
    uint8_t magic[8];
    uint64_t sum;     /* of what follows it */
    uint64_t lexicon; /* of the base's dictionary */
    uint32_t bytes;   /* of the whole */
    uint32_t n_states, n_bigrams, n_words, n_strings, n_entries, n_blocks, n_chains, n_types,
        n_points, n_text;
    float scale; /* logits of one step of a weight */
};

struct tagger {
    struct tagger_header header;
    struct tag_source source;
    struct tag_layout layout;
    uint32_t lanes;  /* of a block: n_tags, made a multiple of TAGGER_LANE */
    uint32_t *block; /* by slot; 0: none */
    int16_t *weight; /* block 0 is zero */
    int16_t *move;
    /* The moves from exits to entries, of each chain tagger_row numbers an exit, in steps times
     * 1 << TAGGER_ORIGIN_BITS. */
    int32_t *enter;
    size_t enter_at[TAG_TYPES_MAX]; /* by chain */
    const uint32_t *type_end;
    const uint8_t *text;
};

static inline uint32_t tagger_row(const struct tag_chain *c) {
    return (tag_exits(c) + TAGGER_LANE - 1) / TAGGER_LANE * TAGGER_LANE;
}

bool tagger_is(struct span bytes);
/* Bytes must be 8-aligned and stay until tagger_close, as must base, the model whose dictionary it
 * was trained with. Everything that tagging relies on is checked. BAD_FILE. */
enum error_code tagger_open(struct tagger *t, struct span bytes, const struct model *base,
                            struct error *e);
void tagger_close(struct tagger *t);
struct span tagger_type(const struct tagger *t, uint32_t type);

/* ---- writing ---- */

struct tagger_parts {
    const struct tag_source *source;
    const struct tag_layout *layout;
    const struct span *type;       /* n_types names */
    const uint16_t *points;        /* of the charset */
    const uint32_t *bigram, *word; /* pairs, by number */
    uint32_t n_strings, n_entries;
    const uint32_t *block; /* by slot: 0, or the block's number */
    const float *weight;   /* n_tags a block */
    const float *move;
};

enum error_code tagger_write(const struct tagger_parts *p, struct buf *out, struct error *e);

/* ---- tagging ---- */

struct tag_mention {
    size_t start, end; /* code points */
    uint32_t type;
};

struct tag_room;

/* Work space for texts, to be used again. */
enum error_code tag_room_new(struct tag_room **out, struct error *e);
void tag_room_free(struct tag_room *r);
/* Starts on a text, which must stay, as must the tagger. */
void tag_room_begin(struct tag_room *r, const struct tagger *t, struct span text);
/* Mentions by start, of equals the longer one first; false: no more. */
bool tag_room_next(struct tag_room *r, struct tag_mention *m);
/* The probability of the last mention: that it is exactly so, as its chain sees it. */
enum error_code tag_room_score(struct tag_room *r, double *out, struct error *e);

#endif
