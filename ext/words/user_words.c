/* user_words.c - an automaton over code points beside the model's.
 *
 *     cmed_add_word('可定', 6)       吃 | 可 定 |
 *                                      +6 -6 +6
 *
 * It is built again at the first use after a change, so that adding n words takes O(n log n).
 */
#include "user_words.h"
#include "../base/memory.h"
#include "../base/utf8.h"
#include "chunk.h"
#include "model.h"

enum {
    USER_WORDS_LENGTH = 64, /* characters */
    USER_WORDS_ZERO = 1 << 20,
    USER_WORDS_RULE = 5 * MODEL_SCALE /* how sure a rule is once a user word touches it */
};

/* The symbol of a code point; 0: none. */
static uint32_t user_words_label(uint32_t point) {
    point = charset_fold(point);
    return point <= AUTOMATON_LABEL_MAX ? point : 0;
}

enum error_code user_words_add(struct user_words *u, struct span word, double weight,
                               struct error *e) {
    uint8_t folded[USER_WORDS_LENGTH * 4];
    size_t n = 0, count = 0;
    if (!(weight >= -USER_WORDS_MOST && weight <= USER_WORDS_MOST))
        return error_set(e, BAD_USE, "the weight of a word is not in -%g to %g", USER_WORDS_MOST,
                         USER_WORDS_MOST);
    if (!word.n || utf8_valid(word) != word.n)
        return error_set(e, BAD_USE, "a word is %s", word.n ? "not UTF-8" : "empty");
    for (size_t at = 0; at < word.n; count++) {
        uint32_t point;
        at += charset_decode(word.p + at, word.n - at, &point);
        if (count == USER_WORDS_LENGTH)
            return error_set(e, BAD_USE, "a word is longer than %d characters", USER_WORDS_LENGTH);
        if (!user_words_label(point) || charset_class_of(point) == CLASS_SPACE)
            return error_set(e, BAD_USE, "a word holds U+%04X", point);
        n += utf8_put(folded + n, user_words_label(point));
    }
    u->stale = true;
    int32_t number = (int32_t)(weight * MODEL_SCALE) + USER_WORDS_ZERO;
    return lexicon_put(&u->words, span_of(folded, n), (uint32_t)number, e);
}

static enum error_code user_words_key(struct automaton_builder *b, struct span word,
                                      struct error *e) {
    uint16_t labels[USER_WORDS_LENGTH];
    size_t n = 0;
    for (size_t at = 0; at < word.n;) {
        uint32_t point;
        at += charset_decode(word.p + at, word.n - at, &point);
        labels[n++] = (uint16_t)point;
    }
    return automaton_add(b, labels, n, (uint32_t)b->n_keys + 1, e);
}

static enum error_code user_words_build(struct user_words *u, struct automaton_builder *b,
                                        struct error *e) {
    u->weights = memory_alloc((u->words.count + 1) * sizeof *u->weights);
    if (!u->weights)
        return error_no_memory(e);
    enum error_code code = OK;
    for (size_t i = 0; !code && i < (size_t)1 << u->words.bits; i++) {
        if (!u->words.hash[i])
            continue;
        const struct lexicon_entry *w = u->words.entry + i;
        code = user_words_key(b, span_of(u->words.text.p + w->at, w->n), e);
        if (!code)
            u->weights[b->n_keys] = (int32_t)w->number - USER_WORDS_ZERO;
    }
    return code ? code
                : automaton_build(b, AUTOMATON_DICTIONARY, AUTOMATON_LABEL_MAX, &u->built, e);
}

enum error_code user_words_ready(struct user_words *u, struct error *e) {
    if (!u->stale)
        return OK;
    struct automaton_builder b = {0};
    memory_free(u->weights);
    automaton_built_free(&u->built);
    enum error_code code = user_words_build(u, &b, e);
    automaton_builder_free(&b);
    u->stale = code != OK;
    return code;
}

void user_words_free(struct user_words *u) {
    memory_free(u->weights);
    automaton_built_free(&u->built);
    lexicon_free(&u->words);
    *u = (struct user_words){0};
}

static void user_words_move(struct chunk *c, int32_t *scores, size_t i, int32_t weight) {
    if (i == 0 || i == c->n)
        return;
    if (c->mark[i] != MARK_OPEN)
        scores[i] = c->mark[i] == MARK_SPLIT ? USER_WORDS_RULE : -USER_WORDS_RULE;
    c->mark[i] = MARK_OPEN;
    scores[i] += weight;
}

void user_words_score(const struct user_words *u, struct chunk *c, int32_t *scores) {
    struct automaton a = automaton_of(&u->built);
    for (size_t i = 0; i < c->n && a.n; i++) {
        uint32_t state = AUTOMATON_ROOT;
        for (size_t end = i; end < c->n; end++) {
            state = automaton_child(&a, state, user_words_label(c->point[end]));
            if (!state)
                break;
            uint32_t value = automaton_value(&a, state);
            if (!value)
                continue;
            user_words_move(c, scores, i, u->weights[value]);
            for (size_t k = i + 1; k <= end; k++)
                user_words_move(c, scores, k, -u->weights[value]);
            user_words_move(c, scores, end + 1, u->weights[value]);
        }
    }
}
