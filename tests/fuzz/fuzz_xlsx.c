/* Fuzz target: one part of a workbook. The first byte chooses the part and the size of the pieces;
 * fed whole, the rest must say the same, but for the words in which a part is refused (expat counts
 * CR LF twice where a piece ends between them). All text must be UTF-8, and a row's cells in order.
 */
#include "../../ext/base/utf8.h"
#include "../../ext/format/xlsx.h"

#include <stdlib.h>

enum { FUZZ_SHEET = XLSX_BOOK_PARTS, FUZZ_SHEET_SOME, FUZZ_STRINGS, FUZZ_PARTS };

static const size_t fuzz_steps[] = {1, 2, 3, 7, 64, 4096};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void fuzz_must(bool holds) {
    if (!holds)
        abort();
}

static void fuzz_note(struct buf *log, uint32_t number, struct span text) {
    fuzz_must(utf8_valid(text) == text.n);
    fuzz_must(buf_add(log, &number, sizeof number, NULL) == OK);
    fuzz_must(buf_add_span(log, text, NULL) == OK);
}

static void fuzz_refused(struct buf *log, enum error_code code, const struct error *e) {
    fuzz_must(code == e->code && utf8_valid(span_text(e->text)) == strlen(e->text));
    fuzz_note(log, code, span_text("refused"));
}

static void fuzz_row(struct buf *log, const struct xlsx_row *row) {
    fuzz_note(log, row->number, span_text("row"));
    for (uint32_t i = 0; i < row->count; i++) {
        const struct xlsx_cell *c = &row->cell[i];
        fuzz_must(c->column < XLSX_COLUMNS_MAX && (i == 0 || c[-1].column < c->column));
        fuzz_note(log, c->column * 8 + c->kind, c->text);
    }
}

/* Draws what there is; false at the end of all. */
static bool fuzz_rows(struct buf *log, struct xlsx_sheet *s) {
    struct xlsx_row row;
    struct error e = {0};
    bool more;
    enum error_code code;
    while (code = xlsx_sheet_next(s, &row, &more, &e), more) {
        fuzz_must(code == OK || code == BAD_DATA);
        if (code)
            fuzz_note(log, row.number, span_text(e.text));
        else
            fuzz_row(log, &row);
    }
    if (code)
        fuzz_refused(log, code, &e);
    return !code;
}

static struct xlsx_strings *fuzz_table(void) {
    static const char table[] = "<sst><si><t>cough</t></si><si/><si><t>_xD800_</t></si></sst>";
    struct xlsx_strings *strings;
    fuzz_must(xlsx_strings_open("m", &strings, NULL) == OK);
    fuzz_must(xlsx_strings_feed(strings, span_text(table), true, NULL) == OK);
    return strings;
}

static void fuzz_sheet(struct buf *log, struct span xml, size_t step, bool some) {
    static const uint32_t columns[] = {0, 3};
    struct xlsx_strings *strings = fuzz_table();
    struct xlsx_sheet *s;
    fuzz_must(xlsx_sheet_open("S", strings, &s, NULL) == OK);
    if (some)
        xlsx_sheet_want(s, columns, 2);
    bool good = true;
    for (size_t at = 0; good && at < xml.n; at += step) {
        xlsx_sheet_feed(s, span_slice(xml, at, at + step), at + step >= xml.n);
        good = fuzz_rows(log, s);
    }
    xlsx_sheet_close(s);
    xlsx_strings_close(strings);
}

static void fuzz_strings(struct buf *log, struct span xml, size_t step) {
    struct xlsx_strings *s;
    struct error e = {0};
    struct span text;
    enum error_code code = OK;
    fuzz_must(xlsx_strings_open("m", &s, NULL) == OK);
    for (size_t at = 0; !code && at < xml.n; at += step)
        code = xlsx_strings_feed(s, span_slice(xml, at, at + step), at + step >= xml.n, &e);
    fuzz_refused(log, code, &e);
    for (size_t i = 0; i < xlsx_strings_count(s); i++)
        fuzz_note(log, (uint32_t)i,
                  xlsx_strings_at(s, i, &text, NULL) ? span_text("half a pair") : text);
    xlsx_strings_close(s);
}

static void fuzz_book(struct buf *log, struct span xml, size_t step, enum xlsx_book_part part) {
    static const char relations[] =
        "<Relationships><Relationship Id='a' Type='/worksheet' Target='s.xml'/></Relationships>";
    struct xlsx_book *b;
    struct xlsx_tab tab;
    struct error e = {0};
    enum error_code code = OK;
    fuzz_must(xlsx_book_open(&b, NULL) == OK);
    if (part == XLSX_WORKBOOK)
        code = xlsx_book_feed(b, XLSX_WORKBOOK_RELATIONS, span_text(relations), true, NULL);
    for (size_t at = 0; !code && at < xml.n; at += step)
        code = xlsx_book_feed(b, part, span_slice(xml, at, at + step), at + step >= xml.n, &e);
    fuzz_refused(log, code, &e);
    fuzz_note(log, 0, span_text(xlsx_book_member(b, XLSX_WORKBOOK_RELATIONS)));
    fuzz_note(log, 0, span_text(xlsx_book_strings(b)));
    for (size_t i = 0; xlsx_book_tab(b, i, &tab); i++) {
        fuzz_must(xlsx_member_is(tab.member, span_text(tab.member)));
        fuzz_note(log, tab.hidden, span_text(tab.name));
    }
    xlsx_book_close(b);
}

static void fuzz_part(struct buf *log, unsigned part, struct span xml, size_t step) {
    if (part == FUZZ_STRINGS)
        fuzz_strings(log, xml, step);
    else if (part >= FUZZ_SHEET)
        fuzz_sheet(log, xml, step, part == FUZZ_SHEET_SOME);
    else
        fuzz_book(log, xml, step, (enum xlsx_book_part)part);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (size < 1 || size > XLSX_PIECE_MAX)
        return 0;
    struct span xml = span_of(data + 1, size - 1);
    unsigned part = data[0] % FUZZ_PARTS;
    size_t step = fuzz_steps[data[0] / FUZZ_PARTS % (sizeof fuzz_steps / sizeof *fuzz_steps)];
    struct buf pieces = {0}, whole = {0};
    fuzz_part(&pieces, part, xml, step);
    fuzz_part(&whole, part, xml, XLSX_PIECE_MAX);
    fuzz_must(span_same(buf_span(&pieces), buf_span(&whole)));
    buf_free(&pieces);
    buf_free(&whole);
    return 0;
}
