/* What a serialised model holds: texts, whole numbers, lists and maps. Readers fill it
 * (pickle.h, msgpack.h, json_tree.h); nothing here recurses, so a list that holds itself is
 * harmless. */
#ifndef CMED_WORDS_TREE_H
#define CMED_WORDS_TREE_H

#include "../base/buf.h"

enum tree_kind { TREE_NONE, TREE_TEXT, TREE_INTEGER, TREE_LIST, TREE_MAP };

struct tree_value {
    enum tree_kind kind;
    uint32_t n; /* bytes of a text */
    union {
        const uint8_t *p; /* of a text: in the bytes that were read, or in tree.text */
        int64_t i;
        uint32_t node; /* of a list or a map */
    } as;
};

/* The values of a list; keys and values of a map by turns. */
struct tree_node {
    struct tree_value *item;
    uint32_t n, cap;
};

/* All zero is an empty tree. */
struct tree {
    struct tree_node *node;
    uint32_t count, cap;
    struct buf text; /* decoded texts; never moves once values point into it */
};

static inline struct tree_value tree_text(struct span s) {
    return (struct tree_value){TREE_TEXT, (uint32_t)s.n, {.p = s.p}};
}

static inline struct tree_value tree_integer(int64_t i) {
    return (struct tree_value){TREE_INTEGER, 0, {.i = i}};
}

static inline struct span tree_span(struct tree_value v) {
    return (struct span){v.as.p, v.n};
}

static inline const struct tree_node *tree_node(const struct tree *t, struct tree_value v) {
    return &t->node[v.as.node];
}

/* A new list or map. */
enum error_code tree_add(struct tree *t, enum tree_kind kind, struct tree_value *out,
                         struct error *e);
/* Behind the last of 'in', a list or a map. */
enum error_code tree_push(struct tree *t, struct tree_value in, const struct tree_value *items,
                          size_t n, struct error *e);
/* The last value that a map has for the key, as Python's dict; kind TREE_NONE: there is none. */
struct tree_value tree_member(const struct tree *t, struct tree_value map, const char *key);
void tree_free(struct tree *t);

#endif
