/* catalog.c - reads a list of links: sections, entries, and what is said of them.
 *
 *     ## 中文数据集                                  section
 *     ### 1. Yidu-S4K：医渡云结构化4K数据集            entry: its title
 *     > …                                           description
 *     [数据集地址](http://openkg.cn/dataset/yidu-s4k)  row: titled by its heading
 *     度盘下载地址：https://pan.baidu.com/s/1Qq…        row
 *     提取码：flql                                   access_code of the entry's rows
 *     ## 友情链接
 *     [medical-data](https://…)                     row: titled by itself
 *
 * An entry is what stands between two headings. It is walked twice: for what holds of all its rows,
 * then for them. Limits: CATALOG_MAX bytes. */
#include "catalog.h"

#include "../base/memory.h"
#include "../format/markdown.h"
#include "../read/files.h"
#include "../read/window.h"

enum { CATALOG_MAX = 16 << 20, CATALOG_LEVELS = MARKDOWN_BOLD + 1 };

struct catalog {
    struct buf text;
    struct markdown next, row; /* behind the heading of the next entry; in this entry */
    struct span heading[CATALOG_LEVELS];
    unsigned level;  /* of this entry's heading; 0: none yet */
    unsigned rows;   /* of this entry so far */
    bool more, open; /* a heading stands before next; this entry has rows left */
    struct markdown_piece pending;
    struct span title, code; /* of this entry; n 0: not said */
    struct buf description, room;
};

/* --- the words of the list ------------------------------------------------------------------- */

static const struct {
    const char *word, *kind;
} catalog_sections[] = {
    {"知识图谱", "graph"},      {"数据集", "dataset"},   {"评测", "contest"},
    {"比赛", "contest"},        {"论文", "paper"},       {"语料", "corpus"},
    {"embedding", "embedding"}, {"预训练", "embedding"}, {"工具", "tool"},
    {"产品", "product"},        {"解决方案", "product"}, {"blog", "blog"},
    {"分享", "blog"},           {"链接", "link"},
};

/* What a further address of an entry is, by the text of its link. */
static const struct {
    const char *word, *kind;
} catalog_further[] = {
    {"解决方案", "solution"}, {"论文解析", "article"}, {"解读", "article"}, {"文章", "article"},
    {"度盘", "download"},     {"下载", "download"},    {"论文", "paper"},   {"项目", "project"},
    {"github", "project"},    {"代码", "project"},
};

/* Endings of a text that says only that there is an address. */
static const char *const catalog_plain[] = {"地址", "网址", "官网", "链接", "文章", "主页"};

static bool catalog_has(struct span text, const char *word) {
    return memmem(text.p, text.n, word, strlen(word)) != NULL;
}

/* 数据集地址(需注册) without its (…). */
static struct span catalog_unbracketed(struct span text) {
    static const char *const opens[] = {"(", "（"}, *const ends[] = {")", "）"};
    for (size_t k = 0; k < sizeof opens / sizeof *opens; k++) {
        const uint8_t *open = memmem(text.p, text.n, opens[k], strlen(opens[k]));
        if (open && open > text.p && span_ends(text, ends[k]))
            return span_slice(text, 0, (size_t)(open - text.p));
    }
    return text;
}

static bool catalog_says_nothing(struct span text) {
    text = catalog_unbracketed(text);
    bool nothing = !text.n;
    for (size_t i = 0; i < sizeof catalog_plain / sizeof *catalog_plain && !nothing; i++)
        nothing = span_ends(text, catalog_plain[i]);
    return nothing;
}

static struct span catalog_blanks(struct span s) {
    while (s.n && (s.p[0] == ' ' || s.p[0] == '\t'))
        s = span_from(s, 1);
    while (s.n && (s.p[s.n - 1] == ' ' || s.p[s.n - 1] == '\t'))
        s.n--;
    return s;
}

/* What stands behind "word：" or "word:"; n 0: the line does not begin so. */
static struct span catalog_behind(struct span line, const char *word) {
    if (!span_starts(line, word))
        return span_of(line.p, 0);
    struct span rest = catalog_blanks(span_from(line, strlen(word)));
    size_t colon = span_starts(rest, "：") ? 3 : span_starts(rest, ":");
    return colon ? catalog_blanks(span_from(rest, colon)) : span_of(line.p, 0);
}

