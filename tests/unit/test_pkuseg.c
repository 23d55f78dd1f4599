/* test_pkuseg.c - tiny models, cut by hand and by a slow reading of pkuseg's own rules. */
#include "../../ext/base/memory.h"
#include "../../ext/base/utf8.h"
#include "../../ext/words/pkuseg.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

enum { FILES_MAX = 16, TAGS = 5, FEATURES_MAX = 4000, TEXT_MAX = 64 };

/* ---- a model folder in memory ---- */

struct folder {
    struct {
        const char *name;
        struct buf bytes;
    } file[FILES_MAX];
    size_t n;
};

static struct buf *folder_file(struct folder *f, const char *name) {
    for (size_t i = 0; i < f->n; i++)
        if (strcmp(f->file[i].name, name) == 0)
            return &f->file[i].bytes;
    assert_true(f->n < FILES_MAX);
    f->file[f->n].name = name;
    return &f->file[f->n++].bytes;
}

static void folder_text(struct folder *f, const char *name, const char *text) {
    struct buf *b = folder_file(f, name);
    b->n = 0;
    assert_int_equal(buf_add_text(b, text, NULL), OK);
}

static void folder_free(struct folder *f) {
    for (size_t i = 0; i < f->n; i++)
        buf_free(&f->file[i].bytes);
    f->n = 0;
}

static enum error_code folder_get(void *of, const char *file, const char *member, struct buf *out,
                                  bool *there, struct error *e) {
    struct folder *f = of;
    for (size_t i = 0; i < f->n; i++)
        if (strcmp(f->file[i].name, member ? member : file) == 0)
            return buf_add_span(out, buf_span(&f->file[i].bytes), e);
    *there = false;
    return OK;
}

static void folder_npy(struct folder *f, const char *name, const char *type, const void *data,
                       size_t n) {
    char header[96];
    int length = snprintf(header, sizeof header,
                          "{'descr': '%s', 'fortran_order': False, 'shape': (%zu,), }\n", type, n);
    struct buf *b = folder_file(f, name);
    b->n = 0;
    assert_int_equal(buf_add(b, "\x93NUMPY\1", 8, NULL), OK);
    assert_int_equal(buf_add_byte(b, (uint8_t)length, NULL), OK);
    assert_int_equal(buf_add_byte(b, 0, NULL), OK);
    assert_int_equal(buf_add(b, header, (size_t)length, NULL), OK);
    assert_int_equal(buf_add(b, data, n * 8, NULL), OK);
}

static void folder_weights(struct folder *f, int64_t tags, int64_t features, const double *w) {
    const int64_t sizes[2] = {tags, features};
    folder_npy(f, "sizes.npy", "<i8", sizes, 2);
    folder_npy(f, "w.npy", "<f8", w, (size_t)(tags * (features + tags)));
}

static struct pkuseg *load(struct folder *f) {
    struct pkuseg_files files = {folder_get, f};
    struct pkuseg *p = NULL;
    struct error e = {0};
    if (pkuseg_load(&files, &p, &e))
        fail_msg("%s", e.text);
    return p;
}

/* The words with blanks between them, a tag behind a slash. */
static const char *cut(const struct pkuseg *p, const char *text) {
    static char line[4096];
    struct pkuseg_room room = {0};
    const struct pkuseg_word *word;
    size_t n, at = 0;
    assert_int_equal(pkuseg_cut(p, &room, span_text(text), &word, &n, NULL), OK);
    for (size_t i = 0; i < n; i++)
        at += (size_t)snprintf(line + at, sizeof line - at, "%s%.*s%s%.*s", i ? " " : "",
                               (int)word[i].n, text + word[i].at, word[i].tag.n ? "/" : "",
                               (int)word[i].tag.n, (const char *)word[i].tag.p);
    line[at] = 0;
    pkuseg_room_free(&room);
    return line;
}

