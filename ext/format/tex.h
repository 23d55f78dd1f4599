/* The words of format_tex: the text of a LaTeX file without its markup, a paragraph a row.
 *
 *   where  "paragraph"  its number, from 1
 *          "text"
 *
 * A paragraph ends at a blank line, at \par, \item and a heading; a heading is one. Of the file,
 * what stands between \begin{document} and \end{document}, where it has these.
 *   dropped   comments; commands, with those arguments that are no text (\label{…}, \ref{…}, …);
 *             options in brackets; the names of environments; figures, whole; braces, $, ^ and _
 *   kept      the arguments of other commands; \%, \& and their like; Greek letters and signs
 * A line's end is a blank, but nothing between two ideographs. Blanks are one blank. */
#ifndef CMED_FORMAT_TEX_H
#define CMED_FORMAT_TEX_H

#include "format.h"

#endif
