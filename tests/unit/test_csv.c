/* test_csv.c - delimited text, driven as a scan drives it, in windows of any size. */
#include "../../ext/base/memory.h"
#include "../../ext/format/csv.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>

enum { COLUMNS = 3, PADDING = 64 };

#define LENGTH(a) (sizeof(a) / sizeof *(a))

/* ---- a scan ---- */

struct reading {
    struct format_plan plan;
    const char *where[COLUMNS];
    struct format_options options;
    size_t window;
    struct buf shown; /* each record: its cells in order, '|' behind each, '~' for NULL; or {its
                         error}; then a newline */
    enum error_code code;
    struct error error; /* of begin */
};

static struct span padded(struct span bytes) {
    uint8_t *p = malloc(bytes.n + PADDING);
    assert_non_null(p);
    memcpy(p, bytes.p, bytes.n);
    memset(p + bytes.n, 0, PADDING);
    return span_of(p, bytes.n);
}

static void show_cell(struct buf *to, const struct cell *cell) {
    size_t i = 0;
    switch (cell->kind) {
    case CELL_NULL:
        buf_add_byte(to, '~', NULL);
        break;
    case CELL_QUOTED:
        for (; i < cell->s.n; i += 1 + (cell->s.p[i] == cell->quote))
            buf_add_byte(to, cell->s.p[i], NULL);
        break;
    default:
        assert_int_equal(cell->kind, CELL_RAW);
        buf_add_span(to, cell->s, NULL);
    }
    buf_add_byte(to, '|', NULL);
}

static void show_record(struct reading *r, void *state, struct span record, bool unchecked) {
    struct error e = {0};
    enum error_code code = format_csv.split(state, record, &e);
    assert_true(unchecked || code == OK);
    /* backwards and forwards: the order in which cells are asked for does not matter */
    struct cell cell, again;
    for (unsigned c = COLUMNS; !code && c-- > 0;)
        if (r->plan.wanted >> c & 1)
            code = format_csv.cell(state, c, &cell, &e);
    for (unsigned c = 0; !code && c < COLUMNS; c++) {
        if (!(r->plan.wanted >> c & 1))
            continue;
        assert_int_equal(format_csv.cell(state, c, &again, &e), OK);
        show_cell(&r->shown, &again);
    }
    if (code) {
        assert_int_equal(code, BAD_DATA);
        buf_add_text(&r->shown, "{", NULL);
        buf_add_text(&r->shown, e.text, NULL);
        buf_add_text(&r->shown, "}", NULL);
    }
    buf_add_byte(&r->shown, '\n', NULL);
}

static void show_records(struct reading *r, void *state, struct span text, size_t at) {
    struct format_record record[16];
    size_t shown = r->window;
    for (;;) {
        struct span bytes = padded(span_slice(text, at, at + shown));
        struct format_frame f = {
            .bytes = bytes, .last = at + bytes.n == text.n, .record = record, .cap = 16};
        assert_int_equal(format_csv.frame(state, &f, NULL), OK);
        for (uint32_t i = 0; i < f.count; i++) {
            assert_true(f.record[i].at + f.record[i].n <= f.used);
            show_record(r, state, span_of(bytes.p + record[i].at, record[i].n), f.unchecked);
        }
        free((void *)bytes.p);
        at += f.used;
        if (f.last && f.used == bytes.n)
            break;
        assert_true(!f.last || f.used > 0);
        shown = f.used ? r->window : shown * 2;
    }
}

/* Leaves what there is to see in r->shown, NUL-ended. */
static const char *show(struct reading *r, struct span text, size_t head) {
    void *state = calloc(1, format_csv.state_size);
    struct span first = padded(span_slice(text, 0, head));
    size_t used = 0;
    r->shown.n = 0;
    r->plan.columns = COLUMNS;
    r->plan.where = r->where;
    if (!r->plan.wanted)
        r->plan.wanted = (1 << COLUMNS) - 1;
    r->code = format_csv.begin(state, &r->plan, first, first.n == text.n, &used, &r->error);
    free((void *)first.p);
    if (!r->code)
        show_records(r, state, text, used);
    format_csv.end(state);
    free(state);
    buf_add_byte(&r->shown, 0, NULL);
    return (const char *)r->shown.p;
}

