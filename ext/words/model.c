/* model.c - a segmentation model in bytes: written, checked, pointed into.
 *
 *     63 6D 65 64 77 72 64 31 | sum | lexicon | bytes | counts ...    "cmedwrd1"
 *
 * The counts say where everything lies; they must add up to the bytes there are, and the sum must
 * agree, before anything else is looked at. A sum can be forged, so the automata are checked, too.
 */
#include "model.h"
#include "../base/buf.h"
#include "feature.h"

static const uint8_t MODEL_MAGIC[8] = {'c', 'm', 'e', 'd', 'w', 'r', 'd', '1'};

enum { MODEL_SUMMED = 16 }; /* the magic and the sum itself are not part of the sum */

struct model_layout {
    uint64_t points, words, grams, vectors, weights, end; /* offsets */
};

static uint64_t model_aligned(uint64_t n) {
    return (n + 7) & ~(uint64_t)7;
}

static struct model_layout model_lay(const struct model_header *h) {
    struct model_layout l = {.points = sizeof *h};
    l.words = l.points + model_aligned((uint64_t)h->n_points * sizeof(uint16_t));
    l.grams = l.words + (uint64_t)h->n_words * sizeof(uint64_t);
    l.vectors = l.grams + (uint64_t)h->n_grams * sizeof(uint64_t);
    l.weights = l.vectors + (uint64_t)h->n_vectors * MODEL_LANES * sizeof(int16_t);
    l.end = l.weights + model_aligned((uint64_t)h->n_weights * sizeof(int16_t));
    return l;
}

/* 64 bits of n bytes, a multiple of 8. */
static uint64_t model_sum(const uint8_t *p, size_t n) {
    uint64_t sum[4] = {1, 2, 3, 4}, word;
    for (size_t i = 0; i < n / 8; i++) {
        memcpy(&word, p + i * 8, 8);
        sum[i & 3] = (sum[i & 3] ^ word) * 0x9E3779B97F4A7C15u;
        sum[i & 3] ^= sum[i & 3] >> 32;
    }
    for (int i = 1; i < 4; i++)
        sum[0] = (sum[0] ^ sum[i]) * 0xBF58476D1CE4E5B9u;
    return sum[0] ^ sum[0] >> 29;
}

bool model_is(struct span bytes) {
    return bytes.n >= sizeof MODEL_MAGIC && !memcmp(bytes.p, MODEL_MAGIC, sizeof MODEL_MAGIC);
}

static enum error_code model_header(struct span bytes, struct model_header *h, struct error *e) {
    if (!model_is(bytes) || bytes.n < sizeof *h)
        return error_set(e, BAD_FILE, "this is no segmentation model of cmed");
    memcpy(h, bytes.p, sizeof *h);
    if (bytes.n > MODEL_BYTES_MAX || h->bytes != bytes.n || model_lay(h).end != bytes.n)
        return error_set(e, BAD_FILE, "a segmentation model of %u bytes has %zu", h->bytes,
                         bytes.n);
    if (h->sum != model_sum(bytes.p + MODEL_SUMMED, bytes.n - MODEL_SUMMED))
        return error_set(e, BAD_FILE, "the check sum of a segmentation model is wrong");
    if (h->n_weights != FEATURE_COUNT || !h->n_vectors)
        return error_set(e, BAD_FILE, "a segmentation model of another version of cmed");
    return OK;
}

