/* measure_function.c - evaluation, a row a document, line or candidate.
 *
 *     SELECT cmed_span_f1(gold, predicted) FROM … {"precision":…,"recall":…,"f1":…,"types":{…}}
 *     SELECT cmed_mrr(question_id, score, label) FROM …    0.83 */
#include "function.h"

#include "learn/measure.h"

SQLITE_EXTENSION_INIT3

/* The aggregate's memory, or NULL with the error said. */
static void *measure_state(sqlite3_context *context, size_t n) {
    void *state = sqlite3_aggregate_context(context, (int)n);
    if (!state)
        sqlite3_result_error_nomem(context);
    return state;
}

/* --- spans ----------------------------------------------------------------------------------- */

static enum error_code measure_mode(struct span mode, bool *relaxed, struct error *e) {
    *relaxed = span_is(mode, "relaxed");
    if (*relaxed || span_is(mode, "strict") || mode.n == 0)
        return OK;
    return error_set(e, BAD_USE, "cmed_span_f1 is 'strict' or 'relaxed', not '%.*s'",
                     (int)(mode.n < 40 ? mode.n : 40), (const char *)mode.p);
}

static void measure_spans_step(sqlite3_context *context, int argc, sqlite3_value **argv) {
    struct measure_spans *m = measure_state(context, sizeof *m);
    struct span gold = function_span(argv[0]), predicted = function_span(argv[1]);
    struct error e;
    if (!m)
        return;
    enum error_code code = measure_mode(function_argument(argc, argv, 2), &m->relaxed, &e);
    if (!code)
        code = measure_spans_add(m, gold.p ? gold : span_text("[]"),
                                 predicted.p ? predicted : span_text("[]"), &e);
    if (code)
        door_fail(context, &e);
}

static void measure_spans_final(sqlite3_context *context) {
    struct measure_spans *m = sqlite3_aggregate_context(context, 0), none = {0};
    struct buf out = {0};
    struct error e;
    enum error_code code = measure_spans_result(m ? m : &none, &out, &e);
    if (m)
        measure_spans_free(m);
    function_text(context, code, &out, &e);
}

/* --- words ----------------------------------------------------------------------------------- */

struct measure_seg {
    struct measure_words words;
    struct names lexicon;
    bool read;
};

/* cmed_seg_f1(gold, predicted[, lexicon]): the lexicon, words with white space between, is read
 * once. */
static void measure_seg_step(sqlite3_context *context, int argc, sqlite3_value **argv) {
    struct measure_seg *m = measure_state(context, sizeof *m);
    struct span gold = function_span(argv[0]), predicted = function_span(argv[1]);
    struct span lexicon = function_argument(argc, argv, 2);
    enum error_code code = OK;
    struct error e;
    if (!m || !gold.p)
        return;
    if (!m->read && lexicon.n)
        code = measure_words_lexicon(&m->lexicon, lexicon, &e);
    m->read = true;
    if (!code)
        code = measure_words_add(&m->words, gold, predicted.p ? predicted : span_text(""),
                                 lexicon.n ? &m->lexicon : NULL, &e);
    if (code)
        door_fail(context, &e);
}

static void measure_seg_final(sqlite3_context *context) {
    struct measure_seg *m = sqlite3_aggregate_context(context, 0), none = {0};
    struct buf out = {0};
    struct error e;
    enum error_code code = measure_words_result(m ? &m->words : &none.words, &out, &e);
    if (m) {
        measure_words_free(&m->words);
        names_free(&m->lexicon);
    }
    function_text(context, code, &out, &e);
}

/* --- labels ---------------------------------------------------------------------------------- */

static void measure_labels_step(sqlite3_context *context, int argc, sqlite3_value **argv) {
    struct measure_labels *m = measure_state(context, sizeof *m);
    struct span gold = function_span(argv[0]);
    struct error e;
    (void)argc;
    if (m && gold.p && measure_labels_add(m, gold, function_span(argv[1]), &e))
        door_fail(context, &e);
}

static void measure_labels_final(sqlite3_context *context) {
    struct measure_labels *m = sqlite3_aggregate_context(context, 0), none = {0};
    struct buf out = {0};
    struct error e;
    enum error_code code = measure_labels_result(m ? m : &none, &out, &e);
    if (m)
        measure_labels_free(m);
    function_text(context, code, &out, &e);
}

static void measure_accuracy_final(sqlite3_context *context) {
    struct measure_labels *m = sqlite3_aggregate_context(context, 0);
    if (m && m->n)
        sqlite3_result_double(context, (double)m->right / (double)m->n);
    if (m)
        measure_labels_free(m);
}

