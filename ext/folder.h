/* Models that lie in files: a BLOB in a file, pkuseg's folder, jieba's package. */
#ifndef CMED_FOLDER_H
#define CMED_FOLDER_H

#include "language.h"

/* What a path leads to; the caller holds it:
 *
 *     a file that begins as a model of cmed does         that model
 *     a folder with dict.txt and finalseg/prob_*.py      jieba, as installed
 *     a folder or .zip with features.* and weights.npz   pkuseg, as downloaded
 *
 * BAD_USE, BAD_FILE, BAD_IO: the message names the path. */
enum error_code folder_load(struct language *l, const char *path, struct language_model **out,
                            struct error *e);

/* One more thing for a model that was just loaded, by name:
 *
 *     pkuseg   dictionary   a .pkl of words that are put together again, as pkuseg's default.pkl
 *              user_dict    a file of words that are cut out first, a line each: word[TAB tag]
 *              postag       the folder of the model of tags
 *     jieba    user_dict    a file of lines: word [frequency] [tag]
 *              hmm          0: words that the dictionary does not know stay characters
 *              search       1: the short words inside long ones, too */
enum error_code folder_option(struct language_model *m, struct span name, const char *value,
                              struct error *e);

#endif
