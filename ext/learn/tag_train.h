/* Training a tagger from texts and the spans of their mentions. Types that overlap each other go
 * into chains of their own (tag_chain.h); of two mentions that overlap in one chain, the longer
 * one is learnt. The same texts in the same order give the same bytes on the same kind of
 * machine. */
#ifndef CMED_LEARN_TAG_TRAIN_H
#define CMED_LEARN_TAG_TRAIN_H

#include "../base/poll.h"
#include "../text/names.h"
#include "../text/spans.h"
#include "tag.h"
#include "tag_crf.h"

enum { TAG_TEXT_MAX = 1 << 28 /* bytes of all texts */ };

/* A mention, in characters of its piece. */
struct tag_gold {
    uint16_t start, end;
    uint32_t type, string, entry; /* string 0: not in the dictionary */
};

/* A chunk of a text. */
struct tag_piece {
    size_t at, bytes, first, last; /* bytes of the texts; golds, the longest first */
};

/* A string with a type it was a mention of. */
struct tag_seen {
    uint32_t string, type, mentions;
};

struct tag_trainer {
    const struct model *base;
    uint32_t seed, epochs;
    struct buf texts;
    struct tag_piece *piece;
    struct tag_gold *gold;
    size_t n_pieces, cap_pieces, n_golds, cap_golds;
    struct names types; /* as they come; then by chain: type_number */
    uint32_t mentions[TAG_TYPES_MAX], overlaps[TAG_TYPES_MAX][TAG_TYPES_MAX];
    struct spans spans; /* of the text that is added */
    struct tag_features *features;

    struct tag_source source;
    struct tag_layout layout;
    uint32_t type_number[TAG_TYPES_MAX];
    struct buf points, bigram, word; /* uint16_t; uint32_t pairs */
    struct names strings;            /* codes as bytes */
    struct pairs seen;               /* string, type -> number in seen_list + 1 */
    struct buf seen_list;            /* struct tag_seen */
    struct automaton_built mentions_built;
    uint32_t *entry_start;
    struct tag_entry *entry;
    uint32_t n_entries;
    struct tag_counts counts;
    uint16_t *tags; /* CHUNK_MAX a chain */
    struct tag_crf crf;
};

/* base: the model that ships; it must stay. */
enum error_code tag_train_new(struct tag_trainer **out, const struct model *base, struct error *e);
/* spans: JSON [[start, end, "type"], …]. BAD_DATA: past the text, or too many types. */
enum error_code tag_train_add(struct tag_trainer *t, struct span text, struct span spans,
                              struct error *e);
/* BAD_DATA where there was no mention. */
enum error_code tag_train_finish(struct tag_trainer *t, const struct poll *poll, struct buf *out,
                                 struct error *e);
void tag_train_free(struct tag_trainer *t);

/* tag_source.c: the charset, chains, dictionary and numbers of features of all pieces. */
enum error_code tag_train_source(struct tag_trainer *t, const struct poll *poll, struct error *e);
/* Reads a piece's features. */
void tag_train_read(struct tag_trainer *t, const struct tag_piece *piece);

#endif
