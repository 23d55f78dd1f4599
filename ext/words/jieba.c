/* jieba.c - a text, cut as jieba cuts it.
 *
 *     他来到了网易杭研大厦。       blocks of Han characters, letters, digits and + # & . _ % -
 *     他 | 来到 | 了 | 网易 | 杭 | 研 | 大厦      the most likely path through the dictionary
 *     他 | 来到 | 了 | 网易 | 杭研 | 大厦 | 。    runs of single characters go to the hidden Markov
 * model
 *
 * White space and marks come out as words of one character, \r\n as one. */
#include "jieba.h"

#include "../base/memory.h"
#include "../base/utf8.h"
#include "decimal.h"
#include "jieba_dict.h"
#include "jieba_hmm.h"
#include "python_text.h"

struct jieba {
    struct jieba_dict dict;
    struct jieba_hmm hmm;
};

/* A character of a block, and the best path from it to the end of the block. */
struct jieba_position {
    uint32_t at;
    uint32_t point;
    double score;
    uint32_t next; /* position behind the path's first word */
};

/* One cut under way. */
struct jieba_job {
    const struct jieba *j;
    struct jieba_room *room;
    struct span text;
    unsigned mode;
};

enum error_code jieba_load(const struct jieba_files *files, struct jieba **out, struct error *e) {
    struct jieba *j = memory_zero(sizeof *j);
    if (!j)
        return error_no_memory(e);
    enum error_code code = jieba_hmm_load(&j->hmm, files, e);
    if (!code)
        code = jieba_dict_load(&j->dict, files->dict, e);
    if (code)
        jieba_free(j);
    else
        *out = j;
    return code;
}

void jieba_free(struct jieba *j) {
    if (j)
        jieba_dict_free(&j->dict);
    memory_free(j);
}

void jieba_room_free(struct jieba_room *room) {
    buf_free(&room->words);
    buf_free(&room->positions);
    buf_free(&room->hidden);
}

static struct jieba_position *jieba_positions(const struct jieba_job *c) {
    return (struct jieba_position *)(void *)c->room->positions.p;
}

static bool jieba_letter(uint32_t c) {
    return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
}

static bool jieba_in_block(uint32_t c) {
    return jieba_hmm_han(c) || jieba_letter(c) || (c > 0 && c < 0x80 && strchr("+#&._%-", (int)c));
}

static enum error_code jieba_add(struct jieba_job *c, size_t at, size_t end, struct error *e) {
    struct jieba_word word = {(uint32_t)at, (uint32_t)(end - at)};
    return buf_add(&c->room->words, &word, sizeof word, e);
}

/* The words of 'length' characters inside positions a to b. */
static enum error_code jieba_emit_grams(struct jieba_job *c, size_t a, size_t b, size_t length,
                                        struct error *e) {
    const struct jieba_position *p = jieba_positions(c);
    const struct jieba_dict *d = &c->j->dict;
    enum error_code code = OK;
    for (size_t i = a; !code && b - i >= length; i++) {
        uint32_t state = 0;
        for (size_t k = 0; k < length && (k == 0 || state); k++)
            state = trie_step(&d->trie, state, p[i + k].point);
        const struct jieba_entry *entry = jieba_dict_entry(d, state);
        if (entry && entry->freq)
            code = jieba_add(c, p[i].at, p[i + length].at, e);
    }
    return code;
}

/* Positions a to b are a word. */
static enum error_code jieba_emit(struct jieba_job *c, size_t a, size_t b, struct error *e) {
    enum error_code code = OK;
    if ((c->mode & JIEBA_SEARCH) && b - a > 2)
        code = jieba_emit_grams(c, a, b, 2, e);
    if (!code && (c->mode & JIEBA_SEARCH) && b - a > 3)
        code = jieba_emit_grams(c, a, b, 3, e);
    const struct jieba_position *p = jieba_positions(c);
    return code ? code : jieba_add(c, p[a].at, p[b].at, e);
}