/* Two tags, B = 0 and I = 1; c.X says what X is: B after 头, 患, 3 and its like, I after others. */
static const char hand_features[] =
    "{\"unigram\": [], \"bigram\": [], \"tag_to_idx\": {\"B\": 0, \"I\": 1},"
    " \"feature_to_idx\": {\"$$\": 0, \"c.头\": 1, \"c.患\": 2, \"c.**Num\": 3, \"c.&\": 4,"
    " \"c.**Letter\": 5}}";

static void hand_model(struct folder *f) {
    double w[2 * (6 + 2)] = {0};
    w[1] = 1; /* $$ leans to I */
    for (int i = 1; i <= 5; i++)
        w[2 * i] = 5;
    folder_text(f, "features.json", hand_features);
    folder_weights(f, 2, 6, w);
}

static void test_cuts_by_hand(void **state) {
    (void)state;
    static const char *const tests[][2] = {
        {"", ""},
        {" \t\r\n\xE3\x80\x80", ""},
        {"头痛患者", "头痛 患者"},
        {"痛头", "痛 头"},
        {"  头痛\xC2\xA0 痛痛\xE3\x80\x80头\n", "头痛 痛痛 头"},
        {"\xEF\xBB\xBF痛", "\xEF\xBB\xBF痛"}, /* U+FEFF is no white space */
        {"痛3痛五痛５痛％", "痛 3痛 五痛 ５痛 ％"},
        {"痛一百〇两%痛", "痛一百〇两%痛"}, /* no numerals to pkuseg */
        {"痛-痛.痛_痛,痛|痛/痛*痛:痛", "痛 -痛 .痛 _痛 ,痛 |痛 /痛 *痛 :痛"},
        {"痛Ａ痛ｚ痛ｊ痛／痛a", "痛 Ａ痛 ｚ痛ｊ痛 ／痛a"},
        {"痛😀头𠀀痛", "痛😀 头𠀀痛"},
    };
    struct folder f = {0};
    hand_model(&f);
    struct pkuseg *p = load(&f);
    for (size_t i = 0; i < sizeof tests / sizeof *tests; i++)
        assert_string_equal(cut(p, tests[i][0]), tests[i][1]);
    pkuseg_free(p);
    folder_free(&f);
}

/* All scores are equal: the first tag begins, the last one follows. */
static void test_breaks_ties(void **state) {
    (void)state;
    double w[2 * (6 + 2)] = {0};
    struct folder f = {0};
    folder_text(&f, "features.json", hand_features);
    folder_weights(&f, 2, 6, w);
    struct pkuseg *p = load(&f);
    assert_string_equal(cut(p, "头痛患者"), "头痛患者");
    pkuseg_free(p);
    folder_text(&f, "features.json",
                "{\"unigram\":[],\"feature_to_idx\":{},\"tag_to_idx\":{\"I\":0,\"B_x\":1}}");
    p = load(&f);
    assert_string_equal(cut(p, "头痛患者"), "头 痛 患 者");
    pkuseg_free(p);
    folder_free(&f);
}

static void add_dictionary(struct pkuseg *p, const char *words) {
    uint8_t pickle[256] = "\x80\4X";
    size_t n = strlen(words);
    pickle[3] = (uint8_t)n;
    memcpy(pickle + 7, words, n);
    pickle[7 + n] = '.';
    struct error e = {0};
    if (pkuseg_add_dictionary(p, span_of(pickle, n + 8), &e))
        fail_msg("%s", e.text);
}

