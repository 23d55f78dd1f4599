/* Words as bytes, each with a number. */
#ifndef CMED_WORDS_LEXICON_H
#define CMED_WORDS_LEXICON_H

#include "../base/buf.h"

struct lexicon_entry {
    uint32_t at, n; /* the word, in the text */
    uint32_t number;
};

/* All zero is an empty lexicon. */
struct lexicon {
    struct buf text;             /* the words, one behind the other */
    uint32_t *hash;              /* 1 << bits of them; 0: an empty slot */
    struct lexicon_entry *entry; /* as many */
    unsigned bits;
    size_t count;
    size_t longest; /* bytes */
};

enum { LEXICON_PROBES_MAX = 1024 };

/* Copies the word; one that is there takes the new number. BAD_FILE past LEXICON_PROBES_MAX
 * collisions. */
enum error_code lexicon_put(struct lexicon *l, struct span word, uint32_t number, struct error *e);
/* The number goes where 'number' says, unless it is NULL. */
bool lexicon_find(const struct lexicon *l, struct span word, uint32_t *number);
/* The same in steps, for many words at once: the hash, the memory that will be looked at, the word.
 */
uint32_t lexicon_hash(struct span word);
static inline void lexicon_touch(const struct lexicon *l, uint32_t hash) {
    if (l->hash) {
        __builtin_prefetch(&l->hash[hash >> (32 - l->bits)]);
        __builtin_prefetch(&l->entry[hash >> (32 - l->bits)]);
    }
}
bool lexicon_find_hashed(const struct lexicon *l, struct span word, uint32_t hash,
                         uint32_t *number);
void lexicon_free(struct lexicon *l);

#endif
