/* A source whose first bytes have been looked at, and what they say it is. */
#ifndef CMED_READ_PEEK_H
#define CMED_READ_PEEK_H

#include "source.h"

enum { PEEK_BYTES = 512 };

enum peek_kind { PEEK_PLAIN, PEEK_GZIP, PEEK_ZIP, PEEK_REFUSED };

/* Owns 'under' from the call on, also where the call fails. *head lives as long as the source,
 * which gives all bytes from the first on. An error of 'under' is met when its bytes are read. */
enum error_code peek_source(struct source *under, struct source **out, struct span *head,
                            struct error *e);

/* By the first bytes, never by the name. */
enum peek_kind peek_kind(struct span head);

/* BAD_FILE for what is no data before it is unpacked, with the way to do so; 'packed': head comes
 * out of gzip, in which no further archive is looked for. */
enum error_code peek_refuse(struct span head, bool packed, const char *name, struct error *e);

#endif
