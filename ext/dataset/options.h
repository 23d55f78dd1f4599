/* The argument 'options': a JSON object of the settings that a table's format knows. */
#ifndef CMED_DATASET_OPTIONS_H
#define CMED_DATASET_OPTIONS_H

#include "dataset.h"

struct options {
    struct format_options format; /* its texts lie in room */
    struct buf room;
};

/* text NULL: none. BAD_USE: no JSON object, a key that there is not or that the table has no use
 * for, a value of the wrong kind. */
enum error_code options_parse(struct options *o, const struct dataset_table *table,
                              const char *text, struct error *e);
void options_free(struct options *o);

#endif
