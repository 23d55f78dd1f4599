/* Fuzz target: a tagger, a classifier and a pair model with some of their bytes changed and the
 * check sum made right again; what opens is asked. Input: triples of offset (two bytes, spread
 * over the model) and value. */
#include "../../ext/base/sum.h"
#include "../../ext/learn/classifier.h"
#include "../../ext/learn/paraphrase_train.h"
#include "../../ext/learn/tag_train.h"

#include <stdio.h>
#include <stdlib.h>

static struct model base;
static struct buf tagger, classifier, pairs;

static const char *const places[] = {"肝", "右肺", "左肾", "胃体"};
static const char TEXT[] = "患者诉右肺疼痛三天，12.5mg \xFF 今日胃体加重，左肾疼痛\n肝疼痛一周";

static void fuzz_teach(void) {
    struct tag_trainer *t;
    struct linear_trainer c = {.options = classifier_options};
    struct paraphrase_trainer p = {0};
    struct classifier *work = calloc(1, sizeof *work);
    tag_train_new(&t, &base, NULL);
    for (int i = 0; i < 8; i++) {
        char text[100], spans[100];
        size_t n = strlen(places[i % 4]) / 3;
        snprintf(text, sizeof text, "患者诉%s疼痛三天", places[i % 4]);
        snprintf(spans, sizeof spans, "[[3,%zu,\"a\"],[3,%zu,\"b\"]]", 5 + n, 3 + n);
        tag_train_add(t, span_text(text), span_text(spans), NULL);
        classifier_read(work, span_text(text), NULL);
        linear_train_add(&c, &work->bag, span_text(places[i % 4]), LINEAR_LEARN, NULL);
        paraphrase_train_add(&p, span_text(text), span_text(places[i % 4]), i % 2, NULL);
    }
    tag_train_finish(t, NULL, &tagger, NULL);
    linear_train_finish(&c, NULL, &classifier, NULL);
    paraphrase_train_finish(&p, NULL, &pairs, NULL);
    tag_train_free(t);
    linear_train_free(&c);
    paraphrase_train_free(&p);
    classifier_free(work);
    free(work);
}

/* A copy of exactly its size, changed; from 'summed' on the bytes are summed up at 8. */
static struct span fuzz_change(struct span model, size_t summed, const uint8_t *data, size_t size) {
    uint8_t *copy = malloc(model.n);
    memcpy(copy, model.p, model.n);
    for (size_t i = 0; i + 3 <= size; i += 3) {
        size_t at = (size_t)data[i] << 8 | data[i + 1];
        /* Half of the offsets are the header's and the first sections', the others spread. */
        at = at & 1 ? (at >> 1) % 400 : (at >> 1) * (model.n >> 15 ? model.n >> 15 : 1);
        copy[at % model.n] = data[i + 2];
    }
    uint64_t sum = sum_bytes(span_of(copy + summed, model.n - summed));
    memcpy(copy + 8, &sum, sizeof sum);
    return span_of(copy, model.n);
}

static void fuzz_tagger(struct span bytes) {
    struct tagger t;
    struct tag_room *r;
    struct tag_mention m;
    double score;
    if (tagger_open(&t, bytes, &base, NULL))
        return;
    if (!tag_room_new(&r, NULL)) {
        tag_room_begin(r, &t, span_text(TEXT));
        while (tag_room_next(r, &m)) {
            tagger_type(&t, m.type);
            tag_room_score(r, &score, NULL);
        }
        tag_room_free(r);
    }
    tagger_close(&t);
}

static void fuzz_linear(struct span bytes, enum linear_use use) {
    static struct classifier c;
    static struct paraphrase p;
    struct linear m;
    struct span label;
    double same;
    if (linear_open(&m, bytes, use, NULL))
        return;
    if (use == LINEAR_CLASSIFIER)
        classifier_label(&c, &m, span_text(TEXT), &label, NULL);
    else
        paraphrase_same(&p, &m, span_text(TEXT), span_text(TEXT + 9), &same, NULL);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (!base.words.n) {
        if (model_open(&base, model_shipped(), NULL, NULL))
            abort();
        fuzz_teach();
    }
    if (!size)
        return 0;
    struct span bytes;
    switch (data[0] % 3) {
    case 0:
        bytes = fuzz_change(buf_span(&tagger), 16, data + 1, size - 1);
        fuzz_tagger(bytes);
        break;
    case 1:
        bytes = fuzz_change(buf_span(&classifier), 16, data + 1, size - 1);
        fuzz_linear(bytes, LINEAR_CLASSIFIER);
        break;
    default:
        bytes = fuzz_change(buf_span(&pairs), 16, data + 1, size - 1);
        fuzz_linear(bytes, LINEAR_PAIRS);
    }
    free((void *)(uintptr_t)bytes.p);
    return 0;
}
