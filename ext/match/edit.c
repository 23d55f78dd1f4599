/* edit.c - edit distances over code points, 64 rows at a time.
 *
 *              text ->  急 性 阑 尾 炎
 *     pattern  慢     +-----------------
 *        |     性     |  strip 1: rows 1 to 64, a bit a row
 *        v     阑     +-----------------  column[j]: what strip 1 hands down to strip 2
 *              ...    |  strip 2: rows 65 to 128
 *
 * Equal beginnings and ends are cut off first: they cost nothing in either measure.
 */
#include "edit.h"
#include "../base/memory.h"
#include "gram.h"

enum { EDIT_POLL_COLUMNS = 1 << 16, EDIT_DOWN = 1, EDIT_UP = 2 };

void edit_free(struct edit *w) {
    memory_free(w->column);
    memory_free(w->sorted);
    w->column = NULL;
    w->sorted = NULL;
    w->column_cap = w->sorted_cap = 0;
}

static enum error_code edit_room(struct edit *w, size_t columns, size_t sorted, struct error *e) {
    if (columns > w->column_cap) {
        uint8_t *p = memory_resize(w->column, columns);
        if (!p)
            return error_no_memory(e);
        w->column = p;
        w->column_cap = columns;
    }
    if (sorted > w->sorted_cap) {
        uint64_t *p = memory_resize(w->sorted, sorted * sizeof *p);
        if (!p)
            return error_no_memory(e);
        w->sorted = p;
        w->sorted_cap = sorted;
    }
    return OK;
}

static enum error_code edit_cells(size_t m, size_t n, uint64_t max, struct error *e) {
    if (n && m > max / n)
        return error_set(e, BAD_DATA, "texts of %zu and %zu characters are too long to compare", m,
                         n);
    return OK;
}

/* ---- the block ---- */

static inline size_t edit_slot(const struct edit_block *block, uint32_t c) {
    return (c * block->factor) >> block->shift;
}

static void edit_block_fill(struct edit_block *block, size_t slots, const uint32_t *pattern,
                            size_t n) {
    memset(block->key, 0, (slots + EDIT_BLOCK) * sizeof *block->key);
    memset(block->rows, 0, (slots + EDIT_BLOCK) * sizeof *block->rows);
    block->probes = 1;
    for (size_t i = 0; i < n; i++) {
        size_t home = edit_slot(block, pattern[i]), slot = home;
        while (block->key[slot] && block->key[slot] != pattern[i] + 1)
            slot++;
        block->key[slot] = pattern[i] + 1;
        block->rows[slot] |= UINT64_C(1) << i;
        if (slot - home >= block->probes)
            block->probes = (unsigned)(slot - home) + 1;
    }
}

/* Eight slots or more a row. Returns how many slots. */
static size_t edit_block_once(struct edit_block *block, const uint32_t *pattern, size_t n) {
    size_t slots = EDIT_SLOTS;
    block->shift = 32 - 9;
    for (; slots / 2 >= 8 * n; slots /= 2)
        block->shift++;
    block->factor = UINT32_C(0x9E3779B1);
    edit_block_fill(block, slots, pattern, n);
    return slots;
}

/* A few factors tried: most patterns then need one probe, which many texts pay back. */
void edit_block_set(struct edit_block *block, const uint32_t *pattern, size_t n) {
    size_t slots = edit_block_once(block, pattern, n);
    for (int i = 0; i < 8 && block->probes > 1; i++) {
        block->factor = block->factor * UINT32_C(0x2C1B3C6D) | 1;
        edit_block_fill(block, slots, pattern, n);
    }
}

static inline uint64_t edit_block_rows(const struct edit_block *block, uint32_t c) {
    size_t slot = edit_slot(block, c);
    uint64_t rows = 0;
    for (size_t end = slot + block->probes; slot < end; slot++)
        rows |= block->rows[slot] & (0 - (uint64_t)(block->key[slot] == c + 1));
    return rows;
}

/* A column of the table: where it grows and falls by 1 from row to row, and its last value. */
struct edit_column {
    uint64_t down, up;
    size_t last;
};

static inline void edit_step(struct edit_column *t, uint64_t rows, unsigned row) {
    uint64_t v = rows | t->up;
    uint64_t x = (((rows & t->down) + t->down) ^ t->down) | rows;
    uint64_t right = t->up | ~(x | t->down), left = t->down & x;
    t->last += (right >> row) & 1;
    t->last -= (left >> row) & 1;
    right = right << 1 | 1;
    t->down = left << 1 | ~(v | right);
    t->up = right & v;
}

size_t edit_block_levenshtein(const struct edit_block *block, size_t n, const uint32_t *text,
                              size_t text_n) {
    struct edit_column t = {~UINT64_C(0), 0, n};
    for (size_t j = 0; j < text_n; j++)
        edit_step(&t, edit_block_rows(block, text[j]), (unsigned)n - 1);
    return t.last;
}

