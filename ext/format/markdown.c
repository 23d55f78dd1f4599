/* markdown.c - lines and links of Markdown (the part of CommonMark 0.30 that lists of links use).
 *
 *     ## 3. Data                                    heading, level 2
 *     **A paper**                                   heading, MARKDOWN_BOLD
 *     > what it is                                  quote
 *     * [the data](https://example.org/a (b))       text, link
 *     code: https://example.org/x                   text, link without a text of its own
 *     ![picture](x.png)  ```code```                 nothing
 *
 * Limits: an address has MARKDOWN_URL_MAX bytes at most, brackets in a link's text lie up to
 * MARKDOWN_DEPTH deep; a bare address ends at the first byte that is not ASCII. */
#include "markdown.h"

#include "lines.h"

enum { MARKDOWN_URL_MAX = 2048, MARKDOWN_DEPTH = 8, MARKDOWN_INDENT = 3 };

static struct span markdown_trim(struct span s) {
    while (s.n && (s.p[0] == ' ' || s.p[0] == '\t'))
        s = span_from(s, 1);
    while (s.n && (s.p[s.n - 1] == ' ' || s.p[s.n - 1] == '\t'))
        s.n--;
    return s;
}

static size_t markdown_run(struct span s, size_t at, uint8_t c) {
    size_t n = 0;
    while (at + n < s.n && s.p[at + n] == c)
        n++;
    return n;
}

/* --- links ----------------------------------------------------------------------------------- */

struct markdown_found {
    size_t from, to; /* where it stands in the line */
    bool image;
    struct span text, url;
};

/* (address "title") at 'at'. */
static bool markdown_target(struct span s, size_t at, struct span *url, size_t *to) {
    size_t end = at + MARKDOWN_URL_MAX < s.n ? at + MARKDOWN_URL_MAX : s.n;
    unsigned depth = 0;
    if (at >= s.n || s.p[at] != '(')
        return false;
    size_t from = at + 1;
    bool pointed = from < end && s.p[from] == '<';
    size_t i = from += pointed;
    while (i < end && s.p[i] != (pointed ? '>' : ' ') && (depth || pointed || s.p[i] != ')')) {
        depth += !pointed && s.p[i] == '(';
        depth -= !pointed && s.p[i] == ')';
        i++;
    }
    *url = span_slice(s, from, i);
    while (i < end && s.p[i] != ')')
        i++;
    *to = i + 1;
    return i < end;
}

static bool markdown_bare_byte(uint8_t c) {
    return c > ' ' && c < 0x7F && c != '<' && c != '>' && c != ')' && c != ']' && c != '"';
}

/* https://… as it stands in a text. */
static bool markdown_bare(struct span s, size_t at, struct span *url) {
    struct span rest = span_from(s, at);
    if (!span_starts(rest, "http://") && !span_starts(rest, "https://"))
        return false;
    size_t n = 0;
    while (n < rest.n && n < MARKDOWN_URL_MAX && markdown_bare_byte(rest.p[n]))
        n++;
    while (n && strchr(".,:;!?*_~'", rest.p[n - 1]))
        n--;
    *url = span_slice(rest, 0, n);
    return true;
}

/* The first link or image that ends behind 'at'. */
static bool markdown_find(struct span s, size_t at, struct markdown_found *out) {
    size_t open[MARKDOWN_DEPTH];
    unsigned n = 0;
    for (size_t i = at; i < s.n; i++) {
        uint8_t c = s.p[i];
        *out = (struct markdown_found){.from = i, .text = span_slice(s, i, i)};
        if (c == '\\') {
            i++;
        } else if (c == '[') {
            if (n == MARKDOWN_DEPTH)
                memmove(open, open + 1, --n * sizeof *open);
            open[n++] = i;
        } else if (c == ']' && n) {
            size_t from = open[--n];
            if (!markdown_target(s, i + 1, &out->url, &out->to))
                continue;
            out->image = from > at && s.p[from - 1] == '!';
            out->from = from - out->image;
            out->text = span_slice(s, from + 1, i);
            return true;
        } else if (c == 'h' && !n && markdown_bare(s, i, &out->url)) {
            out->to = i + out->url.n;
            return true;
        }
    }
    return false;
}

