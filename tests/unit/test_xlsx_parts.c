/* Shared strings, the workbook and its relationships, and all parts together when memory runs out.
 */
#include "xlsx_driver.h"

/* ---- Shared strings ---- */

static void check_string(const char *item, const char *expected) {
    for (size_t i = 0; i < WORDS(steps); i++) {
        struct xlsx_strings *s;
        struct span text;
        struct error e = {0};
        char xml[1024], *got;
        size_t n;
        snprintf(xml, sizeof xml, HEAD "<sst count='9'><si><t>a</t></si>%s<si><t>z</t></si></sst>",
                 item);
        assert_int_equal(xlsx_strings_open("m", &s, NULL), OK);
        FILE *out = open_memstream(&got, &n);
        if (feed_all(feed_strings, s, span_text(xml), steps[i], &e))
            fprintf(out, "!! %s", e.text);
        else if (xlsx_strings_at(s, 1, &text, &e))
            fprintf(out, "! %s", e.text);
        else
            put_text(out, text);
        fclose(out);
        assert_string_equal(got, expected);
        free(got);
        if (strncmp(expected, "!!", 2) != 0) {
            assert_int_equal(xlsx_strings_count(s), 3);
            assert_int_equal(xlsx_strings_at(s, 2, &text, NULL), OK);
            assert_true(span_is(text, "z"));
        }
        xlsx_strings_close(s);
    }
}

static void test_strings(void **state) {
    (void)state;
    static const char half[] = "! shared string 1 holds half a surrogate pair";
    static const struct {
        const char *item, *expected;
    } cases[] = {
        {"<si><t>cough</t></si>", "cough"},
        {"<si/>", ""},
        {"<si><t xml:space='preserve'> a\n</t></si>", " a\\0a"},
        {"<x:si><x:t>a</x:t></x:si>", "a"},
        {"<si><r><rPr><b/></rPr><t>fe</t></r> <r><t>ver</t></r><rPh><t>x</t></rPh></si>", "fever"},
        {"<si>no<t>yes</t>no</si>", "yes"},
        {"<si><t>_x0004_</t></si>", "\\04"},
        {"<si><t>a_x000d__x000A_b</t></si>", "a\\0d\\0ab"},
        {"<si><t>_x005F_x0004_</t></si>", "_x0004_"},
        {"<si><t>__x0041_x0042_</t></si>", "_Ax0042_"},
        {"<si><t>_x004_ _x00041_ _X0041_ _x00g1_ _x0041</t></si>",
         "_x004_ _x00041_ _X0041_ _x00g1_ _x0041"},
        {"<si><t>_x65E5__x672c_</t></si>", "\xE6\x97\xA5\xE6\x9C\xAC"},
        {"<si><t>_xD83D__xDE00_!</t></si>", "\xF0\x9F\x98\x80!"},
        {"<si><t>_xDBFF__xDFFF_</t></si>", "\xF4\x8F\xBF\xBF"},
        {"<si><t>_xFFFF_</t></si>", "\xEF\xBF\xBF"},
        {"<si><t>_x0000_</t></si>", "\\00"},
        {"<si><t>_xD83D_ _xDE00_</t></si>", half},
        {"<si><t>_xD83D__xD83D_</t></si>", half},
        {"<si><t>_xDE00_</t></si>", half},
        {"<si><t>_xDE00__xDE00_</t></si>", half},
        {"<si><r><t>_xD83D_</t></r><r><t>ok</t></r></si>", half},
        {"<si><t>a</t>", "!! the XML of part 'm' breaks at line 2: mismatched tag"},
        {"<!DOCTYPE a>",
         "!! the XML of part 'm' breaks at line 2: not well-formed (invalid token)"},
    };
    for (size_t i = 0; i < WORDS(cases); i++)
        check_string(cases[i].item, cases[i].expected);
}

static void test_strings_end(void **state) {
    (void)state;
    struct span text;
    struct error e = {0};
    struct xlsx_strings *s =
        strings_of("<sst count='4294967295' uniqueCount='4294967295'><si><t>x</t></si></sst>");
    assert_int_equal(xlsx_strings_at(s, 1, &text, &e), BAD_DATA);
    assert_string_equal(e.text, "there is no shared string 1, only 1");
    xlsx_strings_close(s);
    assert_int_equal(xlsx_strings_count(NULL), 0);
    assert_int_equal(xlsx_strings_open("m", &s, NULL), OK);
    assert_int_equal(xlsx_strings_feed(s, span_text("<!DOCTYPE sst><sst/>"), true, &e), BAD_FILE);
    assert_string_equal(e.text, "part 'm' of the workbook has a DOCTYPE");
    xlsx_strings_close(s);
}

