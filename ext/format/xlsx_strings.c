/* xlsx_strings.c - the shared strings of a workbook: one arena, and where each text ends in it.
 *
 *     <sst count="3" uniqueCount="2">                    counts are hints, not read
 *       <si><t>cough</t></si>                            text 0
 *       <si><r><rPr/><t>fe</t></r><r><t>ver</t></r>      text 1: "fever"
 *           <rPh sb="0" eb="1"><t>reading</t></rPh></si> left out
 *     </sst>
 *
 *     arena  c o u g h f e v e r
 *     end    5, 10                                       | BROKEN: half a surrogate pair is in it
 *
 * Limits: XLSX_TEXT_MAX, XLSX_STRINGS_MAX, XLSX_STRINGS_BYTES_MAX. */
#include "../base/memory.h"
#include "xlsx_part.h"

enum strings_place { STRINGS_TABLE = 1, STRINGS_ITEM, STRINGS_TEXT, STRINGS_RUN, STRINGS_RUN_TEXT };

#define STRINGS_BROKEN UINT32_C(0x80000000)

struct xlsx_strings {
    struct buf text;
    struct buf end; /* of uint32_t */
    size_t from;    /* where the text being read starts */
    size_t run;     /* where its run starts */
    bool broken;
    struct xlsx_part part;
};

static enum error_code xlsx_strings_start(void *of, unsigned place, const char **attribute,
                                          struct error *e) {
    struct xlsx_strings *s = of;
    (void)attribute;
    s->run = s->text.n;
    if (place != STRINGS_ITEM)
        return OK;
    s->from = s->text.n;
    s->broken = false;
    if (xlsx_strings_count(s) >= XLSX_STRINGS_MAX)
        return error_set(e, BAD_FILE, "a workbook has more than %d shared strings",
                         XLSX_STRINGS_MAX);
    return OK;
}

static enum error_code xlsx_strings_text(void *of, unsigned place, struct span text,
                                         struct error *e) {
    struct xlsx_strings *s = of;
    (void)place;
    if (s->text.n + text.n - s->from > XLSX_TEXT_MAX)
        return error_set(e, BAD_FILE, "a shared string is longer than %d bytes", XLSX_TEXT_MAX);
    if (s->text.n + text.n > XLSX_STRINGS_BYTES_MAX)
        return error_set(e, BAD_FILE, "the shared strings are longer than %d bytes",
                         XLSX_STRINGS_BYTES_MAX);
    return buf_add_span(&s->text, text, e);
}

static enum error_code xlsx_strings_end(void *of, unsigned place, struct error *e) {
    struct xlsx_strings *s = of;
    if (place == STRINGS_TEXT || place == STRINGS_RUN_TEXT)
        s->broken |= !xlsx_text_decode(&s->text, s->run);
    if (place != STRINGS_ITEM)
        return OK;
    uint32_t end = (uint32_t)s->text.n | (s->broken ? STRINGS_BROKEN : 0);
    return buf_add(&s->end, &end, sizeof end, e);
}

static const struct xlsx_element xlsx_strings_elements[] = {
    [STRINGS_TABLE] = {0, false, "sst"},           [STRINGS_ITEM] = {STRINGS_TABLE, false, "si"},
    [STRINGS_TEXT] = {STRINGS_ITEM, true, "t"},    [STRINGS_RUN] = {STRINGS_ITEM, false, "r"},
    [STRINGS_RUN_TEXT] = {STRINGS_RUN, true, "t"},
};

static const struct xlsx_grammar xlsx_strings_grammar = {xlsx_strings_elements,
                                                         STRINGS_RUN_TEXT + 1, xlsx_strings_start,
                                                         xlsx_strings_text, xlsx_strings_end};

enum error_code xlsx_strings_open(const char *member, struct xlsx_strings **out, struct error *e) {
    struct xlsx_strings *s = memory_zero(sizeof *s);
    *out = NULL;
    if (!s)
        return error_no_memory(e);
    enum error_code code = buf_reserve(&s->text, 0, e); /* so that it has an address */
    if (!code)
        code = xlsx_part_open(&s->part, &xlsx_strings_grammar, s, "part", member, e);
    if (code) {
        xlsx_strings_close(s);
        return code;
    }
    *out = s;
    return OK;
}

enum error_code xlsx_strings_feed(struct xlsx_strings *s, struct span bytes, bool last,
                                  struct error *e) {
    return xlsx_part_feed(&s->part, bytes, last, e);
}

size_t xlsx_strings_count(const struct xlsx_strings *s) {
    return s ? s->end.n / sizeof(uint32_t) : 0;
}

enum error_code xlsx_strings_at(const struct xlsx_strings *s, size_t i, struct span *out,
                                struct error *e) {
    size_t count = xlsx_strings_count(s);
    if (i >= count)
        return error_set(e, BAD_DATA, "there is no shared string %zu, only %zu", i, count);
    const uint32_t *end = (const uint32_t *)s->end.p;
    if (end[i] & STRINGS_BROKEN)
        return error_set(e, BAD_DATA, "shared string %zu holds half a surrogate pair", i);
    size_t from = i ? end[i - 1] & ~STRINGS_BROKEN : 0;
    *out = span_of(s->text.p + from, end[i] - from);
    return OK;
}

void xlsx_strings_close(struct xlsx_strings *s) {
    if (!s)
        return;
    xlsx_part_close(&s->part);
    buf_free(&s->text);
    buf_free(&s->end);
    memory_free(s);
}
