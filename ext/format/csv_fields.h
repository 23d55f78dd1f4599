/* The words of format_csv_fields: delimited text whose every field is a row, or several.
 *
 * where   "@key"     the name of the field, unique as in "@cells" of csv.h
 *         "@item"    the field, or an item of it
 *         "a|b"      the record's field under the first of these names, for all its rows
 * each    words with blanks between; '_' stands for a blank in them:
 *         "-a"          the field a gives no row
 *         "a=,，"       the field a has items, parted by any of these characters
 *         "without=x"   an item that is x is left out;  "without=*x": one that ends with x
 *         White space around an item is taken off. An empty item is none, nor is an empty field.
 * shape   as in csv.h; there is a header
 *
 * Options are not asked for. A header has at most FORMAT_COLUMNS_MAX names. */
#ifndef CMED_FORMAT_CSV_FIELDS_H
#define CMED_FORMAT_CSV_FIELDS_H

#include "format.h"

#endif
