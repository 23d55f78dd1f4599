/* Workbooks (.xlsx, .xlsm: Office Open XML, transitional and strict) as three push parsers. Whoever
 * opens the zip feeds the bytes of its members, in pieces of any size up to XLSX_PIECE_MAX (64 KiB
 * or more is fast); nothing here opens anything.
 *
 *     xlsx_book      _rels/.rels                     which part is the workbook
 *                    xl/_rels/workbook.xml.rels      where the sheets are
 *                    xl/workbook.xml                 their names, in order
 *     xlsx_strings   xl/sharedStrings.xml            a table of texts
 *     xlsx_sheet     xl/worksheets/sheet1.xml        rows
 *
 * Elements are known by their local names, at their place: <x:row> is a row in <x:sheetData> and
 * nowhere else. A DOCTYPE, which no part of a workbook has, is refused as soon as it is seen. Texts
 * are valid UTF-8, kept verbatim, with _xHHHH_ decoded (ST_Xstring: _x0004_ is U+0004, _x005F_ is
 * '_', surrogates are joined); U+0000 may be among them. Runs of rich text are joined, phonetic
 * readings left out. */
#ifndef CMED_FORMAT_XLSX_H
#define CMED_FORMAT_XLSX_H

#include "../base/buf.h"

enum {
    XLSX_COLUMNS_MAX = 16384, /* XFD */
    XLSX_ROWS_MAX = 1048576,
    XLSX_PIECE_MAX = 1 << 20, /* bytes fed at once; more is BAD_USE */
    XLSX_DEPTH_MAX = 64,      /* elements in elements */
    XLSX_TAG_MAX = 1 << 20,   /* bytes of a tag; a comment may have a little more than twice that */
    XLSX_NAME_MAX = 256,      /* bytes of an element's or attribute's name */
    XLSX_NAMES_MAX = 4096,    /* different names in a part: expat keeps each */
    XLSX_TEXT_MAX = 32 << 20, /* bytes of a shared string, and of all texts of a row */
    XLSX_STRINGS_MAX = 16 << 20,        /* shared strings */
    XLSX_STRINGS_BYTES_MAX = 256 << 20, /* of all of them */
    XLSX_SHEETS_MAX = 4096,
    XLSX_RELATIONS_MAX = 16384,
    XLSX_BOOK_BYTES_MAX = 16 << 20 /* of all names and targets */
};

/* ---- The workbook ---- */

struct xlsx_book;

/* The parts to feed, in this order. One that the zip lacks is passed over. */
enum xlsx_book_part {
    XLSX_PACKAGE_RELATIONS,
    XLSX_WORKBOOK_RELATIONS,
    XLSX_WORKBOOK,
    XLSX_BOOK_PARTS
};

struct xlsx_tab {
    const char *name;
    const char *member; /* "xl/worksheets/sheet1.xml" */
    bool hidden;        /* hidden or very hidden */
};

enum error_code xlsx_book_open(struct xlsx_book **out, struct error *e);

/* The member that holds a part: the workbook's two are xl/... unless the part before said
 * otherwise. It lives until the next feed. */
const char *xlsx_book_member(const struct xlsx_book *b, enum xlsx_book_part part);

/* last: the part ends with these bytes. BAD_FILE: broken XML, a target outside of the package
 * ('..'), a sheet without a part. */
enum error_code xlsx_book_feed(struct xlsx_book *b, enum xlsx_book_part part, struct span bytes,
                               bool last, struct error *e);

/* The i-th worksheet in the workbook's order; false past the last. Chart, dialog and macro sheets
 * are none. Names live as long as b. */
bool xlsx_book_tab(const struct xlsx_book *b, size_t i, struct xlsx_tab *out);

/* The member with the shared strings, which the zip may lack. */
const char *xlsx_book_strings(const struct xlsx_book *b);

void xlsx_book_close(struct xlsx_book *b); /* NULL is fine */

/* Is name, as the zip has it, this member? Case of ASCII letters, '\' for '/' and a '/' before it
 * do not count: there are writers of each. */
bool xlsx_member_is(const char *member, struct span name);

/* ---- Shared strings ---- */

struct xlsx_strings;

enum error_code xlsx_strings_open(const char *member, struct xlsx_strings **out, struct error *e);
enum error_code xlsx_strings_feed(struct xlsx_strings *s, struct span bytes, bool last,
                                  struct error *e);
size_t xlsx_strings_count(const struct xlsx_strings *s); /* NULL: 0 */

/* The i-th text, which lives as long as s. BAD_DATA: there is none, or it holds half a surrogate
 * pair. */
enum error_code xlsx_strings_at(const struct xlsx_strings *s, size_t i, struct span *out,
                                struct error *e);
void xlsx_strings_close(struct xlsx_strings *s); /* NULL is fine */

/* ---- Rows ---- */

enum xlsx_kind {
    XLSX_STRING,  /* shared, inline, or a formula's */
    XLSX_NUMBER,  /* as written, white space taken off: Excel writes 4.1 as 4.0999999999999996 */
    XLSX_BOOLEAN, /* 0 or 1 */
    XLSX_ERROR,   /* #N/A */
    XLSX_DATE     /* ISO 8601; most dates are numbers */
};

struct xlsx_cell {
    uint32_t column; /* from 0 */
    enum xlsx_kind kind;
    struct span text;
};

struct xlsx_row {
    uint32_t number; /* from 1: the sheet's own, or counted where it gives none */
    uint32_t count;
    const struct xlsx_cell *cell; /* by column; cells without a value are not among them */
};

struct xlsx_sheet;

/* name is for messages. strings may be NULL; else it is complete, and outlives the sheet. */
enum error_code xlsx_sheet_open(const char *name, const struct xlsx_strings *strings,
                                struct xlsx_sheet **out, struct error *e);

/* What is read from the next feed on keeps these columns only; until it is called, all of them.
 * Which rows there are does not depend on it: a row whose cells are all unwanted has count 0. */
void xlsx_sheet_want(struct xlsx_sheet *s, const uint32_t *column, size_t count);

/* Takes the next piece; last: the sheet ends with it. What goes wrong comes from xlsx_sheet_next,
 * behind the rows before it. Rows wait until they are drawn; those of the worst 64 KiB take less
 * than 1 MiB. */
void xlsx_sheet_feed(struct xlsx_sheet *s, struct span bytes, bool last);

/* The next row that holds a value. *more false: there is none, feed on.
 * BAD_DATA with *more true: this row (row->number) is broken, the next may be drawn.
 * With *more false: NO_MEMORY, or BAD_FILE "the XML of sheet 'Sheet1' breaks at line 12: mismatched
 * tag". A row lives until the next feed. */
enum error_code xlsx_sheet_next(struct xlsx_sheet *s, struct xlsx_row *row, bool *more,
                                struct error *e);
void xlsx_sheet_close(struct xlsx_sheet *s); /* NULL is fine */

#endif
