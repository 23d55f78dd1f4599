/* Fuzz target: LaTeX without its markup. */
#include "fuzz_format.h"

static const struct driver plans[] = {
    {.format = &format_tex, .where = {"paragraph", "text"}},
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    return fuzz_format(plans, sizeof plans / sizeof *plans, data, size);
}
