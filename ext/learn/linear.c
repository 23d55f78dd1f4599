/* linear.c - a linear model as bytes.
 *
 *     id 0x9C41F00B --bucket[0x9C4]--> id[3101] = 0x9C41F00B
 *                    start[3101 .. 3102] --> {row 4, step 812} {row 9, step -310}
 *
 * Limits: LINEAR_LABELS_MAX labels, LINEAR_BYTES_MAX bytes.
 */
#include "linear.h"
#include "../base/sum.h"
#include "../text/names.h"

#include <math.h>

static const char LINEAR_MAGIC[9] = "CMEDLIN1";

/* --- reading --------------------------------------------------------------------------------- */

bool linear_is(struct span bytes, enum linear_use use) {
    struct linear_header h;
    if (bytes.n < sizeof h || memcmp(bytes.p, LINEAR_MAGIC, sizeof h.magic) != 0)
        return false;
    memcpy(&h, bytes.p, sizeof h);
    return h.use == use;
}

/* Bytes of the model that the header speaks of. */
static uint64_t linear_size(const struct linear_header *h) {
    uint64_t n = sizeof *h + h->n_text;
    n += 4 * ((uint64_t)h->n_labels + linear_rows(h->n_labels));
    n += 4 * (((uint64_t)1 << h->bits) + 1 + 2 * (uint64_t)h->n_ids + 1);
    return n + sizeof(struct linear_weight) * (uint64_t)h->n_weights;
}

static void linear_point(struct linear *m) {
    const struct linear_header *h = m->header;
    m->n_rows = linear_rows(h->n_labels);
    m->label_end = (const uint32_t *)(h + 1);
    m->bias = (const void *)(m->label_end + h->n_labels);
    m->bucket = (const void *)(m->bias + m->n_rows);
    m->id = m->bucket + ((size_t)1 << h->bits) + 1;
    m->start = m->id + h->n_ids;
    m->weight = (const struct linear_weight *)(m->start + h->n_ids + 1);
    m->text = (const uint8_t *)(m->weight + h->n_weights);
}

/* n numbers that never fall, and the last one is end. */
static bool linear_rises(const uint32_t *p, size_t n, uint32_t end) {
    for (size_t i = 1; i < n; i++)
        if (p[i] < p[i - 1])
            return false;
    return p[n - 1] == end;
}

static bool linear_sound(const struct linear *m) {
    const struct linear_header *h = m->header;
    size_t buckets = (size_t)1 << h->bits;
    if (!linear_rises(m->label_end, h->n_labels, h->n_text) || !isfinite(h->scale) ||
        !linear_rises(m->bucket, buckets + 1, h->n_ids) ||
        !linear_rises(m->start, (size_t)h->n_ids + 1, h->n_weights))
        return false;
    for (uint32_t i = 1; i < h->n_ids; i++)
        if (m->id[i] <= m->id[i - 1])
            return false;
    for (uint32_t i = 0; i < h->n_weights; i++)
        if (m->weight[i].row >= m->n_rows)
            return false;
    for (uint32_t i = 0; i < m->n_rows; i++)
        if (!isfinite(m->bias[i]))
            return false;
    return true;
}

enum error_code linear_open(struct linear *m, struct span bytes, enum linear_use use,
                            struct error *e) {
    if (!linear_is(bytes, use) || bytes.n > LINEAR_BYTES_MAX)
        return error_set(e, BAD_FILE, "%zu bytes are no such model", bytes.n);
    const struct linear_header *h = m->header = (const struct linear_header *)bytes.p;
    if (h->bits < 1 || h->bits > LINEAR_BITS_MAX || h->n_labels < 2 ||
        h->n_labels > LINEAR_LABELS_MAX || (use == LINEAR_PAIRS && h->n_labels != 2) ||
        h->bytes != bytes.n || linear_size(h) != bytes.n)
        return error_set(e, BAD_FILE, "a model of %zu bytes has another size than it says",
                         bytes.n);
    size_t summed = offsetof(struct linear_header, bytes);
    if (sum_bytes(span_from(bytes, summed)) != h->sum)
        return error_set(e, BAD_FILE, "a model of %zu bytes has been changed", bytes.n);
    linear_point(m);
    return linear_sound(m) ? OK : error_set(e, BAD_FILE, "a model does not fit together");
}

static uint32_t linear_find(const struct linear *m, uint32_t id) {
    uint32_t top = id >> (32 - m->header->bits);
    uint32_t low = m->bucket[top], high = m->bucket[top + 1];
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (m->id[middle] < id)
            low = middle + 1;
        else
            high = middle;
    }
    return low < m->header->n_ids && m->id[low] == id ? low : m->header->n_ids;
}

void linear_score(const struct linear *m, const struct bag *b, float *score) {
    memcpy(score, m->bias, m->n_rows * sizeof *score);
    for (size_t i = 0; i < b->n; i++) {
        uint32_t at = linear_find(m, b->item[i].id);
        if (at == m->header->n_ids)
            continue;
        float value = b->item[i].value * m->header->scale;
        for (uint32_t k = m->start[at]; k < m->start[at + 1]; k++)
            score[m->weight[k].row] += value * (float)m->weight[k].step;
    }
}

