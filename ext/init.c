/* init.c - what SQL sees once the extension is loaded: every door registers its tables.
 *
 *     .load build/cmed                              everything
 *     .load build/cmed sqlite3_cmed_nofs_init       nothing that opens a file */
#include "door.h"

#include "base/memory.h"

SQLITE_EXTENSION_INIT1

static int init_doors(sqlite3 *db, char **message, const sqlite3_api_routines *api, bool files) {
    SQLITE_EXTENSION_INIT2(api);
    if (sqlite3_libversion_number() < 3038000) {
        *message =
            sqlite3_mprintf("cmed needs SQLite 3.38 or newer, this is %s", sqlite3_libversion());
        return SQLITE_ERROR;
    }
    struct connection *c = memory_zero(sizeof *c);
    if (!c)
        return SQLITE_NOMEM;
    *c = (struct connection){.db = db,
                             .holders = 1,
                             .files = files,
                             .index_memory = 256 << 20,
                             .threads = sqlite3_threadsafe() != 0};
    int rc = function_register(c);
    if (rc == SQLITE_OK && files)
        rc = table_register(c);
    if (rc == SQLITE_OK)
        rc = text_table_register(c);
    if (rc == SQLITE_OK)
        rc = tokenizer_register(c);
    if (rc == SQLITE_OK)
        rc = terms_table_register(c);
    if (rc == SQLITE_OK)
        rc = vectors_table_register(c);
    if (rc == SQLITE_OK)
        rc = listing_register(c);
    connection_release(c);
    return rc;
}

__attribute__((visibility("default"))) int sqlite3_cmed_init(sqlite3 *db, char **message,
                                                             const sqlite3_api_routines *api);
__attribute__((visibility("default"))) int sqlite3_cmed_nofs_init(sqlite3 *db, char **message,
                                                                  const sqlite3_api_routines *api);

int sqlite3_cmed_init(sqlite3 *db, char **message, const sqlite3_api_routines *api) {
    return init_doors(db, message, api, true);
}

int sqlite3_cmed_nofs_init(sqlite3 *db, char **message, const sqlite3_api_routines *api) {
    return init_doors(db, message, api, false);
}
