/* json_words.c - the words of json.h, read once.
 *
 *     "target/node[name].category/categories[#2].name|type"
 *      first  hop  lookup         hop                 another alternative: two slots
 *             {node, name}, rest category             {categories, by number, at least 2} */
#include "json_state.h"

#include "field.h"

struct span json_cut(struct span *text, char at) {
    size_t n = span_find(*text, 0, (uint8_t)at);
    struct span head = span_slice(*text, 0, n);
    *text = span_from(*text, n + 1);
    return head;
}

/* The number of the look-up in this array by this key; the state's own count where it is new. */
static unsigned json_lookup_same(const struct json_state *j, struct span array, struct span key) {
    unsigned i = 0;
    while (i < j->lookups &&
           (!span_same(j->lookup[i].array, array) || !span_same(j->lookup[i].key, key)))
        i++;
    return i;
}

/* node[name].label   categories[#2].name   LABELS[@] */
static enum error_code json_hop_parse(struct json_state *j, struct json_slot *slot,
                                      struct span text, struct error *e) {
    struct json_hop hop = {.kind = JSON_BY_KEY};
    struct span array = json_cut(&text, '['), key = json_cut(&text, ']');
    if (span_starts(key, "#") || span_is(key, "@")) {
        hop.kind = key.p[0] == '#' ? JSON_BY_NUMBER : JSON_BY_ORDINAL;
        if (key.n > 1)
            field_integer(span_from(key, 1), &hop.least);
        key.n = 0;
    }
    hop.rest = span_from(text, text.n > 0);
    hop.lookup = (uint8_t)json_lookup_same(j, array, key);
    if (slot->hops == JSON_HOPS_MAX || hop.lookup == JSON_LOOKUPS_MAX)
        return error_set(e, BAD_USE, "too many look-ups");
    if (hop.lookup == j->lookups)
        j->lookup[j->lookups++] = (struct json_lookup){.array = array, .key = key};
    slot->hop[slot->hops++] = hop;
    return OK;
}

/* What the way starts from, and what is left of it. */
static void json_base_parse(struct json_slot *slot, struct span *way, bool rows) {
    slot->base = rows ? JSON_OF_ROW : JSON_OF_RECORD;
    bool of_record = span_starts(*way, "/");
    if (of_record) {
        slot->base = JSON_OF_RECORD;
        *way = span_from(*way, 1);
    }
    if (span_is(*way, "@key")) {
        slot->base = of_record ? JSON_RECORD_KEY : JSON_KEY;
        way->n = 0;
    } else if (span_is(*way, "@json") || span_is(*way, ".")) {
        slot->verbatim = way->n > 1;
        way->n = 0;
    } else if (span_starts(*way, "@")) {
        struct span level = json_cut(way, '.');
        slot->base = JSON_OF_LEVEL;
        slot->level = (unsigned)level.p[1] - '1';
        slot->ordinal = way->n == 0;
    }
}

static enum error_code json_slot_parse(struct json_state *j, struct json_slot *slot,
                                       struct span text, bool rows, struct error *e) {
    size_t slash = span_find(text, span_starts(text, "/"), '/');
    struct span hops = span_from(text, slash + 1), way = span_slice(text, 0, slash);
    enum error_code code = OK;
    json_base_parse(slot, &way, rows);
    slot->rest = way;
    if (slot->base != JSON_OF_LEVEL)
        slot->first = json_cut(&slot->rest, '.');
    while (!code && hops.n)
        code = json_hop_parse(j, slot, json_cut(&hops, '/'), e);
    return code;
}

enum error_code json_columns(struct json_state *j, const struct format_plan *plan,
                             struct error *e) {
    uint64_t asked = plan->wanted | plan->required | plan->needed;
    enum error_code code = OK;
    for (unsigned c = 0; !code && c < plan->columns; c++) {
        if (!plan->where[c] || !(asked >> c & 1))
            continue;
        struct span rest = span_text(plan->where[c]);
        while (!code && rest.n) {
            if (j->slots == JSON_SLOTS_MAX)
                return error_set(e, BAD_USE, "too many columns");
            struct json_slot *slot = &j->slot[j->slots++];
            *slot = (struct json_slot){.column = (uint8_t)c};
            code = json_slot_parse(j, slot, json_cut(&rest, '|'), plan->each != NULL, e);
        }
    }
    return code;
}

enum error_code json_steps(struct json_state *j, const char *each, struct error *e) {
    static const struct {
        const char *word;
        enum json_step_kind kind;
    } words[] = {{"*", JSON_EVERY},
                 {"*?", JSON_EVERY_OR_SELF},
                 {"[]", JSON_ELEMENTS},
                 {"[]?", JSON_ELEMENTS_OR_SCALAR}};
    struct span rest = span_text(each ? each : "");
    while (rest.n) {
        if (j->steps == JSON_STEPS_MAX)
            return error_set(e, BAD_USE, "too many steps");
        struct json_step *step = &j->step[j->steps++];
        struct span word = json_cut(&rest, '.');
        *step = (struct json_step){JSON_MEMBER, word};
        if (span_starts(word, "*,"))
            *step = (struct json_step){JSON_EVERY, span_from(word, 1)};
        else if (span_starts(word, "**"))
            *step = (struct json_step){JSON_TREE, span_from(word, 2)};
        for (size_t i = 0; i < sizeof words / sizeof *words; i++)
            if (span_is(word, words[i].word))
                *step = (struct json_step){words[i].kind, {NULL, 0}};
    }
    return OK;
}
