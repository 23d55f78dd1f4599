/* Fuzz target: any bytes, segmented with the model that ships and a user's words; as gold; and
 * what comes out is what went in, without the white space. */
#include "../../ext/words/segment.h"
#include "../../ext/words/train.h"

#include <stdlib.h>

struct fuzz_state {
    struct model model;
    struct segment *segment;
    struct user_words users;
};

static struct fuzz_state *fuzz_state(void) {
    static struct fuzz_state s;
    if (s.segment)
        return &s;
    if (model_open(&s.model, model_shipped(), NULL, NULL) || segment_new(&s.segment, NULL))
        abort();
    user_words_add(&s.users, span_text("12(a)"), 20, NULL);
    user_words_add(&s.users, span_text("的的"), -3, NULL);
    if (user_words_ready(&s.users, NULL))
        abort();
    return &s;
}

static void fuzz_words(struct fuzz_state *s, const struct user_words *users, struct span text) {
    struct segment_word w, before = {0}, parts[8];
    segment_begin(s->segment, &s->model, users, text);
    for (; segment_next(s->segment, &w); before = w) {
        if (w.start < before.end || w.end <= w.start || w.end > text.n ||
            w.end_point <= w.start_point || w.start_point < before.end_point)
            abort();
        struct span word = span_slice(text, w.start, w.end);
        size_t n = segment_parts(&s->model, word, parts, 8);
        for (size_t i = 0; i < n; i++)
            if (parts[i].end > word.n || parts[i].start >= parts[i].end)
                abort();
        segment_tag(&s->model, word);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct fuzz_state *s = fuzz_state();
    struct train *t;
    struct buf out = {0};
    uint8_t *copy = malloc(size + 1); /* so that reading past the end is seen */
    memcpy(copy, data, size);
    uint8_t *exact = realloc(copy, size ? size : 1);
    struct span text = span_of(exact, size);
    fuzz_words(s, NULL, text);
    fuzz_words(s, &s->users, text);
    if (train_new(&t, &(struct train_options){.epochs = 1}, NULL))
        abort();
    if (!train_add(t, text, NULL) && !train_finish(t, &out, NULL) && !model_is(buf_span(&out)))
        abort();
    train_free(t);
    buf_free(&out);
    free(exact);
    return 0;
}
