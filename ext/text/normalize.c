/* normalize.c - medical text in one spelling.
 *
 *     ＮＹＨＡ　Ⅲ级，ＢＰ１４０／９０ｍｍＨｇ  ->  nyha 3级,bp140/90mmhg
 *
 * Each step is a pass that reads (point, from) and writes the spare pair, which then change
 * places; a pass that has nothing to do is not run:
 *
 *     point   Ｎ Ｙ Ｈ Ａ 　 Ⅲ 级      n y h a _ 3 级
 *     from    0  1  2  3  4  5  6   ->  0 1 2 3 4 5 6
 *
 * width, nfkc, case and punct look at one character at a time and share a pass; after nfkc
 * come canonical ordering and composition. Linear in the text: runs of combining marks are
 * ordered by counting, since utf8proc's own ordering is quadratic in their length.
 * Limits: numbers up to 99 before a class word; a blank between the two is not seen. */
#include "normalize.h"
#include "../base/memory.h"
#include "normalize_table.h"

#include <utf8proc.h>

enum { NORMALIZE_EXPANSION = 64 }; /* code points; Unicode's longest is 18 */

const struct normalize_step normalize_steps[] = {
    {"zero", NORMALIZE_ZERO, "characters without width go"},
    {"numeral", NORMALIZE_NUMERAL, "Ⅱ, II, 二 before 型度级期类相 become 2"},
    {"width", NORMALIZE_WIDTH, "full-width and half-width forms get their usual width"},
    {"nfkc", NORMALIZE_NFKC, "Unicode NFKC"},
    {"case", NORMALIZE_CASE, "Unicode full case folding"},
    {"punct", NORMALIZE_PUNCT, "Chinese punctuation becomes its ASCII twin"},
    {"space", NORMALIZE_SPACE, "a run of white space becomes one blank, none at the ends"},
    {NULL, 0, NULL},
};

static struct span normalize_trim(struct span s) {
    while (s.n && (s.p[0] == ' ' || s.p[0] == '\t'))
        s = span_from(s, 1);
    while (s.n && (s.p[s.n - 1] == ' ' || s.p[s.n - 1] == '\t'))
        s.n--;
    return s;
}

static unsigned normalize_bit_of(struct span name) {
    for (const struct normalize_step *s = normalize_steps; s->name; s++)
        if (span_is(name, s->name))
            return s->bit;
    return span_is(name, "all") ? NORMALIZE_ALL : 0;
}

enum error_code normalize_parse(struct span what, unsigned *steps, struct error *e) {
    *steps = 0;
    if (!normalize_trim(what).n)
        what = span_text("all");
    for (size_t at = 0, comma; at <= what.n; at = comma + 1) {
        comma = span_find(what, at, ',');
        struct span name = normalize_trim(span_slice(what, at, comma));
        unsigned bit = normalize_bit_of(name);
        if (!bit)
            return error_set(e, BAD_USE, "there is no step '%.*s' of normalisation",
                             (int)(name.n < 40 ? name.n : 40), (const char *)name.p);
        *steps |= bit;
    }
    return OK;
}

/* ---- passes ---- */

static enum error_code normalize_emit_slowly(struct normalized *t, uint32_t point, uint32_t from,
                                             struct error *e) {
    enum error_code code = points_add(&t->spare_point, point, e);
    return code ? code : points_add(&t->spare_from, from, e);
}

static inline enum error_code normalize_emit(struct normalized *t, uint32_t point, uint32_t from,
                                             struct error *e) {
    size_t n = t->spare_point.n;
    if (n >= t->spare_point.cap || n >= t->spare_from.cap)
        return normalize_emit_slowly(t, point, from, e);
    t->spare_point.p[n] = point;
    t->spare_from.p[n] = from;
    t->spare_point.n = t->spare_from.n = n + 1;
    return OK;
}

static void normalize_swap(struct normalized *t) {
    struct points point = t->point, from = t->from;
    t->point = t->spare_point;
    t->from = t->spare_from;
    t->spare_point = point;
    t->spare_from = from;
    t->spare_point.n = t->spare_from.n = 0;
}

static void normalize_keep(struct normalized *t, size_t to, size_t i) {
    t->point.p[to] = t->point.p[i];
    t->from.p[to] = t->from.p[i];
}

