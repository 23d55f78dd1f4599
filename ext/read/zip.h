/* Zip archives: a list of members, and a stream for each (stored and deflate, zip64). */
#ifndef CMED_READ_ZIP_H
#define CMED_READ_ZIP_H

#include "source.h"

struct zip_member {
    char *name;      /* UTF-8: the flag's word, else valid UTF-8, else GB18030, else CP437 */
    uint64_t at;     /* of the local header, in the store */
    uint64_t end;    /* where the next member or the directory begins */
    uint64_t packed; /* bytes in the archive */
    uint64_t size;   /* bytes inflated, as declared; never sizes memory */
    uint32_t crc;
    uint16_t method; /* 0 or 8, else zip_source refuses it */
    uint16_t flags;
    bool folder;
};

struct zip {
    struct store *store;
    struct zip_member *member; /* in the order of the central directory */
    size_t count;
    unsigned users; /* zip_close's to come */
};

enum { ZIP_MEMBERS_MAX = 1000000 };

/* Reads the central directory; owns store from the call on, also where the call fails.
 * BAD_FILE: not a zip, cut, overlapping members, a NUL in a name, split over disks, too many
 * members. Two members may have the same name. */
enum error_code zip_open(struct store *store, struct zip **out, struct error *e);
struct zip *zip_keep(struct zip *z); /* z, with one more zip_close to come */
void zip_close(struct zip *z);       /* NULL is fine; open sources keep it */

/* The bytes of one member. Its local header must agree with the directory; size and CRC are
 * compared at the end. BAD_FILE: encrypted, or compressed by another method. */
enum error_code zip_source(struct zip *z, const struct zip_member *m, struct source **out,
                           struct error *e);

#endif
