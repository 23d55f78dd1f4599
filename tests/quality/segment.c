/* segment.c - how well a model segments a gold file, and how fast a text.
 *
 *     segment <model> <gold>...              P .8571 R .8772 F .8670 of each, and the words of
 *                                            gold that the dictionary has not (OOV) found
 *     segment -t <gold> <gold>...            trains on the first without a dictionary, beforehand
 *     segment -s <model> <text>              MB/s of processor time over the text, line by line,
 * words made
 *
 * <model> "-" is the one that ships. The measure is that of SIGHAN: a word is right if both its
 * ends are; P of the words found, R of those in gold.
 */
#include "../../ext/base/memory.h"
#include "../../ext/words/feature.h"
#include "../../ext/words/gold.h"
#include "../../ext/words/segment.h"
#include "../../ext/words/train.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

struct tally {
    size_t gold, found, right, unknown, unknown_right;
};

static struct error failure;

static void check(enum error_code code) {
    if (!code)
        return;
    fprintf(stderr, "segment: %s\n", failure.text);
    exit(1);
}

static struct buf read_file(const char *path) {
    FILE *f = fopen(path, "rb");
    struct buf b = {0};
    if (!f) {
        perror(path);
        exit(1);
    }
    do
        check(buf_reserve(&b, 1 << 20, &failure));
    while ((b.n += fread(b.p + b.n, 1, 1 << 20, f)) && !feof(f));
    fclose(f);
    return b;
}

static bool known(const struct model *m, struct span word) {
    uint32_t state = AUTOMATON_ROOT;
    for (size_t at = 0; at < word.n && m->words.n;) {
        uint32_t point;
        at += charset_decode(word.p + at, word.n - at, &point);
        state =
            automaton_child(&m->words, state, charset_code(charset_at(model_charset(m), point)));
        if (!state)
            return false;
    }
    return m->words.n && automaton_value(&m->words, state);
}

/* Walks gold's words and the segmenter's side by side. */
static void compare(struct segment *s, const struct model *m, const struct gold_sentence *g,
                    struct tally *t) {
    struct segment_word w = {0};
    size_t start = 0, at = 0;
    segment_begin(s, m, NULL, g->text);
    bool more = segment_next(s, &w);
    t->found += more;
    for (size_t i = 0; i < g->n; i++) {
        uint32_t point;
        if (g->marks[i] == GOLD_SPLIT)
            start = at;
        at += charset_decode(g->text.p + at, g->text.n - at, &point);
        if (i + 1 < g->n && g->marks[i + 1] != GOLD_SPLIT)
            continue;
        while (more && w.end < at) {
            more = segment_next(s, &w);
            t->found += more;
        }
        bool right = more && w.start == start && w.end == at;
        bool unknown = !known(m, span_slice(g->text, start, at));
        t->gold++;
        t->right += right;
        t->unknown += unknown;
        t->unknown_right += unknown && right;
    }
    while (more && segment_next(s, &w))
        t->found++;
}

static void score(const struct model *m, const char *path) {
    struct buf text = read_file(path);
    struct gold gold = {0};
    struct gold_sentence sentence;
    struct tally t = {0};
    struct segment *s;
    check(segment_new(&s, &failure));
    for (size_t at = 0, end; at < text.n; at = end + 1) {
        end = span_find(buf_span(&text), at, '\n');
        for (bool again = true; again;) {
            check(gold_line(&gold, span_slice(buf_span(&text), at, end), &sentence, &again,
                            &failure));
            compare(s, m, &sentence, &t);
        }
    }
    gold_end(&gold, &sentence);
    compare(s, m, &sentence, &t);
    printf("%s: %zu words, P %.4f R %.4f F %.4f, OOV %.1f%% found %.4f\n", path, t.gold,
           (double)t.right / (double)t.found, (double)t.right / (double)t.gold,
           2.0 * (double)t.right / (double)(t.found + t.gold),
           100.0 * (double)t.unknown / (double)t.gold, (double)t.unknown_right / (double)t.unknown);
    gold_free(&gold);
    buf_free(&text);
    segment_free(s);
}

static double seconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void speed(const struct model *m, const char *path) {
    struct buf text = read_file(path), out = {0};
    struct segment *s;
    check(segment_new(&s, &failure));
    double best = 1e9;
    for (int turn = 0; turn < 5; turn++) {
        double from = seconds();
        for (size_t at = 0, end; at < text.n; at = end + 1) {
            end = span_find(buf_span(&text), at, '\n');
            out.n = 0;
            check(segment_join(s, m, NULL, span_slice(buf_span(&text), at, end), &out, &failure));
        }
        double took = seconds() - from;
        best = took < best ? took : best;
    }
    printf("%s: %.1f MB, %.1f MB/s\n", path, (double)text.n / 1e6, (double)text.n / 1e6 / best);
    buf_free(&text);
    buf_free(&out);
    segment_free(s);
}

static struct buf trained(const char *path, const struct model *base) {
    struct buf gold = read_file(path), out = {0};
    struct train *t;
    double from = seconds();
    check(train_new(&t, &(struct train_options){.base = base}, &failure));
    check(train_add(t, buf_span(&gold), &failure));
    check(train_finish(t, &out, &failure));
    printf("trained in %.2f s, %zu bytes\n", seconds() - from, out.n);
    train_free(t);
    buf_free(&gold);
    return out;
}

int main(int argc, char **argv) {
    bool train = argc > 1 && !strcmp(argv[1], "-t"), time = argc > 1 && !strcmp(argv[1], "-s");
    int at = 1 + (train || time);
    if (argc < at + 2)
        return fprintf(stderr, "segment [-t | -s] <model or gold> <file>...\n"), 2;
    struct buf bytes = {0};
    bool shipped = !strcmp(argv[at], "-");
    if (!shipped)
        bytes = train ? trained(argv[at], NULL) : read_file(argv[at]);
    struct model m;
    double from = seconds();
    check(model_open(&m, shipped ? model_shipped() : buf_span(&bytes), NULL, &failure));
    printf("opened in %.2f ms\n", (seconds() - from) * 1e3);
    for (int i = at + 1; i < argc; i++)
        if (time)
            speed(&m, argv[i]);
        else
            score(&m, argv[i]);
    model_close(&m);
    buf_free(&bytes);
    return 0;
}
