/* words_function.c - functions of words and of the models that find them.
 *
 *     SELECT cmed_segment('血红蛋白120g/L');             血红蛋白 120 g/L
 *     SELECT cmed_query('糖尿病 AND 怎么办？');          "糖尿病" "AND" "怎么办"
 *     SELECT cmed_load_model('amttl', cmed_train_segmenter(words)) FROM seg_corpus('train.txt'); */
#include "folder.h"
#include "function.h"

#include "base/utf8.h"
#include "words/train.h"

SQLITE_EXTENSION_INIT3

enum {
    WORDS_LONG = 1 << 20, /* bytes of a text: work that may be interrupted */
    WORDS_KEPT = 1 << 20  /* bytes of a work space that are kept for the next call */
};

static struct language *words_language(sqlite3_context *context) {
    return &function_connection(context)->language;
}

static void words_fail(sqlite3_context *context, const char *name, const struct error *why) {
    struct error e;
    error_set(&e, why->code, "%s: %s", name, why->text);
    door_fail(context, &e);
}

static void words_empty(struct buf *b) {
    b->n = 0;
    if (b->cap > WORDS_KEPT)
        buf_free(b);
}

/* --- segmentation ---------------------------------------------------------------------------- */

static enum error_code words_join(sqlite3_context *context, struct span text, int argc,
                                  sqlite3_value **argv, struct error *e) {
    struct language *l = words_language(context);
    struct language_model *m;
    struct function_poll poll;
    size_t valid = utf8_valid(text);
    if (valid < text.n)
        return error_set(e, BAD_DATA, "byte 0x%02X is not UTF-8", text.p[valid]);
    enum error_code code = language_argument(context, argc, argv, 1, &m, e);
    if (code)
        return code;
    code = language_segmenter(m, e);
    function_poll_begin(&poll, context, text.n > WORDS_LONG);
    if (!code)
        code = cut_join(&l->cut, &m->cut, &l->users, text, poll.probe ? &poll.poll : NULL,
                        &l->words, e);
    function_poll_end(&poll);
    language_release(m);
    return code;
}

/* A text without a NUL goes as a C string: with a length of its own, SQLite copies it once more. */
static void words_result(sqlite3_context *context, struct buf *out) {
    const char *text = out->n ? (const char *)out->p : "";
    if (out->n)
        out->p[out->n] = 0; /* buf_reserve keeps room for it */
    if (strlen(text) == out->n)
        sqlite3_result_text(context, text, -1, SQLITE_TRANSIENT);
    else
        sqlite3_result_text64(context, text, out->n, SQLITE_TRANSIENT, SQLITE_UTF8);
}

static void words_segment(sqlite3_context *context, int argc, sqlite3_value **argv) {
    struct language *l = words_language(context);
    struct span text = function_span(argv[0]);
    struct error e;
    if (!text.p)
        return;
    if (words_join(context, text, argc, argv, &e))
        words_fail(context, "cmed_segment", &e);
    else
        words_result(context, &l->words);
    words_empty(&l->words);
}

/* --- a query of FTS5 ------------------------------------------------------------------------- */

struct words_quoter {
    struct language *language;
    const struct language_model *model;
    struct span text;
    struct error *e;
};

/* Whether the segmenter would part the word if it stood alone, as it will in the query. */
static enum error_code words_parts(const struct words_quoter *q, struct span word, bool *yes) {
    struct cut_word w;
    enum error_code code = cut_begin(&q->language->cut, &q->model->cut, NULL, word, q->e);
    *yes = !code && cut_next(&q->language->cut, &w) && w.place.end - w.place.start < word.n;
    return code;
}

/* The word as it is in the text, where that alone normalises to it: 三 in 三级 does not. */
static enum error_code words_spelling(const struct words_quoter *q, struct span token,
                                      struct span *word) {
    struct buf *text = &q->language->text;
    text->n = 0;
    enum error_code code = normalize_utf8(*word, NORMALIZE_ALL, text, q->e);
    if (!code && !span_same(buf_span(text), token))
        *word = token;
    return code;
}

/* Appends the word as it is in the text, as "word" with a blank before it, and a word joiner where
 * it needs one; a quote in it is doubled. */
