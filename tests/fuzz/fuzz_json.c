/* Fuzz target: JSON, its shapes, ways to rows, and what is looked up. */
#include "fuzz_format.h"

static const struct driver plans[] = {
    {.format = &format_json, .where = {"@json", "@key", "a.b|0"}},
    {.format = &format_json, .where = {"@key", "a"}, .shape = "members"},
    {.format = &format_json, .where = {"/@key", "@key", "."}, .shape = "groups", .each = "*.[]"},
    {.format = &format_json,
     .where = {"/n", "?to/node[id].t", "to/node[id].is/kind[#1].k", "@1/kind[@]"},
     .each = "link.*"},
    {.format = &format_json, .where = {"@1.n", "@2", "!n"}, .each = "*,a.*?"},
    {.format = &format_json, .where = {"@key", "."}, .each = "*.[]?", .shape = "commas"},
    {.format = &format_json, .where = {"!v"}, .each = "**c"},
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    return fuzz_format(plans, sizeof plans / sizeof *plans, data, size);
}
