/* match_function.c - how alike two texts are, and what goes together.
 *
 *     SELECT cmed_similarity('乳腺癌', '左乳腺癌', 'levenshtein');    0.75
 *     SELECT cmed_levenshtein('乳腺癌', '左乳腺癌');                 1 */
#include "function.h"

#include "base/memory.h"
#include "learn/knowledge.h"
#include "match/similarity.h"

SQLITE_EXTENSION_INIT3

/* The work space of a statement's calls, kept with the method's argument. */
struct match_state {
    struct similarity similarity;
    const struct similarity_method *method;
    struct idf idf;
};

static void match_state_free(void *p) {
    struct match_state *s = p;
    similarity_free(&s->similarity);
    memory_free(s);
}

enum {
    MATCH_STATE = -1, /* auxiliary data: of the call, */
    MATCH_IDF = 3,    /* of the argument */
    MATCH_LONG = 4096 /* bytes of either text: work that may be interrupted */
};

static struct match_state *match_state(sqlite3_context *context) {
    struct match_state *s = sqlite3_get_auxdata(context, MATCH_STATE);
    if (s)
        return s;
    s = memory_zero(sizeof *s);
    if (s)
        sqlite3_set_auxdata(context, MATCH_STATE, s, match_state_free);
    s = s ? sqlite3_get_auxdata(context, MATCH_STATE) : NULL;
    if (!s)
        sqlite3_result_error_nomem(context);
    return s;
}

/* A constant BLOB is looked through once. */
static enum error_code match_idf(sqlite3_context *context, struct match_state *s,
                                 sqlite3_value *blob, struct error *e) {
    struct idf *known = sqlite3_get_auxdata(context, MATCH_IDF);
    if (known) {
        s->idf = *known;
        return OK;
    }
    enum error_code code = idf_open(&s->idf, function_span(blob), e);
    known = code ? NULL : memory_alloc(sizeof *known);
    if (known) {
        *known = s->idf;
        sqlite3_set_auxdata(context, MATCH_IDF, known, memory_free);
    }
    return code;
}

/* cmed_similarity(a, b[, method[, idf]]) */
static void match_similarity(sqlite3_context *context, int argc, sqlite3_value **argv) {
    struct span a = function_span(argv[0]), b = function_span(argv[1]);
    struct function_poll poll;
    struct match_state *s = a.p && b.p ? match_state(context) : NULL;
    struct error e;
    double x = 0;
    if (!s)
        return;
    enum error_code code = similarity_find(function_argument(argc, argv, 2), &s->method, &e);
    if (!code && argc > 3)
        code = match_idf(context, s, argv[3], &e);
    function_poll_begin(&poll, context, a.n > MATCH_LONG && b.n > MATCH_LONG);
    s->similarity.idf = argc > 3 ? &s->idf : NULL;
    s->similarity.poll = poll.probe ? &poll.poll : NULL;
    if (!code)
        code = similarity_pair(&s->similarity, s->method, a, b, &x, &e);
    function_poll_end(&poll);
    function_real(context, code, x, &e);
}

static void match_levenshtein(sqlite3_context *context, int argc, sqlite3_value **argv) {
    struct span a = function_span(argv[0]), b = function_span(argv[1]);
    struct match_state *s = a.p && b.p ? match_state(context) : NULL;
    struct error e;
    size_t distance = 0;
    (void)argc;
    if (!s)
        return;
    enum error_code code = points_decode(&s->similarity.a, a, &e);
    if (!code)
        code = points_decode(&s->similarity.b, b, &e);
    if (!code)
        code = edit_levenshtein(&s->similarity.edit, &s->similarity.a, &s->similarity.b, &distance,
                                &e);
    if (code)
        door_fail(context, &e);
    else
        sqlite3_result_int64(context, (sqlite3_int64)distance);
}

/* --- idf ------------------------------------------------------------------------------------- */

static void match_idf_step(sqlite3_context *context, int argc, sqlite3_value **argv) {
    struct idf_builder *b = sqlite3_aggregate_context(context, sizeof *b);
    struct span text = function_span(argv[0]);
    struct error e;
    (void)argc;
    if (!b)
        sqlite3_result_error_nomem(context);
    else if (text.p && idf_builder_add(b, text, &e))
        door_fail(context, &e);
}

static void match_idf_final(sqlite3_context *context) {
    struct idf_builder *b = sqlite3_aggregate_context(context, 0), none = {0};
    struct buf out = {0};
    struct error e;
    enum error_code code = idf_builder_write(b ? b : &none, &out, &e);
    if (b)
        idf_builder_free(b);
    function_blob(context, code, &out, &e);
}

/* --- two things in n records ----------------------------------------------------------------- */

