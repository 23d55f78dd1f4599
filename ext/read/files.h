/* Many files as one: what a path argument means.
 *
 *     data/part1.txt             one file            data/            every file below it
 *     data/part?.txt             a glob              data.zip         every member
 *     data.zip/inner/name.csv    one member          ~/data           below the home folder
 *     data/./inner/name.csv      one file, named inner/name.csv below data
 *
 * A path that exists is taken literally before it is read as a glob. Folders and archives are in
 * name order (bytes), sub-folders included; left out: names that begin with a dot, __MACOSX,
 * example_*.json and empty files, unless the path spells their name out; links to folders. A zip in
 * a zip is read up to 64 MiB and 3 deep; where a zip has a name twice, the last one counts; a .gz
 * file is one file, inflated; a workbook (.xlsx) is one file. What a file is, its first bytes say.
 */
#ifndef CMED_READ_FILES_H
#define CMED_READ_FILES_H

#include "../base/buf.h"
#include "../base/poll.h"
#include "source.h"

enum files_packing { FILES_PLAIN, FILES_GZIP, FILES_ZIP, FILES_ZIP_GZIP };

struct files_entry {
    char *path;    /* shown in messages and in the column 'file': path, or archive/member */
    char *doc;     /* the part of path below the path that was asked for, or behind its first '/./';
                      the last name for one file */
    char *name;    /* on disk, where path shows it otherwise; else NULL */
    uint64_t size; /* bytes on disk, or of the member; a hint */
    bool member;   /* inside a zip */
    bool package;  /* a zip that is one file: a workbook */
    uint32_t archive; /* for files.c */
    uint32_t index;
};

struct files {
    struct files_entry *entry;
    size_t count;
    bool many;  /* path named several files: a folder, a glob, an archive */
    bool below; /* so it did, or it says by '/./' where its files' names begin */
    struct archives *archives;
};

/* Lists; reads no more than archives and the first bytes of the other files. BAD_USE: no such file,
 * nothing there. An archive below a folder that cannot be read is one entry: its source says why.
 */
enum error_code files_open(const char *path, struct files **out, struct error *e);
/* The same, asking poll (which may be NULL) for every file: INTERRUPTED. */
enum error_code files_open_polled(const char *path, const struct poll *poll, struct files **out,
                                  struct error *e);
void files_close(struct files *f);

/* The bytes of one entry, gzip taken off; *packing where not NULL.
 * BAD_FILE with what to do for .tar.gz, .tar, .bz2, .xz, .zst, .7z, .rar and Git-LFS pointers. */
enum error_code files_source(struct files *f, size_t i, struct source **out,
                             enum files_packing *packing, struct error *e);

/* The same for random access: a workbook. A member is inflated into memory, up to 64 MiB. */
enum error_code files_store(struct files *f, size_t i, struct store **out, struct error *e);

/* Appends what tells whether any file is another one than it was: path, device, inode, size and
 * time of change of each, as bytes to be compared. */
enum error_code files_stamps(const struct files *f, struct buf *out, struct error *e);

/* Bytes of the file at a path; 0 where it is no regular file. A hint for planning. */
uint64_t files_weigh(const char *path);

enum { FILES_INNER_MAX = 64 << 20, FILES_MAX = 1000000, FILES_DEPTH_MAX = 64 };

#endif
