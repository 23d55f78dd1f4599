/* xlsx_book.c - which sheets a workbook has, and where they are.
 *
 *     _rels/.rels
 *         <Relationship Type=".../officeDocument" Target="xl/workbook.xml"/>
 *     xl/_rels/workbook.xml.rels
 *         <Relationship Id="rId1" Type=".../worksheet" Target="worksheets/sheet1.xml"/>
 *         <Relationship Id="rId2" Type=".../sharedStrings" Target="sharedStrings.xml"/>
 *     xl/workbook.xml
 *         <sheet name="ICD-10" sheetId="1" state="hidden" r:id="rId1"/>
 *
 * A relationship is known by the last name of its type: before it, transitional and strict files
 * differ. All names lie in one arena, NUL-ended, and are kept as offsets into it.
 * Limits: XLSX_SHEETS_MAX, XLSX_RELATIONS_MAX, XLSX_BOOK_BYTES_MAX. */
#include "../base/memory.h"
#include "xlsx_part.h"

enum book_kind { BOOK_OTHER, BOOK_DOCUMENT, BOOK_WORKSHEET, BOOK_STRINGS };

struct book_relation {
    uint32_t hash; /* of its id */
    uint32_t id;
    uint32_t member;
    enum book_kind kind;
};

struct book_tab {
    uint32_t name, member;
    bool hidden;
};

struct xlsx_book {
    struct buf text;
    struct buf relations; /* of struct book_relation */
    struct buf tabs;      /* of struct book_tab */
    uint32_t member[XLSX_BOOK_PARTS];
    uint32_t strings;
    bool found; /* the package named its workbook */
    bool feeding;
    enum xlsx_book_part fed;
    struct xlsx_part part;
};

static const char *xlsx_book_text(const struct xlsx_book *b, uint32_t at) {
    return (const char *)b->text.p + at;
}

/* Ends the text that began at 'at' in the arena. */
static enum error_code xlsx_book_text_end(struct xlsx_book *b, size_t from, uint32_t *at,
                                          struct error *e) {
    *at = (uint32_t)from;
    if (b->text.n > XLSX_BOOK_BYTES_MAX)
        return error_set(e, BAD_FILE, "the names in a workbook are longer than %d bytes",
                         XLSX_BOOK_BYTES_MAX);
    return buf_add_byte(&b->text, 0, e);
}

static enum error_code xlsx_book_keep(struct xlsx_book *b, struct span text, uint32_t *at,
                                      struct error *e) {
    size_t from = b->text.n;
    enum error_code code = buf_add_span(&b->text, text, e);
    return code ? code : xlsx_book_text_end(b, from, at, e);
}

/* Bytes of a member's folder, its last '/' among them. */
static size_t xlsx_book_folder(const char *member) {
    const char *slash = strrchr(member, '/');
    return slash ? (size_t)(slash - member) + 1 : 0;
}

/* A member in the folder of the workbook: folder, middle, name, end. */
static enum error_code xlsx_book_beside(struct xlsx_book *b, struct span folder, const char *middle,
                                        struct span name, const char *end, uint32_t *at,
                                        struct error *e) {
    size_t from = b->text.n;
    enum error_code code = buf_add_span(&b->text, folder, e);
    if (!code)
        code = buf_add_text(&b->text, middle, e);
    if (!code)
        code = buf_add_span(&b->text, name, e);
    if (!code)
        code = buf_add_text(&b->text, end, e);
    return code ? code : xlsx_book_text_end(b, from, at, e);
}

/* xl/workbook.xml -> xl/_rels/workbook.xml.rels; xl/sharedStrings.xml until they say otherwise */
static enum error_code xlsx_book_place(struct xlsx_book *b, uint32_t workbook, struct error *e) {
    size_t n = strlen(xlsx_book_text(b, workbook));
    enum error_code code = buf_reserve(&b->text, 2 * n + 64, e); /* so that the arena stays */
    if (code)
        return code;
    struct span member = span_of(b->text.p + workbook, n);
    size_t folder = xlsx_book_folder((const char *)member.p);
    b->member[XLSX_WORKBOOK] = workbook;
    code = xlsx_book_beside(b, span_slice(member, 0, folder), "_rels/", span_from(member, folder),
                            ".rels", &b->member[XLSX_WORKBOOK_RELATIONS], e);
    if (!code)
        code = xlsx_book_beside(b, span_slice(member, 0, folder), "sharedStrings.xml",
                                span_of("", 0), "", &b->strings, e);
    return code;
}

