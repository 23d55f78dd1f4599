/* Standard terms with their codes and aliases, and the ones that a mention most likely means.
 *
 * The first term of a code is its name, the others are aliases: other names, or mentions that
 * people coded before. A mention is scored with every one of them (terms_index.h), whole and piece
 * by piece (terms_split.h). Where there are aliases, a code's score is made of three:
 *
 *     its best term's; the name's, with the mention put into standard terms by what the aliases
 *     teach (terms_rewrite.h); and its share of the TERMS_VOTERS terms that are most alike
 *
 * Without aliases, or without 'learn', the score is the best term's. */
#ifndef CMED_MATCH_TERMS_H
#define CMED_MATCH_TERMS_H

#include "../text/normalize.h"
#include "../base/poll.h"
#include "terms_index.h"
#include "terms_rewrite.h"
#include "terms_split.h"
#include "terms_synonym.h"

enum {
    TERMS_LENGTH_MAX = 1024, /* characters of a term or mention that are looked at */
    TERMS_ROWS_MAX = 1000    /* k */
};

struct terms_options {
    enum terms_method method;
    unsigned normalize; /* steps; 0: none */
    bool synonyms, split, learn;
};

extern const struct terms_options terms_default;

/* 'tfidf', 'jaccard', 'bm25' */
enum error_code terms_method_parse(struct span name, enum terms_method *method, struct error *e);

/* One code or term, as it was added: bytes of terms->text. */
struct terms_text {
    size_t at, n;
};

struct terms_row_text {
    struct terms_text term;
    int64_t id;
    uint32_t of; /* code */
    bool name;   /* the first row of its code */
};

/* All zero but for options is empty: add all, build, ask. */
struct terms {
    struct terms_options options;
    struct buf text;
    struct terms_text *code;    /* of a code, in the order of their first terms */
    struct terms_row_text *row; /* until build */
    /* Of a document: document c is the name of code c, the aliases are behind all names. */
    struct terms_text *term;
    uint32_t *of; /* its code */
    int64_t *id;  /* its row's */
    size_t codes, rows, codes_cap, rows_cap;
    uint32_t *slot; /* hash of codes: number + 1 */
    size_t slots;
    struct terms_index index;
    struct terms_rewrite rewrite;
    struct terms_synonyms synonyms;
    bool learnt;
    struct terms_work *work;
};

/* Adds a row, which its caller knows by id. TERMS_DOCS_MAX rows and BUF_MAX bytes are the ceilings.
 */
enum error_code terms_add(struct terms *t, int64_t id, struct span code, struct span term,
                          struct error *e);
enum error_code terms_build(struct terms *t, const struct poll *poll, struct error *e);
void terms_free(struct terms *t);

struct terms_row {
    uint32_t code, doc, piece; /* doc: the term that matched */
    float score;               /* 0 to 1 */
};

/* An answer, reusable; all zero is empty. */
struct terms_answer {
    struct terms_row *row; /* best first, one a code, at most k */
    size_t n, cap;
    struct terms_piece piece[TERMS_PIECES_MAX + 1]; /* code points of the mention */
};

/* Every piece of the mention has the code it means most likely among the rows, as far as k goes. */
enum error_code terms_find(struct terms *t, struct span mention, size_t k, struct terms_answer *out,
                           struct error *e);
void terms_answer_free(struct terms_answer *a);

struct span terms_code(const struct terms *t, uint32_t code);
struct span terms_name(const struct terms *t, uint32_t code);
struct span terms_alias(const struct terms *t, uint32_t doc);

#endif
