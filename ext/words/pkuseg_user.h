/* User words of a pkuseg segmenter, and the dictionary its words are put together by. */
#ifndef CMED_WORDS_PKUSEG_USER_H
#define CMED_WORDS_PKUSEG_USER_H

#include "lexicon.h"
#include "pkuseg_model.h"

/* All zero: no words. */
struct pkuseg_user {
    struct trie trie;  /* value: 1 + where the word's tag is */
    struct buf places; /* struct pkuseg_user_tag */
    struct buf tags;   /* text */
};

struct pkuseg_user_tag {
    uint32_t at, n;
};

struct pkuseg_user_piece {
    size_t from, to; /* positions; from == to: no word up to the end */
    uint32_t tag;    /* for pkuseg_user_tag_text */
};

enum error_code pkuseg_user_add(struct pkuseg_user *u, struct span word, struct span tag,
                                struct error *e);
/* The first user word at or after 'from' of n positions. */
struct pkuseg_user_piece pkuseg_user_find(const struct pkuseg_user *u,
                                          const struct pkuseg_position *position, size_t n,
                                          size_t from);
struct span pkuseg_user_text(const struct pkuseg_user *u, uint32_t tag);
void pkuseg_user_free(struct pkuseg_user *u);

/* Puts neighbours of word[0] to word[n - 1] together; the number that is left. The words lie in
 * text side by side. */
size_t pkuseg_user_join(const struct lexicon *dictionary, struct span text,
                        struct pkuseg_word *word, size_t n);

#endif
