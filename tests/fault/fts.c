/* fts.c - the tokenizer under random bytes.
 *
 *     document   E5 A4 B4 FF ・Ⅱ型 …     FTS5 indexes it; its integrity-check finds what it indexed
 *     places     0..6 6..9 9..12 …       in order, in the text, between characters, side by side
 *     query      any part of it          cmed_query makes a query that FTS5 takes; each word of a
 *                                        document finds it
 *     abort      token k says no         nothing comes behind it, and its code comes back
 *
 * The seed is fixed. */
#include "common.h"

enum { FTS_TEXTS = 3000, FTS_PIECES = 24, FTS_BYTES = 512 };

static unsigned long long fts_state = 20200613;

static unsigned fts_random(unsigned below) {
    fts_state = fts_state * 6364136223846793005u + 1442695040888963407u;
    return (unsigned)(fts_state >> 33) % below;
}

static const char *const fts_piece[] = {"糖尿病",
                                        "2型",
                                        "Ⅱ型",
                                        "肺动脉高压",
                                        "心梗",
                                        "头痛三天",
                                        "血红蛋白",
                                        "ＨｂＡ１ｃ",
                                        "38.5℃",
                                        "㎎",
                                        "10×10⁹/L",
                                        "e\xCC\x81",
                                        "，",
                                        "。",
                                        " ",
                                        "　",
                                        "\n",
                                        "\"",
                                        "*",
                                        "AND",
                                        "é",
                                        "Ω",
                                        "\xE2\x80\x8B",
                                        "\xEF\xBB\xBF",
                                        "\xF0\x9F\x98\x80",
                                        "\xF0\xA0\x80\x80",
                                        "\xE5",
                                        "\xE5\xA4",
                                        "\xFF",
                                        "\xC0\x80",
                                        "\xED\xA0\x80",
                                        "x",
                                        "CT",
                                        "第二",
                                        "期",
                                        "ﬁ",
                                        "½",
                                        "\xCC\x81",
                                        "急性",
                                        "心肌梗死"};

/* Up to FTS_BYTES of them, now and then any bytes; never a NUL. */
static size_t fts_text(char *out) {
    size_t n = 0;
    for (unsigned pieces = fts_random(FTS_PIECES); pieces > 0; pieces--) {
        const char *piece = fts_piece[fts_random(sizeof fts_piece / sizeof *fts_piece)];
        char bytes[4] = {(char)(1 + fts_random(255)), (char)(1 + fts_random(255)), 0, 0};
        piece = fts_random(12) ? piece : bytes;
        if (n + strlen(piece) >= FTS_BYTES)
            break;
        memcpy(out + n, piece, strlen(piece));
        n += strlen(piece);
    }
    out[n] = 0;
    return n;
}

/* --- the tokenizer, called as FTS5 calls it --------------------------------------------------- */

struct fts_walk {
    const char *text;
    int n, last, own, stop_at, calls;
};

/* Not behind the first byte of a character that is whole there. */
static bool fts_boundary(const struct fts_walk *w, int at) {
    int lead = at;
    while (lead > 0 && at - lead < 3 && ((unsigned char)w->text[lead] & 0xC0) == 0x80)
        lead--;
    unsigned char c = lead < w->n ? (unsigned char)w->text[lead] : 0;
    int length = c >= 0xE0 && c < 0xF0 ? 3 : c >= 0xC2 && c < 0xE0 ? 2 : 1;
    for (int i = lead + 1; i < lead + length; i++)
        if (i >= w->n || ((unsigned char)w->text[i] & 0xC0) != 0x80)
            return true;
    return lead == at || lead + length <= at || c == 0xE0 || c == 0xED;
}

static int fts_token(void *of, int flags, const char *token, int n, int start, int end) {
    struct fts_walk *w = of;
    bool colocated = flags & FTS5_TOKEN_COLOCATED;
    common_must(w->calls != w->stop_at, "a token behind the one that said no");
    common_must(n > 0 && token, "an empty token");
    common_must(start >= 0 && start <= end && end <= w->n, "a place outside of the text");
    common_must(colocated || start >= w->last, "a place before the last one's end");
    common_must(!colocated || w->own > 0, "the first token is colocated");
    common_must(fts_boundary(w, start) && fts_boundary(w, end), "a place inside a character");
    w->own += !colocated;
    w->last = colocated ? w->last : end;
    return ++w->calls == w->stop_at ? SQLITE_ABORT : SQLITE_OK;
}

static fts5_api *fts_api(sqlite3 *db) {
    fts5_api *api = NULL;
    sqlite3_stmt *s = NULL;
    common_need(sqlite3_prepare_v2(db, "SELECT fts5(?1)", -1, &s, NULL) == SQLITE_OK, "no FTS5");
    sqlite3_bind_pointer(s, 1, (void *)&api, "fts5_api_ptr", NULL);
    sqlite3_step(s);
    sqlite3_finalize(s);
    common_need(api != NULL, "no FTS5");
    return api;
}

