/* interrupt.c - sqlite3_interrupt() from another thread ends whatever goes on.
 *
 *     question  |-------------------------------->  files that take seconds, made here
 *     interrupt          ^ at other times each run
 *     error              |--| SQLITE_INTERRUPT, in time: the longest is in the last line */
#include "made.h"

#include <pthread.h>
#include <stdatomic.h>

enum {
    INTERRUPT_RUNS = COMMON_SLOW ? 3 : 8,
    INTERRUPT_BYTES = COMMON_SLOW ? 2 << 20 : 24 << 20, /* of a made file */
    INTERRUPT_LINKS = 100,
    INTERRUPT_MAX =
        2 /* seconds, whatever the machine: an interrupt that is not heard takes longer */
};

struct interrupt {
    sqlite3 *db;
    double delay; /* seconds */
    double at;    /* when it was said; 0: not yet */
    atomic_bool started, done;
};

/* Says it again and again, for a statement that has not begun yet does not hear it. */
static void *interrupt_run(void *of) {
    struct interrupt *i = of;
    while (!atomic_load(&i->started))
        usleep(50);
    usleep((useconds_t)(i->delay * 1e6));
    i->at = common_seconds();
    while (!atomic_load(&i->done)) {
        sqlite3_interrupt(i->db);
        usleep(10000);
    }
    return NULL;
}

static const char *const interrupt_questions[] = {
    "SELECT count(*) FROM cmedqa_answers('csv/cmedqa*.csv')",
    "SELECT sum(length(content)) FROM cmedqa_answers('csv/cmedqa*.csv')",
    "SELECT * FROM cmedqa_answers('csv/cmedqa*.csv') WHERE ans_id = -1",
    "SELECT * FROM cmedqa_answers('csv/cmedqa*.csv') WHERE content LIKE '%nothing%'",
    "SELECT cells FROM cmed_csv('csv') WHERE cells = ''",
    "SELECT count(*) FROM (VALUES (-1), (-2), (-3)) JOIN cmedqa_answers('csv/cmedqa*.csv') ON "
    "ans_id = column1",
    "SELECT count(*) FROM chip_sts('array/chip_sts*.json')",
    "SELECT count(*) FROM chip_sts('array/chip_sts*.json') WHERE label = 'none'",
    "SELECT count(*) FROM (VALUES ('x'), ('y'), ('z')) JOIN chip_sts('array/chip_sts*.json') ON id = "
    "column1",
    "SELECT sum(end_pos) FROM yidu_s4k_entities('lines/yidu_s4k*.txt')",
    "SELECT count(*) FROM cmeee_entities('wide/cmeee*.json') WHERE type = 'none'",
    "SELECT count(*) FROM cmeee('wide/cmeee*.json')",
    "SELECT count(*) FROM cmed_json('string')",
    "SELECT count(*) FROM cmed_lines('zeros.gz')",
    "SELECT sum(length(text)) FROM cmed_lines('text.gz')",
    "SELECT count(*) FROM cmed_lines('text.gz', 'gb18030')",
    "SELECT count(*) FROM cmed_lines('wide.gz')",
    "SELECT count(*) FROM cmed_xlsx('rows.xlsx')",
    "SELECT count(*) FROM cmed_xlsx('strings.xlsx')",
    "SELECT count(*) FROM chip_sts('array/chip_sts*.json', NULL, 'skip') WHERE id = 'none'",
    "SELECT count(*) FROM cmedqa_answers('bad/cmedqa*.csv', NULL, 'skip')",
    "SELECT count(*) FROM cmed_files('array')",
};

static void interrupt_make(void) {
    made_repeat("csv/cmedqa.csv", "ans_id,question_id,content\n",
                "%010u,1,\"饭后半小时吃药,多喝温水\"\n", "", INTERRUPT_BYTES);
    made_links("csv/cmedqa.csv", INTERRUPT_LINKS);
    made_repeat("bad/cmedqa.csv", "ans_id,question_id,content\n", "%010u,1\n", "", INTERRUPT_BYTES);
    made_links("bad/cmedqa.csv", INTERRUPT_LINKS);
    made_repeat(
        "array/chip_sts.json", "[",
        "{\"id\":\"%010u\",\"text1\":\"头疼吃什么药\",\"text2\":\"头痛怎么办\",\"label\":\"1\"},",
        "{}]", INTERRUPT_BYTES);
    made_links("array/chip_sts.json", INTERRUPT_LINKS);
    made_repeat("lines/yidu_s4k.txt", "",
                "{\"originalText\":\"患者%010u因头痛入院\",\"entities\":[{\"label_type\":\"药物\","
                "\"start_pos\":1,\"end_pos\":2,\"overlap\":0}]}\n",
                "", INTERRUPT_BYTES);
    made_links("lines/yidu_s4k.txt", INTERRUPT_LINKS);
    made_repeat("wide/cmeee.json", "[{\"text\":\"头痛\",\"entities\":[",
                "{\"start_idx\":%u,\"end_idx\":2,\"type\":\"sym\",\"entity\":\"头痛\"},",
                "{\"start_idx\":0,\"end_idx\":0,\"type\":\"dis\",\"entity\":\"头\"}]}]",
                COMMON_SLOW ? INTERRUPT_BYTES : 10 << 20);
    made_links("wide/cmeee.json", INTERRUPT_LINKS);
    made_repeat("string/a.json", "{\"text\":\"", "\\u5934%010u痛", "\"}",
                COMMON_SLOW ? INTERRUPT_BYTES : 8 << 20);
    made_links("string/a.json", INTERRUPT_LINKS);
}

