/* plan.c - reads the words of dataset.h once, before a file is opened.
 *
 *     {"mention", TEXT, {"=slice .text start_pos end_pos"}}
 *                         PLAN_SLICE of columns .text, start_pos, end_pos, which are wanted now too
 */
#include "plan.h"

#include "../format/csv.h"

static const struct {
    const char *word;
    enum plan_computed computed;
    unsigned columns;
    bool separator;
} plan_words[] = {
    {"=doc", PLAN_DOC, 0, false},       {"=record", PLAN_RECORD, 0, false},
    {"=slice", PLAN_SLICE, 3, false},   {"=slice+", PLAN_SLICE_INCLUSIVE, 3, false},
    {"=end", PLAN_END, 2, false},       {"=spans", PLAN_SPANS, 2, false},
    {"=before", PLAN_BEFORE, 1, true},  {"=after", PLAN_AFTER, 1, true},
    {"=or", PLAN_OR, 2, false},         {"=file", PLAN_FILE, 0, false},
    {"=folder", PLAN_FOLDER, 0, false},
};

static struct span plan_word(struct span *text) {
    size_t n = span_find(*text, 0, ' ');
    struct span word = span_slice(*text, 0, n);
    *text = span_from(*text, n + 1);
    return word;
}

static uint8_t plan_column_named(const struct dataset_table *t, struct span name) {
    unsigned c = 0;
    while (t->column[c].name && !span_is(name, t->column[c].name))
        c++;
    return (uint8_t)c;
}

static void plan_compute(struct plan *p, unsigned c, struct span text) {
    struct span word = plan_word(&text);
    for (size_t i = 0; i < sizeof plan_words / sizeof *plan_words; i++) {
        if (!span_is(word, plan_words[i].word))
            continue;
        p->column[c].computed = plan_words[i].computed;
        if (plan_words[i].separator)
            p->column[c].text = plan_word(&text);
        for (unsigned k = 0; k < plan_words[i].columns; k++)
            p->column[c].of[k] = plan_column_named(p->table, plan_word(&text));
        p->column[c].parts = (uint8_t)plan_words[i].columns;
        if (plan_words[i].computed == PLAN_FOLDER)
            p->column[c].text = text;
    }
}

/* Adds what column c is made of, and what that is made of: the words of a table name no circle. */
static void plan_want(struct plan *p, unsigned c) {
    p->format.wanted |= 1ULL << c;
    for (unsigned k = 0; k < p->column[c].parts; k++)
        plan_want(p, p->column[c].of[k]);
}

void plan_make(struct plan *p, const struct dataset_table *table, unsigned layout, uint64_t wanted,
               const struct format_options *options) {
    *p = (struct plan){.table = table, .layout = &table->layout[layout]};
    p->format = (struct format_plan){.columns = dataset_columns(table),
                                     .where = p->where,
                                     .each = p->layout->each,
                                     .shape = p->layout->shape,
                                     .options = options};
    for (unsigned c = 0; c < p->format.columns; c++) {
        const char *where = table->column[c].where[layout];
        if (where && *where == '=')
            plan_compute(p, c, span_text(where));
        else if (where && *where == '!')
            p->format.required |= 1ULL << c;
        else if (where && *where == '?')
            p->format.needed |= 1ULL << c;
        else if (where && *where == '^')
            p->forbidden |= 1ULL << c;
        if (where && *where != '=')
            p->where[c] = where + (strchr("!?^", *where) != NULL);
    }
    for (unsigned c = 0; c < p->format.columns; c++)
        if (wanted >> c & 1)
            plan_want(p, c);
}

bool plan_keeps_bytes(const struct plan *p) {
    const struct format *format = p->layout->format;
    return format == &format_csv ? csv_safe(&p->format) : format->gb18030_safe;
}