static void normalize_zero(struct normalized *t) {
    size_t n = 0;
    for (size_t i = 0; i < t->point.n; i++)
        if (!normalize_is_zero(t->point.p[i]))
            normalize_keep(t, n++, i);
    t->point.n = t->from.n = n;
}

static void normalize_space(struct normalized *t) {
    size_t n = 0;
    for (size_t i = 0; i < t->point.n; i++) {
        if (!points_is_blank(t->point.p[i])) {
            normalize_keep(t, n++, i);
        } else if (n && t->point.p[n - 1] != ' ') {
            t->point.p[n] = ' ';
            t->from.p[n++] = t->from.p[i];
        }
    }
    if (n && t->point.p[n - 1] == ' ')
        n--;
    t->point.n = t->from.n = n;
}

/* ---- characters: width, nfkc, case, punct ---- */

static bool normalize_is_plain(uint32_t c) {
    return c >= 0x4E00 && c <= 0x9FFF; /* no mapping touches these ideographs */
}

static bool normalize_is_wide(uint32_t c) {
    int kind = utf8proc_get_property((utf8proc_int32_t)c)->decomp_type;
    return kind == UTF8PROC_DECOMP_TYPE_WIDE || kind == UTF8PROC_DECOMP_TYPE_NARROW;
}

static int normalize_options(uint32_t c, unsigned steps) {
    int options = steps & NORMALIZE_CASE ? UTF8PROC_CASEFOLD : 0;
    if (normalize_is_plain(c))
        return 0;
    if ((steps & NORMALIZE_NFKC) || ((steps & NORMALIZE_WIDTH) && normalize_is_wide(c)))
        options |= UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE;
    return options;
}

static enum error_code normalize_character(struct normalized *t, uint32_t c, uint32_t from,
                                           unsigned steps, struct error *e) {
    utf8proc_int32_t room[NORMALIZE_EXPANSION];
    utf8proc_ssize_t n = 1;
    int boundary = 0, options = normalize_options(c, steps);
    room[0] = (utf8proc_int32_t)(c < 0x80 && options & UTF8PROC_CASEFOLD ? points_fold(c) : c);
    if (options && c >= 0x80)
        n = utf8proc_decompose_char((utf8proc_int32_t)c, room, NORMALIZE_EXPANSION, options,
                                    &boundary);
    if (n < 0 || n > NORMALIZE_EXPANSION)
        return error_set(e, BAD_DATA, "utf8proc cannot decompose U+%04X", (unsigned)c);
    enum error_code code = OK;
    for (utf8proc_ssize_t i = 0; !code && i < n; i++) {
        uint32_t point = (uint32_t)room[i];
        if (steps & NORMALIZE_PUNCT)
            point = normalize_punct(point);
        code = normalize_emit(t, point, from, e);
    }
    return code;
}

static enum error_code normalize_characters(struct normalized *t, unsigned steps, struct error *e) {
    enum error_code code = OK;
    for (size_t i = 0; !code && i < t->point.n; i++)
        code = normalize_character(t, t->point.p[i], t->from.p[i], steps, e);
    normalize_swap(t);
    return code;
}

/* ---- most texts ---- */

/* What all steps make of a character that becomes one other, whatever stands beside it; 0: more
 * must be looked at. */
static uint32_t normalize_simple(uint32_t c) {
    if (normalize_is_plain(c))
        return c;
    if (c < 0x80 || (c >= 0xFF01 && c <= 0xFF5E)) /* ASCII, and its full-width twins */
        return points_fold(c);
    if (c == 0x3000)
        return ' ';
    bool quote = c == 0x2018 || c == 0x2019 || c == 0x201C || c == 0x201D;
    return quote || c == 0x2014 || (c >= 0x3001 && c <= 0x3011) ? normalize_punct(c) : 0;
}

static bool normalize_is_simple(const struct normalized *t) {
    for (size_t i = 0; i < t->point.n; i++)
        if (!normalize_simple(t->point.p[i]))
            return false;
    return true;
}

/* All the passes over characters in one, in place. */
static void normalize_simply(struct normalized *t) {
    for (size_t i = 0; i < t->point.n; i++)
        t->point.p[i] = normalize_simple(t->point.p[i]);
}

/* ---- canonical ordering and composition ---- */

static unsigned normalize_class(uint32_t c) {
    if (c < 0x300 || normalize_is_plain(c))
        return 0;
    return (unsigned)utf8proc_get_property((utf8proc_int32_t)c)->combining_class & 0xFF;
}