static const size_t windows[] = {4096, 1, 2, 3, 7, 64};

/* ---- records ---- */

struct csv_case {
    const char *shape, *where[COLUMNS], *text, *shown;
};

static const struct csv_case csv_cases[] = {
    /* names, in any order, and columns that are not there */
    {NULL, {"b", "a", "z"}, "a,b\n1,2\n", "2|1|~|\n"},
    {NULL, {"b", "a", NULL}, "a,x,b\n1,,2\n3,,4", "2|1|~|\n4|3|~|\n"},
    {NULL, {"z|b|a", "a|b", "c|d"}, "a,b\n1,2\n", "2|1|~|\n"},
    {NULL, {"b", "a", "#1"}, "\"a\",\"b\"\n1,2\n", "2|1|1|\n"},
    {NULL, {"a\"b", "c,d", "e\nf"}, "\"a\"\"b\",\"c,d\",\"e\nf\"\n1,2,3\n", "1|2|3|\n"},
    {NULL, {"问题", "id", NULL}, "id,\xCE\xCA\xCC\xE2\n1,\xB2\xA1\n", "\xB2\xA1|1|~|\n"},
    /* quotes */
    {NULL, {"a", "b", NULL}, "a,b\n\"x,y\",\"l1\nl2\"\n", "x,y|l1\nl2|~|\n"},
    {NULL, {"a", "b", NULL}, "a,b\n\"\",\"\"\"\"\n,\n", "|\"|~|\n||~|\n"},
    {NULL, {"a", "b", NULL}, "a,b\n\"x\"\"y\",\"\"\"z\"\"\"\n", "x\"y|\"z\"|~|\n"},
    {NULL, {"a", "b", NULL}, "a,b\n5\" pipe,a\"\"b\n", "5\" pipe|a\"\"b|~|\n"},
    {NULL, {"a", "b", NULL}, "a,b\n \"x\",1\n", " \"x\"|1|~|\n"},
    {NULL, {"a", "b", NULL}, "a,b\n\"x\"y,1\n2,3\n", "{text behind a closing quote}\n2|3|~|\n"},
    {NULL, {"a", "b", NULL}, "a,b\n1,2\na,\"", "1|2|~|\n{a quoted field does not end}\n"},
    {NULL, {"a", "b", NULL}, "a,b\n1,\"x\n2,3\n", "{a quoted field does not end}\n"},
    {NULL,
     {"a", "b", NULL},
     "a,b\n1,\"x\n2,\"y\"\n3,4\n",
     "{text behind a closing quote}\n3|4|~|\n"},
    {"noquote", {"a", "b", NULL}, "a,\"b\"\n\"x,y\n", "\"x|~|~|\n"},
    /* ends */
    {NULL, {"a", "b", NULL}, "a,b\r\n1,2\n3,4\r\n5,6", "1|2|~|\n3|4|~|\n5|6|~|\n"},
    {NULL, {"a", "b", NULL}, "a,b\n1,\"2\"\r\n3,4\r", "1|2|~|\n3|4|~|\n"},
    {NULL, {"a", "b", NULL}, "a,b\r1,2\r3,\"4\r\"\r5,6\r", "1|2|~|\n3|4\r|~|\n5|6|~|\n"},
    {NULL, {"a", "b", NULL}, "a,b\r1,2\r\n3,x\ny\r", "1|2|~|\n3|x\ny|~|\n"},
    {NULL, {"a", "b", NULL}, "a,b\r\r\n1,\"2\"\r\r\n3,4\r\r", "1|2|~|\n3|4|~|\n"},
    {NULL, {"a", "b", NULL}, "a,b\r1,2\r\n\n3,4\n\r\r", "1|2|~|\n3|4\n|~|\n"},
    {NULL, {"a", "b", NULL}, "a,b\n1\r2,3\n", "1\r2|3|~|\n"},
    {NULL, {"a", "b", NULL}, "\n\r\na,b\n\n1,2\n\r\n", "1|2|~|\n"},
    {NULL, {"a", NULL, NULL}, "a\n1\n\n2\r\n\r\n", "1|~|~|\n|~|~|\n2|~|~|\n|~|~|\n"},
    {NULL, {"a", "b", NULL}, "a,b", ""},
    /* numbers of fields */
    {NULL,
     {"a", "b", NULL},
     "a,b\n1\n1,2,3\n4,5\n",
     "{1 field where the header has 2}\n{3 fields where the header has 2}\n4|5|~|\n"},
    {"noheader fields=2",
     {"#1", "#2", NULL},
     "1,2\n3\n4,5,6\n",
     "1|2|~|\n{1 field, not 2}\n{3 fields, not 2}\n"},
    {"noheader fields=2", {"#1", "#2", NULL}, "1\n2,3\n", "{1 field, not 2}\n2|3|~|\n"},
    {"noheader", {"#2", "column1", "#3"}, "1,2\n3,4\n", "2|1|~|\n4|3|~|\n"},
    {"noheader", {"#1", NULL, NULL}, "\n1\n", "|~|~|\n1|~|~|\n"},
    /* separators */
    {"sep=TAB", {"a", "b", NULL}, "a\tb\n\"x\t\"y\"\n", "\"x|\"y\"|~|\n"},
    {"sep=TAB quote", {"a", "b", NULL}, "a\tb\n\"x\t\"\t\"y\"\n", "x\t|y|~|\n"},
    {"sep=blank noheader", {"#2", "#1", NULL}, "a b\nc \n", "b|a|~|\n|c|~|\n"},
    {"sep=;", {"a", "b", NULL}, "a;b\n1,1;2\n", "1,1|2|~|\n"},
    {"sep=|  noheader", {"#1", "#2", NULL}, "1|2\n", "1|2|~|\n"},
    {"detect", {"a", "b", NULL}, "a\tb\n1,1\t\"2\n", "1,1|\"2|~|\n"},
    {"detect", {"a", "b", NULL}, "a;b\n1,1;\"2;\"\n", "1,1|2;|~|\n"},
    {"detect", {"a", "b", "c;d;e"}, "a,b,\"c;d;e\"\n1,2,3\n", "1|2|3|\n"},
    {"detect", {"a", "b\"\t\t\tc", NULL}, "a,\"b\"\"\t\t\tc\"\n1,2\n", "1|2|~|\n"},
    {"detect", {"a", "b", "c,d,"}, "\"a\";b;\"\";c,d,\n1;2;;3\n", "1|2|3|\n"},
    {"detect", {"a", NULL, NULL}, "a\n\"1,\"\n", "1,|~|~|\n"},
    {"detect noheader", {"#1", "#2", NULL}, "一,二\t三\n", "一,二|三|~|\n"},
    {"detect noquote", {"a\"", "b\"", NULL}, "a\",b\"\n1,2\n", "1|2|~|\n"},
    /* the record as JSON */
    {NULL,
     {"@cells", NULL, NULL},
     "a,a,,\"b\"\"\"\n1,,\"x\"\"\n\",\t\n",
     "{\"a\":\"1\",\"a_2\":\"\",\"column3\":\"x\\\"\\n\",\"b\\\"\":\"\\t\"}|~|~|\n"},
    {"noheader", {"@cells", NULL, NULL}, "病,2\n", "{\"column1\":\"病\",\"column2\":\"2\"}|~|~|\n"},
    {NULL,
     {"@cells", "a", NULL},
     "a\n\xFF\xF8\xF1\n\n",
     "{\"a\":\"\xFF\xF8\xF1\"}|\xFF\xF8\xF1|~|\n{\"a\":\"\"}||~|\n"},
    {"noheader fields=2",
     {"@cells", NULL, NULL},
     "1\n2,3\n",
     "{1 field, not 2}\n{\"column1\":\"2\",\"column2\":\"3\"}|~|~|\n"},
};

