/* tree.c - nodes in one array, each with its own values.
 *
 *     {"tags": {"B": 0}}      node 0 (map)  | text "tags" | map, node 1 |
 *                             node 1 (map)  | text "B" | integer 0 |
 */
#include "tree.h"

#include "../base/memory.h"

enum { TREE_NODES_MAX = 1000 }; /* a model has five; a byte of the file can be one */

enum error_code tree_add(struct tree *t, enum tree_kind kind, struct tree_value *out,
                         struct error *e) {
    if (t->count == TREE_NODES_MAX)
        return error_set(e, BAD_FILE, "more than %d lists and maps", TREE_NODES_MAX);
    if (t->count == t->cap) {
        uint32_t cap = t->cap ? t->cap * 2 : 8;
        struct tree_node *node = memory_resize(t->node, cap * sizeof *node);
        if (!node)
            return error_no_memory(e);
        t->node = node;
        t->cap = cap;
    }
    t->node[t->count] = (struct tree_node){0};
    *out = (struct tree_value){kind, 0, {.node = t->count++}};
    return OK;
}

enum error_code tree_push(struct tree *t, struct tree_value in, const struct tree_value *items,
                          size_t n, struct error *e) {
    struct tree_node *node = &t->node[in.as.node];
    if (n > UINT32_MAX / 2 || node->n > UINT32_MAX / 2)
        return error_set(e, BAD_FILE, "a list of more than %u values", UINT32_MAX / 2);
    if (n > node->cap - node->n) {
        uint32_t cap = node->cap + node->cap / 2;
        cap = cap < node->n + n ? node->n + (uint32_t)n : cap;
        struct tree_value *item = memory_resize(node->item, cap * sizeof *item);
        if (!item)
            return error_no_memory(e);
        node->item = item;
        node->cap = cap;
    }
    if (n)
        memcpy(node->item + node->n, items, n * sizeof *items);
    node->n += (uint32_t)n;
    return OK;
}

struct tree_value tree_member(const struct tree *t, struct tree_value map, const char *key) {
    struct tree_value found = {0};
    if (map.kind != TREE_MAP)
        return found;
    const struct tree_node *node = tree_node(t, map);
    for (uint32_t i = 0; i + 1 < node->n; i += 2)
        if (node->item[i].kind == TREE_TEXT && span_is(tree_span(node->item[i]), key))
            found = node->item[i + 1];
    return found;
}

void tree_free(struct tree *t) {
    for (uint32_t i = 0; i < t->count; i++)
        memory_free(t->node[i].item);
    memory_free(t->node);
    buf_free(&t->text);
    *t = (struct tree){0};
}
