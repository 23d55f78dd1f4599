/* Fuzz target: lines and documents. */
#include "fuzz_format.h"

static const struct driver plans[] = {
    {.format = &format_lines, .where = {"n", "n0", "text"}},
    {.format = &format_lines, .where = {"n", "text"}, .shape = "skip-blank", .stride = 3},
    {.format = &format_document, .where = {"text"}},
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    return fuzz_format(plans, sizeof plans / sizeof *plans, data, size);
}