static int words_quote(void *of, bool colocated, struct span token, size_t start, size_t end) {
    struct words_quoter *q = of;
    struct span word = span_slice(q->text, start, end);
    struct buf *out = &q->language->words;
    bool parts;
    (void)colocated;
    enum error_code code = words_parts(q, token, &parts);
    if (!code)
        code = words_spelling(q, token, &word);
    if (!code)
        code = buf_add_text(out, out->n ? " \"" : "\"", q->e);
    if (!code && parts)
        code = buf_add_text(out, TOKENS_JOINER, q->e);
    for (size_t at = 0, quote; !code && at < word.n; at = quote + 1) {
        quote = span_find(word, at, '"');
        code = buf_add_span(out, span_slice(word, at, quote), q->e);
        if (!code && quote < word.n)
            code = buf_add_text(out, "\"\"", q->e);
    }
    return (int)(code ? code : buf_add_byte(out, '"', q->e));
}

/* The words that the tokenizer will see, in the spelling of the text. */
static enum error_code words_quote_all(struct language *l, const struct language_model *m,
                                       struct span text, struct error *e) {
    struct words_quoter quoter = {l, m, text, e};
    int stopped = 0;
    l->query.model = &m->cut;
    l->query.steps = NORMALIZE_ALL;
    enum error_code code = language_segmenter(m, e);
    if (!code)
        code = tokens_walk(&l->query, text, TOKENS_QUERY, words_quote, &quoter, &stopped, e);
    if (!code)
        code = (enum error_code)stopped;
    return !code && !l->words.n ? buf_add_text(&l->words, "\"\"", e) : code;
}

static void words_query(sqlite3_context *context, int argc, sqlite3_value **argv) {
    struct language *l = words_language(context);
    struct language_model *m;
    struct error e;
    enum error_code code = language_argument(context, argc, argv, 1, &m, &e);
    if (!code)
        code = words_quote_all(l, m, function_argument(argc, argv, 0), &e);
    if (code)
        words_fail(context, "cmed_query", &e);
    else
        words_result(context, &l->words);
    language_release(m);
    words_empty(&l->words);
    words_empty(&l->text);
}

/* --- user words and models ------------------------------------------------------------------- */

static void words_add_word(sqlite3_context *context, int argc, sqlite3_value **argv) {
    struct span word = function_span(argv[0]);
    double weight = argc > 1 ? sqlite3_value_double(argv[1]) : USER_WORDS_WEIGHT;
    struct error e;
    if (!word.p)
        return;
    if (user_words_add(&words_language(context)->users, word, weight, &e))
        words_fail(context, "cmed_add_word", &e);
    else
        sqlite3_result_double(context, weight);
}

static enum error_code words_load_path(sqlite3_context *context, int argc, sqlite3_value **argv,
                                       struct language_model **m, struct error *e) {
    const char *path = (const char *)sqlite3_value_text(argv[1]);
    if (!function_connection(context)->files)
        return error_set(e, BAD_USE, "no file can be opened here: give the model as a BLOB");
    if (!path)
        return error_no_memory(e);
    enum error_code code = folder_load(words_language(context), path, m, e);
    for (int i = 2; !code && i < argc; i += 2) {
        const char *value = (const char *)sqlite3_value_text(argv[i + 1]);
        code = folder_option(*m, function_argument(argc, argv, i), value ? value : "", e);
    }
    return code;
}

/* FTS5 learns the name that a segmenter has by its sum. */
static enum error_code words_pin(sqlite3_context *context, const struct language_model *m,
                                 struct error *e) {
    struct connection *c = function_connection(context);
    struct language_model *known = language_find_sum(&c->language, m->sum);
    language_release(known);
    if (known || language_segmenter(m, NULL))
        return OK;
    return tokenizer_pin(c, m->sum) == SQLITE_NOMEM ? error_no_memory(e) : OK;
}

static enum error_code words_load(sqlite3_context *context, int argc, sqlite3_value **argv,
                                  struct language_model **m, struct error *e) {
    struct language *l = words_language(context);
    enum error_code code;
    int type = argc > 1 ? sqlite3_value_type(argv[1]) : SQLITE_NULL;
    if (argc < 2 || argc % 2)
        return error_set(e, BAD_USE, "takes a name, a model, and pairs of option and value");
    if (type == SQLITE_NULL)
        return error_set(e, BAD_USE, "the model is NULL");
    if (type != SQLITE_BLOB)
        code = words_load_path(context, argc, argv, m, e);
    else if (argc > 2)
        return error_set(e, BAD_USE, "a BLOB takes no options");
    else
        code = language_open(l, function_span(argv[1]), m, e);
    if (!code)
        code = words_pin(context, *m, e);
    return code ? code : language_add(l, function_argument(argc, argv, 0), *m, e);
}

