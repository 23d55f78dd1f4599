/* pkuseg_user.c - what comes before and after the model.
 *
 *     user words  肺, 肺下叶结节      肺下叶结节切除   肺下叶结节 | 切除     the longest word at
 * the end of the text 肺下叶结石       肺下叶结 | 石         up to where the last word breaks off:
 *                                                                          pkuseg's way, kept
 *     dictionary  高血压病            高 血压 病       高血压病
 */
#include "pkuseg_user.h"

#include "../base/utf8.h"
#include "python_text.h"

enum { PKUSEG_USER_JOIN_MAX = 7, PKUSEG_USER_JOIN_MIN = 2 };

static enum error_code pkuseg_user_symbols(struct span word, uint32_t *symbol, size_t *n,
                                           struct error *e) {
    *n = 0;
    for (size_t at = 0; at < word.n;) {
        if (*n == PKUSEG_USER_WORD_MAX)
            return error_set(e, BAD_DATA, "a word of more than %d characters",
                             PKUSEG_USER_WORD_MAX);
        at += utf8_next(word, at, &symbol[(*n)++]);
    }
    return OK;
}

enum error_code pkuseg_user_add(struct pkuseg_user *u, struct span word, struct span tag,
                                struct error *e) {
    uint32_t symbol[PKUSEG_USER_WORD_MAX], state = 0;
    size_t n;
    if (utf8_valid(word) != word.n || utf8_valid(tag) != tag.n)
        return error_set(e, BAD_DATA, "a word that is not UTF-8");
    word = python_text_strip(word);
    tag = python_text_strip(tag);
    enum error_code code = pkuseg_user_symbols(word, symbol, &n, e);
    if (code || n == 0)
        return code;
    struct pkuseg_user_tag place = {(uint32_t)u->tags.n, (uint32_t)tag.n};
    code = buf_add_span(&u->tags, tag, e);
    if (!code)
        code = buf_add(&u->places, &place, sizeof place, e);
    if (!code)
        code = trie_put(&u->trie, symbol, n, &state, e);
    if (!code)
        u->trie.value[state] = (uint32_t)(u->places.n / sizeof place);
    return code;
}

/* The word at position i as pkuseg's Preprocesser walks it; to == i: none. */
static struct pkuseg_user_piece pkuseg_user_walk(const struct pkuseg_user *u,
                                                 const struct pkuseg_position *position, size_t n,
                                                 size_t i) {
    struct pkuseg_user_piece piece = {i, i, 0};
    uint32_t state = 0;
    size_t j = i;
    while (j < n && (state = trie_step(&u->trie, state, position[j].point)) != 0) {
        j++;
        if (u->trie.value[state]) {
            piece.tag = u->trie.value[state];
            piece.to = j;
        }
    }
    if (piece.tag && j < n)
        piece.to = j;
    return piece;
}

struct pkuseg_user_piece pkuseg_user_find(const struct pkuseg_user *u,
                                          const struct pkuseg_position *position, size_t n,
                                          size_t from) {
    for (size_t i = u->trie.count ? from : n; i < n; i++) {
        struct pkuseg_user_piece piece = pkuseg_user_walk(u, position, n, i);
        if (piece.tag)
            return piece;
    }
    return (struct pkuseg_user_piece){n, n, 0};
}

struct span pkuseg_user_text(const struct pkuseg_user *u, uint32_t tag) {
    const struct pkuseg_user_tag *place =
        (const struct pkuseg_user_tag *)(const void *)u->places.p + tag - 1;
    return (struct span){u->tags.p + place->at, place->n};
}

void pkuseg_user_free(struct pkuseg_user *u) {
    trie_free(&u->trie);
    buf_free(&u->places);
    buf_free(&u->tags);
}

static struct span pkuseg_user_slice(struct span text, const struct pkuseg_word *first,
                                     const struct pkuseg_word *last) {
    return span_slice(text, first->at, (size_t)last->at + last->n);
}

/* m words become one where the dictionary has it, and not each of the m. */
static bool pkuseg_user_joins(const struct lexicon *dictionary, struct span text,
                              const struct pkuseg_word *word, size_t m) {
    if (!lexicon_find(dictionary, pkuseg_user_slice(text, word, word + m - 1), NULL))
        return false;
    for (size_t i = 0; i < m; i++)
        if (!lexicon_find(dictionary, pkuseg_user_slice(text, word + i, word + i), NULL))
            return true;
    return false;
}

size_t pkuseg_user_join(const struct lexicon *dictionary, struct span text,
                        struct pkuseg_word *word, size_t n) {
    for (size_t m = PKUSEG_USER_JOIN_MAX; m >= PKUSEG_USER_JOIN_MIN; m--) {
        size_t to = 0, from = 0;
        while (from < n) {
            struct pkuseg_word w = word[from];
            size_t take = 1;
            if (m <= n - from && pkuseg_user_joins(dictionary, text, word + from, m)) {
                w.n = word[from + m - 1].at + word[from + m - 1].n - w.at;
                take = m;
            }
            word[to++] = w;
            from += take;
        }
        n = to;
    }
    return n;
}