static void interrupt_make_packed(void) {
    struct twin_bytes zeros = made_text("", "\x01", 15 << 20, "\n");
    struct twin_bytes text = made_text("", "发热三天 fever\n", 4 << 20, "");
    made_gzip("zeros.gz", zeros, 256);
    made_gzip("text.gz", text, 64);
    struct twin_bytes wide = made_text("\xFF\xFE", "\x2E\x95\x0A\x01", 4 << 20, "");
    for (size_t i = 0; i < wide.n; i++)
        wide.p[i] = wide.p[i] == 1 ? 0 : wide.p[i]; /* UTF-16's, which no C text holds */
    made_gzip("wide.gz", wide, 64);
    struct twin_bytes none = made_text("<sst/>", "", 0, "");
    struct twin_bytes row = made_text("<worksheet><sheetData>", "<row><c><v>1</v></c></row>",
                                      4 << 20, "</sheetData></worksheet>");
    made_workbook("rows.xlsx", row, none);
    struct twin_bytes cell = made_text("<worksheet><sheetData><row><c t='s'><v>1</v></c></row>", "",
                                       0, "</sheetData></worksheet>");
    struct twin_bytes strings = made_text("<sst>", "<si><t>a</t></si>", 6 << 20, "</sst>");
    made_workbook("strings.xlsx", cell, strings);
    struct twin_bytes *all[] = {&zeros, &text, &wide, &none, &row, &cell, &strings};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        free(all[i]->p);
}

/* Returns the seconds that it took to be heard; 0 where the answer came first. */
static double interrupt_ask(sqlite3 *db, const char *sql, double delay) {
    struct interrupt i = {.db = db, .delay = delay};
    struct answer got = {0};
    pthread_t other;
    common_need(pthread_create(&other, NULL, interrupt_run, &i) == 0, "no thread");
    atomic_store(&i.started, true);
    common_ask(db, sql, &got);
    double ended = common_seconds();
    atomic_store(&i.done, true);
    pthread_join(other, NULL);
    bool heard = got.code == SQLITE_INTERRUPT;
    common_must(heard || got.code == SQLITE_DONE, "error %d: %s", got.code, got.message);
    answer_free(&got);
    return heard ? ended - i.at : 0;
}

/* The longest of several runs. */
static double interrupt_runs(sqlite3 *db, const char *sql) {
    double worst = 0, begun = common_seconds();
    unsigned heard = 0;
    common_doing("%s", sql);
    alarm(600);
    for (unsigned run = 0; run < INTERRUPT_RUNS; run++) {
        double took = interrupt_ask(db, sql, 0.002 + 0.011 * run);
        heard += took > 0;
        worst = took > worst ? took : worst;
    }
    alarm(0);
    common_must(heard > 0, "it never took long enough to be interrupted");
    common_must(COMMON_SLOW || worst < INTERRUPT_MAX, "heard after %.3f s", worst);
    if (getenv("VERBOSE"))
        printf("%7.1f ms worst, %u heard, %5.2f s: %s\n", worst * 1e3, heard,
               common_seconds() - begun, sql);
    return worst;
}

int main(int argc, char **argv) {
    const char *extension = common_begin(argc, argv);
    struct twin twin;
    double worst = 0;
    twin_begin(&twin, extension);
    twin_away(&twin);
    interrupt_make();
    interrupt_make_packed();
    sqlite3 *db = common_open(twin.extension);
    for (size_t i = 0; i < sizeof interrupt_questions / sizeof *interrupt_questions; i++) {
        double took = interrupt_runs(db, interrupt_questions[i]);
        worst = took > worst ? took : worst;
    }
    sqlite3_close(db);
    twin_end(&twin);
    return common_end("interrupt: %zu questions, heard after %.1f ms at the latest",
                      sizeof interrupt_questions / sizeof *interrupt_questions, worst * 1e3);
}
