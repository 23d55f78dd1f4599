/* pkuseg_raw.c - the files of a model folder, read and checked.
 *
 *     features.pkl   {"unigram": ["发热", ..], "bigram": [..],
 *                     "feature_to_idx": {"$$": 0, "c.发": 1, "cc1.发.热": 2, ..},
 *                     "tag_to_idx": {"B": 0, "B_single": 1, "I": 2, "I_end": 3, "I_first": 4}}
 *     weights.npz    sizes.npy  [tags, features]
 *                    w.npy      | tags of feature 0 | tags of feature 1 | .. | edges, tags x tags |
 */
#include "pkuseg_raw.h"

#include "../base/memory.h"
#include "crf.h"
#include "json_tree.h"
#include "msgpack.h"
#include "npy.h"
#include "pickle.h"

#include <math.h>
#include <stdio.h>

enum { PKUSEG_RAW_FEATURES_MAX = 1 << 30 };

struct pkuseg_raw_form {
    const char *file;
    enum error_code (*parse)(struct span bytes, struct tree *tree, struct tree_value *out,
                             struct error *e);
};

static const struct pkuseg_raw_form pkuseg_raw_forms[] = {
    {"features.msgpack", msgpack_read},
    {"features.pkl", pickle_read},
    {"features.json", json_tree_read},
};

enum error_code pkuseg_raw_blame(const char *file, enum error_code code, struct error *e) {
    if (code != BAD_FILE || !e)
        return code;
    struct error why = *e;
    return error_set(e, code, "'%s': %s", file, why.text);
}

enum error_code pkuseg_raw_get(const struct pkuseg_files *files, const char *file,
                               const char *member, struct buf *out, bool *there, struct error *e) {
    bool found = true;
    enum error_code code = files->get(files->of, file, member, out, &found, e);
    if (!code && !found && !there)
        code = error_set(e, BAD_FILE, "no '%s' in the model folder", member ? member : file);
    if (there)
        *there = found;
    return code;
}

static enum error_code pkuseg_raw_named(const struct pkuseg_files *files, bool words,
                                        struct pkuseg_raw *r, struct error *e) {
    struct tree_value top = {0};
    bool there = false;
    const struct pkuseg_raw_form *form = NULL;
    enum error_code code = OK;
    for (size_t i = 0; !code && !there && i < sizeof pkuseg_raw_forms / sizeof *pkuseg_raw_forms;
         i++) {
        form = &pkuseg_raw_forms[i];
        code = pkuseg_raw_get(files, form->file, NULL, &r->bytes, &there, e);
    }
    if (code || !there)
        return code ? code : pkuseg_old_features(files, words, r, e);
    code = form->parse(buf_span(&r->bytes), &r->tree, &top, e);
    r->unigram = tree_member(&r->tree, top, "unigram");
    r->feature = tree_member(&r->tree, top, "feature_to_idx");
    r->tag = tree_member(&r->tree, top, "tag_to_idx");
    if (!code && (words && r->unigram.kind != TREE_LIST))
        code = error_set(e, BAD_FILE, "no list 'unigram'");
    if (!code && (r->feature.kind != TREE_MAP || r->tag.kind != TREE_MAP))
        code = error_set(e, BAD_FILE, "no maps 'feature_to_idx' and 'tag_to_idx'");
    return pkuseg_raw_blame(form->file, code, e);
}

/* w.npy, checked against what sizes.npy said. */
static enum error_code pkuseg_raw_numbers(struct pkuseg_raw *r, struct span bytes,
                                          struct error *e) {
    struct npy w;
    enum error_code code = npy_read(bytes, &w, e);
    if (code)
        return code;
    if (w.kind != 'f' || w.count != (size_t)r->tags * ((size_t)r->features + r->tags))
        return error_set(e, BAD_FILE, "%zu weights for %u tags and %u features", w.count, r->tags,
                         r->features);
    r->weight = memory_alloc(w.count * sizeof *r->weight);
    if (!r->weight)
        return error_no_memory(e);
    for (size_t i = 0; i < w.count; i++)
        r->weight[i] = npy_real(&w, i);
    return OK;
}

static enum error_code pkuseg_raw_sizes(struct pkuseg_raw *r, struct span bytes, struct error *e) {
    struct npy sizes;
    enum error_code code = npy_read(bytes, &sizes, e);
    if (code)
        return code;
    if (sizes.kind != 'i' || sizes.count != 2)
        return error_set(e, BAD_FILE, "sizes are not two whole numbers");
    int64_t tags = npy_integer(&sizes, 0), features = npy_integer(&sizes, 1);
    if (tags < 1 || tags > CRF_TAGS_MAX || features < 1 || features > PKUSEG_RAW_FEATURES_MAX)
        return error_set(e, BAD_FILE, "%lld tags and %lld features", (long long)tags,
                         (long long)features);
    r->tags = (uint32_t)tags;
    r->features = (uint32_t)features;
    return OK;
}

