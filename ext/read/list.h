/* What a path names: a walk over folders, wildcards and archives, into entries. */
#ifndef CMED_READ_LIST_H
#define CMED_READ_LIST_H

#include "files.h"

/* Fills f, which is empty; what was found stays in it also on an error. */
enum error_code list_path(struct files *f, const char *path, const struct poll *poll,
                          struct error *e);

#endif
