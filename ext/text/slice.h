/* Pieces of a text by code point positions. */
#ifndef CMED_TEXT_SLICE_H
#define CMED_TEXT_SLICE_H

#include "points.h"
#include "spans.h"

enum { SLICE_WIDTH = 20 }; /* characters of context either side, where not said */

/* The bytes from start to end, cut to what there is; empty where start >= end. Positions below
 * 0 count as 0. Text must be valid UTF-8 (utf8_valid); no copy is made. */
struct span slice_text(struct span text, int64_t start, int64_t end);

/* Appends 左边的字【mention】右边的字, at most 'width' characters either side; line ends
 * become blanks, so that it stays one line. */
enum error_code slice_context(struct span text, int64_t start, int64_t end, int64_t width,
                              struct buf *out, struct error *e);

/* Appends one line a character, "character TAB tag": B-type, I-type or O. A line end in the
 * text is an empty line. Where spans overlap the longest wins, among equals the one that starts
 * first; empty spans are nothing. A span past the text, or a type with a line end or TAB in
 * it, is BAD_DATA. Reorders spans. */
enum error_code slice_bio(struct span text, struct spans *spans, struct buf *out, struct error *e);

#endif