static enum error_code jieba_emit_each(struct jieba_job *c, size_t a, size_t b, struct error *e) {
    enum error_code code = OK;
    for (size_t i = a; !code && i < b; i++)
        code = jieba_emit(c, i, i + 1, e);
    return code;
}

/* The best path from each of n positions to the end; of equal ones that with the longer word. */
static void jieba_route(const struct jieba_dict *d, struct jieba_position *p, size_t n) {
    p[n].score = 0;
    for (size_t k = n; k-- > 0;) {
        uint32_t state = 0;
        p[k].next = 0;
        for (size_t i = k; i < n; i++) {
            state = trie_step(&d->trie, state, p[i].point);
            if (!state)
                break;
            const struct jieba_entry *entry = jieba_dict_entry(d, state);
            if (!entry || !entry->freq)
                continue;
            double score = entry->log - d->log_total + p[i + 1].score;
            if (p[k].next && score < p[k].score)
                continue;
            p[k].score = score;
            p[k].next = (uint32_t)i + 1;
        }
        if (p[k].next)
            continue;
        p[k].score = 0.0 - d->log_total + p[k + 1].score;
        p[k].next = (uint32_t)k + 1;
    }
}

static const struct jieba_entry *jieba_known(const struct jieba_job *c, size_t a, size_t b) {
    const struct jieba_position *p = jieba_positions(c);
    uint32_t state = 0;
    for (size_t i = a; i < b; i++) {
        state = trie_step(&c->j->dict.trie, state, p[i].point);
        if (!state)
            return NULL;
    }
    return jieba_dict_entry(&c->j->dict, state);
}

/* A word that the hidden Markov model makes; one that was deleted falls into characters. */
static enum error_code jieba_emit_made(struct jieba_job *c, size_t a, size_t b, struct error *e) {
    const struct jieba_entry *entry = jieba_known(c, a, b);
    return entry && entry->parts ? jieba_emit_each(c, a, b, e) : jieba_emit(c, a, b, e);
}

/* Positions a to b are Han characters. */
static enum error_code jieba_cut_han(struct jieba_job *c, size_t a, size_t b, struct error *e) {
    const struct jieba_position *p = jieba_positions(c);
    struct buf *hidden = &c->room->hidden;
    double score[JIEBA_HMM_STATES] = {0};
    hidden->n = 0;
    enum error_code code = buf_reserve(hidden, (b - a) * sizeof(struct jieba_hidden), e);
    if (code)
        return code;
    struct jieba_hidden *run = (struct jieba_hidden *)(void *)hidden->p;
    for (size_t i = a; i < b; i++)
        jieba_hmm_step(&c->j->hmm, p[i].point, i - a, score, &run[i - a]);
    jieba_hmm_path(score, run, b - a);
    size_t begin = a, next = a;
    for (size_t i = a; !code && i < b; i++) {
        uint8_t state = run[i - a].state;
        if (state == JIEBA_HMM_B)
            begin = i;
        if (state != JIEBA_HMM_E && state != JIEBA_HMM_S)
            continue;
        code = jieba_emit_made(c, state == JIEBA_HMM_E ? begin : i, i + 1, e);
        next = i + 1;
    }
    return code || next == b ? code : jieba_emit_made(c, next, b, e);
}

/* Position behind a number or a Latin word at i: letters and digits, then .digits, then %. */
static size_t jieba_number(const struct jieba_position *p, size_t i, size_t b) {
    while (i < b && jieba_letter(p[i].point))
        i++;
    size_t part = i + 1;
    if (i < b && p[i].point == '.')
        while (part < b && p[part].point >= '0' && p[part].point <= '9')
            part++;
    if (part > i + 1)
        i = part;
    return i < b && p[i].point == '%' ? i + 1 : i;
}

