/* Fuzz target: a text and its marks on one line. */
#include "fuzz_format.h"

static const struct driver plans[] = {
    {.format = &format_marked, .where = {"text"}},
    {.format = &format_marked, .where = {"text", "start_idx", "end_idx", "type"}, .each = "marks"},
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    return fuzz_format(plans, sizeof plans / sizeof *plans, data, size);
}
