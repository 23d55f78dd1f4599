/* msgpack.c - MessagePack, read with a stack of open containers.
 *
 *     81                       map of 1
 *     aa 74 61 67 ...          text of 10 bytes, "tag_to_idx"
 *     82 a1 42 00 a1 49 01     map of 2: "B" 0, "I" 1
 *
 * Counts only say when a container is full: each value is at least a byte of the file. */
#include "msgpack.h"

struct msgpack_open {
    struct tree_value in;
    uint64_t left; /* values, keys counted too */
};

struct msgpack {
    struct span bytes;
    size_t at;
    struct tree *tree;
    struct msgpack_open open[MSGPACK_DEPTH_MAX];
    unsigned depth;
};

enum msgpack_what { MSGPACK_TEXT, MSGPACK_INTEGER, MSGPACK_ARRAY, MSGPACK_MAP };

/* First bytes from 'first' to 'last'; the number lies in the byte itself (mask) or behind it. */
struct msgpack_type {
    uint8_t first, last;
    enum msgpack_what what;
    uint8_t mask;
    uint8_t bytes;
};

static const struct msgpack_type msgpack_types[] = {
    {0x00, 0x7F, MSGPACK_INTEGER, 0x7F, 0}, {0x80, 0x8F, MSGPACK_MAP, 0x0F, 0},
    {0x90, 0x9F, MSGPACK_ARRAY, 0x0F, 0},   {0xA0, 0xBF, MSGPACK_TEXT, 0x1F, 0},
    {0xCC, 0xCC, MSGPACK_INTEGER, 0, 1},    {0xCD, 0xCD, MSGPACK_INTEGER, 0, 2},
    {0xCE, 0xCE, MSGPACK_INTEGER, 0, 4},    {0xD9, 0xD9, MSGPACK_TEXT, 0, 1},
    {0xDA, 0xDA, MSGPACK_TEXT, 0, 2},       {0xDB, 0xDB, MSGPACK_TEXT, 0, 4},
    {0xDC, 0xDC, MSGPACK_ARRAY, 0, 2},      {0xDD, 0xDD, MSGPACK_ARRAY, 0, 4},
    {0xDE, 0xDE, MSGPACK_MAP, 0, 2},        {0xDF, 0xDF, MSGPACK_MAP, 0, 4},
};

static enum error_code msgpack_cut(struct error *e) {
    return error_set(e, BAD_FILE, "MessagePack ends inside a value");
}

/* The type of the next value and the number that comes with it. */
static enum error_code msgpack_head(struct msgpack *m, const struct msgpack_type **type,
                                    uint64_t *number, struct error *e) {
    if (m->at == m->bytes.n)
        return msgpack_cut(e);
    uint8_t byte = m->bytes.p[m->at];
    const struct msgpack_type *end = msgpack_types + sizeof msgpack_types / sizeof *msgpack_types;
    const struct msgpack_type *t = msgpack_types;
    while (t < end && (byte < t->first || byte > t->last))
        t++;
    if (t == end)
        return error_set(e, BAD_FILE, "MessagePack type 0x%02X at offset %zu is no plain data",
                         byte, m->at);
    m->at++;
    if (t->bytes > m->bytes.n - m->at)
        return msgpack_cut(e);
    *number = byte & t->mask;
    for (unsigned i = 0; i < t->bytes; i++)
        *number = *number << 8 | m->bytes.p[m->at++];
    *type = t;
    return OK;
}

static enum error_code msgpack_open(struct msgpack *m, struct tree_value v, uint64_t count,
                                    struct error *e) {
    if (m->depth == MSGPACK_DEPTH_MAX)
        return error_set(e, BAD_FILE, "MessagePack nested deeper than %d", MSGPACK_DEPTH_MAX);
    m->open[m->depth++] = (struct msgpack_open){v, v.kind == TREE_MAP ? 2 * count : count};
    return OK;
}

static enum error_code msgpack_value(struct msgpack *m, struct tree_value *out, uint64_t *count,
                                     struct error *e) {
    const struct msgpack_type *type = NULL;
    enum error_code code = msgpack_head(m, &type, count, e);
    if (code)
        return code;
    switch (type->what) {
    case MSGPACK_INTEGER:
        *out = tree_integer((int64_t)*count);
        return OK;
    case MSGPACK_TEXT:
        if (*count > m->bytes.n - m->at)
            return msgpack_cut(e);
        *out = tree_text(span_slice(m->bytes, m->at, m->at + (size_t)*count));
        m->at += (size_t)*count;
        return OK;
    case MSGPACK_ARRAY:
        return tree_add(m->tree, TREE_LIST, out, e);
    case MSGPACK_MAP:
        return tree_add(m->tree, TREE_MAP, out, e);
    }
    return OK;
}

/* A value goes where it belongs: into the innermost open container. */
static enum error_code msgpack_place(struct msgpack *m, struct tree_value v, struct error *e) {
    if (m->depth == 0)
        return OK;
    struct msgpack_open *o = &m->open[m->depth - 1];
    if (o->in.kind == TREE_MAP && o->left % 2 == 0 && v.kind != TREE_TEXT)
        return error_set(e, BAD_FILE, "MessagePack has a key that is no text");
    o->left--;
    return tree_push(m->tree, o->in, &v, 1, e);
}

enum error_code msgpack_read(struct span bytes, struct tree *tree, struct tree_value *out,
                             struct error *e) {
    struct msgpack m = {.bytes = bytes, .tree = tree};
    bool first = true;
    enum error_code code = OK;
    do {
        struct tree_value v = {0};
        uint64_t count = 0;
        code = msgpack_value(&m, &v, &count, e);
        if (!code)
            code = msgpack_place(&m, v, e);
        if (!code && first)
            *out = v;
        first = false;
        if (!code && (v.kind == TREE_LIST || v.kind == TREE_MAP))
            code = msgpack_open(&m, v, count, e);
        while (m.depth && m.open[m.depth - 1].left == 0)
            m.depth--;
    } while (!code && m.depth);
    if (!code && m.at != bytes.n)
        code = error_set(e, BAD_FILE, "MessagePack has bytes behind its value");
    return code;
}
