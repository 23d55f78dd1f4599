/* Fuzz target: delimited text whose fields are rows. */
#include "fuzz_format.h"

static const struct driver plans[] = {
    {.format = &format_csv_fields,
     .where = {"a", "@key", "@item"},
     .each = "-a b=_ c=,，; without=x without=*.."},
    {.format = &format_csv_fields, .where = {"@item"}, .shape = "detect"},
    {.format = &format_csv_fields, .where = {"!a|b", "@key"}, .each = "b=，", .shape = "sep=TAB"},
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    return fuzz_format(plans, sizeof plans / sizeof *plans, data, size);
}