static void csv_each_case(void **state) {
    (void)state;
    for (size_t i = 0; i < LENGTH(csv_cases); i++) {
        const struct csv_case *c = &csv_cases[i];
        for (size_t w = 0; w < LENGTH(windows); w++) {
            struct reading r = {.plan = {.shape = c->shape}, .window = windows[w]};
            memcpy(r.where, c->where, sizeof r.where);
            const char *shown = show(&r, span_text(c->text), SIZE_MAX);
            assert_string_equal(r.code ? r.error.text : shown, c->shown);
            buf_free(&r.shown);
        }
    }
}

static void csv_keeps_nul_bytes(void **state) {
    (void)state;
    static const char text[] = "a,b\n1\0,\"\0\"\n";
    struct reading r = {.where = {"a", "b"}, .window = 4096};
    show(&r, span_of(text, sizeof text - 1), SIZE_MAX);
    assert_memory_equal(r.shown.p, "1\0|\0|~|\n", 9);
    buf_free(&r.shown);
}

/* count(*): no cell is wanted, and yet each record's form is known. */
static void csv_checks_without_cells(void **state) {
    (void)state;
    struct reading r = {.where = {"a", "b"}, .window = 4096, .plan.wanted = 1ull << 60};
    const char *shown = show(&r, span_text("a,b\n1,2\n3\n\"4\"5,6\n"), SIZE_MAX);
    assert_string_equal(shown,
                        "\n{1 field where the header has 2}\n{text behind a closing quote}\n");
    buf_free(&r.shown);
}

