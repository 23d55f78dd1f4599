/* fuzz_pickle.c - the readers of serialised models, fed anything.
 *
 *     first byte   which reader
 *     the rest     its file
 *
 * What was read is walked once, so that every text and node is touched. */
#include "../../ext/words/json_tree.h"
#include "../../ext/words/msgpack.h"
#include "../../ext/words/npy.h"
#include "../../ext/words/pickle.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static size_t fuzz_pickle_walk(const struct tree *t) {
    size_t sum = 0;
    for (uint32_t i = 0; i < t->count; i++)
        for (uint32_t k = 0; k < t->node[i].n; k++) {
            struct tree_value v = t->node[i].item[k];
            if (v.kind == TREE_NONE)
                abort();
            if ((v.kind == TREE_LIST || v.kind == TREE_MAP) && v.as.node >= t->count)
                abort();
            for (uint32_t b = 0; v.kind == TREE_TEXT && b < v.n; b++)
                sum += v.as.p[b];
        }
    return sum;
}

/* The last number is inside the file. */
static void fuzz_pickle_npy(struct span bytes) {
    struct npy a;
    if (npy_read(bytes, &a, NULL) || a.count == 0)
        return;
    uint64_t last = 0, seen;
    double x = a.kind == 'f' ? npy_real(&a, a.count - 1) : 0;
    int64_t i = a.kind == 'i' ? npy_integer(&a, a.count - 1) : 0;
    memcpy(&seen, a.kind == 'f' ? (const void *)&x : (const void *)&i, sizeof seen);
    memcpy(&last, bytes.p + bytes.n - a.size, a.size);
    if (a.size == 8 ? seen != last : (uint32_t)seen != (uint32_t)last)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static enum error_code (*const readers[])(struct span, struct tree *, struct tree_value *,
                                              struct error *) = {pickle_read, msgpack_read,
                                                                 json_tree_read};
    struct tree t = {0};
    struct tree_value v = {0};
    struct error e = {0};
    if (size == 0)
        return 0;
    struct span bytes = span_of(data + 1, size - 1);
    unsigned which = data[0] % 4;
    if (which == 3) {
        fuzz_pickle_npy(bytes);
        return 0;
    }
    if (readers[which](bytes, &t, &v, &e) == OK && v.kind == TREE_NONE)
        abort();
    (void)fuzz_pickle_walk(&t);
    tree_free(&t);
    return 0;
}
