/* jieba_dict.c - dict.txt in a trie.
 *
 *     高血压 271 n          word, frequency, tag (not looked at)
 */
#include "jieba_dict.h"

#include "../base/memory.h"
#include "../base/utf8.h"
#include "decimal.h"
#include "python_text.h"

#include <math.h>

/* Sums of frequencies stay whole numbers that a double comes close to. */
static const int64_t jieba_dict_total_max = (int64_t)1 << 62;

static enum error_code jieba_dict_symbols(struct span word, uint32_t *symbol, size_t *n,
                                          struct error *e) {
    *n = 0;
    for (size_t at = 0; at < word.n;) {
        if (*n == JIEBA_WORD_MAX)
            return error_set(e, BAD_FILE, "a word of more than %d characters", JIEBA_WORD_MAX);
        at += utf8_next(word, at, &symbol[(*n)++]);
    }
    return *n ? OK : error_set(e, BAD_FILE, "a word of no characters");
}

static enum error_code jieba_dict_new(struct jieba_dict *d, struct error *e) {
    if (d->count == d->cap) {
        uint32_t cap = d->cap ? d->cap + d->cap / 2 : 64;
        struct jieba_entry *entry = memory_resize(d->entry, cap * sizeof *entry);
        if (!entry)
            return error_no_memory(e);
        d->entry = entry;
        d->cap = cap;
    }
    d->entry[d->count++] = (struct jieba_entry){0};
    return OK;
}

static enum error_code jieba_dict_set(struct jieba_dict *d, struct span word, int64_t freq,
                                      struct error *e) {
    uint32_t symbol[JIEBA_WORD_MAX], state = 0;
    size_t n;
    if (freq < 0 || freq > jieba_dict_total_max - d->total)
        return error_set(e, BAD_FILE, "frequencies add up to more than 2 to the 62nd");
    enum error_code code = jieba_dict_symbols(word, symbol, &n, e);
    if (!code)
        code = trie_put(&d->trie, symbol, n, &state, e);
    if (!code && !d->trie.value[state]) {
        code = jieba_dict_new(d, e);
        if (!code)
            d->trie.value[state] = d->count;
    }
    if (code)
        return code;
    struct jieba_entry *entry = &d->entry[d->trie.value[state] - 1];
    entry->freq = freq;
    entry->log = log(freq ? (double)freq : 1.0);
    d->total += freq;
    return OK;
}

enum error_code jieba_dict_put(struct jieba_dict *d, struct span word, int64_t freq,
                               struct error *e) {
    enum error_code code = jieba_dict_set(d, word, freq, e);
    if (code)
        return code;
    d->log_total = log((double)d->total);
    if (freq == 0)
        d->entry[d->trie.value[jieba_dict_state(d, word)] - 1].parts = true;
    return OK;
}

static enum error_code jieba_dict_line(struct jieba_dict *d, struct span line, struct error *e) {
    size_t space = span_find(line, 0, ' ');
    struct span rest = span_from(line, space + 1);
    int64_t freq;
    if (space == 0 || !decimal_whole(span_slice(rest, 0, span_find(rest, 0, ' ')), &freq))
        return error_set(e, BAD_FILE, "no word and frequency");
    return jieba_dict_set(d, span_slice(line, 0, space), freq, e);
}

enum error_code jieba_dict_load(struct jieba_dict *d, struct span dict, struct error *e) {
    enum error_code code = OK;
    size_t line = 0;
    if (utf8_valid(dict) != dict.n)
        return error_set(e, BAD_FILE, "'dict.txt': not UTF-8");
    for (size_t at = 0; !code && at < dict.n; line++) {
        size_t end = span_find(dict, at, '\n');
        code = jieba_dict_line(d, python_text_strip_bytes(span_slice(dict, at, end)), e);
        at = end + 1;
    }
    if (code == BAD_FILE && e) {
        struct error why = *e;
        return error_set(e, code, "'dict.txt' line %zu: %s", line, why.text);
    }
    if (!code && d->total == 0)
        code = error_set(e, BAD_FILE, "'dict.txt': no word has a frequency");
    if (!code)
        d->log_total = log((double)d->total);
    return code;
}

uint32_t jieba_dict_state(const struct jieba_dict *d, struct span word) {
    uint32_t state = 0, point;
    for (size_t at = 0; at < word.n;) {
        at += utf8_next(word, at, &point);
        state = trie_step(&d->trie, state, point);
        if (!state)
            break;
    }
    return state;
}

void jieba_dict_free(struct jieba_dict *d) {
    trie_free(&d->trie);
    memory_free(d->entry);
    *d = (struct jieba_dict){0};
}
