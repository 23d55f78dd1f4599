/* The public list Chinese_medical_NLP (github.com/lrs1353281004/Chinese_medical_NLP, today
 * FreedomIntelligence/Medical_NLP): what each of its entries is, and a reader of the user's copy.
 */
#ifndef CMED_DATASET_CATALOG_H
#define CMED_DATASET_CATALOG_H

#include "../base/error.h"

#include <stdbool.h>
#include <stddef.h>

/* Texts are NULL where there is nothing to say. */
struct catalog_entry {
    const char *section; /* of the list, " / " between a section and one in it */
    const char *kind;    /* dataset, graph, paper, corpus, embedding, tool, product, blog, link,
                            contest; of further addresses of an entry: download, project, article,
                            solution */
    const char *title, *url;
    const char *access_code; /* 提取码: what the download of the entry asks for */
    const char *reader;      /* tables and functions of this extension */
    const char *licence;     /* as its publisher says */
    const char *status;      /* whether its data can be had */
    const char *description; /* of the user's copy */
};

/* The i-th entry; NULL past the last. */
const struct catalog_entry *catalog_entry(size_t i);

struct catalog;

/* A Markdown file of the same make: a row a link. Its table of contents is left out. */
enum error_code catalog_open(const char *path, int (*stopped)(void *of), void *of,
                             struct catalog **out, struct error *e);
/* *found false: no more. What out points to lives until the next call; reader, licence and status
 * are those of the entry with the same address. */
enum error_code catalog_next(struct catalog *c, struct catalog_entry *out, bool *found,
                             struct error *e);
void catalog_close(struct catalog *c);

#endif