static void test_puts_words_together(void **state) {
    (void)state;
    static const char *const tests[][2] = {
        {"头3患痛", "头3患痛"}, /* three words are one of the dictionary */
        {"头3患头3患痛", "头3 患 头3患痛"},
        {"头头", "头 头"},        /* both are in the dictionary themselves */
        {"头患", "头患"},         /* only one is */
        {"33333333", "33333333"}, /* seven, and then with the eighth */
        {"333333333", "33333333 3"},
        {"头 3", "头 3"}, /* not past white space */
    };
    struct folder f = {0};
    hand_model(&f);
    struct pkuseg *p = load(&f);
    add_dictionary(p, " 头3患痛\n头\n头头\n头患\n头3\n3333333\n33333333 ");
    for (size_t i = 0; i < sizeof tests / sizeof *tests; i++)
        assert_string_equal(cut(p, tests[i][0]), tests[i][1]);
    assert_int_equal(pkuseg_add_dictionary(p, span_text("\x80\4]."), NULL), BAD_FILE);
    assert_int_equal(pkuseg_add_dictionary(p, span_text("\x80\4X\2"), NULL), BAD_FILE);
    assert_int_equal(pkuseg_add_dictionary(p, span_text("\x80\4\x8C\1\xFF."), NULL), BAD_FILE);
    pkuseg_free(p);
    folder_free(&f);
}

static void test_cuts_out_user_words(void **state) {
    (void)state;
    static const char *const tests[][2] =
        {
            {"ab", "ab/x"},         {"abcd", "abcd"},
            {"abce", "abc/x e"}, /* up to where the longer word breaks off */
            {"abc", "ab/x c"},   /* at the end: the longest word */
            {"xaby", "x ab/x y"},   {"abab", "ab/x ab/x"},
            {"aab头", "a ab/x 头"}, {"ef ef", "ef/v ef/v"},
            {"e f", "e f"},
        };
    struct folder f = {0};
    hand_model(&f);
    struct pkuseg *p = load(&f);
    struct span lines = span_text("ab\tx\tignored\r\nabcd\n\n  ef\tn \nef \t v\n");
    assert_int_equal(pkuseg_add_words(p, lines, NULL), OK);
    for (size_t i = 0; i < sizeof tests / sizeof *tests; i++)
        assert_string_equal(cut(p, tests[i][0]), tests[i][1]);
    assert_int_equal(pkuseg_add_word(p, span_text("\xFF"), span_text(""), NULL), BAD_DATA);
    static char much[PKUSEG_USER_WORD_MAX + 2];
    memset(much, 'q', sizeof much - 1);
    assert_int_equal(pkuseg_add_word(p, span_text(much), span_text(""), NULL), BAD_DATA);
    assert_int_equal(pkuseg_add_word(p, span_text(much + 1), span_text(""), NULL), OK);
    assert_int_equal(pkuseg_add_words(p, span_text("a\xC3\n"), NULL), BAD_FILE);
    pkuseg_free(p);
    folder_free(&f);
}

static void test_reads_the_old_text(void **state) {
    (void)state;
    struct folder f = {0};
    char name[10][24];
    for (int i = 0; i < 10; i++) {
        snprintf(name[i], sizeof name[i], "featureIndex.txt_%d", i);
        folder_text(&f, name[i], "");
    }
    folder_text(&f, name[0], "0.$$ 0\n1.c.头 1\n");
    folder_text(&f, name[7], "7.c.患 2\r\n");
    folder_text(&f, "tagIndex.txt", "I 1\nB 0\n");
    folder_text(&f, "unigram_word.txt", "头痛\n\n");
    /* edges: B B, I B, B I, I I; the last two are not read, or I I would cost 90 */
    folder_text(&f, "model.txt", "2\n10\n0.0\n1.0\n5.0\n0\n5.0\n0\n0\n0\n0\n-90\n");
    struct pkuseg *p = load(&f);
    assert_string_equal(cut(p, "头痛痛患者"), "头痛痛 患者");
    pkuseg_free(p);
    static const char *const bad[][3] = {
        {"model.txt", "2\n", "whole numbers"},
        {"model.txt", "2\n10\n1\n", "10 weights"},
        {"model.txt", "2\n10\n1.0000\n-0.5\n", "weight 2 of 10"},
        {"model.txt", "2\n9\n", "9 weights"},
        {"model.txt", "0\n9\n", "0 tags"},
        {"model.txt", "2\n999999999999\n1\n", "999999999999 weights"},
        {"model.txt", "2\n10\n1\nnan\n1\n1\n1\n1\n1\n1\n1\n1\n", "weight 1 of 10"},
    };
    struct pkuseg_files files = {folder_get, &f};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct error e = {0};
        folder_text(&f, bad[i][0], bad[i][1]);
        assert_int_equal(pkuseg_load(&files, &p, &e), BAD_FILE);
        assert_non_null(strstr(e.text, bad[i][2]));
    }
    folder_free(&f);
}

