/* gold.c - what is known of the boundaries of a text.
 *
 *     患者 血压           text 患者血压   marks S J S J
 *     ?患-者|血 压        text 患者血压   marks S J S ?
 */
#include "gold.h"
#include "../base/utf8.h"
#include "charset.h"

static void gold_start(struct gold *g) {
    g->text.n = g->marks.n = 0;
    g->tagged = false;
}

static struct gold_sentence gold_sentence(const struct gold *g) {
    return (struct gold_sentence){buf_span(&g->text), g->marks.p, g->marks.n};
}

static enum error_code gold_put(struct gold *g, struct span character, enum gold_mark mark,
                                struct error *e) {
    if (g->text.n + character.n > GOLD_SENTENCE_MAX)
        return error_set(e, BAD_DATA, "a sentence is longer than %d bytes", GOLD_SENTENCE_MAX);
    enum error_code code = buf_add_span(&g->text, character, e);
    return code ? code : buf_add_byte(&g->marks, (uint8_t)mark, e);
}

static size_t gold_next(struct span line, size_t at, uint32_t *point) {
    return charset_decode(line.p + at, line.n - at, point);
}

/* "?" and then characters and marks in turn, one of them | or -. */
static bool gold_partial(struct span line) {
    bool known = false;
    uint32_t point;
    if (line.n < 2 || line.p[0] != '?')
        return false;
    for (size_t at = 1; at < line.n; at++) {
        at += gold_next(line, at, &point);
        if (charset_class_of(point) == CLASS_SPACE)
            return false;
        if (at == line.n)
            return known;
        if (line.p[at] != ' ' && line.p[at] != '|' && line.p[at] != '-')
            return false;
        known |= line.p[at] != ' ';
    }
    return false;
}

static enum error_code gold_read_partial(struct gold *g, struct span line, struct error *e) {
    enum gold_mark mark = GOLD_SPLIT;
    uint32_t point;
    for (size_t at = 1; at < line.n; at++) {
        size_t n = gold_next(line, at, &point);
        enum error_code code = gold_put(g, span_of(line.p + at, n), mark, e);
        if (code)
            return code;
        at += n;
        uint8_t c = at < line.n ? line.p[at] : ' ';
        mark = c == '|' ? GOLD_SPLIT : c == '-' ? GOLD_JOIN : GOLD_UNKNOWN;
    }
    return OK;
}

static enum error_code gold_read_words(struct gold *g, struct span line, struct error *e) {
    enum gold_mark mark = GOLD_SPLIT;
    uint32_t point;
    for (size_t at = 0, n; at < line.n; at += n) {
        n = gold_next(line, at, &point);
        if (charset_class_of(point) == CLASS_SPACE) {
            mark = GOLD_SPLIT;
            continue;
        }
        enum error_code code = gold_put(g, span_of(line.p + at, n), mark, e);
        if (code)
            return code;
        mark = GOLD_JOIN;
    }
    return OK;
}

/* One character, a tab, a tag. */
static bool gold_is_tagged(struct span line) {
    uint32_t point;
    size_t n = line.n ? gold_next(line, 0, &point) : 0;
    return n && n < line.n && line.p[n] == '\t';
}

static enum error_code gold_read_tagged(struct gold *g, struct span line, struct error *e) {
    size_t tab = span_find(line, 0, '\t');
    struct span tag = span_from(line, tab + 1);
    while (tag.n && (tag.p[tag.n - 1] == ' ' || tag.p[tag.n - 1] == '\t'))
        tag.n--;
    uint8_t first = tag.n ? tag.p[0] : 0;
    bool plain = tag.n == 1 || (tag.n > 1 && (tag.p[1] == '-' || tag.p[1] == '_'));
    if (!plain || !strchr("BMIESO", first))
        return error_set(e, BAD_DATA, "'%.*s' is no tag of B M E S, B I E S or B I O",
                         (int)(tag.n < 20 ? tag.n : 20), (const char *)tag.p);
    bool starts = first == 'B' || first == 'S' || first == 'O' || !g->marks.n;
    g->tagged = true;
    return gold_put(g, span_slice(line, 0, tab), starts ? GOLD_SPLIT : GOLD_JOIN, e);
}

enum error_code gold_line(struct gold *g, struct span line, struct gold_sentence *out, bool *again,
                          struct error *e) {
    *again = false;
    *out = (struct gold_sentence){0};
    if (line.n && line.p[line.n - 1] == '\r')
        line.n--;
    if (utf8_valid(line) != line.n)
        return error_set(e, BAD_DATA, "a line of gold is not UTF-8");
    bool tagged = gold_is_tagged(line);
    if (g->tagged && !tagged) {
        *again = line.n > 0;
        gold_end(g, out);
        return OK;
    }
    if (!g->tagged)
        gold_start(g);
    if (tagged)
        return gold_read_tagged(g, line, e);
    enum error_code code =
        gold_partial(line) ? gold_read_partial(g, line, e) : gold_read_words(g, line, e);
    *out = gold_sentence(g);
    return code;
}

void gold_end(struct gold *g, struct gold_sentence *out) {
    *out = g->tagged ? gold_sentence(g) : (struct gold_sentence){0};
    g->tagged = false;
}

void gold_free(struct gold *g) {
    buf_free(&g->text);
    buf_free(&g->marks);
}
