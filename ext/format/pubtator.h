/* The words of format_pubtator.
 *
 * each   NULL         the document
 *        "mentions"   every mention of it        "relations"  every relation
 *        "all"        the document, then both, in the file's order
 * where  "pmid"       of the line; of the document, of its first line
 *        "kind"       document, mention or relation
 *        "title"      of the document; NULL where it has no such line
 *        "abstract"   the same
 *        "text"       of a document: title, one blank, abstract, which all offsets count in, in
 * code points; of a mention: as the line has it "start"      of a mention        "end"   exclusive
 *        "type"       of a mention: types with commas between; of a relation
 *        "concept"    of a mention; of a relation: both arguments with the TAB between
 *        "arg1"       of a relation       "arg2"
 *
 * Offsets are not compared with the text, nor is the mention. */
#ifndef CMED_FORMAT_PUBTATOR_H
#define CMED_FORMAT_PUBTATOR_H

#include "format.h"

#endif