static void test_long_string(void **state) {
    (void)state;
    static char piece[1 << 16];
    struct xlsx_strings *s;
    struct error e = {0};
    enum error_code code = OK;
    memset(piece, 'x', sizeof piece);
    assert_int_equal(xlsx_strings_open("m", &s, NULL), OK);
    assert_int_equal(xlsx_strings_feed(s, span_text("<sst><si><t>"), false, NULL), OK);
    for (int i = 0; !code && i <= XLSX_TEXT_MAX >> 16; i++)
        code = xlsx_strings_feed(s, span_of(piece, sizeof piece), false, &e);
    assert_int_equal(code, BAD_FILE);
    assert_string_equal(e.text, "a shared string is longer than 33554432 bytes");
    xlsx_strings_close(s);
}

/* ---- The workbook ---- */

struct book_case {
    const char *name, *package, *relations, *workbook; /* NULL: the zip lacks it */
    const char *expected;
};

#define RELATION(id, type, target)                                                                 \
    "<Relationship Id='" id                                                                        \
    "' Type='http://schemas.openxmlformats.org/officeDocument/2006/relationships/" type            \
    "' Target='" target "'/>"
#define RELATIONS(list) HEAD "<Relationships xmlns='x'>" list "</Relationships>"
#define TAB(name, id)   "<sheet name='" name "' sheetId='1' r:id='" id "'/>"
#define BOOK(list)      HEAD "<workbook><bookViews/><sheets>" list "</sheets></workbook>"

static const struct book_case book_cases[] = {
    {"as it should be", RELATIONS(RELATION("rId1", "officeDocument", "xl/workbook.xml")),
     RELATIONS(RELATION("rId2", "worksheet", "worksheets/sheet2.xml")
                   RELATION("rId1", "worksheet", "worksheets/sheet1.xml")
                       RELATION("rId3", "sharedStrings", "strings.xml")),
     BOOK(TAB("One", "rId1") "<sheet name='&#19968;_x005F_x0041_' state='hidden' r:id='rId2'/>"),
     "xl/_rels/workbook.xml.rels xl/workbook.xml|One xl/worksheets/sheet1.xml|"
     "\xE4\xB8\x80_x0041_ xl/worksheets/sheet2.xml hidden|xl/strings.xml"},
    {"strict, prefixes", NULL,
     "<p:Relationships xmlns:p='x'><p:Relationship Id='a' Target='/xl/worksheets/a.xml'"
     " Type='http://purl.oclc.org/ooxml/officeDocument/relationships/worksheet'/>"
     "</p:Relationships>",
     "<x:workbook><x:sheets><x:sheet id='b' rel:id='a' state='visible' name='A'/></x:sheets>"
     "</x:workbook>",
     "xl/_rels/workbook.xml.rels xl/workbook.xml|A xl/worksheets/a.xml|xl/sharedStrings.xml"},
    {"at the root",
     RELATIONS(RELATION("a", "officeDocument", "/book.xml")
                   RELATION("b", "officeDocument", "second.xml")),
     RELATIONS(RELATION("a", "worksheet", "./sheet1.xml")), BOOK(TAB("A", "a")),
     "_rels/book.xml.rels book.xml|A sheet1.xml|sharedStrings.xml"},
    {"up and down", RELATIONS(RELATION("a", "officeDocument", "a/b/w.xml")),
     RELATIONS(RELATION("a", "worksheet", "../../x/..//y/./s.xml") RELATION(
         "b", "worksheet", "..\\s.xml") RELATION("c", "worksheet", "\\x\\s.xml")),
     BOOK(TAB("A", "a") TAB("B", "b") TAB("C", "c")),
     "a/b/_rels/w.xml.rels a/b/w.xml|A y/s.xml|B a/s.xml|C x/s.xml|a/b/sharedStrings.xml"},
    {"charts are no worksheets", NULL,
     RELATIONS(RELATION("a", "chartsheet", "c.xml") RELATION("b", "worksheet", "s.xml")
                   RELATION("c", "hyperlink", "../../../x") RELATION("d", "dialogsheet", "d.xml")),
     BOOK(TAB("C", "a") TAB("D", "d") "<sheet name='S' state='veryHidden' r:id='b'/>"),
     "xl/_rels/workbook.xml.rels xl/workbook.xml|S xl/s.xml hidden|xl/sharedStrings.xml"},
    {"out of the package", NULL, RELATIONS(RELATION("a", "worksheet", "../../../../etc/passwd")),
     NULL, "!! the target '../../../../etc/passwd' lies outside of the workbook"},
    {"out of the package at once", RELATIONS(RELATION("a", "officeDocument", "../w.xml")), NULL,
     NULL, "!! the target '../w.xml' lies outside of the workbook"},
    {"elsewhere", NULL,
     "<Relationships><Relationship Id='a' Type='x/worksheet' Target='http://x/'"
     " TargetMode='External'/></Relationships>",
     NULL, "!! the target 'http://x/' lies outside of the workbook"},
    {"nowhere", NULL, "<Relationships><Relationship Id='a' Type='x/worksheet'/></Relationships>",
     NULL, "!! a relationship of the workbook has no target"},
    {"no part", NULL, RELATIONS(""), BOOK(TAB("A", "rId1")),
     "!! sheet 'A' has no part in the workbook"},
    {"no id", NULL, RELATIONS(RELATION("", "worksheet", "a")), BOOK("<sheet name='A'/>"),
     "!! sheet 'A' has no part in the workbook"},
    {"no name", NULL, NULL, BOOK("<sheet r:id='a'/>"), "!! a sheet of the workbook has no name"},
    {"a bomb", NULL, NULL, "<!DOCTYPE w []>" BOOK(""),
     "!! part 'xl/workbook.xml' of the workbook has a DOCTYPE"},
    {"no workbook", NULL, "<html/>", NULL,
     "!! part 'xl/_rels/workbook.xml.rels' begins with <html> instead of <Relationships>"},
    {"binary", NULL, NULL, "\x83\x01\x80",
     "!! the XML of part 'xl/workbook.xml' breaks at line 1: not well-formed (invalid token)"},
    {"no sheets", NULL, NULL, BOOK(""),
     "xl/_rels/workbook.xml.rels xl/workbook.xml|xl/sharedStrings.xml"},
};