/* --- scores ---------------------------------------------------------------------------------- */

static void measure_auc_step(sqlite3_context *context, int argc, sqlite3_value **argv) {
    struct measure_auc *m = measure_state(context, sizeof *m);
    struct error e;
    (void)argc;
    if (!m || sqlite3_value_type(argv[0]) == SQLITE_NULL ||
        sqlite3_value_type(argv[1]) == SQLITE_NULL)
        return;
    if (measure_auc_add(m, sqlite3_value_double(argv[0]), sqlite3_value_int64(argv[1]) > 0, &e))
        door_fail(context, &e);
}

static void measure_auc_final(sqlite3_context *context) {
    struct measure_auc *m = sqlite3_aggregate_context(context, 0);
    struct error e;
    double auc = 0;
    if (!m)
        return;
    enum error_code code = measure_auc_result(m, &auc, &e);
    measure_auc_free(m);
    function_real(context, code, auc, &e);
}

static void measure_rank_step(sqlite3_context *context, int argc, sqlite3_value **argv) {
    struct measure_rank *m = measure_state(context, sizeof *m);
    struct span query = function_span(argv[0]);
    struct error e;
    (void)argc;
    if (m && query.p && sqlite3_value_type(argv[1]) != SQLITE_NULL &&
        measure_rank_add(m, query, sqlite3_value_double(argv[1]), sqlite3_value_int64(argv[2]) > 0,
                         &e))
        door_fail(context, &e);
}

static void measure_rank_end(sqlite3_context *context, bool mrr) {
    struct measure_rank *m = sqlite3_aggregate_context(context, 0);
    struct measure_ranks ranks = {0};
    struct error e;
    if (!m)
        return;
    enum error_code code = measure_rank_result(m, &ranks, &e);
    measure_rank_free(m);
    function_real(context, code, mrr ? ranks.mrr : ranks.p_at_1, &e);
}

static void measure_mrr_final(sqlite3_context *context) {
    measure_rank_end(context, true);
}

static void measure_p_at_1_final(sqlite3_context *context) {
    measure_rank_end(context, false);
}

const struct function measure_functions[] = {
    {"cmed_span_f1", 2, FUNCTION_PURE, NULL, measure_spans_step, measure_spans_final,
     "cmed_span_f1(gold, predicted[, mode])",
     "JSON of precision, recall, f1, counts and the same per type; a row a document, spans as JSON "
     "[[start, end, \"type\"], …]; mode: strict (default; CMeEE, CCKS 2019) or relaxed (same type, shared characters)"},
    {"cmed_span_f1", 3, FUNCTION_PURE, NULL, measure_spans_step, measure_spans_final, NULL, NULL},
    {"cmed_seg_f1", 2, FUNCTION_PURE, NULL, measure_seg_step, measure_seg_final,
     "cmed_seg_f1(gold, predicted[, lexicon])",
     "JSON of precision, recall, f1 of words (SIGHAN); a row a line of words with blanks between; with a lexicon "
     "(one text of words) also the recall of words that are not in it"},
    {"cmed_seg_f1", 3, FUNCTION_PURE, NULL, measure_seg_step, measure_seg_final, NULL, NULL},
    {"cmed_label_f1", 2, FUNCTION_PURE, NULL, measure_labels_step, measure_labels_final,
     "cmed_label_f1(gold, predicted)",
     "JSON of micro and macro precision, recall, f1, accuracy and the same per label"},
    {"cmed_accuracy", 2, FUNCTION_PURE, NULL, measure_labels_step, measure_accuracy_final,
     "cmed_accuracy(gold, predicted)",
     "right rows of all rows, 0 to 1; rows without gold are left out"},
    {"cmed_auc", 2, FUNCTION_PURE, NULL, measure_auc_step, measure_auc_final,
     "cmed_auc(score, label)",
     "area under the ROC curve; label > 0 is right; a tie counts one half; NULL where one side is empty"},
    {"cmed_mrr", 3, FUNCTION_PURE, NULL, measure_rank_step, measure_mrr_final,
     "cmed_mrr(query, score, label)",
     "mean over queries of 1 / rank of the first right candidate; a tie counts against"},
    {"cmed_p_at_1", 3, FUNCTION_PURE, NULL, measure_rank_step, measure_p_at_1_final,
     "cmed_p_at_1(query, score, label)",
     "share of queries whose best candidate is right; a tie counts against"},
    {0},
};
