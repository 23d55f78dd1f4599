/* function.c - scalar and aggregate functions: a table of them, then the functions.
 *
 *     SELECT cmed_version();                         0.1.0
 *     SELECT cmed_config('record_bytes', 64000000);  64000000 */
#include "door.h"

#include "base/cpu.h"
#include "base/memory.h"
#include "format/format.h"
#include "read/window.h"

#include <expat.h>
#include <utf8proc.h>
#include <zlib.h>

SQLITE_EXTENSION_INIT3

#define FUNCTION_VERSION "0.1.0"

static struct connection *function_connection(sqlite3_context *context) {
    return sqlite3_user_data(context);
}

static void function_version(sqlite3_context *context, int argc, sqlite3_value **argv) {
    (void)argc, (void)argv;
    sqlite3_result_text(context, FUNCTION_VERSION, -1, SQLITE_STATIC);
}

static void function_debug(sqlite3_context *context, int argc, sqlite3_value **argv) {
    (void)argc, (void)argv;
    char *text = sqlite3_mprintf("version %s\ncompiler %s\nsqlite %s (built with %s)\nutf8proc %s\n"
                                 "zlib %s\nexpat %s\navx2 %s",
                                 FUNCTION_VERSION, __VERSION__, sqlite3_libversion(),
                                 SQLITE_VERSION, utf8proc_version(), zlibVersion(),
                                 XML_ExpatVersion(), cpu_avx2() ? "yes" : "no");
    sqlite3_result_text(context, text, -1, sqlite3_free);
}

/* The settings of a connection: name, where, least and most. */
static const struct {
    const char *name;
    size_t at;
    sqlite3_int64 least, most;
} function_settings[] = {
    {"record_bytes", offsetof(struct connection, record_max), 0, BUF_MAX},
    {"read_size", offsetof(struct connection, read_size), 0, BUF_MAX},
    {"index_memory", offsetof(struct connection, index_memory), 0, (sqlite3_int64)1 << 40},
};

static void function_config(sqlite3_context *context, int argc, sqlite3_value **argv) {
    const char *name = (const char *)sqlite3_value_text(argv[0]);
    for (size_t i = 0; name && i < sizeof function_settings / sizeof *function_settings; i++) {
        if (strcmp(name, function_settings[i].name) != 0)
            continue;
        sqlite3_int64 *at =
            (sqlite3_int64 *)((char *)function_connection(context) + function_settings[i].at);
        sqlite3_int64 value = argc > 1 ? sqlite3_value_int64(argv[1]) : *at;
        struct error e;
        if (value < function_settings[i].least || value > function_settings[i].most) {
            error_set(&e, BAD_USE, "cmed_config: '%s' is from %lld to %lld", name,
                      function_settings[i].least, function_settings[i].most);
            door_fail(context, &e);
            return;
        }
        *at = value;
        sqlite3_result_int64(context, value);
        return;
    }
    struct error e;
    error_set(&e, BAD_USE, "cmed_config: there is no setting '%s'", name ? name : "NULL");
    door_fail(context, &e);
}

static const struct function {
    const char *name;
    int args; /* -1: any */
    int flags;
    void (*call)(sqlite3_context *, int, sqlite3_value **);
    void (*step)(sqlite3_context *, int, sqlite3_value **);
    void (*final)(sqlite3_context *);
    const char *signature, *doc;
} functions[] = {
    {"cmed_version", 0, SQLITE_INNOCUOUS | SQLITE_DETERMINISTIC, function_version, NULL, NULL,
     "cmed_version()", "the version of this extension"},
    {"cmed_debug", 0, SQLITE_INNOCUOUS, function_debug, NULL, NULL, "cmed_debug()",
     "how it was built and what it runs on, a line each"},
    {"cmed_config", 1, SQLITE_DIRECTONLY, function_config, NULL, NULL, "cmed_config(name)",
     "a setting of this connection: record_bytes (longest record; 0: 16 MiB), read_size (bytes a read, for "
     "tests; 0: as many as fit), index_memory (bytes of all key indexes)"},
    {"cmed_config", 2, SQLITE_DIRECTONLY, function_config, NULL, NULL, "cmed_config(name, value)",
     "sets it; gives the value"},
};

int function_register(struct connection *c) {
    int rc = SQLITE_OK;
    for (size_t i = 0; rc == SQLITE_OK && i < sizeof functions / sizeof *functions; i++) {
        const struct function *f = &functions[i];
        rc = sqlite3_create_function_v2(c->db, f->name, f->args, SQLITE_UTF8 | f->flags,
                                        connection_hold(c), f->call, f->step, f->final,
                                        connection_release);
    }
    return rc;
}

bool function_help(size_t i, struct help *out) {
    if (i >= sizeof functions / sizeof *functions)
        return false;
    *out = (struct help){functions[i].name, functions[i].call ? "function" : "aggregate",
                         functions[i].signature, functions[i].doc};
    return true;
}
