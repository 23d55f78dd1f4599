/* pkuseg_old.c - model folders of plain text, pkuseg 0.0.11 and before.
 *
 *     unigram_word.txt      发热                      a word a line
 *     featureIndex.txt_0    17.cc1.发.热 2041         up to the first '.' it says nothing
 *     tagIndex.txt          B_single 1
 *     model.txt             5 / 515480 / -0.0312 / ..  tags, weights, a weight a line
 *
 * pkuseg stops two weights early, so that the last two stay 0: so do we.
 */
#include "../base/memory.h"
#include "../base/utf8.h"
#include "crf.h"
#include "decimal.h"
#include "pkuseg_raw.h"
#include "python_text.h"

#include <stdio.h>

enum { PKUSEG_OLD_PARTS = 10, PKUSEG_OLD_FILES = PKUSEG_OLD_PARTS + 2 };

static const char *const pkuseg_old_names[PKUSEG_OLD_FILES] = {
    "featureIndex.txt_0", "featureIndex.txt_1", "featureIndex.txt_2", "featureIndex.txt_3",
    "featureIndex.txt_4", "featureIndex.txt_5", "featureIndex.txt_6", "featureIndex.txt_7",
    "featureIndex.txt_8", "featureIndex.txt_9", "tagIndex.txt",       "unigram_word.txt",
};

static enum error_code pkuseg_old_entry(struct pkuseg_raw *r, struct tree_value map,
                                        struct span line, bool numbered, struct error *e) {
    size_t space = span_find(line, 0, ' ');
    size_t from = numbered ? span_find(line, 0, '.') + 1 : 0;
    int64_t number;
    if (from > space || !decimal_whole(python_text_strip(span_from(line, space + 1)), &number))
        return error_set(e, BAD_FILE, "a line that is no name, space and number");
    struct tree_value entry[2] = {tree_text(span_slice(line, from, space)), tree_integer(number)};
    return tree_push(&r->tree, map, entry, 2, e);
}

static enum error_code pkuseg_old_lines(struct pkuseg_raw *r, int file, struct span text,
                                        struct error *e) {
    if (utf8_valid(text) != text.n)
        return error_set(e, BAD_FILE, "not UTF-8");
    size_t at = 0;
    struct span line;
    enum error_code code = OK;
    while (!code && python_text_line(text, &at, &line)) {
        if (file < PKUSEG_OLD_PARTS) {
            code = pkuseg_old_entry(r, r->feature, line, true, e);
        } else if (file == PKUSEG_OLD_PARTS) {
            code = pkuseg_old_entry(r, r->tag, line, false, e);
        } else {
            struct tree_value word = tree_text(python_text_strip(line));
            code = tree_push(&r->tree, r->unigram, &word, 1, e);
        }
    }
    return code;
}

enum error_code pkuseg_old_features(const struct pkuseg_files *files, bool words,
                                    struct pkuseg_raw *r, struct error *e) {
    size_t end[PKUSEG_OLD_FILES + 1] = {0};
    int count = words ? PKUSEG_OLD_FILES : PKUSEG_OLD_FILES - 1;
    enum error_code code = OK;
    /* All are read before any is looked at: the bytes move while they grow. */
    for (int i = 0; !code && i < count; i++) {
        bool there = false;
        code = pkuseg_raw_get(files, pkuseg_old_names[i], NULL, &r->bytes, &there, e);
        end[i + 1] = r->bytes.n;
        if (!code && !there)
            code = error_set(e, BAD_FILE,
                             "no 'features.pkl', .msgpack or .json in the model folder, "
                             "nor the older '%s'",
                             pkuseg_old_names[i]);
    }
    if (!code)
        code = tree_add(&r->tree, TREE_LIST, &r->unigram, e);
    if (!code)
        code = tree_add(&r->tree, TREE_MAP, &r->feature, e);
    if (!code)
        code = tree_add(&r->tree, TREE_MAP, &r->tag, e);
    for (int i = 0; !code && i < count; i++) {
        struct span text = span_slice(buf_span(&r->bytes), end[i], end[i + 1]);
        code = pkuseg_raw_blame(pkuseg_old_names[i], pkuseg_old_lines(r, i, text, e), e);
    }
    return code;
}

static enum error_code pkuseg_old_whole(struct span text, size_t *at, int64_t *out,
                                        struct error *e) {
    struct span line;
    if (!python_text_line(text, at, &line) || !decimal_whole(python_text_strip(line), out))
        return error_set(e, BAD_FILE, "does not begin with two whole numbers");
    return OK;
}

static enum error_code pkuseg_old_numbers(struct pkuseg_raw *r, struct span text, struct error *e) {
    size_t at = 0;
    int64_t tags = 0, n = 0;
    struct span line;
    enum error_code code = pkuseg_old_whole(text, &at, &tags, e);
    if (!code)
        code = pkuseg_old_whole(text, &at, &n, e);
    if (code)
        return code;
    if (tags < 1 || tags > CRF_TAGS_MAX || n % tags || n / tags <= tags || (uint64_t)n > text.n)
        return error_set(e, BAD_FILE, "%lld tags and %lld weights", (long long)tags, (long long)n);
    r->tags = (uint32_t)tags;
    r->features = (uint32_t)(n / tags - tags);
    r->weight = memory_zero((size_t)n * sizeof *r->weight);
    if (!r->weight)
        return error_no_memory(e);
    for (int64_t i = 0; i + 2 < n; i++)
        if (!python_text_line(text, &at, &line) ||
            !decimal_real(python_text_strip(line), &r->weight[i]))
            return error_set(e, BAD_FILE, "weight %lld of %lld is no number", (long long)i,
                             (long long)n);
    return OK;
}

enum error_code pkuseg_old_weights(const struct pkuseg_files *files, struct pkuseg_raw *r,
                                   struct error *e) {
    static const char file[] = "model.txt";
    struct buf bytes = {0};
    bool there = false;
    enum error_code code = pkuseg_raw_get(files, file, NULL, &bytes, &there, e);
    if (!code && !there)
        code = error_set(e, BAD_FILE, "no 'weights.npz' in the model folder, nor the older '%s'",
                         file);
    if (!code && utf8_valid(buf_span(&bytes)) != bytes.n)
        code = pkuseg_raw_blame(file, error_set(e, BAD_FILE, "not UTF-8"), e);
    if (!code)
        code = pkuseg_raw_blame(file, pkuseg_old_numbers(r, buf_span(&bytes), e), e);
    buf_free(&bytes);
    return code;
}