/* Positions a to b, which the dictionary makes nothing of: jieba's finalseg. */
static enum error_code jieba_cut_unknown(struct jieba_job *c, size_t a, size_t b, struct error *e) {
    enum error_code code = OK;
    for (size_t i = a; !code && i < b;) {
        const struct jieba_position *p = jieba_positions(c);
        size_t end = i;
        if (jieba_hmm_han(p[i].point)) {
            while (end < b && jieba_hmm_han(p[end].point))
                end++;
            code = jieba_cut_han(c, i, end, e);
        } else {
            if (jieba_letter(p[i].point))
                end = jieba_number(p, i, b);
            else
                while (end < b && !jieba_letter(p[end].point) && !jieba_hmm_han(p[end].point))
                    end++;
            code = jieba_emit(c, i, end, e);
        }
        i = end;
    }
    return code;
}

/* Positions a to b: words of one character, one after the other. */
static enum error_code jieba_cut_singles(struct jieba_job *c, size_t a, size_t b, struct error *e) {
    if (b - a < 2 || !(c->mode & JIEBA_HMM))
        return a < b ? jieba_emit(c, a, b, e) : OK;
    const struct jieba_entry *entry = jieba_known(c, a, b);
    return entry && entry->freq ? jieba_emit_each(c, a, b, e) : jieba_cut_unknown(c, a, b, e);
}

/* Follows the route. With the model all single characters gather, without it letters and digits. */
static enum error_code jieba_cut_block(struct jieba_job *c, size_t n, struct error *e) {
    size_t gathered = 0;
    enum error_code code = OK;
    jieba_route(&c->j->dict, jieba_positions(c), n);
    for (size_t i = 0; !code && i < n;) {
        const struct jieba_position *p = jieba_positions(c);
        size_t next = p[i].next;
        if (next - i > 1 || !((c->mode & JIEBA_HMM) || jieba_letter(p[i].point))) {
            code = jieba_cut_singles(c, gathered, i, e);
            if (!code)
                code = jieba_emit(c, i, next, e);
            gathered = next;
        }
        i = next;
    }
    return code ? code : jieba_cut_singles(c, gathered, n, e);
}

/* Reads the positions of the block at *at, and one for its end. */
static enum error_code jieba_block(struct jieba_job *c, size_t *at, size_t *n, struct error *e) {
    struct buf *b = &c->room->positions;
    enum error_code code = OK;
    b->n = 0;
    for (*n = 0; !code; (*n)++) {
        struct jieba_position position = {.at = (uint32_t)*at};
        size_t length = 0;
        if (*at < c->text.n)
            length = utf8_next(c->text, *at, &position.point);
        if (*n == JIEBA_BLOCK_MAX)
            return error_set(e, BAD_DATA, "more than %d characters without a mark",
                             JIEBA_BLOCK_MAX);
        code = buf_add(b, &position, sizeof position, e);
        if (length == 0 || !jieba_in_block(position.point))
            break;
        *at += length;
    }
    return code;
}

enum error_code jieba_cut(const struct jieba *j, struct jieba_room *room, struct span text,
                          unsigned mode, const struct jieba_word **words, size_t *count,
                          struct error *e) {
    struct jieba_job job = {j, room, text, mode};
    enum error_code code = OK;
    if (text.n > BUF_MAX || utf8_valid(text) != text.n)
        return error_set(e, BAD_DATA, "a text that is not UTF-8 or longer than %d bytes", BUF_MAX);
    room->words.n = 0;
    for (size_t at = 0; !code && at < text.n;) {
        uint32_t point;
        size_t n, end = at + utf8_next(text, at, &point);
        if (jieba_in_block(point)) {
            code = jieba_block(&job, &at, &n, e);
            if (!code)
                code = jieba_cut_block(&job, n, e);
            continue;
        }
        if (point == '\r' && end < text.n && text.p[end] == '\n')
            end++;
        code = jieba_add(&job, at, end, e);
        at = end;
    }
    *words = (const struct jieba_word *)(const void *)room->words.p;
    *count = room->words.n / sizeof **words;
    return code;
}

/* FREQ.get(word, none). */
static int64_t jieba_freq(const struct jieba *j, struct span word, int64_t none) {
    uint32_t state = jieba_dict_state(&j->dict, word);
    const struct jieba_entry *entry = jieba_dict_entry(&j->dict, state);
    return entry ? entry->freq : state ? 0 : none;
}