/* Where a target of the package (folder "") or of the workbook lies. */
static enum error_code xlsx_book_resolve(struct xlsx_book *b, const char **attribute, uint32_t *at,
                                         struct error *e) {
    const char *target = xlsx_part_attribute(attribute, "Target");
    const char *mode = xlsx_part_attribute(attribute, "TargetMode");
    if (!target)
        return error_set(e, BAD_FILE, "a relationship of the workbook has no target");
    if (mode && strcmp(mode, "External") == 0)
        return error_set(e, BAD_FILE, "the target '%s' lies outside of the workbook", target);
    struct buf folder = {0};
    const char *member = xlsx_book_text(b, b->member[XLSX_WORKBOOK]);
    size_t n = b->fed == XLSX_PACKAGE_RELATIONS ? 0 : xlsx_book_folder(member);
    enum error_code code = buf_add(&folder, member, n, e); /* the arena moves */
    size_t from = b->text.n;
    if (!code)
        code = xlsx_member_resolve(buf_span(&folder), target, &b->text, e);
    buf_free(&folder);
    return code ? code : xlsx_book_text_end(b, from, at, e);
}

static enum book_kind xlsx_book_kind(const char *type) {
    static const char *const names[] = {[BOOK_DOCUMENT] = "officeDocument",
                                        [BOOK_WORKSHEET] = "worksheet",
                                        [BOOK_STRINGS] = "sharedStrings"};
    const char *slash = type ? strrchr(type, '/') : NULL;
    for (unsigned i = BOOK_DOCUMENT; slash && i <= BOOK_STRINGS; i++)
        if (strcmp(slash + 1, names[i]) == 0)
            return (enum book_kind)i;
    return BOOK_OTHER;
}

static enum error_code xlsx_book_relate(struct xlsx_book *b, struct book_relation r, const char *id,
                                        struct error *e) {
    if (b->relations.n / sizeof r >= XLSX_RELATIONS_MAX)
        return error_set(e, BAD_FILE, "a workbook has more than %d relationships",
                         XLSX_RELATIONS_MAX);
    r.hash = xlsx_part_hash(id);
    enum error_code code = xlsx_book_keep(b, span_text(id), &r.id, e);
    return code ? code : buf_add(&b->relations, &r, sizeof r, e);
}

static enum error_code xlsx_book_relationship(struct xlsx_book *b, const char **attribute,
                                              struct error *e) {
    const char *id = xlsx_part_attribute(attribute, "Id");
    struct book_relation r = {.kind = xlsx_book_kind(xlsx_part_attribute(attribute, "Type"))};
    enum error_code code = r.kind ? xlsx_book_resolve(b, attribute, &r.member, e) : OK;
    if (code)
        return code;
    if (b->fed == XLSX_PACKAGE_RELATIONS) {
        if (r.kind != BOOK_DOCUMENT || b->found)
            return OK;
        b->found = true;
        return xlsx_book_place(b, r.member, e);
    }
    if (r.kind == BOOK_STRINGS)
        b->strings = r.member;
    return xlsx_book_relate(b, r, id ? id : "", e);
}

/* The id of a relationship is the one 'id' with a prefix; the prefix is the writer's choice. */
static const char *xlsx_book_relation_id(const char **attribute) {
    for (; *attribute; attribute += 2) {
        const char *colon = strchr(*attribute, ':');
        if (colon && xlsx_part_same(colon + 1, "id"))
            return attribute[1];
    }
    return NULL;
}

static const struct book_relation *xlsx_book_relation(const struct xlsx_book *b, const char *id) {
    const struct book_relation *r = (const struct book_relation *)b->relations.p;
    uint32_t hash = xlsx_part_hash(id);
    for (size_t i = 0; i < b->relations.n / sizeof *r; i++)
        if (r[i].hash == hash && strcmp(xlsx_book_text(b, r[i].id), id) == 0)
            return &r[i];
    return NULL;
}

static enum error_code xlsx_book_sheet(struct xlsx_book *b, const char **attribute,
                                       struct error *e) {
    const char *name = xlsx_part_attribute(attribute, "name");
    const char *state = xlsx_part_attribute(attribute, "state");
    const char *id = xlsx_book_relation_id(attribute);
    if (!name)
        return error_set(e, BAD_FILE, "a sheet of the workbook has no name");
    const struct book_relation *r = id ? xlsx_book_relation(b, id) : NULL;
    if (!r)
        return error_set(e, BAD_FILE, "sheet '%s' has no part in the workbook", name);
    if (r->kind != BOOK_WORKSHEET)
        return OK;
    if (b->tabs.n / sizeof(struct book_tab) >= XLSX_SHEETS_MAX)
        return error_set(e, BAD_FILE, "a workbook has more than %d sheets", XLSX_SHEETS_MAX);
    struct book_tab tab = {.member = r->member, .hidden = state && strcmp(state, "visible") != 0};
    size_t from = b->text.n;
    enum error_code code = buf_add_text(&b->text, name, e);
    xlsx_text_decode(&b->text, from);
    if (!code)
        code = xlsx_book_text_end(b, from, &tab.name, e);
    return code ? code : buf_add(&b->tabs, &tab, sizeof tab, e);
}