/* "12. " before a title. */
static struct span catalog_unnumbered(struct span text) {
    size_t n = 0;
    while (n < text.n && text.p[n] >= '0' && text.p[n] <= '9')
        n++;
    bool number = n && n < text.n && text.p[n] == '.';
    return number ? catalog_blanks(span_from(text, n + 1)) : text;
}

/* --- rows ------------------------------------------------------------------------------------ */

/* A bare address counts where its line is nothing but "label：address"; others stand in texts. */
static bool catalog_is_row(const struct markdown_piece *link) {
    bool address = span_starts(link->url, "http://") || span_starts(link->url, "https://");
    if (!address || link->text.n)
        return address;
    struct span before = catalog_blanks(link->before);
    return (span_ends(before, "：") || span_ends(before, ":")) && !catalog_blanks(link->behind).n;
}

static struct span catalog_label(const struct markdown_piece *link) {
    return link->text.n ? link->text : link->before;
}

static const char *catalog_kind(const struct catalog *c, struct span label) {
    struct span section = c->heading[c->level < 2 ? c->level : 2];
    for (size_t i = 0; c->rows && i < sizeof catalog_further / sizeof *catalog_further; i++)
        if (catalog_has(label, catalog_further[i].word))
            return catalog_further[i].kind;
    for (size_t i = 0; i < sizeof catalog_sections / sizeof *catalog_sections; i++)
        if (catalog_has(section, catalog_sections[i].word))
            return catalog_sections[i].kind;
    return "link";
}

/* Appends a text and its NUL; *at is where it begins. */
static enum error_code catalog_keep(struct catalog *c, struct span text, size_t *at,
                                    struct error *e) {
    *at = c->room.n;
    enum error_code code = markdown_plain(text, &c->room, e);
    return code ? code : buf_add_byte(&c->room, 0, e);
}

/* The headings above the entry's own; its own where there is none above. */
static enum error_code catalog_section(struct catalog *c, size_t *at, struct error *e) {
    enum error_code code = OK;
    unsigned end = c->level > 2 ? c->level : c->level + 1;
    *at = c->room.n;
    for (unsigned l = c->level > 1 ? 2 : 1; l < end && !code; l++) {
        if (!c->heading[l].n)
            continue;
        if (c->room.n > *at)
            code = buf_add_text(&c->room, " / ", e);
        if (!code)
            code = markdown_plain(catalog_unnumbered(c->heading[l]), &c->room, e);
    }
    return code ? code : buf_add_byte(&c->room, 0, e);
}

static void catalog_known(struct catalog_entry *out) {
    const struct catalog_entry *known;
    for (size_t i = 0; (known = catalog_entry(i)); i++)
        if (strcmp(known->url, out->url) == 0) {
            out->reader = known->reader;
            out->licence = known->licence;
            out->status = known->status;
            return;
        }
}

static enum error_code catalog_row(struct catalog *c, const struct markdown_piece *link,
                                   struct catalog_entry *out, struct error *e) {
    struct span label = catalog_label(link);
    bool own = link->text.n && !catalog_says_nothing(label);
    struct span title = own ? label : c->title;
    size_t section = 0, name = 0, url = 0, code_at = 0;
    c->room.n = 0;
    enum error_code code = catalog_section(c, &section, e);
    if (!code)
        code = catalog_keep(c, title, &name, e);
    if (!code)
        code = catalog_keep(c, c->code, &code_at, e);
    url = c->room.n;
    if (!code)
        code = buf_add_span(&c->room, link->url, e);
    if (!code)
        code = buf_add_byte(&c->room, 0, e);
    if (code)
        return code;
    const char *room = (const char *)c->room.p;
    *out = (struct catalog_entry){.section = room + section,
                                  .kind = catalog_kind(c, label),
                                  .title = room + name,
                                  .url = room + url,
                                  .access_code = c->code.n ? room + code_at : NULL,
                                  .description =
                                      c->description.n > 1 ? (const char *)c->description.p : NULL};
    catalog_known(out);
    c->rows++;
    return OK;
}

/* --- entries --------------------------------------------------------------------------------- */

static void catalog_enter(struct catalog *c, const struct markdown_piece *heading) {
    for (unsigned l = heading->level; l < CATALOG_LEVELS; l++)
        c->heading[l] = span_of(heading->text.p, 0);
    c->heading[heading->level] = heading->text;
    c->level = heading->level;
}