/* ---- models that lie ---- */

static void test_refuses_models(void **state) {
    (void)state;
    static const struct {
        const char *features;
        int64_t tags, rows; /* as sizes.npy says; w.npy has 2 and 2 */
        const char *want;
    } tests[] = {
        {"{}", 2, 2, "'features.json': no list 'unigram'"},
        {"{\"unigram\":[]}", 2, 2, "no maps"},
        {"{\"unigram\":[1],\"feature_to_idx\":{},\"tag_to_idx\":{}}", 2, 2, "word 0"},
        {"{\"unigram\":[],\"feature_to_idx\":{},\"tag_to_idx\":{}}", 2, 2, "tag 0 has no name"},
        {"{\"unigram\":[],\"feature_to_idx\":{},\"tag_to_idx\":{\"B\":0}}", 2, 2, "tag 1 has no"},
        {"{\"unigram\":[],\"feature_to_idx\":{},\"tag_to_idx\":{\"B\":2}}", 2, 2, "none of 2"},
        {"{\"unigram\":[],\"feature_to_idx\":{},\"tag_to_idx\":{\"B\":\"x\"}}", 2, 2, "none of 2"},
        {"{\"unigram\":[],\"feature_to_idx\":{\"c.a\":2},\"tag_to_idx\":{}}", 2, 2, "feature 0"},
        {"{\"unigram\":[],\"feature_to_idx\":{\"c.a\":-1},\"tag_to_idx\":{}}", 2, 2, "feature 0"},
        {"{\"unigram\":[],\"feature_to_idx\":{\"c.a\":[]},\"tag_to_idx\":{}}", 2, 2, "feature 0"},
        {"{\"unigram\":[],\"feature_to_idx\":{\"a\":0,\"b\":0,\"c\":0},\"tag_to_idx\":{}}", 2, 2,
         "3 features, and weights for 2"},
        {"[]", 2, 2, "no list"},
        {"[", 2, 2, "not JSON"},
        {"{}", 2, 3, "'weights.npz': 8 weights for 2 tags and 3 features"},
        {"{}", 0, 2, "0 tags"},
        {"{}", 256, 2, "256 tags"},
        {"{}", 2, 0, "0 features"},
        {"{}", 2, INT64_MAX, "features"},
        {"{}", -1, 2, "-1 tags"},
    };
    const double w[8] = {0};
    for (size_t i = 0; i < sizeof tests / sizeof *tests; i++) {
        struct folder f = {0};
        struct pkuseg_files files = {folder_get, &f};
        struct pkuseg *p = NULL;
        struct error e = {0};
        const int64_t sizes[2] = {tests[i].tags, tests[i].rows};
        folder_text(&f, "features.json", tests[i].features);
        folder_weights(&f, 2, 2, w);
        folder_npy(&f, "sizes.npy", "<i8", sizes, 2);
        assert_int_equal(pkuseg_load(&files, &p, &e), BAD_FILE);
        if (!strstr(e.text, tests[i].want))
            fail_msg("'%s' does not say '%s'", e.text, tests[i].want);
        folder_free(&f);
    }
}

