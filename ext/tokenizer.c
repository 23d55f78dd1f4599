/* tokenizer.c - words for FTS5.
 *
 *     CREATE VIRTUAL TABLE note USING fts5(text, tokenize='cmed');
 *     CREATE VIRTUAL TABLE note USING fts5(text, tokenize="cmed search 0 normalize 'case,width'");
 *
 *     SELECT cmed_tokenizer('search 0');        cmed_2a1a48a8d6f3c2bb search 0
 *     CREATE VIRTUAL TABLE note USING fts5(text, tokenize='cmed_2a1a48a8d6f3c2bb search 0');
 *
 *     model NAME                a model of this connection; default: the one that ships
 *     search 0|1                1 (default): the short words inside long ones, too
 *     normalize 0|1|'steps'     1 (default): as cmed_normalize does; or some of its steps
 *     synonyms TABLE            an ordinary table; its first two columns: variant, canonical form
 *
 * An index is right only with the model that made it. Under the name cmed_ and the model's sum it
 * says which, and where that model is not, it does not open: 'no such tokenizer: cmed_2a1a…'.
 * Of an option that is wrong FTS5 only says 'error in tokenizer constructor'; cmed_tokenizer says
 * why. */
#include "function.h"
#include "tokens.h"

#include "base/memory.h"

SQLITE_EXTENSION_INIT3

enum { TOKENIZER_NAME = 24 }; /* bytes of cmed_0123456789abcdef */

/* A name that FTS5 knows. */
struct tokenizer_way {
    struct connection *connection;
    uint64_t sum; /* of the one model it takes; 0: any, by name */
};

struct tokenizer {
    struct connection *connection;
    struct language_model *model; /* held */
    struct tokens tokens;
    char *synonyms; /* the table, until it was read */
};

static void tokenizer_way_free(void *p) {
    struct tokenizer_way *way = p;
    connection_release(way->connection);
    memory_free(way);
}

/* --- options --------------------------------------------------------------------------------- */

static enum error_code tokenizer_model(struct tokenizer *t, const char *value, struct error *e) {
    enum error_code code = language_find(&t->connection->language, span_text(value), &t->model, e);
    return code ? code : language_segmenter(t->model, e);
}

static enum error_code tokenizer_search(struct tokenizer *t, const char *value, struct error *e) {
    t->tokens.parts = NULL;
    if (strcmp(value, "0") == 0)
        return OK;
    if (strcmp(value, "1") == 0)
        return language_parts(&t->connection->language, t->model, &t->tokens.parts, e);
    return error_set(e, BAD_USE, "search is 0 or 1, not '%s'", value);
}

static enum error_code tokenizer_normalize(struct tokenizer *t, const char *value,
                                           struct error *e) {
    t->tokens.steps = strcmp(value, "1") == 0 ? NORMALIZE_ALL : 0;
    if (strcmp(value, "0") == 0 || strcmp(value, "1") == 0)
        return OK;
    return normalize_parse(span_text(value), &t->tokens.steps, e);
}

static enum error_code tokenizer_synonyms(struct tokenizer *t, const char *value, struct error *e) {
    t->synonyms = sqlite3_mprintf("%s", value);
    return t->synonyms ? OK : error_no_memory(e);
}

/* In the order in which they are applied; value: where it is not given. */
static const struct {
    const char *name, *value;
    enum error_code (*set)(struct tokenizer *t, const char *value, struct error *e);
} tokenizer_options[] = {
    {"model", "", tokenizer_model},
    {"search", "1", tokenizer_search},
    {"normalize", "1", tokenizer_normalize},
    {"synonyms", NULL, tokenizer_synonyms},
};

enum { TOKENIZER_OPTIONS = sizeof tokenizer_options / sizeof *tokenizer_options };

static enum error_code tokenizer_parse(const char **argv, int argc,
                                       const char *value[TOKENIZER_OPTIONS], struct error *e) {
    for (int o = 0; o < TOKENIZER_OPTIONS; o++)
        value[o] = tokenizer_options[o].value;
    for (int i = 0; i < argc; i += 2) {
        int o = 0;
        while (o < TOKENIZER_OPTIONS && strcmp(argv[i], tokenizer_options[o].name) != 0)
            o++;
        if (o == TOKENIZER_OPTIONS)
            return error_set(e, BAD_USE, "the tokenizer has no option '%s'", argv[i]);
        if (i + 1 == argc)
            return error_set(e, BAD_USE, "the tokenizer's option '%s' has no value", argv[i]);
        value[o] = argv[i + 1];
    }
    return OK;
}

