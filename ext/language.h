/* What a connection knows of language: the model that ships, the user's words, models by name.
 *
 * A model is counted: what works with one (a statement, an FTS5 table) holds it, while its name
 * may get another one. */
#ifndef CMED_LANGUAGE_H
#define CMED_LANGUAGE_H

#include "tokens.h"

#include <sqlite3ext.h>

struct language;
struct language_model;

/* A kind of model, and how one is opened. The list is in language.c. */
struct language_kind {
    const char *name;
    /* Whether bytes begin as this kind does; NULL: such a model comes in files only. */
    bool (*is)(struct span bytes);
    /* Checks m->bytes, which stay as long as m, and makes m->cut or m->object of them. */
    enum error_code (*open)(struct language *l, struct language_model *m, struct error *e);
    void (*close)(struct language_model *m);
};

struct language_model {
    const struct language_kind *kind;
    unsigned holders;
    struct buf bytes;     /* its own; empty where it came in files, or ships */
    uint64_t sum;         /* names the model: of its bytes, or its files' */
    struct cut_model cut; /* what it segments with; all NULL: it does not */
    void *object;         /* of any other kind */
};

struct language_entry {
    char *name;
    struct language_model *model;
};

/* All zero is a connection that was not asked anything yet. */
struct language {
    struct language_model *shipped; /* opened at its first use */
    struct language_entry *entry;
    size_t count, cap;
    struct user_words users;
    struct cut cut; /* what the scalar functions work in */
    struct tokens query;
    struct buf text, words;
};

enum { LANGUAGE_MODELS_MAX = 10000 };

void language_free(struct language *l);

/* A BLOB as a model: copied, told by its first bytes. The caller holds it. BAD_FILE. */
enum error_code language_open(struct language *l, struct span bytes, struct language_model **out,
                              struct error *e);
/* By name; '' is the one that ships. The caller holds it. BAD_USE: no such name. */
enum error_code language_find(struct language *l, struct span name, struct language_model **out,
                              struct error *e);
/* By what names it best, the shipped one too; NULL where no model with this sum is loaded. */
struct language_model *language_find_sum(struct language *l, uint64_t sum);
/* Gives the model a name; holds it. The name's model before is let go. */
enum error_code language_add(struct language *l, struct span name, struct language_model *m,
                             struct error *e);

struct language_model *language_hold(struct language_model *m);
void language_release(void *model); /* NULL is fine */

/* A model of a kind that comes in files, without its content; the caller holds it. */
enum error_code language_new(const struct language_kind *kind, struct language_model **out,
                             struct error *e);
extern const struct language_kind language_pkuseg, language_jieba;

/* The sum of the model that ships, without opening it. */
uint64_t language_shipped_sum(void);
/* Goes on with a sum; begins with 0. */
uint64_t language_sum(uint64_t sum, struct span bytes);

/* The dictionary that search mode takes words apart with: the model's, else the shipped one's. */
enum error_code language_parts(struct language *l, const struct language_model *m,
                               const struct model **out, struct error *e);

/* Argument i of a function as a model: none, NULL or '' the shipped one, TEXT a name, a BLOB
 * itself, opened once a statement where it is constant. The caller holds it. */
enum error_code language_argument(sqlite3_context *context, int argc, sqlite3_value **argv, int i,
                                  struct language_model **out, struct error *e);
/* The same for one that segments: BAD_USE for another kind. */
enum error_code language_segmenter(const struct language_model *m, struct error *e);
/* The object of a model of the kind with this name: BAD_USE for another kind. */
enum error_code language_object(const struct language_model *m, const char *kind, const void **out,
                                struct error *e);

#endif