static void match_table(sqlite3_context *context, int argc, sqlite3_value **argv,
                        double (*measure)(const struct knowledge_table *)) {
    struct knowledge_table t;
    struct error e;
    double n[4];
    for (int i = 0; i < argc; i++) {
        if (sqlite3_value_type(argv[i]) == SQLITE_NULL)
            return;
        n[i] = sqlite3_value_double(argv[i]);
    }
    enum error_code code = knowledge_table(n[0], n[1], n[2], n[3], &t, &e);
    function_real(context, code, code ? 0 : measure(&t), &e);
}

static void match_pmi(sqlite3_context *context, int argc, sqlite3_value **argv) {
    match_table(context, argc, argv, knowledge_pmi);
}

static void match_odds_ratio(sqlite3_context *context, int argc, sqlite3_value **argv) {
    match_table(context, argc, argv, knowledge_odds_ratio);
}

static void match_chi2(sqlite3_context *context, int argc, sqlite3_value **argv) {
    match_table(context, argc, argv, knowledge_chi2);
}

/* --- a graph from records -------------------------------------------------------------------- */

struct match_graph {
    struct knowledge knowledge;
    enum knowledge_method method;
};

static void match_graph_step(sqlite3_context *context, int argc, sqlite3_value **argv) {
    struct match_graph *g = sqlite3_aggregate_context(context, sizeof *g);
    struct span record = function_span(argv[0]);
    struct error e;
    if (!g) {
        sqlite3_result_error_nomem(context);
        return;
    }
    enum error_code code = knowledge_parse(function_argument(argc, argv, 3), &g->method, &e);
    if (!code && record.p)
        code = knowledge_add(&g->knowledge, record, function_span(argv[1]), function_span(argv[2]),
                             &e);
    if (code)
        door_fail(context, &e);
}

static void match_graph_final(sqlite3_context *context) {
    struct match_graph *g = sqlite3_aggregate_context(context, 0), none = {0};
    struct function_poll poll;
    struct buf out = {0};
    struct error e;
    function_poll_begin(&poll, context, true);
    g = g ? g : &none;
    g->knowledge.poll = &poll.poll;
    enum error_code code = knowledge_learn(&g->knowledge, g->method, &out, &e);
    knowledge_free(&g->knowledge);
    function_poll_end(&poll);
    function_text(context, code, &out, &e);
}

const struct function match_functions[] = {
    {"cmed_similarity", 2, FUNCTION_PURE, match_similarity, NULL, NULL,
     "cmed_similarity(a, b[, method[, idf]])",
     "0 to 1, over code points; method: jaccard (default), dice, overlap, cosine, levenshtein, indel, jaro, "
     "jaro_winkler, lcs, lcs_substring, bm25, tfidf, …; idf: a model of cmed_idf()"},
    {"cmed_similarity", 3, FUNCTION_PURE, match_similarity, NULL, NULL, NULL, NULL},
    {"cmed_similarity", 4, FUNCTION_PURE, match_similarity, NULL, NULL, NULL, NULL},
    {"cmed_levenshtein", 2, FUNCTION_PURE, match_levenshtein, NULL, NULL, "cmed_levenshtein(a, b)",
     "insertions, deletions and substitutions of code points between a and b (Myers 1999)"},
    {"cmed_idf", 1, FUNCTION_PURE, NULL, match_idf_step, match_idf_final, "cmed_idf(text)",
     "a BLOB: in how many texts each character and pair of characters stands"},
    {"cmed_pmi", 4, FUNCTION_PURE, match_pmi, NULL, NULL, "cmed_pmi(n_xy, n_x, n_y, n)",
     "log2 of how much oftener x and y stand together in n records than by chance; NULL where never"},
    {"cmed_odds_ratio", 4, FUNCTION_PURE, match_odds_ratio, NULL, NULL,
     "cmed_odds_ratio(n_xy, n_x, n_y, n)",
     "odds of y with x to those without; 0.5 is added to each cell where one is 0"},
    {"cmed_chi2", 4, FUNCTION_PURE, match_chi2, NULL, NULL, "cmed_chi2(n_xy, n_x, n_y, n)",
     "Pearson's chi-square of the 2 by 2 table, without correction; NULL where a row or column is empty"},
    {"cmed_noisy_or", 3, FUNCTION_PURE, NULL, match_graph_step, match_graph_final,
     "cmed_noisy_or(record, cause, effect[, method])",
     "JSON [{cause, effect, weight, n}, …] learnt from records (Rotmensch 2017); method: noisy_or, naive_bayes, logistic"},
    {"cmed_noisy_or", 4, FUNCTION_PURE, NULL, match_graph_step, match_graph_final, NULL, NULL},
    {0},
};
