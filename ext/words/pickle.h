/* Python pickles of plain data, protocols 2 to 5: dict, list, str and int.
 *
 * Opcodes that build anything else (GLOBAL, REDUCE, BUILD, INST, ...) are refused: nothing a
 * pickle says is ever run. Source: CPython's pickletools.py. */
#ifndef CMED_WORDS_PICKLE_H
#define CMED_WORDS_PICKLE_H

#include "tree.h"

/* The one value of the pickle; its texts point into 'bytes'. BAD_FILE: cut, not a pickle, an
 * opcode that is refused, a key of a dict that is no str. */
enum error_code pickle_read(struct span bytes, struct tree *tree, struct tree_value *out,
                            struct error *e);

#endif
