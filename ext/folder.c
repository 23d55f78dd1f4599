/* folder.c - a model's files, found by path and read as every file is (read/files.h).
 *
 *     SELECT cmed_load_model('medicine', 'models/medicine.zip', 'dictionary', 'default.pkl');
 *     features.pkl  weights.npz/sizes.npy  weights.npz/w.npy       in the folder, or in the zip
 *
 * Limits: a file of FOLDER_FILE_MAX bytes. */
#include "folder.h"

#include "base/memory.h"
#include "read/file.h"
#include "read/files.h"

SQLITE_EXTENSION_INIT3

enum { FOLDER_FILE_MAX = BUF_MAX - 1, FOLDER_READ = 1 << 18 };

/* A model's folder: where its files are, and what was read of them. */
struct folder {
    const char *path;
    uint64_t sum;
    bool read; /* a file of it was there */
};

/* --- files ----------------------------------------------------------------------------------- */

static enum error_code folder_append(struct source *s, struct buf *out, struct error *e) {
    for (;;) {
        size_t got = 0;
        if (out->n > FOLDER_FILE_MAX - FOLDER_READ)
            return error_set(e, BAD_FILE, "a file of a model is longer than %d bytes",
                             FOLDER_FILE_MAX);
        enum error_code code = buf_reserve(out, FOLDER_READ, e);
        if (!code)
            code = source_read(s, out->p + out->n, FOLDER_READ, &got, e);
        if (code || got == 0)
            return code;
        out->n += got;
    }
}

/* Appends the one file at path; *single false: there is none, or there are several. */
static enum error_code folder_read(const char *path, struct buf *out, bool *single,
                                   struct error *e) {
    struct files *files = NULL;
    struct source *source = NULL;
    enum error_code code = files_open(path, &files, e);
    *single = !code && files->count == 1 && !files->many;
    if (code == BAD_USE) /* there is nothing */
        return OK;
    if (!code && *single)
        code = files_source(files, 0, &source, NULL, e);
    if (!code && *single) {
        code = folder_append(source, out, e);
        source_close(source);
    }
    files_close(files);
    return code;
}

static enum error_code folder_get(void *of, const char *file, const char *member, struct buf *out,
                                  bool *there, struct error *e) {
    struct folder *f = of;
    size_t before = out->n;
    char *path =
        sqlite3_mprintf("%s/%s%s%s", f->path, file, member ? "/" : "", member ? member : "");
    if (!path)
        return error_no_memory(e);
    enum error_code code = folder_read(path, out, there, e);
    sqlite3_free(path);
    if (!code && *there) {
        f->read = true;
        f->sum = language_sum(f->sum, span_from(buf_span(out), before));
    }
    return code;
}

static enum error_code folder_need(struct folder *f, const char *file, struct buf *out,
                                   struct error *e) {
    bool there;
    enum error_code code = folder_get(f, file, NULL, out, &there, e);
    if (code || there)
        return code;
    return error_set(e, BAD_USE, "there is no file '%s'", file);
}

/* --- the kinds ------------------------------------------------------------------------------- */

static enum error_code folder_pkuseg(struct folder *f, struct language_model *m, struct error *e) {
    struct pkuseg_files files = {folder_get, f};
    enum error_code code = pkuseg_load(&files, &m->cut.pkuseg, e);
    if (code == BAD_FILE && !f->read)
        return error_set(e, BAD_USE,
                         "there is neither a model of cmed, of pkuseg (features.pkl, weights.npz) "
                         "nor of jieba (dict.txt, finalseg/prob_start.py)");
    return code;
}

static enum error_code folder_jieba_files(struct folder *f, struct language_model *m,
                                          struct buf part[4], struct error *e) {
    static const char *const names[] = {"dict.txt", "finalseg/prob_start.py",
                                        "finalseg/prob_trans.py", "finalseg/prob_emit.py"};
    enum error_code code = OK;
    for (int i = 0; !code && i < 4; i++)
        code = folder_need(f, names[i], &part[i], e);
    if (code)
        return code;
    struct jieba_files files = {buf_span(&part[0]), buf_span(&part[1]), buf_span(&part[2]),
                                buf_span(&part[3])};
    m->cut.jieba_mode = JIEBA_HMM;
    return jieba_load(&files, &m->cut.jieba, e);
}

static enum error_code folder_jieba(struct folder *f, struct language_model *m, struct error *e) {
    struct buf part[4] = {{0}};
    enum error_code code = folder_jieba_files(f, m, part, e);
    for (int i = 0; i < 4; i++)
        buf_free(&part[i]);
    return code;
}

static enum error_code folder_is_jieba(const char *path, bool *yes, struct error *e) {
    struct folder probe = {.path = path};
    struct buf start = {0};
    enum error_code code = folder_get(&probe, "finalseg/prob_start.py", NULL, &start, yes, e);
    buf_free(&start);
    return code;
}

