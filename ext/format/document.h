/* A file that is one record. The word of format_document: where "text", the file. */
#ifndef CMED_FORMAT_DOCUMENT_H
#define CMED_FORMAT_DOCUMENT_H

#include "format.h"

/* frame: one record, when the whole file is shown; none where it is empty. The state is not
 * touched. */
enum error_code document_frame(void *state, struct format_frame *f, struct error *e);

#endif
