/* JSON of plain data: objects, arrays, strings and whole numbers (RFC 8259). */
#ifndef CMED_WORDS_JSON_TREE_H
#define CMED_WORDS_JSON_TREE_H

#include "tree.h"

/* The one value; texts without escapes point into 'bytes', others into tree->text. BAD_FILE: not
 * JSON, another type, nested deeper than JSON_TREE_DEPTH_MAX. A tree takes one such file. */
enum error_code json_tree_read(struct span bytes, struct tree *tree, struct tree_value *out,
                               struct error *e);

enum { JSON_TREE_DEPTH_MAX = 8 };

#endif
