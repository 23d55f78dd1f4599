/* learn_function.c - models that are learnt from a query, and what they say.
 *
 *     SELECT cmed_load_model('intent', cmed_train_classifier(query, label)) FROM kuake_qic(…);
 *     SELECT cmed_classify('胃疼吃什么药', 'intent');                  治疗方案
 *     SELECT cmed_same('咯血的原因', '为什么会咯血', model) FROM models;  0.97 */
#include "function.h"
#include "language.h"

#include "base/memory.h"
#include "learn/classifier.h"
#include "learn/paraphrase_train.h"
#include "learn/tag_train.h"

SQLITE_EXTENSION_INIT3

enum { LEARN_WORK = -1 }; /* auxiliary data of the call: its work space */

static void learn_fail(sqlite3_context *context, const char *name, const struct error *why) {
    struct error e;
    error_set(&e, why->code, "%s: %s", name, why->text);
    door_fail(context, &e);
}

/* The work space of a statement's calls, all zero at first; NULL with the error said. */
static void *learn_work(sqlite3_context *context, size_t size, void (*release)(void *)) {
    void *work = sqlite3_get_auxdata(context, LEARN_WORK);
    if (work)
        return work;
    work = memory_zero(size);
    if (work)
        sqlite3_set_auxdata(context, LEARN_WORK, work, release);
    work = work ? sqlite3_get_auxdata(context, LEARN_WORK) : NULL;
    if (!work)
        sqlite3_result_error_nomem(context);
    return work;
}

/* The last argument as a model of a kind; the caller releases *holder. */
static enum error_code learn_model(sqlite3_context *context, int argc, sqlite3_value **argv,
                                   const char *kind, struct language_model **holder,
                                   const void **out, struct error *e) {
    enum error_code code = language_argument(context, argc, argv, argc - 1, holder, e);
    return code ? code : language_object(*holder, kind, out, e);
}

/* --- labels ---------------------------------------------------------------------------------- */

static void learn_classifier_free(void *p) {
    classifier_free(p);
    memory_free(p);
}

/* cmed_classify(text, model) */
static void learn_classify(sqlite3_context *context, int argc, sqlite3_value **argv) {
    struct span text = function_span(argv[0]), label;
    struct language_model *holder = NULL;
    const void *m;
    struct error e;
    struct classifier *c = text.p ? learn_work(context, sizeof *c, learn_classifier_free) : NULL;
    if (!c)
        return;
    enum error_code code = learn_model(context, argc, argv, "classifier", &holder, &m, &e);
    if (!code)
        code = classifier_label(c, m, text, &label, &e);
    if (code)
        learn_fail(context, "cmed_classify", &e);
    else
        sqlite3_result_text64(context, (const char *)label.p, label.n, SQLITE_TRANSIENT,
                              SQLITE_UTF8);
    language_release(holder);
}

struct learn_classifier {
    struct classifier *work;
    struct linear_trainer trainer;
    bool failed;
};

static void learn_classifier_step(sqlite3_context *context, int argc, sqlite3_value **argv) {
    struct learn_classifier *c = sqlite3_aggregate_context(context, sizeof *c);
    struct span text = function_span(argv[0]), label = function_span(argv[1]);
    enum error_code code = OK;
    struct error e;
    (void)argc;
    if (!c || !text.p || !label.p || c->failed) {
        if (!c)
            sqlite3_result_error_nomem(context);
        return;
    }
    if (!c->work && !(c->work = memory_zero(sizeof *c->work)))
        code = error_no_memory(&e);
    if (!code)
        code = classifier_read(c->work, text, &e);
    if (!code)
        code = linear_train_add(&c->trainer, &c->work->bag, label, LINEAR_LEARN, &e);
    c->failed = code != OK;
    if (code)
        learn_fail(context, "cmed_train_classifier", &e);
}

static void learn_classifier_final(sqlite3_context *context) {
    struct learn_classifier *c = sqlite3_aggregate_context(context, 0), none = {0};
    struct function_poll poll;
    struct buf out = {0};
    struct error e;
    c = c ? c : &none;
    c->trainer.options = classifier_options;
    function_poll_begin(&poll, context, !c->failed);
    if (!c->failed && linear_train_finish(&c->trainer, &poll.poll, &out, &e))
        learn_fail(context, "cmed_train_classifier", &e);
    else if (!c->failed)
        function_blob(context, OK, &out, &e);
    function_poll_end(&poll);
    buf_free(&out);
    linear_train_free(&c->trainer);
    if (c->work)
        learn_classifier_free(c->work);
}

/* --- pairs ----------------------------------------------------------------------------------- */

static void learn_paraphrase_free(void *p) {
    paraphrase_free(p);
    memory_free(p);
}

/* cmed_same(a, b, model) */
static void learn_same(sqlite3_context *context, int argc, sqlite3_value **argv) {
    struct span a = function_span(argv[0]), b = function_span(argv[1]);
    struct language_model *holder = NULL;
    const void *m;
    struct error e;
    double same = 0;
    struct paraphrase *p =
        a.p && b.p ? learn_work(context, sizeof *p, learn_paraphrase_free) : NULL;
    if (!p)
        return;
    enum error_code code = learn_model(context, argc, argv, "pairs", &holder, &m, &e);
    if (!code)
        code = paraphrase_same(p, m, a, b, &same, &e);
    if (code)
        learn_fail(context, "cmed_same", &e);
    else
        sqlite3_result_double(context, same);
    language_release(holder);
}

