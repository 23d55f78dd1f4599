/* train.c - from gold to a model.
 *
 *     gold lines --gold.c--> texts, marks        kept until train_finish
 *                   pass 1   the charset, if there is no base; a number for each n-gram
 *                   epochs   boundary by boundary: sum, compare, correct
 *                   end      weights to 16 bits, small ones dropped, automaton, bytes
 *
 * Memory: the gold, 48 bytes an n-gram, and as much again for the automaton.
 */
#include "train.h"
#include "../base/memory.h"
#include "train_feature.h"

#include <math.h>

enum { TRAIN_EPOCHS = 16, TRAIN_EPOCHS_MAX = 1000 };

static const float TRAIN_RATE = 0.06f; /* of AdaGrad */
static const float TRAIN_SURE = 0.04f; /* error below which nothing is corrected */
static const float TRAIN_SMALL = 0.2f; /* weights of n-grams below this are dropped: most of those
                                          seen once */
/* With a dictionary only: without one there is nothing else to learn to rely on. */
static const uint32_t TRAIN_DROP = 150; /* of 1000 n-grams, left out */
static const uint32_t TRAIN_BLIND = 80; /* of 1000 boundaries, without any n-gram */

struct train_sentence {
    uint32_t at, bytes, mark;
};

struct train_weight {
    float w, squares, sum; /* sum: of w over the later epochs */
};

struct train {
    struct train_options options;
    struct gold gold;
    struct buf texts, marks, sentences; /* sentences: struct train_sentence */
    uint32_t random;
    struct charset charset;
    struct buf points; /* uint16_t: the charset's, where there is no base */
    struct pairs grams[MODEL_GRAM_MAX];
    uint32_t n_grams;
    struct train_weight *gram, *dense;
    struct train_features features;
};

enum error_code train_new(struct train **out, const struct train_options *options,
                          struct error *e) {
    struct train *t = *out = memory_zero(sizeof *t);
    if (!t)
        return error_no_memory(e);
    t->options = *options;
    if (!t->options.epochs)
        t->options.epochs = TRAIN_EPOCHS;
    t->random = options->seed * 2654435761u + 1;
    if (t->options.epochs <= TRAIN_EPOCHS_MAX)
        return OK;
    train_free(t);
    *out = NULL;
    return error_set(e, BAD_USE, "more than %d epochs", TRAIN_EPOCHS_MAX);
}

void train_free(struct train *t) {
    if (!t)
        return;
    gold_free(&t->gold);
    buf_free(&t->texts);
    buf_free(&t->marks);
    buf_free(&t->sentences);
    buf_free(&t->points);
    charset_close(&t->charset);
    for (int n = 0; n < MODEL_GRAM_MAX; n++)
        pairs_free(&t->grams[n]);
    memory_free(t->gram);
    memory_free(t->dense);
    memory_free(t);
}

/* xorshift: 0 to n - 1 */
static uint32_t train_random(struct train *t, uint32_t n) {
    t->random ^= t->random << 13;
    t->random ^= t->random >> 17;
    t->random ^= t->random << 5;
    return (uint32_t)((uint64_t)t->random * n >> 32);
}

static bool train_chance(struct train *t, uint32_t in_1000) {
    return train_random(t, 1000) < in_1000;
}

/* ---- gold ---- */

static enum error_code train_keep(struct train *t, const struct gold_sentence *s, struct error *e) {
    if (s->n < 2)
        return OK;
    if (t->texts.n + s->text.n > TRAIN_BYTES_MAX)
        return error_set(e, BAD_DATA, "more than %d bytes of gold", TRAIN_BYTES_MAX);
    struct train_sentence new = {(uint32_t)t->texts.n, (uint32_t)s->text.n, (uint32_t)t->marks.n};
    enum error_code code = buf_add_span(&t->texts, s->text, e);
    if (!code)
        code = buf_add(&t->marks, s->marks, s->n, e);
    return code ? code : buf_add(&t->sentences, &new, sizeof new, e);
}

static enum error_code train_line(struct train *t, struct span line, struct error *e) {
    struct gold_sentence sentence;
    enum error_code code = OK;
    for (bool again = true; again && !code;) {
        code = gold_line(&t->gold, line, &sentence, &again, e);
        if (!code)
            code = train_keep(t, &sentence, e);
    }
    return code;
}

enum error_code train_add(struct train *t, struct span gold, struct error *e) {
    enum error_code code = OK;
    if (gold.n && gold.p[gold.n - 1] == '\n')
        gold.n--; /* a value may end its last line, which is no empty line */
    for (size_t at = 0, end; at <= gold.n && !code; at = end + 1) {
        end = span_find(gold, at, '\n');
        code = train_line(t, span_slice(gold, at, end), e);
    }
    return code;
}

/* ---- charset and n-grams ---- */

static const struct charset *train_charset(const struct train *t) {
    return t->options.base ? model_charset(t->options.base) : &t->charset;
}