static enum error_code catalog_say(struct catalog *c, struct span text, struct error *e) {
    enum error_code code = c->description.n ? buf_add_byte(&c->description, '\n', e) : OK;
    return code ? code : markdown_plain(text, &c->description, e);
}

/* A line of an entry: its title, its code, an address, or what is said of it. */
static enum error_code catalog_line(struct catalog *c, const struct markdown_piece *piece,
                                    struct error *e) {
    struct markdown line = {.line = piece->text};
    struct markdown_piece link;
    struct span title = catalog_behind(piece->text, "论文题目");
    struct span code = catalog_behind(piece->text, "提取码");
    if (title.n)
        c->title = title;
    if (code.n)
        c->code = code;
    if (title.n || code.n)
        return OK;
    bool alone =
        markdown_next(&line, &link) && catalog_is_row(&link) &&
        (!link.text.n || (!catalog_blanks(link.before).n && !catalog_blanks(link.behind).n));
    return alone ? OK : catalog_say(c, piece->text, e);
}

/* The first walk: up to the next heading. */
static enum error_code catalog_look(struct catalog *c, struct error *e) {
    struct markdown_piece piece;
    enum error_code code = OK;
    c->row = c->next;
    c->title = catalog_unnumbered(c->heading[c->level]);
    c->code = span_of(c->title.p, 0);
    c->description.n = 0;
    c->rows = 0;
    c->open = true;
    c->more = false;
    while (!code && !c->more && markdown_next(&c->next, &piece)) {
        c->more = piece.kind == MARKDOWN_HEADING;
        if (c->more)
            c->pending = piece;
        else if (piece.kind == MARKDOWN_QUOTE)
            code = catalog_say(c, piece.text, e);
        else if (piece.kind == MARKDOWN_TEXT)
            code = catalog_line(c, &piece, e);
    }
    return code ? code : buf_add_byte(&c->description, 0, e);
}

enum error_code catalog_next(struct catalog *c, struct catalog_entry *out, bool *found,
                             struct error *e) {
    struct markdown_piece piece;
    *found = false;
    for (;;) {
        while (c->open && markdown_next(&c->row, &piece) && piece.kind != MARKDOWN_HEADING)
            if (piece.kind == MARKDOWN_LINK && catalog_is_row(&piece)) {
                *found = true;
                return catalog_row(c, &piece, out, e);
            }
        c->open = false;
        if (!c->more)
            return OK;
        catalog_enter(c, &c->pending);
        enum error_code code = catalog_look(c, e);
        if (code)
            return code;
    }
}

/* --- the file -------------------------------------------------------------------------------- */

static enum error_code catalog_read(struct catalog *c, struct files *files,
                                    const struct window_settings *set, struct error *e) {
    struct window w = {0};
    struct source *source;
    if (files->count != 1)
        return error_set(e, BAD_USE, "a list is one file");
    enum error_code code = files_source(files, 0, &source, NULL, e);
    if (!code)
        code = window_open(&w, source, set, e);
    if (!code)
        code = window_decode(&w, e);
    while (!code) {
        code = buf_add_span(&c->text, w.bytes, e);
        if (!code && c->text.n > CATALOG_MAX)
            code = error_set(e, BAD_FILE, "a list of more than %d bytes", CATALOG_MAX);
        if (w.last)
            break;
        if (!code)
            code = window_more(&w, w.bytes.n, e);
    }
    window_close(&w);
    window_free(&w);
    return code;
}

enum error_code catalog_open(const char *path, int (*stopped)(void *of), void *of,
                             struct catalog **out, struct error *e) {
    struct window_settings set = {.bad = ENCODING_REPLACE, .stopped = stopped, .of = of};
    struct files *files = NULL;
    struct catalog *c = memory_zero(sizeof *c);
    *out = c;
    if (!c)
        return error_no_memory(e);
    enum error_code code = files_open(path, &files, e);
    if (!code)
        code = catalog_read(c, files, &set, e);
    files_close(files);
    for (unsigned l = 0; l < CATALOG_LEVELS; l++)
        c->heading[l] = span_text("");
    c->next.rest = buf_span(&c->text);
    return code ? code : catalog_look(c, e);
}

void catalog_close(struct catalog *c) {
    if (!c)
        return;
    buf_free(&c->text);
    buf_free(&c->description);
    buf_free(&c->room);
    memory_free(c);
}
