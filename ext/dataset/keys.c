/* keys.c - a hash index over the rows of a scan.
 *
 *     slot[hash]  ->  entry {hash, next, file, record, at, n}      n bytes at 'at' of the file: a
 * record's place or of rows: what the columns hold rows        |kind|length|bytes|kind|… the
 * columns wanted, in order
 *
 * Entries of one chain are in the order of the file, so that a look-up gives rows in that order.
 * Limits: 2^32 - 2 rows, BUF_MAX bytes of rows, the shelf's limit. */
#include "keys.h"

#include "../base/memory.h"
#include "../read/files.h"

struct keys_entry {
    uint64_t hash, at, number, row;
    uint32_t n, next, file;
};

struct keys {
    struct keys *next;
    /* what it is of */
    const struct dataset_table *table;
    struct buf name; /* path, encoding, options, columns: everything that the rows depend on */
    struct buf stamps;
    uint64_t wanted;
    /* the index */
    struct files *files;
    struct keys_entry *entry;
    uint32_t *slot;
    uint32_t count, cap, mask;
    bool places; /* entries are places in the file */
    struct buf rows;
    size_t bytes;     /* that the shelf counts */
    unsigned holders; /* walks over it, and the shelf */
};

static void keys_release(struct keys *k) {
    if (--k->holders > 0)
        return;
    files_close(k->files);
    memory_free(k->entry);
    memory_free(k->slot);
    buf_free(&k->name);
    buf_free(&k->stamps);
    buf_free(&k->rows);
    memory_free(k);
}

void keys_free(struct keys_shelf *shelf) {
    while (shelf->first) {
        struct keys *k = shelf->first;
        shelf->first = k->next;
        keys_release(k);
    }
    shelf->bytes = 0;
}

/* --- which index ----------------------------------------------------------------------------- */

/* '' is not NULL: no quote character is not the default one. */
static enum error_code keys_add_text(struct buf *name, const char *text, struct error *e) {
    enum error_code code = buf_add_byte(name, text != NULL, e);
    if (!code && text)
        code = buf_add(name, text, strlen(text) + 1, e);
    return code;
}

enum error_code keys_name(const struct scan_request *q, struct buf *name, struct error *e) {
    const struct format_options *o = &q->options;
    const char *const texts[] = {q->path, o->sep, o->quote, o->sheet, o->columns, o->each};
    const int64_t numbers[] = {q->encoding, q->bad,           q->on_error,
                               o->header,   (int64_t)q->part, (int64_t)q->parts};
    enum error_code code = OK;
    name->n = 0;
    for (size_t i = 0; !code && i < sizeof texts / sizeof *texts; i++)
        code = keys_add_text(name, texts[i], e);
    for (unsigned m = 0; !code && m < q->matches; m++)
        code = buf_add_byte(name, (uint8_t)(q->match[m].column << 1 | q->match[m].nocase), e);
    return code ? code : buf_add(name, numbers, sizeof numbers, e);
}

/* Which records are left out as broken depends on the columns wanted. */
static bool keys_answers(const struct keys *k, const struct scan_request *q, struct span name) {
    if (k->table != q->table || !span_same(buf_span(&k->name), name))
        return false;
    if (q->on_error != SCAN_FAIL)
        return k->wanted == q->wanted;
    return k->places || (q->wanted & ~k->wanted) == 0;
}

static void keys_take(struct keys_shelf *shelf, struct keys **at) {
    struct keys *k = *at;
    *at = k->next;
    shelf->bytes -= k->bytes;
    keys_release(k);
}

/* Makes room by letting go what was used least lately and is not in use. */
static bool keys_make_room(struct keys_shelf *shelf, size_t bytes) {
    struct keys **idle = &shelf->first;
    while (idle && shelf->bytes + bytes > shelf->limit) {
        idle = NULL;
        for (struct keys **at = &shelf->first; *at; at = &(*at)->next)
            if ((*at)->holders == 1)
                idle = at;
        if (idle)
            keys_take(shelf, idle);
    }
    return shelf->bytes + bytes <= shelf->limit;
}

