/* What Python's str does, where a tool written in Python has to be followed exactly. The text is
 * valid UTF-8. */
#ifndef CMED_WORDS_PYTHON_TEXT_H
#define CMED_WORDS_PYTHON_TEXT_H

#include "../base/span.h"

bool python_text_space(uint32_t point);             /* str.isspace, and \s of re */
struct span python_text_strip(struct span s);       /* str.strip() */
struct span python_text_strip_bytes(struct span s); /* bytes.strip() */
/* The line at *at, which moves behind it: \n, \r and \r\n end it, as in a file opened as text.
 * False at the end. */
bool python_text_line(struct span text, size_t *at, struct span *line);

#endif
