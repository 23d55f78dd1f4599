/* A model folder as it was read: names with numbers, and the weights. For pkuseg_model and
 * pkuseg_tag. */
#ifndef CMED_WORDS_PKUSEG_RAW_H
#define CMED_WORDS_PKUSEG_RAW_H

#include "pkuseg.h"
#include "tree.h"

struct pkuseg_raw {
    struct buf bytes; /* what the tree's texts point into */
    struct tree tree;
    struct tree_value unigram; /* list of texts */
    struct tree_value
        feature;           /* map: text -> row, 0 <= row < features; at most 'features' of them */
    struct tree_value tag; /* map: text -> number */
    uint32_t tags, features;
    double *weight; /* [feature * tags + tag], then edges [next * tags + this]; all finite */
};

/* unigram is asked for where 'words' is true: a segmenter's. On failure there is nothing to free.
 */
enum error_code pkuseg_raw_read(const struct pkuseg_files *files, bool words,
                                struct pkuseg_raw *out, struct error *e);
void pkuseg_raw_free(struct pkuseg_raw *r);

/* Edges as the decoder wants them. */
struct crf;
enum error_code pkuseg_raw_crf(const struct pkuseg_raw *r, struct crf *out, struct error *e);
/* The names of the tags, by number, in one block that the caller frees. */
enum error_code pkuseg_raw_tags(const struct pkuseg_raw *r, struct span **out, struct error *e);

/* Appends a file to r->bytes; BAD_FILE where it is missing and 'there' is NULL. */
enum error_code pkuseg_raw_get(const struct pkuseg_files *files, const char *file,
                               const char *member, struct buf *out, bool *there, struct error *e);
/* Puts the file's name before what e says. */
enum error_code pkuseg_raw_blame(const char *file, enum error_code code, struct error *e);

/* pkuseg_old.c: folders as of pkuseg 0.0.11 and before. */
enum error_code pkuseg_old_features(const struct pkuseg_files *files, bool words,
                                    struct pkuseg_raw *r, struct error *e);
enum error_code pkuseg_old_weights(const struct pkuseg_files *files, struct pkuseg_raw *r,
                                   struct error *e);

#endif
