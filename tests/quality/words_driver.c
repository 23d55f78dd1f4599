/* words_driver.c - cuts records from standard input by the segmenters of ext/words, for pkuseg.py.
 *
 *     words_driver pkuseg FOLDER [-d DICTIONARY.pkl]... [-u USER.txt] [-t TAG_FOLDER]
 *     words_driver jieba FOLDER [-n] [-s] [-u USER.txt]
 *
 *     in     u32 bytes, text                                     native byte order
 *     out    u32 words, then for each u32 bytes, word, u32 bytes, tag
 *
 * FOLDER holds the files of the model, a zip's members beside them; for jieba dict.txt,
 * prob_start.py, prob_trans.py and prob_emit.py. -n: HMM=False, -s: cut_for_search. Seconds and
 * bytes go to standard error. */
#include "../../ext/words/jieba.h"
#include "../../ext/words/pkuseg.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static void words_driver_die(const char *what) {
    fprintf(stderr, "words_driver: %s\n", what);
    exit(1);
}

static bool words_driver_slurp(const char *folder, const char *name, struct buf *out) {
    char path[4096], block[1 << 16];
    snprintf(path, sizeof path, "%s%s%s", folder, *folder ? "/" : "", name);
    FILE *f = fopen(path, "rb");
    if (!f)
        return false;
    for (size_t n; (n = fread(block, 1, sizeof block, f)) > 0;)
        if (buf_add(out, block, n, NULL))
            words_driver_die("out of memory");
    fclose(f);
    return true;
}

static enum error_code words_driver_get(void *of, const char *file, const char *member,
                                        struct buf *out, bool *there, struct error *e) {
    (void)e;
    *there = words_driver_slurp(of, member ? member : file, out);
    return OK;
}

static struct buf words_driver_file(const char *folder, const char *name) {
    struct buf b = {0};
    if (!words_driver_slurp(folder, name, &b))
        words_driver_die(name);
    return b;
}

static double words_driver_now(void) {
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static bool words_driver_record(struct buf *text) {
    uint32_t n;
    if (fread(&n, sizeof n, 1, stdin) != 1)
        return false;
    text->n = 0;
    if (buf_reserve(text, n, NULL) || fread(text->p, 1, n, stdin) != n)
        words_driver_die("a record is cut");
    text->n = n;
    return true;
}

static void words_driver_put(struct span s) {
    uint32_t n = (uint32_t)s.n;
    fwrite(&n, sizeof n, 1, stdout);
    fwrite(s.p, 1, s.n, stdout);
}

static void words_driver_report(double seconds, size_t bytes, size_t words) {
    fprintf(stderr, "%.6f %zu %zu\n", seconds, bytes, words);
}

static struct pkuseg *words_driver_pkuseg_load(int argc, char **argv) {
    struct error e = {0};
    struct pkuseg_files files = {words_driver_get, argv[2]}, tag_files = {words_driver_get, NULL};
    struct pkuseg *p = NULL;
    enum error_code code = pkuseg_load(&files, &p, &e);
    for (int i = 3; !code && i + 1 < argc; i += 2) {
        if (argv[i][1] == 't') {
            tag_files.of = argv[i + 1];
            code = pkuseg_load_tags(p, &tag_files, &e);
            continue;
        }
        struct buf b = words_driver_file("", argv[i + 1]);
        code = argv[i][1] == 'd' ? pkuseg_add_dictionary(p, buf_span(&b), &e)
                                 : pkuseg_add_words(p, buf_span(&b), &e);
        buf_free(&b);
    }
    if (code)
        words_driver_die(e.text);
    return p;
}

static void words_driver_pkuseg(int argc, char **argv) {
    double start = words_driver_now(), spent = 0;
    struct pkuseg *p = words_driver_pkuseg_load(argc, argv);
    fprintf(stderr, "%.6f\n", words_driver_now() - start);
    struct pkuseg_room room = {0};
    struct buf text = {0};
    struct error e;
    size_t bytes = 0, total = 0;
    while (words_driver_record(&text)) {
        const struct pkuseg_word *word;
        size_t n;
        start = words_driver_now();
        if (pkuseg_cut(p, &room, buf_span(&text), &word, &n, &e))
            words_driver_die(e.text);
        spent += words_driver_now() - start;
        bytes += text.n;
        total += n;
        uint32_t count = (uint32_t)n;
        fwrite(&count, sizeof count, 1, stdout);
        for (size_t i = 0; i < n; i++) {
            words_driver_put((struct span){text.p + word[i].at, word[i].n});
            words_driver_put(word[i].tag);
        }
    }
    words_driver_report(spent, bytes, total);
    buf_free(&text);
    pkuseg_room_free(&room);
    pkuseg_free(p);
}

static struct jieba *words_driver_jieba_load(int argc, char **argv, unsigned *mode) {
    struct error e = {0};
    struct buf dict = words_driver_file(argv[2], "dict.txt");
    struct buf start = words_driver_file(argv[2], "prob_start.py");
    struct buf trans = words_driver_file(argv[2], "prob_trans.py");
    struct buf emit = words_driver_file(argv[2], "prob_emit.py");
    struct jieba_files files = {buf_span(&dict), buf_span(&start), buf_span(&trans),
                                buf_span(&emit)};
    struct jieba *j = NULL;
    enum error_code code = jieba_load(&files, &j, &e);
    for (int i = 3; !code && i < argc; i++) {
        if (strcmp(argv[i], "-n") == 0)
            *mode &= ~(unsigned)JIEBA_HMM;
        if (strcmp(argv[i], "-s") == 0)
            *mode |= JIEBA_SEARCH;
        if (strcmp(argv[i], "-u") == 0 && i + 1 < argc) {
            struct buf user = words_driver_file("", argv[++i]);
            code = jieba_add_words(j, buf_span(&user), &e);
            buf_free(&user);
        }
    }
    buf_free(&dict);
    buf_free(&start);
    buf_free(&trans);
    buf_free(&emit);
    if (code)
        words_driver_die(e.text);
    return j;
}

static void words_driver_jieba(int argc, char **argv) {
    double start = words_driver_now(), spent = 0;
    unsigned mode = JIEBA_HMM;
    struct jieba *j = words_driver_jieba_load(argc, argv, &mode);
    fprintf(stderr, "%.6f\n", words_driver_now() - start);
    struct jieba_room room = {0};
    struct buf text = {0};
    struct error e;
    size_t bytes = 0, total = 0;
    while (words_driver_record(&text)) {
        const struct jieba_word *word;
        size_t n;
        start = words_driver_now();
        if (jieba_cut(j, &room, buf_span(&text), mode, &word, &n, &e))
            words_driver_die(e.text);
        spent += words_driver_now() - start;
        bytes += text.n;
        total += n;
        uint32_t count = (uint32_t)n;
        fwrite(&count, sizeof count, 1, stdout);
        for (size_t i = 0; i < n; i++) {
            words_driver_put((struct span){text.p + word[i].at, word[i].n});
            words_driver_put((struct span){0});
        }
    }
    words_driver_report(spent, bytes, total);
    buf_free(&text);
    jieba_room_free(&room);
    jieba_free(j);
}

int main(int argc, char **argv) {
    bool jieba = argc > 2 && strcmp(argv[1], "jieba") == 0;
    if (!jieba && (argc < 3 || strcmp(argv[1], "pkuseg") != 0))
        words_driver_die("pkuseg FOLDER .. or jieba FOLDER ..");
    (jieba ? words_driver_jieba : words_driver_pkuseg)(argc, argv);
    return 0;
}