/* The characters that occur at least so often that there is room for all such. */
static enum error_code train_list(struct train *t, const uint32_t *counts, struct error *e) {
    enum error_code code = OK;
    uint32_t n = CHARSET_MAX + 1, least = 0;
    while (n > CHARSET_MAX) {
        least += least / 8 + 1;
        n = 0;
        for (uint32_t point = 1; point < 0x10000; point++)
            n += counts[point] >= least;
    }
    for (uint32_t point = 1; point < 0x10000 && !code; point++)
        if (counts[point] >= least) {
            uint16_t listed = (uint16_t)point;
            code = buf_add(&t->points, &listed, sizeof listed, e);
        }
    return code;
}

static enum error_code train_characters(struct train *t, struct error *e) {
    uint32_t *counts = memory_zero(0x10000 * sizeof *counts);
    if (!counts)
        return error_no_memory(e);
    for (size_t at = 0; at < t->texts.n;) {
        uint32_t point;
        at += charset_decode(t->texts.p + at, t->texts.n - at, &point);
        if (point <= 0xFFFF)
            counts[charset_fold(point)]++;
    }
    enum error_code code = train_list(t, counts, e);
    memory_free(counts);
    if (code)
        return code;
    return charset_open(&t->charset, (const uint16_t *)t->points.p,
                        (uint32_t)(t->points.n / sizeof(uint16_t)), e);
}

static enum error_code train_number(struct train *t, struct error *e) {
    const struct chunk *c = &t->features.chunk;
    for (size_t k = 0; k < c->n + 2; k++)
        for (size_t n = 1; n <= MODEL_GRAM_MAX && n <= k + 1; n++) {
            uint32_t key[2];
            if (c->codes[k + 1 - n] == CHARSET_UNKNOWN)
                break;
            train_gram_key(c->codes, k, (int)n, key);
            if (pairs_find(&t->grams[n - 1], key[0], key[1]))
                continue;
            enum error_code code = pairs_put(&t->grams[n - 1], key[0], key[1], ++t->n_grams, e);
            if (code)
                return code;
        }
    return OK;
}

/* ---- learning ---- */

static void train_step(struct train_weight *w, float gradient) {
    w->squares += gradient * gradient;
    w->w -= TRAIN_RATE * gradient / sqrtf(1e-6f + w->squares);
}

/* Corrects the weights of one boundary; split: what gold says. */
static void train_boundary(struct train *t, size_t i, bool split) {
    const struct train_features *f = &t->features;
    uint32_t grams[TRAIN_GRAMS];
    bool words = t->options.base && t->options.base->words.n,
         blind = words && train_chance(t, TRAIN_BLIND);
    int all = blind ? 0 : train_features_grams(f, i, grams), n = 0;
    float sum = 0;
    for (int k = 0; k < all; k++)
        if (!words || !train_chance(t, TRAIN_DROP)) {
            grams[n++] = grams[k];
            sum += t->gram[grams[k]].w;
        }
    for (uint32_t k = f->head[i]; k; k = f->list[k - 1].next)
        sum += t->dense[f->list[k - 1].id].w;
    float gradient = 1 / (1 + expf(-sum)) - (split ? 1.0f : 0.0f);
    if (fabsf(gradient) < TRAIN_SURE)
        return;
    for (int k = 0; k < n; k++)
        train_step(&t->gram[grams[k]], gradient);
    for (uint32_t k = f->head[i]; k; k = f->list[k - 1].next)
        train_step(&t->dense[f->list[k - 1].id], gradient);
}

static void train_chunk(struct train *t, const uint8_t *marks) {
    const struct chunk *c = &t->features.chunk;
    for (size_t i = 1; i < c->n; i++)
        if (c->mark[i] == MARK_OPEN && marks[i] != GOLD_UNKNOWN)
            train_boundary(t, i, marks[i] == GOLD_SPLIT);
}

/* One sentence, chunk by chunk: numbers its n-grams (learn false), or learns. */
static enum error_code train_sentence(struct train *t, const struct train_sentence *s, bool learn,
                                      struct error *e) {
    static const struct automaton NONE = {0};
    const struct automaton *words = t->options.base ? &t->options.base->words : &NONE;
    struct span text = span_of(t->texts.p + s->at, s->bytes);
    const uint8_t *marks = t->marks.p + s->mark;
    enum error_code code = OK;
    while (text.n && !code) {
        if (learn) {
            train_features_read(&t->features, train_charset(t), words, t->grams, text);
            train_chunk(t, marks);
        } else {
            chunk_read(&t->features.chunk, train_charset(t), text);
            code = train_number(t, e);
        }
        text = span_from(text, t->features.chunk.bytes);
        marks += t->features.chunk.n;
    }
    return code;
}

static void train_shuffle(struct train *t, struct train_sentence *s, uint32_t n) {
    for (uint32_t i = n; i > 1; i--) {
        uint32_t j = train_random(t, i);
        struct train_sentence swap = s[i - 1];
        s[i - 1] = s[j];
        s[j] = swap;
    }
}

