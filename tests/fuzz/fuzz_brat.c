/* Fuzz target: standoff annotations. */
#include "fuzz_format.h"

static const struct driver plans[] = {
    {.format = &format_brat,
     .where = {"kind", "id", "type", "start", "end", "spans", "text", "arg1", "arg2", "args"}},
    {.format = &format_brat, .where = {"id", "start", "end", "text"}, .each = "T"},
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    return fuzz_format(plans, sizeof plans / sizeof *plans, data, size);
}
