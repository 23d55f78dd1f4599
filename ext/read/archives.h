/* The zip archives that a path leads through, and archives inside them. Few are open at a time: a
 * folder may hold more of them than a process may hold files, and an inner one is held in memory.
 */
#ifndef CMED_READ_ARCHIVES_H
#define CMED_READ_ARCHIVES_H

#include "zip.h"

enum {
    ARCHIVES_OPEN_MAX = 4,
    ARCHIVES_DEPTH_MAX = 3,         /* archives in each other */
    ARCHIVES_ADDED_MAX = 1024 << 20 /* bytes inflated to list the archives in archives */
};

#define ARCHIVES_NONE UINT32_MAX /* in place of an archive: the file lies on disk */

struct archive {
    char *path;      /* on disk; NULL where it lies in another archive */
    uint32_t parent; /* that one, or ARCHIVES_NONE */
    uint32_t member; /* of parent */
    uint32_t depth;  /* 1: on disk */
    uint32_t mark;   /* of its directory, to know it again */
    struct zip *zip; /* NULL: not open now */
};

struct archives {
    struct archive *archive;
    size_t count, cap;
    uint32_t open[ARCHIVES_OPEN_MAX]; /* the last used comes first */
    size_t opened;
    uint64_t inflated; /* bytes of inner archives so far */
};

/* Adds one and opens it; it is not added where that fails. path is copied. BAD_USE past
 * ARCHIVES_ADDED_MAX and ARCHIVES_DEPTH_MAX. */
enum error_code archives_add(struct archives *a, const char *path, uint32_t parent, uint32_t member,
                             uint32_t *index, struct error *e);

/* An archive of the list, opened again if need be; lives until the next call. BAD_IO where it is no
 * longer the one that was added. */
enum error_code archives_zip(struct archives *a, uint32_t index, struct zip **out, struct error *e);

/* Inflates a member into memory. BAD_FILE past FILES_INNER_MAX. */
enum error_code archives_inner(struct archives *a, uint32_t index, uint32_t member,
                               struct store **out, struct error *e);

void archives_free(struct archives *a);

#endif
