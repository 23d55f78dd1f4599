/* fuzz_pkuseg.c - a whole model folder and a text, fed anything.
 *
 *     byte 0   bit 0 to 1: the kind of features file, bit 2: the same for the tag model
 *     byte 1   tags - 1, up to 8      byte 2   rows of weights - 1, up to 64
 *     byte 3   seed of the weights
 *     rest     features FF text FF user words FF dictionary FF model.txt
 *
 * Every word has to lie in the text, one behind the other. */
#include "../../ext/words/pkuseg.h"

#include <stdio.h>
#include <stdlib.h>

enum { FUZZ_PKUSEG_HEAD = 4, FUZZ_PKUSEG_PARTS = 5, FUZZ_PKUSEG_WEIGHTS = 8 * (64 + 8) };

struct fuzz_pkuseg {
    const uint8_t *head;
    struct span part[FUZZ_PKUSEG_PARTS];
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static enum error_code fuzz_pkuseg_npy(struct buf *out, const char *type, const void *data,
                                       size_t n, struct error *e) {
    char header[96];
    int length = snprintf(header, sizeof header,
                          "{'descr': '%s', 'fortran_order': False, 'shape': (%zu,), }\n", type, n);
    const uint8_t size[2] = {(uint8_t)length, 0};
    enum error_code code = buf_add(out, "\x93NUMPY\1", 8, e);
    if (!code)
        code = buf_add(out, size, 2, e);
    if (!code)
        code = buf_add(out, header, (size_t)length, e);
    return code ? code : buf_add(out, data, n * 8, e);
}

static enum error_code fuzz_pkuseg_weights(const uint8_t *head, struct buf *out, struct error *e) {
    double w[FUZZ_PKUSEG_WEIGHTS];
    size_t tags = head[1] % 8 + 1u, rows = head[2] % 64 + 1u, n = tags * (rows + tags);
    uint32_t seed = head[3];
    for (size_t i = 0; i < n; i++) {
        seed = seed * 1664525u + 1013904223u;
        w[i] = (double)(seed >> 28) - 7;
    }
    return fuzz_pkuseg_npy(out, "<f8", w, n, e);
}

static enum error_code fuzz_pkuseg_get(void *of, const char *file, const char *member,
                                       struct buf *out, bool *there, struct error *e) {
    static const char *const features[] = {"features.pkl", "features.msgpack", "features.json",
                                           "tagIndex.txt"};
    const struct fuzz_pkuseg *f = of;
    const char *name = member ? member : file;
    bool old = f->head[0] % 4 == 3;
    if (strcmp(name, features[f->head[0] % 4]) == 0)
        return buf_add_span(out, f->part[0], e);
    if (old && (strcmp(name, "unigram_word.txt") == 0 || strncmp(name, "featureIndex", 12) == 0))
        return buf_add_span(out, f->part[strcmp(name, "featureIndex.txt_3") == 0 ? 4 : 2], e);
    if (old && strcmp(name, "model.txt") == 0)
        return buf_add_span(out, f->part[4], e);
    const int64_t sizes[2] = {f->head[1] % 8 + 1, f->head[2] % 64 + 1};
    if (!old && strcmp(name, "sizes.npy") == 0)
        return fuzz_pkuseg_npy(out, "<i8", sizes, 2, e);
    if (!old && strcmp(name, "w.npy") == 0)
        return fuzz_pkuseg_weights(f->head, out, e);
    *there = false;
    return OK;
}

static void fuzz_pkuseg_cut(const struct pkuseg *p, struct span text) {
    struct pkuseg_room room = {0};
    const struct pkuseg_word *word;
    size_t n, end = 0;
    if (pkuseg_cut(p, &room, text, &word, &n, NULL) == OK)
        for (size_t i = 0; i < n; i++) {
            if (word[i].n == 0 || word[i].at < end || (size_t)word[i].at + word[i].n > text.n)
                abort();
            end = (size_t)word[i].at + word[i].n;
        }
    pkuseg_room_free(&room);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct fuzz_pkuseg f = {.head = data};
    struct pkuseg_files files = {fuzz_pkuseg_get, &f};
    struct pkuseg *p = NULL;
    struct error e = {0};
    if (size < FUZZ_PKUSEG_HEAD)
        return 0;
    struct span rest = span_of(data + FUZZ_PKUSEG_HEAD, size - FUZZ_PKUSEG_HEAD);
    for (int i = 0; i < FUZZ_PKUSEG_PARTS; i++) {
        size_t end = span_find(rest, 0, 0xFF);
        f.part[i] = span_slice(rest, 0, end);
        rest = span_from(rest, end + 1);
    }
    if (pkuseg_load(&files, &p, &e))
        return 0;
    if (data[0] & 4)
        pkuseg_load_tags(p, &files, &e);
    pkuseg_add_words(p, f.part[2], &e);
    pkuseg_add_dictionary(p, f.part[3], &e);
    fuzz_pkuseg_cut(p, f.part[1]);
    pkuseg_free(p);
    return 0;
}
