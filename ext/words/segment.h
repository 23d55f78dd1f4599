/* Segmentation: text into words. White space parts words and is never part of one. */
#ifndef CMED_WORDS_SEGMENT_H
#define CMED_WORDS_SEGMENT_H

#include "../base/buf.h"
#include "model.h"
#include "user_words.h"

struct segment_word {
    size_t start, end;             /* bytes of the text */
    size_t start_point, end_point; /* the same in code points */
};

/* A segmenter: working memory of about 230 kB, for one text after the other. */
struct segment;

enum error_code segment_new(struct segment **out, struct error *e);
void segment_free(struct segment *s);

/* Starts on a text. users: ready, or NULL. All three must stay until the last word. Text is UTF-8;
 * a byte that is no character is a word of its own. A run of more than CHUNK_MAX characters is
 * worked off in pieces, each ended where the rules are sure of a boundary. */
void segment_begin(struct segment *s, const struct model *m, const struct user_words *users,
                   struct span text);
bool segment_next(struct segment *s, struct segment_word *word);

/* The words of a text behind what is in out, one blank between. */
enum error_code segment_join(struct segment *s, const struct model *m,
                             const struct user_words *users, struct span text, struct buf *out,
                             struct error *e);

/* Part of speech of one word, by the dictionary; of a word that is not there, by its last part
 * that is (肺动脉高压 as 高压), or by its characters: m, eng, x. Names: dictionary.h. */
const char *segment_tag(const struct model *m, struct span word);

/* The dictionary's words of two characters or more inside a word, itself excepted, in the order
 * of their starts, shorter first: what a search should also find it by. At most 'room' of them;
 * offsets are from the word's start. */
size_t segment_parts(const struct model *m, struct span word, struct segment_word *out,
                     size_t room);

/* Whether the dictionary has the word; whether it has one that begins so. */
bool segment_knows(const struct model *m, struct span word);
bool segment_begins(const struct model *m, struct span start);

#endif
