/* A file that is one record. The word of format_document: where "text", the file. */
#ifndef CMED_FORMAT_DOCUMENT_H
#define CMED_FORMAT_DOCUMENT_H

#include "format.h"

/* frame: one record once all of the file is shown, none where it is empty. state is not used. */
enum error_code document_frame(void *state, struct format_frame *f, struct error *e);

#endif