static void test_refuses_missing_files(void **state) {
    (void)state;
    struct folder f = {0};
    struct pkuseg_files files = {folder_get, &f};
    struct pkuseg *p = NULL;
    struct error e = {0};
    double w[8] = {0};
    assert_int_equal(pkuseg_load(&files, &p, &e), BAD_FILE);
    assert_non_null(strstr(e.text, "weights.npz"));
    folder_weights(&f, 2, 2, w);
    assert_int_equal(pkuseg_load(&files, &p, &e), BAD_FILE);
    assert_non_null(strstr(e.text, "features.pkl"));
    w[5] = 1.0 / 0.0;
    folder_weights(&f, 2, 2, w);
    folder_text(&f, "features.json",
                "{\"unigram\":[],\"feature_to_idx\":{},\"tag_to_idx\":{\"B\":0,\"I\":1}}");
    assert_int_equal(pkuseg_load(&files, &p, &e), BAD_FILE);
    assert_non_null(strstr(e.text, "weight 5"));
    folder_free(&f);
}

static void test_refuses_bad_texts(void **state) {
    (void)state;
    struct folder f = {0};
    hand_model(&f);
    struct pkuseg *p = load(&f);
    struct pkuseg_room room = {0};
    const struct pkuseg_word *word;
    size_t n;
    assert_int_equal(pkuseg_cut(p, &room, span_text("头\xE5\xA4"), &word, &n, NULL), BAD_DATA);
    assert_int_equal(pkuseg_cut(p, &room, span_text("头\xFF"), &word, &n, NULL), BAD_DATA);
    assert_int_equal(pkuseg_cut(p, &room, span_of("头\0痛", 7), &word, &n, NULL), OK);
    assert_int_equal(n, 1);
    pkuseg_room_free(&room);
    pkuseg_free(p);
    folder_free(&f);
}

/* ---- a slow reading of the rules: features are made as strings and looked up one by one ---- */

struct slow {
    char *feature[FEATURES_MAX];
    int features;
    const char *word[64];
    int words;
    double w[TAGS * (FEATURES_MAX + TAGS)];
};

static uint32_t slow_seed;

static uint32_t slow_random(uint32_t below) {
    slow_seed = slow_seed * 1664525u + 1013904223u;
    return (uint32_t)((uint64_t)(slow_seed >> 8) * below >> 24);
}

static const char *const slow_chars[] = {"发", "热", "3", "-", "Ａ", "x", "一"};
static const char *const slow_nodes[] = {"发", "热", "**Num", "&", "**Letter", "x", "一"};
enum { SLOW_CHARS = 7 };

static void slow_score(const struct slow *s, const char *feature, double *score) {
    for (int f = 0; f < s->features; f++)
        if (strcmp(s->feature[f], feature) == 0)
            for (int t = 0; t < TAGS; t++)
                score[t] += s->w[f * TAGS + t];
}

/* The word that nodes from 'start' make; *known: it is in the list. */
static const char *slow_slice(const struct slow *s, const int *c, int n, int start, int length,
                              char *room) {
    room[0] = 0;
    if (start >= 0 && start < n && start + length <= n)
        for (int i = start; i < start + length; i++)
            strcat(room, slow_nodes[c[i]]);
    for (int i = 0; i < s->words; i++)
        if (strcmp(s->word[i], room) == 0)
            return room;
    return NULL;
}

static void slow_add(const struct slow *s, double *score, const char *prefix, const char *a,
                     const char *between, const char *b) {
    char feature[256];
    snprintf(feature, sizeof feature, "%s%s%s%s", prefix, a, between, b);
    slow_score(s, feature, score);
}

static void slow_bonds(const struct slow *s, const int *c, int n, int ends, int starts,
                       const char *prefix, double *score) {
    char p[128], q[128];
    for (int l = 6; l >= 2; l--)
        for (int k = 6; k >= 2; k--) {
            const char *left = slow_slice(s, c, n, ends - l + 1, l, p);
            const char *right = slow_slice(s, c, n, starts, k, q);
            slow_add(s, score, prefix, left ? left : "**noWord", "*", right ? right : "**noWord");
        }
}

