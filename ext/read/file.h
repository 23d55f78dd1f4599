/* What is asked of the operating system, all of it: file.c makes every system call of the program.
 */
#ifndef CMED_READ_FILE_H
#define CMED_READ_FILE_H

#include "../base/buf.h"
#include "source.h"

enum file_kind { FILE_NONE, FILE_REGULAR, FILE_FOLDER, FILE_OTHER };

struct file_look {
    enum file_kind kind; /* of what a link leads to; FILE_NONE: there is nothing */
    bool link;           /* the name itself is a symbolic link */
    uint64_t size;
    uint64_t device, inode;
    int64_t changed[2]; /* seconds and nanoseconds */
};

/* BAD_IO where the system does not say (no permission); a name that leads nowhere is FILE_NONE. */
enum error_code file_look(const char *path, struct file_look *out, struct error *e);

/* Appends the names in a folder, each NUL-ended, without . and .., in no order. */
enum error_code file_names(const char *folder, struct buf *names, struct error *e);

/* The home folder; NULL where none is known. */
const char *file_home(void);

#endif
