/* xlsx_part.c - one part of a workbook, pushed through expat.
 *
 *     <worksheet>                          place 1, depth 1
 *       <dimension ref="A1:B9"/>           not in the grammar: skipped
 *       <x:sheetData>                      place 2, depth 2
 *         <x:row r="1">                    place 3, depth 3
 *
 * Expat knows no document type here, so it expands nothing but &lt; &gt; &amp; &quot; &apos; and
 * &#n;. What it keeps of a part: the tag at hand (XLSX_TAG_MAX, XLSX_DEPTH_MAX) and every name it
 * has met (XLSX_NAME_MAX, XLSX_NAMES_MAX). Names are counted by a bit each in a table of hashes;
 * those of one letter and of the grammar are too few to count. */
#include "xlsx_part.h"
#include "../base/memory.h"

#include <expat.h>

static const XML_Memory_Handling_Suite xlsx_part_memory = {memory_alloc, memory_resize,
                                                           memory_free};

static void xlsx_part_stop(struct xlsx_part *p, enum error_code code) {
    if (code)
        XML_StopParser(p->xml, XML_FALSE);
}

static const char *xlsx_part_local(const char *name) {
    for (const char *z = name; *z; z++)
        if (*z == ':')
            return z + 1;
    return name;
}

/* The place of an element in the one at hand; 0: it is not in the grammar. */
static unsigned xlsx_part_child(const struct xlsx_part *p, const char *name) {
    const struct xlsx_element *element = p->grammar->element;
    for (unsigned i = p->place + 1; i < p->grammar->count; i++)
        if (element[i].parent == p->place && xlsx_part_same(element[i].name, name))
            return i;
    return 0;
}

uint32_t xlsx_part_hash(const char *text) { /* FNV-1a */
    uint32_t hash = 2166136261U;
    for (; *text; text++)
        hash = (uint32_t)((hash ^ (uint8_t)*text) * UINT64_C(16777619));
    return hash;
}

static enum error_code xlsx_part_count_name(struct xlsx_part *p, const char *name) {
    uint32_t hash = xlsx_part_hash(name) % XLSX_PART_NAME_BITS;
    uint8_t bit = (uint8_t)(1U << hash % 8);
    if (p->seen[hash / 8] & bit)
        return OK;
    p->seen[hash / 8] |= bit;
    if (strlen(name) > XLSX_NAME_MAX)
        return error_set(&p->error, BAD_FILE, "%s '%s' has an XML name longer than %d bytes",
                         p->noun, p->name, XLSX_NAME_MAX);
    if (++p->names > XLSX_NAMES_MAX)
        return error_set(&p->error, BAD_FILE, "%s '%s' has more than %d different XML names",
                         p->noun, p->name, XLSX_NAMES_MAX);
    return OK;
}

/* What every tag must keep to. name: NULL where it is the grammar's own. */
static enum error_code xlsx_part_check_tag(struct xlsx_part *p, const char *name,
                                           const char **attribute) {
    if (p->depth > XLSX_DEPTH_MAX)
        return error_set(&p->error, BAD_FILE, "the XML of %s '%s' is more than %d elements deep",
                         p->noun, p->name, XLSX_DEPTH_MAX);
    if (XML_GetCurrentByteCount(p->xml) > XLSX_TAG_MAX)
        return error_set(&p->error, BAD_FILE, "%s '%s' has a tag longer than %d bytes", p->noun,
                         p->name, XLSX_TAG_MAX);
    enum error_code code = name ? xlsx_part_count_name(p, name) : OK;
    for (; !code && *attribute; attribute += 2)
        if (attribute[0][1])
            code = xlsx_part_count_name(p, attribute[0]);
    return code;
}

static enum error_code xlsx_part_enter(struct xlsx_part *p, const char *name,
                                       const char **attribute) {
    const char *local = xlsx_part_local(name);
    unsigned place = p->skipped ? 0 : xlsx_part_child(p, local);
    p->depth++;
    enum error_code code = xlsx_part_check_tag(p, place && local == name ? NULL : name, attribute);
    if (code)
        return code;
    if (!place && p->depth == 1)
        return error_set(&p->error, BAD_FILE, "%s '%s' begins with <%s> instead of <%s>", p->noun,
                         p->name, name, p->grammar->element[1].name);
    if (!place) {
        p->skipped++;
        return OK;
    }
    p->place = place;
    return p->grammar->start(p->of, place, attribute, &p->error);
}