static void train_sum(struct train_weight *w, size_t n) {
    for (size_t i = 0; i < n; i++)
        w[i].sum += w[i].w;
}

static enum error_code train_epochs(struct train *t, struct error *e) {
    struct train_sentence *s = (struct train_sentence *)t->sentences.p;
    uint32_t n = (uint32_t)(t->sentences.n / sizeof *s), epochs = t->options.epochs;
    enum error_code code = OK;
    for (uint32_t epoch = 0; epoch < epochs && !code; epoch++) {
        train_shuffle(t, s, n);
        for (uint32_t i = 0; i < n && !code; i++) {
            code = train_sentence(t, s + i, true, e);
            if (!code && i % 256 == 0)
                code = poll_check(t->options.poll, e);
        }
        if (epoch < epochs / 2)
            continue;
        train_sum(t->gram, ((size_t)t->n_grams + 1) * MODEL_LANES);
        train_sum(t->dense, FEATURE_COUNT);
    }
    return code;
}

/* ---- the model ---- */

static int32_t train_rounded(const struct train *t, const struct train_weight *w, float least) {
    uint32_t kept = t->options.epochs - t->options.epochs / 2; /* the later ones */
    float mean = w->sum / (float)kept;
    if (fabsf(mean) < least)
        return 0;
    long rounded = lroundf(mean * MODEL_SCALE);
    return (int32_t)(rounded > 32767 ? 32767 : rounded < -32767 ? -32767 : rounded);
}

static enum error_code train_key(const struct train *t, const struct pairs_slot *slot, int n,
                                 struct automaton_builder *b, struct error *e) {
    const uint16_t codes[] = {(uint16_t)(slot->a >> 16), (uint16_t)slot->a, (uint16_t)slot->b};
    int32_t weights[MODEL_LANES], any = 0;
    for (int lane = 0; lane < MODEL_LANES; lane++) {
        weights[lane] = train_rounded(t, t->gram + (size_t)slot->value * MODEL_LANES + (size_t)lane,
                                      TRAIN_SMALL);
        any |= weights[lane];
    }
    return any ? automaton_add_weights(b, codes + MODEL_GRAM_MAX - n, (size_t)n, weights, e) : OK;
}

static enum error_code train_automaton(const struct train *t, struct automaton_built *out,
                                       struct error *e) {
    struct automaton_builder b = {.lanes = MODEL_LANES};
    enum error_code code = OK;
    for (int n = 1; n <= MODEL_GRAM_MAX; n++) {
        const struct pairs *p = &t->grams[n - 1];
        for (size_t i = 0; p->slot && i < (size_t)1 << p->bits && !code; i++)
            if (p->slot[i].value)
                code = train_key(t, p->slot + i, n, &b, e);
    }
    if (!code)
        code = automaton_build(&b, AUTOMATON_VECTORS, train_charset(t)->n + CHARSET_FIRST, out, e);
    automaton_builder_free(&b);
    return code;
}

static enum error_code train_write(const struct train *t, struct buf *out, struct error *e) {
    const struct model *base = t->options.base;
    struct automaton_built grams;
    int16_t *weights = memory_alloc(FEATURE_COUNT * sizeof *weights);
    if (!weights)
        return error_no_memory(e);
    for (size_t i = 0; i < FEATURE_COUNT; i++)
        weights[i] = (int16_t)train_rounded(t, t->dense + i, 0);
    enum error_code code = train_automaton(t, &grams, e);
    if (!code) {
        struct model_parts parts = {.points = (const uint16_t *)t->points.p,
                                    .n_points = t->charset.n,
                                    .grams = &grams,
                                    .weights = weights,
                                    .lexicon = base ? base->lexicon : 0};
        if (base && t->options.whole) {
            parts.points = base->points;
            parts.n_points = base->charset.n;
            parts.words = &base->words;
        }
        code = model_write(&parts, out, e);
        automaton_built_free(&grams);
    }
    memory_free(weights);
    return code;
}

static enum error_code train_prepare(struct train *t, struct error *e) {
    const struct train_sentence *s = (const struct train_sentence *)t->sentences.p;
    size_t n = t->sentences.n / sizeof *s;
    if (!n)
        return error_set(e, BAD_DATA, "there is no gold to train with");
    enum error_code code = t->options.base ? OK : train_characters(t, e);
    for (size_t i = 0; i < n && !code; i++)
        code = train_sentence(t, s + i, false, e);
    if (code)
        return code;
    t->gram = memory_zero(((size_t)t->n_grams + 1) * MODEL_LANES * sizeof *t->gram);
    t->dense = memory_zero(FEATURE_COUNT * sizeof *t->dense);
    return t->gram && t->dense ? OK : error_no_memory(e);
}

enum error_code train_finish(struct train *t, struct buf *out, struct error *e) {
    struct gold_sentence last;
    gold_end(&t->gold, &last);
    enum error_code code = train_keep(t, &last, e);
    if (!code)
        code = train_prepare(t, e);
    if (!code)
        code = train_epochs(t, e);
    return code ? code : train_write(t, out, e);
}
