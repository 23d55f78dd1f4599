/* The words of format_conll.
 *
 * where  "sentence"    its number in the file, from 1
 *        "token_no"    the token's in the sentence, from 1
 *        "token"       the first field
 *        "tag"         the last field
 *        "fields"      all of them, a JSON array
 * shape  "columns"     TABs part the fields, or in a line without one runs of blanks (default)
 *        "last-blank"  the last blank parts token and tag: the token may itself be one
 *        "even"        as columns, and every line has as many fields as the first
 *
 * Sentences and tokens are counted from the file's beginning: frame must see all of it in order. */
#ifndef CMED_FORMAT_CONLL_H
#define CMED_FORMAT_CONLL_H

#include "format.h"

#endif
