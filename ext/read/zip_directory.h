/* The central directory of a zip archive, for zip.c. */
#ifndef CMED_READ_ZIP_DIRECTORY_H
#define CMED_READ_ZIP_DIRECTORY_H

#include "zip.h"

/* Fills member and count of z, whose store is set. What was filled stays on an error. */
enum error_code zip_directory_read(struct zip *z, struct error *e);

/* All n bytes from 'at', or BAD_FILE. */
enum error_code zip_directory_bytes(struct store *store, uint64_t at, void *to, size_t n,
                                    struct error *e);

/* A name as in the archive -> UTF-8, NUL-ended, to be freed. */
enum error_code zip_name(struct span raw, uint16_t flags, char **out, struct error *e);

enum { ZIP_ENCRYPTED = 1 << 0, ZIP_DESCRIPTOR = 1 << 3, ZIP_UTF8 = 1 << 11 };

static inline uint16_t zip_u16(const uint8_t *p) {
    return (uint16_t)(p[0] | p[1] << 8);
}

static inline uint32_t zip_u32(const uint8_t *p) {
    return zip_u16(p) | (uint32_t)zip_u16(p + 2) << 16;
}

static inline uint64_t zip_u64(const uint8_t *p) {
    return zip_u32(p) | (uint64_t)zip_u32(p + 4) << 32;
}

#endif
