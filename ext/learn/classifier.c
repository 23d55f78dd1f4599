/* classifier.c - what the classifier sees of a text, and its answer.
 *
 *     胃疼吃什么药  ->  ^胃疼吃什么药$  ->  ^ 胃 疼 … ^胃 胃疼 … ^胃疼 胃疼吃 …  of length 1
 * together
 */
#include "classifier.h"
#include "../base/memory.h"

enum { CLASSIFIER_START = 2, CLASSIFIER_END = 3 }; /* controls, which no normalised text has */
enum { CLASSIFIER_GRAM = 1 };                      /* the kind of feature */

const struct linear_options classifier_options = {
    .use = LINEAR_CLASSIFIER, .seed = 1, .cost = 4, .small = 0.01f};

enum error_code classifier_read(struct classifier *c, struct span text, struct error *e) {
    c->bag.n = c->points.n = 0;
    enum error_code code = normalize_text(&c->text, text, NORMALIZE_ALL, e);
    size_t n = c->text.point.n;
    if (!code)
        code = points_reserve(&c->points, n + 2, e);
    if (code)
        return code;
    c->points.p[0] = CLASSIFIER_START;
    if (n)
        memcpy(c->points.p + 1, c->text.point.p, n * sizeof *c->points.p);
    c->points.p[n + 1] = CLASSIFIER_END;
    c->points.n = n + 2;
    code = grams_make(&c->grams, &c->points, 1, GRAM_MAX, e);
    for (size_t i = 0; i < c->grams.n && !code; i++)
        code = bag_add(&c->bag, CLASSIFIER_GRAM, c->grams.key[i], 1, e);
    bag_scale(&c->bag, 0, 1);
    return code;
}

enum error_code classifier_label(struct classifier *c, const struct linear *m, struct span text,
                                 struct span *label, struct error *e) {
    enum error_code code = classifier_read(c, text, e);
    if (code)
        return code;
    linear_score(m, &c->bag, c->score);
    *label = linear_label(m, linear_best(m, c->score));
    return OK;
}

void classifier_free(struct classifier *c) {
    normalize_free(&c->text);
    points_free(&c->points);
    grams_free(&c->grams);
    bag_free(&c->bag);
    *c = (struct classifier){0};
}
