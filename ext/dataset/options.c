/* options.c - {"sep": "\t", "header": 0}: which table takes which key.
 *
 * Limits: OPTIONS_MAX bytes of JSON. */
#include "options.h"

#include "../format/json_walk.h"
#include "../base/utf8.h"

enum { OPTIONS_MAX = 64 << 10 };
enum options_kind {
    OPTIONS_CHARACTER,
    OPTIONS_CHARACTER_OR_NONE,
    OPTIONS_SWITCH,
    OPTIONS_TEXT,
    OPTIONS_NAMES
};
enum options_use { OPTIONS_CSV = 1, OPTIONS_JSON = 2, OPTIONS_BOOK = 4, OPTIONS_TUPLE = 8 };

static const struct {
    const char *name;
    enum options_kind kind;
    unsigned use;
    size_t at; /* of a text, in struct format_options */
} options_keys[] = {
    {"sep", OPTIONS_CHARACTER, OPTIONS_CSV, offsetof(struct format_options, sep)},
    {"quote", OPTIONS_CHARACTER_OR_NONE, OPTIONS_CSV, offsetof(struct format_options, quote)},
    {"header", OPTIONS_SWITCH, OPTIONS_CSV | OPTIONS_BOOK, 0},
    {"sheet", OPTIONS_TEXT, OPTIONS_BOOK, offsetof(struct format_options, sheet)},
    {"columns", OPTIONS_NAMES, OPTIONS_CSV, offsetof(struct format_options, columns)},
    {"each", OPTIONS_TEXT, OPTIONS_JSON, offsetof(struct format_options, each)},
};

static unsigned options_used_by(const struct dataset_table *t) {
    unsigned use = 0;
    for (unsigned l = 0; l < dataset_layouts(t); l++) {
        const struct format *format = t->layout[l].format;
        use |= !format                   ? OPTIONS_BOOK
               : format == &format_csv   ? OPTIONS_CSV
               : format == &format_json  ? OPTIONS_JSON
               : format == &format_tuple ? OPTIONS_TUPLE
                                         : 0;
    }
    return use;
}

static enum error_code options_switch(struct options *o, struct span value, struct error *e) {
    if (!span_is(value, "0") && !span_is(value, "1"))
        return error_set(e, BAD_USE, "option 'header' is 0 or 1");
    o->format.header = span_is(value, "1");
    return OK;
}

static bool options_one_character(struct span text) {
    return text.n > 0 && utf8_valid(text) == text.n && utf8_count(text) == 1;
}

/* Keeps the text, NUL-ended, and checks its kind. The room was reserved: nothing moves. */
static enum error_code options_text(struct options *o, unsigned use, size_t k, struct span value,
                                    struct error *e) {
    enum options_kind kind = options_keys[k].kind;
    size_t from = o->room.n;
    bool string = json_is_string(value), names = value.p[0] == '[';
    enum error_code code = OK;
    if (kind == OPTIONS_NAMES ? !names : !string)
        return error_set(e, BAD_USE, "option '%s' is %s", options_keys[k].name,
                         kind == OPTIONS_NAMES ? "an array of names" : "a text");
    code = names ? buf_add_span(&o->room, value, e)
                 : json_unescape(json_inside(value), false, &o->room, e);
    struct span text = span_of(o->room.p + from, o->room.n - from);
    bool none = kind == OPTIONS_CHARACTER_OR_NONE && !text.n;
    bool several = kind == OPTIONS_CHARACTER && use & OPTIONS_TUPLE && text.n;
    if (!code && span_find(text, 0, 0) < text.n)
        return error_set(e, BAD_USE, "option '%s' holds a NUL", options_keys[k].name);
    if (!code && (kind == OPTIONS_CHARACTER || kind == OPTIONS_CHARACTER_OR_NONE) && !none &&
        !several && !options_one_character(text))
        return error_set(e, BAD_USE, "option '%s' is one character", options_keys[k].name);
    if (!code)
        code = buf_add_byte(&o->room, 0, e);
    if (!code)
        *(const char **)((char *)&o->format + options_keys[k].at) = (const char *)o->room.p + from;
    return code;
}

static enum error_code options_key(struct options *o, unsigned use, struct span key,
                                   struct span value, struct error *e) {
    for (size_t k = 0; k < sizeof options_keys / sizeof *options_keys; k++) {
        if (!json_key_is(key, span_text(options_keys[k].name)))
            continue;
        if (!(options_keys[k].use & use))
            return error_set(e, BAD_USE, "option '%s' is of no use to this table",
                             options_keys[k].name);
        return options_keys[k].kind == OPTIONS_SWITCH ? options_switch(o, value, e)
                                                      : options_text(o, use, k, value, e);
    }
    return error_set(e, BAD_USE, "there is no option %.*s", (int)key.n, (const char *)key.p);
}

static enum error_code options_each(const struct options *o, struct error *e) {
    const char *each = o->format.each;
    if (each && strcmp(each, "members") != 0 && strcmp(each, "elements") != 0)
        return error_set(e, BAD_USE, "option 'each' is 'members' or 'elements'");
    return OK;
}

enum error_code options_parse(struct options *o, const struct dataset_table *table,
                              const char *text, struct error *e) {
    struct span json = span_text(text ? text : "{}"), key, value;
    struct json_fault fault;
    size_t end = 0, from = json_blank(json, 0);
    o->format = (struct format_options){.header = -1};
    if (json.n > OPTIONS_MAX || utf8_valid(json) < json.n ||
        json_check(json, from, &end, &fault) != JSON_FINE || json.p[from] != '{' ||
        json_blank(json, end) != json.n)
        return error_set(e, BAD_USE, "options is no JSON object");
    json = span_slice(json, from, end);
    enum error_code code = buf_reserve(&o->room, json.n + 64, e);
    for (size_t at = 0; !code && json_each(json, &at, &key, &value);)
        code = options_key(o, options_used_by(table), key, value, e);
    return code ? code : options_each(o, e);
}

void options_free(struct options *o) {
    buf_free(&o->room);
    *o = (struct options){0};
}