/* ---- options ---- */

struct option_case {
    struct format_options options;
    const char *shape, *where[COLUMNS], *text, *shown;
    enum error_code code; /* shown is its text */
};

static const struct option_case option_cases[] = {
    {{.header = -1, .sep = ";"}, NULL, {"a", "b"}, "a;b\n1;2\n", "1|2|~|\n", OK},
    {{.header = -1, .sep = ";"}, "sep=TAB", {"a", "b"}, "a;b\n\"1\";2\n", "1|2|~|\n", OK},
    {{.header = -1, .sep = "\t"}, "detect", {"a", "b"}, "a\tb\n\"1\t2\n", "\"1|2|~|\n", OK},
    {{.header = -1, .sep = "\t", .quote = "\""}, NULL, {"a"}, "a\n\"1\t\"\n", "1\t|~|~|\n", OK},
    {{.header = -1, .quote = "'"}, NULL, {"a"}, "a\n'1,''\"'\n", "1,'\"|~|~|\n", OK},
    {{.header = -1, .quote = ""}, NULL, {"a"}, "a\n\"1\n", "\"1|~|~|\n", OK},
    {{.header = 0}, NULL, {"#1", "column2"}, "a,b\n1,2\n", "a|b|~|\n1|2|~|\n", OK},
    {{.header = 1}, "noheader", {"#1", "b"}, "a,b\n1,2\n", "1|2|~|\n", OK},
    {{.header = 1}, "noheader fields=3", {"#1", "b"}, "a,b\n1,2\n", "1|2|~|\n", OK},
    {{.header = -1, .columns = "[\"x\",\"y\"]"}, NULL, {"y", "a"}, "a,b\n1,2\n", "2|~|~|\n", OK},
    {{.header = 0, .columns = "[\"x\",\"y\"]"}, NULL, {"y"}, "1,2\n", "2|~|~|\n", OK},
    {{.header = 0, .columns = "[\"x\",\"x\"]"},
     NULL,
     {"@cells"},
     "1,2\n",
     "{\"x\":\"1\",\"x_2\":\"2\"}|~|~|\n",
     OK},
    {{.header = -1, .columns = "[\"x\"]"},
     NULL,
     {"y"},
     "a,b\n",
     "the option 'columns' has 1 names, the first record 2 fields",
     BAD_USE},
    {{.header = -1, .columns = "x,y"},
     NULL,
     {"y"},
     "a,b\n",
     "the option 'columns' is not a JSON array of names",
     BAD_USE},
    {{.header = -1, .sep = "，"},
     NULL,
     {"a"},
     "a,b\n",
     "the option 'sep' must be one ASCII character, not '，'",
     BAD_USE},
    {{.header = -1, .sep = ""},
     NULL,
     {"a"},
     "a,b\n",
     "the option 'sep' must be one ASCII character, not ''",
     BAD_USE},
    {{.header = -1, .sep = "\n"},
     NULL,
     {"a"},
     "a,b\n",
     "the option 'sep' must be one ASCII character, not '\n'",
     BAD_USE},
    {{.header = -1, .quote = "''"},
     NULL,
     {"a"},
     "a,b\n",
     "the option 'quote' must be one ASCII character or empty, not ''''",
     BAD_USE},
    {{.header = -1, .sep = "\"", .quote = "\""},
     NULL,
     {"a"},
     "a,b\n",
     "'\"' is both separator and quote",
     BAD_USE},
};

