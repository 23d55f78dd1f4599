/* language.c - models by name.
 *
 *     SELECT cmed_load_model('heart', model) FROM models;      entry: 'heart' -> model (counted)
 *     SELECT cmed_segment(text, 'heart'), cmed_segment(text);  the entry's; the shipped one
 *
 * Limits: LANGUAGE_MODELS_MAX names. */
#include "language.h"

#include "base/memory.h"
#include "function.h"
#include "learn/linear.h"
#include "learn/tag.h"
#include "match/idf.h"

SQLITE_EXTENSION_INIT3

/* --- the kinds ------------------------------------------------------------------------------- */

static enum error_code language_shipped(struct language *l, struct language_model **out,
                                        struct error *e);

static enum error_code language_segmentation_open(struct language *l, struct language_model *m,
                                                  struct error *e) {
    struct language_model *base = NULL;
    bool shipped = m->bytes.n == 0;
    enum error_code code = shipped ? OK : language_shipped(l, &base, e);
    if (code)
        return code;
    m->cut.own = memory_zero(sizeof *m->cut.own);
    if (!m->cut.own)
        return error_no_memory(e);
    code = model_open(m->cut.own, shipped ? model_shipped() : buf_span(&m->bytes),
                      base ? base->cut.own : NULL, e);
    m->sum = m->cut.own->sum;
    return code;
}

static void language_segmentation_close(struct language_model *m) {
    if (m->cut.own)
        model_close(m->cut.own);
    memory_free(m->cut.own);
}

static void language_pkuseg_close(struct language_model *m) {
    pkuseg_free(m->cut.pkuseg);
}

static void language_jieba_close(struct language_model *m) {
    jieba_free(m->cut.jieba);
}

static bool language_idf_is(struct span bytes) {
    return span_starts(bytes, "CMEDIDF1");
}

static enum error_code language_idf_open(struct language *l, struct language_model *m,
                                         struct error *e) {
    (void)l;
    m->object = memory_zero(sizeof(struct idf));
    return m->object ? idf_open(m->object, buf_span(&m->bytes), e) : error_no_memory(e);
}

static bool language_classifier_is(struct span bytes) {
    return linear_is(bytes, LINEAR_CLASSIFIER);
}

static bool language_pairs_is(struct span bytes) {
    return linear_is(bytes, LINEAR_PAIRS);
}

static enum error_code language_linear_open(struct language *l, struct language_model *m,
                                            struct error *e) {
    struct span bytes = buf_span(&m->bytes);
    enum linear_use use = linear_is(bytes, LINEAR_PAIRS) ? LINEAR_PAIRS : LINEAR_CLASSIFIER;
    (void)l;
    m->object = memory_zero(sizeof(struct linear));
    return m->object ? linear_open(m->object, bytes, use, e) : error_no_memory(e);
}

static void language_object_free(struct language_model *m) {
    memory_free(m->object);
}

static enum error_code language_tagger_open(struct language *l, struct language_model *m,
                                            struct error *e) {
    struct language_model *base;
    enum error_code code = language_shipped(l, &base, e);
    m->object = code ? NULL : memory_zero(sizeof(struct tagger));
    if (code)
        return code;
    return m->object ? tagger_open(m->object, buf_span(&m->bytes), base->cut.own, e)
                     : error_no_memory(e);
}

static void language_tagger_close(struct language_model *m) {
    if (m->object)
        tagger_close(m->object);
    memory_free(m->object);
}

const struct language_kind language_pkuseg = {"pkuseg", NULL, NULL, language_pkuseg_close};
const struct language_kind language_jieba = {"jieba", NULL, NULL, language_jieba_close};

/* The kinds that come as BLOBs; the first is the one that ships. */
static const struct language_kind language_kinds[] = {
    {"segmentation", model_is, language_segmentation_open, language_segmentation_close},
    {"idf", language_idf_is, language_idf_open, language_object_free},
    {"classifier", language_classifier_is, language_linear_open, language_object_free},
    {"pairs", language_pairs_is, language_linear_open, language_object_free},
    {"tagger", tagger_is, language_tagger_open, language_tagger_close},
};

enum { LANGUAGE_KINDS = sizeof language_kinds / sizeof *language_kinds };

/* --- one model ------------------------------------------------------------------------------- */

enum error_code language_new(const struct language_kind *kind, struct language_model **out,
                             struct error *e) {
    *out = memory_zero(sizeof **out);
    if (!*out)
        return error_no_memory(e);
    (*out)->kind = kind;
    (*out)->holders = 1;
    return OK;
}

struct language_model *language_hold(struct language_model *m) {
    m->holders++;
    return m;
}

void language_release(void *model) {
    struct language_model *m = model;
    if (!m || --m->holders > 0)
        return;
    m->kind->close(m);
    buf_free(&m->bytes);
    memory_free(m);
}

uint64_t language_sum(uint64_t sum, struct span bytes) {
    sum ^= 0xCBF29CE484222325u; /* FNV-1a */
    for (size_t i = 0; i < bytes.n; i++)
        sum = (sum ^ bytes.p[i]) * 0x100000001B3u;
    return sum;
}

uint64_t language_shipped_sum(void) {
    struct model_header h;
    memcpy(&h, model_shipped().p, sizeof h);
    return h.sum;
}

static enum error_code language_shipped(struct language *l, struct language_model **out,
                                        struct error *e) {
    if (!l->shipped) {
        struct language_model *m;
        enum error_code code = language_new(&language_kinds[0], &m, e);
        if (!code)
            code = m->kind->open(l, m, e);
        if (code) {
            language_release(m);
            return code;
        }
        l->shipped = m;
    }
    *out = l->shipped;
    return OK;
}

