/* What a path says of a row: the name of its file, and of what the file lies in. */
#ifndef CMED_DATASET_FILE_NAME_H
#define CMED_DATASET_FILE_NAME_H

#include "../base/span.h"

/* Both have n == 0 where the path has no such name. */

/* Without its ending, and without ".gz" behind that. */
struct span file_name(struct span path);
/* The innermost folder that is not called as the file is; an archive's name without ".zip". */
struct span file_name_folder(struct span path);

/* Is the name one of these words, which blanks part? */
bool file_name_among(struct span name, struct span words);

#endif
