/* fuzz_window.c - the window over bytes in any encoding.
 *
 *     | asked | read and drop | text ...       one byte, one byte, the rest
 *
 * However it is read and dropped, it shows the same bytes, lines and errors as all at once; behind
 * the bytes are zeros. What was decoded is what encoding_decode makes of it. */
#include "../../ext/base/bytes.h"
#include "../../ext/base/memory.h"
#include "../../ext/base/utf8.h"
#include "../../ext/read/window.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void fuzz_must(bool holds) {
    if (!holds)
        abort();
}

struct fuzz_seen {
    struct buf bytes;
    uint64_t lines;
    enum error_code code;
    enum encoding original;
    bool decoded;
};

static struct source *fuzz_source(struct span text) {
    struct store *store;
    struct source *s;
    fuzz_must(blob_store(text.p, text.n, false, &store, NULL) == OK);
    fuzz_must(store_source(store, true, 0, UINT64_MAX, &s, NULL) == OK);
    return s;
}

static void fuzz_shown(const struct window *w) {
    for (size_t i = 0; i < 64; i++)
        fuzz_must(w->bytes.p[w->bytes.n + i] == 0);
}

/* drop: of what is shown, so many 16ths are dropped each time. */
static void fuzz_read(struct span text, const struct window_settings *set, bool unsafe, size_t drop,
                      struct fuzz_seen *out) {
    struct window w = {0};
    out->code = window_open(&w, fuzz_source(text), set, NULL);
    if (!out->code && unsafe)
        out->code = window_decode(&w, NULL);
    while (!out->code) {
        fuzz_shown(&w);
        bool last = w.last;
        size_t used = last ? w.bytes.n : (w.bytes.n * drop + 15) / 16;
        fuzz_must(buf_add_span(&out->bytes, span_slice(w.bytes, 0, used), NULL) == OK);
        out->lines += bytes_count(span_slice(w.bytes, 0, used), '\n');
        out->original = w.original;
        out->decoded = w.decoded;
        if (last)
            break;
        out->code = window_more(&w, used, NULL);
        fuzz_must(out->code || w.line == out->lines + 1);
    }
    window_close(&w);
    window_free(&w);
}

/* What a decoded window should have shown. */
static void fuzz_decoded(struct span text, const struct window_settings *set,
                         const struct fuzz_seen *seen) {
    enum encoding said;
    struct buf whole = {0};
    size_t used, bom = encoding_bom(text, &said);
    enum encoding_bad bad = set->bad == ENCODING_REPLACE ? ENCODING_REPLACE : ENCODING_MARK;
    if (bom && said != seen->original)
        bom = 0;
    fuzz_must(encoding_decode(seen->original, bad, span_from(text, bom), true, &used, &whole,
                              NULL) == OK);
    fuzz_must(span_same(buf_span(&whole), buf_span(&seen->bytes)));
    fuzz_must(bad != ENCODING_REPLACE || utf8_valid(buf_span(&whole)) == whole.n);
    buf_free(&whole);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static const size_t reads[] = {1, 2, 3, 7, 64, 4096};
    if (size < 2)
        return 0;
    struct span text = span_of(data + 2, size - 2);
    struct window_settings set = {.encoding = (enum encoding)(data[0] % (ENCODING_LATIN1 + 1)),
                                  .bad = data[0] & 0x40 ? ENCODING_REPLACE : ENCODING_FAIL};
    bool unsafe = data[0] & 0x80;
    struct fuzz_seen all = {0}, some = {0};
    fuzz_read(text, &set, unsafe, 16, &all);
    set.read_size = reads[data[1] % (sizeof reads / sizeof *reads)];
    fuzz_read(text, &set, unsafe, data[1] >> 4, &some);
    fuzz_must(all.code == some.code && all.lines == some.lines);
    fuzz_must(span_same(buf_span(&all.bytes), buf_span(&some.bytes)));
    if (!all.code && all.decoded)
        fuzz_decoded(text, &set, &all);
    buf_free(&all.bytes);
    buf_free(&some.bytes);
    return 0;
}