static void csv_options_go_before_the_shape(void **state) {
    (void)state;
    for (size_t i = 0; i < LENGTH(option_cases); i++) {
        const struct option_case *c = &option_cases[i];
        struct reading r = {.plan = {.shape = c->shape}, .options = c->options, .window = 4096};
        memcpy(r.where, c->where, sizeof r.where);
        r.plan.options = &r.options;
        const char *shown = show(&r, span_text(c->text), SIZE_MAX);
        assert_int_equal(r.code, c->code);
        assert_string_equal(r.code ? r.error.text : shown, c->shown);
        buf_free(&r.shown);
    }
}

/* ---- files that are no such files ---- */

struct begin_case {
    const char *shape, *where[COLUMNS], *text;
    size_t head; /* bytes that begin is shown; 0: all */
    enum error_code code;
    const char *error;
};

static const struct begin_case begin_cases[] = {
    {NULL,
     {"ask|question"},
     "department,title\n",
     0,
     BAD_FILE,
     "no column 'ask' or 'question' in the header (department,title)"},
    {"noheader fields=2", {"#2"}, "text\n", 0, BAD_FILE, "no field 2: the first record has 1"},
    {"noheader", {"ask"}, "1,2\n", 0, BAD_FILE, "no column 'ask' in the header (column1,column2)"},
    {NULL, {"a"}, "a\"\nb", 0, BAD_FILE, "no column 'a' in the header (a\")"},
    {NULL, {"a"}, "\"a\nb", 0, BAD_FILE, "a quoted field does not end, in the header"},
    {NULL, {"a"}, "\"a\"x\nb", 0, BAD_FILE, "text behind a closing quote, in the header"},
    {NULL, {"a"}, "a,b\n1,2\n", 3, BAD_FILE, "the first record is longer than 3 bytes"},
    {NULL, {"a"}, "a,\"b\n\"\n", 5, BAD_FILE, "the first record is longer than 5 bytes"},
    {NULL, {"a"}, "\n\n\na\n", 2, BAD_FILE, "the first record is longer than 0 bytes"},
    {"noheader", {"#1"}, "a,b\n1,2\n", 3, BAD_FILE, "the first record is longer than 3 bytes"},
    {"noheader fields=2", {"#1"}, "a,b\n1,2\n", 3, OK, NULL},
    {NULL, {"a"}, "a,b\n1,2\n", 4, OK, NULL},
    {"sep=ab", {"a"}, "a", 0, BAD_USE, "'sep=ab' is no word of a csv shape"},
};

static void csv_begin_refuses(void **state) {
    (void)state;
    for (size_t i = 0; i < LENGTH(begin_cases); i++) {
        const struct begin_case *c = &begin_cases[i];
        struct reading r = {.plan = {.shape = c->shape, .required = 1}, .window = 4096};
        memcpy(r.where, c->where, sizeof r.where);
        show(&r, span_text(c->text), c->head ? c->head : SIZE_MAX);
        assert_int_equal(r.code, c->code);
        if (c->error)
            assert_string_equal(r.error.text, c->error);
        buf_free(&r.shown);
    }
}