static void words_load_model(sqlite3_context *context, int argc, sqlite3_value **argv) {
    struct language_model *m = NULL;
    struct error e;
    if (words_load(context, argc, argv, &m, &e))
        words_fail(context, "cmed_load_model", &e);
    else
        sqlite3_result_text(context, m->kind->name, -1, SQLITE_STATIC);
    language_release(m);
}

/* --- training -------------------------------------------------------------------------------- */

struct words_training {
    struct train *train;
    struct language_model *base; /* the shipped one: its dictionary goes into the model */
    struct function_poll poll;
};

static enum error_code words_train_begin(sqlite3_context *context, struct words_training *t,
                                         struct error *e) {
    enum error_code code =
        t->base ? OK : language_find(words_language(context), span_text(""), &t->base, e);
    if (code)
        return code;
    function_poll_begin(&t->poll, context, false);
    struct train_options options = {
        .base = t->base->cut.own, .whole = true, .seed = 1, .poll = &t->poll.poll};
    return train_new(&t->train, &options, e);
}

static void words_train_step(sqlite3_context *context, int argc, sqlite3_value **argv) {
    struct words_training *t = sqlite3_aggregate_context(context, sizeof *t);
    struct span gold = function_span(argv[0]);
    struct error e;
    (void)argc;
    if (!t) {
        sqlite3_result_error_nomem(context);
        return;
    }
    enum error_code code = t->train ? OK : words_train_begin(context, t, &e);
    if (!code && gold.p)
        code = train_add(t->train, gold, &e);
    if (code)
        words_fail(context, "cmed_train_segmenter", &e);
}

static void words_train_final(sqlite3_context *context) {
    struct words_training *t = sqlite3_aggregate_context(context, 0), none = {0};
    struct buf out = {0};
    struct error e, why;
    t = t ? t : &none;
    enum error_code code = t->train ? OK : words_train_begin(context, t, &why);
    function_poll_begin(&t->poll, context, true);
    if (!code)
        code = train_finish(t->train, &out, &why);
    function_poll_end(&t->poll);
    train_free(t->train);
    language_release(t->base);
    if (code)
        error_set(&e, code, "cmed_train_segmenter: %s", why.text);
    function_blob(context, code, &out, &e);
}

const struct function words_functions[] = {
    {"cmed_segment", 1, FUNCTION_MODEL, words_segment, NULL, NULL, "cmed_segment(text[, model])",
     "the words with one blank between; model: a name of cmed_load_model or a BLOB; default: the one that ships"},
    {"cmed_segment", 2, FUNCTION_MODEL, words_segment, NULL, NULL, NULL, NULL},
    {"cmed_query", 1, FUNCTION_MODEL, words_query, NULL, NULL, "cmed_query(text[, model])",
     "any text as a query of FTS5 for rows with all its words: \"word\" \"word\"; a text without words finds nothing"},
    {"cmed_query", 2, FUNCTION_MODEL, words_query, NULL, NULL, NULL, NULL},
    {"cmed_add_word", 1, SQLITE_DIRECTONLY, words_add_word, NULL, NULL,
     "cmed_add_word(word[, weight])",
     "a word for the shipped and trained models of this connection; weight -100 to 100 in logits (6), below 0 against "
     "it; gives the weight; FTS5 indexes do not use it"},
    {"cmed_add_word", 2, SQLITE_DIRECTONLY, words_add_word, NULL, NULL, NULL, NULL},
    {"cmed_load_model", -1, SQLITE_DIRECTONLY, words_load_model, NULL, NULL,
     "cmed_load_model(name, model[, option, value …])",
     "names a model for this connection and gives its kind; model: a BLOB, or the path of a file with one, of pkuseg's "
     "folder or .zip (options: dictionary, user_dict, postag) or of jieba's package (options: user_dict, hmm, search)"},
    {"cmed_train_segmenter", 1, FUNCTION_MODEL, NULL, words_train_step, words_train_final,
     "cmed_train_segmenter(gold)",
     "a model as a BLOB, learnt from lines of words with blanks between, character TAB tag (BMES, BIES, BIO), or "
     "partial: ?患-者|血 压 (| boundary, - none, blank not known)"},
    {0},
};
