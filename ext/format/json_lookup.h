/* An array of a record as a table to look things up in. */
#ifndef CMED_FORMAT_JSON_LOOKUP_H
#define CMED_FORMAT_JSON_LOOKUP_H

#include "../base/buf.h"

enum { JSON_LOOKUP_MAX = 1 << 20 /* elements that can be looked up in one record */ };

struct json_lookup_entry {
    struct span key, value; /* key: its text, without quotes and escapes */
};

/* array: a member of the record. key: a member of its elements, or empty: they are numbered. */
struct json_lookup {
    struct span array, key;
    struct json_lookup_entry *entry; /* by key, or in order */
    size_t count, cap;
    struct buf text; /* of keys that have escapes */
    bool made;       /* for the current record */
};

/* The rest is for one record; 'made' set to false begins the next. It is made at the first call. */

/* The first element whose key has this text: a string, or a number as it is written. */
enum error_code json_lookup_key(struct json_lookup *l, struct span record, struct span by,
                                bool *found, struct span *value, struct error *e);
/* The element number n, from 0. */
enum error_code json_lookup_number(struct json_lookup *l, struct span record, int64_t n,
                                   bool *found, struct span *value, struct error *e);
void json_lookup_free(struct json_lookup *l);

#endif
