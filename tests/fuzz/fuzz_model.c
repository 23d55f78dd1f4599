/* Fuzz target: bytes as a segmentation model, and as the parts of one whose check sum is right;
 * what opens is walked. */
#include "../../ext/words/feature.h"
#include "../../ext/words/segment.h"

#include <stdlib.h>

static const char TEXT[] = "血压高,\xE8\xA1\x80 ab12.5mg血高压血血压高高 \xFF血压";

static void fuzz_walk(struct span bytes) {
    struct model m;
    struct segment *s;
    struct segment_word parts[4], w;
    if (model_open(&m, bytes, NULL, NULL))
        return;
    if (!segment_new(&s, NULL)) {
        segment_begin(s, &m, NULL, span_text(TEXT));
        while (segment_next(s, &w)) {
            struct span word = span_slice(span_text(TEXT), w.start, w.end);
            segment_tag(&m, word);
            segment_parts(&m, word, parts, 4);
        }
        segment_free(s);
    }
    model_close(&m);
}

/* Fills to with the data again and again, and moves on. */
static void fuzz_fill(void *to, size_t n, const uint8_t *data, size_t size, size_t *at) {
    for (size_t i = 0; i < n; i++)
        ((uint8_t *)to)[i] = data[(*at)++ % size];
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static int16_t weights[FEATURE_COUNT];
    uint64_t *copy = malloc(size + 8), slots[24], words[24];
    int16_t vectors[8 * MODEL_LANES];
    uint16_t points[] = {u'血', u'压', u'高', 'a', '1'};
    struct buf out = {0};
    size_t at = 0;
    memcpy(copy, data, size);
    fuzz_walk(span_of(copy, size));
    free(copy);
    if (!size)
        return 0;
    fuzz_fill(slots, sizeof slots, data, size, &at);
    fuzz_fill(words, sizeof words, data, size, &at);
    fuzz_fill(vectors, sizeof vectors, data, size, &at);
    fuzz_fill(weights, sizeof weights, data, size, &at);
    for (int i = 0; i < 24; i++) { /* most random numbers would point outside */
        slots[i] = (slots[i] & ~0xFFFF00u & ~(uint64_t)0xFFFFF8 << 40) % ((uint64_t)1 << 43);
        slots[i] = (slots[i] & ~0xFFu) | (slots[i] & 0xFF) % 18;
        words[i] = (words[i] & ~0xFFFFFFu) | (words[i] & 0xFF) % 18;
    }
    struct automaton_built grams = {slots, NULL, NULL, vectors, 24, 7, 8};
    struct automaton dictionary = {words, NULL, NULL, 24, 7};
    struct model_parts parts = {points, 5, size % 2 ? &dictionary : NULL, &grams, weights, 0};
    if (!model_write(&parts, &out, NULL))
        fuzz_walk(buf_span(&out));
    buf_free(&out);
    return 0;
}