uint32_t linear_best(const struct linear *m, const float *score) {
    uint32_t best = 0;
    if (m->n_rows == 1)
        return score[0] > 0;
    for (uint32_t i = 1; i < m->n_rows; i++)
        if (score[i] > score[best])
            best = i;
    return best;
}

struct span linear_label(const struct linear *m, uint32_t label) {
    uint32_t start = label ? m->label_end[label - 1] : 0;
    return span_of(m->text + start, m->label_end[label] - start);
}

/* --- writing --------------------------------------------------------------------------------- */

static enum error_code linear_put(struct buf *out, uint32_t x, struct error *e) {
    return buf_add(out, &x, sizeof x, e);
}

static bool linear_kept(const struct linear_parts *p, float w) {
    return fabsf(w) >= p->small;
}

/* How many weights an id keeps. */
static uint32_t linear_count(const struct linear_parts *p, uint32_t rows, uint32_t i) {
    uint32_t n = 0;
    for (uint32_t r = 0; r < rows; r++)
        n += linear_kept(p, p->weight[(size_t)i * rows + r]);
    return n;
}

static void linear_measure(const struct linear_parts *p, struct linear_header *h) {
    uint32_t rows = linear_rows(h->n_labels);
    float most = 0;
    for (uint32_t i = 0; i < p->n_ids; i++) {
        uint32_t n = linear_count(p, rows, i);
        h->n_ids += n > 0;
        h->n_weights += n;
    }
    for (size_t i = 0; i < (size_t)p->n_ids * rows; i++)
        most = fmaxf(most, fabsf(p->weight[i]));
    h->scale = most > 0 ? most / INT16_MAX : 1;
    for (h->bits = 1; h->bits < LINEAR_BITS_MAX && (uint32_t)1 << h->bits < h->n_ids;)
        h->bits++;
}

/* bucket, id and start: three walks over the ids that keep a weight. */
static enum error_code linear_write_ids(const struct linear_parts *p, const struct linear_header *h,
                                        struct buf *out, struct error *e) {
    uint32_t rows = linear_rows(h->n_labels), kept = 0, next = 0, start = 0;
    enum error_code code = OK;
    for (uint32_t i = 0; i < p->n_ids && !code; i++) {
        if (!linear_count(p, rows, i))
            continue;
        for (; next <= p->id[i] >> (32 - h->bits) && !code; next++)
            code = linear_put(out, kept, e);
        kept++;
    }
    for (; next <= (uint32_t)1 << h->bits && !code; next++)
        code = linear_put(out, kept, e);
    for (uint32_t i = 0; i < p->n_ids && !code; i++)
        if (linear_count(p, rows, i))
            code = linear_put(out, p->id[i], e);
    for (uint32_t i = 0; i < p->n_ids && !code; i++) {
        uint32_t n = linear_count(p, rows, i);
        if (n)
            code = linear_put(out, start, e);
        start += n;
    }
    return code ? code : linear_put(out, start, e);
}

static enum error_code linear_write_weights(const struct linear_parts *p, float scale,
                                            uint32_t rows, struct buf *out, struct error *e) {
    enum error_code code = OK;
    for (uint32_t i = 0; i < p->n_ids && !code; i++)
        for (uint32_t r = 0; r < rows && !code; r++) {
            float w = p->weight[(size_t)i * rows + r];
            struct linear_weight to = {(uint16_t)r, (int16_t)lrintf(w / scale)};
            if (linear_kept(p, w))
                code = buf_add(out, &to, sizeof to, e);
        }
    return code;
}

enum error_code linear_write(const struct linear_parts *p, struct buf *out, struct error *e) {
    struct linear_header h = {.use = p->use, .n_labels = (uint32_t)p->labels->n};
    uint32_t rows = linear_rows(h.n_labels);
    h.n_text = (uint32_t)p->labels->text.n;
    linear_measure(p, &h);
    uint64_t size = linear_size(&h);
    if (size > LINEAR_BYTES_MAX || p->labels->text.n > LINEAR_BYTES_MAX)
        return error_set(e, BAD_DATA, "a model of more than %d bytes", LINEAR_BYTES_MAX);
    memcpy(h.magic, LINEAR_MAGIC, sizeof h.magic);
    h.bytes = (uint32_t)size;
    size_t from = out->n;
    enum error_code code = buf_add(out, &h, sizeof h, e);
    for (uint32_t i = 0; i < h.n_labels && !code; i++)
        code = linear_put(out, (uint32_t)p->labels->end[i], e);
    if (!code)
        code = buf_add(out, p->bias, rows * sizeof *p->bias, e);
    if (!code)
        code = linear_write_ids(p, &h, out, e);
    if (!code)
        code = linear_write_weights(p, h.scale, rows, out, e);
    if (!code)
        code = buf_add_span(out, buf_span(&p->labels->text), e);
    if (code)
        return code;
    h.sum = sum_bytes(span_from(buf_span(out), from + offsetof(struct linear_header, bytes)));
    memcpy(out->p + from, &h, sizeof h);
    return OK;
}