/* One that answers and whose files are what they were; it moves to the front. */
static enum error_code keys_look(struct keys_shelf *shelf, const struct scan_request *q,
                                 struct span name, struct keys **out, struct error *e) {
    struct buf now = {0};
    struct keys **at = &shelf->first;
    while (*at && !keys_answers(*at, q, name))
        at = &(*at)->next;
    *out = NULL;
    if (!*at)
        return OK;
    struct files *files = NULL;
    enum error_code code = files_open(q->path, &files, e);
    if (!code)
        code = files_stamps(files, &now, e);
    files_close(files);
    if (!code && span_same(buf_span(&now), buf_span(&(*at)->stamps))) {
        struct keys *k = *at;
        *at = k->next;
        k->next = shelf->first;
        *out = shelf->first = k;
    } else {
        keys_take(shelf, at);
    }
    buf_free(&now);
    return code == NO_MEMORY ? code : OK;
}

/* --- building -------------------------------------------------------------------------------- */

static size_t keys_size(const struct keys *k) {
    return sizeof *k + k->cap * sizeof *k->entry + (k->mask + 1ULL) * sizeof *k->slot +
           k->rows.cap + k->name.cap + k->stamps.cap;
}

static enum error_code keys_grow(struct keys *k, struct error *e) {
    uint32_t cap = k->cap ? k->cap * 2 : 1024;
    struct keys_entry *p =
        k->cap < UINT32_MAX / 2 ? memory_resize(k->entry, cap * sizeof *p) : NULL;
    if (!p)
        return error_no_memory(e);
    k->entry = p;
    k->cap = cap;
    return OK;
}

/* The hash of the row's key columns; *null: one of them is NULL, so the row answers nothing. */
static enum error_code keys_hash_row(struct scan *s, const struct scan_request *q, uint64_t *hash,
                                     bool *null, struct error *e) {
    *hash = 0;
    *null = false;
    for (unsigned m = 0; m < q->matches; m++) {
        struct value v;
        enum error_code code = scan_cell(s, q->match[m].column, &v, e);
        if (code)
            return code;
        *null = *null || v.kind == VALUE_NULL;
        *hash = *hash * 31 + (*null ? 0 : match_hash(&v, q->match[m].nocase));
    }
    return OK;
}

static enum error_code keys_add_value(struct buf *rows, const struct value *v, struct error *e) {
    uint8_t kind = (uint8_t)v->kind;
    uint32_t n = (uint32_t)v->s.n;
    enum error_code code = buf_add_byte(rows, kind, e);
    if (!code && v->kind == VALUE_INTEGER)
        return buf_add(rows, &v->i, sizeof v->i, e);
    if (!code && v->kind != VALUE_NULL)
        code = buf_add(rows, &n, sizeof n, e);
    return !code && v->kind != VALUE_NULL ? buf_add_span(rows, v->s, e) : code;
}

static enum error_code keys_add_row(struct keys *k, struct scan *s, struct keys_entry *entry,
                                    struct error *e) {
    enum error_code code = OK;
    entry->at = k->rows.n;
    for (unsigned c = 0; !code && c < FORMAT_COLUMNS_MAX; c++) {
        struct value v;
        if (!(k->wanted >> c & 1))
            continue;
        code = scan_cell(s, c, &v, e);
        if (!code)
            code = keys_add_value(&k->rows, &v, e);
    }
    return code;
}

static enum error_code keys_add(struct keys *k, struct scan *s, const struct scan_request *q,
                                struct error *e) {
    struct keys_entry entry = {
        .next = KEYS_NONE, .row = (uint64_t)scan_row_id(s), .file = (uint32_t)scan_file_number(s)};
    bool null;
    enum error_code code = keys_hash_row(s, q, &entry.hash, &null, e);
    if (code || null || scan_complaint(s))
        return code;
    if (k->count == k->cap)
        code = keys_grow(k, e);
    struct scan_record_place place = {.number = (uint64_t)scan_record(s)};
    if (k->places)
        scan_where(s, &place);
    else if (!code)
        code = keys_add_row(k, s, &entry, e);
    entry.number = place.number;
    if (k->places) {
        entry.at = place.at;
        entry.n = place.n;
    }
    if (!code)
        k->entry[k->count++] = entry;
    return code;
}