static enum error_code pkuseg_raw_weights(const struct pkuseg_files *files, struct pkuseg_raw *r,
                                          struct error *e) {
    static const char file[] = "weights.npz";
    struct buf bytes = {0};
    bool there = false;
    enum error_code code = pkuseg_raw_get(files, file, "sizes.npy", &bytes, &there, e);
    if (!code && !there)
        code = pkuseg_old_weights(files, r, e);
    if (!code && there)
        code = pkuseg_raw_blame(file, pkuseg_raw_sizes(r, buf_span(&bytes), e), e);
    bytes.n = 0;
    if (!code && there)
        code = pkuseg_raw_get(files, file, "w.npy", &bytes, NULL, e);
    if (!code && there)
        code = pkuseg_raw_blame(file, pkuseg_raw_numbers(r, buf_span(&bytes), e), e);
    buf_free(&bytes);
    return code;
}

/* What Python would find out, or read past, only while cutting. */
static enum error_code pkuseg_raw_check(const struct pkuseg_raw *r, bool words, struct error *e) {
    size_t n = (size_t)r->tags * ((size_t)r->features + r->tags);
    for (size_t i = 0; i < n; i++)
        if (!isfinite(r->weight[i]))
            return error_set(e, BAD_FILE, "weight %zu is no number", i);
    const struct tree_node *f = tree_node(&r->tree, r->feature);
    if (f->n / 2 > r->features)
        return error_set(e, BAD_FILE, "%u features, and weights for %u", f->n / 2, r->features);
    for (uint32_t i = 0; i + 1 < f->n; i += 2) {
        struct tree_value row = f->item[i + 1];
        if (row.kind != TREE_INTEGER || row.as.i < 0 || row.as.i >= r->features)
            return error_set(e, BAD_FILE, "feature %u has no row among the weights", i / 2);
    }
    const struct tree_node *u = words ? tree_node(&r->tree, r->unigram) : NULL;
    for (uint32_t i = 0; u && i < u->n; i++)
        if (u->item[i].kind != TREE_TEXT)
            return error_set(e, BAD_FILE, "word %u of 'unigram' is no text", i);
    return OK;
}

enum error_code pkuseg_raw_read(const struct pkuseg_files *files, bool words,
                                struct pkuseg_raw *out, struct error *e) {
    *out = (struct pkuseg_raw){0};
    enum error_code code = pkuseg_raw_weights(files, out, e);
    if (!code)
        code = pkuseg_raw_named(files, words, out, e);
    if (!code)
        code = pkuseg_raw_check(out, words, e);
    if (code)
        pkuseg_raw_free(out);
    return code;
}

void pkuseg_raw_free(struct pkuseg_raw *r) {
    buf_free(&r->bytes);
    tree_free(&r->tree);
    memory_free(r->weight);
    *r = (struct pkuseg_raw){0};
}

/* pkuseg starts its edges at 1; that shifts every path alike, but rounds with it. */
enum error_code pkuseg_raw_crf(const struct pkuseg_raw *r, struct crf *out, struct error *e) {
    size_t tags = r->tags;
    const double *edge = r->weight + tags * r->features;
    out->tags = r->tags;
    out->edge = memory_alloc(tags * tags * sizeof *out->edge);
    if (!out->edge)
        return error_no_memory(e);
    for (size_t i = 0; i < tags * tags; i++)
        out->edge[i] = 1.0 + edge[i];
    return OK;
}

static size_t pkuseg_raw_names(const struct tree_node *map) {
    size_t n = 0;
    for (uint32_t i = 0; i + 1 < map->n; i += 2)
        n += map->item[i].n;
    return n;
}

enum error_code pkuseg_raw_tags(const struct pkuseg_raw *r, struct span **out, struct error *e) {
    const struct tree_node *map = tree_node(&r->tree, r->tag);
    struct span *name = memory_zero(r->tags * sizeof *name + pkuseg_raw_names(map));
    if (!name)
        return error_no_memory(e);
    *out = name;
    uint8_t *to = (uint8_t *)(name + r->tags);
    for (uint32_t i = 0; i + 1 < map->n; i += 2) {
        struct tree_value key = map->item[i], number = map->item[i + 1];
        if (number.kind != TREE_INTEGER || number.as.i < 0 || number.as.i >= r->tags)
            return error_set(e, BAD_FILE, "tag %u of 'tag_to_idx' is none of %u", i / 2, r->tags);
        if (key.n)
            memcpy(to, key.as.p, key.n);
        name[number.as.i] = (struct span){to, key.n};
        to += key.n;
    }
    for (uint32_t i = 0; i < r->tags; i++)
        if (!name[i].p)
            return error_set(e, BAD_FILE, "tag %u has no name in 'tag_to_idx'", i);
    return OK;
}
