/* Fuzz target: abstracts with mentions and relations. */
#include "fuzz_format.h"

static const struct driver plans[] = {
    {.format = &format_pubtator,
     .where = {"kind", "pmid", "start", "end", "text", "type", "concept", "arg1", "arg2"},
     .each = "all"},
    {.format = &format_pubtator, .where = {"pmid", "title", "abstract", "text"}},
    {.format = &format_pubtator, .where = {"start", "concept"}, .each = "mentions"},
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    return fuzz_format(plans, sizeof plans / sizeof *plans, data, size);
}
