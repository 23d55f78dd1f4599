/* Names in a header -> columns of a table, for delimited files and sheets. */
#ifndef CMED_FORMAT_HEADER_H
#define CMED_FORMAT_HEADER_H

#include "format.h"

enum { HEADER_NAMES_MAX = 2000, HEADER_NONE = -1 };

/* All zero is an empty header. */
struct header {
    struct buf text; /* the names, UTF-8, one behind another */
    uint32_t end[HEADER_NAMES_MAX];
    unsigned count;
};

/* Appends a name, unquoted; one that is not UTF-8 is taken for GB18030. BAD_FILE: too many. */
enum error_code header_add(struct header *h, struct span name, struct error *e);

struct span header_name(const struct header *h, unsigned i);

/* The first field of this name; HEADER_NONE: there is none. */
int header_find(const struct header *h, struct span name);

/* Appends the names of a JSON array of strings: the option 'columns'. BAD_USE: it is none. */
enum error_code header_parse(struct header *h, const char *json, struct error *e);

/* Makes every name fit for a key: the second a is a_2, the third a_3; an empty name in the 16th
 * place is column16. */
enum error_code header_unique(struct header *h, struct error *e);

/* Which field, from 0, each column of the plan is; HEADER_NONE: none. Words of plan->where:
 *     "ask|question"  the first of these names that the header has, compared byte for byte
 *     "#2"            field 2, counted from 1, whatever its name
 *     "@..."          not the header's: HEADER_NONE
 * BAD_FILE: a required column is not there. */
enum error_code header_map(const struct header *h, const struct format_plan *plan,
                           int field[FORMAT_COLUMNS_MAX], struct error *e);

void header_free(struct header *h);

#endif
