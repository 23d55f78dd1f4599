/* memory.c - memory stays the same however large the file is.
 *
 *     64 MiB of CSV, JSON lines, one JSON array, gzip, rows of a workbook, and 5,000 files:
 *     SQLite's heap, in which every byte of the extension is, stays under 16 MiB
 *
 *     CMED_MIB=2048 build/tests/fault/memory build/cmed     with files of 2 GiB
 *
 * Under a heap limit (PRAGMA hard_heap_limit) an answer is right or the error is SQLITE_NOMEM. */
#include "made.h"

enum { MEMORY_MAX = 16 << 20, MEMORY_FILES = 5000 };

static const char *const memory_questions[] = {
    "SELECT count(*), sum(length(content)) FROM cmedqa_answers('big/cmedqa2.csv')",
    "SELECT count(*), sum(length(text1)) FROM chip_sts('big/chip_sts.json')",
    "SELECT count(*), sum(length(mention)) FROM yidu_s4k_entities('big/yidu_s4k.txt')",
    "SELECT count(*), sum(length(text)) FROM cmed_lines('big/lines.gz')",
    "SELECT count(*), sum(length(text)) FROM cmed_lines('big/lines.gz', 'gb18030,replace')",
    "SELECT count(*), sum(length(cells)) FROM cmed_xlsx('big/rows.xlsx')",
    "SELECT count(*), max(file) FROM chip_sts('many')",
    "SELECT count(*), max(file) FROM cmed_files('many')",
};

static void memory_make(size_t bytes) {
    made_repeat("big/cmedqa2.csv", "ans_id,question_id,content\n",
                "%010u,1,\"饭后半小时吃药,多喝\n温水\"\n", "", bytes);
    made_repeat(
        "big/chip_sts.json", "[",
        "{\"id\":\"%010u\",\"text1\":\"头疼吃什么药\",\"text2\":\"头痛怎么办\",\"label\":\"1\"},",
        "{\"id\":\"\",\"text1\":\"\",\"text2\":\"\",\"label\":\"\"}]", bytes);
    made_repeat("big/yidu_s4k.txt", "",
                "{\"originalText\":\"患者%010u因头痛入院\",\"entities\":[{\"label_type\":\"药物\","
                "\"start_pos\":1,\"end_pos\":2,\"overlap\":0}]}\n",
                "", bytes);
    made_repeat("many/chip_sts/0.json", "[",
                "{\"id\":\"%u\",\"text1\":\"头疼\",\"text2\":\"头痛\",\"label\":\"1\"}", "]", 1);
    made_links("many/chip_sts/0.json", MEMORY_FILES);
}

static void memory_make_packed(size_t bytes) {
    struct twin_bytes text = made_text("", "发热三天 fever\n", 1 << 20, "");
    made_gzip("big/lines.gz", text, 1 + (unsigned)(bytes / text.n));
    struct twin_bytes none = made_text("<sst/>", "", 0, "");
    struct twin_bytes rows = made_text("<worksheet><sheetData>", "<row><c><v>1</v></c></row>",
                                       COMMON_SLOW ? 1 << 16 : 1 << 20, "</sheetData></worksheet>");
    made_workbook("big/rows.xlsx", rows, none);
    free(text.p);
    free(none.p);
    free(rows.p);
}

/* Returns the bytes of the heap at their most. */
static long long memory_ask(sqlite3 *db, const char *sql) {
    struct answer got = {0};
    common_doing("%s", sql);
    long long before = sqlite3_memory_used();
    sqlite3_memory_highwater(1);
    common_ask(db, sql, &got);
    long long most = sqlite3_memory_highwater(0) - before;
    common_must(got.code == SQLITE_DONE, "%s", got.message);
    common_must(most < MEMORY_MAX, "%lld KiB of heap", most / 1024);
    if (getenv("VERBOSE"))
        printf("%6lld KiB: %s\n", most / 1024, sql);
    answer_free(&got);
    return most;
}

/* Every question under heap limits; returns how many. */
static unsigned memory_limits(const char *extension, const struct queries *q) {
    static const int mib[] = {1, 2, 4, 8};
    struct answer right = {0}, got = {0};
    unsigned asked = 0;
    for (unsigned i = 0; i < q->count; i++) {
        sqlite3 *db = common_open(extension);
        common_ask(db, q->sql[i], &right);
        sqlite3_close(db);
        for (size_t l = 0; l < sizeof mib / sizeof *mib; l++, asked++) {
            common_doing("%d MiB of heap: %s", mib[l], q->sql[i]);
            db = common_open(extension);
            sqlite3_hard_heap_limit64((sqlite3_int64)mib[l] << 20);
            common_ask(db, q->sql[i], &got);
            sqlite3_hard_heap_limit64(0);
            common_must(got.code == SQLITE_NOMEM || got.code == SQLITE_DONE, "%s", got.message);
            if (got.code == SQLITE_DONE)
                answer_must_be(&got, &right);
            sqlite3_close(db);
        }
    }
    answer_free(&right);
    answer_free(&got);
    return asked;
}

int main(int argc, char **argv) {
    const char *extension = common_begin(argc, argv), *mib = getenv("CMED_MIB");
    struct queries q = {0};
    struct twin twin;
    long long most = 0;
    size_t bytes = (size_t)(mib ? atol(mib) : COMMON_SLOW ? 4 : 64) << 20;
    common_queries(&q);
    unsigned limited = memory_limits(extension, &q);
    twin_begin(&twin, extension);
    twin_away(&twin);
    memory_make(bytes);
    memory_make_packed(bytes);
    sqlite3 *db = common_open(twin.extension);
    for (size_t i = 0; i < sizeof memory_questions / sizeof *memory_questions; i++) {
        long long bytes_used = memory_ask(db, memory_questions[i]);
        most = bytes_used > most ? bytes_used : most;
    }
    sqlite3_close(db);
    twin_end(&twin);
    common_queries_free(&q);
    return common_end("memory: %u answers under a limit, %zu MiB read in %lld KiB of heap", limited,
                      bytes >> 20, most / 1024);
}
