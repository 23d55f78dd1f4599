/* tex.c - LaTeX without its markup.
 *
 *     \section{基本结构}            1  基本结构
 *     X线球管\textbf{旋转}90\% %…   2  X线球管旋转90% 后停止
 *     后停止
 *                                     (a blank line)
 *     \begin{figure}…\end{figure}      nothing
 *
 * A file is one record. A figure or an argument that does not end is BAD_DATA: nothing would be
 * left of what stands behind it. Limits: TEX_OPTION_MAX bytes of options in brackets. */
#include "tex.h"
#include "../base/bytes.h"
#include "../base/utf8.h"
#include "columns.h"
#include "document.h"
#include "lines.h"
#include "tex_table.h"

enum {
    TEX_OPTION_MAX = 1000,
    TEX_SHOWN = 40,   /* bytes of a name in a message */
    TEX_WIDE = 0x2000 /* from here on: ideographs and their marks */
};
enum tex_word { TEX_PARAGRAPH, TEX_TEXT };
enum tex_gap { TEX_NONE, TEX_LINE, TEX_BLANK }; /* before what comes next */

static const char *const tex_words[] = {"paragraph", "text", NULL};

struct tex {
    struct span record;
    size_t at;
    int64_t paragraph;
    struct buf text;
    enum tex_gap gap;
    bool fresh;      /* nothing but blanks was on the line */
    int64_t depth;   /* open braces */
    int64_t heading; /* the paragraph ends where so many are; -1: it does not */
    uint8_t column[FORMAT_COLUMNS_MAX];
};

/* --- text ------------------------------------------------------------------------------------- */

static bool tex_ends_wide(const struct buf *text) {
    size_t at = text->n;
    uint32_t point;
    while (at > 0 && (text->p[at - 1] & 0xC0) == 0x80)
        at--;
    if (at == 0 || utf8_valid(span_of(text->p + at - 1, text->n - at + 1)) != text->n - at + 1)
        return false;
    utf8_next(buf_span(text), at - 1, &point);
    return point >= TEX_WIDE;
}

/* All from U+2000 on begins with one of these bytes. */
static bool tex_starts_wide(struct span piece) {
    return piece.n && piece.p[0] >= 0xE2;
}

static enum error_code tex_put(struct tex *s, struct span piece, struct error *e) {
    bool nothing = !s->text.n || s->gap == TEX_NONE ||
                   (s->gap == TEX_LINE && tex_starts_wide(piece) && tex_ends_wide(&s->text));
    enum error_code code = nothing ? OK : buf_add_byte(&s->text, ' ', e);
    s->gap = TEX_NONE;
    return code ? code : buf_add_span(&s->text, piece, e);
}

static void tex_blank(struct tex *s, enum tex_gap gap) {
    s->gap = gap > s->gap ? gap : s->gap;
}

/* --- what is passed over ---------------------------------------------------------------------- */

static void tex_pass_blanks(struct tex *s) {
    while (s->at < s->record.n && (s->record.p[s->at] == ' ' || s->record.p[s->at] == '\t'))
        s->at++;
}

/* [options], if they are there. */
static void tex_pass_option(struct tex *s) {
    struct span room = span_slice(s->record, 0, s->at + TEX_OPTION_MAX);
    if (s->at >= room.n || room.p[s->at] != '[')
        return;
    size_t end = span_find(room, s->at, ']');
    if (end < room.n)
        s->at = end + 1;
}

/* One character, or one byte that is none. */
static void tex_pass_character(struct tex *s) {
    for (s->at++; s->at < s->record.n && (s->record.p[s->at] & 0xC0) == 0x80;)
        s->at++;
}

