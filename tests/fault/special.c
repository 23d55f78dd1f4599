/* special.c - what is no file, and who may not ask for one.
 *
 *     yidu_s4k('a FIFO')             an error at once: nothing is waited for
 *     CREATE VIEW v AS SELECT ...    in a database of somebody else: no file is opened
 *     sqlite3_cmed_nofs_init         no table and no function that opens a file is there
 *
 * The executable's own open, opendir, lstat and stat come before libc's and tell of the secret. */
#include "twin.h"

#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <sys/socket.h>
#include <sys/un.h>

#define SPECIAL_SECRET "yidu-s4k/secret.txt"

struct special {
    unsigned touched; /* calls that name the secret */
    unsigned cases;
};

static struct special special;

#pragma GCC visibility push(default)
int special_open(const char *path, int flags, mode_t mode) __asm__("open");
int special_lstat(const char *path, struct stat *out) __asm__("lstat");
int special_stat(const char *path, struct stat *out) __asm__("stat");
DIR *special_opendir(const char *path) __asm__("opendir");
#pragma GCC visibility pop

static void *special_under(const char *name, const char *path) {
    special.touched += strstr(path, "secret") != NULL;
    return dlsym(RTLD_NEXT, name);
}

int special_open(const char *path, int flags, mode_t mode) {
    int (*under)(const char *, int, ...) =
        (int (*)(const char *, int, ...))special_under("open", path);
    return under(path, flags, mode);
}

int special_lstat(const char *path, struct stat *out) {
    int (*under)(const char *, struct stat *) =
        (int (*)(const char *, struct stat *))special_under("lstat", path);
    return under(path, out);
}

int special_stat(const char *path, struct stat *out) {
    int (*under)(const char *, struct stat *) =
        (int (*)(const char *, struct stat *))special_under("stat", path);
    return under(path, out);
}

DIR *special_opendir(const char *path) {
    DIR *(*under)(const char *) = (DIR * (*)(const char *)) special_under("opendir", path);
    return under(path);
}

/* --- files that are none ---------------------------------------------------------------------- */

static void special_socket(const char *path) {
    struct sockaddr_un name = {.sun_family = AF_UNIX};
    int fd = socket(AF_UNIX, SOCK_STREAM, 0);
    snprintf(name.sun_path, sizeof name.sun_path, "%s", path);
    common_need(fd >= 0 && bind(fd, (struct sockaddr *)&name, sizeof name) == 0, path);
    close(fd);
}

static void special_make(void) {
    static const char pointer[] = "version https://git-lfs.github.com/spec/v1\noid sha256:00\n";
    static const char text[] = "{\"originalText\": \"\", \"entities\": []}\n";
    common_need(mkfifo("fifo", 0666) == 0 && mkdir("empty", 0777) == 0, "mkfifo");
    common_need(symlink("loop", "loop") == 0 && symlink("nowhere", "dangling") == 0, "symlink");
    special_socket("socket");
    twin_write("lfs.txt", (const unsigned char *)pointer, sizeof pointer - 1);
    twin_write("closed.txt", (const unsigned char *)text, sizeof text - 1);
    twin_write(SPECIAL_SECRET, (const unsigned char *)text, sizeof text - 1);
    common_need(chmod("closed.txt", 0) == 0 && chmod(".", 0755) == 0, "chmod");
}

static const struct {
    const char *path, *says;
} special_paths[] = {
    {"'fifo'", "it is a FIFO, not a file"},
    {"'/dev/zero'", "it is a device, not a file"},
    {"'/dev/null'", "it is a device, not a file"},
    {"'socket'", "the file cannot be opened: No such device or address"},
    {"'/proc/self/mem'", "the file is empty"},
    {"'empty'", "no file in 'empty'"},
    {"'empty/'", "no file in 'empty/'"},
    {"'loop'", "there is no file 'loop'"},
    {"'dangling'", "there is no file 'dangling'"},
    {"'lfs.txt'", "'lfs.txt' is a Git-LFS pointer, not the file: fetch it with git lfs pull"},
    {"'lfs.txt/member.txt'", "there is no file 'lfs.txt/member.txt'"},
    {"'yidu-s4k/secret.txt' || char(0) || '.csv'", "an argument holds a NUL"},
    {"''", "the path is empty"},
    {"NULL", "the path is NULL"},
    {"x'00ff'", "an argument holds a NUL"},
};