/* From the last entry to the first, so that a chain begins with its first. */
static enum error_code keys_chain(struct keys *k, struct error *e) {
    uint32_t slots = 16;
    while (slots < k->count && slots < 1U << 31)
        slots *= 2;
    k->mask = slots - 1;
    k->slot = memory_alloc(slots * sizeof *k->slot);
    if (!k->slot)
        return error_no_memory(e);
    memset(k->slot, 0xFF, slots * sizeof *k->slot);
    for (uint32_t i = k->count; i-- > 0;) {
        uint32_t *head = &k->slot[k->entry[i].hash & k->mask];
        k->entry[i].next = *head;
        *head = i;
    }
    return OK;
}

/* Reads every row once. *fits false: it would grow past the limit. */
static enum error_code keys_fill(struct keys *k, const struct scan_request *q, size_t limit,
                                 bool *fits, struct error *e) {
    struct scan_request all = *q;
    struct scan *s = NULL;
    bool row = true;
    all.match = NULL;
    all.matches = 0;
    *fits = true;
    enum error_code code = scan_open(&all, &s, e);
    while (!code && row && *fits) {
        code = scan_next(s, &row, e);
        if (!code && row && !k->count)
            k->places = scan_files(s)->count == 1 && scan_can_seek(s);
        if (!code && row)
            code = keys_add(k, s, q, e);
        *fits = keys_size(k) <= limit;
    }
    scan_close(s);
    return code;
}

static enum error_code keys_build(struct keys_shelf *shelf, const struct scan_request *q,
                                  struct span name, struct keys **out, struct error *e) {
    struct keys *k = memory_zero(sizeof *k);
    bool fits = false;
    if (!k)
        return error_no_memory(e);
    k->holders = 1;
    k->table = q->table;
    k->wanted = q->wanted;
    enum error_code code = buf_add_span(&k->name, name, e);
    if (!code)
        code = files_open(q->path, &k->files, e);
    if (!code)
        code = files_stamps(k->files, &k->stamps, e);
    if (!code)
        code = keys_fill(k, q, shelf->limit, &fits, e);
    if (!code && fits)
        code = keys_chain(k, e);
    k->bytes = keys_size(k);
    if (code || !fits || !keys_make_room(shelf, k->bytes)) {
        keys_release(k);
        return code == NO_MEMORY ? OK : code; /* without an index the look-up scans */
    }
    k->next = shelf->first;
    *out = shelf->first = k;
    shelf->bytes += k->bytes;
    return OK;
}

enum error_code keys_get(struct keys_shelf *shelf, const struct scan_request *q, struct span name,
                         bool build, struct keys **out, struct error *e) {
    *out = NULL;
    if (!q->matches || shelf->limit == 0)
        return OK;
    enum error_code code = keys_look(shelf, q, name, out, e);
    if (!code && !*out && build)
        code = keys_build(shelf, q, name, out, e);
    return code;
}

/* --- walking --------------------------------------------------------------------------------- */

void keys_walk_begin(struct keys_walk *w, struct keys *keys, const struct scan_request *q) {
    struct scan *scan = w->keys == keys ? w->scan : NULL;
    if (w->keys != keys) {
        keys_walk_end(w);
        keys->holders++;
    }
    *w = (struct keys_walk){.keys = keys, .q = q, .scan = scan, .entry = KEYS_NONE};
}

void keys_walk_end(struct keys_walk *w) {
    scan_close(w->scan);
    if (w->keys)
        keys_release(w->keys);
    *w = (struct keys_walk){.entry = KEYS_NONE};
}

static uint64_t keys_walk_hash(const struct keys_walk *w) {
    uint64_t h = 0;
    for (unsigned m = 0; m < w->q->matches; m++)
        h = h * 31 + w->q->match[m].value[w->choice[m]].hash;
    return h;
}

/* The next combination of the values asked for, as the digits of a counter. */
static bool keys_walk_choose(struct keys_walk *w) {
    for (unsigned m = 0; m < w->q->matches; m++) {
        if (w->started && ++w->choice[m] < w->q->match[m].count)
            return true;
        w->choice[m] = 0;
        if (!w->started && w->q->match[m].count == 0)
            return false;
    }
    bool first = !w->started;
    w->started = true;
    return first;
}