/* The dictionary: its own, base's, or none. */
static enum error_code model_words(struct model *m, const struct model_header *h, const uint8_t *p,
                                   const struct model *base, struct error *e) {
    struct model_layout l = model_lay(h);
    m->lexicon = h->lexicon;
    if (h->n_points || !h->lexicon) {
        m->words = (struct automaton){.slots = (const uint64_t *)(p + l.words),
                                      .n = h->n_words,
                                      .labels = h->n_points + CHARSET_FIRST};
        if (h->lexicon != (h->n_words ? model_sum(p + l.points, l.grams - l.points) : 0))
            return error_set(e, BAD_FILE, "the dictionary of a segmentation model is not its own");
        m->points = (const uint16_t *)(p + l.points);
        enum error_code code = charset_open(&m->charset, m->points, h->n_points, e);
        return code || !h->n_words ? code : automaton_check(&m->words, AUTOMATON_VALUE_MAX + 1, e);
    }
    if (!base || base->lexicon != h->lexicon || h->n_words)
        return error_set(e, BAD_FILE, "a segmentation model was trained with another dictionary");
    m->base = base;
    m->words = base->words;
    return OK;
}

enum error_code model_open(struct model *m, struct span bytes, const struct model *base,
                           struct error *e) {
    *m = (struct model){0};
    struct model_header h;
    enum error_code code = model_header(bytes, &h, e);
    if (!code)
        code = model_words(m, &h, bytes.p, base, e);
    if (code) {
        model_close(m);
        return code;
    }
    struct model_layout l = model_lay(&h);
    m->sum = h.sum;
    m->vectors = (const int16_t *)(bytes.p + l.vectors);
    m->weights = (const int16_t *)(bytes.p + l.weights);
    m->grams = (struct automaton){.slots = (const uint64_t *)(bytes.p + l.grams),
                                  .n = h.n_grams,
                                  .labels = model_charset(m)->n + CHARSET_FIRST};
    code = automaton_check(&m->grams, h.n_vectors, e);
    if (code)
        model_close(m);
    return code;
}

void model_close(struct model *m) {
    charset_close(&m->charset);
    *m = (struct model){0};
}

/* ---- writing ---- */

static enum error_code model_section(struct buf *out, const void *p, size_t n, struct error *e) {
    enum error_code code = buf_add(out, p, n, e);
    while (!code && out->n % 8)
        code = buf_add_byte(out, 0, e);
    return code;
}

static enum error_code model_sections(const struct model_parts *parts, struct buf *out,
                                      struct error *e) {
    const struct automaton *words = parts->words;
    const struct automaton_built *grams = parts->grams;
    enum error_code code = model_section(out, parts->points, parts->n_points * sizeof(uint16_t), e);
    if (!code && words)
        code = model_section(out, words->slots, words->n * sizeof *words->slots, e);
    if (!code)
        code = model_section(out, grams->slots, grams->n * sizeof *grams->slots, e);
    if (!code)
        code = model_section(out, grams->vectors,
                             (size_t)grams->n_vectors * MODEL_LANES * sizeof *grams->vectors, e);
    return code ? code : model_section(out, parts->weights, FEATURE_COUNT * sizeof(int16_t), e);
}

enum error_code model_write(const struct model_parts *parts, struct buf *out, struct error *e) {
    struct model_header h = {.n_points = parts->n_points,
                             .n_words = parts->words ? parts->words->n : 0,
                             .n_grams = parts->grams->n,
                             .n_vectors = parts->grams->n_vectors,
                             .n_weights = FEATURE_COUNT,
                             .lexicon = parts->lexicon};
    memcpy(h.magic, MODEL_MAGIC, sizeof h.magic);
    struct model_layout l = model_lay(&h);
    if (l.end > MODEL_BYTES_MAX)
        return error_set(e, BAD_DATA, "a segmentation model grows past %d bytes", MODEL_BYTES_MAX);
    h.bytes = (uint32_t)l.end;
    out->n = 0;
    enum error_code code = model_section(out, &h, sizeof h, e);
    if (!code)
        code = model_sections(parts, out, e);
    if (code)
        return code;
    if (h.n_words)
        h.lexicon = model_sum(out->p + l.points, l.grams - l.points);
    memcpy(out->p, &h, sizeof h);
    h.sum = model_sum(out->p + MODEL_SUMMED, out->n - MODEL_SUMMED);
    memcpy(out->p, &h, sizeof h);
    return OK;
}