/* Writes the run of marks from a to b, ordered by class, equal classes as they stood. */
static enum error_code normalize_run(struct normalized *t, size_t a, size_t b, struct error *e) {
    size_t start[256] = {0}, at = t->spare_point.n;
    enum error_code code = points_reserve(&t->spare_point, b - a, e);
    if (!code)
        code = points_reserve(&t->spare_from, b - a, e);
    if (code)
        return code;
    for (size_t i = a; i < b; i++)
        start[normalize_class(t->point.p[i])]++;
    for (unsigned c = 0; c < 256; c++) {
        size_t n = start[c];
        start[c] = at;
        at += n;
    }
    for (size_t i = a; i < b; i++) {
        size_t to = start[normalize_class(t->point.p[i])]++;
        t->spare_point.p[to] = t->point.p[i];
        t->spare_from.p[to] = t->from.p[i];
    }
    t->spare_point.n = t->spare_from.n = at;
    return OK;
}

/* Whether two marks stand side by side; most texts have none. */
static bool normalize_has_runs(const struct normalized *t) {
    bool before = false;
    for (size_t i = 0; i < t->point.n; i++) {
        bool mark = normalize_class(t->point.p[i]) != 0;
        if (mark && before)
            return true;
        before = mark;
    }
    return false;
}

static enum error_code normalize_order(struct normalized *t, struct error *e) {
    enum error_code code = OK;
    if (!normalize_has_runs(t))
        return OK;
    for (size_t a = 0, b; !code && a < t->point.n; a = b) {
        for (b = a; b < t->point.n && normalize_class(t->point.p[b]); b++)
            ;
        if (b - a > 1)
            code = normalize_run(t, a, b, e);
        else
            code = normalize_emit(t, t->point.p[a], t->from.p[a], e);
        b = b > a ? b : a + 1;
    }
    normalize_swap(t);
    return code;
}

/* The composition of a and b, 0 where there is none. No second half of a composition lies
 * below U+0300, nor between the kana marks and the scripts past U+11000. */
static uint32_t normalize_pair(uint32_t a, uint32_t b) {
    if (b < 0x300 || (b > 0x309A && b < 0x11000))
        return 0;
    utf8proc_int32_t pair[2] = {(utf8proc_int32_t)a, (utf8proc_int32_t)b};
    utf8proc_ssize_t n = utf8proc_normalize_utf32(pair, 2, UTF8PROC_STABLE | UTF8PROC_COMPOSE);
    return n == 1 ? (uint32_t)pair[0] : 0;
}

/* Composes in place (Unicode 3.11, D117): a mark joins the last starter unless a mark of its
 * own or a higher class stands between. */
static void normalize_compose(struct normalized *t) {
    size_t n = 0, starter = 0;
    unsigned last = 0; /* highest class since the starter */
    bool any = false;
    for (size_t i = 0; i < t->point.n; i++) {
        uint32_t c = t->point.p[i];
        unsigned class = normalize_class(c);
        bool blocked = !any || (n > starter + 1 && last >= class);
        uint32_t joined = blocked ? 0 : normalize_pair(t->point.p[starter], c);
        if (joined) {
            t->point.p[starter] = joined;
            continue;
        }
        if (!class) {
            starter = n;
            any = true;
        }
        last = class;
        normalize_keep(t, n++, i);
    }
    t->point.n = t->from.n = n;
}

/* ---- numerals before class words ---- */

/* Reads the number that ends before 'end' and starts at or after 'low': *start where it
 * starts. 0 where there is none. */
static unsigned normalize_number(const struct points *t, size_t low, size_t end, size_t *start) {
    unsigned value = normalize_roman(t, low, end, start);
    return value ? value : normalize_han_number(t, low, end, start);
}

struct normalize_numeral {
    size_t start, end;
    unsigned value;
};