/* The scan outlives the look-up: its texts are those that the index keeps, in the order of
 * keys_name. */
static const char *keys_next_text(const char **at) {
    const char *text = *(*at)++ ? *at : NULL;
    if (text)
        *at += strlen(text) + 1;
    return text;
}

static enum error_code keys_walk_open(struct keys_walk *w, struct error *e) {
    const char *at = (const char *)w->keys->name.p;
    struct scan_request q = *w->q;
    q.match = NULL;
    q.matches = 0;
    q.path = keys_next_text(&at);
    q.options.sep = keys_next_text(&at);
    q.options.quote = keys_next_text(&at);
    q.options.sheet = keys_next_text(&at);
    q.options.columns = keys_next_text(&at);
    q.options.each = keys_next_text(&at);
    enum error_code code = scan_open(&q, &w->scan, e);
    return code ? code : scan_open_seek(w->scan, e);
}

/* Goes to the entry's row. */
static enum error_code keys_walk_load(struct keys_walk *w, struct error *e) {
    const struct keys_entry *entry = &w->keys->entry[w->entry];
    struct scan_record_place place = {entry->at, entry->n, entry->number};
    enum error_code code = OK;
    if (!w->keys->places)
        return OK;
    if (!w->scan)
        code = keys_walk_open(w, e);
    return code ? code : scan_seek(w->scan, &place, e);
}

/* Hashes may be the same where values are not; the combination looked up is asked for, no other. */
static enum error_code keys_walk_same(struct keys_walk *w, bool *same, struct error *e) {
    *same = true;
    for (unsigned m = 0; m < w->q->matches && *same; m++) {
        const struct match *match = &w->q->match[m];
        struct value v;
        enum error_code code = keys_walk_cell(w, match->column, &v, e);
        if (code)
            return code;
        *same = match_value_same(&match->value[w->choice[m]].v, &v, match->nocase);
    }
    return OK;
}

enum error_code keys_walk_next(struct keys_walk *w, bool *row, struct error *e) {
    const struct keys *k = w->keys;
    uint32_t at = w->entry == KEYS_NONE ? KEYS_NONE : k->entry[w->entry].next;
    *row = false;
    for (;;) {
        if (at == KEYS_NONE) {
            if (!keys_walk_choose(w))
                return OK;
            at = k->slot[keys_walk_hash(w) & k->mask];
            continue;
        }
        w->entry = at;
        if (k->entry[at].hash == keys_walk_hash(w)) {
            enum error_code code = keys_walk_load(w, e);
            if (!code)
                code = keys_walk_same(w, row, e);
            if (code || *row)
                return code;
        }
        at = k->entry[at].next;
    }
}

static const uint8_t *keys_walk_value(const uint8_t *p, struct value *out) {
    uint32_t n;
    *out = (struct value){.kind = (enum value_kind) * p++};
    if (out->kind == VALUE_INTEGER) {
        memcpy(&out->i, p, sizeof out->i);
        return p + sizeof out->i;
    }
    if (out->kind == VALUE_NULL)
        return p;
    memcpy(&n, p, sizeof n);
    out->s = span_of(p + sizeof n, n);
    return p + sizeof n + n;
}

enum error_code keys_walk_cell(struct keys_walk *w, unsigned column, struct value *out,
                               struct error *e) {
    const struct keys *k = w->keys;
    if (k->places)
        return scan_cell(w->scan, column, out, e);
    const uint8_t *p = k->rows.p + k->entry[w->entry].at;
    for (unsigned c = 0; c < column; c++)
        if (k->wanted >> c & 1)
            p = keys_walk_value(p, out);
    keys_walk_value(p, out);
    return OK;
}

const char *keys_walk_file(const struct keys_walk *w) {
    return w->keys->files->entry[w->keys->entry[w->entry].file].path;
}

int64_t keys_walk_record(const struct keys_walk *w) {
    return (int64_t)w->keys->entry[w->entry].number;
}

int64_t keys_walk_row_id(const struct keys_walk *w) {
    return (int64_t)w->keys->entry[w->entry].row;
}