struct book_feed {
    struct xlsx_book *book;
    enum xlsx_book_part part;
};

static enum error_code feed_book(void *of, struct span bytes, bool last, struct error *e) {
    struct book_feed *f = of;
    return xlsx_book_feed(f->book, f->part, bytes, last, e);
}

static void put_book(FILE *out, const struct xlsx_book *b) {
    struct xlsx_tab tab;
    fprintf(out, "%s %s|", xlsx_book_member(b, XLSX_WORKBOOK_RELATIONS),
            xlsx_book_member(b, XLSX_WORKBOOK));
    for (size_t i = 0; xlsx_book_tab(b, i, &tab); i++)
        fprintf(out, "%s %s%s|", tab.name, tab.member, tab.hidden ? " hidden" : "");
    fputs(xlsx_book_strings(b), out);
}

static void check_book(const struct book_case *c, size_t step) {
    const char *parts[XLSX_BOOK_PARTS] = {c->package, c->relations, c->workbook};
    struct book_feed f = {0};
    struct error e = {0};
    enum error_code code = OK;
    char *got;
    size_t n;
    assert_int_equal(xlsx_book_open(&f.book, NULL), OK);
    assert_string_equal(xlsx_book_member(f.book, XLSX_PACKAGE_RELATIONS), "_rels/.rels");
    for (; !code && f.part < XLSX_BOOK_PARTS; f.part++)
        if (parts[f.part])
            code = feed_all(feed_book, &f, span_text(parts[f.part]), step, &e);
    FILE *out = open_memstream(&got, &n);
    if (code)
        fprintf(out, "!! %s", e.text);
    else
        put_book(out, f.book);
    fclose(out);
    if (strcmp(got, c->expected) != 0)
        print_error("%s, pieces of %zu\n", c->name, step);
    assert_string_equal(got, c->expected);
    assert_true(!code || code == BAD_FILE);
    free(got);
    xlsx_book_close(f.book);
}

static void test_book(void **state) {
    (void)state;
    for (size_t i = 0; i < WORDS(book_cases); i++)
        for (size_t k = 0; k < WORDS(steps); k++)
            check_book(&book_cases[i], steps[k]);
}

static void check_crowd(enum xlsx_book_part part, const char *head, const char *each,
                        const char *expected) {
    struct xlsx_book *b;
    struct error e = {0};
    enum error_code code = OK;
    assert_int_equal(xlsx_book_open(&b, NULL), OK);
    assert_int_equal(xlsx_book_feed(b, XLSX_WORKBOOK_RELATIONS,
                                    span_text(RELATIONS(RELATION("a", "worksheet", "s.xml"))), true,
                                    &e),
                     OK);
    code = xlsx_book_feed(b, part, span_text(head), false, &e);
    for (int i = 0; !code && i < 20000; i++)
        code = xlsx_book_feed(b, part, span_text(each), false, &e);
    assert_int_equal(code, BAD_FILE);
    assert_string_equal(e.text, expected);
    xlsx_book_close(b);
}

