/* What the doors share: the connection's settings, and how an error becomes SQL's. */
#ifndef CMED_DOOR_H
#define CMED_DOOR_H

#include <sqlite3ext.h>

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "dataset/keys.h"
#include "language.h"

/* One a connection; held by everything that is registered with it, freed with the last. */
struct connection {
    sqlite3 *db;
    int holders;
    bool files;               /* may open files */
    sqlite3_int64 record_max; /* bytes; see door_settings in function.c */
    sqlite3_int64 read_size;
    sqlite3_int64 index_memory;
    sqlite3_int64 threads;  /* helpers of a scan: 0 or 1 */
    sqlite3_int64 progress; /* 1: a bar on the terminal */
    struct keys_shelf keys;
    struct language language;
};

struct connection *connection_hold(struct connection *c);
void connection_release(void *connection);

/* SQLite's code for ours. */
int door_code(enum error_code code);
/* The error of a scalar or aggregate function. */
void door_fail(sqlite3_context *context, const struct error *e);
/* The error of a virtual table. */
int door_table_fail(sqlite3_vtab *table, const struct error *e);

/* NULL for NULL. BAD_USE where the text holds a NUL: C would end it there, and name another file.
 */
enum error_code door_text(sqlite3_value *value, const char **out, struct error *e);

/* What each door registers. nofs: connection->files is false. */
int table_register(struct connection *c);
int listing_register(struct connection *c);
int function_register(struct connection *c);
int terms_table_register(struct connection *c);
int vectors_table_register(struct connection *c);
int text_table_register(struct connection *c);
int tokenizer_register(struct connection *c);

/* Makes FTS5 know the segmenter with this sum, which is or will be loaded, by its name. */
int tokenizer_pin(struct connection *c, uint64_t sum);

/* A row of cmed_help(). */
struct help {
    const char *name, *kind, *signature, *doc;
};

/* The i-th row of what the connection may call; false past the last. */
bool function_help(const struct connection *c, size_t i, struct help *out);
bool terms_table_help(const struct connection *c, size_t i, struct help *out);
bool vectors_table_help(const struct connection *c, size_t i, struct help *out);
bool text_table_help(const struct connection *c, size_t i, struct help *out);
bool tokenizer_help(const struct connection *c, size_t i, struct help *out);

#endif