/* ---- strips ---- */

/* The two texts without their common ends; rows is the longer one. */
struct edit_pair {
    const uint32_t *rows, *columns;
    size_t m, n, cut;
};

static struct edit_pair edit_cut(const struct points *a, const struct points *b) {
    struct edit_pair t = {a->p, b->p, a->n, b->n, 0};
    while (t.m && t.n && t.rows[t.m - 1] == t.columns[t.n - 1]) {
        t.m--;
        t.n--;
        t.cut++;
    }
    while (t.m && t.n && *t.rows == *t.columns) {
        t.rows++;
        t.columns++;
        t.m--;
        t.n--;
        t.cut++;
    }
    if (t.m < t.n)
        t = (struct edit_pair){t.columns, t.rows, t.n, t.m, t.cut};
    return t;
}

/* One strip of up to 64 rows. column[j] says what comes down into column j (EDIT_DOWN: the
 * table grows by 1 there, EDIT_UP: falls by 1) and takes what the strip hands on. Returns the
 * growth along its last row. */
static enum error_code edit_levenshtein_strip(struct edit *w, size_t rows_n,
                                              const struct edit_pair *t, int64_t *growth,
                                              struct error *e) {
    uint64_t down = ~UINT64_C(0), up = 0;
    unsigned last = (unsigned)rows_n - 1;
    *growth = 0;
    for (size_t j = 0; j < t->n; j++) {
        if (j % EDIT_POLL_COLUMNS == 0 && poll_check(w->poll, e))
            return INTERRUPTED;
        uint64_t in_right = w->column[j] & EDIT_DOWN, in_left = w->column[j] >> 1;
        uint64_t rows = edit_block_rows(&w->block, t->columns[j]), v = rows | up;
        rows |= in_left;
        uint64_t x = (((rows & down) + down) ^ down) | rows;
        uint64_t right = up | ~(x | down), left = down & x;
        uint64_t out_right = (right >> last) & 1, out_left = (left >> last) & 1;
        right = right << 1 | in_right;
        left = left << 1 | in_left;
        down = left | ~(v | right);
        up = right & v;
        w->column[j] = (uint8_t)(out_right | out_left << 1);
        *growth += (int64_t)out_right - (int64_t)out_left;
    }
    return OK;
}

enum error_code edit_levenshtein(struct edit *w, const struct points *a, const struct points *b,
                                 size_t *distance, struct error *e) {
    struct edit_pair t = edit_cut(a, b);
    int64_t growth = 0;
    *distance = t.m;
    if (!t.n)
        return OK;
    if (t.m <= EDIT_BLOCK) {
        edit_block_once(&w->block, t.rows, t.m);
        *distance = edit_block_levenshtein(&w->block, t.m, t.columns, t.n);
        return OK;
    }
    enum error_code code = edit_cells(t.m, t.n, EDIT_CELLS_MAX, e);
    if (!code)
        code = edit_room(w, t.n, 0, e);
    if (!code)
        memset(w->column, EDIT_DOWN, t.n);
    for (size_t row = 0; !code && row < t.m; row += EDIT_BLOCK) {
        size_t rows_n = t.m - row < EDIT_BLOCK ? t.m - row : EDIT_BLOCK;
        edit_block_set(&w->block, t.rows + row, rows_n);
        code = edit_levenshtein_strip(w, rows_n, &t, &growth, e);
    }
    *distance = (size_t)((int64_t)t.m + growth);
    return code;
}

/* A strip of Hyyro's LCS: a zero bit of s is a row where the length grows. column[j] is the
 * carry of the addition into, then out of, this strip. */
static enum error_code edit_lcs_strip(struct edit *w, size_t rows_n, const struct edit_pair *t,
                                      size_t *length, struct error *e) {
    uint64_t s = ~UINT64_C(0);
    for (size_t j = 0; j < t->n; j++) {
        if (j % EDIT_POLL_COLUMNS == 0 && poll_check(w->poll, e))
            return INTERRUPTED;
        uint64_t u = s & edit_block_rows(&w->block, t->columns[j]);
        uint64_t sum = s + u, carry = sum < s;
        uint64_t next = sum + w->column[j];
        w->column[j] = (uint8_t)(carry | (next < sum));
        s = next | (s - u);
    }
    uint64_t used = rows_n == EDIT_BLOCK ? ~UINT64_C(0) : (UINT64_C(1) << rows_n) - 1;
    *length += (size_t)__builtin_popcountll(~s & used);
    return OK;
}

enum error_code edit_lcs(struct edit *w, const struct points *a, const struct points *b,
                         size_t *length, struct error *e) {
    struct edit_pair t = edit_cut(a, b);
    *length = t.cut;
    if (!t.n)
        return OK;
    enum error_code code = edit_cells(t.m, t.n, EDIT_CELLS_MAX, e);
    if (!code)
        code = edit_room(w, t.n, 0, e);
    if (!code)
        memset(w->column, 0, t.n);
    for (size_t row = 0; !code && row < t.m; row += EDIT_BLOCK) {
        size_t rows_n = t.m - row < EDIT_BLOCK ? t.m - row : EDIT_BLOCK;
        edit_block_once(&w->block, t.rows + row, rows_n);
        code = edit_lcs_strip(w, rows_n, &t, length, e);
    }
    return code;
}