static bool tex_letter(uint8_t c) {
    return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

/* At a backslash: past the command, its star and the blanks that it swallows. */
static struct span tex_name(struct tex *s) {
    size_t from = ++s->at;
    while (s->at < s->record.n && tex_letter(s->record.p[s->at]))
        s->at++;
    bool word = s->at > from;
    if (!word && s->at < s->record.n)
        tex_pass_character(s);
    struct span name = span_slice(s->record, from, s->at);
    if (word && s->at < s->record.n && s->record.p[s->at] == '*')
        s->at++;
    if (word)
        tex_pass_blanks(s);
    return name;
}

static enum error_code tex_open(const struct tex *s, size_t at, const char *what, struct span name,
                                struct error *e) {
    name = span_slice(name, 0, TEX_SHOWN);
    name.n = utf8_valid(name);
    return error_set(e, BAD_DATA, "line %zu: %s '%.*s' does not end",
                     bytes_count(span_slice(s->record, 0, at), '\n') + 1, what, (int)name.n,
                     (const char *)name.p);
}

/* {argument}, or a command in its place, if it is there. */
static enum error_code tex_pass_argument(struct tex *s, struct span command, struct error *e) {
    size_t from = s->at;
    int64_t depth = 0;
    uint8_t c = from < s->record.n ? s->record.p[from] : 0;
    if (c == '\\')
        tex_name(s);
    if (c != '{')
        return OK;
    do {
        c = s->record.p[s->at];
        depth += (c == '{') - (c == '}');
        s->at += c == '\\' ? 2 : 1;
    } while (depth > 0 && s->at < s->record.n);
    return depth ? tex_open(s, from, "an argument of", command, e) : OK;
}

static enum error_code tex_pass_arguments(struct tex *s, unsigned n, struct span command,
                                          struct error *e) {
    enum error_code code = OK;
    tex_pass_option(s);
    while (!code && n--) {
        code = tex_pass_argument(s, command, e);
        tex_pass_option(s);
    }
    return code;
}

/* A comment, with the end of its line. */
static void tex_pass_comment(struct tex *s) {
    size_t end = span_find(s->record, s->at, '\n');
    s->at = end < s->record.n ? end + 1 : end;
    s->fresh = true;
}

/* --- commands --------------------------------------------------------------------------------- */

/* {name} of an environment. */
static struct span tex_environment_name(struct tex *s) {
    size_t end = span_find(s->record, s->at, '}');
    struct span name = span_slice(s->record, s->at + 1, end);
    if (s->at >= s->record.n || s->record.p[s->at] != '{')
        return span_slice(s->record, 0, 0);
    s->at = end < s->record.n ? end + 1 : end;
    return name;
}

/* Past \end{name}. */
static enum error_code tex_pass_environment(struct tex *s, struct span name, struct error *e) {
    for (size_t at = s->at; (at = span_find(s->record, at, '\\')) < s->record.n; at++) {
        struct span rest = span_from(s->record, at);
        if (!span_starts(rest, "\\end{") || !span_same(span_slice(rest, 5, 5 + name.n), name) ||
            !span_starts(span_from(rest, 5 + name.n), "}"))
            continue;
        s->at = at + 6 + name.n;
        return OK;
    }
    return tex_open(s, s->at, "the environment", name, e);
}

static enum error_code tex_begin_environment(struct tex *s, struct error *e) {
    struct span name = tex_environment_name(s);
    int arguments = tex_environment(name);
    return arguments < 0 ? tex_pass_environment(s, name, e)
                         : tex_pass_arguments(s, (unsigned)arguments, name, e);
}

/* *ends: the paragraph ends before what stands at s->at. */
static enum error_code tex_do_command(struct tex *s, bool *ends, struct error *e) {
    size_t from = s->at;
    struct span name = tex_name(s);
    const struct tex_command *command = tex_command(name);
    switch (command->kind) {
    case TEX_SIGN:
        return tex_put(s, span_text(command->text), e);
    case TEX_SPACE:
        tex_blank(s, TEX_BLANK);
        tex_pass_option(s);
        return OK;
    case TEX_HEADING:
        *ends = s->text.n > 0;
        s->heading = s->depth;
        if (*ends)
            s->at = from;
        else
            tex_pass_option(s);
        return OK;
    case TEX_BREAK:
        *ends = true;
        return OK;
    case TEX_END:
        *ends = true;
        tex_environment_name(s);
        return OK;
    case TEX_BEGIN:
        *ends = true;
        return tex_begin_environment(s, e);
    default:
        return tex_pass_arguments(s, command->arguments, name, e);
    }
}

/* --- paragraphs ------------------------------------------------------------------------------- */

static void tex_do_brace(struct tex *s, uint8_t c, bool *ends) {
    s->depth += c == '{' ? 1 : -1;
    *ends = c == '}' && s->heading >= 0 && s->depth <= s->heading;
    s->at++;
}

/* Dashes and quotes of several characters. */
static struct span tex_ligature(struct span rest, size_t *n) {
    static const struct {
        const char *from, *to;
    } signs[] = {{"---", "—"}, {"--", "–"}, {"``", "“"}, {"''", "”"}};
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (span_starts(rest, signs[i].from)) {
            *n = strlen(signs[i].from);
            return span_text(signs[i].to);
        }
    *n = 1;
    while (*n < rest.n && (rest.p[*n] & 0xC0) == 0x80)
        ++*n;
    return span_slice(rest, 0, *n);
}

static enum error_code tex_do_text(struct tex *s, struct error *e) {
    size_t n;
    struct span piece = tex_ligature(span_from(s->record, s->at), &n);
    s->at += n;
    return tex_put(s, piece, e);
}

static void tex_do_line(struct tex *s, bool *ends) {
    *ends = s->fresh;
    s->fresh = true;
    s->at++;
    tex_blank(s, TEX_LINE);
}

/* One step on. */
static enum error_code tex_step(struct tex *s, bool *ends, struct error *e) {
    uint8_t c = s->record.p[s->at];
    if (c == '\n') {
        tex_do_line(s, ends);
        return OK;
    }
    if (c == '%') {
        tex_pass_comment(s);
        return OK;
    }
    s->fresh = s->fresh && lines_space(s->record, s->at) == 1;
    if (c == '\\')
        return tex_do_command(s, ends, e);
    if (c == '{' || c == '}') {
        tex_do_brace(s, c, ends);
        return OK;
    }
    if (!strchr(" \t\r~&$^_", c) || !c)
        return tex_do_text(s, e);
    if (strchr(" \t~&", c))
        tex_blank(s, TEX_BLANK);
    s->at++;
    return OK;
}

static enum error_code tex_item(void *state, bool *more, struct error *e) {
    struct tex *s = state;
    enum error_code code = OK;
    bool ends = false;
    s->text.n = 0;
    s->gap = TEX_NONE;
    s->heading = -1;
    while (!code && s->at < s->record.n && !(ends && s->text.n)) {
        ends = false;
        code = tex_step(s, &ends, e);
        if (ends && !s->text.n)
            s->heading = -1;
    }
    *more = !code && s->text.n > 0;
    s->paragraph += *more;
    return code;
}

/* --- the format ------------------------------------------------------------------------------- */

/* A command with a brace behind it somewhere. */
static bool tex_smells(struct span head) {
    for (size_t at = 0; (at = span_find(head, at, '\\')) < head.n; at++) {
        size_t end = at + 1;
        while (end < head.n && tex_letter(head.p[end]))
            end++;
        if (end > at + 3 && end < head.n && head.p[end] == '{')
            return true;
    }
    return false;
}

static enum error_code tex_begin(void *state, const struct format_plan *plan, struct span head,
                                 bool last, size_t *used, struct error *e) {
    struct tex *s = state;
    (void)head;
    (void)last;
    *used = 0;
    return columns_find(plan, tex_words, s->column, e);
}

static enum error_code tex_frame(void *state, struct format_frame *f, struct error *e) {
    enum error_code code = document_frame(state, f, e);
    f->unchecked = true;
    return code;
}

static size_t tex_find(struct span s, const char *what) {
    const uint8_t *hit = s.n ? memmem(s.p, s.n, what, strlen(what)) : NULL;
    return hit ? (size_t)(hit - s.p) : s.n;
}

static enum error_code tex_split(void *state, struct span record, struct error *e) {
    static const char begin[] = "\\begin{document}", end[] = "\\end{document}";
    struct tex *s = state;
    (void)e;
    size_t from = tex_find(record, begin);
    s->record = span_slice(record, 0, tex_find(record, end));
    s->at = from < s->record.n ? from + sizeof begin - 1 : 0;
    s->paragraph = 0;
    s->depth = 0;
    s->fresh = true;
    return OK;
}

static enum error_code tex_cell(void *state, unsigned column, struct cell *out, struct error *e) {
    struct tex *s = state;
    (void)e;
    *out = (struct cell){.kind = CELL_NULL};
    if (s->column[column] == TEX_PARAGRAPH)
        *out = (struct cell){.kind = CELL_INTEGER, .i = s->paragraph};
    else if (s->column[column] == TEX_TEXT && s->text.p)
        *out = (struct cell){.kind = CELL_RAW, .s = buf_span(&s->text)};
    return OK;
}

static void tex_end(void *state) {
    struct tex *s = state;
    buf_free(&s->text);
}

const struct format format_tex = {
    .name = "tex",
    .state_size = sizeof(struct tex),
    .document = true,
    .smells = tex_smells,
    .begin = tex_begin,
    .frame = tex_frame,
    .split = tex_split,
    .item = tex_item,
    .cell = tex_cell,
    .end = tex_end,
};