/* The numbers of one class word at 'word', last first: 'Ⅱ-Ⅲ级' has two, 'Ⅱa期' one. */
static size_t normalize_numerals(const struct points *t, size_t low, size_t word,
                                 struct normalize_numeral found[NORMALIZE_NUMERALS]) {
    size_t n = 0, end = word;
    while (n < NORMALIZE_NUMERALS) {
        struct normalize_numeral *f = &found[n];
        f->end = end;
        f->value = normalize_number(t, low, f->end, &f->start);
        uint32_t letter = points_fold(points_before(t, end));
        if (!f->value && end > low && letter >= 'a' && letter <= 'd') {
            f->end = end - 1;
            f->value = normalize_number(t, low, f->end, &f->start);
        }
        if (!f->value)
            break;
        n++;
        if (f->start <= low || !normalize_is_joiner(t->p[f->start - 1]))
            break;
        end = f->start - 1;
    }
    return n;
}

static enum error_code normalize_copy(struct normalized *t, size_t a, size_t b, struct error *e) {
    enum error_code code = OK;
    for (; !code && a < b; a++)
        code = normalize_emit(t, t->point.p[a], t->from.p[a], e);
    return code;
}

static enum error_code normalize_digits(struct normalized *t, const struct normalize_numeral *f,
                                        struct error *e) {
    uint32_t from = t->from.p[f->start];
    enum error_code code = OK;
    if (f->value >= 10)
        code = normalize_emit(t, '0' + f->value / 10, from, e);
    return code ? code : normalize_emit(t, '0' + f->value % 10, from, e);
}

static enum error_code normalize_numeral(struct normalized *t, struct error *e) {
    struct normalize_numeral found[NORMALIZE_NUMERALS];
    size_t done = 0, i = 0;
    enum error_code code = OK;
    while (i < t->point.n && !normalize_is_class_word(t->point.p[i]))
        i++;
    if (i == t->point.n)
        return OK;
    for (; !code && i < t->point.n; i++) {
        if (!normalize_is_class_word(t->point.p[i]))
            continue;
        size_t n = normalize_numerals(&t->point, done, i, found);
        while (!code && n--) {
            code = normalize_copy(t, done, found[n].start, e);
            if (!code)
                code = normalize_digits(t, &found[n], e);
            done = found[n].end;
        }
    }
    if (!code)
        code = normalize_copy(t, done, t->point.n, e);
    normalize_swap(t);
    return code;
}

/* ---- the whole ---- */

static enum error_code normalize_number_offsets(struct normalized *t, struct error *e) {
    t->from.n = t->spare_point.n = t->spare_from.n = 0;
    enum error_code code = points_reserve(&t->from, t->point.n, e);
    for (size_t i = 0; !code && i < t->point.n; i++)
        t->from.p[t->from.n++] = (uint32_t)i;
    return code;
}

/* Numerals twice: before NFKC, while 'Ⅱ' in 'CINⅡ级' is not yet letters, and after it, when
 * full-width letters and compatibility ideographs have become usual ones. */
enum error_code normalize_text(struct normalized *t, struct span text, unsigned steps,
                               struct error *e) {
    const unsigned each = NORMALIZE_WIDTH | NORMALIZE_NFKC | NORMALIZE_CASE | NORMALIZE_PUNCT;
    enum error_code code = points_decode(&t->point, text, e);
    if (!code)
        code = normalize_number_offsets(t, e);
    bool simple = !code && steps == NORMALIZE_ALL && normalize_is_simple(t);
    if (!code && !simple && (steps & NORMALIZE_ZERO))
        normalize_zero(t);
    if (!code && (steps & NORMALIZE_NUMERAL))
        code = normalize_numeral(t, e);
    if (!code && simple)
        normalize_simply(t);
    if (!code && !simple && (steps & each))
        code = normalize_characters(t, steps, e);
    if (!code && !simple && (steps & NORMALIZE_NFKC)) {
        code = normalize_order(t, e);
        if (!code)
            normalize_compose(t);
    }
    if (!code && (steps & NORMALIZE_NUMERAL) && (steps & each))
        code = normalize_numeral(t, e);
    if (!code && (steps & NORMALIZE_SPACE))
        normalize_space(t);
    return code;
}

void normalize_free(struct normalized *t) {
    points_free(&t->point);
    points_free(&t->from);
    points_free(&t->spare_point);
    points_free(&t->spare_from);
}

enum error_code normalize_utf8(struct span text, unsigned steps, struct buf *out, struct error *e) {
    struct normalized t = {0};
    enum error_code code = normalize_text(&t, text, steps, e);
    if (!code)
        code = points_encode(&t.point, 0, t.point.n, out, e);
    normalize_free(&t);
    return code;
}

const char *normalize_unicode(void) {
    return utf8proc_unicode_version();
}