static void slow_position(const struct slow *s, const int *c, int n, int i, double *score) {
    char room[128];
    for (int t = 0; t < TAGS; t++)
        score[t] = 0 + s->w[t];
    slow_add(s, score, "c.", slow_nodes[c[i]], "", "");
    if (i > 0) {
        slow_add(s, score, "c-1.", slow_nodes[c[i - 1]], "", "");
        slow_add(s, score, "c-1c.", slow_nodes[c[i - 1]], ".", slow_nodes[c[i]]);
    }
    if (i + 1 < n) {
        slow_add(s, score, "c1.", slow_nodes[c[i + 1]], "", "");
        slow_add(s, score, "cc1.", slow_nodes[c[i]], ".", slow_nodes[c[i + 1]]);
    }
    if (i > 1) {
        slow_add(s, score, "c-2.", slow_nodes[c[i - 2]], "", "");
        slow_add(s, score, "c-2c-1.", slow_nodes[c[i - 2]], ".", slow_nodes[c[i - 1]]);
    }
    if (i + 2 < n)
        slow_add(s, score, "c2.", slow_nodes[c[i + 2]], "", "");
    for (int l = 6; l >= 2; l--)
        if (slow_slice(s, c, n, i - l + 1, l, room))
            slow_add(s, score, "w-1.", room, "", "");
    for (int l = 6; l >= 2; l--)
        if (slow_slice(s, c, n, i, l, room))
            slow_add(s, score, "w1.", room, "", "");
    slow_bonds(s, c, n, i - 1, i, "ww.l.", score);
    slow_bonds(s, c, n, i, i + 1, "ww.r.", score);
}

static void slow_tags(const struct slow *s, const int *c, int n, int *tag) {
    double node[TEXT_MAX][TAGS], best[TEXT_MAX][TAGS];
    int next[TEXT_MAX][TAGS] = {{0}};
    for (int i = n - 1; i >= 0; i--) {
        slow_position(s, c, n, i, node[i]);
        for (int y = 0; y < TAGS; y++) {
            best[i][y] = node[i][y];
            for (int b = 0; i + 1 < n && b < TAGS; b++) {
                double edge = 1.0 + s->w[s->features * TAGS + b * TAGS + y];
                double score = best[i + 1][b] + node[i][y] + edge;
                if (b == 0 || score >= best[i][y]) {
                    best[i][y] = score;
                    next[i][y] = b;
                }
            }
        }
    }
    tag[0] = 0;
    for (int y = 1; y < TAGS; y++)
        if (best[0][y] > best[0][tag[0]])
            tag[0] = y;
    for (int i = 1; i < n; i++)
        tag[i] = next[i - 1][tag[i - 1]];
}

static void slow_feature(struct slow *s, const char *prefix, const char *a, const char *between,
                         const char *b) {
    char feature[256];
    snprintf(feature, sizeof feature, "%s%s%s%s", prefix, a, between, b);
    assert_true(s->features < FEATURES_MAX);
    if (slow_random(10) < 8)
        s->feature[s->features++] = strdup(feature);
}

/* Most features that texts over the characters can have, and some that none has. 'kind' is a set
 * of bits: 1, "" is a word; 2, bonds with "**noWord". */
static void slow_model(struct slow *s, unsigned kind) {
    static const char *const words[] = {
        "发热",         "热发", "x一x", "**Num发", "一一一一",         "&&", "发x发x发",
        "热热热热热热", "发",   "发3",  "-热",     "**Letter**Letter", "x*", ""};
    static const char *const nodes[] = {"c.", "c-1.", "c1.", "c-2.", "c2."};
    static const char *const pairs[] = {"c-1c.", "cc1.", "c-2c-1."};
    const char *side[16];
    int sides = 0;
    s->words = (int)(sizeof words / sizeof *words) - !(kind & 1);
    memcpy(s->word, words, sizeof words);
    memcpy(side, words, sizeof words);
    sides = s->words;
    if (kind & 2)
        side[sides++] = "**noWord";
    s->feature[s->features++] = strdup("$$");
    for (int a = 0; a < SLOW_CHARS; a++) {
        for (int k = 0; k < 5; k++)
            slow_feature(s, nodes[k], slow_nodes[a], "", "");
        for (int b = 0; b < SLOW_CHARS; b++)
            for (int k = 0; k < 3; k++)
                slow_feature(s, pairs[k], slow_nodes[a], ".", slow_nodes[b]);
    }
    for (int a = 0; a < sides; a++) {
        slow_feature(s, "w-1.", side[a], "", "");
        slow_feature(s, "w1.", side[a], "", "");
        for (int b = 0; b < sides; b++) {
            slow_feature(s, "ww.l.", side[a], "*", side[b]);
            slow_feature(s, "ww.r.", side[a], "*", side[b]);
        }
    }
    slow_feature(s, "c.", "5", "", "");
    slow_feature(s, "cc1.", "发", "", "热");
    slow_feature(s, "w1.", "未知", "", "");
    for (int i = 0; i < TAGS * (s->features + TAGS); i++)
        s->w[i] = ((double)slow_random(20001) - 10000) / 7000 / (1 + slow_random(3));
}

