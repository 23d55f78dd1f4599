/* What one layout of a table needs for the columns asked for: words for the format, and columns
 * computed from others. */
#ifndef CMED_DATASET_PLAN_H
#define CMED_DATASET_PLAN_H

#include "dataset.h"

enum plan_computed {
    PLAN_FOUND, /* not computed */
    PLAN_DOC,
    PLAN_RECORD,
    PLAN_SLICE,
    PLAN_SLICE_INCLUSIVE,
    PLAN_END,
    PLAN_SPANS,
    PLAN_BEFORE,
    PLAN_AFTER,
    PLAN_OR,
    PLAN_FILE,
    PLAN_FOLDER
};

struct plan_column {
    enum plan_computed computed;
    uint8_t of[3], parts; /* columns it is made of */
    struct span text;     /* PLAN_BEFORE, PLAN_AFTER: the separator; PLAN_FOLDER: the names */
};

struct plan {
    const struct dataset_table *table;
    const struct dataset_layout *layout;
    struct plan_column column[FORMAT_COLUMNS_MAX];
    const char *where[FORMAT_COLUMNS_MAX];
    uint64_t forbidden;        /* bit per column: a file that has it is another table's */
    struct format_plan format; /* points into the plan: do not copy it */
};

/* wanted: bit per column of the table. */
void plan_make(struct plan *p, const struct dataset_table *table, unsigned layout, uint64_t wanted,
               const struct format_options *options);

/* Can the format work on the file's own bytes, in GB18030 too, so that only cells are decoded? */
bool plan_keeps_bytes(const struct plan *p);

#endif