/* ---- the longest common substring ---- */

enum error_code edit_substring(struct edit *w, const struct points *a, const struct points *b,
                               size_t *length, struct error *e) {
    const struct points *rows = a->n > b->n ? a : b, *columns = a->n > b->n ? b : a;
    enum error_code code = edit_cells(rows->n, columns->n, EDIT_PLAIN_CELLS_MAX, e);
    if (!code)
        code = edit_room(w, 0, columns->n + 1, e);
    *length = 0;
    if (code)
        return code;
    memset(w->sorted, 0, (columns->n + 1) * sizeof *w->sorted);
    for (size_t i = 0; i < rows->n; i++) {
        if (i * columns->n / EDIT_POLL_COLUMNS != (i + 1) * columns->n / EDIT_POLL_COLUMNS &&
            poll_check(w->poll, e))
            return INTERRUPTED;
        for (size_t j = columns->n; j > 0; j--) {
            bool same = rows->p[i] == columns->p[j - 1];
            w->sorted[j] = same ? w->sorted[j - 1] + 1 : 0;
            if (w->sorted[j] > *length)
                *length = (size_t)w->sorted[j];
        }
    }
    return OK;
}

/* ---- Jaro ---- */

/* First entry of 'sorted' that is not below key. */
static size_t edit_lower(const uint64_t *sorted, size_t n, uint64_t key) {
    size_t low = 0, high = n;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (sorted[middle] < key)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* The characters of a with their positions, sorted: (character << 32 | position). */
static void edit_sort_positions(const struct points *a, uint64_t *sorted, uint64_t *spare) {
    for (size_t i = 0; i < a->n; i++)
        sorted[i] = (uint64_t)a->p[i] << 32 | i;
    gram_sort(sorted, spare, a->n);
}

/* Marks in a_hit and b_hit the characters that have a partner no further than 'window' away:
 * each of b takes the first free one of a. Those of a that fall behind the window never come
 * back, so a cursor a character suffices; it lives where the character's run starts. */
static size_t edit_jaro_match(struct edit *w, const struct points *a, const struct points *b,
                              size_t window, uint8_t *a_hit, uint8_t *b_hit) {
    uint64_t *sorted = w->sorted, *cursor = w->sorted + a->n;
    size_t matches = 0;
    memset(cursor, 0, a->n * sizeof *cursor);
    for (size_t j = 0; j < b->n; j++) {
        size_t run = edit_lower(sorted, a->n, (uint64_t)b->p[j] << 32);
        if (run == a->n || sorted[run] >> 32 != b->p[j])
            continue;
        size_t low = j > window ? j - window : 0, at = run + cursor[run];
        while (at < a->n && sorted[at] >> 32 == b->p[j] && (uint32_t)sorted[at] < low)
            at++;
        cursor[run] = at - run;
        if (at == a->n || sorted[at] >> 32 != b->p[j] || (uint32_t)sorted[at] > j + window)
            continue;
        cursor[run]++;
        a_hit[(uint32_t)sorted[at]] = b_hit[j] = 1;
        matches++;
    }
    return matches;
}

static size_t edit_transpositions(const struct points *a, const struct points *b,
                                  const uint8_t *a_hit, const uint8_t *b_hit) {
    size_t swapped = 0, j = 0;
    for (size_t i = 0; i < a->n; i++) {
        if (!a_hit[i])
            continue;
        while (!b_hit[j])
            j++;
        swapped += a->p[i] != b->p[j++];
    }
    return swapped / 2;
}

enum error_code edit_jaro(struct edit *w, const struct points *a, const struct points *b,
                          double *jaro, struct error *e) {
    size_t longer = a->n > b->n ? a->n : b->n;
    *jaro = longer ? 0 : 1;
    if (!a->n || !b->n)
        return OK;
    enum error_code code = edit_room(w, a->n + b->n, 2 * a->n, e);
    if (code)
        return code;
    uint8_t *a_hit = w->column, *b_hit = w->column + a->n;
    memset(w->column, 0, a->n + b->n);
    edit_sort_positions(a, w->sorted, w->sorted + a->n);
    size_t window = longer > 1 ? longer / 2 - 1 : 0;
    double matches = (double)edit_jaro_match(w, a, b, window, a_hit, b_hit);
    if (matches == 0)
        return OK;
    double swapped = (double)edit_transpositions(a, b, a_hit, b_hit);
    *jaro = (matches / (double)a->n + matches / (double)b->n + (matches - swapped) / matches) / 3;
    return OK;
}
