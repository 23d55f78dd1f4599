/* What a file means: one constant a dataset.
 *
 * Adding a dataset: one file here with its constant, one line in list.c, one sample, one expected
 * output.
 *
 * A table has one layout for each shape that its files come in, and its columns say, layout by
 * layout, where the value stands:
 *
 *     "text"                  in the format's own words (json.h, csv.h, …): a header name, a key, …
 *     "!text"                 the same, and a file without it is another dataset's
 *     "?text"                 the same, and a row without it is left out (format_json)
 *     "^text"                 the same, and a file with it is another table's (asked only among
 *                             many files)
 *     NULL                    this layout does not have it: NULL
 *     "=doc"                  the document's name, unique within the path (api.md, Rules)
 *     "=record"               the number of the record in its file
 *     "=slice T A B"          the code points [A, B) of column T; '' where A > B
 *     "=slice+ T A B"         the code points [A, B]
 *     "=end A M"              A + the code points of M
 *     "=spans A B"            [[A,B]]: one span, as JSON
 *     "=before S T"           column T up to the first S; NULL where there is no S
 *     "=after S T"            column T behind the first S; all of it where there is no S
 *     "=or A B"               column A, or B where A is NULL or ''
 *     "=file"                 the file's name without its ending
 *     "=folder"               the name of the folder or archive that it lies in; NULL where the
 *                             path has none
 *     "=folder a b …"         the same where it is one of these
 *
 * A column whose name starts with '.' serves such words and is not shown. */
#ifndef CMED_DATASET_DATASET_H
#define CMED_DATASET_DATASET_H

#include "../format/format.h"

enum column_type { TEXT, INTEGER, BLOB };

enum { DATASET_LAYOUTS_MAX = 14 };

struct dataset_column {
    const char *name;
    enum column_type type;
    const char *where[DATASET_LAYOUTS_MAX];
};

struct dataset_layout {
    const struct format *format; /* NULL: a workbook */
    const char *each;            /* what makes a row; NULL: the record */
    const char *shape;           /* the format's settings */
    const char *files;           /* only files whose name ends so (".ann"); NULL: any */
    bool documents;              /* a file is one document: 'doc' is its path without the ending */
    bool nameless;               /* nothing in such a file says what it is: its path must (hints) */
};

struct dataset_table {
    const char *name;
    const char *doc; /* one line for cmed_help() */
    struct dataset_layout layout[DATASET_LAYOUTS_MAX];
    const struct dataset_column *column;
};

struct dataset {
    const char *name;
    const char *hints; /* blank-parted words; one of them in a path speaks for this dataset (small
                          letters) */
    bool generic;      /* reads any file of its format: never recognised */
    const struct dataset_table *table;
};

/* list.c: every dataset, NULL behind the last. */
extern const struct dataset *const dataset_list[];

unsigned dataset_columns(const struct dataset_table *t); /* with the hidden ones */
unsigned dataset_layouts(const struct dataset_table *t);
const struct dataset *dataset_of(const struct dataset_table *t);

#endif