static void slow_folder(const struct slow *s, struct folder *f) {
    struct buf *b = folder_file(f, "features.json");
    b->n = 0;
    buf_add_text(b, "{\"tag_to_idx\":{\"B\":0,\"B_single\":1,\"I\":2,\"I_end\":3,\"I_first\":4}",
                 NULL);
    for (int i = 0; i < s->words; i++) {
        buf_add_text(b, i ? "," : ",\"unigram\":[", NULL);
        buf_add_json(b, span_text(s->word[i]), NULL);
    }
    for (int i = 0; i < s->features; i++) {
        buf_add_text(b, i ? "," : "],\"feature_to_idx\":{", NULL);
        buf_add_json(b, span_text(s->feature[i]), NULL);
        buf_add_byte(b, ':', NULL);
        buf_add_integer(b, i, NULL);
    }
    assert_int_equal(buf_add_text(b, "}}", NULL), OK);
    folder_weights(f, TAGS, s->features, s->w);
}

static void slow_text(const struct slow *s, char *text, char *want) {
    int c[TEXT_MAX], tag[TEXT_MAX] = {0}, n = 1 + (int)slow_random(30);
    for (int i = 0; i < n; i++)
        c[i] = (int)slow_random(SLOW_CHARS);
    slow_tags(s, c, n, tag);
    *text = *want = 0;
    for (int i = 0; i < n; i++) {
        strcat(text, slow_chars[c[i]]);
        strcat(want, i && tag[i] < 2 ? " " : "");
        strcat(want, slow_chars[c[i]]);
    }
}

static void test_agrees_with_the_slow_reading(void **state) {
    (void)state;
    for (unsigned kind = 0; kind < 4; kind++) {
        struct slow *s = calloc(1, sizeof *s);
        struct folder f = {0};
        char text[TEXT_MAX * 4], want[TEXT_MAX * 5];
        slow_seed = 20180 + kind;
        slow_model(s, kind);
        slow_folder(s, &f);
        struct pkuseg *p = load(&f);
        for (int i = 0; i < 60; i++) {
            slow_text(s, text, want);
            assert_string_equal(cut(p, text), want);
        }
        pkuseg_free(p);
        folder_free(&f);
        for (int i = 0; i < s->features; i++)
            free(s->feature[i]);
        free(s);
    }
}

/* ---- tags ---- */

