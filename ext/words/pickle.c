/* pickle.c - the stack machine of Python's pickle, without the opcodes that can do harm.
 *
 *     80 04                     PROTO 4             stack
 *     95 nnnnnnnn               FRAME               (its length says nothing new)
 *     7d 94                     EMPTY_DICT MEMOIZE  {}
 *     28 8c 01 42 94            MARK "B" MEMOIZE    {} ( "B"
 *     4b 00                     BININT1 0           {} ( "B" 0
 *     75 2e                     SETITEMS STOP       {"B": 0}
 *
 * A value costs 16 bytes here and at least one byte in the file. */
#include "pickle.h"

#include "../base/memory.h"

enum { PICKLE_PROTOCOL_MAX = 5 };

/* Values that grow: the stack, the memo. */
struct pickle_values {
    struct tree_value *v;
    size_t n, cap;
};

struct pickle {
    struct span bytes;
    size_t at;
    struct tree *tree;
    struct pickle_values stack; /* a mark is a TREE_NONE */
    struct pickle_values memo;
    bool stopped;
};

struct pickle_opcode {
    uint8_t byte;
    uint8_t argument; /* bytes of the little-endian number behind it */
    enum error_code (*run)(struct pickle *p, uint64_t argument, struct error *e);
};

static enum error_code pickle_append_value(struct pickle_values *to, struct tree_value v,
                                           struct error *e) {
    if (to->n == to->cap) {
        size_t cap = to->cap ? to->cap + to->cap / 2 : 64;
        struct tree_value *room = memory_resize(to->v, cap * sizeof *room);
        if (!room)
            return error_no_memory(e);
        to->v = room;
        to->cap = cap;
    }
    to->v[to->n++] = v;
    return OK;
}

static enum error_code pickle_push(struct pickle *p, struct tree_value v, struct error *e) {
    return pickle_append_value(&p->stack, v, e);
}

static enum error_code pickle_empty(struct error *e) {
    return error_set(e, BAD_FILE, "a pickle takes what its stack does not hold");
}

static enum error_code pickle_proto(struct pickle *p, uint64_t version, struct error *e) {
    (void)p;
    if (version < 2 || version > PICKLE_PROTOCOL_MAX)
        return error_set(e, BAD_FILE, "pickle protocol %d is none of 2 to 5", (int)version);
    return OK;
}

static enum error_code pickle_frame(struct pickle *p, uint64_t length, struct error *e) {
    if (length > p->bytes.n - p->at)
        return error_set(e, BAD_FILE, "a pickle ends inside a frame");
    return OK;
}

static enum error_code pickle_stop(struct pickle *p, uint64_t none, struct error *e) {
    (void)none;
    if (p->stack.n != 1 || p->stack.v[0].kind == TREE_NONE)
        return error_set(e, BAD_FILE, "a pickle stops without one value");
    p->stopped = true;
    return OK;
}

static enum error_code pickle_text(struct pickle *p, uint64_t length, struct error *e) {
    if (length > p->bytes.n - p->at)
        return error_set(e, BAD_FILE, "a pickle ends inside a text");
    struct span s = span_slice(p->bytes, p->at, p->at + (size_t)length);
    p->at += (size_t)length;
    return pickle_push(p, tree_text(s), e);
}

static enum error_code pickle_integer(struct pickle *p, uint64_t value, struct error *e) {
    return pickle_push(p, tree_integer((int64_t)value), e);
}

static enum error_code pickle_signed(struct pickle *p, uint64_t value, struct error *e) {
    return pickle_push(p, tree_integer((int32_t)(uint32_t)value), e);
}

static enum error_code pickle_mark(struct pickle *p, uint64_t none, struct error *e) {
    (void)none;
    return pickle_push(p, (struct tree_value){0}, e);
}

static enum error_code pickle_list(struct pickle *p, uint64_t none, struct error *e) {
    (void)none;
    struct tree_value v = {0};
    enum error_code code = tree_add(p->tree, TREE_LIST, &v, e);
    return code ? code : pickle_push(p, v, e);
}

static enum error_code pickle_dict(struct pickle *p, uint64_t none, struct error *e) {
    (void)none;
    struct tree_value v = {0};
    enum error_code code = tree_add(p->tree, TREE_MAP, &v, e);
    return code ? code : pickle_push(p, v, e);
}

/* Moves the values from 'first' up into the container below 'below' of the stack. */
static enum error_code pickle_fill(struct pickle *p, size_t below, size_t first,
                                   enum tree_kind kind, struct error *e) {
    if (below == 0 || p->stack.v[below - 1].kind != kind)
        return error_set(e, BAD_FILE, "a pickle puts values where no %s is",
                         kind == TREE_MAP ? "dict" : "list");
    size_t n = p->stack.n - first;
    const struct tree_value *v = p->stack.v + first;
    if (kind == TREE_MAP && n % 2)
        return error_set(e, BAD_FILE, "a pickle has a key without a value");
    for (size_t i = 0; i < n; i++) {
        if (v[i].kind == TREE_NONE)
            return pickle_empty(e);
        if (kind == TREE_MAP && i % 2 == 0 && v[i].kind != TREE_TEXT)
            return error_set(e, BAD_FILE, "a pickle has a key that is no text");
    }
    enum error_code code = tree_push(p->tree, p->stack.v[below - 1], v, n, e);
    p->stack.n = below;
    return code;
}

