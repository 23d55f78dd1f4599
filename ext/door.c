/* door.c - the connection, and errors as SQLite wants them. */
#include "door.h"

#include "base/memory.h"

#include <string.h>

SQLITE_EXTENSION_INIT3

struct connection *connection_hold(struct connection *c) {
    c->holders++;
    return c;
}

void connection_release(void *connection) {
    struct connection *c = connection;
    if (--c->holders > 0)
        return;
    keys_free(&c->keys);
    language_free(&c->language);
    memory_free(c);
}

int door_code(enum error_code code) {
    switch (code) {
    case OK:
        return SQLITE_OK;
    case NO_MEMORY:
        return SQLITE_NOMEM;
    case INTERRUPTED:
        return SQLITE_INTERRUPT;
    default:
        return SQLITE_ERROR;
    }
}

void door_fail(sqlite3_context *context, const struct error *e) {
    if (e->code == NO_MEMORY) {
        sqlite3_result_error_nomem(context);
        return;
    }
    sqlite3_result_error(context, e->text, -1);
    if (e->code == INTERRUPTED)
        sqlite3_result_error_code(context, SQLITE_INTERRUPT);
}

int door_table_fail(sqlite3_vtab *table, const struct error *e) {
    int rc = door_code(e->code);
    if (rc == SQLITE_ERROR) {
        sqlite3_free(table->zErrMsg);
        table->zErrMsg = sqlite3_mprintf("%s", e->text);
    }
    return rc;
}

enum error_code door_text(sqlite3_value *value, const char **out, struct error *e) {
    *out = NULL;
    if (!value || sqlite3_value_type(value) == SQLITE_NULL)
        return OK;
    *out = (const char *)sqlite3_value_text(value);
    if (!*out)
        return error_no_memory(e);
    return strlen(*out) == (size_t)sqlite3_value_bytes(value)
               ? OK
               : error_set(e, BAD_USE, "an argument holds a NUL");
}