static void test_tags_words(void **state) {
    (void)state;
    static const struct {
        const char *text, *want;
    } tests[] = {
        {"头痛", "头痛/n"},
        {"头痛3头痛", "头痛/n 3/m 头痛/v"}, /* after a number it is v */
        {"头痛五3头痛", "头痛/n 五/m 3/m 头痛/v"},
        {"-痛头痛", "-痛/v 头痛/n"}, /* begins with '&' */
        {"头头痛", "头/n 头痛/n"},
        {"患头痛", "患/v 头痛/n"}, /* the first, before 头痛 */
        {"患", "患/n"},
        {"", ""},
    };
    static const char features[] =
        "{\"feature_to_idx\":{\"$$\":0,\"w.**Num\":1,\"tr1.w-1.**Num\":2,\"tr1.pre.1.&\":3,"
        "\"tr1.w_0_1.患.头痛\":4,\"tr1.w-2.BOS\":5,\"tr1.post.2.头痛\":6},"
        "\"tag_to_idx\":{\"v\":0,\"m\":1,\"n\":2}}";
    double w[3 * (7 + 3)] = {0};
    w[0 * 3 + 2] = 1; /* n */
    w[1 * 3 + 1] = 9;
    w[2 * 3 + 0] = 4;
    w[3 * 3 + 0] = 4;
    w[4 * 3 + 0] = 4;
    w[5 * 3 + 1] = 0.5;
    w[6 * 3 + 2] = 0.25;
    struct folder f = {0}, g = {0};
    hand_model(&f);
    folder_text(&g, "features.json", features);
    folder_weights(&g, 3, 7, w);
    struct pkuseg *p = load(&f);
    struct pkuseg_files files = {folder_get, &g};
    struct error e = {0};
    if (pkuseg_load_tags(p, &files, &e))
        fail_msg("%s", e.text);
    for (size_t i = 0; i < sizeof tests / sizeof *tests; i++)
        assert_string_equal(cut(p, tests[i].text), tests[i].want);
    assert_int_equal(pkuseg_add_word(p, span_text("头痛"), span_text("病"), NULL), OK);
    assert_string_equal(cut(p, "患头痛3"), "患/v 头痛/病 3/m");
    pkuseg_free(p);
    folder_free(&f);
    folder_free(&g);
}

/* ---- no memory ---- */

static size_t live, allowed;

static void *scarce_resize(void *p, unsigned long long n) {
    if (allowed == 0)
        return NULL;
    allowed--;
    live += !p;
    return realloc(p, (size_t)n);
}

static void *scarce_alloc(unsigned long long n) {
    return scarce_resize(NULL, n);
}

static void scarce_free(void *p) {
    live -= p != NULL;
    free(p);
}

static enum error_code scarce_run(const struct pkuseg_files *files) {
    struct pkuseg *p = NULL;
    struct pkuseg_room room = {0};
    const struct pkuseg_word *word;
    size_t n;
    enum error_code code = pkuseg_load(files, &p, NULL);
    if (!code)
        code = pkuseg_load_tags(p, files, NULL);
    if (!code)
        code = pkuseg_add_word(p, span_text("头痛"), span_text("n"), NULL);
    if (!code)
        code = pkuseg_add_dictionary(p, span_text("\x80\4\x8C\6发热."), NULL);
    if (!code)
        code = pkuseg_cut(p, &room, span_text("发热头痛 患者3"), &word, &n, NULL);
    pkuseg_room_free(&room);
    pkuseg_free(p);
    return code;
}

static void test_survives_no_memory(void **state) {
    (void)state;
    static const struct memory scarce = {scarce_alloc, scarce_resize, scarce_free};
    struct folder f = {0};
    memory_use(&scarce);
    allowed = SIZE_MAX;
    hand_model(&f);
    size_t before = live, tries = 0;
    struct pkuseg_files files = {folder_get, &f};
    for (enum error_code code = NO_MEMORY; code; tries++) {
        allowed = tries;
        code = scarce_run(&files);
        assert_true(code == OK || code == NO_MEMORY);
        assert_int_equal(live, before);
    }
    assert_true(tries > 30);
    folder_free(&f);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cuts_by_hand),
        cmocka_unit_test(test_breaks_ties),
        cmocka_unit_test(test_puts_words_together),
        cmocka_unit_test(test_cuts_out_user_words),
        cmocka_unit_test(test_reads_the_old_text),
        cmocka_unit_test(test_refuses_models),
        cmocka_unit_test(test_refuses_missing_files),
        cmocka_unit_test(test_refuses_bad_texts),
        cmocka_unit_test(test_agrees_with_the_slow_reading),
        cmocka_unit_test(test_tags_words),
        cmocka_unit_test(test_survives_no_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