static enum error_code pickle_fill_many(struct pickle *p, enum tree_kind kind, struct error *e) {
    size_t mark = p->stack.n;
    while (mark > 0 && p->stack.v[mark - 1].kind != TREE_NONE)
        mark--;
    return mark ? pickle_fill(p, mark - 1, mark, kind, e) : pickle_empty(e);
}

static enum error_code pickle_fill_last(struct pickle *p, size_t n, enum tree_kind kind,
                                        struct error *e) {
    size_t first = p->stack.n - n;
    return p->stack.n > n ? pickle_fill(p, first, first, kind, e) : pickle_empty(e);
}

static enum error_code pickle_append(struct pickle *p, uint64_t none, struct error *e) {
    (void)none;
    return pickle_fill_last(p, 1, TREE_LIST, e);
}

static enum error_code pickle_appends(struct pickle *p, uint64_t none, struct error *e) {
    (void)none;
    return pickle_fill_many(p, TREE_LIST, e);
}

static enum error_code pickle_setitem(struct pickle *p, uint64_t none, struct error *e) {
    (void)none;
    return pickle_fill_last(p, 2, TREE_MAP, e);
}

static enum error_code pickle_setitems(struct pickle *p, uint64_t none, struct error *e) {
    (void)none;
    return pickle_fill_many(p, TREE_MAP, e);
}

/* Picklers number the memo from 0 without gaps, so a number never sizes memory. */
static enum error_code pickle_put(struct pickle *p, uint64_t index, struct error *e) {
    if (p->stack.n == 0 || p->stack.v[p->stack.n - 1].kind == TREE_NONE)
        return pickle_empty(e);
    struct tree_value top = p->stack.v[p->stack.n - 1];
    if (index > p->memo.n)
        return error_set(e, BAD_FILE, "a pickle leaves a gap in its memo");
    if (index == p->memo.n)
        return pickle_append_value(&p->memo, top, e);
    p->memo.v[index] = top;
    return OK;
}

static enum error_code pickle_memoize(struct pickle *p, uint64_t none, struct error *e) {
    (void)none;
    return pickle_put(p, p->memo.n, e);
}

static enum error_code pickle_get(struct pickle *p, uint64_t index, struct error *e) {
    if (index >= p->memo.n)
        return error_set(e, BAD_FILE, "a pickle asks for what its memo does not hold");
    return pickle_push(p, p->memo.v[index], e);
}

static const struct pickle_opcode pickle_opcodes[] = {
    {0x80, 1, pickle_proto},   /* PROTO */
    {0x95, 8, pickle_frame},   /* FRAME */
    {'.', 0, pickle_stop},     /* STOP */
    {0x8C, 1, pickle_text},    /* SHORT_BINUNICODE */
    {'X', 4, pickle_text},     /* BINUNICODE */
    {'K', 1, pickle_integer},  /* BININT1 */
    {'M', 2, pickle_integer},  /* BININT2 */
    {'J', 4, pickle_signed},   /* BININT */
    {'(', 0, pickle_mark},     /* MARK */
    {']', 0, pickle_list},     /* EMPTY_LIST */
    {'}', 0, pickle_dict},     /* EMPTY_DICT */
    {'a', 0, pickle_append},   /* APPEND */
    {'e', 0, pickle_appends},  /* APPENDS */
    {'s', 0, pickle_setitem},  /* SETITEM */
    {'u', 0, pickle_setitems}, /* SETITEMS */
    {0x94, 0, pickle_memoize}, /* MEMOIZE */
    {'q', 1, pickle_put},      /* BINPUT */
    {'r', 4, pickle_put},      /* LONG_BINPUT */
    {'h', 1, pickle_get},      /* BINGET */
    {'j', 4, pickle_get},      /* LONG_BINGET */
};

static const struct pickle_opcode *pickle_opcode(uint8_t byte) {
    for (size_t i = 0; i < sizeof pickle_opcodes / sizeof *pickle_opcodes; i++)
        if (pickle_opcodes[i].byte == byte)
            return &pickle_opcodes[i];
    return NULL;
}

static enum error_code pickle_step(struct pickle *p, struct error *e) {
    if (p->at == p->bytes.n)
        return error_set(e, BAD_FILE, "a pickle does not end with STOP");
    uint8_t byte = p->bytes.p[p->at];
    const struct pickle_opcode *o = pickle_opcode(byte);
    if (!o)
        return error_set(e, BAD_FILE, "pickle opcode 0x%02X at offset %zu is no plain data", byte,
                         p->at);
    p->at++;
    if (o->argument > p->bytes.n - p->at)
        return error_set(e, BAD_FILE, "a pickle ends inside an opcode");
    uint64_t argument = 0;
    for (unsigned i = 0; i < o->argument; i++)
        argument |= (uint64_t)p->bytes.p[p->at++] << 8 * i;
    return o->run(p, argument, e);
}

enum error_code pickle_read(struct span bytes, struct tree *tree, struct tree_value *out,
                            struct error *e) {
    if (bytes.n < 2 || bytes.p[0] != 0x80)
        return error_set(e, BAD_FILE, "not a pickle of protocol 2 to 5");
    struct pickle p = {.bytes = bytes, .tree = tree};
    enum error_code code = OK;
    while (!code && !p.stopped)
        code = pickle_step(&p, e);
    if (!code)
        *out = p.stack.v[0];
    memory_free(p.stack.v);
    memory_free(p.memo.v);
    return code;
}