/* The model of a name with a sum goes before the options, which then have no model of their own. */
static enum error_code tokenizer_open(struct tokenizer *t, uint64_t sum, const char **argv,
                                      int argc, struct error *e) {
    const char *value[TOKENIZER_OPTIONS];
    enum error_code code = tokenizer_parse(argv, argc, value, e);
    if (!code && sum) {
        if (value[0][0])
            return error_set(e, BAD_USE, "a tokenizer named for its model has no option 'model'");
        t->model = language_find_sum(&t->connection->language, sum);
        if (!t->model)
            return error_set(e, BAD_USE, "the model cmed_%016llx is not loaded",
                             (unsigned long long)sum);
    }
    for (int o = sum ? 1 : 0; !code && o < TOKENIZER_OPTIONS; o++)
        code = value[o] ? tokenizer_options[o].set(t, value[o], e) : OK;
    if (!code)
        t->tokens.model = &t->model->cut;
    return code;
}

static void tokenizer_free(struct tokenizer *t) {
    tokens_free(&t->tokens);
    language_release(t->model);
    sqlite3_free(t->synonyms);
    memory_free(t);
}

static enum error_code tokenizer_new(const struct tokenizer_way *way, const char **argv, int argc,
                                     struct tokenizer **out, struct error *e) {
    struct tokenizer *t = memory_zero(sizeof *t);
    *out = NULL;
    if (!t)
        return error_no_memory(e);
    t->connection = way->connection;
    enum error_code code = tokenizer_open(t, way->sum, argv, argc, e);
    if (code)
        tokenizer_free(t);
    else
        *out = t;
    return code;
}

/* --- synonyms -------------------------------------------------------------------------------- */

static struct span tokenizer_column(sqlite3_stmt *rows, int column) {
    const void *p = sqlite3_column_text(rows, column);
    return span_of(p ? p : "", p ? (size_t)sqlite3_column_bytes(rows, column) : 0);
}

static enum error_code tokenizer_sql(sqlite3 *db, int rc, const char *table, struct error *e) {
    if (rc == SQLITE_NOMEM)
        return error_no_memory(e);
    return error_set(e, rc == SQLITE_INTERRUPT ? INTERRUPTED : BAD_USE,
                     "the table '%s' of synonyms: %s", table, sqlite3_errmsg(db));
}

/* Ordinary tables only: an index in a hostile file must not make us run a view or a module. */
static enum error_code tokenizer_is_table(sqlite3 *db, const char *table, struct error *e) {
    sqlite3_stmt *found = NULL;
    int rc = sqlite3_prepare_v2(db, "SELECT 1 FROM pragma_table_list(?1) WHERE type = 'table'", -1,
                                &found, NULL);
    if (rc == SQLITE_OK)
        rc = sqlite3_bind_text(found, 1, table, -1, SQLITE_STATIC);
    if (rc == SQLITE_OK)
        rc = sqlite3_step(found);
    enum error_code code = OK;
    if (rc == SQLITE_DONE)
        code = error_set(e, BAD_USE, "there is no table '%s' of synonyms", table);
    else if (rc != SQLITE_ROW)
        code = tokenizer_sql(db, rc, table, e);
    sqlite3_finalize(found);
    return code;
}

static enum error_code tokenizer_read_synonyms(struct tokenizer *t, struct error *e) {
    sqlite3 *db = t->connection->db;
    sqlite3_stmt *rows = NULL;
    enum error_code code = tokenizer_is_table(db, t->synonyms, e);
    char *sql = code ? NULL : sqlite3_mprintf("SELECT * FROM \"%w\"", t->synonyms);
    if (!code && !sql)
        code = error_no_memory(e);
    if (code)
        return code;
    int rc = sqlite3_prepare_v2(db, sql, -1, &rows, NULL);
    sqlite3_free(sql);
    if (rc == SQLITE_OK && sqlite3_column_count(rows) < 2)
        code = error_set(e, BAD_USE, "the table '%s' of synonyms has one column", t->synonyms);
    while (rc == SQLITE_OK && !code && (rc = sqlite3_step(rows)) == SQLITE_ROW) {
        code =
            tokens_add_synonym(&t->tokens, tokenizer_column(rows, 0), tokenizer_column(rows, 1), e);
        rc = SQLITE_OK;
    }
    if (!code && rc != SQLITE_DONE)
        code = tokenizer_sql(db, rc, t->synonyms, e);
    sqlite3_finalize(rows);
    return code;
}

