/* Fuzz target: blocks of a question and its answer. */
#include "fuzz_format.h"

static const struct driver plans[] = {
    {.format = &format_blocks, .where = {"title", "ask", "answer"}},
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    return fuzz_format(plans, sizeof plans / sizeof *plans, data, size);
}
