/* Lines of text, and records made of lines.
 *
 * A line ends at LF or CRLF; at the end of the file a CR is taken for half of one.
 *
 * The words of format_lines:
 *   where  "text"        the line
 *          "n"  "n0"     its number in the file, blank lines counted, from 1 or from 0
 *   shape  "all"         every line is a row (default)
 *          "skip-blank"  a line of nothing but white space gives none */
#ifndef CMED_FORMAT_LINES_H
#define CMED_FORMAT_LINES_H

#include "format.h"

enum lines_kind {
    LINES_GAP,     /* no record; ends a sentence */
    LINES_TOKEN,   /* one of a sentence's lines */
    LINES_SENTENCE /* all of a sentence */
};

/* How many there were, the last line included. */
struct lines_place {
    int64_t line, sentence;
    int64_t token; /* of its sentence */
    bool open;     /* the sentence goes on */
};

/* A walk over a file's lines, window after window. All zero but kind is a walk's beginning. */
struct lines_walk {
    enum lines_kind (*kind)(struct span line);
    struct span bytes;              /* of the frame */
    struct lines_place first, next; /* before its first byte, behind what it used */
    struct lines_place here;        /* behind the line from .. at: lines_find looks on from there */
    size_t from, at;
};

/* The line at *at, which moves behind it. False: there is none, or its end is not shown yet. */
bool lines_next(struct span bytes, bool last, size_t *at, struct span *line);

/* Is there nothing but white space (of ASCII) in it? */
bool lines_blank(struct span line);

/* Bytes of the white space character at s.p[at]: 1 in ASCII, 3 for U+3000 in UTF-8, else 0. */
size_t lines_space(struct span s, size_t at);

/* frame: a record is a line that is no gap. */
void lines_frame(struct lines_walk *w, struct format_frame *f);
/* frame: a record is the lines between two gaps. */
void lines_frame_blocks(struct lines_walk *w, struct format_frame *f);

/* Where a record of the last frame begins. In the frame's order: one pass over its lines in all. */
struct lines_place lines_find(struct lines_walk *w, struct span record);

#endif