/* At the first text: while a table is opened, another one may not be. */
static enum error_code tokenizer_ready(struct tokenizer *t, struct error *e) {
    if (!t->synonyms)
        return OK;
    enum error_code code = tokenizer_read_synonyms(t, e);
    if (code)
        return code;
    sqlite3_free(t->synonyms);
    t->synonyms = NULL;
    return OK;
}

/* --- what FTS5 calls ------------------------------------------------------------------------- */

static int tokenizer_fail(const struct error *e) {
    int rc = door_code(e->code);
    if (rc == SQLITE_ERROR)
        sqlite3_log(rc, "cmed tokenizer: %s", e->text);
    return rc;
}

static int tokenizer_create(void *p, const char **argv, int argc, Fts5Tokenizer **out) {
    struct tokenizer *t;
    struct error e;
    enum error_code code = tokenizer_new(p, argv, argc, &t, &e);
    *out = (Fts5Tokenizer *)t;
    return code ? tokenizer_fail(&e) : SQLITE_OK;
}

static void tokenizer_delete(Fts5Tokenizer *t) {
    tokenizer_free((struct tokenizer *)t);
}

struct tokenizer_call {
    int (*token)(void *, int, const char *, int, int, int);
    void *of;
};

static int tokenizer_token(void *of, bool colocated, struct span token, size_t start, size_t end) {
    const struct tokenizer_call *c = of;
    return c->token(c->of, colocated ? FTS5_TOKEN_COLOCATED : 0, (const char *)token.p,
                    (int)token.n, (int)start, (int)end);
}

static int tokenizer_tokenize(Fts5Tokenizer *p, void *of, int flags, const char *text, int n,
                              int (*token)(void *, int, const char *, int, int, int)) {
    struct tokenizer *t = (struct tokenizer *)p;
    struct tokenizer_call call = {token, of};
    enum tokens_mode mode = TOKENS_DOCUMENT;
    struct error e;
    int stopped = 0;
    if (flags & FTS5_TOKENIZE_QUERY)
        mode = flags & FTS5_TOKENIZE_PREFIX ? TOKENS_PREFIX : TOKENS_QUERY;
    enum error_code code = tokenizer_ready(t, &e);
    if (!code && n > 0)
        code = tokens_walk(&t->tokens, span_of(text, (size_t)n), mode, tokenizer_token, &call,
                           &stopped, &e);
    return code ? tokenizer_fail(&e) : stopped;
}

/* --- registration ---------------------------------------------------------------------------- */

/* NULL where the host has no FTS5. */
static fts5_api *tokenizer_api(sqlite3 *db) {
    fts5_api *api = NULL;
    sqlite3_stmt *s = NULL;
    if (sqlite3_prepare_v2(db, "SELECT fts5(?1)", -1, &s, NULL) == SQLITE_OK &&
        sqlite3_bind_pointer(s, 1, &api, "fts5_api_ptr", NULL) == SQLITE_OK)
        sqlite3_step(s);
    sqlite3_finalize(s);
    return api && api->iVersion >= 2 ? api : NULL;
}

static int tokenizer_name(struct connection *c, const char *name, uint64_t sum) {
    fts5_tokenizer calls = {tokenizer_create, tokenizer_delete, tokenizer_tokenize};
    fts5_api *api = tokenizer_api(c->db);
    if (!api)
        return SQLITE_OK;
    struct tokenizer_way *way = memory_alloc(sizeof *way);
    if (!way)
        return SQLITE_NOMEM;
    *way = (struct tokenizer_way){connection_hold(c), sum};
    int rc = api->xCreateTokenizer(api, name, way, &calls, tokenizer_way_free);
    if (rc != SQLITE_OK)
        tokenizer_way_free(way);
    return rc;
}

static void tokenizer_sum_name(uint64_t sum, char out[TOKENIZER_NAME]) {
    sqlite3_snprintf(TOKENIZER_NAME, out, "cmed_%016llx", (sqlite3_uint64)sum);
}

int tokenizer_pin(struct connection *c, uint64_t sum) {
    char name[TOKENIZER_NAME];
    tokenizer_sum_name(sum, name);
    return tokenizer_name(c, name, sum);
}

