/* A workbook (.xlsx): its parts are opened here and fed to format/xlsx, which hands back rows. */
#ifndef CMED_DATASET_WORKBOOK_H
#define CMED_DATASET_WORKBOOK_H

#include "../read/source.h"
#include "plan.h"

struct workbook;

/* The words of a workbook layout:
 *   where  "原文|text"  a header's name, or one of several    "#1"      the first column, where
 * there is no header
 *          "@sheet"     the sheet's name                      "@row"    the row's number in the
 * sheet
 *          "@cells"     all cells of the row, a JSON array
 *   shape  "noheader"   the first row is data                 "every"   rows of every sheet, not of
 * the first that fits */

/* Owns store from the call on. Reads the list of sheets and the shared strings. */
enum error_code workbook_open(struct store *store, int (*stopped)(void *of), void *of,
                              struct workbook **out, struct error *e);
/* Goes to the first sheet whose header has the columns that the plan requires; BAD_FILE where there
 * is none. */
enum error_code workbook_begin(struct workbook *w, const struct plan *plan, struct error *e);
/* The next row that has a cell; *number counts them from 1. An error inside a row comes from
 * workbook_split. */
enum error_code workbook_row(struct workbook *w, uint64_t *number, bool *found, struct error *e);
enum error_code workbook_split(struct workbook *w, struct error *e);
enum error_code workbook_cell(struct workbook *w, unsigned column, struct cell *out,
                              struct error *e);
/* Would workbook_begin find its columns? *columns: how many the first row of data fills. */
enum error_code workbook_claims(struct workbook *w, const struct plan *plan, bool *fits,
                                unsigned *columns, struct error *e);
void workbook_place(const struct workbook *w, char *to, size_t n);
void workbook_close(struct workbook *w);

#endif