enum { BOOK_RELATIONSHIPS = 1, BOOK_RELATIONSHIP };
enum { BOOK_WORKBOOK = 1, BOOK_SHEETS, BOOK_SHEET };

static enum error_code xlsx_book_start_relation(void *of, unsigned place, const char **attribute,
                                                struct error *e) {
    return place == BOOK_RELATIONSHIP ? xlsx_book_relationship(of, attribute, e) : OK;
}

static enum error_code xlsx_book_start_sheet(void *of, unsigned place, const char **attribute,
                                             struct error *e) {
    return place == BOOK_SHEET ? xlsx_book_sheet(of, attribute, e) : OK;
}

static const struct xlsx_element xlsx_book_relation_elements[] = {
    [BOOK_RELATIONSHIPS] = {0, false, "Relationships"},
    [BOOK_RELATIONSHIP] = {BOOK_RELATIONSHIPS, false, "Relationship"},
};

static const struct xlsx_element xlsx_book_workbook_elements[] = {
    [BOOK_WORKBOOK] = {0, false, "workbook"},
    [BOOK_SHEETS] = {BOOK_WORKBOOK, false, "sheets"},
    [BOOK_SHEET] = {BOOK_SHEETS, false, "sheet"},
};

static const struct xlsx_grammar xlsx_book_relations_grammar = {.element =
                                                                    xlsx_book_relation_elements,
                                                                .count = BOOK_RELATIONSHIP + 1,
                                                                .start = xlsx_book_start_relation};

static const struct xlsx_grammar xlsx_book_workbook_grammar = {.element =
                                                                   xlsx_book_workbook_elements,
                                                               .count = BOOK_SHEET + 1,
                                                               .start = xlsx_book_start_sheet};

enum error_code xlsx_book_open(struct xlsx_book **out, struct error *e) {
    struct xlsx_book *b = memory_zero(sizeof *b);
    uint32_t workbook = 0;
    *out = NULL;
    if (!b)
        return error_no_memory(e);
    enum error_code code =
        xlsx_book_keep(b, span_text("_rels/.rels"), &b->member[XLSX_PACKAGE_RELATIONS], e);
    if (!code)
        code = xlsx_book_keep(b, span_text("xl/workbook.xml"), &workbook, e);
    if (!code)
        code = xlsx_book_place(b, workbook, e);
    if (code) {
        xlsx_book_close(b);
        return code;
    }
    *out = b;
    return OK;
}

const char *xlsx_book_member(const struct xlsx_book *b, enum xlsx_book_part part) {
    return xlsx_book_text(b, b->member[part]);
}

enum error_code xlsx_book_feed(struct xlsx_book *b, enum xlsx_book_part part, struct span bytes,
                               bool last, struct error *e) {
    enum error_code code = OK;
    if (!b->feeding) {
        b->fed = part;
        code = xlsx_part_open(&b->part,
                              part == XLSX_WORKBOOK ? &xlsx_book_workbook_grammar
                                                    : &xlsx_book_relations_grammar,
                              b, "part", xlsx_book_member(b, part), e);
    }
    if (!code) {
        b->feeding = true;
        code = xlsx_part_feed(&b->part, bytes, last, e);
    }
    if (!code && last) {
        xlsx_part_close(&b->part);
        b->feeding = false;
    }
    return code;
}

bool xlsx_book_tab(const struct xlsx_book *b, size_t i, struct xlsx_tab *out) {
    const struct book_tab *tab = (const struct book_tab *)b->tabs.p;
    if (i >= b->tabs.n / sizeof *tab)
        return false;
    *out = (struct xlsx_tab){.name = xlsx_book_text(b, tab[i].name),
                             .member = xlsx_book_text(b, tab[i].member),
                             .hidden = tab[i].hidden};
    return true;
}

const char *xlsx_book_strings(const struct xlsx_book *b) {
    return xlsx_book_text(b, b->strings);
}

void xlsx_book_close(struct xlsx_book *b) {
    if (!b)
        return;
    xlsx_part_close(&b->part);
    buf_free(&b->text);
    buf_free(&b->relations);
    buf_free(&b->tabs);
    memory_free(b);
}