static void csv_columns_have_a_ceiling(void **state) {
    (void)state;
    for (size_t n = 2000; n <= 2001; n++) {
        char text[4096];
        memset(text, ',', n - 1);
        text[n - 1] = '\n';
        struct reading r = {.where = {"@cells"}, .window = 4096};
        show(&r, span_of(text, n), SIZE_MAX);
        assert_int_equal(r.code, n == 2000 ? OK : BAD_FILE);
        if (r.code)
            assert_string_equal(r.error.text, "more than 2000 columns");
        buf_free(&r.shown);
    }
}

struct safe_case {
    const char *shape, *where, *sep, *quote;
    bool safe;
};

static const struct safe_case safe_cases[] = {
    {NULL, "a", NULL, NULL, true},
    {"sep=TAB", "a", NULL, NULL, true},
    {"detect", "a", NULL, NULL, true},
    {"sep=;", "a", NULL, NULL, true},
    {"sep=blank", "a", NULL, NULL, true},
    {"sep=|", "a", NULL, NULL, false},
    {NULL, "a", "|", NULL, false},
    {NULL, "a", "\\", NULL, false},
    {NULL, "a", "7", NULL, false},
    {NULL, "a", ":", NULL, true},
    {NULL, "a", NULL, "'", true},
    {NULL, "a", NULL, "`", false},
    {"sep=|", "a", ",", NULL, true},
    {NULL, "a", NULL, "", true},
    {"detect", "@cells", NULL, NULL, false},
};

static void csv_knows_what_is_safe(void **state) {
    (void)state;
    for (size_t i = 0; i < LENGTH(safe_cases); i++) {
        const struct safe_case *c = &safe_cases[i];
        struct format_options options = {.header = -1, .sep = c->sep, .quote = c->quote};
        struct format_plan plan = {
            .columns = 1, .where = &c->where, .wanted = 1, .shape = c->shape, .options = &options};
        assert_int_equal(csv_safe(&plan), c->safe);
        plan.wanted = 0;
        assert_int_equal(csv_safe(&plan), c->safe || strcmp(c->where, "@cells") == 0);
    }
}

static void csv_smells_text(void **state) {
    (void)state;
    assert_true(format_csv.smells(span_text("a,b\n")));
    assert_true(format_csv.smells(span_text("\xB2\xA1")));
    assert_false(format_csv.smells(span_text(" \n{\"a\":1}")));
    assert_false(format_csv.smells(span_text("[1]")));
    assert_false(format_csv.smells(span_of("a\0b", 3)));
    assert_false(format_csv.smells(span_text("")));
}

/* ---- without memory ---- */

static void *malloc_any(unsigned long long n) {
    return malloc((size_t)n);
}

static void *realloc_any(void *p, unsigned long long n) {
    return realloc(p, (size_t)n);
}

static long memory_left, memory_live; /* allocations that succeed; blocks in use */

static void *scarce_resize(void *p, unsigned long long n) {
    if (memory_left-- <= 0)
        return NULL;
    memory_live += p == NULL;
    return realloc(p, (size_t)n);
}

static void *scarce_alloc(unsigned long long n) {
    return scarce_resize(NULL, n);
}

static void scarce_release(void *p) {
    memory_live -= p != NULL;
    free(p);
}

static enum error_code read_once(struct span text) {
    static const char *const where[] = {"b", "@cells"};
    struct format_options options = {.header = -1, .columns = "[\"b\",\"b\"]"};
    struct format_plan plan = {.columns = 2, .where = where, .wanted = 3, .options = &options};
    struct format_record record[4];
    struct format_frame f = {.last = true, .record = record, .cap = 4};
    struct span bytes = padded(text);
    void *state = calloc(1, format_csv.state_size);
    size_t used = 0;
    struct cell cell;
    enum error_code code = format_csv.begin(state, &plan, bytes, true, &used, NULL);
    f.bytes = span_from(bytes, used);
    if (!code)
        code = format_csv.frame(state, &f, NULL);
    for (uint32_t i = 0; !code && i < f.count; i++) {
        code = format_csv.split(state, span_of(f.bytes.p + record[i].at, record[i].n), NULL);
        for (unsigned c = 0; !code && c < 2; c++)
            code = format_csv.cell(state, c, &cell, NULL);
    }
    format_csv.end(state);
    free(state);
    free((void *)bytes.p);
    return code;
}

