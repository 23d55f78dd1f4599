/* Tags of words by a pkuseg tag model (postag=True). */
#ifndef CMED_WORDS_PKUSEG_TAG_H
#define CMED_WORDS_PKUSEG_TAG_H

#include "crf.h"
#include "lexicon.h"
#include "pkuseg_raw.h"

struct pkuseg_tagger {
    struct crf crf;
    struct span *tag;
    struct lexicon feature; /* number: row of the weights */
    double *weight;
};

enum error_code pkuseg_tag_load(struct pkuseg_tagger *t, const struct pkuseg_files *files,
                                struct error *e);
void pkuseg_tag_free(struct pkuseg_tagger *t);

/* Tags the n words of text; one that has a tag keeps it. Works in room->back, names and feature. */
enum error_code pkuseg_tag_words(const struct pkuseg_tagger *t, struct pkuseg_room *room,
                                 struct span text, struct pkuseg_word *word, size_t n,
                                 struct error *e);

#endif
