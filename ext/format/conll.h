/* The words of format_conll.
 *
 * where  "sentence"    its number in the file, from 1      "token" "tag"   the first and the last
 * field "token_no"    from 1 in the sentence              "fields"        all of them, a JSON array
 * shape  "columns"     fields are parted by TABs, or in a line without a TAB by runs of blanks
 * (default) "last-blank"  token and tag are parted at the last blank: the token may itself be one
 *
 * sentence and token_no are counted from the file's beginning: frame must see all of it in order.
 */
#ifndef CMED_FORMAT_CONLL_H
#define CMED_FORMAT_CONLL_H

#include "format.h"

#endif
