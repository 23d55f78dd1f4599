/* prefix.c - every sample, cut behind every one of its bytes.
 *
 *     |======sample======|          |==gzip of it==|          |==zip of it==|
 *     |=====>| 0, 1, 2 ... bytes    |==>|                     |==>|
 *
 * What is legal:
 *   any cut      an error, and the rows before it are the first rows of the whole
 *   text, cut    no error, where the last record could have been so: the rows before the last are
 *                those of the whole; each cell of the last is the whole's, or a beginning of it
 *                (with the cut line behind it, which lost what it began with), or missing; a cut
 *                inside the first line, which may be a header, or inside the first character that
 *                is not ASCII may give another row: nothing says yet how it is to be read
 *   JSON, cut    no error only between two records of a file of lines: the rows are the whole's
 *                first ones, the last too
 *   packed, cut  always an error, once two bytes of gzip or four of zip say what it is; a zip or a
 *                workbook gives no row before it */
#include "twin.h"

enum prefix_kind { PREFIX_TEXT, PREFIX_JSON, PREFIX_GZIP, PREFIX_ZIP };

static const char *const prefix_names[] = {"text", "JSON", "gzip", "zip"};

struct prefix {
    const char *sql, *path;
    enum prefix_kind kind;
    struct twin_bytes bytes;
    struct answer whole, cut;
    unsigned long cuts;
};

/* Bytes of a cell, without the brackets that close JSON behind a cut. */
static size_t prefix_bare(const char *cell) {
    size_t n = strcspn(cell, "\037");
    while (n > 1 && strchr("]}\"", cell[n - 1]))
        n--;
    return n;
}

/* Does cell a begin cell b? A smaller integer does: the end of the first pieces of a mention. */
static bool prefix_begins(const char *a, const char *b) {
    if (a[0] == 'n' || strncmp(a, b, strcspn(a, "\037") + 1) == 0)
        return true;
    if (a[0] == 'i' && b[0] == 'i' && atoll(a + 1) < atoll(b + 1))
        return true;
    return strncmp(a, b, prefix_bare(a)) == 0;
}

/* Does cell a begin like cell b and go on with the line that was cut, which lost what it began
 * with? Line ends are written as \2J, or as \n in JSON. */
static bool prefix_runs_on(const char *a, const char *b, struct twin_bytes line) {
    size_t n = prefix_bare(a), same = 0;
    while (same < n && a[same] == b[same])
        same++;
    while (n - same >= 2 && (strncmp(a + same, "\\n", 2) == 0 || strncmp(a + same, "\2J", 2) == 0))
        same += 2;
    return same > 0 && n - same <= line.n &&
           memcmp(a + same, line.p + line.n - (n - same), n - same) == 0;
}

/* Is the row at a the row at b, or begun like it, cell by cell? */
static bool prefix_row(const char *a, const char *b, struct twin_bytes line) {
    for (; *a && *b && *a != '\n' && *b != '\n'; a++, b++) {
        if (!prefix_begins(a, b) && !prefix_runs_on(a, b, line))
            return false;
        a = strchr(a, '\037');
        b = strchr(b, '\037');
    }
    return *a == *b;
}

/* The line that was cut. */
static struct twin_bytes prefix_line(struct twin_bytes file) {
    size_t at = file.n;
    while (at > 0 && file.p[at - 1] != '\n')
        at--;
    return (struct twin_bytes){file.p + at, file.n - at};
}

/* Is the cut inside the first character that is not ASCII? Then nothing says that it is UTF-8. */
static bool prefix_undecided(struct twin_bytes file) {
    size_t high = 0;
    while (high < file.n && file.p[high] < 0x80)
        high++;
    return file.n - high == 1 || (file.n - high == 2 && file.p[high] >= 0xE0);
}

/* Is the cut in the first line, which may be a header? Then nothing says what the columns are. */
static bool prefix_headless(struct twin_bytes file) {
    return !memchr(file.p, '\n', file.n);
}

/* The rows of the cut file are the whole's first ones, but that the last may be cut. */
static bool prefix_legal(const struct prefix *p, size_t n) {
    size_t last = p->cut.n ? p->cut.n - 1 : 0;
    struct twin_bytes file = {p->bytes.p, n};
    if (answer_begins(&p->cut, &p->whole))
        return true;
    while (last > 0 && p->cut.text[last - 1] != '\n')
        last--;
    return p->kind == PREFIX_TEXT && last <= p->whole.n && p->whole.n > 0 &&
           memcmp(p->cut.text, p->whole.text, last) == 0 &&
           prefix_row(p->cut.text + last, p->whole.text + last, prefix_line(file));
}