/* Expat may call once more after it was told to stop: the end of <a/> after its start. */
static void xlsx_part_start(void *of, const char *name, const char **attribute) {
    struct xlsx_part *p = of;
    if (!p->error.code)
        xlsx_part_stop(p, xlsx_part_enter(p, name, attribute));
}

static void xlsx_part_end(void *of, const char *name) {
    struct xlsx_part *p = of;
    (void)name;
    if (p->error.code)
        return;
    p->depth--;
    if (p->skipped) {
        p->skipped--;
        return;
    }
    unsigned place = p->place;
    p->place = p->grammar->element[place].parent;
    if (p->grammar->end)
        xlsx_part_stop(p, p->grammar->end(p->of, place, &p->error));
}

static void xlsx_part_text(void *of, const char *text, int n) {
    struct xlsx_part *p = of;
    if (!p->error.code && !p->skipped && p->grammar->element[p->place].text)
        xlsx_part_stop(p, p->grammar->text(p->of, p->place, span_of(text, (size_t)n), &p->error));
}

static void xlsx_part_doctype(void *of, const char *name, const char *system, const char *public,
                              int subset) {
    struct xlsx_part *p = of;
    (void)name, (void)system, (void)public, (void)subset;
    xlsx_part_stop(p, error_set(&p->error, BAD_FILE, "%s '%s' of the workbook has a DOCTYPE",
                                p->noun, p->name));
}

enum error_code xlsx_part_open(struct xlsx_part *p, const struct xlsx_grammar *grammar, void *of,
                               const char *noun, const char *name, struct error *e) {
    *p = (struct xlsx_part){.grammar = grammar, .of = of, .noun = noun};
    size_t n = strlen(name) + 1;
    p->name = memory_alloc(n);
    p->xml = XML_ParserCreate_MM(NULL, &xlsx_part_memory, NULL);
    if (!p->name || !p->xml) {
        xlsx_part_close(p);
        return error_no_memory(e);
    }
    memcpy(p->name, name, n);
    XML_SetUserData(p->xml, p);
    XML_SetElementHandler(p->xml, xlsx_part_start, xlsx_part_end);
    XML_SetCharacterDataHandler(p->xml, xlsx_part_text);
    XML_SetStartDoctypeDeclHandler(p->xml, xlsx_part_doctype);
    return OK;
}

/* The line is expat's: it counts CR LF twice where a piece ends between them. */
static void xlsx_part_break(struct xlsx_part *p) {
    enum XML_Error why = XML_GetErrorCode(p->xml);
    if (why == XML_ERROR_NO_MEMORY)
        error_no_memory(&p->error);
    else
        error_set(&p->error, BAD_FILE, "the XML of %s '%s' breaks at line %llu: %s", p->noun,
                  p->name, (unsigned long long)XML_GetCurrentLineNumber(p->xml),
                  XML_ErrorString(why));
}

/* A tag or comment without an end would be kept, and scanned again with every piece. Expat may wait
 * until twice the bytes are there before it tries again. */
static void xlsx_part_check_token(struct xlsx_part *p) {
    XML_Index at = XML_GetCurrentByteIndex(p->xml);
    if (at > 0)
        p->token = (uint64_t)at;
    if (p->fed - p->token > 2 * XLSX_TAG_MAX + XLSX_PIECE_MAX)
        error_set(&p->error, BAD_FILE, "%s '%s' has a tag longer than %d bytes", p->noun, p->name,
                  XLSX_TAG_MAX);
}

enum error_code xlsx_part_feed(struct xlsx_part *p, struct span bytes, bool last, struct error *e) {
    if (!p->error.code && bytes.n > XLSX_PIECE_MAX)
        error_set(&p->error, BAD_USE, "a piece of %s '%s' is larger than %d bytes", p->noun,
                  p->name, XLSX_PIECE_MAX);
    if (!p->error.code) {
        p->fed += bytes.n;
        enum XML_Status status = XML_Parse(p->xml, (const char *)bytes.p, (int)bytes.n, last);
        if (status != XML_STATUS_OK && !p->error.code)
            xlsx_part_break(p);
        else if (!p->error.code)
            xlsx_part_check_token(p);
    }
    return p->error.code ? error_set(e, p->error.code, "%s", p->error.text) : OK;
}

void xlsx_part_close(struct xlsx_part *p) {
    if (p->xml)
        XML_ParserFree(p->xml);
    memory_free(p->name);
    p->xml = NULL;
    p->name = NULL;
}

const char *xlsx_part_attribute(const char **attribute, const char *name) {
    for (; *attribute; attribute += 2)
        if (xlsx_part_same(attribute[0], name))
            return attribute[1];
    return NULL;
}