static void test_book_crowded(void **state) {
    (void)state;
    static char fat[5000];
    snprintf(fat, sizeof fat, "<sheet name='%04800d' r:id='a'/>", 0);
    check_crowd(XLSX_WORKBOOK_RELATIONS, "<Relationships>", "<Relationship Id='b'/>",
                "a workbook has more than 16384 relationships");
    check_crowd(XLSX_WORKBOOK, "<workbook><sheets>", "<sheet name='A' r:id='a'/>",
                "a workbook has more than 4096 sheets");
    check_crowd(XLSX_WORKBOOK, "<workbook><sheets>", fat,
                "the names in a workbook are longer than 16777216 bytes");
}

static void test_member_is(void **state) {
    (void)state;
    static const struct {
        const char *member, *name;
        bool same;
    } cases[] = {
        {"xl/a.xml", "xl/a.xml", true},
        {"xl/sharedStrings.xml", "xl/SharedStrings.xml", true},
        {"xl/a.xml", "xl\\A.XML", true},
        {"xl/a.xml", "/xl/a.xml", true},
        {"xl/a.xml", "xl/a.xm", false},
        {"xl/a.xm", "xl/a.xml", false},
        {"xl/a.xml", "xl/b.xml", false},
        {"xl/a.xml", "", false},
        {"xl/a.xml", "//xl/a.xml", false},
        {"xl/[.xml", "xl/{.xml", false},
        {"xl/\xC3\x84.xml", "xl/\xC3\x84.xml", true},
    };
    for (size_t i = 0; i < WORDS(cases); i++)
        assert_int_equal(xlsx_member_is(cases[i].member, span_text(cases[i].name)), cases[i].same);
}

/* ---- Out of memory, everywhere ---- */

static enum error_code read_book(FILE *out, struct error *e) {
    const struct book_case *c = &book_cases[0];
    const char *parts[XLSX_BOOK_PARTS] = {c->package, c->relations, c->workbook};
    struct book_feed f = {0};
    enum error_code code = xlsx_book_open(&f.book, e);
    for (; !code && f.part < XLSX_BOOK_PARTS; f.part++)
        code = feed_all(feed_book, &f, span_text(parts[f.part]), 50, e);
    if (!code)
        put_book(out, f.book);
    xlsx_book_close(f.book);
    return code;
}

static enum error_code read_sheet(FILE *out, const struct xlsx_strings *strings, struct error *e) {
    struct span xml = span_text(
        SHEET("<row r='1'><c r='A1'><v>1</v></c></row><row r='2'><c r='A2' t='s'><v>9</v></c></row>"
              "<row r='3'><c r='A3' t='s'><v>0</v></c><c r='B3' t='str'><v>b</v></c></row>"));
    struct xlsx_sheet *s;
    struct xlsx_row row;
    enum error_code code = xlsx_sheet_open("S", strings, &s, e);
    bool more = true;
    for (size_t at = 0; !code && at < xml.n; at += 50) {
        xlsx_sheet_feed(s, span_slice(xml, at, at + 50), at + 50 >= xml.n);
        while (code = xlsx_sheet_next(s, &row, &more, e), more)
            code ? fprintf(out, "%u!", row.number) : put_row(out, &row);
    }
    xlsx_sheet_close(s);
    return code;
}

static enum error_code read_all(FILE *out, struct error *e) {
    struct xlsx_strings *strings = NULL;
    enum error_code code = read_book(out, e);
    if (!code)
        code = xlsx_strings_open("m", &strings, e);
    if (!code)
        code =
            feed_all(feed_strings, strings, span_text("<sst><si><t>a_x0041_</t></si></sst>"), 9, e);
    if (!code)
        code = read_sheet(out, strings, e);
    xlsx_strings_close(strings);
    return code;
}

static void test_out_of_memory(void **state) {
    (void)state;
    for (int persistent = 0; persistent < 2; persistent++) {
        enum error_code code = NO_MEMORY;
        unsigned n = 1;
        for (; code == NO_MEMORY; n++) {
            struct error e = {0};
            char *got;
            size_t size, blocks = heap.blocks;
            FILE *out = open_memstream(&got, &size);
            heap.calls = 0;
            heap.on = persistent;
            heap.fail_at = n;
            code = read_all(out, &e);
            heap.fail_at = 0;
            fclose(out);
            assert_int_equal(heap.blocks, blocks);
            assert_true(code == OK || code == NO_MEMORY);
            assert_int_equal(e.code == NO_MEMORY, code == NO_MEMORY);
            if (!code)
                assert_non_null(strstr(got, "xl/strings.xml1 A n 1\n2!3 A s aA|B s b\n"));
            free(got);
        }
        assert_true(n > 40);
    }
}

int main(void) {
    heap_use();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_strings),       cmocka_unit_test(test_strings_end),
        cmocka_unit_test(test_long_string),   cmocka_unit_test(test_book),
        cmocka_unit_test(test_book_crowded),  cmocka_unit_test(test_member_is),
        cmocka_unit_test(test_out_of_memory),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    return heap.blocks ? 1 : failed;
}
