/* Segmentation by a pkuseg model, word for word as pkuseg-python and spacy-pkuseg.
 *
 * R. Luo, J. Xu, Y. Zhang, Z. Zhang, X. Ren, X. Sun: PKUSEG: A Toolkit for Multi-Domain Chinese
 * Word Segmentation, arXiv 1906.11455; the program followed is pkuseg 0.0.25. */
#ifndef CMED_WORDS_PKUSEG_H
#define CMED_WORDS_PKUSEG_H

#include "../base/buf.h"

struct pkuseg;

/* The files of a model folder. get appends the bytes of 'file' to out, or of 'member' in it where
 * it is an archive (member is NULL else), and sets *there to false where there is no such file.
 *
 *     features.msgpack, .pkl or .json        the first of them that there is
 *     weights.npz                            members sizes.npy and w.npy
 *     unigram_word.txt, featureIndex.txt_0 to _9, tagIndex.txt, model.txt      instead of these */
struct pkuseg_files {
    enum error_code (*get)(void *of, const char *file, const char *member, struct buf *out,
                           bool *there, struct error *e);
    void *of;
};

/* A word of the text: bytes from 'at'. The tag is empty where there is none; it lives as long as
 * the model. */
struct pkuseg_word {
    uint32_t at, n;
    struct span tag;
};

/* What a cut works in; all zero to begin with, used again by the next cut. */
struct pkuseg_room {
    struct buf words;     /* struct pkuseg_word */
    struct buf positions; /* struct pkuseg_position */
    struct buf back;      /* a byte per position and tag */
    struct buf names;     /* normalised words, for the tags */
    struct buf feature;
};

enum {
    PKUSEG_PIECE_MAX = 10000000, /* characters without white space between them */
    PKUSEG_USER_WORD_MAX = 1000  /* characters */
};

/* BAD_FILE: a file of the folder is missing, damaged or says what a model cannot be. */
enum error_code pkuseg_load(const struct pkuseg_files *files, struct pkuseg **out, struct error *e);
void pkuseg_free(struct pkuseg *p); /* NULL is fine */

/* postag=True: the folder of the tag model. */
enum error_code pkuseg_load_tags(struct pkuseg *p, const struct pkuseg_files *files,
                                 struct error *e);
/* Words that the model cut are put together where they make one of this dictionary: a pickled text,
 * a word a line (dicts/default.pkl, medicine_dict.pkl). Several add up. */
enum error_code pkuseg_add_dictionary(struct pkuseg *p, struct span pickle, struct error *e);
/* user_dict: a word that is cut out before the model sees the text. The tag may be empty. */
enum error_code pkuseg_add_word(struct pkuseg *p, struct span word, struct span tag,
                                struct error *e);
/* The same for a file of lines: word, or word TAB tag. */
enum error_code pkuseg_add_words(struct pkuseg *p, struct span lines, struct error *e);

/* The words of text, in the room until its next use. BAD_DATA: text is no UTF-8, or past a limit.
 */
enum error_code pkuseg_cut(const struct pkuseg *p, struct pkuseg_room *room, struct span text,
                           const struct pkuseg_word **words, size_t *count, struct error *e);
void pkuseg_room_free(struct pkuseg_room *room);

#endif