struct learn_pairs {
    struct paraphrase_trainer trainer;
    bool failed;
};

/* A label below 0 is what files write for one that nobody knows. */
static void learn_pairs_step(sqlite3_context *context, int argc, sqlite3_value **argv) {
    struct learn_pairs *t = sqlite3_aggregate_context(context, sizeof *t);
    struct span a = function_span(argv[0]), b = function_span(argv[1]);
    struct error e;
    (void)argc;
    if (!t)
        sqlite3_result_error_nomem(context);
    if (!t || t->failed || !a.p || !b.p || sqlite3_value_type(argv[2]) == SQLITE_NULL)
        return;
    double label = sqlite3_value_double(argv[2]);
    if (label < 0 || !paraphrase_train_add(&t->trainer, a, b, label > 0, &e))
        return;
    t->failed = true;
    learn_fail(context, "cmed_train_pairs", &e);
}

static void learn_pairs_final(sqlite3_context *context) {
    struct learn_pairs *t = sqlite3_aggregate_context(context, 0), none = {0};
    struct function_poll poll;
    struct buf out = {0};
    struct error e;
    t = t ? t : &none;
    function_poll_begin(&poll, context, !t->failed);
    if (!t->failed && paraphrase_train_finish(&t->trainer, &poll.poll, &out, &e))
        learn_fail(context, "cmed_train_pairs", &e);
    else if (!t->failed)
        function_blob(context, OK, &out, &e);
    function_poll_end(&poll);
    buf_free(&out);
    paraphrase_train_free(&t->trainer);
}

/* --- mentions -------------------------------------------------------------------------------- */

struct learn_tagger {
    struct tag_trainer *trainer;
    struct language_model *base; /* the shipped one: its dictionary says words */
    bool failed;
};

static enum error_code learn_tagger_begin(sqlite3_context *context, struct learn_tagger *t,
                                          struct error *e) {
    enum error_code code =
        language_find(&function_connection(context)->language, span_text(""), &t->base, e);
    return code ? code : tag_train_new(&t->trainer, t->base->cut.own, e);
}

static void learn_tagger_step(sqlite3_context *context, int argc, sqlite3_value **argv) {
    struct learn_tagger *t = sqlite3_aggregate_context(context, sizeof *t);
    struct span text = function_span(argv[0]), spans = function_span(argv[1]);
    struct error e;
    (void)argc;
    if (!t)
        sqlite3_result_error_nomem(context);
    if (!t || t->failed || !text.p || !spans.p)
        return;
    enum error_code code = t->trainer ? OK : learn_tagger_begin(context, t, &e);
    if (!code)
        code = tag_train_add(t->trainer, text, spans, &e);
    t->failed = code != OK;
    if (code)
        learn_fail(context, "cmed_train_tagger", &e);
}

static void learn_tagger_final(sqlite3_context *context) {
    struct learn_tagger *t = sqlite3_aggregate_context(context, 0), none = {0};
    struct function_poll poll;
    struct buf out = {0};
    struct error e;
    t = t ? t : &none;
    function_poll_begin(&poll, context, t->trainer && !t->failed);
    enum error_code code =
        t->trainer || t->failed ? OK : error_set(&e, BAD_DATA, "there is no mention to learn from");
    if (!code && !t->failed)
        code = tag_train_finish(t->trainer, &poll.poll, &out, &e);
    if (code)
        learn_fail(context, "cmed_train_tagger", &e);
    else if (!t->failed)
        function_blob(context, OK, &out, &e);
    function_poll_end(&poll);
    buf_free(&out);
    tag_train_free(t->trainer);
    language_release(t->base);
}

const struct function learn_functions[] = {
    {"cmed_train_tagger", 2, FUNCTION_MODEL, NULL, learn_tagger_step, learn_tagger_final,
     "cmed_train_tagger(text, spans)",
     "a model as a BLOB for cmed_entities, learnt from texts and their mentions, JSON [[start, end, \"type\"], …] in code "
     "points, at most 60 types; mentions may nest; conditional random fields over characters, words of the dictionary "
     "that ships and a dictionary of the mentions; the same rows give the same model"},
    {"cmed_train_classifier", 2, FUNCTION_PURE, NULL, learn_classifier_step, learn_classifier_final,
     "cmed_train_classifier(text, label)",
     "a model as a BLOB, learnt from texts and their labels, two labels or more: a linear support vector machine over "
     "character 1- to 3-grams; rows with a NULL are left out; the same rows give the same model"},
    {"cmed_classify", 2, FUNCTION_MODEL, learn_classify, NULL, NULL, "cmed_classify(text, model)",
     "the text's label; model: a name of cmed_load_model or a BLOB of cmed_train_classifier"},
    {"cmed_train_pairs", 3, FUNCTION_PURE, NULL, learn_pairs_step, learn_pairs_final,
     "cmed_train_pairs(a, b, label)",
     "a model as a BLOB, learnt from pairs of texts: label over 0: they mean the same, 0: they do not, below 0 or NULL: "
     "left out; learns also from what pairs imply (a = b and a = c: b = c)"},
    {"cmed_same", 3, FUNCTION_MODEL, learn_same, NULL, NULL, "cmed_same(a, b, model)",
     "the probability that a and b mean the same, 0 to 1, symmetric; model: a name of cmed_load_model or a BLOB of "
     "cmed_train_pairs"},
    {0},
};