static enum error_code folder_open(struct language *l, const char *path,
                                   struct language_model **out, struct error *e) {
    struct folder folder = {.path = path};
    struct file_look look;
    struct buf file = {0};
    bool single = false, jieba = false;
    enum error_code code = file_look(path, &look, e);
    if (!code && look.kind == FILE_REGULAR)
        code = folder_read(path, &file, &single, e);
    if (!code && single)
        code = language_open(l, buf_span(&file), out, e);
    buf_free(&file);
    if (code || single)
        return code;
    code = folder_is_jieba(path, &jieba, e);
    if (!code)
        code = language_new(jieba ? &language_jieba : &language_pkuseg, out, e);
    if (!code)
        code = (jieba ? folder_jieba : folder_pkuseg)(&folder, *out, e);
    if (!code)
        (*out)->sum = folder.sum;
    return code;
}

static enum error_code folder_complain(const char *path, enum error_code code, struct error *e) {
    struct error why = *e;
    return code == NO_MEMORY ? code : error_set(e, code, "'%s': %s", path, why.text);
}

enum error_code folder_load(struct language *l, const char *path, struct language_model **out,
                            struct error *e) {
    const char *home = path[0] == '~' && path[1] == '/' ? file_home() : NULL;
    char *full = sqlite3_mprintf("%s%s", home ? home : "", home ? path + 1 : path);
    *out = NULL;
    if (!full)
        return error_no_memory(e);
    enum error_code code = folder_open(l, full, out, e);
    sqlite3_free(full);
    if (!code)
        return OK;
    language_release(*out);
    *out = NULL;
    return folder_complain(path, code, e);
}

/* --- options --------------------------------------------------------------------------------- */

static enum error_code folder_pkuseg_dictionary(struct language_model *m, struct span s,
                                                struct error *e) {
    return pkuseg_add_dictionary(m->cut.pkuseg, s, e);
}

static enum error_code folder_pkuseg_words(struct language_model *m, struct span s,
                                           struct error *e) {
    return pkuseg_add_words(m->cut.pkuseg, s, e);
}

static enum error_code folder_jieba_words(struct language_model *m, struct span s,
                                          struct error *e) {
    return jieba_add_words(m->cut.jieba, s, e);
}

static enum error_code folder_pkuseg_tags(struct language_model *m, const char *path,
                                          struct error *e) {
    struct folder folder = {.path = path};
    struct pkuseg_files files = {folder_get, &folder};
    return pkuseg_load_tags(m->cut.pkuseg, &files, e);
}

static enum error_code folder_jieba_mode(struct language_model *m, unsigned bit, const char *value,
                                         struct error *e) {
    if ((value[0] != '0' && value[0] != '1') || value[1])
        return error_set(e, BAD_USE, "neither 0 nor 1");
    m->cut.jieba_mode &= ~bit;
    m->cut.jieba_mode |= value[0] == '1' ? bit : 0;
    return OK;
}

static enum error_code folder_jieba_hmm(struct language_model *m, const char *value,
                                        struct error *e) {
    return folder_jieba_mode(m, JIEBA_HMM, value, e);
}

static enum error_code folder_jieba_search(struct language_model *m, const char *value,
                                           struct error *e) {
    return folder_jieba_mode(m, JIEBA_SEARCH, value, e);
}

static const struct folder_option {
    const struct language_kind *kind;
    const char *name;
    enum error_code (*file)(struct language_model *m, struct span bytes, struct error *e);
    enum error_code (*value)(struct language_model *m, const char *value, struct error *e);
} folder_options[] = {
    {&language_pkuseg, "dictionary", folder_pkuseg_dictionary, NULL},
    {&language_pkuseg, "user_dict", folder_pkuseg_words, NULL},
    {&language_pkuseg, "postag", NULL, folder_pkuseg_tags},
    {&language_jieba, "user_dict", folder_jieba_words, NULL},
    {&language_jieba, "hmm", NULL, folder_jieba_hmm},
    {&language_jieba, "search", NULL, folder_jieba_search},
};

static enum error_code folder_option_file(const struct folder_option *o, struct language_model *m,
                                          const char *path, struct error *e) {
    struct buf bytes = {0};
    bool there;
    enum error_code code = folder_read(path, &bytes, &there, e);
    if (!code && !there)
        code = error_set(e, BAD_USE, "there is no such file");
    if (!code) {
        m->sum = language_sum(m->sum, buf_span(&bytes));
        code = o->file(m, buf_span(&bytes), e);
    }
    buf_free(&bytes);
    return code;
}

enum error_code folder_option(struct language_model *m, struct span name, const char *value,
                              struct error *e) {
    for (size_t i = 0; i < sizeof folder_options / sizeof *folder_options; i++) {
        const struct folder_option *o = &folder_options[i];
        if (o->kind != m->kind || !span_is(name, o->name))
            continue;
        m->sum = language_sum(m->sum, span_text(o->file ? o->name : value));
        enum error_code code = o->file ? folder_option_file(o, m, value, e) : o->value(m, value, e);
        return code ? folder_complain(value, code, e) : OK;
    }
    return error_set(e, BAD_USE, "a model of kind '%s' has no option '%.*s'", m->kind->name,
                     (int)(name.n < 40 ? name.n : 40), (const char *)name.p);
}