/* Each allocation fails once; then all that follow fail too. */
static void csv_survives_without_memory(void **state) {
    (void)state;
    static const struct memory scarce = {scarce_alloc, scarce_resize, scarce_release};
    static const struct memory plenty = {malloc_any, realloc_any, free};
    enum error_code code = NO_MEMORY;
    memory_use(&scarce);
    for (long n = 0; code && n < 1000; n++) {
        memory_left = n;
        code = read_once(span_text("a,b\n\"1\"\"\",\"2\"\"\"\n"));
        assert_true(code == OK || code == NO_MEMORY);
        assert_int_equal(memory_live, 0);
        assert_true(code == NO_MEMORY || n > 5);
    }
    memory_use(&plenty);
    assert_int_equal(code, OK);
}

/* ---- against a reader that takes field after field ---- */

struct naive {
    struct span t;
    size_t i;
    bool quoted, cr; /* cr: records end at CR or CRLF */
    const char *wrong;
};

static bool naive_at(const struct naive *v, size_t i, uint8_t c) {
    return i < v->t.n && v->t.p[i] == c;
}

/* Bytes of the record's end at i; 0: none. */
static size_t naive_ends(const struct naive *v) {
    size_t i = v->i;
    if (v->cr && !naive_at(v, i, '\r'))
        return 0;
    i += v->cr;
    while (naive_at(v, i, v->cr ? '\n' : '\r'))
        i++;
    if (!v->cr && i < v->t.n && !naive_at(v, i, '\n'))
        return 0;
    return i - v->i + naive_at(v, v->cr ? v->t.n : i, '\n');
}

static void naive_quoted(struct naive *v, struct buf *field) {
    for (v->i++; v->i < v->t.n; v->i++) {
        if (v->t.p[v->i] == '"' && !naive_at(v, ++v->i, '"')) {
            bool fine = v->i == v->t.n || naive_at(v, v->i, ',') || naive_ends(v);
            v->wrong = v->wrong || fine ? v->wrong : "{text behind a closing quote}";
            return;
        }
        buf_add_byte(field, v->t.p[v->i], NULL);
    }
    v->wrong = v->wrong ? v->wrong : "{a quoted field does not end}";
}

static void naive_field(struct naive *v, struct buf *field) {
    field->n = 0;
    if (v->quoted && naive_at(v, v->i, '"'))
        naive_quoted(v, field);
    while (v->i < v->t.n && !naive_at(v, v->i, ',') && !naive_ends(v))
        buf_add_byte(field, v->t.p[v->i++], NULL);
}

static void naive_record(struct naive *v, unsigned columns, struct buf *shown) {
    struct buf field = {0}, cells = {0};
    unsigned fields = 0;
    char wrong[64];
    v->wrong = NULL;
    do {
        v->i += fields > 0;
        naive_field(v, &field);
        buf_add_span(&cells, buf_span(&field), NULL);
        buf_add_byte(&cells, '|', NULL);
        fields++;
    } while (naive_at(v, v->i, ','));
    v->i += naive_ends(v);
    if (!v->wrong && fields != columns) {
        snprintf(wrong, sizeof wrong, "{%u field%s where the header has %u}", fields,
                 fields > 1 ? "s" : "", columns);
        v->wrong = wrong;
    }
    if (v->wrong)
        buf_add_text(shown, v->wrong, NULL);
    else
        buf_add_span(shown, buf_span(&cells), NULL);
    if (!v->wrong && columns == 1)
        buf_add_text(shown, "~|~|", NULL);
    buf_add_byte(shown, '\n', NULL);
    buf_free(&field);
    buf_free(&cells);
}