static void prefix_judge(struct prefix *p, size_t n) {
    bool done = p->cut.code == SQLITE_DONE;
    size_t at;
    if (p->kind >= PREFIX_GZIP && n >= (p->kind == PREFIX_GZIP ? 2 : 4))
        common_must(!done, "no error");
    if (p->kind >= PREFIX_GZIP && n < 4)
        return;
    if (p->kind == PREFIX_ZIP)
        common_must(p->cut.rows == 0, "rows of a zip that is cut");
    bool legal = done ? prefix_legal(p, n) : answer_begins(&p->cut, &p->whole);
    if (!legal && !prefix_undecided((struct twin_bytes){p->bytes.p, n}) &&
        !prefix_headless((struct twin_bytes){p->bytes.p, n})) {
        int length = answer_parting(&p->cut, &p->whole, &at);
        common_must(false, "row '%.*s' (%s)", length, p->cut.text + at,
                    done ? "no error" : p->cut.message);
    }
}

/* The sample as it is, and every cut of it. */
static void prefix_cut(struct prefix *p, sqlite3 *db) {
    common_doing("%s", p->sql);
    twin_write(p->path, p->bytes.p, p->bytes.n);
    common_ask(db, p->sql, &p->whole);
    common_must(p->whole.code == SQLITE_DONE, "%s", p->whole.message);
    for (size_t n = p->bytes.n; n-- > 0;) {
        common_doing("%s cut to %zu of %zu bytes: %s", prefix_names[p->kind], n, p->bytes.n,
                     p->sql);
        common_need(truncate(p->path, (off_t)n) == 0, "a file cannot be cut");
        common_ask(db, p->sql, &p->cut);
        prefix_judge(p, n);
        p->cuts++;
    }
}

static enum prefix_kind prefix_kind(struct twin_bytes of) {
    size_t i = of.n > 2 && memcmp(of.p, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    if (twin_packed(of))
        return of.p[0] == 'P' ? PREFIX_ZIP : PREFIX_GZIP;
    while (i < of.n && strchr(" \r\n", of.p[i]))
        i++;
    bool token = i + 1 < of.n && of.p[i] == '[' && of.p[i + 1] >= 'A' && of.p[i + 1] <= 'Z';
    return i < of.n && strchr("[{", of.p[i]) && !token ? PREFIX_JSON : PREFIX_TEXT;
}

static void prefix_packings(struct prefix *p, sqlite3 *db, struct twin_bytes sample) {
    const char *slash = strrchr(p->path, '/');
    char member[4096];
    twin_ask_member(p->sql, member, sizeof member);
    p->bytes = sample;
    p->kind = prefix_kind(sample);
    prefix_cut(p, db);
    if (p->kind >= PREFIX_GZIP)
        return;
    p->kind = PREFIX_GZIP;
    p->bytes = twin_gzip(sample);
    prefix_cut(p, db);
    free(p->bytes.p);
    p->kind = PREFIX_ZIP;
    p->bytes = twin_zip(sample, slash + 1);
    p->sql = member;
    prefix_cut(p, db);
    free(p->bytes.p);
}

/* Does the question show every row as it is, and forgive nothing? */
static bool prefix_plain(const char *sql) {
    return strncmp(sql, "SELECT * FROM", 13) == 0 && !strstr(sql, "replace") &&
           !strstr(sql, "'skip'");
}

int main(int argc, char **argv) {
    const char *extension = common_begin(argc, argv);
    struct queries q = {0};
    struct twin twin;
    char path[PATH_MAX];
    struct prefix p = {.path = path};
    common_queries(&q);
    twin_begin(&twin, extension);
    sqlite3 *db = common_open(twin.extension);
    for (unsigned i = 0; i < q.count; i++) {
        twin_home(&twin);
        if (!prefix_plain(q.sql[i]) || !twin_path(q.sql[i], path, sizeof path) || !twin_small(path))
            continue;
        struct twin_bytes sample = twin_read(path);
        twin_away(&twin);
        p.sql = q.sql[i];
        prefix_packings(&p, db, sample);
        free(sample.p);
    }
    sqlite3_close(db);
    twin_end(&twin);
    answer_free(&p.whole);
    answer_free(&p.cut);
    common_queries_free(&q);
    return common_end("prefix: %lu prefixes", p.cuts);
}