static void special_path(sqlite3 *db, const char *path, const char *says) {
    static const char *const tables[] = {"yidu_s4k", "cmed_json", "chip_sts"};
    struct answer got = {0};
    for (size_t t = 0; t < sizeof tables / sizeof *tables; t++) {
        char *sql = sqlite3_mprintf("SELECT * FROM %s(%s)", tables[t], path);
        common_doing("%s", sql);
        alarm(5);
        common_ask(db, sql, &got);
        alarm(0);
        common_must(got.code == SQLITE_ERROR && strstr(got.message, says), "%d rows, %s", got.rows,
                    got.message);
        sqlite3_free(sql);
        special.cases++;
    }
    answer_free(&got);
}

/* Nobody in particular, so that permissions count. */
static void special_as_nobody(bool yes) {
    if (getuid() == 0)
        common_need(seteuid(yes ? 65534 : 0) == 0, "seteuid");
}

/* --- databases of somebody else --------------------------------------------------------------- */

#define SPECIAL_READ "SELECT text FROM yidu_s4k('" SPECIAL_SECRET "')"

/* What its schema says, and what its victim asks. */
static const struct {
    const char *name, *type, *schema, *asks;
} special_hostile[] = {
    {"v", "view", "CREATE VIEW v AS " SPECIAL_READ, "SELECT * FROM v"},
    {"v", "view", "CREATE VIEW v AS SELECT * FROM yidu_s4k WHERE path='" SPECIAL_SECRET "'",
     "SELECT * FROM v"},
    {"v", "view", "CREATE VIEW v AS SELECT * FROM cmed_files('yidu-s4k/secret')",
     "SELECT * FROM v"},
    {"v", "view", "CREATE VIEW v AS SELECT * FROM base WHERE a=(" SPECIAL_READ ")",
     "SELECT * FROM v"},
    {"v", "view", "CREATE VIEW v AS WITH w AS (" SPECIAL_READ ") SELECT * FROM w",
     "SELECT count(*) FROM v"},
    {"r", "trigger",
     "CREATE TRIGGER r AFTER INSERT ON base BEGIN INSERT INTO log " SPECIAL_READ "; END",
     "INSERT INTO base VALUES(1)"},
    {"r", "trigger",
     "CREATE TRIGGER r BEFORE UPDATE ON base WHEN (" SPECIAL_READ
     ") IS NOT NULL BEGIN SELECT 1; END",
     "UPDATE base SET a=2"},
    {"t", "table", "CREATE TABLE t(a CHECK((" SPECIAL_READ ") IS NULL))",
     "INSERT INTO t VALUES(1)"},
    {"t", "table", "CREATE TABLE t(a, b AS ((" SPECIAL_READ ")))", "SELECT * FROM t"},
    {"t", "table", "CREATE TABLE t(a, b DEFAULT ((" SPECIAL_READ ")))",
     "INSERT INTO t(a) VALUES(1)"},
    {"i", "index", "CREATE INDEX i ON base((" SPECIAL_READ "))", "INSERT INTO base VALUES(1)"},
    {"i", "index", "CREATE INDEX i ON base(a) WHERE a=(" SPECIAL_READ ")",
     "INSERT INTO base VALUES(1)"},
    {"u", "table", "CREATE VIRTUAL TABLE u USING yidu_s4k('" SPECIAL_SECRET "')",
     "SELECT * FROM u"},
    {"f", "table", "CREATE VIRTUAL TABLE f USING fts5(text, content='yidu_s4k')",
     "SELECT * FROM f"},
};

/* A schema that SQLite itself would not write. */
static void special_write(const char *name, const char *type, const char *schema) {
    sqlite3 *db;
    unlink("hostile.db");
    common_need(sqlite3_open("hostile.db", &db) == SQLITE_OK, "hostile.db");
    char *sql = sqlite3_mprintf(
        "CREATE TABLE base(a); CREATE TABLE log(a); INSERT INTO base VALUES(1);"
        "PRAGMA writable_schema=ON;"
        "INSERT INTO sqlite_schema VALUES(%Q,%Q,%Q,%s,%Q)",
        type, name, strcmp(type, "view") && strcmp(name, "u") && strcmp(name, "f") ? "base" : name,
        strcmp(type, "table") == 0 && !strstr(schema, "VIRTUAL") ? "2" : "0", schema);
    common_need(sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK, sqlite3_errmsg(db));
    sqlite3_free(sql);
    sqlite3_close(db);
}