enum error_code language_open(struct language *l, struct span bytes, struct language_model **out,
                              struct error *e) {
    const struct language_kind *kind = language_kinds;
    while (kind < language_kinds + LANGUAGE_KINDS && !kind->is(bytes))
        kind++;
    *out = NULL;
    if (kind == language_kinds + LANGUAGE_KINDS)
        return error_set(e, BAD_FILE, "these %zu bytes are no model of cmed", bytes.n);
    struct language_model *m;
    enum error_code code = language_new(kind, &m, e);
    if (code)
        return code;
    code = buf_add_span(&m->bytes, bytes, e);
    if (!code)
        m->sum = language_sum(0, bytes);
    if (!code)
        code = kind->open(l, m, e);
    if (code)
        language_release(m);
    else
        *out = m;
    return code;
}

enum error_code language_parts(struct language *l, const struct language_model *m,
                               const struct model **out, struct error *e) {
    struct language_model *shipped;
    *out = m->cut.own;
    if (*out && (*out)->words.n)
        return OK;
    enum error_code code = language_shipped(l, &shipped, e);
    *out = code ? NULL : shipped->cut.own;
    return code;
}

/* --- names ----------------------------------------------------------------------------------- */

static struct language_entry *language_entry(const struct language *l, struct span name) {
    for (size_t i = 0; i < l->count; i++)
        if (span_is(name, l->entry[i].name))
            return &l->entry[i];
    return NULL;
}

enum error_code language_find(struct language *l, struct span name, struct language_model **out,
                              struct error *e) {
    struct language_entry *entry = language_entry(l, name);
    enum error_code code = OK;
    *out = entry ? entry->model : NULL;
    if (!entry && name.n)
        return error_set(e, BAD_USE, "there is no model '%.*s': cmed_load_model loads one",
                         (int)(name.n < 60 ? name.n : 60), (const char *)name.p);
    if (!entry)
        code = language_shipped(l, out, e);
    if (!code)
        language_hold(*out);
    return code;
}

struct language_model *language_find_sum(struct language *l, uint64_t sum) {
    struct language_model *m = NULL;
    for (size_t i = 0; !m && i < l->count; i++)
        if (l->entry[i].model->sum == sum)
            m = l->entry[i].model;
    if (!m && sum == language_shipped_sum() && language_shipped(l, &m, NULL))
        return NULL;
    return m ? language_hold(m) : NULL;
}

static enum error_code language_room(struct language *l, struct error *e) {
    if (l->count == LANGUAGE_MODELS_MAX)
        return error_set(e, BAD_USE, "there are %d models already", LANGUAGE_MODELS_MAX);
    if (l->count < l->cap)
        return OK;
    size_t cap = l->cap ? l->cap * 2 : 8;
    struct language_entry *entry = memory_resize(l->entry, cap * sizeof *entry);
    if (!entry)
        return error_no_memory(e);
    l->entry = entry;
    l->cap = cap;
    return OK;
}

enum error_code language_add(struct language *l, struct span name, struct language_model *m,
                             struct error *e) {
    struct language_entry *entry = language_entry(l, name);
    if (!name.n || memchr(name.p, 0, name.n))
        return error_set(e, BAD_USE, "a model needs a name: '' is the one that ships");
    if (entry) {
        language_release(entry->model);
        entry->model = language_hold(m);
        return OK;
    }
    enum error_code code = language_room(l, e);
    char *copy = code ? NULL : memory_alloc(name.n + 1);
    if (!code && !copy)
        code = error_no_memory(e);
    if (code)
        return code;
    memcpy(copy, name.p, name.n);
    copy[name.n] = 0;
    l->entry[l->count++] = (struct language_entry){copy, language_hold(m)};
    return OK;
}

/* The shipped model goes last: others may point into it. */
void language_free(struct language *l) {
    for (size_t i = 0; i < l->count; i++) {
        language_release(l->entry[i].model);
        memory_free(l->entry[i].name);
    }
    memory_free(l->entry);
    language_release(l->shipped);
    user_words_free(&l->users);
    cut_free(&l->cut);
    tokens_free(&l->query);
    buf_free(&l->text);
    buf_free(&l->words);
    *l = (struct language){0};
}

/* --- arguments ------------------------------------------------------------------------------- */

enum error_code language_argument(sqlite3_context *context, int argc, sqlite3_value **argv, int i,
                                  struct language_model **out, struct error *e) {
    struct language *l = &function_connection(context)->language;
    *out = NULL;
    if (i >= argc || sqlite3_value_type(argv[i]) != SQLITE_BLOB)
        return language_find(l, function_argument(argc, argv, i), out, e);
    struct language_model *known = sqlite3_get_auxdata(context, i);
    if (known) {
        *out = language_hold(known);
        return OK;
    }
    enum error_code code = language_open(l, function_span(argv[i]), out, e);
    if (!code)
        sqlite3_set_auxdata(context, i, language_hold(*out), language_release);
    return code;
}

enum error_code language_segmenter(const struct language_model *m, struct error *e) {
    if (m->cut.own || m->cut.pkuseg || m->cut.jieba)
        return OK;
    return error_set(e, BAD_USE, "a model of kind '%s' does not segment", m->kind->name);
}

enum error_code language_object(const struct language_model *m, const char *kind, const void **out,
                                struct error *e) {
    if (strcmp(m->kind->name, kind) != 0)
        return error_set(e, BAD_USE, "a model of kind '%s' is needed, not of kind '%s'", kind,
                         m->kind->name);
    *out = m->object;
    return OK;
}
