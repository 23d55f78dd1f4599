/* Which of a format's words each column of a plan is. */
#ifndef CMED_FORMAT_COLUMNS_H
#define CMED_FORMAT_COLUMNS_H

#include "format.h"

enum { COLUMNS_NONE = 255 };

/* word: the format's words, NULL behind the last. is[c]: the number of column c's word in it,
 * COLUMNS_NONE where the plan has none. BAD_USE: a word that the format does not know. */
enum error_code columns_find(const struct format_plan *plan, const char *const *word,
                             uint8_t is[FORMAT_COLUMNS_MAX], struct error *e);

/* Which of the format's names this is, in the order of the list; the first one where it is NULL.
 * BAD_USE: none of them. */
enum error_code columns_setting(const char *what, const char *given, const char *const *name,
                                unsigned *is, struct error *e);

#endif
