/* jieba's dictionary: frequencies of words, and that their prefixes are there. */
#ifndef CMED_WORDS_JIEBA_DICT_H
#define CMED_WORDS_JIEBA_DICT_H

#include "jieba.h"
#include "trie.h"

struct jieba_entry {
    int64_t freq;
    double log; /* of freq, or of 1 */
    bool parts; /* deleted once: the hidden Markov model must not make it */
};

struct jieba_dict {
    struct trie trie; /* by code points; value: 1 + the word's entry, 0 for a mere prefix */
    struct jieba_entry *entry;
    uint32_t count, cap;
    int64_t total;
    double log_total;
};

enum error_code jieba_dict_load(struct jieba_dict *d, struct span dict, struct error *e);
void jieba_dict_free(struct jieba_dict *d);

enum error_code jieba_dict_put(struct jieba_dict *d, struct span word, int64_t freq,
                               struct error *e);
/* The trie's state of a word; 0: neither a word nor a prefix. word is valid UTF-8. */
uint32_t jieba_dict_state(const struct jieba_dict *d, struct span word);

/* Of a state; NULL: no word ends there. */
static inline const struct jieba_entry *jieba_dict_entry(const struct jieba_dict *d,
                                                         uint32_t state) {
    uint32_t value = state ? d->trie.value[state] : 0;
    return value ? &d->entry[value - 1] : NULL;
}

#endif
