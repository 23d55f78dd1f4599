/* function.c - registers the lists of functions; what they share; and the functions of the
 * extension itself.
 *
 *     SELECT cmed_version();                         0.1.0
 *     SELECT cmed_config('record_bytes', 64000000);  64000000 */
#include "function.h"

#include "base/cpu.h"
#include "base/memory.h"
#include "words/model.h"

#include <expat.h>
#include <math.h>
#include <utf8proc.h>
#include <zlib.h>

SQLITE_EXTENSION_INIT3

static const char function_release[] = "0.1.0";

/* --- what functions share -------------------------------------------------------------------- */

struct connection *function_connection(sqlite3_context *context) {
    return sqlite3_user_data(context);
}

struct span function_span(sqlite3_value *value) {
    if (sqlite3_value_type(value) == SQLITE_NULL)
        return (struct span){0};
    const void *p = sqlite3_value_type(value) == SQLITE_BLOB ? sqlite3_value_blob(value)
                                                             : sqlite3_value_text(value);
    return span_of(p ? p : "", p ? (size_t)sqlite3_value_bytes(value) : 0);
}

struct span function_argument(int argc, sqlite3_value **argv, int i) {
    struct span s = i < argc ? function_span(argv[i]) : span_text("");
    return s.p ? s : span_text("");
}

void function_text(sqlite3_context *context, enum error_code code, struct buf *out,
                   const struct error *e) {
    if (code)
        door_fail(context, e);
    else
        sqlite3_result_text64(context, out->n ? (const char *)out->p : "", out->n, SQLITE_TRANSIENT,
                              SQLITE_UTF8);
    buf_free(out);
}

void function_blob(sqlite3_context *context, enum error_code code, struct buf *out,
                   const struct error *e) {
    if (code)
        door_fail(context, e);
    else
        sqlite3_result_blob64(context, out->n ? out->p : (const uint8_t *)"", out->n,
                              SQLITE_TRANSIENT);
    buf_free(out);
}

void function_real(sqlite3_context *context, enum error_code code, double x,
                   const struct error *e) {
    if (code)
        door_fail(context, e);
    else if (!isnan(x))
        sqlite3_result_double(context, x);
}

static bool function_stopped(void *of) {
    sqlite3_stmt *probe = of;
    int rc = probe ? sqlite3_step(probe) : SQLITE_OK;
    sqlite3_reset(probe);
    return rc == SQLITE_INTERRUPT;
}

void function_poll_begin(struct function_poll *p, sqlite3_context *context, bool long_work) {
    p->probe = NULL;
    if (long_work)
        sqlite3_prepare_v2(sqlite3_context_db_handle(context), "SELECT 1", -1, &p->probe, NULL);
    p->poll = (struct poll){function_stopped, p->probe};
}

void function_poll_end(struct function_poll *p) {
    sqlite3_finalize(p->probe);
}

/* --- the extension itself -------------------------------------------------------------------- */

static void function_version(sqlite3_context *context, int argc, sqlite3_value **argv) {
    (void)argc, (void)argv;
    sqlite3_result_text(context, function_release, -1, SQLITE_STATIC);
}

static void function_debug(sqlite3_context *context, int argc, sqlite3_value **argv) {
    (void)argc, (void)argv;
    char *text = sqlite3_mprintf(
        "version %s\ncompiler %s\nsqlite %s (built with %s)\nutf8proc %s\n"
        "zlib %s\nexpat %s\navx2 %s\nmodel cmed_%016llx, %lld bytes",
        function_release, __VERSION__, sqlite3_libversion(), SQLITE_VERSION, utf8proc_version(),
        zlibVersion(), XML_ExpatVersion(), cpu_avx2() ? "yes" : "no",
        (sqlite3_uint64)language_shipped_sum(), (sqlite3_int64)model_shipped().n);
    if (text)
        sqlite3_result_text(context, text, -1, sqlite3_free);
    else
        sqlite3_result_error_nomem(context);
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
    {"threads", offsetof(struct connection, threads), 0, 1},
    {"progress", offsetof(struct connection, progress), 0, 1},
};

static void function_config(sqlite3_context *context, int argc, sqlite3_value **argv) {
    const char *name = (const char *)sqlite3_value_text(argv[0]);
    struct error e;
    for (size_t i = 0; name && i < sizeof function_settings / sizeof *function_settings; i++) {
        if (strcmp(name, function_settings[i].name) != 0)
            continue;
        sqlite3_int64 *at =
            (sqlite3_int64 *)((char *)function_connection(context) + function_settings[i].at);
        sqlite3_int64 value = argc > 1 ? sqlite3_value_int64(argv[1]) : *at;
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
    error_set(&e, BAD_USE, "cmed_config: there is no setting '%s'", name ? name : "NULL");
    door_fail(context, &e);
}

static const struct function own_functions[] = {
    {"cmed_version", 0, FUNCTION_PURE, function_version, NULL, NULL, "cmed_version()",
     "the version of this extension"},
    {"cmed_debug", 0, FUNCTION_MODEL, function_debug, NULL, NULL, "cmed_debug()",
     "how it was built and what it runs on, a line each"},
    {"cmed_config", 1, SQLITE_DIRECTONLY, function_config, NULL, NULL, "cmed_config(name[, value])",
     "a setting of this connection, read or set: record_bytes (longest record; 0: 16 MiB), read_size (bytes a "
     "read, for tests; 0: as many as fit), index_memory (bytes of all indexes of files), threads (1: a helper inflates ahead; 0: none), progress (1: a bar on the terminal for scans over two seconds)"},
    {"cmed_config", 2, SQLITE_DIRECTONLY, function_config, NULL, NULL, NULL, NULL},
    {0},
};

static const struct function *const function_lists[] = {
    own_functions,    text_functions,    words_functions, tokenizer_functions, match_functions,
    vector_functions, measure_functions, learn_functions, open_functions};

/* Lists that a connection has: the last one opens files. */
static size_t function_list_count(const struct connection *c) {
    return sizeof function_lists / sizeof *function_lists - !c->files;
}

int function_register(struct connection *c) {
    int rc = SQLITE_OK;
    for (size_t l = 0; l < function_list_count(c); l++)
        for (const struct function *f = function_lists[l]; f->name && rc == SQLITE_OK; f++)
            rc = sqlite3_create_function_v2(c->db, f->name, f->args, SQLITE_UTF8 | f->flags,
                                            connection_hold(c), f->call, f->step, f->final,
                                            connection_release);
    return rc;
}

bool function_help(const struct connection *c, size_t i, struct help *out) {
    for (size_t l = 0; l < function_list_count(c); l++)
        for (const struct function *f = function_lists[l]; f->name; f++)
            if (f->signature && i-- == 0) {
                *out = (struct help){f->name, f->call ? "function" : "aggregate", f->signature,
                                     f->doc};
                return true;
            }
    return false;
}
