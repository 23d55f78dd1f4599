/* MessagePack of plain data: maps, arrays, strings and whole numbers (msgpack.org, the spec). */
#ifndef CMED_WORDS_MSGPACK_H
#define CMED_WORDS_MSGPACK_H

#include "tree.h"

/* The one value; its texts point into 'bytes'. BAD_FILE: cut, another type, a key of a map that is
 * no string, nested deeper than MSGPACK_DEPTH_MAX, bytes behind the value. */
enum error_code msgpack_read(struct span bytes, struct tree *tree, struct tree_value *out,
                             struct error *e);

enum { MSGPACK_DEPTH_MAX = 8 };

#endif