int tokenizer_register(struct connection *c) {
    int rc = tokenizer_name(c, "cmed", 0);
    return rc == SQLITE_OK ? tokenizer_pin(c, language_shipped_sum()) : rc;
}

/* --- cmed_tokenizer -------------------------------------------------------------------------- */

enum { TOKENIZER_WORDS = 2 * TOKENIZER_OPTIONS + 1 };

/* Parts a text at its blanks, in place, but for those in 'quotes'; the words stay in it. */
static int tokenizer_words(char *text, const char *word[TOKENIZER_WORDS]) {
    int n = 0;
    while (*text && n < TOKENIZER_WORDS) {
        while (*text == ' ')
            text++;
        char end = *text == '\'' ? '\'' : ' ';
        text += end == '\'';
        if (*text)
            word[n++] = text;
        while (*text && *text != end)
            text++;
        if (*text)
            *text++ = 0;
    }
    return n;
}

/* What FTS5 takes for a word without quotes. */
static bool tokenizer_is_bare(const char *word) {
    bool bare = true;
    for (; *word; word++)
        bare = bare && ((*word >= '0' && *word <= '9') || (*word >= 'A' && *word <= 'Z') ||
                        (*word >= 'a' && *word <= 'z') || *word == '_' || (*word & 0x80));
    return bare;
}

static enum error_code tokenizer_write_word(const char *word, struct buf *out, struct error *e) {
    const char *quote = tokenizer_is_bare(word) ? "" : "'";
    enum error_code code = buf_add_byte(out, ' ', e);
    if (!code)
        code = buf_add_text(out, quote, e);
    if (!code)
        code = buf_add_text(out, word, e);
    return code ? code : buf_add_text(out, quote, e);
}

/* The name with the model's sum, and the options but for the model. */
static enum error_code tokenizer_write(const struct tokenizer *t, const char **word, int n,
                                       struct buf *out, struct error *e) {
    char name[TOKENIZER_NAME];
    tokenizer_sum_name(t->model->sum, name);
    enum error_code code = buf_add_text(out, name, e);
    for (int i = 0; !code && i < n; i++)
        if (strcmp(word[i & ~1], "model") != 0)
            code = tokenizer_write_word(word[i], out, e);
    return code;
}

/* Tries the options as FTS5 would, but says what is wrong. */
static enum error_code tokenizer_try(struct connection *c, char *options, struct buf *out,
                                     struct error *e) {
    const struct tokenizer_way way = {c, 0};
    const char *word[TOKENIZER_WORDS];
    struct tokenizer *t;
    int n = tokenizer_words(options, word);
    enum error_code code = tokenizer_new(&way, word, n, &t, e);
    if (code)
        return code;
    code = tokenizer_ready(t, e);
    if (!code)
        code = tokenizer_write(t, word, n, out, e);
    tokenizer_free(t);
    return code;
}

static void tokenizer_function(sqlite3_context *context, int argc, sqlite3_value **argv) {
    const char *text = argc ? (const char *)sqlite3_value_text(argv[0]) : "";
    char *options = sqlite3_mprintf("%s", text ? text : "");
    struct buf out = {0};
    struct error e, why;
    enum error_code code = options
                               ? tokenizer_try(function_connection(context), options, &out, &why)
                               : error_no_memory(&why);
    if (code)
        error_set(&e, code, "cmed_tokenizer: %s", why.text);
    sqlite3_free(options);
    function_text(context, code, &out, &e);
}

const struct function tokenizer_functions[] = {
    {"cmed_tokenizer", 0, SQLITE_DIRECTONLY, tokenizer_function, NULL, NULL,
     "cmed_tokenizer([options])",
     "what to write in tokenize='…' so that an index opens only with the model it was made with; options as in "
     "tokenize='cmed …': model NAME, search 0|1, normalize 0|1|steps, synonyms TABLE"},
    {"cmed_tokenizer", 1, SQLITE_DIRECTONLY, tokenizer_function, NULL, NULL, NULL, NULL},
    {0},
};

bool tokenizer_help(const struct connection *c, size_t i, struct help *out) {
    (void)c;
    *out = (struct help){
        "cmed", "tokenizer",
        "tokenize='cmed [model NAME] [search 0|1] [normalize 0|1|steps] [synonyms TABLE]'",
        "of FTS5: words at document and query side, byte offsets of the text as it is; search (1): the "
        "short words inside long ones, too; normalize (1): as cmed_normalize; synonyms: a table of "
        "variant, canonical form"};
    return i == 0;
}
