/* The words of format_csv: delimited text, RFC 4180 and what goes by its name.
 *
 * where   "ask|question"  the field under the first of these names that the header has
 *         "#2"            field 2, counted from 1
 *         "@cells"        the record as a JSON object by name, {"id":"7","ask":"..."}; names are
 *                         made unique (header_unique), values are strings
 * shape   words with blanks between; default: commas, quotes, a header
 *         "sep=;"         any ASCII character; also "sep=TAB" and "sep=blank"
 *         "detect"        the separator is the most frequent of TAB , ; in the first record
 *         "quote"         '"' quotes also where TAB separates
 *         "noquote"       nothing quotes; this is the default where TAB separates
 *         "noheader"      the first record is data; the names are column1, column2, ...
 *         "fields=3"      a record has 3 where there is no header; default: as many as the first
 *
 * plan->options goes before the shape: sep, quote ("" for none), header, and columns: the names,
 * instead of the header's or where there is none.
 *
 * Records end at LF or CRLF, in one file both; in a file whose first record ends at a CR alone, at
 * CR or CRLF. What else there is of CR before LF, or at the end of the file, belongs to the end.
 * Empty lines are passed over; in a file of one column they are records with ''.
 *
 * A record with text behind a closing quote ends where it would have ended without the error; one
 * with a quoted field that does not end is the rest of the file. See structure.c for the grammar.
 */
#ifndef CMED_FORMAT_CSV_H
#define CMED_FORMAT_CSV_H

#include "format.h"

/* May the window leave GB18030 as it is? Not where separator or quote could be a byte of one of its
 * characters (digits, letters, '|', '\\', ...), nor where "@cells" is wanted: that needs UTF-8. */
bool csv_safe(const struct format_plan *plan);

#endif