static void naive_read(struct naive v, unsigned columns, struct buf *shown) {
    while (v.i < v.t.n) {
        size_t blank = columns > 1 ? naive_ends(&v) : 0;
        if (blank)
            v.i += blank;
        else
            naive_record(&v, columns, shown);
    }
}

static void csv_compare(struct span text, size_t head, bool cr, unsigned columns, bool quoted,
                        size_t window) {
    struct reading r = {.plan.shape = quoted ? NULL : "noquote", .window = window};
    struct buf want = {0};
    memcpy(r.where, (const char *[]){"a", columns > 1 ? "b" : NULL, columns > 1 ? "c" : NULL},
           sizeof r.where);
    naive_read((struct naive){.t = text, .i = head, .quoted = quoted, .cr = cr}, columns, &want);
    buf_add_byte(&want, 0, NULL);
    const char *got = show(&r, text, SIZE_MAX);
    assert_int_equal(r.code, OK);
    if (strcmp(got, (const char *)want.p) != 0)
        fail_msg("window %zu: '%.*s' is\n%s\nand not\n%s", window, (int)text.n, text.p, got,
                 want.p);
    buf_free(&want);
    buf_free(&r.shown);
}

static uint64_t random_next(uint64_t *seed) {
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    return *seed;
}

static void csv_random(const char *alphabet, size_t most, unsigned rounds, uint64_t seed) {
    static const char *const ends[] = {"\n", "\r\n", "\r"};
    for (unsigned i = 0; i < rounds; i++) {
        uint64_t dice = random_next(&seed);
        const char *end = ends[dice % 3];
        unsigned columns = dice >> 4 & 3 ? 3 : 1;
        char text[512];
        size_t head = (size_t)snprintf(text, sizeof text, "%s%s", columns > 1 ? "a,b,c" : "a", end);
        size_t n = head + random_next(&seed) % (most + 1);
        for (size_t k = head; k < n; k++)
            text[k] = alphabet[random_next(&seed) % strlen(alphabet)];
        bool cr = *end == '\r' && !end[1];
        size_t next = head;
        while (next < n && text[next] == '\r')
            next++;
        if (cr && (next == n || text[next] == '\n'))
            continue; /* then the header does not end at a CR alone */
        csv_compare(span_of(text, n), head, cr, columns, dice >> 6 & 7,
                    windows[(dice >> 12) % LENGTH(windows)]);
    }
}

static void csv_random_texts(void **state) {
    (void)state;
    csv_random("x,\"\n\r", 10, 60000, 1);
    csv_random("x,,\"\"\n", 20, 40000, 2);
    csv_random("abcdefgh,,,\"\"\n", 200, 10000, 3);
}

/* Good and bad records, in every window from one byte to more than all. */
static void csv_every_window(void **state) {
    (void)state;
    static const char *const texts[] = {
        "a,b,c\n\"x\",\"y\"\"\",\"z\nz\"\r\n\r\n1,2,3\n\"p\"q,r,s\n4,5\n\"\",\"\",\"\"",
        "a,b,c\r1,\"2\r2\",3\r\n\"4\",5,\"6\"\r\r7,8\r\"9",
    };
    for (size_t i = 0; i < LENGTH(texts); i++)
        for (size_t window = 1; window < 80; window++)
            csv_compare(span_text(texts[i]), 6, texts[i][5] == '\r', 3, true, window);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(csv_each_case),
        cmocka_unit_test(csv_keeps_nul_bytes),
        cmocka_unit_test(csv_checks_without_cells),
        cmocka_unit_test(csv_options_go_before_the_shape),
        cmocka_unit_test(csv_begin_refuses),
        cmocka_unit_test(csv_columns_have_a_ceiling),
        cmocka_unit_test(csv_knows_what_is_safe),
        cmocka_unit_test(csv_smells_text),
        cmocka_unit_test(csv_survives_without_memory),
        cmocka_unit_test(csv_random_texts),
        cmocka_unit_test(csv_every_window),
    };
    return cmocka_run_group_tests_name("csv", tests, NULL, NULL);
}