static void special_victim(const char *extension, const char *asks, int trusted) {
    struct answer got = {0};
    sqlite3 *db;
    common_need(sqlite3_open("hostile.db", &db) == SQLITE_OK, "hostile.db");
    sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 1, (int *)NULL);
    sqlite3_db_config(db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, trusted, (int *)NULL);
    common_need(sqlite3_load_extension(db, extension, NULL, NULL) == SQLITE_OK, "load");
    special.touched = 0;
    common_ask(db, asks, &got);
    common_must(special.touched == 0, "the file is touched %u times", special.touched);
    common_must(got.code != SQLITE_DONE, "%u rows", got.rows);
    answer_free(&got);
    sqlite3_close(db);
    special.cases++;
}

static void special_databases(const char *extension) {
    for (size_t i = 0; i < sizeof special_hostile / sizeof *special_hostile; i++)
        for (int trusted = 0; trusted < 2; trusted++) {
            common_doing("%s; %s", special_hostile[i].schema, special_hostile[i].asks);
            special_write(special_hostile[i].name, special_hostile[i].type,
                          special_hostile[i].schema);
            special_victim(extension, special_hostile[i].asks, trusted);
        }
}

/* --- without files ---------------------------------------------------------------------------- */

static const char special_readers[] = "SELECT name FROM cmed_help() WHERE kind = 'reader'";

/* Must fail without touching the secret. */
static void special_refused(sqlite3 *db, const char *sql) {
    struct answer got = {0};
    common_doing("without files: %s", sql);
    special.touched = 0;
    common_ask(db, sql, &got);
    common_must(got.code == SQLITE_ERROR && special.touched == 0, "%s", got.message);
    answer_free(&got);
    special.cases++;
}

static void special_nofs(const char *extension) {
    static const char *const asks[] = {
        "SELECT * FROM cmed_files('" SPECIAL_SECRET "')",
        "SELECT cmed_open('yidu-s4k/secret')",
        "SELECT * FROM cmed_catalog('" SPECIAL_SECRET "')",
        "SELECT cmed_load_model('m', '" SPECIAL_SECRET "')",
    };
    sqlite3 *all = common_open(extension), *db;
    sqlite3_stmt *readers;
    common_doing("without files");
    common_need(common_load(&db, extension, "sqlite3_cmed_nofs_init") == SQLITE_OK, "no entry");
    sqlite3_prepare_v2(all, special_readers, -1, &readers, NULL);
    while (sqlite3_step(readers) == SQLITE_ROW) {
        char *sql = sqlite3_mprintf("SELECT * FROM %s('" SPECIAL_SECRET "')",
                                    sqlite3_column_text(readers, 0));
        special_refused(db, sql);
        sqlite3_free(sql);
    }
    sqlite3_finalize(readers);
    for (size_t i = 0; i < sizeof asks / sizeof *asks; i++)
        special_refused(db, asks[i]);
    struct answer none = {0};
    common_ask(db, special_readers, &none);
    common_must(none.code == SQLITE_DONE && none.rows == 0, "%u readers in cmed_help", none.rows);
    answer_free(&none);
    sqlite3_close(db);
    sqlite3_close(all);
}

int main(int argc, char **argv) {
    const char *extension = common_begin(argc, argv);
    struct twin twin;
    twin_begin(&twin, extension);
    twin_away(&twin);
    special_make();
    sqlite3 *db = common_open(twin.extension);
    for (size_t i = 0; i < sizeof special_paths / sizeof *special_paths; i++)
        special_path(db, special_paths[i].path, special_paths[i].says);
    special_as_nobody(true);
    special_path(db, "'closed.txt'", "the file cannot be opened: Permission denied");
    special_as_nobody(false);
    sqlite3_close(db);
    special_databases(twin.extension);
    special_nofs(twin.extension);
    twin_end(&twin);
    return common_end("special: %u cases", special.cases);
}
