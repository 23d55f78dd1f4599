/* model_build.c - makes ext/words/model.bin (make model).
 *
 *     model_build <out> <jieba dict.txt> <THUOCL_medical.txt> <ICD-10-CN disease.csv> <gold>...
 *
 *     dict.txt      高血压 1205 n          word, count, tag: those counted at least LEAST times
 *     THUOCL        精神<TAB>606946        words that jieba has not
 *     disease.csv   A22,炭疽               likewise, short names without punctuation
 *     gold          AMTTL                  what the weights are trained on (gold.h)
 *
 * The same inputs give the same bytes.
 */
#include "../../ext/base/memory.h"
#include "../../ext/words/feature.h"
#include "../../ext/words/lexicon.h"
#include "../../ext/words/train.h"

#include <stdio.h>
#include <stdlib.h>

enum { LEAST = 4, SHORT = 5 };

struct entry {
    uint16_t points[DICTIONARY_WORD_MAX];
    size_t n;
    uint64_t count;
    uint32_t tag;
};

struct build {
    struct lexicon known; /* folded points -> index of entry + 1 */
    struct buf entries;   /* struct entry */
    uint64_t total;
    uint64_t used[0x10000]; /* how often a character occurs */
};

static struct error failure;

static void check(enum error_code code) {
    if (!code)
        return;
    fprintf(stderr, "model_build: %s\n", failure.text);
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

/* Folds; n = 0 for what the dictionary does not take. */
static struct entry read_word(struct span word) {
    struct entry w = {.n = 0};
    for (size_t at = 0; at < word.n;) {
        uint32_t point;
        at += charset_decode(word.p + at, word.n - at, &point);
        point = charset_fold(point);
        if (point > 0xFFFF || w.n == DICTIONARY_WORD_MAX)
            return (struct entry){.n = 0};
        w.points[w.n++] = (uint16_t)point;
    }
    return w;
}

static void add(struct build *b, struct entry w, uint64_t count, uint32_t tag) {
    uint32_t index;
    struct span key = span_of(w.points, w.n * sizeof *w.points);
    if (!w.n || lexicon_find(&b->known, key, &index))
        return;
    w.count = count;
    w.tag = tag;
    b->total += count;
    for (size_t i = 0; i < w.n; i++)
        b->used[w.points[i]] += count + 1;
    check(buf_add(&b->entries, &w, sizeof w, &failure));
    check(lexicon_put(&b->known, key, (uint32_t)(b->entries.n / sizeof w), &failure));
}

/* The field behind *at, up to one of the bytes in 'ends'. */
static struct span field(struct span line, size_t *at, const char *ends) {
    size_t from = *at, to = from;
    while (to < line.n && !strchr(ends, line.p[to]))
        to++;
    *at = to + 1;
    return span_slice(line, from, to);
}

static void add_jieba(struct build *b, struct span line) {
    size_t at = 0;
    struct entry w = read_word(field(line, &at, " "));
    uint64_t count = strtoull((const char *)field(line, &at, " ").p, NULL, 10);
    if (count >= LEAST || w.n == 1)
        add(b, w, count, dictionary_tag_number(field(line, &at, " \r")));
}

static void add_thuocl(struct build *b, struct span line) {
    size_t at = 0;
    struct span word = field(line, &at, " \t\r");
    add(b, read_word(word), 0, dictionary_tag_number(span_text("n")));
}

static void add_icd(struct build *b, struct span line) {
    size_t at = 0;
    field(line, &at, ",");
    struct entry w = read_word(field(line, &at, ",\r"));
    bool plain = w.n > 1 && w.n <= SHORT;
    for (size_t i = 0; i < w.n; i++)
        plain &= charset_class_of(w.points[i]) == CLASS_HAN;
    if (plain)
        add(b, w, 0, dictionary_tag_number(span_text("n")));
}

static void each_line(struct build *b, const char *path,
                      void (*line)(struct build *, struct span)) {
    struct buf text = read_file(path);
    for (size_t at = 0, end; at < text.n; at = end + 1) {
        end = span_find(buf_span(&text), at, '\n');
        line(b, span_slice(buf_span(&text), at, end));
    }
    buf_free(&text);
}

static void count_gold(struct build *b, struct span text) {
    for (size_t at = 0; at < text.n;) {
        uint32_t point;
        at += charset_decode(text.p + at, text.n - at, &point);
        if (charset_fold(point) <= 0xFFFF && charset_class_of(point) != CLASS_SPACE)
            b->used[charset_fold(point)] += 100;
    }
}

static const uint64_t *rank_by;

static int rank(const void *a, const void *b) {
    uint16_t x = *(const uint16_t *)a, y = *(const uint16_t *)b;
    if (rank_by[x] != rank_by[y])
        return rank_by[x] < rank_by[y] ? 1 : -1;
    return (x > y) - (x < y);
}

/* The characters that occur, the most frequent first. */
static uint32_t characters(const struct build *b, uint16_t points[0x10000]) {
    uint32_t n = 0;
    for (uint32_t p = 1; p < 0x10000; p++)
        if (b->used[p])
            points[n++] = (uint16_t)p;
    rank_by = b->used;
    qsort(points, n, sizeof *points, rank);
    return n < CHARSET_MAX ? n : CHARSET_MAX;
}

static void dictionary(const struct build *b, const struct charset *charset,
                       struct automaton_built *out) {
    struct automaton_builder words = {0};
    const struct entry *w = (const struct entry *)b->entries.p;
    for (size_t i = 0; i < b->entries.n / sizeof *w; i++) {
        uint16_t codes[DICTIONARY_WORD_MAX];
        bool known = true;
        for (size_t k = 0; k < w[i].n; k++) {
            codes[k] = (uint16_t)charset_code(charset_at(charset, w[i].points[k]));
            known &= codes[k] >= CHARSET_FIRST;
        }
        if (known)
            check(automaton_add(&words, codes, w[i].n,
                                dictionary_entry(w[i].count, b->total, w[i].tag), &failure));
    }
    printf("%zu words\n", words.n_keys);
    check(automaton_build(&words, AUTOMATON_DICTIONARY, charset->n + CHARSET_FIRST, out, &failure));
    automaton_builder_free(&words);
}

/* A model of words only, for training to start from. */
static struct buf lexicon_model(const struct build *b) {
    static uint16_t points[0x10000];
    struct charset charset;
    struct automaton_built words, grams;
    struct automaton_builder none = {.lanes = MODEL_LANES};
    struct buf out = {0};
    uint32_t n = characters(b, points);
    check(charset_open(&charset, points, n, &failure));
    dictionary(b, &charset, &words);
    check(automaton_build(&none, AUTOMATON_VECTORS, n + CHARSET_FIRST, &grams, &failure));
    int16_t *weights = calloc(FEATURE_COUNT, sizeof *weights);
    struct automaton a = automaton_of(&words);
    struct model_parts parts = {points, n, &a, &grams, weights, 0};
    check(model_write(&parts, &out, &failure));
    free(weights);
    automaton_builder_free(&none);
    automaton_built_free(&words);
    automaton_built_free(&grams);
    charset_close(&charset);
    return out;
}

static void write_file(const char *path, const struct buf *b) {
    FILE *f = fopen(path, "wb");
    if (!f || fwrite(b->p, 1, b->n, f) != b->n || fclose(f)) {
        perror(path);
        exit(1);
    }
}

int main(int argc, char **argv) {
    if (argc < 6)
        return fprintf(stderr, "model_build <out> <dict> <thuocl> <icd> <gold>...\n"), 2;
    struct build *b = calloc(1, sizeof *b);
    each_line(b, argv[2], add_jieba);
    each_line(b, argv[3], add_thuocl);
    each_line(b, argv[4], add_icd);
    struct buf gold[16];
    for (int i = 5; i < argc && i < 21; i++) {
        gold[i - 5] = read_file(argv[i]);
        count_gold(b, buf_span(&gold[i - 5]));
    }
    struct buf words = lexicon_model(b), out = {0};
    struct model base;
    struct train *t;
    check(model_open(&base, buf_span(&words), NULL, &failure));
    check(train_new(&t, &(struct train_options){.base = &base, .whole = true}, &failure));
    for (int i = 5; i < argc && i < 21; i++) {
        check(train_add(t, buf_span(&gold[i - 5]), &failure));
        check(train_add(t, span_text("\n"), &failure)); /* a sentence does not go on in the next */
        buf_free(&gold[i - 5]);
    }
    check(train_finish(t, &out, &failure));
    struct model_header h;
    memcpy(&h, out.p, sizeof h);
    printf("%u bytes: %u characters, %u word slots, %u n-gram slots, %u vectors\n", h.bytes,
           h.n_points, h.n_words, h.n_grams, h.n_vectors);
    write_file(argv[1], &out);
    train_free(t);
    model_close(&base);
    buf_free(&words);
    buf_free(&out);
    lexicon_free(&b->known);
    buf_free(&b->entries);
    free(b);
    return 0;
}
