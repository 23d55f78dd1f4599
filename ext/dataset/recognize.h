/* Which dataset a file belongs to, by what is in it and by what its path says; never by its ending
 * alone. */
#ifndef CMED_DATASET_RECOGNIZE_H
#define CMED_DATASET_RECOGNIZE_H

#include "../read/files.h"
#include "../read/window.h"
#include "dataset.h"

struct recognized {
    const struct dataset *dataset;     /* NULL: nobody knows */
    const struct dataset_table *table; /* its first table that reads the file */
    int layout;                        /* of that table; -1: it does not take the file */
    bool book;                         /* a workbook */
    bool empty;                        /* nothing but a BOM and white space */
};

/* Every dataset is tried on the first bytes of file i, which the window holds. */
enum error_code recognize(struct files *files, size_t i, const struct window *w,
                          struct recognized *out, struct error *e);

/* The layout by which a table reads the file. Among many files only those that are the table's: the
 * others get layout -1. One file that was asked for by name gets a layout or an error. */
enum error_code recognize_layout(const struct dataset_table *table, struct files *files, size_t i,
                                 const struct window *w, const struct format_options *options,
                                 struct recognized *out, struct error *e);

#endif