static bool markdown_line_link(struct markdown *m, struct markdown_piece *out) {
    struct markdown_found found;
    while (markdown_find(m->line, m->at, &found)) {
        m->at = found.to;
        if (found.image)
            continue;
        *out = (struct markdown_piece){.kind = MARKDOWN_LINK,
                                       .text = found.text,
                                       .url = found.url,
                                       .before = span_slice(m->line, 0, found.from),
                                       .behind = span_from(m->line, found.to)};
        return true;
    }
    m->line.n = m->at = 0;
    return false;
}

/* --- lines ----------------------------------------------------------------------------------- */

/* "- ", "* ", "+ ", "12. " */
static struct span markdown_unlisted(struct span line) {
    size_t digits = 0;
    while (digits < line.n && line.p[digits] >= '0' && line.p[digits] <= '9')
        digits++;
    size_t mark = digits;
    if (mark < line.n && strchr(digits ? ".)" : "-*+", line.p[mark]) && line.p[mark])
        mark++;
    bool item = mark > digits && mark < line.n && line.p[mark] == ' ';
    return item ? markdown_trim(span_from(line, mark)) : line;
}

static bool markdown_heading(struct span line, struct markdown_piece *out) {
    size_t level = markdown_run(line, 0, '#'), bold = markdown_run(line, 0, '*');
    if (level >= 1 && level <= 6 && (level == line.n || line.p[level] == ' ')) {
        struct span text = markdown_trim(span_from(line, level));
        size_t n = text.n;
        while (n && text.p[n - 1] == '#')
            n--;
        if (n < text.n && (!n || text.p[n - 1] == ' '))
            text = markdown_trim(span_slice(text, 0, n));
        *out = (struct markdown_piece){MARKDOWN_HEADING, .level = (unsigned)level, .text = text};
        return true;
    }
    struct span inside = span_slice(line, 2, line.n > 4 ? line.n - 2 : 0);
    if (bold != 2 || !inside.n || !span_ends(line, "**") ||
        memmem(inside.p, inside.n, "**", 2) != NULL)
        return false;
    *out = (struct markdown_piece){MARKDOWN_HEADING, .level = MARKDOWN_BOLD,
                                   .text = markdown_trim(inside)};
    return true;
}

/* What a line is; false: nothing. */
static bool markdown_line(struct markdown *m, struct span line, struct markdown_piece *out) {
    size_t indent = markdown_run(line, 0, ' ');
    line = markdown_trim(line);
    if (span_starts(line, "```") || span_starts(line, "~~~")) {
        m->fenced = !m->fenced;
        return false;
    }
    if (m->fenced || !line.n)
        return false;
    if (line.p[0] == '>') {
        *out = (struct markdown_piece){MARKDOWN_QUOTE, .text = markdown_trim(span_from(line, 1))};
        return true;
    }
    m->line = line;
    m->at = 0;
    if (indent <= MARKDOWN_INDENT && markdown_heading(line, out))
        return true;
    m->line = markdown_unlisted(line);
    *out = (struct markdown_piece){MARKDOWN_TEXT, .text = m->line};
    return true;
}

bool markdown_next(struct markdown *m, struct markdown_piece *out) {
    struct span line;
    size_t at = 0;
    if (m->line.n && markdown_line_link(m, out))
        return true;
    while (lines_next(m->rest, true, &at, &line)) {
        m->rest = span_from(m->rest, at);
        at = 0;
        if (markdown_line(m, line, out))
            return true;
    }
    return false;
}

/* --- texts ----------------------------------------------------------------------------------- */

static enum error_code markdown_unmarked(struct span text, struct buf *out, struct error *e) {
    enum error_code code = OK;
    for (size_t i = 0; i < text.n && !code; i++) {
        uint8_t c = text.p[i];
        bool escape = c == '\\' && i + 1 < text.n && strchr("\\`*_[]#", text.p[i + 1]);
        i += escape;
        if (escape || (c != '`' && c != '*'))
            code = buf_add_byte(out, text.p[i], e);
    }
    return code;
}

enum error_code markdown_plain(struct span text, struct buf *out, struct error *e) {
    struct markdown_found found;
    enum error_code code = OK;
    size_t at = 0;
    while (!code && markdown_find(text, at, &found)) {
        code = markdown_unmarked(span_slice(text, at, found.from), out, e);
        if (!code && !found.image && found.text.n)
            code = markdown_unmarked(found.text, out, e);
        else if (!code && !found.image)
            code = buf_add_span(out, found.url, e);
        at = found.to;
    }
    return code ? code : markdown_unmarked(span_from(text, at), out, e);
}