static enum error_code jieba_checked(struct span word, struct error *e) {
    if (word.n == 0 || utf8_valid(word) != word.n)
        return error_set(e, BAD_DATA, "a word that is empty or not UTF-8");
    return OK;
}

enum error_code jieba_suggest(const struct jieba *j, struct span word, int64_t *freq,
                              struct error *e) {
    struct jieba_room room = {0};
    const struct jieba_word *part = NULL;
    size_t n = 0;
    enum error_code code = jieba_checked(word, e);
    if (!code)
        code = jieba_cut(j, &room, word, 0, &part, &n, e);
    double total = (double)j->dict.total, likely = 1;
    for (size_t i = 0; !code && i < n; i++) {
        struct span s = span_slice(word, part[i].at, (size_t)part[i].at + part[i].n);
        likely *= (double)jieba_freq(j, s, 1) / total;
    }
    jieba_room_free(&room);
    if (code)
        return code;
    int64_t least = (int64_t)(likely * total) + 1, now = jieba_freq(j, word, 1);
    *freq = least > now ? least : now;
    return OK;
}

enum error_code jieba_suggest_parts(const struct jieba *j, const struct span *part, size_t n,
                                    int64_t *freq, struct error *e) {
    struct buf word = {0};
    double total = (double)j->dict.total, likely = 1;
    enum error_code code = OK;
    for (size_t i = 0; !code && i < n; i++) {
        code = jieba_checked(part[i], e);
        if (!code)
            likely *= (double)jieba_freq(j, part[i], 1) / total;
        if (!code)
            code = buf_add_span(&word, part[i], e);
    }
    if (!code) {
        int64_t most = (int64_t)(likely * total), now = jieba_freq(j, buf_span(&word), 0);
        *freq = most < now ? most : now;
    }
    buf_free(&word);
    return code;
}

enum error_code jieba_add_word(struct jieba *j, struct span word, int64_t freq, struct error *e) {
    enum error_code code = jieba_checked(word, e);
    if (!code && freq < 0)
        code = jieba_suggest(j, word, &freq, e);
    return code ? code : jieba_dict_put(&j->dict, word, freq, e);
}

/* Offset of the blank before a run of characters from first to last that ends s; s.n: there is
 * none, or nothing before it. */
static size_t jieba_field(struct span s, uint8_t first, uint8_t last) {
    size_t at = s.n;
    while (at > 0 && s.p[at - 1] >= first && s.p[at - 1] <= last)
        at--;
    return at > 1 && at < s.n && s.p[at - 1] == ' ' ? at - 1 : s.n;
}

/* ^(.+?)( [0-9]+)?( [a-z]+)?$ */
static enum error_code jieba_user_line(struct jieba *j, struct span line, struct error *e) {
    int64_t freq = -1;
    struct span rest = span_slice(line, 0, jieba_field(line, 'a', 'z'));
    size_t space = jieba_field(rest, '0', '9');
    struct span word = span_slice(rest, 0, space);
    if (space < rest.n && !decimal_whole(span_from(rest, space + 1), &freq))
        return error_set(e, BAD_DATA, "a frequency of more than 18 digits");
    return jieba_add_word(j, word, freq, e);
}

enum error_code jieba_add_words(struct jieba *j, struct span lines, struct error *e) {
    enum error_code code = OK;
    if (utf8_valid(lines) != lines.n)
        return error_set(e, BAD_DATA, "a dictionary that is not UTF-8");
    for (size_t at = 0; !code && at < lines.n;) {
        size_t end = span_find(lines, at, '\n');
        struct span line = python_text_strip_bytes(span_slice(lines, at, end));
        while (span_starts(line, "\xEF\xBB\xBF"))
            line = span_from(line, 3);
        if (line.n)
            code = jieba_user_line(j, line, e);
        at = end + 1;
    }
    return code;
}
