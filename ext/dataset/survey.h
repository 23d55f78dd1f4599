/* The survey: every file of a path, and what it is. */
#ifndef CMED_DATASET_SURVEY_H
#define CMED_DATASET_SURVEY_H

#include "../read/files.h"
#include "../read/window.h"
#include "recognize.h"

struct survey_row {
    const char *file;        /* path, or archive/member */
    const char *path;        /* by which it opens: as on disk */
    const char *below;       /* the part of file below the path that was asked for */
    struct span doc;         /* what 'doc' of its rows begins with: of a document, all of it */
    const char *dataset;     /* NULL: unknown */
    const char *reader;      /* the dataset's first table that reads it; NULL: unknown */
    const char *encoding;    /* NULL: a workbook, or bytes that are no text */
    const char *compression; /* "gzip", "zip", NULL */
    const char *split;       /* "train", "dev", "test" by the name; NULL: it does not say */
    uint64_t bytes;          /* as stored */
    const char *note;        /* why it is unknown; NULL */
    enum error_code wrong;   /* what kind of reason that is */
};

struct survey;

enum error_code survey_open(const char *path, int (*stopped)(void *of), void *of,
                            struct survey **out, struct error *e);
/* *found false: no more. A file that cannot be read is a row whose note says why. */
enum error_code survey_next(struct survey *s, struct survey_row *row, bool *found, struct error *e);
void survey_close(struct survey *s);

/* train, dev or test, by the words of a file's path; NULL. */
const char *survey_split(const char *path);

#endif
