/* Fuzz target: lines as terms of a few codes, the last one as a mention; and the bytes as a vector
 * and as its JSON. */
#include "../../ext/match/terms.h"
#include "../../ext/match/vector.h"

#include <stdlib.h>

enum { CODES = 5, MOST = 8 };

static void fuzz_ask(struct terms *t, struct span mention) {
    struct terms_answer a = {0};
    for (size_t k = 0; k <= MOST; k += MOST / 2)
        if (!terms_find(t, mention, k, &a, NULL)) {
            if (a.n > k)
                abort();
            for (size_t i = 0; i < a.n; i++) {
                if (!(a.row[i].score > 0 && a.row[i].score <= 1))
                    abort();
                terms_alias(t, a.row[i].doc);
            }
        }
    terms_answer_free(&a);
}

static void fuzz_terms(const uint8_t *data, size_t size) {
    struct span all = span_of(data + 1, size - 1), line = {0};
    struct terms t = {.options = {(enum terms_method)(data[0] % 3), data[0] & 4 ? NORMALIZE_ALL : 0,
                                  data[0] & 8, data[0] & 16, data[0] & 32}};
    for (size_t at = 0; at < all.n; at += line.n + 1) {
        line = span_slice(all, at, span_find(all, at, '\n'));
        uint8_t code = line.n ? line.p[0] % CODES : 0;
        terms_add(&t, (int64_t)at, span_of(&code, 1), span_from(line, 1), NULL);
    }
    if (!terms_build(&t, NULL, NULL))
        fuzz_ask(&t, line.p ? line : all);
    terms_free(&t);
}

static void fuzz_vector(struct span bytes) {
    struct buf out = {0}, back = {0};
    struct vector v;
    if (!vector_parse(bytes, &out, NULL) &&
        (vector_open(buf_span(&out), &v, NULL) || vector_write(v, &back, NULL)))
        abort();
    back.n = out.n = 0;
    if (!vector_open(bytes, &v, NULL) && !vector_write(v, &back, NULL))
        if (vector_parse(buf_span(&back), &out, NULL) || vector_l2(v, v) != 0)
            abort();
    buf_free(&out);
    buf_free(&back);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (size)
        fuzz_terms(data, size);
    fuzz_vector(span_of(data, size));
    return 0;
}