static void fts_walks(sqlite3 *db, const char **options, int count, int flags) {
    fts5_tokenizer calls;
    Fts5Tokenizer *t;
    char text[FTS_BYTES + 1];
    void *context;
    fts5_api *api = fts_api(db);
    common_need(api->xFindTokenizer(api, "cmed", &context, &calls) == SQLITE_OK, "no tokenizer");
    common_need(calls.xCreate(context, options, count, &t) == SQLITE_OK, "no tokenizer");
    for (int i = 0; i < FTS_TEXTS; i++) {
        struct fts_walk all = {.text = text, .n = (int)fts_text(text), .stop_at = -1};
        common_doing("text %d: %s", i, text);
        common_must(calls.xTokenize(t, &all, flags, text, all.n, fts_token) == SQLITE_OK,
                    "no success");
        if (all.calls == 0)
            continue;
        struct fts_walk cut = {
            .text = text, .n = all.n, .stop_at = 1 + (int)fts_random((unsigned)all.calls)};
        common_must(calls.xTokenize(t, &cut, flags, text, cut.n, fts_token) == SQLITE_ABORT,
                    "the token's code does not come back");
        common_must(cut.calls == cut.stop_at, "%d calls, not %d", cut.calls, cut.stop_at);
    }
    calls.xDelete(t);
}

/* --- through SQL ----------------------------------------------------------------------------- */

static int fts_run(sqlite3 *db, const char *sql, const char *text, int n) {
    sqlite3_stmt *s;
    common_need(sqlite3_prepare_v2(db, sql, -1, &s, NULL) == SQLITE_OK, sqlite3_errmsg(db));
    sqlite3_bind_text(s, 1, text, n, SQLITE_STATIC);
    int rc = sqlite3_step(s), answer = rc == SQLITE_ROW ? sqlite3_column_int(s, 0) : -1;
    while (rc == SQLITE_ROW)
        rc = sqlite3_step(s);
    common_must(rc == SQLITE_DONE, "%s: %s", sql, sqlite3_errmsg(db));
    sqlite3_finalize(s);
    return answer;
}

/* finds: the index normalises as cmed_query does, so that every text finds itself. */
static void fts_index(sqlite3 *db, const char *create, bool finds) {
    char text[FTS_BYTES + 1];
    fts_run(db, create, NULL, 0);
    for (int i = 0; i < FTS_TEXTS; i++) {
        int n = (int)fts_text(text);
        common_doing("%s, text %d: %s", create, i, text);
        fts_run(db, "INSERT INTO t(rowid, text) VALUES(1, ?1)", text, n);
        fts_run(db, "INSERT INTO t(t) VALUES('integrity-check')", NULL, 0);
        fts_run(db, "SELECT length(highlight(t, 0, '[', ']')) FROM t WHERE t MATCH cmed_query(?1)",
                text, n);
        bool words = finds && fts_run(db, "SELECT cmed_query(?1) <> '\"\"'", text, n) == 1;
        if (words)
            common_must(
                fts_run(db, "SELECT count(*) FROM t WHERE t MATCH cmed_query(?1)", text, n) == 1,
                "a text does not find itself");
        fts_run(db, "DELETE FROM t", NULL, 0);
    }
    fts_run(db, "INSERT INTO t(t) VALUES('integrity-check')", NULL, 0);
    fts_run(db, "DROP TABLE t", NULL, 0);
}

int main(int argc, char **argv) {
    const char *plain[] = {"search", "0", "normalize", "0"}, *synonyms[] = {"synonyms", "s"};
    common_need(argc > 1, "fts EXTENSION");
    signal(SIGSEGV, common_signal);
    sqlite3 *db = common_open(argv[1]);
    fts_run(
        db,
        "CREATE TABLE s AS SELECT '心梗' AS a, '心肌梗死' AS b UNION ALL VALUES('ct', '断层 扫描')",
        NULL, 0);
    fts_walks(db, NULL, 0, FTS5_TOKENIZE_DOCUMENT);
    fts_walks(db, plain, 4, FTS5_TOKENIZE_DOCUMENT);
    fts_walks(db, synonyms, 2, FTS5_TOKENIZE_DOCUMENT);
    fts_walks(db, NULL, 0, FTS5_TOKENIZE_QUERY | FTS5_TOKENIZE_PREFIX);
    fts_index(db, "CREATE VIRTUAL TABLE t USING fts5(text, tokenize='cmed')", true);
    fts_index(db,
              "CREATE VIRTUAL TABLE t USING fts5(text, tokenize='cmed synonyms s', prefix='1 2')",
              true);
    fts_index(db, "CREATE VIRTUAL TABLE t USING fts5(text, tokenize='cmed search 0 normalize 0')",
              false);
    common_doing("closing");
    common_must(sqlite3_close(db) == SQLITE_OK, "the connection does not close");
    printf("fts: %d texts, %u failed\n", 7 * FTS_TEXTS, common.failed);
    return common.failed > 0;
}
