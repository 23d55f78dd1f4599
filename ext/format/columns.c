/* columns.c - a plan's words, looked up once, before the first record.
 *
 *     where  {"n", "text", NULL}      words {"text", "n", "n0"}      is  {1, 0, COLUMNS_NONE} */
#include "columns.h"

enum error_code columns_find(const struct format_plan *plan, const char *const *word,
                             uint8_t is[FORMAT_COLUMNS_MAX], struct error *e) {
    for (unsigned c = 0; c < plan->columns && c < FORMAT_COLUMNS_MAX; c++) {
        const char *where = plan->where[c];
        unsigned w = 0;
        is[c] = COLUMNS_NONE;
        if (!where)
            continue;
        while (word[w] && strcmp(word[w], where) != 0)
            w++;
        if (!word[w])
            return error_set(e, BAD_USE, "no value is called '%s' in this format", where);
        is[c] = (uint8_t)w;
    }
    return OK;
}

enum error_code columns_setting(const char *what, const char *given, const char *const *name,
                                unsigned *is, struct error *e) {
    *is = 0;
    if (!given)
        return OK;
    while (name[*is] && strcmp(name[*is], given) != 0)
        ++*is;
    if (!name[*is])
        return error_set(e, BAD_USE, "'%s' is no %s of this format", given, what);
    return OK;
}
